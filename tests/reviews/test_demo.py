"""The demonstration: loaded once, never beside real people, every state of the round, a login for each office."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from criteria.models import (
    Addressee,
    Clause,
    Consultation,
    Cycle,
    Dissemination,
    Framework,
    PhoneCall,
    Remark,
    UrgingLetter,
    UrgingLine,
)
from criteria.selectors.frameworks.applying import applies
from criteria.selectors.frameworks.conforming import result_of
from criteria.selectors.reaching.coverage import CoverageBook
from criteria.selectors.reaching.study_shares import shares_of
from orgs.models import Appointment, Collective, Membership, Message, Person, Unit, User
from orgs.services import audit
from registrations.models import (
    CatalogueReport,
    Discipline,
    PastRating,
    Registration,
    RunningRemark,
    Shortcoming,
    SupportRequest,
    Work,
    WorkChange,
)
from registrations.workflow import SUPPORT, WORK
from reviews.models import Opinion, Prompt, PromptList, PromptOutcome, Rating, Review
from reviews.selectors.grading.facts import facts_of

pytestmark = pytest.mark.django_db


def printed(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_demo_logins_without_a_demo_prints_nothing_and_fails():
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("demo_logins", "--json", stdout=out)
    assert (left.value.code, out.getvalue()) == (1, "")


def test_load_demo_refuses_beside_a_real_person():
    Person.objects.create(full_name="Nguyễn Thị Thật", code="T1")
    with pytest.raises(CommandError, match="người hoặc đơn vị thật"):
        call_command("load_demo")
    assert Person.objects.count() == 1


def test_load_demo_refuses_where_it_is_not_allowed(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="ALLOW_DEMO=1"):
        call_command("load_demo")
    assert not Unit.objects.exists()


@pytest.mark.long
def test_load_demo_shows_a_whole_province(client):
    assert "is loaded" in printed("load_demo")
    # 118 of the letters; 25 communes, an agency with its cell and a committee came with the reorganisation.
    assert Unit.objects.count() == 146
    assert Person.objects.filter(is_demo=True).count() == Person.objects.count() == 900
    assert dict(Cycle.objects.values_list("code", "state")) == {
        "2023": "closed",
        "2024": "open",
        "2025": "closed",
        "2026Q3": "closed",
        "2026": "open",
    }
    _shows_the_reorganisation()
    _shows_the_years_since()
    _shows_the_prompts()
    _shows_the_registrations()
    _shows_the_register_of_the_year()
    _shows_what_was_studied()
    _shows_the_consultation()
    _shows_frameworks_at_three_levels()
    assert set(Review.objects.filter(cycle__code="2024").values_list("state", flat=True)) == {
        "self_review",
        "meeting",
        "finishing",
        "finished",
    }
    assert set(Rating.objects.values_list("state", flat=True)) == {
        "proposal",
        "appraisal",
        "decision",
        "notice",
        "petition",
        "archived",
        "postponed",
        "not_rated",
    }
    assert audit.broken_links() == []
    found = json.loads(printed("demo_logins", "--json"))
    assert [row["role"] for row in found] == [
        "subject",
        "head",
        "secretary",
        "party_secretary",
        "officer",
        "officer",
        "recorder",
        "confirmer",
        "administrator",
        "inspector",
        "account_officer",
        "officer",
    ]
    for row in found:
        assert not User.objects.get(username=row["username"]).must_change_password
        body = {"username": row["username"], "password": row["password"]}
        assert client.post(reverse("orgs:login"), body).status_code == 302
        assert client.get("/").status_code == 200
        client.logout()
    assert "already" in printed("load_demo")
    assert Person.objects.count() == 900


def _shows_the_reorganisation():
    district = Unit.objects.get(code="HUBS")
    assert district.ended_on == date(2025, 7, 1)
    assert {row.successor.code for row in district.successions.all()} == {"XBS", "XVT"}
    merged = Unit.objects.get(code="BTGDVTU")
    assert {row.predecessor.code for row in merged.precessions.all()} == {"BTGTU", "BDVTU"}
    assert not Appointment.objects.filter(unit__ended_on__isnull=False, ended_on=None).exists()
    assert not Membership.objects.filter(collective__ended_on__isnull=False, ended_on=None).exists()
    assert not Collective.objects.filter(unit__ended_on__isnull=False, ended_on=None).exists()
    # Nobody leads two bodies that he went to, and each of them has its one head.
    heads = Membership.objects.filter(collective__unit__kind__code="dang_uy_xa", part="head", ended_on=None)
    assert heads.count() == heads.values("person").distinct().count() == 25


def _shows_the_registrations():
    """Sixty cadres in every state, and each event in its own year: the picture over time would else lie."""
    assert set(Registration.objects.values_list("year", flat=True)) == {2024}
    rows = dict(Registration.objects.order_by().values_list("state").annotate(Count("pk")))
    assert sum(rows.values()) == 60
    assert set(rows) == {"draft", "sent", "returned", "received", "withdrawn"}
    assert set(Work.objects.values_list("state", flat=True)) == {row.name for row in WORK.states}
    assert set(SupportRequest.objects.values_list("state", flat=True)) == {row.name for row in SUPPORT.states}
    _support_was_asked_and_answered_in_its_year()
    received = Registration.objects.filter(state="received")
    assert {(row.received_at.year, row.received_at.month) for row in received} == {(2024, 3)}
    assert not received.filter(received_at__lt=F("sent_at")).exists()
    verified = Work.objects.filter(state__in=("verified", "weighed"))
    assert set(verified.values_list("verified_on", flat=True)) == {date(2024, 12, 9)}
    assert not Work.objects.filter(reported_on__gt=date(2024, 12, 31)).exists()
    assert CatalogueReport.objects.filter(sent_at__isnull=False).exists()


def _support_was_asked_and_answered_in_its_year():
    """After the registration was received, answered before the last day; its letters name the same day."""
    rows = list(SupportRequest.objects.select_related("work__registration"))
    assert {row.due_on.year for row in rows} == {2024}
    for row in rows:
        registration = row.work.registration
        assert row.due_on <= row.work.finishes_on if row.work.finishes_on else True
        if row.opened_at:
            assert registration.received_at <= row.opened_at
            assert timezone.localdate(row.opened_at) < row.due_on
            letters = Message.objects.filter(dedup_key__contains=f":support:{row.uuid}:")
            assert set(letters.values_list("due_on", flat=True)) == {row.due_on}
        if row.answered_at:
            assert row.opened_at < row.answered_at
            assert timezone.localdate(row.answered_at) < row.due_on
    opened = {timezone.localdate(row.opened_at) for row in rows if row.opened_at}
    assert {day.month for day in opened} == {3, 6}
    changes = WorkChange.objects.select_related("work__registration")
    assert {change.created_at.year for change in changes} == {2024}
    assert all(change.created_at < change.decided_at for change in changes if change.decided_at)
    assert changes.filter(decided_at=None).exists()
    # Bodies ended since; what was asked lies before those that stand, so that nobody inherits anything here.
    assert not SupportRequest.objects.filter(state="open", body__ended_on__isnull=False).exists()


def _shows_the_register_of_the_year():
    """Remedies in every state, a decision that was corrected, earlier grades, the comments of two former places."""
    assert {"open", "reported", "verified", "closed"} <= set(Shortcoming.objects.values_list("state", flat=True))
    corrected = Discipline.objects.exclude(corrects=None).get()
    assert (corrected.year, corrected.corrects.year, corrected.corrects.withdrawn_on is None) == (2023, 2024, False)
    assert set(PastRating.objects.values_list("counted_year", flat=True)) == {2021, 2022}
    assert not PastRating.objects.filter(imported_from="").exists()
    given, awaited = Opinion.objects.filter(kind="former_place").order_by("id")
    assert given.given_by.person.appointments.filter(unit=given.unit, is_head=True).exists()
    assert (given.status, awaited.status, awaited.given_by) == ("received", "asked", None)
    assert RunningRemark.objects.exclude(answer="").exists()


def _shows_the_years_since():
    for code in ("2025", "2026Q3"):
        assert set(Rating.objects.filter(cycle__code=code).values_list("state", flat=True)) == {"archived"}
        kept = Rating.objects.filter(cycle__code=code).values_list("suggestion", flat=True)
        assert {row["outcome"] for row in kept} == {"graded"}
        assert all(row["points"] for row in kept)
    assert set(Review.objects.filter(cycle__code="2026Q3").values_list("form_key", flat=True)) == {"01", "01-Q"}
    year = Rating.objects.filter(cycle__code="2026", person__isnull=False)
    assert {
        key: set(year.filter(kind=key).values_list("regulation__key", flat=True)) for key in ("cadre", "state")
    } == {"cadre": {None}, "state": {"335/2025/NĐ-CP@2025-12-21"}}
    again = year.filter(kind="cadre", person__ratings__cycle__code="2026Q3").first()
    assert set(facts_of(again)["quarters"]) == {"2026-Q3"}


def _shows_the_prompts():
    """2024: eight collectives and twenty persons, decided in two lists, some answered, every outcome among them."""
    rows = Prompt.objects.filter(cycle__code="2024")
    assert (rows.filter(review__collective__isnull=False).count(), rows.filter(review__person=None).count()) == (8, 8)
    assert rows.filter(review__person__isnull=False).count() == 20
    assert set(rows.values_list("state", flat=True)) == {"issued", "explained"}
    assert set(PromptOutcome.objects.values_list("mark", flat=True)) == {"clear", "partly", "unclear"}
    decisions = PromptList.objects.values_list("state", "decisions__recorded_by", "decisions__confirmed_by")
    assert {(state, first != second) for state, first, second in decisions} == {("issued", True)}
    carried = PromptOutcome.objects.exclude(mark="clear").count()
    assert Shortcoming.objects.filter(origin="prompt").count() == carried


def _shows_what_was_studied():
    """Letter 1823-CV/TU: some bodies through, some behind, some not begun, and these alone are urged."""
    row = Dissemination.objects.get()
    assert (row.number, row.state, row.is_demo) == ("1823-CV/TU", "open", True)
    bodies = Unit.objects.without_tree_fields().filter(disseminated__dissemination=row)
    shares = shares_of(Dissemination.objects.all(), bodies)
    percents = [share.percent for share in shares]
    assert {0, 100} <= set(percents)
    assert any(0 < percent < 100 for percent in percents)
    untouched = {share.unit.code for share in shares if share.percent == 0}
    assert set(UrgingLine.objects.values_list("unit__code", flat=True)) == untouched
    assert UrgingLetter.objects.get().sent_at is not None
    assert PhoneCall.objects.get().unit.code in untouched


def _shows_the_consultation():
    """Letter 1440-CV/BTCTU: two texts, five lines of recipients, "before 10/10/2021", finished with every answer."""
    row = Consultation.objects.get()
    assert (row.number, row.sent_on, row.due_on) == ("1440-CV/BTCTU", date(2021, 9, 20), date(2021, 10, 9))
    assert (row.issuer.code, row.state, row.is_demo) == ("BTCTU", "finished", True)
    assert [text.number for text in row.texts.all()] == ["906-QĐ/TU", "1293-QĐ/TU"]
    assert row.addressees.values("block").distinct().count() == 5
    assert not row.addressees.filter(unit__code="BTCTU").exists()
    replied = row.addressees.filter(state="replied")
    assert 0 < row.addressees.exclude(state="replied").count() < replied.count() // 4
    for some in (
        replied.filter(is_without_remarks=True),
        replied.exclude(paper_number=""),
        replied.filter(is_late=True),
    ):
        assert 0 < some.count() < replied.count() // 2
    assert not Addressee.objects.filter(is_late=False, replied_at__date__gt=row.due_on).exists()
    remarks = Remark.objects.filter(addressee__consultation=row)
    assert not remarks.filter(answer=None).exists()
    assert set(remarks.values_list("answer__verdict", flat=True)) == {"accepted", "in_part", "not_accepted"}
    assert remarks.count() > 3 * remarks.values("answer").distinct().count()
    amended = Clause.objects.filter(text__consultation=row).exclude(amended="")
    assert set(amended.values_list("text__number", flat=True)) == {"906-QĐ/TU", "1293-QĐ/TU"}


def _shows_frameworks_at_three_levels():
    """Under the province's, a department's with figures; under that, one of a centre for its jobs: all conform."""
    lowest = Framework.objects.get(issuer__code="KSBT")
    chain = [lowest.parent.parent, lowest.parent, lowest]
    assert [(row.issuer.code, row.state) for row in chain] == [("TU", "issued"), ("YT", "issued"), ("KSBT", "issued")]
    assert all(row.number and row.issued_on and result_of(row).conforms for row in chain)
    good = "groups__criteria__levels__level"
    aims = [
        Framework.objects.filter(pk=row.pk, **{good: "average"}).values_list(
            "groups__criteria__levels__target", flat=True
        )
        for row in chain
    ]
    assert [sorted(value for value in found if value is not None) for found in aims] == [[], [80, 90], [80, 92, 95]]
    worker = Person.objects.filter(appointments__job__code="KSBT-01", appointments__unit__code="KSBT").first()
    assert applies(worker, on=date(2025, 3, 1), form_key="02A").choice.framework == lowest
    whole = CoverageBook(Cycle.objects.get(period_end_on=date(2024, 12, 31))).total().whole
    assert 0 < whole.covered < whole.total
