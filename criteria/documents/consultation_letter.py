"""The letter that asks for opinions (công văn lấy ý kiến), as an official letter of the asking body."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import override

from criteria.documents.heads import head_of_unit, signature_of
from criteria.models import Consultation, ConsultedText
from orgs.documents import Addressees, Block, Paragraph, Section, Sheet

# Prepared, or taken back before anybody was asked: what is printed then is no letter that went out.
UNSENT = ("draft", "withdrawn")
EVERYBODY = "Các cơ quan, đơn vị và cá nhân có tên trong danh sách kèm theo"


@override("vi")
def letter_sheet(consultation: Consultation) -> Sheet:
    """The paper of the letter; "DỰ THẢO" is printed across it until the consultation is open."""
    return Sheet(
        title="",
        head=head_of_unit(
            consultation.issuer,
            number=consultation.number,
            dated_on=consultation.sent_on,
            subject=subject_of(consultation),
        ),
        sections=(
            Section(blocks=(Addressees(tuple(recipients_of(consultation))),)),
            Section(blocks=tuple(_body(consultation))),
        ),
        signatures=(signature_of(consultation.signer_title, consultation.signer),),
        recipients=tuple(copies(consultation.copies_to)),
        watermark="DỰ THẢO" if consultation.state in UNSENT else "",
        issued_on=consultation.sent_on,
        author=consultation.issuer.name,
    )


def subject_of(consultation: Consultation) -> str:
    """The trích yếu: "V/v lấy ý kiến góp ý về …", whatever of it the title already says."""
    title = consultation.title.strip().rstrip(".")
    if title.casefold().startswith(("v/v", "về việc")):
        return title
    words = title[:1].lower() + title[1:]
    return f"V/v {words}" if words.startswith("lấy ý kiến") else f"V/v lấy ý kiến góp ý về {words}"


def recipients_of(consultation: Consultation) -> list[str]:
    """The lines of "Kính gửi": the blocks as they were chosen, each once; the names of who stands in none."""
    rows = consultation.addressees.select_related("unit", "person").order_by("pk")
    lines = list(dict.fromkeys(row.block.strip().rstrip(",;.") or str(row) for row in rows))
    return [f"{line}{'.' if place == len(lines) else ','}" for place, line in enumerate(lines, 1)] or [EVERYBODY]


def copies(text: str) -> list[str]:
    """The "Nơi nhận" list, one line each; the usual two where none is given."""
    lines = [line.strip().lstrip("-– ").rstrip() for line in text.splitlines() if line.strip(" -–")]
    return lines or ["Như trên,", "Lưu."]


def cited(text: ConsultedText) -> str:
    """A text as a sentence names it: title, number and day where it has them."""
    number = f" số {text.number}" if text.number and text.number not in text.title else ""
    return f"{text.title}{number}{f' ngày {text.issued_on:%d/%m/%Y}' if text.issued_on and number else ''}"


def _body(consultation: Consultation) -> Iterable[Block]:
    words = "\n".join(part.strip() for part in (consultation.letter, consultation.question) if part.strip())
    if words:
        yield Paragraph(words)
    texts = [row for row in consultation.texts.order_by("order") if not _names(words, row)]
    if texts:
        yield Paragraph("Văn bản được gửi kèm để lấy ý kiến:")
    for place, row in enumerate(texts, 1):
        yield Paragraph(f"{cited(row)}{'.' if place == len(texts) else ';'}", lead=f"{place}. ")
    if consultation.due_on and not _names_day(words, consultation.due_on):
        day = f"{consultation.due_on:%d/%m/%Y}"
        whom = consultation.issuer.name
        yield Paragraph(f"Ý kiến tham gia đề nghị gửi về {whom} chậm nhất ngày {day} để tổng hợp.")


def _names(words: str, text: ConsultedText) -> bool:
    return bool(text.number) and text.number in words or text.title.casefold() in words.casefold()


def _names_day(words: str, day: date) -> bool:
    """Whether the letter gives the last day itself, or says "trước ngày" with the day after it."""
    after = day + timedelta(days=1)
    return any(form in words for form in (*_written(day), *(f"trước ngày {form}" for form in _written(after))))


def _written(day: date) -> tuple[str, ...]:
    """A day as letters write it: 01/02/2024, 1/2/2024, 01 tháng 02 năm 2024, 1 tháng 2 năm 2024."""
    return (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d} tháng {day:%m} năm {day.year}",
        f"{day.day} tháng {day.month} năm {day.year}",
    )
