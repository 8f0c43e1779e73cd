"""State the levels of a rating from a document: what its analysis sheet gives, beside the subject's own."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Level
from orgs.models import Refusal, User
from reviews.models import Rating, StatedLevels
from reviews.selectors.grading.stated_levels import sheet_of
from reviews.services.grading.circumstances import locked_for_officer, record_on_rating


@transaction.atomic
def state_levels(
    *, rating: Rating, levels: Mapping[str, str], document: str, version: int, actor: User
) -> StatedLevels:
    """Write every level of the sheet; from then on they stand before what the subject chose (HD 21: Mẫu 03, 04, 05).

    Refuses: anybody but the officer of the appraising body, one's own rating, a decided rating, a regulation that does
    not grade by levels, a level left out or unknown (named by its key), no document, a stale version.
    """
    row = locked_for_officer(rating, version, actor)
    questions = sheet_of(row).questions
    if not questions:
        raise Refusal(_("The regulation of this rating does not grade by levels."))
    for question in questions:
        if levels.get(question.key) not in Level.values:
            raise Refusal(_("Choose a level for “%(what)s”.") % {"what": question.label}, field=question.key)
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    chosen = {question.key: levels[question.key] for question in questions}
    stated, _made = StatedLevels.objects.update_or_create(
        rating=row, defaults={"levels": chosen, "document": document, "stated_by": actor}
    )
    record_on_rating(actor, "rating.levels_stated", row, levels=chosen, document=document)
    return stated
