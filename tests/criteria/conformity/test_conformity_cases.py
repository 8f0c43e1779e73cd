"""Every case kept as data: what a framework may change of the one above it, and what not."""

import pytest

from criteria.conformity import BREACHES, check, read
from tests.criteria.conformity import frameworks

CASES = frameworks.cases()
EVERY = [pytest.param(case, id=f"{topic}: {case['name']}") for topic, case in CASES]


def checked(case):
    parent, child = frameworks.pair(case)
    return check(read(parent), read(child))


def lines(rows):
    return sorted(f"{row.code} {row.path}" for row in rows)


@pytest.mark.parametrize("case", EVERY)
def test_case_has_the_breaches_and_warnings_typed_from_the_rules(case):
    found = checked(case)
    assert lines(found.breaches) == sorted(case.get("breaches", []))
    assert lines(found.warnings) == sorted(case.get("warnings", []))
    assert found.conforms is (not case.get("breaches"))


@pytest.mark.parametrize("case", EVERY)
def test_case_says_what_is_wrong_and_cites_the_clause(case):
    found = checked(case)
    rows = found.breaches + found.warnings
    for words in case.get("says", []):
        assert any(words in row.message for row in rows), [row.message for row in rows]
    for clause in case.get("cites", []):
        assert clause in [row.cites for row in rows]
    for row in rows:
        assert row.message.endswith(".")
        assert not {"{", "}"} & set(row.message + row.cites)


def test_there_are_enough_cases_and_each_has_its_name():
    names = [case["name"] for _, case in CASES]
    assert len(names) == len(set(names)) >= 60


def test_every_breach_occurs_among_the_cases_and_is_avoided_in_others():
    found = [{line.split()[0] for line in case.get("breaches", [])} for _, case in CASES]
    for code in BREACHES:
        assert any(code in codes for codes in found)
        assert any(code not in codes for codes in found)


@pytest.mark.parametrize("case", EVERY)
def test_answer_of_a_case_is_plain_data(case):
    data = checked(case).as_data()
    assert list(data) == ["conforms", "breaches", "warnings"]
    assert all(list(row) == ["code", "path", "message", "cites"] for row in data["breaches"] + data["warnings"])
