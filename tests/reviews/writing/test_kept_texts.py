"""Texts that were not accepted stay with their author until he decides."""

import pytest

from reviews.models import KeptText
from reviews.selectors.writing.writing_help import kept_for
from reviews.services.writing.answers import save_section
from reviews.services.writing.kept_texts import keep_text, settle_kept_text
from reviews.services.writing.snapshots import take_snapshot


def words(text):
    return {"remedies": {"text": text}}


@pytest.fixture
def keep(round_of):
    def kept(text, *, name="an", **more):
        given = {"section_key": "remedies", "reason": "conflict"} | more
        return keep_text(review=round_of.an, content=words(text), actor=round_of.users[name], **given)

    return kept


def texts():
    return sorted(row.content["remedies"]["text"] for row in KeptText.objects.all())


def test_the_same_text_is_kept_once(keep):
    assert keep("Một", base_version=3) == keep("Một", base_version=3)
    assert texts() == ["Một"]


def test_different_texts_of_plain_forms_are_all_kept(keep):
    keep("Một")
    keep("Hai")
    assert texts() == ["Hai", "Một"]


def test_one_open_page_replaces_what_it_kept_before(keep):
    keep("Một", tab_id="a", client_seq=1)
    keep("Một hai", tab_id="a", client_seq=2)
    assert texts() == ["Một hai"]


def test_an_older_save_of_the_same_page_does_not_come_back(keep):
    keep("Một hai", tab_id="a", client_seq=2)
    keep("Một", tab_id="a", client_seq=1)
    assert texts() == ["Một hai"]


@pytest.mark.parametrize(
    "other", [{"tab_id": "b", "client_seq": 2}, {"section_key": "grades"}, {"name": "nga", "tab_id": "a"}]
)
def test_another_page_section_or_author_has_a_row_of_its_own(keep, other):
    keep("Một", tab_id="a", client_seq=1)
    keep("Hai", **({"tab_id": "a", "client_seq": 2} | other))
    assert texts() == ["Hai", "Một"]


def test_a_settled_text_is_left_alone_and_the_next_one_is_kept_anew(keep, round_of):
    first = keep("Một", tab_id="a", client_seq=1)
    settle_kept_text(kept=first, actor=round_of.users["an"])
    keep("Một", tab_id="a", client_seq=2)
    assert KeptText.objects.count() == 2
    assert KeptText.objects.filter(settled_at=None).count() == 1


def test_only_the_author_settles_and_twice_is_once(keep, round_of):
    kept = keep("Một")
    settle_kept_text(kept=kept, actor=round_of.users["nga"])
    assert kept_for(round_of.an, round_of.users["an"]).count() == 1
    settle_kept_text(kept=kept, actor=round_of.users["an"])
    first = KeptText.objects.get().settled_at
    settle_kept_text(kept=kept, actor=round_of.users["an"])
    assert KeptText.objects.get().settled_at == first is not None


def test_each_author_finds_the_own_texts_only(keep, round_of):
    keep("Của An")
    keep("Của Nga", name="nga")
    assert [row.content for row in kept_for(round_of.an, round_of.users["nga"])] == [words("Của Nga")]


def test_a_snapshot_has_the_same_fingerprint_exactly_for_the_same_text(round_of):
    save_section(
        review=round_of.an, section_key="remedies", content=words("Một"), version=0, actor=round_of.users["an"]
    )
    first, second, other = (
        take_snapshot(review=review, kind="meeting", actor=round_of.users["nga"])
        for review in (round_of.chi, round_of.em, round_of.an)
    )
    assert first.sha256 == second.sha256
    assert first.sha256 != other.sha256
    assert (first.kind, first.taken_by) == ("meeting", round_of.users["nga"])
