"""What people are told about a consultation: that they are asked, that the last day comes or has passed, what follows.

Whoever holds the pen is reminded; after the last day the head as well. Each threshold once for each addressee and day.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import consultations as selectors
from criteria.selectors.consulting.pens import Pens
from criteria.selectors.rounds.thresholds import days_in_words, due_threshold, thresholds
from criteria.services.consulting.consultations import OPENED_JOB, WITHDRAWN_JOB
from orgs.models import QueuedJob, User
from orgs.services import outbox, transitions
from orgs.services.messages import Letter, tell


def tell_opened(job: QueuedJob) -> None:
    """Job: tell everybody who may answer that an opinion is asked."""
    consultation = _of(job)
    if consultation.state == selectors.OPEN:
        tell(_to_all(consultation, _("An opinion is asked: %(about)s"), "asked"))


def tell_withdrawn(job: QueuedJob) -> None:
    """Job: tell everybody who was asked that no answer is needed any more."""
    tell(_to_all(_of(job), _("Withdrawn: %(about)s"), "withdrawn"))


def send_reminders(*, today: date | None = None) -> int:
    """Tell whoever holds the pen of an answer that is owed; answers how many messages are new."""
    day, steps = today or timezone.localdate(), thresholds()
    pens, letters = Pens(), []
    for row in selectors.follow_ups():
        left = selectors.days_left(row.consultation, day)
        step = None if left is None else due_threshold(left, steps)
        if step is not None:
            subject = _("Opinion on “%(about)s”: %(when)s") % {"about": row.consultation, "when": days_in_words(left)}
            key = f"{row.consultation.due_on:%Y%m%d}:{step}"
            letters += [(row, user, subject, key) for user in pens.held(row, is_overdue=left < 0)]
    return tell(_letters(letters))


def _to_all(consultation: Consultation, subject: str, key: str) -> Iterator[Letter]:
    pens = Pens()
    rows = consultation.addressees.select_related("consultation", "unit", "person").order_by("id")
    words = subject % {"about": consultation}
    return _letters([(row, user, words, key) for row in rows for user in pens.told(row)])


def _letters(rows: Iterable[tuple[Addressee, int, str, str]]) -> Iterator[Letter]:
    rows = list(rows)
    users = User.objects.in_bulk({user for _row, user, _subject, _key in rows})
    for row, user, subject, key in rows:
        yield Letter(
            users[user],
            subject,
            f"reply:{row.uuid}:{key}",
            _("Asked: %(body)s.") % {"body": row},
            reverse("criteria:reply_detail", args=[row.uuid]),
            due_on=row.consultation.due_on,
        )


def _of(job: QueuedJob) -> Consultation:
    return Consultation.objects.get(uuid=job.payload["uuid"])


def _tell_heads(row: Addressee, subject: str, key: str) -> None:
    tell(_letters([(row, user, subject, key) for user in Pens().heads_of(row)]))


def _prepared(row: Addressee, **_more: object) -> None:
    """The head finds the answer before him."""
    row.returned_note = ""
    row.save(update_fields=["returned_note"])
    words = _("An answer is ready to be sent: %(about)s") % {"about": row.consultation}
    _tell_heads(row, words, f"prepared:{row.version}")


def _returned(row: Addressee, *, note: str, **_more: object) -> None:
    """Who prepared the answer finds why it came back."""
    row.returned_note, row.is_without_remarks = note.strip(), False
    row.save(update_fields=["returned_note", "is_without_remarks"])
    _tell_writers(row, _("Returned by the head: %(about)s"), f"returned:{row.version}")


def _reopened(row: Addressee, *, note: str, **_more: object) -> None:
    """The body is asked again; what it wrote stands as it was."""
    row.replied_at = row.replied_by = row.entered_by = row.paper_on = None
    row.paper_number, row.is_late, row.is_without_remarks = "", False, False
    row.returned_note = note.strip()
    row.save()
    _tell_writers(row, _("Your opinion is asked again: %(about)s"), f"reopened:{row.version}")


def _tell_writers(row: Addressee, subject: str, key: str) -> None:
    words = subject % {"about": row.consultation}
    tell(_letters([(row, user, words, key) for user in Pens().told(row)]))


def register() -> None:
    """Register the jobs and what follows from the moves; called from `AppConfig.ready`."""
    outbox.register_handler(OPENED_JOB, tell_opened)
    outbox.register_handler(WITHDRAWN_JOB, tell_withdrawn)
    transitions.register_consequence("addressee.prepare", _prepared)
    transitions.register_consequence("addressee.return", _returned)
    transitions.register_consequence("addressee.reopen", _reopened)
