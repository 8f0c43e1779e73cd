"""Writing in a real browser: it saves by itself, two tabs lose nothing, a session that ended is no loss."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from reviews.models import SectionAnswer
from tests.cast import PASSWORD
from tests.reviews.writing.conftest import start_round

STATE = "[data-autosave-state]"
SAVED = f"{STATE}:has-text('Đã lưu')"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_of(province):
    return start_round(province)


@pytest.fixture
def address(round_of):
    return reverse("reviews:section_edit", args=[round_of.an.uuid, "remedies"])


def stored():
    return SectionAnswer.objects.get(section_key="remedies").content["remedies"]["text"]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_writing_page_saves_by_itself_and_is_accessible(browse, round_of, address, accessible, shot, width):
    page = browse(round_of.users["an"], width=width)
    page.goto(address)
    page.fill("#id_remedies", "Giao ban hằng tuần")
    page.wait_for_selector(SAVED)
    assert stored() == "Giao ban hằng tuần"
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shot(page, "write")


def test_nothing_is_sent_without_a_keystroke(browse, round_of, address):
    page = browse(round_of.users["an"])
    sent = []
    page.on("request", lambda asked: sent.append(asked.method))
    page.goto(address)
    page.focus("#id_remedies")
    page.wait_for_timeout(3000)
    assert "POST" not in sent


def test_two_tabs_lose_no_text_and_are_made_into_one(browse, round_of, address, accessible, shot):
    first = browse(round_of.users["an"], expect=("409",))
    second = first.context.new_page()
    for page in (first, second):
        page.goto(address)
    first.fill("#id_remedies", "Viết ở tab thứ nhất")
    first.wait_for_selector(SAVED)
    second.fill("#id_remedies", "Viết ở tab thứ hai")
    second.click("[data-autosave-link]:visible")
    second.wait_for_load_state()
    assert second.locator(".versions__text").all_inner_texts() == ["Viết ở tab thứ nhất", "Viết ở tab thứ hai"]
    accessible(second)
    shot(second, "two-texts")
    second.click("button:has-text('Lưu bản này')")
    second.wait_for_url(f"**{address}")
    assert stored() == "Viết ở tab thứ nhất\n\nViết ở tab thứ hai"


def test_the_button_right_after_a_keystroke_is_no_conflict_with_oneself(browse, round_of, address):
    page = browse(round_of.users["an"])
    page.goto(address)
    page.fill("#id_remedies", "Một")
    page.wait_for_selector(SAVED)
    page.type("#id_remedies", " hai ba")
    page.click("button[name=done]")
    page.wait_for_load_state()
    assert "sections/grades" in page.url
    assert stored().endswith("hai ba")


def test_a_session_that_ended_is_opened_again_in_place_and_the_text_is_saved(browse, round_of, address, shot):
    page = browse(round_of.users["an"], expect=("401",))
    page.goto(address)
    Session.objects.all().delete()
    page.fill("#id_remedies", "Viết sau khi phiên đã hết")
    page.wait_for_selector("dialog[open] [name=username]")
    shot(page, "log-in-again")
    page.fill("dialog[open] [name=username]", "an")
    page.fill("dialog[open] [name=password]", PASSWORD)
    page.click("dialog[open] [data-form] [type=submit]")
    page.wait_for_selector(SAVED)
    assert stored() == "Viết sau khi phiên đã hết"
