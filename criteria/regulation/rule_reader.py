"""Reads rules, requirements, quota, milestones and procedure from their tables."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from criteria.regulation.parts import (
    Authority,
    MilestoneDefault,
    PeerGroup,
    Procedure,
    QuotaReading,
    Requirement,
    Rule,
    Setting,
)
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import (
    AS_FOUND,
    CEILING,
    GATES,
    GRADES,
    LOWEST,
    RATINGS,
    READINGS,
    ROUNDINGS,
    STANDINGS,
    STEPS,
    TO_BE_CONFIRMED,
    WARNING,
)

PROCEDURE_SETTINGS = ("quorum", "circulation_working_days", "ballot", "ballot_binds", "explanation_before_meeting")
BALLOTS = ("none", "optional", "required")


@dataclass(frozen=True)
class Binding:
    """What `binds` may name in this regulation: its ratings, its subjects, its groups of subjects, its periods."""

    ratings: Mapping[str, tuple[str, ...]]
    subjects: tuple[str, ...]
    subject_groups: Mapping[str, tuple[str, ...]]
    periods: tuple[str, ...]

    def read(self, table: Table) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Ratings, subjects and periods that a row binds; what it does not name it does not narrow."""
        ratings = table.choices("ratings", self.ratings, self.ratings)
        named = table.choices("subjects", (*self.subject_groups, *self.subjects), self.subjects)
        periods = table.choices("periods", self.periods, self.periods)
        subjects = [subject for name in named for subject in self.subject_groups.get(name, (name,))]
        return frozenset(ratings), frozenset(subjects), frozenset(periods)


def read_authority(table: Table) -> Authority:
    """Clause, standing and question of a row; a row to be confirmed must say what to ask."""
    standing = table.choice("standing", STANDINGS)
    question = table.text("question", "")
    if standing == TO_BE_CONFIRMED and not question:
        table.refuse("question", "is missing: what is to be confirmed must say what to ask")
    # What was asked is answered once the line is confirmed, by an overlay or by a derived regulation.
    return Authority(table.text("cites"), standing, question if standing == TO_BE_CONFIRMED else "")


def read_rule(table: Table, binding: Binding) -> Rule:
    """One row of [[rules]]."""
    binds = table.table("binds", optional=True)
    ratings, subjects, periods = binding.read(binds)
    binds.finish()
    effect, caps_at = _effect(table)
    return Rule(
        key=table.text("key"),
        function=table.text("function"),
        numbers=table.numbers("numbers"),
        effect=effect,
        caps_at=caps_at,
        ratings=ratings,
        subjects=subjects,
        periods=periods,
        condition=table.text("condition"),
        reason=table.text("reason"),
        authority=read_authority(table),
    )


def _effect(table: Table) -> tuple[str, str | None]:
    written = [key for key in ("caps_at", "forces", "outcome", "warns") if table.has(key)]
    if len(written) != 1:
        table.refuse("caps_at", "or forces, outcome, warns: exactly one of them must be written")
    if written == ["outcome"]:
        return table.choice("outcome", GATES), None
    if written == ["warns"]:
        if not table.flag("warns", True):
            table.refuse("warns", "can only be true")
        return WARNING, None
    if written == ["forces"]:
        return CEILING, table.choice("forces", (LOWEST,))
    caps_at = table.choice("caps_at", (*GRADES[1:], AS_FOUND))
    return CEILING, None if caps_at == AS_FOUND else caps_at


def read_requirement(table: Table, binding: Binding) -> Requirement:
    """One row of [[requires]]."""
    ratings, subjects, periods = binding.read(table)
    return Requirement(
        key=table.text("key"),
        paths=table.texts("paths"),
        ratings=ratings,
        subjects=subjects,
        periods=periods,
        roles=frozenset(table.choices("roles", ("head", "deputy", "member"), ())),
        units=table.optional_choice("units", ("some", "none")),
    )


def read_quota(table: Table) -> QuotaReading:
    """The table [quota] with its base, its rounding and its groups."""
    base, rounding = table.table("base"), table.table("rounding")
    quota = QuotaReading(
        percent=table.integer("percent", 0, 100),
        exception_percent=table.optional_integer("exception_percent", 0, 100),
        base=base.choice("reading", READINGS),
        rounding=rounding.choice("mode", ROUNDINGS),
        relative_to_party=table.flag("relative_to_party", False),
        authority=read_authority(table),
        base_authority=read_authority(base),
        rounding_authority=read_authority(rounding),
        groups=table.rows("groups", _read_group, required=True),
    )
    for part in (base, rounding, table):
        part.finish()
    return quota


def _read_group(table: Table) -> PeerGroup:
    return PeerGroup(table.text("key"), table.text("label"), table.choices("ratings", RATINGS), read_authority(table))


def read_milestone(table: Table) -> MilestoneDefault:
    """One row of [[milestones]]; 29 February is no deadline."""
    month = table.integer("month", 1, 12)
    return MilestoneDefault(
        key=table.text("key"),
        label=table.text("label"),
        level=table.text("level"),
        line=table.text("line", ""),
        unit_kinds=table.texts("unit_kinds", ()),
        month=month,
        day=table.integer("day", 1, calendar.monthrange(2023, month)[1]),
        next_year=table.flag("next_year", False),
        closing=table.flag("closing", False),
        authority=read_authority(table),
        step=table.optional_choice("step", STEPS),
    )


def read_procedure(table: Table) -> Procedure:
    """The table [procedure]: every parameter that the workflow asks for, each with its authority."""
    settings = {}
    for name in PROCEDURE_SETTINGS:
        row = table.table(name)
        settings[name] = Setting(name, row.text("label"), _read_value(row, name), read_authority(row))
        row.finish()
    table.finish()
    return Procedure(settings)


def _read_value(row: Table, name: str) -> str | int | bool:
    if name == "quorum":
        return _read_quorum(row)
    if name == "circulation_working_days":
        return row.integer("value", 0, 60)
    if name == "ballot":
        return row.choice("value", BALLOTS)
    row.raw("value")
    return row.flag("value", False)


def _read_quorum(row: Table) -> str:
    value = row.text("value")
    numerator, slash, denominator = value.partition("/")
    if not (slash and numerator.isascii() and numerator.isdigit() and denominator.isascii() and denominator.isdigit()):
        row.refuse("value", "must be a fraction such as 2/3")
    if not 0 < int(numerator) <= int(denominator):
        row.refuse("value", "must be a fraction above 0 and at most 1")
    return value
