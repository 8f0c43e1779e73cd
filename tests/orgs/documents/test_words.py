"""Values as words: the spelling of dates and numbers is typed from NĐ 30/2020/NĐ-CP and the letters."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from orgs.documents import Choice, Fields, Head, HeadKind, Section, Sheet, day_in_words, shown
from orgs.documents.words import clean, fair_copy, number_line, place_and_day


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("Tốt", "Tốt"),
        (0, "0"),
        (2024, "2024"),
        (-7, "-7"),
        (9999, "9999"),
        (10000, "10.000"),
        (1234567, "1.234.567"),
        (Decimal("87.50"), "87,50"),
        (Decimal("0.5"), "0,5"),
        (Decimal("12345.6"), "12.345,6"),
        (Decimal("1E+2"), "100"),
        (date(2024, 11, 5), "05/11/2024"),
        (datetime(2024, 11, 5, 20, 30, tzinfo=UTC), "03:30 06/11/2024"),
    ],
)
def test_value_is_shown_in_vietnamese(value, expected):
    assert shown(value) == expected


@pytest.mark.parametrize("value", [1.5, True, object()])
def test_value_is_refused_when_it_is_not_exact(value):
    with pytest.raises(TypeError):
        shown(value)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2021, 9, 20), "ngày 20 tháng 9 năm 2021"),
        (date(2023, 10, 18), "ngày 18 tháng 10 năm 2023"),
        (date(2024, 1, 1), "ngày 01 tháng 01 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (None, "ngày … tháng … năm …"),
    ],
)
def test_day_is_written_as_on_the_letters(day, expected):
    assert day_in_words(day) == expected


def test_number_line_follows_the_kind_of_head():
    assert number_line(Head(number="1823-CV/TU")) == "Số 1823-CV/TU"
    assert number_line(Head(number="Số 04-CV/TU")) == "Số 04-CV/TU"
    assert number_line(Head(kind=HeadKind.STATE, number="12/QĐ-UBND")) == "Số: 12/QĐ-UBND"
    assert number_line(Head()) == ""


def test_date_line_stays_away_without_a_place():
    assert place_and_day(Head(dated_on=date(2024, 1, 1))) == ""
    assert place_and_day(Head(place="Bình Định")) == "Bình Định, ngày … tháng … năm …"


def test_text_becomes_nfc_and_loses_control_characters():
    spread = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    assert clean(f"{spread}\x00\x0b\x1f\r\nsau\rcuối\x85\ufffe") == "Nguyễn Thị Ánh\nsau\ncuối"


def test_fair_copy_cleans_every_text_of_a_sheet():
    spread = unicodedata.normalize("NFD", "Tốt")
    sheet = Sheet(
        title=gettext_lazy("Tốt"),
        head=Head(body=(spread,)),
        sections=(Section(spread, (Choice(spread, (spread, "Kém"), spread), Fields((("Số", 3), (spread, spread))))),),
    )
    assert fair_copy(sheet) == Sheet(
        title="Tốt",
        head=Head(body=("Tốt",)),
        sections=(Section("Tốt", (Choice("Tốt", ("Tốt", "Kém"), "Tốt"), Fields((("Số", 3), ("Tốt", "Tốt"))))),),
    )


def test_choice_is_refused_when_it_is_not_on_the_paper():
    with pytest.raises(ValueError, match="is none of"):
        Choice("", ("Tốt", "Kém"), "Khá")
