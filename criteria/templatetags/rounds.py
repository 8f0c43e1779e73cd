"""The present round in the header bar."""

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from criteria.selectors.rounds import cycles

register = template.Library()


@register.simple_tag(takes_context=True)
def present_round(context: RequestContext) -> str:
    """The year and the regulation of the open round that the user may read; empty where none is open. One query."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    found = cycles.present_round(user)
    return _("Round %(year)s · %(number)s") % {"year": found[0].year, "number": found[1]} if found else ""
