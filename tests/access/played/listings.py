"""Every page of ours that shows a list: who looks, where, and how one more row comes to stand before him.

The rows are written as the database keeps them; what a row needs to be visible (a post in a unit within reach, a
rating that the unit appraises, a day on which it was published) is written with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from criteria.models import Addressee, Consultation, Dissemination, DisseminationUnit, Remark, Revisit
from criteria.selectors.reaching.urging import Matter
from criteria.services.reaching import urging
from orgs import roles
from orgs.models import Appointment, FilePurpose, Line, Message, Person, RatingKind, RoleGrant, Unit, User
from orgs.services import files, transitions
from registrations.models import (
    Discipline,
    DisciplineForm,
    Finding,
    FindingKind,
    PastRating,
    RemarkKind,
    RunningRemark,
    Shortcoming,
    YearResult,
)
from reviews.models import ChangeKind, Opinion, OpinionKind, RosterChange
from tests.access.played import catalogued, registered, replayed
from tests.access.played.acts import consulting, studying
from tests.access.played.acts.act import put
from tests.cast import SINCE
from tests.criteria.synthesis import made as synthesised
from tests.orgs.imports import books

NAME = "Thạch Văn Dòng"
FOUND = "?q=thach+van+dong"
# These two read the whole register of people, posts, seats and rules, in order to say what an enrolment would do.
WHOLE_REGISTER = 31
# These sum the whole tree of units: its posts, collectives, frameworks, heads and letters.
WHOLE_TREE = 24
# The numbers of the answers, their list and the strip of every clause stand on one page.
LIVE_PICTURE = 15
DOCUMENT = {"document": "QĐ 15-QĐ/TU", "document_on": date(2024, 3, 4), "text": "Nội dung theo văn bản."}


@dataclass(frozen=True)
class Listing:
    """`add(made, number)` writes the row of that number; `mark` stands once in each row of the HTML."""

    name: str
    viewer: str
    add: Callable[[Any, int], None]
    query: str = ""
    arguments: Callable[[Any, int], list] = lambda _made, _rows: []
    mark: str = "<tr"
    most: int = 12

    def address(self, made, rows):
        return reverse(self.name, args=self.arguments(made, rows)) + self.query

    def __str__(self):
        return f"{self.name}{self.query}"


def copied(row, **changes):
    """One more row like this one."""
    twin = type(row).objects.get(pk=row.pk)
    twin.pk, twin.uuid, twin._state.adding = None, uuid4(), True
    for name, value in changes.items():
        setattr(twin, name, value)
    twin.save()
    return twin


# -- people, units and their roles


def person(made, number, *, unit="SKH", since=SINCE, **more):
    """A civil servant with a post in the unit."""
    row = Person.objects.create(
        code=f"D{number:03d}",
        full_name=f"{NAME} {number}",
        managing_authority=made.province.authorities["SO"],
        **{"is_party_member": False, **more},
    )
    Appointment.objects.create(
        person=row,
        unit=made.province.units[unit],
        position=made.province.positions["CV"],
        started_on=since,
        document="QĐ 16-QĐ/SNV",
    )
    return row


def account(made, number):
    return User.objects.create(username=f"dong{number}", person=person(made, number))


def unit(made, number):
    return Unit.objects.create(
        code=f"D{number}",
        name=f"{NAME} {number}",
        kind=made.province.units["SKH"].kind,
        line=Line.STATE,
        parent=made.province.units["UBND"],
        started_on=SINCE,
    )


def body(made, number):
    return copied(made.province.collectives["TT-SKH"], code=f"TT-D{number}", name=f"Tập thể lãnh đạo {NAME} {number}")


def grant(made, number):
    place = made.province.collectives["TT-SKH"]
    RoleGrant.objects.create(
        user=account(made, number), role=roles.SECRETARY, document="QĐ 17-QĐ/SKH", started_on=SINCE, collective=place
    )


def message(made, number):
    Message.objects.create(recipient=made.user("chi"), dedup_key=f"dong-{number}", subject=f"Nhắc việc {number}")


def workbook(made, rows):
    """The address of a checked workbook with so many new people."""
    good = {"Mã đơn vị": "SYT", "Chức vụ": "Chuyên viên", "Từ ngày": "01/03/2024"}
    content = books.people(*(books.person(f"D{number:03d}", f"{NAME} {number}", **good) for number in range(rows)))
    kept = files.store_file(
        upload=SimpleUploadedFile("can-bo.xlsx", content),
        purpose=FilePurpose.IMPORT,
        owner=made.user("khanh"),
        object_type="import.people",
    )
    return ["people", kept.uuid]


# -- law, plans and facts


def cycle(made, number):
    return copied(made.cycle, code=f"D{number}", title=f"Kỳ thử {number}", period_end_on=date(2024, 12, 30 - number))


def plan(made, number):
    return copied(made.cycle.plan, year=2030 + number, title=f"Kế hoạch năm {2030 + number}")


def without_plan(made, number):
    row = unit(made, number)
    head = person(made, number)
    head.appointments.update(unit=row, is_head=True)


def framework(made, number):
    copied(made.cycle.frameworks.first().framework, title=f"Khung tiêu chí thử {number}")


def revisited(made, number):
    given = {"framework": made.cycle.frameworks.first().framework, "asked_on": made.today}
    above = copied(given["framework"], title=f"Khung trên {number}")
    Revisit.objects.create(parent_before=above, head=made.province.people["dung"], **given)


def regulation(made, number):
    copied(made.cycle.regulation, key=f"{number}-QĐ/TU@2023-10-04", number=f"{number}-QĐ/TU")


def stated(model, **more):
    """One more fact of this kind about another person each."""

    def add(made, number):
        about = person(made, number, unit="SYT")
        model.objects.create(person=about, entered_by=made.user("giang"), **DOCUMENT, **more)

    return add


OPEN = {"workflow_name": "remedy", "state": "open"}


def remarked_on(made, number):
    """One more remark by the head of the agency, about another person each."""
    RunningRemark.objects.create(
        person=person(made, number),
        kind=RemarkKind.STRENGTH,
        made_on=DOCUMENT["document_on"],
        text="Chủ động",
        author=made.user("an"),
    )


def under_an(made, number):
    """One more person in the agency that An heads."""
    person(made, number)


# -- the round


def review(made, number, short="an"):
    """A review like that of An, of another person each."""
    code = f"D-{number}"
    return copied(made.review(short), person=person(made, number), code=code, sort_key=code)


def rating(made, number, **changes):
    """A rating as cadre like that of An, with a review of its own."""
    own = review(made, number)
    return copied(made.rating("an", RatingKind.CADRE), review=own, person=own.person, sort_key=f"D-{number}", **changes)


def rated_body(made, number):
    own = copied(made.review("TT-SKH"), collective=body(made, number), code=f"D-{number}", sort_key=f"D-{number}")
    copied(made.rating("TT-SKH"), review=own, collective=own.collective, sort_key=f"D-{number}")


def deciding(made, number):
    """A rating that another body decides, so that the statistics get a line more."""
    place = copied(made.province.collectives["BTV-TU"], code=f"D{number}", name=f"Ban Thường vụ {number}")
    rating(made, number, deciding_collective=place)


def opinion_awaited(made, number):
    row = rating(made, number, state="appraisal")
    Opinion.objects.create(
        rating=row, kind=OpinionKind.RELATED_BODY, body_name="Sở Tài chính", entered_by=made.user("giang")
    )


def opinion(made, number):
    Opinion.objects.create(
        rating=made.rating("an", RatingKind.CADRE),
        kind=OpinionKind.RELATED_BODY,
        body_name=f"Sở số {number}",
        entered_by=made.user("giang"),
    )


def group(made, number):
    copied(made.rating("an", RatingKind.CADRE).group, code=f"nhom_{number}", title=f"Nhóm thử {number}")


def conclusion(made, number):
    copied(made.conclusions[0], number=f"99{number}-QĐ/TU")


def prompt(made, number):
    copied(made.review("an").prompts.get(), review=review(made, number), number=f"99{number}-CV/TU")


def prompt_list(made, number):
    copied(made.review("an").prompts.get().prompt_list, cycle=cycle(made, number))


def meeting(made, number):
    copied(made.meetings["TT-SKH"], number=2 + number)


def result(made, number):
    copied(made.rating("an", RatingKind.CADRE), cycle=cycle(made, number), review=None)


def study(made, _number):
    studying.sent_out(made)


def one_study(made):
    """The one text of the listings below, sent out to Sở Kế hoạch và Đầu tư and to every unit written here."""
    row = Dissemination.objects.filter(title=NAME).first()
    if row is None:
        row = studying.sent_out(made)
        Dissemination.objects.filter(pk=row.pk).update(title=NAME)
    return row


def studying_body(made, number):
    row = unit(made, number)
    person(made, number).appointments.update(unit=row, is_head=True)
    DisseminationUnit.objects.create(dissemination=one_study(made), unit=row)


def drafted_body(made, number):
    DisseminationUnit.objects.create(dissemination=one_draft(made), unit=unit(made, number))


def one_draft(made):
    """The one draft whose bodies are listed."""
    row = Dissemination.objects.filter(state="draft", title=NAME).first()
    if row is None:
        row = studying.drafted_study(made, 0)["dissemination"]
        Dissemination.objects.filter(pk=row.pk).update(title=NAME)
    return row


def of_draft(made, _rows):
    return [one_draft(made).uuid]


def studying_person(made, number):
    one_study(made)
    person(made, number)


def called(made, number):
    given = {**studying.call(made, 0), "matter": Matter("dissemination", one_study(made))}
    urging.log_call(**given, actor=made.user("giang"))


def of_study(made, _rows):
    return [one_study(made).uuid]


def of_body(made, _rows):
    return [one_study(made).uuid, made.province.units["SKH"].uuid]


def of_matter(made, _rows):
    return ["dissemination", one_study(made).uuid]


def of_calls(made, _rows):
    return ["dissemination", *of_body(made, 0)]


def one_consultation(made, *, is_out):
    """The consultation of the table, put out or still a draft; made at the first asking."""
    title = "Lấy ý kiến thử" if is_out else "Dự thảo lấy ý kiến thử"
    found = Consultation.objects.filter(title=title).first()
    return found or (consulting.out if is_out else consulting.draft)(made, title)


def consulted(made, number):
    consulting.draft(made, f"Lấy ý kiến lần {number}")


def addressed(is_out):
    def add(made, number):
        row = Addressee(consultation=one_consultation(made, is_out=is_out), unit=unit(made, number))
        transitions.start(row, "addressee")
        row.save()

    return add


def remarked(made, number):
    addressed(is_out=True)(made, number)
    row = Addressee.objects.get(unit__code=f"D{number}")
    put(row, "replied")
    Remark.objects.create(addressee=row, clause=consulting.clause(row.consultation), kind="drop", reason="Thừa.")


def asked(made, number):
    consulting.out(made, f"Lấy ý kiến lần {number}")


def of_consultation(*, is_out):
    return lambda made, _rows: [one_consultation(made, is_out=is_out).uuid]


def of_clause(made, _rows):
    return [consulting.clause(one_consultation(made, is_out=True)).uuid]


def put_together(made):
    """The consultation of the table whose opinions are put together; made at the first asking."""
    return Consultation.objects.filter(title=synthesised.TITLE).first() or synthesised.consultation(made.province)


def said(made, number):
    """One more body that asks for a change of the clause."""
    row = put_together(made)
    body = synthesised.addressee(row, unit(made, number))
    Remark.objects.create(addressee=body, clause=synthesised.clause(row, "Điều 2"), kind="drop", reason="Thừa.")


def cut(made, number):
    """One more clause."""
    text = synthesised.clause(put_together(made), "Điều 2").text
    text.clauses.create(order=50 + number, label=f"Điều thử {number}", body="Nội dung.")


def of_synthesis(made, _rows):
    return [put_together(made).uuid]


def of_answers(made, _rows):
    return [synthesised.clause(put_together(made), "Điều 2").uuid]


def published(made, number):
    rating(made, number, published_at=timezone.now())


def change(made, number):
    RosterChange.objects.create(
        cycle=made.cycle,
        kind=ChangeKind.JOINER,
        person=person(made, number, unit="SYT"),
        unit=made.province.units["SYT"],
        happened_on=date(2024, 11, 20),
        document="QĐ 18-QĐ/SNV",
        made_by=made.user("giang"),
    )


def left_out(made, number):
    person(made, number, since=date(2024, 11, 20))


def replayed_subject(made, number):
    replayed.line(made, rating(made, number))


def replayed_group(made, number):
    title = {"code": f"nhom_{number}", "title": f"Nhóm thử {number}"}
    group = copied(made.rating("an", RatingKind.CADRE).group, **title)
    replayed.line(made, rating(made, number, group=group))


def of_cycle(made, _rows):
    return [made.cycle.uuid]


def of_plan(made, _rows):
    return [made.cycle.plan.uuid]


def of_rating(made, _rows):
    return [made.rating("an", RatingKind.CADRE).uuid]


def logged(made, number):
    YearResult.objects.create(
        person=made.province.people["an"],
        product=f"Sản phẩm {number}",
        done_on=made.today,
        entered_by=made.user("an"),
    )


LISTINGS = (
    Listing("criteria:consultation_list", "giang", consulted),
    Listing(
        "criteria:consultation_detail",
        "giang",
        addressed(is_out=True),
        arguments=of_consultation(is_out=True),
        mark='<th scope="row"><a class="person__name"',
        most=LIVE_PICTURE,
    ),
    Listing(
        "criteria:consultation_addressees",
        "giang",
        addressed(is_out=False),
        arguments=of_consultation(is_out=False),
        mark='class="pick"',
    ),
    Listing("criteria:clause_remarks", "giang", remarked, arguments=of_clause),
    Listing("criteria:reply_list", "an", asked),
    Listing("criteria:dissemination_list", "giang", study, mark="<tr"),
    Listing("criteria:dissemination_detail", "giang", studying_body, arguments=of_study, most=WHOLE_TREE),
    Listing("criteria:dissemination_bodies", "giang", drafted_body, arguments=of_draft, mark="pick-list__known"),
    Listing("criteria:dissemination_names", "an", studying_person, arguments=of_body),
    Listing("criteria:coverage_cycles", "giang", cycle),
    Listing("criteria:cycle_coverage", "giang", without_plan, arguments=of_cycle, most=WHOLE_TREE),
    Listing("criteria:cycle_coverage_missing", "giang", body, "?kind=collective", of_cycle, most=WHOLE_TREE),
    Listing("criteria:urging_pick", "giang", studying_body, arguments=of_matter, most=WHOLE_TREE),
    Listing("criteria:urging_calls", "giang", called, arguments=of_calls, most=WHOLE_TREE),
    Listing("orgs:account_list", "son", account, FOUND),
    Listing("orgs:account_create_bulk", "son", person, FOUND),
    Listing("orgs:units_list", "phuc", unit, FOUND),
    Listing("orgs:people_list", "phuc", person, FOUND),
    Listing("orgs:people_list", "khanh", lambda made, number: person(made, number, unit="SYT"), FOUND),
    Listing("orgs:grant_list", "son", grant, FOUND),
    Listing("orgs:message_list", "chi", message, mark="Nhắc việc "),
    Listing("orgs:import_check", "khanh", lambda _made, _number: None, arguments=workbook),
    Listing("criteria:cycle_list", "giang", cycle),
    Listing("criteria:framework_list", "giang", framework),
    Listing("criteria:revisit_list", "giang", revisited),
    Listing("criteria:plan_list", "giang", plan),
    Listing("criteria:plan_missing", "giang", without_plan, arguments=of_plan),
    Listing("criteria:regulation_list", "chi", regulation),
    Listing("criteria:synthesis_detail", "giang", cut, arguments=of_synthesis),
    Listing("criteria:synthesis_matrix", "giang", said, arguments=of_synthesis),
    Listing("criteria:clause_answers", "giang", said, arguments=of_answers, mark='class="remark"'),
    Listing("registrations:fact_home", "khanh", stated(Discipline, form=DisciplineForm.KHIEN_TRACH), FOUND),
    Listing(
        "registrations:fact_list",
        "khanh",
        stated(Finding, kind=FindingKind.DISUNITY),
        FOUND,
        lambda _made, _rows: ["finding"],
    ),
    Listing(
        "registrations:fact_list", "khanh", stated(Shortcoming, **OPEN), FOUND, lambda _made, _rows: ["shortcoming"]
    ),
    Listing("registrations:remedy_list", "khanh", stated(Shortcoming, **OPEN), FOUND),
    Listing("registrations:remark_list", "an", remarked_on, mark='<p class="task__title">'),
    Listing("registrations:remark_pick", "an", under_an, FOUND, mark='<p class="task__title">'),
    Listing(
        "registrations:past_list",
        "khanh",
        stated(PastRating, kind=RatingKind.CADRE, grade="good", counted_year=2023),
        FOUND,
    ),
    Listing("registrations:registration_list", "giang", registered.waiting),
    Listing("registrations:catalogue", "giang", registered.work_of, most=catalogued.CATALOGUE),
    Listing("registrations:catalogue_stuck", "giang", catalogued.stuck, most=catalogued.CATALOGUE),
    Listing("registrations:report_list", "giang", catalogued.report),
    Listing("registrations:support_list", "ha", registered.asked),
    Listing("registrations:work_board", "chi", registered.on_board, mark="Việc đăng ký số"),
    Listing("registrations:registration_standing", "an", under_an, mark=NAME),
    Listing("registrations:result_list", "giang", logged, "?whose=others"),
    Listing("reviews:summary_list", "giang", deciding, "?table=statistics"),
    Listing("reviews:summary_list", "ha", rated_body, "?table=collectives"),
    Listing("reviews:summary_list", "giang", rating, "?table=individuals"),
    Listing("reviews:cycle_enrol", "giang", left_out, arguments=of_cycle, most=WHOLE_REGISTER),
    Listing("reviews:cycle_stuck", "giang", person, "?kind=no_account", of_cycle, most=WHOLE_REGISTER),
    Listing("reviews:review_list", "giang", rating, FOUND),
    Listing("reviews:review_list", "an", review, FOUND),
    Listing("reviews:rating_list", "giang", rating, FOUND),
    Listing("reviews:dossier_batch", "giang", rating, FOUND),
    Listing("reviews:opinion_missing", "giang", opinion_awaited),
    Listing("reviews:opinion_list", "giang", opinion, arguments=of_rating, mark="Sở số "),
    Listing("reviews:board_list", "lan", group),
    Listing("reviews:conclusion_list", "lan", conclusion),
    Listing("reviews:publication", "tu", published, FOUND),
    Listing("reviews:prompt_list", "giang", prompt),
    Listing("reviews:prompt_list_list", "giang", prompt_list, mark="Kỳ thử "),
    Listing("reviews:meeting_list", "nga", meeting),
    Listing("reviews:change_list", "khanh", change, mark="QĐ 18-QĐ/SNV"),
    Listing("reviews:replay_detail", "giang", replayed_group, arguments=replayed.of_replay, mark="<tr"),
    Listing("reviews:replay_subjects", "giang", replayed_subject, arguments=replayed.of_replay),
    Listing("reviews:result_list", "an", result, mark="Kỳ thử "),
)
