"""The state of a registration, a work or a request as a chip."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from orgs.models.documents import WorkflowDocument

register = template.Library()
TONES = {
    **dict.fromkeys(("draft", "returned", "change_asked", "planned"), "warn"),
    **dict.fromkeys(("verified", "weighed", "received", "settled"), "ok"),
    **dict.fromkeys(("registered", "withdrawn", "dropped"), "quiet"),
}


@register.inclusion_tag("includes/chip.html")
def state_chip(document: WorkflowDocument) -> dict[str, Any]:
    """What waits for its writer warns, what came to its end well is green; everything on its way is plain news."""
    return {"text": _(document.state_row.label), "tone": TONES.get(document.state, "info")}
