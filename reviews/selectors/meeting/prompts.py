"""Prompts: who sees them, whom one may prompt in whose name, and how far the explanation of each matter is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from criteria.models import Cycle
from orgs import access, roles
from orgs.models import Collective, Person, User, names
from reviews.models import (
    AnsweringMember,
    Explanation,
    ExplanationFile,
    KeptText,
    Prompt,
    PromptItem,
    PromptOutcome,
    PromptReceipt,
    Rating,
    Review,
    Venue,
    WorkingGroupMember,
)
from reviews.selectors import reviews
from reviews.workflow import PEN

LABEL = "reviews.Prompt"
FOUND = 20
DRAFTING = ("prompt.draft", "prompt.edit", "prompt.members")
# Who reads an explanation only once it was sent.
SENT = ("explained",)


@dataclass(frozen=True)
class Matter:
    """One matter of a prompt with what was explained; `version` 0 where nothing was written yet."""

    item: PromptItem
    explanation: Explanation | None

    @property
    def version(self) -> int:
        """The version of the explanation."""
        return self.explanation.version if self.explanation else 0

    @property
    def is_begun(self) -> bool:
        """Whether anything was written."""
        row = self.explanation
        return bool(
            row and (row.cause or row.responsibility or row.shared_responsibility or row.remedy or row.remedy_due)
        )

    @property
    def is_complete(self) -> bool:
        """Cause, both responsibilities, remedy and its day are all there."""
        return bool(self.explanation and self.explanation.is_complete)

    @property
    def files(self) -> list[ExplanationFile]:
        """The evidence that was not taken away."""
        rows = self.explanation.files.all() if self.explanation else ()
        return [row for row in rows if row.withdrawn_at is None]

    @property
    def outcome(self) -> PromptOutcome | None:
        """What was concluded after the meeting."""
        return getattr(self.item, "outcome", None)

    @property
    def due_on(self) -> date | None:
        """Its own last day, else that of the whole report."""
        return self.item.due_on or self.item.prompt.due_on

    @property
    def mark(self) -> str:
        """The round mark of lists: tick, dot or empty."""
        if self.is_complete:
            return "tick"
        return "dot" if self.is_begun else "empty"


def visible_to(user: User) -> QuerySet[Prompt]:
    """The prompts that `user` may read in their present state."""
    return access.within(Prompt.objects.all(), access.document_scope(LABEL, access.viewer_of(user)))


def listed(rows: QuerySet[Prompt], *, cycle: Cycle | None = None, state: str = "", text: str = "") -> QuerySet[Prompt]:
    """`rows` for a list, cut down and searched, with `matters` and `explained` counted."""
    open_items = Q(items__withdrawn_at=None)
    whole = open_items & ~Q(items__explanation__cause="") & Q(items__explanation__remedy_due__isnull=False)
    whole &= ~Q(items__explanation__responsibility="") & ~Q(items__explanation__remedy="")
    whole &= ~Q(items__explanation__shared_responsibility="")
    if cycle:
        rows = rows.filter(cycle=cycle)
    if state:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(_about(text, "review__"))
    return (
        rows.select_related("review__person", "review__collective", "review__unit", "authority", "cycle")
        .defer("review__form")
        .annotate(
            matters=Count("items", filter=open_items, distinct=True),
            explained=Count("items", filter=whole, distinct=True),
        )
        .order_by("review__sort_key", "id")
    )


def matters_of(prompt: Prompt) -> list[Matter]:
    """The matters in their order, each with its explanation, evidence, members and outcome; three queries."""
    rows = prompt.items.filter(withdrawn_at=None).select_related(
        "prompt", "explanation", "outcome__concluded_by__person"
    )
    # Members are named in prompts to collectives only: of a person nothing is asked.
    named = AnsweringMember.objects.all() if prompt.review.collective_id else AnsweringMember.objects.none()
    rows = rows.prefetch_related(
        Prefetch("explanation__files", ExplanationFile.objects.select_related("file").order_by("id")),
        Prefetch("answering", named.select_related("person").order_by("id")),
    )
    return [Matter(item, getattr(item, "explanation", None)) for item in rows]


def may_explain(user: User, prompt: Prompt) -> bool:
    """Whether `user` writes the explanation: the subject, or an author of the collective's report."""
    send = prompt.workflow.transition("issued", "send")
    return bool(access.roles_on(user, prompt) & send.by)


def kept_of(user: User, prompt: Prompt) -> list[str]:
    """What `user` had typed when the prompt was withdrawn, the latest first; each author sees the own texts only."""
    rows = KeptText.objects.filter(review=prompt.review_id, user=user, section_key__startswith=prompt.kept_key)
    return ["\n\n".join(filter(None, (part["text"] for part in row.content.values()))) for row in rows]


def receipts_of(prompt: Prompt) -> list[PromptReceipt]:
    """Who opened the prompt or got its letter, and when."""
    return list(prompt.receipts.select_related("user__person", "recorded_by__person"))


def followed(rows: QuerySet[Prompt]) -> QuerySet[Prompt]:
    """`rows`, each with `is_followed`: whether `group_of` would find anybody."""
    members = WorkingGroupMember.objects.filter(prompt=OuterRef("pk"), released_at=None)
    return rows.annotate(is_followed=Exists(members))


def group_of(prompt: Prompt) -> list[WorkingGroupMember]:
    """The working group of the superior that follows this subject now."""
    return list(prompt.working_group.filter(released_at=None).select_related("person"))


def explanations_readable_by(user: User) -> QuerySet[Explanation]:
    """The explanations whose evidence `user` opens: the own ones, those of others once they were sent."""
    viewer = access.viewer_of(user)
    own = access.NOTHING
    for role in PEN:
        rows = access.reach_of(LABEL, role, viewer)
        own = own if rows is None else own | rows
    mine = access.within(Prompt.objects.exclude(state__in=("draft", "withdrawn")), own)
    sent = visible_to(user).filter(state__in=SENT)
    found = Q(item__prompt__in=mine.values("pk")) | Q(item__prompt__in=sent.values("pk"))
    return Explanation.objects.filter(found)


def unfinished_for(user: User) -> QuerySet[Prompt]:
    """The prompts whose report is not sent yet, of the subjects heard in the collectives that `user` heads."""
    heads = access.viewer_of(user).collectives_of(roles.HEAD)
    rows = Prompt.objects.filter(state="issued", cycle__closed_at=None)
    return rows.filter(review__in=Venue.objects.filter(collective__in=heads).values("review"))


def authorities_for(user: User, cycle: Cycle) -> list[tuple[Collective, int]]:
    """In whose name `user` prepares prompts: (deciding body, id of the advisory body that appraises for it)."""
    units = access.viewer_of(user).units_of(roles.OFFICER)
    pairs = (
        Rating.objects.filter(cycle=cycle, appraising_unit__in=units)
        .order_by("deciding_collective", "appraising_unit")
        .values_list("deciding_collective", "appraising_unit")
        .distinct()
    )
    pairs = list(pairs)
    bodies = Collective.objects.in_bulk({body for body, _unit in pairs})
    return [(bodies[body], unit) for body, unit in pairs]


def may_be_prompted(review: Review, authority: Collective, advisory_unit_id: int) -> bool:
    """Whether the advisory body appraises for `authority` and the subject is within its reach (Điều 7.1)."""
    speaks = Rating.objects.filter(
        cycle=review.cycle_id, appraising_unit=advisory_unit_id, deciding_collective=authority
    )
    reached = Q(appraising_unit=advisory_unit_id) | Q(copy_unit=advisory_unit_id)
    return speaks.exists() and review.ratings.filter(reached).exists()


def subjects_matching(user: User, cycle: Cycle, text: str) -> list[Review]:
    """The reviews of the cycle that `user` may prompt and whose subject has `text` in the name; the first twenty."""
    if not text.strip():
        return []
    units = access.viewer_of(user).units_of(roles.OFFICER)
    mine = Rating.objects.filter(review=OuterRef("pk")).filter(Q(appraising_unit__in=units) | Q(copy_unit__in=units))
    rows = reviews.visible_to(user).filter(Exists(mine), cycle=cycle, state__in=("self_review", "meeting"))
    return list(reviews.listed(rows.filter(_about(text, "")))[:FOUND])


def _about(text: str, path: str) -> Q:
    wanted = names.fold(text)
    bodies = [pk for pk, name in Collective.objects.values_list("pk", "name") if wanted in names.fold(name)]
    return Q(**{f"{path}person__in": Person.objects.matching(text).values("pk")}) | Q(
        **{f"{path}collective__in": bodies}
    )
