"""The report on the catalogue (letter 2026-CV/TU, 2): what is registered, how it stands, what is stuck and for whom."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import override

from criteria.documents.heads import head_of_unit, signature_of
from orgs.documents import (
    Addressees,
    Align,
    Block,
    Column,
    Head,
    Heading,
    HeadKind,
    PageBreak,
    Paragraph,
    Section,
    Sheet,
    Signatures,
    Table,
)
from orgs.models import Collective, Unit
from registrations.models import CatalogueReport
from registrations.selectors.catalogue.reports import PARTS

NUMBER = Column("STT", 8, Align.CENTER)
FIELDS = (NUMBER, Column("Lĩnh vực", 70), Column("Số công việc", 23, Align.RIGHT))
STUCK = (
    NUMBER,
    Column("Công việc, người đăng ký", 30),
    Column("Vướng mắc", 26),
    Column("Chờ cơ quan", 19),
    Column("Từ ngày", 17, Align.CENTER),
    Column("Số ngày", 8, Align.RIGHT),
)
WORKS = (
    NUMBER,
    Column("Người đăng ký, đơn vị", 26),
    Column("Tên công việc", 33),
    Column("Loại", 10),
    Column("Hoàn thành", 17, Align.CENTER),
    Column("Tình trạng", 17),
)
NAMELESS = "Người đăng ký tự giải quyết"
NOTHING_STUCK = "Đến nay không có công việc nào còn vướng mắc chờ giải quyết."


def first_opening(issuer: Unit, addressee: str, year: int) -> str:
    """The words that a new report begins with."""
    return (
        "Thực hiện Công văn số 2026-CV/TU ngày 27/02/2024 của Ban Thường vụ Tỉnh ủy về đăng ký giải quyết việc khó, "
        "mới và có tính đột phá, sáng tạo để làm cơ sở theo dõi, chỉ đạo nhận xét, đánh giá, xếp loại cán bộ, "
        f"{issuer.name} tổng hợp danh mục công việc đăng ký năm {year}, báo cáo {addressee} như sau:"
    )


def first_requests(collective: Collective) -> str:
    """What a new report asks for."""
    return (
        "Xem xét, chỉ đạo các cơ quan, đơn vị có liên quan tạo điều kiện thực hiện và giải quyết dứt điểm các vướng "
        "mắc nêu tại mục III.\n"
        "Cho chủ trương bổ sung các nội dung phù hợp vào bản tiêu chí đánh giá cán bộ của năm sau."
    )


@override("vi")
def report_sheet(report: CatalogueReport) -> Sheet:
    """The paper of the report; "DỰ THẢO" is printed across it until it is sent."""
    return Sheet(
        title="BÁO CÁO",
        subtitles=(f"tổng hợp danh mục công việc khó, việc mới có tính đột phá, sáng tạo đăng ký năm {report.year}",),
        head=_head(report),
        sections=(
            Section(blocks=(Addressees((report.addressee,)), Paragraph(report.opening))),
            Section("I. TÌNH HÌNH ĐĂNG KÝ", tuple(_registered(report))),
            Section("II. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN", tuple(_standing(report))),
            Section("III. KHÓ KHĂN, VƯỚNG MẮC", tuple(_stuck(report))),
            *_closing(report),
            Section(blocks=tuple(_annex(report))),
        ),
        watermark="" if report.sent_at else "DỰ THẢO",
        issued_on=report.written_on,
        author=report.issuer.name,
    )


def _head(report: CatalogueReport) -> Head:
    head = head_of_unit(report.issuer, number=report.number, dated_on=report.written_on)
    room = "Số ……-BC/……" if head.kind == HeadKind.PARTY else "Số: ……/BC-……"
    return head if report.number else replace(head, number=room)


def _registered(report: CatalogueReport) -> Iterable[Block]:
    found = report.content["figures"]
    yield Paragraph(
        f"Đến ngày {report.counted_on:%d/%m/%Y}, đã tiếp nhận {found['people']} bản đăng ký với {found['total']} công "
        f"việc, trong đó có {found['hard']} việc khó, phức tạp, điểm nghẽn, nút thắt và {found['new']} việc làm mới có "
        "tính đột phá, sáng tạo. Việc đăng ký là khuyến khích; không đăng ký không phải là căn cứ hạ mức xếp loại."
    )
    if rows := report.content["fields"]:
        yield Table(FIELDS, [(place, *row) for place, row in enumerate(rows, 1)])


def _standing(report: CatalogueReport) -> Iterable[Block]:
    found = report.content["figures"]
    yield Paragraph(
        f"Đang thực hiện: {found['running']} công việc, trong đó {found['late']} công việc đã quá thời gian dự kiến "
        f"hoàn thành.\nĐã báo cáo kết quả, đang chờ xác nhận: {found['reported']} công việc.\n"
        f"Đã được xác nhận kết quả: {found['verified']} công việc."
    )
    if report.assessment.strip():
        yield Paragraph(report.assessment.strip())


def _stuck(report: CatalogueReport) -> Iterable[Block]:
    found, rows = report.content["figures"], report.content["stuck"]
    if not rows:
        yield Paragraph(NOTHING_STUCK)
        return
    part = "" if len(rows) == found["waits"] else f" Dưới đây là {len(rows)} nội dung chờ lâu nhất:"
    yield Paragraph(
        f"Có {found['obstructed']} công việc đang gặp vướng mắc; {found['waits']} nội dung đang chờ các cơ quan có "
        f"thẩm quyền giải quyết.{part}"
    )
    table = [
        (place, f"{work}\n({who})", what, whom or NAMELESS, since, days)
        for place, (work, who, what, whom, since, days) in enumerate(rows, 1)
    ]
    yield Table(STUCK, table)


def _closing(report: CatalogueReport) -> Iterable[Section]:
    lines = [f"- {line.strip().lstrip('- ')}" for line in report.requests.splitlines() if line.strip()]
    if lines:
        yield Section("IV. ĐỀ XUẤT, KIẾN NGHỊ", (Paragraph("\n".join(lines)),))


def _annex(report: CatalogueReport) -> Iterable[Block]:
    yield _signatures(report)
    yield PageBreak()
    yield Heading("DANH MỤC CÔNG VIỆC ĐĂNG KÝ", level=1)
    table = [
        (place, "\n".join(part for part in (who, where) if part), name, PARTS[kind], until, state)
        for place, (who, where, name, kind, until, state) in enumerate(report.content["works"], 1)
    ]
    yield Table(WORKS, table) if table else Paragraph("Không có công việc nào.", is_italic=True)


def _signatures(report: CatalogueReport) -> Block:
    signature = signature_of(report.signatory_title, report.signatory)
    return Signatures((signature,), ("Như trên,", "Lưu."))
