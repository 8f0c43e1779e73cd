"""Which criteria of a framework concretise which of its parent, and what is left without one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from criteria.conformity import vocabulary, words
from criteria.conformity.model import Criterion, Framework
from criteria.conformity.places import PlacedCriterion, criteria_of, field
from criteria.conformity.result import Breach, breach

OTHER_PARENT = "Khung này ghi khung cấp trên là {stated}, không phải {key}."
OTHER_REGULATION = "Khung này theo {own}, khung cấp trên theo {above}."
OTHER_SUBJECT = "Khung này đánh giá {own}, khung cấp trên đánh giá {above}."
NO_CRITERION = "Tiêu chí {name} cụ thể hóa tiêu chí {code}, khung cấp trên không có tiêu chí này."
UNCLEAR_CRITERION = "Tiêu chí {name} cụ thể hóa tiêu chí {code}, mã này đứng ở nhiều chỗ trong khung cấp trên."
DROPPED = "Thiếu tiêu chí bắt buộc {name}: không có tiêu chí nào của khung này cụ thể hóa."
ELSEWHERE = "Tiêu chí bắt buộc {name} chỉ được cụ thể hóa ngoài nhóm “{group}” ({codes})."
OPTIONAL = "Tiêu chí bắt buộc {name} chỉ được cụ thể hóa bằng tiêu chí không bắt buộc ({codes})."
MOVED = "Tiêu chí {name} cụ thể hóa tiêu chí {code} nhưng đứng ngoài nhóm “{group}”."
OTHER_MARKING = "Cách đánh giá ở khung này là “{own}”, ở khung cấp trên là “{above}”."
OTHER_FORM = "Khung này dùng Mẫu {own}, khung cấp trên dùng Mẫu {above}."


@dataclass(frozen=True, slots=True)
class Descent:
    """A criterion of the parent and the criteria of the child that concretise it, its pieces."""

    above: PlacedCriterion
    pieces: tuple[PlacedCriterion, ...]

    @property
    def first(self) -> PlacedCriterion:
        """The piece that stands for all: the same one in whatever order they are written."""
        return min(self.pieces, key=lambda piece: piece.criterion.code)

    @property
    def codes(self) -> str:
        """The codes of the pieces."""
        return _codes(self.pieces)


def as_child(parent: Framework, framework: Framework) -> Framework:
    """The framework as a child of `parent`: one compared with itself, or with its own copy, concretises by its codes.

    Every other framework is left as it is.
    """
    if framework.key != parent.key or framework.parent == parent.key:
        return framework
    known = {placed.criterion.code for placed in criteria_of(parent)}
    groups = tuple(
        replace(group, criteria=tuple(_by_own_code(framework, criterion, known) for criterion in group.criteria))
        for group in framework.groups
    )
    return replace(framework, parent=parent.key, groups=groups)


def _by_own_code(framework: Framework, criterion: Criterion, known: set[str]) -> Criterion:
    # A framework at the top that names a parent's criterion all the same is wrong, and stays so.
    if framework.parent is None and criterion.concretises is not None:
        return criterion
    return replace(criterion, concretises=criterion.code if criterion.code in known else None)


def descents(parent: Framework, child: Framework) -> tuple[Descent, ...]:
    """Every criterion of the parent with its pieces, in the order of the parent; a code that stands twice has none."""
    pieces: dict[str, list[PlacedCriterion]] = {}
    for placed in criteria_of(child):
        if placed.criterion.concretises is not None:
            pieces.setdefault(placed.criterion.concretises, []).append(placed)
    for code, above in _by_code(parent).items():
        if len(above) > 1:
            pieces.pop(code, None)
    return tuple(Descent(placed, tuple(pieces.get(placed.criterion.code, ()))) for placed in criteria_of(parent))


def breaches(parent: Framework, child: Framework) -> Iterator[Breach]:
    """A parent that is another one, criteria of the parent that do not exist, required ones that are left out."""
    yield from _other_framework(parent, child)
    yield from _unknown_criteria(parent, child)
    for descent in descents(parent, child):
        if descent.above.criterion.required and (message := _why_missing(descent)):
            cites = words.clause_of_criterion(parent, descent.above.criterion)
            yield breach(vocabulary.MISSING_REQUIRED, descent.above.place.in_parent(), message, cites)


def warnings(parent: Framework, child: Framework) -> Iterator[Breach]:
    """Another way of marking, another form, and criteria that moved to another group of the regulation."""
    cites = words.clause(parent)
    if child.marking != parent.marking:
        own, above = words.MARKING_NAMES[child.marking], words.MARKING_NAMES[parent.marking]
        yield breach("marking_changed", field("marking"), OTHER_MARKING.format(own=own, above=above), cites)
    if child.form != parent.form:
        message = OTHER_FORM.format(own=child.form or "(không ghi)", above=parent.form or "(không ghi)")
        yield breach("form_changed", field("form"), message, cites)
    for descent in descents(parent, child):
        for piece in descent.pieces:
            if piece.group.group != descent.above.group.group:
                yield _moved(parent, descent.above, piece)


def _moved(parent: Framework, above: PlacedCriterion, piece: PlacedCriterion) -> Breach:
    name, group = words.named(piece.criterion), above.group.title
    message = MOVED.format(name=name, code=above.criterion.code, group=group)
    return breach("criterion_moved", piece.place, message, words.clause_of_criterion(parent, above.criterion))


def _other_framework(parent: Framework, child: Framework) -> Iterator[Breach]:
    cites, code = words.clause(parent), vocabulary.UNKNOWN_PARENT
    if child.parent != parent.key:
        message = OTHER_PARENT.format(stated=child.parent or "(không ghi)", key=parent.key)
        yield breach(code, field("parent"), message, cites)
    if child.regulation != parent.regulation:
        message = OTHER_REGULATION.format(own=child.regulation, above=parent.regulation)
        yield breach(code, field("regulation"), message, cites)
    if child.subject != parent.subject:
        own, above = words.SUBJECT_NAMES[child.subject], words.SUBJECT_NAMES[parent.subject]
        yield breach(code, field("subject"), OTHER_SUBJECT.format(own=own, above=above), cites)


def _unknown_criteria(parent: Framework, child: Framework) -> Iterator[Breach]:
    above = _by_code(parent)
    for placed in criteria_of(child):
        code = placed.criterion.concretises
        if code is not None and len(above.get(code, ())) != 1:
            sentence = UNCLEAR_CRITERION if code in above else NO_CRITERION
            message = sentence.format(name=words.named(placed.criterion), code=code)
            place = placed.place.below("concretises")
            yield breach(vocabulary.UNKNOWN_PARENT, place, message, words.clause(parent))


def _why_missing(descent: Descent) -> str:
    name, group = words.named(descent.above.criterion), descent.above.group
    if not descent.pieces:
        return DROPPED.format(name=name)
    inside = [piece for piece in descent.pieces if piece.group.group == group.group]
    if not inside:
        return ELSEWHERE.format(name=name, group=group.title, codes=descent.codes)
    if not any(piece.criterion.required for piece in inside):
        return OPTIONAL.format(name=name, codes=_codes(tuple(inside)))
    return ""


def _codes(pieces: tuple[PlacedCriterion, ...]) -> str:
    return ", ".join(piece.criterion.code for piece in pieces)


def _by_code(framework: Framework) -> Mapping[str, list[PlacedCriterion]]:
    found: dict[str, list[PlacedCriterion]] = {}
    for placed in criteria_of(framework):
        found.setdefault(placed.criterion.code, []).append(placed)
    return found
