"""The rows of the home page about prompts: to explain, to contribute to, to propose, to decide, to see to."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import User
from orgs.selectors.files import register_readers
from orgs.selectors.history import register_words
from reviews.models import Prompt, PromptList
from reviews.selectors.meeting import prompt_lists, prompt_words, prompts
from reviews.selectors.waiting.inbox import TaskRow, register_provider
from reviews.workflow import PEN

TO_DO = {
    "drafting": lambda: _("Propose the prompt list of %s"),
    "proposed": lambda: _("Record what %s decided about its prompt list"),
    "recorded": lambda: _("Confirm the prompt list of %s"),
}


def explanations_due(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for each prompt that the user must explain; one query."""
    mine = access.NOTHING
    for role in PEN:
        rows = access.reach_of("reviews.Prompt", role, viewer)
        mine = mine if rows is None else mine | rows
    rows = access.within(Prompt.objects.filter(state="issued", cycle__closed_at=None), mine)
    for prompt in rows.select_related("authority", "review__collective").defer("review__form"):
        yield TaskRow(
            key=f"explain-{prompt.uuid}",
            title=_("Explain what %(authority)s prompts (%(number)s)")
            % {"authority": prompt.authority, "number": prompt.number},
            detail=str(prompt.review.collective or _("The explanation report comes before the review meeting.")),
            due_on=prompt.due_on,
            act_label=_("Explain"),
            act_url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
        )


def contributions_due(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for each contribution that a body of the user was asked for; one query."""
    if not any(viewer.units_of(role) for role in prompt_lists.ANSWERING):
        return
    for row in prompt_lists.asked_of(user):
        yield TaskRow(
            key=f"contribution-{row.uuid}",
            title=_("Say whom %s should prompt, and on what") % row.prompt_list.authority,
            detail=f"{row.unit} · {row.prompt_list.cycle}",
            due_on=row.due_on,
            act_label=_("Contribute"),
            act_url=reverse("reviews:contribution_give", args=[row.uuid]),
        )


def lists_waiting(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """The lists that wait for the user: to be proposed by who drafts, recorded, confirmed; one query."""
    units = viewer.units_of(roles.OFFICER)
    wanted = Q(advisory_unit__in=units, state="drafting", prompts__state="draft")
    wanted |= Q(authority__in=viewer.collectives_of(roles.RECORDER), state="proposed")
    wanted |= Q(authority__in=viewer.collectives_of(roles.CONFIRMER), state="recorded")
    if not (units or viewer.collectives_of(roles.RECORDER) or viewer.collectives_of(roles.CONFIRMER)):
        return
    rows = PromptList.objects.filter(wanted, cycle__closed_at=None).select_related("authority", "cycle")
    drafts = Count("prompts", filter=Q(prompts__state="draft"), distinct=True)
    for row in rows.annotate(drafts=drafts).order_by("id"):
        yield TaskRow(
            key=f"prompt-list-{row.uuid}",
            title=TO_DO[row.state]() % row.authority,
            detail=ngettext("%(n)s prompt drafted", "%(n)s prompts drafted", row.drafts) % {"n": row.drafts},
            act_label=_("See the list"),
            act_url=reverse("reviews:prompt_list_detail", args=[row.uuid]),
        )


def reports_unfinished(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """The head sees how many explanation reports of his people are not sent yet; one query."""
    if not viewer.collectives_of(roles.HEAD):
        return
    count = prompts.unfinished_for(user).exclude(review__person=viewer.person_id).count()
    if count:
        yield TaskRow(
            key="explanations-unfinished",
            title=ngettext(
                "%(n)s explanation report in your collective is not sent yet",
                "%(n)s explanation reports in your collective are not sent yet",
                count,
            )
            % {"n": count},
            detail=_("The meeting does not open before they are sent."),
            act_label=_("See the list"),
            act_url=f"{reverse('reviews:prompt_list')}?state=issued",
        )


def register() -> None:
    """Contribute these rows, open evidence to its readers, name the acts of the history; from `AppConfig.ready`."""
    for provider in (explanations_due, contributions_due, lists_waiting, reports_unfinished):
        register_provider(provider)
    register_readers("reviews.Explanation", prompts.explanations_readable_by)
    register_readers(prompts.LABEL, prompts.visible_to)
    register_readers("reviews.PromptContribution", prompt_lists.readable_contributions)
    register_words(prompt_words.WORDS)
