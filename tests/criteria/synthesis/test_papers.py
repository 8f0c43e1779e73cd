"""What stands on the letter, the table of answers and the submission, in all of their formats."""

import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from criteria.documents.consultation_letter import letter_sheet
from criteria.documents.heads import signature_of
from criteria.documents.submission import submission_sheet
from criteria.documents.synthesis import COLUMNS, proposal_of, synthesis_sheet
from criteria.models import Addressee, Clause, Consultation, ConsultedText, Remark
from criteria.selectors.consulting.compilation import Totals, compiled, totals_of
from criteria.selectors.consulting.synthesis import Verdicts, verdicts_of
from orgs.documents import Addressees, HeadKind, Paragraph, Table, render_docx, render_pdf, render_xlsx
from orgs.models import Unit
from tests.criteria.synthesis import made
from tests.orgs.documents.reading import pdf_pages, pdf_text


def fresh(row):
    return Consultation.objects.select_related("issuer__parent").get(pk=row.pk)


def words(sheet):
    return [f"{block.lead}{block.text}" for block in sheet.all_blocks() if isinstance(block, Paragraph)]


def cells(sheet):
    (table,) = [block for block in sheet.all_blocks() if isinstance(block, Table)]
    return [row.cells for row in table.rows]


def addressed(sheet):
    (block,) = [block for block in sheet.all_blocks() if isinstance(block, Addressees)]
    return block


class TestCompilation:
    def test_who_answered_agreed_was_late_and_is_silent(self, asked):
        assert totals_of(asked) == Totals(
            asked=8,
            answered=4,
            agreed=1,
            late=1,
            silent=("Chi bộ Sở Kế hoạch và Đầu tư", "Chi bộ Sở Y tế", "Đảng ủy Khối các cơ quan tỉnh", "Trần Thị Bình"),
        )

    def test_remarks_are_counted_by_what_became_of_them(self, asked, answered):
        assert verdicts_of(answered) == Verdicts(accepted=3, in_part=1, not_accepted=1, waiting=0, keeping=1)
        assert verdicts_of(answered).total == 5

    def test_unanswered_ones_wait(self, asked):
        assert verdicts_of(asked) == Verdicts(0, 0, 0, waiting=5, keeping=1)

    def test_clauses_that_nobody_touched_are_counted_not_listed(self, answered):
        first, second = compiled(answered).texts
        assert [row.clause.label for row in first.clauses] == ["Điều 1", "Điều 2", "Điều 3"]
        assert ([row.clause.label for row in second.clauses], second.untouched) == (["Tiêu chí 1"], 1)

    def test_clause_that_the_officer_changed_by_himself_is_listed(self, asked, giang):
        made.amend(asked, giang, "Tiêu chí 2", "Ý thức tổ chức kỷ luật, kỷ cương.")
        (_first, second) = compiled(asked).texts
        assert [row.clause.label for row in second.clauses] == ["Tiêu chí 1", "Tiêu chí 2"]

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow_with_bodies_and_remarks(self, answered, province, more, django_assert_num_queries):
        for number in range(more):
            unit = Unit.objects.create(
                code=f"M{number}", name=f"Ban {number}", kind=province.units["SKH"].kind, line="state"
            )
            body = made.addressee(answered, unit)
            for clause in Clause.objects.all():
                Remark.objects.create(addressee=body, clause=clause, kind="amend", wording=f"Phương án {number}")
        with django_assert_num_queries(6):
            compiled(answered)


class TestLetter:
    def test_letter_wears_the_party_head_its_number_and_its_subject(self, asked):
        head = letter_sheet(fresh(asked)).head

        assert (head.kind, head.body) == (HeadKind.PARTY, ("TỈNH ỦY QUẢNG NGÃI", "BAN TỔ CHỨC TỈNH ỦY"))
        assert (head.number, head.place, head.dated_on) == ("1440-CV/BTCTU", "Quảng Ngãi", date(2021, 9, 20))
        assert head.subject == f"V/v {made.TITLE[0].lower()}{made.TITLE[1:]}"

    def test_recipients_stand_by_block_each_once(self, asked):
        assert addressed(letter_sheet(fresh(asked))).lines == (
            "Các cơ quan, đơn vị thuộc tỉnh,",
            "Cán bộ được xin ý kiến.",
        )

    def test_who_stands_in_no_block_is_named(self, asked):
        Addressee.objects.update(block="")
        lines = addressed(letter_sheet(fresh(asked))).lines
        assert lines[0] == "Sở Kế hoạch và Đầu tư,"
        assert lines[-1] == "Trần Thị Bình."

    def test_texts_and_last_day_are_added_where_the_letter_does_not_name_them(self, asked):
        found = words(letter_sheet(fresh(asked)))
        first = (
            "1. Quy định đánh giá, phân loại cán bộ diện Ban Thường vụ Tỉnh ủy quản lý số 906-QĐ/TU ngày 24/11/2017;"
        )
        assert first in found
        assert found[-1] == "Ý kiến tham gia đề nghị gửi về Ban Tổ chức Tỉnh ủy chậm nhất ngày 09/10/2021 để tổng hợp."

    @pytest.mark.parametrize(
        "day",
        [
            "ngày 09/10/2021",
            "9/10/2021",
            "09 tháng 10 năm 2021",
            "trước ngày 10/10/2021",
            "trước ngày 10 tháng 10 năm 2021",
        ],
    )
    def test_last_day_that_the_letter_gives_is_not_repeated(self, asked, day):
        Consultation.objects.update(letter=f"Đề nghị gửi về Ban {day}.")
        assert not any("chậm nhất" in line for line in words(letter_sheet(fresh(asked))))

    def test_day_after_the_last_one_is_another_day_without_the_word_before(self, asked):
        Consultation.objects.update(letter="Hội nghị họp ngày 10/10/2021.")
        assert any("chậm nhất ngày 09/10/2021" in line for line in words(letter_sheet(fresh(asked))))

    def test_text_that_the_letter_names_by_its_number_is_not_repeated(self, asked):
        Consultation.objects.update(letter="Góp ý Quy định số 906-QĐ/TU và Quyết định số 1293-QĐ/TU.")
        assert "Văn bản được gửi kèm để lấy ý kiến:" not in words(letter_sheet(fresh(asked)))

    def test_recipients_and_signer_stand_at_the_foot(self, answered):
        sheet = letter_sheet(fresh(answered))
        assert sheet.recipients == ("Như trên,", "Thường trực Tỉnh ủy (để báo cáo),", "Lưu Văn phòng Tỉnh ủy.")
        assert [(row.title, row.name, row.note) for row in sheet.signatures] == [("TRƯỞNG BAN", "Lữ Ngọc Bình", "")]

    @pytest.mark.parametrize(("state", "mark"), [("draft", "DỰ THẢO"), ("withdrawn", "DỰ THẢO"), ("open", "")])
    def test_letter_is_a_draft_until_it_goes_out(self, province, state, mark):
        assert letter_sheet(fresh(made.consultation(province, state=state))).watermark == mark

    def test_state_body_writes_on_state_paper(self, asked, province):
        Consultation.objects.update(issuer=province.units["SNV"])
        assert letter_sheet(fresh(asked)).head.kind == HeadKind.STATE

    @pytest.mark.parametrize(
        ("title", "subject"),
        [
            ("Dự thảo Khung tiêu chí", "V/v lấy ý kiến góp ý về dự thảo Khung tiêu chí"),
            ("V/v góp ý dự thảo", "V/v góp ý dự thảo"),
            ("Lấy ý kiến về dự thảo.", "V/v lấy ý kiến về dự thảo"),
        ],
    )
    def test_subject_says_what_the_letter_wants_once(self, asked, title, subject):
        Consultation.objects.update(title=title)
        assert letter_sheet(fresh(asked)).head.subject == subject

    def test_who_signs_on_behalf_of_a_body_says_so_in_the_first_line(self):
        signed = signature_of("T/M Ban Thường vụ\nPhó Bí thư", "")
        assert (signed.authority, signed.title, signed.note) == (
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ",
            "(ký, ghi rõ họ tên, đóng dấu)",
        )


class TestTable:
    def test_one_line_an_answer_with_all_who_say_the_same(self, answered):
        rows = cells(synthesis_sheet(compiled(fresh(answered))))

        title, first, second, third, fourth, *_rest = rows
        assert title == (
            "1. Quy định đánh giá, phân loại cán bộ diện Ban Thường vụ Tỉnh ủy quản lý số 906-QĐ/TU ngày 24/11/2017",
        )
        assert first[1:] == (
            "Điều 1",
            made.TEXTS[0][3][0][1],
            "Sở Nội vụ",
            "Giữ nguyên",
            "",
            "",
            "Giữ nguyên như dự thảo",
        )
        assert second == (
            2,
            "Điều 2",
            "Việc đánh giá được thực hiện mỗi năm một lần, trước ngày 31 tháng 12.",
            "Sở Kế hoạch và Đầu tư; Sở Y tế",
            "Sửa đổi: Đánh giá hằng quý và cuối năm.",
            "- Đánh giá một năm một lần không phản ánh kịp thời.\n- Ngành y tế giao chỉ tiêu theo quý.",
            "Tiếp thu.",
            "Việc đánh giá được thực hiện hằng quý và cuối năm, trước ngày 31 tháng 12.",
        )
        assert third[:4] == ("", "Điều 2 (tiếp)", "", "Sở Nội vụ")
        assert third[6] == "Không tiếp thu. Quy định 366-QĐ/TW đã yêu cầu đánh giá theo quý."
        assert (fourth[4], fourth[7]) == ("Bỏ", "Bỏ nội dung này")

    def test_remark_of_a_reply_that_was_not_sent_stands_on_no_paper(self, answered):
        found = compiled(fresh(answered))
        for sheet in (synthesis_sheet(found), submission_sheet(found)):
            assert "Bản này chưa gửi" not in repr(sheet)

    def test_totals_stand_above_and_the_silent_below(self, answered):
        lines = words(synthesis_sheet(compiled(fresh(answered))))
        assert lines[0] == "1. Tổng số cơ quan, đơn vị, cá nhân được lấy ý kiến: 8."
        assert lines[1] == (
            "2. Đã trả lời: 4, trong đó nhất trí, không có ý kiến góp ý: 1; trả lời sau thời hạn: 1. Chưa trả lời: 4."
        )
        assert lines[2] == (
            "3. Tổng số ý kiến góp ý: 5, gồm: tiếp thu 3, tiếp thu một phần 1, không tiếp thu 1. "
            "Ngoài ra có 1 ý kiến đề nghị giữ nguyên."
        )
        assert lines[3].endswith("Trần Thị Bình.")

    def test_unanswered_remarks_say_so_while_it_is_a_draft(self, asked):
        sheet = synthesis_sheet(compiled(fresh(asked)))
        assert sheet.watermark == "DỰ THẢO"
        assert "chưa trả lời 5" in words(sheet)[2]
        assert {row[6] for row in cells(sheet) if len(row) == 8} == {"", "Chưa trả lời"}

    @pytest.mark.parametrize(
        ("kind", "wording", "said"),
        [
            ("add", "Bổ sung việc khảo sát người dân.", "Bổ sung việc khảo sát người dân."),
            ("add", "bổ sung: khảo sát", "bổ sung: khảo sát"),
            ("add", " Gắn với sản phẩm. ", "Bổ sung: Gắn với sản phẩm."),
            ("drop", "", "Bỏ"),
            ("amend", "Bổ sung thời hạn.", "Sửa đổi: Bổ sung thời hạn."),
        ],
    )
    def test_proposal_says_once_what_it_asks_for(self, kind, wording, said):
        assert proposal_of(Remark(kind=kind, wording=wording)) == said

    def test_different_proposals_under_one_answer_are_all_told(self, asked, giang):
        made.group(asked, giang, "Điều 2", ("SKH", "SYT", "SNV"), "accepted", "", summary="Đánh giá nhiều kỳ hơn")
        (row,) = [row for row in cells(synthesis_sheet(compiled(fresh(asked)))) if len(row) == 8 and row[1] == "Điều 2"]
        assert row[4] == (
            "Đánh giá nhiều kỳ hơn\n- Sửa đổi: Đánh giá hằng quý và cuối năm.\n- Sửa đổi: Đánh giá sáu tháng một lần."
        )

    def test_consultation_without_any_remark_says_so(self, asked):
        Remark.objects.all().delete()
        ConsultedText.objects.exclude(order=1).first().clauses.all().delete()
        ConsultedText.objects.exclude(order=1).delete()
        assert cells(synthesis_sheet(compiled(fresh(asked)))) == [("Không có ý kiến góp ý.",)]

    def test_table_lies_on_landscape_paper_with_the_opinion_in_three_columns(self, answered):
        sheet = synthesis_sheet(compiled(fresh(answered)))
        assert sheet.is_landscape
        assert [column.title for column in COLUMNS if column.group == "Ý kiến góp ý"] == [
            "Cơ quan, đơn vị, cá nhân",
            "Nội dung đề xuất",
            "Lý do",
        ]


class TestSubmission:
    def test_submission_is_presented_to_the_standing_committee(self, answered):
        sheet = submission_sheet(compiled(fresh(answered)))
        assert (sheet.title, sheet.head.number) == ("TỜ TRÌNH", "312-TTr/BTCTU")
        assert addressed(sheet) == Addressees(("Ban Thường vụ Tỉnh ủy",), "Kính trình:")
        assert sheet.subtitles == (
            "về kết quả lấy ý kiến, tiếp thu, giải trình ý kiến góp ý đối với các văn bản đánh giá, phân loại cán bộ "
            "của Ban Thường vụ Tỉnh ủy",
        )

    def test_what_was_declined_is_told_with_its_reason(self, answered):
        lines = words(submission_sheet(compiled(fresh(answered))))
        assert (
            "1. Điều 2. Sở Nội vụ đề nghị: Sửa đổi: Đánh giá sáu tháng một lần. "
            "Không tiếp thu: Quy định 366-QĐ/TW đã yêu cầu đánh giá theo quý."
        ) in lines
        assert any(line.startswith("2. Điều 3. Sở Kế hoạch và Đầu tư đề nghị: Bỏ.") for line in lines)
        assert "đã chỉnh lý 2 điều, khoản" in " ".join(lines)

    def test_what_is_proposed_is_what_was_written(self, answered):
        Consultation.objects.update(submission="Đề nghị Ban Thường vụ ban hành trong quý I năm 2022.")
        assert "Đề nghị Ban Thường vụ ban hành trong quý I năm 2022." in words(
            submission_sheet(compiled(fresh(answered)))
        )

    def test_long_list_of_what_was_declined_ends_in_the_table(self, asked, giang, province):
        for number in range(32):
            unit = Unit.objects.create(
                code=f"M{number}", name=f"Ban {number}", kind=province.units["SKH"].kind, line="state"
            )
            body = made.addressee(asked, unit)
            Remark.objects.create(
                addressee=body, clause=made.clause(asked, "Điều 1"), kind="amend", wording=f"Ý {number}"
            )
            made.group(asked, giang, "Điều 1", (f"M{number}",), "not_accepted", "Trùng quy định.")
        lines = words(submission_sheet(compiled(fresh(asked))))
        assert "Và 2 nội dung khác nêu tại Bảng tổng hợp tiếp thu, giải trình ý kiến góp ý." in lines


LONG = "Tập thể lãnh đạo, quản lý các cấp tổ chức kiểm điểm nghiêm túc, khách quan, công tâm, thực chất; " * 30


class TestFormats:
    @pytest.fixture
    def sheets(self, answered):
        Clause.objects.filter(label="Điều 2").update(body=LONG)
        found = compiled(fresh(answered))
        return letter_sheet(fresh(answered)), synthesis_sheet(found), submission_sheet(found)

    def test_long_clause_runs_over_pages_and_nothing_is_lost(self, sheets):
        pages = pdf_pages(render_pdf((sheets[1],)))
        text = " ".join(" ".join(pages).split())
        assert len(pages) > 2
        assert text.count("công tâm,") == 30
        assert all("Điều," in page for page in pages[1:-1])

    def test_pdf_says_what_the_sheets_say(self, sheets):
        for sheet, needle in zip(sheets, ("Kính gửi:", "BẢNG TỔNG HỢP", "Kính trình:"), strict=True):
            text = " ".join(pdf_text(render_pdf((sheet,))).split())
            assert needle in text
            assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
            assert "Lữ Ngọc Bình" in text

    def test_docx_holds_the_same_words(self, sheets):
        for sheet, needle in zip(sheets, ("1440-CV/BTCTU", "Không tiếp thu.", "312-TTr/BTCTU"), strict=True):
            document = Document(io.BytesIO(render_docx(sheet)))
            text = "\n".join(
                [row.text for row in document.paragraphs]
                + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            )
            assert needle in text

    def test_workbook_has_a_row_for_each_line(self, sheets):
        page = load_workbook(io.BytesIO(render_xlsx(sheets[1]))).active
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        (line,) = [row for row in rows if row[1] == "Điều 3"]
        assert line[0] == 3
        assert line[6].startswith("Tiếp thu một phần. Giữ nguyên tắc công khai")
