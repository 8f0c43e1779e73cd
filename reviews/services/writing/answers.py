"""Write one section of a review. Two open pages, late autosaves, a closed step: no text is ever lost or overwritten."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.regulation.answering import MOST_TASKS, SINGLE, canonical, holds_of, options_of, task_rows
from criteria.regulation.form import Item
from orgs import access
from orgs.models import Forbidden, Refusal, User
from orgs.services import audit, open_pages
from orgs.services.open_pages import NO_PAGE, NotAccepted, Page
from reviews.models import Review, SectionAnswer
from reviews.selectors.writing import deadlines
from reviews.selectors.writing.forms import WritingPart, form_of, parts_named
from reviews.selectors.writing.own_reviews import writes
from reviews.services.writing.kept_texts import CLOSED, CONFLICT, MOVED_ON, keep_text
from reviews.workflow import PEN

WRITING_FORMS = frozenset({"self_review", "finishing"})
SECTION_LIMIT = 200_000
Content = dict[str, dict[str, str]]


def save_section(
    *,
    review: Review,
    section_key: str,
    content: Content,
    version: int,
    actor: User,
    is_done: bool | None = None,
    page: Page = NO_PAGE,
) -> SectionAnswer:
    """Write `content` ({item key: answer}, see `criteria.regulation.answering`) into a section, whatever gaps it has.

    `version` is the one the writer saw (0 for a section nobody has written); `is_done` None leaves the mark as it is.
    The key of a section that is written number by number stands for all its parts. Raises `Forbidden` without the pen,
    `Refusal` for a text too long or a choice not on the form, and `NotAccepted` (with the kept text) when somebody was
    faster, the step is closed or the review has moved on. Calling it inside another transaction gives up the keeping.
    """
    parts = parts_named(form_of(review), section_key)
    if not parts:
        raise Refusal(_("The form has no section “%(key)s”.") % {"key": section_key})
    clean = _clean(parts, content)
    saved = None
    for part in parts:
        own = {item.key: clean[item.key] for item in part.items if item.key in clean}
        try:
            saved = _write(review.pk, part, own, version, actor, is_done, page)
        except NotAccepted as refusal:
            refusal.kept = keep_text(
                review=review,
                section_key=part.key,
                content=own,
                actor=actor,
                reason=refusal.why,
                base_version=version,
                tab_id=page.tab_id,
                client_seq=page.client_seq,
            )
            raise
    return saved


@transaction.atomic
def _write(
    review_id: int, part: WritingPart, content: Content, version: int, actor: User, is_done: bool | None, page: Page
) -> SectionAnswer:
    # The lock on the review keeps submit and save apart and lets the first save of a section be the only one.
    review = Review.objects.select_for_update(of=("self",)).select_related("cycle", "unit").get(pk=review_id)
    _refuse_without_pen(review, actor)
    row = SectionAnswer.objects.filter(review=review, section_key=part.key).first()
    row = row or SectionAnswer(review=review, section_key=part.key, version=0)
    if open_pages.is_late(row.seen_tabs, page) or _is_repeated(row, content, is_done):
        return row
    _refuse_when_over(review)
    if row.version != version and row.content != content and not open_pages.is_own_next(row.last_tab, page):
        raise NotAccepted(
            _("While you were writing, this section was changed elsewhere. Your text is kept."), why=CONFLICT
        )
    changes_hands = row.updated_by_id != actor.pk
    was_done = row.is_done
    _fill(row, content, actor, is_done, page)
    if changes_hands or was_done != row.is_done or not page.is_autosave:
        _record(review, row, actor)
    return row


def reason_against_writing(review: Review, user: User) -> str:
    """Why `user` cannot write in this review now; empty when nothing stands in the way."""
    if not writes(access.viewer_of(user), review):
        return _not_yours()
    return _over(review)[1]


def _refuse_without_pen(review: Review, actor: User) -> None:
    if not writes(access.viewer_of(actor, fresh=True), review):
        raise Forbidden(_not_yours())


def _not_yours() -> str:
    return _("Only the person under review, or the authors of the collective, write here.")


def _refuse_when_over(review: Review) -> None:
    reason, sentence = _over(review)
    if reason:
        kept = _("Your text is kept as a draft.")
        raise NotAccepted(f"{sentence} {kept}", why=reason)


def _over(review: Review) -> tuple[str, str]:
    if review.state_row.form not in WRITING_FORMS:
        step = _(review.state_row.label)
        sentence = _("This review is in the step “%(step)s” and is not written in now.") % {"step": step}
        return MOVED_ON, sentence
    sentence = deadlines.deadline_of(review).reason
    return (CLOSED, sentence) if sentence else ("", "")


def _is_repeated(row: SectionAnswer, content: Content, is_done: bool | None) -> bool:
    return row.version > 0 and row.content == content and is_done in (None, row.is_done)


def _fill(row: SectionAnswer, content: Content, actor: User, is_done: bool | None, page: Page) -> None:
    row.content = content
    row.is_done = row.is_done if is_done is None else is_done
    row.version += 1
    row.updated_by = actor
    row.last_tab = page.tab_id
    row.seen_tabs = open_pages.remembered(row.seen_tabs, page)
    row.save()


def _record(review: Review, row: SectionAnswer, actor: User) -> None:
    # Autosaves of one writer are not acts of their own: the history tells who wrote and what was declared done.
    text = json.dumps(row.content, ensure_ascii=False, sort_keys=True)
    audit.record_event(
        actor=actor,
        action="review.section_saved",
        object_type=review._meta.label,
        object_id=str(review.uuid),
        chain=review.chain,
        unit_path=review.unit_path,
        by=PEN,
        facts={
            "section": row.section_key,
            "version": row.version,
            "done": row.is_done,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        },
    )


def _clean(parts: tuple[WritingPart, ...], content: Content) -> Content:
    items = {item.key: item for part in parts for item in part.items}
    unknown = sorted(set(content) - set(items))
    if unknown:
        raise Refusal(_("The section has no item “%(key)s”.") % {"key": unknown[0]})
    clean = {key: _clean_item(items[key], value) for key, value in content.items()}
    kept = {key: value for key, value in clean.items() if any(value.values())}
    if sum(len(text) for value in kept.values() for text in value.values()) > SECTION_LIMIT:
        raise Refusal(
            _("This section is too long: at most %(limit)s letters. Shorten it, or attach the details as a file.")
            % {"limit": f"{SECTION_LIMIT:,}".replace(",", ".")},
            field=next(iter(content)),
        )
    return kept


def _clean_item(item: Item, value: dict[str, str]) -> dict[str, str]:
    """The answer as it is kept. A number or day that cannot be read stays as it was typed and is told on the page."""
    clean: dict[str, str] = {}
    for name, raw in value.items():
        holds = holds_of(item, name)
        if holds is None or not isinstance(raw or "", str):
            raise Refusal(_("“%(label)s” holds something other than a text.") % {"label": item.label}, field=item.key)
        text = open_pages.plain_text(raw or "")
        if holds == "choice" and text and text not in options_of(item, name):
            raise Refusal(_wrong_choice(item, name), field=item.key)
        clean[name] = text if text.strip() else ""
    if item.kind in SINGLE:
        return clean
    kept = canonical(item, clean)
    if item.kind == "tasks" and len(task_rows(kept)) > MOST_TASKS:
        raise Refusal(_("At most %(n)s tasks. Attach the rest as a file.") % {"n": MOST_TASKS}, field=item.key)
    return kept


def _wrong_choice(item: Item, name: str) -> str:
    row = item.row(name)
    label = f"{row.key}. {row.label}" if row else item.label
    return _("Choose one of the boxes of “%(label)s”.") % {"label": label}
