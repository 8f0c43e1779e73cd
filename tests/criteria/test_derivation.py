"""A regulation of one's own: derived, changed, issued, frozen by its first cycle, put in the place of another."""

import json
from datetime import date

import pytest
from django.utils import timezone

from criteria import regulation
from criteria.models import Regulation
from criteria.regulation.difference import between, newest_text
from criteria.selectors.reaching import openings
from criteria.selectors.rules.regulations import applicable_beside, choose_row, parsed, version_of, visible_to
from criteria.services.rounds import cycles as cycle_services
from criteria.services.rules import confirmations, derivation, regulations
from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from tests.criteria import rounds

pytestmark = pytest.mark.django_db
PARTY, STATE = "366-QĐ/TW@2025-08-30", "335/2025/NĐ-CP@2025-12-21"
ILLUSTRATION = "399-QĐ/TU@2025-08-27"
KEY = "15-QĐ/TU@2026-01-05"


@pytest.fixture
def parent():
    regulations.load_shipped()
    return Regulation.objects.get(key=PARTY)


def head(**more):
    given = {
        "number": "15-QĐ/TU",
        "issued_on": date(2026, 1, 5),
        "in_force_from": date(2026, 1, 5),
        "title": "Quy định của tỉnh",
    }
    return derivation.Head(**(given | more))


def derive(parent, province, *, actor="phuc", **more):
    return derivation.derive_regulation(parent=parent, head=head(**more), actor=province.users[actor])


def change(row, province, content, *, actor="phuc", seen=None):
    return derivation.change_regulation(
        row=row, content=content, actor=province.users[actor], seen=seen or version_of(row)
    )


def issue(row, province, *, actor="phuc"):
    return derivation.issue_regulation(row=row, actor=province.users[actor], seen=version_of(row))


def supersede(row, successor, on, province, *, actor="phuc"):
    return derivation.supersede_regulation(
        row=row, successor=successor, on=on, actor=province.users[actor], seen=version_of(row)
    )


def test_derived_draft_has_the_newest_text_under_a_key_of_its_own(parent, province):
    row = derive(parent, province)
    assert (row.key, row.is_draft, row.is_shipped, row.parent) == (KEY, True, False, parent)
    assert "overlays" not in row.content
    law = parsed(row)
    assert (law.derived_from, law.is_illustration) == (PARTY, False)
    assert law.rule("quarter_tasks_undone").function == "undone_without_cause"
    changed = {change.path for change in between(newest_text(parsed(parent)), row.content)}
    assert changed == {
        ("key",), ("number",), ("title",), ("issued_on",), ("in_force_from",), ("note",), ("derived_from",)
    }  # fmt: skip
    event = AuditEvent.objects.get(action="regulation.derived")
    assert json.loads(event.payload)["parent"] == PARTY


def test_rules_of_forms_come_along(province):
    row = derive(rounds.regulation(), province)
    copied = list(row.form_rules.values_list("provincial_code", "form_key", "order", "question"))
    assert copied == list(row.parent.form_rules.values_list("provincial_code", "form_key", "order", "question"))
    assert len(copied) == 4


@pytest.mark.parametrize(("more", "field"), [({"number": " "}, "number"), ({"number": "15@TU"}, "number")])
def test_wrong_head_is_refused_at_its_field(parent, province, more, field):
    with pytest.raises(Refusal) as refused:
        derive(parent, province, **more)
    assert refused.value.field == field


def test_key_stands_once(parent, province):
    derive(parent, province)
    with pytest.raises(Refusal) as refused:
        derive(parent, province)
    assert KEY in refused.value.message


def test_draft_is_not_chosen_nor_shown_until_it_is_issued(parent, province):
    row = derive(parent, province)
    assert choose_row("party", "leader", "year", date(2026, 12, 31)) == parent
    assert not visible_to(province.users["an"]).filter(pk=row.pk).exists()
    with pytest.raises(Refusal):
        derive(row, province, number="16-QĐ/TU")
    issue(row, province)
    assert visible_to(province.users["an"]).filter(pk=row.pk).exists()
    with pytest.raises(Refusal) as refused:
        choose_row("party", "leader", "year", date(2026, 12, 31))
    assert PARTY in refused.value.message
    assert KEY in refused.value.message


def test_change_is_written_and_recorded_by_its_paths(parent, province):
    row = derive(parent, province)
    content = row.content | {"quota": row.content["quota"] | {"percent": 15}}
    change(row, province, content)
    row.refresh_from_db()
    assert parsed(row).quota.percent == 15
    event = AuditEvent.objects.get(action="regulation.changed")
    assert json.loads(event.payload)["changed"] == ["quota/percent"]


def test_wrong_text_is_refused_with_its_place_and_nothing_is_written(parent, province):
    row = derive(parent, province)
    digest = row.content_sha256
    with pytest.raises(Refusal) as refused:
        change(row, province, row.content | {"quota": row.content["quota"] | {"percent": 101}})
    assert refused.value.field == "quota/percent"
    row.refresh_from_db()
    assert row.content_sha256 == digest


def test_draft_changes_only_as_seen_by_an_administrator_and_keeps_its_key(parent, province):
    row = derive(parent, province)
    seen = version_of(row)
    content = row.content | {"note": "Một"}
    with pytest.raises(Forbidden):
        change(row, province, content, actor="giang")
    change(row, province, content, seen=seen)
    with pytest.raises(Stale):
        change(row, province, row.content | {"note": "Hai"}, seen=seen)
    row.refresh_from_db()
    with pytest.raises(Refusal):
        change(row, province, row.content | {"key": "17-QĐ/TU@2026-01-05", "number": "17-QĐ/TU"})
    assert row.content["note"] == "Một"


def test_issued_regulation_is_changed_no_more(parent, province):
    row = issue(derive(parent, province), province)
    with pytest.raises(Refusal):
        change(row, province, row.content | {"note": "Hai"})
    with pytest.raises(Refusal):
        issue(row, province)
    with pytest.raises(Refusal):
        derivation.rename_regulation(row=row, head=head(), actor=province.users["phuc"], seen=version_of(row))
    with pytest.raises(Forbidden):
        derive(parent, province, actor="giang", number="16-QĐ/TU")


def test_draft_whose_rules_of_forms_name_no_form_is_not_issued(province):
    row = derive(rounds.regulation(), province)
    row.form_rules.filter(order=10).update(form_key="09")
    with pytest.raises(Refusal) as refused:
        issue(row, province)
    assert "09" in refused.value.message


def test_successor_takes_over_from_its_day_also_of_a_used_regulation(parent, province):
    row = issue(derive(parent, province), province)
    Regulation.objects.filter(pk=parent.pk).update(used_at=timezone.now())
    parent.refresh_from_db()
    digest = parent.content_sha256
    supersede(parent, row, date(2026, 1, 5), province)
    parent.refresh_from_db()
    assert (parent.in_force_until, parent.successor, parent.content_sha256) == (date(2026, 1, 5), row, digest)
    assert choose_row("party", "leader", "year", date(2025, 12, 31)) == parent
    assert choose_row("party", "leader", "year", date(2026, 12, 31)) == row
    regulations.load_shipped()
    parent.refresh_from_db()
    assert parent.in_force_until == date(2026, 1, 5)
    newer = regulation.to_data(regulation.find(PARTY)) | {"title": "Bản in lại"}
    Regulation.objects.filter(pk=parent.pk).update(used_at=None)
    regulations.store_regulation(data=regulation.from_data(newer))
    parent.refresh_from_db()
    assert (parent.title, parent.in_force_until) == ("Bản in lại", date(2026, 1, 5))


def test_successor_is_taken_back(parent, province):
    row = issue(derive(parent, province), province)
    supersede(parent, row, date(2026, 1, 5), province)
    parent.refresh_from_db()
    derivation.restore_regulation(row=parent, actor=province.users["phuc"], seen=version_of(parent))
    parent.refresh_from_db()
    assert (parent.in_force_until, parent.successor) == (None, None)
    with pytest.raises(Refusal):
        derivation.restore_regulation(row=parent, actor=province.users["phuc"], seen=version_of(parent))


@pytest.mark.parametrize(
    ("successor", "on", "field"),
    [
        (STATE, date(2026, 1, 5), "successor"),
        (PARTY, date(2026, 1, 5), "successor"),
        (ILLUSTRATION, date(2026, 1, 5), "successor"),
        (KEY, date(2026, 1, 4), "on"),
    ],
)
def test_wrong_successor_is_refused_at_its_field(parent, province, successor, on, field):
    issue(derive(parent, province), province)
    with pytest.raises(Refusal) as refused:
        supersede(parent, Regulation.objects.get(key=successor), on, province)
    assert refused.value.field == field


def test_successor_comes_before_the_end_that_the_text_itself_names(province):
    old = rounds.regulation()
    row = issue(derive(old, province, in_force_from=date(2024, 1, 1)), province)
    with pytest.raises(Refusal) as refused:
        supersede(old, row, date(2025, 8, 31), province)
    assert refused.value.field == "on"
    supersede(old, row, date(2025, 8, 30), province)


def test_draft_replaces_nothing(parent, province):
    row = derive(parent, province)
    with pytest.raises(Refusal):
        supersede(parent, row, date(2026, 1, 5), province)


def test_cycle_that_is_prepared_does_not_open_under_a_regulation_replaced_by_then(province):
    cycle = rounds.prepared_cycle(province)
    assert openings.what_is_missing(cycle) == []
    old = cycle.regulation
    row = issue(derive(old, province, in_force_from=date(2024, 1, 1)), province)
    supersede(old, row, date(2024, 6, 1), province)
    cycle.regulation.refresh_from_db()
    assert any("124-QĐ/TW" in reason for reason in openings.what_is_missing(cycle))


def test_draft_cannot_be_the_law_of_a_cycle_and_the_issued_one_is_frozen_by_it(province):
    old = rounds.regulation()
    row = derive(old, province, in_force_from=date(2024, 1, 1))
    plan = rounds.issued_plan(province)
    given = {"plan": plan, "frameworks": [], "dates": rounds.YEAR_2024, "actor": province.users["giang"]}
    with pytest.raises(Refusal) as refused:
        cycle_services.create_cycle(regulation=row, **given)
    assert refused.value.field == "regulation"
    row = issue(row, province)
    cycle = cycle_services.create_cycle(regulation=row, **given)
    cycle_services.on_open(cycle, actor=province.users["giang"])
    row.refresh_from_db()
    assert row.used_at is not None
    line = regulation.unconfirmed(parsed(row))[0]
    with pytest.raises(Refusal):
        confirmations.confirm_line(
            row=row,
            table=line.table,
            key=line.key,
            answer=confirmations.Answer("45-CV/BTCTU", date(2026, 1, 10), "Công văn 45", "local"),
            actor=province.users["phuc"],
            seen=version_of(row),
        )
    again = derive(row, province, number="16-QĐ/TU")
    assert parsed(again).derived_from == row.key


def test_issued_regulation_names_those_that_it_applies_beside(parent, province):
    row = derive(parent, province)
    assert applicable_beside(row) == [parent]
    row = issue(row, province)
    assert applicable_beside(row) == [parent]
    supersede(parent, row, date(2026, 1, 5), province)
    row.refresh_from_db()
    assert applicable_beside(row) == []
    state = derive(Regulation.objects.get(key=STATE), province, number="17-QĐ/UBND")
    assert [other.key for other in applicable_beside(state)] == [STATE]
    assert applicable_beside(Regulation.objects.get(key=ILLUSTRATION)) == []
