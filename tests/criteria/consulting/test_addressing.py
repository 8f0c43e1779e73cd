"""Whom to ask: the blocks of the letters find whom they name, filters by kind, line and level, nobody twice."""

import pytest

from criteria.models import Addressee
from criteria.selectors.consulting import addressing
from criteria.selectors.consulting.addressing import Filter
from criteria.selectors.consulting.pens import Pens
from criteria.services.consulting import addressees
from criteria.services.consulting.addressees import Recipient
from orgs import roles
from orgs.models import Collective, CollectiveKind, Line, Membership, Refusal, RoleGrant, Stale, Unit, UnitKind
from tests.cast import SINCE
from tests.criteria.consulting import asking

pytestmark = pytest.mark.django_db


def unit(code, name, kind, parent, line=Line.STATE):
    row, _made = UnitKind.objects.get_or_create(code=kind, defaults={"name": kind})
    return Unit.objects.create(code=code, name=name, kind=row, line=line, parent=parent, started_on=SINCE)


@pytest.fixture
def wide(province):
    """The bodies that letter 1440-CV/BTCTU names, besides those of the cast, and some that it does not."""
    top, state = province.units["TU"], province.units["UBND"]
    council = unit("HDND", "Hội đồng nhân dân tỉnh Quảng Ngãi", "hdnd", None)
    for row in (
        ("VPDDBQH", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "so", council),
        ("TCT", "Trường Chính trị tỉnh", "dvsn", top),
        ("TTYT", "Trung tâm Y tế huyện Sơn Tây", "dvsn", province.units["SYT"]),
        ("TD", "Tỉnh đoàn Quảng Ngãi", "mttq", None),
        ("HPN", "Hội Liên hiệp Phụ nữ tỉnh", "mttq", None),
        ("CTD", "Hội Chữ thập đỏ tỉnh", "hoi", None),
        ("LMHTX", "Liên minh Hợp tác xã tỉnh", "hoi", None),
        ("HUST", "Huyện ủy Sơn Tây", "huyen_uy", top),
        ("DUXA", "Đảng ủy xã Sơn Dung", "dang_uy", province.units["DUK"]),
        ("DN", "Công ty Cổ phần Nhà nước", "dnnn", state),
    ):
        unit(*row)
    return province


def found(key):
    today = addressing.Register()
    block = next(row for letter in addressing.letters() for row in letter.blocks if row.key == key)
    return {row.code for row in today.units_in(block)}


def test_blocks_are_the_lines_of_the_two_letters():
    first, second = addressing.letters()
    assert (first.key, len(first.blocks)) == ("1440", 5)
    assert (second.key, len(second.blocks)) == ("1823", 8)
    assert first.blocks[4].text == "BTV các huyện ủy, thị ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy"
    assert second.blocks[7].text == "Các đồng chí Tỉnh ủy viên"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1440-1", {"UBND", "TD"}),
        ("1440-2", {"BTCTU"}),
        ("1440-3", {"SNV", "SKH", "SYT", "VPDDBQH", "TCT"}),
        ("1440-4", {"CTD", "LMHTX"}),
        ("1440-5", {"HUST", "DUK"}),
        ("1823-3", {"SNV", "SKH", "SYT"}),
        ("1823-4", {"VPDDBQH"}),
        ("1823-5", {"TCT"}),
        ("1823-6", {"CTD", "LMHTX"}),
        ("1823-8", set()),
    ],
)
def test_block_finds_whom_its_line_names(wide, key, expected):
    assert found(key) == expected


def test_block_of_cadres_finds_the_members_of_the_committee(province):
    committee = Collective.objects.create(
        code="BCH", name="Ban Chấp hành Đảng bộ tỉnh khóa XX", unit=province.units["TU"],
        kind=CollectiveKind.PARTY_COMMITTEE, started_on=SINCE,
    )  # fmt: skip
    Membership.objects.create(collective=committee, person=province.people["an"], started_on=SINCE)
    row = asking.draft(province)
    match = addressing.matches_of(addressing.addressed(row))[1][1][7]
    assert [person.full_name for person in match.people] == ["Nguyễn Văn Ấn"]
    assert (match.found, match.fresh) == (1, 1)


def test_match_says_how_many_are_new(wide):
    row = asking.with_recipients(wide, asking.draft(wide), units=("SKH",), people=())
    match = addressing.matches_of(addressing.addressed(row))[0][1][2]
    assert (match.found, match.fresh) == (5, 4)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(), set()),
        (Filter(text="so noi"), {"SNV"}),
        (Filter(text="skh"), {"SKH"}),
        (Filter(line=Line.STATE), {"UBND", "SNV", "SKH", "SYT"}),
        (Filter(line=Line.PARTY, level=3), {"CB-SKH", "CB-SYT"}),
        (Filter(level=1), {"TU", "UBND"}),
        (Filter(under="duk"), {"CB-SKH", "CB-SYT"}),
        (Filter(line=Line.STATE, under="TU"), set()),
    ],
)
def test_filter_keeps_what_fits_every_part(province, asked, expected):
    assert {row.code for row in addressing.Register().filtered(asked)} == expected


def test_filter_by_kind(province):
    kind = UnitKind.objects.get(code="chi_bo").pk
    assert {row.code for row in addressing.Register().filtered(Filter(kinds=frozenset({kind})))} == {"CB-SKH", "CB-SYT"}


def test_body_that_has_ended_is_not_found(province):
    Unit.objects.filter(code="SYT").update(ended_on=SINCE)
    assert "SYT" not in found("1823-3")


def test_nobody_is_addressed_twice(province):
    row = asking.with_recipients(province, asking.draft(province))
    given = {"consultation": row, "actor": province.users["giang"], "version": row.version}
    twice = [Recipient(unit=province.units["SNV"]), Recipient(unit=province.units["SNV"])]
    made = addressees.add_addressees(recipients=[Recipient(unit=province.units["SKH"]), *twice], **given)
    assert [str(new) for new in made] == ["Sở Nội vụ"]
    with pytest.raises(Stale):
        addressees.add_addressees(recipients=twice, **given)
    with pytest.raises(Refusal, match="đã có trong nơi nhận"):
        addressees.add_addressees(recipients=twice, **(given | {"version": asking.fresh(row).version}))
    assert Addressee.objects.filter(consultation=row).count() == 4


def test_addressees_are_taken_off_a_draft_only(province):
    row = asking.ready(province)
    rows = list(row.addressees.filter(unit__code="SYT"))
    addressees.remove_addressees(consultation=row, addressees=rows, version=row.version, actor=province.users["giang"])
    row = asking.move(province, asking.fresh(row), "open")
    with pytest.raises(Refusal):
        addressees.remove_addressees(
            consultation=row,
            addressees=list(row.addressees.all()),
            version=asking.fresh(row).version,
            actor=province.users["giang"],
        )
    assert row.addressees.count() == 2


def names(province, ids):
    return {short for short, user in province.users.items() if user.pk in ids}


def test_pen_is_held_by_the_writers_then_by_the_head(province):
    row = asking.opened(province)
    reply = asking.reply_of(row, "SKH")
    pens = Pens()
    assert names(province, pens.held(reply)) == {"nga"}
    assert names(province, pens.held(reply, is_overdue=True)) == {"nga", "an"}
    assert names(province, pens.told(reply)) == {"nga", "an"}
    reply.state = "prepared"
    assert names(province, pens.held(reply)) == {"an"}
    reply.state, reply.preparer_id = "asked", province.users["chi"].pk
    assert names(province, pens.held(reply)) == {"chi"}
    assert names(province, pens.held(row.addressees.get(person__isnull=False))) == {"binh"}


def test_body_without_officer_or_secretary_is_held_by_its_head(province):
    row = asking.opened(province)
    RoleGrant.objects.filter(user=province.users["khanh"], role=roles.OFFICER).update(ended_on=SINCE)
    assert names(province, Pens().held(asking.reply_of(row, "SYT"))) == {"dung"}


def test_account_that_is_switched_off_holds_no_pen(province):
    row = asking.opened(province)
    for short in ("khanh", "dung"):
        province.users[short].is_active = False
        province.users[short].save()
    assert Pens().without_anyone(row.addressees.all()) == [asking.reply_of(row, "SYT")]
