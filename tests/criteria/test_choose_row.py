"""Which stored regulation applies: as the files say, local ones included, drafts and what was replaced left out."""

from datetime import date

import pytest

from criteria import regulation
from criteria.models import Regulation
from criteria.selectors.rules import regulations as selectors
from criteria.services.rules import regulations
from orgs.models import Refusal

pytestmark = pytest.mark.django_db
PARTY, LOCAL = "366-QĐ/TW@2025-08-30", "12-QĐ/TU@2026-01-05"


@pytest.fixture
def loaded():
    regulations.load_shipped()


def local(**more):
    """A regulation of a province, stored as one that was made here."""
    parent = Regulation.objects.get(key=PARTY)
    data = regulation.to_data(selectors.parsed(parent)) | {
        "key": LOCAL,
        "number": "12-QĐ/TU",
        "issued_on": "2026-01-05",
        "in_force_from": "2026-01-05",
        "derived_from": PARTY,
    }
    return Regulation.objects.create(
        key=LOCAL,
        number="12-QĐ/TU",
        title="Quy định của tỉnh",
        issued_on=date(2026, 1, 5),
        in_force_from=date(2026, 1, 5),
        parent=parent,
        content=data,
        content_sha256=selectors.digest_of(data),
        **more,
    )


@pytest.mark.parametrize(
    ("side", "subject", "period", "day", "key"),
    [
        ("party", "leader", "year", date(2019, 12, 31), "132-QĐ/TW@2018-03-08"),
        ("party", "collective", "year", date(2024, 12, 31), "124-QĐ/TW@2023-10-04"),
        ("party", "leader", "quarter", date(2026, 9, 30), PARTY),
        ("state", "civil_servant", "year", date(2025, 12, 31), "90/2020/NĐ-CP@2020-08-13"),
        ("state", "civil_servant", "year", date(2026, 12, 31), "335/2025/NĐ-CP@2025-12-21"),
        ("state", "public_employee", "year", date(2026, 12, 31), "233/2026/NĐ-CP@2026-06-26"),
    ],
)
def test_stored_regulation_is_chosen_as_the_law_says(loaded, side, subject, period, day, key):
    assert selectors.choose_row(side, subject, period, day).key == key


@pytest.mark.parametrize(
    ("side", "subject", "period", "day"),
    [
        ("party", "leader", "year", date(2017, 12, 31)),
        ("party", "leader", "quarter", date(2024, 9, 30)),
        ("state", "official", "year", date(2026, 12, 31)),
    ],
)
def test_nothing_is_chosen_in_a_gap(loaded, side, subject, period, day):
    assert selectors.choose_row(side, subject, period, day) is None


def test_draft_is_not_chosen(loaded):
    local(is_draft=True)
    assert selectors.choose_row("party", "leader", "year", date(2026, 12, 31)).key == PARTY
    assert LOCAL not in [row.key for row in selectors.in_force_on(date(2026, 12, 31))]


def test_two_that_apply_are_both_named(loaded):
    local()
    with pytest.raises(Refusal) as refused:
        selectors.choose_row("party", "leader", "year", date(2026, 12, 31))
    assert PARTY in refused.value.message
    assert LOCAL in refused.value.message
    assert selectors.choose_row("party", "leader", "year", date(2025, 12, 31)).key == PARTY


def test_replaced_regulation_is_left_on_the_day_of_its_successor(loaded):
    made = local()
    Regulation.objects.filter(key=PARTY).update(in_force_until=date(2026, 1, 5), successor=made)
    assert selectors.choose_row("party", "leader", "year", date(2026, 1, 4)).key == PARTY
    assert selectors.choose_row("party", "leader", "year", date(2026, 1, 5)).key == LOCAL
