"""Departures from the framework above: what differs, an exception on record, a changed text confirmed."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from criteria.forms.frameworks.frameworks import ExceptionForm, LevelConfirmationForm
from criteria.models import CriterionLevel, Framework
from criteria.selectors.frameworks import conforming, framework_pages
from criteria.selectors.frameworks import frameworks as selectors
from criteria.services.frameworks import conformities as services
from criteria.views.writing import WriteView
from orgs import access, roles
from orgs.selectors import word_differences


class FrameworkDifferenceView(DetailView):
    """What a framework changes in its earlier version, or in the framework above (`?above=1`)."""

    template_name = "criteria/framework_difference.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "framework"

    def get_queryset(self) -> QuerySet[Framework]:
        """What I may read."""
        others = ("copied_from", "parent")
        related = (f"{name}__{part}" for name in others for part in ("issuer", "regulation", "managing_authority"))
        return selectors.visible_to(self.request.user).select_related("managing_authority", *related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows by kind; 404 where there is nothing to compare with, or nothing that I may read."""
        framework = self.object
        above = bool(self.request.GET.get("above")) or framework.copied_from is None
        before = framework.parent if above else framework.copied_from
        if before is None or not selectors.visible_to(self.request.user).filter(pk=before.pk).exists():
            raise Http404
        return super().get_context_data(
            title=_("What is different"),
            before=before,
            above=above,
            parts=conforming.difference_parts(before, framework),
            **kwargs,
        )


class OfDeparture(WriteView):
    """A form about a framework that is not issued yet."""

    @cached_property
    def framework(self) -> Framework:
        """The framework of the address."""
        return self.found_framework()

    def found_framework(self) -> Framework:
        """The framework that I may read, else 404."""
        rows = selectors.visible_to(self.request.user).select_related("parent__issuer", "parent__regulation")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The framework below the title, and the way back."""
        given = {"framework": self.framework, "lead": self.framework, "cancel_url": self.page()}
        return super().get_context_data(**{**given, **kwargs})

    def page(self) -> str:
        """The framework's own page."""
        return reverse("criteria:framework_detail", args=[self.framework.uuid])


class FrameworkExceptView(OfDeparture):
    """Record the document that lets one departure stand; `code` and `path` in the address name it."""

    template_name = "criteria/framework_except.html"
    form_class = ExceptionForm
    act_name = "framework.except"

    @cached_property
    def point(self) -> conforming.Point:
        """The departure of the address; 404 where there is none such (any more)."""
        framework_pages.refuse_unless_prepared(self.framework, self.request.user)
        wanted = (self.request.GET.get("code", ""), self.request.GET.get("path", ""))
        points = conforming.points_of(self.framework, conforming.result_of(self.framework))
        found = next((row for row in points if (row.breach.code, row.breach.named) == wanted and row.may_except), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The departure, in the words of the check."""
        return super().get_context_data(title=_("Record an exception"), point=self.point, **kwargs)

    def write(self, form: BaseForm) -> str:
        """Record it."""
        breach = self.point.breach
        services.record_exception(
            framework=self.framework,
            code=breach.code,
            path=breach.named,
            actor=self.request.user,
            **form.cleaned_data,
        )
        return self.page()


class LevelConfirmView(OfDeparture):
    """The superior reads the changed text beside that of his own framework, and confirms it by a document."""

    template_name = "criteria/level_confirm.html"
    form_class = LevelConfirmationForm
    act_name = "level.confirm"

    @cached_property
    def level(self) -> CriterionLevel:
        """The level of the address."""
        rows = CriterionLevel.objects.select_related("criterion__group__framework")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def found_framework(self) -> Framework:
        """The framework of the level; only its superior confirms."""
        rows = selectors.visible_to(self.request.user).select_related("parent__issuer")
        framework = get_object_or_404(rows, pk=self.level.criterion.group.framework_id)
        if roles.SUPERIOR not in access.roles_on(self.request.user, framework):
            raise PermissionDenied(_("Only an officer of the body that issued the framework above confirms this."))
        return framework

    def get_initial(self) -> dict[str, Any]:
        """Today, and the digests of the two texts that the page shows."""
        above = conforming.text_above(self.framework, self.level)
        digests = {"text": conforming.digest_of(self.level.text), "above": conforming.digest_of(above)}
        return {"confirmed_on": timezone.localdate(), **digests}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts, word by word."""
        framework = self.framework
        above = conforming.text_above(framework, self.level)
        return super().get_context_data(
            title=_("Confirm a changed text"),
            level=self.level,
            above=above,
            pieces=word_differences.pieces(above, self.level.text),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Confirm it."""
        given = dict(form.cleaned_data)
        services.confirm_level(
            criterion=self.level.criterion,
            level=self.level.level,
            text_sha256=given.pop("text"),
            above_sha256=given.pop("above"),
            actor=self.request.user,
            **given,
        )
        return self.page()
