"""The columns of the workbook of earlier years, and what a cell of each may say."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import RatingKind, names
from orgs.resources import values
from orgs.resources.plans import Plan
from orgs.resources.tables import Table, TableRow

CODE, NAME, YEAR = "Mã", "Họ tên, tên đơn vị", "Năm"
KIND, GRADE = "Loại xếp loại", "Mức xếp loại"
DOCUMENT, DOCUMENT_ON = "Văn bản", "Ngày văn bản"
NAMED, MEASURE = "Hạn chế, khuyết điểm được chỉ ra", "Biện pháp khắc phục"
REMEDIED_ON, REMEDY_DOCUMENT = "Ngày khắc phục xong", "Văn bản xác nhận khắc phục"
COLUMNS = (
    CODE, NAME, YEAR, KIND, GRADE, DOCUMENT, DOCUMENT_ON, NAMED, MEASURE, REMEDIED_ON, REMEDY_DOCUMENT,
)  # fmt: skip
REQUIRED = (CODE, YEAR, DOCUMENT, DOCUMENT_ON)
# How far back the first season looks: letter of the issue, three years.
YEARS = 3

# The words of the workbook, which is Vietnamese whatever the language of the pages.
KINDS = {
    "Cán bộ": RatingKind.CADRE,
    "Đảng viên": RatingKind.PARTY_MEMBER,
    "Chính quyền": RatingKind.STATE,
    "Tập thể": RatingKind.COLLECTIVE,
    "Tổ chức": RatingKind.ORGANISATION,
}
GRADES = {
    "Hoàn thành xuất sắc nhiệm vụ": "excellent",
    "Hoàn thành tốt nhiệm vụ": "good",
    "Hoàn thành nhiệm vụ": "completed",
    "Không hoàn thành nhiệm vụ": "not_completed",
}


def _word_of(words: dict[str, str], value: object) -> str:
    text = values.text_of(value)
    found = {names.fold(title): code for title, code in words.items()}.get(names.fold(text))
    if found is None:
        raise ValueError(_("“%(text)s” is none of these: %(words)s.") % {"text": text, "words": "; ".join(words)})
    return found


def _year_of(value: object) -> int:
    text, this_year = values.text_of(value), timezone.localdate().year
    if not text.isdecimal() or not this_year - YEARS <= int(text) < this_year:
        raise ValueError(
            _("“%(text)s” is none of the years %(first)s to %(last)s.")
            % {"text": text, "first": this_year - YEARS, "last": this_year - 1}
        )
    return int(text)


def _past_day(value: object, *, is_1904: bool) -> date:
    day = values.day_of(value, is_1904=is_1904)
    if day > timezone.localdate():
        raise ValueError(_("The day %s lies in the future.") % values.text_of(day))
    return day


class PastCells:
    """Reads the cells of one row; each that cannot be read is told in the plan and left out."""

    def __init__(self, table: Table, plan: Plan) -> None:
        self.plan = plan

        def day(value: object) -> date:
            return _past_day(value, is_1904=table.is_1904)

        def line(longest: int) -> Callable[[object], str]:
            return lambda value: values.line_of_text(value, longest=longest)

        self.readers: dict[str, Callable[[object], Any]] = {
            CODE: line(60),
            NAME: line(300),
            YEAR: _year_of,
            KIND: lambda value: _word_of(KINDS, value),
            GRADE: lambda value: _word_of(GRADES, value),
            DOCUMENT: line(300),
            DOCUMENT_ON: day,
            NAMED: line(20_000),
            MEASURE: line(20_000),
            REMEDIED_ON: day,
            REMEDY_DOCUMENT: line(300),
        }

    def read(self, row: TableRow) -> dict[str, Any] | None:
        """The values of the row by column; None, with the problems noted, where something in it is wrong."""
        found: dict[str, Any] = {}
        before = len(self.plan.errors)
        for title, value in row.values.items():
            try:
                found[title] = self.readers[title](value)
            except ValueError as wrong:
                self.plan.problem(row, title, str(wrong))
        for title in REQUIRED:
            if title not in row.values:
                self.plan.problem(row, title, _("This cell is empty."))
        self._check_together(row, found)
        return None if len(self.plan.errors) > before else found

    def _check_together(self, row: TableRow, found: dict[str, Any]) -> None:
        if GRADE not in row.values and NAMED not in row.values:
            self.plan.problem(row, GRADE, _("The row gives neither a grade nor a shortcoming."))
        if GRADE in row.values and KIND not in row.values:
            self.plan.problem(row, KIND, _("Say which rating the grade belongs to."))
        if REMEDIED_ON in found and (NAMED not in row.values or REMEDY_DOCUMENT not in row.values):
            self.plan.problem(
                row, REMEDIED_ON, _("What was mended needs the shortcoming and the document that confirms it.")
            )
        if REMEDIED_ON in found and DOCUMENT_ON in found and found[REMEDIED_ON] < found[DOCUMENT_ON]:
            self.plan.problem(row, REMEDIED_ON, _("It cannot be remedied before it was named."))
