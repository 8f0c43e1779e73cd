"""The opening of a cycle: what stands in its way, and what is said before it without standing in its way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from criteria.models import Cycle, Framework, MilestoneStep
from criteria.selectors.frameworks.framework_choice import is_general
from criteria.selectors.reaching import coverage_pages, study_shares
from criteria.selectors.rounds import cycles
from criteria.selectors.rules.regulations import is_in_force, parsed

ISSUED = "issued"
# A step without a last day reminds nobody and is never late.
NEEDED_STEPS = (
    MilestoneStep.SELF_REVIEW,
    MilestoneStep.MEETING,
    MilestoneStep.FINISHING,
    MilestoneStep.PROPOSAL,
    MilestoneStep.APPRAISAL,
    MilestoneStep.DECISION,
)


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
    for form in cycles.levelled_forms(cycle):
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
