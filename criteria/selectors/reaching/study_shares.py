"""How many of each body have studied a text: counted by the database, in the same few queries for any number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.models import Acknowledgement, Cycle, Dissemination, DisseminationUnit
from orgs.models import Appointment, Person, Unit
from orgs.selectors.unit_tree import UnitTree

WHOLE = 100
NAMED = 10


@dataclass(frozen=True)
class StudyShare:
    """Of one body: how many people are to study, how many have. `unit` is None in the total of several."""

    unit: Unit | None
    people: int
    studied: int

    @property
    def uuid(self) -> UUID:
        """The body's, so that a row of a form can be named by it."""
        return self.unit.uuid

    @property
    def percent(self) -> int | None:
        """The share, rounded down so that 100 means everybody; None where nobody is to study."""
        return self.studied * WHOLE // self.people if self.people else None

    @property
    def left(self) -> int:
        """How many have not studied yet."""
        return self.people - self.studied

    @property
    def tone(self) -> str:
        """Ok when all have, bad when fewer than half have, warn between; quiet where nobody is to study."""
        if self.percent is None:
            return "quiet"
        return "ok" if self.percent == WHOLE else "warn" if self.percent * 2 >= WHOLE else "bad"


def shares_of(disseminations: QuerySet[Dissemination], bodies: QuerySet[Unit]) -> list[StudyShare]:
    """The share of each of `bodies` in what `disseminations` ask to study, those that lag most first, then by name.

    A person who studied one of them has studied. Three queries.
    """
    today = timezone.localdate()
    ids = bodies.order_by().values("pk")
    done = Acknowledgement.objects.filter(dissemination__in=disseminations.order_by().values("pk")).values("person")
    counts: dict[int, tuple[int, int]] = {}
    for unit, people, studied in (*_posted(ids, done, today), *_in_cells(ids, done, today)):
        before = counts.get(unit, (0, 0))
        counts[unit] = before[0] + people, before[1] + studied
    rows = [StudyShare(unit, *counts.get(unit.pk, (0, 0))) for unit in bodies.order_by("sort_key", "code")]
    return sorted(rows, key=lambda row: (row.percent is None, row.percent or 0))


def total_of(disseminations: QuerySet[Dissemination], bodies: QuerySet[Unit]) -> StudyShare:
    """The same of all bodies together, each person counted once; one query."""
    today = timezone.localdate()
    ids = bodies.order_by().values("pk")
    done = Acknowledgement.objects.filter(dissemination__in=disseminations.order_by().values("pk")).values("person")
    posts = Appointment.objects.current(today).filter(unit__in=ids).values("person")
    people = Person.objects.present(today).filter(Q(pk__in=posts) | Q(party_cell__in=ids))
    found = people.order_by().aggregate(people=Count("pk"), studied=Count("pk", filter=Q(pk__in=done)))
    return StudyShare(None, found["people"], found["studied"])


def lagging_in(cycle: Cycle) -> list[StudyShare]:
    """The bodies of `cycle` below its share in studying the regulation; empty where nothing of it was sent out."""
    if not cycle.study_share:
        return []
    sent = _of_regulation(cycle)
    return [row for row in shares_of(sent, _bodies_in(cycle, sent)) if _is_below(row, cycle.study_share)]


def study_warnings(cycle: Cycle) -> list[str]:
    """What to say about the study of the regulation before `cycle` opens: by name who is below the share."""
    if not cycle.study_share:
        return []
    if not _of_regulation(cycle).exists():
        return [
            _("The regulation %(number)s was not given out to be studied yet.") % {"number": cycle.regulation.number}
        ]
    rows = lagging_in(cycle)
    if not rows:
        return []
    words = ngettext(
        "%(count)d body is below %(share)d %% in studying the regulation: %(names)s.",
        "%(count)d bodies are below %(share)d %% in studying the regulation: %(names)s.",
        len(rows),
    )
    return [words % {"count": len(rows), "share": cycle.study_share, "names": named(rows)}]


def named(rows: Iterable[StudyShare]) -> str:
    """The first bodies with their share, and how many more there are."""
    listed = [f"{row.unit} ({row.percent} %)" for row in rows]
    more = len(listed) - NAMED
    words = "; ".join(listed[:NAMED])
    return words + (ngettext(" and %(n)d more", " and %(n)d more", more) % {"n": more} if more > 0 else "")


def _is_below(row: StudyShare, share: int) -> bool:
    return row.percent is not None and row.percent < share


def _of_regulation(cycle: Cycle) -> QuerySet[Dissemination]:
    return Dissemination.objects.filter(regulation=cycle.regulation_id, state__in=("open", "closed"))


def _bodies_in(cycle: Cycle, sent: QuerySet[Dissemination]) -> QuerySet[Unit]:
    rows = DisseminationUnit.objects.filter(dissemination__in=sent.order_by().values("pk"))
    bodies = Unit.objects.without_tree_fields().filter(pk__in=rows.values("unit"))
    narrowed = list(cycle.units.without_tree_fields().values_list("pk", flat=True))
    return bodies.filter(pk__in=UnitTree().subtree(narrowed)) if narrowed else bodies


def _posted(ids: QuerySet, done: QuerySet, today: date) -> Iterable[tuple[int, int, int]]:
    rows = Appointment.objects.current(today).filter(
        unit__in=ids, person__in=Person.objects.present(today).values("pk")
    )
    return rows.order_by().values_list("unit").annotate(people=_people(), studied=_people(Q(person__in=done)))


def _in_cells(ids: QuerySet, done: QuerySet, today: date) -> Iterable[tuple[int, int, int]]:
    """Members of a Party organisation; who holds a post in the same body is counted there already."""
    posted = Appointment.objects.current(today).filter(unit=OuterRef("party_cell"), person=OuterRef("pk"))
    rows = Person.objects.present(today).filter(party_cell__in=ids).exclude(Exists(posted))
    return (
        rows.order_by()
        .values_list("party_cell")
        .annotate(people=Count("pk"), studied=Count("pk", filter=Q(pk__in=done)))
    )


def _people(only: Q | None = None) -> Count:
    return Count("person", distinct=True, filter=only)
