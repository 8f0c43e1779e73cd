"""Write the register behind the facts sheets: each row from a document, withdrawn by a document."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Forbidden, Person, Refusal, Stale, Unit, User
from orgs.services import audit
from registrations.models import Discipline, Finding, Shortcoming
from registrations.selectors.register import subjects_of

Row = Discipline | Finding | Shortcoming
Subject = Person | Collective | Unit
FIELD_OF = {Person: "person", Collective: "collective", Unit: "unit"}


@transaction.atomic
def enter_fact(
    *, model: type[Row], subject: Subject, document: str, document_on: date, actor: User, **values: Any
) -> Row:
    """Enter a disciplinary decision, a conclusion or a named shortcoming about `subject`, from its document.

    Refuses: an actor without the right or reach, no document, a document of a day to come.
    """
    _refuse_actor(actor, subject)
    _refuse_document(document, document_on)
    row = model(
        document=document, document_on=document_on, entered_by=actor, **{FIELD_OF[type(subject)]: subject}, **values
    )
    row.save(force_insert=True)
    _record(actor, "register.enter", row, document=document, document_on=document_on)
    return row


@transaction.atomic
def remedy_shortcoming(*, row: Shortcoming, remedied_on: date, document: str, version: int, actor: User) -> Shortcoming:
    """Record that a named shortcoming was remedied, from a document."""
    _refuse_actor(actor, row.person or row.collective or row.unit)
    _refuse_document(document, remedied_on)
    locked = _locked(row, version)
    if locked.is_none:
        raise Refusal(_("This row says that nothing was named: there is nothing to remedy."))
    if remedied_on < locked.document_on:
        raise Refusal(_("It cannot be remedied before it was named."), field="remedied_on")
    locked.remedied_on, locked.remedy_document, locked.version = remedied_on, document, version + 1
    locked.save(update_fields=["remedied_on", "remedy_document", "version"])
    _record(actor, "register.remedy", locked, document=document, remedied_on=remedied_on)
    return locked


@transaction.atomic
def withdraw_fact(*, row: Row, document: str, version: int, actor: User) -> Row:
    """Withdraw a row that a later document annulled; it stays in the register and counts no more."""
    _refuse_actor(actor, row.person or row.collective or row.unit)
    _refuse_document(document, timezone.localdate())
    locked = _locked(row, version)
    locked.withdrawn_on, locked.withdrawal_document, locked.version = timezone.localdate(), document, version + 1
    locked.save(update_fields=["withdrawn_on", "withdrawal_document", "version"])
    _record(actor, "register.withdraw", locked, document=document)
    return locked


def _locked(row: Row, version: int) -> Row:
    locked = type(row).objects.select_for_update().get(pk=row.pk)
    if locked.version != version or locked.withdrawn_on:
        raise Stale(_("Somebody else has changed this row since you opened it."))
    return locked


def not_yours() -> str:
    """Why somebody else states no facts."""
    return _("Only the inspection body and the officers enter facts into the register.")


def _refuse_actor(actor: User, subject: Subject) -> None:
    if roles.STATE_FACTS not in access.viewer_of(actor, fresh=True).rights:
        raise Forbidden(not_yours())
    if isinstance(subject, Person) and (reason := reason_of_own(subject.pk, actor)):
        raise Forbidden(reason)
    if not subjects_of(actor, FIELD_OF[type(subject)]).filter(pk=subject.pk).exists():
        raise Forbidden(_("%s is outside what you keep the register of.") % subject)


def _refuse_document(document: str, day: date) -> None:
    if not document.strip():
        raise Refusal(_("Give the number and date of the document: nothing is a fact without one."), field="document")
    if day > timezone.localdate():
        raise Refusal(_("The date of the document lies in the future."), field="document_on")


def _record(actor: User, action: str, row: Row, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        facts=facts,
        texts={"text": row.text},
    )
