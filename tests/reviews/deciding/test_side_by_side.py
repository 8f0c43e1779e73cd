"""The ratings of one person beside each other: each in its own right, and what is said where they differ."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import RatingKind
from reviews.models import Rating
from reviews.selectors.grading.side_by_side import lines_beside, notes_on

pytestmark = pytest.mark.django_db


def decide(ring, kind, grade, *, told=True, facts=None):
    """The decided grade of one of the ratings of An, as it stands after the conclusion."""
    row = ring.rating("an", kind)
    Rating.objects.filter(pk=row.pk).update(
        state="notice",
        decided_grade=grade,
        decided_on=timezone.localdate(),
        notified_at=timezone.now() if told else None,
        facts={"role": "member"} | (facts or {}),
    )
    return ring.rating("an", kind)


def shown(ring, user, kind=RatingKind.PARTY_MEMBER):
    return lines_beside(ring.rating("an", kind), ring.users[user])


def test_ratings_of_one_person_stand_beside_each_other_with_body_law_and_grade(ring):
    decide(ring, RatingKind.CADRE, "good")
    decide(ring, RatingKind.PARTY_MEMBER, "completed")
    lines = shown(ring, "an")
    assert [(line.rating.kind, line.grade) for line in lines] == [("cadre", "good"), ("party_member", "completed")]
    assert {line.law for line in lines} == {ring.cycle.regulation}
    assert all(line.rating.deciding_collective for line in lines)


def test_untold_rating_stays_out_of_the_comparison_of_its_subject(ring):
    decide(ring, RatingKind.CADRE, "good")
    decide(ring, RatingKind.PARTY_MEMBER, "completed", told=False)
    lines = shown(ring, "an", RatingKind.CADRE)
    assert [line.rating.kind for line in lines] == ["cadre"]
    assert notes_on(lines) == []


def test_different_grades_without_a_rule_are_noted_as_to_be_confirmed(ring):
    decide(ring, RatingKind.CADRE, "good")
    decide(ring, RatingKind.PARTY_MEMBER, "completed")
    (note,) = notes_on(shown(ring, "an"))
    assert not note.is_confirmed
    assert note.cites == ""
    assert note.law is None
    assert "Hoàn thành tốt nhiệm vụ" in note.text
    assert "Chưa thấy quy định nào" in note.text


def test_same_grades_need_no_word(ring):
    decide(ring, RatingKind.CADRE, "good")
    decide(ring, RatingKind.PARTY_MEMBER, "good")
    assert notes_on(shown(ring, "an")) == []


def test_head_above_the_collective_is_warned_of_with_the_clause(ring):
    decide(ring, RatingKind.CADRE, "good", facts={"role": "head", "collective_grade": "completed"})
    (note,) = notes_on(shown(ring, "an", RatingKind.CADRE))
    assert note.rule == "head_not_above_collective"
    assert note.is_confirmed
    assert note.cites
    assert note.law == ring.cycle.regulation
    assert "người đứng đầu không được xếp loại cao hơn" in note.text


def test_state_grade_beside_the_party_grade_is_said_by_the_rule_and_once(ring):
    decide(ring, RatingKind.PARTY_MEMBER, "excellent")
    state = decide(ring, RatingKind.CADRE, "good")
    Rating.objects.filter(pk=state.pk).update(kind=RatingKind.STATE)
    lines = shown(ring, "an")
    assert [line.rating.kind for line in lines] == ["state", "party_member"]
    (note,) = notes_on(lines)
    assert note.rule == "state_grade_differs"
    assert note.is_confirmed


def test_grade_that_was_revoked_is_judged_by_the_facts_of_today(ring):
    row = ring.rating("an", RatingKind.CADRE)
    stale = {"role": "head", "collective_grade": "completed"}
    Rating.objects.filter(pk=row.pk).update(state="appraisal", proposed_grade="good", facts=stale)
    lines = shown(ring, "giang", RatingKind.CADRE)
    assert [line.grade for line in lines] == ["good"]
    assert notes_on(lines) == []
    (note,) = notes_on(lines, {row.pk: stale})
    assert note.rule == "head_not_above_collective"


def test_collective_has_no_other_rating_beside_it(ring):
    assert lines_beside(ring.rating("TT-SKH"), ring.users["giang"]) == []


def test_pages_show_the_comparison_and_its_ground(ring, client):
    row = decide(ring, RatingKind.CADRE, "good", facts={"role": "head", "collective_grade": "completed"})
    client.force_login(ring.users["an"])
    for name, uuid in (("rating_detail", row.uuid), ("review_detail", row.review.uuid)):
        page = client.get(reverse(f"reviews:{name}", args=[uuid])).content.decode()
        law = reverse("criteria:regulation_detail", args=[ring.cycle.regulation.uuid])
        assert f"{law}#rule-head_not_above_collective" in page
        assert ring.cycle.regulation.number in page


def test_comparison_costs_one_query(ring):
    decide(ring, RatingKind.CADRE, "good")
    rating, user = decide(ring, RatingKind.PARTY_MEMBER, "completed"), ring.users["an"]
    lines_beside(rating, user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        notes_on(lines_beside(rating, user))
    assert len(queries) == 1
