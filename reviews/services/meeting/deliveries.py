"""How a prompt reaches its subject and who follows it: receipts, and the superior's working group."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Membership, Person, Refusal, Stale, User
from orgs.services import audit
from reviews.models import Prompt, PromptReceipt, WorkingGroupMember
from reviews.services import announcements
from reviews.workflow import PEN

HANDING_OVER = frozenset({roles.OFFICER, roles.SECRETARY, roles.PARTY_SECRETARY})
STANDING = ("issued", "explained")
FOLLOWED = ("draft", *STANDING)


@transaction.atomic
def open_prompt(*, prompt: Prompt, actor: User) -> PromptReceipt:
    """The subject confirms that the prompt arrived; who and when stays on record. Twice is once."""
    row = _locked(prompt, STANDING)
    if not access.roles_on(actor, row, fresh=True) & PEN:
        raise Forbidden(_("Only the subject confirms that the prompt arrived."))
    return note_opened(row, actor)


def note_opened(prompt: Prompt, actor: User) -> PromptReceipt:
    """The receipt of `actor`, written at the first opening."""
    row, is_new = PromptReceipt.objects.get_or_create(
        prompt=prompt,
        user=actor,
        defaults={"receiver": str(actor), "received_on": timezone.localdate(), "recorded_by": actor},
    )
    if is_new:
        _record(actor, "prompt.receive", prompt, receiver=row.receiver)
    return row


@transaction.atomic
def record_receipt(*, prompt: Prompt, receiver: str, received_on: date, document: str, actor: User) -> PromptReceipt:
    """Record that the letter was handed over on paper: by the officer, or by the secretary of where it is heard.

    Refuses: anybody else, the subject himself, no name, a day before the prompt was issued or one to come.
    """
    row = _locked(prompt, STANDING)
    if not access.roles_on(actor, row, fresh=True) & HANDING_OVER:
        raise Forbidden(_("The officer or the secretary records that a prompt was handed over."))
    if reason := reason_of_own(row.review.person_id, actor):
        raise Forbidden(reason)
    if not receiver.strip():
        raise Refusal(_("Name who received the prompt."), field="receiver")
    if received_on > timezone.localdate():
        raise Refusal(_("The day of receipt lies in the future."), field="received_on")
    if row.issued_on and received_on < row.issued_on:
        raise Refusal(_("It cannot be received before it was issued."), field="received_on")
    found = PromptReceipt.objects.create(
        prompt=row, receiver=receiver.strip(), received_on=received_on, document=document.strip(), recorded_by=actor
    )
    _record(actor, "prompt.receipt", row, receiver=found.receiver, received_on=received_on, document=found.document)
    return found


@transaction.atomic
def name_group_member(*, prompt: Prompt, person: Person, task: str, document: str, actor: User) -> WorkingGroupMember:
    """Name a person of the superior's working group: he reads this one subject while the prompt stands.

    Refuses: who is no officer of the advisory body, no document, the subject or a member of the collective prompted,
    somebody who is in the group already.
    """
    row = _locked(prompt, FOLLOWED)
    _refuse_other_than_officer(row, actor)
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    if person.pk in _concerned(row):
        raise Refusal(_("%s is concerned by this prompt and does not follow it.") % person, field="person")
    try:
        with transaction.atomic():
            found = WorkingGroupMember.objects.create(
                prompt=row, person=person, task=task.strip(), document=document.strip(), named_by=actor
            )
    except IntegrityError:
        raise Refusal(_("%s is in the working group already.") % person, field="person") from None
    if row.state in STANDING:
        announcements.tell_followers(row)
    _record(actor, "prompt.group", row, person=str(person), document=found.document)
    return found


@transaction.atomic
def release_group_member(*, member: WorkingGroupMember, actor: User) -> None:
    """End the part of a person in the working group; the right to read ends with it."""
    row = _locked(member.prompt, FOLLOWED)
    _refuse_other_than_officer(row, actor)
    ended = WorkingGroupMember.objects.filter(pk=member.pk, released_at=None).update(released_at=timezone.now())
    if not ended:
        raise Stale(_("This person has left the working group already."))
    _record(actor, "prompt.group_release", row, person=str(member.person))


def _concerned(prompt: Prompt) -> set[int]:
    """The subject; for a collective its members of today."""
    if prompt.review.person_id:
        return {prompt.review.person_id}
    seats = Membership.objects.current(timezone.localdate()).filter(collective=prompt.review.collective_id)
    return set(seats.values_list("person_id", flat=True))


def _refuse_other_than_officer(prompt: Prompt, actor: User) -> None:
    if roles.OFFICER not in access.roles_on(actor, prompt, fresh=True):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    if reason := reason_of_own(prompt.review.person_id, actor):
        raise Forbidden(reason)


def _locked(prompt: Prompt, states: tuple[str, ...]) -> Prompt:
    row = Prompt.objects.select_for_update(of=("self",)).select_related("cycle", "review").get(pk=prompt.pk)
    if row.state not in states:
        raise Stale(_("This prompt is now in the state “%s”.") % _(row.state_row.label))
    return row


def _record(actor: User, action: str, prompt: Prompt, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=prompt._meta.label,
        object_id=str(prompt.uuid),
        chain=prompt.chain,
        facts=facts,
    )
