"""Single papers of the round that are signed: minutes of a meeting, notice to a subject, decision of a body.

Each is a draft, or not there at all, until its step is done; then it is kept as a version with code and QR.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs.services.versions import Paper
from reviews.documents.decision import decision_sheet
from reviews.documents.minutes import minutes_sheet
from reviews.documents.notice import notice_sheet
from reviews.models import Conclusion, ConclusionLine, Meeting, Rating
from reviews.selectors.papers import papers
from reviews.selectors.papers.papers import DECISION, MINUTES, NOTICE

NOT_CLOSED = gettext_lazy("The minutes are kept once the meeting is closed.")
NOT_CONFIRMED = gettext_lazy("The decision is kept once the conclusion is confirmed.")


@override("vi")
def minutes_of(meeting: Meeting) -> Paper:
    """The minutes of `meeting`, a draft until it is closed."""
    day = f"{meeting.held_on:%d-%m-%Y}"
    title = _("Minutes of %(body)s, session %(number)d") % {"body": meeting.collective, "number": meeting.number}
    sheets = (minutes_sheet(meeting),)
    name = f"Biên bản {day} {meeting.collective}"
    reason = "" if papers.is_ready(meeting) else NOT_CLOSED
    return Paper(sheets, MINUTES, title, name, meeting, "reviews.Meeting", meeting.chain, reason)


@override("vi")
def notice_of(rating: Rating) -> Paper | None:
    """The notice of the result in force to the subject of `rating`; None while there is nothing to be told."""
    if not papers.is_ready(rating):
        return None
    rows = ConclusionLine.objects.filter(rating=rating, is_in_force=True)
    line = rows.select_related("conclusion__collective__unit__parent").first()
    if line is None:
        return None
    title = _("Notice of the result of %(subject)s") % {"subject": rating.subject}
    sheets = (notice_sheet(rating, line),)
    name = f"Thông báo {rating.subject}"
    return Paper(sheets, NOTICE, title, name, rating, "reviews.Rating", rating.chain)


@override("vi")
def decision_of(conclusion: Conclusion) -> Paper:
    """The decision that `conclusion` is issued as, a draft until it is confirmed."""
    title = _("Decision %(number)s of %(body)s") % {"number": conclusion.number, "body": conclusion.collective}
    sheets = (decision_sheet(conclusion),)
    name = f"Quyết định {conclusion.number}"
    reason = "" if papers.is_ready(conclusion) else NOT_CONFIRMED
    return Paper(sheets, DECISION, title, name, conclusion, "reviews.Conclusion", conclusion.chain, reason)
