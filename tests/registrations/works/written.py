"""What the tests of registered work begin with: values of the form, and a registration at each of its stations."""

from datetime import date, timedelta

from django.utils import timezone

from orgs.services.transitions import advance
from registrations.models import Registration, Work
from registrations.services.works import outcomes, registrations, support, writing

YEAR = timezone.localdate().year
HARD = {
    "field": "land",
    "name": "Tháo gỡ vướng mắc giải phóng mặt bằng Khu công nghiệp VSIP II",
    "content": "Hoàn thành bồi thường 45 hộ còn lại.",
    "aim": "Bàn giao 100 % mặt bằng sạch.",
    "tasks": "Đối thoại với từng hộ; phê duyệt phương án bồi thường.",
    "measures": "Lập tổ công tác liên ngành, giao ban hằng tuần.",
    "effect": "Nhà đầu tư khởi công trong quý IV.",
    "starts_on": date(YEAR, 1, 1),
    "finishes_on": date(YEAR, 12, 20),
    "support": "Đề nghị Ủy ban nhân dân tỉnh ban hành đơn giá bồi thường.",
}
NEW = {
    "field": "reform",
    "name": "Giao chỉ tiêu kế hoạch đầu tư công trên nền tảng số",
    "difficulties": "Dữ liệu của các huyện chưa đồng bộ.",
    "content": "Xây dựng bảng theo dõi giải ngân theo thời gian thực.",
    "measures": "Thí điểm tại ba huyện rồi nhân rộng.",
    "effect": "Giảm một nửa thời gian tổng hợp báo cáo.",
    "starts_on": date(YEAR, 1, 1),
    "finishes_on": date(YEAR, 12, 30),
}


def today():
    return timezone.localdate()


def draft(province, who="an", *, works=(("hard", HARD),)):
    """A draft of `who` for this year with its works."""
    row = registrations.create_registration(subject=province.people[who], year=YEAR, actor=province.users[who])
    for kind, values in works:
        writing.add_work(registration=row, kind=kind, values=values, actor=province.users[who])
    row.refresh_from_db()
    return row


def sent(province, who="an", **more):
    row = draft(province, who, **more)
    return advance(row, "send", actor=province.users[who], version=row.version)


def received(province, who="an", *, by="giang", **more):
    row = sent(province, who, **more)
    return advance(row, "receive", actor=province.users[by], version=row.version)


def running(province, who="an", *, by="giang", **more):
    """The first work of a received registration, under way."""
    work = received(province, who, by=by, **more).works.order_by("id").first()
    return advance(work, "start", actor=province.users[who], version=work.version)


def reported(province, who="an", outcome="done", **more):
    work = running(province, who, **more)
    return outcomes.report_outcome(
        work=work,
        outcome=outcome,
        result="Đã bàn giao 45/45 hộ.",
        finished_on=today(),
        version=work.version,
        actor=province.users[who],
    )


def asked(province, work, body="UBND", days=10, actor="an"):
    return support.ask_support(
        work=work,
        body=province.units[body],
        text="Ban hành đơn giá bồi thường.",
        due_on=today() + timedelta(days=days),
        actor=province.users[actor],
    )


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def only():
    return Registration.objects.get(), Work.objects.order_by("id").first()
