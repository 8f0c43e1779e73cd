"""What stands on each paper: the words of the data, the right head, the unknown said to be unknown."""

from dataclasses import replace
from datetime import date

import pytest

from orgs.documents import Choice, HeadKind, Paragraph, Table, render_pdf
from orgs.models import RatingKind
from reviews.documents.appraisal import appraisal_sheet
from reviews.documents.comments import comments_sheet
from reviews.documents.decision import decision_sheet
from reviews.documents.dossier import dossier_sheets
from reviews.documents.explanation import explanation_sheet
from reviews.documents.facts import facts_sheet
from reviews.documents.grade_annex import annex_sheet
from reviews.documents.minutes import minutes_extract, minutes_sheet
from reviews.documents.notice import notice_sheet
from reviews.documents.opinions import opinions_sheet
from reviews.models import Meeting, TaskTally
from reviews.selectors.papers.dossiers import reading_of, whole_reading
from reviews.selectors.writing.answers import whole_text
from tests.orgs.documents.reading import pdf_fonts, pdf_pages
from tests.reviews.papers.conftest import plain, words_of
from tests.reviews.papers.round import ANSWER, APPRAISAL, COMMENT, MATTER, OPINION

GOOD = "Hoàn thành tốt nhiệm vụ"


def words_in(sheet):
    """Every word of a sheet, cell by cell."""
    found = [sheet.title, *sheet.subtitles]
    for section in sheet.sections:
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Paragraph():
                    found.append(f"{block.lead}{block.text}")
                case Table():
                    found += [block.caption, *(column.title for column in block.columns)]
                    found += [str(cell) for row in block.rows for cell in getattr(row, "cells", row)]
                case Choice():
                    found += [block.label, block.chosen]
                case _:
                    found += [str(part) for row in getattr(block, "rows", ()) for part in row]
                    found.append(getattr(block, "text", ""))
    return plain("\n".join(found))


def titles(sheets):
    return [" ".join(sheet.title.split()) for sheet in sheets]


class TestDossier:
    def test_person_holds_every_paper_in_order(self, played):
        review = played.review("an")

        assert titles(dossier_sheets(review, viewer=whole_reading(review))) == [
            "HỒ SƠ KIỂM ĐIỂM, ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÁ NHÂN",
            "BẢN KIỂM ĐIỂM CÁ NHÂN",
            "BÁO CÁO GIẢI TRÌNH",
            "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý",
            "TRÍCH BIÊN BẢN",
            "TRÍCH BIÊN BẢN",
            "TỔNG HỢP Ý KIẾN CỦA CÁC CƠ QUAN, TỔ CHỨC",
            "PHIẾU SỐ LIỆU",
            "PHIẾU THẨM ĐỊNH",
            "PHIẾU THẨM ĐỊNH",
            "TRÍCH QUYẾT ĐỊNH",
            "TRÍCH QUYẾT ĐỊNH",
            "PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI",
            "PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI",
        ]

    def test_collective_holds_every_paper_and_lists_what_there_is_not(self, played):
        review = played.review("TT-SKH")

        cover, *rest = dossier_sheets(review, viewer=whole_reading(review))

        assert titles(rest) == [
            "BÁO CÁO KIỂM ĐIỂM TẬP THỂ",
            "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý",
            "TRÍCH BIÊN BẢN",
            "PHIẾU SỐ LIỆU",
            "PHIẾU THẨM ĐỊNH",
            "TRÍCH QUYẾT ĐỊNH",
            "PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI",
        ]
        contents = cover.sections[1].blocks[0].rows
        assert [row[1] for row in contents if row[3] == "Không có"] == [
            "Báo cáo giải trình những vấn đề được gợi ý kiểm điểm",
            "Tổng hợp ý kiến của các cơ quan, tổ chức",
        ]

    @pytest.mark.parametrize(("short", "reader"), [("an", "giang"), ("TT-SKH", "ha")])
    def test_every_answer_on_paper_is_the_answer_in_data(self, played, dossier_text, short, reader):
        text = dossier_text(short, reader)
        answers = [
            answer["text"]
            for section in whole_text(played.review(short)).values()
            for answer in section.values()
            if "text" in answer
        ]

        assert len(answers) > 8
        for answer in answers:
            assert plain(answer) in text

    def test_words_of_every_step_stand_on_the_paper(self, dossier_text):
        text = dossier_text("an", "giang")

        for words in (MATTER, "Vướng giải phóng mặt bằng.", COMMENT, ANSWER, OPINION, APPRAISAL, "QĐ 77-QĐ/UBKTTU"):
            assert plain(words) in text, words

    def test_cover_counts_the_documents_that_follow(self, played):
        review = played.review("an")

        cover, *rest = dossier_sheets(review, viewer=whole_reading(review))

        listed = [row for row in cover.sections[1].blocks[0].rows if row[3] != "Không có"]
        assert len(listed) == len(rest)

    def test_every_page_carries_code_and_vendored_faces(self, played, tmp_path):
        review = played.review("TT-SKH")
        pdf = render_pdf(dossier_sheets(review, viewer=whole_reading(review)), code="WXYZ-2345")

        pages = pdf_pages(pdf)

        assert len(pages) >= 7
        assert all("WXYZ-2345" in page for page in pages)
        assert pdf_fonts(pdf, tmp_path) <= {"Tinos", "Paper-Signs"}

    def test_not_submitted_review_is_marked_as_a_draft(self, played):
        review = played.review("binh")
        review.submitted_at = None

        draft = dossier_sheets(review, viewer=whole_reading(review))[1]
        review.submitted_at = played.review("binh").submitted_at
        sent = dossier_sheets(review, viewer=whole_reading(review))[1]

        assert (draft.watermark, sent.watermark) == ("DỰ THẢO", "")

    def test_papers_of_the_review_are_dated_where_the_day_is_known(self, played):
        review = played.review("an")
        sheets = {
            " ".join(sheet.title.split()): sheet for sheet in dossier_sheets(review, viewer=whole_reading(review))
        }

        for title in ("BẢN KIỂM ĐIỂM CÁ NHÂN", "BÁO CÁO GIẢI TRÌNH", "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý", "TRÍCH QUYẾT ĐỊNH"):
            assert sheets[title].issued_on == sheets[title].head.dated_on == played.today, title
        assert (sheets["PHIẾU SỐ LIỆU"].head.place, sheets["PHIẾU SỐ LIỆU"].head.dated_on) == ("Quảng Ngãi", None)

    def test_cover_names_number_and_day_of_each_paper(self, played):
        review = played.review("an")
        rows = dossier_sheets(review, viewer=whole_reading(review))[0].sections[1].blocks[0].rows
        day = f"{played.today:%d/%m/%Y}"

        found = {row[1]: row[2] for row in rows}

        assert found["Bản kiểm điểm cá nhân"] == day
        assert found["Phiếu số liệu"] == ""
        assert found["Quyết định xếp loại đảng viên"].startswith("34")
        assert found["Quyết định xếp loại đảng viên"].endswith(f"-QĐ/TU, {day}")

    def test_notice_leaves_room_for_its_number(self, played):
        rating = played.rating("an", RatingKind.CADRE)

        assert notice_sheet(rating, rating.decisions.get(is_in_force=True)).head.number == "Số ……-TB/……"


class TestWhoReadsWhat:
    def test_own_copy_holds_neither_opinions_nor_appraisal(self, played, dossier_text):
        review = played.review("an")
        own = dossier_sheets(review, viewer=reading_of(played.user("an"), review))
        text = dossier_text("an", "an")

        assert "PHIẾU THẨM ĐỊNH" not in titles(own)
        assert "TỔNG HỢP Ý KIẾN CỦA CÁC CƠ QUAN, TỔ CHỨC" not in titles(own)
        for words in (OPINION, APPRAISAL, "Phiếu thẩm định"):
            assert plain(words) not in text, words
        assert plain(COMMENT) in text
        assert "TRÍCH QUYẾT ĐỊNH" in titles(own)
        assert titles(own).count("PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI") == 2

    def test_own_copy_knows_no_decision_before_it_was_notified(self, played):
        review = played.review("an")
        review.ratings.update(notified_at=None)

        reading = reading_of(played.user("an"), review)
        text = " ".join(words_in(sheet) for sheet in dossier_sheets(review, viewer=reading))

        assert reading.decided == ()
        assert "QUYẾT ĐỊNH" not in text
        assert "PHỤ LỤC" not in text
        assert "KẾT QUẢ BỎ PHIẾU" not in text

    def test_venue_copy_holds_neither_decision_nor_appraisal(self, played):
        review = played.review("binh")
        reading = reading_of(played.user("oanh"), review)

        sheets = titles(dossier_sheets(review, viewer=reading))

        assert reading.label == "reviews.Review.venue"
        assert "TRÍCH QUYẾT ĐỊNH" not in sheets
        assert "PHIẾU THẨM ĐỊNH" not in sheets
        assert "PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI" not in sheets
        assert sheets[1] == "BẢN KIỂM ĐIỂM CÁ NHÂN"

    def test_officer_finds_the_appraisal_of_his_own_ratings_only(self, played):
        review = played.review("an")

        giang = reading_of(played.user("giang"), review)
        ha = reading_of(played.user("ha"), review)

        assert [rating.kind for rating in giang.inside] == [RatingKind.CADRE]
        assert RatingKind.PARTY_MEMBER in [rating.kind for rating in ha.inside]
        assert giang.label == "reviews.Review.inside.cadre"

    @pytest.mark.parametrize("short", ["tu", "khanh", "chi", "dung", "phuc", "son"])
    def test_others_get_no_dossier(self, played, short):
        assert reading_of(played.user(short), played.review("an")) is None

    def test_facts_about_colleagues_stay_inside(self, played):
        review = played.review("TT-SKH")
        ratings = list(whole_reading(review).inside)

        inside = words_in(facts_sheet(review, ratings, is_inside=True))
        outside = words_in(facts_sheet(review, ratings, is_inside=False))

        assert "Nguyễn Văn Ấn (thành viên tập thể)" in inside
        assert "Nguyễn Văn Ấn" not in outside


class TestSingleSheets:
    def test_facts_say_what_is_unknown_and_never_zero(self, played):
        review = played.review("an")
        rows = facts_sheet(review, whole_reading(review).inside, is_inside=True).sections[1].blocks[0].rows

        figures = dict(rows)

        assert figures["Số nhiệm vụ được giao"] == 21
        assert figures["Số nhiệm vụ hoàn thành"] == 20
        assert figures["Hoàn thành vượt mức"] == "chưa có"
        assert figures["Bảo đảm chất lượng"] == "Có"

    def test_facts_without_any_statement_are_all_unknown(self, played):
        review = played.review("chi")
        TaskTally.objects.filter(sheet__review=review).delete()

        rows = facts_sheet(review, (), is_inside=False).sections[1].blocks[0].rows

        assert {value for _name, value in rows} == {"chưa có"}

    def test_facts_name_source_and_day_of_the_register(self, played):
        review = played.review("an")
        text = words_in(facts_sheet(review, whole_reading(review).inside, is_inside=True))

        assert "Khiển trách; Thiếu kiểm tra, giám sát; đã khắc phục" in text
        assert "QĐ 77-QĐ/UBKTTU 2024-05-06" in text
        assert "KL 12-KL/TU, 03/02/2024" in text
        assert "Chưa ghi nhận khắc phục" in text
        assert "Nghỉ ốm từ 3 tháng trở lên Giấy ra viện số 15" in text

    def test_explanation_gives_matter_cause_remedy_and_day(self, played):
        text = words_in(explanation_sheet(played.review("an")))

        assert f"1. {MATTER}" in text
        assert "Nguyên nhân: Vướng giải phóng mặt bằng." in text
        assert "Trách nhiệm của cá nhân: Tôi chưa đôn đốc." in text
        assert "Thời hạn khắc phục: 31/03/2025" in text
        assert "88-CV/TU" in text

    def test_explanation_that_was_not_sent_is_not_shown(self, played):
        review = played.review("an")
        review.prompts.update(state="issued")

        text = words_in(explanation_sheet(review))

        assert "Chưa có giải trình." in text
        assert "Vướng giải phóng mặt bằng" not in text

    def test_nothing_prompted_makes_no_sheet(self, played):
        assert explanation_sheet(played.review("binh")) is None

    def test_nothing_said_makes_no_sheet_of_comments(self, played):
        assert comments_sheet(played.review("an")) is not None
        assert comments_sheet(_never_heard(played)) is None

    def test_opinions_not_asked_make_no_sheet(self, played):
        review = played.review("binh")

        assert opinions_sheet(review, whole_reading(review).inside) is None

    def test_appraisal_names_every_ceiling_with_its_clause(self, played):
        rating = next(row for row in whole_reading(played.review("an")).inside if row.kind == RatingKind.CADRE)

        text = words_in(appraisal_sheet(rating))

        assert rating.suggestion["ceilings"]
        for ceiling in rating.suggestion["ceilings"]:
            assert plain(ceiling["reason"]) in text
            assert plain(ceiling["cites"]) in text
        assert APPRAISAL in text

    def test_annex_holds_every_frozen_condition_with_its_clause_and_what_decides(self, played):
        rating = next(row for row in whole_reading(played.review("an")).inside if row.kind == RatingKind.CADRE)
        lowest = rating.suggestion["grade"]

        sheet = annex_sheet(rating)
        text = words_in(sheet)

        for row in rating.suggestion["conditions"]:
            if row["state"] != "not_concerned":
                assert plain(row["text"]) in text
                assert plain(row["cites"]) in text
                assert plain(row.get("reason") or row.get("figures", "")) in text
        (ceilings,) = sheet.sections[1].blocks
        marked = [row[2] for row in ceilings.rows if "điều kiện quyết định" in row[1]]
        assert marked == [row["reason"] for row in rating.suggestion["ceilings"] if row["caps_at"] == lowest]
        questions = [row["question"] for row in rating.suggestion["conditions"] if "question" in row]
        assert questions
        for question in questions:
            assert plain(question) in text

    def test_annex_of_a_rating_that_lacks_facts_says_which_and_who_gives_them(self, played):
        rating = next(row for row in whole_reading(played.review("an")).inside if row.kind == RatingKind.CADRE)
        rating.suggestion = rating.suggestion | {
            "outcome": "insufficient",
            "grade": None,
            "ceilings": [],
            "missing": ["tasks.beyond"],
            "warnings": ["Dấu niêm phong"],
        }

        text = words_in(annex_sheet(rating))

        assert "Chưa đủ số liệu để gợi ý mức xếp loại" in text
        assert "Không có điều kiện nào khống chế mức xếp loại." in text
        assert "số nhiệm vụ vượt mức" in text
        assert "người viết, trên phiếu dữ kiện" in text
        assert "Dấu niêm phong" in text

    def test_appraisal_shows_the_frozen_suggestion_after_the_decision(self, played):
        rating = next(row for row in whole_reading(played.review("an")).inside if row.kind == RatingKind.CADRE)
        rating.suggestion = rating.suggestion | {"ceilings": [], "unconfirmed": [], "warnings": ["Dấu niêm phong"]}

        text = words_in(appraisal_sheet(rating))

        assert "Dấu niêm phong" in text
        assert "Không có điều kiện nào khống chế" in text

    def test_minutes_hold_all_and_the_extract_one(self, played):
        meeting = Meeting.objects.get(pk=played.meetings["CU-SKH"].pk)
        review = played.review("binh")

        whole = words_in(minutes_sheet(meeting))
        extract = words_in(minutes_extract(meeting, review))

        assert "Lê Thị Kim Chi" in whole
        assert "Trần Thị Bình" in extract
        assert "Lê Thị Kim Chi" not in extract
        assert "triệu tập 5 người, có mặt 5, vắng mặt 0" in whole

    def test_open_meeting_makes_a_draft(self, played):
        meeting = played.meetings["CU-SKH"]
        meeting.refresh_from_db()

        closed = minutes_sheet(meeting).watermark
        meeting.state = "open"

        assert (closed, minutes_sheet(meeting).watermark) == ("", "DỰ THẢO")

    def test_ballot_in_the_minutes_is_the_confirmed_one(self, played):
        meeting = Meeting.objects.get(pk=played.meetings["TT-SKH"].pk)
        assert "Số phiếu: phát ra 2, thu về 2, hợp lệ 2, không hợp lệ 0." in words_in(minutes_sheet(meeting))

        meeting.tally.confirmed_by = None
        meeting.tally.save()

        assert "KẾT QUẢ BỎ PHIẾU" not in words_in(minutes_sheet(meeting))

    def test_decision_names_grounds_articles_and_signatory(self, played):
        conclusion = played.conclusions[0]

        sheet = decision_sheet(conclusion)
        text = words_in(sheet)

        assert sheet.title == "QUYẾT ĐỊNH"
        assert "Căn cứ Quy định số 124-QĐ/TW ngày 04/10/2023" in text
        assert "QĐ 746-QĐ/TU ngày 01/12/2022;" in text
        for article in ("Điều 1. ", "Điều 2. ", "Điều 3. "):
            assert article in text
        assert sheet.signatures[0].name == "Bùi Thị Quỳnh Vân"
        assert sheet.signatures[0].authority.startswith("T/M ")
        assert GOOD in text

    def test_decision_that_is_not_confirmed_is_a_draft(self, played):
        conclusion = played.conclusions[0]
        conclusion.state = "recorded"
        try:
            assert decision_sheet(conclusion).watermark == "DỰ THẢO"
        finally:
            conclusion.state = "confirmed"

    def test_notice_tells_one_subject_grade_reason_and_right_to_petition(self, played):
        rating = played.rating("an", RatingKind.CADRE)

        text = words_of(render_pdf(notice_sheet(rating, rating.decisions.get(is_in_force=True))))

        assert "đồng chí Nguyễn Văn Ấn" in text
        assert GOOD in text
        assert "có quyền kiến nghị" in text
        assert "Trần Thị Bình" not in text


class TestHeads:
    def test_review_wears_the_head_that_its_form_names(self, played):
        review = played.review("an")
        review.form = review.form | {"head": review.form["head"] | {"kind": "state"}}

        assert comments_sheet(review).head.kind == HeadKind.STATE
        assert comments_sheet(played.review("an")).head.kind == HeadKind.PARTY

    def test_party_body_decides_on_party_paper(self, played):
        bodies = {row.collective.code: decision_sheet(row).head for row in played.conclusions}

        assert bodies["BTV-TU"].kind == HeadKind.PARTY
        assert bodies["BTV-TU"].body == ("TỈNH ỦY QUẢNG NGÃI",)
        assert bodies["BCSD"].kind == HeadKind.PARTY
        assert bodies["BCSD"].body == ("BAN CÁN SỰ ĐẢNG ỦY BAN NHÂN DÂN TỈNH",)

    def test_department_meets_on_state_paper_and_cell_on_party_paper(self, played):
        text = words_of(render_pdf(minutes_sheet(Meeting.objects.get(pk=played.meetings["TT-SKH"].pk))))
        cell = words_of(render_pdf(minutes_sheet(Meeting.objects.get(pk=played.meetings["CU-SKH"].pk))))

        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" in text
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in cell

    def test_same_paper_gives_the_same_bytes(self, played):
        sheet = decision_sheet(played.conclusions[0])

        assert render_pdf(sheet) == render_pdf(replace(sheet))
        assert render_pdf(sheet) != render_pdf(replace(sheet, issued_on=date(2024, 1, 1)))


def _never_heard(played):
    review = played.review("binh")
    review.agenda_items.update(is_heard=False)
    review.notes.all().delete()
    return review
