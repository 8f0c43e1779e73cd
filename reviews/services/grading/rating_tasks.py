"""State the numbers of tasks of a rating that has no review: an organisation's, by the officer from a document."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import FactsSheet, Rating
from reviews.selectors.writing.tallies_stated import FIELDS_OF_SCOPE, scopes_of_rating
from reviews.services.grading.circumstances import may_state
from reviews.services.writing.tasks_stated import Values, refuse_wrong_sums, write_tally


@transaction.atomic
def state_rating_tasks(
    *, rating: Rating, tallies: Mapping[str, Values], version: int, actor: User, document_ref: str
) -> FactsSheet:
    """Write the numbers of each scope of an organisation's rating; `version` is that of its sheet (0: none yet).

    Refuses: a rating with a review, anybody but the appraising officer, no document, a scope that the regulation does
    not ask for, numbers that do not fit together (`SumsRefused`), a stale sheet.
    """
    row = Rating.objects.select_for_update(of=("self",)).select_related("cycle__regulation").get(pk=rating.pk)
    if row.review_id or not may_state(actor, row):
        raise Forbidden(_("The numbers of an organisation are stated by the officer until it is rated."))
    if not document_ref.strip():
        raise Refusal(_("Give the document from which the numbers are taken."), field="document_ref")
    sheet = FactsSheet.objects.filter(rating=row).first() or FactsSheet(rating=row, version=0)
    if sheet.version != version:
        raise Stale(_("Somebody else has changed these numbers since you opened them."))
    standing = {tally.scope: tally for tally in sheet.tallies.all()} if sheet.pk else {}
    for scope, values in tallies.items():
        if scope not in scopes_of_rating(row) or set(values) - set(FIELDS_OF_SCOPE[scope]):
            raise Refusal(_("These numbers are not asked for in this rating."))
        refuse_wrong_sums(scope, values, standing.get(scope))
    sheet.version, sheet.updated_by = sheet.version + 1, actor
    sheet.save()
    changes = {scope: write_tally(sheet, scope, values) for scope, values in tallies.items()}
    audit.record_event(
        actor=actor,
        action="rating.tasks_stated",
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        facts={"version": sheet.version, "document": document_ref, "changes": changes},
    )
    return sheet
