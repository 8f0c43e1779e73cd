"""Frameworks in the administration: what they cover, the circle of parents, copied criteria, figures of levels."""

import pytest
from django.urls import reverse

from criteria.models import Criterion, Framework
from criteria.selectors.frameworks import conforming
from tests.criteria.test_criteria_admin import inline, seen

pytestmark = pytest.mark.django_db


def admin(name, *args):
    return reverse(f"admin:criteria_{name}", args=args)


def head(framework, covers=(), **more):
    groups = [
        {"id": row.pk, "framework": framework.pk, "order": row.order, "number": row.number, "title": row.title,
         "group_key": row.group_key} for row in framework.groups.order_by("order")
    ]  # fmt: skip
    return {
        "title": framework.title,
        "issuer": framework.issuer_id,
        "regulation": framework.regulation_id,
        "subject": framework.subject,
        "form_key": framework.form_key,
        "marking": framework.marking,
        "_save": "Lưu",
        **inline("covers", covers),
        **inline("groups", groups, len(groups)),
        **more,
    }


def sent(client, framework, **more):
    address = admin("framework_change", framework.pk)
    return client.post(address, head(framework, **more) | seen(client, address))


def test_covers_are_written_beside_the_groups_and_only_one_thing_a_row(frames, login):
    framework, client = frames.own(), login("phuc")
    unit = frames.province.units["SYT"]
    assert sent(client, framework, covers=[{"job": frames.job.pk}, {"unit": unit.pk}]).status_code == 302
    assert [row.covered for row in framework.covers.all()] == [frames.job, unit]
    two = frames.own(title="Khung hai")
    answer = sent(client, two, covers=[{"job": frames.job.pk, "unit": unit.pk}])
    assert (answer.status_code, two.covers.count()) == (200, 0)


def test_circle_of_parents_is_named_at_its_field(frames, login):
    one, two = frames.own(title="Khung một"), frames.own(title="Khung hai")
    client = login("phuc")
    assert sent(client, two, parent=one.pk).status_code == 302
    answer = sent(client, one, parent=two.pk)
    assert "vòng tròn: “Khung một (1)” → “Khung hai (1)” → “Khung một (1)”" in answer.content.decode()
    assert Framework.objects.get(pk=one.pk).parent is None


def test_criteria_are_copied_from_another_framework_while_there_are_none(frames, login):
    source, empty = frames.own(), frames.own(title="Khung trống", rows=())
    client = login("phuc")
    assert 'name="copy_from"' in client.get(admin("framework_change", empty.pk)).content.decode()
    assert sent(client, empty, copy_from=source.pk).status_code == 302
    changes = conforming.differences(source, Framework.objects.get(pk=empty.pk))
    assert [row.part for row in changes] == ["title"]
    assert 'name="copy_from"' not in client.get(admin("framework_change", empty.pk)).content.decode()


def test_figures_and_code_of_a_criterion_are_written_and_a_second_code_is_refused(frames, login):
    framework, client = frames.own(), login("phuc")
    row = Criterion.objects.get(group__framework=framework, code="2")
    address = admin("criterion_change", row.pk)
    given = {
        "group": row.group_id, "order": row.order, "number": row.number, "title": row.title, "item_key": row.item_key,
        "code": "KQ.2", "is_required": "on", "direction": "at_least", "text_good": "Tốt.", "target_good": "95,5",
        "points_good": "8", "_save": "Lưu",
    }  # fmt: skip
    assert client.post(address, given | seen(client, address)).status_code == 302
    row.refresh_from_db()
    level = row.levels.get(level="good")
    assert (row.code, row.direction, str(level.target), str(level.points)) == ("KQ.2", "at_least", "95.50", "8.00")
    answer = client.post(address, given | {"code": "1"} | seen(client, address))
    assert "đã dùng mã này" in answer.content.decode()
    assert client.post(address, given | {"code": ""} | seen(client, address)).status_code == 302
    assert Criterion.objects.get(pk=row.pk).code == "2"


@pytest.mark.parametrize(("state", "is_open"), [("synthesis", True), ("returned", True), ("submitted", False)])
def test_framework_is_written_in_the_states_of_writing(frames, login, state, is_open):
    framework = frames.own()
    Framework.objects.filter(pk=framework.pk).update(state=state)
    row = Criterion.objects.filter(group__framework=framework).first()
    body = login("phuc").get(admin("criterion_change", row.pk)).content.decode()
    assert ('name="text_good"' in body) == is_open
