"""Frameworks at three levels: the province's of QĐ 124-QĐ/TW, one of a department under it, one of a centre with jobs.

The department puts figures to the levels, words one of them stricter (confirmed by the province) and adds a criterion;
the centre raises the figures with their words (confirmed by the department) and adds what its own jobs do (letter
1823-CV/TU, 2). Other bodies have made theirs for some of their people, so that the coverage shows who lags.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from criteria.conformity import fingerprint
from criteria.models import Criterion, Direction, Framework, Level
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks import frameworks as selectors
from criteria.services.frameworks.conformities import confirm_level
from criteria.services.frameworks.framework_heads import add_cover
from criteria.services.frameworks.framework_rows import CriterionRow, row_of, save_criterion
from criteria.services.frameworks.frameworks import concretise_framework, number_framework
from orgs.models import Appointment, Job, Unit, User
from orgs.services.transitions import advance
from reviews.services.demo.register import Register

DEPARTMENT, CENTRE, FORM = "YT", "KSBT", "02A"
JOBS = (
    ("KSBT-01", "Phòng, chống bệnh truyền nhiễm"),
    ("KSBT-02", "Xét nghiệm, chẩn đoán"),
    ("KSBT-03", "Truyền thông, giáo dục sức khỏe"),
)
CONFIRMED = ("Công văn số 412-CV/BTCTU (mẫu)", date(2024, 12, 16))
MOST = "Hoàn thành từ 80% nhiệm vụ trở lên; không quá 20% chưa bảo đảm chất lượng hoặc chậm tiến độ."
ON_TIME = (
    "Giải quyết hồ sơ, thủ tục được giao đúng hạn",
    "Từ 98% hồ sơ trở lên đúng hạn, trong đó có hồ sơ trước hạn; không có hồ sơ phải xin lỗi.",
    "Từ 95% hồ sơ trở lên đúng hạn; hồ sơ quá hạn có văn bản xin lỗi, hẹn lại.",
    "Từ 90% hồ sơ trở lên đúng hạn.",
    "Dưới 90% hồ sơ đúng hạn, không do bất khả kháng.",
)
SOONER = (
    "Từ 99% hồ sơ trở lên đúng hạn, trong đó có hồ sơ trước hạn; không có hồ sơ phải xin lỗi.",
    "Từ 97% hồ sơ trở lên đúng hạn; hồ sơ quá hạn có văn bản xin lỗi, hẹn lại.",
    "Từ 92% hồ sơ trở lên đúng hạn.",
)
# Which bodies have made the province's frameworks concrete, by form: collectives, those who lead, everybody else.
SPREAD = {
    "01": ("BTCTU", "BNCTU", "UBKTTU", "VPTU", "BQN", "SNV", "TP", "CT", "XD", "KHCN", "GDDT", "YT", "TTRA", "TC"),
    "02B": ("BTCTU", "BNCTU", "UBKTTU", "SNV", "TP", "CT", "GDDT", "YT"),
    "02A": ("BTCTU", "UBKTTU", "SNV", "GDDT"),
}
WITHIN_A_DAY = (
    "Báo cáo ca bệnh truyền nhiễm, ổ dịch trong 24 giờ",
    "100% ca bệnh được báo cáo trong 24 giờ, có điều tra dịch tễ kèm theo.",
    "Từ 98% ca bệnh trở lên được báo cáo trong 24 giờ.",
    "Từ 95% ca bệnh trở lên được báo cáo trong 24 giờ.",
    "Dưới 95% ca bệnh được báo cáo trong 24 giờ.",
)


def concretise_124(made: Register, officer: User) -> None:
    """The frameworks of the department, its centre and the other bodies, issued; the province's stand above all."""
    writer = made.users[made.staff[DEPARTMENT][0].pk]
    department = _department(_of_province(made, FORM), made.units[DEPARTMENT], writer, officer)
    _centre(made, department, made.users[made.staff[CENTRE][0].pk], writer)
    for form, codes in SPREAD.items():
        above = _of_province(made, form)
        for place, code in enumerate(codes):
            own = made.users[made.staff[code][0].pk]
            framework = concretise_framework(framework=above, issuer=made.units[code], actor=own)
            _issue(framework, own, f"{place + 21}-HD/{code} (mẫu)", date(2024, 12, 23))


def _of_province(made: Register, form: str) -> Framework:
    return Framework.objects.get(issuer=made.units["TU"], form_key=form, state="issued", regulation__number="124-QĐ/TW")


def _department(above: Framework, unit: Unit, writer: User, superior: User) -> Framework:
    title = f"Khung tiêu chí đánh giá cá nhân không giữ chức vụ lãnh đạo, quản lý của {unit.name}"
    made = concretise_framework(framework=above, issuer=unit, actor=writer, title=title)
    duties = _row(made, "duties_level")
    stricter = {**duties.texts, Level.AVERAGE: MOST}
    written = save_criterion(framework=made, row=replace(_aim(duties, 100, 100, 80), texts=stricter))
    save_criterion(framework=made, row=_aim(_added(duties, "2a", ON_TIME), 98, 95, 90))
    _confirm(written, Level.AVERAGE, superior)
    return _issue(made, writer, "15-HD/SYT (mẫu)", date(2024, 12, 20))


def _centre(made: Register, above: Framework, writer: User, superior: User) -> Framework:
    unit = made.units[CENTRE]
    title = f"Khung tiêu chí đánh giá theo vị trí việc làm của {unit.name}"
    framework = concretise_framework(framework=above, issuer=unit, actor=writer, title=title)
    for job in _jobs(made):
        add_cover(framework=framework, covered=job, actor=writer)
    on_time = _row(framework, "duties_level", "2a")
    sooner = dict(zip(Level.values, SOONER, strict=False))
    written = save_criterion(framework=framework, row=replace(_aim(on_time, 99, 97, 92), texts=on_time.texts | sooner))
    for level in sooner:
        _confirm(written, level, superior, document="Công văn số 96-CV/SYT (mẫu)")
    save_criterion(framework=framework, row=_aim(_added(on_time, "2b", WITHIN_A_DAY), 100, 98, 95))
    return _issue(framework, writer, "08-QĐ/KSBT (mẫu)", date(2025, 1, 6))


def _jobs(made: Register) -> list[Job]:
    """The jobs of the centre; its staff hold them in turn."""
    jobs = [Job.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in JOBS]
    for place, person in enumerate(made.staff[CENTRE]):
        Appointment.objects.filter(person=person, unit=made.units[CENTRE]).update(job=jobs[place % len(jobs)])
    return jobs


def _row(framework: Framework, item_key: str, code: str = "") -> CriterionRow:
    for group in selectors.with_texts(framework):
        for criterion in group.criteria.all():
            if criterion.item_key == item_key and code in ("", criterion.code):
                return row_of(group, criterion)
    raise LookupError(item_key)


def _added(like: CriterionRow, code: str, words: tuple[str, ...]) -> CriterionRow:
    """A criterion of its own in the same group, under the same item of the form."""
    title, *texts = words
    return replace(
        like,
        order=like.order + 1,
        number=code,
        code=code,
        title=title,
        concretises="",
        texts=dict(zip(Level.values, texts, strict=True)),
    )


def _aim(row: CriterionRow, *least: int) -> CriterionRow:
    """The same criterion with figures for the three upper levels, in percent; what is below them is the poor level."""
    targets = {level: Decimal(value) for level, value in zip(Level.values, least, strict=False)}
    return replace(row, direction=Direction.AT_LEAST, targets=targets)


def _confirm(criterion: Criterion, level: str, superior: User, *, document: str = CONFIRMED[0]) -> None:
    row = criterion.levels.get(level=level)
    above = conforming.text_above(criterion.group.framework, row)
    confirm_level(
        criterion=criterion,
        level=level,
        text_sha256=fingerprint(row.text),
        above_sha256=fingerprint(above),
        document=document,
        confirmed_on=CONFIRMED[1],
        actor=superior,
    )


def _issue(framework: Framework, writer: User, number: str, day: date) -> Framework:
    framework.refresh_from_db()
    numbered = number_framework(
        framework=framework, number=number, issued_on=day, version=framework.version, actor=writer
    )
    return advance(numbered, "issue", actor=writer, version=numbered.version)
