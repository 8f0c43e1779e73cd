"""Cycles: prepared from an issued plan, opened once everything is there, closed, and their running numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import CoverageRule, Cycle, CycleFramework, Framework, PeriodKind, Plan, Regulation
from criteria.selectors.rounds.cycles import concretising
from criteria.selectors.rules.regulations import is_in_force, parsed
from criteria.services.bodies import locked_draft, refuse_stranger
from criteria.services.frameworks.frameworks import freeze
from orgs.models import Refusal, Unit, User
from orgs.services import audit, transitions

ISSUED = "issued"
WHOLE = 100
# Frameworks that are read and frozen together when a cycle opens.
BATCH = 200


@dataclass(frozen=True)
class CycleDates:
    """The period that is rated, and the day on which it is fixed who takes part: everybody, or who is below `units`."""

    period_start_on: date
    period_end_on: date
    roster_on: date
    period_kind: str = PeriodKind.YEAR
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class OpeningRules:
    """What is asked before the cycle opens: frameworks for every body and post, the share that studied the law."""

    coverage_rule: str = CoverageRule.WARN
    study_share: int = 100


DEFAULT_RULES = OpeningRules()


@transaction.atomic
def create_cycle(
    *,
    plan: Plan,
    regulation: Regulation,
    frameworks: Iterable[Framework],
    dates: CycleDates,
    actor: User,
    title: str = "",
    rules: OpeningRules = DEFAULT_RULES,
    is_demo: bool = False,
) -> Cycle:
    """A cycle being prepared, from the issued plan of the province. Refusal names the field, Forbidden a stranger."""
    refuse_stranger(actor=actor, body=plan.issuer)
    code = code_for(dates)
    if Cycle.objects.filter(code=code).exists():
        raise Refusal(_("There is already a cycle %(code)s.") % {"code": code}, field="period_end_on")
    cycle = Cycle(code=code, is_demo=is_demo)
    transitions.start(cycle, "cycle")
    _fill(cycle, plan=plan, regulation=regulation, dates=dates, title=title, rules=rules)
    cycle.save()
    cycle.units.set(dates.units)
    _choose(cycle, frameworks)
    _record(cycle, "cycle.created", actor)
    return cycle


@transaction.atomic
def update_cycle(
    *,
    cycle: Cycle,
    plan: Plan,
    regulation: Regulation,
    frameworks: Iterable[Framework],
    dates: CycleDates,
    actor: User,
    version: int,
    title: str = "",
    rules: OpeningRules = DEFAULT_RULES,
) -> Cycle:
    """Change a cycle that is still being prepared; its period, and with it its code, stays."""
    refuse_stranger(actor=actor, body=cycle.plan.issuer)
    refuse_stranger(actor=actor, body=plan.issuer)
    row = locked_draft(cycle, version=version)
    if code_for(dates) != row.code:
        raise Refusal(
            _("The cycle %(code)s stands for its period. Prepare another cycle for another period.")
            % {"code": row.code},
            field="period_end_on",
        )
    _fill(row, plan=plan, regulation=regulation, dates=dates, title=title, rules=rules)
    row.version += 1
    row.save()
    row.units.set(dates.units)
    _choose(row, frameworks)
    _record(row, "cycle.updated", actor, version=row.version)
    return row


def code_for(dates: CycleDates) -> str:
    """The code of the cycle: 2024 for a year, 2026Q3 for a quarter."""
    end = dates.period_end_on
    return f"{end.year}Q{(end.month + 2) // 3}" if dates.period_kind == PeriodKind.QUARTER else str(end.year)


@transaction.atomic
def take_code(cycle: Cycle, letters: str) -> str:
    """The next public code of the cycle, such as 2024-CB-000123. Locks the cycle, which is the first lock of all."""
    return take_codes(cycle, letters, 1)[0]


@transaction.atomic
def take_codes(cycle: Cycle, letters: str, count: int) -> list[str]:
    """The next `count` public codes at once, for enrolment."""
    row = Cycle.objects.select_for_update().get(pk=cycle.pk)
    first = row.next_number
    Cycle.objects.filter(pk=row.pk).update(next_number=first + count)
    return [f"{row.code}-{letters}-{number:06d}" for number in range(first, first + count)]


def on_open(cycle: Cycle, *, actor: User, **data: Any) -> None:
    """What follows from opening: frameworks frozen as they are, the regulation unchangeable from now on.

    The frameworks of the bodies come in beside those that were chosen.
    """
    known = set(cycle.frameworks.values_list("framework_id", flat=True))
    more = [row for row in concretising(cycle).order_by("pk") if row.pk not in known]
    CycleFramework.objects.bulk_create([CycleFramework(cycle=cycle, framework=row) for row in more], BATCH)
    chosen = CycleFramework.objects.filter(cycle=cycle).select_related("framework__issuer").order_by("framework_id")
    rows = list(chosen)
    for batch in (rows[start : start + BATCH] for start in range(0, len(rows), BATCH)):
        contents = freeze(row.framework for row in batch)
        for row in batch:
            row.content = contents[row.framework_id]
        CycleFramework.objects.bulk_update(batch, ["content"])
    now = timezone.now()
    Regulation.objects.filter(pk=cycle.regulation_id, used_at=None).update(used_at=now)
    cycle.opened_at = now
    cycle.save(update_fields=["opened_at"])


def on_close(cycle: Cycle, *, actor: User, **data: Any) -> None:
    """The day of closing."""
    cycle.closed_at = timezone.now()
    cycle.save(update_fields=["closed_at"])


def register() -> None:
    """Register the consequences of the moves; called from `AppConfig.ready`."""
    transitions.register_consequence("cycle.open", on_open)
    transitions.register_consequence("cycle.close", on_close)


def _fill(
    cycle: Cycle, *, plan: Plan, regulation: Regulation, dates: CycleDates, title: str, rules: OpeningRules
) -> None:
    _refuse_wrong_share(rules)
    _refuse_wrong_plan(plan)
    _refuse_wrong_dates(dates)
    _refuse_wrong_regulation(regulation, dates)
    cycle.plan, cycle.regulation = plan, regulation
    cycle.coverage_rule, cycle.study_share = rules.coverage_rule, rules.study_share
    cycle.period_kind, cycle.period_start_on = dates.period_kind, dates.period_start_on
    cycle.period_end_on, cycle.roster_on = dates.period_end_on, dates.roster_on
    cycle.title = title.strip() or _("Review and rating of %(code)s") % {"code": cycle.code}


def _refuse_wrong_plan(plan: Plan) -> None:
    if plan.state != ISSUED:
        raise Refusal(_("The plan “%(plan)s” is not issued yet.") % {"plan": plan}, field="plan")
    if plan.parent_id is not None:
        raise Refusal(_("A cycle opens from the plan of the province, under which the others stand."), field="plan")


def _refuse_wrong_share(rules: OpeningRules) -> None:
    if not 0 <= rules.study_share <= WHOLE:
        raise Refusal(_("The share lies between 0 and 100 percent."), field="study_share")


def _refuse_wrong_dates(dates: CycleDates) -> None:
    if dates.period_end_on <= dates.period_start_on:
        raise Refusal(_("The last day of the period must come after its first day."), field="period_end_on")
    if dates.roster_on < dates.period_start_on:
        raise Refusal(_("The roster date must not come before the period."), field="roster_on")


def _refuse_wrong_regulation(regulation: Regulation, dates: CycleDates) -> None:
    law = parsed(regulation)
    if not is_in_force(regulation, dates.period_end_on):
        raise Refusal(
            _("The regulation %(regulation)s is not in force on %(day)s.")
            % {"regulation": regulation.number, "day": f"{dates.period_end_on:%d/%m/%Y}"},
            field="regulation",
        )
    if dates.period_kind not in law.period_kinds:
        raise Refusal(
            _("The regulation %(regulation)s does not rate this kind of period.") % {"regulation": regulation.number},
            field="regulation",
        )


def _choose(cycle: Cycle, frameworks: Iterable[Framework]) -> None:
    chosen = {row.pk: row for row in frameworks}
    for framework in chosen.values():
        if framework.state != ISSUED or framework.regulation_id != cycle.regulation_id:
            raise Refusal(
                _("The framework “%(framework)s” is not issued under this regulation.") % {"framework": framework},
                field="frameworks",
            )
    # Nothing is frozen before the opening: these rows are only the choice.
    cycle.frameworks.exclude(framework__in=chosen).delete()
    kept = set(cycle.frameworks.values_list("framework_id", flat=True))
    for pk in sorted(chosen.keys() - kept):
        CycleFramework.objects.create(cycle=cycle, framework=chosen[pk])


def _record(cycle: Cycle, action: str, actor: User, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Cycle._meta.label,
        object_id=str(cycle.uuid),
        chain=cycle.chain,
        unit_path=cycle.plan.issuer.code,
        facts={"code": cycle.code, "regulation": cycle.regulation.key, **facts},
    )
