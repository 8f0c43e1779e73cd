"""Write one result: add, complete, attach evidence, withdraw; the superior answers about the cause."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.views.writing import KeptWriteView
from orgs.views.acts import read_version
from registrations.forms.results import results as forms
from registrations.models import YearResult
from registrations.selectors.results import results as selectors
from registrations.selectors.results.criteria import criteria_for
from registrations.services.results import causes
from registrations.services.results import results as services

FILES = "multipart/form-data"


def page_of(row: YearResult) -> str:
    """The page of a result."""
    return reverse("registrations:result_detail", args=[row.uuid])


class ResultCreateView(KeptWriteView):
    """Add a result: the two fields of the list come here too, and whatever else is filled in."""

    template_name = "registrations/result_form.html"
    form_class = forms.ResultForm
    act_name = "result.add"
    done = gettext_lazy("Kept. Document, due day and evidence can be added at any time.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The collectives for which I write, and the criteria that measure me today."""
        user = self.request.user
        criteria = criteria_for(user.person, timezone.localdate()) if user.person_id else ()
        return {**super().get_form_kwargs(), "collectives": selectors.collectives_of(user), "criteria": criteria}

    def get_initial(self) -> dict[str, Any]:
        """Today."""
        return {"done_on": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        shown = {"title": _("Add a result"), "cancel_url": reverse("registrations:result_list"), "form_enctype": FILES}
        return super().get_context_data(**(shown | kwargs))

    def write(self, form: forms.ResultForm) -> str:
        """Add it; back to the list, where the next one can be typed."""
        subject = form.cleaned_data.get("collective") or self.request.user.person
        if subject is None:
            raise PermissionDenied(_("This account belongs to nobody who could have results."))
        services.add_result(
            subject=subject, words=form.words, actor=self.request.user, uploads=form.cleaned_data["files"]
        )
        return reverse("registrations:result_list")


class OneResultView(KeptWriteView):
    """A page with one form about a result of my own."""

    template_name = "registrations/result_act.html"
    title: Any = ""
    submit_label: Any = ""
    enctype = ""

    @cached_property
    def row(self) -> YearResult:
        """The result: 404 when I do not read it, 403 when I do not write here."""
        rows: QuerySet[YearResult] = selectors.visible_to(self.request.user).select_related(
            *selectors.RELATED, "measured_by"
        )
        row = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if reason := self.reason_against(row):
            raise PermissionDenied(reason)
        return row

    def reason_against(self, row: YearResult) -> str:
        """Why I do not write here; empty when I do."""
        if row.withdrawn_at:
            return _("This result was withdrawn.")
        if selectors.writes(self.request.user, row.subject):
            return ""
        return _("Results are written by who reached them; those of a collective by who writes for it.")

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The right is asked before the form is drawn."""
        self.row  # noqa: B018
        return super().get(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The result; its version goes with the form."""
        shown = {"row": self.row, "document": self.row, "title": self.title, "cancel_url": page_of(self.row)}
        shown |= {"form_enctype": self.enctype, "submit_label": self.submit_label}
        return super().get_context_data(**(shown | kwargs))

    def write(self, form: BaseForm) -> str:
        """Carry it out, and back to the result."""
        self.carry_out(form.cleaned_data)
        return page_of(self.row)

    def carry_out(self, values: dict[str, Any]) -> None:
        """The act."""
        raise NotImplementedError


class ResultEditView(OneResultView):
    """Complete or mend it."""

    template_name = "registrations/result_form.html"
    form_class = forms.ResultForm
    act_name = "result.update"
    title = gettext_lazy("Complete the result")
    enctype = FILES

    def get_form_kwargs(self) -> dict[str, Any]:
        """The criteria that measured its subject on its day."""
        row = self.row
        day = row.done_on or row.planned_on or timezone.localdate()
        criteria = criteria_for(row.subject, day)
        kept = "" if row.measured_by in criteria else row.criterion
        return {**super().get_form_kwargs(), "criteria": criteria, "kept": kept}

    def get_initial(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.row, name) for name in services.FIELDS}

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """With what is chosen, where there is something to choose from."""
        form = super().get_form(form_class)
        if form.criteria:
            form.initial["criterion"] = forms.KEPT if form.kept else str(getattr(self.row.measured_by, "uuid", ""))
        return form

    def write(self, form: forms.ResultForm) -> str:
        """Write it."""
        services.update_result(
            row=self.row,
            words=form.words,
            version=self.version,
            actor=self.request.user,
            uploads=form.cleaned_data["files"],
        )
        return page_of(self.row)


class ResultEvidenceView(OneResultView):
    """Attach one file."""

    form_class = forms.ResultEvidenceForm
    act_name = "result.evidence"
    title = submit_label = gettext_lazy("Attach evidence")
    enctype = FILES

    def carry_out(self, values: dict[str, Any]) -> None:
        """Keep it."""
        services.attach_result_evidence(
            row=self.row, upload=values["file"], version=self.version, actor=self.request.user
        )


class ResultWithdrawView(OneResultView):
    """Take it out of the count."""

    form_class = forms.ResultWithdrawForm
    act_name = "result.withdraw"
    title = submit_label = gettext_lazy("Withdraw the result")

    def carry_out(self, values: dict[str, Any]) -> None:
        """Withdraw it."""
        services.withdraw_result(row=self.row, reason=values["reason"], version=self.version, actor=self.request.user)


class ResultCauseView(OneResultView):
    """The superior answers whether the cause was objective."""

    form_class = forms.CauseForm
    act_name = "result.cause"
    title = submit_label = gettext_lazy("Answer about the cause")

    def reason_against(self, row: YearResult) -> str:
        """Only the superior, and only where a cause is named."""
        if row.withdrawn_at:
            return _("This result was withdrawn.")
        return selectors.reason_against_answering(self.request.user, row)

    def carry_out(self, values: dict[str, Any]) -> None:
        """Answer."""
        causes.answer_cause(
            row=self.row,
            is_objective=values["is_objective"] == "yes",
            answer=values["answer"],
            document=values["document"],
            version=self.version,
            actor=self.request.user,
        )
