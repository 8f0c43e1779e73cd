"""What the demonstration keeps of the year: remedies from 2023 in every state, decisions, remarks, earlier grades."""

from datetime import date, timedelta

from criteria.models import Cycle
from orgs.models import Person, RatingKind, User
from orgs.services.imports import Source
from orgs.services.transitions import advance
from registrations.models import Discipline, DisciplineForm, Finding, FindingKind, Origin, PastRating, RemarkKind
from registrations.services.register.facts import correct_fact, enter_fact
from registrations.services.register.past import write_past_years
from registrations.services.register.remarks import answer_remark, make_remark
from registrations.services.remedies.naming import NamedIn, Plan, name_shortcoming
from registrations.services.remedies.remedies import plan_remedy, report_remedy
from reviews.models import OpinionKind, Rating, Review
from reviews.services.demo.play import today
from reviews.services.demo.register import Register
from reviews.services.demo.reorganisation import ending_codes
from reviews.services.grading.former_comments import give_comment
from reviews.services.grading.opinions import Received, ask_opinion

SHORTCOMINGS = (
    ("Giải ngân vốn đầu tư công chậm so với kế hoạch.", "Giao ban tiến độ hằng tuần, phân công lãnh đạo theo dự án."),
    ("Công tác kiểm tra, giám sát nội bộ chưa thường xuyên.", "Ban hành và thực hiện chương trình kiểm tra quý."),
    ("Thủ tục hành chính còn hồ sơ trả lời quá hạn.", "Rà soát quy trình, công khai hồ sơ quá hạn hằng tháng."),
    ("Chưa dành nhiều thời gian đi cơ sở.", "Mỗi tháng làm việc ít nhất hai ngày tại cơ sở."),
)
REMEDIES = 40
# How far each remedy has come, person by person in the order of the reviews.
STAGES = ("open", "planned", "reported", "verified", "closed")
NAMED_ON = date(2023, 12, 28)


def keep_the_year(made: Register, cycles: dict[int, Cycle]) -> None:
    """Write the register of the year; the agencies that end with the reorganisation are left out."""
    inspector = made.users[made.staff["UBKTTU"][0].pk]
    codes = [code for code in sorted(made.agencies) if code not in ending_codes()]
    heads = [(code, made.heads[code]) for code in codes]
    reviewed = Review.objects.filter(cycle=cycles[2023], person__isnull=False, unit__code__in=codes)
    for place, review in enumerate(reviewed.select_related("person").order_by("id")[:REMEDIES]):
        _remedy(made, review, place, inspector)
    for code, head in heads[:6]:
        _remark(made, head, made.staff[code][0])
    _discipline(cycles[2024], inspector)
    _former_places(made, cycles[2024], heads)
    _earlier_years([head for _code, head in heads], inspector)


def _remedy(made: Register, review: Review, place: int, inspector: User) -> None:
    """One shortcoming that a review of 2023 named, as far as its stage says."""
    stage, (text, measure) = STAGES[place % len(STAGES)], SHORTCOMINGS[place % len(SHORTCOMINGS)]
    person, account = review.person, made.users[review.person_id]
    row = name_shortcoming(
        subject=person,
        text=text,
        named_in=NamedIn(Origin.REVIEW, "reviews.Review", str(review.uuid), f"Bản tự kiểm điểm {review.code}"),
        document=f"Bản tự kiểm điểm {review.code}",
        document_on=NAMED_ON,
        actor=account,
        cycle=review.cycle,
    )
    if stage == "open":
        return
    due_on = today() + timedelta(days=20 - 10 * (place % 4))
    row = plan_remedy(row=row, plan=Plan(measure, person, due_on), version=row.version, actor=account)
    if stage == "planned":
        return
    row = report_remedy(row=row, report=f"Đã thực hiện: {measure}", version=row.version, actor=account)
    if stage == "reported":
        return
    row = advance(
        row,
        "verify",
        actor=inspector,
        version=row.version,
        document_ref="Báo cáo mẫu số 45-BC/UBKTTU",
        remedied_on=date(2024, 6, 28),
    )
    if stage == "closed":
        advance(row, "close", actor=inspector, version=row.version)


def _remark(made: Register, head: Person, member: Person) -> None:
    """The head remarks on a member of the staff, who answers."""
    words = {"kind": RemarkKind.STRENGTH, "text": "Chủ động tham mưu, hoàn thành sớm hai nhiệm vụ đột xuất quý I."}
    row = make_remark(subject=member, made_on=date(2024, 4, 10), actor=made.users[head.pk], **words)
    answer = "Xin tiếp thu và tiếp tục phát huy."
    answer_remark(remark=row, answer=answer, version=row.version, actor=made.users[member.pk])


def _discipline(cycle: Cycle, inspector: User) -> None:
    """One warning that bites in a rating of 2024 still being proposed, one that was corrected, one conclusion."""
    rows = Rating.objects.filter(cycle=cycle, kind=RatingKind.CADRE, state="proposal", person__isnull=False)
    people = [row.person for row in rows.exclude(person=inspector.person).select_related("person").order_by("id")[:3]]
    paper = {"document_on": date(2024, 5, 6), "actor": inspector}
    for place, person in enumerate(people[:2]):
        row = enter_fact(
            model=Discipline,
            subject=person,
            document=f"Quyết định mẫu số {33 + place}-QĐ/UBKTTU",
            form=DisciplineForm.CANH_CAO,
            text="Thiếu trách nhiệm trong quản lý đất đai.",
            **paper,
        )
    if len(people) > 1:
        values = {"document": row.document, "document_on": row.document_on, "text": row.text}
        correct_fact(
            row=row,
            correction="Quyết định mẫu số 50-QĐ/UBKTTU",
            version=row.version,
            actor=inspector,
            form=DisciplineForm.KHIEN_TRACH,
            counted_year=2023,
            **values,
        )
    for person in people[2:]:
        enter_fact(
            model=Finding,
            subject=person,
            document="Kết luận mẫu số 12-KL/UBKTTU",
            kind=FindingKind.BROKE_EXEMPLARY_DUTY,
            text="Chưa thực hiện nghiêm trách nhiệm nêu gương.",
            self_detected=True,
            remedied=True,
            **paper,
        )


def _former_places(made: Register, cycle: Cycle, heads: list[tuple[str, Person]]) -> None:
    """The comments of the former places of two cadres: one given by the head of that agency, one awaited."""
    rows = Rating.objects.filter(cycle=cycle, kind=RatingKind.CADRE, state="proposal", appraising_unit__code="BTCTU")
    waiting = rows.exclude(person__in=[head for _code, head in heads]).order_by("-id")[:2]
    officer = made.users[made.staff["BTCTU"][0].pk]
    text = "Chấp hành tốt quy định của cơ quan; hoàn thành đúng hạn các nhiệm vụ được giao trong thời gian công tác."
    for place, (rating, (code, head)) in enumerate(zip(waiting, heads, strict=False)):
        opinion = ask_opinion(
            rating=rating,
            kind=OpinionKind.FORMER_PLACE,
            unit=made.units[code],
            body_name=made.units[code].name,
            due_on=today() + timedelta(days=7),
            actor=officer,
        )
        if place == 0:
            received = Received(text, "", today())
            give_comment(opinion=opinion, received=received, version=1, actor=made.users[head.pk])


def _earlier_years(heads: list[Person], inspector: User) -> None:
    """Grades of 2021 and 2022, as they came from a workbook."""
    grades = [
        PastRating(
            person=head,
            kind=RatingKind.CADRE,
            grade="excellent" if (place + year) % 5 == 0 else "good",
            counted_year=year,
            document=f"Thông báo mẫu số {60 + year - 2021}-TB/TU",
            document_on=date(year, 12, 28),
            entered_by=inspector,
        )
        for place, head in enumerate(heads)
        for year in (2021, 2022)
    ]
    source = Source("ket-qua-2021-2022.xlsx", "0" * 64)
    write_past_years(ratings=grades, shortcomings=[], actor=inspector, source=source)
