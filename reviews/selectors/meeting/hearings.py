"""One review before a meeting: what was prompted and explained, what was said, who comes before and after."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from orgs import access, roles
from orgs.models import User
from orgs.selectors.history import HistoryRow, histories_of
from reviews.models import AgendaItem, Comment, ExplanationFile, Meeting, PromptItem, Review
from reviews.selectors.meeting import meetings
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.workflow import REVIEW

CORRECTED = "comment.correct"


@dataclass(frozen=True)
class SaidComment:
    """A comment with its speaker's name, the section it is about, and what stood there before it was corrected."""

    row: Comment
    speaker: str
    section: str
    former: tuple[HistoryRow, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """The items before and after one item of an agenda."""

    before: AgendaItem | None
    after: AgendaItem | None
    place: int
    total: int


def followed_by(user: User) -> QuerySet[AgendaItem]:
    """The items about subjects whom `user` follows in a superior's working group: these alone, not the sessions."""
    reached = access.reach_of(Review._meta.label, roles.WORKING_GROUP, access.viewer_of(user))
    if reached is None:
        return AgendaItem.objects.none()
    subjects = access.within(Review.objects.filter(state__in=REVIEW.readable_by(roles.WORKING_GROUP)), reached)
    return AgendaItem.objects.filter(review__in=subjects.values("pk"))


def sessions_for(user: User, item: str) -> QuerySet[Meeting]:
    """The sessions in which `user` may read the item with this uuid; `is_whole`: he reads the whole session."""
    whole = meetings.visible_to(user)
    followed = Meeting.objects.filter(agenda__in=followed_by(user).filter(uuid=item))
    rows = Meeting.objects.filter(pk__in=whole.values("pk")) | Meeting.objects.filter(pk__in=followed.values("pk"))
    return rows.annotate(is_whole=Exists(whole.filter(pk=OuterRef("pk"))))


def comments_of(item: AgendaItem, *, shows_former: bool = False) -> list[SaidComment]:
    """The comments on the review of `item`, in the order in which they were made; at most three queries."""
    return said(list(item.comments.select_related("person", "entered_by__person")), item, shows_former=shows_former)


def said(rows: list[Comment], item: AgendaItem, *, shows_former: bool) -> list[SaidComment]:
    """`rows` of `item` as pages show them; the earlier wordings only for who keeps the meeting."""
    sections = {part.key: part.short for part in parts_of(form_of(item.review))}
    corrected = [str(row.uuid) for row in rows if row.version > 1] if shows_former else []
    former = histories_of(Comment._meta.label, corrected, action=CORRECTED) if corrected else {}
    return [
        SaidComment(
            row,
            str(row.person) if row.person_id else row.speaker,
            sections.get(row.section_key, ""),
            tuple(former.get(str(row.uuid), ())),
        )
        for row in rows
    ]


def explanations_of(review: Review) -> list[PromptItem]:
    """The matters that the review was prompted on, issued or explained: members who answer, explanation, evidence.

    What is still being written is the subject's own: an explanation is shown once its report was sent.
    """
    rows = PromptItem.objects.filter(
        prompt__review=review, prompt__state__in=("issued", "explained"), withdrawn_at=None
    )
    rows = rows.select_related("prompt__authority", "prompt__review", "explanation", "outcome")
    kept = ExplanationFile.objects.filter(withdrawn_at=None).select_related("file")
    files = Prefetch("explanation__files", kept, to_attr="evidence")
    return list(rows.prefetch_related("answering__person", files).order_by("prompt_id", "order", "id"))


def neighbours_of(item: AgendaItem) -> Neighbours:
    """Who comes before and after; one query."""
    rows = list(item.meeting.agenda.select_related("review__person", "review__collective").defer("review__form"))
    place = next(number for number, row in enumerate(rows) if row.pk == item.pk)
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return Neighbours(before, after, place + 1, len(rows))


def next_waiting(meeting: Meeting) -> AgendaItem | None:
    """The next item of the agenda that can be heard: submitted, not heard yet, not absent."""
    absent = meeting.attendance.filter(is_present=False).values("person")
    rows = meeting.agenda.filter(is_heard=False, review__state="meeting")
    return rows.exclude(review__person__in=absent).order_by("order").first()
