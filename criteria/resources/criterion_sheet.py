"""The sheet of a framework: its columns in their order, and a row of it read into clean values."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from criteria.models import Direction, Level
from orgs.models import record

LEVEL_NAMES = {"excellent": "Xuất sắc", "good": "Tốt", "average": "Trung bình", "poor": "Kém"}
# The heads of the workbook are Vietnamese data, like those of the people's workbook.
HEADS = {
    "group_order": "Thứ tự nhóm",
    "group_number": "Số nhóm",
    "group_title": "Tên nhóm",
    "group_key": "Nhóm của quy định",
    "group_sum": "Tổng của nhóm",
    "group_fixed": "Tổng do quy định ấn định",
    "group_cites": "Căn cứ của nhóm",
    "order": "Thứ tự",
    "number": "Số",
    "code": "Mã",
    "title": "Tiêu chí",
    "concretises": "Cụ thể hóa tiêu chí",
    "is_required": "Bắt buộc",
    "item_key": "Mục của mẫu",
    "weight": "Trọng số",
    "direction": "Chiều của chỉ tiêu",
    "cites": "Căn cứ",
    **{f"target_{level}": f"Chỉ tiêu mức {name}" for level, name in LEVEL_NAMES.items()},
    **{f"points_{level}": f"Điểm mức {name}" for level, name in LEVEL_NAMES.items()},
    **LEVEL_NAMES,
}
NEEDED = ("group_order", "group_number", "group_title", "order", "number", "title")
GROUP_WORDS = ("group_number", "group_title", "group_key", "group_cites")
WORDS = (*GROUP_WORDS, "number", "code", "title", "concretises", "item_key", "cites")
FLAGS = {"có": True, "không": False}
DIRECTIONS = {"": "", "không dưới": str(Direction.AT_LEAST), "không quá": str(Direction.AT_MOST)}
WHOLE_MOST = 32_767
LARGEST = {"target": 10**10, "points": 10_000, "weight": 10_000, "sum": 10_000}


def refuse_wrong_heads(heads: list[str]) -> None:
    """ValidationError where a column is missing, stands twice, or was moved: each is named with its place."""
    if missing := [HEADS[name] for name in NEEDED if HEADS[name] not in heads]:
        raise ValidationError(_("The workbook lacks the columns: %(columns)s.") % {"columns": ", ".join(missing)})
    known = [head for head in heads if head in HEADS.values()]
    if twice := sorted({head for head in known if known.count(head) > 1}):
        raise ValidationError(_("These columns stand twice: %(columns)s.") % {"columns": ", ".join(twice)})
    wanted = [head for head in HEADS.values() if head in known]
    if moved := [head for head, right in zip(known, wanted, strict=True) if head != right]:
        places = ", ".join(f"“{head}” ({letter_of(heads.index(head))})" for head in moved)
        raise ValidationError(
            _("The columns were moved: %(columns)s. Put them in the order of the workbook that this product writes.")
            % {"columns": places}
        )


def letter_of(place: int) -> str:
    """The letters of a column as a workbook shows them: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_of(row: dict[str, Any], name: str) -> str:
    """The cell as composed text; empty where the column is missing."""
    value = row.get(HEADS[name])
    # A workbook gives whole numbers as 1.0 now and then.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else record.nfc(str(value))


def read_values(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `CriterionRow` that the sheet has columns for; ValidationError names each wrong column."""
    errors: dict[str, str] = {HEADS[name]: _("is empty") for name in NEEDED if not text_of(row, name)}
    values: dict[str, Any] = {name: text_of(row, name) for name in WORDS if HEADS[name] in row}
    for name, read in READERS.items():
        if HEADS[name] in row:
            _put(values, errors, name, read, text_of(row, name))
    for kind in ("target", "points"):
        heads = {level: f"{kind}_{level}" for level in Level.values if HEADS[f"{kind}_{level}"] in row}
        found: dict[str, Any] = {}
        for name in heads.values():
            _put(found, errors, name, _decimal(LARGEST[kind]), text_of(row, name))
        if heads:
            values["targets" if kind == "target" else kind] = {level: found.get(name) for level, name in heads.items()}
    values["texts"] = {level: text_of(row, level) for level in Level.values}
    if errors:
        raise ValidationError({head: [f"{head}: {said}"] for head, said in errors.items()})
    return values


def _put(values: dict[str, Any], errors: dict[str, str], name: str, read: Callable[[str], Any], text: str) -> None:
    try:
        values[name] = read(text)
    except ValueError as error:
        errors.setdefault(HEADS[name], str(error))


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) > WHOLE_MOST:
        raise ValueError(_("must be a whole number"))
    return int(text)


def _flag(text: str) -> bool:
    if text.casefold() not in ("", *FLAGS):
        raise ValueError(_("must be “có” or “không”"))
    return FLAGS.get(text.casefold(), False)


def _required(text: str) -> bool:
    return _flag(text) if text else True


def _direction(text: str) -> str:
    if text.casefold() not in DIRECTIONS:
        raise ValueError(_("must be “không dưới” or “không quá”"))
    return DIRECTIONS[text.casefold()]


def _decimal(most: int) -> Callable[[str], Decimal | None]:
    def read(text: str) -> Decimal | None:
        if not text:
            return None
        try:
            value = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
        except InvalidOperation as error:
            raise ValueError(_("must be a number")) from error
        if not 0 <= value < most:
            raise ValueError(_("must be a number"))
        return value

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "group_order": _whole,
    "order": _whole,
    "group_sum": _decimal(LARGEST["sum"]),
    "group_fixed": _flag,
    "is_required": _required,
    "weight": _decimal(LARGEST["weight"]),
    "direction": _direction,
}
