"""The letter that urges (công văn đôn đốc): what exactly is missing, body by body, until when it is to be mended."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import override

from criteria.documents.heads import SIGN_HERE, head_of_unit
from criteria.models import UrgedMatter, UrgingLetter, UrgingLine
from criteria.selectors.reaching.urging import Matter
from orgs.documents import Addressees, Align, Block, Column, Head, HeadKind, Paragraph, Section, Sheet, Signature, Table

NAMED = 6
EVERYBODY = "Các cơ quan, đơn vị có tên trong danh sách dưới đây"
COLUMNS = (
    Column("STT", 8, Align.CENTER),
    Column("Cơ quan, đơn vị", 26),
    Column("Người đứng đầu", 20),
    Column("Nội dung còn thiếu", 48),
)
SUBJECTS = {
    UrgedMatter.COVERAGE: "V/v đôn đốc xây dựng khung tiêu chí đánh giá, xếp loại",
    UrgedMatter.CONSULTATION: "V/v đôn đốc tham gia ý kiến góp ý",
    UrgedMatter.DISSEMINATION: "V/v đôn đốc nghiên cứu, quán triệt",
}
# Letter 1823-CV/TU, 3: every body, collective and post has concrete criteria of its own; the heads answer for it.
TEXTS = {
    UrgedMatter.COVERAGE: (
        "Để chuẩn bị cho {about}, tất cả cơ quan, đơn vị, tập thể lãnh đạo, quản lý và vị trí việc làm phải có bộ tiêu "
        "chí đánh giá, xếp loại cụ thể. Qua theo dõi, đến nay một số cơ quan, đơn vị chưa ban hành đầy đủ.\n"
        "Đề nghị người đứng đầu các cơ quan, đơn vị có tên dưới đây khẩn trương chỉ đạo xây dựng, ban hành khung tiêu "
        "chí còn thiếu và chịu trách nhiệm về việc thực hiện."
    ),
    UrgedMatter.CONSULTATION: (
        "{issuer} đã có văn bản lấy ý kiến góp ý về {about}. Qua tổng hợp, đến nay một số cơ quan, đơn vị chưa gửi ý "
        "kiến.\nĐề nghị các cơ quan, đơn vị có tên dưới đây khẩn trương nghiên cứu, gửi văn bản tham gia ý kiến."
    ),
    UrgedMatter.DISSEMINATION: (
        "{issuer} đã triển khai {about}. Qua theo dõi, đến nay một số cơ quan, đơn vị chưa hoàn thành.\n"
        "Đề nghị người đứng đầu các cơ quan, đơn vị có tên dưới đây khẩn trương tổ chức nghiên cứu, quán triệt đến "
        "toàn thể cán bộ, đảng viên, công chức, viên chức thuộc phạm vi phụ trách."
    ),
}


def first_text(matter: Matter) -> str:
    """The words that a new letter starts with."""
    title = str(matter.about).strip().rstrip(".")
    about = title[:1].lower() + title[1:]
    return TEXTS[matter.kind].format(about=about, issuer=matter.issuer.name)


@override("vi")
def urging_sheet(letter: UrgingLetter) -> Sheet:
    """The paper of the letter; "DỰ THẢO" is printed across it until it is sent."""
    lines = list(letter.lines.select_related("unit", "head"))
    return Sheet(
        title="",
        head=_head(letter),
        sections=(
            Section(blocks=(Addressees(tuple(_addressees(lines))),)),
            Section(blocks=tuple(_body(letter, lines))),
        ),
        signatures=(Signature(note=SIGN_HERE),),
        recipients=("Như trên,", "Lưu."),
        watermark="" if letter.sent_at else "DỰ THẢO",
        issued_on=letter.written_on,
        author=letter.issuer.name,
    )


def _head(letter: UrgingLetter) -> Head:
    head = head_of_unit(
        letter.issuer, number=letter.number, dated_on=letter.written_on, subject=SUBJECTS[letter.matter]
    )
    room = "Số ……-CV/……" if head.kind == HeadKind.PARTY else "Số: ……/CV-……"
    return head if letter.number else replace(head, number=room)


def _addressees(lines: list[UrgingLine]) -> list[str]:
    if len(lines) > NAMED:
        return [EVERYBODY]
    return [f"{line.unit.name}{'.' if place == len(lines) else ','}" for place, line in enumerate(lines, 1)]


def _body(letter: UrgingLetter, lines: list[UrgingLine]) -> Iterable[Block]:
    yield Paragraph(letter.text)
    yield Table(
        COLUMNS,
        [
            (place, line.unit.name, line.head.full_name if line.head else "", ";\n".join(line.missing) + ".")
            for place, line in enumerate(lines, 1)
        ],
    )
    if letter.due_on:
        yield Paragraph(
            f"Hoàn thành chậm nhất ngày {letter.due_on:%d/%m/%Y} và báo cáo kết quả về {letter.issuer.name}."
        )
