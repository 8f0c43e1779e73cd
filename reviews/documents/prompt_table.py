"""The table of prompts and outcomes: whom an authority prompted, on what, what was explained and concluded."""

from collections.abc import Iterable, Sequence

from django.utils.timezone import localdate
from django.utils.translation import override

from orgs.documents import Align, Column, Paragraph, Row, Section, Sheet, Signature, Table, Value
from reviews.documents import heads
from reviews.models import ContributionStatus, OutcomeMark, Prompt, PromptContribution, PromptItem, PromptList

COLUMNS = (
    Column("STT", 5, Align.CENTER),
    Column("Tập thể, cá nhân được gợi ý", 18),
    Column("Nội dung gợi ý và căn cứ", 30),
    Column("Thời hạn giải trình", 10, Align.CENTER),
    Column("Giải trình", 17),
    Column("Kết luận sau kiểm điểm", 20),
)
OUTCOMES = {
    OutcomeMark.CLEAR: "Đã rõ",
    OutcomeMark.PARTLY: "Rõ một phần",
    OutcomeMark.UNCLEAR: "Chưa rõ",
}
ASKED = (
    Column("STT", 5, Align.CENTER),
    Column("Cơ quan phối hợp", 30),
    Column("Ý kiến", 65),
)
STATES = {"draft": "dự thảo", "recalled": "đã thu hồi"}


@override("vi")
def table_sheet(prompt_list: PromptList, prompts: Sequence[Prompt], asked: Sequence[PromptContribution]) -> Sheet:
    """The table of `prompts`; "DỰ THẢO" is printed across it until the list is issued."""
    decision = prompt_list.decisions.exclude(confirmed_at=None).order_by("id").last()
    return Sheet(
        title="BẢNG TỔNG HỢP GỢI Ý KIỂM ĐIỂM VÀ KẾT QUẢ GIẢI TRÌNH",
        subtitles=(
            f"Năm {heads.year_of(prompt_list.cycle)} · {prompt_list.authority.name}",
            *([f"Theo văn bản số {decision.number} ngày {heads.day(decision.decided_on)}"] if decision else []),
        ),
        head=heads.head_of_unit(prompt_list.advisory_unit, dated_on=localdate()),
        sections=(
            Section(blocks=(Table(COLUMNS, list(_rows(prompts))), Paragraph(_sum(prompts)))),
            *_contributions(asked),
        ),
        signatures=(Signature(title="NGƯỜI LẬP BẢNG", note="(ký, ghi rõ họ tên)"),),
        watermark="" if prompt_list.state == "issued" else "DỰ THẢO",
        is_landscape=True,
        issued_on=localdate(),
    )


def _rows(prompts: Sequence[Prompt]) -> Iterable[Row]:
    parts = (
        ("I. TẬP THỂ", [row for row in prompts if row.review.collective_id]),
        ("II. CÁ NHÂN", [row for row in prompts if row.review.person_id]),
    )
    for title, rows in parts:
        if not rows:
            continue
        yield Row((title,), is_strong=True)
        for place, prompt in enumerate(rows, 1):
            items = [item for item in prompt.items.all() if item.withdrawn_at is None]
            for number, item in enumerate(items):
                yield Row(_cells(place, prompt, item, is_first=number == 0))


def _cells(place: int, prompt: Prompt, item: PromptItem, *, is_first: bool) -> tuple[Value, ...]:
    review = prompt.review
    post = f"\n{review.post_text}" if review.person_id and review.post_text else ""
    basis = f"\nCăn cứ: {item.basis}" if item.basis else ""
    return (
        place if is_first else "",
        f"{review.subject}{post}" if is_first else "",
        f"{item.order}. {item.text}{basis}",
        item.due_on or prompt.due_on,
        _explained(prompt, item),
        _outcome(item),
    )


def _explained(prompt: Prompt, item: PromptItem) -> str:
    if prompt.state in STATES:
        return STATES[prompt.state]
    if prompt.state != "explained":
        return "chưa gửi"
    answer = getattr(item, "explanation", None)
    due = f"; khắc phục xong trước {answer.remedy_due:%d/%m/%Y}" if answer and answer.remedy_due else ""
    return f"đã gửi ngày {localdate(prompt.explained_at):%d/%m/%Y}{due}" if prompt.explained_at else f"đã gửi{due}"


def _outcome(item: PromptItem) -> str:
    found = getattr(item, "outcome", None)
    if found is None:
        return heads.UNKNOWN
    return f"{OUTCOMES[found.mark]}. {found.text}".strip()


def _sum(prompts: Sequence[Prompt]) -> str:
    standing = [row for row in prompts if row.state not in STATES]
    items = [item for row in standing for item in row.items.all() if item.withdrawn_at is None]
    sent = sum(row.state == "explained" for row in standing)
    clear = sum(getattr(item, "outcome", None) is not None and item.outcome.mark == OutcomeMark.CLEAR for item in items)
    concluded = sum(getattr(item, "outcome", None) is not None for item in items)
    bodies = sum(bool(row.review.collective_id) for row in standing)
    return (
        f"Tổng số: {bodies} tập thể, {len(standing) - bodies} cá nhân, {len(items)} nội dung; đã gửi báo cáo giải "
        f"trình {sent}/{len(standing)}; đã kết luận {concluded}/{len(items)} nội dung, trong đó đã rõ {clear}."
    )


def _contributions(asked: Sequence[PromptContribution]) -> tuple[Section, ...]:
    if not asked:
        return ()
    rows = [(place, str(row.unit), _contributed(row)) for place, row in enumerate(asked, 1)]
    return (Section("Ý kiến tham gia của các cơ quan", (Table(ASKED, rows),)),)


def _contributed(row: PromptContribution) -> str:
    if row.status == ContributionStatus.WAIVED:
        return f"Không chờ ý kiến: {row.waiver_reason}"
    if row.status == ContributionStatus.ASKED:
        return "chưa có ý kiến"
    paper = f" ({row.document})" if row.document else ""
    return f"{row.text or 'theo văn bản gửi kèm'}{paper}"
