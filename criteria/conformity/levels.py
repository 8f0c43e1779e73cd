"""Levels compared: none may be easier to reach than above, and a text that reads otherwise must be confirmed."""

import operator
from collections.abc import Iterator
from decimal import Decimal

from criteria.conformity import vocabulary, words
from criteria.conformity.lineage import Descent, descents
from criteria.conformity.model import Confirmation, Criterion, Framework, Level
from criteria.conformity.places import PlacedCriterion
from criteria.conformity.result import Breach, breach
from criteria.conformity.texts import fingerprint, normalised

AT_LEVEL = "Tiêu chí {code}, mức {level}: {reasons} so với tiêu chí {above}."
NO_TEXT = "không có nội dung"
NO_TARGET = "không có chỉ tiêu {above}"
EASIER_WORDS = {
    vocabulary.AT_LEAST: "chỉ tiêu {own} thấp hơn {above}",
    vocabulary.AT_MOST: "chỉ tiêu {own} cao hơn {above}",
    None: "chỉ tiêu {own} khác {above} mà không ghi chiều",
}
EASIER = {vocabulary.AT_LEAST: operator.lt, vocabulary.AT_MOST: operator.gt, None: operator.ne}
NO_POINTS = "không ghi điểm {above}"
MORE_POINTS = "{own} điểm, nhiều hơn {above} điểm"
MORE_TOGETHER = (
    "Các tiêu chí {codes} cùng cụ thể hóa tiêu chí {above}: mức {level} cộng lại {own} điểm, nhiều hơn {points} điểm."
)
OTHER_DIRECTION = "Tiêu chí {code}: chỉ tiêu “{own}”, ở tiêu chí {above} là “{direction}”."
OTHER_TEXT = (
    "Tiêu chí {code}, mức {level}: câu chữ khác tiêu chí {above}, chưa được cơ quan ban hành khung cấp trên "
    "xác nhận là không nới lỏng."
)
ENDED_TEXT = (
    "Tiêu chí {code}, mức {level}: đã được xác nhận là không nới lỏng theo {document}, nhưng câu chữ ở tiêu chí "
    "{above} đã thay đổi sau đó; cần xác nhận lại."
)


def breaches(parent: Framework, child: Framework) -> Iterator[Breach]:
    """Levels loosened, directions changed, texts that read otherwise and are not confirmed."""
    for descent in descents(parent, child):
        cites = words.clause_of_criterion(parent, descent.above.criterion)
        for piece in descent.pieces:
            yield from _piece(descent.above.criterion, piece, cites)
        yield from _together(descent, cites)


def _piece(above: Criterion, piece: PlacedCriterion, cites: str) -> Iterator[Breach]:
    own = piece.criterion
    is_turned = above.has_targets and own.direction != above.direction
    if is_turned:
        directions = {"own": words.DIRECTION_NAMES[own.direction], "direction": words.DIRECTION_NAMES[above.direction]}
        message = OTHER_DIRECTION.format(code=own.code, above=above.code, **directions)
        yield breach(vocabulary.LEVEL_LOOSENED, piece.place.below("direction"), message, cites)
    for (name, level), (_, wanted) in zip(own.levels.each(), above.levels.each(), strict=True):
        place = piece.place.below(f"levels.{name}")
        places = {"code": own.code, "level": words.LEVEL_NAMES[name], "above": above.code}
        found = (_text(level, wanted), _target(level, wanted, above.direction, is_turned), _points(level, wanted))
        if any(found):
            message = AT_LEVEL.format(reasons="; ".join(filter(None, found)), **places)
            yield breach(vocabulary.LEVEL_LOOSENED, place, message, cites)
        if _reads_otherwise(level, wanted):
            confirmed = _confirmations(own, name, level)
            if not any(_holds(row, wanted) for row in confirmed):
                sentence = ENDED_TEXT if confirmed else OTHER_TEXT
                document = confirmed[-1].document if confirmed else ""
                yield breach(vocabulary.LEVEL_CHANGED, place, sentence.format(document=document, **places), cites)


def _text(own: Level, above: Level) -> str:
    return NO_TEXT if above.text.strip() and not own.text.strip() else ""


def _target(own: Level, above: Level, direction: str | None, is_turned: bool) -> str:
    if above.target is None:
        return ""
    if own.target is None:
        return NO_TARGET.format(above=words.number(above.target))
    # Figures of opposite directions cannot be compared; the turn itself is the breach.
    if is_turned or not EASIER[direction](own.target, above.target):
        return ""
    return EASIER_WORDS[direction].format(own=words.number(own.target), above=words.number(above.target))


def _points(own: Level, above: Level) -> str:
    if above.points is None or (own.points is not None and own.points <= above.points):
        return ""
    sentence = NO_POINTS if own.points is None else MORE_POINTS
    return sentence.format(own=words.number(own.points), above=words.number(above.points))


def _reads_otherwise(own: Level, above: Level) -> bool:
    one, other = normalised(own.text), normalised(above.text)
    return bool(one and other) and one != other


def _confirmations(criterion: Criterion, name: str, level: Level) -> list[Confirmation]:
    digest = fingerprint(level.text)
    return [row for row in criterion.confirmed if row.level == name and row.text_sha256 == digest]


def _holds(row: Confirmation, above: Level) -> bool:
    # Read beside another text of the parent, the officer has not said that this one is not loosened.
    return row.above_sha256 in (None, fingerprint(above.text))


def _together(descent: Descent, cites: str) -> Iterator[Breach]:
    """Pieces that each keep the points of a level, but give more of them together."""
    for name, wanted in descent.above.criterion.levels.each():
        points = [getattr(piece.criterion.levels, name).points for piece in descent.pieces]
        known = [value for value in points if value is not None]
        if wanted.points is None or max(known, default=wanted.points) > wanted.points:
            continue
        if (total := sum(known, Decimal(0))) > wanted.points:
            message = MORE_TOGETHER.format(
                codes=descent.codes,
                above=descent.above.criterion.code,
                level=words.LEVEL_NAMES[name],
                own=words.number(total),
                points=words.number(wanted.points),
            )
            yield breach(vocabulary.LEVEL_LOOSENED, descent.first.place.below(f"levels.{name}"), message, cites)
