"""The levels that a paper gives for a rating: what is asked for, and what it comes to by group of criteria."""

from collections.abc import Mapping
from dataclasses import dataclass

from criteria.regulation import Form, Regulation
from criteria.selectors.frameworks.frameworks import level_label
from reviews.models import Rating
from reviews.selectors.laws import law_of_rating

ANALYSIS = "analysis"


@dataclass(frozen=True)
class LevelQuestion:
    """One level to be stated: its key, what it is about, and the group of criteria in which it counts."""

    key: str
    label: str
    group: str


@dataclass(frozen=True)
class LevelSheet:
    """What a rating is asked; `number` names the official sheet, empty where there is none for its subject."""

    number: str
    questions: tuple[LevelQuestion, ...]

    def facts(self, levels: Mapping[str, str]) -> dict[str, list[str]]:
        """The levels by group, as the grading contract wants them; what is not asked for (any more) is left out."""
        found: dict[str, list[str]] = {}
        for row in self.questions:
            if level := levels.get(row.key, ""):
                found.setdefault(row.group, []).append(level)
        return found


def sheet_of(rating: Rating) -> LevelSheet:
    """The levels of the analysis sheet (HD 21: Mẫu 03 to 05), else of the form written on, else one for each group."""
    return sheet_for(law_of_rating(rating), rating.subject_kind)


def sheet_for(law: Regulation, subject: str) -> LevelSheet:
    """As `sheet_of`; without questions where the regulation does not grade by levels."""
    if not law.levels:
        return LevelSheet("", ())
    if form := _form_of(law, subject):
        asked = (LevelQuestion(item.key, level_label(form, item.key), item.group) for item in form.level_items())
        return LevelSheet(form.number, tuple(asked))
    groups = (row for row in law.groups if subject in row.subjects)
    return LevelSheet("", tuple(LevelQuestion(row.key, row.label, row.key) for row in groups))


def _form_of(law: Regulation, subject: str) -> Form | None:
    fitting = [form for form in law.forms if subject in form.subjects and form.level_items()]
    return next(iter(sorted(fitting, key=lambda form: form.family != ANALYSIS)), None)
