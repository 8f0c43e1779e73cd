"""What is done at once in the round: each job of a storm names one of `ACTS` (tests/storms.py)."""

import time

from tests import storms


def pend(gate, rating, user, grade):
    """Put one grade before the body, as the product does."""
    from orgs.models import User
    from reviews.models import Rating
    from reviews.services.grading import decisions

    row, actor = Rating.objects.get(pk=rating), User.objects.get(pk=user)
    choice = decisions.PendingChoice(row, grade, row.version, "Thành tích nổi bật", "TTr 9-TTr/BTCTU")
    gate.wait(storms.WAIT_SECONDS)
    decisions.set_pending(choices=[choice], actor=actor)
    return "done"


def count_then_write(gate, rating, user, grade):
    """The control: read the counts, find room, write. Each statement is right, the whole is wrong."""
    from reviews.models import Rating
    from reviews.selectors.grading.quotas import answer_for, counts_of

    row = Rating.objects.select_related("group__cycle__regulation").get(pk=rating)
    counts = counts_of(row.group)
    counts = counts | {grade: counts[grade] + 1, row.pending_grade: counts[row.pending_grade] - 1}
    has_room = counts[grade] <= (answer_for(row.group, counts).allowed or 0)
    gate.wait(storms.WAIT_SECONDS)
    if not has_room:
        return "refused"
    Rating.objects.filter(pk=rating).update(pending_grade=grade)
    return "done"


def save(gate, review, user, section, item, text):
    """Write one section that was opened while it was empty."""
    from orgs.models import User
    from reviews.models import Review
    from reviews.services.writing.answers import save_section

    row, actor = Review.objects.select_related("cycle", "unit").get(pk=review), User.objects.get(pk=user)
    gate.wait(storms.WAIT_SECONDS)
    save_section(review=row, section_key=section, content={item: {"text": text}}, version=0, actor=actor)
    return "saved"


def record_once(gate, ratings, user, collective, key):
    """Send the very same form: one conclusion, whoever comes first."""
    from django.utils import timezone

    from orgs.models import Collective, User
    from orgs.services.idempotency import carry_out_once
    from reviews.models import Rating
    from reviews.services.grading import conclusions

    actor, body = User.objects.get(pk=user), Collective.objects.get(pk=collective)
    rows = list(Rating.objects.filter(pk__in=ratings).select_related("cycle"))
    today = timezone.localdate()
    session = conclusions.Session("15-KL/ĐUK", today, today, "Nguyễn Văn Mẫu", "BÍ THƯ")
    gate.wait(storms.WAIT_SECONDS)
    return carry_out_once(
        key=key,
        user=actor,
        action="storm",
        body={"rating": ratings},
        act=lambda: str(
            conclusions.record_conclusion(
                cycle=rows[0].cycle, collective=body, session=session, ratings=rows, actor=actor
            ).uuid
        ),
    )


def remind(gate, today):
    """Run the reminders of a day."""
    from datetime import date

    from reviews.services.reminders import send_reminders

    gate.wait(storms.WAIT_SECONDS)
    send_reminders(today=date.fromisoformat(today))
    return "done"


def move(gate, rating, user, name):
    """Return or postpone a rating, while others put grades of its group before the body."""
    from orgs.models import User
    from orgs.services.transitions import advance
    from reviews.models import Rating

    row, actor = Rating.objects.get(pk=rating), User.objects.get(pk=user)
    gate.wait(storms.WAIT_SECONDS)
    time.sleep(0.01)
    return advance(row, name, actor=actor, version=row.version, note="Bổ sung hồ sơ").state


def put_results(gate, review, results, user):
    """Count the same results of the year in one review."""
    from uuid import UUID

    from orgs.models import User
    from reviews.models import Review
    from reviews.services.writing.results_put import put_results as put

    row, actor = Review.objects.get(pk=review), User.objects.get(pk=user)
    gate.wait(storms.WAIT_SECONDS)
    return str(len(put(review=row, results=[UUID(text) for text in results], item_key="", actor=actor)))


ACTS = {act.__name__: act for act in (pend, count_then_write, save, record_once, remind, move, put_results)}
