"""Write one criterion of a draft. Two open pages, late autosaves, a framework issued meanwhile: no text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionPen, Framework, KeptCriterion, KeptReason, Level
from criteria.selectors.frameworks.criterion_content import Content, content_of, digest_of, taken_over
from criteria.services.frameworks import criterion_words as words
from criteria.services.frameworks.criterion_storing import store
from criteria.services.frameworks.framework_pens import hold, hold_written, raise_version, record_writing
from criteria.services.frameworks.framework_rows import refuse_frozen
from orgs.models import Refusal, User
from orgs.services import open_pages
from orgs.services.open_pages import NotAccepted


@dataclass(frozen=True)
class Sent:
    """What a page sent: the fields it shows, the digest of the text it saw, from which open page, in which order.

    `client_seq` is 0 for a plain form.
    """

    content: Mapping[str, str]
    version: str = ""
    tab_id: str = ""
    client_seq: int = 0
    is_autosave: bool = False


@dataclass(frozen=True)
class Saved:
    """What stands now, by what a page knows it, and what was sent but cannot be taken: {field: why}."""

    criterion: Criterion
    content: Content
    version: str
    at: datetime | None = None
    problems: dict[str, str] = field(default_factory=dict)


def write_criterion(*, criterion: Criterion, sent: Sent, actor: User) -> Saved:
    """Write what was sent, whatever gaps it has; figures and codes that are none are left as they were, and named.

    Raises `Forbidden` to a stranger, and `NotAccepted` (with the kept text) when somebody was faster, the framework is
    not being written any more or the criterion was left out. Inside another transaction the keeping is given up.
    """
    framework = criterion.group.framework
    try:
        return _write(criterion, sent, actor)
    except NotAccepted as refusal:
        refusal.kept = keep_criterion(
            framework=framework, criterion=criterion.uuid, sent=sent, why=refusal.why, actor=actor
        )
        raise


@transaction.atomic
def _write(criterion: Criterion, sent: Sent, actor: User) -> Saved:
    # The lock on the framework keeps issuing, moving and saving apart.
    framework = hold(criterion.group.framework_id, actor)
    row = Criterion.objects.select_related("group").prefetch_related("levels").filter(pk=criterion.pk).first()
    if row is None:
        raise NotAccepted(
            _("This criterion was left out of the framework meanwhile. Your text is kept."), why=KeptReason.DROPPED
        )
    saved = content_of(row)
    pen = CriterionPen.objects.filter(criterion=row).first() or CriterionPen(criterion=row)
    if open_pages.is_late(pen.seen_tabs, sent):
        return Saved(row, saved, digest_of(saved), pen.written_at)
    wanted = words.cleaned(saved, sent.content)
    problems = words.problems_of(framework, row, wanted)
    wanted = words.normal_figures({**wanted, **{name: saved[name] for name in problems}})
    if wanted != saved:
        _refuse_when_over(framework)
        _refuse_when_overtaken(saved, pen, sent)
        changes_hands = pen.written_by_id != actor.pk
        row = store(row, wanted)
        _take_pen(pen, row, sent, actor)
        if changes_hands or not sent.is_autosave:
            record_writing(framework, "criterion.written", actor, criterion=str(row.uuid), code=row.code)
        else:
            # Autosaves of one writer are no acts of their own: the history tells who wrote.
            raise_version(framework)
        saved = content_of(row)
    return Saved(row, saved, digest_of(saved), pen.written_at, problems)


@transaction.atomic
def keep_criterion(*, framework: Framework, criterion: UUID, sent: Sent, why: str, actor: User) -> KeptCriterion:
    """Keep a text that could not be taken for its author; the same page replaces what it kept, the same text is one."""
    waiting = KeptCriterion.objects.select_for_update().filter(
        framework=framework, criterion=criterion, user=actor, settled_at=None
    )
    content = dict(sent.content)
    if same := next((row for row in waiting if row.content == content), None):
        return same
    own = next((row for row in waiting if sent.tab_id and row.tab_id == sent.tab_id), None)
    if own and sent.client_seq <= own.client_seq:
        return own
    kept = own or KeptCriterion(framework=framework, criterion=criterion, user=actor, tab_id=sent.tab_id)
    kept.content, kept.why, kept.client_seq = content, why, sent.client_seq
    kept.save()
    return kept


@transaction.atomic
def settle_kept_criterion(*, kept: KeptCriterion, actor: User) -> None:
    """The author has decided what stays; the row itself remains. Twice is once."""
    KeptCriterion.objects.filter(pk=kept.pk, user=actor, settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def take_over_texts(*, criterion: Criterion, code: str, actor: User) -> Criterion:
    """Give the criterion the title, levels and figures of the one above with this code, and say that it concretises it.

    What stood here is kept for the actor. Refusal where nothing above has the code.
    """
    framework = hold_written(criterion.group.framework_id, actor)
    row = Criterion.objects.select_related("group").prefetch_related("levels").get(pk=criterion.pk)
    above = criterion_above(framework, code)
    if above is None:
        raise Refusal(_("The framework above has no criterion with this code."), field="concretises")
    saved = content_of(row)
    wanted = taken_over(saved, content_of(above), code)
    if wanted == saved:
        return row
    sent = Sent(content=saved)
    if any(saved[f"text_{level}"] for level in Level.values):
        keep_criterion(framework=framework, criterion=row.uuid, sent=sent, why=KeptReason.REPLACED, actor=actor)
    row = store(row, wanted)
    _take_pen(CriterionPen.objects.filter(criterion=row).first() or CriterionPen(criterion=row), row, sent, actor)
    record_writing(framework, "criterion.taken_over", actor, criterion=str(row.uuid), code=row.code, above=code)
    return row


def criterion_above(framework: Framework, code: str) -> Criterion | None:
    """The criterion of the parent with this code (its number, where it has none), its levels read along."""
    if not framework.parent_id or not code:
        return None
    rows = Criterion.objects.filter(group__framework=framework.parent_id).prefetch_related("levels")
    return next((row for row in rows.order_by("group__order", "order") if (row.code or row.number) == code), None)


def _refuse_when_over(framework: Framework) -> None:
    try:
        refuse_frozen(framework)
    except Refusal as refusal:
        raise NotAccepted(f"{refusal} {_('Your text is kept.')}", why=KeptReason.CLOSED) from refusal


def _refuse_when_overtaken(saved: Content, pen: CriterionPen, sent: Sent) -> None:
    here = digest_of(saved)
    is_own_next = open_pages.is_own_next(pen.last_tab, sent) and pen.digest == here
    if sent.version != here and not is_own_next:
        raise NotAccepted(
            _("While you were writing, this criterion was changed elsewhere. Your text is kept."),
            why=KeptReason.CONFLICT,
        )


def _take_pen(pen: CriterionPen, row: Criterion, sent: Sent, actor: User) -> None:
    pen.criterion, pen.written_by, pen.last_tab = row, actor, sent.tab_id
    pen.digest = digest_of(content_of(row))
    pen.seen_tabs = open_pages.remembered(pen.seen_tabs, sent)
    pen.save()
