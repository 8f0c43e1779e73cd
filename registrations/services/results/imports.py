"""Write the results of a workbook: one transaction, every row marked with its file, one event."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Collective, Forbidden, Person, Stale, User
from orgs.services import audit
from orgs.services.imports import Source
from registrations.access import RESULT
from registrations.models import YearResult
from registrations.selectors.register.facts import subjects_of
from registrations.selectors.results import results as selectors


@transaction.atomic
def write_results(*, rows: Iterable[YearResult], actor: User, source: Source) -> None:
    """Write checked rows; raises `Forbidden` for a subject who is neither the actor's own nor kept by him, `Stale` when
    somebody brought one of them in meanwhile.
    """
    found = list(rows)
    people, collectives = ({getattr(row, name) for row in found} - {None} for name in ("person_id", "collective_id"))
    # Two files at once would both find the log without these rows: the second waits for the first here.
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    list(Collective.objects.select_for_update(no_key=True).filter(pk__in=collectives).order_by("pk").values_list("pk"))
    standing = selectors.standing_of(people, collectives)
    reach = {"person": _reached(actor, "person"), "collective": _reached(actor, "collective")}
    mark = f"{source.name} ({source.sha256[:12]})"[:300]
    for row in found:
        own = selectors.writes(actor, row.subject)
        name = "person" if row.person_id else "collective"
        if not own and row.subject.pk not in reach[name]:
            raise Forbidden(outside(row.subject))
        row.imported_from = mark
        row.fill_keys()
        if selectors.same_of(row) in standing:
            raise Stale(_("The register has changed since the file was checked. Check it again."))
    YearResult.objects.bulk_create(found, batch_size=500)
    audit.record_event(
        actor=actor,
        action="results.import",
        object_type=RESULT,
        object_id=source.sha256[:16],
        facts={"file": source.name, "sha256": source.sha256, "rows": len(found)},
    )


def outside(subject: Person | Collective) -> str:
    """The refusal of a subject whose results one does not bring in."""
    return _("%s: you bring in your own results and those of whom you keep the register.") % subject


def _reached(actor: User, name: str) -> set[int]:
    return set(subjects_of(actor, name).values_list("pk", flat=True))
