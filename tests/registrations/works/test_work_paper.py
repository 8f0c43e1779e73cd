"""The registration on paper: the form of letter 2026-CV/TU word for word, in PDF and DOCX, kept to be signed."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from pikepdf import Pdf

from orgs.documents import (
    Addressees,
    Align,
    Fields,
    HeadKind,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    render_docx,
    render_pdf,
)
from orgs.models import DocumentVersion
from orgs.services.transitions import advance
from registrations.documents.works import registration_sheet
from registrations.selectors.works.registrations import route_for
from registrations.services.works import writing
from tests.registrations.works.test_registering import delegate, shortcoming
from tests.registrations.works.written import HARD, NEW, YEAR, asked, draft, sent

pytestmark = pytest.mark.django_db
# Typed from the letter.
TITLE = [
    "ĐƠN ĐĂNG KÝ",
    "NỘI DUNG GIẢI QUYẾT VIỆC KHÓ, NÚT THẮT",
    "CÒN TỒN ĐỘNG CỦA NGÀNH, ĐỊA PHƯƠNG",
    "HOẶC NHỮNG VIỆC LÀM MỚI CÓ TÍNH ĐỘT PHÁ, SÁNG TẠO",
]
PART_ONE = (
    "I. Đăng ký những việc khó, phức tạp, điểm nghẽn, nút thắt còn tồn đọng của ngành, địa phương mình cần tập trung "
    "tháo gỡ"
)
PART_TWO = (
    "II. Đăng ký những việc làm mới có tính đột phá, sáng tạo mang lại giá trị, hiệu quả thiết thực vì lợi ích chung"
)
ITEMS_ONE = [
    "1. Tên công việc đăng ký:",
    "2. Nội dung, mục tiêu, nhiệm vụ, giải pháp thực hiện:",
    "3. Nhận định tác động hiệu quả mang lại:",
    "4. Dự kiến thời gian triển khai thực hiện và thời gian hoàn thành:",
    "5. Đề xuất cấp trên chỉ đạo, hỗ trợ thực hiện:",
]
ITEMS_TWO = [
    "1. Tên công việc đăng ký:",
    "2. Dự báo những khó khăn, vướng mắc khi triển khai thực hiện:",
    "3. Nội dung, mục tiêu, nhiệm vụ, giải pháp thực hiện:",
    "4. Nhận định tác động hiệu quả mang lại:",
    "5. Dự kiến thời gian triển khai thực hiện và thời gian hoàn thành:",
]


def sheet_of(row):
    return registration_sheet(row, route_for(row))


def blocks(sheet, kind):
    return [block for block in sheet.all_blocks() if isinstance(block, kind)]


def leads(section):
    """The items of a part: bold before their text, or above it."""
    rows = [block for block in section.blocks if isinstance(block, Paragraph)]
    return [row.lead or row.text for row in rows if row.lead or row.is_bold]


def test_form_has_the_words_of_the_letter_in_their_order(province):
    sheet = sheet_of(sent(province, works=(("hard", HARD), ("new", NEW))))
    assert sheet.title.splitlines() == TITLE
    assert [section.title for section in sheet.sections[1:3]] == [PART_ONE, PART_TWO]
    assert leads(sheet.sections[1]) == ITEMS_ONE
    assert leads(sheet.sections[2]) == ITEMS_TWO
    assert (sheet.head.kind, sheet.head.body) == (HeadKind.PLAIN, ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ",))
    assert (sheet.signatures[0].title, sheet.signatures[0].note) == ("Người đăng ký", "(ký, ghi rõ họ, tên)")
    assert blocks(sheet, Fields)[0].rows == (
        ("- Họ và tên", "Nguyễn Văn Ấn"),
        ("- Đơn vị công tác", "Sở Kế hoạch và Đầu tư"),
        ("- Chức vụ", "Giám đốc Sở"),
    )


def test_addressee_follows_from_the_routing_and_stays_after_sending(province):
    row = sent(province)
    assert blocks(sheet_of(row), Addressees)[0].lines == ("Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)",)
    delegate(province)
    assert blocks(sheet_of(row), Addressees)[0].lines == ("Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)",)
    other = draft(province, "dung")
    assert blocks(sheet_of(other), Addressees)[0].lines == ("Ban cán sự đảng Ủy ban nhân dân tỉnh",)


def test_items_hold_what_was_written_and_the_support_by_body_and_day(province):
    row = draft(province)
    request = asked(province, row.works.get())
    sheet = sheet_of(row)
    found = {block.lead[:2]: block.text for block in sheet.sections[1].blocks if isinstance(block, Paragraph)}
    assert found["1."] == HARD["name"]
    places = [block.text for block in sheet.sections[1].blocks]
    assert places[places.index(ITEMS_ONE[1]) + 1].splitlines() == [
        f"- Nội dung: {HARD['content']}",
        f"- Mục tiêu: {HARD['aim']}",
        f"- Nhiệm vụ: {HARD['tasks']}",
        f"- Giải pháp: {HARD['measures']}",
    ]
    assert found["4."] == f"Từ ngày 01/01/{YEAR} đến ngày 20/12/{YEAR}."
    assert found["5."].splitlines()[1] == (
        "- Đề nghị Ủy ban nhân dân tỉnh Quảng Ngãi: Ban hành đơn giá bồi thường "
        f"(trước ngày {request.due_on:%d/%m/%Y})."
    )


def test_several_works_of_a_part_are_numbered_and_an_empty_part_says_so(province):
    sheet = sheet_of(draft(province, works=(("hard", HARD), ("hard", HARD | {"name": "Việc khó hai"}))))
    titles = [block.text for block in sheet.sections[1].blocks if not isinstance(block, Paragraph)]
    assert titles == ["Việc thứ 1", "Việc thứ 2"]
    assert [block.text for block in sheet.sections[2].blocks] == ["Không đăng ký."]


def test_plan_follows_in_its_two_halves_with_where_a_shortcoming_was_named(province):
    row, named = draft(province), shortcoming(province)
    own = {"registration": row, "actor": province.users["an"]}
    writing.add_plan_line(half="strength", text="Quyết liệt.", **own)
    writing.add_plan_line(half="shortcoming", text=named.text, measure="Giao ban.", shortcoming=named, **own)
    sheet = sheet_of(row)
    assert [section.title for section in sheet.sections[-2:]] == [
        "I. Ưu điểm cần phát huy",
        "II. Hạn chế, khuyết điểm cần khắc phục",
    ]
    form, plan = (each.blocks[0] for each in blocks(sheet, Signatures))
    assert (form.title, plan.title, form.name) == ("Người đăng ký", "Người lập kế hoạch", "Nguyễn Văn Ấn")
    strengths, shortcomings = blocks(sheet, Table)
    assert strengths.rows[0][:2] == (1, "Quyết liệt.")
    assert shortcomings.rows[0][1].endswith("(đã được chỉ ra tại TB 15-TB/TU)")


def test_plan_has_a_page_and_a_title_of_its_own_after_the_year_that_was_reviewed(province):
    row = draft(province)
    assert PageBreak not in {type(block) for block in sheet_of(row).all_blocks()}
    writing.add_plan_line(registration=row, half="strength", text="Quyết liệt.", actor=province.users["an"])
    blocks_of_title = next(part.blocks for part in sheet_of(row).sections if PageBreak in map(type, part.blocks))
    title = blocks_of_title[1]
    assert title.text.splitlines() == [
        "KẾ HOẠCH CÁ NHÂN",
        "PHÁT HUY ƯU ĐIỂM, KHẮC PHỤC HẠN CHẾ, KHUYẾT ĐIỂM",
        f"SAU KIỂM ĐIỂM NĂM {YEAR - 1}",
    ]
    assert (title.align, title.is_bold) == (Align.CENTER, True)


def test_draft_is_marked_and_what_was_sent_is_not(province):
    assert sheet_of(draft(province, "dung")).watermark == "DỰ THẢO"
    assert sheet_of(sent(province)).watermark == ""


def test_pdf_and_docx_say_the_same(province):
    sheet = sheet_of(sent(province, works=(("hard", HARD), ("new", NEW))))
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(render_docx(sheet))).paragraphs)
    for words in (*TITLE, PART_ONE, PART_TWO, HARD["measures"], NEW["difficulties"]):
        assert words in text
    tables = Document(BytesIO(render_docx(sheet))).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert cells[0] == "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"
    assert cells[-1] == "Nguyễn Văn Ấn"
    assert any(cell.startswith("Người đăng ký") for cell in cells)
    assert not any("ĐẢNG CỘNG SẢN" in cell or "CỘNG HÒA" in cell for cell in cells)
    with Pdf.open(BytesIO(render_pdf(sheet))) as pdf:
        assert len(pdf.pages) >= 1


def test_pages_of_the_paper_answer_with_files_that_no_cache_keeps(client, province):
    row = sent(province)
    client.force_login(province.users["an"])
    pdf = client.get(reverse("registrations:registration_paper", args=[row.uuid]))
    docx = client.get(reverse("registrations:registration_docx", args=[row.uuid]))
    assert pdf.content.startswith(b"%PDF")
    assert docx.content.startswith(b"PK")
    assert all("no-store" in answer.headers["Cache-Control"] for answer in (pdf, docx))


def test_version_is_kept_by_who_registered_once_it_is_sent(client, province):
    row = draft(province)
    url = reverse("registrations:registration_paper", args=[row.uuid])
    client.force_login(province.users["an"])
    assert client.post(url).status_code == 409
    assert not DocumentVersion.objects.exists()
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    client.post(url)
    client.post(url)
    assert DocumentVersion.objects.get().object_id == str(row.uuid)
    client.force_login(province.users["giang"])
    assert client.post(url).status_code == 403
