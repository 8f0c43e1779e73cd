"""The state of a registration, a work or a request as a chip."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orgs.models.documents import WorkflowDocument

register = template.Library()
TONES = {
    **dict.fromkeys(("draft", "returned", "change_asked", "planned"), "warn"),
    **dict.fromkeys(("verified", "weighed", "received", "settled"), "ok"),
    **dict.fromkeys(("registered", "withdrawn", "dropped"), "quiet"),
}


@register.simple_tag
def state_chip(document: WorkflowDocument) -> SafeString:
    """What waits for its writer warns, what came to its end well is green; everything on its way is plain news.

    includes/chip.html in one go: a list of fifty rows would lay out fifty templates.
    """
    tone = TONES.get(document.state, "info")
    return format_html('<span class="chip chip--{}">{}</span>', tone, _(document.state_row.label))
