"""A consultation of the province's committee in these tests: prepared by Giang, answered by Sở KH&ĐT and Sở Y tế.

An leads Sở Kế hoạch và Đầu tư, Nga is its secretary; Dũng leads Sở Y tế, Khánh is its officer; Bình is asked himself.
"""

from datetime import date, timedelta

from django.utils import timezone

from criteria.models import Addressee, Clause, Consultation
from criteria.selectors.consulting import cutting
from criteria.services.consulting import addressees, consultations, consulted_texts, remarks
from orgs.models import AuditEvent
from orgs.services.transitions import advance

TEXT = """Điều 1. Phạm vi điều chỉnh
Quy định này quy định việc đánh giá, phân loại cán bộ.
Điều 2. Tiêu chí
1. Về phẩm chất chính trị, đạo đức, lối sống.
2. Về kết quả thực hiện nhiệm vụ được giao.
"""
LABELS = ["Điều 1", "Điều 2", "Điều 2, khoản 1", "Điều 2, khoản 2"]
QUESTION = "Nên sửa đổi, bổ sung nội dung nào, lý do và giải pháp đề xuất?"


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def draft(province, **letter) -> Consultation:
    values = {
        "number": "1440-CV/BTCTU",
        "sent_on": timezone.localdate() - timedelta(days=5),
        "letter": "Ban Tổ chức Tỉnh ủy đề nghị các cơ quan, tổ chức có ý kiến.",
        "question": QUESTION,
        "due_on": timezone.localdate() + timedelta(days=10),
    }
    return consultations.create_consultation(
        issuer=province.units["TU"],
        title="Lấy ý kiến về văn bản đánh giá, phân loại cán bộ",
        actor=province.users["giang"],
        **{**values, **letter},
    )


def with_text(province, row, text=TEXT, way=cutting.POINTS, title="Quy định số 906-QĐ/TU"):
    consulted_texts.add_pasted(
        consultation=row,
        title=title,
        number="906-QĐ/TU",
        issued_on=date(2017, 11, 24),
        text=text,
        way=way,
        version=row.version,
        actor=province.users["giang"],
    )
    return fresh(row)


def with_recipients(province, row, units=("SKH", "SYT"), people=("binh",)):
    chosen = [addressees.Recipient(unit=province.units[code], block="Các sở, ban, ngành") for code in units]
    chosen += [addressees.Recipient(person=province.people[short]) for short in people]
    addressees.add_addressees(consultation=row, recipients=chosen, version=row.version, actor=province.users["giang"])
    return fresh(row)


def ready(province, **letter) -> Consultation:
    return with_recipients(province, with_text(province, draft(province, **letter)))


def move(province, row, name, actor="giang", **more):
    return advance(row, name, actor=province.users[actor], version=fresh(row).version, **more)


def opened(province, **letter) -> Consultation:
    return move(province, ready(province, **letter), "open")


def reply_of(row, code) -> Addressee:
    return Addressee.objects.get(consultation=row, unit__code=code)


def clause(row, label) -> Clause:
    return Clause.objects.get(text__consultation=row, label=label)


def write(province, reply, actor, label, kind="amend", wording="", reason="", version=0, number=1, **page):
    return remarks.save_remark(
        addressee=reply,
        clause=clause(reply.consultation, label),
        number=number,
        text=remarks.RemarkText(kind, wording, reason),
        version=version,
        actor=province.users[actor],
        page=remarks.Page(**page),
    )


def last_event(action):
    return AuditEvent.objects.filter(action=action).latest("id")


def answered(province, row, code="SKH", writer="nga", head="an"):
    """The body has answered with two remarks."""
    reply = reply_of(row, code)
    write(province, reply, writer, "Điều 1", "keep")
    write(province, reply, writer, "Điều 2, khoản 2", "amend", "Về kết quả, sản phẩm cụ thể.", "Cần đo đếm được.")
    return move(province, reply, "send", head)
