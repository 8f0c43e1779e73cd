"""The kept versions of minutes, notices and decisions, and whether one can be kept yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orgs.models import User
from orgs.selectors.files import Shelf, holds_pen, versions_of
from reviews.models import Conclusion, Meeting, Rating
from reviews.selectors.grading.ratings import DECIDED

MINUTES, NOTICE, DECISION = "minutes", "notice", "decision"
Document = Meeting | Rating | Conclusion
ADDRESSES = {MINUTES: "reviews:minutes", NOTICE: "reviews:notice", DECISION: "reviews:conclusion_paper"}


def is_ready(document: Document) -> bool:
    """Whether the step behind the paper is done: meeting closed, result notified, conclusion confirmed."""
    match document:
        case Meeting():
            return document.state == "closed"
        case Rating():
            return document.notified_at is not None and document.state in DECIDED
    return document.state == "confirmed"


def kind_of(document: Document) -> str:
    """The kind of paper that belongs to `document`."""
    return MINUTES if isinstance(document, Meeting) else NOTICE if isinstance(document, Rating) else DECISION


def shelf_of(user: User, document: Document) -> Shelf | None:
    """The shelf of the paper of `document`, None before it can be kept."""
    if not is_ready(document):
        return None
    kind = kind_of(document)
    titles = {MINUTES: pgettext("paper", "Minutes"), NOTICE: _("Notice of the result"), DECISION: _("Decision")}
    rows = versions_of(document._meta.label, str(document.uuid)).filter(kind=kind)
    address = reverse(ADDRESSES[kind], args=[document.uuid])
    may_produce = holds_pen(user, document._meta.label, str(document.uuid))
    return Shelf(titles[kind], address, tuple(rows), may_produce)
