"""Changes after the roster date: the list, and the guided act: choose, fill in, see what will happen, confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import ListView

from criteria.models import Cycle
from criteria.selectors.rounds import cycles
from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from reviews.forms.changes import ChangeForm
from reviews.models import ChangeKind, RosterChange
from reviews.selectors.enrolling import changes
from reviews.services.enrolling.changes import foresee_change, make_change

LEADS = {
    ChangeKind.JOINER: gettext_lazy("Somebody takes up a post after the roster date: gets a review and ratings."),
    ChangeKind.MOVER: gettext_lazy("Somebody goes to another post: the new place reviews and rates, the old comments."),
    ChangeKind.LEAVER: gettext_lazy("Somebody retires, dies or leaves: the review is closed, the ratings end."),
    ChangeKind.NEW_HEAD: gettext_lazy("A collective gets another head: who chairs, who is rated last."),
}


class ChangeListView(PermissionRequiredMixin, ListView):
    """What changed after the roster date, and what followed from it."""

    permission_required = "orgs.read_people"
    permission_denied_message = gettext_lazy("Only officers, heads and inspectors open this list.")
    raise_exception = True
    template_name = "reviews/change_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[RosterChange]:
        """The changes about people in reach, of one cycle where the address names it."""
        rows = changes.listed(self.request.user)
        code = self.request.GET.get("cycle", "")
        return rows.filter(cycle__code=code) if code else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the button for a new change is shown."""
        may_change = self.request.user.has_perm("orgs.manage_people")
        cycle = cycles.current_for(self.request.user) if may_change else None
        return super().get_context_data(open_cycle=cycle, **kwargs)


class ChangeCreateView(PermissionRequiredMixin, View):
    """GET without `kind`: choose it. GET with it: the form. POST: what will happen; POST with `confirm`: the act."""

    permission_required = "orgs.manage_people"
    permission_denied_message = gettext_lazy("Only officers who keep people's records make such changes.")
    raise_exception = True

    def cycle(self) -> Cycle:
        """The cycle in the address."""
        return get_object_or_404(cycles.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Choose the kind, then fill in."""
        kind = request.GET.get("kind", "")
        if not kind:
            kinds = [(choice, choice.label, LEADS[choice]) for choice in ChangeKind]
            return render(request, "reviews/change_kinds.html", {"cycle": self.cycle(), "kinds": kinds})
        return self._form(self.cycle(), ChangeForm(kind=self._kind(kind), user=request.user))

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Show what will happen, or carry it out."""
        cycle = self.cycle()
        form = ChangeForm(request.POST, kind=self._kind(request.POST.get("kind", "")), user=request.user)
        if not form.is_valid() or "back" in request.POST:
            return self._form(cycle, form)
        try:
            if "confirm" not in request.POST:
                lines = foresee_change(cycle=cycle, asked=form.asked(), actor=request.user)
                return self._form(cycle, form, lines=lines)
            return self._carry_out(cycle, form)
        except (Stale, Forbidden, Blocked) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._form(cycle, form)

    def _carry_out(self, cycle: Cycle, form: ChangeForm) -> HttpResponse:
        idempotency.carry_out_once(
            key=self.request.POST.get("idempotency_key", ""),
            user=self.request.user,
            action=f"change.{form.kind}.{cycle.uuid}",
            body=self.request.POST,
            act=lambda: str(make_change(cycle=cycle, asked=form.asked(), actor=self.request.user).uuid),
        )
        messages.success(self.request, _("The change is recorded; below is what followed from it."))
        return HttpResponseRedirect(reverse("reviews:change_list"))

    def _form(self, cycle: Cycle, form: ChangeForm, lines: list[str] | None = None) -> HttpResponse:
        kind = ChangeKind(form.kind)
        context = {
            "cycle": cycle,
            "form": form,
            "kind": kind,
            "lead": LEADS[kind],
            "lines": lines,
            "kept": [(name, form[name].value()) for name in form.fields] if lines is not None else (),
        }
        return render(self.request, "reviews/change_create.html", context)

    def _kind(self, text: str) -> str:
        if text not in ChangeKind.values:
            raise Http404
        return text
