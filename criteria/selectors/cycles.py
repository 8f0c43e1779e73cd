"""Cycles: which a user sees, which is the present one, what a cycle still needs before it opens."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from criteria.models import Cycle, CycleFramework, Framework, FrameworkSubject, MilestoneStep
from criteria.regulation import Form, Regulation
from criteria.selectors import coverage_pages, study_shares
from criteria.selectors.framework_choice import is_general
from criteria.selectors.regulations import is_in_force, parsed
from orgs import access
from orgs.models import User
from orgs.selectors.unit_tree import UnitTree

OPEN, ISSUED = "open", "issued"
# A step without a last day reminds nobody and is never late.
NEEDED_STEPS = (
    MilestoneStep.SELF_REVIEW,
    MilestoneStep.MEETING,
    MilestoneStep.FINISHING,
    MilestoneStep.PROPOSAL,
    MilestoneStep.APPRAISAL,
    MilestoneStep.DECISION,
)


def visible_to(user: User) -> QuerySet[Cycle]:
    """The cycles that `user` may read: open and closed ones everybody, one being prepared those who prepare it."""
    rows = Cycle.objects.select_related("plan__issuer", "regulation")
    return access.within(rows, access.document_scope("criteria.Cycle", access.viewer_of(user)))


def current_for(user: User) -> Cycle | None:
    """The open cycle with the latest period that `user` may read, or None."""
    return _open_ones(user).first()


def present_round(user: User) -> tuple[date, str] | None:
    """Last day of the period and number of the regulation of `current_for`, without its content; every page asks."""
    return _open_ones(user).values_list("period_end_on", "regulation__number").first()


def _open_ones(user: User) -> QuerySet[Cycle]:
    return visible_to(user).filter(state=OPEN).order_by("-period_end_on", "-id")


def levelled_forms(cycle: Cycle) -> list[Form]:
    """The forms that are written in the cycle and on which levels are chosen: each needs a framework."""
    law = parsed(cycle.regulation).at(cycle.period_end_on)
    return [form for form in law.forms if form.level_items() and _is_written(form, law, cycle.period_kind)]


def _is_written(form: Form, law: Regulation, period: str) -> bool:
    return any(form.is_for(law.written_family(subject), subject, period) for subject in form.subjects)


def what_is_missing(cycle: Cycle) -> list[str]:
    """Every reason, as a sentence, for which the cycle cannot open yet; empty when it can."""
    return [*_of_documents(cycle), *_of_frameworks(cycle), *_of_dates(cycle), *coverage_pages.refusals(cycle)]


def what_to_know(cycle: Cycle) -> list[str]:
    """What is said before the opening without standing in its way: gaps of coverage, bodies that have not studied."""
    return [*coverage_pages.warnings(cycle), *study_shares.study_warnings(cycle)]


def _of_documents(cycle: Cycle) -> Iterator[str]:
    regulation = parsed(cycle.regulation)
    if cycle.plan.state != ISSUED:
        yield _("The plan “%(plan)s” is not issued yet.") % {"plan": cycle.plan}
    if not is_in_force(cycle.regulation, cycle.period_end_on):
        yield _("The regulation %(regulation)s is not in force on %(day)s.") % {
            "regulation": cycle.regulation.number,
            "day": f"{cycle.period_end_on:%d/%m/%Y}",
        }
    if cycle.period_kind not in regulation.period_kinds:
        yield _("The regulation %(regulation)s does not rate this kind of period.") % {
            "regulation": cycle.regulation.number
        }


def _of_frameworks(cycle: Cycle) -> Iterator[str]:
    chosen = list(Framework.objects.filter(uses__cycle=cycle).select_related("issuer").prefetch_related("covers"))
    for framework in chosen:
        if framework.state != ISSUED:
            yield _("The framework “%(framework)s” is not issued.") % {"framework": framework}
        if framework.regulation_id != cycle.regulation_id:
            yield _("The framework “%(framework)s” belongs to another regulation.") % {"framework": framework}
    for form in levelled_forms(cycle):
        fitting = [row for row in chosen if row.form_key == form.key and is_general(row)]
        if not fitting:
            yield _("No framework for everybody who writes on %(form)s is chosen.") % {"form": form.number}
        elif len({row.issuer_id for row in fitting}) < len(fitting):
            yield _("More than one framework for everybody who writes on %(form)s is chosen.") % {"form": form.number}


def _of_dates(cycle: Cycle) -> Iterator[str]:
    dated = set(cycle.plan.milestones.values_list("step", flat=True))
    for step in NEEDED_STEPS:
        if step not in dated:
            yield _("The plan gives no date for the step “%(step)s”.") % {"step": step.label}


def concretising(cycle: Cycle) -> QuerySet[Framework]:
    """The issued frameworks of bodies below the province under the cycle's regulation, within the cycle's units.

    Letter 1823-CV/TU, 3: every body and post has its own. They come into the cycle by themselves when it opens; those
    of the province are chosen. A framework of a body above the cycle's units measures there too.
    """
    rows = Framework.objects.filter(state=ISSUED, regulation=cycle.regulation_id, issuer__parent__isnull=False)
    named = list(cycle.units.through.objects.filter(cycle=cycle).values_list("unit_id", flat=True))
    if not named:
        return rows
    tree = UnitTree()
    within = tree.subtree(named)
    party = {tree.units[pk].party_organisation_id for pk in within}
    above = {unit.pk for pk in (*named, *party) for unit in tree.chain(pk)}
    return rows.filter(issuer__in=within | above)


def frameworks_of_province(cycle: Cycle) -> QuerySet[CycleFramework]:
    """What was chosen for the cycle, by form."""
    rows = cycle.frameworks.filter(framework__issuer__parent=None).select_related("framework")
    return rows.order_by("framework__form_key", "framework__title", "pk")


def count_of_bodies(cycle: Cycle) -> int:
    """How many frameworks of bodies measure in it: those that came in, before the opening those that would."""
    if cycle.opened_at is None:
        return concretising(cycle).count()
    return cycle.frameworks.filter(framework__issuer__parent__isnull=False).count()


def subject_of(form: Form) -> FrameworkSubject:
    """Whom a form's framework measures."""
    if "collective" in form.subjects:
        return FrameworkSubject.COLLECTIVE
    return FrameworkSubject.ORGANISATION if "organisation" in form.subjects else FrameworkSubject.PERSON
