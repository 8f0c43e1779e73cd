"""The facts sheet (phiếu số liệu): figures with their source documents; what nobody stated is said to be unknown."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from orgs.documents import Align, Block, Column, Fields, Paragraph, Section, Sheet, Signature, Table, Value
from registrations.models import Discipline, DisciplineForm, Finding, FindingKind, Shortcoming
from reviews.documents import heads
from reviews.models import Circumstance, CircumstanceKind, Rating, Review, Scope, TaskTally
from reviews.selectors.grading.explanations import explanation_of
from reviews.selectors.grading.facts import registered_for
from reviews.selectors.writing.tallies_stated import FIELDS_OF_SCOPE, scopes_of

SCOPES = {
    Scope.OWN: "Nhiệm vụ của cá nhân",
    Scope.UNITS_LED: "Nhiệm vụ của các tổ chức, đơn vị được giao lãnh đạo",
    Scope.COLLECTIVE: "Nhiệm vụ của tập thể",
    Scope.SAME_LEVEL: "Chính quyền, Mặt trận Tổ quốc và tổ chức chính trị - xã hội cùng cấp",
}
FIGURES = {
    "assigned": "Số nhiệm vụ được giao",
    "done": "Số nhiệm vụ hoàn thành",
    "on_time": "Hoàn thành đúng tiến độ",
    "beyond": "Hoàn thành vượt mức",
    "quality_met": "Bảo đảm chất lượng",
    "main_targets_missed": "Có chỉ tiêu chủ yếu không hoàn thành",
    "force_majeure": "Do nguyên nhân bất khả kháng",
    "undone_objective": "Chưa hoàn thành vì nguyên nhân khách quan được xác nhận",
    "late_objective": "Chậm vì nguyên nhân khách quan được xác nhận",
    "units_total": "Số tổ chức, đơn vị được giao lãnh đạo",
    "units_completed": "Trong đó hoàn thành nhiệm vụ trở lên",
    "units_good": "Trong đó hoàn thành tốt nhiệm vụ trở lên",
}
DISCIPLINE = {
    DisciplineForm.KHIEN_TRACH: "Khiển trách",
    DisciplineForm.CANH_CAO: "Cảnh cáo",
    DisciplineForm.CACH_CHUC: "Cách chức",
    DisciplineForm.KHAI_TRU: "Khai trừ",
    DisciplineForm.OTHER: "Hình thức khác",
}
FINDINGS = {
    FindingKind.DEGRADATION: "Suy thoái, “tự diễn biến”, “tự chuyển hóa”",
    FindingKind.DISUNITY: "Mất đoàn kết nội bộ",
    FindingKind.CORRUPTION: "Tham nhũng, lãng phí, tiêu cực",
    FindingKind.BROKE_MEMBERS_RULES: "Vi phạm những điều đảng viên không được làm",
    FindingKind.BROKE_EXEMPLARY_DUTY: "Vi phạm trách nhiệm nêu gương",
}
CIRCUMSTANCES = {
    CircumstanceKind.ADMITTED_UNDER_6_MONTHS: "Kết nạp Đảng dưới 6 tháng",
    CircumstanceKind.APPOINTED_UNDER_6_MONTHS: "Được bổ nhiệm dưới 6 tháng",
    CircumstanceKind.FOUNDED_UNDER_6_MONTHS: "Thành lập, chia tách, sáp nhập dưới 6 tháng",
    CircumstanceKind.SICK_LEAVE_3_MONTHS: "Nghỉ ốm từ 3 tháng trở lên",
    CircumstanceKind.MATERNITY: "Nghỉ thai sản",
    CircumstanceKind.ABSENT_3_TO_6_MONTHS: "Vắng mặt có lý do từ 3 đến dưới 6 tháng",
    CircumstanceKind.WORKED_UNDER_6_MONTHS: "Công tác trong năm dưới 6 tháng",
    CircumstanceKind.MOVED: "Chuyển công tác trong năm",
    CircumstanceKind.EXEMPT_FROM_ACTIVITY: "Được miễn công tác và sinh hoạt đảng",
    CircumstanceKind.SUSPENDED_FROM_ACTIVITY: "Bị đình chỉ sinh hoạt đảng",
    CircumstanceKind.ABSENT_FROM_REVIEW: "Vắng mặt tại hội nghị kiểm điểm",
    CircumstanceKind.UNDER_VERIFICATION: "Đang bị kiểm tra, xác minh, điều tra",
}
WHOM = {
    "self": "Bản thân đối tượng",
    "member": "Thành viên tập thể",
    "collective": "Tập thể",
    "subordinate_unit": "Đơn vị trực thuộc",
    "unit_led": "Đơn vị được giao lãnh đạo",
}
REGISTER = (
    Column("STT", 7, Align.CENTER),
    Column("Về", 20),
    Column("Nội dung", 28),
    Column("Văn bản", 22),
    Column("Ngày", 12, Align.CENTER),
)


@override("vi")
def facts_sheet(review: Review, ratings: Sequence[Rating], *, is_inside: bool) -> Sheet:
    """The facts of `review` and of its `ratings`; rows about others than the subject only with `is_inside`."""
    register = (
        [
            ("KỶ LUẬT, KẾT LUẬN CỦA CƠ QUAN CÓ THẨM QUYỀN", list(_register(ratings, is_inside=is_inside))),
            ("HẠN CHẾ, KHUYẾT ĐIỂM ĐÃ ĐƯỢC CHỈ RA VÀ KẾT QUẢ KHẮC PHỤC", list(_shortcomings(ratings))),
            ("HOÀN CẢNH ĐƯỢC GHI NHẬN", list(_circumstances(ratings))),
        ]
        if ratings
        else [("XẾP LOẠI", [Paragraph("Không thuộc diện xếp loại trong đợt này.")])]
    )
    numbered = [
        ("THỰC HIỆN NHIỆM VỤ", list(_tasks(review))),
        *register,
    ]
    if is_inside and (unknown := list(_unknown(ratings))):
        numbered.append(("SỐ LIỆU CHƯA CÓ", unknown))
    roman = ("I", "II", "III", "IV", "V")
    sections = [Section(f"{roman[place]}. {title}", tuple(blocks)) for place, (title, blocks) in enumerate(numbered)]
    return Sheet(
        title="PHIẾU SỐ LIỆU",
        subtitles=(f"Phục vụ đánh giá, xếp loại chất lượng năm {heads.year_of(review.cycle)}",),
        head=heads.head_of_review(review),
        sections=(Section(blocks=(Fields(heads.subject_lines(review)),)), *sections),
        signatures=(Signature(title="NGƯỜI LẬP PHIẾU", note="(ký, ghi rõ họ tên)"),),
        code=review.code,
    )


def _tasks(review: Review) -> Iterable[Block]:
    stated = {row.scope: row for row in TaskTally.objects.filter(sheet__review=review)}
    columns = (Column("Chỉ tiêu", 55), Column("Số liệu", 15, Align.CENTER))
    for scope in scopes_of(review):
        row = stated.get(scope)
        names = [name for name in FIELDS_OF_SCOPE[scope] if name in FIGURES]
        yield Table(columns, [(FIGURES[name], _figure(row, name)) for name in names], caption=_caption(review, scope))
        yield Paragraph(row.document if row and row.document else heads.UNKNOWN, lead="Nguồn số liệu: ")


def _caption(review: Review, scope: str) -> str:
    return SCOPES[Scope.COLLECTIVE if review.collective_id and scope == Scope.OWN else scope]


def _figure(row: TaskTally | None, name: str) -> Value:
    value = getattr(row, name) if row else None
    if value is None:
        return heads.UNKNOWN
    return ("Có" if value else "Không") if isinstance(value, bool) else value


def _register(ratings: Sequence[Rating], *, is_inside: bool) -> Iterable[Block]:
    found: dict[tuple[type, int], tuple[Discipline | Finding, str]] = {}
    for rating in ratings:
        for row, whom in registered_for(rating)[0]:
            if is_inside or whom == "self":
                found[type(row), row.pk] = row, whom
    if not found:
        yield Paragraph("Không có trong sổ theo dõi.")
        return
    rows = [_registered(place, row, whom) for place, (row, whom) in enumerate(found.values(), 1)]
    yield Table(REGISTER, rows)


def _registered(place: int, row: Discipline | Finding, whom: str) -> tuple[Value, ...]:
    kind = DISCIPLINE[row.form] if isinstance(row, Discipline) else FINDINGS[row.kind]
    marks = [kind, row.text, "tự phát hiện" if row.self_detected else "", "đã khắc phục" if row.remedied else ""]
    whose = str(row.person or row.collective or row.unit)
    return (
        place,
        whose if whom == "self" else f"{whose} ({WHOM[whom].lower()})",
        "; ".join(mark for mark in marks if mark),
        row.document,
        row.document_on,
    )


def _shortcomings(ratings: Sequence[Rating]) -> Iterable[Block]:
    found: dict[int, Shortcoming] = {row.pk: row for rating in ratings for row in registered_for(rating)[1]}
    if not found:
        yield Paragraph("Không có trong sổ theo dõi.")
        return
    columns = (
        Column("STT", 7, Align.CENTER),
        Column("Nội dung", 35),
        Column("Văn bản chỉ ra, ngày", 25),
        Column("Kết quả khắc phục", 25),
    )
    yield Table(columns, [_shortcoming(place, row) for place, row in enumerate(found.values(), 1)])


def _shortcoming(place: int, row: Shortcoming) -> tuple[Value, ...]:
    if row.is_none:
        return place, "Không có hạn chế, khuyết điểm được chỉ ra", f"{row.document}, {heads.day(row.document_on)}", ""
    remedy = f"Đã khắc phục ngày {heads.day(row.remedied_on)}" if row.remedied_on else "Chưa ghi nhận khắc phục"
    document = f" ({row.remedy_document})" if row.remedy_document else ""
    verified = f"; {row.verified_by} xác nhận" if row.verified_by_id else ""
    source = f"{row.document}, {heads.day(row.document_on)}"
    return place, row.text or heads.UNKNOWN, source, f"{remedy}{document}{verified}"


def _circumstances(ratings: Sequence[Rating]) -> Iterable[Block]:
    rows: list[Circumstance] = list(
        Circumstance.objects.filter(rating__in=ratings, withdrawn_at=None).select_related("rating").order_by("id")
    )
    if not rows:
        yield Paragraph("Không có.")
        return
    columns = (Column("Xếp loại", 25), Column("Hoàn cảnh", 30), Column("Văn bản, ngày", 25))
    yield Table(columns, [(heads.KINDS[row.rating.kind], CIRCUMSTANCES[row.kind], _source(row)) for row in rows])


def _source(row: Circumstance) -> str:
    return f"{row.document}, {heads.day(row.document_on)}" if row.document_on else row.document


def _unknown(ratings: Sequence[Rating]) -> Iterable[Block]:
    rows = [
        (heads.KINDS[rating.kind], unknown.what, unknown.who)
        for rating in ratings
        if not rating.decided_grade
        for unknown in explanation_of(rating).unknown
    ]
    if rows:
        yield Table((Column("Xếp loại", 20), Column("Số liệu chưa có", 30), Column("Ai cung cấp", 30)), rows)
