"""A real Chromium for the journeys: pages that fail on console and policy errors, pictures, and axe.

* `browse(user=None, width=1280)`: a page of a fresh visitor, logged in as the user when one is given;
* `log_in(page, username, password)`: through the login page, as people do;
* `page.goto(path)` takes paths: the live server stands as base address;
* `shot(page, name)`: with PICTURES=1 in the environment a picture into var/screenshots/NAME-WIDTH.png;
* `accessible(page)`: fails on anything axe calls serious or critical.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"
GRAVE = {"serious", "critical"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys/" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.fail("Chromium is not installed: run `apt-get install chromium`, then again.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browse(browser, live_server):
    """Return a function that opens pages; at the end no page may have complained about a script or the policy."""
    contexts, complaints = [], []

    def open_page(user=None, *, width=1280, height=900, expect=()):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )  # fmt: skip
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note(complaints, said, page, expect))
        page.on("request", lambda asked: _note_outside(complaints, asked, live_server.url))
        return page

    open_page.complaints = complaints
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def log_in():
    def through_the_page(page, username, password):
        page.goto(reverse("orgs:login"))
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("form:has([name=password]) [type=submit]")
        page.wait_for_load_state()

    return through_the_page


@pytest.fixture
def shot():
    def picture(page, name):
        if not os.environ.get("PICTURES"):
            return None  # For people who look; a run that only judges has no use for hundreds of them.
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return picture


@pytest.fixture
def accessible():
    def check(page, *, but=()):
        found = Axe().run(page).response["violations"]
        grave = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]}"
            for rule in found
            if rule["impact"] in GRAVE and rule["id"] not in but
            for node in rule["nodes"]
        ]
        assert grave == [], f"{page.url}"

    return check


def _note(complaints, said, page, expect):
    if said.type in {"error", "warning"} and not any(word in said.text for word in expect):
        complaints.append(f"{page.url}: {said.type}: {said.text}")


def _note_outside(complaints, asked, own):
    if not asked.url.startswith((own, "data:", "blob:", "about:")):
        complaints.append(f"asked another server: {asked.url}")


def _session_cookie(user, url):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}
