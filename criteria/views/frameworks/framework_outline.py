"""The outline of a framework that is written: its own page, and one address for each act on groups and criteria."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.forms.frameworks.criterion_writing import sent_of
from criteria.models import Criterion, CriterionGroup, Framework, KeptCriterion, KeptReason
from criteria.selectors.frameworks import framework_outline as selectors
from criteria.selectors.frameworks import framework_pages, frameworks, proposals
from criteria.services.frameworks import criterion_writing, framework_groups
from criteria.services.frameworks import framework_outline as services
from criteria.views.frameworks.framework_writing import conflict_page
from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.services.open_pages import NotAccepted
from orgs.views import errors
from orgs.views.acts import read_uuids


@method_decorator(never_cache, name="dispatch")
class FrameworkWriteView(View):
    """The framework as its officers write it: outline, what the check says, what was left out, the way to each act."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The page; 403 with the reason for who may read but not write."""
        related = ("parent__issuer", "managing_authority")
        framework = get_object_or_404(frameworks.visible_to(request.user).select_related(*related), uuid=uuid)
        framework_pages.refuse_unless_written(framework, request.user)
        outline = selectors.outline_of(framework)
        context = {
            "framework": framework,
            "outline": outline,
            "findings": outline.findings(),
            "missing": frameworks.what_is_missing(framework),
            "left_out": selectors.left_out(framework),
            "kept": selectors.criteria_written_by(request.user, framework),
            "proposals": proposals.shown_beside(framework),
        }
        return render(request, "criteria/framework_write.html", context)


class OutlineActView(View):
    """One act on the outline, once. What was being written when the button was pressed is saved first.

    A subclass answers `found()` (what the address names, within my reach) and `act()`: carry it out, give the address.
    """

    http_method_names = ["post"]
    act_name = ""
    done = ""

    def found(self) -> Any:
        """What the act is about, 404 out of reach."""
        raise NotImplementedError

    def act(self) -> str:
        """Carry it out; answers where to go."""
        raise NotImplementedError

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Save the text, then act; a conflict of texts comes first."""
        self.found()
        try:
            self._save_text()
            url = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"{self.act_name}.{uuid}",
                body=request.POST,
                act=self.act,
            )
        except NotAccepted as refusal:
            return conflict_page(request, refusal.kept, str(refusal))
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.back())
        if self.done:
            messages.success(request, self.done)
        return HttpResponseRedirect(url)

    def readable(self) -> Any:
        """The frameworks that I read."""
        return frameworks.visible_to(self.request.user)

    def back(self) -> str:
        """The page from which one came: the criterion that was being written, else the outline."""
        if criterion := self._written():
            return reverse("criteria:criterion_edit", args=[criterion.uuid])
        found = self.found()
        framework = found if isinstance(found, Framework) else _framework_of(found)
        return reverse("criteria:framework_write", args=[framework.uuid])

    def _written(self) -> Criterion | None:
        wanted = read_uuids([self.request.POST.get("writing", "")])
        rows = Criterion.objects.filter(uuid__in=wanted, group__framework__in=self.readable().values("pk"))
        return rows.select_related("group__framework__issuer").first()

    def _save_text(self) -> None:
        if "title" not in self.request.POST or (criterion := self._written()) is None:
            return
        sent = sent_of(self.request.POST)
        saved = criterion_writing.write_criterion(criterion=criterion, sent=sent, actor=self.request.user)
        for sentence in saved.problems.values():
            messages.warning(self.request, sentence)


def _framework_of(found: Any) -> Framework:
    return found.group.framework if isinstance(found, Criterion) else found.framework


class CriterionActView(OutlineActView):
    """An act on one criterion."""

    def found(self) -> Criterion:
        """The criterion of the address."""
        rows = Criterion.objects.filter(group__framework__in=self.readable().values("pk"))
        return get_object_or_404(rows.select_related("group__framework__issuer"), uuid=self.kwargs["uuid"])


class CriterionMoveView(CriterionActView):
    """One place up or down, or into another group: `place` is up, down, or the identity of a group."""

    act_name = "criterion.move"

    def act(self) -> str:
        """Move it, and stay where one was."""
        post = self.request.POST
        place = post.get("place", "") or post.get("group", "")
        services.move_criterion(criterion=self.found(), place=place, actor=self.request.user)
        return f"{self.back()}#outline"


class CriterionDropView(CriterionActView):
    """Leave a criterion out; it can be put back from the outline."""

    act_name = "criterion.drop"

    def found(self) -> Criterion:
        """The criterion; one that is left out already is found by what was kept of it."""
        try:
            return super().found()
        except Http404:
            rows = KeptCriterion.objects.filter(framework__in=self.readable().values("pk"), why=KeptReason.DROPPED)
            kept = get_object_or_404(rows.select_related("framework"), criterion=self.kwargs["uuid"])
            return Criterion(uuid=kept.criterion, group=CriterionGroup(framework=kept.framework))

    def act(self) -> str:
        """Leave it out and go to the outline."""
        criterion = self.found()
        services.drop_criterion(criterion=criterion, actor=self.request.user)
        messages.success(self.request, _("The criterion was left out. It can be put back below."))
        return reverse("criteria:framework_write", args=[criterion.group.framework.uuid])


class CriterionTakeOverView(CriterionActView):
    """Take over the texts of the criterion above that is chosen on the page."""

    act_name = "criterion.take_over"

    def act(self) -> str:
        """Take them over; what stood here is kept."""
        criterion, code = self.found(), self.request.POST.get("concretises", "")
        criterion_writing.take_over_texts(criterion=criterion, code=code, actor=self.request.user)
        messages.success(self.request, _("The texts of the criterion above were taken over. What stood here is kept."))
        return reverse("criteria:criterion_edit", args=[criterion.uuid])


class CriterionPutBackView(OutlineActView):
    """Put a criterion that was left out back into its group."""

    act_name = "criterion.put_back"

    def found(self) -> KeptCriterion:
        """What was kept of it."""
        rows = KeptCriterion.objects.filter(framework__in=self.readable().values("pk"), why=KeptReason.DROPPED)
        return get_object_or_404(rows.select_related("framework"), uuid=self.kwargs["uuid"])

    def act(self) -> str:
        """Put it back and go to it."""
        made = services.put_back_criterion(kept=self.found(), actor=self.request.user)
        return reverse("criteria:criterion_edit", args=[made.uuid])


class GroupActView(OutlineActView):
    """An act on one group."""

    def found(self) -> CriterionGroup:
        """The group of the address."""
        rows = CriterionGroup.objects.filter(framework__in=self.readable().values("pk"))
        return get_object_or_404(rows.select_related("framework"), uuid=self.kwargs["uuid"])


class CriterionAddView(GroupActView):
    """One more criterion in the group."""

    act_name = "criterion.add"

    def act(self) -> str:
        """Add it and go to it."""
        made = services.add_criterion(group=self.found(), actor=self.request.user)
        return reverse("criteria:criterion_edit", args=[made.uuid])


class GroupMoveView(GroupActView):
    """One place up or down."""

    act_name = "group.move"

    def act(self) -> str:
        """Move it, and stay where one was."""
        place = self.request.POST.get("place", "")
        framework_groups.move_group(group=self.found(), place=place, actor=self.request.user)
        return f"{self.back()}#outline"


class GroupDropView(GroupActView):
    """Leave out an empty group."""

    act_name = "group.drop"

    def act(self) -> str:
        """Leave it out."""
        group = self.found()
        framework_groups.drop_group(group=group, actor=self.request.user)
        return reverse("criteria:framework_write", args=[group.framework.uuid])


class RequiredTakeView(OutlineActView):
    """Begin from the framework above: take over every required criterion that nothing here concretises."""

    act_name = "framework.take_required"

    def found(self) -> Framework:
        """The framework of the address."""
        return get_object_or_404(self.readable(), uuid=self.kwargs["uuid"])

    def act(self) -> str:
        """Take them over."""
        count = services.take_required(framework=self.found(), actor=self.request.user)
        messages.success(self.request, _("Criteria taken over: %(count)s.") % {"count": count})
        return reverse("criteria:framework_write", args=[self.found().uuid])
