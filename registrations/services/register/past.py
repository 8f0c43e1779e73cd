"""Write the earlier years of a workbook: one transaction, every row marked with its file, one event."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.models import Forbidden, Stale, User
from orgs.services import audit, transitions
from orgs.services.imports import Source
from registrations.models import PastRating, Shortcoming
from registrations.services.register.facts import not_yours


@transaction.atomic
def write_past_years(
    *, ratings: Iterable[PastRating], shortcomings: Iterable[Shortcoming], actor: User, source: Source
) -> None:
    """Write checked rows; a shortcoming that was mended stands as verified by who brought its document.

    Raises `Forbidden` without the right to state facts, `Stale` when one of the grades was entered meanwhile.
    """
    if roles.STATE_FACTS not in access.viewer_of(actor, fresh=True).rights:
        raise Forbidden(not_yours())
    mark = f"{source.name} ({source.sha256[:12]})"[:300]
    grades, named = list(ratings), list(shortcomings)
    for row in (*grades, *named):
        row.imported_from = mark
    for row in named:
        transitions.start(row, "remedy")
    try:
        with transaction.atomic():
            PastRating.objects.bulk_create(grades, batch_size=500)
            for row in named:
                _write_named(row, actor)
    except IntegrityError:
        raise Stale(_("The register has changed since the file was checked. Check it again.")) from None
    audit.record_event(
        actor=actor,
        action="past_years.import",
        object_type=PastRating._meta.label,
        object_id=source.sha256[:16],
        facts={"file": source.name, "sha256": source.sha256, "ratings": len(grades), "shortcomings": len(named)},
    )


def _write_named(row: Shortcoming, actor: User) -> None:
    remedied_on, document = row.remedied_on, row.remedy_document
    row.remedied_on, row.remedy_document = None, ""
    row.save(force_insert=True)
    if remedied_on:
        transitions.advance(
            row, "verify", actor=actor, version=row.version, document_ref=document, remedied_on=remedied_on
        )
