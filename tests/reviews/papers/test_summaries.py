"""Summary tables against counts made by hand, and files that say exactly what the page says."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from orgs.documents import render_pdf, render_xlsx, shown
from orgs.models import Person, RatingKind
from reviews.documents.summary import collectives_summary, individuals_summary, statistics_summary, summary_sheet
from reviews.models import Rating
from reviews.selectors.papers import summaries
from reviews.selectors.papers.summaries import Tally, Wanted
from tests.orgs.documents.reading import as_shown
from tests.reviews.papers.conftest import words_of

PAGE, XLSX, PDF = reverse("reviews:summary_list"), "xlsx", "pdf"


def wanted(played, **more):
    return Wanted(played.cycle, **more)


def people(played, short="quan", **more):
    user = played.user(short)
    rows = summaries.individuals(user, wanted(played, **more))
    return individuals_summary(wanted(played, **more), summaries.person_rows(user, wanted(played, **more), list(rows)))


def bodies(played, short="quan", **more):
    rows = summaries.collectives(played.user(short), wanted(played, **more))
    return collectives_summary(wanted(played, **more), summaries.body_rows(rows))


def counts(played, short="quan", **more):
    asked, user = wanted(played, **more), played.user(short)
    return statistics_summary(asked, summaries.statistics(user, asked))


def row_of(summary, name):
    return next(row.cells for row in summary.rows if row.cells[1] == name)


class TestCounts:
    def test_statistics_are_those_counted_by_hand(self, played):
        rows = {(row.kind, row.body): row.tally for row in summaries.statistics(played.user("quan"), wanted(played))}

        # Cadres under the Standing Committee and the BCSD: An, Bình, Dũng; Dũng's department did nothing yet.
        cadres = rows[RatingKind.CADRE, ""]
        assert (cadres.total, cadres.rated, cadres.waiting) == (3, 2, 1)
        # Members of two cells: An, Bình, Chi, Nga, Oanh decided; Dũng, Em, Khánh not.
        members = rows[RatingKind.PARTY_MEMBER, ""]
        assert (members.total, members.rated, members.waiting) == (8, 5, 3)
        assert rows[RatingKind.COLLECTIVE, ""].total == 2
        assert rows[RatingKind.CADRE, "Ban Thường vụ Tỉnh ủy"].total == 2

    def test_totals_are_the_sums_of_their_bodies(self, played):
        rows = summaries.statistics(played.user("quan"), wanted(played))

        for kind in {row.kind for row in rows}:
            total = next(row.tally.total for row in rows if row.kind == kind and not row.body)
            assert total == sum(row.tally.total for row in rows if row.kind == kind and row.body)

    def test_statistics_cost_one_grouped_query(self, played, django_assert_num_queries):
        user = played.user("quan")
        list(summaries.visible_to(user)[:1])

        with django_assert_num_queries(1):
            summaries.statistics(user, wanted(played))

    def test_not_rated_and_postponed_are_told_apart(self, played):
        Rating.objects.filter(pk=played.rating("binh", RatingKind.CADRE).pk).update(state="postponed", decided_grade="")
        Rating.objects.filter(pk=played.rating("an", RatingKind.CADRE).pk).update(state="not_rated", decided_grade="")

        summary = statistics_summary(wanted(played), summaries.statistics(played.user("quan"), wanted(played)))

        cells = row_of(summary, "Xếp loại cán bộ, công chức, viên chức")
        assert cells[2:6] == (3, 0, 3, "không xếp loại: 1; tạm hoãn: 1; đang xét: 1")
        assert cells[7] is None

    @pytest.mark.parametrize(
        ("excellent", "good", "share", "verdict"), [(1, 5, "20.0", "trong mức (1)"), (2, 5, "40.0", "vượt (1)")]
    )
    def test_share_of_excellent_stands_against_the_line(self, played, excellent, good, share, verdict):
        # Điều 12: at most 20 % of those who are good; one of five is the most.
        tally = Tally()
        tally.add("notice", "excellent", excellent)
        tally.add("notice", "good", good)

        row = summaries.StatisticsRow(
            RatingKind.CADRE, "", tally, summaries._allowed(played.cycle, RatingKind.CADRE, tally)
        )

        assert tally.excellent_of_good == Decimal(share)
        assert statistics_summary(wanted(played), [row]).rows[0].cells[-1] == verdict

    def test_percent_is_exact_and_of_nothing_nothing(self):
        assert summaries.percent(1, 3) == Decimal("33.3")
        assert summaries.percent(1, 8) == Decimal("12.5")
        assert summaries.percent(0, 0) is None


class TestRows:
    def test_individual_has_both_ratings_side_by_side(self, played):
        cells = row_of(people(played), "Nguyễn Văn Ấn")

        assert cells[2:4] == ("Giám đốc Sở, Sở Kế hoạch và Đầu tư", "Ban Thường vụ Tỉnh ủy quản lý")
        assert cells[4:12] == ("T",) * 8
        assert cells[13] == "Khiển trách (QĐ 77-QĐ/UBKTTU)"

    def test_grade_nobody_gave_stays_empty(self, played):
        assert row_of(people(played), "Phạm Quốc Dũng")[4:12] == ("",) * 8

    def test_collective_says_whether_it_was_prompted(self, played):
        assert row_of(bodies(played), "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư")[3:8] == ("Không", "T", "T", "T", "T")

    def test_officer_sums_up_his_own_ratings_only(self, played):
        assert [row.cells[1] for row in people(played, "giang").rows] == ["Nguyễn Văn Ấn", "Phạm Quốc Dũng"]
        assert [row.cells[4:6] for row in people(played, "giang").rows][0] == ("T", "")

    def test_stranger_sums_up_nothing(self, played):
        assert people(played, "tu").rows == ()
        assert summaries.statistics(played.user("tu"), wanted(played)) == []

    @pytest.mark.parametrize(
        ("more", "count"), [({"unit": "SYT"}, 3), ({"unit": "SKH"}, 5), ({"line": "state"}, 8), ({"line": "party"}, 0)]
    )
    def test_filters_narrow(self, played, more, count):
        assert len(people(played, **more).rows) == count

    def test_body_filter_keeps_what_it_decides(self, played):
        body = played.province.collectives["BTV-TU"]

        assert [row.cells[1] for row in people(played, body=body).rows] == ["Nguyễn Văn Ấn", "Phạm Quốc Dũng"]

    def test_rows_cost_the_same_queries_at_one_and_at_many(self, played, django_assert_num_queries):
        user = played.user("quan")
        rows = list(summaries.individuals(user, wanted(played)))
        for count in (1, len(rows)):
            with django_assert_num_queries(2):
                summaries.person_rows(user, wanted(played), rows[:count])

    def test_discipline_of_another_year_does_not_count(self, played):
        played.province.people["an"].discipline_rows.update(document_on=date(2023, 12, 31))

        assert row_of(people(played), "Nguyễn Văn Ấn")[13] == ""


class TestFiles:
    def cells(self, content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [[cell.value for cell in row] for row in book.active.iter_rows()]

    def test_workbook_opened_again_holds_the_shown_rows(self, played):
        summary = people(played)

        rows = self.cells(render_xlsx(summary_sheet(summary, played.cycle)))

        for row in summary.rows:
            expected = [None if value == "" else value for value in row.cells]
            assert expected in rows

    def test_formula_in_a_name_stays_text(self, played):
        evil = '=HYPERLINK("http://x","y")'
        Person.objects.filter(pk=played.province.people["chi"].pk).update(full_name=evil)

        book = openpyxl.load_workbook(io.BytesIO(render_xlsx(summary_sheet(people(played), played.cycle))))

        cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == evil)
        assert cell.data_type == "s"
        assert cell.quotePrefix

    def test_pdf_holds_the_shown_words(self, played):
        summary = bodies(played)

        text = words_of(render_pdf(summary_sheet(summary, played.cycle)))

        assert "BIỂU TỔNG HỢP KẾT QUẢ XẾP LOẠI TẬP THỂ, TỔ CHỨC" in text
        assert "XS: Hoàn thành xuất sắc nhiệm vụ" in text
        for row in summary.rows:
            assert row.cells[1].split()[-1] in text

    @pytest.mark.parametrize("table", [counts, people, bodies])
    def test_no_word_of_a_head_is_broken_on_paper(self, played, table):
        summary = table(played)
        heads = {word for column in summary.columns for word in f"{column.title} {column.group}".split()}

        shown = set(words_of(render_pdf(summary_sheet(summary, played.cycle))).split())

        assert {word for word in heads if "/" not in word} <= shown

    @pytest.mark.parametrize("table", ["statistics", "individuals", "collectives"])
    def test_file_says_what_the_page_says(self, client, played, table):
        client.force_login(played.user("quan"))
        query = {"table": table, "cycle": "2024", "unit": "SKH"}

        page = client.get(PAGE, query)
        content = client.get(reverse("reviews:summary_file", args=[XLSX]), query).content
        rows = [
            ["" if cell.value is None else as_shown(cell.value, cell.number_format) for cell in row]
            for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
        ]

        shown_rows = page.context["summary"].rows
        assert shown_rows
        for row in shown_rows:
            assert [shown(value) for value in row.cells] in rows


class TestPage:
    def test_officer_sees_tables_and_ways_to_take_them_away(self, client, played):
        client.force_login(played.user("giang"))

        page = client.get(PAGE, {"table": "individuals"})

        content = page.content.decode()
        assert page.status_code == 200
        assert "Nguyễn Văn Ấn" in content
        assert "table=individuals&amp;cycle=2024" in content
        assert "file.xlsx" in content

    @pytest.mark.parametrize("short", ["an", "binh", "oanh", "tu", "phuc", "son"])
    def test_others_are_refused(self, client, played, short):
        client.force_login(played.user(short))

        assert client.get(PAGE).status_code == 403
        assert client.get(reverse("reviews:summary_file", args=[XLSX])).status_code == 403

    def test_pdf_comes_as_a_file_that_no_cache_keeps(self, client, played):
        client.force_login(played.user("lan"))

        answer = client.get(reverse("reviews:summary_file", args=[PDF]))

        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Disposition"] == 'attachment; filename="statistics-2024.pdf"'
        assert "no-store" in answer["Cache-Control"]

    def test_unknown_kind_of_file_is_not_found(self, client, played):
        client.force_login(played.user("lan"))

        assert client.get(reverse("reviews:summary_file", args=["exe"])).status_code == 404

    def test_nonsense_in_the_address_counts_as_not_set(self, client, played):
        client.force_login(played.user("quan"))

        page = client.get(PAGE, {"table": "x", "cycle": "1800", "body": "?", "line": "zz", "page": "abc"})

        assert page.status_code == 200
        assert page.context["summary"].title == "BIỂU THỐNG KÊ KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI"

    def test_too_long_a_pdf_is_refused_with_the_way_out(self, client, played, monkeypatch):
        monkeypatch.setattr("reviews.views.summaries.LARGEST_PDF", 3)
        client.force_login(played.user("quan"))

        answer = client.get(reverse("reviews:summary_file", args=[PDF]), {"table": "individuals"})

        assert answer.status_code == 409
