"""What the meeting concluded about each prompted matter; what is not clear becomes a shortcoming to be mended."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit, transitions
from registrations.models import Origin, Shortcoming
from registrations.services.remedies.naming import NamedIn, Plan, name_shortcoming
from reviews.models import OutcomeMark, Prompt, PromptItem, PromptOutcome

# Who writes the papers of the meeting, and who records for the body that prompted.
CONCLUDING = frozenset({roles.SECRETARY, roles.PARTY_SECRETARY, roles.RECORDER})
HEARD = ("finishing", "finished")


@dataclass(frozen=True)
class Concluded:
    """How clear a matter is, and in words what the meeting concluded."""

    mark: str
    text: str = ""


@transaction.atomic
def conclude_matter(*, item: PromptItem, concluded: Concluded, version: int, actor: User) -> PromptOutcome:
    """Conclude one matter after the meeting; partly or not clear, it goes on as a named shortcoming of the subject.

    `version` 0 is a first conclusion. A later one that makes the matter clear withdraws the shortcoming again. Refuses:
    who neither keeps the meeting nor records for the prompting body, the own case, a review not heard yet, a closed
    cycle, a matter that is not clear without saying why.
    """
    prompt = _locked(item, actor)
    if concluded.mark not in OutcomeMark.values:
        raise Refusal(_("Say how clear the matter is."), field="mark")
    if concluded.mark != OutcomeMark.CLEAR and not concluded.text.strip():
        raise Refusal(_("Say what is not clear yet."), field="text")
    row = PromptOutcome.objects.filter(item=item).first()
    if (row.version if row else 0) != version:
        raise Stale(_("Somebody else has concluded this matter since you opened it."))
    row = row or PromptOutcome(item=item)
    row.mark, row.text, row.version = concluded.mark, concluded.text.strip(), version + 1
    row.concluded_on, row.concluded_by = timezone.localdate(), actor
    row.save()
    _carry_on(prompt, item, row, actor)
    _record(actor, prompt, item, row)
    return row


def _locked(item: PromptItem, actor: User) -> Prompt:
    related = ("cycle", "review__person", "review__collective", "authority")
    prompt = Prompt.objects.select_for_update(of=("self",)).select_related(*related).get(pk=item.prompt_id)
    if not access.roles_on(actor, prompt, fresh=True) & CONCLUDING:
        raise Forbidden(_("The secretary of the meeting or the recorder of the prompting body concludes the matter."))
    if reason := reason_of_own(prompt.review.person_id, actor):
        raise Forbidden(reason)
    if prompt.state != "explained" or prompt.review.state not in HEARD:
        raise Refusal(_("The matters are concluded after the review was heard."))
    if prompt.cycle.closed_at:
        raise Refusal(_("The cycle is closed: its outcomes no longer change."))
    return prompt


def _carry_on(prompt: Prompt, item: PromptItem, outcome: PromptOutcome, actor: User) -> None:
    """One row in the subject's list for the matter: named anew in the words of now, withdrawn where it became clear."""
    label = item._meta.label
    text = f"{item.text}\n{outcome.text}".strip()
    standing = Shortcoming.objects.filter(origin_type=label, origin_id=str(item.uuid)).exclude(state="withdrawn")
    stale = standing if outcome.mark == OutcomeMark.CLEAR else standing.exclude(text=text)
    for row in stale:
        transitions.advance(
            row,
            "withdraw",
            actor=actor,
            version=None,
            document_ref=_document(prompt),
            note=_("Concluded anew"),
            follows="prompt.conclude",
        )
    if outcome.mark == OutcomeMark.CLEAR:
        return
    answer = getattr(item, "explanation", None)
    due = answer.remedy_due if answer and answer.remedy_due and answer.remedy_due >= prompt.issued_on else None
    name_shortcoming(
        subject=prompt.review.subject,
        text=text,
        named_in=NamedIn(Origin.PROMPT, label, str(item.uuid), _document(prompt)),
        document=_document(prompt),
        document_on=prompt.issued_on,
        actor=actor,
        cycle=prompt.cycle,
        plan=Plan(measure=answer.remedy if answer else "", owner=prompt.review.person, due_on=due),
    )


def _document(prompt: Prompt) -> str:
    """The prompt as a source: a text of the register, kept in Vietnamese."""
    return f"Văn bản gợi ý kiểm điểm số {prompt.number} ngày {prompt.issued_on:%d/%m/%Y} của {prompt.authority.name}"


def _record(actor: User, prompt: Prompt, item: PromptItem, outcome: PromptOutcome) -> None:
    audit.record_event(
        actor=actor,
        action="prompt.conclude",
        object_type=prompt._meta.label,
        object_id=str(prompt.uuid),
        chain=prompt.chain,
        facts={"matter": item.order, "outcome": outcome.mark},
        texts={"text": outcome.text},
    )
