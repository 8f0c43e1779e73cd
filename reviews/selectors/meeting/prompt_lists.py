"""Prompt lists and contributions to them: who sees them, what stands in them, and how far they are."""

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from criteria.models import Cycle
from orgs import access, roles
from orgs.models import Collective, User
from reviews.models import (
    ContributionStatus,
    Prompt,
    PromptContribution,
    PromptDecision,
    PromptItem,
    PromptList,
    Rating,
)

LABEL = "reviews.PromptList"
# In these roles a body answers what it was asked: its officer, or its head.
ANSWERING = (roles.OFFICER, roles.UNIT_HEAD)
GONE = ("withdrawn",)
PROMPTED = ("review__person", "review__collective", "review__unit", "authority", "cycle", "decision")
PROMPTS_IN_ORDER = ("review__person", "review__sort_key", "id")
GIVEN = ("unit", "file", "given_by__person")


def visible_to(user: User) -> QuerySet[PromptList]:
    """The lists that `user` may read in their present state."""
    return access.within(PromptList.objects.all(), access.document_scope(LABEL, access.viewer_of(user)))


def listed(rows: QuerySet[PromptList]) -> QuerySet[PromptList]:
    """`rows` for a list, with `prompts_count`, `sent_count` and `waiting_count` (contributions) counted."""
    standing = ~Q(prompts__state__in=("withdrawn", "recalled")) & Q(prompts__isnull=False)
    counted = rows.select_related("cycle", "authority", "advisory_unit").annotate(
        prompts_count=Count("prompts", filter=standing, distinct=True),
        sent_count=Count("prompts", filter=Q(prompts__state="explained"), distinct=True),
        waiting_count=Count("contributions", filter=Q(contributions__status=ContributionStatus.ASKED), distinct=True),
    )
    return counted.order_by("-cycle__period_end_on", "authority__name", "id")


def prompts_of(prompt_list: PromptList) -> QuerySet[Prompt]:
    """The prompts of a list that were not dropped as drafts, persons after collectives, with items and outcomes."""
    related = ("items__explanation", "items__outcome", "items__answering__person", "receipts")
    rows = prompt_list.prompts.exclude(state__in=GONE).select_related(*PROMPTED)
    return rows.defer("review__form").prefetch_related(*related).order_by(*PROMPTS_IN_ORDER)


def read_along(prompt_list: PromptList) -> list[Prompt]:
    """Read what the page of a list shows: its prompts, which are answered, its contributions and decisions.

    The guards of the list find the same rows (`reviews.guards.prompts`), so that a button asks nothing more.
    """
    items = PromptItem.objects.select_related("outcome").order_by("order", "id")
    prompts = Prompt.objects.select_related(*PROMPTED).defer("review__form").order_by(*PROMPTS_IN_ORDER)
    prompts = prompts.prefetch_related(Prefetch("items", items), "receipts")
    decisions = PromptDecision.objects.select_related("recorded_by__person", "confirmed_by__person").order_by("id")
    prefetch_related_objects(
        [prompt_list],
        Prefetch("prompts", prompts),
        Prefetch("contributions", PromptContribution.objects.select_related(*GIVEN).order_by("id")),
        Prefetch("decisions", decisions),
    )
    return [row for row in prompt_list.prompts.all() if row.state not in GONE]


def contributions_to(prompt_list: PromptList) -> QuerySet[PromptContribution]:
    """What was asked and what came, in the order of asking."""
    return prompt_list.contributions.select_related(*GIVEN).order_by("id")


def readable_contributions(user: User) -> QuerySet[PromptContribution]:
    """The contributions whose text and file `user` reads: to the own lists, and those of the own body."""
    own = Q(unit__in=_units_answered_for(user))
    lists = visible_to(user).values("pk")
    return PromptContribution.objects.filter(own | Q(prompt_list__in=lists))


def asked_of(user: User) -> QuerySet[PromptContribution]:
    """What the bodies of `user` were asked and have not given, while the list is being prepared."""
    rows = PromptContribution.objects.filter(
        unit__in=_units_answered_for(user),
        status=ContributionStatus.ASKED,
        prompt_list__state="drafting",
        prompt_list__cycle__closed_at=None,
    )
    return rows.select_related("prompt_list__authority", "prompt_list__cycle", "unit").order_by("due_on", "id")


def answers_for(user: User, contribution: PromptContribution) -> bool:
    """Whether `user` gives this contribution for the body that was asked."""
    return contribution.unit_id in _units_answered_for(user, fresh=True)


def lists_to_open(user: User) -> list[tuple[Cycle, Collective, int]]:
    """The authorities without a list for which `user` prepares one: (cycle, authority, id of the advisory body)."""
    units = access.viewer_of(user).units_of(roles.OFFICER)
    if not units:
        return []
    pairs = (
        Rating.objects.filter(appraising_unit__in=units, cycle__state="open", cycle__closed_at=None)
        .exclude(deciding_collective=None)
        .order_by("cycle", "deciding_collective", "appraising_unit")
        .values_list("cycle", "deciding_collective", "appraising_unit")
        .distinct()
    )
    taken = set(PromptList.objects.filter(cycle__closed_at=None).values_list("cycle_id", "authority_id"))
    rows = [row for row in pairs if (row[0], row[1]) not in taken]
    cycles = Cycle.objects.in_bulk({row[0] for row in rows})
    bodies = Collective.objects.in_bulk({row[1] for row in rows})
    return [(cycles[cycle], bodies[body], unit) for cycle, body, unit in rows]


def _units_answered_for(user: User, *, fresh: bool = False) -> frozenset[int]:
    viewer = access.viewer_of(user, fresh=fresh)
    return frozenset().union(*(viewer.units_of(role) for role in ANSWERING))
