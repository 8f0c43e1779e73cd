"""The prompt letter (công văn gợi ý kiểm điểm): what one subject is to explain before its review meeting."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import override

from orgs.documents import Addressees, Align, Block, Column, Heading, HeadKind, Paragraph, Section, Sheet, Signature
from orgs.documents import Table as SheetTable
from reviews.documents import heads
from reviews.models import Prompt, PromptItem

MEMBERS = (
    Column("STT", 9, Align.CENTER),
    Column("Thành viên", 28),
    Column("Nội dung phải làm rõ trách nhiệm", 63),
)


@override("vi")
def letter_sheet(prompt: Prompt) -> Sheet:
    """The letter of `prompt`; "DỰ THẢO" is printed across it until the list is decided."""
    rows = Prompt.objects.select_related(
        "review__person", "review__collective__unit", "review__unit", "cycle__regulation", "authority__unit__parent"
    )
    row = rows.select_related("decision").get(pk=prompt.pk)
    items = list(row.items.filter(withdrawn_at=None).prefetch_related("answering__person"))
    head = heads.head_of_body(row.authority, number=row.number, dated_on=row.issued_on)
    subject = f"V/v gợi ý kiểm điểm năm {heads.year_of(row.cycle)}"
    room = "Số ……-CV/……" if head.kind == HeadKind.PARTY else "Số: ……/CV-……"
    return Sheet(
        title="",
        head=replace(head, subject=subject, number=head.number or room),
        sections=(
            Section(blocks=(Addressees(tuple(_addressees(row))),)),
            Section(blocks=tuple(_opening(row))),
            *(Section(blocks=tuple(_of_item(row, item, place))) for place, item in enumerate(items, 1)),
            Section(blocks=tuple(_closing(row))),
        ),
        signatures=(_signature(row),),
        recipients=("Như trên,", f"{row.advisory_unit.name} (theo dõi),", "Lưu."),
        watermark="" if row.number else "DỰ THẢO",
        issued_on=row.issued_on,
        author=row.authority.name,
    )


def _addressees(prompt: Prompt) -> Iterable[str]:
    review = prompt.review
    if review.collective_id:
        yield f"{review.collective.name}."
        return
    post = f", {review.post_text}" if review.post_text else ""
    yield f"Đồng chí {review.person.full_name}{post}."


def _opening(prompt: Prompt) -> Iterable[Block]:
    cycle, body = prompt.cycle, prompt.authority.name
    yield Paragraph(
        f"Căn cứ {heads.law_line(cycle)}; trên cơ sở tham mưu của {prompt.advisory_unit.name} và ý kiến của các cơ "
        f"quan liên quan, {body} gợi ý kiểm điểm năm {heads.year_of(cycle)} đối với {_whom(prompt)} những nội dung "
        "sau đây:"
    )


def _whom(prompt: Prompt) -> str:
    review = prompt.review
    return review.collective.name if review.collective_id else f"đồng chí {review.person.full_name}"


def _of_item(prompt: Prompt, item: PromptItem, place: int) -> Iterable[Block]:
    yield Heading(f"{place}. {item.text}")
    yield Paragraph(item.basis or heads.UNKNOWN, lead="Căn cứ: ")
    yield Paragraph(_day(item.due_on or prompt.due_on), lead="Thời hạn giải trình: ")
    answering = list(item.answering.all())
    if answering:
        yield Paragraph("Thành viên có trách nhiệm giải trình từng phần việc:")
        yield SheetTable(MEMBERS, [(number, str(row.person), row.part) for number, row in enumerate(answering, 1)])


def _closing(prompt: Prompt) -> Iterable[Block]:
    due = f" trước ngày {prompt.due_on:%d/%m/%Y}" if prompt.due_on else ""
    yield Paragraph(
        f"Đề nghị {_whom(prompt)} chuẩn bị báo cáo giải trình kỹ lưỡng, sâu sắc, đầy đủ nội dung, xác định rõ nguyên "
        f"nhân, trách nhiệm của tập thể, cá nhân có liên quan, biện pháp và thời hạn khắc phục; hoàn thành và gửi "
        f"{prompt.advisory_unit.name}{due}, trước khi tiến hành kiểm điểm."
    )
    group = list(prompt.working_group.filter(released_at=None).select_related("person"))
    if group:
        names = "; ".join(f"đồng chí {row.person}{f' ({row.task})' if row.task else ''}" for row in group)
        yield Paragraph(f"{names}.", lead="Tổ công tác theo dõi, dự và chỉ đạo kiểm điểm: ")


def _day(value: date | None) -> str:
    return f"trước ngày {value:%d/%m/%Y}" if value else heads.UNKNOWN


def _signature(prompt: Prompt) -> Signature:
    body, decision = prompt.authority, prompt.decision
    return Signature(
        authority=body.signs_as or f"T/M {body.name.upper()}",
        title=decision.signatory_title if decision else "",
        name=decision.signatory if decision else "",
        note="" if decision else "(ký, ghi rõ họ tên, đóng dấu)",
    )
