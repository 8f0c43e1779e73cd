"""The head of a framework: begun on the page of its officers, changed there; what it covers, one by one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Framework, FrameworkCover
from criteria.selectors.frameworks import framework_lineage
from criteria.services.frameworks.framework_groups import refuse_overtaken
from criteria.services.frameworks.framework_outline import copy_from, take_required
from criteria.services.frameworks.framework_pens import hold_written, record_writing
from criteria.services.frameworks.frameworks import create_framework
from orgs.models import Collective, Job, Position, Refusal, Unit, User

Covered = Job | Position | Collective | Unit
EMPTY, PARENT, COPY = "empty", "parent", "copy"


@transaction.atomic
def begin_framework(
    *, values: Mapping[str, Any], start: str, actor: User, source: Framework | None = None
) -> Framework:
    """A draft with the head `values`; `start` says what it begins with: empty, parent (its required criteria), copy.

    Refusal where it begins with a framework that is not named.
    """
    parent = values.get("parent")
    if parent is not None and parent.state != "issued":
        raise Refusal(_("Only an issued framework is concretised."), field="parent")
    if start == PARENT and parent is None:
        raise Refusal(_("Name the framework that it concretises."), field="parent")
    if start == COPY and source is None:
        raise Refusal(_("Name the framework to copy from."), field="source")
    made = create_framework(actor=actor, **values)
    if start == PARENT:
        take_required(framework=made, actor=actor)
    if start == COPY:
        copy_from(framework=made, source=source, actor=actor)
    return made


@transaction.atomic
def update_head(
    *, framework: Framework, values: Mapping[str, Any], before: Mapping[str, Any], actor: User
) -> Framework:
    """Write `values` over what stood `before`; Stale where something else stands there by now. Twice is once."""
    row = hold_written(framework.pk, actor)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    refuse_overtaken(row, before)
    if circle := framework_lineage.circle_of(row, values.get("parent")):
        raise Refusal(circle, field="parent")
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record_writing(row, "framework.head_written", actor, form=row.form_key, title=row.title)
    return row


@transaction.atomic
def add_cover(*, framework: Framework, covered: Covered, actor: User) -> FrameworkCover:
    """One more job, position, collective or unit that it covers. Twice is once."""
    held = hold_written(framework.pk, actor)
    kind = covered._meta.model_name
    found = held.covers.filter(**{kind: covered}).first()
    if found is None:
        found = FrameworkCover.objects.create(framework=held, **{kind: covered})
        record_writing(held, "framework.cover_added", actor, kind=kind, code=covered.code)
    return found


@transaction.atomic
def drop_cover(*, cover: FrameworkCover, actor: User) -> None:
    """It is covered no longer. Twice is once."""
    held = hold_written(cover.framework_id, actor)
    if FrameworkCover.objects.filter(pk=cover.pk).delete()[0]:
        record_writing(held, "framework.cover_dropped", actor, kind=cover.covered._meta.model_name)
