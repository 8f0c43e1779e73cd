"""Enrolment by rule: one review each, venues in order, ratings with their deciders."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Cycle
from orgs.models import (
    AuditEvent,
    AuthorityRule,
    Collective,
    CollectiveKind,
    CollectivePart,
    Forbidden,
    Membership,
    Refusal,
)
from orgs.services import audit
from reviews.models import Circumstance, PeerGroup, QuotaLedger, Rating, Review, Venue
from reviews.services.enrolling.enrolment import enrol
from tests.cast import SINCE

pytestmark = pytest.mark.django_db


def review_of(province, short):
    subject = province.people.get(short) or province.collectives[short]
    return Review.objects.get(person=subject) if short in province.people else Review.objects.get(collective=subject)


def venues(review):
    return [(venue.collective.code, venue.part) for venue in review.venues.select_related("collective")]


def test_everybody_gets_exactly_one_review_and_the_ratings_that_rules_name(cycle, officer):
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.created_ratings, report.unchanged, report.skipped) == (17, 13, 0, ())
    assert Counter(Review.objects.values_list("form_key", "provincial_code")) == {
        ("01", "01"): 2,
        ("02B", "02-D"): 2,
        ("02B", "02-B"): 1,
        ("02A", "02-A"): 12,
    }
    assert Counter(Rating.objects.values_list("kind", flat=True)) == {"cadre": 3, "party_member": 8, "collective": 2}


@pytest.mark.parametrize(
    ("short", "form", "part", "post", "where"),
    [
        ("an", "02-D", "head", "Giám đốc Sở", [("CU-SKH", "head"), ("TT-SKH", "head")]),
        ("binh", "02-B", "deputy", "Phó Giám đốc Sở", [("CU-SKH", "member"), ("TT-SKH", "deputy")]),
        ("chi", "02-A", "member", "Chuyên viên", [("CU-SKH", "member")]),
        ("giang", "02-A", "", "Chuyên viên", []),
        ("TT-SKH", "01", "", "", [("TT-SKH", "member")]),
    ],
)
def test_review_has_form_part_post_and_venues_in_order(cycle, officer, province, short, form, part, post, where):
    enrol(cycle=cycle, actor=officer)
    review = review_of(province, short)
    assert (review.provincial_code, review.part, review.post_text) == (form, part, post)
    assert venues(review) == where
    assert review.state == "self_review"
    assert review.form["key"] == review.form_key
    assert review.framework.form_key == review.form_key


def test_codes_count_through_the_cycle_and_name_the_kind_of_subject(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    assert sorted(Review.objects.values_list("code", flat=True))[:3] == [
        "2024-CB-000003",
        "2024-CB-000004",
        "2024-CB-000005",
    ]
    assert set(Review.objects.filter(person=None).values_list("code", flat=True)) == {
        "2024-TT-000001",
        "2024-TT-000002",
    }
    assert Cycle.objects.get(pk=cycle.pk).next_number == 18


@pytest.mark.parametrize(
    ("short", "kind", "subject_kind", "proposing", "appraising", "copy", "deciding", "group"),
    [
        ("an", "cadre", "leader", "TT-SKH", "BTCTU", "SNV", "BTV-TU", "giam_doc_so"),
        ("binh", "cadre", "leader", "TT-SKH", "SNV", None, "BCSD", "pho_giam_doc_so"),
        ("an", "party_member", "civil_servant_leader", "CU-SKH", "DUK", None, "BTV-DUK", "party:DUK"),
        ("chi", "party_member", "civil_servant", "CU-SKH", "DUK", None, "BTV-DUK", "party:DUK"),
        ("TT-SYT", "collective", "collective", "TT-SYT", "SNV", "BTCTU", "BCSD", "so"),
    ],
)
def test_rating_has_its_chain_and_its_group(
    cycle, officer, province, short, kind, subject_kind, proposing, appraising, copy, deciding, group
):
    enrol(cycle=cycle, actor=officer)
    rating = review_of(province, short).ratings.get(kind=kind)
    assert rating.subject_kind == subject_kind
    assert rating.proposing_collective == province.collectives[proposing]
    assert rating.appraising_unit == province.units[appraising]
    assert rating.copy_unit == province.units.get(copy)
    assert rating.deciding_collective == province.collectives[deciding]
    assert rating.group.code == group
    assert rating.group.deciding_collective == rating.deciding_collective
    assert rating.state == "proposal"
    assert "QĐ 746-QĐ/TU ngày 01/12/2022" in rating.authority_ground


def test_heads_are_marked_with_the_collective_they_head(cycle, officer, province):
    enrol(cycle=cycle, actor=officer)
    heads = Rating.objects.filter(is_head=True)
    assert {(row.person.full_name, row.head_of.code) for row in heads} == {
        ("Nguyễn Văn Ấn", "TT-SKH"),
        ("Phạm Quốc Dũng", "TT-SYT"),
    }
    assert review_of(province, "binh").ratings.get(kind="cadre").head_of is None


def test_leaders_meet_government_before_the_party_committee(cycle, officer, province):
    an = province.people["an"]
    Membership.objects.create(collective=province.collectives["BTV-TU"], person=an, part="member", started_on=SINCE)
    union = Collective.objects.create(
        code="LD", name="Liên đoàn Lao động", unit=province.units["UBND"], kind=CollectiveKind.MASS_ORGANISATION
    )
    Membership.objects.create(collective=union, person=an, part="member", started_on=SINCE)
    enrol(cycle=cycle, actor=officer)
    assert [code for code, _part in venues(review_of(province, "an"))] == ["CU-SKH", "TT-SKH", "LD", "BTV-TU"]


def test_a_leader_without_a_seat_is_heard_by_the_leadership_of_his_unit(cycle, officer, province, newcomer):
    person = newcomer(position="PGD", party_cell=province.units["CB-SKH"], is_party_member=True)
    enrol(cycle=cycle, actor=officer)
    assert venues(Review.objects.get(person=person)) == [("CU-SKH", "member"), ("TT-SKH", "deputy")]


def test_who_is_in_no_party_cell_is_heard_at_the_place_of_work(cycle, officer, newcomer):
    person = newcomer()
    enrol(cycle=cycle, actor=officer)
    assert venues(Review.objects.get(person=person)) == [("TT-SKH", "member")]


def test_a_seat_that_ended_before_the_roster_date_counts_no_more(cycle, officer, province):
    Membership.objects.filter(person=province.people["binh"]).update(ended_on=date(2024, 10, 31))
    enrol(cycle=cycle, actor=officer)
    assert review_of(province, "binh").part == "deputy"
    Membership.objects.filter(person=province.people["an"]).update(ended_on=date(2024, 11, 2))
    assert venues(review_of(province, "an"))[0] == ("CU-SKH", "head")


def test_the_post_names_other_units(cycle, officer, province):
    province.people["an"].appointments.create(
        unit=province.units["CB-SKH"], position=province.positions["PGD"], is_main=False, started_on=SINCE
    )
    enrol(cycle=cycle, actor=officer)
    assert review_of(province, "an").post_text == "Giám đốc Sở; Phó Giám đốc Sở, Chi bộ Sở Kế hoạch và Đầu tư"


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("excluded", "Thuộc diện “Bộ Chính trị quản lý”, không thuộc phạm vi của hệ thống này."),
        ("later", "Nhận chức vụ sau ngày chốt danh sách."),
        ("nowhere", "Không giữ chức vụ và không sinh hoạt ở chi bộ nào vào ngày chốt danh sách."),
    ],
)
def test_who_has_no_part_is_left_out_with_the_reason(cycle, officer, province, newcomer, case, reason):
    more = {
        "excluded": {
            "managing_authority": type(province.authorities["SO"]).objects.create(
                code="BCT", name="Bộ Chính trị quản lý", rank=200, is_excluded=True
            )
        },
        "later": {"started_on": date(2024, 11, 2)},
        "nowhere": {"position": None},
    }[case]
    person = newcomer("Lưu Bá Vắng", **more)
    report = enrol(cycle=cycle, actor=officer)
    assert [(row.subject, row.reason) for row in report.skipped] == [(person, reason)]
    assert not Review.objects.filter(person=person).exists()


def test_who_ended_before_the_roster_date_is_not_there(cycle, officer, newcomer):
    newcomer(ended_on=date(2024, 10, 31))
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.skipped) == (17, ())


def test_a_retired_member_is_reviewed_in_the_cell(cycle, officer, province, newcomer):
    person = newcomer(
        position=None, is_party_member=True, party_cell=province.units["CB-SYT"], standing="outside_system"
    )
    enrol(cycle=cycle, actor=officer)
    review = Review.objects.get(person=person)
    assert venues(review) == [("CU-SYT", "member")]
    assert review.unit == province.units["CB-SYT"]
    assert review.ratings.get().subject_kind == "outside_system"


@pytest.mark.parametrize(
    ("standing", "position", "expected"),
    [
        ("official", "GD", "official"),
        ("official", "CV", "official"),
        ("public_employee", "PGD", "public_employee_leader"),
        ("public_employee", "CV", "public_employee"),
        ("civil_servant", "PGD", "civil_servant_leader"),
    ],
)
def test_party_member_rating_speaks_of_the_standing(cycle, officer, province, newcomer, standing, position, expected):
    person = newcomer(position=position, standing=standing, is_party_member=True, party_cell=province.units["CB-SYT"])
    enrol(cycle=cycle, actor=officer)
    assert Rating.objects.get(person=person, kind="party_member").subject_kind == expected


@pytest.mark.parametrize(
    ("admitted", "under"),
    [(date(2024, 6, 30), False), (date(2024, 7, 1), True), (date(2024, 10, 2), True), (None, False)],
)
def test_admission_under_six_months_is_derived_from_the_register(cycle, officer, province, newcomer, admitted, under):
    cell = province.units["CB-SYT"]
    person = newcomer(position="PGD", is_party_member=True, party_cell=cell, party_admitted_on=admitted)
    enrol(cycle=cycle, actor=officer)
    rows = Circumstance.objects.filter(rating__person=person)
    assert [(row.rating.kind, row.kind, row.is_derived) for row in rows] == (
        [("party_member", "admitted_under_6_months", True)] if under else []
    )
    if under:
        assert rows[0].document == f"Sổ danh sách đảng viên của hệ thống: kết nạp ngày {admitted:%d/%m/%Y}"


@pytest.mark.parametrize(("started", "under"), [(date(2024, 6, 30), False), (date(2024, 7, 1), True)])
def test_appointment_under_six_months_acts_on_the_cadre_rating_alone(cycle, officer, province, started, under):
    province.people["an"].appointments.update(started_on=started)
    enrol(cycle=cycle, actor=officer)
    rows = Circumstance.objects.filter(rating__person=province.people["an"])
    assert [(row.rating.kind, row.kind, row.document) for row in rows] == (
        [
            (
                "cadre",
                "appointed_under_6_months",
                "Sổ bổ nhiệm của hệ thống: Giám đốc Sở theo QĐ 03-QĐ/TU, từ ngày 01/07/2024",
            )
        ]
        if under
        else []
    )


def test_a_body_founded_under_six_months_is_noted(cycle, officer, province):
    Collective.objects.filter(code="TT-SYT").update(started_on=date(2024, 9, 1))
    enrol(cycle=cycle, actor=officer)
    row = Circumstance.objects.get()
    assert (row.rating.collective.code, row.kind) == ("TT-SYT", "founded_under_6_months")
    assert row.document == "Sổ đơn vị của hệ thống: Tập thể lãnh đạo Sở Y tế thành lập ngày 01/09/2024"


def test_organisations_are_rated_without_a_review_where_rules_name_them(cycle, officer, organisation_rule):
    enrol(cycle=cycle, actor=officer)
    rows = Rating.objects.filter(kind="organisation")
    assert {row.organisation.code for row in rows} == {"UBND", "SNV", "SKH", "SYT"}
    assert {(row.review, row.subject_kind) for row in rows} == {(None, "organisation")}
    assert {row.group.title for row in rows if row.organisation.code != "UBND"} == {"Tổ chức, cơ quan, đơn vị: so"}


def test_a_collective_never_decides_about_itself(cycle, officer, province):
    Collective.objects.filter(code="BCSD").update(is_reviewed=True)
    report = enrol(cycle=cycle, actor=officer)
    review = review_of(province, "BCSD")
    assert not review.ratings.exists()
    assert [row.subject.code for row in report.skipped] == ["BCSD"]


def test_every_group_has_a_ledger(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    assert PeerGroup.objects.count() == QuotaLedger.objects.count() == 4
    assert {group.title for group in PeerGroup.objects.all()} == {
        "Giám đốc Sở",
        "Phó Giám đốc Sở",
        "Đảng viên Đảng ủy Khối các cơ quan tỉnh",
        "Tập thể lãnh đạo, quản lý: so",
    }


def test_members_are_grouped_by_their_grassroots_organisation(cycle, officer, province):
    """A deciding committee above other committees is not the grassroots one: the group is the organisation below it."""
    Collective.objects.create(
        code="DU-SYT",
        name="Đảng ủy Sở Y tế",
        unit=province.units["CB-SYT"],
        kind=CollectiveKind.PARTY_COMMITTEE,
        is_reviewed=False,
    )
    enrol(cycle=cycle, actor=officer)
    assert review_of(province, "em").ratings.get().group.title == "Đảng viên Chi bộ Sở Y tế"
    assert review_of(province, "chi").ratings.get().group.title == "Đảng viên Chi bộ Sở Kế hoạch và Đầu tư"


def test_again_changes_nothing(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    before = (Review.objects.count(), Rating.objects.count(), Venue.objects.count(), AuditEvent.objects.count())
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.created_ratings, report.unchanged) == (0, 0, 17)
    assert before == (
        Review.objects.count(),
        Rating.objects.count(),
        Venue.objects.count(),
        AuditEvent.objects.count(),
    )


def test_again_writes_what_was_mended(cycle, officer, province):
    rules = AuthorityRule.objects.filter(rating_kind="collective")
    rules.update(ended_on=date(2024, 1, 1))
    Membership.objects.all().update(ended_on=date(2024, 1, 1))
    Collective.objects.filter(code="CU-SKH").update(ended_on=date(2024, 1, 1))
    enrol(cycle=cycle, actor=officer)
    chi = review_of(province, "chi")
    assert venues(chi) == [("TT-SKH", "member")]
    assert not Rating.objects.filter(kind="collective").exists()
    rules.update(ended_on=None)
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.created_ratings) == (0, 2)
    assert set(Rating.objects.filter(kind="collective").values_list("review__collective__code", flat=True)) == {
        "TT-SKH",
        "TT-SYT",
    }


def test_again_gives_venues_to_who_had_none(cycle, officer, province):
    enrol(cycle=cycle, actor=officer)
    giang = review_of(province, "giang")
    assert venues(giang) == []
    Collective.objects.create(
        code="TT-BTC", name="Lãnh đạo Ban Tổ chức", unit=province.units["BTCTU"], kind=CollectiveKind.LEADERSHIP
    )
    enrol(cycle=cycle, actor=officer)
    assert venues(giang) == [("TT-BTC", "member")]


def test_a_newcomer_found_later_is_added_alone(cycle, officer, newcomer):
    enrol(cycle=cycle, actor=officer)
    person = newcomer()
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.unchanged) == (1, 17)
    assert Review.objects.get(person=person).code == "2024-CB-000018"


@pytest.mark.parametrize("short", ["chi", "an", "khanh", "lan", "quan"])
def test_only_who_prepares_the_cycle_enrols(cycle, province, short):
    with pytest.raises(Forbidden):
        enrol(cycle=cycle, actor=province.users[short])
    assert not Review.objects.exists()


def test_a_cycle_that_is_not_open_is_refused(cycle, officer):
    Cycle.objects.filter(pk=cycle.pk).update(state="preparing")
    with pytest.raises(Refusal, match="mở"):
        enrol(cycle=cycle, actor=officer)


def test_one_event_tells_of_the_run_and_the_chain_holds(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    event = AuditEvent.objects.get(action="cycle.enrol")
    assert (event.chain, event.actor) == ("cycle-2024", officer)
    assert '"ratings":13' in event.payload
    assert audit.broken_links() == []


def test_queries_grow_with_chunks_not_with_people(cycle, officer, province, newcomer):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            enrol(cycle=cycle, actor=officer)
        return len(queries)

    count()
    newcomer("Một Người", party_cell=province.units["CB-SYT"], is_party_member=True)
    one = count()
    for number in range(12):
        newcomer(f"Người {number}", party_cell=province.units["CB-SYT"], is_party_member=True, position="PGD")
    assert count() <= one


def test_part_head_is_what_the_seat_says(cycle, officer, province):
    seat = Membership.objects.get(person=province.people["binh"])
    seat.part = CollectivePart.MEMBER
    seat.save()
    enrol(cycle=cycle, actor=officer)
    assert review_of(province, "binh").part == "member"
