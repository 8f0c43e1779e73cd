"""Acts on consultations: the province's committee asks Sở Kế hoạch và Đầu tư, which answers."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.models import Addressee, Clause, Consultation
from criteria.selectors.consulting import consultations as asked
from criteria.services.consulting import addressees, consultations, consulted_texts, paper_answers, remarks, replies
from criteria.services.consulting.addressees import Recipient
from orgs.services.transitions import advance
from tests.access.played.acts.act import Act
from tests.uploads import PDF

TEXT = "Điều 1. Phạm vi\nĐiều 2. Tiêu chí"


def pdf():
    return SimpleUploadedFile("y-kien.pdf", PDF)


def words(made, title="Lấy ý kiến"):
    days = {"sent_on": made.today, "due_on": made.today + timedelta(days=10)}
    return {"title": title, "number": "1440-CV/BTCTU", "letter": "Đề nghị có ý kiến.", "question": "", **days}


def new(made, _late):
    return {"issuer": made.province.units["TU"], **words(made)}


def draft(made, title="Lấy ý kiến"):
    """A draft with one text of two clauses, addressed to Sở Kế hoạch và Đầu tư."""
    giang = made.user("giang")
    row = consultations.create_consultation(issuer=made.province.units["TU"], actor=giang, **words(made, title))
    pasted = {"title": "Quy định", "number": "", "issued_on": None, "text": TEXT, "way": "points"}
    consulted_texts.add_pasted(consultation=row, version=row.version, actor=giang, **pasted)
    recipients = [Recipient(unit=made.province.units["SKH"])]
    addressees.add_addressees(consultation=row, recipients=recipients, version=row.version + 1, actor=giang)
    return Consultation.objects.get(pk=row.pk)


def out(made, title="Lấy ý kiến"):
    row = draft(made, title)
    return advance(row, "open", actor=made.user("giang"), version=row.version)


def reply(made, row=None):
    return Addressee.objects.select_related("consultation").get(consultation=row or out(made), unit__code="SKH")


def clause(row):
    return Clause.objects.select_related("text").filter(text__consultation=row).order_by("order").first()


def of_draft(**more):
    def given(made, late):
        row = draft(made)
        return {"consultation": row, "version": row.version - late, **{k: v(made) for k, v in more.items()}}

    return given


def of_text(**more):
    def given(made, late):
        row = draft(made)
        return {"text": row.texts.get(), "version": row.version - late, **more}

    return given


def of_reply(**more):
    def given(made, late):
        row = reply(made)
        return {"addressee": row, "version": row.version - late, **{k: v(made) for k, v in more.items()}}

    return given


def letter(made, late):
    return {**of_draft()(made, late), **words(made, "Tên khác")}


def moved(made, late):
    row = out(made)
    day = made.today + timedelta(days=20)
    return {"consultation": row, "due_on": day, "document": "CV 2-CV/TU", "version": row.version - late}


def letter_file(made, late):
    row = draft(made)
    consultations.attach_letter_file(consultation=row, upload=pdf(), version=row.version, actor=made.user("giang"))
    return {"consultation": row, "file": asked.files_of(row).get(), "version": row.version + 1 - late}


def reply_file(made, late):
    row = reply(made)
    kept = replies.attach_file(addressee=row, upload=pdf(), version=row.version, actor=made.user("nga"))
    return {"addressee": row, "file": kept, "version": row.version + 1 - late}


def unaddressed(made, late):
    given = of_draft()(made, late)
    return {**given, "addressees": list(given["consultation"].addressees.all())}


def framework(made):
    row = made.cycle.frameworks.first().framework
    group = row.groups.create(order=91, number="Y", title="Nhóm thêm", group_key="results")
    group.criteria.create(order=1, number="1", code="Y.1", title="Tiêu chí thêm")
    return row


def kept_by(made):
    """A remark of Nga that came too late and is kept for her."""
    row = reply(made)
    text = remarks.RemarkText("drop", "", "Thừa.")
    given = {"addressee": row, "clause": clause(row.consultation), "number": 1, "text": text, "why": remarks.CLOSED}
    return remarks.keep_remark(**given, actor=made.user("nga"))


PASTED = {"title": "Quy định khác", "number": "", "issued_on": None, "text": TEXT, "way": "points"}
ROWS = (consulted_texts.ClauseRow("Điều 1", "Nội dung khác."),)

ACTS = (
    Act(consultations.create_consultation, "giang", new, again=True),
    Act(consultations.update_letter, "giang", letter),
    Act(consultations.move_last_day, "giang", moved),
    Act(consultations.attach_letter_file, "giang", of_draft(upload=lambda _made: pdf())),
    Act(consultations.detach_letter_file, "giang", letter_file),
    Act(consulted_texts.add_pasted, "giang", lambda made, late: {**of_draft()(made, late), **PASTED}),
    Act(consulted_texts.add_framework, "giang", of_draft(framework=framework)),
    Act(
        consulted_texts.add_regulation,
        "giang",
        of_draft(regulation=lambda made: made.cycle.regulation, parts=lambda _made: ["quota"]),
    ),
    Act(consulted_texts.write_clauses, "giang", of_text(rows=ROWS)),
    Act(consulted_texts.remove_text, "giang", of_text()),
    Act(
        addressees.add_addressees,
        "giang",
        of_draft(recipients=lambda made: [Recipient(unit=made.province.units["SYT"])]),
    ),
    Act(addressees.remove_addressees, "giang", unaddressed),
    Act(replies.name_preparer, "an", of_reply(preparer=lambda made: made.user("chi"))),
    Act(replies.agree_without_remarks, "an", of_reply(move=lambda _made: "send")),
    Act(replies.attach_file, "nga", of_reply(upload=lambda _made: pdf())),
    Act(replies.detach_file, "nga", reply_file),
    Act(
        paper_answers.enter_paper,
        "giang",
        of_reply(number=lambda _made: "45-CV/SKH", paper_on=lambda made: made.today, remarks=lambda _made: ()),
    ),
)
