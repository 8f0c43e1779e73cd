"""Importing a workbook in three steps: upload, look at what it would do, confirm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView

from orgs.forms.imports import XLSX, WorkbookForm
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, StoredFile, User
from orgs.resources import PersonResource, Plan, RegisterResource, UnitResource
from orgs.resources.limits import LARGEST
from orgs.resources.plans import UNCHANGED
from orgs.selectors import people, units
from orgs.selectors.keyset import PAGE
from orgs.services import files, idempotency
from orgs.views import errors


@dataclass(frozen=True)
class ImportKind:
    """A register that a workbook fills: its resource, title, the pages of its upload and its rows, what one sees.

    `is_open`: everybody brings a workbook, and the resource alone says about whom he may.
    """

    resource: type[RegisterResource]
    title: str
    upload_page: str
    list_page: str
    visible_to: Callable[[User], QuerySet]
    is_open: bool = False


KINDS = {
    "units": ImportKind(
        UnitResource, gettext_lazy("Import units"), "orgs:import_units", "orgs:units_list", units.visible_to
    ),
    "people": ImportKind(
        PersonResource, gettext_lazy("Import people"), "orgs:import_people", "orgs:people_list", people.visible_to
    ),
}
ERRORS, CHANGES, ALL = "errors", "changes", "all"


def register_kind(name: str, kind: ImportKind) -> None:
    """Let a higher floor import a register of its own through these pages."""
    KINDS[name] = kind


class ImportsPeople(PermissionRequiredMixin):
    """Only for who may import, with the resource that the address names."""

    permission_required = "orgs.import_people"
    permission_denied_message = gettext_lazy("Only an officer who keeps the register can import.")
    raise_exception = True
    kind = ""

    def has_permission(self) -> bool:
        """The right to import, but for a workbook that everybody may bring."""
        return KINDS[self.kind_here].is_open or super().has_permission()

    @property
    def kind_here(self) -> str:
        """Which register: units, people, or one of a higher floor."""
        kind = self.kind or self.kwargs.get("kind", "")
        if kind not in KINDS:
            raise Http404
        return kind

    @property
    def resource(self) -> RegisterResource:
        """The resource, reaching as far as the account does."""
        return KINDS[self.kind_here].resource(self.request.user)

    def file(self) -> StoredFile:
        """The uploaded workbook in the address, which only its owner may look at."""
        rows = StoredFile.objects.filter(
            owner=self.request.user, purpose=FilePurpose.IMPORT, object_type=f"import.{self.kind_here}"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def content(self) -> bytes:
        """The bytes of the workbook in the address."""
        return files.path_of(self.file()).read_bytes()


class ImportView(ImportsPeople, FormView):
    """Step one: the template to take, the workbook to bring."""

    template_name = "orgs/import_upload.html"
    form_class = WorkbookForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The columns, in the words of the workbook."""
        kind = self.kind_here
        resource = KINDS[kind].resource
        return super().get_context_data(
            title=KINDS[kind].title,
            kind=kind,
            columns=resource.columns,
            required=resource.required,
            form_enctype="multipart/form-data",
            **kwargs,
        )

    def form_valid(self, form: WorkbookForm) -> HttpResponse:
        """Keep the workbook if it can be read at all, then show what it would do."""
        upload = form.cleaned_data["file"]
        try:
            self.resource.read(upload.read(LARGEST + 1))
            upload.seek(0)
            kept = files.store_file(
                upload=upload,
                purpose=FilePurpose.IMPORT,
                owner=self.request.user,
                object_type=f"import.{self.kind_here}",
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("orgs:import_check", args=[self.kind_here, kept.uuid]))


class ImportCheckView(ImportsPeople, TemplateView):
    """Step two: what the workbook would do, row by row, and what is wrong with it. Writes nothing."""

    template_name = "orgs/import_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Counts, warnings, and one page of errors, of changes or of all rows."""
        kind, file = self.kind_here, self.file()
        plan = self.resource.check(self.content())
        show = self.request.GET.get("show") or (ERRORS if plan.errors else CHANGES)
        return super().get_context_data(
            title=KINDS[kind].title,
            back=reverse(KINDS[kind].upload_page),
            file=file,
            plan=plan,
            counts=plan.as_json(),
            show=show,
            page_obj=Paginator(_shown(plan, show), PAGE).get_page(self.request.GET.get("page")),
            warnings=plan.warnings[:PAGE],
            more_warnings=max(0, len(plan.warnings) - PAGE),
            **{**kwargs, "kind": kind},
        )


def _shown(plan: Plan, show: str) -> list[Any]:
    if show == ERRORS:
        return [(problem, _mending(problem.url_name)) for problem in plan.sorted_errors()]
    return [row for row in plan.rows if show == ALL or row.outcome != UNCHANGED]


def _mending(url_name: str) -> str:
    return reverse(url_name) if url_name else ""


class ImportConfirmView(ImportsPeople, View):
    """Step three: write exactly what was shown, once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, uuid: str) -> HttpResponse:
        """Carry it out; a register that has changed since is a conflict, and nothing is written."""
        file = self.file()
        try:
            idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"import.{kind}.{uuid}",
                body=request.POST.dict(),
                act=lambda: self._carry_out(file),
            )
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("orgs:import_check", args=[kind, uuid]))
        messages.success(request, _("Imported: “%s”.") % file.name)
        return HttpResponseRedirect(reverse(KINDS[kind].list_page))

    def _carry_out(self, file: StoredFile) -> str:
        confirmed = self.request.POST.get("fingerprint", "") or "none"
        plan = self.resource.carry_out(self.content(), name=file.name, confirmed=confirmed)
        if plan.errors:
            raise Refusal(_("The workbook has errors: nothing was written."))
        return str(file.uuid)


class ImportMarkedView(ImportsPeople, View):
    """The workbook with its errors marked, to be mended and sent again."""

    def get(self, request: HttpRequest, kind: str, uuid: str) -> HttpResponse:
        """Mark the errors of this moment."""
        content = self.content()
        return _workbook(self.resource.marked(content, self.resource.check(content)), f"loi-{self.file().name}")


class ImportTemplateView(ImportsPeople, View):
    """An empty workbook to fill in."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """With the drop-downs of today."""
        return _workbook(self.resource.template(), f"mau-{self.kind_here}.xlsx")


class RegisterDownloadView(ImportsPeople, View):
    """The register as the account sees it, in the columns of the import."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """A workbook that changes nothing when it is imported again."""
        visible_to = KINDS[self.kind_here].visible_to
        return _workbook(self.resource.workbook(visible_to(request.user)), f"{self.kind_here}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
