"""Registered works as a recorded ground: shown where one writes, meets, appraises and decides; never a condition."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Refusal, Setting
from registrations.models import Registration, Work
from reviews.documents.appraisal import appraisal_sheet
from reviews.documents.grade_annex import annex_sheet
from reviews.models import AgendaItem, Rating, TaskTally
from reviews.selectors.grading.explanations import explanation_of
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.grading.grounds import grounds_for, grounds_of
from reviews.selectors.grading.suggestions import explained
from reviews.services.grading import quotas
from tests.registrations.catalogue.held import verified
from tests.registrations.works.written import HARD, received

pytestmark = pytest.mark.django_db
WORDS = "Đã kiểm tra thực tế, đúng như báo cáo."
LACKS = "Hãy nêu lý do bằng một câu"


def registered(ring, outcome="done", who="an"):
    """A verified work of the year of the round."""
    work = verified(ring.province, who, outcome, WORDS)
    Registration.objects.filter(pk=work.registration_id).update(year=ring.cycle.period_end_on.year)
    return Work.objects.get(pk=work.pk)


def excellent(ring, short="an"):
    """The rating of a person whose suggestion is excellent, in a group that may hold one; no ground is given."""
    TaskTally.objects.filter(scope="tasks").update(assigned=20, done=20, on_time=20, beyond=15)
    ledger = ring.rating(short).group.ledger
    quotas.record_exception(
        ledger=ledger, allowed=3, document="CV 9-CV/TU", version=ledger.version, actor=ring.users["lan"]
    )
    return ring.rating(short)


def asks(ring):
    Setting.objects.update_or_create(key="excellent_needs_sentence", defaults={"value": True})


def texts(sheet):
    found = []
    for block in sheet.all_blocks():
        found += [getattr(block, "text", "")]
        found += [str(cell) for row in getattr(block, "rows", ()) for cell in getattr(row, "cells", row)]
    return "\n".join(found)


def test_verified_work_is_named_as_a_ground_with_its_outcome_words_and_document(ring):
    registered(ring)
    (ground,) = grounds_of(ring.rating("an"))
    assert (ground.name, ground.kind, ground.outcome) == (HARD["name"], "hard", "done")
    assert (ground.words, ground.document) == (WORDS, "BC 12-BC/BTCTU")
    assert explanation_of(ring.rating("an")).grounds == (ground,)


def test_work_of_another_year_or_not_verified_or_not_done_is_no_ground(ring):
    work = registered(ring, "not_done")
    assert grounds_of(ring.rating("an")) == ()
    Work.objects.filter(pk=work.pk).update(verified_outcome="changed")
    assert len(grounds_of(ring.rating("an"))) == 1
    Work.objects.filter(pk=work.pk).update(state="reported_done")
    assert grounds_of(ring.rating("an")) == ()
    Work.objects.filter(pk=work.pk).update(state="weighed")
    Registration.objects.update(year=2023)
    assert grounds_of(ring.rating("an")) == ()


def test_ground_of_one_person_is_nobody_elses(ring):
    registered(ring)
    rows = [ring.rating(short) for short in ("an", "binh", "chi")]
    found = grounds_for(rows)
    assert [len(found[row.pk]) for row in rows] == [1, 0, 0]


def test_ground_moves_neither_facts_nor_suggestion(ring):
    before = (facts_of(ring.rating("an")), explained(ring.rating("an")).suggestion)
    registered(ring)
    assert (facts_of(ring.rating("an")), explained(ring.rating("an")).suggestion) == before


def test_who_registered_nothing_is_excellent_without_a_word_while_the_setting_is_off(ring):
    rating = excellent(ring, "chi")
    assert explained(rating).grade == "excellent"
    ring.pend([rating], "excellent", ground="", document="")
    assert Rating.objects.get(pk=rating.pk).pending_grade == "excellent"


def test_setting_asks_one_sentence_for_an_excellent_without_any_ground(ring):
    asks(ring)
    rating = excellent(ring, "chi")
    with pytest.raises(Refusal, match=LACKS) as refused:
        ring.pend([rating], "excellent", ground="  ", document="")
    assert refused.value.field == f"ground-{rating.uuid}"
    assert Rating.objects.get(pk=rating.pk).pending_grade == ""
    ring.pend([rating], "excellent", ground="Hoàn thành vượt mức toàn bộ nhiệm vụ.", document="")
    assert Rating.objects.get(pk=rating.pk).pending_ground == "Hoàn thành vượt mức toàn bộ nhiệm vụ."


def test_setting_asks_nothing_where_a_ground_is_recorded(ring):
    registered(ring)
    Registration.objects.update(person=ring.people["chi"])
    chi = excellent(ring, "chi")
    asks(ring)
    ring.pend([chi], "excellent", ground="", document="")
    assert Rating.objects.get(pk=chi.pk).pending_grade == "excellent"


def test_setting_asks_nothing_of_a_lower_grade(ring):
    asks(ring)
    chi = ring.rating("chi")
    ring.pend([chi], "good", ground="", document="")
    assert Rating.objects.get(pk=chi.pk).pending_grade == "good"


def test_setting_also_bars_recording_what_was_pending_before_it_was_switched_on(ring):
    rating = excellent(ring, "chi")
    ring.pend([rating], "excellent", ground="", document="")
    asks(ring)
    with pytest.raises(Refusal, match=LACKS):
        ring.record([rating], "BTV-DUK")


def test_board_names_the_ground_and_asks_for_the_sentence_where_there_is_none(ring, login):
    registered(ring)
    asks(ring)
    rating = excellent(ring, "chi")
    page = login("lan").get(reverse("reviews:board", args=[rating.group.uuid])).content.decode()
    assert "Căn cứ đã ghi nhận:" in page
    assert "Chưa có căn cứ nào được ghi nhận" in page
    Setting.objects.all().delete()
    page = login("lan").get(reverse("reviews:board", args=[rating.group.uuid])).content.decode()
    assert "Chưa có căn cứ nào được ghi nhận" not in page


def test_board_keeps_what_was_typed_when_the_sentence_is_missing(ring, login):
    asks(ring)
    rating = excellent(ring, "chi")
    body = {f"grade-{rating.uuid}": "excellent", f"version-{rating.uuid}": rating.version, "idempotency_key": "b1"}
    answer = login("lan").post(reverse("reviews:board", args=[rating.group.uuid]), body)
    assert answer.status_code == 422
    assert LACKS in answer.content.decode()


def test_decision_freezes_the_grounds_and_a_later_change_moves_nothing(ring):
    work = registered(ring)
    # The head and the members of the collective wait for others: Chi is decided at once.
    Registration.objects.update(person=ring.people["chi"])
    rating = ring.rating("chi")
    ring.decide([rating], "good", "BTV-DUK")
    decided = Rating.objects.get(pk=rating.pk)
    assert [row["name"] for row in decided.suggestion["grounds"]] == [HARD["name"]]
    Work.objects.filter(pk=work.pk).update(name="Tên khác", verified_outcome="not_done")
    assert [row.name for row in grounds_of(decided)] == [HARD["name"]]


def test_papers_of_the_grade_name_the_ground_and_say_that_it_decides_nothing(ring):
    registered(ring)
    rating = ring.rating("an", "cadre")
    for sheet in (appraisal_sheet(rating), annex_sheet(rating)):
        words = texts(sheet)
        assert HARD["name"] in words
        assert WORDS in words
        assert "không phải điều kiện, không tự động" in words


def test_papers_without_any_ground_say_nothing_of_it(ring):
    rating = ring.rating("an", "cadre")
    assert "Việc khó" not in texts(appraisal_sheet(rating))
    assert "CĂN CỨ ĐÃ GHI NHẬN" not in [section.title for section in annex_sheet(rating).sections]


def test_self_review_meeting_and_rating_show_the_work_with_its_verified_outcome(ring, login):
    registered(ring)
    review, rating = ring.review("an"), ring.rating("an", "cadre")
    item = AgendaItem.objects.filter(review=review).first()
    for who, address in (
        ("an", reverse("reviews:review_detail", args=[review.uuid])),
        ("nga", reverse("reviews:meeting_item", args=[item.meeting.uuid, item.uuid])),
        ("giang", reverse("reviews:rating_detail", args=[rating.uuid])),
    ):
        page = login(who).get(address)
        assert page.status_code == 200, address
        words = page.content.decode()
        assert "Tháo gỡ vướng mắc giải phóng mặt bằng" in words, address
        assert WORDS in words, address


def test_work_on_the_way_is_shown_as_not_verified_and_is_no_ground(ring, login):
    row = received(ring.province, "an")
    Registration.objects.filter(pk=row.pk).update(year=ring.cycle.period_end_on.year)
    page = login("an").get(reverse("reviews:review_detail", args=[ring.review("an").uuid])).content.decode()
    assert "Tháo gỡ vướng mắc" in page
    assert "chưa xác nhận" in page
    assert grounds_of(ring.rating("an")) == ()


def test_grounds_of_many_ratings_cost_one_query(ring):
    registered(ring)
    one, many = [ring.rating("an")], [ring.rating(short) for short in ("an", "binh", "chi", "oanh")]
    with CaptureQueriesContext(connection) as few:
        grounds_for(one)
    with CaptureQueriesContext(connection) as more:
        grounds_for(many)
    assert len(few) == len(more) == 1
