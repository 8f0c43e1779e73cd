"""Acts of writing a framework: its head, groups, criteria, what it covers."""

from criteria.models import Criterion
from criteria.services.frameworks import criterion_writing, framework_groups, framework_heads, framework_outline
from tests.access.played.acts.act import Act
from tests.access.played.acts.frameworks import above, child

GROUP = {"number": "IV", "title": "Nhóm riêng", "group_key": "results", "weight_sum": None}


def own(made):
    """A draft of Sở Y tế with two groups, the second empty, and two criteria."""
    row = child(made)
    for place, number in enumerate(("A", "B"), start=50):
        group = row.groups.create(order=place, number=number, title="Nhóm riêng", group_key="results")
        if number == "A":
            for order in (1, 2):
                group.criteria.create(order=order, number=f"A{order}", code=f"A.{order}", title="Tiêu chí riêng")
    return row


def group(made, number="A"):
    return own(made).groups.get(number=number)


def criterion(made):
    return Criterion.objects.select_related("group__framework").get(group=group(made), order=1)


def begun(made, _late):
    row = above(made)
    names = ("regulation", "form_key", "subject", "marking")
    head = {name: getattr(row, name) for name in names}
    values = {**head, "issuer": made.province.units["SYT"], "title": "Khung của Sở", "parent": row}
    return {"values": values, "start": "parent", "source": None}


def headed(made, _late):
    row = child(made)
    return {"framework": row, "values": {"title": "Tên khác"}, "before": {"title": row.title}}


def covered(made, _late):
    return {"framework": child(made), "covered": made.province.units["SYT"]}


def uncovered(made, _late):
    return {"cover": child(made).covers.create(unit=made.province.units["SYT"])}


def regrouped(made, _late):
    row = group(made)
    return {"group": row, "values": {"title": "Tên khác"}, "before": {"title": row.title}}


def left_out(made, _late):
    return {"kept": framework_outline.drop_criterion(criterion=criterion(made), actor=made.user("khanh"))}


def lacking(made, _late):
    row = own(made)
    Criterion.objects.filter(group__framework=row).update(concretises="")
    row.parent.groups.create(order=70, number="C", title="Nhóm trên", group_key="results").criteria.create(
        order=1, number="C1", code="C.1", title="Tiêu chí bắt buộc"
    )
    return {"framework": row}


def empty(made, _late):
    row = child(made)
    for group_row in row.groups.all():
        for found in group_row.criteria.all():
            framework_outline.drop_criterion(criterion=found, actor=made.user("khanh"))
    return {"framework": row, "source": own(made)}


def retold(made, _late):
    row = criterion(made)
    lacking(made, 0)
    return {"criterion": row, "code": "C.1"}


ACTS = (
    Act(framework_heads.begin_framework, "khanh", begun, again=True),
    Act(framework_heads.update_head, "khanh", headed),
    Act(framework_heads.add_cover, "khanh", covered),
    Act(framework_heads.drop_cover, "khanh", uncovered),
    Act(framework_groups.add_group, "khanh", lambda made, _: {"framework": own(made), "values": GROUP}, again=True),
    Act(framework_groups.update_group, "khanh", regrouped),
    Act(framework_groups.move_group, "khanh", lambda made, _: {"group": group(made, "B"), "place": "up"}),
    Act(framework_groups.drop_group, "khanh", lambda made, _: {"group": group(made, "B")}),
    Act(framework_outline.add_criterion, "khanh", lambda made, _: {"group": group(made)}, again=True),
    Act(
        framework_outline.move_criterion,
        "khanh",
        lambda made, _: {"criterion": criterion(made), "place": "down"},
        again=True,
    ),
    Act(framework_outline.drop_criterion, "khanh", lambda made, _: {"criterion": criterion(made)}),
    Act(framework_outline.put_back_criterion, "khanh", left_out),
    Act(framework_outline.take_required, "khanh", lacking),
    Act(framework_outline.copy_from, "khanh", empty),
    Act(criterion_writing.take_over_texts, "khanh", retold),
)
