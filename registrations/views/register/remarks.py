"""Running remarks: the list, on whom one may remark, making, answering and taking one back."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from criteria.views.writing import KeptWriteView
from orgs.models import Person, Stale
from orgs.views import errors
from orgs.views.acts import read_version
from registrations.forms.register.remarks import RemarkAnswerForm, RemarkForm, RemarkWithdrawForm
from registrations.models import RemarkKind, RunningRemark
from registrations.selectors.register import remarks as selectors
from registrations.services.register import remarks as services


@method_decorator(never_cache, name="dispatch")
class RemarkListView(ListView):
    """The remarks that I read: about me, mine, and about who is under me."""

    template_name = "registrations/remark_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[RunningRemark]:
        """Filtered by the address."""
        get = self.request.GET
        return selectors.listed(self.request.user, get.get("q", ""), get.get("kind", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filters as the address has them, and which rows may be answered."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        rows = [(row, selectors.may_answer(user, row), row.author_id == user.pk) for row in context["page_obj"]]
        get = self.request.GET
        return context | {"rows": rows, "kinds": RemarkKind.choices, "q": get.get("q", ""), "kind": get.get("kind", "")}


@method_decorator(never_cache, name="dispatch")
class RemarkPickView(ListView):
    """On whom I may remark."""

    template_name = "registrations/remark_pick.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Person]:
        """By name."""
        return selectors.people_to_remark(self.request.user, self.request.GET.get("q", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The collectives beside the persons."""
        bodies = selectors.collectives_to_remark(self.request.user)
        return super().get_context_data(collectives=bodies[:50], q=self.request.GET.get("q", ""), **kwargs)


class RemarkWriteView(KeptWriteView):
    """A page with one form about one remark."""

    template_name = "registrations/remark_form.html"
    title = ""

    def get_success_url(self) -> str:
        """The list."""
        return reverse("registrations:remark_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its title and the way back."""
        return super().get_context_data(title=self.title, cancel_url=self.get_success_url(), **kwargs)


class RemarkCreateView(RemarkWriteView):
    """Remark on the person or collective that the address names (`?person=uuid`)."""

    form_class = RemarkForm
    act_name = "remark.make"
    title = gettext_lazy("Remark on the work")

    @cached_property
    def subject(self) -> Model:
        """Whom the remark is about; 404 where none is named or I am not the superior."""
        found = {"person": selectors.people_to_remark, "collective": selectors.collectives_to_remark}
        for name, rows in found.items():
            if value := self.request.GET.get(name, ""):
                try:
                    return get_object_or_404(rows(self.request.user), uuid=value)
                except ValidationError:
                    raise Http404 from None
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """About whom."""
        return super().get_context_data(subject=self.subject, **kwargs)

    def write(self, form: BaseForm) -> str:
        """Make it."""
        services.make_remark(subject=self.subject, actor=self.request.user, **form.cleaned_data)
        return self.get_success_url()


class RemarkActView(RemarkWriteView):
    """An act on one remark that I read."""

    @cached_property
    def remark(self) -> RunningRemark:
        """The remark, 404 when I do not read it."""
        rows = selectors.visible_to(self.request.user).select_related("person", "collective__unit", "author__person")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The remark; its version goes with the form. 403 with the reason for who only reads it."""
        if reason := self.refusal():
            raise PermissionDenied(reason)
        remark = self.remark
        return super().get_context_data(remark=remark, document=remark, subject=remark.subject, **kwargs)

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """With what was typed; a remark that was taken back meanwhile has no page to write on."""
        return errors.refused(self.request, refusal) if self.refusal() else super().stale(form, refusal)

    def refusal(self) -> str:
        """Why this reader does not act; empty where he may."""
        return _("This remark was taken back.") if self.remark.withdrawn_at else ""


class RemarkAnswerView(RemarkActView):
    """Answer a remark about me or my collective."""

    form_class = RemarkAnswerForm
    act_name = "remark.answer"
    title = gettext_lazy("Answer the remark")

    def get_initial(self) -> dict[str, Any]:
        """The answer given before."""
        return {"answer": self.remark.answer}

    def refusal(self) -> str:
        """Only whom it is about answers."""
        is_mine = selectors.may_answer(self.request.user, self.remark)
        return super().refusal() or ("" if is_mine else _("Only whom the remark is about answers it."))

    def write(self, form: BaseForm) -> str:
        """Answer it."""
        services.answer_remark(remark=self.remark, version=self.version, actor=self.request.user, **form.cleaned_data)
        return self.get_success_url()


class RemarkWithdrawView(RemarkActView):
    """Take back a remark of my own."""

    form_class = RemarkWithdrawForm
    act_name = "remark.withdraw"
    title = gettext_lazy("Take the remark back")

    def refusal(self) -> str:
        """Only its author takes it back."""
        is_mine = self.remark.author_id == self.request.user.pk
        return super().refusal() or ("" if is_mine else _("Only who made the remark takes it back."))

    def write(self, form: BaseForm) -> str:
        """Take it back."""
        services.withdraw_remark(remark=self.remark, version=self.version, actor=self.request.user, **form.cleaned_data)
        return self.get_success_url()
