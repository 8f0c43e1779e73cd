"""Acts on the register of the year: corrections, earlier years, running remarks, the remedy of what was named."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from orgs.models import RatingKind
from orgs.services.imports import Source
from registrations.models import Discipline, PastRating, RemarkKind, RunningRemark
from registrations.services.register import facts, past, remarks
from registrations.services.remedies import closing, remedies
from registrations.services.remedies.naming import Plan
from reviews.models import AgendaItem
from reviews.services.meeting import naming
from tests.access.played.acts.act import DOCUMENT, Act, put
from tests.access.played.acts.before_round import shortcoming_of_an
from tests.uploads import PDF

NAMED = {"text": "Chậm tham mưu kế hoạch đầu tư công.", "plan": Plan()}


def corrected(made, late):
    row = Discipline.objects.get(person=made.province.people["an"])
    values = {
        name: getattr(row, name)
        for name in ("document", "document_on", "text", "violation", "self_detected", "remedied", "counted_year")
    }
    return {"row": row, "correction": DOCUMENT, "version": row.version - late, "form": "canh_cao", **values}


def earlier_year(made, _late):
    row = PastRating(
        person=made.province.people["an"],
        kind=RatingKind.CADRE,
        grade="good",
        counted_year=2023,
        document=DOCUMENT,
        document_on=date(2023, 12, 20),
        entered_by=made.user("giang"),
    )
    return {"ratings": [row], "shortcomings": [], "source": Source("nam-truoc.xlsx", "0" * 64)}


def new_remark(made, _late):
    words = {"kind": RemarkKind.STRENGTH, "text": "Chủ động.", "made_on": made.today}
    return {"subject": made.province.people["chi"], **words}


def remark_on_chi(made, late, **words):
    row = RunningRemark.objects.filter(person=made.province.people["chi"]).first()
    row = row or remarks.make_remark(**new_remark(made, 0), actor=made.user("an"))
    return {"remark": row, "version": row.version - late, **words}


def open_row(made, late, **words):
    given = shortcoming_of_an(made, late)
    return {"row": given["row"], "version": given["version"], **words}


def planned(made, late):
    return open_row(made, late, plan=Plan("Giao ban hằng tuần", None, made.today + timedelta(days=30)))


def told(made, late):
    row = open_row(made, late)["row"]
    type(row).objects.filter(pk=row.pk).update(measure="Giao ban hằng tuần")
    return open_row(made, late, report="Đã trả lời hết kiến nghị tồn đọng.")


def evidence(made, late):
    return open_row(made, late, upload=SimpleUploadedFile("minh-chung.pdf", PDF))


def mended(made, late):
    row = put(open_row(made, late)["row"], "verified")
    return {"ticked": [closing.Ticked(row, row.version - late)]}


def in_review(made, _late):
    return {"review": made.review("an"), **NAMED}


def in_meeting(made, _late):
    item = AgendaItem.objects.filter(meeting=made.meetings["TT-SKH"], review=made.review("an"))
    return {"item": item.select_related("meeting__collective", "review__cycle").get(), **NAMED}


def in_decision(made, _late):
    return {"rating": made.rating("an", RatingKind.CADRE), **NAMED}


ACTS = (
    Act(facts.correct_fact, "giang", corrected),
    Act(past.write_past_years, "giang", earlier_year),
    Act(remarks.make_remark, "an", new_remark, again=True),
    Act(remarks.answer_remark, "chi", lambda made, late: remark_on_chi(made, late, answer="Xin tiếp thu.")),
    Act(remarks.withdraw_remark, "an", lambda made, late: remark_on_chi(made, late, reason="Nhầm người.")),
    Act(remedies.plan_remedy, "an", planned),
    Act(remedies.write_report, "an", told),
    Act(remedies.report_remedy, "an", told),
    Act(remedies.attach_evidence, "an", evidence),
    Act(closing.close_remedies, "giang", mended),
    Act(naming.name_in_review, "an", in_review),
    Act(naming.name_in_meeting, "nga", in_meeting),
    Act(naming.name_in_decision, "giang", in_decision),
)
