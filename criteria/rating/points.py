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
    """The points as they are judged and written: rounded once, as the regulation declares."""

    common: Decimal
    results: Decimal
    total: Decimal

    def as_data(self) -> dict[str, str]:
        """Plain decimal texts without needless zeros."""
        return {"common": plain(self.common), "results": plain(self.results), "total": plain(self.total)}


def counted_points(counting: Counting, subject: str, stated: Points, sheet: Sheet) -> Points:
    """The points of both groups, stated or counted; FactsRefused where both are there and differ."""
    found = {
        "common": _counted_common(counting, subject, sheet),
        "results": _counted_results(counting, subject, sheet),
    }
    return Points(**{group: _agreed(group, getattr(stated, group), found[group], counting) for group in POINT_GROUPS})


def _agreed(group: str, stated: Fraction | None, counted: Fraction | None, counting: Counting) -> Fraction | None:
    if stated is not None and stated > counting.maxima[group]:
        raise FactsRefused(f"points.{group}", f"is above the {counting.maxima[group]} points of its group")
    if stated is None or counted is None:
        return stated if counted is None else counted
    if stated not in (counted, Fraction(rounded(counted, counting))):
        raise FactsRefused(
            f"points.{group}", f"is {_text(stated, counting)}, but the sheet gives {_text(counted, counting)}"
        )
    return counted


def _counted_common(counting: Counting, subject: str, sheet: Sheet) -> Fraction | None:
    items = counting.items_of(subject)
    if counting.marking is None or not sheet.common_items:
        return None
    worth = sum(
        (_item_points(items, counting.marking.marks, place, sheet) for place in range(len(sheet.common_items))),
        Fraction(0),
    )
    # A group of which some item is not marked yet is not known.
    return worth if len(sheet.common_items) == len(items) else None


def _item_points(items: Mapping[str, ScoredItem], marks: Mapping[str, int], place: int, sheet: Sheet) -> Fraction:
    marked = sheet.common_items[place]
    if marked.key not in items:
        raise FactsRefused(f"sheet.common_items[{place}].key", f"is {marked.key!r}, which is no item of this sheet")
    if marked.mark not in marks:
        raise FactsRefused(f"sheet.common_items[{place}].mark", f"must be one of {', '.join(marks)}")
    return Fraction(items[marked.key].points * marks[marked.mark], 100)


def _counted_results(counting: Counting, subject: str, sheet: Sheet) -> Fraction | None:
    most, way = counting.maxima["results"], counting.way_of(subject)
    if way is None or way.way == "axes":
        reached = sum((Fraction(axis.points) for axis in sheet.axes), Fraction(0))
        return reached * most / 100 if sheet.axes else None
    shares = known_shares(counting, sheet)
    if not all(share in shares for share in way.shares):
        return None
    return sum((shares[share] for share in way.shares), Fraction(0)) / len(way.shares) * most


def total(counting: Counting, points: Points) -> Total | None:
    """The rounded points of both groups and their sum, rounded from the exact sum; None while a group is unknown."""
    if not counting.maxima or points.common is None or points.results is None:
        return None
    exact = points.common + points.results
    return Total(*(rounded(value, counting) for value in (points.common, points.results, exact)))


def most_possible(counting: Counting, points: Points) -> Fraction:
    """The greatest total that these points still allow: what is unknown counts as its maximum."""
    known = [getattr(points, group) for group in POINT_GROUPS]
    return sum(
        (Fraction(most if value is None else value) for value, most in zip(known, _maxima(counting), strict=True)),
        Fraction(0),
    )


def _maxima(counting: Counting) -> list[int]:
    return [counting.maxima[group] for group in POINT_GROUPS]


def rounded(value: Fraction, counting: Counting) -> Decimal:
    """The value as the regulation writes it; where it declares no rounding, exact to twelve places."""
    places, mode = (counting.rounding.places, counting.rounding.mode) if counting.rounding else (12, "floor")
    above, below = value.numerator * 10**places, value.denominator
    units = (2 * above + HALVES[mode] * below) // (2 * below)
    return Decimal(units).scaleb(-places)


def plain(value: Decimal) -> str:
    """A decimal as plain text without needless zeros: 27.5, 66, 0."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _text(value: Fraction, counting: Counting) -> str:
    return plain(rounded(value, counting))
