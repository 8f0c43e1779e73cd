"""One cell: days in every spelling, names of all peoples, old fonts told apart, yes and no."""

import unicodedata
from datetime import date, datetime, time

import pytest

from orgs.models import Gender, Line
from orgs.resources import values

BORN = date(1975, 5, 19)


@pytest.mark.parametrize(
    "value",
    [
        "19/05/1975",
        "19/5/1975",
        " 19 / 05 / 1975 ",
        "19-05-1975",
        "19.05.1975",
        "1975-05-19",
        "1975-05-19 00:00:00",
        "19/05/1975 00:00",
        "19/05/1975\u00a0",
        "\u200b19/05/1975",
        datetime(1975, 5, 19, 7, 30),  # noqa: DTZ001 - a cell has no zone
        date(1975, 5, 19),
        27533,
        27533.0,
        "27533",
    ],
)
def test_day_is_read_in_every_spelling(value):
    assert values.day_of(value) == BORN


@pytest.mark.parametrize(("serial", "day"), [(1, date(1904, 1, 2)), (26071, BORN)])
def test_serial_days_of_books_that_count_from_1904(serial, day):
    assert values.day_of(serial, is_1904=True) == day


@pytest.mark.parametrize(("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))])
def test_serial_days_around_the_29th_of_february_that_never_was(serial, day):
    assert values.day_of(serial) == day


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("31/02/1975", "Không có ngày 31/02/1975."),
        ("19/13/1975", "Không có ngày 19/13/1975."),
        ("19/05/75", "“19/05/75” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
        ("tháng 5 năm 1975", "“tháng 5 năm 1975” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
        (1975, "“1975” chỉ là năm. Hãy ghi đủ ngày/tháng/năm."),
        (1975.0, "“1975” chỉ là năm. Hãy ghi đủ ngày/tháng/năm."),
        ("1975", "“1975” chỉ là năm. Hãy ghi đủ ngày/tháng/năm."),
        (-3, "“-3” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
        (1e12, "“1000000000000” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
        (date(1875, 5, 19), "Ngày 19/05/1875 không hợp lý."),
        ("19/05/2975", "Ngày 19/05/2975 không hợp lý."),
        (True, "“TRUE” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
        (time(7, 30), "“07:30:00” không phải là ngày. Hãy ghi dạng ngày/tháng/năm."),
    ],
)
def test_what_is_no_day_is_told_in_a_sentence(value, sentence):
    with pytest.raises(ValueError) as refused:
        values.day_of(value)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Nguyễn \t Văn\u00a0 Ấn \n", "Nguyễn Văn Ấn"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Ấn"), "Nguyễn Văn Ấn"),
        ("Ng\u200buyễn\ufeff Văn\u00ad Ấn", "Nguyễn Văn Ấn"),
        ("a\u2028b\u202fc", "a b c"),
        (12.0, "12"),
        (12.5, "12.5"),
        (12, "12"),
        (True, "TRUE"),
        (date(2024, 11, 3), "03/11/2024"),
        (None, ""),
        ("", ""),
        ("=1+1", "=1+1"),
    ],
)
def test_text_is_composed_and_clean(value, text):
    assert values.text_of(value) == text


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn Ấn", "H’Bia Niê", "Y Blŏk Ênuôl", "K'Sor H'Bơ Khăp", "Siu Čar", "Đinh Thị Nguyệt-Ánh", "Lê A (Bé)"],
)
def test_names_of_all_peoples_are_names(name):
    assert values.name_of(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name", ["NguyÔn V¨n A", "Nguy\ufffdn", "An; DROP TABLE", "An\u0001\u0002<b>", "=HYPERLINK(1)", "An@b.vn"]
)
def test_strange_signs_in_a_name_are_told(name):
    with pytest.raises(ValueError, match="có ký tự"):
        values.name_of(name)


@pytest.mark.parametrize("name", ["123", " - ", "..."])
def test_name_without_letters_is_no_name(name):
    with pytest.raises(ValueError, match="không phải là họ tên"):
        values.name_of(name)


@pytest.mark.parametrize(
    ("value", "flag"),
    [("x", True), ("X", True), ("Có", True), ("có", True), (1, True), (1.0, True), (True, True), ("TRUE", True)]
    + [("Không", False), ("khong", False), (0, False), (False, False), ("FALSE", False)],
)
def test_yes_and_no(value, flag):
    assert values.flag_of(value) is flag


@pytest.mark.parametrize("value", ["có thể", "2", "trưởng phòng"])
def test_neither_yes_nor_no(value):
    with pytest.raises(ValueError, match="không phải “Có” hoặc “Không”"):
        values.flag_of(value)


@pytest.mark.parametrize(("value", "gender"), [("Nam", Gender.MALE), ("nữ", Gender.FEMALE), ("NU", Gender.FEMALE)])
def test_gender(value, gender):
    assert values.gender_of(value) == gender


def test_unknown_gender_is_told():
    with pytest.raises(ValueError, match="“khác” không phải “Nam” hoặc “Nữ”"):
        values.gender_of("khác")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Đảng", Line.PARTY),
        ("nhà nước", Line.STATE),
        ("Chính quyền", Line.STATE),
        ("Mặt trận, đoàn thể", Line.FRONT),
        ("Mặt trận và đoàn thể", Line.FRONT),
        ("Hội", Line.ASSOCIATION),
        ("Doanh nghiệp", Line.ENTERPRISE),
        ("state", Line.STATE),
    ],
)
def test_lines(value, line):
    assert values.line_of(value) == line


def test_unknown_line_names_those_that_are():
    with pytest.raises(ValueError) as refused:
        values.line_of("Khối lạ")
    assert str(refused.value) == (
        "“Khối lạ” không thuộc các khối: Đảng; Nhà nước; Mặt trận, đoàn thể; Hội; Doanh nghiệp."
    )


@pytest.mark.parametrize("value", ["a@", "a b@c.vn", "a@b@c.vn", "không có"])
def test_what_is_no_address_is_told(value):
    with pytest.raises(ValueError, match="không phải là địa chỉ thư điện tử"):
        values.email_of(value)


def test_too_long_a_text_is_told():
    with pytest.raises(ValueError, match="Dài hơn 5 ký tự"):
        values.line_of_text("sáu chữ", longest=5)
