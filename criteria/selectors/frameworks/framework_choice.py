"""The one function by which a framework is chosen: job, position, collective, then the unit and upwards.

A cycle asks it of what it froze, the page "why this framework" of what is in force on a day, the coverage of both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from criteria.models import Framework, FrameworkCover
from orgs.models import Collective, Job, Line, Position, Unit
from orgs.selectors.unit_tree import UnitTree

JOB, POSITION, COLLECTIVE, UNIT, PROVINCE = "job", "position", "collective", "unit", "province"
KINDS = (JOB, POSITION, COLLECTIVE, UNIT)
FAR = 10**6


@dataclass(frozen=True)
class Held:
    """One post of a person: where, as what, doing what."""

    unit_id: int | None = None
    position: Position | None = None
    job: Job | None = None


@dataclass(frozen=True)
class Asked:
    """Whom a framework is looked for: `posts` with the main one first, `collectives` those he sits in (or is).

    An empty `form_key` leaves the form open; `unit_id` is the place of whoever has no post, or of a body.
    """

    subject: str
    form_key: str = ""
    line: str = ""
    managing_authority_id: int | None = None
    posts: tuple[Held, ...] = ()
    collectives: tuple[Collective, ...] = ()
    unit_id: int | None = None


@dataclass(frozen=True)
class Step:
    """One look: under what (`kind`, `about`), what was found, which frameworks stood there and do not fit.

    `about` is the job, position, collective or unit; None for the bodies that issue for the whole province.
    """

    kind: str
    about: Job | Position | Collective | Unit | None
    framework: Framework | None = None
    unfit: tuple[Framework, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What applies, or None, with every step on the way."""

    framework: Framework | None
    steps: tuple[Step, ...]


class Candidates:
    """Frameworks to choose from, by what they cover; with `covers` and `issuer` read along it asks nothing more.

    Without covers a framework measures everybody of its form below its issuer. The highest body of the Party line
    issues for the whole province, the advisory body of a level of management for whom this level manages.
    """

    def __init__(self, frameworks: Iterable[Framework], tree: UnitTree | None = None) -> None:
        self._tree = tree
        self._chains: dict[int | None, dict[int, Unit]] = {}
        self._by_cover: dict[tuple[str, int], list[Framework]] = {}
        self._province: list[Framework] = []
        for framework in frameworks:
            self._place(framework)

    def _place(self, framework: Framework) -> None:
        covers = framework.covers_read if hasattr(framework, "covers_read") else list(framework.covers.all())
        for cover in covers:
            self._by_cover.setdefault(_key_of(cover), []).append(framework)
        if not covers:
            self._by_cover.setdefault((UNIT, framework.issuer_id), []).append(framework)
            if reaches_province(framework):
                self._province.append(framework)

    def choose(self, asked: Asked) -> Choice:
        """The framework that applies, with the steps that led there."""
        steps = tuple(self._walk(asked))
        return Choice(steps[-1].framework if steps else None, steps)

    def chain(self, unit_id: int | None) -> dict[int, Unit]:
        """The unit and its superiors, then its Party organisation and those above it, nearest first, by id."""
        if unit_id not in self._chains:
            self._chains[unit_id] = self._climb(unit_id)
        return self._chains[unit_id]

    def _climb(self, unit_id: int | None) -> dict[int, Unit]:
        if unit_id is None:
            return {}
        if self._tree is None:
            self._tree = UnitTree()
        own = list(self._tree.chain(unit_id))
        party = (above for unit in own for above in self._tree.chain(unit.party_organisation_id))
        return {unit.pk: unit for unit in (*own, *party)}

    def _walk(self, asked: Asked) -> Iterator[Step]:
        """Every look until one finds; the job comes first, the whole province last."""
        for step in self._looks(asked):
            yield step
            if step.framework:
                return

    def _looks(self, asked: Asked) -> Iterator[Step]:
        places = [held.unit_id for held in asked.posts if held.unit_id] or [asked.unit_id]
        for kind in (JOB, POSITION):
            for held in asked.posts:
                if about := getattr(held, kind):
                    yield self._step(kind, about, asked, held.unit_id or places[0])
        for collective in asked.collectives:
            yield self._step(COLLECTIVE, collective, asked, collective.unit_id)
        for unit in {pk: unit for place in places for pk, unit in self.chain(place).items()}.values():
            yield self._step(UNIT, unit, asked, unit.pk)
        yield _best(PROVINCE, None, asked, dict.fromkeys(self._province, 0))

    def _step(self, kind: str, about: Job | Position | Collective | Unit, asked: Asked, place: int | None) -> Step:
        rows = self._by_cover.get((kind, about.pk), ())
        return _best(kind, about, asked, {row: self._distance(row, place) for row in rows})

    def _distance(self, framework: Framework, place: int | None) -> int:
        """How far above the place its issuer stands; FAR where it stands nowhere above."""
        chain = self.chain(place)
        if framework.issuer_id in chain:
            return list(chain).index(framework.issuer_id)
        return len(chain) if reaches_province(framework) else FAR


def reaches_province(framework: Framework) -> bool:
    """Whether its issuer may measure people of every tree: the highest Party body, or the adviser of a level."""
    issuer = framework.issuer
    if issuer.parent_id is None and issuer.line == Line.PARTY:
        return True
    level = framework.managing_authority
    return level is not None and level.advisory_unit_id == issuer.pk


def is_general(framework: Framework) -> bool:
    """Whether a framework measures everybody of its form: of the highest body, narrowed to nothing."""
    narrowing = (framework.line, framework.managing_authority_id, framework.covers.all())
    return framework.issuer.parent_id is None and not any(narrowing)


def in_force(frameworks: Iterable[Framework], on: date) -> list[Framework]:
    """Those issued by the day `on` and not superseded by then."""
    return [
        row
        for row in frameworks
        if row.issued_on and row.issued_on <= on and (row.superseded_on is None or row.superseded_on > on)
    ]


def _best(
    kind: str, about: Job | Position | Collective | Unit | None, asked: Asked, rows: dict[Framework, int]
) -> Step:
    """The nearest of the rows that fit; at the same distance the narrower, then the later issued."""
    meant = {row: far for row, far in rows.items() if _is_meant(row, asked)}
    fitting = [row for row, far in meant.items() if far < FAR and _fits(row, asked)]
    found = min(fitting, key=lambda row: (meant[row], _width(row), -_day(row), -row.pk), default=None)
    return Step(kind, about, found, tuple(row for row in meant if row not in fitting))


def _is_meant(framework: Framework, asked: Asked) -> bool:
    return framework.subject == asked.subject and asked.form_key in ("", framework.form_key)


def _fits(framework: Framework, asked: Asked) -> bool:
    level = framework.managing_authority_id
    return framework.line in ("", asked.line) and level in (None, asked.managing_authority_id)


def _width(framework: Framework) -> int:
    return (framework.managing_authority_id is None) * 2 + (not framework.line)


def _day(framework: Framework) -> int:
    return framework.issued_on.toordinal() if framework.issued_on else 0


def _key_of(cover: FrameworkCover) -> tuple[str, int]:
    return next((kind, pk) for kind in KINDS if (pk := getattr(cover, f"{kind}_id")))
