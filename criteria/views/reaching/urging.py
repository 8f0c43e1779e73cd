"""Urging: the laggards of a matter with a letter to those picked, the letter, its paper, the telephone log."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.forms.reaching.urging import CallForm, UrgingPickForm
from criteria.models import PhoneCall
from criteria.selectors.reaching import urging as selectors
from criteria.selectors.reaching.urging import Matter, Owed
from criteria.services.reaching import urging as services
from criteria.views.writing import WriteView
from orgs.models import Unit
from orgs.selectors.keyset import PAGE
from orgs.views.acts import read_uuids


class MatterView(WriteView):
    """Base of the pages about one matter: for the side that asks."""

    @cached_property
    def matter(self) -> Matter:
        """The matter in the address; visible but not mine to urge is 403."""
        found = selectors.matter_of(self.kwargs["kind"], self.kwargs["uuid"], self.request.user)
        if found is None:
            raise Http404
        if not selectors.may_urge(self.request.user, found):
            raise PermissionDenied(_("Only the body that asks urges in this matter."))
        return found

    @cached_property
    def issuers(self) -> QuerySet[Unit]:
        """In whose name I may write."""
        return selectors.issuers_for(self.request.user, self.matter)

    @cached_property
    def owed(self) -> Owed:
        """Everything that is owed, as far as I look after it."""
        return selectors.owed(self.matter, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The bodies that I may write for."""
        return {**super().get_form_kwargs(), "issuers": self.issuers}


class UrgingPickView(MatterView):
    """Who lags, with what, since when asked, last called when; those ticked get a letter."""

    template_name = "criteria/urging_pick.html"
    form_class = UrgingPickForm

    @property
    def act_name(self) -> str:
        """What the act is known by."""
        return f"urging.draft.{self.kwargs['kind']}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the laggards, and the letters written before."""
        page: Page = Paginator(self.owed, PAGE).get_page(self.request.GET.get("page"))
        page.object_list = selectors.laggards(self.matter, list(page.object_list))
        return super().get_context_data(
            title=_("Urge who lags"),
            lead=self.matter.about,
            matter=self.matter,
            page_obj=page,
            letters=selectors.letters_of(self.matter, self.request.user)[:20],
            back_url=self.matter.address,
            back_label=_("Back"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Draft the letter to those ticked and go to it."""
        given = form.cleaned_data
        ticked = {str(uuid) for uuid in read_uuids(self.request.POST.getlist("unit"))}
        units = [unit for unit, _missing in self.owed if given["everybody"] or str(unit.uuid) in ticked]
        letter = services.draft_letter(
            matter=self.matter, issuer=given["issuer"], units=units, due_on=given["due_on"], actor=self.request.user
        )
        return reverse("criteria:urging_detail", args=[letter.uuid])


class UrgingCallsView(MatterView):
    """The telephone log of one body in a matter, and one more call."""

    template_name = "criteria/urging_calls.html"
    form_class = CallForm
    act_name = "urging.call"

    @cached_property
    def unit(self) -> Unit:
        """The body in the address: one that owes something, or that was called before."""
        owing = {unit.pk for unit, _missing in self.owed}
        called = PhoneCall.objects.filter(**self.matter.fields).values("unit")
        rows = Unit.objects.without_tree_fields().filter(uuid=self.kwargs["unit"])
        found = get_object_or_404(rows)
        return found if found.pk in owing else get_object_or_404(rows.filter(pk__in=called))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it owes, who answers for it, every call so far."""
        missing = next((words for unit, words in self.owed if unit.pk == self.unit.pk), ())
        (laggard,) = selectors.laggards(self.matter, [(self.unit, missing)])
        calls = selectors.calls_of(self.matter, self.unit, self.request.user)
        return super().get_context_data(
            title=_("Telephone log: %(body)s") % {"body": self.unit},
            lead=self.matter.about,
            laggard=laggard,
            page_obj=Paginator(calls, PAGE).get_page(self.request.GET.get("page")),
            submit_label=_("Write down the call"),
            back_url=self._list(),
            back_label=_("Urge who lags"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Write the call down."""
        services.log_call(
            matter=self.matter,
            unit=self.unit,
            issuer=form.cleaned_data["issuer"],
            call=form.call(),
            actor=self.request.user,
        )
        return self.request.path

    def _list(self) -> str:
        return reverse("criteria:urging_pick", args=[self.kwargs["kind"], self.kwargs["uuid"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only about a body of this matter."""
        self.unit  # noqa: B018 - asked first: an unknown body is 404, whatever the form says
        return super().post(request, *args, **kwargs)
