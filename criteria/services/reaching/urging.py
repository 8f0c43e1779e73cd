"""Urging: the letter drafted from what is missing, brought up to date, sent with its notices; the telephone log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.documents.urging import first_text
from criteria.models import PhoneCall, UrgingLetter, UrgingLine
from criteria.selectors.reaching import urging as selectors
from criteria.selectors.reaching.urging import Matter, Owed
from criteria.services.bodies import refuse_stranger
from criteria.services.reaching.letters import accounts_by_body
from orgs.models import Forbidden, Refusal, Stale, Unit, User, record
from orgs.services import audit
from orgs.services.messages import Letter, tell


@dataclass(frozen=True)
class LetterWords:
    """What the officer writes into the letter: number and day, until when it is to be mended, the text."""

    number: str = ""
    written_on: date | None = None
    due_on: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Call:
    """One telephone call: when, who answered, what was promised until when, when to call again."""

    called_at: datetime
    answered_by: str = ""
    promised_on: date | None = None
    call_again_on: date | None = None
    note: str = ""


@transaction.atomic
def draft_letter(
    *, matter: Matter, issuer: Unit, units: Iterable[Unit], actor: User, due_on: date | None = None
) -> UrgingLetter:
    """A draft to the laggards among `units`, listing what each lacks today. Refusal when none lacks anything."""
    _refuse_other_side(matter, issuer, actor)
    wanted = {unit.pk for unit in units}
    if not wanted:
        raise Refusal(_("Choose at least one body."), field="unit")
    letter = UrgingLetter(issuer=issuer, written_by=actor, due_on=due_on, **matter.fields)
    letter.text = first_text(matter)
    letter.save()
    _list(letter, matter, [row for row in selectors.owed(matter, actor) if row[0].pk in wanted])
    _record(letter, "urging.drafted", actor, issuer, bodies=letter.lines.count())
    return letter


@transaction.atomic
def update_letter(*, letter: UrgingLetter, words: LetterWords, actor: User, version: int) -> UrgingLetter:
    """Write the draft; its list is brought up to date, and who lacks nothing any more is left out."""
    row = _locked_draft(letter, actor, version)
    if not words.text.strip():
        raise Refusal(_("The letter has no text."), field="text")
    if words.due_on and words.written_on and words.due_on < words.written_on:
        raise Refusal(_("The last day must not come before the letter."), field="due_on")
    for name in ("number", "written_on", "due_on", "text"):
        setattr(row, name, getattr(words, name))
    row.version += 1
    row.save()
    matter = selectors.matter_in(row)
    before = set(row.lines.values_list("unit_id", flat=True))
    row.lines.all().delete()
    _list(row, matter, [found for found in selectors.owed(matter, actor) if found[0].pk in before])
    _record(row, "urging.updated", actor, row.issuer, version=row.version, bodies=row.lines.count())
    return row


@transaction.atomic
def send_letter(*, letter: UrgingLetter, actor: User, version: int) -> UrgingLetter:
    """The letter goes out: it no longer changes, and whoever answers for a body finds its part among his messages."""
    row = _locked_draft(letter, actor, version)
    if not (row.number and row.written_on):
        raise Refusal(_("Give the letter its number and date first."), field="number")
    row.sent_at, row.version = timezone.now(), row.version + 1
    row.save(update_fields=["sent_at", "version"])
    _notify(row)
    _record(row, "urging.sent", actor, row.issuer, number=row.number, bodies=row.lines.count())
    return row


@transaction.atomic
def log_call(*, matter: Matter, unit: Unit, issuer: Unit, call: Call, actor: User) -> PhoneCall:
    """One line of the telephone log. Refusal for a call in the future, or a promise before the call."""
    _refuse_other_side(matter, issuer, actor)
    if call.called_at > timezone.now():
        raise Refusal(_("The call lies in the future."), field="called_on")
    day = timezone.localdate(call.called_at)
    for name in ("promised_on", "call_again_on"):
        given = getattr(call, name)
        if given and given < day:
            raise Refusal(_("This day lies before the call."), field=name)
    if not record.nfc(call.answered_by) and not record.nfc(call.note):
        raise Refusal(_("Say who answered, or what came of it."), field="answered_by")
    row = PhoneCall.objects.create(
        issuer=issuer,
        unit=unit,
        called_by=actor,
        called_at=call.called_at,
        answered_by=call.answered_by,
        promised_on=call.promised_on,
        call_again_on=call.call_again_on,
        note=call.note,
        **matter.fields,
    )
    _record(row, "urging.called", actor, issuer, unit=unit.code, promised_on=call.promised_on)
    return row


def _refuse_other_side(matter: Matter, issuer: Unit, actor: User) -> None:
    refuse_stranger(actor=actor, body=issuer)
    if not selectors.may_urge(actor, matter):
        raise Forbidden(_("Only the body that asks urges in this matter."))


def _locked_draft(letter: UrgingLetter, actor: User, version: int) -> UrgingLetter:
    refuse_stranger(actor=actor, body=letter.issuer)
    row = UrgingLetter.objects.select_for_update().get(pk=letter.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if row.sent_at is not None:
        raise Refusal(_("The letter %(number)s was sent and does not change.") % {"number": row.number})
    return row


def _list(letter: UrgingLetter, matter: Matter, rows: Owed) -> None:
    if not rows:
        raise Refusal(_("None of these bodies lacks anything any more."), field="unit")
    UrgingLine.objects.bulk_create(
        UrgingLine(
            letter=letter,
            unit_id=row.unit.pk,
            head=row.head.person if row.head else None,
            missing=list(row.missing),
        )
        for row in selectors.laggards(matter, rows)
    )


def _notify(letter: UrgingLetter) -> None:
    lines = list(letter.lines.select_related("unit"))
    accounts = accounts_by_body([line.unit_id for line in lines])
    address = reverse("criteria:urging_detail", args=[letter.uuid])
    subject = _("Letter %(number)s urges: %(body)s") % {"number": letter.number, "body": "%s"}
    tell(
        Letter(
            user,
            subject % line.unit,
            f"urging:{letter.pk}:{line.unit_id}",
            "\n".join(line.missing),
            address,
            is_urgent=True,
            due_on=letter.due_on,
        )
        for line in lines
        for user in accounts.get(line.unit_id, ())
    )


def _record(row: Model, action: str, actor: User, issuer: Unit, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        unit_path=issuer.code,
        facts={"matter": row.matter, **facts},
    )
