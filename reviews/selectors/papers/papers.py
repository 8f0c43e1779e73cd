"""The kept versions of minutes, notices, decisions and prompt letters, and whether one can be kept yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orgs.models import User
from orgs.selectors.files import Shelf, has_pen_on, versions_of
from reviews.models import Conclusion, Meeting, Prompt, Rating
from reviews.selectors.grading.ratings import DECIDED

MINUTES, NOTICE, DECISION, LETTER = "minutes", "notice", "decision", "prompt_letter"
Document = Meeting | Rating | Conclusion | Prompt
KINDS = {Meeting: MINUTES, Rating: NOTICE, Conclusion: DECISION, Prompt: LETTER}
ADDRESSES = {
    MINUTES: "reviews:minutes",
    NOTICE: "reviews:notice",
    DECISION: "reviews:conclusion_paper",
    LETTER: "reviews:prompt_letter",
}


def is_ready(document: Document) -> bool:
    """Whether the step behind the paper is done: closed, notified, confirmed, issued under a number."""
    match document:
        case Meeting():
            return document.state == "closed"
        case Rating():
            return document.notified_at is not None and document.state in DECIDED
        case Prompt():
            return bool(document.number and document.issued_on)
    return document.state == "confirmed"


def shelf_of(user: User, document: Document) -> Shelf | None:
    """The shelf of the paper of `document`, None before it can be kept."""
    if not is_ready(document):
        return None
    kind = KINDS[type(document)]
    titles = {
        MINUTES: pgettext("paper", "Minutes"),
        NOTICE: _("Notice of the result"),
        DECISION: _("Decision"),
        LETTER: _("Prompt letter"),
    }
    rows = tuple(versions_of(document._meta.label, str(document.uuid)).filter(kind=kind))
    address = reverse(ADDRESSES[kind], args=[document.uuid, *(["pdf"] if kind == LETTER else [])])
    # A letter goes out once: where it was kept there is nothing more to produce.
    is_open = kind != LETTER or not rows
    may_produce = is_open and has_pen_on(user, document)
    return Shelf(titles[kind], address, rows, may_produce)
