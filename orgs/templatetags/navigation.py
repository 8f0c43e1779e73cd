"""The header bar as tags, so that no view and no context processor has to carry it."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext

from orgs.models import User
from orgs.selectors import menu

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: RequestContext) -> list[menu.MenuGroup]:
    """The groups of places that the present user may enter."""
    request = context.get("request")
    return menu.main_menu(_present_user(context), request.path if request else "")


@register.simple_tag(takes_context=True)
def account_menu(context: RequestContext) -> menu.AccountMenu:
    """What hangs under the present user's name."""
    return menu.account_menu(_present_user(context))


def _present_user(context: RequestContext) -> User | AnonymousUser:
    # An error page may come before the middleware that knows the user.
    return getattr(context.get("request"), "user", None) or AnonymousUser()
