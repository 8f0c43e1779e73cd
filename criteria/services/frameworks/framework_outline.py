"""Criteria of a draft: added, put in another place, left out and put back, taken from other frameworks."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import (
    Criterion,
    CriterionGroup,
    CriterionLevel,
    CriterionPen,
    Framework,
    KeptCriterion,
    KeptReason,
    LevelConfirmation,
)
from criteria.selectors.frameworks.criterion_content import content_of
from criteria.selectors.frameworks.frameworks import with_texts
from criteria.services.frameworks import criterion_words as words
from criteria.services.frameworks.criterion_storing import store
from criteria.services.frameworks.framework_groups import ASIDE, DOWN, UP, put_in_order, shifted
from criteria.services.frameworks.framework_pens import hold_written, record_writing
from criteria.services.frameworks.framework_rows import CriterionRow, give_code, row_of, save_criterion
from orgs.models import Refusal, User

PLACES = (UP, DOWN)


@transaction.atomic
def add_criterion(*, group: CriterionGroup, actor: User) -> Criterion:
    """An empty criterion at the end of the group, ready to be written."""
    held = hold_written(group.framework_id, actor)
    made = _made_in(group)
    record_writing(held, "criterion.added", actor, criterion=str(made.uuid), code=made.code)
    return made


@transaction.atomic
def move_criterion(*, criterion: Criterion, place: str, actor: User) -> None:
    """One place up or down, over the border of its group too; or, by the identity of a group, to the end of that one.

    At the end of the way nothing moves. Refusal where `place` is none of these.
    """
    held = hold_written(criterion.group.framework_id, actor)
    row = Criterion.objects.select_related("group").get(pk=criterion.pk)
    groups = list(held.groups.order_by("order"))
    if place not in PLACES:
        target = next((group for group in groups if str(group.uuid) == place), None)
        if target is None:
            raise Refusal(_("This framework has no such group."))
        moved = _to_group(row, target, at_end=True)
    else:
        rows = list(row.group.criteria.order_by("order"))
        moved = shifted(rows, row, place)
        if moved:
            put_in_order(rows)
        else:
            moved = _over_the_border(row, groups, place)
    if moved:
        record_writing(held, "criterion.moved", actor, criterion=str(row.uuid), code=row.code, place=place)


@transaction.atomic
def drop_criterion(*, criterion: Criterion, actor: User) -> KeptCriterion | None:
    """Leave a criterion out; the whole of it is kept, with what was confirmed about it, and can be put back."""
    held = hold_written(criterion.group.framework_id, actor)
    row = Criterion.objects.select_related("group").filter(pk=criterion.pk).first()
    if row is None:
        return None
    confirmed = row.confirmations.values_list(
        "level", "text_sha256", "document", "confirmed_on", "confirmed_by_id", "above_sha256"
    )
    content = {
        **content_of(row),
        "group": str(row.group.uuid),
        "order": row.order,
        "confirmed": [[str(value) for value in values] for values in confirmed],
    }
    kept = KeptCriterion.objects.create(
        framework=held, criterion=row.uuid, user=actor, why=KeptReason.DROPPED, content=content
    )
    for table in (LevelConfirmation, CriterionPen, CriterionLevel):
        table.objects.filter(criterion=row).delete()
    row.delete()
    record_writing(held, "criterion.dropped", actor, criterion=str(kept.criterion), code=content["code"])
    return kept


@transaction.atomic
def put_back_criterion(*, kept: KeptCriterion, actor: User) -> Criterion:
    """Put a criterion that was left out back into its group, else into the last one. Twice is once."""
    held = hold_written(kept.framework_id, actor)
    if standing := Criterion.objects.filter(uuid=kept.criterion).first():
        return standing
    groups = list(held.groups.order_by("order"))
    if not groups:
        raise Refusal(_("The framework has no group to put it into. Add a group first."))
    content = kept.content
    group = next((row for row in groups if str(row.uuid) == content.get("group")), groups[-1])
    taken = Criterion.objects.filter(group__framework=held, code=content.get("code", "")).exists()
    made = _made_in(group, uuid=kept.criterion, code="" if taken else content.get("code", ""))
    _fill_again(held, made, content)
    rows = [row for row in group.criteria.order_by("order") if row.pk != made.pk]
    rows.insert(int(content.get("order", len(rows) + 1)) - 1, made)
    put_in_order(rows)
    KeptCriterion.objects.filter(pk=kept.pk).update(settled_at=timezone.now())
    record_writing(held, "criterion.put_back", actor, criterion=str(made.uuid), code=made.code)
    return made


@transaction.atomic
def take_required(*, framework: Framework, actor: User) -> int:
    """Take over every required criterion of the parent that none here concretises; answers how many came.

    Each comes into the group of the same number and key, else of the same key, else into one made for it.
    """
    held = hold_written(framework.pk, actor)
    if held.parent is None:
        raise Refusal(_("This framework concretises no other one."))
    rows = Criterion.objects.filter(group__framework=held)
    known, codes = set(rows.values_list("concretises", flat=True)), set(rows.values_list("code", flat=True))
    missing = [
        (group, row)
        for group in with_texts(held.parent)
        for row in group.criteria.all()
        if row.is_required and (row.code or row.number) not in known
    ]
    for group, row in missing:
        code = row.code or row.number
        _append(held, row_of(group, row), concretises=code, code="" if code in codes else code)
    if missing:
        record_writing(held, "framework.required_taken", actor, count=len(missing))
    return len(missing)


@transaction.atomic
def copy_from(*, framework: Framework, source: Framework, actor: User) -> int:
    """Groups and criteria of `source` into a draft that has no criterion yet; answers how many came.

    What a criterion there concretises is kept where both stand below the same framework.
    """
    held = hold_written(framework.pk, actor)
    if Criterion.objects.filter(group__framework=held).exists():
        raise Refusal(_("This framework has criteria of its own already."), field="source")
    held.groups.all().delete()
    found = [(group, row) for group in with_texts(source) for row in group.criteria.all()]
    is_beside = held.parent_id is not None and held.parent_id == source.parent_id
    for group, row in found:
        wanted = row_of(group, row)
        above = row.code if source.pk == held.parent_id else wanted.concretises if is_beside else ""
        save_criterion(framework=held, row=replace(wanted, concretises=above))
    if found:
        record_writing(held, "framework.criteria_copied", actor, source=str(source.uuid), count=len(found))
    return len(found)


def _made_in(group: CriterionGroup, *, uuid: UUID | None = None, code: str = "") -> Criterion:
    last = group.criteria.order_by("-order").first()
    place = last.order + 1 if last else 1
    rows = Criterion.objects.filter(group__framework=group.framework_id)
    identity = {"uuid": uuid} if uuid else {}
    made = Criterion.objects.create(group=group, order=place, number=str(rows.count() + 1), code=code, **identity)
    give_code(made)
    return made


def _fill_again(held: Framework, made: Criterion, content: dict) -> None:
    saved = content_of(made)
    wanted = words.cleaned(saved, {name: content[name] for name in content if name != "code"})
    wrong = words.problems_of(held, made, wanted)
    store(made, words.normal_figures({**wanted, **{name: saved[name] for name in wrong}}))
    # What was left out before the text above was kept with a confirmation has five values.
    for level, digest, document, day, user, *above in content.get("confirmed", ()):
        LevelConfirmation.objects.create(
            criterion=made,
            level=level,
            text_sha256=digest,
            above_sha256="".join(above),
            document=document,
            confirmed_on=day,
            confirmed_by_id=user,
        )


def _to_group(row: Criterion, target: CriterionGroup, *, at_end: bool) -> bool:
    if row.group_id == target.pk:
        return False
    others = list(target.criteria.order_by("order"))
    left = list(row.group.criteria.exclude(pk=row.pk).order_by("order"))
    Criterion.objects.filter(pk=row.pk).update(group=target, order=ASIDE * 2)
    put_in_order([*others, row] if at_end else [row, *others])
    put_in_order(left)
    return True


def _over_the_border(row: Criterion, groups: list[CriterionGroup], place: str) -> bool:
    there = groups.index(row.group) + (-1 if place == UP else 1)
    return 0 <= there < len(groups) and _to_group(row, groups[there], at_end=place == UP)


def _append(held: Framework, row: CriterionRow, *, concretises: str, code: str) -> None:
    groups = list(held.groups.order_by("order"))
    same = [group for group in groups if group.group_key == row.group_key]
    twin = next((group for group in same if group.number == row.group_number), same[0] if same else None)
    if twin is None:
        taken = groups[-1].order if groups else 0
        order, group_values = taken + 1, {}
    else:
        order, group_values = twin.order, _group_values(twin)
    last = twin.criteria.order_by("-order").first() if twin else None
    place = {"group_order": order, "order": last.order + 1 if last else 1}
    save_criterion(framework=held, row=replace(row, **place, **group_values, concretises=concretises, code=code))


def _group_values(group: CriterionGroup) -> dict:
    return {
        "group_number": group.number,
        "group_title": group.title,
        "group_key": group.group_key,
        "group_sum": group.weight_sum,
        "group_fixed": group.is_sum_fixed,
        "group_cites": group.cites,
    }
