"""The bodies and files of a draft that is to be studied: picked by kind, line and level, taken off again."""

from functools import cached_property

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
from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.reaching import dissemination_drafts as services
from criteria.views.writing import refuse_unless_draft
from orgs.models import Unit
from orgs.selectors.keyset import PAGE
from orgs.views.acts import carry_out, read_uuids, read_version


@method_decorator(never_cache, name="dispatch")
class DraftView(View):
    """What these pages share: the draft that I edit."""

    @cached_property
    def dissemination(self) -> Dissemination:
        """The draft in the address; visible but not mine to edit is 403."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row


class DisseminationBodiesView(DraftView):
    """Whom it goes to by now, and the bodies by what the address asks for."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        known = selectors.bodies_of(self.dissemination)
        ids = set(known.order_by().values_list("pk", flat=True))
        pages = Paginator(known, PAGE)
        pages.count = len(ids)
        context = {
            "title": _("Whom it goes to"),
            "dissemination": self.dissemination,
            "page_obj": pages.get_page(request.GET.get("page")),
            **picking.page_of(request.GET, known=ids),
        }
        return render(request, "criteria/dissemination_bodies.html", context)


class DraftActView(DraftView):
    """POST: one act on the draft, once, and back to where it was asked for."""

    http_method_names = ["post"]
    destination = "criteria:dissemination_bodies"

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Carry it out; a refusal is said on the page that follows."""
        row = self.dissemination
        return carry_out(
            request,
            action=f"{self.__class__.__name__}.{row.uuid}",
            act=lambda: self.act(row, read_version(request.POST.get("version", ""))),
            back=lambda: reverse(self.destination, args=[row.uuid]),
        )

    def act(self, row: Dissemination, version: int) -> str:
        """The act itself."""
        raise NotImplementedError


class DisseminationBodyAddView(DraftActView):
    """Address the ticked bodies, or everything that the filter finds."""

    def act(self, row: Dissemination, version: int) -> str:
        """Address them."""
        bodies = picking.units_of(self.request.POST, self.request.GET)
        made = len(services.add_bodies(dissemination=row, bodies=bodies, version=version, actor=self.request.user))
        messages.success(self.request, ngettext("%(n)s body added.", "%(n)s bodies added.", made) % {"n": made})
        return ""


class DisseminationBodyRemoveView(DraftActView):
    """Take the ticked bodies off."""

    def act(self, row: Dissemination, version: int) -> str:
        """Take them off."""
        ticked = read_uuids(self.request.POST.getlist("unit"))
        bodies = list(Unit.objects.without_tree_fields().filter(uuid__in=ticked))
        gone = services.remove_bodies(dissemination=row, bodies=bodies, version=version, actor=self.request.user)
        messages.success(self.request, ngettext("%(n)s body taken off.", "%(n)s bodies taken off.", gone) % {"n": gone})
        return ""


class MaterialRemoveView(DraftActView):
    """Take a file off what is to be studied."""

    destination = "criteria:dissemination_detail"

    def act(self, row: Dissemination, version: int) -> str:
        """Take it off; a file of another record is 404."""
        file = get_object_or_404(selectors.materials_of(row), uuid=self.kwargs["file"])
        services.remove_material(dissemination=row, file=file, version=version, actor=self.request.user)
        messages.success(self.request, _("“%(file)s” was taken off.") % {"file": file.name})
        return ""
