"""Cycles: which a user sees, which is the present one, which forms and frameworks belong to one."""

from datetime import date

from django.db.models import QuerySet

from criteria.models import Cycle, CycleFramework, Framework, FrameworkSubject
from criteria.models import Regulation as RegulationRow
from criteria.regulation import Form, Regulation
from criteria.selectors.rules.regulations import parsed
from orgs import access
from orgs.models import User
from orgs.selectors.unit_tree import UnitTree

OPEN, ISSUED = "open", "issued"


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


def day_for(user: User, row: RegulationRow, today: date) -> date:
    """The day as of which `user` reads a regulation: the end of the open period that it judges, else today."""
    cycle = current_for(user)
    return cycle.period_end_on if cycle is not None and cycle.regulation_id == row.pk else today


def _open_ones(user: User) -> QuerySet[Cycle]:
    return visible_to(user).filter(state=OPEN).order_by("-period_end_on", "-id")


def levelled_forms(cycle: Cycle) -> list[Form]:
    """The forms that are written in the cycle and on which levels are chosen: each needs a framework."""
    law = parsed(cycle.regulation).at(cycle.period_end_on)
    return [form for form in law.forms if form.level_items() and _is_written(form, law, cycle.period_kind)]


def _is_written(form: Form, law: Regulation, period: str) -> bool:
    return any(form.is_for(law.written_family(subject), subject, period) for subject in form.subjects)


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
