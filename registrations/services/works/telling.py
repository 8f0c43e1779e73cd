"""Tell people what concerns them about registered work: sent, received, returned, support asked and answered."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.models import User
from orgs.services.messages import Letter, tell
from registrations.models import Registration, SupportRequest, Work
from registrations.selectors.works import addressees


def tell_sent(row: Registration) -> None:
    """The officers of the receiving body: a registration waits to be received."""
    _tell(
        addressees.receivers_of(row),
        lambda: _("Registration of work to be received: %(who)s") % {"who": row},
        key=f"registration:{row.uuid}:{row.version}",
        url=_page(row),
    )


def tell_received(row: Registration) -> None:
    """Who registered: it was received and stands in the catalogue."""
    _tell(
        addressees.writers_of(row),
        lambda: _("Your registration of work for %(year)s was received") % {"year": row.year},
        key=f"registration-received:{row.uuid}",
        url=_page(row),
    )


def tell_returned(row: Registration, note: str) -> None:
    """Who registered, at once: it came back, and why."""
    _tell(
        addressees.writers_of(row),
        lambda: _("Your registration of work for %(year)s was returned") % {"year": row.year},
        key=f"registration-returned:{row.uuid}:{row.version}",
        url=_page(row),
        body=note,
        is_urgent=True,
    )


def tell_asked(row: SupportRequest) -> None:
    """Who answers for the body: support is asked until a day."""
    _tell(
        addressees.answerers_of(row.body),
        lambda: _("Support asked for registered work: %(work)s") % {"work": row.work.name},
        key=f"support:{row.uuid}:{row.version}",
        url=reverse("registrations:support_detail", args=[row.uuid]),
        body=row.text,
        due_on=row.due_on,
    )


def tell_answered(row: SupportRequest) -> None:
    """Who asked: the body has answered."""
    _tell(
        addressees.writers_of(row.work.registration),
        lambda: _("%(body)s has answered your request for support") % {"body": row.body},
        key=f"support-answered:{row.uuid}:{row.version}",
        url=_work_page(row.work),
        body=row.answer,
    )


def tell_change_asked(work: Work) -> None:
    """The receiving body: a change of the work waits for its consent."""
    _tell(
        addressees.receivers_of(work.registration),
        lambda: _("A change of registered work waits for your consent: %(work)s") % {"work": work.name},
        key=f"work-change:{work.uuid}:{work.version}",
        url=_work_page(work),
    )


def tell_reported(work: Work) -> None:
    """The receiving body: an outcome waits to be verified."""
    _tell(
        addressees.receivers_of(work.registration),
        lambda: _("An outcome of registered work is to be verified: %(work)s") % {"work": work.name},
        key=f"work-reported:{work.uuid}:{work.version}",
        url=_work_page(work),
    )


def tell_writers(work: Work, subject: Callable[[], str], *, body: str = "") -> None:
    """Who registered the work: what the receiving body did with it."""
    _tell(
        addressees.writers_of(work.registration),
        subject,
        key=f"work-moved:{work.uuid}:{work.version}",
        url=_work_page(work),
        body=body,
    )


def _page(row: Registration) -> str:
    return reverse("registrations:registration_detail", args=[row.uuid])


def _work_page(work: Work) -> str:
    return reverse("registrations:work_detail", args=[work.uuid])


def _tell(users: Iterable[User], subject: Callable[[], str], *, key: str, **more: Any) -> None:
    letters = []
    for user in users:
        with override(user.language or settings.LANGUAGE_CODE):
            letters.append(Letter(recipient=user, subject=subject(), dedup_key=key, **more))
    tell(letters)
