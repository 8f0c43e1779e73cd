"""What is written on a form: how it is kept, what is wrong or open, what it says to the grading contract."""

from decimal import Decimal
from fractions import Fraction

import pytest

from criteria.rating import parse_facts
from criteria.regulation import RegulationRefused, find, from_data, shipped, to_data
from criteria.regulation.answering import canonical, has_answer, holds_of, options_of, problems, task_rows
from criteria.regulation.counted import counted_facts, form_points, item_points, row_points
from criteria.regulation.form_reader import read_form
from criteria.regulation.freezing import frozen_forms
from criteria.regulation.parsing import canonical_of, day_of, decimal_of, shown_of, whole_of
from criteria.regulation.samples import sample_answer, sample_content
from criteria.regulation.table import Table

LAW = "366-QĐ/TW@2025-08-30"
LOCAL = "399-QĐ/TU@2025-08-27"
EVERY_FORM = [(key, form.key) for key, law in shipped().items() for form in law.forms]
# 02-HD/BTCTW, Mẫu 01: six axes, here with the main axis above 40 % and one of them not assigned.
AXES = {"1.weight": "40", "1.points": "36", "2.weight": "20", "2.points": "20", "4.weight": "40", "4.points": "30.5"}


def item(key, form="01-Q", law=LAW):
    return find(law).form(form).item(key)


def reasons(of, value, *, required=True):
    return [(problem.reason, problem.name) for problem in problems(of, value, required=required)]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("27,5", "27.5"), ("27.50", "27.5"), (" 027 ", "27"), ("0", "0"), ("0,0", "0"), ("27,55555", None), ("-1", None),
     ("1e3", None), ("hai", None), ("", None), ("1.000.000", None)],
)  # fmt: skip
def test_decimal_is_read_with_comma_or_point(written, kept):
    assert decimal_of(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("30/9/2026", "2026-09-30"), ("30-09-2026", "2026-09-30"), ("2026-09-30", "2026-09-30"), ("31/9/2026", None),
     ("tháng 9", None), ("30/9", None)],
)  # fmt: skip
def test_day_is_read_day_first(written, kept):
    assert day_of(written) == kept


def test_whole_number_has_no_decimals():
    assert (whole_of("007"), whole_of("0"), whole_of("1,5"), whole_of("")) == ("7", "0", None, None)


def test_what_cannot_be_read_stays_as_it_was_typed():
    assert canonical_of(" khoảng 5 ", "decimal") == "khoảng 5"
    assert shown_of("khoảng 5", "decimal") == "khoảng 5"
    assert (shown_of("27.5", "decimal"), shown_of("2026-09-30", "day")) == ("27,5", "30/09/2026")


def test_tasks_are_kept_in_their_order_numbered_from_one():
    kept = canonical(item("work"), {"7.task": "Đề án", "7.due": "30/9/2026", "3.points": "12,50", "3.task": "Báo cáo"})
    assert kept == {"1.task": "Báo cáo", "1.points": "12.5", "2.task": "Đề án", "2.due": "2026-09-30"}
    assert task_rows(kept) == [1, 2]


def test_empty_cells_and_empty_tasks_are_not_kept():
    assert canonical(item("work"), {"1.task": " ", "2.task": "Đề án", "2.evidence": ""}) == {"1.task": "Đề án"}
    assert not has_answer({"1.task": " "})


@pytest.mark.parametrize(
    ("key", "name", "holds"),
    [
        ("common_1", "1.1", "choice"),
        ("common_1", "1.1.note", "text"),
        ("common_1", "2.1", None),
        ("common_1", "1.1.mark", None),
        ("axes", "1.weight", "decimal"),
        ("axes", "7.points", None),
        ("axes", "points", None),
        ("work", "1.due", "day"),
        ("work", "1.axis", "choice"),
        ("work", "0.task", None),
        ("work", "1.delays", None),
        ("cadre_grade", "grade", "choice"),
        ("cadre_grade", "level", None),
    ],
)
def test_an_answer_has_exactly_the_places_of_its_item(key, name, holds):
    assert holds_of(item(key), name) == holds


def test_choices_are_those_of_the_item():
    assert options_of(item("common_1"), "1.1") == ("ensured", "not_ensured")
    assert options_of(item("common_1", "2B", LOCAL), "1") == ("excellent", "good", "average", "poor")
    assert options_of(item("work"), "1.axis") == ("1", "2", "3", "4", "5", "6")
    assert options_of(item("signs", "2B", LOCAL), "S1") == ("none", "yes")


def test_checklist_asks_for_every_mark():
    marks = {row.key: "ensured" for row in item("common_3").rows}
    assert list(marks) == ["3.1", "3.2", "3.3", "3.4"]
    assert reasons(item("common_3"), marks) == []
    assert reasons(item("common_3"), marks | {"3.3": ""}) == [("no_mark", "3.3")]


def test_sign_is_none_or_says_what_it_is():
    signs = item("signs", "2B", LOCAL)
    assert reasons(signs, {"S1": "none", "S2": "yes", "S3": "none"}) == [("no_note", "S2.note")]
    assert reasons(signs, {"S1": "none", "S3": "none"}) == [("no_answer", "S2")]
    assert reasons(signs, {"S1": "none", "S2": "yes", "S2.note": "Đã khắc phục", "S3": "none"}) == []


def test_signs_without_a_list_of_the_province_ask_nothing():
    assert reasons(item("signs", "2B"), {}) == []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (AXES, []),
        ({}, [("open", "")]),
        (AXES | {"4.weight": "39"}, [("weights", "")]),
        (AXES | {"4.weight": "41"}, [("weights", "")]),
        (AXES | {"1.points": "40"}, []),
        (AXES | {"1.points": "40.5"}, [("above", "1.points")]),
        (AXES | {"1.points": ""}, [("no_points", "1.points")]),
        (AXES | {"6.points": "3"}, [("no_weight", "6.weight")]),
        (AXES | {"1.points": "ba mươi"}, [("unreadable_decimal", "1.points")]),
    ],
)
def test_axes_sum_to_one_hundred_and_stay_within_their_weight(value, found):
    assert reasons(item("axes"), value) == found


@pytest.mark.parametrize(
    ("points", "found"), [("70", []), ("70.0001", [("above", "points")]), ("", [("no_points", "points")])]
)
def test_points_stay_within_their_maximum(points, found):
    assert reasons(item("results", "2B"), {"points": points}) == found


def test_task_needs_its_name_and_readable_cells():
    value = {"1.task": "Đề án", "1.due": "tháng 9", "2.points": "5"}
    assert reasons(item("work"), value) == [("unreadable_day", "1.due"), ("no_task", "2.task")]
    assert reasons(item("work"), {}) == [("open", "")]
    assert reasons(item("work"), {}, required=False) == []


def test_objective_faults_are_not_more_than_the_faults():
    products = item("products", "PL2-01", "335/2025/NĐ-CP@2025-12-21")
    good = {"1.task": "Đề án", "1.failed_checks": "2", "1.failed_objective": "2"}
    assert reasons(products, good) == []
    assert reasons(products, good | {"1.failed_objective": "3"}) == [("above_other", "1.failed_objective")]
    assert reasons(products, {"1.task": "Đề án", "1.delays_objective": "1"}) == [("above_other", "1.delays_objective")]
    assert reasons(products, good | {"1.delays": "1,5"}) == [("unreadable_whole", "1.delays")]


def test_attestation_is_given_or_open():
    attested = item("attested", "2B", LOCAL)
    assert (reasons(attested, {"attested": "yes"}), reasons(attested, {})) == ([], [("open", "")])


# ---------------------------------------------------------------- every form


@pytest.mark.parametrize(("key", "form_key"), EVERY_FORM, ids=[f"{key}:{form}" for key, form in EVERY_FORM])
def test_sample_answers_every_item_without_a_problem(key, form_key):
    form = find(key).form(form_key)
    for each in form.items():
        assert problems(each, sample_answer(each), required=True) == (), each.key
    sections = [section.key for section in form.sections]
    assert list(sample_content(form)) == sections


@pytest.mark.parametrize(("key", "form_key"), EVERY_FORM, ids=[f"{key}:{form}" for key, form in EVERY_FORM])
def test_frozen_form_reads_the_same_without_its_regulation(key, form_key):
    law = find(key)
    data = frozen_forms(law)[form_key]
    groups = tuple(group.key for group in law.groups)
    assert read_form(Table(data, "form"), groups) == law.form(form_key)


def test_frozen_form_carries_rows_points_and_marks():
    data = frozen_forms(find(LAW))["01-Q"]
    first = data["sections"][0]["items"][0]
    assert first["rows"][0] == {"key": "1.1", "label": "Trung thành, kiên định", "points": 2}
    assert first["marks"] == [
        {"key": "ensured", "label": "Đảm bảo", "percent": 100},
        {"key": "not_ensured", "label": "Không đảm bảo", "percent": 0},
    ]
    assert "rows" not in to_data(find(LAW))["forms"][0]["sections"][0]["items"][0]


# ---------------------------------------------------------------- facts


def facts(law, form_key, content, subject="leader", **more):
    form = find(law).form(form_key)
    found = counted_facts(form, content)
    rating = "state" if find(law).side == "state" else "cadre"
    return found, parse_facts(find(law), {"rating": rating, "subject": subject, "period": "quarter", **found, **more})


def test_quarterly_sheet_counts_as_the_contract_counts():
    form = find(LAW).form("01-Q")
    content = sample_content(form)
    content["assessment"]["axes"] = AXES
    found, read = facts(LAW, "01-Q", content)
    assert found["sheet"]["axes"] == [
        {"key": "1", "weight": "40", "points": "36"},
        {"key": "2", "weight": "20", "points": "20"},
        {"key": "4", "weight": "40", "points": "30.5"},
    ]
    assert len(found["sheet"]["common_items"]) == 17
    # The sample fails 1.9, 2.4 and 3.4: 30 - 2 - 1 - 2; axes 86.5 x 70 / 100.
    assert (read.points.common, read.points.results) == (25, Decimal("60.55"))
    assert form_points(form, content) == Decimal("85.55")


@pytest.mark.parametrize("points", [AXES | {"4.weight": "39"}, AXES | {"1.points": "41"}, AXES | {"1.points": "x"}, {}])
def test_axes_that_contradict_themselves_are_not_known(points):
    content = sample_content(find(LAW).form("01-Q"))
    content["assessment"]["axes"] = points
    found, read = facts(LAW, "01-Q", content)
    assert "axes" not in found["sheet"]
    assert read.points.results is None
    assert form_points(find(LAW).form("01-Q"), content) is None


def test_sheet_with_a_mark_missing_leaves_the_group_unknown():
    content = sample_content(find(LAW).form("01-Q"))
    del content["assessment"]["common_1"]["1.1"]
    _found, read = facts(LAW, "01-Q", content)
    assert read.points.common is None


def test_four_levels_of_the_province_count_by_its_percents():
    content = sample_content(find(LOCAL).form("2B"))
    content["points"] |= {"common_1": {"1": "good"}, "common_2": {"2": "average"}, "common_3": {"3": "poor"}}
    _found, read = facts(LOCAL, "2B", content)
    # 13 x 80 % + 12 x 60 % + 5 x 30 %
    assert read.points.common == Decimal("19.1")
    assert row_points(item("common_1", "2B", LOCAL), "1", "good") == Decimal("10.4")
    assert item_points(item("common_1", "2B", LOCAL), {}) is None


def test_products_and_shares_give_the_points_of_335():
    key = "335/2025/NĐ-CP@2025-12-21"
    content = sample_content(find(key).form("PL2-01"))
    found, read = facts(key, "PL2-01", content, "civil_servant_leader")
    assert found["points"] == {"common": "27"}
    assert found["sheet"]["shares"] == {"d": "0.95", "dd": "0.95", "e": "0.95"}
    assert [row["done"] for row in found["sheet"]["products"]] == [True, True]
    # a 2/2; b (1 + 0.75)/2; c (1 + 1)/2, the one delay was objective; d, đ, e 0.95: 5.725/6 x 70
    assert read.points.results == Fraction(5725, 6000) * 70


def test_product_that_was_not_delivered_is_not_done():
    key = "335/2025/NĐ-CP@2025-12-21"
    content = sample_content(find(key).form("PL2-01"))
    del content["products"]["products"]["2.finished"]
    found, _read = facts(key, "PL2-01", content, "civil_servant")
    assert [row["done"] for row in found["sheet"]["products"]] == [True, False]


def test_contradicting_products_are_not_told():
    key = "335/2025/NĐ-CP@2025-12-21"
    content = sample_content(find(key).form("PL2-01"))
    content["products"]["products"]["2.delays_objective"] = "5"
    assert "products" not in counted_facts(find(key).form("PL2-01"), content)["sheet"]


def test_empty_form_says_nothing():
    assert counted_facts(find(LAW).form("01-Q"), {}) == {}
    assert form_points(find("124-QĐ/TW@2023-10-04").form("02B"), {}) is None


# ---------------------------------------------------------------- the loader


def changed(path, value, law=LAW):
    data = to_data(find(law))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


ITEMS = ["forms", 4, "sections", 0, "items"]
TASKS = ["forms", 4, "sections", 2, "items", 0]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["forms", 0, "family"], "novel", "family is 'novel'"),
        (["forms", 0, "periods"], ["month"], "periods holds 'month'"),
        ([*ITEMS, 0, "heading"], "9", "heading finds no common item"),
        ([*ITEMS, 0, "heading"], "2", "must mark the common item '1.1' of leader once"),
        ([*ITEMS, 3, "maximum"], "70,0", "maximum must be a plain decimal"),
        ([*ITEMS, 3, "maximum"], "70.0", "maximum must be a plain decimal"),
        ([*ITEMS, 3, "counts"], "shares", "rows must have the keys a, b, c, d, dd, e"),
        ([*ITEMS, 3, "counts"], "moods", "counts is 'moods'"),
        ([*ITEMS, 3, "counts"], "total", "rows is unknown here"),
        ([*ITEMS, 3, "rows", 0, "key"], "1.note", "key must not end in .note"),
        ([*TASKS, "columns"], [{"key": "axis", "label": "Trục"}], "columns must have the column 'task'"),
        ([*TASKS, "columns", 0, "key"], "colour", "key is 'colour'"),
    ],
)
def test_form_with_a_fault_is_refused_by_table_and_key(path, value, words):
    with pytest.raises(RegulationRefused) as refused:
        from_data(changed(path, value))
    assert words in str(refused.value)


def test_form_whose_subjects_are_marked_on_other_items_is_refused():
    data = to_data(find(LAW))
    next(row for row in data["common_items"] if row["key"] == "1.9")["subjects"] = ["leaders"]
    with pytest.raises(RegulationRefused) as refused:
        from_data(data)
    assert "sum to 30" in str(refused.value) or "is not marked" in str(refused.value)


def test_regulation_without_marking_has_no_checklist():
    data = to_data(find("335/2025/NĐ-CP@2025-12-21"))
    data["forms"][0]["sections"][0]["items"][0] = {"key": "common", "label": "Chung", "kind": "checklist"}
    data["forms"][0]["sections"][0]["items"][0]["rows"] = [{"key": "1", "label": "Một", "points": 30}]
    with pytest.raises(RegulationRefused) as refused:
        from_data(data)
    assert "is a checklist, but the regulation has no marking" in str(refused.value)


# ---------------------------------------------------------------- which form


@pytest.mark.parametrize(
    ("law", "subject", "period", "form"),
    [
        (LAW, "leader", "year", "2B"),
        (LAW, "non_leader", "year", "2A"),
        (LAW, "outside_system", "year", "2C"),
        (LAW, "collective", "year", "01"),
        (LAW, "collective", "quarter", "01"),
        (LAW, "leader", "quarter", "01-Q"),
        (LAW, "non_leader", "quarter", "01-QN"),
        (LOCAL, "leader", "quarter", "01-Q"),
        ("132-QĐ/TW@2018-03-08", "non_leader", "year", "02"),
        ("132-QĐ/TW@2018-03-08", "collective", "year", "01"),
        ("90/2020/NĐ-CP@2020-08-13", "official", "year", "90-01"),
        ("90/2020/NĐ-CP@2020-08-13", "civil_servant_leader", "year", "90-02"),
        ("90/2020/NĐ-CP@2020-08-13", "public_employee", "year", "90-03"),
        ("335/2025/NĐ-CP@2025-12-21", "civil_servant", "quarter", "PL2-01"),
        ("233/2026/NĐ-CP@2026-06-26", "public_employee_leader", "year", "VC"),
    ],
)
def test_subject_writes_the_form_of_its_family_and_period(law, subject, period, form):
    assert find(law).form_for(subject, period).key == form


@pytest.mark.parametrize(("law", "subject", "period"), [(LAW, "organisation", "quarter"), (LAW, "organisation", "year"),
    ("132-QĐ/TW@2018-03-08", "organisation", "year")])  # fmt: skip
def test_nobody_writes_a_sheet_of_analysis_or_a_form_of_another_period(law, subject, period):
    with pytest.raises(KeyError):
        find(law).form_for(subject, period)


def test_item_marked_for_nobody_of_the_form_is_refused():
    data = to_data(find(LAW))
    form = next(row for row in data["forms"] if row["key"] == "2A")
    form["subjects"].append("collective")
    with pytest.raises(RegulationRefused) as refused:
        from_data(data)
    assert "'2A': sections mark the common item '1.1', on which collective is not marked" in str(refused.value)


def test_what_was_not_seen_is_a_draft_with_a_question():
    drafts = {(key, form.key) for key, law in shipped().items() for form in law.forms if form.is_draft}
    assert {(LAW, key) for key in ("01", "2A", "2B", "2C", "01-Q", "01-QN")} <= drafts
    assert ("132-QĐ/TW@2018-03-08", "03") not in drafts
    for key, form_key in sorted(drafts):
        assert find(key).form(form_key).mapping.question
