"""What becomes of an exception that no view has caught."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from orgs.models import Refusal
from orgs.views import errors


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database was away or busy, which passes; 500 for everything else.

    Django calls this while it handles the exception, in whichever middleware that was raised.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return errors.unavailable(request)
    return errors.server_error(request)


class RefusalPage:
    """Answer a refusal that no form has shown with its sentence, 403 or 409, and never with a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; only an exception is looked at."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a Refusal; leave every other exception alone."""
        return errors.refused(request, exception) if isinstance(exception, Refusal) else None
