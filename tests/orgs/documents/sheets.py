"""Sheets for the tests: real documents of the round, every block in them, and what must be read on them."""

from datetime import date
from decimal import Decimal

from orgs.documents import (
    Addressees,
    Align,
    Blank,
    Choice,
    Column,
    Fields,
    Head,
    Heading,
    HeadKind,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
)

LEVELS = ("Xuất sắc", "Tốt", "Trung bình", "Kém")
GRADES = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)
LETTER = Sheet(
    title="",
    head=Head(
        body=("TỈNH ỦY QUẢNG NGÃI",),
        number="1823-CV/TU",
        place="Quảng Ngãi",
        dated_on=date(2023, 10, 18),
        subject="Triển khai thực hiện Quy định của\nBộ Chính trị về kiểm điểm và đánh giá,\n"
        "xếp loại chất lượng hằng năm",
    ),
    sections=(
        Section(
            blocks=(
                Addressees(
                    (
                        "Các cơ quan chuyên trách tham mưu, giúp việc Tỉnh ủy,",
                        "Các ban cán sự đảng, đảng đoàn, Tỉnh đoàn,",
                        "Các sở, ban, ngành tỉnh,",
                        "Các đồng chí Tỉnh ủy viên,",
                    )
                ),
                Paragraph(
                    "Ngày 04/10/2023, Bộ Chính trị ban hành Quy định số 124-QĐ/TW về việc kiểm điểm và đánh giá, xếp "
                    "loại chất lượng hằng năm đối với tập thể, cá nhân trong hệ thống chính trị. Để triển khai thực "
                    "hiện nghiêm túc, có hiệu quả, Ban Thường vụ Tỉnh ủy yêu cầu:\n"
                    "1. Cấp ủy, tổ chức đảng, chính quyền, Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội "
                    "các cấp lãnh đạo, chỉ đạo tổ chức nghiên cứu, quán triệt đến toàn thể cán bộ, đảng viên.\n"
                    "2. Căn cứ Quy định số 124-QĐ/TW và tình hình thực tế, cụ thể hóa để thực hiện."
                ),
            )
        ),
    ),
    signatures=(Signature(authority="T/M BAN THƯỜNG VỤ", title="PHÓ BÍ THƯ", name="Đặng Ngọc Huy"),),
    recipients=("Như trên,", "Thường trực Tỉnh ủy,", "VPTU: CVP, PCVP, P.TH,", "Lưu Văn phòng Tỉnh ủy."),
    code="2023-CV-001823-1",
    issued_on=date(2023, 10, 18),
)
WORK = (
    "Chủ trì tham mưu Ban Thường vụ Tỉnh ủy ban hành 03 nghị quyết chuyên đề; hoàn thành 12/12 nhiệm vụ theo chương "
    "trình công tác năm, trong đó 09 nhiệm vụ vượt tiến độ.\n"
    "Trực tiếp chỉ đạo sắp xếp 27 đơn vị sự nghiệp công lập, giảm 4 đầu mối, tiết kiệm ≥ 12,5 % chi thường xuyên.\n"
    "Thường xuyên giữ mối liên hệ với chi ủy, tổ dân phố nơi cư trú; gương mẫu thực hiện nghĩa vụ công dân."
)
REVIEW = Sheet(
    title="BẢN KIỂM ĐIỂM CÁ NHÂN",
    subtitles=("Năm 2024", "(Cá nhân giữ chức vụ lãnh đạo, quản lý)"),
    form_label="Mẫu 02B",
    head=Head(
        body=("ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG TỈNH", "CHI BỘ BAN TỔ CHỨC TỈNH ỦY"),
        place="Quảng Ngãi",
        dated_on=date(2024, 11, 5),
    ),
    sections=(
        Section(
            blocks=(
                Fields(
                    (
                        ("Họ và tên", "Nguyễn Thị Ánh Tuyết"),
                        ("Ngày sinh", date(1978, 2, 9)),
                        ("Chức vụ Đảng", "Bí thư chi bộ"),
                        ("Chức vụ chính quyền", ""),
                        ("Đơn vị công tác", "Ban Tổ chức Tỉnh ủy"),
                    )
                ),
            )
        ),
        Section(
            "I. ƯU ĐIỂM, KẾT QUẢ ĐẠT ĐƯỢC",
            (
                Heading("1. Về phẩm chất chính trị; phẩm chất đạo đức, lối sống; ý thức tổ chức kỷ luật"),
                Paragraph(WORK),
                Choice("Tự đánh giá về cấp độ thực hiện:", LEVELS, "Tốt"),
                Heading("2. Về thực hiện chức trách, nhiệm vụ được giao"),
                Paragraph(WORK, lead="Kết quả nổi bật:"),
                Choice("Tự đánh giá về cấp độ thực hiện:", LEVELS, "Xuất sắc"),
                Table(
                    caption="Nhiệm vụ được giao trong năm",
                    columns=(
                        Column("TT", 6, Align.CENTER),
                        Column("Nhiệm vụ", 40),
                        Column("Được giao", 12, group="Số lượng"),
                        Column("Đúng hạn", 12, group="Số lượng"),
                        Column("Tỷ lệ %", 12, Align.RIGHT),
                        Column("Hoàn thành ngày", 18, Align.CENTER),
                    ),
                    rows=(
                        Row(("I", "Nhiệm vụ thường xuyên"), is_strong=True),
                        (1, "Tham mưu công tác cán bộ\nvà bảo vệ chính trị nội bộ", 12, 12, Decimal("100.0"), None),
                        (2, "Thẩm định hồ sơ nhân sự", 12345, 12300, Decimal("99.64"), date(2024, 10, 3)),
                    ),
                    footer=(("", "Tổng cộng", 12357, 12312, Decimal("99.64"), ""),),
                ),
            ),
        ),
        Section(
            "II. HẠN CHẾ, KHUYẾT ĐIỂM VÀ NGUYÊN NHÂN",
            (
                Heading("a) Hạn chế", level=3),
                Paragraph("Có việc chỉ đạo còn chậm.\nViệc kiểm tra ở cơ sở chưa thường xuyên."),
                Blank(2),
            ),
        ),
        Section("VII. TỰ NHẬN MỨC XẾP LOẠI CHẤT LƯỢNG", (Choice("", GRADES, GRADES[1]),)),
        Section(
            blocks=(
                Signatures(
                    (Signature(title="NGƯỜI TỰ KIỂM ĐIỂM", note="(ký, ghi rõ họ tên)", name="Nguyễn Thị Ánh Tuyết"),)
                ),
                Heading("Đánh giá, xếp loại chất lượng đảng viên", level=1),
                Paragraph("Nhận xét, đánh giá của chi ủy: hoàn thành tốt nhiệm vụ được giao.", is_italic=True),
            )
        ),
    ),
    signatures=(
        Signature("T/M CHI ỦY", "BÍ THƯ", "Trần Văn Đồng", "(ký, ghi rõ họ tên)"),
        Signature(
            "T/M ĐẢNG ỦY",
            "PHÓ BÍ THƯ",
            "Lê Thị Hường",
            "(ký, ghi rõ họ tên, đóng dấu)",
            "Quảng Ngãi, ngày 02 tháng 12 năm 2024",
        ),
    ),
    code="2024-CB-000123-3",
    issued_on=date(2024, 11, 5),
)
SUMMARY = Sheet(
    title="PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC",
    head=Head(
        kind=HeadKind.STATE,
        body=("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "SỞ NỘI VỤ"),
        number="215/BC-SNV",
        place="Quảng Ngãi",
        dated_on=date(2026, 2, 5),
    ),
    sections=(
        Section(
            "Tổng hợp",
            (
                Addressees(("Ủy ban nhân dân tỉnh Quảng Ngãi",)),
                Table(
                    (Column("TT", 5, Align.CENTER), Column("Đơn vị", 40), Column("HTXSNV", 10), Column("HTTNV", 10)),
                    tuple((n, f"Phòng chuyên môn số {n}", n * 3, n * 7) for n in range(1, 41)),
                ),
                PageBreak(),
                Paragraph("Hết.", align=Align.CENTER, is_bold=True),
            ),
        ),
    ),
    signatures=(Signature("", "GIÁM ĐỐC", "Võ Phiên"),),
    recipients=("UBND tỉnh;", "Lưu: VT."),
    watermark="DỰ THẢO",
    is_landscape=True,
    code="2026-BC-000007-1",
)
