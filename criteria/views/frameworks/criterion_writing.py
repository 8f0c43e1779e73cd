"""Writing one criterion: the page with the outline beside it, its autosave, and the page that keeps both texts."""

from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.forms.frameworks import criterion_writing as forms
from criteria.models import Criterion, Framework, KeptCriterion, KeptReason
from criteria.selectors.frameworks import framework_outline as selectors
from criteria.selectors.frameworks import framework_pages, frameworks
from criteria.selectors.frameworks.criterion_content import content_of, digest_of
from criteria.selectors.frameworks.proposals import origin_of
from criteria.services.frameworks import criterion_writing as services
from criteria.services.frameworks.criterion_writing import Saved, criterion_above
from criteria.views.frameworks.framework_writing import conflict_page
from orgs.models import Forbidden, Refusal
from orgs.services.open_pages import NotAccepted
from orgs.views import errors


@method_decorator(never_cache, name="dispatch")
class CriterionView(View):
    """What the pages of one criterion share; 404 where I do not read its framework, 403 where I do not write it."""

    @cached_property
    def criterion(self) -> Criterion:
        """The criterion of the address."""
        readable = frameworks.visible_to(self.request.user).values("pk")
        rows = Criterion.objects.filter(group__framework__in=readable).select_related(
            "group__framework__issuer", "group__framework__regulation", "group__framework__parent__issuer"
        )
        found = rows.prefetch_related("levels").filter(uuid=self.kwargs["uuid"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def framework(self) -> Framework:
        """Its framework."""
        return self.criterion.group.framework

    def address(self, name: str = "criterion_edit") -> str:
        """The address of a page of this criterion."""
        return reverse(f"criteria:{name}", args=[self.criterion.uuid])


class CriterionEditView(CriterionView):
    """The writing page; POST saves, and with the button "done" goes on to the next criterion."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        framework_pages.refuse_unless_written(self.framework, request.user)
        content = content_of(self.criterion)
        pen = getattr(self.criterion, "pen", None)
        return self.show(Saved(self.criterion, content, digest_of(content), pen.written_at if pen else None), content)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save; the text is kept whatever happens."""
        sent = forms.sent_of(request.POST)
        try:
            saved = services.write_criterion(criterion=self.criterion, sent=sent, actor=request.user)
        except NotAccepted as refusal:
            return conflict_page(request, refusal.kept, str(refusal))
        except Forbidden as refusal:
            return errors.permission_denied(request, refusal)
        if saved.problems:
            return self.show(saved, {**saved.content, **sent.content}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponseRedirect(self._next() if "done" in request.POST else self.address())

    def show(self, saved: Saved, typed: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """The outline, the criterion, the one above it, what the check says."""
        above = criterion_above(self.framework, saved.content["concretises"])
        beside = selectors.beside(saved.criterion, above)
        fields = forms.Fields(self.framework, saved.criterion, typed, problems=saved.problems, above=beside)
        context = {
            "framework": self.framework,
            "criterion": saved.criterion,
            "version": saved.version,
            "head": fields.head(),
            "link": fields.link(),
            "levels": fields.levels(),
            "errors": forms.error_rows(fields.every()) if saved.problems else [],
            "above": above,
            "saved_text": saved_words(saved),
            **self._beside(saved.criterion),
        }
        return render(self.request, "criteria/criterion_edit.html", context, status=status)

    def _beside(self, criterion: Criterion) -> dict[str, object]:
        outline = selectors.outline_of(self.framework, criterion)
        kept = selectors.criteria_written_by(self.request.user, self.framework)
        return {
            "outline": outline,
            "findings": selectors.findings_of(outline.result, criterion),
            "kept": kept.filter(criterion=criterion.uuid),
            "origin": origin_of(self.framework, criterion.uuid),
            "others": [row.group for row in outline.groups if row.group.pk != criterion.group_id],
        }

    def _next(self) -> str:
        rows = list(Criterion.objects.filter(group__framework=self.framework).order_by("group__order", "order"))
        place = rows.index(self.criterion) + 1
        if place == len(rows):
            return reverse("criteria:framework_write", args=[self.framework.uuid])
        return reverse("criteria:criterion_edit", args=[rows[place].uuid])


def saved_words(saved: Saved) -> str:
    """When the text was saved on these pages; what came from elsewhere is saved too, without an hour."""
    if saved.at is None:
        return _("Saved") if saved.content["title"] else ""
    return _("Saved %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"}


class CriterionAutosaveView(CriterionView):
    """Answers JSON to the writing page; the contract stands in docs/templates.md. Logged out: 401 by the middleware."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> JsonResponse:
        """Save what stands on the page now, with whatever gaps."""
        sent = forms.sent_of(request.POST, is_autosave=True)
        try:
            saved = services.write_criterion(criterion=self.criterion, sent=sent, actor=request.user)
        except NotAccepted as refusal:
            url = reverse("criteria:criterion_conflict", args=[refusal.kept.uuid])
            is_over = refusal.why == KeptReason.CLOSED
            status = HTTPStatus.UNPROCESSABLE_ENTITY if is_over else HTTPStatus.CONFLICT
            return JsonResponse({"message": str(refusal), "conflict_url": url}, status=status)
        except Forbidden as refusal:
            return JsonResponse({"message": str(refusal)}, status=HTTPStatus.FORBIDDEN)
        at = timezone.localtime(saved.at) if saved.at else timezone.localtime()
        wrong = forms.error_rows(
            forms.Fields(self.framework, saved.criterion, saved.content, problems=saved.problems).every()
        )
        return JsonResponse(
            {
                "saved": _("Saved %(time)s") % {"time": f"{at:%H:%M}"},
                "version": saved.version,
                "forecast": selectors.findings_in_words(self.framework, saved.criterion),
                "message": " ".join(row["text"] for row in wrong),
            }
        )


class CriterionConflictView(View):
    """A text of one's own that was not taken: compare it with what is saved, and save one text made of both."""

    @cached_property
    def kept(self) -> KeptCriterion:
        """The kept text, 404 for anybody but its author, and once the framework is out of reach."""
        readable = frameworks.visible_to(self.request.user).values("pk")
        rows = KeptCriterion.objects.filter(user=self.request.user, framework__in=readable)
        related = ("framework__issuer", "framework__regulation", "framework__parent")
        return get_object_or_404(rows.select_related(*related), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Both texts."""
        return conflict_page(request, self.kept, "", HTTPStatus.OK)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save the text made of both; when somebody was faster again, both texts again."""
        rows = Criterion.objects.select_related("group__framework")
        criterion = get_object_or_404(rows, uuid=self.kept.criterion, group__framework=self.kept.framework_id)
        try:
            services.write_criterion(criterion=criterion, sent=forms.sent_of(request.POST), actor=request.user)
        except NotAccepted as refusal:
            return conflict_page(request, refusal.kept, str(refusal))
        except Refusal as refusal:
            return errors.refused(request, refusal)
        services.settle_kept_criterion(kept=self.kept, actor=request.user)
        return HttpResponseRedirect(reverse("criteria:criterion_edit", args=[criterion.uuid]))


class CriterionKeepSavedView(CriterionConflictView):
    """Leave the criterion as it is; the kept text is put aside, not destroyed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Put the kept text aside."""
        services.settle_kept_criterion(kept=self.kept, actor=request.user)
        name = "framework_write" if framework_pages.is_editable(self.kept.framework) else "framework_detail"
        return HttpResponseRedirect(reverse(f"criteria:{name}", args=[self.kept.framework.uuid]))
