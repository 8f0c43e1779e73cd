"""The acts on a reply: who prepares it is named, it is handed to the head, returned, sent, asked for again."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Addressee, Consultation, Remark, RemarkKind
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations as asking
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, StoredFile, User
from orgs.services import audit, files, transitions


@transaction.atomic
def name_preparer(*, addressee: Addressee, preparer: User | None, version: int, actor: User) -> Addressee:
    """The head names who prepares the answer of the body; None takes it back. Forbidden but for the head."""
    row = locked_reply(addressee, version)
    held = selectors.answering_roles(actor, row, fresh=True)
    if not row.unit_id or not selectors.leads(held, row):
        raise Forbidden(_("Only the head of the body names who prepares the answer."))
    if reason := selectors.reason_against_writing(row, held):
        raise Refusal(reason, field="preparer")
    if preparer and not selectors.preparers_for(row.unit, timezone.localdate()).filter(pk=preparer.pk).exists():
        raise Refusal(_("Name somebody who holds a post in the body."), field="preparer")
    row.preparer, row.version = preparer, row.version + 1
    row.save(update_fields=["preparer", "version"])
    _record(row, "addressee.preparer_named", actor, preparer=str(preparer or ""))
    return row


@transaction.atomic
def agree_without_remarks(*, addressee: Addressee, move: str, version: int, actor: User) -> Addressee:
    """Agree in one act: the head sends it ("send"), anybody else hands it to the head ("prepare").

    Refusal while there are remarks that ask for something: they are taken out first, by who wrote them.
    """
    row = locked_reply(addressee, version)
    held = selectors.answering_roles(actor, row, fresh=True)
    if not held:
        raise Forbidden(selectors.reason_against_writing(row, held))
    if reason := selectors.reason_against_writing(row, held):
        raise Refusal(reason)
    asking_for = selectors.remarks_of(row).exclude(kind=RemarkKind.KEEP).count()
    if asking_for:
        raise Refusal(
            _("%(n)s remarks are written. Remove them first, or send the answer with them.") % {"n": asking_for}
        )
    row.is_without_remarks = True
    row.save(update_fields=["is_without_remarks"])
    return transitions.advance(row, move, actor=actor, version=version)


@transaction.atomic
def attach_file(
    *, addressee: Addressee, upload: UploadedFile, version: int, actor: User, remark: Remark | None = None
) -> StoredFile:
    """A file of the reply, or of one remark of it, by who writes in it."""
    row = locked_reply(addressee, version)
    _refuse_writing(row, actor)
    kept = files.store_file(
        upload=upload,
        purpose=FilePurpose.OPINION,
        owner=actor,
        object_type=selectors.REMARK_LABEL if remark else selectors.LABEL,
        object_id=str(remark.uuid if remark else row.uuid),
    )
    _touch(row, "addressee.file_attached", actor, sha256=kept.sha256)
    return kept


@transaction.atomic
def detach_file(*, addressee: Addressee, file: StoredFile, version: int, actor: User) -> None:
    """Take a file off a reply that is still being written; whoever brought it keeps it."""
    row = locked_reply(addressee, version)
    _refuse_writing(row, actor)
    StoredFile.objects.filter(pk=file.pk).update(object_type="", object_id="")
    _touch(row, "addressee.file_detached", actor, sha256=file.sha256)


def _refuse_writing(row: Addressee, actor: User) -> None:
    held = selectors.answering_roles(actor, row, fresh=True)
    if not held:
        raise Forbidden(selectors.reason_against_writing(row, held))
    if reason := selectors.reason_against_writing(row, held):
        raise Refusal(reason)


def move_files(row: Addressee, remarks: Iterable[Remark]) -> None:
    """The files of remarks that go stay with the reply as a whole."""
    ids = [str(remark.uuid) for remark in remarks]
    rows = StoredFile.objects.filter(object_type=selectors.REMARK_LABEL, object_id__in=ids)
    rows.update(object_type=selectors.LABEL, object_id=str(row.uuid))


def locked_reply(addressee: Addressee, version: int) -> Addressee:
    """The row of an addressee, locked, as the actor saw it; Stale otherwise."""
    _lock_consultation(addressee)
    rows = Addressee.objects.select_for_update(of=("self",)).select_related("consultation", "unit", "person")
    row = rows.get(pk=addressee.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    return row


def _touch(row: Addressee, action: str, actor: User, **facts: object) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    _record(row, action, actor, **facts)


def _record(row: Addressee, action: str, actor: User, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=selectors.LABEL,
        object_id=str(row.uuid),
        chain=row.chain,
        facts=facts,
    )


def _lock_consultation(row: Addressee) -> None:
    """A reply goes or does not go before the synthesis is closed, never across it."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=row.consultation_id)


def _sent(row: Addressee, *, actor: User, **_more: object) -> None:
    move_files(row, row.remarks.filter(selectors.BLANK))
    row.remarks.filter(selectors.BLANK).delete()
    row.replied_at, row.replied_by, row.returned_note = timezone.now(), actor, ""
    row.is_late = asking.is_late(row.consultation, timezone.localdate())
    row.save(update_fields=["replied_at", "replied_by", "returned_note", "is_late"])


def register() -> None:
    """Register what follows from sending, and the order of locks; called from `AppConfig.ready`."""
    for move in ("prepare", "send", "enter", "reopen"):
        transitions.register_prelude(f"addressee.{move}", _lock_consultation)
    transitions.register_consequence("addressee.send", _sent)
