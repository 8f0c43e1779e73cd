"""The demonstration studies QĐ 124-QĐ/TW by letter 1823-CV/TU: most bodies through, some behind, a few not begun."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.models import Dissemination, Regulation
from criteria.selectors.reaching.disseminations import people_of
from criteria.selectors.reaching.urging import Matter
from criteria.services.reaching.disseminations import DisseminationWords, Session, create_dissemination, record_session
from criteria.services.reaching.urging import Call, LetterWords, draft_letter, log_call, send_letter, update_letter
from orgs.documents import Paragraph, Section, Sheet, render_pdf
from orgs.models import Person, Unit, User
from orgs.services.transitions import advance
from reviews.services.demo.register import Register

KEY = "124-QĐ/TW@2023-10-04"
# Where the named logins work everybody is through, so that their first page shows what the round asks.
NAMED = frozenset({"KHDT", "TTRA", "BTCTU", "SNV", "TU", "UBND", "YT", "DUK"})
FIRST_SITTING = date(2023, 10, 23)
SITTING = "Hội nghị nghiên cứu, quán triệt Quy định số 124-QĐ/TW"
MATERIALS = (
    "Toàn văn Quy định số 124-QĐ/TW; Công văn số 1823-CV/TU (mục 1, mục 3).\n"
    "Dữ liệu mẫu: hạn hoàn thành được đặt quanh ngày nạp dữ liệu."
)
NOT_BEGUN, PARTLY, ALL = 0, 1, 2


def study_124(made: Register, officer: User) -> Dissemination:
    """Letter 1823-CV/TU sent out to every body of today that has a head; who has not begun is urged."""
    bodies = list(_bodies(made))
    words = DisseminationWords(
        title="Nghiên cứu, quán triệt Quy định số 124-QĐ/TW của Bộ Chính trị",
        regulation=Regulation.objects.get(key=KEY),
        materials=MATERIALS,
        number="1823-CV/TU",
        sent_on=date(2023, 10, 18),
        due_on=timezone.localdate() + timedelta(days=5),
    )
    row = create_dissemination(
        issuer=made.units["TU"], words=words, bodies=[unit for unit, _head in bodies], actor=officer, is_demo=True
    )
    row = advance(row, "open", actor=officer, version=row.version)
    attendance = _attendance()
    waiting = []
    for place, (unit, head) in enumerate(bodies):
        people = _who_sat_there(unit, _progress(unit, place))
        if people:
            day = FIRST_SITTING + timedelta(days=place % 15)
            held = Session(day, SITTING, SimpleUploadedFile("danh-sach-tham-du.pdf", attendance))
            record_session(dissemination=row, unit=unit, people=people, session=held, actor=made.users[head.pk])
        else:
            waiting.append(unit)
    _urge(row, waiting, made.units["BTCTU"], officer)
    return row


def _bodies(made: Register) -> Iterator[tuple[Unit, Person]]:
    today = timezone.localdate()
    standing = Unit.objects.without_tree_fields().current(today).in_bulk()
    for code, head in made.heads.items():
        unit = made.units.get(code)
        if unit and unit.pk in standing and head.appointments.current(today).filter(unit=unit, is_head=True).exists():
            yield standing[unit.pk], head


def _progress(unit: Unit, place: int) -> int:
    if unit.code in NAMED:
        return ALL
    return NOT_BEGUN if place % 8 == 5 else PARTLY if place % 3 == 1 else ALL


def _who_sat_there(unit: Unit, progress: int) -> list[Person]:
    people = [] if progress == NOT_BEGUN else list(people_of(unit))
    return people if progress == ALL else [person for place, person in enumerate(people) if place % 5 != 3]


def _attendance() -> bytes:
    note = Paragraph("Dữ liệu mẫu: danh sách có chữ ký của người tham dự hội nghị.")
    return render_pdf((Sheet(title="DANH SÁCH THAM DỰ", subtitles=(SITTING,), sections=(Section(blocks=(note,)),)),))


def _urge(row: Dissemination, waiting: list[Unit], issuer: Unit, officer: User) -> None:
    if not waiting:
        return
    matter, today = Matter("dissemination", row), timezone.localdate()
    letter = draft_letter(matter=matter, issuer=issuer, units=waiting, actor=officer, due_on=row.due_on)
    words = LetterWords("31-CV/BTCTU (mẫu)", today, row.due_on, letter.text)
    letter = update_letter(letter=letter, words=words, actor=officer, version=letter.version)
    send_letter(letter=letter, actor=officer, version=letter.version)
    call = Call(timezone.now(), "Chánh Văn phòng", row.due_on, row.due_on, "Hứa tổ chức hội nghị trong tuần.")
    log_call(matter=matter, unit=waiting[0], issuer=issuer, call=call, actor=officer)
