"""Writing a draft: works in both parts, lines of the plan; each removed by one POST."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version
from registrations.forms.works import works as forms
from registrations.models import PersonalPlanLine, PlanHalf, Registration, Work, WorkKind
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.services.works import writing
from registrations.views.works.pages import RecordFormView


def reason_against_draft(registration: Registration, user: User) -> str:
    """Why `user` does not write in the registration now."""
    if not selectors.holds_pen(user, registration):
        return _("Only who registers writes here.")
    return selectors.reason_against_writing(registration)


def page_of(registration: Registration) -> str:
    """The page of a registration."""
    return reverse("registrations:registration_detail", args=[registration.uuid])


class WorkAddView(RecordFormView):
    """A work in part I or part II."""

    template_name = "registrations/work_write.html"
    form_class = forms.WorkForm
    act_name = "work.add"

    def rows(self) -> QuerySet[Registration]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def reason_against(self, record: Registration, user: User) -> str:
        """Only a draft in one's own hand."""
        return reason_against_draft(record, user)

    def page_of(self, record: Registration) -> str:
        """Back to the registration."""
        return page_of(record)

    @property
    def kind(self) -> str:
        """The part of the form; 404 for one that it does not have."""
        if self.kwargs["kind"] not in WorkKind.values:
            raise Http404
        return self.kwargs["kind"]

    @property
    def is_unfinished(self) -> bool:
        """Whether it is kept with its gaps."""
        return "unfinished" in self.request.POST

    def get_form_kwargs(self) -> dict[str, Any]:
        """The fields of the part."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The part as the heading."""
        return super().get_context_data(**({"title": WorkKind(self.kind).label} | kwargs))

    def write(self, form: BaseForm) -> str:
        """Add it."""
        writing.add_work(
            registration=self.record,
            kind=self.kind,
            values=form.cleaned_data,
            actor=self.request.user,
            is_unfinished=self.is_unfinished,
        )
        return page_of(self.record)


class WorkEditView(WorkAddView):
    """A work of a draft."""

    act_name = "work.edit"

    def rows(self) -> QuerySet[Work]:
        """What I may read."""
        return works.visible_to(self.request.user)

    def reason_against(self, record: Work, user: User) -> str:
        """Only a draft in one's own hand."""
        return reason_against_draft(record.registration, user)

    def page_of(self, record: Work) -> str:
        """Back to the registration."""
        return page_of(record.registration)

    @property
    def kind(self) -> str:
        """The part in which it stands."""
        return self.record.kind

    def get_initial(self) -> dict[str, Any]:
        """The work as it stands."""
        return {name: getattr(self.record, name) for name in writing.FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way to take it out."""
        return super().get_context_data(**({"work": self.record} | kwargs))

    def write(self, form: BaseForm) -> str:
        """Write it."""
        writing.update_work(
            work=self.record,
            values=form.cleaned_data,
            version=self.version,
            actor=self.request.user,
            is_unfinished=self.is_unfinished,
        )
        return page_of(self.record.registration)


class PlanLineAddView(WorkAddView):
    """A line of the personal plan in one of its halves."""

    template_name = "registrations/work_form.html"
    form_class = forms.PlanLineForm
    act_name = "plan_line.add"

    @property
    def kind(self) -> str:
        """The half; 404 for one that the plan does not have."""
        if self.kwargs["half"] not in PlanHalf.values:
            raise Http404
        return self.kwargs["half"]

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the register names and the plan does not have yet."""
        kwargs = super().get_form_kwargs()
        del kwargs["kind"]
        return {**kwargs, "half": self.kind, "shortcomings": selectors.shortcomings_to_plan(self.record)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The half as the heading."""
        return RecordFormView.get_context_data(self, **({"title": PlanHalf(self.kind).label} | kwargs))

    def write(self, form: BaseForm) -> str:
        """Add it."""
        writing.add_plan_line(registration=self.record, half=self.kind, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record)


class PlanLineEditView(PlanLineAddView):
    """One line of the plan."""

    act_name = "plan_line.edit"

    def rows(self) -> QuerySet[PersonalPlanLine]:
        """What I may read."""
        return works.lines_visible_to(self.request.user)

    def reason_against(self, record: PersonalPlanLine, user: User) -> str:
        """Only a draft in one's own hand."""
        return reason_against_draft(record.registration, user)

    def page_of(self, record: PersonalPlanLine) -> str:
        """Back to the registration."""
        return page_of(record.registration)

    @property
    def kind(self) -> str:
        """The half in which it stands."""
        return self.record.half

    def get_form_kwargs(self) -> dict[str, Any]:
        """What it is linked to stays as it is."""
        kwargs = RecordFormView.get_form_kwargs(self)
        none = selectors.shortcomings_to_plan(self.record.registration).none()
        return {**kwargs, "half": self.kind, "shortcomings": none}

    def get_initial(self) -> dict[str, Any]:
        """The line as it stands."""
        return {name: getattr(self.record, name) for name in ("text", "measure", "due_on")}

    def write(self, form: BaseForm) -> str:
        """Write it."""
        writing.update_plan_line(line=self.record, version=self.version, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record.registration)


class WorkRemoveView(View):
    """POST: take a work out of a draft."""

    http_method_names = ["post"]
    done: Any = gettext_lazy("The work was taken out.")

    def rows(self) -> QuerySet:
        """What I may read."""
        return works.visible_to(self.request.user)

    def remove(self, row: Any) -> None:
        """Take it out."""
        version = read_version(self.request.POST.get("version", ""))
        writing.remove_work(work=row, version=version, actor=self.request.user)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Carry it out once and go back to the registration."""
        key, action = request.POST.get("idempotency_key", ""), f"{self.__class__.__name__}.{uuid}"
        asked = {"key": key, "user": request.user, "action": action, "body": request.POST}
        if known := idempotency.reference_of(**asked):
            return HttpResponseRedirect(known)
        row = get_object_or_404(self.rows(), uuid=uuid)
        url = page_of(row.registration)
        try:
            idempotency.carry_out_once(**asked, act=lambda: self.remove(row) or url)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(self.done))
        return HttpResponseRedirect(url)


class PlanLineRemoveView(WorkRemoveView):
    """POST: take a line out of the plan of a draft."""

    done = gettext_lazy("The line was taken out.")

    def rows(self) -> QuerySet[PersonalPlanLine]:
        """What I may read."""
        return works.lines_visible_to(self.request.user)

    def remove(self, row: PersonalPlanLine) -> None:
        """Take it out."""
        version = read_version(self.request.POST.get("version", ""))
        writing.remove_plan_line(line=row, version=version, actor=self.request.user)
