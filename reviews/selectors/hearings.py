"""One review before a meeting: what was prompted and explained, what was said, who comes before and after."""

from dataclasses import dataclass

from reviews.models import AgendaItem, Comment, Meeting, PromptItem, Review
from reviews.selectors.forms import form_of, parts_of


@dataclass(frozen=True)
class SaidComment:
    """A comment with its speaker's name and the section it is about."""

    row: Comment
    speaker: str
    section: str


@dataclass(frozen=True)
class Neighbours:
    """The items before and after one item of an agenda."""

    before: AgendaItem | None
    after: AgendaItem | None
    place: int
    total: int


def comments_of(item: AgendaItem) -> list[SaidComment]:
    """The comments on the review of `item`, in the order in which they were made; one query."""
    sections = {part.key: part.short for part in parts_of(form_of(item.review))}
    rows = item.comments.select_related("person", "entered_by__person")
    return [
        SaidComment(row, str(row.person) if row.person_id else row.speaker, sections.get(row.section_key, ""))
        for row in rows
    ]


def explanations_of(review: Review) -> list[PromptItem]:
    """The matters that the review was prompted on, issued or explained, each with its explanation where there is one.

    What is still being written is the subject's own: an explanation is shown once its report was sent.
    """
    rows = PromptItem.objects.filter(
        prompt__review=review, prompt__state__in=("issued", "explained"), withdrawn_at=None
    )
    return list(rows.select_related("prompt__authority", "explanation").order_by("prompt_id", "order", "id"))


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
