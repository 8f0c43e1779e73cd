"""A body of which support was asked is merged: who answers for the one in which it goes on is told, once."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.models import QueuedJob, UnitSuccession, User
from orgs.services import outbox
from orgs.services.messages import Letter, tell
from orgs.services.units import SUCCEEDED
from registrations.models import SupportRequest
from registrations.selectors.works import addressees, works
from registrations.selectors.works.successions import called_now


def tell_inherited(*, today: date | None = None) -> int:
    """Tell who answers now about every open request of a body that is no more; answers how many messages are new.

    Each person once for each merger: who begins to answer for the new body later is told then. What was asked after
    the merger was known went to the new body itself and is not told again.
    """
    day = today or timezone.localdate()
    rows = SupportRequest.objects.filter(state=works.OPEN_REQUEST, opened_at__isnull=False, body__ended_on__lte=day)
    rows = rows.select_related("body", "work__registration__person", "work__registration__collective")
    told: dict[int, list[User]] = {}
    letters: list[Letter] = []
    for row in works.follow_bodies(rows.order_by("due_on", "id")):
        step = max(row.way, key=lambda step: (step.happened_on, step.pk), default=None)
        if step is None or not _is_inherited(row, step):
            continue
        if row.body_id not in told:
            told[row.body_id] = list(addressees.answerers_of(row.body).order_by("id"))
        letters += _letters(row, step, told[row.body_id])
    return tell(letters)


def _is_inherited(row: SupportRequest, step: UnitSuccession) -> bool:
    return timezone.localdate(row.opened_at) < step.happened_on or row.opened_at < step.created_at


def _letters(row: SupportRequest, step: UnitSuccession, users: list[User]) -> Iterator[Letter]:
    for user in users:
        with override(user.language or settings.LANGUAGE_CODE):
            about = {"work": row.work.name, "body": called_now(row)}
            yield Letter(
                recipient=user,
                subject=_("Support asked for registered work passes to %(body)s: %(work)s") % about,
                dedup_key=f"support-inherited:{row.uuid}:{step.uuid}",
                body=row.text,
                url=reverse("registrations:support_detail", args=[row.uuid]),
                due_on=row.due_on,
            )


def _succeeded(job: QueuedJob) -> None:
    """Job: a merger was recorded; one that lies ahead is told by the job of its day."""
    tell_inherited()


def register() -> None:
    """Follow every merger; called from `AppConfig.ready`."""
    outbox.register_handler(SUCCEEDED, _succeeded)
