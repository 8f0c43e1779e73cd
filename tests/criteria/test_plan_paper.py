"""The plan as an official document: what stands on it, who takes it, what is kept."""

from datetime import date

import pytest
from django.urls import reverse

from criteria.documents.citing import citation
from criteria.documents.plan import STEPS, plan_sheet
from criteria.models import MilestoneStep, Plan
from orgs.documents import HeadKind, Paragraph, Table
from orgs.models import DocumentVersion
from orgs.services import files
from tests.criteria import rounds
from tests.orgs.documents.reading import pdf_pages, pdf_text

pytestmark = pytest.mark.django_db
# QĐ 124-QĐ/TW, Bộ Chính trị, 4/10/2023; HD 25-HD/BTCTW, 10/11/2023.
LAW = "Căn cứ Quy định số 124-QĐ/TW ngày 04/10/2023 về việc kiểm điểm và đánh giá, xếp loại chất lượng hằng năm"
GUIDANCE = "Căn cứ Hướng dẫn số 25-HD/BTCTW ngày 10/11/2023"


@pytest.fixture
def plan(province):
    rounds.regulation()
    return rounds.issue(province, rounds.draft_plan(province))


def address(plan):
    return reverse("criteria:plan_paper", args=[plan.uuid])


def paragraphs(sheet):
    return [f"{block.lead}{block.text}" for block in sheet.all_blocks() if isinstance(block, Paragraph)]


def words_of(pdf):
    return " ".join(pdf_text(pdf).split())


class TestSheet:
    def test_issued_plan_wears_number_day_and_grounds(self, plan):
        sheet = plan_sheet(plan)

        assert (sheet.title, sheet.subtitles) == ("KẾ HOẠCH", ("kiểm điểm năm 2024 của Tỉnh ủy Quảng Ngãi",))
        assert (sheet.head.kind, sheet.head.number) == (HeadKind.PARTY, "173-KH/TU")
        assert sheet.issued_on == sheet.head.dated_on == plan.issued_on
        assert sheet.watermark == ""
        words = paragraphs(sheet)
        assert words[0].startswith(LAW)
        assert words[1].startswith(GUIDANCE)
        assert "1. Quy định 144-QĐ/TW về chuẩn mực đạo đức (144-QĐ/TW)" in words

    @pytest.mark.parametrize(
        ("year", "numbers"),
        [
            (2018, ["132-QĐ/TW", "16-HD/BTCTW"]),
            (2022, ["132-QĐ/TW", "21-HD/BTCTW", "90/2020/NĐ-CP"]),
            (2024, ["124-QĐ/TW", "25-HD/BTCTW", "90/2020/NĐ-CP", "48/2023/NĐ-CP"]),
            (2025, ["366-QĐ/TW", "43-HD/BTCTW", "198-KL/TW", "90/2020/NĐ-CP", "48/2023/NĐ-CP"]),
            (
                2026,
                ["366-QĐ/TW", "43-HD/BTCTW", "198-KL/TW", "02-HD/BTCTW", "233/2026/NĐ-CP", "335/2025/NĐ-CP"],
            ),
        ],
    )
    def test_plan_rests_on_what_is_in_force_at_the_end_of_its_year(self, plan, year, numbers):
        plan.year = year
        grounds = [words for words in paragraphs(plan_sheet(plan)) if words.startswith("Căn cứ")]
        assert [next(each for each in numbers if f" số {each} ngày " in words) for words in grounds] == numbers

    def test_dates_stand_in_their_order_with_whom_they_bind(self, plan):
        (table,) = [block for block in plan_sheet(plan).all_blocks() if isinstance(block, Table)]

        assert [row[1:4] for row in table.rows] == [
            ("Gửi bản tự kiểm điểm", "Tất cả", rounds.STEPS[0][1]),
            ("Tổ chức hội nghị kiểm điểm", "Tất cả", rounds.STEPS[1][1]),
            ("Hoàn chỉnh bản kiểm điểm sau hội nghị", "Tất cả", rounds.STEPS[2][1]),
            ("Đề nghị mức xếp loại, gửi hồ sơ lên cấp trên", "Tất cả", rounds.STEPS[3][1]),
            ("Thẩm định, tổng hợp", "Tất cả", rounds.STEPS[4][1]),
            ("Quyết định mức xếp loại", "Tất cả", rounds.STEPS[5][1]),
        ]

    def test_draft_says_so_and_leaves_the_day_to_the_pen(self, province):
        sheet = plan_sheet(rounds.draft_plan(province))

        assert (sheet.watermark, sheet.head.number, sheet.head.dated_on) == ("DỰ THẢO", "", None)

    def test_plan_without_dates_points_to_the_one_above(self, province, plan):
        below = rounds.draft_plan(province, issuer="UBND", parent=plan, milestones=[], actor="ha")

        sheet = plan_sheet(below)

        assert sheet.head.kind == HeadKind.STATE
        assert "Thực hiện Kế hoạch số 173-KH/TU ngày 11/10/2024 của Tỉnh ủy Quảng Ngãi," in paragraphs(sheet)
        assert "Theo các mốc thời gian của Kế hoạch số 173-KH/TU." in paragraphs(sheet)

    def test_every_step_has_its_words(self):
        assert set(STEPS) == set(MilestoneStep)

    @pytest.mark.parametrize(
        ("title", "words"),
        [
            ("Nghị định về đánh giá", "Nghị định số 9 ngày 03/02/2024 về đánh giá"),
            ("Hướng dẫn một số nội dung", "Hướng dẫn số 9 ngày 03/02/2024, một số nội dung"),
            ("Văn kiện khác", "Văn bản số 9 ngày 03/02/2024, Văn kiện khác"),
            ("", "Văn bản số 9 ngày 03/02/2024"),
        ],
    )
    def test_ground_names_kind_number_and_day(self, title, words):
        assert citation("9", date(2024, 2, 3), title) == words


class TestPaper:
    def test_reader_of_the_plan_takes_its_paper_and_keeps_none(self, client, province, plan):
        client.force_login(province.users["chi"])

        answer = client.get(address(plan))

        assert answer["Content-Type"] == "application/pdf"
        assert "173-KH/TU" in words_of(answer.content)
        assert client.post(address(plan)).status_code == 403
        assert not DocumentVersion.objects.exists()

    def test_preparer_keeps_a_version_that_every_reader_opens(self, client, province, plan):
        client.force_login(province.users["giang"])
        detail = reverse("criteria:plan_detail", args=[plan.uuid])

        answer = client.post(address(plan), follow=True)
        client.post(address(plan))

        version = DocumentVersion.objects.get()
        content = files.path_of(version.file).read_bytes()
        opened = reverse("orgs:file_open", args=[version.file.uuid])
        assert answer.redirect_chain == [(detail, 302)]
        assert opened in answer.content.decode()
        assert all(version.code in page for page in pdf_pages(content))
        client.force_login(province.users["chi"])
        assert client.get(opened).status_code == 200
        assert client.get(address(plan)).content == content
        page = client.get(detail).content.decode()
        assert opened in page
        assert f'action="{address(plan)}"' not in page

    def test_draft_is_hidden_from_who_does_not_prepare_and_not_kept(self, client, province):
        draft = rounds.draft_plan(province)
        client.force_login(province.users["chi"])
        assert client.get(address(draft)).status_code == 404

        client.force_login(province.users["giang"])
        assert client.get(address(draft)).content.startswith(b"%PDF-")
        assert address(draft) in client.get(reverse("criteria:plan_detail", args=[draft.uuid])).content.decode()
        assert client.post(address(draft)).status_code == 409
        assert not DocumentVersion.objects.exists()
        assert Plan.objects.get().state == "draft"
