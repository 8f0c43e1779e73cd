"""Rating authority: who proposes, appraises and decides, by which rule, and with which sentence as its ground."""

from datetime import date

import pytest

from orgs.models import (
    Appointment,
    AuthorityOverride,
    AuthorityRule,
    Collective,
    CollectiveKind,
    Delegation,
    DelegationRecall,
    Line,
    Person,
    Proposer,
    RatingKind,
)
from orgs.selectors.authority import AuthorityBook
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 1)


def codes(authority):
    """(proposing body or agency, appraising, copy, deciding) as codes."""
    if authority is None:
        return None
    proposing = authority.proposing_collective or authority.proposing_unit
    copy = authority.copy_unit.code if authority.copy_unit else None
    return (proposing and proposing.code, authority.appraising_unit.code, copy, authority.deciding_collective.code)


@pytest.mark.parametrize(
    ("short", "kind", "expected"),
    [
        ("an", RatingKind.CADRE, ("TT-SKH", "BTCTU", "SNV", "BTV-TU")),
        ("binh", RatingKind.CADRE, ("TT-SKH", "SNV", None, "BCSD")),
        ("chi", RatingKind.CADRE, None),
        ("an", RatingKind.PARTY_MEMBER, ("CU-SKH", "DUK", None, "BTV-DUK")),
        ("dung", RatingKind.CADRE, ("TT-SYT", "BTCTU", "SNV", "BTV-TU")),
        ("em", RatingKind.PARTY_MEMBER, ("CU-SYT", "DUK", None, "BTV-DUK")),
        ("giang", RatingKind.PARTY_MEMBER, None),
        ("an", RatingKind.STATE, None),
    ],
)
def test_rules_of_the_province_give_each_person_the_chain(province, short, kind, expected):
    assert codes(AuthorityBook(TODAY).of_person(province.people[short], kind)) == expected


def test_collective_proposes_itself_by_its_line(province):
    book = AuthorityBook(TODAY)
    assert codes(book.of_collective(province.collectives["TT-SKH"])) == ("TT-SKH", "SNV", "BTCTU", "BCSD")
    assert book.of_collective(province.collectives["BTV-DUK"]) is None


def test_organisation_is_proposed_by_its_leading_collective(province):
    rule(
        province, RatingKind.ORGANISATION, proposer=Proposer.ITSELF, appraising="SNV", deciding="BCSD", line=Line.STATE
    )
    book = AuthorityBook(TODAY)
    assert codes(book.of_unit(province.units["SKH"])) == ("TT-SKH", "SNV", None, "BCSD")
    assert codes(book.of_unit(province.units["SNV"])) == ("SNV", "SNV", None, "BCSD")
    assert book.of_unit(province.units["DUK"]) is None


def test_no_query_is_asked_for_a_subject(province, django_assert_num_queries):
    book = AuthorityBook(TODAY)
    with django_assert_num_queries(0):
        for person in province.people.values():
            for kind in (RatingKind.CADRE, RatingKind.PARTY_MEMBER, RatingKind.STATE):
                book.of_person(person, kind)
        for collective in province.collectives.values():
            book.of_collective(collective)
        for unit in province.units.values():
            book.of_unit(unit)


def test_book_reads_as_many_queries_whatever_the_province_holds(province, django_assert_num_queries):
    with django_assert_num_queries(8):
        AuthorityBook(TODAY)
    for number in range(30):
        person = Person.objects.create(full_name=f"Người {number}", managing_authority=province.authorities["SO"])
        person.appointments.create(unit=province.units["SYT"], position=province.positions["CV"])
    with django_assert_num_queries(8):
        AuthorityBook(TODAY)


def rule(province, kind, *, order=1, proposer=Proposer.LEADERSHIP, appraising="BTCTU", deciding="BTV-TU", **more):
    return AuthorityRule.objects.create(
        rating_kind=kind,
        order=order,
        proposer=proposer,
        appraising_unit=province.units[appraising],
        deciding_collective=province.collectives[deciding] if deciding else None,
        document=more.pop("document", "QĐ 9-QĐ/TU"),
        **more,
    )


def test_lowest_order_that_matches_every_condition_wins(province):
    rule(province, RatingKind.CADRE, order=0, position=province.positions["PGD"], unit=province.units["SYT"])
    rule(province, RatingKind.CADRE, order=0, position=province.positions["PGD"], unit=province.units["UBND"])
    book = AuthorityBook(TODAY)
    assert codes(book.of_person(province.people["binh"], RatingKind.CADRE))[3] == "BTV-TU"
    assert codes(book.of_person(province.people["chi"], RatingKind.CADRE)) is None


def test_line_of_the_unit_decides_before_the_line_of_the_position(province):
    rule(province, RatingKind.CADRE, order=0, line=Line.PARTY, appraising="DUK", deciding="BTV-DUK")
    book = AuthorityBook(TODAY)
    assert codes(book.of_person(province.people["giang"], RatingKind.CADRE))[1:] == ("DUK", None, "BTV-DUK")
    assert codes(book.of_person(province.people["an"], RatingKind.CADRE))[3] == "BTV-TU"


def test_highest_position_counts_where_several_are_held(province):
    rule(province, RatingKind.CADRE, order=0, position=province.positions["GD"], unit=province.units["SYT"])
    chi = province.people["chi"]
    Appointment.objects.create(person=chi, unit=province.units["SYT"], position=province.positions["GD"], is_main=False)
    found = AuthorityBook(TODAY).of_person(chi, RatingKind.CADRE)
    assert codes(found) == ("TT-SYT", "BTCTU", None, "BTV-TU")


def test_ended_post_and_ended_rule_count_no_more(province):
    AuthorityRule.objects.filter(rating_kind=RatingKind.CADRE, order=1).update(ended_on=date(2024, 6, 1))
    an = province.people["an"]
    assert AuthorityBook(TODAY).of_person(an, RatingKind.CADRE) is None
    assert codes(AuthorityBook(date(2024, 5, 31)).of_person(an, RatingKind.CADRE))[3] == "BTV-TU"
    rule(province, RatingKind.CADRE, order=0, position=province.positions["GD"], started_on=date(2024, 6, 1))
    Appointment.objects.filter(person=an).update(ended_on=date(2024, 10, 1))
    assert AuthorityBook(TODAY).of_person(an, RatingKind.CADRE) is None


def test_person_without_a_unit_is_rated_by_level_and_proposed_by_the_cell(province):
    holder = Person.objects.create(
        full_name="Cao Văn Vốn",
        managing_authority=province.authorities["BTVTU"],
        party_cell=province.units["CB-SKH"],
    )
    holder.appointments.create(unit=None, position=province.positions["CV"])
    assert codes(AuthorityBook(TODAY).of_person(holder, RatingKind.CADRE)) == ("CU-SKH", "BTCTU", "SNV", "BTV-TU")


def test_rule_without_a_body_finds_the_nearest_one(province):
    AuthorityRule.objects.filter(rating_kind=RatingKind.PARTY_MEMBER).update(deciding_collective=None)
    rule(province, RatingKind.STATE, proposer=Proposer.UNIT_HEAD, appraising="SNV", deciding=None)
    book = AuthorityBook(TODAY)
    assert codes(book.of_person(province.people["an"], RatingKind.PARTY_MEMBER)) == ("CU-SKH", "DUK", None, "BTV-DUK")
    state = book.of_person(province.people["chi"], RatingKind.STATE)
    assert (state.proposing_collective, codes(state)) == (None, ("SKH", "SNV", None, "TT-SKH"))


def test_small_cell_without_a_committee_proposes_as_a_unit(province):
    Collective.objects.filter(code="CU-SKH").update(ended_on=date(2024, 1, 1))
    found = AuthorityBook(TODAY).of_person(province.people["chi"], RatingKind.PARTY_MEMBER)
    assert (found.proposing_collective, found.proposing_unit) == (None, province.units["CB-SKH"])


def test_body_in_which_the_person_sits_proposes_where_a_unit_has_two(province):
    party_group = Collective.objects.create(
        code="DD-SKH", name="Đảng đoàn", unit=province.units["SKH"], kind=CollectiveKind.PARTY_COMMITTEE
    )
    party_group.memberships.create(person=province.people["chi"])
    rule(province, RatingKind.CADRE, order=9)
    book = AuthorityBook(TODAY)
    assert codes(book.of_person(province.people["chi"], RatingKind.CADRE))[0] == "DD-SKH"
    assert codes(book.of_person(province.people["an"], RatingKind.CADRE))[0] == "TT-SKH"


def delegate(province, *, authority="BTVTU", **more):
    return Delegation.objects.create(
        from_collective=province.collectives["BTV-TU"],
        to_collective=province.collectives["BCSD"],
        rating_kind=RatingKind.CADRE,
        managing_authority=province.authorities[authority] if authority else None,
        document=more.pop("document", "QĐ 1520-QĐ/TU ngày 03/10/2024"),
        started_on=more.pop("started_on", date(2024, 1, 1)),
        **more,
    )


def test_delegation_puts_the_delegate_and_its_adviser_in_place_and_reports_back(province):
    delegate(province, unit=province.units["UBND"])
    found = AuthorityBook(TODAY).of_person(province.people["an"], RatingKind.CADRE)
    assert codes(found) == ("TT-SKH", "SNV", "BTCTU", "BCSD")
    assert found.ground == (
        "Thuộc diện Ban Thường vụ Tỉnh ủy quản lý: Ban Thường vụ Tỉnh ủy đánh giá, xếp loại theo "
        "QĐ 746-QĐ/TU ngày 01/12/2022; ủy quyền cho Ban cán sự đảng Ủy ban nhân dân tỉnh theo "
        "QĐ 1520-QĐ/TU ngày 03/10/2024."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "SYT"},
        {"position": "PGD"},
        {"authority": "BCSD"},
        {"ended_on": date(2024, 11, 1)},
        {"started_on": date(2024, 11, 2)},
    ],
)
def test_delegation_out_of_scope_or_term_changes_nothing(province, change):
    named = {"unit": province.units, "position": province.positions}
    delegate(province, **{key: named[key][value] if key in named else value for key, value in change.items()})
    assert codes(AuthorityBook(TODAY).of_person(province.people["an"], RatingKind.CADRE))[3] == "BTV-TU"


def test_delegation_names_its_own_appraising_body_where_it_has_one(province):
    delegate(province, appraising_unit=province.units["DUK"])
    found = AuthorityBook(TODAY).of_person(province.people["an"], RatingKind.CADRE)
    assert codes(found)[1:3] == ("DUK", "BTCTU")


def test_narrower_delegation_wins_over_a_wider_one(province):
    wide = delegate(province)
    narrow = delegate(province, unit=province.units["SKH"], started_on=date(2023, 1, 1))
    Delegation.objects.filter(pk=narrow.pk).update(to_collective=province.collectives["BTV-DUK"])
    book = AuthorityBook(TODAY)
    assert codes(book.of_person(province.people["an"], RatingKind.CADRE))[3] == "BTV-DUK"
    assert codes(book.of_person(province.people["dung"], RatingKind.CADRE))[3] == wide.to_collective.code


def test_recall_takes_one_person_back_and_says_so(province):
    given = delegate(province)
    DelegationRecall.objects.create(
        delegation=given, person=province.people["an"], document="TB 15-TB/TU", started_on=date(2024, 10, 1)
    )
    book = AuthorityBook(TODAY)
    found = book.of_person(province.people["an"], RatingKind.CADRE)
    assert codes(found) == ("TT-SKH", "BTCTU", "SNV", "BTV-TU")
    assert found.ground.endswith(
        "; không áp dụng ủy quyền theo QĐ 1520-QĐ/TU ngày 03/10/2024, rút lại theo TB 15-TB/TU."
    )
    assert codes(book.of_person(province.people["dung"], RatingKind.CADRE))[3] == "BCSD"
    before = AuthorityBook(date(2024, 9, 30)).of_person(province.people["an"], RatingKind.CADRE)
    assert before.deciding_collective.code == "BCSD"


def test_override_fixes_one_person_with_its_document(province):
    delegate(province)
    AuthorityOverride.objects.create(
        rating_kind=RatingKind.CADRE,
        person=province.people["an"],
        appraising_unit=province.units["BTCTU"],
        deciding_collective=province.collectives["BTV-DUK"],
        document="TB 77-TB/TU ngày 05/10/2024",
        started_on=SINCE,
        ended_on=date(2024, 12, 1),
    )
    found = AuthorityBook(TODAY).of_person(province.people["an"], RatingKind.CADRE)
    assert codes(found) == ("TT-SKH", "BTCTU", None, "BTV-DUK")
    assert found.ground == "Thẩm quyền xếp loại được xác định riêng theo TB 77-TB/TU ngày 05/10/2024."
    later = AuthorityBook(date(2024, 12, 1)).of_person(province.people["an"], RatingKind.CADRE)
    assert later.deciding_collective.code == "BCSD"


def test_override_works_for_whom_no_rule_knows(province):
    AuthorityOverride.objects.create(
        rating_kind=RatingKind.COLLECTIVE,
        collective=province.collectives["BTV-DUK"],
        appraising_unit=province.units["BTCTU"],
        deciding_collective=province.collectives["BTV-TU"],
        document="TB 78-TB/TU",
    )
    found = AuthorityBook(TODAY).of_collective(province.collectives["BTV-DUK"])
    assert codes(found) == ("BTV-DUK", "BTCTU", None, "BTV-TU")


def test_not_a_party_member_has_no_rating_as_one(province):
    chi = province.people["chi"]
    chi.is_party_member = False
    assert AuthorityBook(TODAY).of_person(chi, RatingKind.PARTY_MEMBER) is None


def test_ground_fits_its_column(province):
    AuthorityRule.objects.filter(order=1).update(document="Đ" * 300)
    delegate(province, document="Q" * 300)
    ground = AuthorityBook(TODAY).of_person(province.people["an"], RatingKind.CADRE).ground
    assert (len(ground), ground[-1]) == (500, "…")
