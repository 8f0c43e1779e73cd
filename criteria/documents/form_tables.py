"""The tables of a filled form: marks of common items, axes, shares, signs, tasks, levels, and their sums."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from criteria.regulation.answering import SIGN_ANSWERS, number_of, task_rows
from criteria.regulation.counted import form_points, item_points, plain, row_points
from criteria.regulation.form import Form, Item, Section
from criteria.regulation.parsing import shown_of
from orgs.documents import Align, Block, Column, Paragraph, Row, Table

Answer = Mapping[str, str]
DOTS = "……"
# So wide that the longest word of each head fits, on the widest table there is (landscape, fifteen columns).
WIDTHS = {
    "axis": 10, "task": 20, "kind": 11, "product": 13, "due": 17, "finished": 17, "progress": 9, "evidence": 16,
    "base": 12, "factor": 9, "points": 10, "bonus": 13, "state": 11, "remark": 11,
}  # fmt: skip
OTHER_WIDTH = 11
ALIGNS = {"text": Align.LEFT}
EMPTY_TASKS = 3


def checklists(pairs: Sequence[tuple[Item, Answer]]) -> Iterable[Block]:
    """Neighbouring checklists as one table: subgroups in bold, a cross under the mark, points, their sum."""
    first = pairs[0][0]
    marks = tuple(Column(mark.label, 12, Align.CENTER) for mark in first.marks)
    columns = (
        Column("TT", 7, Align.CENTER),
        Column("Tiêu chí, nội dung", 66 - 8 * len(marks)),
        *marks,
        Column("Điểm tối đa", 11, Align.CENTER),
        Column("Điểm đạt", 11, Align.CENTER),
        Column("Ghi chú", 17),
    )
    rows: list[Row] = []
    for item, answer in pairs:
        if [row.key for row in item.rows] != [item.number]:
            most = sum(row.points for row in item.rows)
            blanks = tuple("" for _mark in item.marks)
            rows.append(Row((item.number, item.label, *blanks, str(most), "", ""), is_strong=True))
        rows += [_marked(item, answer, row.key) for row in item.rows]
    total = sum(row.points for item, _answer in pairs for row in item.rows)
    reached = [item_points(item, answer) for item, answer in pairs]
    written = "" if None in reached else shown(sum((each for each in reached if each is not None), Decimal(0)))
    footer = Row(("", "Tổng (A)", *("" for _mark in marks), str(total), written, ""), is_strong=True)
    yield Table(columns, rows, (footer,), caption=first.caption)


def _marked(item: Item, answer: Answer, key: str) -> Row:
    row = next(row for row in item.rows if row.key == key)
    mark = answer.get(key, "")
    reached = row_points(item, key, mark)
    crosses = tuple("x" if each.key == mark else "" for each in item.marks)
    note = answer.get(f"{key}.note", "")
    return Row((key, row.label, *crosses, str(row.points), "" if reached is None else shown(reached), note))


def axes(item: Item, answer: Answer) -> Table:
    """The axes with weight and points, their sum and what it makes out of the maximum of the group."""
    columns = (
        Column("TT", 6, Align.CENTER),
        Column("Trục kết quả trọng tâm", 56),
        Column("Tỷ trọng (%)", 14, Align.CENTER),
        Column("Điểm đạt", 14, Align.CENTER),
    )
    rows = [
        (row.key, row.label, *(shown_of(answer.get(f"{row.key}.{name}", ""), "decimal") for name in PAIR))
        for row in item.rows
    ]
    sums = [
        sum((number_of(answer.get(f"{row.key}.{name}", "")) or Decimal(0) for row in item.rows), Decimal(0))
        for name in PAIR
    ]
    counted = item_points(item, answer)
    result = DOTS if counted is None else shown(counted)
    rule = f"TỔNG (B) = điểm các trục × {shown_of(item.maximum, 'decimal')}/100"
    return Table(
        columns,
        rows,
        (
            Row(("", "Tổng các trục", *(shown(each) if each else "" for each in sums)), is_strong=True),
            Row(("", rule, "", result), is_strong=True),
        ),
    )


PAIR = ("weight", "points")


def shares(item: Item, answer: Answer) -> Table:
    """The shares in percent."""
    columns = (Column("Ký hiệu", 12, Align.CENTER), Column("Nội dung", 60), Column("Tỷ lệ (%)", 18, Align.CENTER))
    letters = {"dd": "đ"}
    return Table(
        columns,
        [
            (letters.get(row.key, row.key), row.label, shown_of(answer.get(f"{row.key}.points", ""), "decimal"))
            for row in item.rows
        ],
    )


def signs(item: Item, answer: Answer) -> Table:
    """Each sign with a cross under none or yes, and what it is."""
    columns = (
        Column("TT", 7, Align.CENTER),
        Column("Biểu hiện", 50),
        Column("Không có", 10, Align.CENTER),
        Column("Có", 8, Align.CENTER),
        Column("Nội dung cụ thể", 25),
    )
    rows = [
        (
            row.key,
            row.label,
            *("x" if answer.get(row.key) == each else "" for each in SIGN_ANSWERS),
            answer.get(f"{row.key}.note", ""),
        )
        for row in item.rows
    ]
    return Table(columns, rows)


def tasks(item: Item, answer: Answer) -> Table:
    """One line for each task; a few empty ones where nothing is written."""
    columns = tuple(
        Column(
            column.label, WIDTHS.get(column.key, OTHER_WIDTH), Align.LEFT if column.holds == "text" else Align.CENTER
        )
        for column in item.columns
    )
    numbers = task_rows(answer)
    rows = [
        (str(place), *(_task_cell(item, column.key, column.holds, answer.get(f"{row}.{column.key}", ""))
                       for column in item.columns))
        for place, row in enumerate(numbers, start=1)
    ]  # fmt: skip
    empty = [("", *("" for _column in columns)) for _row in range(EMPTY_TASKS)]
    return Table((Column("STT", 9, Align.CENTER), *columns), rows or empty)


def _task_cell(item: Item, key: str, holds: str, text: str) -> str:
    return f"Trục {text}" if key == "axis" and item.row(text) else shown_of(text, holds)


def levels(sections: Sequence[Section], content: Mapping[str, Mapping[str, Answer]], words: Mapping[str, str]) -> Table:
    """The table of an analysis sheet: each section in bold, under it its criteria with a cross at their level."""
    columns = (
        Column("TT", 6, Align.CENTER),
        Column("Tiêu chí đánh giá", 54),
        *(Column(word, 10, Align.CENTER, "Cấp độ thực hiện") for word in words.values()),
    )
    rows: list[Row] = []
    for section in sections:
        answers = content.get(section.key, {})
        rows.append(Row((section.number, section.title, *("" for _word in words)), is_strong=True))
        for item in section.items:
            level = answers.get(item.key, {}).get("level")
            rows.append(Row((item.number, item.label, *("x" if level == each else "" for each in words))))
    return Table(columns, rows)


def out_of(text: str, most: Decimal) -> str:
    """Points out of their maximum: 27,5/30 điểm, dots where none are written."""
    return f"{shown_of(text, 'decimal') or DOTS}/{shown(most)} điểm"


def last_counted(form: Form) -> str:
    """The key of the section after which the sum of all points stands; "" where there is nothing to sum."""
    counted = [
        section.key for section in form.sections for item in section.items if item.kind in ("checklist", "points")
    ]
    groups = {item.group for item in form.items() if item.kind == "points"}
    is_whole = "results" in groups and ("common" in groups or any(item.kind == "checklist" for item in form.items()))
    has_shares = any(item.counts == "shares" for item in form.items())
    return counted[-1] if counted and is_whole and not has_shares else ""


def whole_sum(form: Form, content: Mapping[str, Mapping[str, Answer]]) -> Iterable[Block]:
    """The line with the sum of both groups."""
    found = form_points(form, content)
    yield Paragraph(f"{DOTS if found is None else shown(found)}/100 điểm", lead="TỔNG (A + B): ")


def shown(number: Decimal) -> str:
    """A number as the paper writes it: 93,5."""
    return plain(number).replace(".", ",")
