"""The paper of a form: what stands in its tables when it is filled, half filled and empty, and where the sums are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.documents.form_items import Filling, is_of_levels, item_blocks, section_blocks
from criteria.documents.form_sheets import Issue, form_head, form_sheets
from criteria.documents.form_tables import last_counted, out_of
from criteria.documents.gallery import gallery_sheets
from criteria.regulation import find, from_data, to_data
from criteria.regulation.answering import canonical, holds_of
from criteria.regulation.parsing import canonical_of, shown_of
from criteria.regulation.samples import sample_answer, sample_content
from orgs.documents import HeadKind, Signature

LAW = "366-QĐ/TW@2025-08-30"
LOCAL = "399-QĐ/TU@2025-08-27"
GRADES = {"excellent": "Hoàn thành xuất sắc nhiệm vụ", "good": "Hoàn thành tốt nhiệm vụ"}


def form(key="01-Q", law=LAW):
    return find(law).form(key)


def blocks(item, answer=None, **more):
    return list(item_blocks(item, answer or {}, Filling(grades=GRADES, **more)))


def tables(sheet):
    return [block for block in sheet.all_blocks() if block.kind == "table"]


def paper(of, content=None, **more):
    return form_sheets(of, Filling(content=content or {}, grades=GRADES, **more), Issue(), Signature())


# ---------------------------------------------------------------- tables


def test_checklists_side_by_side_are_one_table_with_its_sum():
    sheet = paper(form(), sample_content(form()))[0]
    first = tables(sheet)[0]
    strong = [row.cells[:2] for row in first.rows if row.is_strong]
    assert [number for number, _label in strong] == ["1", "2", "3"]
    assert len(first.rows) == 3 + 17
    assert first.rows[1].cells == ("1.1", "Trung thành, kiên định", "x", "", "2", "2", "")
    assert first.rows[9].cells[2:] == ("", "x", "2", "0", "Đã khắc phục xong trong quý II.")
    assert first.footer[0].cells == ("", "Tổng (A)", "", "", "30", "25", "")


def test_half_marked_checklist_has_no_sum():
    content = sample_content(form())
    del content["assessment"]["common_2"]["2.3"]
    footer = tables(paper(form(), content)[0])[0].footer[0]
    assert footer.cells[-3:] == ("30", "", "")


def test_item_that_is_its_own_subgroup_stands_once():
    first = tables(paper(form("2B", LOCAL), sample_content(form("2B", LOCAL)))[0])[1]
    assert [row.cells[0] for row in first.rows] == ["1", "2", "3"]
    assert [column.title for column in first.columns[2:6]] == ["Xuất sắc", "Tốt", "Trung bình", "Kém"]


def test_axes_sum_their_weights_and_turn_into_seventy():
    answer = {"1.weight": "60", "1.points": "45.5", "4.weight": "40", "4.points": "40"}
    table = blocks(form().item("axes"), answer)[1]
    assert table.rows[0][2:] == ("60", "45,5")
    assert table.rows[1][2:] == ("", "")
    assert [row.cells[2:] for row in table.footer] == [("100", "85,5"), ("", "59,85")]


def test_axes_that_do_not_sum_to_one_hundred_leave_the_result_open():
    table = blocks(form().item("axes"), {"1.weight": "60", "1.points": "45"})[1]
    assert table.footer[1].cells[-1] == "……"


def test_empty_task_table_leaves_lines_to_write_on():
    table = blocks(form().item("work"))[0]
    assert [set(row) for row in table.rows] == [{""}] * 3
    assert table.columns[0].title == "STT"


def test_tasks_are_written_as_people_read_them():
    answer = {"1.axis": "4", "1.task": "Đề án", "1.due": "2026-09-30", "1.points": "12.5", "1.finished": "chưa rõ"}
    row = blocks(form().item("work"), answer)[0].rows[0]
    titles = [column.title for column in blocks(form().item("work"))[0].columns]
    cells = dict(zip(titles, row, strict=True))
    assert (cells["STT"], cells["Trục kết quả"], cells["Thời hạn"]) == ("1", "Trục 4", "30/09/2026")
    assert (cells["Điểm quy đổi"], cells["Ngày hoàn thành"]) == ("12,5", "chưa rõ")


def test_signs_are_crossed_under_none_or_yes():
    signs = form("2B", LOCAL).item("signs")
    table = blocks(signs, {"S1": "none", "S2": "yes", "S2.note": "Một lần"})[1]
    assert [row[2:] for row in table.rows] == [("x", "", ""), ("", "x", "Một lần"), ("", "", "")]


def test_signs_without_a_list_say_so():
    assert blocks(form("2B").item("signs"))[1].text == "Chưa có danh mục."


def test_shares_carry_their_letter():
    shares = form("PL2-01", "335/2025/NĐ-CP@2025-12-21").item("shares")
    assert [row[0] for row in blocks(shares, sample_answer(shares))[1].rows] == ["d", "đ", "e"]


def test_attestation_is_a_box():
    attested = form("2B", LOCAL).item("attested")
    assert (blocks(attested)[0].chosen, bool(blocks(attested, {"attested": "yes"})[0].chosen)) == ("", True)


def test_text_that_is_not_written_leaves_lines():
    kinds = [block.kind for block in blocks(form("2B").item("quality"))]
    assert kinds == ["heading", "blank"]


@pytest.mark.parametrize(("text", "line"), [("27.5", "27,5/30 điểm"), ("", "……/30 điểm"), ("0", "0/30 điểm")])
def test_points_stand_out_of_their_maximum(text, line):
    assert out_of(text, 30) == line


# ---------------------------------------------------------------- the whole paper


@pytest.mark.parametrize(
    ("law", "key", "section"),
    [
        (LAW, "01-Q", "assessment"),
        (LAW, "2B", "points"),
        (LAW, "01", "points"),
        ("233/2026/NĐ-CP@2026-06-26", "VC", "points"),
        ("335/2025/NĐ-CP@2025-12-21", "PL2-01", ""),
        ("124-QĐ/TW@2023-10-04", "02B", ""),
        ("90/2020/NĐ-CP@2020-08-13", "90-01", ""),
    ],
)
def test_sum_of_both_groups_stands_where_both_are_counted(law, key, section):
    assert last_counted(form(key, law)) == section


def test_sum_is_open_until_everything_is_counted():
    section = next(section for section in form("01").sections if section.key == "points")
    lines = section_blocks(form("01"), section, Filling(content={"points": {"common": {"points": "28"}}}))
    assert [block.text for block in lines] == ["28/30 điểm", "……/70 điểm", "……/100 điểm"]


def test_analysis_sheet_is_one_table_of_all_its_sections():
    law = find("132-QĐ/TW@2018-03-08")
    sheet = gallery_sheets(law, law.form("03"))[0]
    (table,) = tables(sheet)
    assert [row.cells[0] for row in table.rows] == ["I", "1", "2", "3", "4", "II", "1", "2", "III", "1"]
    assert {column.group for column in table.columns[2:]} == {"Cấp độ thực hiện"}
    assert [row.cells[3] for row in table.rows if not row.is_strong] == ["x"] * 7


def test_levels_under_their_text_stay_boxes():
    strengths = form("02B", "124-QĐ/TW@2023-10-04").sections[0]
    assert not is_of_levels(strengths)
    kinds = [block.kind for block in section_blocks(form("02B", "124-QĐ/TW@2023-10-04"), strengths, Filling())]
    assert kinds.count("choice") == 5


def test_annex_is_a_landscape_sheet_without_head_or_signature():
    main, annex = paper(form())
    assert (main.is_landscape, annex.is_landscape) == (False, True)
    assert (annex.head, annex.signatures) == (None, ())
    assert annex.title == "BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG VIỆC"
    assert len(tables(main)) == 2


def test_draft_layout_is_marked_also_when_it_was_sent():
    assert {sheet.watermark for sheet in paper(form())} == {"DỰ THẢO"}
    assert paper(form("02B", "124-QĐ/TW@2023-10-04"))[0].watermark == ""


@pytest.mark.parametrize(
    ("law", "key", "kind"),
    [(LAW, "2B", HeadKind.PARTY), ("335/2025/NĐ-CP@2025-12-21", "PL2-01", HeadKind.STATE)],
)
def test_head_is_that_of_the_party_or_of_the_state(law, key, kind):
    head = form_head(form(key, law), Filling(places={"unit": "SỞ NỘI VỤ", "superior_unit": ""}))
    assert head.kind == kind
    assert "*" not in head.body


def test_place_that_nobody_knows_is_left_in_dots():
    filling = Filling(places={"year": "2026", "quarter": ""})
    assert filling.filled("Quý {quarter}/Năm {year}") == "Quý …………/Năm 2026"


# ---------------------------------------------------------------- samples and spelling


def test_sample_weights_sum_to_one_hundred_however_many_axes_there_are():
    data = to_data(find(LAW))
    axes = data["forms"][4]["sections"][0]["items"][3]
    axes["rows"] = axes["rows"][:4]
    answer = sample_answer(from_data(data).form("01-Q").item("axes"))
    assert sum(int(answer[f"{key}.weight"]) for key in "1234") == 100


@given(st.text(max_size=20), st.sampled_from(["text", "decimal", "whole", "day", "choice"]))
def test_what_is_kept_is_kept_the_same_again(text, holds):
    kept = canonical_of(text, holds)
    assert canonical_of(kept, holds) == kept
    assert canonical_of(shown_of(kept, holds), holds) == kept


@given(st.dictionaries(st.sampled_from([f"{row}.{name}" for row in (1, 2, 5, 9) for name in ("task", "due", "points")]),
    st.text(max_size=12)))  # fmt: skip
def test_tasks_keep_every_word_and_are_numbered_without_a_gap(value):
    work = form().item("work")
    kept = canonical(work, value)
    assert len(kept) == sum(bool(text.strip()) for text in value.values())
    assert sorted({int(name.partition(".")[0]) for name in kept}) == list(
        range(1, len({name.partition(".")[0] for name in kept}) + 1)
    )
    assert canonical(work, kept) == kept
    assert all(holds_of(work, name) for name in kept)
