"""Plans of the province and of each body under it: written, copied to the next year, their dates moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import FocusTopic, Milestone, MilestoneStep, Plan
from criteria.selectors.rounds import milestones as dates
from criteria.services.bodies import locked_draft, refuse_stranger
from orgs.models import Refusal, Stale, Unit, UnitKind, User, record
from orgs.services import audit, transitions

FIRST_YEAR, LAST_YEAR = 2018, 2100


@dataclass(frozen=True)
class MilestoneRow:
    """A date as the plan's page gives it; an empty place means everybody."""

    step: str
    due_on: date
    line: str = ""
    unit_kind: UnitKind | None = None
    unit: Unit | None = None
    is_closing: bool = False
    note: str = ""

    @property
    def place(self) -> tuple[str, str, int | None, int | None]:
        """For what the row speaks: no two rows of a plan may speak for the same."""
        return self.step, self.line, self.unit_kind and self.unit_kind.pk, self.unit and self.unit.pk


@dataclass(frozen=True)
class TopicRow:
    """A focus topic of the year with the document that asks for it."""

    title: str
    document: str = ""


@transaction.atomic
def create_plan(
    *,
    issuer: Unit,
    year: int,
    title: str,
    actor: User,
    parent: Plan | None = None,
    milestones: Sequence[MilestoneRow] = (),
    topics: Sequence[TopicRow] = (),
    content: str = "",
    is_demo: bool = False,
) -> Plan:
    """A new draft plan of `issuer` for the round of `year`; Refusal when there is one, Forbidden for a stranger."""
    refuse_stranger(actor=actor, body=issuer)
    if Plan.objects.filter(issuer=issuer, year=year).exists():
        raise Refusal(
            _("“%(issuer)s” already has a plan for %(year)s.") % {"issuer": issuer, "year": year}, field="issuer"
        )
    plan = Plan(issuer=issuer, year=year, parent=parent, is_demo=is_demo)
    transitions.start(plan, "plan")
    _fill(plan, title=title, number="", issued_on=None, content=content)
    plan.save()
    _write_rows(plan, milestones, topics)
    _record(plan, "plan.created", actor)
    return plan


@transaction.atomic
def update_plan(
    *,
    plan: Plan,
    title: str,
    number: str,
    issued_on: date | None,
    content: str,
    milestones: Sequence[MilestoneRow],
    topics: Sequence[TopicRow],
    actor: User,
    version: int,
    parent: Plan | None = None,
) -> Plan:
    """Write the whole draft; its rows become exactly `milestones` and `topics`. Stale, Refusal, Forbidden as named."""
    refuse_stranger(actor=actor, body=plan.issuer)
    row = locked_draft(plan, version=version)
    row.parent = parent
    _fill(row, title=title, number=number, issued_on=issued_on, content=content)
    row.version += 1
    row.save()
    _write_rows(row, milestones, topics)
    _record(row, "plan.updated", actor, version=row.version)
    return row


@transaction.atomic
def copy_plan(*, plan: Plan, issuer: Unit, year: int, actor: User, parent: Plan | None = None) -> Plan:
    """A new draft with the content, topics and dates of `plan`, the dates moved by the difference of the years."""
    shift = year - plan.year
    return create_plan(
        issuer=issuer,
        year=year,
        title=plan.title.replace(str(plan.year), str(year)),
        parent=parent,
        actor=actor,
        milestones=[
            MilestoneRow(
                step=row.step,
                due_on=_in_year(row.due_on, row.due_on.year + shift),
                line=row.line,
                unit_kind=row.unit_kind,
                unit=row.unit,
                is_closing=row.is_closing,
                note=row.note,
            )
            for row in plan.milestones.select_related("unit_kind", "unit")
        ],
        topics=[TopicRow(row.title, row.document) for row in plan.topics.all()],
        content=plan.content,
    )


@transaction.atomic
def move_milestone(*, milestone: Milestone, due_on: date, document: str, actor: User, version: int) -> Milestone:
    """Another last day for a step of an issued plan, by a document. Its edition rises: reminders start again."""
    refuse_stranger(actor=actor, body=milestone.plan.issuer)
    plan = Plan.objects.select_for_update().get(pk=milestone.plan_id)
    if plan.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    row = Milestone.objects.select_related("unit_kind", "unit").get(pk=milestone.pk)
    if plan.state != dates.ISSUED:
        raise Refusal(_("A draft's dates are changed on the page of the plan itself."))
    if not document.strip():
        raise Refusal(_("Give the number and date of the document that moves the date."), field="document")
    if due_on == row.due_on:
        raise Refusal(_("This is the date that already stands."), field="due_on")
    before, row.due_on = row.due_on, due_on
    _refuse_wrong_date(plan, row, field="due_on")
    row.edition += 1
    row.note = record.nfc(document)[:300]
    row.save(update_fields=["due_on", "edition", "note"])
    plan.version += 1
    plan.save(update_fields=["version"])
    _record(
        plan, "plan.milestone_moved", actor, step=row.step, before=before, after=due_on, document=record.nfc(document)
    )
    return row


def _fill(plan: Plan, **values: Any) -> None:
    if not values["title"].strip():
        raise Refusal(_("Give the plan a title."), field="title")
    if not FIRST_YEAR <= plan.year <= LAST_YEAR:
        raise Refusal(_("The year must lie between 2018 and 2100."), field="year")
    _refuse_wrong_parent(plan)
    for name, value in values.items():
        setattr(plan, name, value.strip() if isinstance(value, str) else value)


def _refuse_wrong_parent(plan: Plan) -> None:
    above = plan.parent
    if above is not None and above.year != plan.year:
        raise Refusal(_("The plan above is for another year."), field="parent")
    while above is not None:
        if above.pk == plan.pk or above.issuer_id == plan.issuer_id:
            raise Refusal(_("A plan cannot stand under itself."), field="parent")
        above = above.parent


def _write_rows(plan: Plan, milestones: Sequence[MilestoneRow], topics: Sequence[TopicRow]) -> None:
    places: set[tuple[str, str, int | None, int | None]] = set()
    for row in milestones:
        if row.place in places:
            raise Refusal(
                _("The step “%(step)s” has two dates for the same place.") % {"step": MilestoneStep(row.step).label},
                field="milestones",
            )
        places.add(row.place)
    # A draft's rows are not documents yet: they are replaced, and the history keeps that it was changed.
    plan.milestones.all().delete()
    plan.topics.all().delete()
    for row in milestones:
        made = Milestone(
            plan=plan,
            step=row.step,
            due_on=row.due_on,
            line=row.line,
            unit_kind=row.unit_kind,
            unit=row.unit,
            is_closing=row.is_closing,
            note=row.note.strip()[:300],
        )
        _refuse_wrong_date(plan, made, field="milestones")
        made.save()
    FocusTopic.objects.bulk_create(
        FocusTopic(plan=plan, order=number, title=record.nfc(row.title), document=record.nfc(row.document))
        for number, row in enumerate(topics, start=1)
    )


def _refuse_wrong_date(plan: Plan, row: Milestone, *, field: str) -> None:
    # A demonstration puts its dates around the day on which it is loaded.
    if not plan.is_demo and not plan.year <= row.due_on.year <= plan.year + 1:
        raise Refusal(
            _("The date %(day)s of the step “%(step)s” lies outside the round of %(year)s.")
            % {"day": f"{row.due_on:%d/%m/%Y}", "step": row.get_step_display(), "year": plan.year},
            field=field,
        )
    if reason := dates.later_than_above(plan, row):
        raise Refusal(reason, field=field)


def _in_year(day: date, year: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(year, 2, 28)
    return day.replace(year=year)


def _record(plan: Plan, action: str, actor: User, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Plan._meta.label,
        object_id=str(plan.uuid),
        unit_path=plan.issuer.code,
        facts={"year": plan.year, **facts},
    )
