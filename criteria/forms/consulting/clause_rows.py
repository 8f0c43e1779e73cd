"""The clauses of a text as rows of one page: what was typed, and the act of the button beside a row.

Works without any script: every button sends the whole page, so that nothing typed elsewhere is lost.
"""

from django.http import QueryDict

from criteria.models import ConsultedText
from criteria.selectors.consulting import cutting
from criteria.services.consulting.consulted_texts import ClauseRow

JOIN, SPLIT, LEAVE_OUT = "join", "split", "leave_out"


def rows_of(text: ConsultedText) -> list[ClauseRow]:
    """The clauses as they are saved."""
    return [ClauseRow(row.label, row.body, row.source) for row in text.clauses.order_by("order")]


def read(text: ConsultedText, post: QueryDict) -> tuple[list[ClauseRow], str]:
    """(rows as the page sent them after the act of its button, the anchor of the row that was acted on).

    The words of a text that comes from the system are not changed here; what a row shows is known by its place.
    """
    is_own = text.framework_id is None and text.regulation_id is None
    rows = [_typed(row, place, post) if is_own else row for place, row in enumerate(rows_of(text), start=1)]
    if is_own and (post.get("label-new", "").strip() or post.get("body-new", "").strip()):
        rows.append(ClauseRow(post.get("label-new", ""), post.get("body-new", "")))
    act, _dash, number = post.get("act", "").partition("-")
    place = int(number) if number.isdecimal() else 0
    if not 1 <= place <= len(rows):
        return rows, ""
    return _acted(rows, act, place - 1, is_own), f"#clause-{place}"


def _typed(row: ClauseRow, place: int, post: QueryDict) -> ClauseRow:
    label, body = (post.get(f"{name}-{place}") for name in ("label", "body"))
    return ClauseRow(
        row.label if label is None else label,
        row.body if body is None else body.replace("\r\n", "\n"),
        row.source,
    )


def _acted(rows: list[ClauseRow], act: str, place: int, is_own: bool) -> list[ClauseRow]:
    row = rows[place]
    if act == LEAVE_OUT:
        return [*rows[:place], *rows[place + 1 :]]
    if act == JOIN and is_own and place + 1 < len(rows):
        following = rows[place + 1]
        joined = cutting.join(cutting.Piece(row.label, row.body), cutting.Piece(following.label, following.body))
        return [*rows[:place], ClauseRow(joined.label, joined.body, row.source), *rows[place + 2 :]]
    if act == SPLIT and is_own:
        parts = cutting.split(cutting.Piece(row.label, row.body))
        return [*rows[:place], *(ClauseRow(part.label, part.body, row.source) for part in parts), *rows[place + 1 :]]
    return rows
