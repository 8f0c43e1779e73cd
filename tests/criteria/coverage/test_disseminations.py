"""Sending a text out to be studied: the draft, who is asked, the own act, a sitting with its list, the share."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from criteria.models import Acknowledgement, Dissemination, Framework
from criteria.selectors.reaching import disseminations as selectors
from criteria.selectors.reaching import study_shares
from criteria.services.reaching import disseminations
from orgs.models import Appointment, AuditEvent, Blocked, Forbidden, Message, Refusal, Stale, StoredFile, Unit
from orgs.services.transitions import advance
from tests.criteria import rounds
from tests.criteria.coverage import sent

pytestmark = pytest.mark.django_db


def shares(row, *codes):
    bodies = Unit.objects.without_tree_fields().filter(code__in=codes) if codes else Unit.objects.none()
    found = study_shares.shares_of(Dissemination.objects.filter(pk=row.pk), bodies)
    return {share.unit.code: (share.studied, share.people, share.percent) for share in found}


def whole(row, *codes):
    bodies = Unit.objects.without_tree_fields().filter(code__in=codes)
    found = study_shares.total_of(Dissemination.objects.filter(pk=row.pk), bodies)
    return found.studied, found.people


def test_draft_keeps_words_and_bodies_and_is_seen_by_its_own_side_alone(province):
    row = sent.draft(province)
    assert (row.state, row.number, row.due_on) == ("draft", "1823-CV/TU", sent.DUE)
    assert sorted(row.units.values_list("unit__code", flat=True)) == ["CB-SKH", "SKH", "SYT"]
    seen = [name for name in province.users if selectors.visible_to(province.users[name]).exists()]
    assert sorted(seen) == ["giang", "phuc"]
    assert AuditEvent.objects.filter(action="dissemination.created", chain=row.chain).count() == 1


def test_open_one_is_seen_by_who_studies_leads_keeps_inspects_or_sends(province):
    sent.opened(province, "SKH")
    seen = sorted(name for name in province.users if selectors.visible_to(province.users[name]).exists())
    assert seen == ["an", "binh", "chi", "giang", "nga", "oanh", "phuc", "quan"]


def test_heads_are_told_when_it_is_sent_out(province):
    row = sent.opened(province)
    told = Message.objects.filter(dedup_key__contains=f"dissemination:{row.pk}")
    assert sorted(message.recipient.username for message in told) == ["an", "dung"]
    assert {message.due_on for message in told} == {sent.DUE}
    assert {message.url for message in told} == {f"/criteria/disseminations/{row.uuid}"}


def test_dissemination_without_a_body_is_not_sent_out(province):
    row = disseminations.create_dissemination(
        issuer=province.units["BTCTU"], words=sent.words(), bodies=[], actor=province.users["giang"]
    )
    with pytest.raises(Blocked, match="Chưa có cơ quan, đơn vị nào"):
        advance(row, "open", actor=province.users["giang"], version=row.version)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  "}),
        ("regulation", {"regulation": None}),
        ("due_on", {"due_on": date(2023, 10, 1)}),
    ],
)
def test_wrong_words_are_refused_at_their_field(province, field, changes):
    with pytest.raises(Refusal) as refused:
        sent.draft(province, **changes)
    assert refused.value.field == field
    assert not Dissemination.objects.exists()


def test_text_is_a_regulation_or_a_framework_never_both_and_the_framework_is_issued(province):
    law = rounds.regulation()
    framework = rounds.issued_frameworks(province, law)[0]
    with pytest.raises(Refusal, match="hoặc"):
        sent.draft(province, framework=framework)
    Framework.objects.filter(pk=framework.pk).update(state="draft")
    framework.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        sent.draft(province, regulation=None, framework=framework)
    assert refused.value.field == "framework"


def test_department_addresses_only_what_stands_below_it(province):
    with pytest.raises(Refusal, match="Sở Kế hoạch và Đầu tư") as refused:
        sent.draft(province, "SYT", "SKH", actor="khanh", issuer="SYT")
    assert refused.value.field == "units"
    assert sent.draft(province, "SYT", actor="khanh", issuer="SYT").units.count() == 1


def test_update_writes_the_whole_draft_and_refuses_a_stale_page(province):
    row = sent.draft(province)
    given = {"dissemination": row, "words": sent.words(title="Tên khác"), "bodies": [province.units["SNV"]]}
    changed = disseminations.update_dissemination(**given, actor=province.users["giang"], version=1)
    assert (changed.title, changed.version) == ("Tên khác", 2)
    assert list(changed.units.values_list("unit__code", flat=True)) == ["SNV"]
    with pytest.raises(Stale):
        disseminations.update_dissemination(**given, actor=province.users["giang"], version=1)


def test_own_act_counts_for_every_body_of_the_person_and_only_once(province):
    row = sent.opened(province)
    assert shares(row, "SKH", "CB-SKH", "SYT") == {"SKH": (0, 5, 0), "CB-SKH": (0, 5, 0), "SYT": (0, 3, 0)}
    for _twice in (1, 2):
        made = disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    assert (made.unit.code, made.studied_on, made.recorded_by) == ("SKH", timezone.localdate(), None)
    assert shares(row, "SKH", "CB-SKH", "SYT") == {"SKH": (1, 5, 20), "CB-SKH": (1, 5, 20), "SYT": (0, 3, 0)}
    assert whole(row, "SKH", "CB-SKH", "SYT") == (1, 8)
    assert AuditEvent.objects.filter(action="dissemination.acknowledged").count() == 1


def test_who_is_not_asked_may_not_say_that_he_studied(province):
    row = sent.opened(province)
    with pytest.raises(Forbidden):
        disseminations.acknowledge(dissemination=row, actor=province.users["ha"])


def test_nothing_is_recorded_before_the_opening_or_after_the_end(province):
    row = sent.draft(province)
    with pytest.raises(Refusal, match="không đang tiến hành"):
        disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    for move in ("open", "close"):
        row = advance(row, move, actor=province.users["giang"], version=row.version)
    with pytest.raises(Refusal, match="không đang tiến hành"):
        disseminations.acknowledge(dissemination=row, actor=province.users["chi"])


@pytest.mark.parametrize("who", ["an", "nga"])
def test_head_and_secretary_record_a_sitting_with_its_list(province, who):
    row, people = sent.opened(province), province.people
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    made = disseminations.record_session(
        dissemination=row,
        unit=province.units["SKH"],
        people=[people["an"], people["binh"], people["chi"]],
        session=sent.session(),
        actor=province.users[who],
    )
    assert sorted(ack.person.full_name for ack in made) == ["Nguyễn Văn Ấn", "Trần Thị Bình"]
    kept = Acknowledgement.objects.get(person=people["binh"])
    assert (kept.session, kept.recorded_by.username) == ("Hội nghị toàn cơ quan", who)
    assert kept.attendance.object_type == "criteria.DisseminationUnit"
    assert Acknowledgement.objects.get(person=people["chi"]).recorded_by is None
    assert shares(row, "SKH")["SKH"] == (3, 5, 60)


@pytest.mark.parametrize("who", ["chi", "binh", "giang", "khanh", "lan"])
def test_nobody_else_records_a_sitting(province, who):
    row = sent.opened(province)
    with pytest.raises(Forbidden):
        disseminations.record_session(
            dissemination=row,
            unit=province.units["SKH"],
            people=[province.people["an"]],
            session=sent.session(),
            actor=province.users[who],
        )
    assert not StoredFile.objects.exists()


def test_grant_that_ended_since_the_page_was_opened_records_no_sitting(province):
    row, nga, body = sent.opened(province), province.users["nga"], province.units["SKH"]
    assert selectors.keeps(nga, body)
    nga.grants.update(ended_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Forbidden):
        disseminations.record_session(
            dissemination=row, unit=body, people=[province.people["an"]], session=sent.session(), actor=nga
        )
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("studied_on", {"studied_on": timezone.localdate() + timedelta(days=3650)}),
        ("session", {"session": " "}),
        ("attendance", {"attendance": None}),
    ],
    ids=["future", "nameless", "no list"],
)
def test_sitting_that_lacks_something_is_refused_at_its_field(province, field, changes):
    row = sent.opened(province)
    with pytest.raises(Refusal) as refused:
        disseminations.record_session(
            dissemination=row,
            unit=province.units["SKH"],
            people=[province.people["an"]],
            session=sent.session(**changes),
            actor=province.users["nga"],
        )
    assert refused.value.field == field
    assert not Acknowledgement.objects.exists()


def test_sitting_takes_no_strangers_nobody_and_no_body_that_was_not_addressed(province):
    row = sent.opened(province, "SKH")

    def record(unit, actor, *names):
        disseminations.record_session(
            dissemination=row,
            unit=province.units[unit],
            people=[province.people[name] for name in names],
            session=sent.session(),
            actor=province.users[actor],
        )

    with pytest.raises(Refusal, match="Phạm Quốc Dũng"):
        record("SKH", "nga", "an", "dung")
    with pytest.raises(Refusal, match="ít nhất một người"):
        record("SKH", "nga")
    with pytest.raises(Refusal, match="Sở Y tế"):
        record("SYT", "khanh", "dung")
    record("SKH", "nga", "an")
    with pytest.raises(Refusal, match="đều đã"):
        record("SKH", "nga", "an")
    assert Acknowledgement.objects.count() == 1


def test_who_leaves_the_body_leaves_its_share(province):
    row = sent.opened(province, "SKH")
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    Appointment.objects.filter(person=province.people["chi"]).update(ended_on=timezone.localdate())
    assert shares(row, "SKH")["SKH"] == (0, 4, 0)


def test_body_without_people_has_no_share_and_lags_last(province):
    row = sent.opened(province, "SKH", "DUK")
    assert list(shares(row, "SKH", "DUK").items()) == [("SKH", (0, 5, 0)), ("DUK", (0, 0, None))]


def test_shares_cost_the_same_for_one_body_and_for_three(province):
    row = sent.opened(province)
    counted = []
    for codes in (("SKH",), ("SKH", "SYT", "CB-SKH")):
        with CaptureQueriesContext(connection) as asked:
            shares(row, *codes)
        counted.append(len(asked))
    assert counted == [3, 3]


def test_waiting_list_of_a_person_ends_with_the_own_act(province):
    row = sent.opened(province)
    assert list(selectors.waiting_for(province.users["chi"])) == [row]
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    assert list(selectors.waiting_for(province.users["chi"])) == []
    assert list(selectors.waiting_for(province.users["phuc"])) == []


def test_cycle_names_the_bodies_below_its_share(province):
    cycle = rounds.prepared_cycle(province)
    assert study_shares.study_warnings(cycle) == ["Quy định 124-QĐ/TW chưa được đưa ra nghiên cứu, quán triệt."]
    row = sent.opened(province, "SKH", "SYT")
    for name in ("dung", "em", "khanh"):
        disseminations.acknowledge(dissemination=row, actor=province.users[name])
    (words,) = study_shares.study_warnings(cycle)
    assert "Sở Kế hoạch và Đầu tư (0 %)" in words
    assert "Sở Y tế" not in words
    cycle.study_share = 0
    assert study_shares.study_warnings(cycle) == []


def test_cycle_of_some_units_asks_for_these_alone(province):
    cycle = rounds.prepared_cycle(province)
    sent.opened(province, "SKH", "SYT")
    cycle.units.set([province.units["SYT"]])
    assert [share.unit.code for share in study_shares.lagging_in(cycle)] == ["SYT"]
