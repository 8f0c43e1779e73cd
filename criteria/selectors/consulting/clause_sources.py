"""Texts of the system as clauses: a framework criterion by criterion, a regulation line by line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from criteria.models import Criterion, CriterionGroup, Framework, Level, Regulation
from criteria.selectors.consulting.cutting import LABEL_LIMIT
from criteria.selectors.frameworks import frameworks
from criteria.selectors.rules import law, regulations
from orgs.models import User

VIETNAMESE = "vi"
SOURCE_LIMIT = 80
CONDITIONS, QUOTA, DATES, PROCEDURE, FORMS = "conditions", "quota", "dates", "procedure", "forms"
PARTS = (
    (CONDITIONS, _("Conditions of each grade")),
    (QUOTA, _("Quota of the best grade")),
    (DATES, _("Deadlines")),
    (PROCEDURE, _("Procedure")),
    (FORMS, _("Forms")),
)


@dataclass(frozen=True)
class Sourced:
    """One clause of a text of the system; `source` is the code of what it shows."""

    label: str
    body: str
    source: str = ""


def frameworks_for(user: User) -> QuerySet[Framework]:
    """The frameworks that `user` may put out: those in force, and the drafts that he prepares."""
    rows = frameworks.visible_to(user).exclude(state="superseded")
    return rows.order_by("title", "-edition", "id")


def regulations_for(user: User) -> QuerySet[Regulation]:
    """The regulations on which opinions can be asked."""
    return regulations.visible_to(user).order_by("-issued_on", "key")


def of_framework(framework: Framework) -> list[Sourced]:
    """One clause for each criterion: its title and the text of every level that is written."""
    return [
        Sourced(_label(group, row), _words(row), (row.code or row.number)[:SOURCE_LIMIT])
        for group in frameworks.with_texts(framework)
        for row in group.criteria.all()
    ]


def _label(group: CriterionGroup, criterion: Criterion) -> str:
    # Labels stand in the paper that is put out, which is Vietnamese whoever makes it.
    return f"Nhóm {group.number}, tiêu chí {criterion.code or criterion.number}"[:LABEL_LIMIT]


def _words(criterion: Criterion) -> str:
    lines = [criterion.title]
    with override(VIETNAMESE):
        written = frameworks.texts_of(criterion)
        lines += [f"{level.label}: {written[level]}" for level in Level if written[level]]
    return "\n".join(lines)


def of_regulation(row: Regulation, parts: Collection[str], day: date) -> list[Sourced]:
    """One clause for each line of the chosen parts, as the text of `day` has it; labelled by the clause it cites."""
    text = regulations.parsed(row).at(day)
    with override(VIETNAMESE):
        chapters: dict[str, Iterable[law.LawLine]] = {
            CONDITIONS: [line for chapter in law.conditions(text) for line in chapter.lines],
            QUOTA: law.quota(text).lines,
            DATES: law.dates(text).lines,
            PROCEDURE: law.procedure(text).lines,
            FORMS: law.form_lines(text.forms),
        }
        return [_of_line(line) for part, _title in PARTS if part in parts for line in chapters[part]]


def _of_line(line: law.LawLine) -> Sourced:
    body = "\n".join(str(words) for words in (line.text, line.detail) if words)
    return Sourced((line.cites or line.anchor)[:LABEL_LIMIT], body, line.anchor[:SOURCE_LIMIT])
