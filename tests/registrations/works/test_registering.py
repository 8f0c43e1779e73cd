"""A registration is written by the person alone, checked before it goes, and goes to who rates him."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from criteria.models import Cycle
from orgs import access
from orgs.models import AuditEvent, Blocked, Delegation, DelegationRecall, Forbidden, Message, Refusal, Setting, Stale
from orgs.services import transitions
from orgs.services.transitions import advance
from registrations.models import Registration, Shortcoming, Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works.routing import bodies_in_line, route_of
from registrations.selectors.works.works import in_form_order
from registrations.services.works import registrations, writing
from tests.criteria.rounds import open_cycle
from tests.registrations.works.written import HARD, NEW, YEAR, draft, fresh, received, sent, today

pytestmark = pytest.mark.django_db


def delegate(province, *, recall=None):
    row = Delegation.objects.create(
        from_collective=province.collectives["BTV-TU"],
        to_collective=province.collectives["BCSD"],
        rating_kind="cadre",
        managing_authority=province.authorities["BTVTU"],
        position=province.positions["GD"],
        document="QĐ 77-QĐ/TU ngày 05/01/2024",
        started_on=date(2020, 1, 1),
    )
    if recall:
        DelegationRecall.objects.create(
            delegation=row, person=province.people[recall], document="CV 12-CV/TU", started_on=date(2020, 1, 1)
        )
    return row


def test_rated_by_the_standing_committee_goes_to_its_standing_body_through_the_organisation_committee(province):
    route = route_of(province.people["an"], today())
    assert route.destination == "Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)"
    assert (route.receiving_unit.code, route.via_unit.code) == ("BTCTU", "BTCTU")
    assert "Ban Thường vụ Tỉnh ủy đánh giá, xếp loại theo QĐ 746-QĐ/TU" in route.ground
    assert (route.post, route.unit_name) == ("Giám đốc Sở", "Sở Kế hoạch và Đầu tư")


def test_delegated_goes_to_the_delegated_collective_and_the_committee_follows(province):
    delegate(province)
    route = route_of(province.people["an"], today())
    assert route.destination == "Ban cán sự đảng Ủy ban nhân dân tỉnh"
    assert (route.via_unit, route.receiving_unit.code, route.copy_unit.code) == (None, "SNV", "BTCTU")
    assert "ủy quyền cho Ban cán sự đảng" in route.ground


def test_recalled_from_the_delegation_goes_to_the_standing_body_again(province):
    delegate(province, recall="an")
    route = route_of(province.people["an"], today())
    assert route.addressee == "Thường trực Tỉnh ủy"
    assert "rút lại theo CV 12-CV/TU" in route.ground


def test_rated_as_party_member_alone_goes_to_that_body_and_unrated_to_nobody(province):
    assert route_of(province.people["chi"], today()).addressee == "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh"
    assert route_of(province.people["tu"], today()) is None


def test_collective_has_a_route_of_its_own(province):
    route = route_of(province.collectives["TT-SKH"], today())
    assert (route.addressee, route.receiving_unit.code) == ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "SNV")


def test_person_without_a_rating_body_writes_but_cannot_send(province):
    row = draft(province, "tu")
    with pytest.raises(Blocked, match="không có nơi tiếp nhận|chưa có nơi"):
        advance(row, "send", actor=province.users["tu"], version=row.version)
    assert fresh(row).state == "draft"


@pytest.mark.parametrize("actor", ["binh", "giang", "nga", "phuc", "quan"])
def test_nobody_registers_for_somebody_else(province, actor):
    with pytest.raises(Forbidden, match="tự đăng ký"):
        registrations.create_registration(subject=province.people["an"], year=YEAR, actor=province.users[actor])
    assert not Registration.objects.exists()


def test_second_registration_of_a_year_is_refused_until_the_first_is_withdrawn(province):
    row = draft(province)
    with pytest.raises(Refusal, match="đã có đăng ký") as refused:
        draft(province)
    assert refused.value.field == "year"
    advance(row, "withdraw", actor=province.users["an"], version=row.version)
    assert draft(province).pk != row.pk


def test_collective_registers_only_where_the_setting_allows_it(province):
    asked = {"subject": province.collectives["TT-SKH"], "year": YEAR, "actor": province.users["nga"]}
    with pytest.raises(Refusal, match="không đăng ký"):
        registrations.create_registration(**asked)
    Setting.objects.create(key="collective_registrations", value=True)
    with pytest.raises(Forbidden):
        registrations.create_registration(**asked | {"actor": province.users["chi"]})
    row = registrations.create_registration(**asked)
    assert (row.collective, row.person) == (province.collectives["TT-SKH"], None)


@pytest.mark.parametrize(
    ("kind", "gap"),
    [
        ("hard", "name"),
        ("hard", "content"),
        ("hard", "measures"),
        ("hard", "effect"),
        ("hard", "starts_on"),
        ("hard", "finishes_on"),
        ("new", "difficulties"),
        ("new", "measures"),
    ],
)
def test_work_that_lacks_something_is_refused_at_its_field(province, kind, gap):
    row = draft(province, works=())
    values = dict(HARD if kind == "hard" else NEW) | {gap: None if gap.endswith("_on") else "  "}
    with pytest.raises(Refusal) as refused:
        writing.add_work(registration=row, kind=kind, values=values, actor=province.users["an"])
    assert refused.value.field == gap
    assert not Work.objects.exists()


def test_work_that_finishes_before_it_starts_is_refused_even_when_unfinished(province):
    row = draft(province, works=())
    values = HARD | {"starts_on": date(YEAR, 6, 2), "finishes_on": date(YEAR, 6, 1)}
    with pytest.raises(Refusal, match="hoàn thành trước khi bắt đầu") as refused:
        writing.add_work(registration=row, kind="hard", values=values, actor=province.users["an"], is_unfinished=True)
    assert refused.value.field == "finishes_on"


def test_unfinished_work_is_kept_with_its_gaps_and_bars_the_sending(province):
    row = draft(province, works=())
    writing.add_work(
        registration=row, kind="new", values={"name": "Việc mới"}, actor=province.users["an"], is_unfinished=True
    )
    row.refresh_from_db()
    assert {gap.field for gap in selectors.gaps_of(row)} == {
        *("difficulties", "content", "measures", "effect", "starts_on", "finishes_on")
    }
    with pytest.raises(Blocked, match="Việc mới: .*giải pháp"):
        advance(row, "send", actor=province.users["an"], version=row.version)


def test_unfinished_work_still_has_a_name(province):
    row = draft(province, works=())
    with pytest.raises(Refusal) as refused:
        writing.add_work(registration=row, kind="hard", values={}, actor=province.users["an"], is_unfinished=True)
    assert refused.value.field == "name"


def test_registration_without_any_work_is_not_sent(province):
    row = draft(province, works=())
    with pytest.raises(Blocked, match="ít nhất một"):
        advance(row, "send", actor=province.users["an"], version=row.version)


def test_each_part_of_the_form_keeps_only_its_own_items(province):
    row = draft(province, works=(("hard", HARD | {"difficulties": "Khó"}), ("new", NEW | {"support": "Xin"})))
    hard, new = row.works.get(kind="hard"), row.works.get(kind="new")
    assert (hard.difficulties, hard.support) == ("", HARD["support"])
    assert (new.difficulties, new.support) == (NEW["difficulties"], "")


def test_several_works_in_each_part_stand_in_their_order(province):
    row = draft(
        province,
        works=(("hard", HARD), ("new", NEW), ("hard", HARD | {"name": "Việc khó thứ hai"})),
    )
    found = [(work.kind, work.order, work.name) for work in in_form_order().filter(registration=row)]
    assert found == [("hard", 1, HARD["name"]), ("hard", 2, "Việc khó thứ hai"), ("new", 1, NEW["name"])]


def test_work_is_written_again_and_a_stale_page_changes_nothing(province):
    row = draft(province)
    work = row.works.get()
    writing.update_work(work=work, values=HARD | {"name": "Tên mới"}, version=work.version, actor=province.users["an"])
    with pytest.raises(Stale):
        writing.update_work(
            work=work, values=HARD | {"name": "Tên cũ hơn"}, version=work.version, actor=province.users["an"]
        )
    assert fresh(work).name == "Tên mới"


def test_work_is_taken_out_of_a_draft_and_not_of_what_was_sent(province):
    row = draft(province, works=(("hard", HARD), ("new", NEW)))
    first, second = row.works.order_by("id")
    writing.remove_work(work=first, version=first.version, actor=province.users["an"])
    row.refresh_from_db()
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    with pytest.raises(Refusal, match="đã gửi"):
        writing.remove_work(work=second, version=second.version, actor=province.users["an"])
    assert list(row.works.all()) == [second]


@pytest.mark.parametrize("actor", ["binh", "giang", "nga"])
def test_nobody_writes_in_the_draft_of_another(province, actor):
    row = draft(province)
    with pytest.raises(Forbidden, match="Chỉ người đăng ký"):
        writing.update_work(work=row.works.get(), values=HARD, version=1, actor=province.users[actor])


def test_sending_freezes_the_route_and_tells_the_receiving_body(province):
    row = sent(province)
    assert (row.addressee, row.via_unit.code, row.receiving_unit.code) == ("Thường trực Tỉnh ủy", "BTCTU", "BTCTU")
    assert (row.post, row.unit_name, row.unit.code) == ("Giám đốc Sở", "Sở Kế hoạch và Đầu tư", "SKH")
    told = Message.objects.get(recipient=province.users["giang"])
    assert "Nguyễn Văn Ấn" in told.subject
    delegate(province)
    assert selectors.route_for(fresh(row)).addressee == "Thường trực Tỉnh ủy"


def test_returned_with_a_reason_mended_and_routed_anew(province):
    row = sent(province)
    with pytest.raises(Refusal) as refused:
        advance(row, "return", actor=province.users["giang"], version=row.version)
    assert refused.value.field == "note"
    row = advance(row, "return", actor=province.users["giang"], version=row.version, note="Chưa rõ giải pháp.")
    assert row.returned_note == "Chưa rõ giải pháp."
    assert Message.objects.get(recipient=province.users["an"]).is_urgent
    delegate(province)
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    assert (row.addressee, row.returned_note) == ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "")


@pytest.mark.parametrize("actor", ["an", "ha", "khanh", "lan", "quan", "phuc", "binh"])
def test_only_the_receiving_body_receives(province, actor):
    row = sent(province)
    with pytest.raises(Forbidden):
        advance(row, "receive", actor=province.users[actor], version=row.version)
    assert fresh(row).state == "sent"


def test_officer_does_not_receive_his_own_registration(province):
    giang = province.people["giang"]
    giang.managing_authority = province.authorities["BTVTU"]
    giang.save()
    row = sent(province, "giang")
    with pytest.raises(Blocked, match="việc của chính mình"):
        advance(row, "receive", actor=province.users["giang"], version=row.version)
    assert not selectors.waiting_for_receipt(province.users["giang"]).exists()


def test_receiving_enters_every_work_into_the_catalogue(province):
    row = received(province, works=(("hard", HARD), ("new", NEW)))
    assert {work.state for work in row.works.all()} == {"catalogue"}
    assert row.received_by == province.users["giang"]
    assert "được tiếp nhận" in Message.objects.get(recipient=province.users["an"]).subject
    events = AuditEvent.objects.filter(chain=row.chain).values_list("action", flat=True)
    assert {"registration.send", "registration.receive", "work.enter"} <= set(events)


def test_taken_back_while_it_waits_and_withdrawn_without_any_trace_in_the_catalogue(province):
    row = sent(province)
    row = advance(row, "take_back", actor=province.users["an"], version=row.version)
    row = advance(row, "withdraw", actor=province.users["an"], version=row.version)
    assert (row.state, row.works.get().state) == ("withdrawn", "dropped")


def readers(province, row):
    found = set()
    for short, user in province.users.items():
        access.viewer_of(user, fresh=True)
        if selectors.visible_to(user).filter(pk=row.pk).exists():
            found.add(short)
    return found


def test_draft_is_read_by_its_writer_alone_and_what_was_sent_by_those_concerned(province):
    row = draft(province)
    assert readers(province, row) == {"an"}
    advance(row, "send", actor=province.users["an"], version=row.version)
    assert readers(province, row) == {"an", "giang", "lan", "minh", "quan"}


def test_head_reads_what_his_people_sent_and_the_delegating_body_follows(province):
    delegate(province)
    row = sent(province, "binh")
    assert selectors.visible_to(province.users["an"]).get() == row
    row = sent(province, "an")
    assert row in selectors.visible_to(province.users["giang"])
    assert not selectors.receives(province.users["giang"], row)
    assert selectors.receives(province.users["ha"], row)


def closed_cycle(province, year=YEAR, on=None):
    """The cycle of the year, closed on the day `on`; on 20 January where no other is said."""
    day = on or date(year, 1, 20)
    cycle = open_cycle(province)
    Cycle.objects.filter(pk=cycle.pk).update(
        period_start_on=date(year, 1, 1),
        period_end_on=date(year, 12, 31),
        state="closed",
        closed_at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC),
    )
    return cycle


def test_year_whose_cycle_is_closed_takes_no_registration(province):
    yesterday = today() - timedelta(days=1)
    closed_cycle(province, on=yesterday)
    with pytest.raises(Refusal, match=f"đã đóng ngày {yesterday:%d/%m}") as refused:
        draft(province)
    assert refused.value.field == "year"
    assert YEAR not in selectors.years_open(today())
    assert YEAR + 1 in selectors.years_open(today())


@pytest.mark.parametrize("field", ["starts_on", "finishes_on"])
def test_day_after_the_cycle_was_closed_is_refused_at_its_field(province, field):
    row = draft(province, works=())
    closed_cycle(province)
    values = HARD | {"starts_on": date(YEAR, 1, 3), "finishes_on": date(YEAR, 1, 10)}
    values |= {"finishes_on": date(YEAR, 1, 21)} if field == "finishes_on" else {"starts_on": date(YEAR, 1, 21)}
    values |= {} if field == "finishes_on" else {"finishes_on": date(YEAR, 1, 22)}
    with pytest.raises(Refusal, match="năm sau") as refused:
        writing.add_work(registration=row, kind="hard", values=values, actor=province.users["an"])
    assert refused.value.field == field


def test_last_day_of_the_closed_cycle_is_taken(province):
    row = draft(province, works=())
    closed_cycle(province)
    values = HARD | {"starts_on": date(YEAR, 1, 3), "finishes_on": date(YEAR, 1, 20)}
    work = writing.add_work(registration=row, kind="hard", values=values, actor=province.users["an"])
    assert work.finishes_on == date(YEAR, 1, 20)


def shortcoming(province, who="an"):
    row = Shortcoming(
        person=province.people[who],
        document="TB 15-TB/TU",
        document_on=date(YEAR - 1, 12, 20),
        text="Giải ngân vốn đầu tư công còn chậm.",
        entered_by=province.users["quan"],
    )
    transitions.start(row, "remedy")
    row.save()
    return row


def test_plan_has_two_halves_and_links_what_the_register_named(province):
    named = shortcoming(province)
    row = draft(province)
    asked = {"registration": row, "actor": province.users["an"]}
    writing.add_plan_line(half="strength", text="Quyết liệt trong chỉ đạo.", **asked)
    line = writing.add_plan_line(
        half="shortcoming", text=named.text, measure="Giao ban hằng tuần.", shortcoming=named, **asked
    )
    assert [each.half for each in row.plan_lines.all()] == ["shortcoming", "strength"]
    assert line.shortcoming == named
    with pytest.raises(Refusal) as refused:
        writing.add_plan_line(half="shortcoming", text="Lần nữa", measure="x", shortcoming=named, **asked)
    assert refused.value.field == "shortcoming"


def test_plan_takes_no_shortcoming_of_somebody_else(province):
    named = shortcoming(province, "binh")
    row = draft(province)
    with pytest.raises(Refusal) as refused:
        writing.add_plan_line(
            registration=row, half="shortcoming", text="x", measure="y", shortcoming=named, actor=province.users["an"]
        )
    assert refused.value.field == "shortcoming"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"half": "strength", "text": " "}, "text"),
        ({"half": "shortcoming", "text": "Chậm", "measure": ""}, "measure"),
    ],
)
def test_plan_line_that_says_too_little_is_refused(province, values, field):
    row = draft(province)
    with pytest.raises(Refusal) as refused:
        writing.add_plan_line(registration=row, actor=province.users["an"], **values)
    assert refused.value.field == field
    assert not row.plan_lines.exists()


def test_plan_line_is_written_again_by_its_version_and_taken_out(province):
    row = draft(province)
    asked = {"actor": province.users["an"]}
    line = writing.add_plan_line(registration=row, half="strength", text="Một", **asked)
    writing.update_plan_line(line=line, text="Hai", version=line.version, **asked)
    with pytest.raises(Stale):
        writing.update_plan_line(line=line, text="Ba", version=line.version, **asked)
    assert fresh(line).text == "Hai"
    with pytest.raises(Stale):
        writing.remove_plan_line(line=line, version=line.version, **asked)
    writing.remove_plan_line(line=line, version=line.version + 1, **asked)
    assert not row.plan_lines.exists()


def test_line_of_superiors_reaches_up_both_trees_and_stops_at_siblings(province):
    row = draft(province)
    codes = set(bodies_in_line(row, route_of(row.person, today())).values_list("code", flat=True))
    assert codes == {"UBND", "DUK", "TU", "BTCTU"}
    assert "SYT" not in codes


def test_registration_waits_in_the_order_it_came(province):
    first, second = sent(province, "an"), sent(province, "dung")
    Registration.objects.filter(pk=first.pk).update(sent_at=timezone.now() + timedelta(hours=1))
    assert list(selectors.waiting_for_receipt(province.users["giang"])) == [second, first]
