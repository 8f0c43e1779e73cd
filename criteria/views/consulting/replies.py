"""The answering side: what I am asked, and one reply with its clauses, files and acts."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, ListView

from criteria.forms.consulting.consultations import ReplyFilterForm
from criteria.models import Addressee
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations, synthesis
from criteria.views.writing import acts_of
from orgs.models import User

ACTS = {move: f"criteria:reply_{move}" for move in ("send", "prepare", "return", "reopen")}


class ReplyListView(ListView):
    """Every consultation in which I answer for a body or for myself, those still owed first."""

    template_name = "criteria/reply_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Addressee]:
        """Filtered by the address."""
        status = self.request.GET.get("status", "")
        rows = selectors.answered_by(self.request.user)
        if status == "waiting":
            return selectors.waiting_for(self.request.user)
        if status == "answered":
            rows = rows.filter(state=selectors.REPLIED)
        return rows.order_by("-consultation__due_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter as the address has it."""
        return super().get_context_data(
            title=_("Opinions asked of me"), filter_form=ReplyFilterForm(self.request.GET or None), **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class ReplyDetailView(DetailView):
    """One reply: the letter in short, the clauses with their marks, files, acts; to the asking side what was sent."""

    template_name = "criteria/reply_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "reply"

    def get_queryset(self) -> QuerySet[Addressee]:
        """What I may read."""
        return selectors.visible_to(self.request.user).select_related("replied_by__person", "entered_by__person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the side of the viewer shows."""
        reply, user = self.object, self.request.user
        held = selectors.answering_roles(user, reply)
        closed = selectors.reason_against_writing(reply, held)
        may_write, leads = not closed, selectors.leads(held, reply)
        rows = selectors.clause_rows(reply) if selectors.shows_remarks(held, reply) else []
        is_asking = consultations.asks(user, reply.consultation)
        return super().get_context_data(
            title=str(reply),
            consultation=reply.consultation,
            rows=rows,
            progress=selectors.progress_words(rows),
            is_answering=bool(held),
            is_asking=is_asking,
            may_enter=is_asking and reply.state != selectors.REPLIED,
            may_write=may_write,
            closed=closed if held and reply.state != selectors.REPLIED else "",
            acts=_acts(reply, user, held, may_write),
            agree=_agreement(reply, leads) if may_write and not any(row.asks for row in rows) else None,
            preparers=selectors.preparers_for(reply.unit, timezone.localdate()) if self._may_name(leads) else None,
            kept=selectors.kept_for(user, reply),
            **self._files(bool(rows)),
            has_outcome=reply.consultation.state == synthesis.FINISHED and reply.state == selectors.REPLIED,
            **kwargs,
        )

    def _files(self, shows_remarks: bool) -> dict[str, Any]:
        reply = self.object
        return {
            "files": selectors.files_of(reply) if shows_remarks else [],
            "letter_files": consultations.files_of(reply.consultation),
        }

    def _may_name(self, leads: bool) -> bool:
        reply = self.object
        return leads and bool(reply.unit_id) and reply.state == selectors.ASKED


def _acts(reply: Addressee, user: User, held: frozenset[str], may_write: bool) -> list[dict[str, Any]]:
    """The moves of the user: handing on only where somebody else sends, sending only by who leads."""
    leads = selectors.leads(held, reply)
    left_out = {"send"} if not leads else {"prepare"}
    left_out |= set() if may_write else {"send", "prepare", "return"}
    questions = {
        "send": _("Send the answer of “%(body)s”? It can no longer be changed afterwards.") % {"body": reply},
        "prepare": _("Hand the answer to the head? He sends it or returns it."),
        "return": _("Return the answer to who prepared it?"),
        "reopen": _("Ask “%(body)s” to answer again? What it wrote stays as it was.") % {"body": reply},
    }
    return [row for row in acts_of(reply, user, ACTS, questions=questions) if row["name"] not in left_out]


def _agreement(reply: Addressee, leads: bool) -> dict[str, Any]:
    """The button that agrees without remarks, in one act."""
    question = (
        _("Send the answer “agreed without remarks”? It can no longer be changed afterwards.")
        if leads
        else _("Hand “agreed without remarks” to the head?")
    )
    return {
        "label": _("Agree without remarks"),
        "url": reverse("criteria:reply_agree", args=[reply.uuid]),
        "reason": "",
        "tone": "quiet",
        "question": question,
        "note_label": "",
    }
