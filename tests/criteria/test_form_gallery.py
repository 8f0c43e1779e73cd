"""The gallery of forms: for whom it is, what it marks, its files."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from criteria.models import Regulation
from criteria.services.rules.regulations import load_shipped

pytestmark = pytest.mark.django_db
LAW = "366-QĐ/TW@2025-08-30"


@pytest.fixture
def officer(client, province):
    load_shipped()
    client.force_login(province.users["giang"])
    return client


def address(name, form_key, *more, key=LAW):
    return reverse(f"criteria:{name}", args=[Regulation.objects.get(key=key).uuid, form_key, *more])


def test_gallery_lists_every_form_and_marks_what_is_open(officer):
    page = officer.get(reverse("criteria:form_gallery")).content.decode()
    # 124: 3, 132: 5, 90: 3, 335: 1, 233: 1, 366: 6 and 399, derived from it: 6.
    assert page.count("Xem mẫu<span") == 25
    assert "Quý …/Năm … (Dành cho cán bộ lãnh đạo, quản lý)" in page
    # Seen in a source: the three forms of 124 and Mẫu 03 of 2019.
    assert page.count("bố cục dự thảo") == 21
    assert page.count("ví dụ minh họa") >= 1


@pytest.mark.parametrize("name", ["an", "chi", "lan", "quan", "tu"])
def test_gallery_tells_others_why_it_is_closed(client, province, name):
    load_shipped()
    client.force_login(province.users[name])
    answer = client.get(reverse("criteria:form_gallery"))
    assert answer.status_code == 403
    assert "dành cho quản trị hệ thống và cán bộ tham mưu" in answer.content.decode()


def test_form_is_shown_filled_with_its_question(officer):
    page = officer.get(address("form_sample", "01-Q")).content.decode()
    assert "Bố cục dự thảo: chưa thấy mẫu chính thức." in page
    assert "Nguyên văn Mẫu 01 của Hướng dẫn 02-HD/BTCTW" in page
    assert "A. NHÓM TIÊU CHÍ CHUNG (30 ĐIỂM)" in page
    assert "TỔNG (B) = điểm các trục × 70/100" in page
    assert "BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG VIỆC" in page


def test_form_has_its_files(officer):
    assert officer.get(address("form_sample_pdf", "01-Q")).content[:5] == b"%PDF-"
    paper = Document(io.BytesIO(officer.get(address("form_sample_docx", "01-Q", 1)).content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Trung thành, kiên định" in cells
    annex = Document(io.BytesIO(officer.get(address("form_sample_docx", "01-Q", 2)).content))
    assert annex.sections[0].page_width > annex.sections[0].page_height


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("form_sample", ["9"]),
        ("form_sample_pdf", ["9"]),
        ("form_sample_docx", ["01", 2]),
        ("form_sample_docx", ["01", 0]),
    ],
)
def test_what_is_not_there_is_not_found(officer, name, arguments):
    assert officer.get(address(name, *arguments)).status_code == 404


def test_draft_of_a_derived_regulation_is_for_the_administrator(client, province):
    load_shipped()
    Regulation.objects.filter(key=LAW).update(is_draft=True)
    client.force_login(province.users["giang"])
    assert client.get(address("form_sample", "01")).status_code == 404
    client.force_login(province.users["phuc"])
    assert client.get(address("form_sample", "01")).status_code == 200


def test_gallery_costs_the_same_however_many_regulations_there_are(officer):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            officer.get(reverse("criteria:form_gallery"))
        return len(queries)

    officer.get(reverse("criteria:form_gallery"))
    many = cost()
    keep = Regulation.objects.get(key=LAW)
    from_others = Regulation.objects.exclude(pk=keep.pk)
    for row in from_others:
        row.form_rules.all().delete()
    from_others.delete()
    assert cost() == many
