"""Picking whom to ask: recipient blocks of letters, bodies by kind, line and level, by hand, cadres by name."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.forms.consulting import picking
from criteria.models import Consultation
from criteria.selectors.consulting import addressing, consultations
from criteria.services.consulting import addressees as services
from criteria.views.writing import refuse_unless_draft
from orgs.views.acts import carry_out, read_uuids, read_version


@method_decorator(never_cache, name="dispatch")
class AddressingView(View):
    """What these pages share: the draft that I edit."""

    @cached_property
    def consultation(self) -> Consultation:
        """The draft in the address; visible but not mine to edit is 403."""
        row = get_object_or_404(consultations.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of the step shows."""
        return {"consultation": self.consultation, "lead": self.consultation.title, "step": "addressees", **more}


class ConsultationAddresseesView(AddressingView):
    """The third step: who is addressed by now, and the blocks of the letters with how many each would add."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        rows = self.consultation.addressees.select_related("unit", "person").order_by("block", "id")
        known = addressing.addressed(self.consultation)
        pages = Paginator(rows, 50)
        # Counted already: each is a body or a cadre.
        pages.count = sum(map(len, known))
        context = self.context(
            title=_("Whom to ask"),
            page_obj=pages.get_page(request.GET.get("page")),
            letters=addressing.matches_of(known),
        )
        return render(request, "criteria/consultation_addressees.html", context)


class AddresseePickView(AddressingView):
    """Bodies by what the address asks for, and cadres by name; how many are found stands before they are added."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        units, people = addressing.addressed(self.consultation)
        cadres = addressing.cadres_found(request.user, request.GET.get("cadre", "")).exclude(pk__in=people)
        context = self.context(
            title=_("Pick bodies and cadres"),
            cadre=request.GET.get("cadre", ""),
            cadres=cadres[: picking.SHOWN],
            **picking.page_of(request.GET, known=units),
        )
        return render(request, "criteria/addressee_pick.html", context)


class AddresseeAddView(AddressingView):
    """POST: address the ticked blocks, the ticked bodies and cadres, or everything that the filter finds."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Carry the act out and go back to where it was asked for."""
        row = self.consultation
        return carry_out(
            request,
            action=f"{self.__class__.__name__}.{row.uuid}",
            act=lambda: self.act(row, read_version(request.POST.get("version", ""))),
            back=lambda: reverse("criteria:consultation_addressees", args=[row.uuid]),
        )

    def act(self, row: Consultation, version: int) -> str:
        """Address them."""
        recipients = picking.recipients_of(self.request.user, self.request.POST, self.request.GET)
        made = services.add_addressees(
            consultation=row, recipients=recipients, version=version, actor=self.request.user
        )
        words = ngettext("%(n)s body or cadre added.", "%(n)s bodies and cadres added.", len(made)) % {"n": len(made)}
        messages.success(self.request, words)
        return ""


class AddresseeRemoveView(AddresseeAddView):
    """POST: take the ticked addressees off."""

    def act(self, row: Consultation, version: int) -> str:
        """Take them off."""
        ticked = row.addressees.filter(uuid__in=read_uuids(self.request.POST.getlist("addressee")))
        gone = services.remove_addressees(
            consultation=row, addressees=list(ticked), version=version, actor=self.request.user
        )
        words = ngettext("%(n)s body or cadre taken off.", "%(n)s bodies and cadres taken off.", gone) % {"n": gone}
        messages.success(self.request, words)
        return ""
