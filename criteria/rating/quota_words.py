"""The Vietnamese sentences of the quota, for the record: how the number came about, and why it turns in a circle."""

from collections.abc import Callable
from decimal import Decimal

from criteria.regulation import QuotaReading

Base = Callable[[str, int], int]

BASES = {
    "good_only": "trường hợp xếp loại Hoàn thành tốt nhiệm vụ",
    "good_and_above": "trường hợp xếp loại Hoàn thành tốt nhiệm vụ trở lên",
    "all_rated": "trường hợp được xếp loại",
}
ROUNDED = {"floor": "bỏ phần lẻ còn", "half_up": "làm tròn từ 0,5 thành"}
TOO_SMALL = (
    "Nhóm quá nhỏ, không đủ một suất: cần gộp nhóm có chức năng, nhiệm vụ tương đồng "
    "hoặc có văn bản của cấp có thẩm quyền."
)
NO_PARTY_SHARE = (
    "Tỷ lệ xuất sắc phụ thuộc tỷ lệ đảng viên được xếp loại Hoàn thành xuất sắc nhiệm vụ; "
    "chưa có tỷ lệ đó nên chưa tính được."
)


def without_party_share() -> str:
    """Why no number can be given without the Party's share."""
    return NO_PARTY_SHARE


def arithmetic(
    rule: QuotaReading,
    percent: Decimal,
    base: Base,
    excellent: int,
    deserving: int,
    greatest: int,
    exception: str,
) -> str:
    """The sentences for one group: the number allowed, the greatest that can stand, the warning of a small group."""
    sentences = [_allowed_sentence(rule, percent, base(rule.base, excellent))]
    if exception:
        sentences.insert(0, f"Áp dụng tỷ lệ ngoại lệ theo {exception.strip().rstrip('.')}.")
    sentences.append(_greatest_sentence(rule, percent, base, deserving, greatest))
    if greatest == 0 and _is_small(rule, percent, base):
        sentences.append(TOO_SMALL)
    return " ".join(sentences)


def _is_small(rule: QuotaReading, percent: Decimal, base: Base) -> bool:
    # Where no percentage is allowed, or nobody deserves to be excellent, a larger group would change nothing.
    return percent > 0 and _rounded(rule, percent * base(rule.base, 1) / 100) < 1


def _allowed_sentence(rule: QuotaReading, percent: Decimal, base: int) -> str:
    return f"{number(percent)}% của {base} {BASES[rule.base]} là {_product(rule, percent, base)}."


def _greatest_sentence(rule: QuotaReading, percent: Decimal, base: Base, deserving: int, greatest: int) -> str:
    opening = f"Nếu lấy từ {deserving} trường hợp xứng đáng từ mức tốt trở lên thì nhiều nhất {greatest} xuất sắc"
    if rule.base != "good_only":
        return f"{opening}."
    circle = "mỗi trường hợp lên xuất sắc thì số tốt bớt đi một"
    stands = f"{greatest} xuất sắc còn {base(rule.base, greatest)} tốt, {_of(rule, percent, base, greatest)}"
    if greatest == deserving:
        return f"{opening} ({circle}): {stands}."
    more = greatest + 1
    fails = f"{more} xuất sắc thì chỉ còn {base(rule.base, more)} tốt, {_of(rule, percent, base, more)}, không đủ"
    return f"{opening} ({circle}): {stands}; {fails}."


def _of(rule: QuotaReading, percent: Decimal, base: Base, excellent: int) -> str:
    return f"{number(percent)}% là {_product(rule, percent, base(rule.base, excellent))}"


def _product(rule: QuotaReading, percent: Decimal, base: int) -> str:
    exact = percent * base / 100
    if exact == exact.to_integral_value():
        return number(exact)
    return f"{number(exact)}, {ROUNDED[rule.rounding]} {number(_rounded(rule, exact))}"


def _rounded(rule: QuotaReading, exact: Decimal) -> Decimal:
    return exact.to_integral_value("ROUND_FLOOR" if rule.rounding == "floor" else "ROUND_HALF_UP")


def number(value: Decimal) -> str:
    """A decimal as Vietnamese text: comma, no needless zeros."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")
