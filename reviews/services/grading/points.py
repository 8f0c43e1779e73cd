"""State the points of a rating from a document: what the meeting or the agency gave, beside the subject's own."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Refusal, User
from reviews.models import Rating, StatedPoints
from reviews.selectors.laws import law_of_rating
from reviews.services.grading.circumstances import locked_for_officer, record_on_rating


@transaction.atomic
def state_points(
    *, rating: Rating, common: Decimal | None, results: Decimal | None, document: str, version: int, actor: User
) -> StatedPoints:
    """Write the points of the two groups, None for unknown; from then on they stand before the subject's own sheet.

    Refuses: anybody but the officer of the appraising body, one's own rating, a decided rating, a regulation that
    counts no points, points above the maximum of their group, no document, a stale version.
    """
    row = locked_for_officer(rating, version, actor)
    maxima = law_of_rating(row).counting.maxima
    if not maxima:
        raise Refusal(_("The regulation of this rating counts no points."))
    for group, value in (("common", common), ("results", results)):
        if value is not None and not 0 <= value <= maxima[group]:
            raise Refusal(_("Between 0 and %(most)s points.") % {"most": maxima[group]}, field=group)
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    stated, _made = StatedPoints.objects.update_or_create(
        rating=row, defaults={"common": common, "results": results, "document": document, "stated_by": actor}
    )
    facts = {"common": _text(common), "results": _text(results), "document": document}
    record_on_rating(actor, "rating.points_stated", row, **facts)
    return stated


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
