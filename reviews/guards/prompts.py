"""Guards of prompts and prompt lists (QĐ 124-QĐ/TW Điều 7.1; Bình Định 04-CV/TU, point 4; Kon Tum 2024, point 2)."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from orgs.guards import reason_of_own, register_guard
from orgs.models import User
from reviews.models import ContributionStatus, Prompt, PromptDecision, PromptItem, PromptList

SHOWN = 5
# The explanation comes before the meeting: a review that was heard already is not prompted any more.
PROMPTED_IN = ("self_review", "meeting", "postponed")


def prompt_is_decided(prompt: Prompt, user: User) -> str:
    """A prompt goes out with the number and date of a decision that two people entered."""
    if prompt.decision_id and prompt.decision.confirmed_at and prompt.number and prompt.issued_on:
        return ""
    return _("The prompting body decides about the whole list: its decision is recorded and confirmed there.")


def prompt_list_is_drafted(prompt: Prompt, user: User) -> str:
    """What lies before the body is not changed behind its back."""
    return reason_against_writing(prompt.prompt_list) if prompt.prompt_list_id else ""


def reason_against_writing(prompt_list: PromptList) -> str:
    """Why nothing is written in a list now; empty while it is being prepared."""
    if prompt_list.state == "issued":
        return _("The list is issued. Open it for an addition first.")
    if prompt_list.state != "drafting":
        return _("The list lies before the prompting body. It must be returned before it is changed.")
    return ""


def every_prompt_answered(prompt: Prompt, user: User) -> str:
    """Each matter has cause, both responsibilities, remedy and its day."""
    open_places = [
        str(item.order)
        for item in prompt.items.filter(withdrawn_at=None).select_related("explanation")
        if not is_explained(item)
    ]
    return _("Not explained to the end: matter %s.") % ", ".join(open_places) if open_places else ""


def is_explained(item: PromptItem) -> bool:
    """Whether nothing is missing in the explanation of a matter."""
    answer = getattr(item, "explanation", None)
    return bool(answer and answer.is_complete)


def prompts_are_whole(prompt_list: PromptList, user: User) -> str:
    """There is something to propose, and each matter has its basis and its last day."""
    drafts = _drafts(prompt_list)
    if not drafts:
        return _("Draft at least one prompt first.")
    names = [str(row.review.subject) for row in drafts if not _is_whole(row)]
    if not names:
        return ""
    return _("A matter lacks its basis or its last day: %s.") % ", ".join(names[:SHOWN])


def _is_whole(prompt: Prompt) -> bool:
    items = [item for item in prompt.items.all() if item.withdrawn_at is None]
    return bool(items) and all(item.basis and (item.due_on or prompt.due_on) for item in items)


def prompted_are_still_heard(prompt_list: PromptList, user: User) -> str:
    """Nobody is prompted whose review was heard while the list was on its way."""
    late = [row for row in _drafts(prompt_list) if row.review.state not in PROMPTED_IN]
    names = ", ".join(str(row.review.subject) for row in late[:SHOWN])
    return _("Heard already, to be taken from the list: %s.") % names if names else ""


def contributions_are_in(prompt_list: PromptList, user: User) -> str:
    """Every body that was asked has answered, or was let off with a reason."""
    prefetch_related_objects([prompt_list], "contributions__unit")
    waiting = [row for row in prompt_list.contributions.all() if row.status == ContributionStatus.ASKED]
    names = ", ".join(str(row.unit) for row in waiting[:SHOWN])
    return _("Contributions not in yet: %s.") % names if names else ""


def prompts_are_of_others(prompt_list: PromptList, user: User) -> str:
    """Nobody records or confirms the decision that prompts himself."""
    for row in _drafts(prompt_list):
        if reason := reason_of_own(row.review.person_id, user):
            return reason
    return ""


def decision_is_named(prompt_list: PromptList, user: User) -> str:
    """The number, date and session of the decision were entered."""
    if _pending(prompt_list):
        return ""
    return _("Enter number, date and session of the decision.")


def prompt_decision_confirmed_by_another(prompt_list: PromptList, user: User) -> str:
    """Who recorded the decision does not confirm it, nor who stands in for him."""
    pending = _pending(prompt_list)
    if pending is None:
        return _("Enter number, date and session of the decision.")
    if pending.recorded_by_id == user.pk:
        return _("You recorded this decision: another person confirms it.")
    return reason_of_own(pending.recorded_by.person_id, user)


def _drafts(prompt_list: PromptList) -> list[Prompt]:
    """Its drafts with their matters, in the order of pages; asks nothing where the page has read them already."""
    rows = Prompt.objects.select_related("review__person", "review__collective").prefetch_related("items")
    prefetch_related_objects([prompt_list], Prefetch("prompts", rows.order_by("review__sort_key", "id")))
    return [row for row in prompt_list.prompts.all() if row.state == "draft"]


def _pending(prompt_list: PromptList) -> PromptDecision | None:
    """The decision that was recorded and that nobody has confirmed or withdrawn."""
    prefetch_related_objects([prompt_list], "decisions__recorded_by")
    rows = prompt_list.decisions.all()
    return next((row for row in rows if row.withdrawn_at is None and row.confirmed_at is None), None)


def register() -> None:
    """Register under the names of the workflow rows; called from `AppConfig.ready`."""
    for guard in (
        prompt_is_decided,
        prompt_list_is_drafted,
        every_prompt_answered,
        prompts_are_whole,
        prompted_are_still_heard,
        contributions_are_in,
        prompts_are_of_others,
        decision_is_named,
        prompt_decision_confirmed_by_another,
    ):
        register_guard(guard.__name__, guard)
