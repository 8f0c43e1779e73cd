"""The moves of a document as buttons: each open or with its reason, with the fields it needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from orgs.guards import Move
from orgs.models.documents import WorkflowDocument


@dataclass(frozen=True)
class ActRow:
    """One move as templates/reviews/document_acts.html draws it."""

    name: str
    label: str
    url: str
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    is_forward: bool
    question: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether a reason must be written."""
        return "reason" in self.needs

    @property
    def needs_document(self) -> bool:
        """Whether the number and date of a document must be given."""
        return "document" in self.needs


def act_rows(
    document: WorkflowDocument, moves: Iterable[Move], *, url_name: str, forward: Iterable[str] = ()
) -> list[ActRow]:
    """`moves` as rows that post to `url_name`; those named in `forward` are the way on, the others stand aside."""
    return [
        ActRow(
            name=move.name,
            label=_(move.label),
            url=reverse(url_name, args=[document.uuid, move.name]),
            reasons=move.reasons,
            needs=move.needs,
            is_forward=move.name in forward,
            question=_question(document, move),
        )
        for move in moves
    ]


def _question(document: WorkflowDocument, move: Move) -> str:
    """Asked before a move that ends the procedure: afterwards nothing of it is changed any more."""
    if not document.workflow.state(move.target).final:
        return ""
    return _("%(act)s: “%(document)s”? It can no longer be changed afterwards.") % {
        "act": _(move.label),
        "document": document,
    }
