"""A line that was to be confirmed, confirmed by a document of the authority, or the confirmation withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria import regulation
from criteria.models import Confirmation, Regulation
from criteria.regulation import lines
from criteria.selectors.rules import confirmations as selectors
from criteria.selectors.rules.regulations import parsed
from criteria.services.rules.regulations import locked_regulation, record_regulation, refuse_unfit, write_content
from orgs.models import Refusal, User


@dataclass(frozen=True)
class Answer:
    """The document that answers: its number and day, the clause in full, and the standing that it gives the line."""

    number: str
    issued_on: date
    cites: str
    standing: str


@transaction.atomic
def confirm_line(*, row: Regulation, table: str, key: str, answer: Answer, actor: User, seen: str) -> Confirmation:
    """The line stands firm on the document and bites in cycles opened from now on.

    `seen` is `version_of` the row that the actor saw. Forbidden to anybody but an administrator, Stale when the
    text has changed since, Refusal when a cycle uses it (derive then), when nothing is open there or the text would not
    hold together.
    """
    locked = locked_regulation(row, actor=actor, seen=seen)
    _refuse_closed(locked)
    _refuse_incomplete(answer)
    if (table, key) not in [(line.table, line.key) for line in regulation.unconfirmed(parsed(locked))]:
        raise Refusal(_("This line does not wait to be confirmed."))
    before = lines.read_line(locked.content, table, key)
    content = lines.confirm(locked.content, table, key, standing=answer.standing, cites=answer.cites.strip())
    content = selectors.with_requirements(content, table, key)
    refuse_unfit(locked.key, content)
    found = Confirmation.objects.create(
        regulation=locked,
        table=table,
        key=key,
        standing=answer.standing,
        number=answer.number,
        issued_on=answer.issued_on,
        cites=answer.cites,
        line=lines.read_line(content, table, key),
        before=before,
    )
    _tell_form_rules(locked, found, is_confirmed=True)
    write_content(locked, content)
    _record(locked, "regulation.line_confirmed", actor, found)
    return found


@transaction.atomic
def withdraw_confirmation(*, confirmation: Confirmation, actor: User, seen: str) -> None:
    """The line waits again, as it read before. Only while no cycle uses the regulation; otherwise as `confirm_line`."""
    locked = locked_regulation(confirmation.regulation, actor=actor, seen=seen)
    _refuse_closed(locked)
    found = Confirmation.objects.select_for_update().get(pk=confirmation.pk)
    if found.withdrawn_at is not None:
        raise Refusal(_("This confirmation was withdrawn already."))
    content = lines.write_line(locked.content, found.table, found.key, found.before)
    content = selectors.without_requirements(content, found.key) if found.table == "rules" else content
    refuse_unfit(locked.key, content)
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    _tell_form_rules(locked, found, is_confirmed=False)
    write_content(locked, content)
    _record(locked, "regulation.confirmation_withdrawn", actor, found)


def _refuse_closed(row: Regulation) -> None:
    if row.used_at is not None:
        raise Refusal(
            _(
                "A cycle uses the regulation %(key)s: its text never changes any more. Derive a regulation from it, "
                "confirm the line there, and let it take the place of this one."
            )
            % {"key": row.key}
        )
    if row.is_draft:
        raise Refusal(_("In a draft the standing of a line is changed in the line itself."))


def _refuse_incomplete(answer: Answer) -> None:
    if answer.standing not in lines.FIRM:
        raise Refusal(_("Say what the document is: law, guidance or local."), field="standing")
    if not answer.number.strip():
        raise Refusal(_("Give the number of the document."), field="number")
    if not answer.cites.strip():
        raise Refusal(_("Give the clause on which the line rests."), field="cites")
    if answer.issued_on > timezone.localdate():
        raise Refusal(_("The document cannot be issued in the future."), field="issued_on")


def _tell_form_rules(row: Regulation, found: Confirmation, *, is_confirmed: bool) -> None:
    # The rows of forms decide; the line of the text and they say the same.
    if found.table == "person_forms":
        line: dict[str, Any] = (found.line if is_confirmed else found.before)["line"]
        row.form_rules.filter(provincial_code=found.key).update(
            is_confirmed=is_confirmed, document=line["cites"], question="" if is_confirmed else line["question"]
        )


def _record(row: Regulation, action: str, actor: User, found: Confirmation) -> None:
    facts = {
        "part": found.table,
        "line": found.key,
        "standing": found.standing,
        "document": found.number,
        "document_on": found.issued_on,
        "cites": found.cites,
    }
    record_regulation(row, action, actor=actor, **facts)
