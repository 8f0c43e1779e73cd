"""The rows of the home page about writing: what I write, what I have handed in, what others write within my reach."""

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import access
from orgs.access import Viewer
from orgs.models import User
from reviews.models import Review
from reviews.selectors.waiting.inbox import FOLLOWING, TaskRow, register_provider
from reviews.selectors.writing import answers
from reviews.selectors.writing.own_reviews import OwnReview, own_book, written_by


def own_rows(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One or two rows for each review that the user writes."""
    for own in own_book(user).own:
        if own.has_ended:
            continue
        yield from ROWS_OF_STATE.get(own.review.state, _followed)(own)


def reviews_within_reach(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """How many reviews of others are still written or stand still, one row for each; one query, none for a cadre."""
    if not viewer.collectives and not viewer.units:
        return
    rows = Review.objects.filter(access.document_scope("reviews.Review", viewer), cycle__closed_at=None)
    others = Review.objects.filter(pk__in=rows.values("pk")).exclude(pk__in=Review.objects.filter(written_by(viewer)))
    counts = dict(others.order_by().values_list("state").annotate(Count("pk")))
    for state, words in (
        ("self_review", ngettext("%(n)s self-review being written", "%(n)s self-reviews being written", _n(counts, 0))),
        ("postponed", ngettext("%(n)s review postponed", "%(n)s reviews postponed", _n(counts, 1))),
    ):
        if counts.get(state):
            yield TaskRow(
                key=f"reviews-{state}",
                title=words % {"n": counts[state]},
                act_label=_("See the list"),
                act_url=f"{reverse('reviews:review_list')}?state={state}",
                list=FOLLOWING,
            )


def _n(counts: dict[str, int], place: int) -> int:
    return counts.get(("self_review", "postponed")[place], 0)


def _writing(own: OwnReview) -> Iterable[TaskRow]:
    missing = [row for section in own.sections for row in section.missing]
    if missing or own.done < len(own.sections):
        yield _to_write(own)
    yield _to_submit(own, missing)


def _to_write(own: OwnReview) -> TaskRow:
    waiting = next((section for section in own.sections if section.mark != answers.TICK), own.sections[0])
    begun = own.saved_at is not None
    return TaskRow(
        key=f"write-{own.review.code}",
        title=_title(own.review),
        detail=_progress(own),
        due_on=own.deadline.due_on,
        act_label=_("Go on writing") if begun else _("Begin writing"),
        act_url=waiting.url,
        reason=own.deadline.reason,
    )


def _to_submit(own: OwnReview, missing: list[answers.MissingItem]) -> TaskRow:
    waiting = len({row.part.key for row in missing})
    words = ngettext("Waits for %(n)s section", "Waits for %(n)s sections", waiting) % {"n": waiting}
    return TaskRow(
        key=f"write-{own.review.code}-submit",
        title=_("Submit the report of the collective") if own.review.collective_id else _("Submit the self-review"),
        detail=_("Every required item is answered."),
        due_on=own.deadline.due_on,
        chip=words if missing else "",
        act_label=_("Submit"),
        act_url=reverse("reviews:review_submit", args=[own.review.uuid]),
        reason=answers.missing_words(missing) or own.deadline.reason,
    )


def _finishing(own: OwnReview) -> Iterable[TaskRow]:
    yield TaskRow(
        key=f"finish-{own.review.code}",
        title=_("Complete the text after the meeting"),
        detail=str(own.review.subject),
        due_on=own.deadline.due_on,
        act_label=_("Complete"),
        act_url=reverse("reviews:finishing", args=[own.review.uuid]),
        reason=own.deadline.reason,
    )


def _followed(own: OwnReview) -> Iterable[TaskRow]:
    rating = own.main_rating
    state = rating.state_row if own.review.state == "finished" and rating else own.review.state_row
    yield TaskRow(
        key=f"follow-{own.review.code}",
        title=_title_handed_in(own.review),
        detail=_("Submitted %(day)s") % {"day": f"{timezone.localdate(own.review.submitted_at):%d/%m/%Y}"}
        if own.review.submitted_at
        else "",
        chip=_(state.label),
        chip_tone="info",
        act_label=_("See where it stands"),
        act_url=reverse("reviews:review_detail", args=[own.review.uuid]),
        list=FOLLOWING,
    )


ROWS_OF_STATE = {"self_review": _writing, "finishing": _finishing}


def _title(review: Review) -> str:
    form = review.provincial_code or review.form_key
    if review.collective_id:
        return _("Complete the report of %(collective)s (form %(form)s)") % {
            "collective": review.collective,
            "form": form,
        }
    return _("Complete the self-review (form %(form)s)") % {"form": form}


def _title_handed_in(review: Review) -> str:
    return (
        _("Report of %(collective)s") % {"collective": review.collective}
        if review.collective_id
        else _("My self-review")
    )


def _progress(own: OwnReview) -> str:
    words = [_("%(done)s/%(total)s sections done") % {"done": own.done, "total": len(own.sections)}]
    if own.is_returned:
        words.insert(0, _("Returned for completion"))
    if own.saved_at:
        at = timezone.localtime(own.saved_at)
        shown = f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%d/%m}"
        words.append(_("last saved %(at)s") % {"at": shown})
    return " · ".join(words)


def register() -> None:
    """Contribute these rows to the home page; called from `AppConfig.ready`."""
    register_provider(own_rows)
    register_provider(reviews_within_reach)
