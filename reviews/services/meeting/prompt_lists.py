"""The prompt list of an authority: opened and proposed by its advisory body, decided by itself, confirmed by a second.

QĐ 124-QĐ/TW Điều 7.1; Bình Định 04-CV/TU, point 4. As with conclusions, no single user is the body: one records what
it decided, another confirms, and only then the prompts go out.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs import access, roles
from orgs.models import Collective, Forbidden, Refusal, Stale, Unit, User
from orgs.services import audit, transitions
from reviews.guards.prompts import reason_against_writing
from reviews.models import PromptDecision, PromptItem, PromptList, Rating
from reviews.services.grading.conclusions import Session
from reviews.services.papers import letters


@transaction.atomic
def open_list(*, cycle: Cycle, authority: Collective, advisory_unit: Unit, actor: User) -> PromptList:
    """The list of `authority` in `cycle`, begun where there is none yet.

    Refuses: who is no officer of the advisory body, a body that does not appraise for the authority, a closed cycle,
    a list that another advisory body keeps (it is given contributions instead).
    """
    if advisory_unit.pk not in access.viewer_of(actor, fresh=True).units_of(roles.OFFICER):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    speaks = Rating.objects.filter(cycle=cycle, appraising_unit=advisory_unit, deciding_collective=authority)
    if not speaks.exists():
        raise Forbidden(_("%s does not decide on anybody whom your body appraises.") % authority)
    if cycle.closed_at:
        raise Refusal(_("The cycle is closed: nobody is prompted any more."), field="cycle")
    found = PromptList.objects.filter(cycle=cycle, authority=authority).select_related("advisory_unit").first()
    return _of_this_body(found, advisory_unit) if found else _begin(cycle, authority, advisory_unit, actor)


def _begin(cycle: Cycle, authority: Collective, advisory_unit: Unit, actor: User) -> PromptList:
    row = PromptList(cycle=cycle, authority=authority, advisory_unit=advisory_unit, is_demo=cycle.is_demo)
    transitions.start(row, "prompt_list")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return _of_this_body(PromptList.objects.get(cycle=cycle, authority=authority), advisory_unit)
    record_act(actor, "prompt_list.open", row)
    return row


def _of_this_body(row: PromptList, advisory_unit: Unit) -> PromptList:
    if row.advisory_unit_id != advisory_unit.pk:
        raise Refusal(
            _("The list of this authority is prepared by %s: give it your contribution.") % row.advisory_unit,
            field="authority",
        )
    return row


@transaction.atomic
def record_decision(*, prompt_list: PromptList, session: Session, version: int, actor: User) -> PromptDecision:
    """Record what the body decided about the proposed list; nothing goes out until another confirms.

    Refuses: an actor who is no recorder of the body, one who is prompted himself, a decision older than its session or
    of a day to come, a number that the list has used.
    """
    row = _locked(prompt_list, version)
    if row.authority_id not in access.viewer_of(actor, fresh=True).collectives_of(roles.RECORDER):
        raise Forbidden(_("You do not record the conclusions of this body."))
    if session.session_on > session.concluded_on:
        raise Refusal(_("The conclusion cannot be older than its session."), field="concluded_on")
    if session.concluded_on > timezone.localdate():
        raise Refusal(_("The date lies in the future."), field="concluded_on")
    if row.state != "proposed":
        raise Stale(_("The list is now in the state “%s”.") % _(row.state_row.label))
    decision = _write_decision(row, session, actor)
    transitions.advance(
        row, "record", actor=actor, version=version, document_ref=f"{decision.number}, {decision.decided_on:%d/%m/%Y}"
    )
    return decision


def _write_decision(row: PromptList, session: Session, actor: User) -> PromptDecision:
    if late := _too_late(row, session.concluded_on):
        raise Refusal(
            _("%s would have to explain before the date of the decision: return the list, give another day.")
            % late.prompt.review.subject,
            field="concluded_on",
        )
    if row.decisions.filter(withdrawn_at=None, number=session.number.strip()).exists():
        raise Refusal(_("This list has used the number “%s”.") % session.number, field="number")
    return PromptDecision.objects.create(
        prompt_list=row,
        number=session.number.strip(),
        decided_on=session.concluded_on,
        session_on=session.session_on,
        signatory=session.signatory,
        signatory_title=session.signatory_title,
        recorded_by=actor,
    )


def _too_late(row: PromptList, decided_on: date) -> PromptItem | None:
    """A drafted matter whose last day lies before the decision."""
    items = PromptItem.objects.filter(prompt__prompt_list=row, prompt__state="draft", withdrawn_at=None)
    late = items.filter(Q(due_on__lt=decided_on) | Q(due_on=None, prompt__due_on__lt=decided_on))
    return late.select_related("prompt__review__person", "prompt__review__collective").first()


def withdraw_decision(row: PromptList, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `withdraw`: the record that nobody confirmed falls, and its number is free again."""
    row.decisions.filter(withdrawn_at=None, confirmed_at=None).update(withdrawn_at=timezone.now())


def issue_prompts(row: PromptList, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `confirm`: every drafted prompt of the list goes out with number and date of the decision."""
    decision = row.decisions.select_for_update().get(withdrawn_at=None, confirmed_at=None)
    decision.confirmed_by, decision.confirmed_at = actor, timezone.now()
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    for prompt in row.prompts.filter(state="draft").order_by("id"):
        prompt.decision, prompt.number, prompt.issued_on = decision, decision.number, decision.decided_on
        prompt.save(update_fields=["decision", "number", "issued_on"])
        transitions.advance(prompt, "issue", actor=actor, version=None, follows="prompt_list.confirm")
    letters.ask_for_letters(decision)


@transaction.atomic
def set_note_needed(*, prompt_list: PromptList, is_needed: bool, version: int, actor: User) -> PromptList:
    """Switch on or off that the meeting waits for the officer's note; off unless somebody switches it on."""
    row = _locked(prompt_list, version)
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    row.is_note_needed, row.version = is_needed, version + 1
    row.save(update_fields=["is_note_needed", "version"])
    record_act(actor, "prompt_list.note_needed", row, is_note_needed=is_needed)
    return row


def _locked(prompt_list: PromptList, version: int) -> PromptList:
    rows = PromptList.objects.select_for_update(of=("self",)).select_related("cycle", "authority", "advisory_unit")
    row = rows.get(pk=prompt_list.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this list since you opened it."))
    return row


def drafting_list(review_cycle: Cycle, authority: Collective, advisory_unit: Unit, actor: User) -> PromptList:
    """The list in which a prompt may be written now; refused while it lies before the body or is issued."""
    row = open_list(cycle=review_cycle, authority=authority, advisory_unit=advisory_unit, actor=actor)
    row = PromptList.objects.select_for_update(of=("self",)).get(pk=row.pk)
    refuse_closed(row)
    return row


def refuse_closed(row: PromptList) -> None:
    """A list is written in while it is being prepared, at no other time."""
    if reason := reason_against_writing(row):
        raise Refusal(reason, field="authority")


def record_act(
    actor: User, action: str, row: PromptList, *, texts: dict[str, str] | None = None, **facts: object
) -> None:
    """The history of a list, in the chain of its cycle."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        role=roles.OFFICER,
        facts=facts,
        texts=texts or {},
    )
