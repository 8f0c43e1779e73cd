"""The asking side of consultations: the list, the letter, the live picture, putting out and what follows."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import DetailView, ListView

from criteria.forms.consulting import consultations as forms
from criteria.models import Consultation
from criteria.selectors.consulting import addressees, pens, remarks, synthesis
from criteria.selectors.consulting import consultations as selectors
from criteria.services.consulting import consultations as services
from criteria.views.writing import WriteView, acts_of, refuse_unless_draft
from orgs import roles
from orgs.models import Forbidden, Refusal, Stale
from orgs.models.names import fold
from orgs.views import errors
from orgs.views.acts import ActView, read_version

ACTS = {move: f"criteria:consultation_{move}" for move in ("open", "close", "reopen", "withdraw")}


class ManagesConsultations(PermissionRequiredMixin):
    """Only for who prepares documents of a body."""

    permission_required = f"orgs.{roles.MANAGE_PLANS}"
    permission_denied_message = gettext_lazy("Only an officer who asks for opinions can open this page.")
    raise_exception = True


class ConsultationListView(ManagesConsultations, ListView):
    """The consultations that my bodies put out, newest first."""

    template_name = "criteria/consultation_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Consultation]:
        """Searched and filtered by the address."""
        rows = selectors.listed(self.request.user)
        if text := self.request.GET.get("q", "").strip():
            rows = rows.filter(
                Q(title__icontains=text) | Q(number__icontains=text) | Q(issuer__search__contains=fold(text))
            )
        state = self.request.GET.get("state", "")
        return rows.filter(state=state) if state else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter form as the address has it."""
        return super().get_context_data(
            title=_("Consultations"), filter_form=forms.ConsultationFilterForm(self.request.GET or None), **kwargs
        )


class ConsultationCreateView(ManagesConsultations, WriteView):
    """A new draft: in whose name, about what."""

    template_name = "criteria/consultation_edit.html"
    form_class = forms.ConsultationCreateForm
    act_name = "consultation.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("New consultation"),
            submit_label=_("Make the draft"),
            cancel_url=reverse("criteria:consultation_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Make the draft and go on to its texts."""
        row = services.create_consultation(actor=self.request.user, **form.cleaned_data)
        return reverse("criteria:consultation_texts", args=[row.uuid])


class ConsultationEditView(WriteView):
    """The letter of a draft, and the files that go with it."""

    template_name = "criteria/consultation_edit.html"
    form_class = forms.LetterForm
    act_name = "consultation.edit"

    @cached_property
    def consultation(self) -> Consultation:
        """The draft in the address; visible but not mine to edit is 403."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row

    def get_initial(self) -> dict[str, Any]:
        """The letter as it stands."""
        return {name: getattr(self.consultation, name) for name in services.LETTER}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form, the files."""
        row = self.consultation
        return super().get_context_data(
            title=_("The letter"),
            lead=row.title,
            consultation=row,
            document=row,
            files=selectors.files_of(row),
            step="letter",
            submit_label=_("Save and go to the texts"),
            cancel_url=reverse("criteria:consultation_detail", args=[row.uuid]),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Write the letter and go on to the texts."""
        services.update_letter(
            consultation=self.consultation,
            version=read_version(self.request.POST.get("version", "")),
            actor=self.request.user,
            **form.cleaned_data,
        )
        return reverse("criteria:consultation_texts", args=[self.consultation.uuid])

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The same page with what was typed; saving it again is the user's own choice."""
        form.add_error(None, _("Somebody else saved this draft in the meantime. Compare, then save again."))
        return self.render_to_response(self.get_context_data(form=form), status=409)


class ConsultationDetailView(DetailView):
    """One consultation: to the asking side a draft's steps or the live picture; to who is asked the letter."""

    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "consultation"

    def get_queryset(self) -> QuerySet[Consultation]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    @cached_property
    def is_asking(self) -> bool:
        """Whether I stand on the asking side."""
        return selectors.asks(self.request.user, self.object)

    def get_template_names(self) -> list[str]:
        """A page for each of the three."""
        if not self.is_asking:
            return ["criteria/consultation_letter.html"]
        is_draft = self.object.state == selectors.DRAFT
        return ["criteria/consultation_draft.html" if is_draft else "criteria/consultation_picture.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page of the side shows."""
        row = self.object
        more = (
            self._asked() if not self.is_asking else self._draft() if row.state == selectors.DRAFT else self._picture()
        )
        return super().get_context_data(
            title=row.title, texts=selectors.texts_of(row), files=selectors.files_of(row), **more, **kwargs
        )

    def _asked(self) -> dict[str, Any]:
        return {"replies": addressees.answered_by(self.request.user).filter(consultation=self.object).order_by("id")}

    def _draft(self) -> dict[str, Any]:
        row = self.object
        missing = selectors.what_is_missing(row)
        asked = list(row.addressees.select_related("unit", "person"))
        questions = {"open": _("Put it out to %(n)s bodies and cadres? They are told at once.") % {"n": len(asked)}}
        return {
            "missing": missing,
            "asked": asked,
            "unreachable": pens.Pens().without_anyone(asked),
            "acts": acts_of(row, self.request.user, ACTS, listed_above=bool(missing), questions=questions),
            "step": "open",
        }

    def _picture(self) -> dict[str, Any]:
        row, asked = self.object, self.request.GET
        rows = addressees.listed(row, status=asked.get("status", ""), text=asked.get("q", ""))
        page = Paginator(rows, 50).get_page(asked.get("page"))
        heats = remarks.heats_of(row)
        reopened = _("Ask again? The answers that have come stay.")
        closed = _("Begin to put the opinions together? Late answers are still taken until the synthesis is submitted.")
        return {
            "page_obj": page,
            "picture": selectors.picture_of(row),
            "filter_form": forms.PictureFilterForm(asked or None),
            "heats": heats,
            "acts": acts_of(row, self.request.user, ACTS, questions={"close": closed, "reopen": reopened}),
            "takes_answers": selectors.takes_answers(row),
            "has_synthesis": row.state in synthesis.CLOSED,
        }


class ConsultationActView(ActView):
    """Put out, close, ask again, withdraw."""

    def documents(self) -> QuerySet[Consultation]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Consultation) -> str:
        """Back to the consultation."""
        return reverse("criteria:consultation_detail", args=[document.uuid])


class ConsultationLastDayView(WriteView):
    """Another last day while answers are taken."""

    template_name = "base_form.html"
    form_class = forms.LastDayForm
    act_name = "consultation.last_day"

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation, for the asking side."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if not selectors.asks(self.request.user, row):
            raise PermissionDenied(_("Only the asking body does this."))
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        row = self.consultation
        return super().get_context_data(
            title=_("Move the last day for answers"),
            lead=row.title,
            document=row,
            cancel_url=self._page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Move it."""
        version = read_version(self.request.POST.get("version", ""))
        services.move_last_day(
            consultation=self.consultation, version=version, actor=self.request.user, **form.cleaned_data
        )
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:consultation_detail", args=[self.consultation.uuid])


class ConsultationFileAddView(View):
    """POST: a file that goes with the letter."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str, **kwargs: object) -> HttpResponse:
        """Carry the act out and go back to the letter."""
        row = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        try:
            self.act(row, read_version(request.POST.get("version", "")))
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("criteria:consultation_edit", args=[uuid]))

    def act(self, row: Consultation, version: int) -> None:
        """Keep the file."""
        upload = self.request.FILES.get("file")
        if upload is None:
            raise Refusal(_("Choose a file."))
        services.attach_letter_file(consultation=row, upload=upload, version=version, actor=self.request.user)


class ConsultationFileRemoveView(ConsultationFileAddView):
    """POST: take a file off the letter."""

    def act(self, row: Consultation, version: int) -> None:
        """Take it off; a file of another record is 404."""
        file = get_object_or_404(selectors.files_of(row), uuid=self.kwargs["file"])
        services.detach_letter_file(consultation=row, file=file, version=version, actor=self.request.user)
