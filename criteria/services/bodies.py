"""Who may prepare for a body: asked before anything of it is written."""

from typing import TypeVar

from django.utils.translation import gettext as _

from criteria import access
from orgs.access import viewer_of
from orgs.models import Forbidden, Refusal, Stale, Unit, User
from orgs.models.documents import WorkflowDocument

Document = TypeVar("Document", bound=WorkflowDocument)


def refuse_stranger(*, actor: User, body: Unit) -> None:
    """Forbidden where `actor` prepares neither for `body` nor for everybody."""
    if not access.bodies_prepared_by(viewer_of(actor)).filter(pk=body.pk).exists():
        raise Forbidden(_("You do not prepare documents for “%(body)s”.") % {"body": body})


def locked_draft(document: Document, *, version: int) -> Document:
    """The row of `document`, locked, still a draft and as the actor saw it; Stale or Refusal otherwise."""
    row = type(document)._base_manager.select_for_update().get(pk=document.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if row.state != row.workflow.initial.name:
        raise Refusal(_("“%(document)s” is no longer a draft and does not change.") % {"document": row})
    return row
