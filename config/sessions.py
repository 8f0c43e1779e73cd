"""How long a session lives, and the forced change of a one-time password."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

BEGAN, ACTIVE = "began_at", "active_at"
# Written at most once a minute, so that reading pages does not write a session row each time.
GRAIN_SECONDS = 60


def session_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session that was idle for too long, or lasted too long. Polls (`X-Poll`) never count as activity."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if _is_over(request.session, time.time()):
                logout(request)
                messages.info(request, _("Your session has ended. Log in again to go on."))
            elif not request.headers.get("X-Poll"):
                _mark(request.session, time.time())
        return get_response(request)

    return middleware


def _is_over(session: dict[str, float], now: float) -> bool:
    idle = now - session.get(ACTIVE, now) > settings.SESSION_IDLE_MINUTES * 60
    old = now - session.get(BEGAN, now) > settings.SESSION_ABSOLUTE_HOURS * 3600
    return idle or old


def _mark(session: dict[str, float], now: float) -> None:
    session.setdefault(BEGAN, now)
    if now - session.get(ACTIVE, 0) >= GRAIN_SECONDS:
        session[ACTIVE] = now


def password_to_change(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever holds a one-time password goes nowhere before changing it, but out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.must_change_password:
            allowed = {reverse("orgs:password_change"), reverse("orgs:logout"), reverse("set_language")}
            if request.path not in allowed and not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
                return HttpResponseRedirect(reverse("orgs:password_change"))
        return get_response(request)

    return middleware
