"""Twenty at once in processes of their own, with real commits: the cap holds, no text is lost, one form acts once."""

import pytest
from django.utils import timezone

from orgs.models import AuditEvent, IdempotencyKey, Message, Person, RatingKind, Standing
from orgs.services import audit
from reviews.models import Conclusion, KeptText, QuotaLedger, Rating, ResultUse, Review, SectionAnswer
from reviews.selectors.grading.quotas import counts_of
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.grading import decisions
from tests import storms
from tests.cast import SINCE
from tests.registrations.results import written
from tests.reviews.deciding import rounds
from tests.reviews.deciding import storm as acts

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
RECORDERS = 20


def storm(jobs):
    return storms.storm(acts, jobs)


@pytest.fixture
def ring(province):
    return rounds.start_round(_crowded(province))


def _crowded(province):
    """Twenty more members of the cell of An's department."""
    for number in range(RECORDERS):
        person = Person.objects.create(
            code=f"DV{number:03d}",
            full_name=f"Đảng viên Số {number + 1}",
            managing_authority=province.authorities["SO"],
            standing=Standing.CIVIL_SERVANT,
            is_party_member=True,
            party_admitted_on=SINCE.replace(year=2010),
            party_cell=province.units["CB-SKH"],
        )
        person.appointments.create(
            unit=province.units["SKH"], position=province.positions["CV"], started_on=SINCE, document="QĐ 3"
        )
    return province


@pytest.fixture
def group(ring):
    """Twenty good before one body: of these 20 % may become excellent, as long as enough good are left."""
    rows = Rating.objects.filter(kind=RatingKind.PARTY_MEMBER, person__code__startswith="DV")
    rows.update(state="decision")
    decisions.set_pending(choices=[ring.choice(row, "good") for row in rows.order_by("id")], actor=ring.users["lan"])
    return rows.order_by("id").first().group


def jobs_on(ring, group, act):
    rows = group.ratings.filter(state="decision").order_by("id").values_list("pk", flat=True)
    return [{"act": act, "rating": pk, "user": ring.users["lan"].pk, "grade": "excellent"} for pk in rows]


def test_twenty_recorders_never_exceed_the_quota_which_a_careless_count_does(ring, group):
    # 3 of 20: 20 % of the 17 good left is 3.4; with a fourth, 20 % of 16 is 3.2.
    answers = storm(jobs_on(ring, group, "pend"))
    assert len(answers) == RECORDERS
    assert answers.count("done") == counts_of(group)["excellent"] == 3
    assert all("tối đa được 3" in answer for answer in answers if answer != "done")
    ledger = QuotaLedger.objects.get(group=group)
    assert (ledger.used, ledger.allowed, ledger.base) == (3, 3, 20)
    assert audit.broken_links() == []
    # The control, in the same run: the same twenty without the lock of the ledger.
    Rating.objects.filter(group=group, state="decision").update(pending_grade="good")
    careless = storm(jobs_on(ring, group, "count_then_write"))
    assert careless.count("done") == counts_of(group)["excellent"] == RECORDERS > 3


def test_returns_and_pending_grades_of_one_group_do_not_lock_each_other_out(ring, group):
    jobs = jobs_on(ring, group, "pend")[:10]
    jobs += [
        {"act": "move", "rating": job["rating"], "user": ring.users["lan"].pk, "name": "return"}
        for job in jobs_on(ring, group, "pend")[10:]
    ]
    storm(jobs)
    counts = counts_of(group)
    ledger = QuotaLedger.objects.get(group=group)
    assert (ledger.used, ledger.base) == (counts["excellent"], sum(counts.values()))
    assert counts["excellent"] * 5 <= counts["good"]
    assert audit.broken_links() == []


def test_editors_of_one_section_never_lose_a_text(ring):
    review = Review.objects.get(collective=ring.collectives["TT-SKH"])
    part = parts_of(form_of(review))[0]
    item = next(item for item in part.items if item.kind == "text")
    texts = [f"Bản viết số {number}" for number in range(6)]
    writers = [ring.users["an"].pk, ring.users["nga"].pk]
    answers = storm(
        [
            {
                "act": "save",
                "review": review.pk,
                "user": writers[place % 2],
                "section": part.key,
                "item": item.key,
                "text": text,
            }
            for place, text in enumerate(texts)
        ]
    )
    assert answers.count("saved") == 1
    standing = SectionAnswer.objects.get(review=review, section_key=part.key).content[item.key]["text"]
    kept = [row.content[item.key]["text"] for row in KeptText.objects.filter(review=review)]
    assert sorted([standing, *kept]) == sorted(texts)
    assert audit.broken_links() == []


def test_results_ticked_on_two_pages_are_counted_once(ring):
    review = Review.objects.get(collective=ring.collectives["TT-SKH"])
    days = {"done_on": review.cycle.period_start_on, "planned_on": review.cycle.period_start_on}
    rows = [str(written.result(ring, "an", subject="TT-SKH", product=f"Đề án {one}", **days).uuid) for one in range(3)]
    writers = [ring.users["an"].pk, ring.users["nga"].pk]
    ticks = [rows[:2], rows[1:], rows]
    jobs = [
        {"act": "put_results", "review": review.pk, "results": rows, "user": pk} for rows in ticks for pk in writers
    ]
    answers = storm(jobs)
    counted = [int(answer) for answer in answers if not answer.startswith("refused")]
    assert sum(counted) == ResultUse.objects.filter(review=review).count() == 3
    assert all("chưa được tính" in answer for answer in answers if answer.startswith("refused"))
    assert AuditEvent.objects.filter(action="review.results_put").count() == len(counted)
    assert audit.broken_links() == []


def test_one_form_sent_twenty_times_acts_once(ring, group):
    pks = list(group.ratings.filter(state="decision").order_by("id").values_list("pk", flat=True)[:3])
    job = {
        "act": "record_once",
        "ratings": pks,
        "user": ring.users["lan"].pk,
        "collective": ring.collectives["BTV-DUK"].pk,
        "key": "the-same-form",
    }
    answers = storm([job] * RECORDERS)
    conclusion = Conclusion.objects.get()
    assert answers == [str(conclusion.uuid)] * RECORDERS
    assert conclusion.lines.count() == 3
    assert IdempotencyKey.objects.count() == 1
    assert audit.broken_links() == []


def test_reminders_run_by_several_at_once_tell_each_person_once(ring):
    today = timezone.localdate().isoformat()
    storm([{"act": "remind", "today": today}] * 4)
    keys = list(Message.objects.values_list("recipient", "dedup_key"))
    assert len(keys) == len(set(keys)) > 5
    first = len(keys)
    storm([{"act": "remind", "today": today}])
    assert Message.objects.count() == first
