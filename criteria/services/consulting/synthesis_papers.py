"""The three papers of a consultation that are kept and signed: the letter, the table of answers, the submission."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from criteria.documents.consultation_letter import UNSENT, letter_sheet
from criteria.documents.submission import submission_sheet
from criteria.documents.synthesis import synthesis_sheet
from criteria.models import Consultation
from criteria.selectors.consulting.compilation import compiled
from criteria.selectors.consulting.consultations import LABEL
from criteria.selectors.consulting.synthesis import FINISHED, INNER_LABEL, LETTER, SUBMISSION, SUBMITTED, TABLE
from orgs.services.versions import Paper

NOT_SENT = gettext_lazy("The letter is kept once the consultation is open.")
NOT_SUBMITTED = gettext_lazy("The paper is kept once the result is submitted.")


@override("vi")
def letter_paper(consultation: Consultation) -> Paper:
    """The letter that asks for opinions, a draft until it is sent."""
    title = _("Letter %(number)s: %(title)s") % {"number": consultation.number, "title": consultation.title}
    reason = NOT_SENT if consultation.state in UNSENT else ""
    sheets = (letter_sheet(consultation),)
    name = f"Công văn {consultation.number} {consultation.title}"
    return Paper(sheets, LETTER, title, name, consultation, LABEL, consultation.chain, reason)


@override("vi")
def table_paper(consultation: Consultation) -> Paper:
    """The table of remarks and answers, a draft until the result is submitted."""
    title = _("Table of remarks and answers: %(title)s") % {"title": consultation.title}
    sheets = (synthesis_sheet(compiled(consultation)),)
    name = f"Bảng tổng hợp {consultation.title}"
    return Paper(sheets, TABLE, title, name, consultation, INNER_LABEL, consultation.chain, too_early(consultation))


@override("vi")
def submission_paper(consultation: Consultation) -> Paper:
    """The submission to the Standing Committee, a draft until it is made."""
    title = _("Submission %(number)s: %(title)s") % {
        "number": consultation.submission_number,
        "title": consultation.title,
    }
    sheets = (submission_sheet(compiled(consultation)),)
    name = f"Tờ trình {consultation.submission_number} {consultation.title}"
    return Paper(
        sheets, SUBMISSION, title, name, consultation, INNER_LABEL, consultation.chain, too_early(consultation)
    )


def too_early(consultation: Consultation) -> str:
    """Why the papers of the result are not kept yet; empty once it went up."""
    return "" if consultation.state in (SUBMITTED, FINISHED) else NOT_SUBMITTED
