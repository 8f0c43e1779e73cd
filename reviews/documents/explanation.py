"""The explanation report (báo cáo giải trình): each matter that was prompted, with what the subject answered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.timezone import localdate
from django.utils.translation import override

from orgs.documents import Block, Fields, Heading, Paragraph, Section, Sheet, Signature
from reviews.documents import heads
from reviews.models import Prompt, PromptItem, Review

SHOWN = ("issued", "explained")
ITEMS = ("items__explanation__files__file",)


@override("vi")
def explanation_sheet(review: Review) -> Sheet | None:
    """The report of `review`; None where nothing was prompted. What is not sent yet is said to be missing."""
    rows = review.prompts.filter(state__in=SHOWN).select_related("authority", "advisory_unit")
    prompts = list(rows.prefetch_related(*ITEMS))
    return _sheet(review, prompts) if prompts else None


@override("vi")
def report_sheet(prompt: Prompt, *, is_own: bool) -> Sheet:
    """The report that answers one prompt; its author has it before it is sent too, with "DỰ THẢO" across it."""
    rows = Prompt.objects.select_related("review__person", "review__collective", "review__unit", "cycle", "authority")
    row = rows.prefetch_related(*ITEMS).get(pk=prompt.pk)
    sheet = _sheet(row.review, [row], shows_draft=is_own)
    return sheet if row.state == "explained" else replace(sheet, watermark="DỰ THẢO")


def _sheet(review: Review, prompts: Sequence[Prompt], *, shows_draft: bool = False) -> Sheet:
    opening = Section(blocks=(Fields(heads.subject_lines(review)),))
    sent = [localdate(row.explained_at) for row in prompts if row.state == "explained" and row.explained_at]
    sent_on = max(sent) if len(sent) == len(prompts) else None
    return Sheet(
        title="BÁO CÁO GIẢI TRÌNH",
        subtitles=(f"Những vấn đề được gợi ý kiểm điểm năm {heads.year_of(review.cycle)}",),
        head=heads.head_of_review(review, dated_on=sent_on),
        sections=(opening, *(_of_prompt(review, row, shows_draft=shows_draft) for row in prompts)),
        signatures=(Signature(title=_signer(review), note="(ký, ghi rõ họ tên)", name=_name(review)),),
        code=review.code,
        issued_on=sent_on,
    )


def _of_prompt(review: Review, prompt: Prompt, *, shows_draft: bool) -> Section:
    number = f" số {prompt.number}" if prompt.number else ""
    issued = f" ngày {heads.day(prompt.issued_on)}" if prompt.issued_on else ""
    title = f"Theo văn bản gợi ý{number}{issued} của {prompt.authority.name}"
    is_sent = prompt.state == "explained" or shows_draft
    items = [item for item in prompt.items.all() if item.withdrawn_at is None]
    blocks = [block for place, item in enumerate(items, 1) for block in _of_item(review, item, place, is_sent=is_sent)]
    return Section(title, tuple(blocks))


def _of_item(review: Review, item: PromptItem, place: int, *, is_sent: bool) -> Iterable[Block]:
    yield Heading(f"{place}. {item.text}")
    if item.basis:
        yield Paragraph(item.basis, lead="Căn cứ gợi ý: ", is_italic=True)
    answer = getattr(item, "explanation", None) if is_sent else None
    if answer is None:
        yield Paragraph("Chưa có giải trình.", is_italic=True)
        return
    whose, others = ("cá nhân", "tập thể") if review.person_id else ("tập thể", "cá nhân có liên quan")
    yield Paragraph(answer.cause or heads.UNKNOWN, lead="Nguyên nhân: ")
    yield Paragraph(answer.responsibility or heads.UNKNOWN, lead=f"Trách nhiệm của {whose}: ")
    yield Paragraph(answer.shared_responsibility or heads.UNKNOWN, lead=f"Trách nhiệm của {others}: ")
    yield Paragraph(answer.remedy or heads.UNKNOWN, lead="Biện pháp khắc phục: ")
    yield Paragraph(heads.day(answer.remedy_due), lead="Thời hạn khắc phục: ")
    if evidence := "; ".join(str(row) for row in answer.files.all() if row.withdrawn_at is None):
        yield Paragraph(evidence, lead="Tài liệu minh chứng: ")


def _signer(review: Review) -> str:
    return "NGƯỜI GIẢI TRÌNH" if review.person_id else "T/M TẬP THỂ"


def _name(review: Review) -> str:
    return review.person.full_name if review.person_id else ""
