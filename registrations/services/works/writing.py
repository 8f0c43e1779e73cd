"""Writing a draft: works in both parts of the form, lines of the personal plan. What is typed is never half kept."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Refusal, Stale, User
from orgs.services import transitions
from registrations.models import PersonalPlanLine, PlanHalf, Registration, Shortcoming, Work, WorkKind
from registrations.selectors.works import registrations as selectors
from registrations.services.works.registrations import locked_draft, touch

TEXTS = ("name", "difficulties", "content", "aim", "tasks", "measures", "effect", "support")
DAYS = ("starts_on", "finishes_on")
FIELDS = ("field", *TEXTS, *DAYS)


@transaction.atomic
def add_work(
    *, registration: Registration, kind: str, values: dict[str, Any], actor: User, is_unfinished: bool = False
) -> Work:
    """A work in part I or II. With `is_unfinished` gaps are kept for later; days in the wrong order never are."""
    row = locked_draft(registration, actor=actor)
    last = row.works.filter(kind=kind).order_by("-order").first()
    work = Work(registration=row, kind=WorkKind(kind), order=last.order + 1 if last else 1)
    transitions.start(work, "work")
    _fill(work, values, is_unfinished=is_unfinished)
    work.save(force_insert=True)
    touch(row, "registration.work_added", actor, work=str(work.uuid), kind=kind)
    return work


@transaction.atomic
def update_work(*, work: Work, values: dict[str, Any], version: int, actor: User, is_unfinished: bool = False) -> Work:
    """Write a work of a draft; Stale where somebody wrote it since."""
    registration = locked_draft(work.registration, actor=actor)
    row = _locked(work, version)
    _fill(row, values, is_unfinished=is_unfinished)
    row.version += 1
    row.save()
    touch(registration, "registration.work_written", actor, work=str(row.uuid))
    return row


@transaction.atomic
def remove_work(*, work: Work, version: int, actor: User) -> None:
    """Take a work out of a draft, with the support that was to be asked for it."""
    registration = locked_draft(work.registration, actor=actor)
    row = _locked(work, version)
    row.support_requests.all().delete()
    row.delete()
    touch(registration, "registration.work_removed", actor, work=str(work.uuid))


def _locked(work: Work, version: int) -> Work:
    row = Work.objects.select_for_update(of=("self",)).filter(pk=work.pk).first()
    if row is None or row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    return row


def _fill(work: Work, values: dict[str, Any], *, is_unfinished: bool) -> None:
    for name in FIELDS:
        if name in values:
            value = values[name]
            setattr(work, name, value.strip() if isinstance(value, str) else value)
    _clear_other_part(work)
    for name in DAYS:
        if reason := selectors.reason_against_day(work.registration.year, getattr(work, name)):
            raise Refusal(reason, field=name)
    gaps = selectors.work_gaps(work)
    if gaps.get("finishes_on") == selectors.finish_before_start():
        raise Refusal(gaps["finishes_on"], field="finishes_on")
    kept = {"name": gaps["name"]} if is_unfinished and "name" in gaps else {} if is_unfinished else gaps
    for name, sentence in kept.items():
        raise Refusal(sentence, field=name)


def _clear_other_part(work: Work) -> None:
    """Part I asks for no foreseen difficulties, part II for no support of the superior (the form of the letter)."""
    if work.kind == WorkKind.HARD:
        work.difficulties = ""
    else:
        work.support = ""


@transaction.atomic
def add_plan_line(
    *,
    registration: Registration,
    half: str,
    text: str,
    actor: User,
    measure: str = "",
    due_on: date | None = None,
    shortcoming: Shortcoming | None = None,
) -> PersonalPlanLine:
    """A strength to build on, or a shortcoming to mend; linked where the register names it of the same subject."""
    row = locked_draft(registration, actor=actor)
    if shortcoming and not selectors.shortcomings_to_plan(row).filter(pk=shortcoming.pk).exists():
        raise Refusal(_("Choose a shortcoming that was named of you and is not in the plan yet."), field="shortcoming")
    if shortcoming and half != PlanHalf.SHORTCOMING:
        raise Refusal(_("A named shortcoming stands in the half of what is to be mended."), field="shortcoming")
    last = row.plan_lines.filter(half=half).order_by("-order").first()
    line = PersonalPlanLine(
        registration=row, half=PlanHalf(half), order=last.order + 1 if last else 1, shortcoming=shortcoming
    )
    _fill_line(line, text=text, measure=measure, due_on=due_on)
    line.save(force_insert=True)
    touch(row, "registration.plan_line_added", actor, line=str(line.uuid), half=half)
    return line


@transaction.atomic
def update_plan_line(
    *, line: PersonalPlanLine, text: str, version: int, actor: User, measure: str = "", due_on: date | None = None
) -> PersonalPlanLine:
    """Write a line of the plan; Stale where somebody wrote it since."""
    registration = locked_draft(line.registration, actor=actor)
    row = _locked_line(line, version)
    _fill_line(row, text=text, measure=measure, due_on=due_on)
    row.version += 1
    row.save()
    touch(registration, "registration.plan_line_written", actor, line=str(row.uuid))
    return row


@transaction.atomic
def remove_plan_line(*, line: PersonalPlanLine, version: int, actor: User) -> None:
    """Take a line out of the plan of a draft; Stale where somebody wrote it since."""
    registration = locked_draft(line.registration, actor=actor)
    _locked_line(line, version).delete()
    touch(registration, "registration.plan_line_removed", actor, line=str(line.uuid))


def _locked_line(line: PersonalPlanLine, version: int) -> PersonalPlanLine:
    row = PersonalPlanLine.objects.select_for_update(of=("self",)).filter(pk=line.pk).first()
    if row is None or row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    return row


def _fill_line(line: PersonalPlanLine, *, text: str, measure: str, due_on: date | None) -> None:
    if not text.strip():
        raise Refusal(_("Write the strength or the shortcoming."), field="text")
    if line.half == PlanHalf.SHORTCOMING and not measure.strip():
        raise Refusal(_("Say by which measure the shortcoming is mended."), field="measure")
    if reason := selectors.reason_against_day(line.registration.year, due_on):
        raise Refusal(reason, field="due_on")
    line.text, line.measure, line.due_on = text.strip(), measure.strip(), due_on
