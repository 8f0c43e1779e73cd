"""Prompts from above and the explanation reports that answer them (QĐ 124-QĐ/TW Điều 7.1; Kon Tum 2024, point 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Forbidden, Refusal, Stale, Unit, User
from orgs.services import audit, transitions
from reviews.models import Explanation, Prompt, PromptItem, Review
from reviews.selectors.meeting.prompts import may_be_prompted

# The explanation comes before the meeting: a review that was heard already is not prompted any more.
PROMPTED_IN = ("self_review", "meeting", "postponed")


@dataclass(frozen=True)
class PromptText:
    """What a prompt says: number and date may come later, before it is issued."""

    items: tuple[str, ...]
    number: str = ""
    issued_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """The explanation of one matter."""

    cause: str
    responsibility: str
    remedy: str
    remedy_due: date | None


@transaction.atomic
def create_prompt(
    *, review: Review, authority: Collective, advisory_unit: Unit, text: PromptText, actor: User
) -> Prompt:
    """Draft a prompt to one subject on behalf of `authority`; one for each subject and authority in a cycle."""
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
    prompt = Prompt(cycle=review.cycle, review=review, authority=authority, advisory_unit=advisory_unit)
    transitions.start(prompt, "prompt")
    try:
        with transaction.atomic():
            prompt.save()
    except IntegrityError:
        raise Refusal(
            _("%s has a prompt of this authority already. Add the matter there.") % review.subject, field="review"
        ) from None
    _write(prompt, text)
    _record(actor, "prompt.draft", prompt, text.items)
    return prompt


@transaction.atomic
def edit_prompt(*, prompt: Prompt, text: PromptText, version: int, actor: User) -> Prompt:
    """Change a draft; an issued prompt never changes, it is withdrawn by a document."""
    row = Prompt.objects.select_for_update(of=("self",)).select_related("cycle", "review").get(pk=prompt.pk)
    if row.version != version or row.state != "draft":
        raise Stale(_("Somebody else has changed this prompt since you opened it."))
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    if reason := reason_of_own(row.review.person_id, actor):
        raise Forbidden(reason)
    row.version += 1
    _write(row, text)
    _record(actor, "prompt.edit", row, text.items)
    return row


def _write(prompt: Prompt, text: PromptText) -> None:
    items = [item.strip() for item in text.items if item.strip()]
    if not items:
        raise Refusal(_("Name at least one matter to be explained."), field="items")
    prompt.number, prompt.issued_on, prompt.due_on = text.number.strip(), text.issued_on, text.due_on
    prompt.save()
    kept = list(prompt.items.filter(withdrawn_at=None))
    for place, words in enumerate(items, start=1):
        if place <= len(kept):
            kept[place - 1].text, kept[place - 1].order = words, place
            kept[place - 1].save(update_fields=["text", "order"])
        else:
            PromptItem.objects.create(prompt=prompt, order=place, text=words)
    for extra in kept[len(items) :]:
        extra.withdrawn_at = timezone.now()
        extra.save(update_fields=["withdrawn_at"])


@transaction.atomic
def save_explanation(*, item: PromptItem, answer: Answer, version: int, actor: User) -> Explanation:
    """Save the explanation of one matter, gaps allowed; sending it checks. `version` 0 is a first save."""
    prompt = Prompt.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=item.prompt_id)
    if prompt.state != "issued":
        raise Stale(_("The explanation report was sent or the prompt withdrawn; it cannot be changed now."))
    if not access.roles_on(actor, prompt, fresh=True) & prompt.workflow.transition("issued", "send").by:
        raise Forbidden(_("Only the subject writes the explanation report."))
    row, is_new = Explanation.objects.get_or_create(item=item)
    if (0 if is_new else row.version) != version:
        raise Stale(_("Somebody else has changed this explanation since you opened it."))
    row.cause, row.responsibility, row.remedy = (
        text.strip() for text in (answer.cause, answer.responsibility, answer.remedy)
    )
    row.remedy_due, row.version = answer.remedy_due, version + 1
    row.save()
    return row


def send_explanation(prompt: Prompt, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `send`: the report is finished and sent, at this instant."""
    prompt.explained_at = timezone.now()
    prompt.save(update_fields=["explained_at"])


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
