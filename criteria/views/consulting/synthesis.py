"""The synthesis of a consultation: how far it is, its papers, the compiled matrix, the moves to its end."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import DetailView, ListView

from criteria.forms.consulting.synthesis import MatrixFilterForm, PapersForm
from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import addressees, consultations, matrix
from criteria.selectors.consulting import synthesis as selectors
from criteria.services.consulting import carrying, submissions
from criteria.views.writing import WriteView, acts_of
from orgs.models import Forbidden, Refusal, User
from orgs.selectors.keyset import PAGE
from orgs.views import errors
from orgs.views.acts import ActView, read_version

ACTS = {
    "submit": "criteria:synthesis_submit",
    "return": "criteria:synthesis_return",
    "finish": "criteria:synthesis_finish",
}


def synthesis_acts(consultation: Consultation, user: User) -> list[dict[str, Any]]:
    """The moves of this part, going on before taking back."""
    questions = {
        "submit": _("Submit the result? No further answer is taken afterwards."),
        "return": _("Take the submission back to be mended?"),
        "finish": _("Finish? Everybody who answered is told what became of the remarks."),
    }
    acts = acts_of(consultation, user, ACTS, questions=questions)
    for act in acts:
        act["tone"] = "quiet" if act["name"] == "return" else "primary"
    return sorted(acts, key=lambda act: act["name"] == "return")


class SynthesisView(DetailView):
    """How far the answers to the remarks are, clause by clause, and the papers in which the consultation ends."""

    template_name = "criteria/synthesis_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "consultation"

    def get_queryset(self) -> QuerySet[Consultation]:
        """Those whose opinions I put together."""
        return selectors.under_synthesis(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The counts, a page of the clauses, what to look at before submitting, the papers."""
        row, user = self.object, self.request.user
        clauses = selectors.clause_rows(row)
        verdicts = sum((clause.verdicts for clause in clauses), selectors.Verdicts())
        return super().get_context_data(
            title=_("Synthesis of the opinions"),
            page_obj=Paginator(clauses, PAGE).get_page(self.request.GET.get("page")),
            progress=verdicts.progress,
            verdicts=verdicts,
            picture=consultations.picture_of(row),
            following=next((found.clause for found in clauses if found.verdicts.waiting), None),
            unchanged=[found.clause for found in clauses if found.is_taken_without_change][:PAGE],
            drafts=selectors.drafts_of(clauses),
            acts=synthesis_acts(row, user),
            shelves=selectors.shelves_of(row),
            may_edit=not row.is_final,
            back_url=reverse("criteria:consultation_detail", args=[row.uuid]),
            **kwargs,
        )


class SynthesisEditView(WriteView):
    """Signer, recipients and submission of a consultation, from its draft to its end."""

    template_name = "criteria/synthesis_edit.html"
    form_class = PapersForm
    act_name = "consultation.papers"

    @cached_property
    def consultation(self) -> Consultation:
        """One that I prepare; 403 with the reason once it has ended."""
        rows = consultations.asked_by(self.request.user)
        row = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if row.is_final:
            raise PermissionDenied(_("The consultation has ended: its papers stay as they are."))
        return row

    @property
    def back_url(self) -> str:
        """The page that the user came from: the synthesis, or the consultation before it."""
        is_closed = self.consultation.state in selectors.CLOSED
        page = "criteria:synthesis_detail" if is_closed else "criteria:consultation_detail"
        return reverse(page, args=[self.consultation.uuid])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows what is kept."""
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the page."""
        return super().get_context_data(
            title=_("Signer, recipients and submission"),
            lead=self.consultation.title,
            document=self.consultation,
            cancel_url=self.back_url,
            back_url=self.back_url,
            back_label=_("Back"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Save the words."""
        submissions.write_papers(
            consultation=self.consultation,
            words=form.words,
            actor=self.request.user,
            version=read_version(self.request.POST.get("version", "")),
        )
        return self.back_url


class SynthesisMatrixView(ListView):
    """Who was asked against the clauses: fifty bodies and forty clauses a page, the sums of all above them."""

    template_name = "criteria/synthesis_matrix.html"
    paginate_by = PAGE

    @cached_property
    def consultation(self) -> Consultation:
        """One whose opinions I put together."""
        return get_object_or_404(selectors.under_synthesis(self.request.user), uuid=self.kwargs["uuid"])

    @cached_property
    def filter_form(self) -> MatrixFilterForm:
        """The filters of the address; nonsense counts as not set."""
        form = MatrixFilterForm(self.request.GET or None)
        form.is_valid()
        return form

    def get_queryset(self) -> QuerySet[Addressee]:
        """Those asked, as the filters have it."""
        clean = getattr(self.filter_form, "cleaned_data", {})
        return matrix.bodies(self.consultation, status=clean.get("status", ""), text=clean.get("q", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The columns of this part and the rows of this page."""
        context = super().get_context_data(**kwargs)
        number = self.request.GET.get("part", "")
        part = matrix.part_of(self.consultation, int(number) if number.isdecimal() else 1)
        return context | {
            "title": _("Compiled matrix"),
            "lead": self.consultation.title,
            "consultation": self.consultation,
            "filter_form": self.filter_form,
            "part": part,
            "numbers": range(1, part.parts + 1),
            "rows": matrix.rows_of(list(context["page_obj"]), part),
            "back_url": reverse("criteria:synthesis_detail", args=[self.consultation.uuid]),
            "back_label": _("Synthesis of the opinions"),
        }


class SynthesisActView(ActView):
    """Submit the result, take it back to be mended, finish."""

    def documents(self) -> QuerySet[Consultation]:
        """What I may read: who was asked sees the consultation, and is refused with the reason."""
        return consultations.visible_to(self.request.user)

    def destination(self, document: Consultation) -> str:
        """Back to the synthesis."""
        return reverse("criteria:synthesis_detail", args=[document.uuid])


class TextCarryView(View):
    """Carry the amended wording of a text into its framework, which is still being written."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Carry it; a refusal names the clause, and nothing is half carried."""
        text = get_object_or_404(selectors.texts_of(request.user), uuid=uuid)
        try:
            changed = carrying.carry_wording(text=text, actor=request.user)
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("%(count)d criterion was changed.", "%(count)d criteria were changed.", changed)
            messages.success(request, words % {"count": changed})
        return HttpResponseRedirect(reverse("criteria:synthesis_detail", args=[text.consultation.uuid]))


class ReplyOutcomeView(DetailView):
    """What became of each remark of an addressee, once the consultation is finished."""

    template_name = "criteria/reply_outcome.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "addressee"

    def get_queryset(self) -> QuerySet[Addressee]:
        """The answers that I may read, of consultations that are finished."""
        rows = addressees.visible_to(self.request.user)
        return rows.filter(consultation__state=selectors.FINISHED, state=consultations.REPLIED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each remark with its answer and the clause as it became."""
        consultation = self.object.consultation
        rows = selectors.outcomes(self.object)
        return super().get_context_data(
            title=_("What became of your remarks"),
            lead=consultation.title,
            consultation=consultation,
            rows=[(row, selectors.changes_of(row.clause)) for row in rows],
            back_url=reverse("criteria:reply_detail", args=[self.object.uuid]),
            back_label=_("The answer"),
            **kwargs,
        )
