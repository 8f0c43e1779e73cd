"""What the round knows about a subject, in the words of the grading contract; every answer is read by the kernel."""

from datetime import date

import pytest

from criteria.rating import parse_facts
from criteria.selectors.rules.regulations import parsed
from orgs.models import Membership, RatingKind
from registrations.models import Discipline, Finding, Shortcoming
from registrations.services.register import facts as register
from reviews.models import Circumstance, FactsSheet, Rating, Review, TaskTally
from reviews.selectors.grading.facts import facts_of

pytestmark = pytest.mark.django_db
SPRING = date(2024, 4, 2)


def enter(ring, model, subject, *, on=SPRING, **values):
    return register.enter_fact(
        model=model, subject=subject, document="QĐ 33-QĐ/UBKT", document_on=on, actor=ring.users["quan"], **values
    )


def facts(ring, short, kind=RatingKind.PARTY_MEMBER):
    found = facts_of(ring.rating(short, kind))
    parse_facts(parsed(ring.cycle.regulation), found)
    return found


def test_facts_of_a_member_without_a_post(ring):
    found = facts(ring, "chi")
    assert found["regulation"] == "124-QĐ/TW@2023-10-04"
    assert (found["rating"], found["subject"], found["period"]) == ("party_member", "civil_servant", "year")
    assert (found["period_end"], found["review_completed"]) == ("2024-12-31", True)
    assert found["tasks"]["assigned"] == found["tasks"]["done"] == 20
    assert (found["discipline"], found["findings"], found["circumstances"]) == ([], [], [])
    assert set(found["levels"]) <= {"quality", "building", "results", "remedy"}
    assert found["levels"]
    assert found["is_civil_servant"] is True
    assert not {"shortcomings", "role", "units_led", "state_grade", "newly_moved_head", "collective_grade"} & set(found)


def test_facts_of_a_head_know_his_part_and_the_units_led(ring):
    found = facts(ring, "an", RatingKind.CADRE)
    assert (found["subject"], found["role"]) == ("leader", "head")
    assert (found["units_led"]["total"], found["units_led"]["good_or_better"]) == (8, 7)
    assert "is_civil_servant" not in found
    assert facts(ring, "binh", RatingKind.CADRE)["role"] == "deputy"


def test_facts_of_a_collective(ring):
    found = facts(ring, "TT-SKH")
    assert (found["rating"], found["subject"], found["subordinate_units"]) == ("collective", "collective", 0)
    assert (found["tasks"]["assigned"], found["tasks"]["quality_met"]) == (20, True)
    assert "role" not in found


def test_grade_of_the_collective_is_known_to_its_members_once_decided(ring):
    assert "collective_grade" not in facts(ring, "binh", RatingKind.CADRE)
    ring.decide([ring.rating("TT-SKH")], "good", "BCSD")
    assert facts(ring, "binh", RatingKind.CADRE)["collective_grade"] == "good"
    assert "collective_grade" not in facts(ring, "oanh")


@pytest.mark.parametrize(
    ("about", "seen_by", "whom"),
    [
        (("people", "chi"), "chi", "self"),
        (("people", "chi"), "oanh", None),
        (("collectives", "TT-SKH"), "binh", "collective"),
        (("collectives", "TT-SKH"), "chi", None),
        (("collectives", "TT-SKH"), "TT-SKH", "self"),
        (("people", "binh"), "TT-SKH", "member"),
        (("people", "chi"), "TT-SKH", None),
        (("units", "SKH"), "an", "unit_led"),
        (("units", "SKH"), "binh", None),
        (("units", "SKH"), "TT-SKH", "self"),
        (("units", "SYT"), "an", None),
    ],
)
def test_discipline_says_whom_it_concerns(ring, about, seen_by, whom):
    shelf, key = about
    enter(ring, Discipline, getattr(ring, shelf)[key], form="khien_trach", violation="V1", self_detected=True)
    found = facts(ring, seen_by, RatingKind.CADRE if seen_by in ("an", "binh") else RatingKind.PARTY_MEMBER)
    assert [row["whom"] for row in found["discipline"]] == ([whom] if whom else [])
    for row in found["discipline"]:
        assert (row["form"], row["violation"], row["self_detected"], row["remedied"]) == (
            "khien_trach",
            "V1",
            True,
            False,
        )
        assert row.get("unit") == (str(ring.units["SKH"].pk) if shelf == "units" else None)


@pytest.mark.parametrize(
    ("from_day", "until_day", "is_member"),
    [
        (None, date(2024, 1, 1), False),
        (None, date(2024, 1, 2), True),
        (date(2024, 12, 31), None, True),
        (date(2025, 1, 1), None, False),
    ],
)
def test_discipline_of_who_sat_in_the_collective_within_the_period_is_of_a_member(ring, from_day, until_day, is_member):
    seat = Membership.objects.get(collective=ring.collectives["TT-SKH"], person=ring.people["binh"])
    seat.started_on, seat.ended_on = from_day, until_day
    seat.save()
    enter(ring, Discipline, ring.people["binh"], form="khien_trach")
    found = facts(ring, "TT-SKH", RatingKind.COLLECTIVE)["discipline"]
    assert [row["whom"] for row in found] == (["member"] if is_member else [])


@pytest.mark.parametrize(
    ("about", "seen_by", "whom"),
    [
        (("people", "chi"), "chi", "self"),
        (("people", "binh"), "TT-SKH", "member"),
        (("units", "SKH"), "an", "unit"),
        (("collectives", "TT-SKH"), "binh", "unit"),
    ],
)
def test_finding_knows_subject_member_and_unit(ring, about, seen_by, whom):
    shelf, key = about
    enter(ring, Finding, getattr(ring, shelf)[key], kind="disunity")
    found = facts(ring, seen_by, RatingKind.CADRE if seen_by in ("an", "binh") else RatingKind.PARTY_MEMBER)
    assert found["findings"] == [{"kind": "disunity", "whom": whom, "self_detected": False, "remedied": False}]


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2023, 12, 31), 0), (date(2024, 1, 1), 1), (date(2024, 12, 31), 1), (date(2025, 1, 1), 0)],
)
def test_discipline_counts_within_the_period(ring, on, counts):
    enter(ring, Discipline, ring.people["chi"], on=on, form="canh_cao")
    assert len(facts(ring, "chi")["discipline"]) == counts


def test_withdrawn_row_counts_no_more(ring):
    row = enter(ring, Discipline, ring.people["chi"], form="canh_cao")
    assert len(facts(ring, "chi")["discipline"]) == 1
    register.withdraw_fact(row=row, document="QĐ 50-QĐ/UBKT", version=row.version, actor=ring.users["quan"])
    assert facts(ring, "chi")["discipline"] == []


def test_shortcomings_are_counted_from_their_naming_to_their_remedy(ring):
    rows = [enter(ring, Shortcoming, ring.people["chi"], on=date(2023, 5, 1), text="Chậm giải ngân") for _ in range(3)]
    for row, day in ((rows[0], date(2024, 7, 1)), (rows[1], date(2025, 2, 1))):
        register.remedy_shortcoming(
            row=row, remedied_on=day, document="BC 8-BC/SKH", version=row.version, actor=ring.users["quan"]
        )
    # What was remedied after the period was not remedied in it.
    assert facts(ring, "chi")["shortcomings"] == {"named": 3, "remedied": 1}


def test_unknown_numbers_stay_absent(ring):
    chi = ring.rating("chi")
    TaskTally.objects.filter(sheet__review=chi.review).update(beyond=None, quality_met=None)
    assert not {"beyond", "quality_met"} & set(facts(ring, "chi")["tasks"])
    TaskTally.objects.filter(sheet__review=chi.review).delete()
    assert "tasks" not in facts(ring, "chi")


def test_objective_causes_are_told_only_where_there_are_any(ring):
    chi = ring.rating("chi")
    assert "undone_objective" not in facts(ring, "chi")["tasks"]
    TaskTally.objects.filter(sheet__review=chi.review, scope="tasks").update(done=18, on_time=17, undone_objective=1)
    found = facts(ring, "chi")["tasks"]
    assert (found["undone_objective"], "late_objective" in found) == (1, False)


def test_circumstances_state_grade_and_the_head_who_just_moved_in(ring):
    chi, an = ring.rating("chi"), ring.rating("an", RatingKind.CADRE)
    for kind, withdrawn in (("maternity", None), ("moved", ring.cycle.opened_at)):
        Circumstance.objects.create(rating=chi, kind=kind, document="QĐ 1", withdrawn_at=withdrawn)
    Rating.objects.filter(pk=chi.pk).update(state_grade="excellent")
    Rating.objects.filter(pk=an.pk).update(is_newly_moved_head=True)
    found = facts(ring, "chi")
    assert (found["circumstances"], found["state_grade"]) == (["maternity"], "excellent")
    assert "newly_moved_head" not in facts(ring, "an", RatingKind.CADRE)
    Rating.objects.filter(pk=an.pk).update(newly_moved_document="QĐ 5-QĐ/TU")
    assert facts(ring, "an", RatingKind.CADRE)["newly_moved_head"] is True


def test_facts_of_an_organisation_are_those_of_its_sheet_its_members_and_its_units(ring):
    """An organisation has no review: its numbers stand on a sheet of the rating, its grades come from below."""
    collective = ring.rating("TT-SKH")
    Rating.objects.filter(pk=collective.pk).update(
        kind=RatingKind.ORGANISATION,
        subject_kind="organisation",
        collective=None,
        review=None,
        organisation=ring.units["CB-SKH"],
    )
    rating = Rating.objects.select_related("cycle__regulation", "organisation").get(pk=collective.pk)
    ring.decide([ring.rating("chi"), ring.rating("oanh")], "good", "BTV-DUK")
    sheet = FactsSheet.objects.create(rating=rating)
    TaskTally.objects.create(sheet=sheet, scope="tasks", assigned=10, done=9, on_time=8, beyond=2, quality_met=True)
    found = facts_of(rating)
    parse_facts(parsed(ring.cycle.regulation), found)
    assert (found["rating"], found["subject"], found["subordinate_units"]) == ("organisation", "organisation", 0)
    assert found["members_graded"] == {"total": 2, "completed_or_better": 2, "good_or_better": 2}
    assert (found["tasks"]["assigned"], found["tasks"]["done"]) == (10, 9)
    assert "review_completed" not in found
    assert "levels" not in found


def test_organisation_is_measured_by_the_report_of_the_body_that_leads_it(ring):
    body = ring.rating("TT-SKH")
    written = facts_of(body)["levels"]
    Rating.objects.filter(pk=body.pk).update(
        kind=RatingKind.ORGANISATION,
        subject_kind="organisation",
        collective=None,
        review=None,
        organisation=ring.units["SKH"],
    )
    rating = Rating.objects.select_related("cycle__regulation", "organisation").get(pk=body.pk)
    assert facts_of(rating)["levels"] == written
    # A report that is not finished measures nobody yet.
    Review.objects.filter(collective=ring.collectives["TT-SKH"]).update(state="finishing")
    assert "levels" not in facts_of(rating)
