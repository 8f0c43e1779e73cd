"""Which regulation applies on which day: the dates typed from the handbook, no gap and no overlap that is not known."""

from datetime import date, timedelta

import pytest

from criteria.regulation import applicable, choose, find, from_data, shipped, to_data

PARTY = [
    ("132-QĐ/TW@2018-03-08", date(2018, 3, 8), date(2023, 10, 3)),
    ("124-QĐ/TW@2023-10-04", date(2023, 10, 4), date(2025, 8, 29)),
    ("366-QĐ/TW@2025-08-30", date(2025, 8, 30), date(2027, 12, 31)),
]
CIVIL = [
    ("90/2020/NĐ-CP@2020-08-13", date(2020, 8, 20), date(2025, 12, 31)),
    ("335/2025/NĐ-CP@2025-12-21", date(2026, 1, 1), date(2027, 12, 31)),
]
PUBLIC = [
    ("90/2020/NĐ-CP@2020-08-13", date(2020, 8, 20), date(2026, 6, 25)),
    ("233/2026/NĐ-CP@2026-06-26", date(2026, 6, 26), date(2027, 12, 31)),
]
OFFICIAL = [("90/2020/NĐ-CP@2020-08-13", date(2020, 8, 20), date(2025, 12, 31))]
PERSONS = (
    "leader", "non_leader", "official", "civil_servant", "civil_servant_leader",
    "public_employee", "public_employee_leader", "outside_system",
)  # fmt: skip
ROWS = [
    *(("party", subject, *row) for subject in (*PERSONS, "collective", "organisation") for row in PARTY),
    *(("state", subject, *row) for subject in ("civil_servant", "civil_servant_leader") for row in CIVIL),
    *(("state", subject, *row) for subject in ("public_employee", "public_employee_leader") for row in PUBLIC),
    *(("state", "official", *row) for row in OFFICIAL),
]
LINES = {"party": PARTY, "civil": CIVIL, "public": PUBLIC}


@pytest.mark.parametrize(("side", "subject", "key", "first", "last"), ROWS)
def test_year_falls_under_one_regulation_from_its_first_day_to_its_last(side, subject, key, first, last):
    for day in (first, first + timedelta(days=1), last - timedelta(days=1), last):
        assert [each.key for each in applicable(side, subject, "year", day)] == [key]
        assert choose(side, subject, "year", day).key == key


@pytest.mark.parametrize("line", sorted(LINES))
def test_one_regulation_begins_on_the_day_after_the_last_of_the_one_before(line):
    rows = LINES[line]
    for (_, _, last), (_, first, _) in zip(rows, rows[1:], strict=False):
        assert first - last == timedelta(days=1)


@pytest.mark.parametrize(
    ("side", "subject", "period", "day"),
    [
        ("party", "leader", "year", date(2018, 3, 7)),
        ("party", "leader", "quarter", date(2025, 6, 30)),
        ("state", "civil_servant", "year", date(2020, 8, 19)),
        ("state", "civil_servant", "quarter", date(2025, 9, 30)),
        ("state", "official", "year", date(2026, 1, 1)),
        ("state", "leader", "year", date(2024, 12, 31)),
        ("state", "collective", "year", date(2026, 12, 31)),
    ],
)
def test_known_gap_is_none_and_never_the_regulation_before(side, subject, period, day):
    assert applicable(side, subject, period, day) == ()
    assert choose(side, subject, period, day) is None


@pytest.mark.parametrize("subject", [*PERSONS, "collective", "organisation"])
@pytest.mark.parametrize("side", ["party", "state"])
def test_never_two_at_once_on_any_day_of_ten_years(side, subject):
    day = date(2018, 1, 1)
    while day < date(2028, 1, 1):
        for period in ("year", "quarter"):
            assert len(applicable(side, subject, period, day)) <= 1
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("side", "subject", "key"),
    [
        ("party", "leader", "366-QĐ/TW@2025-08-30"),
        ("state", "civil_servant", "335/2025/NĐ-CP@2025-12-21"),
        ("state", "public_employee", "233/2026/NĐ-CP@2026-06-26"),
    ],
)
def test_quarter_of_2026_has_its_regulation(side, subject, key):
    assert choose(side, subject, "quarter", date(2026, 9, 30)).key == key


def test_version_is_that_of_the_day():
    assert choose("party", "leader", "year", date(2018, 12, 31)).guidance[0].number == "16-HD/BTCTW"
    assert choose("party", "leader", "year", date(2019, 10, 17)).guidance[0].number == "16-HD/BTCTW"
    assert choose("party", "leader", "year", date(2019, 10, 18)).guidance[0].number == "21-HD/BTCTW"
    assert not choose("state", "civil_servant", "year", date(2023, 9, 14)).quota.relative_to_party
    assert choose("state", "civil_servant", "year", date(2023, 9, 15)).quota.relative_to_party


def test_illustration_never_applies():
    local = find("399-QĐ/TU@2025-08-27")
    assert local.is_illustration
    assert local.covers("leader", "year", date(2025, 12, 31))
    assert applicable("party", "leader", "year", date(2025, 12, 31), [local]) == ()


def test_two_that_apply_at_once_are_named():
    data = to_data(find("124-QĐ/TW@2023-10-04"))
    del data["in_force_until"]
    among = [from_data(data), find("366-QĐ/TW@2025-08-30")]
    with pytest.raises(ValueError, match="124-QĐ/TW@2023-10-04, 366-QĐ/TW@2025-08-30 all apply to leader"):
        choose("party", "leader", "year", date(2025, 12, 31), among)


def test_every_regulation_but_the_illustration_is_chosen_some_day():
    chosen = {row[2] for row in ROWS}
    assert chosen == {key for key, each in shipped().items() if not each.is_illustration}
