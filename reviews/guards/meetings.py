"""Guards of review meetings and finishing (Điều 7 QĐ 124-QĐ/TW; HD 25-HD/BTCTW)."""

from fractions import Fraction

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.selectors.rounds.working_days import working_days_between
from criteria.selectors.rules.regulations import parsed
from orgs.guards import register_guard
from orgs.models import CollectivePart, User
from reviews.models import Meeting, MeetingMode, NoteMark, Prompt, Review, SectionNote, Venue

PART_ORDER = {CollectivePart.HEAD: 1, CollectivePart.DEPUTY: 2, CollectivePart.MEMBER: 3}
OWED = Q(state="issued")
# The officer's note gates nothing unless the list asks for it.
NOT_NOTED = Q(state="explained", prompt_list__is_note_needed=True) & ~Q(note_mark=NoteMark.SUFFICIENT)

REPORTS_OWED = gettext_lazy(
    "Explanation reports not sent yet: %s. Ask for them; or postpone the review, or have the prompt withdrawn."
)
NOTES_OWED = gettext_lazy(
    "Explanation reports not noted as sufficient yet: %s. The officer notes them, or returns them for completion."
)


def explanation_sent(review: Review, user: User) -> str:
    """The explanation report is finished and sent before the meeting (Kon Tum 2024, point 2)."""
    if review.prompts.filter(OWED).exists():
        return _("The explanation report was not sent: it comes before the review meeting.")
    if review.prompts.filter(NOT_NOTED).exists():
        return _("The officer has not noted the explanation report as sufficient.")
    return ""


def explanations_sent(meeting: Meeting, user: User) -> str:
    """No subject to be heard owes an explanation report, nor the officer's note where the list asks for one.

    A review that was postponed or closed meanwhile keeps its place on the agenda and holds up nobody.
    """
    waiting = meeting.agenda.filter(is_heard=False, review__state__in=("self_review", "meeting"))
    rows = Prompt.objects.filter(review__in=waiting.values("review")).select_related(
        "review__person", "review__collective"
    )
    for owing, words in ((OWED, REPORTS_OWED), (NOT_NOTED, NOTES_OWED)):
        if names := _subjects(rows.filter(owing)):
            return words % names
    return ""


def _subjects(rows: QuerySet[Prompt]) -> str:
    return ", ".join(str(prompt.review.subject) for prompt in rows[:5])


def draft_circulated_in_time(review: Review, user: User) -> str:
    """Drafts reach the participants at least the regulation's number of working days before (3 under HD 25)."""
    days = parsed(review.cycle.regulation).procedure.circulation_working_days
    for meeting in _last_meetings(review):
        if meeting.overrides.filter(guard="draft_circulated_in_time").exists():
            continue
        sent = meeting.circulated_on
        if sent is None or working_days_between(sent, meeting.held_on) < days:
            return _("%(collective)s: the draft must be sent %(days)s working days before the meeting.") % {
                "collective": meeting.collective,
                "days": days,
            }
    return ""


def quorum_present(review: Review, user: User) -> str:
    """Enough members came; while the regulation's quorum is to be confirmed it is shown and does not block."""
    procedure = parsed(review.cycle.regulation).procedure
    if not procedure.settings["quorum"].authority.is_confirmed:
        return ""
    numerator, denominator = procedure.quorum
    for meeting in _last_meetings(review):
        if meeting.overrides.filter(guard="quorum_present").exists():
            continue
        summoned = meeting.attendance.count()
        present = meeting.attendance.filter(is_present=True).count()
        if not summoned or Fraction(present, summoned) < Fraction(numerator, denominator):
            return _("%(collective)s: %(present)s of %(summoned)s members present, fewer than the quorum.") % {
                "collective": meeting.collective,
                "present": present,
                "summoned": summoned,
            }
    return ""


def _last_meetings(review: Review) -> list[Meeting]:
    rows = Meeting.objects.filter(agenda__review=review, agenda__is_heard=True).select_related("collective")
    return list(rows.order_by("id"))


def collective_reviewed_first(review: Review, user: User) -> str:
    """The collective's review is heard before those of its members."""
    if not review.person_id:
        return ""
    venues = review.venues.values_list("collective_id", flat=True)
    waiting = Venue.objects.filter(
        collective__in=venues,
        review__cycle=review.cycle_id,
        review__collective__in=venues,
        heard_at=None,
        review__state__in=("self_review", "meeting"),
    ).select_related("review__collective")
    first = waiting.first()
    return _("%s must be reviewed before its members.") % first.review.collective if first else ""


def head_reviewed_first(review: Review, user: User) -> str:
    """The head is heard before deputies, deputies before members."""
    if not review.person_id:
        return ""
    for venue in review.venues.select_related("collective"):
        rank = PART_ORDER.get(venue.part, 9)
        earlier = [part for part, place in PART_ORDER.items() if place < rank]
        waiting = (
            Venue.objects.filter(
                collective=venue.collective_id,
                part__in=earlier,
                heard_at=None,
                review__cycle=review.cycle_id,
                review__person__isnull=False,
                review__state__in=("self_review", "meeting"),
            )
            .select_related("review__person")
            .first()
        )
        if waiting:
            return _("%s is heard first: the head before deputies, deputies before members.") % waiting.review.person
    return ""


def every_venue_held(review: Review, user: User) -> str:
    """Every place that hears the review has heard it."""
    names = ", ".join(
        str(venue.collective) for venue in review.venues.filter(heard_at=None).select_related("collective")
    )
    return _("Not heard yet by: %s.") % names if names else ""


def conclusion_answered(review: Review, user: User) -> str:
    """What the meetings concluded is answered before the review is finished."""
    waiting = SectionNote.objects.filter(review=review, source="meeting", answered_at=None).count()
    return _("Answer what the meeting concluded (%s points left).") % waiting if waiting else ""


def agenda_in_order(meeting: Meeting, user: User) -> str:
    """There is an agenda, and it keeps the legal order."""
    if meeting.mode == MeetingMode.RATING:
        return ""
    items = list(meeting.agenda.select_related("review").order_by("order"))
    if not items:
        return _("The agenda is empty: nobody is to be heard here.")
    parts = dict(Venue.objects.filter(collective=meeting.collective_id).values_list("review_id", "part"))
    places = [
        PART_ORDER.get(parts.get(item.review_id, ""), 9) if item.review.person_id else 0
        for item in items
        if not item.is_heard
    ]
    return (
        ""
        if places == sorted(places)
        else _("The agenda does not keep the order: collective, head, deputies, members.")
    )


def attendance_recorded(meeting: Meeting, user: User) -> str:
    """Each summoned person is marked present or absent."""
    waiting = meeting.attendance.filter(is_present=None).count()
    return _("Attendance is not recorded for %s people.") % waiting if waiting else ""


def every_subject_heard(meeting: Meeting, user: User) -> str:
    """Whoever was present and had submitted was heard; the absent are left for another session."""
    absent = meeting.attendance.filter(is_present=False).values("person")
    waiting = meeting.agenda.filter(is_heard=False, review__state="meeting").exclude(review__person__in=absent)
    names = ", ".join(
        str(item.review.subject) for item in waiting.select_related("review__person", "review__collective")[:5]
    )
    return _("Not heard yet: %s.") % names if names else ""


def tallies_confirmed(meeting: Meeting, user: User) -> str:
    """A ballot that was counted was counted by two."""
    tally = getattr(meeting, "tally", None)
    if tally and not tally.confirmed_by_id:
        return _("A second person must confirm the result of the ballot.")
    return ""


def register() -> None:
    """Register under the names of the workflow rows; called from `AppConfig.ready`."""
    for guard in (
        explanation_sent,
        explanations_sent,
        draft_circulated_in_time,
        quorum_present,
        collective_reviewed_first,
        head_reviewed_first,
        every_venue_held,
        conclusion_answered,
        agenda_in_order,
        attendance_recorded,
        every_subject_heard,
        tallies_confirmed,
    ):
        register_guard(guard.__name__, guard)
