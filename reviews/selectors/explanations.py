"""A suggestion in the words of a page: conditions met, unmet, unknown; who can give what is missing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.rating import Condition, Suggestion, conditions, parse_facts
from criteria.selectors.regulations import parsed
from reviews.models import Rating
from reviews.selectors.suggestions import Explained, explained

PEOPLE = {
    "levels": gettext_lazy("the author, in the self-review"),
    "tasks": gettext_lazy("the author, on the facts sheet"),
    "units_led": gettext_lazy("the author, on the facts sheet"),
    "collective_tasks": gettext_lazy("the author, on the facts sheet"),
    "collective_grade": gettext_lazy("the deciding body, when the collective is rated"),
    "state_grade": gettext_lazy("the head of the agency"),
    "members_graded": gettext_lazy("the Party organisation, when its members are rated"),
    "shortcomings": gettext_lazy("the officer, in the register"),
    "review_completed": gettext_lazy("the meeting"),
    "role": gettext_lazy("the officer, in the collective's list of members"),
}
FIELDS = {
    "assigned": gettext_lazy("tasks assigned"),
    "done": gettext_lazy("tasks done"),
    "on_time": gettext_lazy("tasks on time"),
    "beyond": gettext_lazy("tasks beyond the target"),
    "quality_met": gettext_lazy("whether quality was met"),
    "main_targets_missed": gettext_lazy("whether main targets were missed"),
    "quality": gettext_lazy("level of personal quality"),
    "building": gettext_lazy("level of building the collective"),
    "results": gettext_lazy("level of results"),
    "remedy": gettext_lazy("level of remedying shortcomings"),
    "collective_grade": gettext_lazy("grade of the collective"),
    "state_grade": gettext_lazy("State-side grade"),
    "named": gettext_lazy("shortcomings named"),
    "remedied": gettext_lazy("shortcomings remedied"),
    "review_completed": gettext_lazy("a finished review"),
    "role": gettext_lazy("part in the collective"),
}


@dataclass(frozen=True)
class Unknown:
    """A fact that the regulation requires and nobody has stated, and who can give it."""

    path: str
    what: str
    who: str


@dataclass(frozen=True)
class Explanation:
    """A suggestion laid out for a page."""

    explained: Explained
    unknown: tuple[Unknown, ...]
    conditions: tuple[Condition, ...]

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion itself."""
        return self.explained.suggestion


def explanation_of(rating: Rating) -> Explanation:
    """The suggestion for one rating, with every condition of its regulation."""
    found = explained(rating)
    regulation = parsed(rating.cycle.regulation)
    return Explanation(
        found,
        tuple(_unknown(path) for path in found.suggestion.missing),
        conditions(regulation, parse_facts(regulation, found.facts)),
    )


def _unknown(path: str) -> Unknown:
    first, _dot, last = path.partition(".")
    return Unknown(path, str(FIELDS.get(last or first, path)), str(PEOPLE.get(first, _("the officer"))))
