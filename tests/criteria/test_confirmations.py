"""Lines to be confirmed: confirmed by a document, kept through every reload, never in a regulation already used."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from criteria import regulation
from criteria.models import Confirmation, Regulation
from criteria.rating import check_regulation, suggest
from criteria.regulation import lines
from criteria.selectors.rules import confirmations as selectors
from criteria.selectors.rules.regulations import parsed, version_of
from criteria.services.rules import confirmations, regulations
from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from tests.criteria import rounds

pytestmark = pytest.mark.django_db
PARTY = "366-QĐ/TW@2025-08-30"
CLAUSE = "Công văn 45-CV/BTCTU ngày 10/01/2026, mục 2"


@pytest.fixture
def row():
    regulations.load_shipped()
    return Regulation.objects.get(key=PARTY)


def answer(**more):
    given = {"number": "45-CV/BTCTU", "issued_on": date(2026, 1, 10), "cites": CLAUSE, "standing": "local"}
    return confirmations.Answer(**(given | more))


def confirm(row, province, table, key, *, actor="phuc", seen=None, **more):
    found = confirmations.confirm_line(
        row=row, table=table, key=key, answer=answer(**more), actor=province.users[actor], seen=seen or version_of(row)
    )
    row.refresh_from_db()
    return found


def open_keys(row):
    return {(line.table, line.key) for line in regulation.unconfirmed(parsed(row))}


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_every_open_line_can_be_confirmed_and_taken_back(key):
    law = regulation.find(key)
    data = regulation.to_data(law)
    for line in regulation.unconfirmed(law):
        firm = lines.confirm(data, line.table, line.key, standing="local", cites=CLAUSE)
        firm = selectors.with_requirements(firm, line.table, line.key)
        again = regulation.from_data(firm)
        left = {(each.table, each.key) for each in regulation.unconfirmed(again)}
        assert left == {(each.table, each.key) for each in regulation.unconfirmed(law)} - {(line.table, line.key)}
        assert check_regulation(again) == []
        before = lines.read_line(data, line.table, line.key)
        back = lines.write_line(firm, line.table, line.key, before)
        assert selectors.without_requirements(back, line.key) == data


def test_confirmed_rule_bites_and_stands_in_the_history(row, province):
    facts = {
        "regulation": PARTY,
        "rating": "cadre",
        "subject": "non_leader",
        "period": "year",
        "period_end": "2026-12-31",
        "review_completed": True,
        "points": {"common": "30", "results": "70"},
        "tasks": {"assigned": 10, "done": 10, "on_time": 10, "beyond": 10, "quality_met": True},
        "shortcomings": {"named": 0, "remedied": 0},
        "circumstances": ["sick_leave_3_months"],
    }
    assert suggest(parsed(row), facts).grade == "excellent"
    confirm(row, province, "rules", "sick_leave")
    after = suggest(parsed(row), facts)
    assert after.grade == "completed"
    assert [(ceiling.rule, ceiling.cites, ceiling.standing) for ceiling in after.ceilings][0] == (
        "sick_leave", CLAUSE, "local",
    )  # fmt: skip
    event = AuditEvent.objects.filter(action="regulation.line_confirmed").get()
    assert json.loads(event.payload)["document"] == "45-CV/BTCTU"
    assert event.actor == province.users["phuc"]


def test_rule_of_an_overlay_is_confirmed_where_the_overlay_writes_it_with_the_facts_it_needs(row, province):
    confirm(row, province, "rules", "collective_under_70_head", standing="guidance")
    law = parsed(row)
    assert law.rule("collective_under_70_head").standing == "guidance"
    assert "collective_under_70_head" not in {rule.key for rule in law.at(date(2026, 3, 31)).rules}
    asked = [each for each in law.requirements if each.key == "for_collective_under_70_head"]
    assert [(each.paths, each.roles) for each in asked] == [
        (("collective_tasks.assigned", "collective_tasks.done"), frozenset({"head"}))
    ]


def test_reload_keeps_what_was_confirmed_and_takes_the_rest_of_the_new_file(row, province):
    confirm(row, province, "quota", "base")
    confirm(row, province, "rules", "sick_leave")
    assert regulations.store_regulation(data=regulation.find(PARTY)) == "unchanged"
    newer = regulation.to_data(regulation.find(PARTY)) | {"title": "Quy định, bản in lại"}
    newer["rules"] = [each | {"reason": "Đã đổi."} if each["key"] == "sick_leave" else each for each in newer["rules"]]
    assert regulations.store_regulation(data=regulation.from_data(newer)) == "updated"
    row.refresh_from_db()
    assert row.title == "Quy định, bản in lại"
    assert not open_keys(row) & {("quota", "base"), ("rules", "sick_leave")}
    assert parsed(row).rule("sick_leave").reason.startswith("Nghỉ ốm từ 3 tháng")
    assert [sentence.split(",")[0] for sentence in selectors.differing(regulation.from_data(newer))] == [PARTY]
    assert selectors.differing(regulation.find(PARTY)) == []


def test_reload_brings_a_confirmed_rule_back_that_the_file_has_lost_and_refuses_where_there_is_no_place(row, province):
    confirm(row, province, "rules", "sick_leave")
    newer = regulation.to_data(regulation.find(PARTY))
    newer["rules"] = [each for each in newer["rules"] if each["key"] != "sick_leave"]
    assert regulations.store_regulation(data=regulation.from_data(newer)) == "updated"
    row.refresh_from_db()
    assert parsed(row).rule("sick_leave").standing == "local"
    confirm(row, province, "rules", "collective_under_70_head")
    del newer["overlays"]
    with pytest.raises(Refusal) as refused:
        regulations.store_regulation(data=regulation.from_data(newer))
    assert "collective_under_70_head" in refused.value.message


def test_stored_list_leaves_out_what_was_confirmed_and_the_list_of_the_files_does_not(row, province):
    confirm(row, province, "procedure", "quorum")

    def listed(*more):
        said = StringIO()
        call_command("list_unconfirmed", "--regulation", PARTY, "--json", *more, stdout=said)
        return {(line["table"], line["key"]) for line in json.loads(said.getvalue())}

    assert ("procedure", "quorum") in listed()
    assert ("procedure", "quorum") not in listed("--stored")
    assert listed() - listed("--stored") == {("procedure", "quorum")}
    with pytest.raises(CommandError) as failed:
        call_command("list_unconfirmed", "--stored", "--regulation", "9-QĐ/TU@2026-01-01")
    assert failed.value.returncode == 2


def test_withdrawn_confirmation_leaves_the_line_as_it_was(row, province):
    before = row.content_sha256
    found = confirm(row, province, "rules", "organisation_units_good")
    assert row.content_sha256 != before
    confirmations.withdraw_confirmation(confirmation=found, actor=province.users["phuc"], seen=version_of(row))
    row.refresh_from_db()
    assert row.content_sha256 == before
    assert Confirmation.objects.get().withdrawn_at is not None
    with pytest.raises(Refusal):
        confirmations.withdraw_confirmation(confirmation=found, actor=province.users["phuc"], seen=version_of(row))
    confirm(row, province, "rules", "organisation_units_good", number="46-CV/BTCTU")


def test_confirmed_form_of_a_person_is_confirmed_in_the_rule_that_decides(province):
    row = rounds.regulation()
    key = next(line.key for line in regulation.unconfirmed(parsed(row)) if line.table == "person_forms")
    found = confirm(row, province, "person_forms", key)
    rule = row.form_rules.get(provincial_code=key)
    assert (rule.is_confirmed, rule.document, rule.question) == (True, CLAUSE, "")
    confirmations.withdraw_confirmation(confirmation=found, actor=province.users["phuc"], seen=version_of(row))
    rule.refresh_from_db()
    assert not rule.is_confirmed
    assert rule.question


def test_used_regulation_is_not_confirmed_and_the_way_is_said(row, province):
    Regulation.objects.filter(pk=row.pk).update(used_at=timezone.now())
    with pytest.raises(Refusal) as refused:
        confirm(row, province, "quota", "base")
    assert "dẫn xuất" in refused.value.message.lower()
    row.refresh_from_db()
    assert ("quota", "base") in open_keys(row)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": " "}, "number"),
        ({"cites": ""}, "cites"),
        ({"standing": "to_be_confirmed"}, "standing"),
        ({"issued_on": date(2999, 1, 1)}, "issued_on"),
    ],
)
def test_incomplete_answer_is_refused_at_its_field(row, province, more, field):
    with pytest.raises(Refusal) as refused:
        confirm(row, province, "quota", "base", **more)
    assert refused.value.field == field
    assert not Confirmation.objects.exists()


def test_only_an_administrator_confirms_and_only_what_he_saw(row, province):
    with pytest.raises(Forbidden):
        confirm(row, province, "quota", "base", actor="giang")
    seen = version_of(row)
    confirm(row, province, "quota", "base", seen=seen)
    with pytest.raises(Stale):
        confirm(row, province, "quota", "rounding", seen=seen)
    with pytest.raises(Refusal):
        confirm(row, province, "quota", "base")
    assert Confirmation.objects.count() == 1
