"""One dossier as PDF/A-3a against the plain use of the same engine: ``python -m benchmarks.dossier``.

Two floors. "Naive" parses its stylesheet and reads its faces for every document and lets tables find their widths;
"naive with faces kept" is handed the same font map every time and so shows what is left when that cost is taken away.
Both write the same words in the same variant. Also printed, because exact: Python calls, pages and bytes.
"""

import cProfile
import io
import os
import pstats
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import django
import pikepdf
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.measure import Case, report

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from orgs.documents import (  # noqa: E402 - Django has to be set up first
    Align,
    Choice,
    Column,
    Fields,
    Head,
    Heading,
    Paragraph,
    Section,
    Sheet,
    Signature,
    Table,
    render_pdf,
)
from orgs.documents.fetcher import FONT_FOLDER  # noqa: E402
from orgs.documents.html import SheetView, page_name  # noqa: E402
from orgs.documents.pdf import STYLES, VARIANT  # noqa: E402

GOAL = 0.74
LEVELS = ("Xuất sắc", "Tốt", "Trung bình", "Kém")
TEXT = (
    "Chủ động tham mưu cấp ủy, tập thể lãnh đạo ban hành và tổ chức thực hiện các nghị quyết, chương trình công tác; "
    "hoàn thành đúng tiến độ, bảo đảm chất lượng các nhiệm vụ được giao; giữ vững nguyên tắc tập trung dân chủ, đoàn "
    "kết nội bộ, gương mẫu trong thực hiện chức trách; thường xuyên kiểm tra, đôn đốc cơ sở, tháo gỡ vướng mắc."
)
SECTIONS = (
    "Về phẩm chất chính trị, đạo đức, lối sống",
    "Về thực hiện chức trách, nhiệm vụ được giao",
    "Kết quả lãnh đạo, chỉ đạo, quản lý, điều hành",
    "Trách nhiệm trong công việc; dám nghĩ, dám làm",
    "Hạn chế, khuyết điểm và nguyên nhân",
    "Kết quả khắc phục hạn chế, khuyết điểm",
    "Phương hướng, biện pháp khắc phục",
)


def task_table(caption: str) -> Table:
    """A table of tasks as it stands in every review."""
    columns = (
        Column("TT", 5, Align.CENTER),
        Column("Nhiệm vụ", 53),
        Column("Được giao", 9, group="Số lượng"),
        Column("Hoàn thành", 10, group="Số lượng"),
        Column("Tỷ lệ %", 9, Align.RIGHT),
        Column("Ngày", 14, Align.CENTER),
    )
    rows = [(n, f"{TEXT[: 60 + 7 * n]}", 10 + n, 9 + n, Decimal("93.50"), date(2024, 10, n)) for n in range(1, 9)]
    return Table(columns, rows, footer=(("", "Cộng", 116, 108, Decimal("93.10"), ""),), caption=caption)


def dossier() -> list[Sheet]:
    """A joined dossier of a review and its minutes: some seven pages, three tables."""
    head = Head(body=("ĐẢNG BỘ TỈNH", "CHI BỘ BAN TỔ CHỨC"), place="Quảng Ngãi", dated_on=date(2024, 11, 5))
    fields = Fields((("Họ và tên", "Nguyễn Thị Ánh"), ("Ngày sinh", date(1978, 2, 9)), ("Chức vụ", "Trưởng phòng")))
    parts = [Section("", (fields,))]
    for place, title in enumerate(SECTIONS, start=1):
        blocks = (Heading(f"{place}. {title}"), Paragraph("\n".join([TEXT] * 3)), Choice("Cấp độ:", LEVELS, "Tốt"))
        tables = (task_table(f"Bảng {place}"),) if place in {2, 3} else ()
        parts.append(Section("", blocks + tables))
    signatures = (Signature("T/M CHI ỦY", "BÍ THƯ", "Trần Văn Đồng", "(ký, ghi rõ họ tên)"),)
    review = Sheet("BẢN KIỂM ĐIỂM CÁ NHÂN", head, tuple(parts), signatures, code="2024-CB-000123-1")
    minutes = Sheet("BIÊN BẢN", head, (Section("Ý kiến góp ý", (task_table("Bảng ý kiến"),)),), signatures)
    return [review, minutes]


def naive_style() -> str:
    """The same look with faces by file address and tables that find their own widths."""
    sheet, paper = ((STYLES / name).read_text(encoding="utf-8") for name in ("sheet.css", "paper.css"))
    by_address = paper.replace("vendored:", f"{FONT_FOLDER.as_uri()}/")
    return sheet.replace("table-layout: fixed", "table-layout: auto").split("/* Column widths")[0] + by_address


def naive(sheets: list[Sheet]) -> bytes:
    """Everything anew for every document."""
    return HTML(string=naive_paper(sheets, naive_style())).write_pdf(pdf_variant=VARIANT)


def naive_paper(sheets: list[Sheet], style: str) -> str:
    """The document as the templates give it, its stylesheet inside, the symbols drawn as lines."""
    views = [SheetView(sheet, page_name(place, sheet)) for place, sheet in enumerate(sheets)]
    paper = render_to_string("documents/paper.html", {"views": views, "first": sheets[0]})
    return paper.replace("</head>", f"<style>{style}</style></head>")


def naive_with_faces_kept(sheets: list[Sheet]) -> Callable[[], bytes]:
    """The naive use, handed one font map for all documents."""
    fonts = FontConfiguration()
    CSS(string=naive_style(), font_config=fonts)

    def render() -> bytes:
        faceless = naive_style().split("@font-face")[0] + "@page" + naive_style().split("@page", 1)[1]
        return HTML(string=naive_paper(sheets, faceless)).write_pdf(pdf_variant=VARIANT, font_config=fonts)

    return render


def calls(work: Callable[[], object]) -> int:
    """Python calls of one run, which no load on the machine can change."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return pstats.Stats(profile, stream=io.StringIO()).total_calls  # type: ignore[attr-defined]


def main() -> None:
    """Measure and print."""
    sheets = dossier()
    kept = naive_with_faces_kept(sheets)
    ours = render_pdf(sheets)
    counts = {
        "pages (ours, naive)": [len(pikepdf.open(io.BytesIO(pdf)).pages) for pdf in (ours, naive(sheets))],
        "bytes (ours, naive)": [len(ours), len(naive(sheets))],
        "python calls ours / naive": round(calls(lambda: render_pdf(sheets)) / calls(lambda: naive(sheets)), 3),
    }
    cases = [
        Case("dossier / naive", lambda: render_pdf(sheets), lambda: naive(sheets), goal=GOAL),
        Case("dossier / naive with faces kept", lambda: render_pdf(sheets), kept),
    ]
    report(cases, counts=counts)


if __name__ == "__main__":
    main()
