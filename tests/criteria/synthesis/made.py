"""A consultation like that of letter 1440-CV/BTCTU: two texts, eight who were asked, remarks that came in.

Giang, officer of the Organisation Committee, asks; An leads Sở Kế hoạch và Đầu tư, Dũng leads Sở Y tế.
"""

from datetime import UTC, date, datetime

from criteria.models import Addressee, Clause, Consultation, ConsultedText, Remark
from criteria.selectors.consulting import clause_sources
from criteria.services.consulting import amendments, answers, submissions
from criteria.services.frameworks import frameworks
from criteria.services.frameworks.framework_rows import CriterionRow
from orgs.models import Unit
from orgs.services.transitions import start

TITLE = "Lấy ý kiến tham gia góp ý về các văn bản đánh giá, phân loại cán bộ của Ban Thường vụ Tỉnh ủy"
LETTER = (
    "Thực hiện Chương trình hành động của Tỉnh ủy (khóa XX), Ban Tổ chức Tỉnh ủy đề nghị các cơ quan, tổ chức và cá "
    "nhân có ý kiến đề xuất nên sửa đổi, bổ sung nội dung nào trong 02 văn bản gửi kèm.\n"
    "Đề nghị nêu rõ những lý do đề xuất, giải pháp sửa đổi, bổ sung (nếu có)."
)
TEXTS = (
    (
        "Quy định đánh giá, phân loại cán bộ diện Ban Thường vụ Tỉnh ủy quản lý",
        "906-QĐ/TU",
        date(2017, 11, 24),
        (
            ("Điều 1", "Quy định này quy định về nguyên tắc, nội dung, phương pháp đánh giá, phân loại cán bộ."),
            ("Điều 2", "Việc đánh giá được thực hiện mỗi năm một lần, trước ngày 31 tháng 12."),
            ("Điều 3", "Kết quả đánh giá được công khai tại cơ quan nơi cán bộ công tác."),
        ),
    ),
    (
        "Quyết định ban hành khung tiêu chí đánh giá cán bộ lãnh đạo, quản lý",
        "1293-QĐ/TU",
        date(2018, 11, 28),
        (("Tiêu chí 1", "Mức độ hoàn thành nhiệm vụ được giao trong năm."), ("Tiêu chí 2", "Ý thức tổ chức kỷ luật.")),
    ),
)
# unit: state, late?, agreed?; the person Bình is asked in his own name.
ASKED = (
    ("SKH", "replied", False, False),
    ("SYT", "replied", True, False),
    ("SNV", "replied", False, False),
    ("UBND", "replied", False, True),
    ("DUK", "prepared", False, False),
    ("CB-SKH", "asked", False, False),
    ("CB-SYT", "asked", False, False),
)
# unit, clause, kind, wording, reason
REMARKS = (
    ("SKH", "Điều 2", "amend", "Đánh giá hằng quý và cuối năm.", "Đánh giá một năm một lần không phản ánh kịp thời."),
    ("SYT", "Điều 2", "amend", "Đánh giá hằng quý và cuối năm.", "Ngành y tế giao chỉ tiêu theo quý."),
    ("SNV", "Điều 2", "amend", "Đánh giá sáu tháng một lần.", "Hằng quý là quá dày đối với cơ quan hành chính."),
    ("SNV", "Điều 1", "keep", "", ""),
    ("SKH", "Điều 3", "drop", "", "Công khai mức xếp loại đã có quy định riêng."),
    ("SYT", "Tiêu chí 1", "add", "Gắn với sản phẩm cụ thể.", "Khung hiện hành chưa đo bằng sản phẩm."),
    ("DUK", "Tiêu chí 2", "drop", "", "Bản này chưa gửi, không ai ngoài Đảng ủy Khối được đọc."),
)
OPENED = datetime(2021, 9, 20, 1, 0, tzinfo=UTC)


def consultation(province, *, state="synthesis", **more) -> Consultation:
    """The whole consultation of `province` in `state`, as the database keeps it."""
    row = Consultation(
        issuer=province.units["BTCTU"],
        title=TITLE,
        number="1440-CV/BTCTU",
        sent_on=date(2021, 9, 20),
        letter=LETTER,
        due_on=date(2021, 10, 9),
        opened_at=OPENED,
        signer_title="TRƯỞNG BAN",
        signer="Lữ Ngọc Bình",
        **more,
    )
    start(row, "consultation")
    row.save()
    Consultation.objects.filter(pk=row.pk).update(state=state)
    clauses = dict(_texts(row))
    people = dict(_addressees(row, province))
    for unit, label, kind, wording, reason in REMARKS:
        Remark.objects.create(addressee=people[unit], clause=clauses[label], kind=kind, wording=wording, reason=reason)
    return Consultation.objects.get(pk=row.pk)


def _texts(row):
    for place, (title, number, day, clauses) in enumerate(TEXTS, 1):
        text = ConsultedText.objects.create(consultation=row, order=place, title=title, number=number, issued_on=day)
        for order, (label, body) in enumerate(clauses, 1):
            yield label, Clause.objects.create(text=text, order=order, label=label, body=body)


def _addressees(row, province):
    for code, state, is_late, is_agreed in ASKED:
        yield code, addressee(row, province.units[code], state, is_late=is_late, is_without_remarks=is_agreed)
    yield "binh", addressee(row, province.people["binh"], "asked")


def addressee(row, who, state="replied", **more) -> Addressee:
    """One who was asked, in `state`; the block of the letter follows from what it is."""
    is_unit = isinstance(who, Unit)
    block = "Các cơ quan, đơn vị thuộc tỉnh" if is_unit else "Cán bộ được xin ý kiến"
    found = Addressee(
        consultation=row,
        block=block,
        replied_at=OPENED if state == "replied" else None,
        **{"unit" if is_unit else "person": who},
        **more,
    )
    start(found, "addressee")
    found.save()
    Addressee.objects.filter(pk=found.pk).update(state=state)
    return Addressee.objects.get(pk=found.pk)


def clause(row, label) -> Clause:
    """The clause of this label."""
    return Clause.objects.select_related("text__consultation").get(text__consultation=row, label=label)


def remarks(row, label, *units) -> list[Remark]:
    """The sent remarks on the clause of this label, of these units or of all."""
    rows = Remark.objects.filter(clause__text__consultation=row, clause__label=label, addressee__state="replied")
    return list(rows.filter(addressee__unit__code__in=units) if units else rows)


def answer_all(row, actor):
    """Answer every remark, amend Điều 2, drop Điều 3, write the submission."""
    group(row, actor, "Điều 2", ("SKH", "SYT"), "accepted", "")
    group(row, actor, "Điều 2", ("SNV",), "not_accepted", "Quy định 366-QĐ/TW đã yêu cầu đánh giá theo quý.")
    group(row, actor, "Điều 3", ("SKH",), "in_part", "Giữ nguyên tắc công khai, bỏ nội dung về nơi công khai.")
    group(row, actor, "Tiêu chí 1", ("SYT",), "accepted", "")
    amend(row, actor, "Điều 2", "Việc đánh giá được thực hiện hằng quý và cuối năm, trước ngày 31 tháng 12.")
    amend(row, actor, "Điều 3", "", is_dropped=True)
    words = submissions.PaperWords(
        signer_title="TRƯỞNG BAN",
        signer="Lữ Ngọc Bình",
        copies_to="Như trên,\nThường trực Tỉnh ủy (để báo cáo),\nLưu Văn phòng Tỉnh ủy.",
        submitted_to="Ban Thường vụ Tỉnh ủy",
        submission_number="312-TTr/BTCTU",
        submitted_on=date(2021, 11, 5),
    )
    return submissions.write_papers(
        consultation=row, words=words, actor=actor, version=Consultation.objects.get(pk=row.pk).version
    )


def group(row, actor, label, units, verdict, reason, **more):
    """One answer to the remarks of these units on the clause."""
    return answers.group_remarks(
        clause=clause(row, label),
        remarks=remarks(row, label, *units),
        actor=actor,
        verdict=verdict,
        reason=reason,
        **more,
    )


def amend(row, actor, label, words, *, is_dropped=False):
    """The clause after the remarks."""
    found = clause(row, label)
    return amendments.amend_clause(
        clause=found, amended=words, is_dropped=is_dropped, actor=actor, version=found.version
    )


def framework_put_out(province, regulation) -> ConsultedText:
    """A draft framework of the Organisation Committee under synthesis, one clause for each of its two criteria."""
    giang = province.users["giang"]
    levels = {"excellent": "Đạt 100%.", "good": "Đạt từ 90%.", "average": "Đạt từ 70%.", "poor": "Dưới 70%."}
    rows = [
        CriterionRow(1, "I", "Kết quả", "results", order, f"{order}", f"Tiêu chí số {order}", "", None, levels)
        for order in (1, 2)
    ]
    framework = frameworks.create_framework(
        issuer=province.units["BTCTU"],
        regulation=regulation,
        title="Khung tiêu chí dự thảo",
        subject="person",
        form_key="02A",
        actor=giang,
        rows=tuple(rows),
    )
    row = consultation(province)
    text = ConsultedText.objects.create(consultation=row, order=9, title=framework.title, framework=framework)
    for order, found in enumerate(clause_sources.of_framework(framework), 1):
        Clause.objects.create(text=text, order=order, label=found.label, body=found.body, source=found.source)
    return text
