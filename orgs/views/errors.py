"""The pages that say what went wrong, in Vietnamese, each with a way out."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from orgs.models import Forbidden, Refusal


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is too large. Rendered without the request, which may be malformed."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return _bare(HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that the view or service gave."""
    return _page(request, HTTPStatus.FORBIDDEN, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old, with what was typed; Django's own reason stays in the log."""
    back = request.headers.get("Referer", "")
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        heading=_("This form is out of date"),
        reason=_("It was open for too long, or somebody else has logged in here since. Open the page again."),
        back_url=back if url_has_allowed_host_and_scheme(back, request.get_host()) else "",
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing, or nothing that this account may see; which of the two is not told."""
    return _page(request, HTTPStatus.NOT_FOUND)


def conflict(request: HttpRequest, reason: str = "", **context: Any) -> HttpResponse:
    """409: somebody else was faster. `context` as templates/includes/conflict.html, so that no text is lost."""
    return _page(request, HTTPStatus.CONFLICT, reason=reason, **context)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the file or form is larger than the house takes."""
    return _bare(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without the request and the database, either of which may be the fault."""
    return _bare(HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away or busy; the same request may succeed a moment later."""
    response = _bare(HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "30"
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page for a refusal that no form can show: forbidden 403, anything else 409, with its sentence."""
    if isinstance(refusal, Forbidden):
        return permission_denied(request, PermissionDenied(str(refusal)))
    return conflict(request, reason=str(refusal))


def _page(request: HttpRequest, status: HTTPStatus, **context: Any) -> HttpResponse:
    given = {"status": status.value, "kept": typed_in(request), **context}
    return render(request, f"errors/{status.value}.html", given, status=status)


def typed_in(request: HttpRequest) -> list[str]:
    """The texts of several words in the form that is refused: whoever typed them finds them on the page."""
    # Without an address of ours nothing has read the form yet, and it may not be readable at all.
    if request.method != "POST" or request.resolver_match is None:
        return []
    typed = (value for name in request.POST if "password" not in name for value in request.POST.getlist(name))
    return [value for value in typed if " " in value.strip()]


def _bare(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{status.value}.html", {"status": status.value}), status=status)
