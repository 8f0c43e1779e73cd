"""The decision board: a peer group as the deciding body sees it, with the chain of grades of each row and the quota."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from criteria.rating import QuotaAnswer
from orgs import access, roles
from orgs.models import User
from reviews.models import Grade, PeerGroup, QuotaLedger, Rating, TallyLine
from reviews.selectors.grading.grounds import Grounds, asks_for_sentence, grounds_for
from reviews.selectors.grading.quotas import DECIDED, answer_for, counts_of
from reviews.selectors.grading.suggestions import Explained, explained_for
from reviews.selectors.laws import law_of_group

RELATED = (
    "cycle__regulation",
    "review__unit",
    "review__person",
    "review__collective",
    "person",
    "collective",
    "organisation",
    "group",
)
ORDER = {grade: place for place, grade in enumerate(Grade.values)}


@dataclass(frozen=True)
class BoardRow:
    """One subject on the board. `is_open` while the grade can be changed; `ballot` is the share of excellent votes."""

    rating: Rating
    explained: Explained
    ballot: str
    is_open: bool
    is_last_inside: bool = False
    grounds: Grounds = ()
    asks_sentence: bool = False

    @property
    def key(self) -> str:
        """The rating as the fields of the form name it."""
        return str(self.rating.uuid)

    @property
    def grade(self) -> str:
        """The grade that counts now: pending before the body, or decided."""
        return self.rating.pending_grade if self.is_open else self.rating.decided_grade

    @property
    def needs_ground(self) -> bool:
        """Whether the grade differs from the suggestion, or asks for a sentence where it is to be excellent."""
        return bool(self.grade) and self.grade != self.explained.grade or self.asks_sentence


@dataclass(frozen=True)
class Board:
    """A peer group: rows best first, how many excellent it holds, what is allowed in the three readings."""

    group: PeerGroup
    ledger: QuotaLedger
    rows: tuple[BoardRow, ...]
    quota: QuotaAnswer
    counts: dict[str, int]
    waiting: int

    @property
    def allowed(self) -> int:
        """How many may be excellent: by the regulation, or by the recorded exception."""
        return max(self.quota.allowed or 0, self.ledger.exception_allowed or 0)

    @property
    def follows_party(self) -> bool:
        """Whether the quota of the group is tied to the Party's share of excellent."""
        return law_of_group(self.group).quota.relative_to_party


def groups_of(user: User) -> QuerySet[PeerGroup]:
    """The groups whose decisions `user` prepares, records, confirms or watches, with the number before the body."""
    viewer = access.viewer_of(user)
    bodies = viewer.collectives_of(roles.RECORDER) | viewer.collectives_of(roles.CONFIRMER)
    appraised = Rating.objects.filter(appraising_unit__in=viewer.units_of(roles.OFFICER)).values("group")
    rows = PeerGroup.objects.filter(Q(deciding_collective__in=bodies) | Q(pk__in=appraised))
    return (
        rows.select_related("cycle__regulation", "regulation", "deciding_collective", "ledger")
        .annotate(
            total=Count("ratings"),
            before_body=Count("ratings", filter=Q(ratings__state="decision")),
            decided=Count("ratings", filter=Q(ratings__state__in=DECIDED)),
        )
        .order_by("-cycle__period_end_on", "rating_kind", "order", "title")
    )


def board_of(group: PeerGroup, rows: QuerySet[Rating]) -> Board:
    """The board of one group; `rows` are the ratings that the user may see."""
    ratings = list(rows.filter(group=group, state__in=("decision", *DECIDED)).select_related(*RELATED))
    explained = explained_for(ratings)
    shares = _shares(ratings)
    listed = sorted(
        (BoardRow(row, explained[row.pk], shares.get(row.pk, ""), row.state == "decision") for row in ratings),
        key=lambda row: (
            ORDER.get(row.grade, len(ORDER)),
            ORDER.get(row.explained.grade, len(ORDER)),
            row.rating.sort_key,
        ),
    )
    grounds, asks = grounds_for(ratings), asks_for_sentence()
    inside = sum(row.grade == Grade.EXCELLENT for row in listed)
    marked = tuple(
        replace(
            row,
            is_last_inside=place == inside and place < len(listed),
            grounds=grounds[row.rating.pk],
            asks_sentence=asks and row.is_open and not grounds[row.rating.pk] and not row.rating.pending_ground,
        )
        for place, row in enumerate(listed, start=1)
    )
    waiting = Rating.objects.filter(group=group, state__in=("proposal", "appraisal")).count()
    counts = counts_of(group)
    return Board(group, group.ledger, marked, answer_for(group, counts), counts, waiting)


def _shares(ratings: list[Rating]) -> dict[int, str]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    lines = TallyLine.objects.filter(rating__in=ratings, tally__confirmed_by__isnull=False)
    for pk, grade, count in lines.values_list("rating_id", "grade", "count"):
        counts[pk][grade] = counts[pk].get(grade, 0) + count
    return {
        pk: f"{100 * found.get(Grade.EXCELLENT, 0) // total} % XS"
        for pk, found in counts.items()
        if (total := sum(found.values()))
    }
