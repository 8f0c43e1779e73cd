"""Review meetings: agenda in the legal order, attendance, comments and answers, conclusions, minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs import access, roles
from orgs.models import Collective, Forbidden, Membership, Person, Refusal, Stale, User, record
from orgs.services import audit, transitions
from reviews.models import (
    AgendaItem,
    FormOverride,
    Meeting,
    MeetingMode,
    Review,
    SectionNote,
    Venue,
)
from reviews.selectors.meeting.meetings import heard_before
from reviews.services import announcements
from reviews.services.meeting.agendas import refresh_agenda, summon
from reviews.services.writing.snapshots import take_snapshot

MEETING_TEXT = "meeting"
VENUE_ROLES = (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY)
FORM_GUARDS = ("draft_circulated_in_time", "quorum_present")


@dataclass(frozen=True)
class Convened:
    """When, where, for what and under whom a collective meets."""

    held_on: date
    mode: str = MeetingMode.BOTH
    starts_at: time | None = None
    place: str = ""
    chair: Person | None = None
    secretary: Person | None = None
    circulated_on: date | None = None
    superior_present: str = ""


@dataclass(frozen=True)
class Presence:
    """Whether a summoned person came; an absence has its reason."""

    is_present: bool
    reason: str = ""


@transaction.atomic
def convene(*, cycle: Cycle, collective: Collective, convened: Convened, actor: User) -> Meeting:
    """Call a session: its agenda is every review still to be heard here, in the legal order; its members are summoned.

    Order (Điều 7 QĐ 124-QĐ/TW): the collective before individuals, the head before deputies, deputies before members.
    """
    viewer = access.viewer_of(actor, fresh=True)
    if not any(collective.pk in viewer.collectives_of(role) for role in VENUE_ROLES):
        raise Forbidden(_("Only the head and the secretary convene this collective."))
    _refuse_session(cycle, collective, convened)
    sessions = Meeting.objects.filter(cycle=cycle, collective=collective)
    number = 1 + (sessions.aggregate(Max("number"))["number__max"] or 0)
    meeting = Meeting(cycle=cycle, collective=collective, number=number, **vars(convened))
    transitions.start(meeting, "meeting")
    meeting.save()
    members = Membership.objects.current(convened.held_on).filter(collective=collective).order_by("order", "id")
    summon(meeting, members.values_list("person_id", flat=True))
    refresh_agenda(meeting)
    _keep_circulation(meeting)
    announcements.tell_convened(meeting)
    announcements.tell_followers_of_session(meeting)
    _record(actor, "meeting.convene", meeting, held_on=convened.held_on, circulated_on=convened.circulated_on)
    return meeting


def _refuse_session(cycle: Cycle, collective: Collective, convened: Convened) -> None:
    Collective.objects.select_for_update().get(pk=collective.pk)
    if cycle.state != "open":
        raise Refusal(_("The cycle is not open."))
    if Meeting.objects.filter(cycle=cycle, collective=collective).exclude(state="closed").exists():
        raise Refusal(_("%s has a session that is not closed yet. Add to its agenda instead.") % collective)
    _refuse_dates(convened)


def _refuse_dates(convened: Convened) -> None:
    if convened.circulated_on and convened.circulated_on > convened.held_on:
        raise Refusal(_("The drafts cannot be sent after the meeting."), field="circulated_on")


def _keep_circulation(meeting: Meeting) -> None:
    if meeting.circulated_on:
        Review.objects.filter(pk__in=meeting.agenda.values("review"), circulated_on=None).update(
            circulated_on=meeting.circulated_on
        )


@transaction.atomic
def bring_agenda_up_to_date(*, meeting: Meeting, actor: User) -> Meeting:
    """Take in reviews that came to this venue after the session was convened."""
    row = locked(meeting, actor, states=("preparing", "open"))
    refresh_agenda(row)
    _record(actor, "meeting.agenda", row, items=row.agenda.count())
    return row


@transaction.atomic
def change_session(*, meeting: Meeting, convened: Convened, version: int, actor: User) -> Meeting:
    """Change day, place, chair or circulation of a session that has not closed."""
    row = locked(meeting, actor, states=("preparing", "open"))
    if row.version != version:
        raise Stale(_("Somebody else has changed this meeting since you opened it."))
    _refuse_dates(convened)
    is_moved = row.held_on != convened.held_on
    for name, value in vars(convened).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    refresh_agenda(row)
    _keep_circulation(row)
    if is_moved:
        announcements.tell_convened(row)
        announcements.tell_followers_of_session(row)
    _record(actor, "meeting.change", row, held_on=convened.held_on, circulated_on=convened.circulated_on)
    return row


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, presence: Mapping[int, Presence], proceedings: str, version: int, actor: User
) -> Meeting:
    """Record who came (by attendance id) and the course of the meeting."""
    row = locked(meeting, actor, states=("preparing", "open"))
    if row.version != version:
        raise Stale(_("Somebody else has changed this meeting since you opened it."))
    rows = list(row.attendance.select_related("person").filter(pk__in=presence))
    heard = set(row.agenda.filter(is_heard=True).values_list("review__person_id", flat=True))
    for attendance in rows:
        found = presence[attendance.pk]
        if not found.is_present and not found.reason.strip():
            raise Refusal(_("%s: give the reason of the absence.") % attendance.person, field=f"reason-{attendance.pk}")
        if not found.is_present and attendance.person_id in heard:
            raise Refusal(_("%s was heard in this session and cannot be absent.") % attendance.person)
        attendance.is_present, attendance.reason = found.is_present, "" if found.is_present else found.reason
        attendance.save(update_fields=["is_present", "reason"])
    row.summoned, row.proceedings, row.version = row.attendance.count(), proceedings, version + 1
    row.save(update_fields=["summoned", "proceedings", "version"])
    _record(actor, "meeting.attendance", row, present=sum(found.is_present for found in presence.values()))
    return row


@transaction.atomic
def hear(*, item: AgendaItem, answer: str, conclusion: str, version: int, actor: User) -> AgendaItem:
    """Record the subject's answer and the chair's conclusion: this venue has heard the review.

    When it was the last venue, the review leaves the meeting: `conclude`, with every guard of the law in its way.
    """
    meeting = locked(item.meeting, actor, states=("open",))
    row = AgendaItem.objects.select_for_update().get(pk=item.pk)
    review = Review.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=row.review_id)
    if row.version != version:
        raise Stale(_("Somebody else has changed this item since you opened it."))
    _refuse_hearing(meeting, review, conclusion)
    _write_conclusion(review, row, conclusion, actor)
    row.answer, row.conclusion, row.is_heard, row.version = answer, conclusion, True, version + 1
    row.save(update_fields=["answer", "conclusion", "is_heard", "version"])
    Venue.objects.filter(review=review, collective=meeting.collective_id).update(heard_at=timezone.now())
    audit.record_event(
        actor=actor,
        action="review.hear",
        object_type=review._meta.label,
        object_id=str(review.uuid),
        chain=review.chain,
        by=VENUE_ROLES,
        facts={"meeting": meeting.uuid},
        texts={"conclusion": conclusion, "answer": answer},
    )
    if not review.venues.filter(heard_at=None).exists():
        transitions.advance(review, "conclude", actor=actor, version=None)
    return row


def _refuse_hearing(meeting: Meeting, review: Review, conclusion: str) -> None:
    if review.state != "meeting":
        raise Refusal(_("%s has not submitted a self-review that can be heard.") % review.subject)
    if not conclusion.strip():
        raise Refusal(_("Write what the chair concluded."), field="conclusion")
    if review.person_id and meeting.attendance.filter(person=review.person_id, is_present=False).exists():
        raise Refusal(_("%s was absent: whoever is absent is heard in another session.") % review.subject)
    if earlier := heard_before(meeting, review):
        raise Refusal(_("%s is heard first: the collective, then the head, deputies, members.") % earlier.subject)


def _write_conclusion(review: Review, item: AgendaItem, conclusion: str, actor: User) -> None:
    """One note for each hearing; a conclusion that is written anew replaces the one nobody has answered yet."""
    known = SectionNote.objects.filter(review=review, source=MEETING_TEXT, answered_at=None, text=item.conclusion)
    if item.is_heard and known.exists():
        known.update(text=conclusion)
    else:
        SectionNote.objects.create(review=review, text=conclusion, source=MEETING_TEXT, author=actor)


def after_conclude(review: Review, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `conclude`: the draft that the meeting saw is kept."""
    take_snapshot(review=review, kind=MEETING_TEXT, actor=actor)


def after_return(review: Review, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `return`: the author is told; before the meeting again, its last venue hears the review anew."""
    if review.state == MEETING_TEXT:
        last = review.venues.exclude(heard_at=None).order_by("heard_at", "order").last()
        if last:
            Venue.objects.filter(pk=last.pk).update(heard_at=None)
            again = AgendaItem.objects.filter(review=review, meeting__collective=last.collective_id)
            again.exclude(meeting__state="closed").update(is_heard=False)
    announcements.tell_returned(review, note)


def after_close(meeting: Meeting, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `close`: the instant stands in the minutes."""
    meeting.closed_at = timezone.now()
    meeting.save(update_fields=["closed_at"])


@transaction.atomic
def let_pass(*, meeting: Meeting, guard: str, reason: str, actor: User) -> FormOverride:
    """The head lets a guard of form (days of circulation, quorum) pass; the reason goes into the minutes.

    Said again it stays as it was. Raises `Stale` when it was let pass for another reason meanwhile.
    """
    row = locked(meeting, actor, states=("preparing", "open"))
    if row.collective_id not in access.viewer_of(actor, fresh=True).collectives_of(roles.HEAD):
        raise Forbidden(_("Only the chair lets a matter of form pass."))
    if guard not in FORM_GUARDS:
        raise Refusal(_("This is no matter of form: it cannot be passed over."))
    if not reason.strip():
        raise Refusal(_("Give the reason; it stands in the minutes."), field="note")
    override, is_new = FormOverride.objects.get_or_create(
        meeting=row, guard=guard, defaults={"reason": reason, "decided_by": actor}
    )
    if is_new:
        _record(actor, "meeting.let_pass", row, by=(roles.HEAD,), guard=guard)
    elif override.reason != record.nfc(reason):
        raise Stale(_("Somebody else has changed this meeting since you opened it."))
    return override


@transaction.atomic
def return_review(*, review: Review, move_note: str, notes: Mapping[str, str], version: int, actor: User) -> Review:
    """Return a review for completion, with a note for each section named."""
    moved = transitions.advance(review, "return", actor=actor, version=version, note=move_note)
    SectionNote.objects.bulk_create(
        SectionNote(review=moved, section_key=key, text=text, source="return", author=actor)
        for key, text in notes.items()
        if text.strip()
    )
    return moved


def locked(meeting: Meeting, actor: User, *, states: tuple[str, ...]) -> Meeting:
    """The meeting, locked for this transaction, for who keeps it; `Stale` outside `states`, `Forbidden` for others."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("cycle", "collective").get(pk=meeting.pk)
    if row.state not in states:
        raise Stale(_("The meeting is in the state “%s” now.") % _(row.state_row.label))
    if not access.roles_on(actor, row, among=row.workflow.transition("open", "close").by, fresh=True):
        raise Forbidden(_("Only the chair and the secretary keep this meeting."))
    return row


def _record(actor: User, action: str, meeting: Meeting, *, by: tuple[str, ...] = VENUE_ROLES, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=meeting._meta.label,
        object_id=str(meeting.uuid),
        chain=meeting.chain,
        by=by,
        facts=facts,
    )
