"""Frameworks: made, copied as a new version, filled criterion by criterion, frozen by the first cycle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionGroup, CriterionLevel, Framework, Level, Regulation
from criteria.selectors import frameworks as selectors
from criteria.services.bodies import refuse_stranger
from orgs.models import Refusal, Stale, Unit, User
from orgs.services import audit, transitions

DRAFT = "draft"


@dataclass(frozen=True)
class CriterionRow:
    """One criterion with its group and its four texts, as a workbook or a page gives it."""

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


@transaction.atomic
def create_framework(
    *,
    issuer: Unit,
    regulation: Regulation,
    title: str,
    subject: str,
    form_key: str,
    actor: User,
    rows: tuple[CriterionRow, ...] = (),
    is_illustration: bool = False,
    **scope: Any,
) -> Framework:
    """A draft with its criteria; `scope` may hold line, managing_authority, parent, number, issued_on."""
    refuse_stranger(actor=actor, body=issuer)
    framework = Framework(
        issuer=issuer,
        regulation=regulation,
        title=title,
        subject=subject,
        form_key=form_key,
        is_illustration=is_illustration,
        **scope,
    )
    begin(framework)
    framework.save()
    for row in rows:
        save_criterion(framework=framework, row=row)
    _record(framework, "framework.created", actor)
    return framework


def begin(framework: Framework) -> None:
    """Put a new framework, not saved yet, at the beginning of its procedure."""
    transitions.start(framework, "framework")


@transaction.atomic
def copy_framework(*, framework: Framework, actor: User) -> Framework:
    """A new draft of the next edition with all groups, criteria and texts; number and date come with its own issue."""
    refuse_stranger(actor=actor, body=framework.issuer)
    original = Framework.objects.select_for_update().get(pk=framework.pk)
    latest = Framework.objects.filter(title=original.title, issuer=original.issuer).order_by("-edition").first()
    copied = Framework(
        **{
            name: getattr(original, name)
            for name in ("issuer", "regulation", "parent", "title", "subject", "form_key", "is_illustration")
        },
        **{name: getattr(original, name) for name in ("line", "managing_authority")},
        copied_from=original,
        edition=latest.edition + 1,
    )
    begin(copied)
    copied.save()
    for group in selectors.with_texts(original):
        for criterion in group.criteria.all():
            save_criterion(framework=copied, row=_row_of(group, criterion))
    _record(copied, "framework.copied", actor, copied_from=str(original.uuid))
    return copied


@transaction.atomic
def number_framework(*, framework: Framework, number: str, issued_on: date, version: int, actor: User) -> Framework:
    """Give a draft the number and date of the document that promulgates it.

    Raises `Stale` when the draft was changed meanwhile, `Refusal` when it is issued already.
    """
    refuse_stranger(actor=actor, body=framework.issuer)
    row = Framework.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=framework.pk)
    refuse_frozen(row)
    if row.version != version:
        raise Stale(_("Somebody else has changed this framework since you opened it."))
    row.number, row.issued_on, row.version = number, issued_on, row.version + 1
    row.save()
    _record(row, "framework.numbered", actor, number=number, issued_on=issued_on)
    return row


@transaction.atomic
def save_criterion(*, framework: Framework, row: CriterionRow) -> Criterion:
    """Write one criterion of a draft, known by the order numbers of its group and itself; empty texts are left out."""
    refuse_frozen(framework)
    group, _made = CriterionGroup.objects.update_or_create(
        framework=framework,
        order=row.group_order,
        defaults={"number": row.group_number, "title": row.group_title, "group_key": row.group_key},
    )
    criterion, _made = Criterion.objects.update_or_create(
        group=group,
        order=row.order,
        defaults={"number": row.number, "title": row.title, "item_key": row.item_key, "weight": row.weight},
    )
    for level in Level.values:
        if text := row.texts.get(level, "").strip():
            CriterionLevel.objects.update_or_create(criterion=criterion, level=level, defaults={"text": text})
    return criterion


@transaction.atomic
def add_illustrations(
    *, issuer: Unit, regulation: Regulation, templates: tuple[dict[str, Any], ...], actor: User
) -> list[Framework]:
    """Draft frameworks from the product's own examples, one for each form that `issuer` has none of yet."""
    made = []
    for template in templates:
        if not Framework.objects.filter(issuer=issuer, regulation=regulation, form_key=template["form"]).exists():
            made.append(
                create_framework(
                    issuer=issuer,
                    regulation=regulation,
                    title=template["title"],
                    subject=template["subject"],
                    form_key=template["form"],
                    actor=actor,
                    rows=tuple(_rows_of_template(template)),
                    is_illustration=True,
                )
            )
    return made


def refuse_frozen(framework: Framework) -> None:
    """Refusal where the framework is issued, superseded or frozen: a new version is the way."""
    if framework.state != DRAFT or framework.frozen_at is not None:
        raise Refusal(
            _("The framework “%(framework)s” is issued and does not change. Copy it as a new version.")
            % {"framework": framework}
        )


def freeze(framework: Framework) -> dict[str, Any]:
    """What a cycle keeps of the framework; the first cycle marks it as frozen. Called while the cycle is locked."""
    if framework.frozen_at is None:
        framework.frozen_at = timezone.now()
        framework.save(update_fields=["frozen_at"])
    return selectors.content_of(framework)


def lock_framework(framework: Framework) -> None:
    """Hold the row until the end of the transaction; whoever else writes the same framework waits."""
    Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)


def record_change(*, framework: Framework, actor: User) -> None:
    """Raise the version of a draft that was edited in the administration, and keep the act in the history."""
    framework.version += 1
    framework.save(update_fields=["version"])
    _record(framework, "framework.updated", actor, version=framework.version)


def _row_of(group: CriterionGroup, criterion: Criterion) -> CriterionRow:
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
    )


def _rows_of_template(template: Mapping[str, Any]) -> list[CriterionRow]:
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


def _record(framework: Framework, action: str, actor: User, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Framework._meta.label,
        object_id=str(framework.uuid),
        unit_path=framework.issuer.code,
        facts={"edition": framework.edition, "form": framework.form_key, **facts},
    )
