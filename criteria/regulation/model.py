"""The regulation itself: everything that one numbered and dated document orders, ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from criteria.regulation.form import Form, PersonForm
from criteria.regulation.parts import (
    CriteriaGroup,
    Document,
    Grade,
    Level,
    MilestoneDefault,
    Procedure,
    QuotaReading,
    Requirement,
    Rule,
)
from criteria.regulation.points import Counting
from criteria.regulation.vocabulary import LOWEST


@dataclass(frozen=True, slots=True)
class Version:
    """The regulation as it reads from a day on; `from_on` None is the first text."""

    from_on: date | None
    number: str
    title: str
    regulation: "Regulation"


@dataclass(frozen=True, eq=False)
class Regulation:
    """A regulation. `data` is its plain JSON form, from which `from_data` builds the very same again.

    `in_force_until` is the first day on which it is no longer in force, None while it is; `left_on` the earlier day
    from which a later regulation rates a kind of subject. `derived_from` is the key of the one that a province changed.
    """

    key: str
    number: str
    title: str
    side: str
    issued_on: date
    in_force_from: date
    in_force_until: date | None
    left_on: Mapping[str, date]
    is_illustration: bool
    derived_from: str
    note: str
    guidance: tuple[Document, ...]
    subject_labels: Mapping[str, str]
    subject_groups: Mapping[str, tuple[str, ...]]
    ratings: Mapping[str, tuple[str, ...]]
    period_kinds: tuple[str, ...]
    grades: tuple[Grade, ...]
    levels: tuple[Level, ...]
    groups: tuple[CriteriaGroup, ...]
    counting: Counting
    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...]
    quota: QuotaReading
    milestones: tuple[MilestoneDefault, ...]
    procedure: Procedure
    workflows: Mapping[str, str]
    forms: tuple[Form, ...]
    person_forms: tuple[PersonForm, ...]
    data: dict[str, Any] = field(repr=False)
    versions: tuple[Version, ...] = ()

    def __str__(self) -> str:
        return self.key

    def at(self, day: date | None) -> "Regulation":
        """The text that is right for a period ending on this day; the newest where no day is given."""
        if not self.versions or day is None:
            return self
        right = self.versions[0].regulation
        for version in self.versions[1:]:
            if version.from_on is not None and version.from_on <= day:
                right = version.regulation
        return right

    def is_in_force(self, day: date) -> bool:
        """Whether a period ending on this day falls under the regulation."""
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)

    def covers(self, subject: str, period: str, day: date) -> bool:
        """Whether it rates this kind of subject for this kind of period ending on this day."""
        left = self.left_on.get(subject)
        rated = any(subject in subjects for subjects in self.ratings.values())
        return rated and period in self.period_kinds and self.is_in_force(day) and (left is None or day < left)

    def rates(self, rating: str, subject: str) -> bool:
        """Whether this rating of this kind of subject is made under the regulation."""
        return subject in self.ratings.get(rating, ())

    def rules_for(self, rating: str, subject: str, period: str) -> tuple[Rule, ...]:
        """The rules that bind this rating of this subject for this kind of period, in the order of the file."""
        return _rules_for(self, rating, subject, period)

    def rule(self, key: str) -> Rule:
        """The rule of this key; KeyError where there is none."""
        for rule in self.rules:
            if rule.key == key:
                return rule
        raise KeyError(key)

    def form(self, key: str) -> Form:
        """The form of this key; KeyError where there is none."""
        for form in self.forms:
            if form.key == key:
                return form
        raise KeyError(key)

    def form_for(self, subject: str, period: str = "year") -> Form:
        """The central form on which this kind of subject writes; KeyError where it writes none (an organisation)."""
        for form in self.forms:
            if form.is_for(self.written_family(subject), subject, period):
                return form
        raise KeyError(subject)

    def written_family(self, subject: str) -> str:
        """The family of the form that a subject writes: its report, its review, or its sheet on the State side."""
        if subject == "collective":
            return "collective_report"
        return "personal_review" if self.side == "party" else "state_sheet"

    def person_form(self, *, holds_post: bool, is_head: bool, managed_by_standing_committee: bool) -> PersonForm:
        """The one provincial form of a person: the first row that fits; KeyError where the regulation has no rows."""
        person = {
            "holds_post": holds_post,
            "is_head": is_head,
            "managed_by_standing_committee": managed_by_standing_committee,
        }
        for row in self.person_forms:
            if row.fits(person):
                return row
        raise KeyError("person_forms")

    def grade_label(self, key: str) -> str:
        """The Vietnamese label of a grade."""
        return next(grade.label for grade in self.grades if grade.key == key)

    def level_label(self, key: str) -> str:
        """The Vietnamese label of a level."""
        return next(level.label for level in self.levels if level.key == key)

    @property
    def lowest(self) -> str:
        """The grade that nothing can lower."""
        return LOWEST


@lru_cache(maxsize=512)
def _rules_for(regulation: Regulation, rating: str, subject: str, period: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in regulation.rules if rule.binds(rating, subject, period))
