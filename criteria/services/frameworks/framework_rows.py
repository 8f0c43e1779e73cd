"""The criteria of a framework, row by row: as a workbook, a file or another framework gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionGroup, CriterionLevel, Framework, Level
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.frameworks.framework_pages import EDITABLE, ENDED
from orgs.models import Refusal


@dataclass(frozen=True)
class CriterionRow:
    """One criterion with its group; `texts`, `targets` and `points` by level. An empty code is given by the service."""

    group_order: int
    group_number: str
    group_title: str
    group_key: str
    order: int
    number: str
    title: str
    item_key: str
    weight: Decimal | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    concretises: str = ""
    is_required: bool = True
    direction: str = ""
    cites: str = ""
    targets: Mapping[str, Decimal | None] = field(default_factory=dict)
    points: Mapping[str, Decimal | None] = field(default_factory=dict)
    group_sum: Decimal | None = None
    group_fixed: bool = False
    group_cites: str = ""


@transaction.atomic
def save_criterion(*, framework: Framework, row: CriterionRow) -> Criterion:
    """Write one criterion of a draft, known by the order numbers of its group and itself; empty texts are left out."""
    refuse_frozen(framework)
    criterion, _made = Criterion.objects.update_or_create(
        group=_group(framework, row),
        order=row.order,
        defaults={
            **{name: getattr(row, name) for name in ("number", "title", "item_key", "weight", "concretises")},
            **{name: getattr(row, name) for name in ("is_required", "direction", "cites")},
            **({"code": row.code} if row.code else {}),
        },
    )
    give_code(criterion)
    for level in Level.values:
        _level(criterion, level, row)
    return criterion


def give_code(criterion: Criterion) -> None:
    """A criterion without a code gets its number, with that of the group where it is taken in the framework."""
    if criterion.code:
        return
    framework = Criterion.objects.filter(group__framework=criterion.group.framework_id).exclude(pk=criterion.pk)
    taken = set(framework.values_list("code", flat=True))
    group, number = criterion.group, criterion.number.strip(" .") or str(criterion.order)
    wished = (number, f"{group.number.strip(' .')}.{number}", f"{group.order}.{criterion.order}")
    criterion.code = next((code for code in wished if code not in taken), str(criterion.uuid)[:30])
    criterion.save(update_fields=["code"])


def row_of(group: CriterionGroup, criterion: Criterion) -> CriterionRow:
    """The criterion as it stands, to be written elsewhere; its levels read along."""
    levels = {row.level: row for row in criterion.levels.all()}
    return CriterionRow(
        group_order=group.order,
        group_number=group.number,
        group_title=group.title,
        group_key=group.group_key,
        order=criterion.order,
        number=criterion.number,
        title=criterion.title,
        item_key=criterion.item_key,
        weight=criterion.weight,
        texts=selectors.texts_of(criterion),
        code=criterion.code,
        concretises=criterion.concretises,
        is_required=criterion.is_required,
        direction=criterion.direction,
        cites=criterion.cites,
        targets={name: levels[name].target if name in levels else None for name in Level.values},
        points={name: levels[name].points if name in levels else None for name in Level.values},
        group_sum=group.weight_sum,
        group_fixed=group.is_sum_fixed,
        group_cites=group.cites,
    )


def rows_of_template(template: Mapping[str, Any]) -> list[CriterionRow]:
    """The criteria of an example of the product."""
    return [
        CriterionRow(
            group_order=place,
            group_number=group["number"],
            group_title=group["title"],
            group_key=group["group_key"],
            order=order,
            number=criterion["number"],
            title=criterion["title"],
            item_key=criterion["item_key"],
            texts={level: criterion[level] for level in Level.values},
        )
        for place, group in enumerate(template["groups"], start=1)
        for order, criterion in enumerate(group["criteria"], start=1)
    ]


def refuse_frozen(framework: Framework) -> None:
    """Refusal where the framework is not being written: it is before others, issued, superseded or frozen."""
    if framework.frozen_at is not None or framework.state in ENDED:
        raise Refusal(
            _("The framework “%(framework)s” is issued and does not change. Copy it as a new version.")
            % {"framework": framework}
        )
    if framework.state not in EDITABLE:
        raise Refusal(
            _("The framework “%(framework)s” is in the state “%(state)s” and does not change now.")
            % {"framework": framework, "state": _(framework.state_row.label)}
        )


def _group(framework: Framework, row: CriterionRow) -> CriterionGroup:
    group, _made = CriterionGroup.objects.update_or_create(
        framework=framework,
        order=row.group_order,
        defaults={
            "number": row.group_number,
            "title": row.group_title,
            "group_key": row.group_key,
            "weight_sum": row.group_sum,
            "is_sum_fixed": row.group_fixed,
            "cites": row.group_cites,
        },
    )
    return group


def _level(criterion: Criterion, level: str, row: CriterionRow) -> None:
    text, target, points = row.texts.get(level, "").strip(), row.targets.get(level), row.points.get(level)
    if text or target is not None or points is not None:
        CriterionLevel.objects.update_or_create(
            criterion=criterion, level=level, defaults={"text": text, "target": target, "points": points}
        )
