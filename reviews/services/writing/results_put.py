"""Tick results of the year into a review: counted, put into its tables and texts, taken over as stated numbers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.regulation.answering import MOST_TASKS, task_rows
from criteria.regulation.form import Item
from orgs import access
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from registrations.models import YearResult
from reviews.models import FactsSheet, ResultUse, Review, Scope, SectionAnswer
from reviews.selectors.writing import results_ticked as selectors
from reviews.services.writing.answers import reason_against_writing, save_section
from reviews.services.writing.tasks_stated import state_tasks
from reviews.workflow import PEN

# The source of numbers that were counted, not typed; a text of the facts sheet, which is an official paper.
SOURCE = "Sổ kết quả trong năm"


@transaction.atomic
def put_results(*, review: Review, results: Iterable[UUID], item_key: str, actor: User) -> list[ResultUse]:
    """Count results in the review and, with `item_key`, add their words to that item: a row of a table of tasks each,
    or a line of a text. What stands in the item stays before them.

    Refuses: who does not hold the pen, a review that is not written in now, none chosen, an item that takes none,
    more tasks than a table holds. Results of somebody else, of another period or counted already are left out.
    """
    locked = _open_review(review, actor)
    rows = list(selectors.candidates_of(locked).filter(uuid__in=list(results)))
    if not rows:
        raise Refusal(_("Choose at least one result that is not counted yet."), field="result")
    if item_key:
        _write_into(locked, item_key, rows, actor)
    uses = [ResultUse(review=locked, result=row, item_key=item_key, put_by=actor) for row in rows]
    ResultUse.objects.bulk_create(uses)
    _record(locked, actor, "review.results_put", item=item_key, results=[str(row.uuid) for row in rows])
    return uses


@transaction.atomic
def leave_result(*, use: ResultUse, actor: User) -> ResultUse:
    """Count a result no longer; its words in the form are the author's own and stay."""
    review = _open_review(use.review, actor)
    locked = ResultUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if locked.taken_out_at:
        raise Stale(_("This result is not counted any more."))
    locked.taken_out_at = timezone.now()
    locked.save(update_fields=["taken_out_at"])
    _record(review, actor, "review.result_left", results=[str(use.result.uuid)])
    return locked


@transaction.atomic
def state_from_results(*, review: Review, version: int, actor: User) -> FactsSheet:
    """State the numbers of the own tasks as the ticked results give them; `version` is that of the facts sheet.

    Raises what `state_tasks` raises, and `Refusal` while nothing is ticked.
    """
    locked = _open_review(review, actor)
    totals = selectors.totals_of(locked)
    if not totals.assigned:
        raise Refusal(_("No result is ticked yet: there is nothing to count."))
    values = {**totals.as_tally, "document": SOURCE}
    return state_tasks(review=locked, tallies={Scope.OWN: values}, version=version, actor=actor)


def _open_review(review: Review, actor: User) -> Review:
    # The same lock as that of a section: two pages cannot count one result twice.
    locked = Review.objects.select_for_update(of=("self",)).select_related("cycle", "unit").get(pk=review.pk)
    access.viewer_of(actor, fresh=True)
    if reason := reason_against_writing(locked, actor):
        raise Forbidden(reason)
    return locked


def _write_into(review: Review, item_key: str, rows: list[YearResult], actor: User) -> None:
    target = selectors.targets_of(review).get(item_key)
    if target is None:
        raise Refusal(_("Choose an item of the form that takes results."), field="item")
    answer = SectionAnswer.objects.filter(review=review, section_key=target.part.key).first()
    content = dict(answer.content) if answer else {}
    before = content.get(item_key, {})
    is_table = target.item.kind == "tasks"
    content[item_key] = _with_rows(target.item, before, rows) if is_table else _with_lines(before, rows)
    save_section(
        review=review,
        section_key=target.part.key,
        content=content,
        version=answer.version if answer else 0,
        actor=actor,
    )


def _with_rows(item: Item, before: dict[str, str], rows: list[YearResult]) -> dict[str, str]:
    numbers = task_rows(before)
    start = (numbers[-1] if numbers else 0) + 1
    if len(numbers) + len(rows) > MOST_TASKS:
        raise Refusal(_("At most %(n)s tasks. Attach the rest as a file.") % {"n": MOST_TASKS}, field="item")
    columns = {column.key for column in item.columns}
    axes = {row.key for row in item.rows}
    added = {}
    for number, row in enumerate(rows, start=start):
        cells = _cells(row, columns, axes)
        added |= {f"{number}.{name}": text for name, text in cells.items() if text and name in columns}
    return before | added


def _cells(row: YearResult, columns: set[str], axes: set[str]) -> dict[str, str]:
    """One result in the columns of a table of tasks; a table without a column for the product names it as the task."""
    is_late = row.is_on_time is False
    return {
        "axis": row.axis if row.axis in axes else "",
        "task": (row.task or row.product) if "product" in columns else row.product,
        "product": row.product,
        "due": row.planned_on.isoformat() if row.planned_on else "",
        "finished": row.done_on.isoformat() if row.done_on else "",
        "evidence": row.document,
        "delays": "1" if is_late else "",
        "delays_objective": "1" if is_late and row.is_cause_objective else "",
    }


def _with_lines(before: dict[str, str], rows: list[YearResult]) -> dict[str, str]:
    lines = [before["text"].rstrip()] if before.get("text", "").strip() else []
    return before | {"text": "\n".join([*lines, *(_line(row) for row in rows)])}


def _line(row: YearResult) -> str:
    """A result as a line of an official text, which is Vietnamese whatever the language of the pages."""
    notes = [
        row.document,
        f"thời hạn {row.planned_on:%d/%m/%Y}" if row.planned_on else "",
        f"hoàn thành {row.done_on:%d/%m/%Y}" if row.done_on else "chưa hoàn thành",
        f"vượt mức: {row.beyond_reason}" if row.is_beyond else "",
    ]
    return f"- {row.product} ({'; '.join(note for note in notes if note)})"


def _record(review: Review, actor: User, action: str, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=review._meta.label,
        object_id=str(review.uuid),
        chain=review.chain,
        unit_path=review.unit_path,
        by=PEN,
        facts=facts,
    )
