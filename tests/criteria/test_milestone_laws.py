"""The book of milestones against a slow, plain reading of the rule."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.models import Milestone, Plan
from criteria.selectors.rounds.milestones import PlanBook
from tests.criteria import rounds

pytestmark = pytest.mark.django_db

UNITS = ("TU", "BTCTU", "DUK", "CB-SKH", "UBND", "SKH", "SYT")
ISSUERS = ("TU", "UBND", "SKH")
place = st.one_of(
    st.just({}),
    st.sampled_from(["party", "state"]).map(lambda line: {"line": line}),
    st.sampled_from(["so", "chi_bo", "ubnd"]).map(lambda kind: {"kind": kind}),
    st.sampled_from(UNITS).map(lambda unit: {"unit": unit}),
)
rows = st.lists(st.tuples(st.sampled_from(ISSUERS), place, st.integers(0, 60)), max_size=8)


def plain(written, unit, chain):
    """From the nearest plan up: the row of the unit, of its kind, of its line, of everybody; of two the later day."""
    for issuer in chain:
        mine = [(where, day) for who, where, day in written if who == issuer]
        for fits in (
            lambda where: where.get("unit") == unit.code,
            lambda where: where.get("kind") == unit.kind.code,
            lambda where: where.get("line") == unit.line,
            lambda where: not where,
        ):
            if found := [day for where, day in mine if fits(where)]:
                return date(2024, 11, 1) + timedelta(days=max(found))
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=rows)
def test_book_says_what_the_plain_reading_says(province, written):
    Milestone.objects.all().delete()
    Plan.objects.filter(parent__parent__isnull=False).delete()
    Plan.objects.filter(parent__isnull=False).delete()
    Plan.objects.all().delete()
    plans, parent = {}, None
    for code in ISSUERS:
        parent = plans[code] = Plan.objects.create(
            issuer=province.units[code],
            parent=parent,
            year=2024,
            title=code,
            workflow_name="plan",
            state="issued",
        )
    kinds = {unit.kind.code: unit.kind for unit in province.units.values()}
    for issuer, where, day in written:
        Milestone.objects.create(
            plan=plans[issuer],
            step="meeting",
            due_on=date(2024, 11, 1) + timedelta(days=day),
            line=where.get("line", ""),
            unit_kind=kinds.get(where.get("kind")),
            unit=province.units.get(where.get("unit")),
        )
    book = PlanBook(plans["TU"])
    for code in UNITS:
        chain = {"SKH": ("SKH", "UBND", "TU"), "UBND": ("UBND", "TU"), "SYT": ("UBND", "TU")}.get(code, ("TU",))
        assert book.due_on("meeting", province.units[code]) == plain(written, province.units[code], chain), code
    nobody = [day for who, where, day in written if who == "TU" and not where]
    expected = date(2024, 11, 1) + timedelta(days=max(nobody)) if nobody else None
    assert book.due_on("meeting", None) == expected
    assert book.due_on("decision", province.units["SKH"]) is None


def test_draft_below_does_not_bind_and_another_year_neither(province):
    top = rounds.issued_plan(province)
    rounds.draft_plan(
        province, issuer="UBND", parent=top, actor="ha", milestones=rounds.dated(("meeting", date(2024, 11, 1)))
    )
    assert PlanBook(top).due_on("meeting", province.units["SKH"]) == date(2024, 11, 20)
