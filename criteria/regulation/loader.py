"""From a TOML text or from plain data to a Regulation, and back; what is wrong is refused with table and key."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from criteria.regulation.form_reader import read_form
from criteria.regulation.head_reader import (
    read_document,
    read_group,
    read_labels,
    read_left,
    read_person_forms,
    read_ratings,
    read_subject_groups,
    refuse_contradictions,
)
from criteria.regulation.model import Regulation, Version
from criteria.regulation.overlays import amended
from criteria.regulation.parts import Grade, Level
from criteria.regulation.plain import plain
from criteria.regulation.points import read_counting
from criteria.regulation.refusals import RegulationRefused
from criteria.regulation.rule_reader import (
    Binding,
    read_milestone,
    read_procedure,
    read_quota,
    read_requirement,
    read_rule,
)
from criteria.regulation.table import Asked, Path, Table
from criteria.regulation.vocabulary import PERIODS, SIDES, SUBJECTS

WORKFLOWS = ("review", "rating")


def load(text: str) -> Regulation:
    """The regulation written in this TOML text; RegulationRefused names the table and the key that are wrong."""
    return from_data(read_toml(text))


def read_toml(text: str) -> dict[str, Any]:
    """The plain data in this TOML text; RegulationRefused where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationRefused("file", "", f"is not TOML: {error}") from error


def to_data(regulation: Regulation) -> dict[str, Any]:
    """Plain JSON data (texts, whole numbers, flags, lists, tables; days as 2023-10-04) that `from_data` reads again."""
    return deepcopy(regulation.data)


def from_data(data: object) -> Regulation:
    """The regulation in this plain data, with one version per dated overlay; the newest is the one returned."""
    whole = Table(plain(data), "").everything()
    overlays = _overlays(whole)
    text = {key: value for key, value in whole.items() if key != "overlays"}
    versions = [Version(None, "", "", build(text))]
    for day, overlay in overlays:
        name = f"[[overlays]] {day.isoformat()}"
        text = amended(text, overlay, name)
        head = Table(overlay, name)
        versions.append(Version(day, head.text("number"), head.text("title"), build(text)))
    return replace(versions[-1].regulation, data=whole, versions=tuple(versions))


def _overlays(whole: dict[str, Any]) -> list[tuple[date, dict[str, Any]]]:
    found: list[tuple[date, dict[str, Any]]] = []
    for table in Table(whole, "").tables("overlays"):
        day = table.day("from")
        if day in [other for other, _ in found]:
            table.refuse("from", "is the day of another overlay too")
        found.append((day, table.everything()))
    return sorted(found, key=lambda pair: pair[0])


def _binding(table: Table) -> Binding:
    ratings = read_ratings(table.table("ratings"))
    subjects = tuple(subject for subject in SUBJECTS if any(subject in named for named in ratings.values()))
    short = table.table("subject_groups")
    groups = read_subject_groups(short, subjects, tuple(short.everything()))
    return Binding(ratings, subjects, groups, table.choices("period_kinds", PERIODS))


def build(data: Mapping[str, Any], notes: dict[Path, Asked] | None = None) -> Regulation:
    """One text without overlays; `notes` collects what was asked of it."""
    table = Table(data, "", notes=notes)
    binding = _binding(table)
    groups = table.rows("groups", lambda row: read_group(row, binding), required=True)
    counting = read_counting(table, binding)
    forms = table.rows("forms", lambda row: read_form(row, tuple(group.key for group in groups), counting))
    regulation = Regulation(
        key=table.text("key"),
        number=table.text("number"),
        title=table.text("title"),
        side=table.choice("side", SIDES),
        issued_on=table.day("issued_on"),
        in_force_from=table.day("in_force_from"),
        in_force_until=table.optional_day("in_force_until"),
        left_on=read_left(table, binding.subjects),
        is_illustration=table.flag("illustration", False),
        derived_from=table.text("derived_from", ""),
        note=table.text("note", ""),
        guidance=tuple(read_document(row) for row in table.tables("guidance")),
        subject_labels=read_labels(table.table("subjects"), binding.subjects),
        subject_groups=binding.subject_groups,
        ratings=binding.ratings,
        period_kinds=binding.periods,
        grades=table.rows("grades", lambda row: Grade(row.text("key"), row.text("label"), row.text("letters"))),
        levels=table.rows("levels", lambda row: Level(row.text("key"), row.text("label"))),
        groups=groups,
        counting=counting,
        rules=table.rows("rules", lambda row: read_rule(row, binding), required=True),
        requirements=table.rows("requires", lambda row: read_requirement(row, binding), required=True),
        quota=read_quota(table.table("quota")),
        milestones=table.rows("milestones", read_milestone),
        procedure=read_procedure(table.table("procedure")),
        workflows=read_labels(table.table("workflows"), WORKFLOWS),
        forms=forms,
        person_forms=read_person_forms(table, forms),
        data=dict(data),
    )
    table.finish()
    refuse_contradictions(table, regulation)
    return regulation
