"""What the writing pages of this floor share: one submit, once, and every refusal shown where it belongs."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from orgs import access, guards
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.models.documents import WorkflowDocument
from orgs.services import idempotency
from orgs.views import errors


class WriteView(FormView):
    """A page with one form. A subclass answers `write(form)`: carry it out, give the address to go to.

    A refusal stands in the form, with what was typed; a stale version is 409, the wrong person 403.
    """

    act_name = ""
    done = ""

    def write(self, form: BaseForm) -> str:
        """Carry out the act; answers where to go."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form that was carried out already leads where it led, though its page may be closed by now."""
        known = idempotency.reference_of(**self._sent)
        return self._done(known) if known else super().post(request, *args, **kwargs)

    @property
    def _sent(self) -> dict[str, Any]:
        return {
            "key": self.request.POST.get("idempotency_key", ""),
            "user": self.request.user,
            "action": f"{self.act_name}.{self.kwargs.get('uuid', '')}",
            "body": self.request.POST,
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Once, however often the form arrives."""
        try:
            url = idempotency.carry_out_once(**self._sent, act=lambda: self.write(form))
        except Stale as refusal:
            return self.stale(form, refusal)
        except Forbidden as refusal:
            return errors.refused(self.request, refusal)
        except Refusal as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        return self._done(url)

    def _done(self, url: str) -> HttpResponse:
        messages.success(self.request, str(self.done) or _("Done."))
        return HttpResponseRedirect(url)

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The page of a conflict."""
        return errors.refused(self.request, refusal)


class KeptWriteView(WriteView):
    """A page whose refusals are the same page with what was typed: 422, and 409 where somebody was faster."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The same page with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The same page with what was typed; saving it again is the user's own choice."""
        form.add_error(None, _("Somebody else saved this in the meantime. Compare, then save again."))
        return self.render_to_response(self.get_context_data(form=form), status=409)


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Show a refusal at the field that it names, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def refuse_unless_draft(document: WorkflowDocument, user: User) -> None:
    """PermissionDenied with the reason where `user` sees the document but cannot edit it now."""
    if document.state != document.workflow.initial.name:
        raise PermissionDenied(_("“%(document)s” is no longer a draft and does not change.") % {"document": document})
    leaving = frozenset().union(*(row.by for row in document.workflow.leaving(document.state)))
    if not access.roles_on(user, document) & leaving:
        raise PermissionDenied(_("You do not prepare this document."))


def acts_of(
    document: WorkflowDocument,
    user: User,
    names: dict[str, str],
    *,
    held: frozenset[str] | None = None,
    listed_above: bool = False,
    questions: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The moves that `user` may make, as templates/includes/confirm_act.html draws them.

    `names` gives the address name of each move; a move with reasons against it is drawn disabled, with them, or with
    a word about the list of them when the page already has it (`listed_above`). A move that needs a reason asks for it;
    `questions` are what is asked before a move, where that is not that nothing changes afterwards. `held` are the roles
    of the user on the document where the page has read them already.
    """
    above = _("What is missing stands above.") if listed_above else ""
    last_word = _("%(act)s: “%(document)s”? It can no longer be changed afterwards.")
    return [
        {
            "name": move.name,
            "label": _(move.label),
            "url": reverse(names[move.name], args=[document.uuid]),
            "reason": (above if move.reasons else "") or " ".join(move.reasons),
            "tone": "primary" if number == 0 else "quiet",
            "question": (questions or {}).get(move.name) or last_word % {"act": _(move.label), "document": document},
            "note_label": _("Reason") if "reason" in move.needs else "",
            "note_required": "reason" in move.needs,
        }
        for number, move in enumerate(_moves(document, user, held))
        if move.name in names
    ]


def _moves(document: WorkflowDocument, user: User, held: frozenset[str] | None) -> list[guards.Move]:
    return guards.moves(document, user, access.roles_on(user, document) if held is None else held)
