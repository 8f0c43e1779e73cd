"""What helps while writing a section: last year's words, prompts, topics of the year, texts that were kept."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from criteria.models import FocusTopic
from orgs.models import User
from reviews.models import KeptText, PromptItem, Review, SectionAnswer
from reviews.models.prompts import KEPT_OF_PROMPTS
from reviews.selectors.writing.answers import answered
from reviews.selectors.writing.forms import WritingPart, form_of, part_of


@dataclass(frozen=True)
class LastYear:
    """What the same subject wrote in the same items of the review before; `url` shows that whole review."""

    year: int
    texts: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class PromptHelp:
    """A matter to be explained, and whether it was."""

    text: str
    authority: str
    is_explained: bool
    url: str


@dataclass(frozen=True)
class WritingHelp:
    """Everything in the right-hand column of a writing page."""

    last_year: LastYear | None
    prompts: tuple[PromptHelp, ...]
    topics: tuple[FocusTopic, ...]
    kept: tuple[KeptText, ...]


def help_for(review: Review, part: WritingPart, user: User) -> WritingHelp:
    """The help for `part` as `user` may see it, in four queries."""
    return WritingHelp(
        last_year=last_year_of(review, part),
        prompts=prompts_of(review),
        topics=topics_of(review),
        kept=tuple(kept_for(review, user).filter(section_key=part.key)),
    )


def previous_review(review: Review) -> Review | None:
    """The review of the same subject in the latest earlier cycle."""
    return (
        Review.objects.filter(
            person=review.person,
            collective=review.collective,
            cycle__period_end_on__lt=review.cycle.period_end_on,
            cycle__period_kind=review.cycle.period_kind,
        )
        .select_related("cycle")
        .order_by("-cycle__period_end_on")
        .first()
    )


def last_year_of(review: Review, part: WritingPart) -> LastYear | None:
    """What stands in the same items of the previous review; None when there is none or nothing was written."""
    before = previous_review(review)
    if before is None:
        return None
    old = part_of(form_of(before), part.key) or part
    row = SectionAnswer.objects.filter(review=before, section_key=old.key).first()
    wanted = [item for item in part.items if item.kind == "text"]
    texts = tuple(row.content[item.key]["text"] for item in wanted if answered(row.content, item)) if row else ()
    if not texts:
        return None
    return LastYear(before.cycle.period_end_on.year, texts, reverse("reviews:review_preview", args=[before.uuid]))


def prompts_of(review: Review) -> tuple[PromptHelp, ...]:
    """The matters of the prompts that this review was given, the open ones first."""
    rows = PromptItem.objects.filter(
        prompt__review=review, prompt__state__in=("issued", "explained"), withdrawn_at=None
    ).select_related("prompt__authority")
    found = [
        PromptHelp(
            row.text,
            row.prompt.authority.name,
            row.prompt.state == "explained",
            reverse("reviews:prompt_detail", args=[row.prompt.uuid]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: row.is_explained))


def topics_of(review: Review) -> tuple[FocusTopic, ...]:
    """The focus topics of the year's plan."""
    return tuple(FocusTopic.objects.filter(plan=review.cycle.plan_id))


def kept_for(review: Review, user: User) -> QuerySet[KeptText]:
    """The texts of `user` that were not accepted and not settled yet; each author sees the own ones only.

    What came after a prompt was withdrawn stands on the page of that prompt.
    """
    rows = KeptText.objects.filter(review=review, user=user, settled_at=None)
    return rows.exclude(section_key__startswith=KEPT_OF_PROMPTS)
