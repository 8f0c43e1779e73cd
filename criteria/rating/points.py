"""Points counted from a sheet, exact to the end: fractions throughout, one rounding, where the total is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from criteria.rating.facts import Points, Sheet
from criteria.rating.products import known_shares
from criteria.rating.refusals import FactsRefused
from criteria.regulation.points import Counting, ScoredItem
from criteria.regulation.vocabulary import POINT_GROUPS

# Half up: nothing here is negative, so half a unit more and cut is the rounding taught at school.
HALVES = {"floor": 0, "half_up": 1}


@dataclass(frozen=True, slots=True)
class Total:
    """The points as they are judged and written: the sum rounded once, as the regulation declares, its parts exact."""

    common: Decimal
    results: Decimal
    total: Decimal

    def as_data(self) -> dict[str, str]:
        """Plain decimal texts without needless zeros."""
        return {"common": plain(self.common), "results": plain(self.results), "total": plain(self.total)}


@dataclass(frozen=True, slots=True)
class Span:
    """What a sheet says of a group: at least and at most these points, the same once everything in it is filled in."""

    least: Fraction
    most: Fraction

    @property
    def counted(self) -> Fraction | None:
        """The points, once they are known."""
        return self.least if self.least == self.most else None


def counted_points(counting: Counting, subject: str, stated: Points, sheet: Sheet) -> tuple[Points, Points]:
    """The points of both groups, stated or counted, and the most that each can still reach.

    FactsRefused where what is stated and what the sheet says differ.
    """
    spans = {
        "common": _span_of_common(counting, subject, sheet),
        "results": _span_of_results(counting, subject, sheet),
    }
    found = {group: _agreed(group, getattr(stated, group), spans[group], counting) for group in POINT_GROUPS}
    most = {group: spans[group].most if found[group] is None else found[group] for group in POINT_GROUPS}
    return Points(**found), Points(**most)


def _agreed(group: str, stated: Fraction | None, span: Span, counting: Counting) -> Fraction | None:
    if stated is None:
        return span.counted
    if stated > counting.maxima[group]:
        raise FactsRefused(f"points.{group}", f"is above the {counting.maxima[group]} points of its group")
    if not _fits(stated, span, counting):
        least, most = _text(span.least, counting), _text(span.most, counting)
        gives = least if least == most else f"from {least} to {most}"
        raise FactsRefused(f"points.{group}", f"is {_text(stated, counting)}, but the sheet gives {gives}")
    return stated if span.counted is None else span.counted


def _fits(stated: Fraction, span: Span, counting: Counting) -> bool:
    # Points may be stated exactly or as they are written, rounded.
    least, most = (Fraction(rounded(end, counting)) for end in (span.least, span.most))
    if span.counted is not None:
        return stated in (span.counted, least)
    return min(span.least, least) <= stated <= max(span.most, most)


def _span_of_common(counting: Counting, subject: str, sheet: Sheet) -> Span:
    items, most = counting.items_of(subject), Fraction(counting.maxima["common"])
    if counting.marking is None or not sheet.common_items:
        return Span(Fraction(0), most)
    marks = counting.marking.marks
    worth = [_item_points(items, marks, place, sheet) for place in range(len(sheet.common_items))]
    # What is not marked yet can still be worth nothing or everything.
    marked = sum(items[item.key].points for item in sheet.common_items)
    return Span(sum(worth, Fraction(0)), most - marked + sum(worth, Fraction(0)))


def _item_points(items: Mapping[str, ScoredItem], marks: Mapping[str, int], place: int, sheet: Sheet) -> Fraction:
    marked = sheet.common_items[place]
    if marked.key not in items:
        raise FactsRefused(f"sheet.common_items[{place}].key", f"is {marked.key!r}, which is no item of this sheet")
    if marked.mark not in marks:
        raise FactsRefused(f"sheet.common_items[{place}].mark", f"must be one of {', '.join(marks)}")
    return Fraction(items[marked.key].points * marks[marked.mark], 100)


def _span_of_results(counting: Counting, subject: str, sheet: Sheet) -> Span:
    most, way = counting.maxima["results"], counting.way_of(subject)
    if way is None or way.way == "axes":
        reached = sum((Fraction(axis.points) for axis in sheet.axes), Fraction(0)) * most / 100
        return Span(reached, reached if sheet.axes else Fraction(most))
    shares = known_shares(counting, sheet)
    # A share that is not known yet can still be anything from 0 to 1.
    known, worth = [shares[share] for share in way.shares if share in shares], Fraction(most, len(way.shares))
    least = sum(known, Fraction(0)) * worth
    return Span(least, least + (len(way.shares) - len(known)) * worth)


def total(counting: Counting, points: Points) -> Total | None:
    """The points of both groups and their sum, rounded from the exact sum; None while a group is unknown."""
    if not counting.maxima or points.common is None or points.results is None:
        return None
    common, results = _written(points.common, counting), _written(points.results, counting)
    return Total(common, results, rounded(points.common + points.results, counting))


def most_possible(most: Points) -> Fraction:
    """The greatest total that can still be reached."""
    return sum((getattr(most, group) for group in POINT_GROUPS), Fraction(0))


def rounded(value: Fraction, counting: Counting) -> Decimal:
    """The value as the regulation writes it; where it declares no rounding, exact to twelve places."""
    places, mode = (counting.rounding.places, counting.rounding.mode) if counting.rounding else (12, "floor")
    above, below = value.numerator * 10**places, value.denominator
    units = (2 * above + HALVES[mode] * below) // (2 * below)
    return Decimal(units).scaleb(-places)


def _written(value: Fraction, counting: Counting) -> Decimal:
    # A part is not rounded before the sum is: only what has no end as a decimal, such as a third, is cut when shown.
    exact = Decimal(value.numerator) / value.denominator
    return exact if Fraction(exact) == value else rounded(value, counting)


def plain(value: Decimal) -> str:
    """A decimal as plain text without needless zeros: 27.5, 66, 0."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _text(value: Fraction, counting: Counting) -> str:
    return plain(rounded(value, counting))
