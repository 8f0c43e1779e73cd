"""The submission (tờ trình) of what came out of a consultation to the Standing Committee."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from criteria.documents.consultation_letter import cited, copies
from criteria.documents.heads import head_of_unit, signature_of
from criteria.documents.synthesis import VERDICTS, proposal_of, result_lines
from criteria.models import Consultation, Verdict
from criteria.selectors.consulting.compilation import Compilation, CompiledAnswer, CompiledClause
from criteria.selectors.consulting.synthesis import FINISHED, SUBMITTED, is_changed
from orgs.documents import Addressees, Block, Heading, HeadKind, Paragraph, Section, Sheet

# What was declined is read out to who decides; beyond this many the table that goes with it tells the rest.
MOST_DECLINED = 30
TABLE = "Bảng tổng hợp tiếp thu, giải trình ý kiến góp ý"


@override("vi")
def submission_sheet(found: Compilation) -> Sheet:
    """The paper of the submission; "DỰ THẢO" is printed across it until it is made."""
    consultation = found.consultation
    head = head_of_unit(consultation.issuer, number=consultation.submission_number, dated_on=consultation.submitted_on)
    label = "Kính trình:" if head.kind == HeadKind.PARTY else "Kính gửi:"
    return Sheet(
        title="TỜ TRÌNH",
        subtitles=(f"về kết quả lấy ý kiến, tiếp thu, giải trình ý kiến góp ý đối với {_about(consultation)}",),
        head=head,
        sections=(
            Section(blocks=(Addressees((consultation.submitted_to.rstrip(",;.") or "…………",), label),)),
            Section("I. QUÁ TRÌNH LẤY Ý KIẾN", tuple(_course(found))),
            Section("II. KẾT QUẢ", tuple(result_lines(found.totals, found.verdicts))),
            Section("III. TIẾP THU, GIẢI TRÌNH", tuple(_taken_up(found))),
            Section("IV. ĐỀ XUẤT, KIẾN NGHỊ", tuple(_proposed(consultation))),
            Section(blocks=(Paragraph(f"Tài liệu kèm theo: {TABLE}.", is_italic=True),)),
        ),
        signatures=(signature_of(consultation.signer_title, consultation.signer),),
        recipients=tuple(copies(consultation.submission_copies_to)),
        watermark="" if consultation.state in (SUBMITTED, FINISHED) else "DỰ THẢO",
        issued_on=consultation.submitted_on,
        author=consultation.issuer.name,
    )


def _about(consultation: Consultation) -> str:
    title = consultation.title.strip().rstrip(".")
    for words in ("lấy ý kiến tham gia góp ý về ", "lấy ý kiến góp ý về ", "lấy ý kiến về "):
        if title.casefold().startswith(words):
            return title[len(words) :]
    return title[:1].lower() + title[1:] if title[:2].istitle() else title


def _course(found: Compilation) -> Iterable[Paragraph]:
    consultation = found.consultation
    letter = f"Công văn số {consultation.number}" if consultation.number else "Công văn"
    sent = f" ngày {consultation.sent_on:%d/%m/%Y}" if consultation.sent_on else ""
    until = f", thời hạn trả lời đến hết ngày {consultation.due_on:%d/%m/%Y}" if consultation.due_on else ""
    whom = f"{found.totals.asked} cơ quan, đơn vị, cá nhân"
    yield Paragraph(f"{consultation.issuer.name} đã có {letter}{sent} lấy ý kiến {whom}{until}, đối với:")
    for place, text in enumerate(found.texts, 1):
        yield Paragraph(f"{cited(text.text)}{'.' if place == len(found.texts) else ';'}", lead=f"{place}. ")


def _taken_up(found: Compilation) -> Iterable[Block]:
    clauses = [row for text in found.texts for row in text.clauses]
    changed = sum(is_changed(row.clause) for row in clauses)
    yield Paragraph(
        f"Từ các ý kiến góp ý, {found.consultation.issuer.name} đã chỉnh lý {changed} điều, khoản; "
        f"nội dung cụ thể tại {TABLE} kèm theo."
    )
    declined = [(row, group) for row in clauses for group in row.answers if _is_declined(group)]
    if not declined:
        return
    yield Heading("Những nội dung không tiếp thu hoặc chỉ tiếp thu một phần, xin báo cáo:", level=3)
    yield from (_declined_line(place, *pair) for place, pair in enumerate(declined[:MOST_DECLINED], 1))
    if len(declined) > MOST_DECLINED:
        yield Paragraph(f"Và {len(declined) - MOST_DECLINED} nội dung khác nêu tại {TABLE}.")


def _is_declined(group: CompiledAnswer) -> bool:
    return bool(group.answer) and group.answer.verdict in (Verdict.IN_PART, Verdict.NOT_ACCEPTED)


def _declined_line(place: int, clause: CompiledClause, group: CompiledAnswer) -> Paragraph:
    said = group.answer.summary.strip() if len(group.remarks) > 1 else proposal_of(group.remarks[0])
    whom = _who(group)
    verdict = VERDICTS[group.answer.verdict].lower()
    words = f"{whom} đề nghị: {said.rstrip('. ;')}. {verdict[:1].upper()}{verdict[1:]}: {group.answer.reason.strip()}"
    return Paragraph(words, lead=f"{place}. {clause.clause.label}. ")


def _who(group: CompiledAnswer) -> str:
    names: Sequence[str] = list(dict.fromkeys(str(row.addressee) for row in group.remarks))
    return names[0] if len(names) == 1 else f"{len(names)} cơ quan, đơn vị, cá nhân"


def _proposed(consultation: Consultation) -> Iterable[Paragraph]:
    if consultation.submission.strip():
        yield Paragraph(consultation.submission.strip())
        return
    whom = consultation.submitted_to.rstrip(",;.") or "Ban Thường vụ"
    yield Paragraph(
        f"{consultation.issuer.name} kính trình {whom} xem xét, cho ý kiến về nội dung tiếp thu, giải trình nêu trên "
        "và quyết định việc ban hành văn bản."
    )
