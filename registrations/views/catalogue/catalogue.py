"""The catalogue: its list, its files, the picture over time, what is stuck."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.documents import render_pdf
from orgs.models import Unit
from orgs.selectors.keyset import PAGE
from orgs.views.downloads import workbook
from registrations.documents import catalogue as documents
from registrations.forms.catalogue import catalogue as forms
from registrations.models import Work
from registrations.selectors.catalogue import catalogue, lines, picture, reports, stuck

MOST_ON_PAPER = 1000


@method_decorator(never_cache, name="dispatch")
class CataloguePage(View):
    """A page of the catalogue: for who receives, follows, inspects or decides about registrations of others."""

    form_class = forms.CatalogueFilterForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """403 with the reason for everybody else."""
        if not catalogue.may_open(request.user):
            raise PermissionDenied(
                _("The catalogue is kept by the bodies that receive registrations. Your own works stand on your page.")
            )
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def every(self) -> QuerySet[Work]:
        """All works that the reader may see."""
        return catalogue.entered_for(self.request.user)

    @cached_property
    def form(self) -> forms.CatalogueFilterForm:
        """The filters of the address."""
        years, places = catalogue.facets_of(self.request.user)
        return self.form_class(self.request.GET or None, years=years, places=places)

    @property
    def rows(self) -> QuerySet[Work]:
        """What the address asks for."""
        return catalogue.with_obstacles(catalogue.listed(self.request.user, self.form.asked()))

    @property
    def query(self) -> str:
        """The filters for the links of the page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        return query.urlencode()

    def lines(self) -> list[str]:
        """What the filters ask for, as papers say it."""
        with override("vi"):
            return list(self.form.lines())


class CatalogueView(CataloguePage):
    """The list with its filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of it."""
        rows = catalogue.listed(request.user, self.form.asked())
        context = {
            "title": _("Catalogue of registered works"),
            "lead": _("Hard and new work that was received, whatever became of it since."),
            "page_obj": lines.paged(rows, request.GET.get("page"), PAGE),
            "filter_form": self.form,
            "query": self.query,
            "may_report": reports.may_report(request.user),
            "may_propose": catalogue.may_propose(request.user),
        }
        return render(request, "registrations/catalogue.html", context)


class CatalogueFileView(CataloguePage):
    """GET: the rows of the filters as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row, however many."""
        return workbook(documents.catalogue_workbook(self.rows, self.lines()), "danh-muc-viec-dang-ky")


class CataloguePaperView(CataloguePage):
    """GET: the same on paper."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As PDF; of what no hand could leaf through only the way out, on the list itself."""
        rows = list(self.rows[: MOST_ON_PAPER + 1])
        if len(rows) > MOST_ON_PAPER:
            words = _("More than %(most)d works do not go on paper: narrow the filters, or take the workbook.")
            messages.error(request, words % {"most": MOST_ON_PAPER})
            return HttpResponseRedirect(f"{reverse('registrations:catalogue')}?{self.query}")
        sheet = documents.catalogue_sheet(rows, self.lines(), reports.issuers_for(request.user).first())
        response = HttpResponse(render_pdf(sheet), content_type="application/pdf")
        response.headers["Content-Disposition"] = 'inline; filename="danh-muc-viec-dang-ky.pdf"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


class CataloguePictureView(CataloguePage):
    """The figures of what the filters ask for, and how it came in, was to be finished and was verified over time."""

    form_class = forms.PictureFilterForm

    def get(self, request: HttpRequest) -> HttpResponse:
        """Figures, and a table with bars."""
        rows = catalogue.filtered(self.every, self.form.asked())
        context = {
            "title": _("Registered works in figures"),
            "totals": catalogue.totals_of(rows),
            "picture": picture.picture_of(rows, self.form.counted_by()),
            "filter_form": self.form,
            "reset_url": request.path,
            "query": self.query,
        }
        return render(request, "registrations/catalogue_picture.html", context)


class CatalogueWaitPage(CataloguePage):
    """What the page and the file of what is stuck share."""

    @cached_property
    def wait_form(self) -> forms.WaitFilterForm:
        """For whom, the receiving bodies too."""
        return forms.WaitFilterForm(self.request.GET or None, bodies=stuck.bodies_of(self.waits))

    @cached_property
    def body(self) -> Unit | None:
        """The body that the address names."""
        return self.wait_form.body()

    @cached_property
    def waits(self) -> list[stuck.Wait]:
        """Every wait that the reader may see."""
        return stuck.waits_of(self.every)

    def asked_waits(self) -> list[stuck.Wait]:
        """Those for the body of the address."""
        return stuck.waiting_for(self.waits, self.body)


class CatalogueStuckView(CatalogueWaitPage):
    """What waits, for whom, for how long; the longest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list, and above it how much waits for whom."""
        page = Paginator(self.asked_waits(), PAGE).get_page(request.GET.get("page"))
        page.object_list = stuck.rows_of(list(page.object_list))
        context = {
            "title": _("What registered works wait for"),
            "page_obj": page,
            "bodies": stuck.by_body(self.waits),
            "filter_form": self.wait_form,
            "query": self.query,
            "back_url": reverse("registrations:catalogue"),
        }
        return render(request, "registrations/catalogue_stuck.html", context)


class CatalogueStuckFileView(CatalogueWaitPage):
    """GET: the same as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        lines = [f"Chờ cơ quan: {self.body.name}"] if self.body else []
        content = documents.stuck_workbook(stuck.rows_of(self.asked_waits()), lines)
        return workbook(content, "viec-dang-ky-con-vuong-mac")
