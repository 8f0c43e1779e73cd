"""What one framework changes in another, row by row: two versions, or a child beside its parent."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.conformity import words
from criteria.conformity.model import Criterion, Framework, Group, Level
from criteria.conformity.places import PlacedCriterion, criteria_of
from criteria.conformity.texts import normalised
from criteria.conformity.vocabulary import AT_LEAST, AT_MOST

ADDED, REMOVED, REWORDED, MOVED, REWEIGHTED = "added", "removed", "reworded", "moved", "reweighted"
TIGHTENED, LOOSENED = "tightened", "loosened"
KINDS = (ADDED, TIGHTENED, LOOSENED, REWORDED, REMOVED, REWEIGHTED, MOVED)
HEAD = {"title": "tên khung", "legal_basis": "căn cứ", "regulation": "quy định áp dụng", "form": "mẫu"}
REQUIRED_WORDS = {True: "bắt buộc", False: "không bắt buộc"}
FIXED_WORDS = {True: "do quy định ấn định", False: "không cố định"}


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: its kind, the code of the criterion or group (empty: the framework itself), what it is in
    Vietnamese, the two states as people read them, and `part`, the same place as a word (levels.good.target)."""

    kind: str
    code: str
    what: str
    before: str
    after: str
    part: str


def difference(before: Framework, after: Framework) -> tuple[Row, ...]:
    """Every difference, in the order of `before`, what is new at the end.

    Where `after` concretises `before`, its criteria stand beside those that they concretise, several beside one where
    it was split; otherwise both are versions, and criteria of one code are the same criterion.
    """
    is_child = after.parent == before.key and after.key != before.key
    rows = [] if is_child else [*_head(before, after)]
    return (*rows, *_groups(before, after), *_criteria(before, after, is_child))


def _head(before: Framework, after: Framework) -> Iterator[Row]:
    for part, what in HEAD.items():
        yield from _texts("", part, what, getattr(before, part), getattr(after, part))
    yield from (
        Row(REMOVED, "", "đối tượng áp dụng", f"{each.code} {each.name}", "", "covers")
        for each in before.covers
        if each not in after.covers
    )
    yield from (
        Row(ADDED, "", "đối tượng áp dụng", "", f"{each.code} {each.name}", "covers")
        for each in after.covers
        if each not in before.covers
    )


def _groups(before: Framework, after: Framework) -> Iterator[Row]:
    later = {group.code: group for group in after.groups}
    for group in before.groups:
        if group.code in later:
            yield from _group(group, later[group.code])
        else:
            yield Row(REMOVED, group.code, "nhóm tiêu chí", group.title, "", "group")
    known = {group.code for group in before.groups}
    for group in after.groups:
        if group.code not in known:
            yield Row(ADDED, group.code, "nhóm tiêu chí", "", group.title, "group")


def _group(before: Group, after: Group) -> Iterator[Row]:
    code = after.code
    yield from _texts(code, "title", "tên nhóm", before.title, after.title)
    if before.group != after.group:
        yield Row(MOVED, code, "nhóm của quy định", before.group, after.group, "group")
    if before.sum != after.sum:
        yield Row(REWEIGHTED, code, "tổng của nhóm", words.number(before.sum), words.number(after.sum), "sum")
    if before.sum_fixed != after.sum_fixed:
        kind = TIGHTENED if after.sum_fixed else LOOSENED
        fixed = FIXED_WORDS[before.sum_fixed], FIXED_WORDS[after.sum_fixed]
        yield Row(kind, code, "tổng của nhóm", *fixed, "sum_fixed")


def _criteria(before: Framework, after: Framework, is_child: bool) -> Iterator[Row]:
    later: dict[str | None, list[PlacedCriterion]] = {}
    for placed in criteria_of(after):
        later.setdefault(placed.criterion.concretises if is_child else placed.criterion.code, []).append(placed)
    for placed in criteria_of(before):
        pieces = later.pop(placed.criterion.code, [])
        if not pieces:
            yield Row(REMOVED, placed.criterion.code, "tiêu chí", placed.criterion.title, "", "criterion")
        for piece in pieces:
            yield from _criterion(placed, piece)
            if not is_child:
                yield from _aim(placed.criterion, piece.criterion)
    for pieces in later.values():
        for piece in pieces:
            yield Row(ADDED, piece.criterion.code, "tiêu chí", "", piece.criterion.title, "criterion")


def _criterion(before: PlacedCriterion, after: PlacedCriterion) -> Iterator[Row]:
    one, two, code = before.criterion, after.criterion, after.criterion.code
    if before.group.code != after.group.code:
        yield Row(MOVED, code, "nhóm tiêu chí", words.named(before.group), words.named(after.group), "group")
    yield from _texts(code, "title", "tên tiêu chí", one.title, two.title)
    if one.required != two.required:
        kind = TIGHTENED if two.required else LOOSENED
        yield Row(kind, code, "tính bắt buộc", REQUIRED_WORDS[one.required], REQUIRED_WORDS[two.required], "required")
    if one.weight != two.weight:
        yield Row(REWEIGHTED, code, "trọng số", words.number(one.weight), words.number(two.weight), "weight")
    if one.item != two.item:
        yield Row(MOVED, code, "mục của mẫu", one.item, two.item, "item")
    yield from _texts(code, "cites", "căn cứ", one.cites, two.cites)
    yield from _direction(one, two)
    for (name, level), (_, other) in zip(one.levels.each(), two.levels.each(), strict=True):
        yield from _level(two, name, level, other)


def _aim(before: Criterion, after: Criterion) -> Iterator[Row]:
    if before.concretises != after.concretises:
        aims = before.concretises or "", after.concretises or ""
        yield Row(MOVED, after.code, "tiêu chí cấp trên được cụ thể hóa", *aims, "concretises")


def _direction(before: Criterion, after: Criterion) -> Iterator[Row]:
    if before.direction == after.direction:
        return
    kind = LOOSENED if before.has_targets else ADDED
    names = words.DIRECTION_NAMES[before.direction], words.DIRECTION_NAMES[after.direction]
    yield Row(kind, after.code, "chiều của chỉ tiêu", *names, "direction")


def _level(criterion: Criterion, name: str, before: Level, after: Level) -> Iterator[Row]:
    code, place = criterion.code, f"mức {words.LEVEL_NAMES[name]}"
    yield from _texts(code, f"levels.{name}.text", place, before.text, after.text)
    if before.target != after.target:
        kind = _kind_of_target(before, after, criterion.direction)
        figures = words.number(before.target), words.number(after.target)
        yield Row(kind, code, f"{place}: chỉ tiêu", *figures, f"levels.{name}.target")
    if before.points != after.points:
        # Fewer points for the same level, or points where there were none, ask more.
        is_more = after.points is None or (before.points is not None and after.points > before.points)
        figures = words.number(before.points), words.number(after.points)
        yield Row(LOOSENED if is_more else TIGHTENED, code, f"{place}: điểm", *figures, f"levels.{name}.points")


def _kind_of_target(before: Level, after: Level, direction: str | None) -> str:
    if before.target is None or after.target is None:
        return TIGHTENED if before.target is None else LOOSENED
    is_higher = after.target > before.target
    return TIGHTENED if direction == (AT_LEAST if is_higher else AT_MOST) else LOOSENED


def _texts(code: str, part: str, what: str, before: str, after: str) -> Iterator[Row]:
    one, two = normalised(before), normalised(after)
    if one != two:
        yield Row(REWORDED if one and two else ADDED if two else REMOVED, code, what, before, after, part)
