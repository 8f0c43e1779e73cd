"""What the migration carries over: codes of older criteria, the day on which older frameworks ended."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from criteria.models import Criterion, Framework

pytestmark = pytest.mark.django_db
migration = import_module("criteria.migrations.0008_add_framework_covers")


def test_older_criteria_get_their_number_as_code_and_keep_the_one_they_have(frames):
    made = frames.own()
    rows = list(Criterion.objects.filter(group__framework=made).order_by("group__order", "order"))
    Criterion.objects.filter(pk__in=[row.pk for row in rows]).update(code="", number="1.")
    Criterion.objects.filter(pk=rows[0].pk).update(code="A")
    migration.code(apps, None)
    codes = [Criterion.objects.get(pk=row.pk).code for row in rows]
    assert codes == ["A", "1", f"{rows[2].group.number}.1"]


def test_third_criterion_of_one_number_in_one_group_gets_its_place(frames):
    made = frames.own()
    group = made.groups.order_by("order").first()
    for order in (7, 8):
        group.criteria.create(order=order, number="1", title="Thêm")
    Criterion.objects.filter(group__framework=made).exclude(group=group).update(number="9")
    Criterion.objects.filter(group__framework=made).update(code="")
    migration.code(apps, None)
    codes = list(Criterion.objects.filter(group=group).order_by("order").values_list("code", flat=True))
    assert codes == ["1", f"{group.number}.1", f"{group.order}.8"]


def test_older_superseded_framework_ended_on_the_day_of_its_last_move(frames):
    made, other = frames.own(), frames.own(title="Khác")
    Framework.objects.filter(pk=made.pk).update(
        state="superseded", state_since=datetime(2024, 12, 31, 18, 0, tzinfo=UTC)
    )
    migration.date_superseded(apps, None)
    ends = dict(Framework.objects.values_list("pk", "superseded_on"))
    assert ends == {made.pk: date(2025, 1, 1), other.pk: None}
