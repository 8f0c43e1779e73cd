"""Prompts from above (QĐ 124-QĐ/TW Điều 7.1): drafted for a list, with the members who answer for a part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Forbidden, Membership, Refusal, Stale, Unit, User
from orgs.services import audit, transitions
from reviews.guards.prompts import PROMPTED_IN
from reviews.models import AnsweringMember, Prompt, PromptItem, Review
from reviews.selectors.meeting.prompts import may_be_prompted
from reviews.services.meeting import prompt_lists


@dataclass(frozen=True)
class MatterText:
    """One matter as it is typed: what, on which basis, by when; `item` names the row that it changes."""

    text: str
    basis: str = ""
    due_on: date | None = None
    item: UUID | None = None


@dataclass(frozen=True)
class PromptText:
    """What a prompt says; basis and day may come later, before the list is proposed."""

    items: tuple[MatterText, ...]
    due_on: date | None = None


@transaction.atomic
def create_prompt(
    *, review: Review, authority: Collective, advisory_unit: Unit, text: PromptText, actor: User
) -> Prompt:
    """Draft a prompt to one subject in the list of `authority`; one for each subject and authority in a cycle."""
    if advisory_unit.pk not in access.viewer_of(actor, fresh=True).units_of(roles.OFFICER):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    if reason := reason_of_own(review.person_id, actor):
        raise Forbidden(reason)
    if review.state not in PROMPTED_IN:
        raise Refusal(_("The review is finished; it can no longer be prompted."), field="review")
    if not may_be_prompted(review, authority, advisory_unit.pk):
        raise Forbidden(
            _("%(authority)s does not prompt %(subject)s through your body.")
            % {"authority": authority, "subject": review.subject}
        )
    kept_in = prompt_lists.drafting_list(review.cycle, authority, advisory_unit, actor)
    prompt = Prompt(
        cycle=review.cycle,
        review=review,
        authority=authority,
        advisory_unit=advisory_unit,
        prompt_list=kept_in,
        is_demo=kept_in.is_demo,
    )
    transitions.start(prompt, "prompt")
    try:
        with transaction.atomic():
            prompt.save()
    except IntegrityError:
        raise Refusal(
            _("%s has a prompt of this authority already. Add the matter there.") % review.subject, field="review"
        ) from None
    _write(prompt, text)
    _record(actor, "prompt.draft", prompt, (item.text for item in text.items))
    return prompt


@transaction.atomic
def edit_prompt(*, prompt: Prompt, text: PromptText, version: int, actor: User) -> Prompt:
    """Change a draft; an issued prompt never changes, it is withdrawn by a document."""
    row = _locked_draft(prompt, version, actor)
    row.version += 1
    _write(row, text)
    _record(actor, "prompt.edit", row, (item.text for item in text.items))
    return row


@transaction.atomic
def name_members(*, item: PromptItem, parts: Mapping[int, str], version: int, actor: User) -> PromptItem:
    """Name which members of a prompted collective answer for which part of a matter: {id of the person: part}.

    Refuses a prompt to a person, and who is no member of the collective.
    """
    row = _locked_draft(item.prompt, version, actor)
    if row.review.collective_id is None:
        raise Refusal(_("Only a prompt to a collective names the members who answer."))
    wanted = {person: part.strip() for person, part in parts.items() if part.strip()}
    seats = Membership.objects.current(timezone.localdate()).filter(collective=row.review.collective_id)
    if set(wanted) - set(seats.values_list("person_id", flat=True)):
        raise Refusal(_("Only members of the collective answer for a part of the matter."), field="members")
    item.answering.exclude(person__in=wanted).delete()
    for person, part in wanted.items():
        AnsweringMember.objects.update_or_create(item=item, person_id=person, defaults={"part": part})
    row.version += 1
    row.save(update_fields=["version"])
    _record(actor, "prompt.members", row, wanted.values())
    return item


def _locked_draft(prompt: Prompt, version: int, actor: User) -> Prompt:
    rows = Prompt.objects.select_for_update(of=("self",)).select_related("cycle", "review", "prompt_list")
    row = rows.get(pk=prompt.pk)
    if row.version != version or row.state != "draft":
        raise Stale(_("Somebody else has changed this prompt since you opened it."))
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    if reason := reason_of_own(row.review.person_id, actor):
        raise Forbidden(reason)
    if row.prompt_list_id:
        prompt_lists.refuse_closed(row.prompt_list)
    return row


def _write(prompt: Prompt, text: PromptText) -> None:
    matters = [matter for matter in text.items if matter.text.strip()]
    if not matters:
        raise Refusal(_("Name at least one matter to be explained."), field="items")
    for place, matter in enumerate(matters, start=1):
        if matter.due_on and text.due_on and matter.due_on > text.due_on:
            raise Refusal(
                _("The day of this matter lies after the last day of the whole report."), field=f"due-{place}"
            )
    days = [matter.due_on for matter in matters if matter.due_on]
    prompt.due_on = text.due_on or (max(days) if len(days) == len(matters) else None)
    prompt.save()
    kept = {row.uuid: row for row in prompt.items.filter(withdrawn_at=None)}
    for place, matter in enumerate(matters, start=1):
        row = kept.pop(matter.item, None) or PromptItem(prompt=prompt)
        row.order, row.text = place, matter.text.strip()
        row.basis, row.due_on = matter.basis.strip(), matter.due_on
        row.save()
    for extra in kept.values():
        extra.withdrawn_at = timezone.now()
        extra.save(update_fields=["withdrawn_at"])


def _record(actor: User, action: str, prompt: Prompt, items: Iterable[str]) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=prompt._meta.label,
        object_id=str(prompt.uuid),
        chain=prompt.chain,
        role=roles.OFFICER,
        facts={"number": prompt.number, "issued_on": prompt.issued_on, "due_on": prompt.due_on},
        texts={f"item_{place}": text for place, text in enumerate(items, start=1)},
    )
