"""Every situation kept as data, for every regulation on the shelf; files, rules and functions belong together."""

from pathlib import Path

import pytest

from criteria.rating import FUNCTIONS, check_regulation, parse_facts, suggest
from criteria.rating.situation import Situation
from criteria.regulation import SHIPPED, find, shipped, slug
from tests.criteria import situations

EVERY = [
    pytest.param(key, case, facts, id=f"{slug(key)}: {case['name']}")
    for key in shipped()
    for case, facts in situations.every(key)
]
FEWEST = {"124-QĐ/TW@2023-10-04": 45, "366-QĐ/TW@2025-08-30": 40}


def ceilings(rows):
    return [f"{row['rule']}:{row['caps_at'] or ''}" for row in rows]


@pytest.mark.parametrize(("key", "case", "facts"), EVERY)
def test_situation_has_the_outcome_typed_from_the_law(key, case, facts):
    found = suggest(find(key), facts).as_data()
    expect = case["expect"]
    assert found["outcome"] == expect["outcome"]
    assert found["grade"] == expect.get("grade")
    assert ceilings(found["ceilings"]) == expect.get("ceilings", [])
    assert ceilings(found["unconfirmed"]) == expect.get("unconfirmed", [])
    assert found["missing"] == expect.get("missing", [])


@pytest.mark.parametrize(("key", "case", "facts"), EVERY)
def test_situation_gives_the_sentences_typed_from_the_law(key, case, facts):
    found = suggest(find(key), facts).as_data()
    reasons = {row["rule"]: row["reason"] for row in found["ceilings"] + found["unconfirmed"]}
    for rule, words in case["expect"].get("reasons", {}).items():
        assert words in reasons[rule]
    expected = case["expect"].get("warnings", [])
    assert len(found["warnings"]) == len(expected)
    for words in expected:
        assert any(words in warning for warning in found["warnings"])


@pytest.mark.parametrize(("key", "case", "facts"), EVERY)
def test_every_ceiling_carries_reason_clause_and_standing(key, case, facts):
    found = suggest(find(key), facts).as_data()
    for row in found["ceilings"]:
        assert row.keys() == {"rule", "caps_at", "reason", "cites", "standing"}
        assert row["reason"]
        assert row["cites"]
        assert row["standing"] in ("law", "guidance", "local")
    for row in found["unconfirmed"]:
        assert row.keys() == {"rule", "caps_at", "reason", "cites"}
        assert row["reason"]
        assert row["cites"]
    for text in [row["reason"] for row in found["ceilings"] + found["unconfirmed"]] + found["warnings"]:
        assert "{" not in text
        assert "}" not in text


@pytest.mark.parametrize("key", list(shipped()))
def test_regulation_has_a_case_file_with_enough_cases(key):
    assert len(situations.read(key)["cases"]) >= FEWEST.get(key, 20)
    names = [case["name"] for case in situations.read(key)["cases"]]
    assert len(set(names)) == len(names)


def test_case_files_and_regulation_files_match_one_to_one():
    regulations = {path.name for path in SHIPPED.glob("*.toml")}
    assert regulations
    assert regulations == {path.name for path in Path(situations.CASES).glob("*.toml")}


@pytest.mark.parametrize("key", list(shipped()))
def test_every_rule_has_its_function_numbers_and_required_facts(key):
    assert check_regulation(find(key)) == []


def test_every_function_has_a_rule():
    named = {rule.function for each in shipped().values() for rule in each.rules}
    assert set(FUNCTIONS) == named


RULES = [
    pytest.param(key, rule, id=f"{slug(key)}: {rule.key}") for key, each in shipped().items() for rule in each.rules
]


@pytest.mark.parametrize(("key", "rule"), RULES)
def test_rule_both_bites_and_does_not_bite_among_the_cases(key, rule):
    answers = {judged(key, rule, facts) for _, facts in situations.every(key) if binds(rule, facts)}
    assert answers == {True, False}


def binds(rule, facts):
    return rule.binds(facts["rating"], facts["subject"], facts["period"])


def judged(key, rule, data):
    regulation = find(key)
    facts = parse_facts(regulation, data)
    grade = suggest(regulation, data).grade
    return FUNCTIONS[rule.function].judge(Situation(facts, regulation, grade), rule) is not None
