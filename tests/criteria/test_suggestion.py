"""What holds for every suggestion: worse facts never help, the order of rules never matters, a gap never helps."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.rating import FactsRefused, conditions, missing_paths, parse_facts, required_paths, suggest
from criteria.regulation import find, from_data, to_data
from tests.criteria import situations

KEY = "124-QĐ/TW@2023-10-04"
GRADES = ["excellent", "good", "completed", "not_completed"]
LEVELS = ["excellent", "good", "average", "poor"]
KINDS = {
    "non_leader": ("cadre", "non_leader"),
    "leader": ("cadre", "leader"),
    "member": ("party_member", "civil_servant"),
    "collective": ("collective", "collective"),
    "organisation": ("organisation", "organisation"),
}
LESS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

level_lists = st.lists(st.sampled_from(LEVELS), min_size=1, max_size=4)
excuses = {"self_detected": st.booleans(), "remedied": st.booleans()}
disciplines = st.fixed_dictionaries(
    {"whom": st.sampled_from(["self", "collective", "member", "subordinate_unit", "unit_led"]), **excuses},
    optional={"violation": st.sampled_from(["V1", "V2"]), "unit": st.sampled_from(["U1", "U2", "U3"])},
)
findings = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["degradation", "disunity", "corruption", "broke_members_rules", "broke_exemplary_duty"]
        ),
        "whom": st.sampled_from(["self", "member", "unit"]),
        **excuses,
    }
)


@st.composite
def works(draw):
    assigned = draw(st.integers(1, 40))
    done = draw(st.integers(0, assigned))
    total = draw(st.integers(1, 12))
    completed = draw(st.integers(0, total))
    return {
        "assigned": assigned,
        "done": done,
        "on_time": draw(st.integers(0, done)),
        "beyond": draw(st.integers(0, done)),
        "quality_met": draw(st.booleans()),
        "main_targets_missed": draw(st.booleans()),
        "force_majeure": draw(st.booleans()),
        "total": total,
        "completed_or_better": completed,
        "good_or_better": draw(st.integers(0, completed)),
    }


GRADED = ("total", "completed_or_better", "good_or_better")


@st.composite
def facts(draw):
    """Whole facts of some subject: nothing required is left out."""
    rating, subject = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    tasks, led, members = draw(works()), draw(works()), draw(works())
    return {
        "rating": rating,
        "subject": subject,
        "period": "year",
        "review_completed": True,
        "levels": {group: draw(level_lists) for group in ("quality", "building", "results", "remedy")},
        "tasks": {key: value for key, value in tasks.items() if key not in GRADED},
        "units_led": led,
        "members_graded": {key: members[key] for key in GRADED},
        "discipline": draw(st.lists(disciplines, max_size=3)),
        "findings": draw(st.lists(findings, max_size=2)),
        "subordinate_units": draw(st.integers(0, 12)),
        "role": draw(st.sampled_from(["head", "deputy", "member"])),
        "newly_moved_head": draw(st.booleans()),
        "collective_grade": draw(st.sampled_from(GRADES)),
        "state_grade": draw(st.sampled_from(GRADES)),
    }


def rank(suggestion):
    return GRADES.index(suggestion.grade)


@st.composite
def worse(draw, data):
    """The same facts with one thing made worse."""
    found = situations.plain(data)
    how = draw(st.sampled_from(["level", "part", "flag", "discipline", "finding", "collective", "excuse", "units"]))
    if how == "level":
        levels = found["levels"][draw(st.sampled_from(sorted(found["levels"])))]
        place = draw(st.integers(0, len(levels) - 1))
        levels[place] = LEVELS[min(LEVELS.index(levels[place]) + 1, 3)]
    elif how == "part":
        work = found[draw(st.sampled_from(["tasks", "units_led"]))]
        part = draw(st.sampled_from(["on_time", "beyond"]))
        work[part] = draw(st.integers(0, work[part]))
        work["done"] = draw(st.integers(max(work["on_time"], work["beyond"]), work["done"]))
    elif how == "flag":
        work = found[draw(st.sampled_from(["tasks", "units_led"]))]
        work |= draw(st.sampled_from([{"quality_met": False}, {"main_targets_missed": True}, {"force_majeure": False}]))
    elif how == "discipline":
        found["discipline"].append(draw(disciplines))
    elif how == "finding":
        found["findings"].append(draw(findings))
    elif how == "collective":
        found["newly_moved_head"] = False
        found["collective_grade"] = GRADES[min(GRADES.index(found["collective_grade"]) + 1, 3)]
    elif how == "excuse":
        for row in found["discipline"] + found["findings"]:
            row |= {"self_detected": False}
    else:
        found["subordinate_units"] = draw(st.integers(0, found["subordinate_units"]))
    return found


@LESS
@given(st.data())
def test_worse_facts_never_give_a_better_grade(data):
    better = data.draw(facts())
    assert rank(suggest(find(KEY), data.draw(worse(better)))) >= rank(suggest(find(KEY), better))


def test_worse_facts_do_give_a_worse_grade_somewhere():
    """The control: the property above is not true for want of any effect."""
    better = situations.base(KEY, "leader")
    spoiled = situations.plain(better)
    spoiled["levels"]["results"] = ["good"]
    assert rank(suggest(find(KEY), spoiled)) > rank(suggest(find(KEY), better))


@LESS
@given(facts(), st.integers(0, 10_000))
def test_order_of_rules_never_matters(found, seed):
    data = to_data(find(KEY))
    random.Random(seed).shuffle(data["rules"])
    assert suggest(from_data(data), found).as_data() == suggest(find(KEY), found).as_data()


@LESS
@given(facts(), st.lists(st.sampled_from(["admitted_under_6_months", "absent_from_review", "moved"]), unique=True))
def test_every_ceiling_speaks_and_no_grade_stands_above_one(found, circumstances):
    suggestion = suggest(find(KEY), found | {"circumstances": circumstances})
    for ceiling in suggestion.ceilings + suggestion.unconfirmed:
        assert ceiling.reason
        assert ceiling.cites
    caps = [ceiling.caps_at for ceiling in suggestion.ceilings]
    if suggestion.outcome == "graded":
        assert suggestion.grade == max(caps, key=GRADES.index, default="excellent")
    else:
        assert suggestion.grade is None
        assert caps[0] is None
    graded = [GRADES.index(cap) for cap in caps if cap]
    assert graded == sorted(graded, reverse=True)
    assert "excellent" not in caps


@LESS
@given(st.data())
def test_required_fact_left_out_never_helps(data):
    whole = data.draw(facts())
    before = suggest(find(KEY), whole)
    required = required_paths(find(KEY), whole["rating"], whole["subject"], "year")
    gaps = data.draw(st.lists(st.sampled_from(required), min_size=1, unique=True))
    short = situations.plain(whole)
    for path in gaps:
        situations.take(short, path)
    after = suggest(find(KEY), short)
    assert after.outcome in ("graded", "insufficient")
    assert set(after.missing) <= set(gaps)
    if after.outcome == "graded":
        assert rank(after) >= rank(before)


@pytest.mark.parametrize("name", ["non_leader", "leader", "member", "collective", "organisation"])
def test_each_required_path_is_missed_by_its_name(name):
    whole = situations.base(KEY, name)
    assert suggest(find(KEY), whole).grade == "excellent"
    for path in required_paths(find(KEY), whole["rating"], whole["subject"], "year"):
        short = situations.plain(whole)
        situations.take(short, path)
        found = suggest(find(KEY), short)
        assert (found.outcome, found.grade) == ("insufficient", None)
        assert path in found.missing


@pytest.mark.parametrize("name", ["non_leader", "leader", "member", "collective", "organisation"])
def test_required_facts_alone_are_enough(name):
    whole = situations.base(KEY, name)
    kept = {key: whole[key] for key in ("regulation", "rating", "subject", "period")}
    for path in required_paths(find(KEY), whole["rating"], whole["subject"], "year"):
        block, _, key = path.partition(".")
        situations.put(kept, path, whole[block][key] if key else whole[block])
    found = suggest(find(KEY), kept)
    assert (found.outcome, found.missing) == ("graded", ())


def test_required_paths_are_those_of_the_regulation():
    levels = ("levels.quality", "levels.results", "levels.remedy")
    tasks = tuple(
        f"tasks.{key}" for key in ("assigned", "done", "on_time", "beyond", "quality_met", "main_targets_missed")
    )
    led = ("units_led.assigned", "units_led.done", "units_led.main_targets_missed")
    assert required_paths(find(KEY), "cadre", "non_leader", "year") == ("review_completed", *levels, *tasks)
    assert required_paths(find(KEY), "cadre", "leader", "year") == (
        "review_completed", *levels, *tasks, "role", *led, "collective_grade",
    )  # fmt: skip
    assert required_paths(find(KEY), "organisation", "organisation", "year") == (
        "levels.building", "levels.results", "levels.remedy",
        "tasks.assigned", "tasks.done", "tasks.main_targets_missed", "subordinate_units",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (("state", "civil_servant", "year"), "rating"),
        (("cadre", "collective", "year"), "subject"),
        (("cadre", "leader", "quarter"), "period"),
    ],
)
def test_required_paths_of_what_is_not_rated_are_refused(question, path):
    with pytest.raises(FactsRefused) as caught:
        required_paths(find(KEY), *question)
    assert caught.value.path == path


def test_suggestion_as_data_has_exactly_the_keys_of_the_contract():
    data = suggest(find(KEY), situations.base(KEY, "leader")).as_data()
    assert data == {
        "outcome": "graded",
        "grade": "excellent",
        "points": None,
        "ceilings": [],
        "unconfirmed": [],
        "warnings": [],
        "missing": [],
    }


def test_conditions_show_what_is_met_unmet_and_unknown():
    data = situations.base(KEY, "leader")
    data["levels"]["quality"] = ["average"]
    del data["tasks"]["beyond"]
    data["circumstances"] = ["sick_leave_3_months"]
    shown = {each.rule: each for each in conditions(find(KEY), parse_facts(find(KEY), data))}
    assert shown["levels_all_good_for_excellent"].state == "unmet"
    assert shown["levels_all_good_for_excellent"].text == "Mọi tiêu chí đạt từ cấp độ Tốt trở lên"
    assert "thấp nhất: Trung bình" in shown["levels_all_good_for_excellent"].reason
    assert shown["tasks_half_beyond"].state == "unknown"
    assert shown["tasks_half_beyond"].reason == ""
    assert shown["tasks_all_done"].state == "met"
    assert shown["own_discipline"].state == "met"
    assert shown["sick_leave"].state == "unmet"
    assert shown["sick_leave"].standing == "to_be_confirmed"
    assert shown["head_not_above_collective"].state == "met"
    assert shown["head_not_above_collective"].caps_at is None
    assert "state_grade_differs" not in shown


def test_condition_of_a_head_names_the_ceiling_that_was_found():
    data = situations.base(KEY, "leader") | {"collective_grade": "completed"}
    shown = {each.rule: each for each in conditions(find(KEY), parse_facts(find(KEY), data))}
    assert shown["head_not_above_collective"].caps_at == "completed"


def test_missing_paths_are_told_even_where_the_grade_is_forced():
    data = situations.base(KEY, "non_leader") | {"discipline": [{"whom": "self"}]}
    del data["tasks"]["beyond"]
    assert suggest(find(KEY), data).missing == ()
    assert missing_paths(find(KEY), parse_facts(find(KEY), data)) == ("tasks.beyond",)


def test_unconfirmed_rule_bites_once_an_administrator_has_confirmed_it():
    data = to_data(find(KEY))
    rule = next(row for row in data["rules"] if row["key"] == "appointed_under_6_months")
    rule |= {"standing": "local", "cites": "Công văn 12-CV/TU ngày 05/01/2024"}
    facts = situations.base(KEY, "leader") | {"circumstances": ["appointed_under_6_months"]}
    found = suggest(from_data(data), facts).as_data()
    assert found["outcome"] == "not_rated"
    assert found["unconfirmed"] == []
    assert found["ceilings"][0]["rule"] == "appointed_under_6_months"
    assert found["ceilings"][0]["caps_at"] is None
    assert found["ceilings"][0]["standing"] == "local"


def rules(suggestion):
    return {ceiling.rule for ceiling in suggestion.ceilings + suggestion.unconfirmed}


@pytest.mark.parametrize(("beyond", "bites"), [(199, True), (200, False), (201, False)])
def test_share_is_exact_where_many_tasks_hide_one(beyond, bites):
    data = situations.base(KEY, "non_leader")
    data["tasks"] |= {"assigned": 400, "done": 400, "on_time": 400, "beyond": beyond}
    assert ("tasks_half_beyond" in rules(suggest(find(KEY), data))) is bites


@pytest.mark.parametrize(("done", "bites"), [(199, True), (200, False), (201, False)])
def test_half_of_the_targets_is_exact_where_many_hide_one(done, bites):
    data = situations.base(KEY, "collective")
    data["tasks"] |= {"assigned": 400, "done": done, "main_targets_missed": True}
    assert ("tasks_under_half" in rules(suggest(find(KEY), data))) is bites


@pytest.mark.parametrize(("poor", "bites"), [(199, False), (200, True), (201, True)])
def test_half_of_the_criteria_is_exact_where_many_hide_one(poor, bites):
    data = situations.base(KEY, "non_leader")
    data["levels"]["quality"] = ["poor"] * poor + ["good"] * (398 - poor)
    assert ("levels_basically_average" in rules(suggest(find(KEY), data))) is bites


@pytest.mark.parametrize(
    ("undone", "late", "words"),
    [(1, 0, "Có 1 nhiệm vụ chưa làm và 0 nhiệm vụ chậm"), (0, 1, "Có 0 nhiệm vụ chưa làm và 1 nhiệm vụ chậm")],
)
def test_one_kind_of_objective_cause_is_enough_to_be_said(undone, late, words):
    data = situations.base(KEY, "non_leader")
    data["tasks"] |= {"done": 19, "on_time": 18, "undone_objective": undone, "late_objective": late}
    assert any(words in warning for warning in suggest(find(KEY), data).warnings)


def test_condition_about_the_collective_asks_for_the_role_only_where_it_matters():
    leader, organisation = situations.base(KEY, "leader"), situations.base(KEY, "organisation")
    del leader["role"]
    shown = {each.rule: each.state for each in conditions(find(KEY), parse_facts(find(KEY), leader))}
    assert shown["head_not_above_collective"] == "unknown"
    shown = {each.rule: each.state for each in conditions(find(KEY), parse_facts(find(KEY), organisation))}
    assert shown["organisation_not_above_collective"] == "met"
