"""How many may be excellent: in the regulation's own reading, in all three, and the greatest number that can stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from criteria.rating.quota_words import arithmetic, without_party_share
from criteria.rating.readers import decimal, fields, text, under, whole
from criteria.rating.refusals import FactsRefused
from criteria.regulation import QuotaReading, Regulation
from criteria.regulation.vocabulary import GRADES, READINGS

EXACT = 60
MODES = {"floor": ROUND_FLOOR, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a group hold each grade."""

    excellent: int
    good: int
    completed: int
    not_completed: int

    @property
    def deserving(self) -> int:
        """Those who hold good or better: the excellent can only come out of them."""
        return self.excellent + self.good

    @property
    def rated(self) -> int:
        """All who are rated."""
        return self.deserving + self.completed + self.not_completed

    def base(self, reading: str, excellent: int) -> int:
        """The number that the percentage is taken of, were `excellent` of the deserving rated excellent."""
        if reading == "good_only":
            return self.deserving - excellent
        return self.deserving if reading == "good_and_above" else self.rated


@dataclass(frozen=True, slots=True)
class QuotaAnswer:
    """What the quota allows; `allowed`, `greatest` and the readings are None while the Party's share is not known."""

    allowed: int | None
    reading: str
    readings: Mapping[str, int | None]
    greatest: int | None
    percent: int
    exception_percent: int | None
    arithmetic: str

    def as_data(self) -> dict[str, Any]:
        """The answer as the contract writes it, ready for JSON."""
        return {
            "allowed": self.allowed,
            "reading": self.reading,
            "readings": dict(self.readings),
            "greatest": self.greatest,
            "percent": self.percent,
            "exception_percent": self.exception_percent,
            "arithmetic": self.arithmetic,
        }


def quota(
    regulation: Regulation,
    counts: Mapping[str, object],
    exception: str | None = None,
    party_share: str | None = None,
    on: date | None = None,
) -> QuotaAnswer:
    """How many excellent the regulation allows for these counts of a peer group.

    `exception` names the document that grants the higher percentage, `party_share` is the Party's share of excellent in
    percent as a plain decimal, `on` picks the version of the regulation. FactsRefused where a count is missing,
    negative or no whole number, and where an exception is claimed that the regulation does not know.
    """
    # The longest share that is read, of the largest group: everything below stays exact.
    with localcontext(prec=EXACT):
        return _answer(regulation.at(on).quota, read_counts(counts), exception, party_share)


def _answer(rule: QuotaReading, counted: Counts, exception: str | None, party_share: str | None) -> QuotaAnswer:
    percent = _percent(rule, exception)
    share = None if party_share is None else _party_share(party_share)
    if rule.relative_to_party:
        if share is None:
            return _unanswered(rule)
        percent = share
    readings = {reading: _allowed(percent, counted.base(reading, counted.excellent), rule) for reading in READINGS}
    greatest = _greatest(percent, counted, rule)
    return QuotaAnswer(
        allowed=readings[rule.base],
        reading=rule.base,
        readings=readings,
        greatest=greatest,
        percent=rule.percent,
        exception_percent=rule.exception_percent,
        arithmetic=arithmetic(
            rule, percent, counted.base, counted.excellent, counted.deserving, greatest, exception or ""
        ),
    )


def read_counts(value: object) -> Counts:
    """The four counts; each must be there."""
    found = under("counts", lambda counts: fields(counts, dict.fromkeys(GRADES, whole), GRADES), value)
    return Counts(**found)


def _percent(rule: QuotaReading, exception: str | None) -> Decimal:
    if exception is None:
        return Decimal(rule.percent)
    if rule.exception_percent is None:
        raise FactsRefused("exception", "the regulation knows no exception from its quota")
    under("exception", text, exception)
    return Decimal(rule.exception_percent)


def _party_share(value: str) -> Decimal:
    share: Decimal = under("party_share", decimal, value)
    if share > 100:
        raise FactsRefused("party_share", "must be from 0 to 100")
    return share


def _unanswered(rule: QuotaReading) -> QuotaAnswer:
    empty = dict.fromkeys(READINGS)
    return QuotaAnswer(None, rule.base, empty, None, rule.percent, rule.exception_percent, without_party_share())


def _allowed(percent: Decimal, base: int, rule: QuotaReading) -> int:
    return int((percent * base / 100).to_integral_value(MODES[rule.rounding]))


def _greatest(percent: Decimal, counted: Counts, rule: QuotaReading) -> int:
    # The more are excellent, the smaller the base: halve the interval until the last number that still stands.
    low, high = 0, counted.deserving
    while low < high:
        middle = (low + high + 1) // 2
        if middle <= _allowed(percent, counted.base(rule.base, middle), rule):
            low = middle
        else:
            high = middle - 1
    return low
