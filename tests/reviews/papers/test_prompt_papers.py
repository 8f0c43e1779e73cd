"""The papers of prompts: letter, explanation report, table of prompts and outcomes, as PDF and as DOCX."""

import io

import docx
import pytest
from django.urls import reverse

from orgs.documents import render_docx, render_pdf
from reviews.documents.explanation import report_sheet
from reviews.documents.prompt_letter import letter_sheet
from reviews.documents.prompt_table import table_sheet
from reviews.models import AnsweringMember, Explanation, Prompt, PromptOutcome
from reviews.selectors.meeting import prompt_lists
from tests.orgs.documents.reading import pdf_text
from tests.reviews.papers.conftest import plain
from tests.reviews.papers.round import MATTER

BASIS = "Kết luận số 15-KL/UBKTTU ngày 05/10/2024"


@pytest.fixture
def prompt(played):
    return played.review("an").prompts.get()


def words(sheet):
    return plain(pdf_text(render_pdf((sheet,))))


def docx_words(sheet):
    document = docx.Document(io.BytesIO(render_docx(sheet)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plain(" ".join(texts))


def table_of(prompt):
    row = prompt.prompt_list
    return table_sheet(row, list(prompt_lists.prompts_of(row)), list(prompt_lists.contributions_to(row)))


class TestLetter:
    def test_letter_says_who_is_prompted_on_what_basis_and_until_when(self, played, prompt):
        text = words(letter_sheet(prompt))

        for said in (
            "TỈNH ỦY QUẢNG NGÃI",
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "Số 88-CV/TU",
            "V/v gợi ý kiểm điểm năm 2024",
            "Kính gửi:",
            "Đồng chí Nguyễn Văn Ấn, Giám đốc Sở",
            f"1. {MATTER}",
            f"Căn cứ: {BASIS}",
            f"Thời hạn giải trình: trước ngày {played.today:%d/%m/%Y}",
            "trước khi tiến hành kiểm điểm",
            "T/M BAN THƯỜNG VỤ TỈNH ỦY",
            "PHÓ BÍ THƯ",
            "Nguyễn Văn Ký",
            "Ban Tổ chức Tỉnh ủy",
        ):
            assert said in text, said
        assert letter_sheet(prompt).watermark == ""

    def test_letter_as_docx_says_the_same(self, prompt):
        text = docx_words(letter_sheet(prompt))

        assert f"1. {MATTER}" in text
        assert BASIS in text
        assert "PHÓ BÍ THƯ" in text

    def test_docx_has_one_space_after_each_heading_of_a_line(self, prompt):
        document = docx.Document(io.BytesIO(render_docx(letter_sheet(prompt))))
        assert [row.text for row in document.paragraphs if "  " in row.text] == []

    def test_letter_names_members_and_the_working_group(self, played, prompt):
        item = prompt.items.get()
        AnsweringMember.objects.create(item=item, person=played.province.people["binh"], part="Phụ trách đấu thầu")
        prompt.working_group.create(
            person=played.province.people["khanh"], task="Tổ trưởng", document="QĐ 9", named_by=played.user("giang")
        )

        text = words(letter_sheet(prompt))

        assert "Trần Thị Bình" in text
        assert "Phụ trách đấu thầu" in text
        assert "Tổ công tác theo dõi, dự và chỉ đạo kiểm điểm: đồng chí Bùi Duy Khánh (Tổ trưởng)." in text

    def test_letter_of_a_draft_is_marked_and_leaves_room_for_the_number(self, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(number="", issued_on=None, decision=None)

        sheet = letter_sheet(prompt)
        text = words(sheet)

        assert sheet.watermark == "DỰ THẢO"
        assert "Số ……-CV/……" in text
        assert "PHÓ BÍ THƯ" not in text


class TestReport:
    def test_report_holds_both_responsibilities_and_the_evidence(self, prompt):
        explanation = Explanation.objects.get(item__prompt=prompt)
        file = explanation.files.model.file.field.related_model.objects.create(
            name="bien-ban.pdf", content_type="application/pdf", size=1, sha256="0" * 64, path="x", purpose="evidence"
        )
        explanation.files.create(file=file, title="Biên bản giao ban")

        text = words(report_sheet(prompt, is_own=False))

        for said in (
            "BÁO CÁO GIẢI TRÌNH",
            "Theo văn bản gợi ý số 88-CV/TU",
            f"Căn cứ gợi ý: {BASIS}",
            "Nguyên nhân: Vướng giải phóng mặt bằng.",
            "Trách nhiệm của cá nhân: Tôi chưa đôn đốc.",
            "Trách nhiệm của tập thể: Tập thể lãnh đạo chưa phân công rõ.",
            "Thời hạn khắc phục: 31/03/2025",
            "Tài liệu minh chứng: Biên bản giao ban",
        ):
            assert said in text, said
        assert report_sheet(prompt, is_own=False).watermark == ""

    def test_report_not_sent_is_a_draft_and_shows_its_text_to_the_author_alone(self, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(state="issued")

        sheets = report_sheet(prompt, is_own=True), report_sheet(prompt, is_own=False)
        own, foreign = map(words, sheets)

        assert {sheet.watermark for sheet in sheets} == {"DỰ THẢO"}
        assert "Tôi chưa đôn đốc." in own
        assert "Tôi chưa đôn đốc." not in foreign
        assert "Chưa có giải trình." in foreign


class TestTable:
    def test_table_sums_prompts_reports_and_outcomes(self, played, prompt):
        PromptOutcome.objects.create(
            item=prompt.items.get(),
            mark="partly",
            text="Còn phải làm rõ trách nhiệm giám sát.",
            concluded_on=played.today,
            concluded_by=played.user("nga"),
        )
        prompt.prompt_list.contributions.create(
            unit=played.province.units["SYT"], asked_by=played.user("giang"), status="waived", waiver_reason="Quá hạn"
        )

        text = words(table_of(prompt))

        for said in (
            "BẢNG TỔNG HỢP GỢI Ý KIỂM ĐIỂM VÀ KẾT QUẢ GIẢI TRÌNH",
            "Theo văn bản số 88-CV/TU",
            "II. CÁ NHÂN",
            "Nguyễn Văn Ấn",
            "Rõ một phần",
            "Tổng số: 0 tập thể, 1 cá nhân, 1 nội dung; đã gửi báo cáo giải trình 1/1; "
            "đã kết luận 1/1 nội dung, trong đó đã rõ 0.",
            "Sở Y tế",
            "Không chờ ý kiến: Quá hạn",
        ):
            assert said in text, said
        assert "I. TẬP THỂ" not in text.replace("II. ", "")

    def test_table_counts_no_prompt_that_was_withdrawn(self, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(state="recalled")

        text = docx_words(table_of(prompt))

        assert "đã thu hồi" in text
        assert "Tổng số: 0 tập thể, 0 cá nhân, 0 nội dung" in text


class TestFiles:
    @pytest.mark.parametrize("form", ["pdf", "docx"])
    @pytest.mark.parametrize("name", ["prompt_letter", "explanation_report", "prompt_table"])
    def test_each_paper_comes_in_both_forms(self, client, played, prompt, name, form):
        client.force_login(played.user("giang"))
        row = prompt.prompt_list if name == "prompt_table" else prompt

        answer = client.get(reverse(f"reviews:{name}", args=[row.uuid, form]))

        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF" if form == "pdf" else b"PK")
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("inline" if form == "pdf" else "attachment")

    def test_no_other_form_is_found(self, client, played, prompt):
        client.force_login(played.user("giang"))

        assert client.get(reverse("reviews:prompt_letter", args=[prompt.uuid, "xlsx"])).status_code == 404

    @pytest.mark.parametrize(("short", "status"), [("an", 200), ("giang", 404), ("nga", 404), ("lan", 404)])
    def test_a_report_not_sent_is_found_by_its_author_alone(self, client, played, prompt, short, status):
        Prompt.objects.filter(pk=prompt.pk).update(state="issued")
        client.force_login(played.user(short))

        assert client.get(reverse("reviews:explanation_report", args=[prompt.uuid, "docx"])).status_code == status
