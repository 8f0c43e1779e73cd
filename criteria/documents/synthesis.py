"""The table of remarks and answers (bảng tổng hợp tiếp thu, giải trình) of a consultation, on landscape paper."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import override

from criteria.documents.consultation_letter import cited
from criteria.documents.heads import head_of_unit, signature_of
from criteria.models import Clause, Consultation, Remark, RemarkKind, Verdict
from criteria.selectors.consulting.compilation import Compilation, CompiledAnswer, CompiledClause, CompiledText, Totals
from criteria.selectors.consulting.synthesis import FINISHED, SUBMITTED, Verdicts, is_changed, text_after
from orgs.documents import Align, Block, Column, Paragraph, Row, Section, Sheet, Table

OPINION = "Ý kiến góp ý"
COLUMNS = (
    Column("STT", 5, Align.CENTER),
    Column("Điều, khoản", 9),
    Column("Nội dung dự thảo", 18),
    Column("Cơ quan, đơn vị, cá nhân", 13, group=OPINION),
    Column("Nội dung đề xuất", 17, group=OPINION),
    Column("Lý do", 13, group=OPINION),
    Column("Tiếp thu, giải trình", 13),
    Column("Nội dung sau tiếp thu", 16),
)
VERDICTS: Mapping[str, str] = {
    Verdict.ACCEPTED: "Tiếp thu",
    Verdict.IN_PART: "Tiếp thu một phần",
    Verdict.NOT_ACCEPTED: "Không tiếp thu",
    "": "Chưa trả lời",
}
KINDS: Mapping[str, str] = {
    RemarkKind.KEEP: "Giữ nguyên",
    RemarkKind.AMEND: "Sửa đổi",
    RemarkKind.ADD: "Bổ sung",
    RemarkKind.DROP: "Bỏ",
}
KEPT, DROPPED = "Giữ nguyên như dự thảo", "Bỏ nội dung này"


@override("vi")
def synthesis_sheet(found: Compilation) -> Sheet:
    """The table of `found`; "DỰ THẢO" is printed across it until the result is submitted."""
    consultation = found.consultation
    return Sheet(
        title="BẢNG TỔNG HỢP\nTIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
        subtitles=tuple(filter(None, (consultation.title, _belongs_to(consultation)))),
        head=head_of_unit(consultation.issuer, dated_on=consultation.submitted_on),
        sections=(
            Section("I. KẾT QUẢ LẤY Ý KIẾN", tuple(result_lines(found.totals, found.verdicts))),
            Section("II. NỘI DUNG TIẾP THU, GIẢI TRÌNH", tuple(_tables(found))),
            *([Section("III. CHƯA TRẢ LỜI", (_silent(found.totals),))] if found.totals.silent else []),
        ),
        signatures=(signature_of(consultation.signer_title, consultation.signer),),
        watermark="" if consultation.state in (SUBMITTED, FINISHED) else "DỰ THẢO",
        is_landscape=True,
        issued_on=consultation.submitted_on,
        author=consultation.issuer.name,
    )


def result_lines(totals: Totals, verdicts: Verdicts) -> list[Paragraph]:
    """Who was asked, who answered and how; the remarks by what became of them."""
    answered = (
        f"Đã trả lời: {totals.answered}, trong đó nhất trí, không có ý kiến góp ý: {totals.agreed}; "
        f"trả lời sau thời hạn: {totals.late}. Chưa trả lời: {totals.asked - totals.answered}."
    )
    remarks = (
        f"Tổng số ý kiến góp ý: {verdicts.total}, gồm: tiếp thu {verdicts.accepted}, "
        f"tiếp thu một phần {verdicts.in_part}, không tiếp thu {verdicts.not_accepted}"
    )
    waiting = f", chưa trả lời {verdicts.waiting}" if verdicts.waiting else ""
    keeping = f" Ngoài ra có {verdicts.keeping} ý kiến đề nghị giữ nguyên." if verdicts.keeping else ""
    return [
        Paragraph(f"Tổng số cơ quan, đơn vị, cá nhân được lấy ý kiến: {totals.asked}.", lead="1. "),
        Paragraph(answered, lead="2. "),
        Paragraph(f"{remarks}{waiting}.{keeping}", lead="3. "),
    ]


def proposal_of(remark: Remark) -> str:
    """What one remark asks for, in words: "Sửa đổi: …"; words that begin by saying so themselves stand alone."""
    kind, wording = KINDS.get(remark.kind, ""), remark.wording.strip()
    if not wording or wording.casefold().startswith(kind.casefold()):
        return wording or kind
    return f"{kind}: {wording}"


def answer_of(group: CompiledAnswer) -> str:
    """Verdict and explanation, one under the other."""
    if group.answer is None:
        return VERDICTS[""]
    words = VERDICTS[group.answer.verdict]
    return f"{words}. {group.answer.reason.strip()}" if group.answer.reason.strip() else f"{words}."


def _belongs_to(consultation: Consultation) -> str:
    if not consultation.submission_number or not consultation.submitted_on:
        return ""
    day = f"{consultation.submitted_on:%d/%m/%Y}"
    return f"(Kèm theo Tờ trình số {consultation.submission_number} ngày {day} của {consultation.issuer.name})"


def _tables(found: Compilation) -> Iterable[Block]:
    rows: list[Row] = []
    for place, text in enumerate(found.texts, 1):
        if len(found.texts) > 1:
            rows.append(Row((f"{place}. {cited(text.text)}",), is_strong=True))
        rows += _text_rows(text)
    yield Table(COLUMNS, rows or [Row(("Không có ý kiến góp ý.",))])


def _text_rows(text: CompiledText) -> Iterable[Row]:
    for place, clause in enumerate(text.clauses, 1):
        yield from _clause_rows(place, clause)
    if text.clauses and text.untouched:
        yield Row((f"Các điều, khoản còn lại ({text.untouched}): không có ý kiến góp ý, giữ nguyên như dự thảo.",))
    elif not text.clauses:
        yield Row(("Không có ý kiến góp ý.",))


def _clause_rows(place: int, row: CompiledClause) -> Iterable[Row]:
    """One line for each answer; the clause and what became of it stand in the first one."""
    lines = [_answer_cells(group) for group in row.answers]
    if row.keeping:
        lines.append((_names(row.keeping), KINDS[RemarkKind.KEEP], _reasons(row.keeping), ""))
    for number, cells in enumerate(lines or [("", "", "", "")]):
        if number:
            yield Row(("", f"{row.clause.label} (tiếp)", "", *cells, ""))
        else:
            yield Row((place, row.clause.label, row.clause.body, *cells, _after(row.clause)))


def _answer_cells(group: CompiledAnswer) -> tuple[str, str, str, str]:
    summary = group.answer.summary.strip() if group.answer and len(group.remarks) > 1 else ""
    proposals = _numbered([proposal_of(row) for row in group.remarks])
    said = f"{summary}\n{proposals}" if summary and summary not in proposals else proposals
    return _names(group.remarks), said, _reasons(group.remarks), answer_of(group)


def _names(remarks: Sequence[Remark]) -> str:
    return "; ".join(dict.fromkeys(str(row.addressee) for row in remarks))


def _reasons(remarks: Sequence[Remark]) -> str:
    return _numbered([row.reason.strip() for row in remarks])


def _numbered(words: Sequence[str]) -> str:
    """Each text once, one a line, with a dash before each where there are several."""
    kept = list(dict.fromkeys(word for word in words if word))
    return "\n".join(f"- {word}" for word in kept) if len(kept) > 1 else "".join(kept)


def _after(clause: Clause) -> str:
    if clause.is_dropped:
        return DROPPED
    return text_after(clause) if is_changed(clause) else KEPT


def _silent(totals: Totals) -> Paragraph:
    return Paragraph(f"{'; '.join(totals.silent)}.")
