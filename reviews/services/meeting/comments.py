"""Comments made face to face: written down while the meeting sits, corrected until its minutes are closed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Person, Refusal, Stale, User
from orgs.services import audit
from reviews.models import AgendaItem, Comment
from reviews.services.meeting import meetings


@dataclass(frozen=True)
class Said:
    """Who said what about which section; a guest has a name and no record of a person."""

    text: str
    person: Person | None = None
    speaker: str = ""
    section_key: str = ""


@transaction.atomic
def add_comment(
    *, item: AgendaItem, text: str, actor: User, person: Person | None = None, speaker: str = "", section_key: str = ""
) -> Comment:
    """Write down a comment that was made to the subject's face; nobody comments on himself."""
    meetings.locked(item.meeting, actor, states=("open",))
    said = Said(text, person, speaker, section_key)
    _refuse(item, said)
    comment = Comment.objects.create(item=item, entered_by=actor, **vars(said))
    _record(actor, "comment.add", comment)
    return comment


@transaction.atomic
def correct_comment(*, comment: Comment, said: Said, version: int, actor: User) -> Comment:
    """Write a comment anew while its meeting sits; what stood there before goes into the history.

    Raises `Stale` when the minutes are closed or somebody corrected it meanwhile, `Refusal` when nothing is changed.
    """
    meetings.locked(comment.item.meeting, actor, states=("open",))
    row = Comment.objects.select_for_update(of=("self",)).select_related("item__review", "item__meeting__cycle")
    kept = row.get(pk=comment.pk)
    if kept.version != version:
        raise Stale(_("Somebody else has corrected this comment since you opened it."))
    _refuse(kept.item, said)
    before = Said(kept.text, kept.person, kept.speaker, kept.section_key)
    if before == said:
        raise Refusal(_("Nothing is changed."), field="text")
    for name, value in vars(said).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save(update_fields=[*vars(said), "version"])
    _record(actor, "comment.correct", kept, speaker=str(before.person or before.speaker), text=before.text)
    return kept


def _refuse(item: AgendaItem, said: Said) -> None:
    if not said.text.strip():
        raise Refusal(_("Write the comment first."), field="text")
    if said.person is None and not said.speaker.strip():
        raise Refusal(_("Name who spoke."), field="speaker")
    if said.person is not None and said.person.pk == item.review.person_id:
        raise Refusal(_("The subject answers; comments come from the others."), field="person")


def _record(actor: User, action: str, comment: Comment, **before: str) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=comment._meta.label,
        object_id=str(comment.uuid),
        chain=comment.item.meeting.chain,
        by=meetings.VENUE_ROLES,
        facts={"version": comment.version, "section": comment.section_key},
        texts=before or {"text": comment.text},
    )
