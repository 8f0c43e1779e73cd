"""Single papers of the round that are signed: minutes of a meeting, notice to a subject, decision of a body.

Each is a draft, or not there at all, until its step is done; then it is kept as a version with code and QR.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs.documents import Sheet
from orgs.models import DocumentVersion, Refusal, User
from orgs.services import versions
from reviews.documents.decision import decision_sheet
from reviews.documents.minutes import minutes_sheet
from reviews.documents.notice import notice_sheet
from reviews.models import Conclusion, ConclusionLine, Meeting, Rating
from reviews.selectors import papers
from reviews.selectors.papers import DECISION, MINUTES, NOTICE

NOT_CLOSED = gettext_lazy("The minutes are kept once the meeting is closed.")
NOT_CONFIRMED = gettext_lazy("The decision is kept once the conclusion is confirmed.")
NOT_NOTIFIED = gettext_lazy("There is no result in force that was notified.")


@dataclass(frozen=True)
class RoundPaper:
    """One paper as it stands now; `reason` says why it cannot be kept yet, empty when it can."""

    paper: versions.Paper
    reason: str = ""

    @property
    def sheet(self) -> Sheet:
        """What the paper says."""
        return self.paper.sheets[0]


@override("vi")
def minutes_of(meeting: Meeting) -> RoundPaper:
    """The minutes of `meeting`, a draft until it is closed."""
    day = f"{meeting.held_on:%d-%m-%Y}"
    title = _("Minutes of %(body)s, session %(number)d") % {"body": meeting.collective, "number": meeting.number}
    sheets = (minutes_sheet(meeting),)
    name = f"Biên bản {day} {meeting.collective}"
    paper = versions.Paper(sheets, MINUTES, title, name, meeting, "reviews.Meeting", meeting.chain)
    return RoundPaper(paper, "" if papers.is_ready(meeting) else str(NOT_CLOSED))


@override("vi")
def notice_of(rating: Rating) -> RoundPaper | None:
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
    return RoundPaper(versions.Paper(sheets, NOTICE, title, name, rating, "reviews.Rating", rating.chain))


@override("vi")
def decision_of(conclusion: Conclusion) -> RoundPaper:
    """The decision that `conclusion` is issued as, a draft until it is confirmed."""
    title = _("Decision %(number)s of %(body)s") % {"number": conclusion.number, "body": conclusion.collective}
    sheets = (decision_sheet(conclusion),)
    name = f"Quyết định {conclusion.number}"
    paper = versions.Paper(sheets, DECISION, title, name, conclusion, "reviews.Conclusion", conclusion.chain)
    return RoundPaper(paper, "" if papers.is_ready(conclusion) else str(NOT_CONFIRMED))


def produce_paper(*, found: RoundPaper | None, actor: User) -> DocumentVersion:
    """Keep the paper as a version; twice the same content is one version.

    Refuses a paper whose step is not done.
    """
    if found is None:
        raise Refusal(str(NOT_NOTIFIED))
    if found.reason:
        raise Refusal(found.reason)
    return versions.produce(paper=found.paper, actor=actor)
