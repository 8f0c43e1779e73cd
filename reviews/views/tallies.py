"""The paper ballot: entered by one, entered again blindly by another."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.forms.tallies import TallyForm
from reviews.models import MeetingMode
from reviews.selectors.meeting import ballots
from reviews.services.meeting import tallies as services
from reviews.views.form_pages import FormPage
from reviews.views.meetings import OneMeeting


class TallyPage(OneMeeting, FormPage):
    """What both entries share."""

    template_name = "reviews/tally_form.html"
    is_second = False

    def refusal(self) -> str:
        """Only who keeps the meeting, while it is in session, and only one's own part of the double entry."""
        if reason := super().refusal():
            return reason
        if self.meeting.state != "open":
            return _("The meeting is not in session yet.")
        if self.meeting.mode == MeetingMode.REVIEW:
            return _("This session hears reviews only; it has no ballot.")
        return self.own_refusal()

    def own_refusal(self) -> str:
        """Why this entry is not possible."""
        raise NotImplementedError

    def context(self, form: TallyForm) -> dict[str, Any]:
        """The meeting and which entry this is."""
        return {
            "meeting": self.meeting,
            "tally": ballots.tally_of(self.meeting),
            "is_second": self.is_second,
            "choices": ballots.CHOICES,
        }


class TallyEnterView(TallyPage):
    """The first entry. Its numbers are shown again to the one who typed them, to nobody else."""

    done_text = gettext_lazy("The result is entered. Another person now enters it again from the paper.")

    def own_refusal(self) -> str:
        """Not after the confirmation."""
        tally = ballots.tally_of(self.meeting)
        return _("The result was entered and confirmed already.") if tally and tally.confirmed_by_id else ""

    def build_form(self, **bound: Any) -> TallyForm:
        """Empty, or with one's own numbers to be corrected; summoned and present as the attendance has them."""
        tally = ballots.tally_of(self.meeting)
        rows = self.meeting.attendance.all()
        totals = {"summoned": len(rows), "present": sum(row.is_present is True for row in rows)}
        lines: dict[int, dict[str, int]] = {}
        if tally and tally.entered_by_id == self.request.user.pk:
            totals = {name: getattr(tally, name) for name in services.TOTALS}
            lines = services.shares(tally.lines.all())
        return TallyForm(ratings=ballots.ballot_ratings(self.meeting), totals=totals, lines=lines, **bound)

    def act(self, form: TallyForm) -> str:
        """Enter it."""
        services.enter_tally(
            meeting=self.meeting,
            counted=form.counted(),
            actor=self.request.user,
            upload=self.request.FILES.get("scan"),
        )
        return ""


class TallyConfirmView(TallyPage):
    """The second entry, from the paper, without the numbers of the first."""

    is_second = True
    done_text = gettext_lazy("Both entries agree: the result of the ballot is confirmed.")

    def own_refusal(self) -> str:
        """Another person than the first, while nobody has confirmed."""
        tally = ballots.tally_of(self.meeting)
        if tally is None:
            return _("The result was not entered yet.")
        if tally.confirmed_by_id:
            return _("The result was entered and confirmed already.")
        if tally.entered_by_id == self.request.user.pk:
            return _("You entered this result; another person confirms it from the paper.")
        listed = [rating.pk for rating in ballots.ballot_ratings(self.meeting)]
        return services.reason_of_own_count(tally, listed, self.request.user)

    def build_form(self, **bound: Any) -> TallyForm:
        """Empty."""
        return TallyForm(ratings=ballots.ballot_ratings(self.meeting), **bound)

    def act(self, form: TallyForm) -> str:
        """Compare and confirm."""
        services.confirm_tally(meeting=self.meeting, counted=form.counted(), actor=self.request.user)
        return ""
