"""What the loader asks, where it refuses, how two texts differ: the ground on which a regulation is changed."""

import pytest

from criteria import rating, regulation
from criteria.rating.requiring import missing_requirements
from criteria.regulation import places
from criteria.regulation.difference import between, newest_text
from criteria.regulation.lines import confirm, read_line, write_line
from criteria.regulation.schema import asked_of
from criteria.selectors.rules.drafting import problems_of

PARTY = regulation.find("366-QĐ/TW@2025-08-30")
TEXT = newest_text(PARTY)


def leaves(value, path=()):
    """Every written value with its path, rows by their key."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif places.rows_of(value):
        for name, row in places.named(value):
            yield from leaves(row, (*path, name))
    else:
        yield path


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_everything_that_is_written_was_asked_for(key):
    text = newest_text(regulation.find(key))
    asked = asked_of(text)
    assert [
        path for path in leaves(text) if path not in asked and path[0] != "workflows" and text.get(path[0]) != []
    ] == []


@pytest.mark.parametrize(
    ("path", "kind", "required", "more"),
    [
        (("quota", "percent"), "integer", True, {"low": 0, "high": 100}),
        (("quota", "exception_percent"), "integer", False, {"low": 0, "high": 100}),
        (("quota", "base", "reading"), "choice", True, {"words": ("good_only", "good_and_above", "all_rated")}),
        (("points", "marking", "percents", "poor"), "integer", False, {"low": 0, "high": 100}),
        (("milestones", "close", "next_year"), "flag", False, {"default": False}),
        (("in_force_until",), "day", False, {}),
        (("requires", "points", "paths"), "texts", True, {}),
        (("rules", "sick_leave", "binds", "periods"), "choices", False, {"words": ("year", "quarter")}),
        (("rules", "points_for_good", "numbers", "at_least"), "numbers", True, {}),
        (("rules", "points_for_good", "binds", "subjects"), "choices", False, {}),
        (("milestones", "close", "step"), "choice", False, {}),
        (("common_items",), "rows", False, {}),
        (("rules",), "rows", True, {}),
    ],
)
def test_schema_says_kind_limits_and_words(path, kind, required, more):
    asked = asked_of(TEXT)[path]
    assert (asked.kind, asked.is_required) == (kind, required)
    assert {name: getattr(asked, name) for name in more} == more


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("quota", "percent"), 101, ("quota", "percent")),
        (("rules", "sick_leave", "cites"), "", ("rules", "sick_leave", "cites")),
        (("rules", "sick_leave", "standing"), "maybe", ("rules", "sick_leave", "standing")),
        (("rules", "sick_leave", "reason"), "{days}", ("rules", "sick_leave", "reason")),
        (
            ("rules", "points_for_good", "numbers", "at_least"),
            "70",
            ("rules", "points_for_good", "numbers", "at_least"),
        ),
        (("rules", "points_for_good", "function"), "no_such", ("rules", "points_for_good", "function")),
        (("requires", "points", "paths"), ["points.comon"], ("requires", "points", "paths")),
        (("milestones", "close", "month"), 13, ("milestones", "close", "month")),
        (("guidance", "1", "issued_on"), "today", ("guidance", "1", "issued_on")),
        (("points", "results"), 80, ("points", "common")),
    ],
)
def test_refusal_names_the_place_of_the_value(path, value, place):
    text = regulation.to_data(PARTY.versions[-1].regulation)
    places.put(text, path, value)
    assert problems_of(text)[0].path == place
    assert problems_of(text)[0].words


def test_rule_whose_facts_nobody_states_is_named():
    firm = confirm(TEXT, "rules", "organisation_members_good", standing="local", cites="x")
    found = problems_of(firm)
    assert {problem.path for problem in found} == {("rules", "organisation_members_good", "standing")}
    rows = missing_requirements(regulation.from_data(firm), "organisation_members_good")
    assert problems_of(firm | {"requires": [*firm["requires"], *rows]}) == ()


def test_body_without_units_is_not_asked_about_its_units():
    firm = confirm(TEXT, "rules", "organisation_units_good", standing="local", cites="x")
    rows = missing_requirements(regulation.from_data(firm), "organisation_units_good")
    assert [(row["paths"], row.get("units")) for row in rows] == [
        (["subordinate_units"], None),
        (["units_led.good_or_better", "units_led.total"], "some"),
    ]
    law = regulation.from_data(firm | {"requires": [*firm["requires"], *rows]})
    facts = {
        "rating": "organisation",
        "subject": "organisation",
        "period": "year",
        "points": {"common": "30", "results": "70"},
        "tasks": {"assigned": 4, "done": 4, "on_time": 4, "beyond": 4, "quality_met": True},
        "shortcomings": {"named": 0, "remedied": 0},
    }
    alone, above = facts | {"subordinate_units": 0}, facts | {"subordinate_units": 3}
    assert "units_led.total" not in rating.suggest(law, alone).missing
    assert "units_led.total" in rating.suggest(law, above).missing


def test_row_that_only_warns_or_waits_requires_nothing():
    assert missing_requirements(PARTY, "moved") == []
    assert missing_requirements(PARTY, "organisation_units_good") == []


@pytest.mark.parametrize(("table", "key"), [("rules", "no_such"), ("quota", "ceiling"), ("marks", "a"), ("forms", "9")])
def test_line_that_is_not_there_is_refused(table, key):
    with pytest.raises(regulation.RegulationRefused):
        read_line(TEXT, table, key)


def test_line_of_a_text_that_is_gone_is_refused():
    data = regulation.to_data(PARTY)
    kept = read_line(data, "rules", "quarter_tasks_undone")
    assert kept["layer"] == "2026-05-22"
    del data["overlays"]
    with pytest.raises(regulation.RegulationRefused):
        write_line(data, "rules", "quarter_tasks_undone", kept)
    kept = read_line(TEXT, "points", "marking")
    with pytest.raises(regulation.RegulationRefused):
        write_line({**TEXT, "points": {"common": 30, "results": 70}}, "points", "marking", kept)


def test_only_firm_standings_confirm():
    with pytest.raises(regulation.RegulationRefused):
        confirm(TEXT, "quota", "base", standing="to_be_confirmed", cites="x")


def test_quota_line_leaves_the_lines_below_it_alone():
    kept = read_line(TEXT, "quota", "percent")["line"]
    assert set(kept) == {"percent", "exception_percent", "cites", "standing"}


def test_differences_are_the_values_that_differ():
    above = regulation.to_data(PARTY.versions[-1].regulation)
    places.put(above, ("quota", "percent"), 15)
    places.put(above, ("note",), None)
    places.drop_row(above, ("milestones", "unit_rating"))
    above["guidance"].append({"number": "15-QĐ/TU", "issued_on": "2026-01-05", "title": "Quy định"})
    found = [(change.path, change.kind) for change in between(TEXT, above)]
    assert sorted(found) == [
        (("guidance", "15-QĐ/TU"), "added"),
        (("milestones", "unit_rating"), "removed"),
        (("note",), "removed"),
        (("quota", "percent"), "changed"),
    ]
    assert between(TEXT, TEXT) == ()


def test_places_are_written_and_taken_away_with_the_tables_they_leave_empty():
    data = {"rules": [{"key": "a", "numbers": {"percent": 5}}]}
    places.put(data, ("rules", "a", "binds", "periods"), ["year"])
    assert data["rules"][0]["binds"] == {"periods": ["year"]}
    places.put(data, ("rules", "a", "binds", "periods"), None)
    assert "binds" not in data["rules"][0]
    places.put(data, ("rules", "a", "binds", "periods"), None)
    assert places.value_at(data, ("rules", "b", "key")) is None
    assert places.value_at(data, ("rules", "a", "numbers", "percent", "x")) is None
    assert places.row_path(data, ("rules", "a", "numbers", "percent")) == ("rules", "a")
    assert places.row_path(data, ("quota", "percent")) == ()
