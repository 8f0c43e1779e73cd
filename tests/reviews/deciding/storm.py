"""Many processes at once on the database of a test: python -m tests.reviews.deciding.storm, with jobs as JSON on stdin.

Django is loaded once; then each job gets a process of its own with its own connection, all let loose at one moment.
Answers one word or two for each job, in order, as JSON: what it brought about, or the kind of refusal.
"""

import json
import multiprocessing
import sys
import time

import django

CONTEXT = multiprocessing.get_context("fork")
WAIT_SECONDS = 90


def main():
    django.setup()
    from django.utils import translation

    translation.activate("vi")
    jobs = json.load(sys.stdin)
    gate, answers = CONTEXT.Barrier(len(jobs)), CONTEXT.Queue()
    running = [CONTEXT.Process(target=_run, args=(place, job, gate, answers)) for place, job in enumerate(jobs)]
    for process in running:
        process.start()
    found = dict(answers.get(timeout=WAIT_SECONDS) for _ in jobs)
    for process in running:
        process.join(timeout=WAIT_SECONDS)
    json.dump([found[place] for place in range(len(jobs))], sys.stdout)


def _run(place, job, gate, answers):
    from django.db import connection

    from orgs.models import Refusal

    act = ACTS[job.pop("act")]
    try:
        connection.ensure_connection()
        answer = act(gate, **job)
    except Refusal as refusal:
        answer = f"refused: {type(refusal).__name__}: {refusal}"
    except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
        answer = f"broke: {type(error).__name__}: {error}"
    finally:
        connection.close()
    answers.put((place, answer))


def pend(gate, rating, user, grade):
    """Put one grade before the body, as the product does."""
    from orgs.models import User
    from reviews.models import Rating
    from reviews.services.grading import decisions

    row, actor = Rating.objects.get(pk=rating), User.objects.get(pk=user)
    choice = decisions.PendingChoice(row, grade, row.version, "Thành tích nổi bật", "TTr 9-TTr/BTCTU")
    gate.wait(WAIT_SECONDS)
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
    gate.wait(WAIT_SECONDS)
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
    gate.wait(WAIT_SECONDS)
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
    gate.wait(WAIT_SECONDS)
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

    gate.wait(WAIT_SECONDS)
    send_reminders(today=date.fromisoformat(today))
    return "done"


def move(gate, rating, user, name):
    """Return or postpone a rating, while others put grades of its group before the body."""
    from orgs.models import User
    from orgs.services.transitions import advance
    from reviews.models import Rating

    row, actor = Rating.objects.get(pk=rating), User.objects.get(pk=user)
    gate.wait(WAIT_SECONDS)
    time.sleep(0.01)
    return advance(row, name, actor=actor, version=row.version, note="Bổ sung hồ sơ").state


ACTS = {act.__name__: act for act in (pend, count_then_write, save, record_once, remind, move)}

if __name__ == "__main__":
    main()
