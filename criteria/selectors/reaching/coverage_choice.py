"""How a collective, position or job stands: asked of the one function once for whatever can make a difference."""

from itertools import chain

from criteria.models import Framework, FrameworkSubject
from criteria.selectors.frameworks.framework_choice import Asked, Candidates, Held, is_general
from criteria.selectors.plain_tree import PlainTree
from orgs.models import Collective, Job, Position

COLLECTIVE, POSITION, JOB = "collective", "position", "job"
KINDS = (COLLECTIVE, POSITION, JOB)
OF_PERSONS, OF_COLLECTIVES = FrameworkSubject.PERSON.value, FrameworkSubject.COLLECTIVE.value
# What applies, the worse the higher: a concrete framework, only the general one of the province, none at all.
CONCRETE, GENERAL, NONE = 0, 1, 2


class Resolver:
    """Asks `Candidates` once for whatever differs: units below the same issuers are the same to it."""

    def __init__(self, frameworks: list[Framework], tree: PlainTree) -> None:
        self._tree = tree
        self._candidates = Candidates(frameworks, tree)
        self._general = {row.pk for row in frameworks if is_general(row)}
        self._levels = {row.managing_authority_id for row in frameworks} - {None}
        self._lines = {row.line for row in frameworks} - {""}
        covers = [cover for row in frameworks for cover in row.covers.all()]
        self._covered = {kind: {getattr(cover, f"{kind}_id") for cover in covers} for kind in (*KINDS, "unit")}
        self._issuers = {row.issuer_id for row in frameworks} | self._covered["unit"]
        self._signs: dict[int, tuple[int, ...]] = {}
        self._own_signs: dict[int, tuple[int, ...]] = {}
        self._known: dict[tuple[object, ...], int] = {}

    def collective(self, pk: int, unit_id: int) -> int:
        """How a collective stands."""
        if pk not in self._covered[COLLECTIVE]:
            return self._grade(OF_COLLECTIVES, unit_id, None, None, None)
        return self._grade(OF_COLLECTIVES, unit_id, None, COLLECTIVE, Collective(pk=pk, unit_id=unit_id))

    def post(self, kind: str, about: Position | Job, unit_id: int, level: int | None) -> int:
        """How a position or job of a unit stands, held by somebody of this level of management."""
        known = level if level in self._levels else None
        if about.pk not in self._covered[kind]:
            return self._grade(OF_PERSONS, unit_id, known, None, None)
        return self._grade(OF_PERSONS, unit_id, known, kind, about)

    def _grade(
        self, subject: str, unit_id: int, level: int | None, kind: str | None, about: Collective | Position | Job | None
    ) -> int:
        line = self._tree.units[unit_id].line
        line = line if line in self._lines else ""
        key = (subject, self._sign(unit_id), line, level, kind, about and about.pk)
        if key not in self._known:
            self._known[key] = self._asked(subject, unit_id, line, level, kind, about)
        return self._known[key]

    def _asked(
        self,
        subject: str,
        unit_id: int,
        line: str,
        level: int | None,
        kind: str | None,
        about: Collective | Position | Job | None,
    ) -> int:
        posts = (Held(unit_id, **{kind: about}),) if kind in (POSITION, JOB) else ()
        bodies = (about,) if kind == COLLECTIVE else ()
        asked = Asked(subject, "", line, level, posts, bodies, unit_id)
        found = self._candidates.choose(asked).framework
        if found is None:
            return NONE
        return GENERAL if found.pk in self._general else CONCRETE

    def _sign(self, unit_id: int) -> tuple[int, ...]:
        """What of the way upwards can make a difference: the issuers and covered units on `Candidates.chain`."""
        if unit_id not in self._signs:
            party = (self._own_sign(unit.party_organisation_id) for unit in self._tree.chain(unit_id))
            self._signs[unit_id] = tuple(dict.fromkeys(chain(self._own_sign(unit_id), *party)))
        return self._signs[unit_id]

    def _own_sign(self, unit_id: int | None) -> tuple[int, ...]:
        if unit_id is None:
            return ()
        if unit_id not in self._own_signs:
            own = (unit_id,) if unit_id in self._issuers else ()
            self._own_signs[unit_id] = own + self._own_sign(self._tree.units[unit_id].parent_id)
        return self._own_signs[unit_id]
