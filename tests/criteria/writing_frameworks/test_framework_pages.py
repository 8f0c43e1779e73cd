"""The other pages of writing: a new framework, its head, groups, what it covers, the document."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.documents.framework import framework_sheet
from criteria.models import Criterion, CriterionGroup, Framework
from orgs.documents import read_docx
from tests.criteria.writing_frameworks.conftest import codes, one, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(login):
    return login("khanh")


def text(answer):
    return answer.content.decode()


def new(frames, **words):
    return {"issuer": frames.province.units["SYT"].pk, "title": "Khung Sở Y tế", "start": "empty", **words}


def choice(above, form_key="02A"):
    return f"{above.regulation.uuid}:{form_key}"


def test_officer_begins_a_framework_from_the_list(client, frames, above):
    assert page("framework_create") in text(client.get(page("framework_list")))
    answer = client.post(page("framework_create"), new(frames, parent=above.pk, start="parent"))
    made = Framework.objects.get(title="Khung Sở Y tế")
    assert answer.url == page("framework_write", made.uuid)
    assert (made.form_key, made.subject, made.marking, made.parent) == ("02A", "person", "levels", above)
    assert codes(made) == codes(above)
    assert page("framework_write", made.uuid) in text(client.get(page("framework_detail", made.uuid)))


def test_framework_at_the_top_names_its_form_itself(client, frames, above):
    lacking = client.post(page("framework_create"), new(frames))
    assert text(lacking).count("Hãy chọn, hoặc chọn khung cấp trên.") >= 3
    words = {"form_choice": choice(above, "02B"), "subject": "person", "marking": "points"}
    client.post(page("framework_create"), new(frames, **words))
    made = Framework.objects.get(title="Khung Sở Y tế")
    assert (made.form_key, made.marking, made.parent) == ("02B", "points", None)
    without = client.post(page("framework_create"), new(frames, **words, start="copy"))
    assert "Chọn khung để sao chép." in text(without)


def test_who_prepares_for_no_body_begins_none(login):
    client = login("an")
    assert page("framework_create") not in text(client.get(page("framework_list")))
    assert client.get(page("framework_create")).status_code == 403


def head(client, child):
    form = client.get(page("framework_head", child.uuid)).context["form"]
    words = {name: form.initial.get(name) for name in form.fields if name not in ("seen", "parent")}
    given = {name: value for name, value in words.items() if value not in (None, False)}
    return {**given, "parent": child.parent_id, "seen": form.fingerprint()}


def test_head_is_changed_on_its_own_page(client, child):
    body = {
        **head(client, child),
        "title": "Tên khác",
        "legal_basis": "Căn cứ Công văn 1823-CV/TU",
        "marking": "points",
    }
    assert client.post(page("framework_head", child.uuid), body).url == page("framework_write", child.uuid)
    child.refresh_from_db()
    assert (child.title, child.legal_basis, child.marking) == ("Tên khác", "Căn cứ Công văn 1823-CV/TU", "points")


def test_head_changed_by_another_meanwhile_is_409_with_both_texts(client, child):
    body = {**head(client, child), "title": "Tên của tôi"}
    Framework.objects.filter(pk=child.pk).update(title="Tên của người khác")
    answer = client.post(page("framework_head", child.uuid), body)
    assert answer.status_code == 409
    assert "Tên của tôi" in text(answer)
    assert "Tên của người khác" in text(answer)
    again = {**body, "seen": answer.context["form"].fingerprint()}
    assert client.post(page("framework_head", child.uuid), again).status_code == 302
    child.refresh_from_db()
    assert child.title == "Tên của tôi"


def test_group_is_added_with_its_sum_and_the_outline_says_what_is_missing(client, child):
    words = {"number": "IV", "title": "Nhóm riêng", "group_key": "results", "weight_sum": "12,5", "is_sum_fixed": "on"}
    assert client.post(page("group_create", child.uuid), words).status_code == 302
    group = child.groups.get(number="IV")
    assert (str(group.weight_sum), group.is_sum_fixed) == ("12.50", True)
    client.post(page("criterion_add", group.uuid))
    Criterion.objects.filter(group=group).update(weight=10)
    body = text(client.get(page("framework_write", child.uuid)))
    assert "10/12,5, cố định" in body
    assert "trọng số các tiêu chí cộng lại là 10" in body
    assert "Sửa trọng số cho khớp tổng" in body


def test_group_changed_by_another_meanwhile_is_409(client, child):
    group = child.groups.get(number="II")
    form = client.get(page("group_edit", group.uuid)).context["form"]
    words = {"number": "II", "title": "Tên của tôi", "group_key": "results", "seen": form.fingerprint()}
    CriterionGroup.objects.filter(pk=group.pk).update(title="Tên khác")
    answer = client.post(page("group_edit", group.uuid), words)
    assert answer.status_code == 409
    assert "Tên của tôi" in text(answer)
    assert "Tên khác" in text(answer)


def test_wrong_sum_is_refused_where_it_was_typed(client, child):
    answer = client.post(page("group_create", child.uuid), {"number": "IV", "title": "x", "weight_sum": "nhiều"})
    assert answer.status_code == 200
    assert "group_key" in answer.context["form"].errors
    assert "weight_sum" in answer.context["form"].errors


def test_covers_are_searched_added_and_taken_away(client, frames, child):
    address = page("framework_covers", child.uuid)
    assert "Chuyên viên tổ chức cán bộ" in text(client.get(address, {"q": "TCCB"}))
    client.post(page("cover_add", child.uuid), {"kind": "job", "covered": "TCCB"})
    cover = child.covers.get()
    assert cover.job == frames.job
    body = text(client.get(address, {"q": "Sở"}))
    assert "Sở Y tế" in body
    assert "Sở Kế hoạch" not in body
    assert client.post(page("cover_add", child.uuid), {"kind": "user", "covered": "1"}).status_code == 404
    assert client.post(page("cover_drop", cover.uuid)).url == address
    assert not child.covers.exists()


def test_criteria_are_copied_into_an_empty_framework_only(client, frames, above, child):
    answer = client.post(page("criteria_copy", child.uuid), {"source": above.pk})
    assert "đã có tiêu chí" in text(answer)
    own = frames.own("SYT", "khanh", rows=(), title="Trống")
    assert client.post(page("criteria_copy", own.uuid), {"source": above.pk}).status_code == 302
    assert codes(own) == codes(above)
    draft = frames.own("TU", "giang", title="Nháp của tỉnh")
    other = frames.own("SYT", "khanh", rows=(), title="Trống hai")
    assert client.post(page("criteria_copy", other.uuid), {"source": draft.pk}).status_code == 200
    assert codes(other) == {}


def test_groups_move_and_empty_ones_are_left_out_on_the_page(client, child):
    group = child.groups.get(number="III")
    client.post(page("group_move", group.uuid), {"place": "up"})
    assert list(codes(child)) == ["I", "III", "II"]
    client.post(page("group_drop", group.uuid), follow=True)
    assert "III" in codes(child)
    client.post(page("criterion_drop", one(child, "3").uuid))
    client.post(page("group_drop", group.uuid))
    assert "III" not in codes(child)


def test_required_criteria_are_taken_over_on_the_page(client, child):
    client.post(page("criterion_drop", one(child, "2").uuid))
    answer = client.post(page("required_take", child.uuid), follow=True)
    assert "Số tiêu chí đã lấy: 1." in text(answer)
    assert codes(child)["II"] == ["2"]


def test_framework_that_is_not_written_now_is_403_with_the_reason(client, child):
    Framework.objects.filter(pk=child.pk).update(state="submitted")
    for name in ("framework_write", "framework_head", "framework_covers", "group_create", "criteria_copy"):
        answer = client.get(page(name, child.uuid))
        assert answer.status_code == 403
        assert "hiện không ở bước soạn" in text(answer)


def test_outline_costs_the_same_for_many_criteria(client, child):
    address, counts = page("framework_write", child.uuid), []
    client.get(address)
    for _more in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        counts.append(len(found))
        for _each in range(3):
            client.post(page("criterion_add", child.groups.first().uuid))
    assert counts[0] == counts[1]


def test_document_says_the_same_on_the_page_and_in_both_files(client, child):
    body = text(client.get(page("framework_preview", child.uuid)))
    assert "SỞ Y TẾ" in body
    pdf = client.get(page("framework_paper", child.uuid, "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Type"] == "application/pdf"
    docx = client.get(page("framework_paper", child.uuid, "docx"))
    words = read_docx(docx.content, "")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in str(words).upper()
    assert client.get(page("framework_paper", child.uuid, "xlsx")).status_code == 404


def test_document_wears_the_head_of_its_issuer_and_is_a_draft_until_it_is_issued(frames, above, child):
    assert (framework_sheet(above).head.kind, framework_sheet(above).watermark) == ("party", "")
    assert (framework_sheet(child).head.kind, framework_sheet(child).watermark) == ("state", "DỰ THẢO")


def test_document_prints_weights_targets_points_and_what_is_made_concrete(frames, child):
    Criterion.objects.filter(group__framework=child, code="2").update(weight=40, direction="at_least")
    one(child, "2").levels.filter(level="good").update(target=80, points="7.5")
    CriterionGroup.objects.filter(framework=child, number="II").update(weight_sum=70, cites="Điều 10")
    section = next(row for row in framework_sheet(child).sections if row.title.startswith("II."))
    assert section.title == "II. Kết quả thực hiện nhiệm vụ được giao trong năm (tổng 70, theo Điều 10)"
    table = section.blocks[-1]
    assert [column.title for column in table.columns] == [
        "Số", "Tiêu chí", "Trọng số", "Xuất sắc", "Tốt", "Trung bình", "Kém",
    ]  # fmt: skip
    number, named, weight, _excellent, good, *_rest = table.rows[0]
    assert (number, weight) == ("2", "40")
    assert named.endswith("(cụ thể hóa tiêu chí 2)")
    assert good.endswith("Chỉ tiêu: không dưới 80\n7,5 điểm")


def test_document_of_a_checklist_has_one_column_of_what_is_asked(frames, child):
    Framework.objects.filter(pk=child.pk).update(marking="checklist")
    child.refresh_from_db()
    group = child.groups.create(order=9, number="IV", title="Trống", group_key="results")
    sections = framework_sheet(child).sections
    table = next(row for row in sections if row.title.startswith("II.")).blocks[-1]
    assert [column.title for column in table.columns] == ["Số", "Tiêu chí", "Yêu cầu"]
    assert next(row for row in sections if row.title.startswith(group.number)).blocks[0].text == "Chưa có tiêu chí."
