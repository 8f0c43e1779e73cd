"""The shares of quantity, quality and progress from the products themselves: 335/2025/NĐ-CP, Điều 14 to 16."""

from collections.abc import Iterable
from fractions import Fraction

from criteria.rating.facts import Product, Sheet
from criteria.rating.refusals import FactsRefused
from criteria.regulation.points import Counting


def known_shares(counting: Counting, sheet: Sheet) -> dict[str, Fraction]:
    """The shares stated and those that the products give; FactsRefused where both are there and differ."""
    stated = {share: Fraction(value) for share, value in sheet.shares.items()}
    counted = _counted(counting, sheet.products)
    for share, value in counted.items():
        if stated.get(share, value) != value:
            raise FactsRefused(f"sheet.shares.{share}", f"is {sheet.shares[share]}, but the products give {value}")
    return stated | counted


def _counted(counting: Counting, products: tuple[Product, ...]) -> dict[str, Fraction]:
    if counting.deduction is None or not products:
        return {}
    off = Fraction(counting.deduction.percent, 100)
    delivered = [product for product in products if product.done]
    # What was not delivered has neither quality nor progress: it stays in the base of all three shares.
    return {
        "a": Fraction(len(delivered), len(products)),
        "b": _mean((each.failed_checks - each.failed_objective for each in delivered), off, len(products)),
        "c": _mean((each.delays - each.delays_objective for each in delivered), off, len(products)),
    }


def _mean(faults: Iterable[int], off: Fraction, base: int) -> Fraction:
    return sum((max(Fraction(0), 1 - off * count) for count in faults), Fraction(0)) / base
