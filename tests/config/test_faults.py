"""Faults that no view has caught become pages, never bare tracebacks."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.test import override_settings
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401 - this module stands in as ROOT_URLCONF
from config.urls import urlpatterns as real
from orgs.models import Forbidden, Refusal, Stale


def raising(error):
    @login_not_required
    def view(request):
        raise error

    return view


urlpatterns = [
    path("broken", raising(ValueError("secret detail"))),
    path("away", raising(OperationalError("could not connect to server"))),
    path("stale", raising(Stale("Người khác vừa sửa."))),
    path("forbidden", raising(Forbidden("Không phải việc của đồng chí."))),
    path("refused", raising(Refusal("Thiếu lý do."))),
    *real,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/broken", 500, ""),
        ("/away", 503, ""),
        ("/stale", 409, "Người khác vừa sửa."),
        ("/forbidden", 403, "Không phải việc của đồng chí."),
        ("/refused", 409, "Thiếu lý do."),
    ],
)
def test_fault_becomes_a_page_with_the_right_status(client, address, status, sentence):
    client.raise_request_exception = False
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page
    assert "secret detail" not in page
    assert "Traceback" not in page


@override_settings(DEBUG=False)
def test_every_answer_carries_the_strict_policy(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'self'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_language_is_vietnamese_whatever_the_browser_asks_for(client):
    assert client.get("/healthz", headers={"accept-language": "en"}).headers["Content-Language"] == "vi"


def test_language_follows_the_switch(client, settings):
    client.post("/language", {"language": "en"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get("/healthz").headers["Content-Language"] == "en"


def test_character_nul_is_refused_before_any_view(client):
    assert client.get("/healthz", {"q": "a\0b"}).status_code == 400
    assert client.post("/language", {"language": "vi", "next": "/\0"}).status_code == 400
    assert client.get("/healthz", {"q": "bình thường"}).status_code == 200
