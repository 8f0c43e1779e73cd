"""The letter that urges, as a paper that is kept and signed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from criteria.documents.urging import urging_sheet
from criteria.models import UrgingLetter
from criteria.selectors.reaching.urging import LABEL, PAPER
from orgs.documents import render_docx
from orgs.services.versions import Paper

NOT_NUMBERED = gettext_lazy("The letter is kept once it has its number and date.")


@override("vi")
def urging_paper(letter: UrgingLetter) -> Paper:
    """The document of `letter`, a draft until it is sent."""
    title = _("Urging letter %(number)s of %(body)s") % {"number": letter.number, "body": letter.issuer}
    name = f"Công văn đôn đốc {letter.number}".strip()
    reason = "" if letter.number and letter.written_on else NOT_NUMBERED
    return Paper((urging_sheet(letter),), PAPER, title, name, letter, LABEL, "system", reason)


def urging_docx(letter: UrgingLetter) -> bytes:
    """The same as a Word file, to be worked on by hand."""
    return render_docx(urging_sheet(letter))
