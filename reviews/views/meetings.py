"""Review meetings: the list, convening, and the secretary's desk."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import ListView, TemplateView

from criteria.models import Cycle
from criteria.selectors.rounds import cycles as cycle_rows
from orgs.models import Collective, Refusal
from orgs.models.documents import WorkflowDocument
from orgs.selectors.history import history_of
from orgs.views import errors
from orgs.views.acts import ActView
from registrations.selectors.results.doubles import doubles_in
from reviews.forms import meetings as forms
from reviews.models import Attendance, Meeting
from reviews.selectors import pens
from reviews.selectors.meeting import ballots
from reviews.selectors.meeting import meetings as selectors
from reviews.services.meeting import meetings as services
from reviews.views.act_rows import ActRow, act_rows
from reviews.views.form_pages import FormPage

NOT_KEEPER = gettext_lazy("Only the head and the secretary of the collective keep this meeting.")
RELATED = ("cycle__regulation", "collective", "chair", "secretary")


class MeetingListView(ListView):
    """The meetings that I may see, and where I may convene one."""

    template_name = "reviews/meeting_list.html"
    paginate_by = 50

    @cached_property
    def filter_form(self) -> forms.MeetingFilterForm:
        """The filter as the address has it."""
        return forms.MeetingFilterForm(self.request.GET or None, cycles=cycle_rows.visible_to(self.request.user))

    def get_queryset(self) -> QuerySet[Meeting]:
        """Filtered by the address."""
        chosen = self.filter_form.cleaned_data if self.filter_form.is_valid() else {}
        rows = selectors.visible_to(self.request.user)
        return selectors.listed(rows, cycle=chosen.get("cycle"), state=chosen.get("state", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter, and the places that wait for a session."""
        places = [row for row in selectors.places_to_hear(self.request.user) if row.session is None]
        return super().get_context_data(filter_form=self.filter_form, places=places, **kwargs)


class MeetingPlacesView(TemplateView):
    """Where a session may be convened."""

    template_name = "reviews/meeting_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The collectives I may convene, with the reviews that wait there."""
        return super().get_context_data(places=selectors.places_to_hear(self.request.user), **kwargs)


class MeetingCreateView(FormPage):
    """Call a session of one collective in one cycle."""

    template_name = "reviews/meeting_create.html"
    done_text = gettext_lazy("The session is convened and those summoned are told.")

    @cached_property
    def collective(self) -> Collective:
        """One of those that I may convene."""
        mine = Collective.objects.filter(pk__in=selectors.convened_by(self.request.user))
        return get_object_or_404(mine, uuid=self.kwargs["collective"])

    @cached_property
    def cycle(self) -> Cycle:
        """An open cycle."""
        rows = cycle_rows.visible_to(self.request.user).filter(state=cycle_rows.OPEN)
        return get_object_or_404(rows, uuid=self.kwargs["cycle"])

    def build_form(self, **bound: Any) -> forms.SessionForm:
        """The head takes the chair unless said otherwise."""
        form = forms.SessionForm(collective=self.collective, **bound)
        heads = self.collective.memberships.filter(part="head", ended_on=None)
        form.initial["chair"] = heads.values_list("person", flat=True).first()
        form.initial["secretary"] = selectors.secretary_of(self.collective)
        return form

    def act(self, form: forms.SessionForm) -> str:
        """Convene it."""
        meeting = services.convene(
            cycle=self.cycle, collective=self.collective, convened=form.convened(), actor=self.request.user
        )
        return str(meeting.uuid)

    def destination(self, reference: str) -> str:
        """The desk."""
        return reverse("reviews:meeting_detail", args=[reference])

    def context(self, form: forms.SessionForm) -> dict[str, Any]:
        """What will be on the agenda."""
        agenda = selectors.reviews_to_hear(Meeting(cycle=self.cycle, collective=self.collective))
        return {"collective": self.collective, "cycle": self.cycle, "waiting": agenda}


class OneMeeting:
    """What the pages of one meeting share."""

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting, 404 when it is not visible."""
        rows = selectors.visible_to(self.request.user).select_related(*RELATED)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def keeps(self) -> bool:
        """Whether the user keeps this meeting."""
        return selectors.keeps(self.request.user, self.meeting)

    def refusal(self) -> str:
        """Why the user may only look on."""
        if not self.keeps:
            return str(NOT_KEEPER)
        return _("The meeting is closed.") if self.meeting.state == "closed" else ""

    def refresh(self) -> None:
        """Read everything anew."""
        self.__dict__.pop("meeting", None)

    def destination(self, reference: str = "") -> str:
        """The desk."""
        return reverse("reviews:meeting_detail", args=[self.meeting.uuid])


class MeetingDetailView(OneMeeting, FormPage):
    """The desk: agenda, circulation, attendance, quorum, ballot, acts. Its form records the attendance."""

    template_name = "reviews/meeting_detail.html"
    done_text = gettext_lazy("Attendance and course of the meeting are saved.")

    @cached_property
    def attendance(self) -> list[Attendance]:
        """Those summoned."""
        return list(self.meeting.attendance.select_related("person"))

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Whoever sees the meeting sees the desk; only who keeps it gets forms."""
        return self.show(self.build_form())

    def build_form(self, **bound: Any) -> forms.AttendanceForm:
        """The attendance as it is saved."""
        return forms.AttendanceForm(attendance=self.attendance, proceedings=self.meeting.proceedings, **bound)

    def act(self, form: forms.AttendanceForm) -> str:
        """Record it."""
        services.record_attendance(
            meeting=self.meeting,
            presence=form.presence(),
            proceedings=form.cleaned_data["proceedings"],
            version=self.version,
            actor=self.request.user,
        )
        return ""

    def context(self, form: forms.AttendanceForm) -> dict[str, Any]:
        """Everything on the desk."""
        meeting, user = self.meeting, self.request.user
        tally, cycle = ballots.tally_of(meeting), meeting.cycle
        return {
            "meeting": meeting,
            "agenda": selectors.agenda_of(meeting),
            "attendance": self.attendance,
            "circulation": selectors.circulation_of(meeting),
            "quorum": selectors.quorum_of(meeting, self.attendance),
            "overrides": _overrides(meeting),
            "pass_form": self._pass_form(),
            "may_keep": not self.refusal(),
            "tally": tally,
            "tally_rows": ballots.rows_of(tally) if tally and tally.confirmed_by_id else [],
            "ballot_count": len(ballots.ballot_ratings(meeting)),
            "may_confirm": bool(tally and not tally.confirmed_by_id and tally.entered_by_id != user.pk),
            "acts": self._acts(),
            "history": history_of("reviews.Meeting", str(meeting.uuid)),
            "doubles": doubles_in(meeting.collective, user, (cycle.period_start_on, cycle.period_end_on)),
        }

    def _acts(self) -> list[ActRow]:
        moves = pens.moves_of(self.request.user, self.meeting)
        return act_rows(self.meeting, moves, url_name="reviews:meeting_act", forward=("open", "close"))

    def _pass_form(self) -> forms.LetPassForm | None:
        may = selectors.is_head(self.request.user, self.meeting) and self.meeting.state != "closed"
        return forms.LetPassForm() if may else None


def _overrides(meeting: Meeting) -> list[dict[str, Any]]:
    rows = meeting.overrides.select_related("decided_by__person")
    return [{"what": forms.GUARD_WORDS.get(row.guard, row.guard), "row": row} for row in rows]


class MeetingEditView(OneMeeting, FormPage):
    """Day, place, chair, circulation of a session that has not closed."""

    template_name = "reviews/meeting_edit.html"

    def build_form(self, **bound: Any) -> forms.SessionForm:
        """As it is saved."""
        initial = {name: getattr(self.meeting, name) for name in forms.SessionForm.base_fields}
        return forms.SessionForm(collective=self.meeting.collective, initial=initial, **bound)

    def act(self, form: forms.SessionForm) -> str:
        """Save it."""
        services.change_session(
            meeting=self.meeting, convened=form.convened(), version=self.version, actor=self.request.user
        )
        return ""

    def context(self, form: forms.SessionForm) -> dict[str, Any]:
        """The meeting with its version."""
        return {"meeting": self.meeting}


class MeetingPostView(OneMeeting, View):
    """POST only: one small act on the desk, which goes back to it."""

    http_method_names = ["post"]

    def act(self) -> None:
        """Carry out the act."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Carry it out; a refusal is told on the desk."""
        if reason := self.refusal():
            return errors.permission_denied(request, Refusal(reason))
        try:
            self.act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done."))
        return HttpResponseRedirect(self.destination())


class MeetingAgendaView(MeetingPostView):
    """Take in what came after the session was convened."""

    def act(self) -> None:
        """Bring the agenda up to date."""
        services.bring_agenda_up_to_date(meeting=self.meeting, actor=self.request.user)


class MeetingLetPassView(MeetingPostView):
    """The chair lets a matter of form pass."""

    def act(self) -> None:
        """Write the reason into the minutes."""
        post = self.request.POST
        services.let_pass(
            meeting=self.meeting, guard=post.get("guard", ""), reason=post.get("note", ""), actor=self.request.user
        )


class MeetingActView(ActView):
    """POST meetings/<uuid>/acts/<move>: open, close, reopen."""

    def documents(self) -> QuerySet[Meeting]:
        """The meetings that the user may see."""
        return selectors.visible_to(self.request.user).select_related("cycle")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the desk."""
        return reverse("reviews:meeting_detail", args=[document.uuid])
