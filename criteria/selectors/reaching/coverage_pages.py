"""What the pages of coverage show: who may look at which part, who answers for a body, since when he is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria import access as reach
from criteria.models import CoverageRule, Cycle, UrgedMatter, UrgingLine
from criteria.selectors.heads import heads_of as own_heads
from criteria.selectors.plain_tree import PlainTree, PlainUnit
from criteria.selectors.reaching.coverage import CoverageBook, Lack
from orgs import access, roles
from orgs.models import Person, User
from orgs.selectors.unit_tree import UnitTree


@dataclass(frozen=True)
class Answering:
    """Who answers for a body, by name: its head, else the head of the nearest body above it (`above`, empty if own)."""

    person: Person
    above: str = ""


@dataclass(frozen=True)
class LackRow:
    """A line of the list: what is lacking, who answers for it, since when he was asked for it."""

    lack: Lack
    head: Answering | None
    asked_on: date | None


def units_seen_by(user: User, cycle: Cycle) -> frozenset[int] | None:
    """Ids of the units whose coverage `user` sees; None for all, PermissionDenied for none.

    Who prepares the cycle sees everything, an inspector and another officer their units, a head what he leads.
    """
    viewer = access.viewer_of(user)
    if reach.bodies_prepared_by(viewer).filter(pk=cycle.plan.issuer_id).exists():
        return None
    led = reach.units_led_by(viewer).order_by().values_list("pk", flat=True)
    below = PlainTree().subtree(led) if viewer.units_of(roles.UNIT_HEAD) or viewer.collectives_of(roles.HEAD) else set()
    seen = below | viewer.subtree_of(roles.OFFICER) | viewer.subtree_of(roles.INSPECTOR)
    if not seen:
        raise PermissionDenied(_("Coverage is shown to officers, inspectors and heads of bodies."))
    return frozenset(seen)


def heads_of(unit_ids: Iterable[int], tree: UnitTree) -> dict[int, Answering]:
    """Who answers for each of the units today, in two queries; a unit without any head above it is left out."""
    wanted = set(unit_ids)
    chains = {pk: [unit.pk for unit in tree.chain(pk)] for pk in wanted}
    found = own_heads({pk for chain in chains.values() for pk in chain}, timezone.localdate())
    answer: dict[int, Answering] = {}
    for pk, chain in chains.items():
        nearest = next((above for above in chain if above in found), None)
        if nearest is not None:
            answer[pk] = Answering(found[nearest], "" if nearest == pk else tree.units[nearest].name)
    return answer


def asked_since(matter: Mapping[str, object], unit_ids: Iterable[int]) -> dict[int, date]:
    """The day of the first sent letter that asked each unit in a matter (columns of `UrgingLetter`); one query."""
    given = {f"letter__{name}": value for name, value in matter.items()}
    rows = UrgingLine.objects.filter(unit__in=list(unit_ids), letter__sent_at__isnull=False, **given)
    found = rows.order_by().values_list("unit").annotate(Min("letter__sent_at"))
    return {pk: timezone.localdate(sent) for pk, sent in found}


def lack_rows(cycle: Cycle, lacks: list[Lack], tree: UnitTree) -> list[LackRow]:
    """`lacks` with head and first letter, three queries for any number."""
    ids = {row.unit.pk for row in lacks}
    heads = heads_of(ids, tree)
    asked = asked_since({"matter": UrgedMatter.COVERAGE, "cycle": cycle}, ids)
    return [LackRow(row, heads.get(row.unit.pk), asked.get(row.unit.pk)) for row in lacks]


def coverage_words(cycle: Cycle) -> str:
    """How many collectives and posts of `cycle` lack a concrete framework, as a sentence; empty where none does."""
    whole = CoverageBook(cycle).total()
    lacking = whole.whole.total - whole.whole.covered
    if not lacking:
        return ""
    words = ngettext(
        "%(count)d collective or post has no framework of its own yet: "
        "%(collectives)d collectives, %(positions)d positions, %(jobs)d jobs.",
        "%(count)d collectives and posts have no framework of their own yet: "
        "%(collectives)d collectives, %(positions)d positions, %(jobs)d jobs.",
        lacking,
    )
    return words % {
        "count": lacking,
        "collectives": whole.collective.total - whole.collective.covered,
        "positions": whole.position.total - whole.position.covered,
        "jobs": whole.job.total - whole.job.covered,
    }


def refusals(cycle: Cycle) -> list[str]:
    """What of the coverage stands against opening `cycle`, by its own rule."""
    words = coverage_words(cycle) if cycle.coverage_rule == CoverageRule.REFUSE else ""
    return [words] if words else []


def warnings(cycle: Cycle) -> list[str]:
    """What of the coverage is said before `cycle` opens, by its own rule."""
    words = coverage_words(cycle) if cycle.coverage_rule == CoverageRule.WARN else ""
    return [words] if words else []


def unit_named(book: CoverageBook, uuid: str) -> PlainUnit | None:
    """The unit of the scope with this uuid, None where there is none."""
    return next((unit for unit in book.tree.units.values() if str(unit.uuid) == uuid and book.holds(unit.pk)), None)


def crumbs_of(book: CoverageBook, focus: PlainUnit | None) -> list[PlainUnit]:
    """The units above `focus` within the scope, the topmost first."""
    if focus is None:
        return []
    return [unit for unit in book.tree.chain(focus.parent_id) if book.holds(unit.pk)][::-1]


def may_look(user: User) -> bool:
    """Whether `user` leads, inspects or is an officer of anything, so that the pages of coverage open for him."""
    viewer = access.viewer_of(user)
    offices = {roles.OFFICER, roles.INSPECTOR, roles.UNIT_HEAD, roles.HEAD, roles.ADMINISTRATOR}
    return bool(viewer.roles & offices)


def may_urge(user: User) -> bool:
    """Whether `user` writes letters for a body, and so may urge."""
    return roles.MANAGE_PLANS in access.viewer_of(user).rights
