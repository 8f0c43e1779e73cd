"""Registered work in the tables of lists and forms: the rows that they show, the forms that are sent twice."""

from django.utils import timezone

from orgs.models import Setting
from orgs.services import transitions
from registrations.models import Registration, SupportRequest, Work
from tests.access.played.acts import works
from tests.registrations.works import written

DAY = "%d/%m/%Y"


def registration_of(made, person, number=1, *, state="sent", **more):
    """One more sent registration of `person`, a year further back each."""
    row = Registration(
        person=person,
        year=written.YEAR + 1 - number,
        unit=made.province.units["SKH"],
        receiving_unit=made.province.units["BTCTU"],
        receiving_collective=made.province.collectives["BTV-TU"],
        addressee="Thường trực Tỉnh ủy",
        sent_at=timezone.now(),
        **more,
    )
    transitions.start(row, "registration")
    row.save()
    Registration.objects.filter(pk=row.pk).update(state=state)
    return row


def work_of(made, number, *, state="under_way"):
    row = Work(registration=registration_of(made, made.province.people["binh"], number, state="received"), kind="hard")
    row.name = f"Việc đăng ký số {number}"
    row.starts_on, row.finishes_on = written.HARD["starts_on"], written.HARD["finishes_on"]
    transitions.start(row, "work")
    row.save()
    Work.objects.filter(pk=row.pk).update(state=state)
    return row


def waiting(made, number):
    registration_of(made, made.province.people["binh"], number)


def on_board(made, number):
    Setting.objects.update_or_create(key="unit_work_board", defaults={"value": True})
    work_of(made, number)


def asked(made, number):
    row = SupportRequest(
        work=work_of(made, number),
        body=made.province.units["UBND"],
        text=f"Đề xuất số {number}",
        due_on=written.today(),
        asked_by=made.user("binh"),
        opened_at=timezone.now(),
    )
    transitions.start(row, "support")
    row.save()
    SupportRequest.objects.filter(pk=row.pk).update(state="open")


def of_work(**body):
    return lambda made: ([written.running(made.province).uuid], body)


def shown(values):
    return {name: value.strftime(DAY) if hasattr(value, "strftime") else value for name, value in values.items()}


def new_work(made):
    return [written.draft(made.province).uuid, "hard"], shown(written.HARD)


def new_line(made):
    return [written.draft(made.province).uuid, "strength"], {"text": "Quyết liệt."}


def support(made):
    given = works.asking(made, 0)
    return [given["work"].uuid], shown({"text": given["text"], "due_on": given["due_on"]}) | {"body": given["body"].pk}


TODAY = written.today().strftime(DAY)
# (address, service, who sends it, arguments and contents)
FORMS = (
    ("registrations:work_add", "add_work", "an", new_work),
    ("registrations:plan_line_add", "add_plan_line", "an", new_line),
    ("registrations:note_add", "note_progress", "an", of_work(noted_on=TODAY, text="Đã đi nửa đường.")),
    ("registrations:obstacle_add", "report_obstacle", "an", of_work(found_on=TODAY, text="Chưa có đơn giá.")),
    (
        "registrations:direction_add",
        "enter_direction",
        "giang",
        of_work(document="CV 450-CV/TU", document_on=TODAY, text="Giao UBND tỉnh."),
    ),
    ("registrations:support_add", "ask_support", "an", support),
)
