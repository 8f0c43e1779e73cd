"""One POST address for every plain move of a workflow document."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views import View

from orgs.models import Forbidden, Refusal, Stale
from orgs.models.documents import WorkflowDocument
from orgs.services import idempotency, transitions
from orgs.views import errors


class ActView(View):
    """POST only: carries out the move named in the address, once, and goes back to the document.

    A subclass answers `documents()` (what the user may see) and `destination(document)`; `data()` may add arguments for
    the consequence. The form sends version, idempotency_key and, where the move needs them, note and document_ref.
    """

    http_method_names = ["post"]

    def documents(self) -> QuerySet:
        """The documents that the user may see."""
        raise NotImplementedError

    def destination(self, document: WorkflowDocument) -> str:
        """Where the user goes afterwards."""
        raise NotImplementedError

    def data(self, document: WorkflowDocument) -> dict[str, Any]:
        """More arguments for the consequence of the move."""
        return {}

    def post(self, request: HttpRequest, uuid: str, move: str) -> HttpResponse:
        """Carry out `move`; a refusal is shown beside the document, a stale click as 409, the wrong person as 403."""
        document = get_object_or_404(self.documents(), uuid=uuid)
        return carry_out(
            request,
            action=f"{document.workflow_name}.{move}.{document.uuid}",
            act=lambda: self._advance(document, move),
            back=lambda: self.destination(document),
            done=_("Done."),
        )

    def _advance(self, document: WorkflowDocument, move: str) -> str:
        post = self.request.POST
        moved = transitions.advance(
            document,
            move,
            actor=self.request.user,
            version=read_version(post.get("version", "")),
            note=post.get("note", ""),
            document_ref=post.get("document_ref", ""),
            **self.data(document),
        )
        return moved.state


def carry_out(
    request: HttpRequest, *, action: str, act: Callable[[], str], back: Callable[[], str], done: str = ""
) -> HttpResponse:
    """Carry out the act of a form without a page of its own, once however often it arrives, and go `back`.

    A refusal is said on the page that follows, with what was typed; a stale form is 409, the wrong person 403. `act`
    answers a reference; without `done` it says itself what it did.
    """
    try:
        idempotency.carry_out_once(
            key=request.POST.get("idempotency_key", ""),
            user=request.user,
            action=action,
            body=request.POST,
            act=act,
        )
    except (Stale, Forbidden) as refusal:
        return errors.refused(request, refusal)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        for text in errors.typed_in(request):
            messages.info(request, _("What you typed: %s") % text)
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(back())


def read_uuids(values: Iterable[str]) -> list[UUID]:
    """The ids among `values` as a form sent them; what is none is left out."""
    found = []
    for value in values:
        with suppress(ValueError):
            found.append(UUID(value))
    return found


def read_version(text: str) -> int:
    """The version a form carried; a form without one is refused as stale."""
    if not text.isdecimal():
        raise Stale(_("The form carries no version. Open the page again."))
    return int(text)
