"""Whom a consultation can be addressed to: recipient blocks of letters, bodies by kind, line and level, cadres."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from criteria.models import Addressee, Consultation
from orgs.models import Collective, Membership, Person, Unit, UnitKind, User, names
from orgs.selectors import people as register

BLOCKS = Path(__file__).resolve().parents[2] / "recipient_blocks.toml"
LEVELS = 6


@dataclass(frozen=True)
class Block:
    """One line of the recipients of a letter, and by what the register finds those whom it means."""

    key: str
    text: str
    kinds: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    people: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter whose recipients stand ready."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Match:
    """A block with whom it finds today; `fresh` are those not addressed yet."""

    block: Block
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    fresh: int = 0

    @property
    def found(self) -> int:
        """How many it finds."""
        return len(self.units) + len(self.people)


@dataclass(frozen=True)
class Filter:
    """Which bodies are asked for by hand; empty parts ask for nothing."""

    text: str = ""
    kinds: frozenset[int] = frozenset()
    line: str = ""
    level: int = 0
    under: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.text.strip() or self.kinds or self.line or self.level or self.under.strip())


@cache
def letters() -> tuple[Letter, ...]:
    """The letters that come with the product, in the order of the file."""
    data = tomllib.loads(BLOCKS.read_text(encoding="utf-8"))
    return tuple(
        Letter(row["key"], row["title"], tuple(_block(block) for block in row["blocks"])) for row in data["letters"]
    )


def _block(row: dict[str, object]) -> Block:
    return Block(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


@dataclass
class Register:
    """Bodies, collectives and kinds of today, read once; asked for every block and filter."""

    day: object = field(default_factory=timezone.localdate)

    @cached_property
    def units(self) -> list[Unit]:
        """The bodies of today, by name."""
        rows = Unit.objects.without_tree_fields().current(self.day).select_related("kind")
        return list(rows.order_by("sort_key", "code"))

    @cached_property
    def _by_id(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.units}

    @cached_property
    def _collectives(self) -> list[tuple[int, int, str]]:
        rows = Collective.objects.current(self.day).order_by("name").values_list("pk", "unit_id", "name")
        return [(pk, unit, names.fold(name)) for pk, unit, name in rows]

    def units_in(self, block: Block) -> list[Unit]:
        """The bodies that a block means: by their kind (under a superior of a kind), by their name, or as the seat of a
        collective of that name."""
        if block.people:
            return []
        seats = {unit for _pk, unit, name in self._collectives if _begins(name, block.names)}
        return [unit for unit in self.units if self._is_meant(unit, block, seats)]

    def people_in(self, block: Block) -> list[Person]:
        """The members of the collectives that a block of cadres names."""
        if not block.people:
            return []
        seats = [pk for pk, _unit, name in self._collectives if _begins(name, block.names)]
        members = Membership.objects.current(self.day).filter(collective__in=seats).values("person")
        return list(Person.objects.present(self.day).filter(pk__in=members).order_by("sort_key", "id"))

    def filtered(self, asked: Filter) -> list[Unit]:
        """The bodies that fit every filled part; none where nothing is asked for."""
        if asked.is_empty:
            return []
        return [unit for unit in self.units if self._fits(unit, asked)]

    def level_of(self, unit: Unit) -> int:
        """How deep the body stands: 1 at the top of its tree."""
        return len(self._above(unit)) + 1

    def _is_meant(self, unit: Unit, block: Block, seats: set[int]) -> bool:
        if _begins(unit.search, block.without):
            return False
        above = self._by_id.get(unit.parent_id)
        stands = not block.under or (above is not None and above.kind.code in block.under)
        return (unit.kind.code in block.kinds and stands) or _begins(unit.search, block.names) or unit.pk in seats

    def _fits(self, unit: Unit, asked: Filter) -> bool:
        folded, code = names.fold(asked.text), asked.text.strip().casefold()
        under = asked.under.strip().casefold()
        return (
            (not folded or folded in unit.search or unit.code.casefold() == code)
            and (not asked.kinds or unit.kind_id in asked.kinds)
            and (not asked.line or unit.line == asked.line)
            and (not asked.level or self.level_of(unit) == asked.level)
            and (not under or any(row.code.casefold() == under for row in self._above(unit)))
        )

    def _above(self, unit: Unit) -> list[Unit]:
        found: list[Unit] = []
        here = self._by_id.get(unit.parent_id)
        while here is not None and here not in found:
            found.append(here)
            here = self._by_id.get(here.parent_id)
        return found


def _begins(folded: str, starts: Iterable[str]) -> bool:
    return any(folded.startswith(names.fold(start)) for start in starts)


def matches_of(known: tuple[set[int], set[int]]) -> list[tuple[Letter, list[Match]]]:
    """Every letter, each block with whom it finds today; `known` are those who are addressed already."""
    today = Register()
    return [(letter, [_match(today, block, *known) for block in letter.blocks]) for letter in letters()]


def _match(today: Register, block: Block, units: set[int], people: set[int]) -> Match:
    bodies, cadres = today.units_in(block), today.people_in(block)
    fresh = sum(row.pk not in units for row in bodies) + sum(row.pk not in people for row in cadres)
    return Match(block, tuple(bodies), tuple(cadres), fresh)


def addressed(consultation: Consultation) -> tuple[set[int], set[int]]:
    """Ids of the bodies and of the cadres who are addressed already."""
    rows = Addressee.objects.filter(consultation=consultation).order_by().values_list("unit_id", "person_id")
    pairs = list(rows)
    return {unit for unit, _person in pairs if unit}, {person for _unit, person in pairs if person}


def kinds() -> QuerySet[UnitKind]:
    """The kinds of units, in their order."""
    return UnitKind.objects.order_by("order", "name")


def cadres_found(user: User, text: str) -> QuerySet[Person]:
    """The present cadres within the reach of `user` whose name or code is searched for; none without a search."""
    if not text.strip():
        return Person.objects.none()
    return register.listed(user, text=text).order_by("sort_key", "id")
