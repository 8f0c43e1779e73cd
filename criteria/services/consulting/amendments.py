"""The clause after the remarks: its new wording or its end, and the way of that wording into a framework."""

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Clause
from criteria.services.consulting.answers import locked_synthesis
from orgs.models import Stale, User, record
from orgs.services import audit


@transaction.atomic
def amend_clause(*, clause: Clause, amended: str, is_dropped: bool, actor: User, version: int) -> Clause:
    """Write the wording after the remarks; the same words as before mean that the clause stays as it was.

    `amended` is kept also while the clause is dropped, so that taking that back loses nothing. Stale when somebody
    else wrote since `version`; Refusal when the opinions are not being put together.
    """
    consultation = locked_synthesis(clause.text.consultation_id, actor=actor)
    row = Clause.objects.select_for_update().get(pk=clause.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this clause since you opened it."))
    words = _plain(amended)
    row.amended = "" if words == _plain(row.body) else words
    row.is_dropped = is_dropped
    row.version += 1
    row.save(update_fields=["amended", "is_dropped", "version"])
    audit.record_event(
        actor=actor,
        action="clause.amended",
        object_type="criteria.Clause",
        object_id=str(row.uuid),
        chain=consultation.chain,
        unit_path=consultation.unit_path,
        facts={"label": row.label, "is_dropped": is_dropped, "version": row.version},
        texts={"amended": row.amended},
    )
    return row


def _plain(text: str) -> str:
    return record.nfc(text.replace("\r\n", "\n"))
