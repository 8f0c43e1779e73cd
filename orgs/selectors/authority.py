"""Rating authority: which bodies propose, appraise and decide about a subject on a day, and on what ground.

The managing authority is not the rating authority. Rules say who rates; a delegation (document, scope, term) puts the
delegated body in the place of the deciding one; a recall takes one person back; an override fixes one subject.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orgs.models import (
    AuthorityOverride,
    AuthorityRule,
    Collective,
    Delegation,
    DelegationRecall,
    ManagingAuthority,
    Person,
    Proposer,
    RatingKind,
    Unit,
)
from orgs.selectors.seats import LEADING, PARTY_BODY, Seats
from orgs.selectors.unit_tree import UnitTree

USUAL_PROPOSER = {
    RatingKind.CADRE: Proposer.LEADERSHIP,
    RatingKind.PARTY_MEMBER: Proposer.PARTY_CELL,
    RatingKind.STATE: Proposer.UNIT_HEAD,
    RatingKind.COLLECTIVE: Proposer.ITSELF,
    RatingKind.ORGANISATION: Proposer.ITSELF,
}
GROUND_LENGTH = 500


@dataclass(frozen=True)
class Authority:
    """The chain of one rating. `ground` is the Vietnamese sentence that names the document behind it.

    `proposing_unit` is filled only where a head or a body without a collective proposes.
    """

    proposing_collective: Collective | None
    proposing_unit: Unit | None
    appraising_unit: Unit
    copy_unit: Unit | None
    deciding_collective: Collective
    ground: str


@dataclass(frozen=True)
class Subject:
    """What rules look at: the highest post of a person, or the unit of a collective or organisation."""

    unit_id: int | None
    line: str
    managing_authority_id: int | None = None
    position_id: int | None = None
    person: Person | None = None
    collective: Collective | None = None


class AuthorityBook:
    """Everything that decides about authority on the day `on`, read once: no query for a subject afterwards.

    `people` narrows the posts that are read, for a page about one person.
    """

    def __init__(self, on: date, *, people: Iterable[int] | None = None) -> None:
        self.tree = UnitTree()
        self.seats = Seats(on, self.tree, people=people)
        self.rules: dict[str, list[AuthorityRule]] = {}
        for rule in AuthorityRule.objects.current(on).select_related("managing_authority").order_by("order", "id"):
            self.rules.setdefault(rule.rating_kind, []).append(rule)
        every = [rule.managing_authority for rules in self.rules.values() for rule in rules]
        self._named = {level.pk: level.name for level in every if level}
        self.delegations = list(Delegation.objects.current(on).order_by("-started_on", "-id"))
        self._on = on
        self.overrides = {
            (row.rating_kind, row.person_id, row.collective_id, row.unit_id): row
            for row in AuthorityOverride.objects.current(on).order_by("started_on", "id")
        }
        if people is None:
            self.levels, self.recalls  # noqa: B018 - read now, so that no subject asks for it later

    @cached_property
    def recalls(self) -> dict[tuple[int, int], DelegationRecall]:
        """Who was taken back from which delegation; for a few people read only where one of them is delegated."""
        rows = DelegationRecall.objects.current(self._on).order_by("id") if self.delegations else ()
        return {(row.delegation_id, row.person_id): row for row in rows}

    @cached_property
    def levels(self) -> dict[int, str]:
        """Names of the levels of management."""
        return dict(ManagingAuthority.objects.values_list("pk", "name"))

    def _level(self, pk: int) -> str:
        """The name of a level of management; a rule that is of this level has brought it along."""
        return self._named.get(pk) or self.levels[pk]

    def of_person(self, person: Person, kind: str) -> Authority | None:
        """Who rates `person` as `kind`; None where nothing says so, or (as Party member) where there is no cell."""
        post = self.seats.highest_post(person.pk)
        if kind == RatingKind.PARTY_MEMBER:
            if not person.is_party_member or person.party_cell_id is None:
                return None
            unit_id = person.party_cell_id
        else:
            unit_id = post.unit_id if post else None
        unit = self.tree.units.get(unit_id)
        subject = Subject(
            unit_id=unit_id,
            line=unit.line if unit else (post.line if post else ""),
            managing_authority_id=person.managing_authority_id,
            position_id=post.position_id if post else None,
            person=person,
        )
        return self._authority(kind, subject, self.overrides.get((kind, person.pk, None, None)))

    def of_collective(self, collective: Collective) -> Authority | None:
        """Who rates the collective; None where nothing says so."""
        kind = RatingKind.COLLECTIVE
        subject = Subject(collective.unit_id, self.tree.units[collective.unit_id].line, collective=collective)
        return self._authority(kind, subject, self.overrides.get((kind, None, collective.pk, None)))

    def of_unit(self, unit: Unit) -> Authority | None:
        """Who rates the organisation; None where nothing says so."""
        kind = RatingKind.ORGANISATION
        return self._authority(kind, Subject(unit.pk, unit.line), self.overrides.get((kind, None, None, unit.pk)))

    def _authority(self, kind: str, subject: Subject, override: AuthorityOverride | None) -> Authority | None:
        rule = next((rule for rule in self.rules.get(kind, ()) if self._matches(rule, subject)), None)
        collective, unit = self._proposer(rule.proposer if rule else USUAL_PROPOSER[RatingKind(kind)], subject)
        if override:
            return Authority(
                proposing_collective=collective,
                proposing_unit=unit,
                appraising_unit=self.tree.units[override.appraising_unit_id],
                copy_unit=None,
                deciding_collective=self.seats.collectives[override.deciding_collective_id],
                ground=_cut(f"Thẩm quyền xếp loại được xác định riêng theo {override.document}."),
            )
        deciding = self._deciding(rule, kind, subject) if rule else None
        if deciding is None:
            return None
        return self._by_rule(rule, subject, deciding, collective, unit)

    def _by_rule(
        self,
        rule: AuthorityRule,
        subject: Subject,
        deciding: Collective,
        collective: Collective | None,
        unit: Unit | None,
    ) -> Authority:
        appraising, copy = self.tree.units[rule.appraising_unit_id], self.tree.units.get(rule.copy_unit_id)
        ground = f"{self._because(subject)}{deciding.name} đánh giá, xếp loại theo {rule.document}"
        delegation = self._delegation(rule.rating_kind, deciding, subject)
        recall = self.recalls.get((delegation.pk, subject.person.pk)) if delegation and subject.person else None
        if recall:
            ground += f"; không áp dụng ủy quyền theo {delegation.document}, rút lại theo {recall.document}"
        elif delegation:
            delegate = self.seats.collectives[delegation.to_collective_id]
            ground += f"; ủy quyền cho {delegate.name} theo {delegation.document}"
            own = self._appraising_of(delegation, delegate)
            # The delegating body follows the result through its own adviser.
            copy = appraising if own.pk != appraising.pk else copy
            deciding, appraising = delegate, own
        return Authority(collective, unit, appraising, copy, deciding, _cut(f"{ground}."))

    def _because(self, subject: Subject) -> str:
        if subject.managing_authority_id is None:
            return ""
        person = subject.person
        is_read = person is not None and "managing_authority" in person._state.fields_cache
        level = person.managing_authority.name if is_read else self._level(subject.managing_authority_id)
        return f"Thuộc diện {level}: "

    def _matches(self, row: AuthorityRule | Delegation, subject: Subject) -> bool:
        line = getattr(row, "line", "")
        return (
            (row.managing_authority_id is None or row.managing_authority_id == subject.managing_authority_id)
            and (row.position_id is None or row.position_id == subject.position_id)
            and (not line or line == subject.line)
            and (row.unit_id is None or self.tree.is_within(subject.unit_id, row.unit_id))
        )

    def _deciding(self, rule: AuthorityRule, kind: str, subject: Subject) -> Collective | None:
        """The rule's body; where it names none, the nearest one: above the cell, the collective or the organisation."""
        if rule.deciding_collective_id:
            return self.seats.collectives[rule.deciding_collective_id]
        chain = list(self.tree.chain(subject.unit_id))
        if kind == RatingKind.PARTY_MEMBER:
            return self.seats.nearest(chain[1:], PARTY_BODY)
        own_too = kind in (RatingKind.CADRE, RatingKind.STATE)
        return self.seats.nearest(chain if own_too else chain[1:], LEADING)

    def _delegation(self, kind: str, deciding: Collective, subject: Subject) -> Delegation | None:
        """The delegation in force for the subject: the one with the narrowest scope, then the latest."""
        held = [
            row
            for row in self.delegations
            if row.from_collective_id == deciding.pk and row.rating_kind == kind and self._matches(row, subject)
        ]
        return max(
            held,
            key=lambda row: sum(map(bool, (row.managing_authority_id, row.position_id, row.unit_id))),
            default=None,
        )

    def _appraising_of(self, delegation: Delegation, delegate: Collective) -> Unit:
        if delegation.appraising_unit_id:
            return self.tree.units[delegation.appraising_unit_id]
        own = (row for row in self.rules[delegation.rating_kind] if row.deciding_collective_id == delegate.pk)
        first = next(own, None)
        return self.tree.units[first.appraising_unit_id if first else delegate.unit_id]

    def _proposer(self, proposer: str, subject: Subject) -> tuple[Collective | None, Unit | None]:
        person_id = subject.person.pk if subject.person else None
        unit = self.tree.units.get(subject.unit_id)
        if proposer == Proposer.UNIT_HEAD:
            return None, unit
        if proposer == Proposer.ITSELF:
            own = subject.collective or self.seats.nearest(filter(None, [unit]), LEADING)
            return own, None if own else unit
        cell_id = subject.person.party_cell_id if subject.person else None
        cell = self.tree.units.get(cell_id)
        if proposer == Proposer.PARTY_CELL or unit is None:
            found = self.seats.cell_body(cell_id, person_id)
            return found, None if found else (cell or unit)
        found = self.seats.nearest(self.tree.chain(unit.pk), LEADING, person_id)
        return found, None if found else unit


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= GROUND_LENGTH else f"{sentence[: GROUND_LENGTH - 1]}…"
