"""Where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the caller's machine.

    X-Real-IP is believed only with BEHIND_PROXY, when our own nginx overwrites it: else anyone could pretend to come
    from a new address for each guess at a password.
    """
    if settings.BEHIND_PROXY:
        return request.META.get("HTTP_X_REAL_IP") or request.META.get("REMOTE_ADDR", "")
    return request.META.get("REMOTE_ADDR", "")
