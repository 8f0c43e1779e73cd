"""The head of a framework on its own page: a new one, its words, its groups, what it covers."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from criteria.forms.frameworks.framework_writing import CopyForm, CoverSearchForm, GroupForm, HeadForm, NewForm
from criteria.models import CriterionGroup, Framework, FrameworkCover
from criteria.selectors.frameworks import framework_outline as selectors
from criteria.selectors.frameworks import framework_pages, frameworks
from criteria.selectors.rounds import plans as plan_selectors
from criteria.services.frameworks import framework_groups, framework_outline
from criteria.services.frameworks import framework_heads as services
from criteria.views.frameworks.framework_writing import WrittenView
from criteria.views.writing import WriteView
from orgs.models import Collective, Job, Position, Unit

KINDS = {"job": Job, "position": Position, "collective": Collective, "unit": Unit}


class FrameworkCreateView(WriteView):
    """Begin a framework of a body for which I prepare."""

    template_name = "base_form.html"
    form_class = NewForm
    act_name = "framework.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """For which bodies; who prepares for none has no such page."""
        if not plan_selectors.bodies_prepared_by(self.request.user).exists():
            raise PermissionDenied(_("You prepare documents for no body."))
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        words = {"title": _("New framework"), "submit_label": _("Begin")}
        return super().get_context_data(**words, cancel_url=reverse("criteria:framework_list"), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Make the draft and go on writing it."""
        given = form.cleaned_data
        made = services.begin_framework(
            values=form.values(), start=given["start"], source=given["source"], actor=self.request.user
        )
        return reverse("criteria:framework_write", args=[made.uuid])


class FrameworkHeadView(WrittenView):
    """Title, legal basis, parent, form, marking."""

    template_name = "criteria/framework_head.html"
    form_class = HeadForm
    act_name = "framework.head"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The framework, and whose regulations and frameworks may be chosen."""
        row = frameworks.visible_to(self.request.user).select_related("parent").get(pk=self.framework.pk)
        return {**super().get_form_kwargs(), "instance": row, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        covers = list(self.framework.covers.select_related("job", "position", "collective", "unit"))
        words = {"title": _("Head of the framework"), "covers": covers, "framework": self.framework}
        return super().get_context_data(**words, cancel_url=self.outline(), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Save it."""
        services.update_head(
            framework=self.framework, values=form.values(), before=form.before, actor=self.request.user
        )
        return self.outline()


class GroupCreateView(WrittenView):
    """One more group."""

    template_name = "base_form.html"
    form_class = GroupForm
    act_name = "group.add"

    def get_form_kwargs(self) -> dict[str, Any]:
        """A group that is not there yet."""
        return {**super().get_form_kwargs(), "instance": CriterionGroup(framework=self.framework)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(title=_("New group of criteria"), cancel_url=self.outline(), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Add it."""
        framework_groups.add_group(framework=self.framework, values=form.values(), actor=self.request.user)
        return self.outline()


class GroupEditView(WrittenView):
    """Number, title, group of the regulation and sum of one group."""

    template_name = "base_form.html"
    form_class = GroupForm
    act_name = "group.update"

    @cached_property
    def group(self) -> CriterionGroup:
        """The group of the address, where I write its framework now."""
        readable = frameworks.visible_to(self.request.user).values("pk")
        rows = CriterionGroup.objects.filter(framework__in=readable).select_related("framework__issuer")
        found = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        framework_pages.refuse_unless_written(found.framework, self.request.user)
        return found

    @property
    def framework(self) -> Framework:
        """Its framework."""
        return self.group.framework

    def get_form_kwargs(self) -> dict[str, Any]:
        """The group."""
        return {**super().get_form_kwargs(), "instance": CriterionGroup.objects.get(pk=self.group.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(title=_("Group of criteria"), cancel_url=self.outline(), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Save it."""
        framework_groups.update_group(
            group=self.group, values=form.values(), before=form.before, actor=self.request.user
        )
        return self.outline()


class CriteriaCopyView(WrittenView):
    """Copy groups and criteria from another framework into one that has none."""

    template_name = "base_form.html"
    form_class = CopyForm
    act_name = "framework.copy_criteria"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The frameworks that I read."""
        return {**super().get_form_kwargs(), "user": self.request.user, "framework": self.framework}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        words = {"title": _("Copy criteria from another framework"), "submit_label": _("Copy")}
        return super().get_context_data(**words, cancel_url=self.outline(), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Copy them."""
        framework_outline.copy_from(
            framework=self.framework, source=form.cleaned_data["source"], actor=self.request.user
        )
        return self.outline()


class FrameworkCoversView(WrittenView):
    """What the framework covers: the list, and a search for what to add."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        form = CoverSearchForm(request.GET or None)
        text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
        covers = list(self.framework.covers.select_related("job", "position", "collective", "unit"))
        covered = {(row.covered._meta.model_name, row.covered.pk) for row in covers}
        found = selectors.coverable(self.framework, text)
        context = {
            "title": _("What it covers"),
            "framework": self.framework,
            "filter_form": form,
            "covers": covers,
            "found": [
                (row._meta.model_name, row._meta.verbose_name, row)
                for row in found
                if (row._meta.model_name, row.pk) not in covered
            ],
            "is_searched": bool(text),
        }
        return render(request, "criteria/framework_covers.html", context)


class CoverAddView(WrittenView):
    """One more thing that it covers: `kind` and `covered` name it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add it."""
        table = KINDS.get(request.POST.get("kind", ""))
        wanted = request.POST.get("covered", "")
        rows = table._base_manager.filter(code=wanted) if table else Job.objects.none()
        services.add_cover(framework=self.framework, covered=get_object_or_404(rows), actor=request.user)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("criteria:framework_covers", args=[self.framework.uuid]))


class CoverDropView(View):
    """It covers this no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Take it away."""
        readable = frameworks.visible_to(request.user).values("pk")
        rows = FrameworkCover.objects.filter(framework__in=readable)
        cover = get_object_or_404(rows.select_related("framework", "job", "position", "collective", "unit"), uuid=uuid)
        framework_pages.refuse_unless_written(cover.framework, request.user)
        services.drop_cover(cover=cover, actor=request.user)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("criteria:framework_covers", args=[cover.framework.uuid]))
