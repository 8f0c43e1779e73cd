"""The value of one cell: text, day, yes or no. A value that cannot be read raises `ValueError` with a sentence."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from orgs.models import Gender, Line, names

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?:\s+0{1,2}:00(?::00)?)?")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?")
NUMBER = re.compile(r"\d{4,5}(?:\.0)?")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
YES = {"x", "co", "dung", "1", "true", "yes", "v"}
NO = {"khong", "sai", "0", "false", "no", "-"}
GENDERS = {"nam": Gender.MALE, "nu": Gender.FEMALE}
# The words of the workbook, which is Vietnamese whatever the language of the pages.
LINES = {
    "Đảng": Line.PARTY,
    "Nhà nước": Line.STATE,
    "Mặt trận, đoàn thể": Line.FRONT,
    "Hội": Line.ASSOCIATION,
    "Doanh nghiệp": Line.ENTERPRISE,
}
LINE_TITLES = {line.value: title for title, line in LINES.items()}
_LINES = {
    **{names.fold(title): line for title, line in LINES.items()},
    **{line.value: line for line in Line},
    "chinh quyen": Line.STATE,
    "khoi dang": Line.PARTY,
    "khoi nha nuoc": Line.STATE,
    "mat tran va doan the": Line.FRONT,
    "mat tran, doan the chinh tri - xa hoi": Line.FRONT,
    "mat tran va cac doan the": Line.FRONT,
}


def text_of(value: object) -> str:
    """A cell as a line of text: composed letters, single spaces, nothing unseen; 12.0 is "12"."""
    if isinstance(value, str):
        if value.isascii() and not UNSEEN.search(value):
            return " ".join(value.split())
        return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", value)).split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)


def line_of_text(value: object, *, longest: int) -> str:
    """Text of at most `longest` characters."""
    text = text_of(value)
    if len(text) > longest:
        raise ValueError(_("Longer than %s characters.") % longest)
    return text


def name_of(value: object) -> str:
    """A person's name: letters, with the marks that names of all peoples of Vietnam carry."""
    text = line_of_text(value, longest=200)
    strange = [
        char for char in text if not (unicodedata.category(char)[0] in "LM" or char.isdecimal() or char in " '’ʼ.-–()")
    ]
    if strange:
        raise ValueError(
            _("“%(text)s” holds the sign “%(sign)s”. Is it written in an old font (TCVN3, VNI)? Convert it to Unicode.")
            % {"text": text, "sign": strange[0]}
        )
    if not any(char.isalpha() for char in text):
        raise ValueError(_("“%s” is not a name.") % text)
    return text


def day_of(value: object, *, is_1904: bool = False) -> date:
    """A day written as a day, as dd/mm/yyyy, as yyyy-mm-dd or as the serial number of a spreadsheet."""
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _serial_day(float(value), is_1904=is_1904)
    else:
        found = _day_of_text(text_of(value), is_1904=is_1904)
    if not EARLIEST <= found <= LATEST:
        raise ValueError(_("The day %s cannot be right.") % found.strftime("%d/%m/%Y"))
    return found


def _serial_day(number: float, *, is_1904: bool) -> date:
    if 1900 <= number <= 2100:
        raise ValueError(_("“%s” is only a year. Write the whole day, dd/mm/yyyy.") % int(number))
    if not 1 <= number < 110_000:
        raise ValueError(_("“%s” is not a day. Write it as dd/mm/yyyy.") % text_of(number))
    # Spreadsheets count a 29/02/1900 that never was: days before March 1900 lie one further.
    base = date(1904, 1, 1) if is_1904 else date(1899, 12, 31 if number < 60 else 30)
    return base + timedelta(days=int(number))


@lru_cache(maxsize=4096)
def _day_of_text(text: str, *, is_1904: bool) -> date:
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif NUMBER.fullmatch(text):
        return _serial_day(float(text), is_1904=is_1904)
    else:
        raise ValueError(_("“%s” is not a day. Write it as dd/mm/yyyy.") % text)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no day %s.") % text) from None


def flag_of(value: object) -> bool:
    """Yes (x, Có, 1, TRUE) or no (Không, 0, FALSE)."""
    folded = names.fold(text_of(value))
    if folded in YES or folded in NO:
        return folded in YES
    raise ValueError(_("“%s” is neither “Có” nor “Không”.") % text_of(value))


def gender_of(value: object) -> Gender:
    """Nam or Nữ."""
    found = GENDERS.get(names.fold(text_of(value)))
    if found is None:
        raise ValueError(_("“%s” is neither “Nam” nor “Nữ”.") % text_of(value))
    return found


def line_of(value: object) -> Line:
    """The line (khối) by the words of the template."""
    found = _LINES.get(names.fold(text_of(value)))
    if found is None:
        raise ValueError(
            _("“%(text)s” is none of the lines: %(lines)s.") % {"text": text_of(value), "lines": "; ".join(LINES)}
        )
    return found


def email_of(value: object) -> str:
    """An e-mail address."""
    text = line_of_text(value, longest=254)
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("“%s” is not an e-mail address.") % text) from None
    return text
