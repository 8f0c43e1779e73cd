"""Whose date binds whom: the nearest plan, and in it the most specific row."""

from datetime import date

import pytest

from criteria.models import Milestone, Plan
from criteria.selectors.rounds.milestones import MilestoneBook, PlanBook
from criteria.services.rounds import plans
from orgs.models import Forbidden, Refusal, Stale
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def test_milestone_of_the_unit_wins_over_kind_line_and_everybody(province):
    skh = province.units["SKH"]
    rows = [
        plans.MilestoneRow("meeting", date(2024, 12, 1)),
        plans.MilestoneRow("meeting", date(2024, 11, 28), line="state"),
        plans.MilestoneRow("meeting", date(2024, 11, 26), unit_kind=skh.kind),
        plans.MilestoneRow("meeting", date(2024, 11, 22), unit=skh, is_closing=True),
    ]
    book = PlanBook(rounds.draft_plan(province, milestones=rows))
    assert book.due_on("meeting", skh) == date(2024, 11, 22)
    assert book.is_closing("meeting", skh)
    assert book.due_on("meeting", province.units["SYT"]) == date(2024, 11, 26)
    assert not book.is_closing("meeting", province.units["SYT"])
    assert book.due_on("meeting", province.units["UBND"]) == date(2024, 11, 28)
    assert book.due_on("meeting", province.units["DUK"]) == date(2024, 12, 1)
    assert book.due_on("meeting", None) == date(2024, 12, 1)
    assert book.due_on("dossier", skh) is None
    assert not book.is_closing("dossier", skh)


def test_own_plan_wins_over_the_plan_above_for_all_below_it(province):
    top = rounds.issued_plan(province)
    own = rounds.draft_plan(
        province, issuer="UBND", parent=top, actor="ha", milestones=rounds.dated(("meeting", date(2024, 11, 15)))
    )
    cycle = rounds.prepared_cycle(province, plan=top)
    assert MilestoneBook(cycle).due_on("meeting", province.units["SKH"]) == date(2024, 11, 20)
    rounds.issue(province, own, actor="ha", number="12-KH/BCSĐ")
    book = MilestoneBook(cycle)
    assert book.due_on("meeting", province.units["SKH"]) == date(2024, 11, 15)
    assert book.due_on("meeting", province.units["BTCTU"]) == date(2024, 11, 20)
    assert book.due_on("decision", province.units["SKH"]) == date(2024, 12, 30)


def test_book_asks_the_database_only_while_it_is_made(province, django_assert_num_queries):
    plan = rounds.issued_plan(province)
    with django_assert_num_queries(3):
        book = PlanBook(plan)
    with django_assert_num_queries(0):
        for unit in province.units.values():
            assert book.due_on("meeting", unit) == date(2024, 11, 20)


def test_two_dates_for_one_place_are_refused(province):
    rows = rounds.dated(("meeting", date(2024, 11, 20)), ("meeting", date(2024, 11, 21)))
    with pytest.raises(Refusal) as refused:
        rounds.draft_plan(province, milestones=rows)
    assert str(refused.value) == "Bước “Họp kiểm điểm” có hai mốc cho cùng một nơi."
    assert not Plan.objects.exists()


def test_date_outside_the_round_is_refused(province):
    with pytest.raises(Refusal) as refused:
        rounds.draft_plan(province, milestones=rounds.dated(("meeting", date(2026, 1, 1))))
    assert "01/01/2026" in str(refused.value)
    assert not Milestone.objects.exists()


def test_date_later_than_the_plan_above_is_refused_and_an_earlier_one_stands(province):
    top = rounds.issued_plan(province)
    with pytest.raises(Refusal) as refused:
        rounds.draft_plan(
            province, issuer="UBND", parent=top, actor="ha", milestones=rounds.dated(("meeting", date(2024, 11, 21)))
        )
    assert "21/11/2024" in str(refused.value)
    assert "20/11/2024" in str(refused.value)
    own = rounds.draft_plan(
        province, issuer="UBND", parent=top, actor="ha", milestones=rounds.dated(("meeting", date(2024, 11, 20)))
    )
    assert own.milestones.get().due_on == date(2024, 11, 20)


def test_date_of_an_issued_plan_moves_by_a_document_and_its_edition_rises(province):
    plan = rounds.issued_plan(province)
    row = plan.milestones.get(step="meeting")
    moved = plans.move_milestone(
        milestone=row,
        due_on=date(2024, 11, 25),
        document="CV 55-CV/TU ngày 15/11/2024",
        actor=province.users["giang"],
        version=plan.version,
    )
    assert (moved.due_on, moved.edition, moved.note) == (date(2024, 11, 25), 2, "CV 55-CV/TU ngày 15/11/2024")
    assert Plan.objects.get(pk=plan.pk).version == plan.version + 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"document": "  "}, Refusal),
        ({"due_on": date(2024, 11, 20)}, Refusal),
        ({"version": 1}, Stale),
        ({"actor": "ha"}, Forbidden),
        ({"actor": "an"}, Forbidden),
    ],
)
def test_date_of_an_issued_plan_stays_when_the_act_is_wrong(province, change, error):
    plan = rounds.issued_plan(province)
    given = {
        "due_on": date(2024, 11, 25),
        "document": "CV 55-CV/TU",
        "version": plan.version,
        "actor": "giang",
        **change,
    }
    given["actor"] = province.users[given["actor"]]
    with pytest.raises(error):
        plans.move_milestone(milestone=plan.milestones.get(step="meeting"), **given)
    row = plan.milestones.get(step="meeting")
    assert (row.due_on, row.edition) == (date(2024, 11, 20), 1)


def test_draft_moves_no_single_date(province):
    plan = rounds.draft_plan(province)
    with pytest.raises(Refusal):
        plans.move_milestone(
            milestone=plan.milestones.first(),
            due_on=date(2024, 11, 25),
            document="CV 1",
            actor=province.users["giang"],
            version=plan.version,
        )
