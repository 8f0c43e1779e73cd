"""Frameworks: who sees which, what one still lacks, what a cycle has frozen, the texts of a level."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionGroup, Cycle, CycleFramework, Framework, Level
from criteria.selectors.regulations import parsed
from orgs import access
from orgs.models import User

LABEL = 70


@dataclass(frozen=True)
class LevelText:
    """One level of an item as a card shows it: `code` of the level, its label, the anchoring text."""

    code: str
    label: str
    text: str


@dataclass(frozen=True)
class Scope:
    """What a framework may narrow itself to; ids of rows, `line` of the unit."""

    line: str = ""
    managing_authority_id: int | None = None
    position_id: int | None = None
    job_id: int | None = None


def visible_to(user: User) -> QuerySet[Framework]:
    """The frameworks that `user` may read: issued ones everybody, drafts those who prepare them."""
    rows = Framework.objects.select_related("issuer", "regulation")
    return access.within(rows, access.document_scope("criteria.Framework", access.viewer_of(user)))


def listed(user: User) -> QuerySet[Framework]:
    """Visible frameworks with the number of their criteria."""
    return visible_to(user).annotate(criteria_count=Count("groups__criteria"))


def with_texts(framework: Framework) -> list[CriterionGroup]:
    """The groups in order, each with its criteria and their level texts, in three queries."""
    criteria = Criterion.objects.order_by("order").prefetch_related("levels")
    return list(framework.groups.order_by("order").prefetch_related(Prefetch("criteria", criteria)))


def texts_of(criterion: Criterion) -> dict[str, str]:
    """The four texts by level, empty where one is not written."""
    written = {row.level: row.text for row in criterion.levels.all()}
    return {level: written.get(level, "").strip() for level in Level.values}


def gaps(framework: Framework) -> list[str]:
    """Everything that a draft lacks before it can be issued, number and date among it."""
    unnumbered = _("The framework has no number or no date of issue yet.")
    return [*([] if framework.number and framework.issued_on else [unnumbered]), *what_is_missing(framework)]


def what_is_missing(framework: Framework) -> list[str]:
    """Every gap as a sentence: a criterion without one of its four texts, an item of the form that nobody anchors."""
    missing, anchored = [], set()
    for group in with_texts(framework):
        for criterion in group.criteria.all():
            anchored.add(criterion.item_key)
            for level, text in texts_of(criterion).items():
                if not text:
                    missing.append(
                        _("Criterion %(criterion)s has no text for the level “%(level)s”.")
                        % {"criterion": criterion, "level": Level(level).label}
                    )
    return missing + _items_not_anchored(framework, anchored)


def _items_not_anchored(framework: Framework, anchored: set[str]) -> list[str]:
    regulation = parsed(framework.regulation)
    form = next((form for form in regulation.forms if form.key == framework.form_key), None)
    if form is None:
        return [
            _("The regulation %(regulation)s has no form %(form)s.")
            % {"regulation": regulation.number, "form": framework.form_key}
        ]
    known = {item.key for item in form.level_items()}
    lost = [
        _("The form %(form)s has no level “%(item)s”.") % {"form": form.number, "item": key}
        for key in anchored - known
        if key
    ]
    return lost + [
        _("No criterion anchors the level “%(item)s” of %(form)s.")
        % {"item": level_label(form, item.key), "form": form.number}
        for item in form.level_items()
        if item.key not in anchored
    ]


def level_label(form: Any, item_key: str) -> str:
    """What a level of the form is about: number and label of the text above it, which it belongs to."""
    for section in form.sections:
        above = ""
        for item in section.items:
            if item.key == item_key:
                return above or f"{section.number}. {section.title}"
            if item.number:
                above = f"{section.number}.{item.number} {item.label}"
    return item_key


def content_of(framework: Framework) -> dict[str, Any]:
    """The whole framework as plain data, in the shape that `CycleFramework.content` keeps."""
    return {
        "title": framework.title,
        "number": framework.number,
        "issued_on": framework.issued_on.isoformat() if framework.issued_on else None,
        "issuer": framework.issuer.name,
        "edition": framework.edition,
        "subject": framework.subject,
        "form_key": framework.form_key,
        "groups": [
            {
                "order": group.order,
                "number": group.number,
                "title": group.title,
                "group_key": group.group_key,
                "criteria": [_criterion(row) for row in group.criteria.all()],
            }
            for group in with_texts(framework)
        ],
    }


def _criterion(row: Criterion) -> dict[str, Any]:
    return {
        "order": row.order,
        "number": row.number,
        "title": row.title,
        "item_key": row.item_key,
        "weight": None if row.weight is None else str(row.weight),
        "levels": texts_of(row),
    }


class FrameworkBook:
    """The frameworks of one cycle, read in one query, asked without any."""

    def __init__(self, cycle: Cycle) -> None:
        self._rows = list(CycleFramework.objects.filter(cycle=cycle).select_related("framework").order_by("id"))

    def frozen_for(self, *, subject: str, form_key: str, scope: Scope | None = None) -> CycleFramework | None:
        """The framework for a subject ("person", "collective", "organisation") who writes on this form.

        The narrowest that fits wins: job, position, level of management, line, everybody. None where there is none.
        """
        scope = scope or Scope()
        fitting = [
            (_width(row.framework), row)
            for row in self._rows
            if row.framework.subject == subject and row.framework.form_key == form_key and _fits(row.framework, scope)
        ]
        return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def frozen_for(cycle: Cycle, *, subject: str, form_key: str, scope: Scope | None = None) -> CycleFramework | None:
    """As `FrameworkBook.frozen_for`, for one subject."""
    return FrameworkBook(cycle).frozen_for(subject=subject, form_key=form_key, scope=scope)


def level_texts(
    cycle: Cycle,
    form_key: str,
    item_key: str,
    subject: str,
    *,
    framework_id: int | None = None,
    scope: Scope | None = None,
) -> tuple[LevelText, ...]:
    """The texts of the levels of one item, best first, as the cycle froze them; empty where nothing anchors the item.

    `framework_id` is the framework that enrolment wrote on the review; without it the one for `subject` and `scope`.
    """
    if framework_id is not None:
        frozen = CycleFramework.objects.filter(cycle=cycle, framework=framework_id).first()
    else:
        frozen = frozen_for(cycle, subject=subject, form_key=form_key, scope=scope)
    return texts_in(frozen.content, item_key) if frozen else ()


def texts_in(content: dict[str, Any], item_key: str) -> tuple[LevelText, ...]:
    """The texts of the levels of one item in a frozen framework; several criteria of one item follow each other."""
    anchoring = [
        criterion
        for group in content.get("groups", ())
        for criterion in group["criteria"]
        if criterion["item_key"] == item_key
    ]
    if not anchoring:
        return ()
    return tuple(
        LevelText(level.value, str(level.label), "\n".join(row["levels"][level] for row in anchoring))
        for level in Level
    )


def _width(framework: Framework) -> int:
    narrowing = (framework.job_id, framework.position_id, framework.managing_authority_id, framework.line or None)
    return next((rank for rank, value in enumerate(narrowing) if value is not None), len(narrowing))


def _fits(framework: Framework, scope: Scope) -> bool:
    pairs = (
        (framework.line or None, scope.line),
        (framework.managing_authority_id, scope.managing_authority_id),
        (framework.position_id, scope.position_id),
        (framework.job_id, scope.job_id),
    )
    return all(wanted is None or wanted == found for wanted, found in pairs)


def item_choices(framework: Framework, present: str = "") -> list[tuple[str, str]]:
    """The levels of the framework's form as (key, what it is about); a key that the form lacks stays choosable."""
    form = next((form for form in parsed(framework.regulation).forms if form.key == framework.form_key), None)
    items = form.level_items() if form else ()
    choices = [("", "—"), *((item.key, f"{item.key}: {level_label(form, item.key)[:LABEL]}") for item in items)]
    return choices if present in dict(choices) else [*choices, (present, present)]
