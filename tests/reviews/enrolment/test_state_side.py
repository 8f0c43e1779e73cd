"""The rating on the State side stands under the regulation of its own side, subject and period."""

from datetime import date
from decimal import Decimal

import pytest

from criteria.models import Cycle, PeriodKind, Regulation
from orgs.models import AuthorityRule, Line, Proposer, RatingKind, Refusal, Standing
from orgs.services.transitions import start
from reviews.models import PeerGroup, QuotaLedger, Rating
from reviews.selectors.grading.boards import board_of
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.grading.quotas import answer_for
from reviews.selectors.grading.suggestions import explained_for
from reviews.selectors.laws import LawBook, law_of_group, law_of_rating, laws_of
from reviews.services.enrolling.enrolment import enrol
from reviews.services.grading import points, quotas
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
CURRENT, OVERLAY = "90/2020/NĐ-CP@2020-08-13", "48/2023/NĐ-CP"


@pytest.fixture
def state_rule(province):
    """Civil servants and public employees of the State agencies are rated by the Party executive committee."""
    return AuthorityRule.objects.create(
        rating_kind=RatingKind.STATE,
        order=1,
        line=Line.STATE,
        proposer=Proposer.UNIT_HEAD,
        appraising_unit=province.units["SNV"],
        deciding_collective=province.collectives["BCSD"],
        document="QĐ 799-QĐ/BCSĐ",
        started_on=SINCE,
    )


@pytest.fixture
def ratings(province, cycle, officer, state_rule):
    enrol(cycle=cycle, actor=officer)
    rows = Rating.objects.filter(cycle=cycle, kind=RatingKind.STATE).select_related("cycle__regulation", "regulation")
    return {row.person_id: row for row in rows}


def test_state_rating_stands_under_the_decree_of_its_year(province, ratings):
    rating = ratings[province.people["chi"].pk]
    assert rating.regulation.key == CURRENT
    assert rating.subject_kind == "civil_servant"
    # The overlay of 2023 is the text for a year that ends in 2024.
    assert OVERLAY in law_of_rating(rating).number or law_of_rating(rating).quota.relative_to_party
    assert facts_of(rating)["regulation"] == CURRENT


def test_other_ratings_of_the_person_stay_under_the_regulation_of_the_cycle(province, ratings):
    others = Rating.objects.filter(person=province.people["chi"]).exclude(kind=RatingKind.STATE)
    assert {row.regulation_id for row in others} == {None}
    assert {law_of_rating(row).key for row in others} == {"124-QĐ/TW@2023-10-04"}


def test_group_of_the_state_side_names_its_decree_and_holds_nobody_else(ratings):
    groups = PeerGroup.objects.filter(rating_kind=RatingKind.STATE)
    assert groups
    for group in groups:
        assert group.regulation.key == CURRENT
        assert group.title.endswith(f"({law_of_group(group).number})")


def test_choice_of_the_state_regulation_follows_subject_and_period(cycle):
    cycle.period_end_on = date(2026, 12, 31)
    book = LawBook(cycle)
    assert book.row_for(RatingKind.STATE, "civil_servant").key == "335/2025/NĐ-CP@2025-12-21"
    assert book.row_for(RatingKind.STATE, "public_employee").key == "233/2026/NĐ-CP@2026-06-26"
    # No decree is known for officials (cán bộ) from 2026 on: nobody is rated by a guess.
    assert book.row_for(RatingKind.STATE, "official") is None
    assert book.law_for(RatingKind.STATE, "official") is None
    assert book.row_for(RatingKind.CADRE, "leader") is None


def test_cycle_of_a_state_regulation_judges_by_it(cycle):
    cycle.regulation = Regulation.objects.get(key=CURRENT)
    book = LawBook(cycle)
    assert book.row_for(RatingKind.STATE, "civil_servant") is None
    assert book.law_for(RatingKind.STATE, "civil_servant").key == CURRENT
    assert book.law_for(RatingKind.CADRE, "leader") is None


def test_suggestions_of_both_sides_are_made_in_a_constant_number_of_queries(
    ratings, cycle, django_assert_max_num_queries
):
    rows = list(Rating.objects.filter(cycle=cycle).select_related("cycle__regulation", "review", "person"))
    laws = laws_of(rows)
    assert {laws[row.pk].side for row in rows if row.kind == RatingKind.STATE} == {"state"}
    with django_assert_max_num_queries(25):
        found = explained_for(rows)
    assert set(found) == {row.pk for row in rows}


def test_quota_that_follows_the_party_waits_for_its_share(province, ratings):
    group = ratings[province.people["chi"].pk].group
    counts = {"excellent": 1, "good": 10, "completed": 0, "not_completed": 0}
    assert answer_for(group, counts).allowed is None
    ledger = QuotaLedger.objects.get(group=group)
    recorded = quotas.record_party_share(
        ledger=ledger,
        percent=Decimal("20"),
        document="TB 5-TB/ĐUK",
        version=ledger.version,
        actor=province.users["lan"],
    )
    assert (recorded.party_share, recorded.version) == (Decimal("20"), ledger.version + 1)
    again = PeerGroup.objects.select_related("ledger", "regulation", "cycle__regulation").get(pk=group.pk)
    assert answer_for(again, counts).allowed == 2


@pytest.mark.parametrize(
    ("percent", "document", "field"), [("101", "TB 5", "percent"), ("-1", "TB 5", "percent"), ("20", " ", "document")]
)
def test_party_share_without_paper_or_out_of_bounds_is_refused(province, ratings, percent, document, field):
    ledger = ratings[province.people["chi"].pk].group.ledger
    with pytest.raises(Refusal) as refusal:
        quotas.record_party_share(
            ledger=ledger,
            percent=Decimal(percent),
            document=document,
            version=ledger.version,
            actor=province.users["lan"],
        )
    assert refusal.value.field == field
    assert QuotaLedger.objects.get(pk=ledger.pk).party_share is None


def test_party_share_is_refused_where_the_quota_is_the_regulations_own(province, ratings):
    own = Rating.objects.exclude(kind=RatingKind.STATE).filter(deciding_collective__code="BTV-TU").first()
    with pytest.raises(Refusal, match="không phụ thuộc"):
        quotas.record_party_share(
            ledger=own.group.ledger,
            percent=Decimal("20"),
            document="TB 5",
            version=own.group.ledger.version,
            actor=province.users["lan"],
        )


def test_board_of_a_group_that_follows_the_party_says_so(province, ratings):
    group = ratings[province.people["chi"].pk].group
    assert board_of(group, Rating.objects.all()).follows_party is True


def test_quarter_and_year_before_come_from_the_decided_grades(province, ratings, cycle):
    rating = ratings[province.people["chi"].pk]
    for code, kind, first, last, grade in (
        ("2024-Q1", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31), "good"),
        ("2024-Q2", PeriodKind.QUARTER, date(2024, 4, 1), date(2024, 6, 30), ""),
        ("2023", PeriodKind.YEAR, date(2023, 1, 1), date(2023, 12, 31), "excellent"),
        ("2022", PeriodKind.YEAR, date(2022, 1, 1), date(2022, 12, 31), "not_completed"),
    ):
        _rated_before(rating, cycle, code, kind, first, last, grade)
    found = facts_of(rating)
    assert found["quarters"] == {"2024-Q1": "good", "2024-Q2": None}
    assert found["previous_year_grade"] == "excellent"


def _rated_before(rating, cycle, code, kind, first, last, grade):
    past = Cycle(
        code=code,
        title=code,
        plan=cycle.plan,
        regulation=cycle.regulation,
        period_kind=kind,
        period_start_on=first,
        period_end_on=last,
        roster_on=last,
    )
    start(past, "cycle")
    past.save()
    group = PeerGroup.objects.create(
        cycle=past, rating_kind=rating.kind, deciding_collective=rating.deciding_collective, code="g", title="g"
    )
    copy = Rating.objects.get(pk=rating.pk)
    copy.pk, copy.uuid, copy._state.adding = None, Rating().uuid, True
    copy.cycle, copy.group, copy.review, copy.decided_grade = past, group, None, grade
    copy.state = "notice" if grade else "proposal"
    copy.save()


def test_points_from_a_paper_stand_before_nothing_where_no_points_count(province, ratings):
    rating = ratings[province.people["chi"].pk]
    with pytest.raises(Refusal, match="không chấm điểm"):
        points.state_points(
            rating=rating,
            common=Decimal("28"),
            results=None,
            document="BB 3",
            version=rating.version,
            actor=province.users["ha"],
        )


def test_points_are_refused_above_their_group_and_stand_in_the_facts_otherwise(province, cycle, officer, state_rule):
    Cycle.objects.filter(pk=cycle.pk).update(period_start_on=date(2026, 1, 1), period_end_on=date(2026, 12, 31))
    enrol(cycle=Cycle.objects.get(pk=cycle.pk), actor=officer)
    rating = Rating.objects.get(kind=RatingKind.STATE, person=province.people["chi"])
    assert rating.regulation.key == "335/2025/NĐ-CP@2025-12-21"
    asked = {"document": "BB 3-BB/SKH", "actor": province.users["ha"]}
    with pytest.raises(Refusal) as refusal:
        points.state_points(rating=rating, common=Decimal("31"), results=Decimal("60"), version=rating.version, **asked)
    assert refusal.value.field == "common"
    points.state_points(rating=rating, common=Decimal("28.5"), results=Decimal("60"), version=rating.version, **asked)
    rating = Rating.objects.get(pk=rating.pk)
    assert facts_of(rating)["points"] == {"common": "28.5", "results": "60"}
    assert explained_for([rating])[rating.pk].suggestion.points["total"] == "88.5"
    points.state_points(rating=rating, common=None, results=Decimal("61"), version=rating.version, **asked)
    assert facts_of(Rating.objects.get(pk=rating.pk))["points"] == {"results": "61"}


def test_page_of_points_keeps_what_was_typed_and_leads_back(client, province, cycle, officer, state_rule):
    Cycle.objects.filter(pk=cycle.pk).update(period_start_on=date(2026, 1, 1), period_end_on=date(2026, 12, 31))
    enrol(cycle=Cycle.objects.get(pk=cycle.pk), actor=officer)
    rating = Rating.objects.get(kind=RatingKind.STATE, person=province.people["chi"])
    client.force_login(province.users["ha"])
    address = f"/ratings/{rating.uuid}/points"
    assert "0-30" in client.get(address).content.decode()
    sent = {"common": "28,5", "results": "71", "document": "BB 3", "version": rating.version, "idempotency_key": "k1"}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "28,5" in page.content.decode()
    page = client.post(address, sent | {"results": "60", "idempotency_key": "k2"})
    assert page.status_code == 302
    assert facts_of(Rating.objects.get(pk=rating.pk))["points"] == {"common": "28.5", "results": "60"}


def test_person_without_a_state_standing_gets_no_state_rating(province, cycle, officer, state_rule, newcomer):
    member = newcomer("Đỗ Thị Ngoài", is_party_member=False, standing=Standing.OUTSIDE)
    enrol(cycle=cycle, actor=officer)
    assert not Rating.objects.filter(person=member, kind=RatingKind.STATE).exists()
