"""Frameworks: made, copied as a new version, filled criterion by criterion, frozen by the first cycle."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Framework, FrameworkCover, Regulation
from criteria.selectors.frameworks import framework_lineage
from criteria.selectors.frameworks import frameworks as selectors
from criteria.services.bodies import refuse_stranger
from criteria.services.frameworks.framework_rows import (
    CriterionRow,
    refuse_frozen,
    row_of,
    rows_of_template,
    save_criterion,
)
from orgs.models import Collective, Job, Position, Refusal, Stale, Unit, User
from orgs.services import audit, transitions

DRAFT = "draft"
COPIED = (
    "issuer", "regulation", "title", "legal_basis", "subject", "form_key", "marking", "line", "managing_authority",
    "is_submission_required", "is_illustration",
)  # fmt: skip


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
    covers: tuple[Job | Position | Collective | Unit, ...] = (),
    is_illustration: bool = False,
    **scope: Any,
) -> Framework:
    """A draft with its criteria and what it covers; `scope` may hold the other fields of the framework.

    One of a title that the issuer has used already is the next edition of it.
    """
    refuse_stranger(actor=actor, body=issuer)
    framework = Framework(
        issuer=issuer,
        edition=next_edition(title, issuer.pk),
        regulation=regulation,
        title=title,
        subject=subject,
        form_key=form_key,
        is_illustration=is_illustration,
        **scope,
    )
    begin(framework)
    framework.save()
    for covered in covers:
        FrameworkCover.objects.create(framework=framework, **{type(covered).__name__.lower(): covered})
    for row in rows:
        save_criterion(framework=framework, row=row)
    _record(framework, "framework.created", actor)
    return framework


def begin(framework: Framework) -> None:
    """Put a new framework, not saved yet, at the beginning of its procedure."""
    transitions.start(framework, "framework")


@transaction.atomic
def copy_framework(*, framework: Framework, actor: User, parent: Framework | None = None) -> Framework:
    """A new draft of the next edition with all covers, groups and criteria; number and date come with its own issue.

    `parent` is the framework that it concretises from now on, where that has changed.
    """
    refuse_stranger(actor=actor, body=framework.issuer)
    return draft_next_edition(framework=framework, actor=actor, parent=parent)


def draft_next_edition(*, framework: Framework, actor: User, parent: Framework | None) -> Framework:
    """The draft that `copy_framework` makes, within the transaction of an act that has asked for the right."""
    original = Framework.objects.select_for_update(of=("self",)).select_related("parent").get(pk=framework.pk)
    copied = Framework(
        **{name: getattr(original, name) for name in COPIED},
        parent=parent or original.parent,
        copied_from=original,
        edition=next_edition(original.title, original.issuer_id),
    )
    begin(copied)
    copied.save()
    _cover(copied, original.covers.all())
    copy_criteria(source=original, framework=copied)
    _record(copied, "framework.copied", actor, copied_from=str(original.uuid))
    return copied


@transaction.atomic
def concretise_framework(*, framework: Framework, issuer: Unit, actor: User, title: str = "") -> Framework:
    """A draft of `issuer` that concretises an issued framework: every criterion stands in it, ready to be tightened.

    Letter 1823-CV/TU, 2: each body makes the framework above it concrete. Refusal where that is not issued.
    """
    refuse_stranger(actor=actor, body=issuer)
    return draft_below(framework=framework, issuer=issuer, actor=actor, title=title)


def draft_below(*, framework: Framework, issuer: Unit, actor: User, title: str = "") -> Framework:
    """The draft that `concretise_framework` makes, within the transaction of an act that has asked for the right."""
    above = Framework.objects.select_related("issuer").get(pk=framework.pk)
    if above.state != "issued":
        raise Refusal(_("Only an issued framework is concretised."))
    name = title.strip() or f"{above.title}, {issuer.name}"
    made = Framework(
        **{name: getattr(above, name) for name in ("regulation", "subject", "form_key", "marking", "line")},
        managing_authority=above.managing_authority,
        issuer=issuer,
        parent=above,
        title=name[:300],
        edition=next_edition(name[:300], issuer.pk),
    )
    begin(made)
    made.save()
    # A collective or unit of the body above is not one of this body.
    _cover(made, above.covers.filter(collective=None, unit=None))
    for row in _rows_of(above):
        save_criterion(framework=made, row=replace(row, concretises=row.code))
    _record(made, "framework.created", actor, parent=str(above.uuid))
    return made


def copy_criteria(*, source: Framework, framework: Framework) -> None:
    """Every criterion of `source`, with its group and levels, into a draft."""
    for row in _rows_of(source):
        save_criterion(framework=framework, row=row)


def refuse_circle(framework: Framework, parent: Framework | None) -> None:
    """Refusal where `framework` would stand above itself."""
    if circle := framework_lineage.circle_of(framework, parent):
        raise Refusal(circle, field="parent")


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
                    rows=tuple(rows_of_template(template)),
                    is_illustration=True,
                )
            )
    return made


def freeze(frameworks: Iterable[Framework]) -> dict[int, dict[str, Any]]:
    """What a cycle keeps of each framework, by id; the first cycle marks it as frozen.

    Called while the cycle is locked; a constant number of queries, however many bodies have one.
    """
    rows = selectors.remember_all(frameworks)
    unfrozen = Framework.objects.filter(pk__in=[row.pk for row in rows if row.frozen_at is None])
    unfrozen.update(frozen_at=timezone.now())
    return {row.pk: selectors.content_of(row) for row in rows}


def lock_framework(framework: Framework) -> None:
    """Hold the row until the end of the transaction; whoever else writes the same framework waits."""
    Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)


def record_change(*, framework: Framework, actor: User) -> None:
    """Raise the version of a draft that was edited in the administration, and keep the act in the history."""
    framework.version += 1
    framework.save(update_fields=["version"])
    _record(framework, "framework.updated", actor, version=framework.version)


def _rows_of(framework: Framework) -> list[CriterionRow]:
    return [row_of(group, row) for group in selectors.with_texts(framework) for row in group.criteria.all()]


def next_edition(title: str, issuer_id: int) -> int:
    """The number of the next framework of this title and issuer; two begun at once come one after the other."""
    Unit.objects.without_tree_fields().select_for_update(of=("self",)).get(pk=issuer_id)
    latest = Framework.objects.filter(title=title, issuer=issuer_id).order_by("-edition").first()
    return latest.edition + 1 if latest else 1


def _cover(framework: Framework, covers: Iterable[FrameworkCover]) -> None:
    FrameworkCover.objects.bulk_create(
        FrameworkCover(
            framework=framework,
            job_id=row.job_id,
            position_id=row.position_id,
            collective_id=row.collective_id,
            unit_id=row.unit_id,
        )
        for row in covers
    )


def _record(framework: Framework, action: str, actor: User, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Framework._meta.label,
        object_id=str(framework.uuid),
        unit_path=framework.issuer.code,
        facts={"edition": framework.edition, "form": framework.form_key, **facts},
    )
