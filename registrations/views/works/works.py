"""One work on its way: its page, notes, obstacles, directions, changes, the outcome and its verification."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, ListView

from criteria.views.writing import acts_of
from orgs.models import User
from orgs.selectors.roles_held import roles_held, with_roles
from orgs.views.acts import ActView
from registrations.forms.works import works as forms
from registrations.models import Obstacle, Work
from registrations.selectors.catalogue import catalogue
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import standing, works
from registrations.selectors.works.routing import bodies_in_line
from registrations.services.works import progress
from registrations.views.works.pages import RecordFormView
from registrations.workflow import RECEIVING, REGISTERING

ACTS = {move: f"registrations:work_{move}" for move in ("start", "keep", "consent", "decline", "hand_back", "weigh")}


# Acts that send something back are never the one that stands out.
BACKWARD = ("keep", "decline", "hand_back")


def page_of(work: Work) -> str:
    """The page of a work."""
    return reverse("registrations:work_detail", args=[work.uuid])


@method_decorator(never_cache, name="dispatch")
class WorkDetailView(DetailView):
    """A work as it was registered, and everything that happened to it since."""

    template_name = "registrations/work_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "work"

    def get_queryset(self) -> QuerySet[Work]:
        """What I may read."""
        rows = works.visible_to(self.request.user).select_related("verified_by__person")
        return with_roles(rows, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the side of the viewer shows and may do; in which roles he reads a work is as for its registration."""
        work, user = self.object, self.request.user
        held, course = roles_held(work), works.course_of(work)
        is_own = bool(held & REGISTERING)
        return super().get_context_data(
            title=work.name,
            registration=work.registration,
            course=course,
            compared=[(change, _compared(change)) for change in course.changes],
            files=course.files,
            is_own=is_own,
            may_note=is_own and work.state in works.RUNNING,
            may_report=is_own and work.state == works.UNDER_WAY,
            may_ask=is_own and (work.state in works.RUNNING or self._is_draft()),
            may_solve=work.state in works.RUNNING,
            **self._received(work, user, held),
            may_propose=work.state in works.ENTERED and catalogue.may_propose(user),
            acts=_acts(work, user, held),
            **kwargs,
        )

    def _is_draft(self) -> bool:
        return self.object.registration.state in selectors.WRITABLE

    @staticmethod
    def _received(work: Work, user: User, held: frozenset[str]) -> dict[str, Any]:
        receives = bool(held & RECEIVING)
        is_own_case = work.registration.person_id is not None and work.registration.person_id == user.person_id
        return {
            "receives": receives,
            "may_verify": receives and not is_own_case and work.state in works.REPORTED,
            "may_direct": receives and work.state in works.ENTERED,
        }


def _acts(work: Work, user: User, held: frozenset[str]) -> list[dict[str, Any]]:
    """The moves of the user; the one that rests on a document asks for it."""
    rows = acts_of(work, user, ACTS, held=held, questions=_questions(work))
    asked = {"note_name": "document_ref", "note_label": _("Number and date of the document"), "note_required": True}
    quiet = {"tone": "quiet"}
    return [
        row | asked | quiet if row["name"] == "weigh" else row | quiet if row["name"] in BACKWARD else row
        for row in rows
    ]


def _compared(change: Any) -> list[tuple[str, str, str]]:
    """(label, what stood, what shall stand) of each changed field."""
    return [
        (str(Work._meta.get_field(name).verbose_name), _shown(change.old.get(name, "")), _shown(value))
        for name, value in change.new.items()
    ]


def _shown(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def _questions(work: Work) -> dict[str, str]:
    return {
        "start": _("Start “%(work)s”?") % {"work": work.name},
        "keep": _("Take the asked change back? The work stays as it was registered."),
        "consent": _("Consent to the change? What stood before is kept."),
        "decline": _("Decline the change?"),
        "hand_back": _("Hand the work back to be reported again?"),
        "weigh": _("Record that the outcome was weighed in the rating?"),
    }


class WorkActView(ActView):
    """Start, take a change back, consent, decline, hand back, record as weighed."""

    def documents(self) -> QuerySet[Work]:
        """What I may read."""
        return works.visible_to(self.request.user)

    def destination(self, document: Work) -> str:
        """Back to the work."""
        return page_of(document)


class WorkFormView(RecordFormView):
    """A form of who registered, about a work that runs."""

    def rows(self) -> QuerySet[Work]:
        """What I may read."""
        return works.visible_to(self.request.user)

    def reason_against(self, record: Work, user: User) -> str:
        """Only while it runs, in one's own hand."""
        if not selectors.holds_pen(user, record.registration):
            return _("Only who registered the work writes about its progress.")
        return "" if record.state in works.RUNNING else progress.reason_not_running(record)

    def page_of(self, record: Work) -> str:
        """Back to the work."""
        return page_of(record)

    def get_initial(self) -> dict[str, Any]:
        """Today, wherever a day is asked for."""
        today = timezone.localdate()
        return {"noted_on": today, "found_on": today, "solved_on": today}

    def bodies(self) -> Any:
        """The bodies of the line."""
        registration = self.record.registration
        return bodies_in_line(registration, selectors.route_for(registration))


class NoteAddView(WorkFormView):
    """A progress note with its evidence."""

    form_class = forms.NoteForm
    act_name = "note.add"
    title = gettext_lazy("Note the progress")
    has_files = True

    def write(self, form: BaseForm) -> str:
        """Note it."""
        values = dict(form.cleaned_data)
        uploads = values.pop("files")
        progress.note_progress(work=self.record, actor=self.request.user, uploads=uploads, **values)
        return page_of(self.record)


class ObstacleAddView(WorkFormView):
    """An obstacle, and for whom it waits."""

    form_class = forms.ObstacleForm
    act_name = "obstacle.add"
    title = gettext_lazy("Report an obstacle")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The bodies of the line."""
        return {**super().get_form_kwargs(), "bodies": self.bodies()}

    def write(self, form: BaseForm) -> str:
        """Report it."""
        progress.report_obstacle(work=self.record, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record)


class ObstacleSolveView(WorkFormView):
    """How an obstacle was solved, by either side."""

    form_class = forms.SolutionForm
    act_name = "obstacle.solve"
    title = gettext_lazy("The obstacle is solved")

    def rows(self) -> QuerySet[Obstacle]:
        """Those of the works that I may read."""
        rows = Obstacle.objects.select_related("work__registration__person", "work__registration__collective")
        return rows.filter(work__in=works.visible_to(self.request.user).values("pk"))

    def reason_against(self, record: Obstacle, user: User) -> str:
        """Who registered, or who received."""
        registration = record.work.registration
        if selectors.holds_pen(user, registration) or selectors.receives(user, registration):
            return ""
        return _("Only who registered the work, or who received it, says that an obstacle is solved.")

    def page_of(self, record: Obstacle) -> str:
        """Back to the work."""
        return page_of(record.work)

    def write(self, form: BaseForm) -> str:
        """Write it."""
        progress.solve_obstacle(
            obstacle=self.record, version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return page_of(self.record.work)


class DirectionAddView(WorkFormView):
    """What the superior directed, by its document."""

    form_class = forms.DirectionForm
    act_name = "direction.add"
    title = gettext_lazy("Enter a direction of the superior")

    def reason_against(self, record: Work, user: User) -> str:
        """The receiving body."""
        if not selectors.receives(user, record.registration):
            return _("The receiving body enters what the superior directed.")
        return "" if record.state in works.ENTERED else progress.reason_not_running(record)

    def write(self, form: BaseForm) -> str:
        """Enter it."""
        progress.enter_direction(work=self.record, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record)


class WorkBoardView(ListView):
    """Works under way in my own unit, to learn from one another; where the setting is on."""

    template_name = "registrations/work_board.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Work]:
        """Nothing while it is off."""
        return standing.board_of(self.request.user) if standing.board_is_open() else Work.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it is on, and what stands in it."""
        return super().get_context_data(
            title=_("Works under way in our unit"),
            lead=_("To learn from one another: what is under way here, without plans, obstacles and requests."),
            back_url=reverse("registrations:registration_list"),
            back_label=_("Hard and new work"),
            is_open=standing.board_is_open(),
            **kwargs,
        )
