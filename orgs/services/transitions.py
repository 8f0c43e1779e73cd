"""The only place where a document changes its state."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, guards
from orgs.models import Blocked, Forbidden, Refusal, Stale, User
from orgs.models.documents import WorkflowDocument
from orgs.services import audit
from orgs.workflow import Transition

Consequence = Callable[..., None]
CONSEQUENCES: dict[str, Consequence] = {}
Prelude = Callable[..., None]
PRELUDES: dict[str, Prelude] = {}


def register_consequence(move: str, consequence: Consequence) -> None:
    """Make `consequence(document, actor=, note=, document_ref=, **data)` follow "workflow.move", in its transaction."""
    CONSEQUENCES[move] = consequence


def register_prelude(move: str, prelude: Prelude) -> None:
    """Let `prelude(document)` run before "workflow.move" locks its document: it locks what comes first in order."""
    PRELUDES[move] = prelude


def start(document: WorkflowDocument, workflow_name: str) -> None:
    """Put a new, unsaved document at the beginning of its workflow."""
    document.workflow_name = workflow_name
    _place(document, document.workflow.initial.name)


@transaction.atomic
def advance(
    document: WorkflowDocument,
    name: str,
    *,
    actor: User,
    version: int | None,
    note: str = "",
    document_ref: str = "",
    follows: str = "",
    **data: object,
) -> WorkflowDocument:
    """Carry out the move `name` on `document`; answers the document as it stands afterwards.

    Locks the row, compares `version` (the one the actor saw; None only for moves that follow from another locked act),
    asks the guards, changes the state, runs the consequence, appends the audit event. `follows` names the act
    ("review.close") of which the move is the consequence by rule: the right was asked there. Raises `Stale` when
    somebody was faster, `Forbidden` when the actor does not hold the pen, `Blocked` with the guards' reasons, `Refusal`
    when a needed reason or document is missing.
    """
    if prelude := PRELUDES.get(f"{document.workflow_name}.{name}"):
        prelude(document)
    row = type(document)._base_manager.select_for_update().get(pk=document.pk)
    if version is not None and row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    transition = row.workflow.transition(row.state, name)
    if transition is None:
        raise _too_late(row)
    held = access.roles_on(actor, row, among=transition.by, fresh=True)
    if not held and not follows:
        raise Forbidden(_("The act “%s” is not yours on this document.") % _(transition.label))
    _refuse_missing(transition, note=note, document_ref=document_ref)
    if reasons := guards.reasons_against(row, transition.guards, actor):
        raise Blocked(list(reasons))
    source = row.state
    _place(row, transition.target)
    row.version, row.state_since = row.version + 1, timezone.now()
    row.save(update_fields=["state", "version", "state_since"])
    if consequence := CONSEQUENCES.get(f"{row.workflow_name}.{name}"):
        consequence(row, actor=actor, note=note, document_ref=document_ref, **data)
    audit.record_event(
        actor=actor,
        action=f"{row.workflow_name}.{name}",
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        role=min(held, default=""),
        by=transition.by,
        unit_path=row.unit_path,
        facts=_facts(row, source, document_ref, follows),
        texts={"note": note},
    )
    return row


def _too_late(row: WorkflowDocument) -> Stale:
    return Stale(_("This act is no longer possible: the document is now in the state “%s”.") % _(row.state_row.label))


def _facts(row: WorkflowDocument, source: str, document_ref: str, follows: str) -> dict[str, object]:
    facts = {"from": source, "to": row.state, "version": row.version, "document": document_ref}
    return facts | ({"follows": follows} if follows else {})


def _refuse_missing(transition: Transition, *, note: str, document_ref: str) -> None:
    if "reason" in transition.needs and not note.strip():
        raise Refusal(_("Give the reason for the act “%s”.") % _(transition.label), field="note")
    if "document" in transition.needs and not document_ref.strip():
        raise Refusal(
            _("Give the number and date of the document for the act “%s”.") % _(transition.label), field="document_ref"
        )


def _place(document: WorkflowDocument, state: str) -> None:
    document.state = state
