"""The decision board of a peer group, and the conclusion of the body that issues what stands on it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import ListView

from orgs import access, roles
from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version
from reviews.forms.deciding import ConclusionForm, ExceptionForm, PartyShareForm
from reviews.models import Conclusion, Grade, Ground, PeerGroup, Rating
from reviews.selectors.grading import boards, ratings
from reviews.services.grading import conclusions, decisions, quotas


class BoardListView(ListView):
    """The peer groups whose decisions I prepare, record or confirm."""

    template_name = "reviews/board_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[PeerGroup]:
        """Within reach, newest cycle first."""
        return boards.groups_of(self.request.user)


class BoardPage(View):
    """A page of one peer group within reach."""

    @cached_property
    def group(self) -> PeerGroup:
        """The group, 404 when out of reach."""
        rows = boards.groups_of(self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def board(self) -> boards.Board:
        """The board as it stands."""
        return boards.board_of(self.group, ratings.visible_to(self.request.user))

    def page(self, request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
        """The board with its forms; `context` may bring forms that were refused."""
        viewer = access.viewer_of(request.user)
        base = {
            "board": self.board,
            "grades": Grade.choices,
            "grounds": Ground.objects.filter(is_active=True),
            "may_record": self.group.deciding_collective_id in viewer.collectives_of(roles.RECORDER),
            "conclusion_form": ConclusionForm(),
            "exception_form": ExceptionForm(),
            "share_form": PartyShareForm(),
            "recorded": Conclusion.objects.filter(
                cycle=self.group.cycle, collective=self.group.deciding_collective, state="recorded"
            ),
            "typed": {},
            "unticked": set(),
        }
        return render(request, "reviews/board.html", base | context, status=status)

    def carry_out(self, act: Any, action: str, **context: Any) -> HttpResponse:
        """Run an act of the board once; a refusal brings the page back with everything that was typed (`context`)."""
        request = self.request
        try:
            idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"{action}.{self.group.uuid}",
                body=request.POST,
                act=act,
            )
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            status = 409 if isinstance(refusal, Stale) else 422
            return self.page(request, status=status, refusal=refusal, typed=request.POST.dict(), **context)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("reviews:board", args=[self.group.uuid]))


class BoardView(BoardPage):
    """The board: chain of grades, quota in three readings; POST puts grades before the body."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The board as it stands."""
        return self.page(request)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Put the grades of the form before the body, all or none."""
        return self.carry_out(self._set_pending, "board.pending")

    def _set_pending(self) -> str:
        changed = decisions.set_pending(choices=self._choices(), actor=self.request.user)
        return str(len(changed))

    def _choices(self) -> list[decisions.PendingChoice]:
        post = self.request.POST
        shared = post.get("ground_for_all", "").strip()
        chosen = set(post.getlist("with_ground"))
        choices = []
        for row in self.board.rows:
            key = str(row.rating.uuid)
            if row.is_open and f"grade-{key}" in post:
                own = post.get(f"ground-{key}", "").strip()
                choices.append(
                    decisions.PendingChoice(
                        rating=row.rating,
                        grade=post[f"grade-{key}"],
                        version=read_version(post.get(f"version-{key}", "")),
                        ground=shared if key in chosen and shared else own,
                        document=post.get(f"document-{key}", ""),
                    )
                )
        return choices


class BoardExceptionView(BoardPage):
    """POST: record the document of an exception from the quota."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Record it; the form comes back with its errors."""
        form = ExceptionForm(request.POST)
        if not form.is_valid():
            return self.page(request, status=422, exception_form=form)
        return self.carry_out(lambda: self._record(form), "board.exception", exception_form=form)

    def _record(self, form: ExceptionForm) -> str:
        version = read_version(self.request.POST.get("version", ""))
        row = quotas.record_exception(
            ledger=self.board.ledger, version=version, actor=self.request.user, **form.cleaned_data
        )
        return str(row.uuid)


class BoardPartyShareView(BoardPage):
    """POST: record the Party's share of excellent that the quota of this group follows."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Record it; the form comes back with its errors."""
        form = PartyShareForm(request.POST)
        if not form.is_valid():
            return self.page(request, status=422, share_form=form)
        return self.carry_out(lambda: self._record(form), "board.party_share", share_form=form)

    def _record(self, form: PartyShareForm) -> str:
        version = read_version(self.request.POST.get("version", ""))
        row = quotas.record_party_share(
            ledger=self.board.ledger, version=version, actor=self.request.user, **form.cleaned_data
        )
        return str(row.uuid)


class BoardConcludeView(BoardPage):
    """POST: record the conclusion of the body about every row that has a grade before it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Record it; the form comes back with its errors."""
        form = ConclusionForm(request.POST)
        ticked = set(request.POST.getlist("rating"))
        left_out = {str(row.rating.uuid) for row in self.board.rows} - ticked
        if not form.is_valid():
            return self.page(request, status=422, conclusion_form=form, unticked=left_out)
        return self.carry_out(lambda: self._record(form), "board.conclude", conclusion_form=form, unticked=left_out)

    def _record(self, form: ConclusionForm) -> str:
        post = self.request.POST
        chosen = set(post.getlist("rating"))
        rows: list[Rating] = [row.rating for row in self.board.rows if row.key in chosen]
        conclusion = conclusions.record_conclusion(
            cycle=self.group.cycle,
            collective=self.group.deciding_collective,
            session=conclusions.Session(**form.cleaned_data),
            ratings=rows,
            actor=self.request.user,
            seen={row.pk: read_version(post.get(f"version-{row.uuid}", "")) for row in rows},
        )
        return str(conclusion.uuid)
