"""Conditions tell where the facts stand: met with figures, unmet, unknown with what is lacking, not concerned."""

import pytest

from criteria.rating import FUNCTIONS, Condition, conditions, conflicts, parse_facts
from criteria.regulation import find, from_data, shipped, to_data
from tests.criteria import situations

OLD, NEW, YEAR = "132-QĐ/TW@2018-03-08", "366-QĐ/TW@2025-08-30", "124-QĐ/TW@2023-10-04"
STATE = "90/2020/NĐ-CP@2020-08-13"
QUARTER = {"period": "quarter", "period_end": "2026-09-30"}


def shown(key, base, changes=None, remove=()):
    """The conditions of one base of cases with these changes, by rule."""
    data = situations.base(key, base)
    for path, value in (changes or {}).items():
        situations.put(data, path, value)
    for path in remove:
        situations.take(data, path)
    return {row.rule: row for row in conditions(find(key), parse_facts(find(key), data))}


DISCIPLINE = {"whom": "subordinate_unit", "form": "canh_cao"}
OWN = {"whom": "self", "form": "khien_trach"}
TOLD = [
    (YEAR, "leader", {}, "tasks_all_done", "met", "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%)."),
    (
        YEAR,
        "leader",
        {"tasks.on_time": 19},
        "tasks_all_on_time",
        "unmet",
        "Đúng tiến độ 19/20 chỉ tiêu, nhiệm vụ được giao (95%).",
    ),
    (
        YEAR,
        "leader",
        {"tasks.beyond": 11},
        "tasks_half_beyond",
        "met",
        "Vượt mức 11/20 chỉ tiêu, nhiệm vụ được giao (55%).",
    ),
    (STATE, "servant", {}, "worked_under_6_months", "met", "Không ghi nhận trường hợp này."),
    (
        STATE,
        "servant",
        {"circumstances": ["worked_under_6_months"]},
        "worked_under_6_months",
        "unmet",
        "Có ghi nhận trường hợp này.",
    ),
    (
        STATE,
        "servant",
        {"circumstances": ["worked_under_6_months", "maternity"]},
        "worked_under_6_months",
        "met",
        "Có ghi nhận trường hợp này, thuộc diện được loại trừ.",
    ),
    (
        STATE,
        "servant",
        {"circumstances": ["maternity"]},
        "worked_under_6_months",
        "met",
        "Không ghi nhận trường hợp này.",
    ),
    (YEAR, "leader", {}, "tasks_quality", "met", "Theo báo cáo: bảo đảm chất lượng, hiệu quả."),
    (
        YEAR,
        "leader",
        {"tasks.quality_met": False},
        "tasks_quality",
        "unmet",
        "Theo báo cáo: có nhiệm vụ chưa bảo đảm chất lượng, hiệu quả.",
    ),
    (
        YEAR,
        "leader",
        {},
        "tasks_under_half",
        "met",
        "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%); đạt các chỉ tiêu chủ yếu.",
    ),
    (
        YEAR,
        "leader",
        {"tasks.done": 9, "tasks.on_time": 9, "tasks.beyond": 0, "tasks.main_targets_missed": True},
        "tasks_under_half",
        "unmet",
        "Hoàn thành 9/20 chỉ tiêu, nhiệm vụ được giao (45%); không đạt các chỉ tiêu chủ yếu.",
    ),
    (
        YEAR,
        "leader",
        {
            "tasks.done": 9,
            "tasks.on_time": 9,
            "tasks.beyond": 0,
            "tasks.main_targets_missed": True,
            "tasks.force_majeure": True,
        },
        "tasks_under_half",
        "met",
        "Hoàn thành 9/20 chỉ tiêu, nhiệm vụ được giao (45%); không đạt các chỉ tiêu chủ yếu do bất khả kháng.",
    ),
    (
        YEAR,
        "leader",
        {"tasks.force_majeure": True},
        "tasks_under_half",
        "met",
        "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%); đạt các chỉ tiêu chủ yếu.",
    ),
    (
        YEAR,
        "leader",
        {"units_led": {"total": 8, "completed_or_better": 8, "good_or_better": 6}},
        "units_led_mostly_good",
        "met",
        "6/8 đơn vị, tổ chức trực thuộc được xếp loại Hoàn thành tốt nhiệm vụ trở lên (75%).",
    ),
    (
        YEAR,
        "leader",
        {"units_led": {"total": 8, "completed_or_better": 7, "good_or_better": 6}},
        "units_led_all_completed",
        "unmet",
        "7/8 đơn vị, tổ chức trực thuộc được xếp loại Hoàn thành nhiệm vụ trở lên (87,5%).",
    ),
    (
        YEAR,
        "leader",
        {"levels": {"quality": ["good", "poor"], "building": [], "results": ["excellent"], "remedy": ["good"]}},
        "levels_all_average_for_good",
        "unmet",
        "4 tiêu chí: 1 ở cấp độ Xuất sắc, 2 ở cấp độ Tốt, 1 ở cấp độ Kém.",
    ),
    (
        YEAR,
        "leader",
        {"levels.results": ["excellent", "excellent"]},
        "levels_results_excellent",
        "met",
        "2 tiêu chí: 2 ở cấp độ Xuất sắc.",
    ),
    (YEAR, "leader", {}, "review_not_completed", "met", "Đã hoàn thành kiểm điểm."),
    (YEAR, "leader", {"review_completed": False}, "review_not_completed", "unmet", "Chưa hoàn thành kiểm điểm."),
    (YEAR, "leader", {}, "sick_leave", "met", "Không ghi nhận trường hợp này."),
    (YEAR, "leader", {"circumstances": ["sick_leave_3_months"]}, "sick_leave", "unmet", "Có ghi nhận trường hợp này."),
    (YEAR, "leader", {}, "own_discipline", "met", "Không ghi nhận quyết định kỷ luật đối với đối tượng được xếp loại."),
    (
        YEAR,
        "leader",
        {"discipline": [OWN]},
        "own_discipline",
        "unmet",
        "Có 1 trường hợp kỷ luật đối với đối tượng được xếp loại.",
    ),
    (YEAR, "leader", {}, "head_not_above_collective", "met", "Tập thể được xếp loại: Hoàn thành xuất sắc nhiệm vụ."),
    (
        YEAR,
        "collective",
        {"subordinate_units": 10, "discipline": [DISCIPLINE | {"unit": "A"}, DISCIPLINE | {"unit": "A"}, DISCIPLINE]},
        "units_disciplined_over_fifth",
        "met",
        "2/10 tổ chức trực thuộc bị kỷ luật (20%).",
    ),
    (
        YEAR,
        "collective",
        {"subordinate_units": 0},
        "units_disciplined_over_fifth",
        "met",
        "Không có tổ chức trực thuộc.",
    ),
    (
        NEW,
        "leader",
        {},
        "points_for_excellent",
        "met",
        "Đạt 92 điểm (tiêu chí chung 28, kết quả thực hiện nhiệm vụ 64).",
    ),
    (
        NEW,
        "leader",
        {"points.common": "20.25", "points.results": "30"},
        "points_for_good",
        "unmet",
        "Đạt 50,25 điểm (tiêu chí chung 20,25, kết quả thực hiện nhiệm vụ 30).",
    ),
    (NEW, "leader", {}, "shortcomings_remedied", "met", "Đã khắc phục 4/4 hạn chế, khuyết điểm được chỉ ra."),
    (
        NEW,
        "leader",
        {"shortcomings": {"named": 4, "remedied": 0}},
        "shortcomings_remedied",
        "unmet",
        "Đã khắc phục 0/4 hạn chế, khuyết điểm được chỉ ra.",
    ),
    (
        NEW,
        "leader",
        {"shortcomings": {"named": 0, "remedied": 0}},
        "shortcomings_remedied",
        "met",
        "Không có hạn chế, khuyết điểm nào được chỉ ra.",
    ),
    (NEW, "leader", {}, "one_quarter_not_completed", "met", "Không ghi nhận kết quả xếp loại quý."),
    (
        NEW,
        "leader",
        {"quarters": {"2025-Q3": "not_completed", "2025-Q4": "good", "2026-Q1": None}},
        "one_quarter_not_completed",
        "unmet",
        "1/2 quý đã xếp loại ở mức Không hoàn thành nhiệm vụ.",
    ),
    (
        NEW,
        "leader",
        QUARTER | {"collective_tasks": {"assigned": 30, "done": 20}},
        "collective_under_70_head",
        "unmet",
        "Hoàn thành 20/30 nhiệm vụ của tập thể (66,6%).",
    ),
    (
        NEW,
        "leader",
        QUARTER | {"collective_tasks": {"assigned": 30, "done": 20, "force_majeure": True}},
        "collective_under_70_head",
        "met",
        "Hoàn thành 20/30 nhiệm vụ của tập thể (66,6%); do bất khả kháng.",
    ),
    (
        NEW,
        "leader",
        QUARTER | {"tasks.done": 18, "tasks.on_time": 18, "tasks.undone_objective": 2},
        "quarter_tasks_undone",
        "met",
        "Hoàn thành 18/20 chỉ tiêu, nhiệm vụ được giao (90%); "
        "2 chưa hoàn thành vì nguyên nhân khách quan đã được xác nhận.",
    ),
    (NEW, "leader", QUARTER, "quarter_tasks_undone", "met", "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%)."),
    (
        OLD,
        "member",
        {},
        "state_grade_excellent",
        "met",
        "Phía chính quyền được xếp loại: Hoàn thành xuất sắc nhiệm vụ.",
    ),
    (
        OLD,
        "member",
        {"state_grade": "good"},
        "state_grade_excellent",
        "unmet",
        "Phía chính quyền được xếp loại: Hoàn thành tốt nhiệm vụ.",
    ),
]


@pytest.mark.parametrize(("key", "base", "changes", "rule", "state", "words"), TOLD, ids=range(len(TOLD)))
def test_condition_tells_the_figures_whether_it_is_met_or_not(key, base, changes, rule, state, words):
    row = shown(key, base, changes)[rule]
    assert (row.state, row.figures) == (state, words)
    assert bool(row.reason) is (state == "unmet")
    assert row.lacks == ()


UNKNOWN = [
    (YEAR, "leader", ["tasks.beyond"], "tasks_half_beyond", ("tasks.beyond",)),
    (YEAR, "leader", ["tasks.assigned", "tasks.beyond"], "tasks_half_beyond", ("tasks.beyond", "tasks.assigned")),
    (YEAR, "leader", ["tasks.done"], "tasks_under_half", ("tasks.done",)),
    (YEAR, "leader", ["tasks.assigned"], "tasks_under_half", ("tasks.assigned",)),
    (YEAR, "leader", ["tasks.main_targets_missed"], "tasks_under_half", ("tasks.main_targets_missed",)),
    (YEAR, "leader", ["tasks.quality_met"], "tasks_quality", ("tasks.quality_met",)),
    (YEAR, "leader", ["review_completed"], "review_not_completed", ("review_completed",)),
    (YEAR, "leader", ["collective_grade"], "head_not_above_collective", ("collective_grade",)),
    (YEAR, "collective", ["subordinate_units"], "units_disciplined_over_fifth", ("subordinate_units",)),
    (NEW, "leader", ["points.results"], "points_for_excellent", ("points.results",)),
    (NEW, "leader", ["shortcomings.remedied"], "shortcomings_remedied", ("shortcomings.remedied",)),
    (NEW, "leader", ["shortcomings.named"], "shortcomings_remedied", ("shortcomings.named",)),
    (OLD, "member", ["state_grade"], "state_grade_excellent", ("state_grade",)),
]


@pytest.mark.parametrize(("key", "base", "gone", "rule", "lacks"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_condition_names_what_it_lacks_and_makes_up_no_figures(key, base, gone, rule, lacks):
    row = shown(key, base, remove=gone)[rule]
    assert (row.state, row.figures, row.reason, row.lacks) == ("unknown", "", "", lacks)


@pytest.mark.parametrize("gone", ["assigned", "done"])
def test_quarter_condition_tells_nothing_without_both_counts(gone):
    tasks = shown(NEW, "leader", QUARTER, remove=[f"tasks.{gone}"])["quarter_tasks_undone"]
    assert (tasks.state, tasks.figures, tasks.lacks) == ("unknown", "", (f"tasks.{gone}",))
    counts = QUARTER | {"collective_tasks": {"assigned": 30, "done": 20}}
    whole = shown(NEW, "leader", counts, remove=[f"collective_tasks.{gone}"])["collective_under_70_head"]
    assert (whole.state, whole.figures, whole.lacks) == ("unknown", "", (f"collective_tasks.{gone}",))


def test_levels_known_in_part_are_told_as_far_as_they_go():
    row = shown(YEAR, "leader", {"levels.quality": ["good"]}, remove=["levels.remedy"])["levels_all_good_for_excellent"]
    assert (row.state, row.lacks) == ("unknown", ("levels.remedy",))
    assert row.figures.endswith("ở cấp độ Tốt.")
    nothing = shown(YEAR, "leader", remove=["levels"])["levels_all_good_for_excellent"]
    assert nothing.figures == ""


NOT_CONCERNED = [
    (YEAR, "leader", {"role": "deputy", "collective_grade": "completed"}, "head_not_above_collective"),
    (YEAR, "leader", {"newly_moved_head": True, "collective_grade": "completed"}, "head_not_above_collective"),
    (NEW, "leader", QUARTER | {"collective_tasks": {"assigned": 30, "done": 1}}, "collective_under_70_others"),
    (OLD, "leading_member", {"is_civil_servant": False, "state_grade": "good"}, "state_grade_excellent"),
    (OLD, "party_body", {"subordinate_units": 3}, "members_completed"),
    (OLD, "party_body", {"subordinate_units": 0}, "units_completed"),
]


@pytest.mark.parametrize(("key", "base", "changes", "rule"), NOT_CONCERNED, ids=range(len(NOT_CONCERNED)))
def test_condition_of_others_says_that_it_does_not_concern_this_one(key, base, changes, rule):
    row = shown(key, base, changes)[rule]
    assert (row.state, row.figures, row.reason, row.lacks) == ("not_concerned", "", "", ())


@pytest.mark.parametrize(
    ("key", "base", "gone", "rule"),
    [
        (YEAR, "leader", "role", "head_not_above_collective"),
        (OLD, "party_body", "subordinate_units", "members_completed"),
        (OLD, "party_body", "subordinate_units", "units_completed"),
    ],
)
def test_condition_of_whoever_it_may_concern_is_unknown(key, base, gone, rule):
    row = shown(key, base, remove=[gone])[rule]
    assert row.state == "unknown"
    assert gone in row.lacks


def test_discipline_that_is_excused_is_counted_and_said_to_be():
    excused = {"whom": "member", "self_detected": True, "remedied": True}
    rows = shown(YEAR, "collective", {"discipline": [excused | {"violation": "V1"}, excused | {"violation": "V1"}]})
    strict, mild = rows["discipline_below_for_excellent"], rows["discipline_below_for_good"]
    who = "thành viên, tổ chức trực thuộc, đơn vị phụ trách"
    assert (strict.state, strict.figures) == ("unmet", f"Có 1 trường hợp kỷ luật đối với {who}.")
    assert (mild.state, mild.figures) == (
        "met",
        f"Có 1 trường hợp kỷ luật đối với {who}, trong đó 1 trường hợp đã tự phát hiện và khắc phục xong hậu quả.",
    )
    mild = shown(YEAR, "collective", {"discipline": [excused, {"whom": "member"}]})["discipline_below_for_good"]
    assert mild.state == "unmet"
    assert mild.figures.startswith(f"Có 2 trường hợp kỷ luật đối với {who}, trong đó 1 trường hợp")


def test_conclusions_are_named_and_an_excuse_is_said_only_where_it_holds_for_all():
    silence = "Không ghi nhận kết luận nào của cấp có thẩm quyền về nội dung này."
    assert shown(YEAR, "leader")["own_finding"].figures == silence
    rows = shown(YEAR, "leader", {"findings": [{"kind": "disunity", "whom": "self"}]})
    assert rows["own_finding"].figures == "Có kết luận của cấp có thẩm quyền về mất đoàn kết nội bộ."
    excused = {"kind": "corruption", "whom": "unit", "self_detected": True, "remedied": True}
    said = "Có kết luận của cấp có thẩm quyền về tham nhũng, lãng phí, tiêu cực"
    row = shown(YEAR, "leader", {"findings": [excused]})["unit_corruption"]
    assert (row.state, row.figures) == ("met", f"{said}; đã tự phát hiện và khắc phục xong hậu quả.")
    row = shown(YEAR, "leader", {"findings": [excused, {"kind": "corruption", "whom": "unit"}]})["unit_corruption"]
    assert (row.state, row.figures) == ("unmet", f"{said}.")
    assert shown(YEAR, "leader", {"findings": [excused | {"whom": "member"}]})["unit_corruption"].figures == silence


def test_condition_stands_under_the_grade_that_asks_for_it():
    rows = shown(YEAR, "leader")
    assert rows["tasks_all_done"].stands_under == "excellent"
    assert rows["levels_results_good"].stands_under == "good"
    assert rows["tasks_under_half"].stands_under == "completed"
    assert rows["head_not_above_collective"].stands_under == "excellent"
    assert rows["under_verification"].stands_under is None
    bitten = shown(YEAR, "leader", {"collective_grade": "completed"})["head_not_above_collective"]
    assert (bitten.caps_at, bitten.stands_under) == ("completed", "good")


def test_unconfirmed_condition_carries_its_question_and_a_firm_one_none():
    rows = shown(YEAR, "leader")
    assert rows["levels_one_poor"].question.endswith("hay không?")
    assert rows["levels_one_poor"].standing == "to_be_confirmed"
    assert rows["tasks_all_done"].question == ""


def test_condition_is_the_same_again_from_what_was_kept():
    for row in shown(YEAR, "leader", {"discipline": [OWN]}, remove=["tasks.beyond"]).values():
        data = row.as_data()
        assert Condition.from_data(data) == row
        assert all(data.values())
    assert data.keys() <= set(Condition.__dataclass_fields__)


@pytest.mark.parametrize("key", list(shipped()))
def test_every_condition_of_every_case_is_told_or_says_what_it_lacks(key):
    """No shipped condition is silent: its figures, or what is lacking, or that it does not concern this one."""
    for _case, data in situations.every(key):
        for row in conditions(find(key), parse_facts(find(key), data)):
            assert row.figures or row.lacks or row.reason or row.state == "not_concerned", (row.rule, data)
            assert (row.state == "unknown") is (bool(row.lacks) and not row.reason)


def test_every_function_that_can_lower_a_grade_tells_where_the_facts_stand():
    used = {
        rule.function for key in shipped() for version in [find(key)] for rule in version.rules if not rule.is_warning
    }
    silent = {name for name in used if FUNCTIONS[name].tells is FUNCTIONS["outside_force"].tells}
    assert silent == set()


def conflict_rules(key, base, changes, grade):
    data = situations.base(key, base) | changes
    return {row.rule: row for row in conflicts(find(key), parse_facts(find(key), data), grade)}


def test_grade_above_the_collective_is_a_conflict_for_its_head_alone():
    found = conflict_rules(YEAR, "leader", {"collective_grade": "completed"}, "good")
    assert found["head_not_above_collective"].caps_at == "completed"
    assert "người đứng đầu không được xếp loại cao hơn" in found["head_not_above_collective"].reason
    assert found["head_not_above_collective"].cites
    assert conflict_rules(YEAR, "leader", {"collective_grade": "completed"}, "completed") == {}
    assert conflict_rules(YEAR, "leader", {"collective_grade": "completed", "role": "deputy"}, "good") == {}


@pytest.mark.parametrize(("grade", "rules"), [("excellent", {"state_grade_excellent"}), ("good", set())])
def test_party_grade_above_the_state_grade_is_a_conflict_under_the_guidance_of_2019(grade, rules):
    found = conflict_rules(OLD, "member", {"state_grade": "good"}, grade)
    assert {name for name, row in found.items() if row.standing != "to_be_confirmed"} == rules


def test_another_grade_on_the_state_side_is_said_where_the_law_asks_for_a_ground():
    found = conflict_rules(YEAR, "member", {"state_grade": "good"}, "excellent")
    assert set(found) == {"state_grade_differs"}
    assert found["state_grade_differs"].caps_at is None
    assert conflict_rules(YEAR, "member", {"state_grade": "excellent"}, "excellent") == {}


def test_rule_that_only_warned_is_silent_until_it_bites_once_a_province_lets_it_cap():
    data = to_data(find(YEAR))
    rule = next(row for row in data["rules"] if row["key"] == "outside_force")
    del rule["warns"]
    rule["caps_at"] = "good"
    law, facts = from_data(data), situations.base(YEAR, "leader")
    rows = {row.rule: row for row in conditions(law, parse_facts(law, facts))}
    assert (rows["outside_force"].state, rows["outside_force"].figures) == ("met", "")
    facts["period_end"] = "2019-12-31"
    rows = {row.rule: row for row in conditions(law, parse_facts(law, facts))}
    assert (rows["outside_force"].state, rows["outside_force"].stands_under) == ("unmet", "excellent")
    assert "31/12/2019" in rows["outside_force"].reason
