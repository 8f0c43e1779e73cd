"""State the numbers of tasks: the author while writing, afterwards the officer from a document."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import FactsSheet, Review, TaskTally
from reviews.selectors.writing.own_reviews import writes
from reviews.selectors.writing.tallies_stated import FIELDS_OF_SCOPE, scopes_of
from reviews.services.writing.answers import WRITING_FORMS
from reviews.workflow import PEN

Values = Mapping[str, int | bool | str | None]


class SumsRefused(Refusal):
    """Numbers that cannot be: `errors` maps a field to its sentence, `scope` says in which row."""

    def __init__(self, scope: str, errors: dict[str, str]) -> None:
        first = next(iter(errors))
        super().__init__(errors[first], field=first)
        self.scope = scope
        self.errors = errors


def sum_errors(values: Values) -> dict[str, str]:
    """What cannot be among the numbers of one scope, by field; unknown (None) is never wrong by itself."""
    errors: dict[str, str] = {}
    _at_most(values, errors, "done", "assigned", _("Not more than were assigned."))
    _at_most(values, errors, "on_time", "done", _("Not more than were done."))
    _at_most(values, errors, "beyond", "done", _("Not more than were done."))
    _at_most(values, errors, "units_completed", "units_total", _("Not more than the units led."))
    _at_most(values, errors, "units_good", "units_completed", _("Not more than those that completed or better."))
    undone = _difference(values, "assigned", "done")
    late = _difference(values, "done", "on_time")
    _within(values, errors, "undone_objective", undone, _("Not more than were left undone."))
    _within(values, errors, "late_objective", late, _("Not more than were late."))
    return errors


@transaction.atomic
def state_tasks(
    *, review: Review, tallies: Mapping[str, Values], version: int, actor: User, document_ref: str = ""
) -> FactsSheet:
    """Write the numbers of each scope; {scope: {field of TaskTally: value or None for unknown}}.

    `version` is that of the facts sheet (0 while there is none). Raises `Forbidden` for anybody else, `Refusal` when
    the officer names no document, `SumsRefused` with the fields, `Stale` when somebody was faster.
    """
    locked = Review.objects.select_for_update(of=("self",)).select_related("cycle", "unit").get(pk=review.pk)
    _refuse_wrong_hand(locked, actor, document_ref)
    sheet = FactsSheet.objects.filter(review=locked).first() or FactsSheet(review=locked, version=0)
    if sheet.version != version:
        raise Stale(_("Somebody else has changed these numbers since you opened them."))
    standing = {row.scope: row for row in TaskTally.objects.filter(sheet=sheet)} if sheet.pk else {}
    for scope, values in tallies.items():
        _refuse_wrong_scope(locked, scope, values)
        refuse_wrong_sums(scope, values, standing.get(scope))
    sheet.version += 1
    sheet.updated_by = actor
    sheet.save()
    changes = {scope: write_tally(sheet, scope, values) for scope, values in tallies.items()}
    _record(locked, sheet, actor, changes, document_ref)
    return sheet


def may_state(review: Review, actor: User) -> str:
    """Who `actor` is for these numbers now: "author", "officer", or "" for nobody."""
    if review.state_row.form in WRITING_FORMS:
        return "author" if writes(access.viewer_of(actor), review) else ""
    if reason_of_own(review.person_id, actor):
        return ""
    reached = access.scope("reviews.Review", access.viewer_of(actor), needing=roles.STATE_FACTS)
    return roles.OFFICER if Review.objects.filter(reached, pk=review.pk).exists() else ""


def _refuse_wrong_hand(review: Review, actor: User, document_ref: str) -> None:
    access.viewer_of(actor, fresh=True)
    hand = may_state(review, actor)
    if not hand:
        raise Forbidden(_("The numbers are stated by the author while writing, afterwards by the officer."))
    if review.ratings.exists() and not review.ratings.filter(decided_grade="").exists():
        raise Refusal(_("Every grade is decided already: these facts are frozen with it."))
    if hand == roles.OFFICER and not document_ref.strip():
        raise Refusal(_("Give the document from which the numbers are taken."), field="document_ref")


def _refuse_wrong_scope(review: Review, scope: str, values: Values) -> None:
    if scope not in scopes_of(review) or set(values) - set(FIELDS_OF_SCOPE[scope]):
        raise Refusal(_("These numbers are not asked for in this review."))


def refuse_wrong_sums(scope: str, values: Values, row: TaskTally | None) -> None:
    """Raise `SumsRefused`; a correction of one number is judged together with those that stay."""
    before = {name: getattr(row, name) for name in FIELDS_OF_SCOPE[scope]} if row else {}
    if errors := sum_errors({**before, **values}):
        raise SumsRefused(scope, errors)


def _at_most(values: Values, errors: dict[str, str], part: str, whole: str, sentence: str) -> None:
    if values.get(part) is None:
        return
    if values.get(whole) is None:
        errors[part] = _("Leave this open until the number it is part of is known.")
    elif values[part] > values[whole]:
        errors[part] = sentence


def _difference(values: Values, whole: str, part: str) -> int | None:
    known = values.get(whole) is not None and values.get(part) is not None
    return values[whole] - values[part] if known else None


def _within(values: Values, errors: dict[str, str], field: str, limit: int | None, sentence: str) -> None:
    if not values.get(field):
        return
    if limit is None:
        errors[field] = _("Leave this open until the number it is part of is known.")
    elif values[field] > limit:
        errors[field] = sentence


def write_tally(sheet: FactsSheet, scope: str, values: Values) -> dict[str, list[object]]:
    """Write the numbers of one scope; answers what changed: {field: [before, after]}."""
    row = TaskTally.objects.filter(sheet=sheet, scope=scope).first() or TaskTally(sheet=sheet, scope=scope)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return {name: [before[name], value] for name, value in values.items() if before[name] != value}


def _record(
    review: Review, sheet: FactsSheet, actor: User, changes: dict[str, dict[str, list[object]]], document_ref: str
) -> None:
    audit.record_event(
        actor=actor,
        action="review.tasks_stated",
        object_type=review._meta.label,
        object_id=str(review.uuid),
        chain=review.chain,
        unit_path=review.unit_path,
        by=PEN | {roles.OFFICER, roles.INSPECTOR},
        facts={"version": sheet.version, "document": document_ref, "changes": changes},
    )
