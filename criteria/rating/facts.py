"""The facts of one rating, clean: what is not stated is None, and no rule may guess it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

CIRCUMSTANCES = (
    "admitted_under_6_months",
    "appointed_under_6_months",
    "founded_under_6_months",
    "sick_leave_3_months",
    "maternity",
    "absent_3_to_6_months",
    "worked_under_6_months",
    "moved",
    "exempt_from_activity",
    "suspended_from_activity",
    "absent_from_review",
    "under_verification",
)
WHOM = ("self", "collective", "member", "subordinate_unit", "unit_led")
FORMS_OF_DISCIPLINE = ("khien_trach", "canh_cao", "cach_chuc", "khai_tru", "other")
FINDINGS = ("degradation", "disunity", "corruption", "broke_members_rules", "broke_exemplary_duty")
FOUND_WITH = ("self", "member", "unit")
ROLES = ("head", "deputy", "member")
CRITERIA_GROUPS = ("quality", "building", "results", "remedy")


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of tasks and of graded units or members; whichever was not stated is None."""

    assigned: int | None = None
    done: int | None = None
    on_time: int | None = None
    beyond: int | None = None
    quality_met: bool | None = None
    main_targets_missed: bool | None = None
    force_majeure: bool = False
    undone_objective: int = 0
    late_objective: int = 0
    total: int | None = None
    completed_or_better: int | None = None
    good_or_better: int | None = None


@dataclass(frozen=True, slots=True)
class Discipline:
    """One disciplinary decision of the period."""

    whom: str
    form: str = "other"
    violation: str = ""
    unit: str = ""
    self_detected: bool = False
    remedied: bool = False

    @property
    def is_excused(self) -> bool:
        """Detected by the body itself and its consequences remedied."""
        return self.self_detected and self.remedied


@dataclass(frozen=True, slots=True)
class Finding:
    """One conclusion of a competent authority in the period."""

    kind: str
    whom: str
    self_detected: bool = False
    remedied: bool = False

    @property
    def is_excused(self) -> bool:
        """Detected by the body itself and its consequences remedied."""
        return self.self_detected and self.remedied


@dataclass(frozen=True, slots=True)
class Points:
    """Points of the two groups, stated or counted from the sheet, exact."""

    common: Fraction | None = None
    results: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CommonItem:
    """One common item of a point sheet and how it was marked."""

    key: str
    mark: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of results: its weight out of 100 and the points reached out of that weight."""

    key: str
    weight: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the period: whether it was delivered, failed checks and delays, how many of them with a cause."""

    key: str
    done: bool
    failed_checks: int = 0
    failed_objective: int = 0
    delays: int = 0
    delays_objective: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A point sheet: marked common items, shares from 0 to 1, products, axes whose weights sum to 100."""

    common_items: tuple[CommonItem, ...] = ()
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    axes: tuple[Axis, ...] = ()
    products: tuple[Product, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortcomings:
    """Shortcomings named earlier, and how many of them are remedied."""

    named: int | None = None
    remedied: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything stated about one rating; `stated` holds the dotted paths of what may be relied on.

    `most_points` are the most that each group can still reach: of a sheet filled in in part more than its points.
    """

    rating: str
    subject: str
    period: str
    stated: frozenset[str]
    period_end: date | None = None
    review_completed: bool | None = None
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: Points = field(default_factory=Points)
    most_points: Points = field(default_factory=Points)
    sheet: Sheet | None = None
    tasks: Work = field(default_factory=Work)
    units_led: Work = field(default_factory=Work)
    members_graded: Work = field(default_factory=Work)
    same_level_bodies: Work = field(default_factory=Work)
    collective_tasks: Work = field(default_factory=Work)
    discipline: tuple[Discipline, ...] = ()
    subordinate_units: int | None = None
    findings: tuple[Finding, ...] = ()
    shortcomings: Shortcomings = field(default_factory=Shortcomings)
    role: str | None = None
    newly_moved_head: bool = False
    collective_grade: str | None = None
    is_civil_servant: bool | None = None
    state_grade: str | None = None
    circumstances: frozenset[str] = frozenset()
    quarters: Mapping[str, str | None] = field(default_factory=dict)
    previous_year_grade: str | None = None

    def work(self, name: str) -> Work:
        """The counts of tasks, units_led, members_graded, same_level_bodies or collective_tasks."""
        found: Work = getattr(self, name)
        return found

    def knows(self, paths: tuple[str, ...]) -> bool:
        """Whether every one of these paths is stated."""
        return self.stated.issuperset(paths)
