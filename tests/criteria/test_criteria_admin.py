"""The administration of this floor: from the framework to a criterion's four texts and back; nothing is deleted."""

import re
from datetime import date
from io import BytesIO

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria.models import (
    Criterion,
    CriterionGroup,
    CriterionLevel,
    Cycle,
    FormRule,
    Framework,
    Plan,
    Regulation,
    SwappedDay,
)
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks import frameworks
from orgs.models import AuditEvent
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def admin(name, *args):
    return reverse(f"admin:criteria_{name}", args=args)


@pytest.fixture
def drafts(province):
    law = rounds.regulation()
    made = frameworks.add_illustrations(
        issuer=province.units["TU"], regulation=law, templates=illustrations()[law.key], actor=province.users["giang"]
    )
    return {row.form_key: row for row in made}


@pytest.fixture
def issued(province, drafts):
    Framework.objects.filter(pk=drafts["02A"].pk).update(number="01-HD/TU", issued_on=date(2024, 10, 1))
    return advance(drafts["02A"], "issue", actor=province.users["giang"], version=1)


def inline(prefix, rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def seen(client, address):
    """What the page at `address` carries hidden about the values that it showed."""
    body = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="((?:\w+-\d+-)?seen)" value="(\w+)"', body))


def framework_data(province, **more):
    return {
        "title": "Khung tiêu chí chuyên viên",
        "issuer": province.units["TU"].pk,
        "regulation": rounds.regulation().pk,
        "subject": "person",
        "form_key": "02A",
        "marking": "levels",
        **inline("covers", []),
        **more,
    }


def test_walk_from_the_list_to_the_four_texts_and_back(login, province, drafts):
    client = login("phuc")
    framework = drafts["02A"]
    listed = client.get(admin("framework_changelist")).content.decode()
    assert admin("framework_change", framework.pk) in listed
    body = client.get(admin("framework_change", framework.pk)).content.decode()
    criterion = Criterion.objects.get(group__framework=framework, number="2")
    assert '<li value="1">' in body
    assert admin("criterion_change", criterion.pk) in body
    assert "Kết quả thực hiện nhiệm vụ được giao trong năm" in body
    body = client.get(admin("criterion_change", criterion.pk)).content.decode()
    for level in ("excellent", "good", "average", "poor"):
        assert f'name="text_{level}"' in body
    assert "Hoàn thành dưới 50% nhiệm vụ được giao, không do bất khả kháng." in body
    assert f'href="{admin("framework_change", framework.pk)}"' in body
    assert "duties_level: I.2 Về thực hiện chức trách, nhiệm vụ được giao" in body
    sent = {
        "group": criterion.group_id,
        "order": 1,
        "number": "2",
        "title": criterion.title,
        "item_key": "duties_level",
        "weight": "40",
        "text_excellent": "Xuất sắc: vượt 50%.",
        "text_good": "Tốt.",
        "text_average": "Trung bình.",
        "text_poor": "",
        "_save": "Lưu",
    }
    address = admin("criterion_change", criterion.pk)
    answer = client.post(address, sent | seen(client, address))
    assert answer.status_code == 302
    assert answer.url == admin("framework_change", framework.pk)
    criterion.refresh_from_db()
    assert selectors.texts_of(criterion) == {
        "excellent": "Xuất sắc: vượt 50%.",
        "good": "Tốt.",
        "average": "Trung bình.",
        "poor": "",
    }
    body = client.get(answer.url).content.decode()
    assert "chưa có mô tả cấp độ “Kém”" in body
    assert Framework.objects.get(pk=framework.pk).version == 2
    assert AuditEvent.objects.filter(action="framework.updated", object_id=str(framework.uuid)).count() == 1


def test_administrator_by_role_finds_the_tables_in_the_index(login, province):
    body = login("phuc").get(reverse("admin:index")).content.decode()
    assert admin("framework_changelist") in body
    assert admin("swappedday_changelist") in body


def test_list_is_filtered_by_the_states_of_the_procedure(login, province, drafts, issued):
    client = login("phuc")
    body = client.get(admin("framework_changelist"), {"state": "issued"}).content.decode()
    assert admin("framework_change", issued.pk) in body
    assert admin("framework_change", drafts["01"].pk) not in body
    assert "Đã thay thế" in body
    assert "Đang chuẩn bị" not in body


def test_new_framework_group_and_criterion_are_written(login, province):
    client = login("phuc")
    rows = [{"order": 1, "number": "I", "title": "Phẩm chất", "group_key": "quality"}]
    answer = client.post(admin("framework_add"), framework_data(province) | inline("groups", rows))
    framework = Framework.objects.get()
    assert answer.url == admin("framework_change", framework.pk)
    assert (framework.state, framework.workflow_name, framework.edition) == ("draft", "framework", 1)
    group = CriterionGroup.objects.get()
    sent = {
        "group": group.pk,
        "order": 1,
        "number": "1",
        "title": "Đạo đức",
        "item_key": "",
        "text_good": "Tốt.",
        "_save": "x",
    }
    assert client.post(admin("criterion_add"), sent).url == answer.url
    assert CriterionLevel.objects.get().text == "Tốt."
    rows = [{"id": Criterion.objects.get().pk, "group": group.pk, "order": 3, "number": "1", "title": "Đạo đức"}]
    sent = {
        "framework": framework.pk,
        "order": 2,
        "number": "II",
        "title": "Phẩm chất",
        "group_key": "quality",
        "_save": "x",
    }
    address = admin("criteriongroup_change", group.pk)
    answer = client.post(address, sent | inline("criteria", rows, 1) | seen(client, address))
    assert answer.status_code == 302
    assert Criterion.objects.get().order == 3
    assert CriterionGroup.objects.get().order == 2


def test_form_that_the_regulation_lacks_is_refused(login, province):
    sent = framework_data(province, form_key="99") | inline("groups", [])
    body = login("phuc").post(admin("framework_add"), sent).content.decode()
    assert "Quy định có các mẫu: 01, 02A, 02B." in body
    assert not Framework.objects.exists()


def test_issued_framework_is_only_read(login, province, issued):
    client = login("phuc")
    body = client.get(admin("framework_change", issued.pk)).content.decode()
    assert 'name="title"' not in body
    assert "Thêm tiêu chí vào nhóm này" not in body
    criterion = Criterion.objects.filter(group__framework=issued).first()
    body = client.get(admin("criterion_change", criterion.pk)).content.decode()
    assert "<textarea" not in body
    assert criterion.levels.first().text in body
    for address in (
        admin("framework_change", issued.pk),
        admin("criterion_change", criterion.pk),
        admin("criteriongroup_change", criterion.group_id),
    ):
        assert client.post(address, {"title": "Đổi"}).status_code == 403
    assert Framework.objects.get(pk=issued.pk).title == issued.title


def test_copy_as_new_version_is_an_act_of_the_list(login, province, issued):
    sent = {"action": "copy_as_new_version", "_selected_action": [issued.pk]}
    assert login("phuc").post(admin("framework_changelist"), sent).status_code == 302
    copied = Framework.objects.get(copied_from=issued)
    assert (copied.edition, copied.state) == (2, "draft")


def test_examples_are_added_by_a_button(login, province):
    law = rounds.regulation()
    client = login("phuc")
    assert "Thêm thành dự thảo" in client.get(admin("framework_changelist")).content.decode()
    sent = {"regulation": law.pk, "issuer": province.units["TU"].pk}
    assert client.post(admin("framework_illustrations"), sent).url == admin("framework_changelist")
    assert sorted(Framework.objects.values_list("form_key", flat=True)) == ["01", "02A", "02B"]
    for wrong in ({"regulation": "x", "issuer": "1"}, {"regulation": law.pk, "issuer": 0}, {}):
        assert client.post(admin("framework_illustrations"), wrong).status_code == 302
    client.get(admin("framework_illustrations"))
    assert Framework.objects.count() == 3


def exported(client, framework):
    address = f"{admin('criterion_export')}?group__framework__id__exact={framework.pk}"
    names = (
        "group_order",
        "group_number",
        "group_title",
        "group_key",
        "order",
        "number",
        "title",
        "item_key",
        "weight",
    )
    chosen = {f"criterionresource_{name}": "on" for name in (*names, "excellent", "good", "average", "poor")}
    answer = client.post(address, {"format": "0", "resource": "", **chosen})
    assert answer.status_code == 200
    return answer.content


def upload(client, content, framework, **more):
    sent = {"format": "0", "resource": "0", "framework": framework.pk, **more}
    sent["import_file"] = SimpleUploadedFile("khung.xlsx", content)
    return client.post(admin("criterion_import"), sent)


def confirm(client, answer):
    form = answer.context["confirm_form"]
    return client.post(reverse("admin:criteria_criterion_process_import"), dict(form.initial))


def edited(content, change):
    data = tablib.Dataset().load(content, format="xlsx")
    rows = [dict(row) for row in data.dict]
    change(rows)
    out = tablib.Dataset(headers=data.headers)
    for row in rows:
        out.append([row.get(head) for head in data.headers])
    return out.export("xlsx")


def test_workbook_goes_out_and_comes_back_the_same(login, province, drafts):
    client = login("phuc")
    content = exported(client, drafts["02B"])
    data = tablib.Dataset().load(content, format="xlsx")
    assert data.headers[-4:] == ["Xuất sắc", "Tốt", "Trung bình", "Kém"]
    assert len(data) == 6
    empty = frameworks.create_framework(
        issuer=province.units["TU"],
        regulation=rounds.regulation(),
        title="Khung mới",
        subject="person",
        form_key="02B",
        actor=province.users["giang"],
    )
    answer = upload(client, content, empty)
    assert Criterion.objects.filter(group__framework=empty).count() == 0
    assert answer.context["result"].totals["new"] == 6
    assert confirm(client, answer).status_code == 302
    assert selectors.content_of(empty)["groups"] == selectors.content_of(drafts["02B"])["groups"]
    again = upload(client, content, empty)
    assert (again.context["result"].totals["skip"], again.context["result"].totals["update"]) == (6, 0)


def test_workbook_changes_only_what_it_says(login, province, drafts):
    client = login("phuc")

    def change(rows):
        rows[0]["Kém"] = "Mức kém được viết lại."
        rows[0]["Trọng số"] = "12,5"

    answer = upload(client, edited(exported(client, drafts["02A"]), change), drafts["02A"])
    assert answer.context["result"].totals["update"] == 1
    assert answer.context["result"].totals["skip"] == 2
    confirm(client, answer)
    row = Criterion.objects.get(group__framework=drafts["02A"], group__order=1)
    assert str(row.weight) == "12.50"
    assert row.levels.get(level="poor").text == "Mức kém được viết lại."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[1].update({"Tiêu chí": ""}), "Tiêu chí: đang trống"),
        (lambda rows: rows[1].update({"Thứ tự": "một"}), "Thứ tự: phải là số nguyên"),
        (lambda rows: rows[1].update({"Trọng số": "nhiều"}), "Trọng số: phải là số"),
        (lambda rows: rows[1].update({"Trọng số": "-1"}), "Trọng số: phải là số"),
    ],
)
def test_wrong_row_is_named_by_column_and_nothing_is_written(login, province, drafts, change, said):
    client = login("phuc")
    before = selectors.content_of(drafts["02A"])

    def all_change(rows):
        rows[0]["Kém"] = "Không được lưu."
        change(rows)

    answer = upload(client, edited(exported(client, drafts["02A"]), all_change), drafts["02A"])
    assert said in answer.content.decode()
    assert "confirm_form" not in answer.context
    assert selectors.content_of(drafts["02A"]) == before


def test_workbook_with_two_rows_of_one_place_or_without_a_column_is_refused(login, province, drafts):
    client = login("phuc")
    content = exported(client, drafts["02A"])
    doubled = edited(content, lambda rows: rows.append(dict(rows[0])))
    assert "Dòng 2 và dòng 5 trùng vị trí." in upload(client, doubled, drafts["02A"]).content.decode()
    data = tablib.Dataset().load(content, format="xlsx")
    del data["Tiêu chí"]
    answer = upload(client, data.export("xlsx"), drafts["02A"])
    assert "Tệp thiếu các cột: Tiêu chí." in answer.content.decode()


def test_workbook_is_refused_for_an_issued_framework_and_when_it_is_none(login, province, drafts, issued):
    client = login("phuc")
    content = exported(client, drafts["02B"])
    assert "confirm_form" not in upload(client, content, issued).context
    assert "Đây không phải là tệp XLSX." in upload(client, b"hoc,ten\n1,2\n", drafts["02B"]).content.decode()
    big = BytesIO(b"0" * (10 * 1024 * 1024 + 1)).getvalue()
    assert "Tệp lớn hơn 10 MB." in upload(client, big, drafts["02B"]).content.decode()


def test_regulation_is_shown_in_readable_form_and_not_changed(login, province):
    law = rounds.regulation()
    client = login("phuc")
    body = client.get(admin("regulation_change", law.pk)).content.decode()
    assert "Mọi tiêu chí đạt từ cấp độ Tốt trở lên" in body
    assert "[chờ xác nhận]" in body
    assert "Mẫu 02-D dành cho đối tượng nào?" in body
    assert "<textarea" not in body
    assert client.post(admin("regulation_change", law.pk), {"title": "x"}).status_code == 403
    assert client.get(reverse("admin:criteria_regulation_add")).status_code == 403


def test_rule_of_forms_is_confirmed_with_a_document(login, province):
    rule = rounds.regulation().form_rules.get(provincial_code="02-D")
    client = login("phuc")
    body = client.get(admin("formrule_change", rule.pk)).content.decode()
    assert "Mẫu 02-D dành cho đối tượng nào?" in body
    sent = {
        "regulation": rule.regulation_id,
        "order": rule.order,
        "provincial_code": "02-D",
        "form_key": "02B",
        "is_leading": "true",
        "is_head": "unknown",
        "is_managed_at_top": "true",
        "is_confirmed": "on",
        "document": "CV 12-CV/BTCTU ngày 01/10/2024",
    }
    assert client.post(admin("formrule_change", rule.pk), sent).status_code == 302
    rule.refresh_from_db()
    assert rule.is_confirmed
    assert rule.document == "CV 12-CV/BTCTU ngày 01/10/2024"


def test_swapped_day_is_written(login, province):
    sent = {"day": "16/11/2024", "is_working": "on", "document": "TB 5000/TB-BLĐTBXH"}
    assert login("phuc").post(admin("swappedday_add"), sent).status_code == 302
    assert SwappedDay.objects.get().day == date(2024, 11, 16)


def test_plans_and_cycles_are_only_read(login, province):
    cycle = rounds.open_cycle(province)
    client = login("phuc")
    for address, words in (
        (admin("plan_change", cycle.plan_id), "173-KH/TU"),
        (admin("cycle_change", cycle.pk), "Kiểm điểm, đánh giá, xếp loại 2024"),
        (admin("plan_changelist"), "173-KH/TU"),
        (admin("cycle_changelist"), "2024"),
        (admin("formrule_changelist"), "02-D"),
        (admin("swappedday_changelist"), "0"),
        (admin("criterion_changelist"), "Thực hiện chức trách"),
        (admin("criteriongroup_changelist"), "Xây dựng tập thể"),
        (admin("regulation_changelist"), "124-QĐ/TW"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert client.get(reverse("admin:criteria_plan_add")).status_code == 403
    assert client.post(admin("cycle_change", cycle.pk), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("model", [Plan, Cycle, Regulation, FormRule, Framework, CriterionGroup, Criterion, SwappedDay])
def test_nothing_is_deleted(login, province, model):
    rounds.open_cycle(province)
    SwappedDay.objects.create(day=date(2024, 11, 16), is_working=True, document="TB 1")
    row = model.objects.first()
    client = login("phuc")
    assert client.get(admin(f"{model._meta.model_name}_delete", row.pk)).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(admin(f"{model._meta.model_name}_changelist"), sent)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ["giang", "an", "tu"])
def test_administration_is_closed_to_others(login, province, name):
    assert login(name).get(admin("framework_changelist")).status_code == 302
