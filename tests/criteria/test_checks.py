"""The system check of the regulation files, and the refusal to write one that does not hold."""

import shutil

import pytest
from django.core import checks as django_checks
from django.core.management import call_command

from criteria import checks, regulation
from criteria.models import Regulation
from criteria.rating import check_regulation
from criteria.services.rules import regulations
from orgs.models import Refusal
from tests.criteria import rounds

NAME = "124-qd-tw-2023-10-04.toml"


@pytest.fixture
def folder(tmp_path):
    """A folder with a copy of a shipped file."""
    shutil.copy(regulation.SHIPPED / NAME, tmp_path / NAME)
    return tmp_path


def spoil(folder, old, new):
    path = folder / NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_django_asks_about_the_regulations_whenever_it_starts():
    assert checks.shipped_regulations_hold in django_checks.registry.registry.registered_checks
    call_command("check")


def test_shipped_file_holds(folder):
    assert checks.problems_in(folder) == []


def test_file_that_does_not_load_is_named(folder):
    spoil(folder, 'number = "124-QĐ/TW"', "number = 124")
    (found,) = checks.problems_in(folder)
    assert found.id == "criteria.E001"
    assert found.msg.startswith(f"{NAME}: ")
    assert "number" in found.msg


def test_rule_without_a_function_is_named_with_its_file(folder):
    spoil(folder, 'function = "circumstance"', 'function = "wishful"')
    found = checks.problems_in(folder)
    assert {row.id for row in found} == {"criteria.E002"}
    assert any(row.msg.startswith(f"{NAME}: [[rules]]") and "'wishful' does not exist" in row.msg for row in found)


def test_rule_about_points_is_named_where_the_regulation_counts_none():
    data = regulation.to_data(regulation.find("335/2025/NĐ-CP@2025-12-21"))
    for table in ("points", "results_ways"):
        del data[table]
    named = [f"[[rules]] 'points_for_{grade}'" for grade in ("excellent", "good", "completed")]
    found = check_regulation(regulation.from_data(data))
    assert found == [f"{rule}: points_below counts points, but there is no [points]" for rule in named]


@pytest.mark.django_db
def test_regulation_that_does_not_hold_is_never_written():
    data = regulation.to_data(regulation.find(rounds.KEY))
    rule = data["rules"][0]
    rule["function"] = "wishful"
    with pytest.raises(Refusal, match="wishful"):
        regulations.store_regulation(data=regulation.from_data(data))
    assert not Regulation.objects.exists()
