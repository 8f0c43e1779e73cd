"""The contract of the facts: what is accepted, and every refusal with its path."""

import json
import unicodedata
from decimal import Decimal

import pytest

from criteria.rating import FactsRefused, parse_facts, read_json, suggest
from criteria.rating.parsing import regulation_key
from criteria.regulation import find, from_data, to_data
from tests.criteria import situations

KEY = "124-QĐ/TW@2023-10-04"
WHOLE = {
    "regulation": KEY,
    "rating": "cadre",
    "subject": "leader",
    "period": "year",
    "period_end": "2024-12-31",
    "review_completed": True,
    "levels": {"quality": ["good"], "building": ["good"], "results": ["excellent"], "remedy": ["good"]},
    "points": {"common": "27.5", "results": "66"},
    "sheet": {
        "common_items": [{"key": "1.1", "mark": "ensured"}, {"key": "1.2", "mark": "not_ensured"}],
        "shares": {"a": "1", "b": "0.9", "c": "1", "d": "1", "dd": "1", "e": "1"},
        "axes": [{"key": "1", "weight": "40", "points": "36"}, {"key": "4", "weight": "60", "points": "55"}],
    },
    "tasks": {
        "assigned": 20,
        "done": 20,
        "on_time": 20,
        "beyond": 11,
        "quality_met": True,
        "main_targets_missed": False,
        "force_majeure": False,
        "undone_objective": 0,
        "late_objective": 0,
    },
    "units_led": {
        "assigned": 40,
        "done": 40,
        "on_time": 40,
        "beyond": 20,
        "quality_met": True,
        "main_targets_missed": False,
        "force_majeure": False,
        "undone_objective": 0,
        "late_objective": 0,
        "total": 8,
        "completed_or_better": 8,
        "good_or_better": 6,
    },
    "members_graded": {"total": 9, "completed_or_better": 9, "good_or_better": 8},
    "collective_tasks": {"assigned": 30, "done": 30, "force_majeure": False},
    "discipline": [
        {
            "violation": "V1",
            "unit": "U3",
            "whom": "member",
            "form": "khien_trach",
            "self_detected": False,
            "remedied": False,
        }
    ],
    "subordinate_units": 12,
    "findings": [{"kind": "disunity", "whom": "unit", "self_detected": False, "remedied": False}],
    "shortcomings": {"named": 4, "remedied": 4},
    "role": "head",
    "newly_moved_head": False,
    "collective_grade": "excellent",
    "is_civil_servant": True,
    "state_grade": "excellent",
    "circumstances": ["moved", "maternity"],
    "quarters": {"2026-Q1": "good", "2026-Q2": None},
    "previous_year_grade": "good",
}


def changed(path, value):
    data = situations.plain(WHOLE)
    situations.put(data, path, value)
    return data


def refusal(data):
    with pytest.raises(FactsRefused) as caught:
        suggest(find(KEY), data)
    return caught.value


def test_every_key_of_the_contract_is_accepted():
    facts = parse_facts(find(KEY), WHOLE)
    assert facts.tasks.beyond == 11
    assert facts.units_led.good_or_better == 6
    assert facts.points.common == Decimal("27.5")
    assert [axis.weight for axis in facts.sheet.axes] == [40, 60]
    assert facts.sheet.shares["b"] == Decimal("0.9")
    assert facts.quarters == {"2026-Q1": "good", "2026-Q2": None}
    assert suggest(find(KEY), WHOLE).grade == "excellent"


def test_every_word_of_the_contract_is_accepted_where_it_stands():
    words = {
        "circumstances": [
            "admitted_under_6_months", "appointed_under_6_months", "founded_under_6_months", "sick_leave_3_months",
            "maternity", "absent_3_to_6_months", "worked_under_6_months", "moved", "exempt_from_activity",
            "suspended_from_activity", "absent_from_review", "under_verification",
        ],
        "discipline": [
            {"whom": whom, "form": form}
            for whom in ("self", "collective", "member", "subordinate_unit", "unit_led")
            for form in ("khien_trach", "canh_cao", "cach_chuc", "khai_tru", "other")
        ],
        "findings": [
            {"kind": kind, "whom": whom}
            for kind in ("degradation", "disunity", "corruption", "broke_members_rules", "broke_exemplary_duty")
            for whom in ("self", "member", "unit")
        ],
        "sheet": {
            "common_items": [
                {"key": mark, "mark": mark}
                for mark in ("ensured", "not_ensured", "excellent", "good", "average", "poor")
            ]
        },
    }  # fmt: skip
    facts = parse_facts(find(KEY), WHOLE | words)
    assert len(facts.circumstances) == 12
    assert len(facts.discipline) == 25
    assert len(facts.findings) == 15
    assert len(facts.sheet.common_items) == 6


REFUSED = [
    # unknown keys, at every depth
    ("tasks.finished", 3, "tasks.finished"),
    ("finished", 3, "finished"),
    ("levels.merit", ["good"], "levels.merit"),
    ("points.total", "93", "points.total"),
    ("sheet.total", "93", "sheet.total"),
    ("sheet.shares.f", "1", "sheet.shares.f"),
    ("sheet.axes", [{"key": "1", "weight": "100", "points": "9", "note": "x"}], "sheet.axes[0].note"),
    ("members_graded.done", 3, "members_graded.done"),
    ("collective_tasks.on_time", 3, "collective_tasks.on_time"),
    ("discipline", [{"whom": "self", "by": "x"}], "discipline[0].by"),
    ("findings", [{"kind": "disunity", "whom": "self", "by": "x"}], "findings[0].by"),
    ("shortcomings.open", 3, "shortcomings.open"),
    # a boolean is no integer, an integer no boolean, a number no decimal, null nothing at all
    ("tasks.done", True, "tasks.done"),
    ("tasks.done", "20", "tasks.done"),
    ("tasks.done", 20.0, "tasks.done"),
    ("tasks.done", None, "tasks.done"),
    ("tasks.quality_met", 1, "tasks.quality_met"),
    ("tasks.main_targets_missed", "false", "tasks.main_targets_missed"),
    ("tasks", [], "tasks"),
    ("tasks", None, "tasks"),
    ("subordinate_units", False, "subordinate_units"),
    ("review_completed", 1, "review_completed"),
    ("review_completed", None, "review_completed"),
    ("newly_moved_head", 0, "newly_moved_head"),
    ("is_civil_servant", "yes", "is_civil_servant"),
    ("points.common", 27, "points.common"),
    ("points.common", 27.5, "points.common"),
    ("points.common", "27,5", "points.common"),
    ("points.common", "2.75e1", "points.common"),
    ("points.common", "NaN", "points.common"),
    ("points.common", "Infinity", "points.common"),
    ("points.common", " 27", "points.common"),
    ("points.common", "27.", "points.common"),
    ("points.common", "+27", "points.common"),
    ("points.common", "٢٧", "points.common"),
    ("points.common", "", "points.common"),
    ("points.common", True, "points.common"),
    ("levels", ["good"], "levels"),
    ("levels.quality", "good", "levels.quality"),
    ("levels.quality", ["good", 3], "levels.quality[1]"),
    ("levels.quality", [["good"]], "levels.quality[0]"),
    ("discipline", {}, "discipline"),
    ("discipline", [3], "discipline[0]"),
    ("discipline", [{"whom": "self", "violation": ""}], "discipline[0].violation"),
    ("discipline", [{"whom": "self", "unit": 3}], "discipline[0].unit"),
    ("discipline", [{"whom": "self", "remedied": 1}], "discipline[0].remedied"),
    ("circumstances", "moved", "circumstances"),
    ("quarters", [], "quarters"),
    ("quarters", {"2026-Q5": "good"}, "quarters.2026-Q5"),
    ("quarters", {"Q1": "good"}, "quarters.Q1"),
    ("quarters", {"2026-Q1": "fine"}, "quarters.2026-Q1"),
    ("sheet.common_items", {}, "sheet.common_items"),
    # words outside their list
    ("rating", "boss", "rating"),
    ("subject", "boss", "subject"),
    ("period", "month", "period"),
    ("role", "boss", "role"),
    ("role", ["head"], "role"),
    ("collective_grade", "best", "collective_grade"),
    ("state_grade", None, "state_grade"),
    ("previous_year_grade", "xuất sắc", "previous_year_grade"),
    ("levels.results", ["completed"], "levels.results[0]"),
    ("circumstances", ["moved", "tired"], "circumstances[1]"),
    ("discipline", [{"whom": "boss"}], "discipline[0].whom"),
    ("discipline", [{"whom": "self", "form": "talk"}], "discipline[0].form"),
    ("findings", [{"kind": "late", "whom": "self"}], "findings[0].kind"),
    ("findings", [{"kind": "disunity", "whom": "collective"}], "findings[0].whom"),
    ("sheet.common_items", [{"key": "1.1", "mark": "fine"}], "sheet.common_items[0].mark"),
    # what a row cannot do without
    ("discipline", [{"form": "canh_cao"}], "discipline[0].whom"),
    ("findings", [{"whom": "self"}], "findings[0].kind"),
    ("findings", [{"kind": "disunity"}], "findings[0].whom"),
    ("sheet.axes", [{"key": "1", "weight": "100"}], "sheet.axes[0].points"),
    ("sheet.common_items", [{"mark": "good"}], "sheet.common_items[0].key"),
    # days
    ("period_end", "31/12/2024", "period_end"),
    ("period_end", "2024-02-30", "period_end"),
    ("period_end", "20241231", "period_end"),
    ("period_end", 20241231, "period_end"),
    # negatives and what nobody has
    ("tasks.done", -1, "tasks.done"),
    ("subordinate_units", -1, "subordinate_units"),
    ("points.results", "-1", "points.results"),
    ("tasks.assigned", 10**12, "tasks.assigned"),
    # contradictions
    ("tasks.on_time", 21, "tasks.on_time"),
    ("tasks.beyond", 21, "tasks.beyond"),
    ("tasks.done", 21, "tasks.done"),
    ("tasks.undone_objective", 1, "tasks.undone_objective"),
    ("tasks.late_objective", 1, "tasks.late_objective"),
    ("units_led.good_or_better", 9, "units_led.good_or_better"),
    ("units_led.completed_or_better", 9, "units_led.completed_or_better"),
    ("units_led.done", 41, "units_led.done"),
    ("members_graded.completed_or_better", 10, "members_graded.completed_or_better"),
    ("members_graded.completed_or_better", 7, "members_graded.good_or_better"),
    ("collective_tasks.done", 31, "collective_tasks.done"),
    ("shortcomings.remedied", 5, "shortcomings.remedied"),
    # point sheets
    ("sheet.shares.a", "1.01", "sheet.shares.a"),
    ("sheet.shares.a", "-0.1", "sheet.shares.a"),
    ("sheet.shares.a", 1, "sheet.shares.a"),
    ("sheet.axes", [{"key": "1", "weight": "100", "points": "100.5"}], "sheet.axes[0].points"),
    ("sheet.axes", [{"key": "1", "weight": "99.9", "points": "9"}], "sheet.axes"),
    ("sheet.axes", [{"key": "1", "weight": "99." + "9" * 30, "points": "9"}], "sheet.axes"),
    (
        "sheet.axes",
        [{"key": "1", "weight": "99", "points": "9"}, {"key": "2", "weight": "0." + "9" * 30, "points": "0"}],
        "sheet.axes",
    ),
    (
        "sheet.axes",
        [{"key": "1", "weight": "50", "points": "9"}, {"key": "1", "weight": "50", "points": "9"}],
        "sheet.axes[1].key",
    ),
    (
        "sheet.common_items",
        [{"key": "1.1", "mark": "good"}, {"key": "1.1", "mark": "poor"}],
        "sheet.common_items[1].key",
    ),
    # what the regulation does not rate
    ("rating", "state", "rating"),
    ("subject", "civil_servant", "subject"),
    ("subject", "collective", "subject"),
    ("period", "quarter", "period"),
    ("regulation", "366-QĐ/TW@2025-08-30", "regulation"),
    ("regulation", "", "regulation"),
    ("regulation", 124, "regulation"),
]


@pytest.mark.parametrize(("path", "value", "refused_at"), REFUSED)
def test_facts_are_refused_with_the_path(path, value, refused_at):
    found = refusal(changed(path, value))
    assert found.path == refused_at
    assert str(found).startswith(f"{refused_at}: ")
    assert found.message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("tasks.on_time", 20),
        ("tasks.beyond", 20),
        ("units_led.good_or_better", 8),
        ("shortcomings.remedied", 4),
        ("sheet.shares.a", "0"),
        (
            "sheet.axes",
            [{"key": "1", "weight": "99.5", "points": "99"}, {"key": "2", "weight": "0.5", "points": "0.5"}],
        ),
        ("points.common", "0.00"),
        ("subordinate_units", 0),
        ("quarters", {}),
        ("circumstances", []),
        ("discipline", [{"whom": "self"}]),
    ],
)
def test_facts_at_the_boundary_are_accepted(path, value):
    assert suggest(find(KEY), changed(path, value)).outcome == "graded"


def test_objective_counts_are_accepted_up_to_what_is_left():
    data = changed("tasks.done", 18)
    data["tasks"] |= {"on_time": 15, "undone_objective": 2, "late_objective": 3}
    assert parse_facts(find(KEY), data).tasks.undone_objective == 2
    data["tasks"]["late_objective"] = 4
    assert refusal(data).path == "tasks.late_objective"
    data["tasks"] |= {"late_objective": 3, "undone_objective": 3}
    assert refusal(data).path == "tasks.undone_objective"


def test_objective_counts_are_compared_with_what_is_assigned_where_done_is_not_stated():
    data = changed("tasks", {"assigned": 2, "undone_objective": 2})
    assert parse_facts(find(KEY), data).tasks.undone_objective == 2
    data["tasks"]["undone_objective"] = 3
    assert refusal(data).path == "tasks.undone_objective"


def test_counts_are_compared_with_what_is_assigned_where_done_is_not_stated():
    data = changed("tasks.on_time", 21)
    del data["tasks"]["done"]
    assert refusal(data).path == "tasks.on_time"


@pytest.mark.parametrize("value", [None, [], 3, "x", True])
def test_facts_that_are_no_object_are_refused(value):
    assert refusal(value).message == "must be an object"


@pytest.mark.parametrize("key", ["rating", "subject", "period"])
def test_identity_must_be_stated(key):
    data = situations.plain(WHOLE)
    del data[key]
    found = refusal(data)
    assert (found.path, found.message) == (key, "is missing")


def test_regulation_may_be_left_out_where_it_is_given():
    data = situations.plain(WHOLE)
    del data["regulation"]
    assert suggest(find(KEY), data).grade == "excellent"


def test_key_of_a_regulation_is_read_however_its_letters_are_composed():
    composed = unicodedata.normalize("NFC", "12-HD/TỈNH ỦY@2023-10-04")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert regulation_key({"regulation": decomposed}) == composed


def test_texts_are_the_same_however_their_letters_are_composed():
    composed, decomposed = (unicodedata.normalize(form, "Chậm giải ngân") for form in ("NFC", "NFD"))
    twice = [{"whom": "self", "violation": words, "unit": words} for words in (composed, decomposed)]
    facts = parse_facts(find(KEY), changed("discipline", twice))
    assert facts.discipline[0] == facts.discipline[1]
    axes = [{"key": words, "weight": "50", "points": "9"} for words in (composed, decomposed)]
    assert refusal(changed("sheet.axes", axes)).path == "sheet.axes[1].key"


@pytest.mark.parametrize(("data", "path"), [([], ""), ({}, "regulation"), ({"regulation": 3}, "regulation")])
def test_key_of_a_regulation_must_be_named(data, path):
    with pytest.raises(FactsRefused) as caught:
        regulation_key(data)
    assert caught.value.path == path


def test_keys_that_are_no_texts_are_refused():
    assert refusal(situations.plain(WHOLE) | {3: 4}).path == "3"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"rating": "cadre", "rating": "cadre"}', "rating"),
        ('{"rating": "cadre", "subject": "leader", "period": "year", "tasks": {"done": 1, "done": 2}}', "tasks.done"),
        ('{"levels": {"quality": ["good"], "quality": ["good"]}}', "levels.quality"),
        ('{"quarters": {"2026-Q1": "good", "2026-Q1": "good"}}', "quarters.2026-Q1"),
        ('{"discipline": [{"whom": "self", "form": "other", "whom": "self"}]}', "discipline[0].whom"),
        ('{"tasks": {"done": 1e1}}', "tasks.done"),
        ('{"tasks": {"done": 1E400}}', "tasks.done"),
        ('{"tasks": {"done": NaN}}', "tasks.done"),
        ('{"tasks": {"done": -Infinity}}', "tasks.done"),
        ('{"tasks": {"done": ' + "9" * 5000 + "}}", "tasks.done"),
    ],
)
def test_what_json_hides_is_refused_with_the_path(text, path):
    assert refusal(read_json(text)).path == path


@pytest.mark.parametrize("text", ["", "{", '{"a": 1,}', "[" * 100_000, "nothing"])
def test_text_that_is_not_json_is_refused(text):
    with pytest.raises(FactsRefused, match="not JSON"):
        read_json(text)


def test_json_without_doubles_is_read_as_it_stands():
    text = json.dumps(WHOLE, ensure_ascii=False)
    assert read_json(text) == WHOLE


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ({"common": "30.01"}, "points.common"),
        ({"results": "70.5"}, "points.results"),
        ({"common": "30", "results": "70"}, None),
        ({"common": "30"}, None),
    ],
)
def test_points_above_the_maximum_of_their_group_are_refused(points, path):
    data = to_data(find(KEY))
    data["points"] = {"common": 30, "results": 70}
    regulation = from_data(data)
    facts = situations.plain(WHOLE) | {"points": points}
    del facts["sheet"]
    if path is None:
        assert parse_facts(regulation, facts).points.common == 30
    else:
        with pytest.raises(FactsRefused) as caught:
            parse_facts(regulation, facts)
        assert caught.value.path == path


@pytest.mark.parametrize(
    ("results", "axes", "is_refused"),
    [
        ("63.7", [("40", "36"), ("60", "55")], False),
        ("63.70", [("40", "36"), ("60", "55")], False),
        ("63.8", [("40", "36"), ("60", "55")], True),
        ("70", [("100", "100")], False),
        ("66", [], False),
    ],
)
def test_points_that_differ_from_the_axes_are_refused(results, axes, is_refused):
    data = to_data(find(KEY))
    data["points"] = {"common": 30, "results": 70}
    rows = [{"key": str(place), "weight": weight, "points": points} for place, (weight, points) in enumerate(axes)]
    facts = situations.plain(WHOLE) | {"points": {"results": results}, "sheet": {"axes": rows}}
    if is_refused:
        with pytest.raises(FactsRefused) as caught:
            parse_facts(from_data(data), facts)
        assert caught.value.path == "points.results"
        assert "63.7" in caught.value.message
    else:
        assert parse_facts(from_data(data), facts).points.results == Decimal(results)
    assert parse_facts(find(KEY), facts).points.results == Decimal(results)
