"""The parts of Mẫu 02A, 02B that others fill in: done steps in words, lines for the pen, nothing before its time."""

import pytest
from django.urls import reverse

from orgs.documents import Blank, Choice, Paragraph, Signatures, render_docx, render_pdf, render_xlsx
from orgs.models import RatingKind
from reviews.documents.closing import closing_sections
from reviews.documents.dossier import dossier_sheets
from reviews.models import Rating
from reviews.selectors.papers.dossiers import Audience, Reading, whole_reading
from tests.orgs.documents.reading import docx_text, tool, xlsx_text
from tests.reviews.papers.conftest import plain

PROPOSAL = "Tập thể thống nhất đề nghị."
GOOD = "Hoàn thành tốt nhiệm vụ"
# As the form prints them (Mẫu 02A, 02B, the parts under the signature of the subject).
PARTS = {
    "Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức": "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    "Đánh giá, xếp loại chất lượng đảng viên: chi bộ đề xuất": "T/M CHI ỦY (CHI BỘ)",
    "Đánh giá, xếp loại chất lượng đảng viên: đảng ủy, chi ủy cơ sở xếp loại": "T/M ĐẢNG ỦY (CHI ỦY)",
}


def of_kind(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def chosen(sections):
    return [block.chosen for section in sections for block in of_kind(section, Choice)]


def comments(sections):
    return [block.text for section in sections for block in of_kind(section, Paragraph) if not block.is_italic]


def blanks(sections):
    return sum(len(of_kind(section, Blank)) for section in sections)


def ratings(played, short):
    return list(Rating.objects.filter(review=played.review(short)))


class TestParts:
    def test_form_prints_all_three_with_their_signatures_when_nothing_is_done(self, played):
        sections = closing_sections(played.review("an"), [])

        signers = [of_kind(section, Signatures)[0].blocks[0] for section in sections]
        assert dict(zip((part.title for part in sections), (row.authority for row in signers), strict=True)) == PARTS
        assert chosen(sections) == ["", "", ""]
        assert (comments(sections), blanks(sections)) == (["", ""], 2)
        assert {row.place_date for row in signers} == {"Quảng Ngãi, ngày … tháng … năm …"}

    def test_form_is_filled_from_proposal_and_decision_when_both_are_there(self, played):
        sections = closing_sections(played.review("an"), ratings(played, "an"))

        assert chosen(sections) == [GOOD, GOOD, GOOD]
        assert (comments(sections), blanks(sections)) == ([PROPOSAL, PROPOSAL], 0)
        line = played.rating("an", RatingKind.PARTY_MEMBER).decisions.get(is_in_force=True)
        ground = of_kind(sections[2], Paragraph)[0].text
        assert line.conclusion.number in ground
        assert line.conclusion.collective.name in ground
        assert of_kind(sections[2], Signatures)[0].blocks[0].name == "Bùi Thị Quỳnh Vân"

    @pytest.mark.parametrize(("state", "grades"), [("proposal", ["", "", ""]), ("decision", [GOOD, GOOD, ""])])
    def test_step_that_is_not_done_stays_open(self, played, state, grades):
        for rating in ratings(played, "an"):
            Rating.objects.filter(pk=rating.pk).update(state=state)

        sections = closing_sections(played.review("an"), ratings(played, "an"))

        assert chosen(sections) == grades
        assert blanks(sections) == (2 if state == "proposal" else 0)

    def test_result_of_the_body_stands_under_a_proposal_that_it_did_not_follow(self, played):
        rating = played.rating("an", RatingKind.CADRE)
        Rating.objects.filter(pk=rating.pk).update(proposed_grade="excellent")

        part = closing_sections(played.review("an"), ratings(played, "an"))[0]

        assert chosen([part]) == ["Hoàn thành xuất sắc nhiệm vụ"]
        ground = next(block.text for block in of_kind(part, Paragraph) if block.is_italic)
        assert ground.startswith("Cấp có thẩm quyền xếp loại: Hoàn thành tốt nhiệm vụ (Quyết định số 34")

    def test_rating_that_was_not_made_is_said_with_its_ground(self, played):
        party = played.rating("an", RatingKind.PARTY_MEMBER)
        ground = "Được miễn công tác và sinh hoạt đảng (QĐ 11-QĐ/CB)"
        Rating.objects.filter(pk=party.pk).update(state="not_rated", not_rated_ground=ground)

        cadre, *others = closing_sections(played.review("an"), ratings(played, "an"))

        assert chosen([cadre]) == [GOOD]
        assert comments(others) == [ground, ground]
        assert (chosen(others), blanks(others)) == ([], 0)

    def test_report_of_a_collective_has_none_and_closes_with_its_signature(self, played):
        review = played.review("TT-SKH")

        sheet = dossier_sheets(review, viewer=whole_reading(review))[1]

        assert closing_sections(review, ratings(played, "TT-SKH")) == ()
        assert sheet.signatures[0].note == "(ký, ghi rõ họ tên, đóng dấu)"

    def test_every_format_says_the_same_parts(self, played):
        review = played.review("an")
        sheet = dossier_sheets(review, viewer=whole_reading(review))[1]
        line = played.rating("an", RatingKind.PARTY_MEMBER).decisions.get(is_in_force=True)

        texts = {
            "pdf": plain(tool("pdftotext", "-raw", "-", "-", content=render_pdf(sheet)).decode()),
            "docx": plain(docx_text(render_docx(sheet))),
            "xlsx": plain(xlsx_text(render_xlsx(sheet))),
        }

        for name, text in texts.items():
            for words in ("NGƯỜI TỰ KIỂM ĐIỂM", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "T/M CHI ỦY (CHI BỘ)", PROPOSAL):
                assert words in text, (name, words)
            assert line.conclusion.signatory in text, name
            assert text.index("NGƯỜI TỰ KIỂM ĐIỂM") < text.index("Nhận xét, đánh giá của chi ủy"), name


class TestWhoIsTold:
    def test_subject_signs_before_the_parts_of_others(self, played):
        review = played.review("an")
        sheet = dossier_sheets(review, viewer=whole_reading(review))[1]

        titles = [section.title for section in sheet.sections]
        own = next(place for place, section in enumerate(sheet.sections) if of_kind(section, Signatures))

        assert of_kind(sheet.sections[own], Signatures)[0].blocks[0].name == review.person.full_name
        assert titles[own + 1 :] == list(PARTS)
        assert sheet.signatures == ()

    def test_dossier_of_the_venue_leaves_the_parts_open(self, played):
        review = played.review("an")
        sheet = dossier_sheets(review, viewer=Reading(Audience.VENUE))[1]

        assert chosen(sheet.sections[-3:]) == ["", "", ""]

    def test_inside_reader_finds_only_the_kinds_that_he_reads(self, played):
        review = played.review("an")
        whole = whole_reading(review)
        party = tuple(row for row in whole.inside if row.kind == RatingKind.PARTY_MEMBER)

        sheet = dossier_sheets(review, viewer=Reading(Audience.INSIDE, party, party))[1]

        assert chosen(sheet.sections[-3:]) == ["", GOOD, GOOD]

    @pytest.mark.parametrize("is_told", [False, True])
    def test_preview_shows_the_subject_nothing_before_the_notice(self, client, played, is_told):
        if not is_told:
            Rating.objects.filter(review=played.review("an")).update(notified_at=None)
        client.force_login(played.user("an"))

        page = client.get(reverse("reviews:review_preview", args=[played.review("an").uuid])).content.decode()

        assert "Nhận xét, đánh giá của chi ủy" in page
        assert (PROPOSAL in page) is is_told
        assert ("Theo Quyết định số" in page) is is_told
