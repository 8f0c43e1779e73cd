"""The remedy of a named shortcoming: planned, reported with evidence, verified by another, closed."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import FilePurpose, Forbidden, Person, Refusal, Stale, StoredFile, User
from orgs.services import audit, files, transitions
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.remedies.naming import Plan, refuse_plan
from registrations.workflow import MENDING, STATING

PLANNING = MENDING | STATING


@transaction.atomic
def plan_remedy(*, row: Shortcoming, plan: Plan, version: int, actor: User) -> Shortcoming:
    """Say what is done about an open shortcoming, by whom and until when.

    Refuses: somebody whom it does not concern, a date before it was named, an owner who does not belong to the body.
    """
    locked = _open_row(row, version, actor)
    refuse_plan(plan, locked.document_on)
    _refuse_owner(locked, plan.owner)
    if not plan.measure.strip():
        raise Refusal(_("Write what is done about it."), field="measure")
    locked.measure, locked.owner, locked.due_on = plan.measure.strip(), plan.owner, plan.due_on
    locked.version = version + 1
    locked.save(update_fields=["measure", "owner", "due_on", "version"])
    _record(actor, "remedy.plan", locked, {"due_on": locked.due_on, "owner": plan.owner and plan.owner.uuid})
    return locked


@transaction.atomic
def write_report(*, row: Shortcoming, report: str, version: int, actor: User) -> Shortcoming:
    """Keep the report on the remedy while it is being written; sending it is the move `report`."""
    locked = _open_row(row, version, actor, among=MENDING)
    locked.report, locked.version = report.strip(), version + 1
    locked.save(update_fields=["report", "version"])
    return locked


@transaction.atomic
def report_remedy(*, row: Shortcoming, report: str, version: int, actor: User) -> Shortcoming:
    """Report that it is mended: the text is kept and sent in one act."""
    locked = write_report(row=row, report=report, version=version, actor=actor)
    return transitions.advance(locked, "report", actor=actor, version=locked.version)


@transaction.atomic
def attach_evidence(*, row: Shortcoming, upload: UploadedFile | None, version: int, actor: User) -> StoredFile:
    """Attach a file to the remedy of an open shortcoming; its readers may open it."""
    locked = _open_row(row, version, actor)
    if upload is None:
        raise Refusal(_("Choose a file."), field="file")
    kept = files.store_file(
        upload=upload,
        purpose=FilePurpose.EVIDENCE,
        owner=actor,
        object_type=row._meta.label,
        object_id=str(row.uuid),
    )
    locked.version = version + 1
    locked.save(update_fields=["version"])
    _record(actor, "remedy.evidence", locked, {"file": kept.uuid, "sha256": kept.sha256})
    return kept


def _open_row(row: Shortcoming, version: int, actor: User, *, among: frozenset[str] = PLANNING) -> Shortcoming:
    locked = Shortcoming.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.version != version or locked.state != "open":
        raise Stale(_("Somebody else has changed this row since you opened it."))
    if not access.roles_on(actor, locked, among=among, fresh=True):
        raise Forbidden(_("Only whom it concerns and who keeps the register write about the remedy."))
    return locked


def _refuse_owner(row: Shortcoming, owner: Person | None) -> None:
    if owner and owner.pk not in {person.pk for person in selectors.owners_for(row)}:
        raise Refusal(_("%s does not belong to the body concerned. Choose another.") % owner, field="owner")


def _record(actor: User, action: str, row: Shortcoming, facts: dict[str, object]) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        facts=facts,
        texts={"measure": row.measure},
    )


def _reported(row: Shortcoming, *, actor: User, **_more: object) -> None:
    row.reported_at, row.reported_by = timezone.now(), actor
    row.save(update_fields=["reported_at", "reported_by"])


def _verified(
    row: Shortcoming, *, actor: User, document_ref: str, remedied_on: date | None = None, **_more: object
) -> None:
    row.remedied_on, row.remedy_document = remedied_on or timezone.localdate(), document_ref.strip()
    row.verified_by, row.verified_at = actor, timezone.now()
    row.save(update_fields=["remedied_on", "remedy_document", "verified_by", "verified_at"])


def _opened_again(row: Shortcoming, **_more: object) -> None:
    row.remedied_on = row.verified_by = row.verified_at = row.reported_at = row.reported_by = None
    row.remedy_document = ""
    row.save()


def _withdrawn(row: Shortcoming, *, document_ref: str, **_more: object) -> None:
    row.withdrawn_on, row.withdrawal_document = timezone.localdate(), document_ref.strip()
    row.save(update_fields=["withdrawn_on", "withdrawal_document"])


def register() -> None:
    """Register what follows from the moves; called from `AppConfig.ready`."""
    for name, consequence in (
        ("remedy.report", _reported),
        ("remedy.return", _opened_again),
        ("remedy.verify", _verified),
        ("remedy.reopen", _opened_again),
        ("remedy.withdraw", _withdrawn),
        ("nothing_named.withdraw", _withdrawn),
    ):
        transitions.register_consequence(name, consequence)
