"""Two administrators with the same draft open: the second is told, and loses nothing of what he typed."""

import html

import pytest
from django.test import Client

from criteria.models import Criterion, CriterionGroup, Framework
from criteria.selectors.frameworks import frameworks as selectors
from orgs.models import User
from tests.criteria.test_criteria_admin import admin, drafts, inline, seen

pytestmark = pytest.mark.django_db
__all__ = ["drafts"]
WARNING = "Người khác đã lưu"


@pytest.fixture
def clients(province):
    """Two administrators."""
    found = (Client(), Client())
    second = User.objects.create_user("phuc2", password="x", is_staff=True, is_superuser=True)
    for client, user in zip(found, (province.users["phuc"], second), strict=True):
        client.force_login(user)
    return found


@pytest.fixture
def criterion(drafts):
    return Criterion.objects.get(group__framework=drafts["02A"], number="2")


def sent(criterion, **more):
    texts = selectors.texts_of(criterion)
    return {
        "group": criterion.group_id,
        "order": criterion.order,
        "number": criterion.number,
        "title": criterion.title,
        "item_key": criterion.item_key,
        "weight": "",
        **{f"text_{level}": texts.get(level, "") for level in ("excellent", "good", "average", "poor")},
        "_save": "Lưu",
        **more,
    }


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_second_writer_of_a_criterion_is_refused_with_both_texts(clients, criterion):
    address = admin("criterion_change", criterion.pk)
    first, second = clients
    shown = seen(second, address)
    mine, theirs = "Tốt: theo người thứ nhất.", "Tốt: theo người thứ hai."
    assert first.post(address, sent(criterion, text_good=mine) | seen(first, address)).status_code == 302
    answer = second.post(address, sent(criterion, text_good=theirs) | shown)
    page = text_of(answer)
    assert answer.status_code == 200
    assert WARNING in page
    assert theirs in page
    assert f"vừa lưu: {mine}" in page
    assert selectors.texts_of(criterion)["good"] == mine
    again = second.post(address, sent(criterion, text_good=theirs) | seen_in(page))
    assert again.status_code == 302
    assert selectors.texts_of(criterion)["good"] == theirs


def seen_in(page):
    """The hidden values of a page that came back."""

    class Once:
        def get(self, address):
            return type("Answer", (), {"content": page.encode()})

    return seen(Once(), "")


def test_form_that_does_not_say_what_it_showed_is_refused(clients, criterion):
    address = admin("criterion_change", criterion.pk)
    answer = clients[0].post(address, sent(criterion, text_good="Khác."))
    assert WARNING in text_of(answer)
    assert selectors.texts_of(criterion)["good"] != "Khác."


def test_writers_of_different_criteria_do_not_disturb_each_other(clients, criterion):
    other = Criterion.objects.filter(group__framework=criterion.group.framework).exclude(pk=criterion.pk).first()
    first, second = clients
    shown = seen(second, admin("criterion_change", other.pk))
    address = admin("criterion_change", criterion.pk)
    assert first.post(address, sent(criterion, text_good="Một.") | seen(first, address)).status_code == 302
    answer = second.post(admin("criterion_change", other.pk), sent(other, text_good="Hai.") | shown)
    assert answer.status_code == 302


def test_row_of_a_group_notices_the_page_of_its_criterion(clients, criterion):
    group = criterion.group
    rows = [
        {"id": row.pk, "group": group.pk, "order": row.order, "number": row.number, "title": row.title,
         "item_key": row.item_key} for row in group.criteria.order_by("order")
    ]  # fmt: skip
    first, second = clients
    address = admin("criteriongroup_change", group.pk)
    shown = seen(second, address)
    one = admin("criterion_change", criterion.pk)
    assert first.post(one, sent(criterion, title="Tiêu chí mới.") | seen(first, one)).status_code == 302
    head = {"framework": group.framework_id, "order": group.order, "number": group.number, "title": "Nhóm đổi tên",
            "group_key": group.group_key, "_save": "Lưu"}  # fmt: skip
    answer = second.post(address, head | inline("criteria", rows, len(rows)) | shown)
    assert WARNING in text_of(answer)
    assert "Tiêu chí mới." in text_of(answer)
    assert Criterion.objects.get(pk=criterion.pk).title == "Tiêu chí mới."
    assert CriterionGroup.objects.get(pk=group.pk).title != "Nhóm đổi tên"


def test_second_writer_of_the_frameworks_head_is_refused(clients, drafts):
    framework = drafts["02A"]
    address = admin("framework_change", framework.pk)
    first, second = clients

    def head(**more):
        rows = [
            {"id": row.pk, "framework": framework.pk, "order": row.order, "number": row.number, "title": row.title,
             "group_key": row.group_key} for row in framework.groups.order_by("order")
        ]  # fmt: skip
        return {
            "title": framework.title, "issuer": framework.issuer_id, "regulation": framework.regulation_id,
            "subject": framework.subject, "form_key": framework.form_key, "_save": "Lưu", "is_illustration": "on",
            "marking": "levels", **inline("covers", []), **inline("groups", rows, len(rows)), **more,
        }  # fmt: skip

    shown = seen(second, address)
    assert first.post(address, head(title="Khung một") | seen(first, address)).status_code == 302
    answer = second.post(address, head(title="Khung hai") | shown)
    assert WARNING in text_of(answer)
    assert "vừa lưu: Khung một" in text_of(answer)
    assert Framework.objects.get(pk=framework.pk).title == "Khung một"
