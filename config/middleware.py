"""Middleware that belongs to no app."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def language_by_switch(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the language of the switch's cookie, else Vietnamese.

    Django's own middleware also follows the browser's Accept-Language, and many offices run an English browser.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_null_characters(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """400 for a value with the character NUL: no person types it, and PostgreSQL takes it in no text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = (*request.GET.lists(), *request.POST.lists())
        if any("\0" in text for name, values in sent for text in (name, *values)):
            raise SuspiciousOperation("A value holds the character NUL.")
        return get_response(request)

    return middleware
