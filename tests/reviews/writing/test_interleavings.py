"""Whatever the order in which saves of two open pages arrive, every page's last word can be found."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgs.services.open_pages import NotAccepted, Page
from reviews.models import KeptText, SectionAnswer
from reviews.services.writing.answers import save_section

TABS = ("a", "b")
COUNT = 4


@pytest.fixture
def empty_section(round_of):
    def save(words, version, page):
        return save_section(
            review=round_of.an,
            section_key="remedies",
            content={"remedies": {"text": words}},
            version=version,
            actor=round_of.users["an"],
            page=page,
        )

    def clear():
        SectionAnswer.objects.all().delete()
        KeptText.objects.all().delete()

    return save, clear


def everything():
    texts = [row.content["remedies"]["text"] for row in SectionAnswer.objects.all()]
    return texts + [row.content["remedies"]["text"] for row in KeptText.objects.filter(settled_at=None)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([(tab, seq) for tab in TABS for seq in range(1, COUNT + 1)]), data=st.data())
def test_the_last_text_of_each_page_is_saved_or_kept_in_any_order_of_arrival(empty_section, order, data):
    save, clear = empty_section
    clear()
    newest = {}
    for tab, seq in order:
        version = data.draw(st.integers(0, 4), label="version the page saw")
        if newest.get(tab, 0) < seq:
            newest[tab] = seq
        with contextlib.suppress(NotAccepted):
            save(f"{tab}{seq}", version, Page(tab, seq, is_autosave=True))
        found = everything()
        # What a page sent last is never gone, whoever wrote in between and whatever arrived late.
        overwritten = [page for page, last in newest.items() if f"{page}{last}" not in found]
        assert all(_was_seen_by_successor(page, newest, found) for page in overwritten)


def _was_seen_by_successor(page, newest, found):
    # Only a page that had seen this very text (it sent the version of it) may have replaced it.
    other = next(tab for tab in TABS if tab != page)
    return f"{other}{newest.get(other)}" in found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([(tab, seq) for tab in TABS for seq in range(1, COUNT + 1)]))
def test_pages_that_never_saw_each_other_lose_nothing(empty_section, order):
    save, clear = empty_section
    clear()
    newest = {}
    for tab, seq in order:
        newest[tab] = max(seq, newest.get(tab, 0))
        with contextlib.suppress(NotAccepted):
            save(f"{tab}{seq}", 0, Page(tab, seq, is_autosave=True))
        assert {f"{page}{last}" for page, last in newest.items()} <= set(everything())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(1, 7)))
def test_autosaves_of_one_page_in_any_order_end_with_the_newest(empty_section, order):
    save, clear = empty_section
    clear()
    for seq in order:
        save(f"bản {seq}", 0, Page("a", seq, is_autosave=True))
    assert everything() == ["bản 6"]
