"""Registrations: the own ones and those one receives, one of them with its works and plan, its acts, its paper."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, ListView

from criteria.views.writing import WriteView, acts_of
from orgs.documents import render_docx
from orgs.models.names import fold
from orgs.selectors.files import Shelf, has_pen_on, versions_of, with_pen
from orgs.selectors.roles_held import roles_held, with_roles
from orgs.services.versions import Paper
from orgs.views.acts import ActView
from orgs.views.papers import PaperView
from registrations.forms.works import registrations as forms
from registrations.models import Registration, WorkKind
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import standing, works
from registrations.selectors.works.routing import Route
from registrations.services.works import registrations as services
from registrations.services.works.papers import registration_paper
from registrations.workflow import REGISTERING

ACTS = {move: f"registrations:registration_{move}" for move in ("send", "receive", "return", "take_back", "withdraw")}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RegistrationListView(ListView):
    """What I register, and below it the registrations that I receive, follow or lead."""

    template_name = "registrations/registration_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Registration]:
        """Those of others, filtered by the address."""
        asked, rows = self.request.GET, selectors.of_others(self.request.user)
        if text := asked.get("q", "").strip():
            rows = rows.filter(person__search__contains=fold(text)) | rows.filter(unit__search__contains=fold(text))
        if asked.get("year", "").isdecimal():
            rows = rows.filter(year=int(asked["year"][:4]))
        return rows.filter(state=asked["state"]) if asked.get("state") else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """My own, and what the address filters."""
        user = self.request.user
        return super().get_context_data(
            title=_("Hard and new work"),
            own=selectors.own_of(user)[:10],
            may_register=bool(user.person_id) or selectors.collectives_of(user).exists(),
            leads=standing.leads_anybody(user),
            has_board=standing.board_is_open(),
            filter_form=forms.RegistrationFilterForm(self.request.GET or None),
            **kwargs,
        )


class RegistrationCreateView(WriteView):
    """Begin a registration: for which year, in whose name."""

    template_name = "registrations/registration_start.html"
    form_class = forms.RegistrationStartForm
    act_name = "registration.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The years that are open, the collectives for which I write."""
        user = self.request.user
        return {
            **super().get_form_kwargs(),
            "years": selectors.years_open(timezone.localdate()),
            "collectives": selectors.collectives_of(user),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where it would go, before anything is written."""
        person = self.request.user.person
        route = selectors.route_of(person, timezone.localdate()) if person else None
        return super().get_context_data(
            title=_("Register hard or new work"),
            route=route,
            cancel_url=reverse("registrations:registration_list"),
            submit_label=_("Begin to write"),
            **kwargs,
        )

    def get_initial(self) -> dict[str, Any]:
        """This year."""
        return {"year": timezone.localdate().year}

    def write(self, form: BaseForm) -> str:
        """Make the draft and go on to it."""
        subject = form.cleaned_data.get("collective") or self.request.user.person
        if subject is None:
            raise PermissionDenied(_("This account belongs to nobody who could register."))
        row = services.create_registration(subject=subject, year=form.cleaned_data["year"], actor=self.request.user)
        return reverse("registrations:registration_detail", args=[row.uuid])


@method_decorator(never_cache, name="dispatch")
class RegistrationDetailView(DetailView):
    """One registration: where it goes and why, its works in two parts, the plan in two halves, the acts, the paper."""

    template_name = "registrations/registration_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "registration"

    def get_queryset(self) -> QuerySet[Registration]:
        """What I may read."""
        user = self.request.user
        return with_pen(with_roles(selectors.visible_to(user), user), user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the viewer's side shows."""
        row, user = self.object, self.request.user
        held = roles_held(row)
        is_own = bool(held & REGISTERING)
        may_write, parts = is_own and row.state in selectors.WRITABLE, self._parts()
        gaps = selectors.gaps_of(row) if may_write else []
        return super().get_context_data(
            title=selectors.year_title(row),
            parts=parts,
            halves=selectors.plan_of(row),
            route=self.route,
            is_own=is_own,
            may_write=may_write,
            gaps=gaps,
            acts=acts_of(row, user, ACTS, held=held, listed_above=bool(gaps), questions=self._questions()),
            shelf=self._shelf(),
            **kwargs,
        )

    @cached_property
    def route(self) -> Route | None:
        """Where it goes, read once for the page, its questions and the guard of sending."""
        row = self.object
        # What was taken out before it was sent goes nowhere any more.
        gone = row.state == selectors.WITHDRAWN and row.sent_at is None
        found = None if gone else selectors.route_for(row)
        if row.state in selectors.WRITABLE:
            row.route_today = found
        return found

    def _parts(self) -> list[tuple[WorkKind, str, list[Any]]]:
        prefetch_related_objects([self.object], Prefetch("works", works.counted(works.in_form_order())))
        rows = list(self.object.works.all())
        return [(kind, kind.label, [row for row in rows if row.kind == kind]) for kind in WorkKind]

    def _shelf(self) -> Shelf:
        """The paper, and who has it signed."""
        row, name = self.object, str(self.object.uuid)
        return Shelf(
            title=_("The form on paper"),
            address=reverse("registrations:registration_paper", args=[row.uuid]),
            versions=tuple(versions_of(selectors.LABEL, name)) if row.sent_at else (),
            may_produce=row.sent_at is not None and has_pen_on(self.request.user, row),
        )

    def _questions(self) -> dict[str, str]:
        whom = self.route.destination if self.route else ""
        return {
            "send": _("Send the registration to %(whom)s?") % {"whom": whom},
            "receive": _("Receive the registration of %(who)s? Its works enter the catalogue.") % {"who": self.object},
            "return": _("Return the registration to be mended?"),
            "take_back": _("Take the registration back to go on writing?"),
            "withdraw": _("Withdraw the registration? Nobody has to register, and nothing follows from it."),
        }


class RegistrationActView(ActView):
    """Send, receive, return, take back, withdraw."""

    def documents(self) -> QuerySet[Registration]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Registration) -> str:
        """Back to the registration."""
        return reverse("registrations:registration_detail", args=[document.uuid])


class RegistrationPaperView(PaperView):
    """The form of the letter as PDF; kept as a version to be signed once it is sent."""

    page = "registrations:registration_detail"
    name = "don-dang-ky"

    def rows(self) -> QuerySet[Registration]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def paper_of(self, document: Registration) -> Paper:
        """The form with the plan."""
        return registration_paper(document)


@method_decorator(never_cache, name="dispatch")
class RegistrationDocxView(View):
    """The same as DOCX."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The paper as it stands."""
        row = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        response = HttpResponse(render_docx(registration_paper(row).sheets[0]), content_type=DOCX)
        response.headers["Content-Disposition"] = 'attachment; filename="don-dang-ky.docx"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


class RegistrationStandingView(ListView):
    """To a head: who of his people has registered this year and who has not; nobody has to."""

    template_name = "registrations/registration_standing.html"
    paginate_by = 50
    refusal = gettext_lazy("Only the head of an agency or of a collective opens this page.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """403 with the reason for everybody else."""
        if not standing.leads_anybody(request.user):
            raise PermissionDenied(str(self.refusal))
        return super().dispatch(request, *args, **kwargs)

    @property
    def year(self) -> int:
        """The year in the address, this one without."""
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year

    def get_queryset(self) -> QuerySet:
        """Filtered by the address."""
        return standing.listed(self.request.user, year=self.year, has=self.request.GET.get("has", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The numbers above the list."""
        initial = {"year": self.year, "has": self.request.GET.get("has", "")}
        return super().get_context_data(
            title=_("Who has registered work"),
            year=self.year,
            standing=standing.standing_of(self.request.user, self.year),
            filter_form=forms.StandingFilterForm(initial=initial),
            **kwargs,
        )
