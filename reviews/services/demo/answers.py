"""What the people of the demonstration write into the items of a form, whatever kind the item is of."""

from decimal import Decimal

from criteria.regulation.form import Item
from reviews.services.demo.people import Names

GOOD_SHARE, STRONG_SHARE = Decimal("0.86"), Decimal("0.97")
FIRST_AXIS = 40
TASKS = (
    ("Hoàn thiện quy chế phối hợp giữa các cơ quan sau sắp xếp", "Quy chế được ban hành"),
    ("Số hóa hồ sơ cán bộ, đảng viên giai đoạn 2020 - 2025", "12.400 hồ sơ được số hóa"),
    ("Kiểm tra việc thực hiện nghị quyết chuyên đề tại cơ sở", "Báo cáo kết quả kiểm tra"),
)
WORDS = {
    "kind": "Thường xuyên",
    "evidence": "Báo cáo số 45-BC/CQ",
    "progress": "100",
    "base": "10",
    "factor": "1.2",
    "points": "12",
    "bonus": "0",
}
ANY = {"day": "2026-09-15", "decimal": "10", "whole": "0"}


def answer_for(item: Item, names: Names, *, strong: bool) -> dict[str, str]:
    """A whole answer of this kind of item: a strong year, or a good one."""
    if item.kind == "level":
        return {"level": "excellent" if strong else "good"}
    if item.kind == "grade_choice":
        return {"grade": "excellent" if strong else "good"}
    if item.kind == "attestation":
        return {"attested": "yes"}
    if item.kind == "points":
        return _points(item, STRONG_SHARE if strong else GOOD_SHARE)
    if item.kind == "checklist":
        return _marks(item, strong=strong)
    if item.kind == "signs":
        return {row.key: "none" for row in item.rows}
    return _tasks(item) if item.kind == "tasks" else {"text": names.text()}


def _points(item: Item, share: Decimal) -> dict[str, str]:
    if item.counts == "axes":
        weights = _weights(item)
        return {f"{key}.weight": str(weight) for key, weight in weights.items()} | {
            f"{key}.points": _plain(weight * share) for key, weight in weights.items()
        }
    if item.counts == "shares":
        return {f"{row.key}.points": _plain(100 * share) for row in item.rows}
    return {"points": _plain(Decimal(item.maximum) * share)}


def _weights(item: Item) -> dict[str, int]:
    keys = [row.key for row in item.rows]
    rest, others = divmod(100 - FIRST_AXIS, len(keys) - 1)
    return {key: FIRST_AXIS if place == 0 else rest + (place <= others) for place, key in enumerate(keys)}


def _marks(item: Item, *, strong: bool) -> dict[str, str]:
    best, worst = item.marks[0].key, item.marks[-1].key
    found = {row.key: best for row in item.rows}
    if not strong and len(item.marks) == 2:
        last = item.rows[-1].key
        found |= {last: worst, f"{last}.note": "Còn chậm khắc phục một hạn chế đã được chỉ ra."}
    return found


def _tasks(item: Item) -> dict[str, str]:
    axes = [row.key for row in item.rows]
    found: dict[str, str] = {}
    for place, (task, product) in enumerate(TASKS, start=1):
        words = {**WORDS, "task": task, "product": product}
        for column in item.columns:
            value = words.get(column.key) or ANY.get(column.holds, "Đạt")
            if column.holds == "choice":
                value = axes[(place - 1) % len(axes)] if axes else ""
            found[f"{place}.{column.key}"] = value
    return {name: value for name, value in found.items() if value}


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"
