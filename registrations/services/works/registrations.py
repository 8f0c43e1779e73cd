"""The registration as a whole: begun, sent with its route frozen, received or returned, withdrawn."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.models import Collective, Forbidden, Person, Refusal, Stale, User
from orgs.services import audit, transitions
from registrations.models import Registration, Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works.routing import route_of
from registrations.services.works import telling

FROZEN = ("unit", "unit_name", "post", "addressee", "receiving_unit", "receiving_collective", "via_unit", "copy_unit")


@transaction.atomic
def create_registration(*, subject: Person | Collective, year: int, actor: User, is_demo: bool = False) -> Registration:
    """A draft of `subject` for the year. Forbidden but for himself (the writers of a collective).

    Refusal for a second one of the same year, a year that is closed or far away, a collective where these do not
    register (a setting).
    """
    _refuse_other(subject, actor)
    if year not in selectors.years_open(timezone.localdate()):
        closed = selectors.reason_against_day(year, timezone.localdate())
        raise Refusal(closed or _("Choose one of the years that are open."), field="year")
    field = "collective" if isinstance(subject, Collective) else "person"
    row = Registration(year=year, is_demo=is_demo, **{field: subject})
    transitions.start(row, "registration")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("There is a registration for this year already: open it."), field="year") from None
    record(row, "registration.created", actor, year=year)
    return row


def _refuse_other(subject: Person | Collective, actor: User) -> None:
    if isinstance(subject, Person):
        if subject.pk != actor.person_id:
            raise Forbidden(_("Everybody registers for himself."))
    elif subject.pk not in access.viewer_of(actor, fresh=True).collectives_of(roles.AUTHOR):
        raise Forbidden(_("The secretary or the head of the collective registers for it."))
    elif not selectors.collectives_of(actor).filter(pk=subject.pk).exists():
        raise Refusal(_("Collectives do not register here."), field="subject")


def locked_draft(registration: Registration, *, actor: User, version: int | None = None) -> Registration:
    """The row, locked, with the pen in the actor's hand and still written in; Forbidden, Stale, Refusal otherwise."""
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not selectors.holds_pen(actor, row, fresh=True):
        raise Forbidden(_("Only who registers writes here."))
    if version is not None and row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if reason := selectors.reason_against_writing(row):
        raise Refusal(reason)
    return row


def touch(row: Registration, action: str, actor: User, **facts: Any) -> None:
    """Raise the version of a locked registration, so that nobody sends what he has not seen, and keep the act."""
    row.version += 1
    row.save(update_fields=["version"])
    record(row, action, actor, **facts)


def record(row: Registration | Work, action: str, actor: User, **facts: Any) -> None:
    """Keep an act on the registration, or on one of its works, in the history."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        unit_path=row.unit_path,
        facts=facts,
    )


def _sent(row: Registration, *, actor: User, **_more: object) -> None:
    """The route as shown is frozen; the receiving body learns of it."""
    route = route_of(row.subject, timezone.localdate())
    for name in FROZEN:
        setattr(row, name, getattr(route, name))
    row.ground, row.sent_at, row.returned_note = route.ground, timezone.now(), ""
    row.save(update_fields=[*FROZEN, "ground", "sent_at", "returned_note"])
    telling.tell_sent(row)


def _received(row: Registration, *, actor: User, **_more: object) -> None:
    """Its works enter the catalogue; what was asked of superiors goes out to them."""
    row.received_at, row.received_by = timezone.now(), actor
    row.save(update_fields=["received_at", "received_by"])
    for work in row.works.filter(state="registered"):
        transitions.advance(work, "enter", actor=actor, version=None, follows="registration.receive")
        for request in work.support_requests.filter(state="planned"):
            transitions.advance(request, "put", actor=actor, version=None, follows="registration.receive")
    telling.tell_received(row)


def _returned(row: Registration, *, note: str, **_more: object) -> None:
    row.returned_note = note
    row.save(update_fields=["returned_note"])
    telling.tell_returned(row, note)


def _withdrawn(row: Registration, *, actor: User, **_more: object) -> None:
    for work in row.works.filter(state="registered"):
        transitions.advance(work, "drop", actor=actor, version=None, follows="registration.withdraw")
        for request in work.support_requests.filter(state="planned"):
            transitions.advance(request, "withdraw", actor=actor, version=None, follows="registration.withdraw")


def register() -> None:
    """Register what follows from the moves; called from `AppConfig.ready`."""
    transitions.register_consequence("registration.send", _sent)
    transitions.register_consequence("registration.receive", _received)
    transitions.register_consequence("registration.return", _returned)
    transitions.register_consequence("registration.withdraw", _withdrawn)
