"""Coming in and going out; a form sent after the session ended is kept through the new login."""

import json
from typing import Any

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orgs.forms.accounts import LoginForm
from orgs.services import outbox

KEPT = ("kept_path", "kept_body", "kept_files")
LEFT_OUT = {"csrfmiddlewaretoken", *KEPT}
LARGEST_KEPT = 2_000_000


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Nobody without a login, but what was typed before the session ended is kept; files are to be chosen again."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponseBase:
        """An autosave is answered 401; a posted form comes back inside the login page; anything else is redirected."""
        if request.headers.get("X-Autosave"):
            return JsonResponse({"message": _("Your session has ended. Log in again to go on.")}, status=401)
        kept = json.dumps({key: request.POST.getlist(key) for key in request.POST if key not in LEFT_OUT})
        if request.method == "POST" and len(kept) <= LARGEST_KEPT:
            files = {key: [row.name for row in request.FILES.getlist(key)] for key in request.FILES}
            context = {
                "form": LoginForm(request),
                "kept_path": request.get_full_path(),
                "kept_body": kept,
                "kept_files": json.dumps(files) if files else "",
            }
            return render(request, "orgs/login.html", context, status=401)
        return super().handle_no_permission(request, view_func)


@method_decorator([login_not_required, never_cache], name="dispatch")
class LoginView(auth_views.LoginView):
    """The login page; after a kept form it leads to sending that form again."""

    template_name = "orgs/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry the kept form through a wrong password."""
        kept = {name: self.request.POST.get(name, "") for name in KEPT}
        return super().get_context_data(**{**kept, **kwargs})

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """Log in, then go where the user wanted to, or offer the kept form."""
        response = super().form_valid(form)
        # Without beat the first login of a day brings the reminders; with it, both find the same once-only messages.
        outbox.enqueue(kind="daily", dedup_key=f"daily:{timezone.localdate().isoformat()}")
        path, body, names = (self.request.POST.get(name, "") for name in KEPT)
        fields = _fields_of(body)
        if fields is not None and path.startswith("/") and url_has_allowed_host_and_scheme(path, None):
            context = {"path": path, "fields": fields, "files": _files_of(names)}
            return render(self.request, "orgs/resend.html", context)
        return response


def _fields_of(body: str) -> list[tuple[str, str]] | None:
    """The fields of a kept form; None where there is none, or the text is not what this page wrote."""
    try:
        kept = json.loads(body)
    except ValueError:
        return None
    if not isinstance(kept, dict) or not all(isinstance(values, list) for values in kept.values()):
        return None
    return [(key, str(value)) for key, values in kept.items() for value in values]


def _files_of(names: str) -> dict[str, list[str]]:
    """The names of the files that were chosen in each field; empty where there were none."""
    chosen: dict[str, list[str]] = {}
    for key, name in _fields_of(names) or []:
        chosen.setdefault(key, []).append(name)
    return chosen


class LogoutView(auth_views.LogoutView):
    """POST only, as Django has it."""


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: object, **kwargs: object) -> HttpResponse:
    """429 after too many wrong passwords for one account from one address."""
    form = LoginForm(request)
    context = {"form": form, "locked": _("Too many wrong attempts. Wait 15 minutes, or ask your account officer.")}
    return render(request, "orgs/login.html", context, status=429)
