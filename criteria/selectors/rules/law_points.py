"""How a regulation counts points, line by line: maxima, bands, items, marks, ways, rounding, deduction."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from criteria.regulation import Regulation
from criteria.regulation.points import ScoredItem
from criteria.selectors.rules.law import LawChapter, LawLine, line, whom_of
from criteria.selectors.rules.law_words import word_of


@dataclass(frozen=True)
class ItemLine:
    """A common item: key, label, its greatest points, who is marked on it."""

    key: str
    label: str
    points: int
    whom: str


def points(law: Regulation) -> LawChapter | None:
    """The lines about points; None where the regulation counts none."""
    counting = law.counting
    if not counting.maxima:
        return None
    lines = [_band(law, rule.key) for rule in law.rules if rule.function == "points_below"]
    if counting.marking is not None:
        marks = ", ".join(f"{word_of(mark)} {percent}%" for mark, percent in counting.marking.marks.items())
        text = _("A mark on a common item is worth, of its points: %(marks)s.") % {"marks": marks}
        lines.append(line(text, counting.marking.authority, anchor="points-marking"))
    lines += [
        line(f"{way.label}.", way.authority, whom_of(law, way.subjects), anchor=f"way-{way.key}")
        for way in counting.ways
    ]
    if counting.deduction is not None:
        text = _("Each failed check or delay without a confirmed objective cause takes %(percent)s%% of a product.")
        lines.append(
            line(
                text % {"percent": counting.deduction.percent}, counting.deduction.authority, anchor="points-deduction"
            )
        )
    if counting.rounding is not None:
        words = {"places": counting.rounding.places, "mode": word_of(counting.rounding.mode)}
        text = _("The total keeps %(places)s decimals; %(mode)s, once, at the end.") % words
        lines.append(line(text, counting.rounding.authority, anchor="points-rounding"))
    title = _("Points: %(common)s for the common criteria, %(results)s for results") % counting.maxima
    return LawChapter(title, tuple(lines), "points")


def items(law: Regulation) -> tuple[ItemLine, ...]:
    """The common items in the order of the regulation."""
    return tuple(ItemLine(item.key, item.label, item.points, _whom(law, item)) for item in law.counting.items)


def _whom(law: Regulation, item: ScoredItem) -> str:
    return whom_of(law, item.subjects)


def _band(law: Regulation, key: str) -> LawLine:
    rule = law.rule(key)
    caps = law.grade_label(rule.caps_at) if rule.caps_at else ""
    return line(f"{rule.condition}.", rule.authority, detail=_("Otherwise at best: %(grade)s.") % {"grade": caps})
