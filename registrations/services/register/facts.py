"""Write the register behind the facts sheets: each row from a document, corrected and withdrawn by a document."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Forbidden, Person, Refusal, Stale, Unit, User
from orgs.services import audit, transitions
from registrations.models import Discipline, Finding, PastRating, Shortcoming
from registrations.selectors.register.facts import subjects_of

Row = Discipline | Finding | Shortcoming | PastRating
Subject = Person | Collective | Unit
FIELD_OF = {Person: "person", Collective: "collective", Unit: "unit"}
# A decision may concern what was done years before it; further back nothing is rated any more.
YEARS_BACK = 10


@transaction.atomic
def enter_fact(
    *, model: type[Row], subject: Subject, document: str, document_on: date, actor: User, **values: Any
) -> Row:
    """Enter a disciplinary decision, a conclusion or a named shortcoming about `subject`, from its document.

    Refuses: an actor without the right or reach, no document, a document of a day to come, a year of counting that does
    not fit the document.
    """
    refuse_actor(actor, subject)
    refuse_document(document, document_on)
    _refuse_year(values.get("counted_year"), document_on)
    row = model(
        document=document, document_on=document_on, entered_by=actor, **{FIELD_OF[type(subject)]: subject}, **values
    )
    if isinstance(row, Shortcoming):
        transitions.start(row, "nothing_named" if row.is_none else "remedy")
    row.save(force_insert=True)
    record_fact(actor, "register.enter", row, document=document, document_on=document_on)
    return row


@transaction.atomic
def correct_fact(*, row: Row, correction: str, version: int, actor: User, **values: Any) -> Row:
    """Put a right row in the place of a wrong one, by the document `correction`; answers the new row.

    The wrong one stays, withdrawn by that document and named by the new one. `values` are all fields of the new row.
    Refuses what entering refuses, and a correction that changes nothing.
    """
    if isinstance(row, Shortcoming):
        raise Refusal(_("A named shortcoming is not corrected: withdraw it and enter it anew."))
    if all(getattr(row, name) == value for name, value in values.items()):
        raise Refusal(_("Nothing differs from what stands there: change what the document corrects."))
    withdraw_fact(row=row, document=correction, version=version, actor=actor)
    return enter_fact(model=type(row), subject=row.subject, actor=actor, corrects=row, **values)


@transaction.atomic
def remedy_shortcoming(*, row: Shortcoming, remedied_on: date, document: str, version: int, actor: User) -> Shortcoming:
    """Record that a named shortcoming was remedied, from a document: the verification by whoever keeps the register."""
    refuse_actor(actor, row.subject)
    refuse_document(document, remedied_on, field="remedied_on")
    if row.is_none:
        raise Refusal(_("This row says that nothing was named: there is nothing to remedy."))
    if remedied_on < row.document_on:
        raise Refusal(_("It cannot be remedied before it was named."), field="remedied_on")
    return transitions.advance(
        row, "verify", actor=actor, version=version, document_ref=document, remedied_on=remedied_on
    )


@transaction.atomic
def withdraw_fact(*, row: Row, document: str, version: int, actor: User) -> Row:
    """Withdraw a row that a later document annulled; it stays in the register and counts no more."""
    refuse_actor(actor, row.subject)
    refuse_document(document, timezone.localdate())
    if isinstance(row, Shortcoming):
        return transitions.advance(row, "withdraw", actor=actor, version=version, document_ref=document)
    locked = _locked(row, version)
    locked.withdrawn_on, locked.withdrawal_document, locked.version = timezone.localdate(), document, version + 1
    locked.save(update_fields=["withdrawn_on", "withdrawal_document", "version"])
    record_fact(actor, "register.withdraw", locked, document=document)
    return locked


def _locked(row: Row, version: int) -> Row:
    locked = type(row).objects.select_for_update().get(pk=row.pk)
    if locked.version != version or locked.withdrawn_on:
        raise Stale(_("Somebody else has changed this row since you opened it."))
    return locked


def not_yours() -> str:
    """Why somebody else states no facts."""
    return _("Only the inspection body and the officers enter facts into the register.")


def refuse_actor(actor: User, subject: Subject) -> None:
    """Raise `Forbidden` for who states no facts, states them about himself, or does not reach the subject."""
    if roles.STATE_FACTS not in access.viewer_of(actor, fresh=True).rights:
        raise Forbidden(not_yours())
    if isinstance(subject, Person) and (reason := reason_of_own(subject.pk, actor)):
        raise Forbidden(reason)
    if not subjects_of(actor, FIELD_OF[type(subject)]).filter(pk=subject.pk).exists():
        raise Forbidden(_("%s is outside what you keep the register of.") % subject)


def refuse_document(document: str, day: date, *, field: str = "document_on") -> None:
    """Raise `Refusal` where no document is given, or one of a day to come."""
    if not document.strip():
        raise Refusal(_("Give the number and date of the document: nothing is a fact without one."), field="document")
    if day > timezone.localdate():
        raise Refusal(_("The date of the document lies in the future."), field=field)


def _refuse_year(year: int | None, document_on: date) -> None:
    if year is not None and not document_on.year - YEARS_BACK <= year <= document_on.year + 1:
        raise Refusal(
            _("Between ten years before the document and the year after it: the year in which the matter is counted."),
            field="counted_year",
        )


def record_fact(actor: User, action: str, row: Row, **facts: object) -> None:
    """Append the act to the history; the content goes apart, where it can be read by those alone who may."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        facts=facts,
        texts={"text": row.text},
    )
