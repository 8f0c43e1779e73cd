"""The registration on paper, exactly as the form of letter 2026-CV/TU has it, with the personal plan behind it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import override

from orgs.documents import (
    Addressees,
    Align,
    Block,
    Column,
    Fields,
    Head,
    Heading,
    HeadKind,
    PageBreak,
    Paragraph,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
)
from registrations.models import PersonalPlanLine, PlanHalf, Registration, SupportRequest, Work, WorkKind
from registrations.selectors.works.routing import Route

TITLE = (
    "ĐƠN ĐĂNG KÝ\n"
    "NỘI DUNG GIẢI QUYẾT VIỆC KHÓ, NÚT THẮT\n"
    "CÒN TỒN ĐỘNG CỦA NGÀNH, ĐỊA PHƯƠNG\n"
    "HOẶC NHỮNG VIỆC LÀM MỚI CÓ TÍNH ĐỘT PHÁ, SÁNG TẠO"
)
PARTS = {
    WorkKind.HARD: (
        "I. Đăng ký những việc khó, phức tạp, điểm nghẽn, nút thắt còn tồn đọng của ngành, địa phương mình cần tập "
        "trung tháo gỡ"
    ),
    WorkKind.NEW: (
        "II. Đăng ký những việc làm mới có tính đột phá, sáng tạo mang lại giá trị, hiệu quả thiết thực vì lợi ích "
        "chung"
    ),
}
NAME = "Tên công việc đăng ký"
DIFFICULTIES = "Dự báo những khó khăn, vướng mắc khi triển khai thực hiện"
SUBSTANCE = "Nội dung, mục tiêu, nhiệm vụ, giải pháp thực hiện"
EFFECT = "Nhận định tác động hiệu quả mang lại"
DAYS = "Dự kiến thời gian triển khai thực hiện và thời gian hoàn thành"
SUPPORT = "Đề xuất cấp trên chỉ đạo, hỗ trợ thực hiện"
ITEMS = {
    WorkKind.HARD: (NAME, SUBSTANCE, EFFECT, DAYS, SUPPORT),
    WorkKind.NEW: (NAME, DIFFICULTIES, SUBSTANCE, EFFECT, DAYS),
}
NOTHING = "Không đăng ký."
UNWRITTEN = "…………"
HALVES = {PlanHalf.STRENGTH: "I. Ưu điểm cần phát huy", PlanHalf.SHORTCOMING: "II. Hạn chế, khuyết điểm cần khắc phục"}


@override("vi")
def registration_sheet(registration: Registration, route: Route | None) -> Sheet:
    """The paper of a registration with its works, support requests and plan; a draft until it is sent."""
    works = list(registration.works.prefetch_related("support_requests__body").order_by("kind", "order", "id"))
    lines = list(registration.plan_lines.all())
    is_sent = registration.sent_at is not None
    unit_name, post = (route.unit_name, route.post) if route else (registration.unit_name, registration.post)
    return Sheet(
        title=TITLE,
        head=Head(HeadKind.PLAIN, (unit_name.upper() or "TÊN CƠ QUAN, ĐƠN VỊ …………",)),
        sections=(
            Section(
                blocks=(Addressees((route.destination if route else UNWRITTEN,)), _who(registration, unit_name, post))
            ),
            *(
                Section(PARTS[kind], tuple(_part([work for work in works if work.kind == kind])), level=2)
                for kind in WorkKind
            ),
            *((Section(blocks=(Signatures((_signed(registration, "Người đăng ký"),)),)),) if lines else ()),
            *_plan(registration, lines),
        ),
        signatures=(_signed(registration, "Người lập kế hoạch" if lines else "Người đăng ký"),),
        watermark="" if is_sent else "DỰ THẢO",
        issued_on=registration.sent_at.date() if is_sent else None,
        author=str(registration.subject),
    )


def _signed(registration: Registration, title: str) -> Signature:
    return Signature(title=title, note="(ký, ghi rõ họ, tên)", name=str(registration.subject))


def _who(registration: Registration, unit_name: str, post: str) -> Fields:
    label = "- Họ và tên" if registration.person_id else "- Tập thể"
    rows = [(label, str(registration.subject)), ("- Đơn vị công tác", unit_name or UNWRITTEN)]
    return Fields((*rows, ("- Chức vụ", post or UNWRITTEN)) if registration.person_id else tuple(rows))


def _part(works: list[Work]) -> Iterable[Block]:
    if not works:
        yield Paragraph(NOTHING, is_italic=True)
    for place, work in enumerate(works, 1):
        if len(works) > 1:
            yield Heading(f"Việc thứ {place}", level=3)
        yield from _items(work)


def _items(work: Work) -> Iterable[Block]:
    words = {
        NAME: [work.name],
        DIFFICULTIES: [work.difficulties],
        SUBSTANCE: _substance(work),
        EFFECT: [work.effect],
        DAYS: [f"Từ ngày {_day(work.starts_on)} đến ngày {_day(work.finishes_on)}."],
        SUPPORT: [work.support, *(_request(row) for row in work.support_requests.all() if row.state != "withdrawn")],
    }
    for number, title in enumerate(ITEMS[WorkKind(work.kind)], 1):
        lines = [line.strip() for line in words[title] if line.strip()] or [UNWRITTEN]
        if title == SUBSTANCE:
            yield Paragraph(f"{number}. {title}:", is_bold=True)
            yield Paragraph("\n".join(lines))
        else:
            yield Paragraph("\n".join(lines), lead=f"{number}. {title}:")
    if work.kind == WorkKind.NEW:
        # Part II of the form has no line of its own for support: what is asked stands below its items.
        yield from (Paragraph(_request(row)) for row in work.support_requests.all() if row.state != "withdrawn")


def _substance(work: Work) -> list[str]:
    named = (("Nội dung", work.content), ("Mục tiêu", work.aim), ("Nhiệm vụ", work.tasks), ("Giải pháp", work.measures))
    return [f"- {label}: {text.strip()}" for label, text in named if text.strip()]


def _request(row: SupportRequest) -> str:
    return f"- Đề nghị {row.body.name}: {row.text.strip().rstrip('.')} (trước ngày {_day(row.due_on)})."


def _plan(registration: Registration, lines: list[PersonalPlanLine]) -> Iterable[Section]:
    if not lines:
        return
    title = (
        f"KẾ HOẠCH CÁ NHÂN\nPHÁT HUY ƯU ĐIỂM, KHẮC PHỤC HẠN CHẾ, KHUYẾT ĐIỂM\nSAU KIỂM ĐIỂM NĂM {registration.year - 1}"
    )
    yield Section(blocks=(PageBreak(), Paragraph(title, align=Align.CENTER, is_bold=True)))
    for half in PlanHalf:
        found = [line for line in lines if line.half == half]
        yield Section(HALVES[half], (_table(half, found) if found else Paragraph("Không.", is_italic=True),), level=2)


def _table(half: str, lines: list[PersonalPlanLine]) -> Table:
    what = "Ưu điểm" if half == PlanHalf.STRENGTH else "Hạn chế, khuyết điểm"
    columns = (Column("TT", 5), Column(what, 40), Column("Biện pháp", 40), Column("Thời hạn", 15))
    rows = [(place, _named(line), line.measure.strip() or "", line.due_on) for place, line in enumerate(lines, 1)]
    return Table(columns, rows)


def _named(line: PersonalPlanLine) -> str:
    if line.shortcoming_id is None:
        return line.text.strip()
    return f"{line.text.strip()} (đã được chỉ ra tại {line.shortcoming.document})"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else UNWRITTEN
