"""What holds for every framework: itself, two steps, any order, every place and clause, there and back."""

import dataclasses

import pytest
from hypothesis import given, settings

from criteria.conformity import RecordedException, check, check_alone, compose, difference, read, to_data, to_json
from tests.criteria.conformity import frameworks
from tests.criteria.conformity.chance import Chance, seeds

EVERY = settings(max_examples=100, deadline=None)
MIDDLE, LOWEST = "HU/2@2024-02-01", "XA/3@2024-03-01"


def places_exist(framework, rows, parent=None):
    for row in rows:
        assert row.cites.strip()
        assert row.message.strip()
        where, path = (parent, row.path[7:]) if row.path.startswith("parent.") else (framework, row.path)
        frameworks.value_at(to_data(where), path)


@EVERY
@given(seeds)
def test_framework_conforms_to_itself(seed):
    framework = Chance(seed).sound_framework()
    assert check(framework, framework).breaches == ()


@EVERY
@given(seeds)
def test_framework_that_takes_over_everything_conforms(seed):
    parent = Chance(seed).sound_framework()
    groups = tuple(
        dataclasses.replace(
            group, criteria=tuple(dataclasses.replace(row, concretises=row.code) for row in group.criteria)
        )
        for group in parent.groups
    )
    assert check(parent, dataclasses.replace(parent, key=MIDDLE, parent=parent.key, groups=groups)).breaches == ()


@EVERY
@given(seeds)
def test_every_liberty_of_the_rules_conforms(seed):
    chance = Chance(seed)
    parent = chance.sound_framework()
    assert check(parent, chance.step(parent, MIDDLE)).breaches == ()


@EVERY
@given(seeds)
def test_two_conforming_steps_conform_as_one(seed):
    chance = Chance(seed)
    parent = chance.sound_framework()
    middle = chance.step(parent, MIDDLE)
    composed = compose(middle, chance.step(middle, LOWEST))
    assert composed.parent == parent.key
    assert check(parent, composed).breaches == ()


def disturbed_steps(seed):
    """Parent, middle and child, both steps changed by chance in up to two things."""
    chance = Chance(seed)
    parent = chance.sound_framework()
    middle = chance.step(parent, MIDDLE)
    for _ in range(chance.randint(0, 2)):
        middle = chance.disturbed(middle)
    child = chance.step(middle, LOWEST)
    for _ in range(chance.randint(0, 2)):
        child = chance.disturbed(child)
    return parent, middle, child


def test_two_steps_changed_by_chance_conform_as_one_wherever_each_conforms():
    both = 0
    for seed in range(300):
        parent, middle, child = disturbed_steps(seed)
        if check(parent, middle).conforms and check(middle, child).conforms:
            both += 1
            assert check(parent, compose(middle, child)).breaches == (), seed
    assert 30 < both < 270


@EVERY
@given(seeds)
def test_order_never_matters(seed):
    chance = Chance(seed)
    parent, child = (dataclasses.replace(chance.any_framework(), exceptions=()) for _ in range(2))
    found, again = check(parent, child), check(chance.reordered(parent), chance.reordered(child))
    assert again.conforms is found.conforms
    for one, two in ((found.breaches, again.breaches), (found.warnings, again.warnings)):
        assert sorted((row.code, row.named) for row in one) == sorted((row.code, row.named) for row in two)


@EVERY
@given(seeds)
def test_every_breach_has_its_clause_its_sentence_and_a_place_that_exists(seed):
    chance = Chance(seed)
    parent, child = chance.any_framework(), chance.any_framework()
    found = check(parent, child)
    places_exist(child, found.breaches + found.warnings, parent)


@EVERY
@given(seeds)
def test_breach_excused_by_its_own_place_or_codes_is_a_warning(seed):
    chance = Chance(seed)
    parent, child = chance.any_framework(), dataclasses.replace(chance.any_framework(), exceptions=())
    found = check(parent, child)
    for attribute in ("path", "named"):
        rows = tuple(
            RecordedException(code=row.code, path=getattr(row, attribute), document="33-TB/TU")
            for row in found.breaches
        )
        excused = check(parent, dataclasses.replace(child, exceptions=rows))
        assert excused.conforms
        named = [row for row in excused.warnings if "33-TB/TU" in row.message]
        assert [(row.code, row.path) for row in named] == [(row.code, row.path) for row in found.breaches]


@EVERY
@given(seeds)
def test_framework_is_read_as_it_was_written(seed):
    framework = Chance(seed).any_framework()
    text = to_json(framework)
    assert read(text) == framework
    assert read(to_data(framework)) == framework
    assert to_json(read(text)) == text


@EVERY
@given(seeds)
def test_framework_that_stands_alone_is_judged_with_places_that_exist(seed):
    framework = Chance(seed).any_framework()
    found = check_alone(framework)
    assert found.conforms is (found.breaches == ())
    places_exist(framework, found.breaches + found.warnings)


@EVERY
@given(seeds)
def test_nothing_differs_from_itself(seed):
    framework = Chance(seed).sound_framework()
    assert difference(framework, framework) == ()


def test_framework_below_another_is_not_composed():
    child = read(frameworks.child_of(frameworks.base("levels")))
    with pytest.raises(ValueError, match="concretises TU/15"):
        compose(child, child)
