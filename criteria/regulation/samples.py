"""Sample words for a form: every item answered as its kind wants it, complete and the same every time."""

from collections.abc import Callable
from decimal import Decimal

from criteria.regulation.answering import canonical
from criteria.regulation.counted import plain
from criteria.regulation.form import Form, Item

Answer = dict[str, str]
TEXT = (
    "Đã thực hiện đầy đủ, đúng tiến độ các nội dung được giao; có sản phẩm cụ thể, được cấp có thẩm quyền ghi nhận.\n"
    "Còn một việc chậm so với kế hoạch, đã có biện pháp và thời hạn khắc phục."
)
NOTE = "Đã khắc phục xong trong quý II."
AXIS_WEIGHTS = ("40", "15", "15", "20", "5", "5")
TASKS = (
    {
        "task": "Tham mưu đề án sắp xếp tổ chức bộ máy của sở",
        "kind": "Nhiệm vụ trọng tâm",
        "product": "Đề án được phê duyệt",
        "due": "2026-08-31",
        "finished": "2026-08-28",
        "progress": "100",
        "evidence": "Quyết định số 512/QĐ-UBND",
        "base": "20",
        "factor": "1.5",
        "points": "30",
        "bonus": "0",
        "state": "Hoàn thành",
        "remark": "Vượt tiến độ",
        "failed_checks": "0",
        "failed_objective": "0",
        "delays": "0",
        "delays_objective": "0",
    },
    {
        "task": "Số hóa hồ sơ cán bộ diện Ban Thường vụ Tỉnh ủy quản lý",
        "kind": "Nhiệm vụ thường xuyên",
        "product": "Cơ sở dữ liệu 420 hồ sơ",
        "due": "2026-09-25",
        "finished": "2026-09-30",
        "progress": "100",
        "evidence": "Biên bản nghiệm thu ngày 30/9/2026",
        "base": "15",
        "factor": "1",
        "points": "12.5",
        "bonus": "0",
        "state": "Hoàn thành, chậm",
        "remark": "Chậm 5 ngày",
        "failed_checks": "1",
        "failed_objective": "0",
        "delays": "1",
        "delays_objective": "1",
    },
)


def sample_content(form: Form) -> dict[str, dict[str, Answer]]:
    """{section key: {item key: answer}} with every item of the form answered, nothing open and nothing wrong."""
    return {section.key: {item.key: sample_answer(item) for item in section.items} for section in form.sections}


def sample_answer(item: Item) -> Answer:
    """The sample answer of one item."""
    return canonical(item, SAMPLES[item.kind](item))


def _points(item: Item) -> Answer:
    if item.counts == "total":
        return {"points": plain(Decimal(item.maximum) * 9 / 10)}
    if item.counts == "shares":
        return {f"{row.key}.points": "95" for row in item.rows}
    answer: Answer = {}
    for row, weight in zip(item.rows, _weights(len(item.rows)), strict=True):
        answer |= {f"{row.key}.weight": weight, f"{row.key}.points": plain(Decimal(weight) * 9 / 10)}
    return answer


def _weights(count: int) -> tuple[str, ...]:
    if count == len(AXIS_WEIGHTS):
        return AXIS_WEIGHTS
    return (str(100 - (count - 1)), *("1" for _axis in range(count - 1)))


def _checklist(item: Item) -> Answer:
    best = item.marks[0].key
    answer = {row.key: best for row in item.rows}
    if len(item.rows) > 1:
        last = item.rows[-1].key
        answer |= {last: item.marks[1].key, f"{last}.note": NOTE}
    return answer


def _signs(item: Item) -> Answer:
    answer = {row.key: "none" for row in item.rows}
    if item.rows:
        last = item.rows[-1].key
        answer |= {last: "yes", f"{last}.note": NOTE}
    return answer


def _tasks(item: Item) -> Answer:
    answer: Answer = {}
    for number, task in enumerate(TASKS, start=1):
        words = dict(task)
        if item.rows:
            words["axis"] = item.rows[(number - 1) % len(item.rows)].key
        known = {column.key for column in item.columns}
        answer |= {f"{number}.{name}": text for name, text in words.items() if name in known}
    return answer


SAMPLES: dict[str, Callable[[Item], Answer]] = {
    "text": lambda item: {"text": TEXT},
    "level": lambda item: {"level": "good"},
    "grade_choice": lambda item: {"grade": "good"},
    "attestation": lambda item: {"attested": "yes"},
    "points": _points,
    "checklist": _checklist,
    "signs": _signs,
    "tasks": _tasks,
}
