"""Who reads which dossier: what it holds follows from who asks, and the kept file opens to the same people only."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from django.db.models import Q, QuerySet

from orgs import access, roles
from orgs.models import DocumentVersion, QueuedItem, QueuedJob, RatingKind, User
from orgs.selectors.files import register_readers, versions_of
from orgs.workflow import Workflow
from reviews.models import Rating, Review
from reviews.selectors import reviews
from reviews.selectors.grading import conclusions, ratings
from reviews.selectors.meeting import meetings
from reviews.workflow import RATING, REVIEW

INSIDE_ROLES = (roles.OFFICER, roles.COPIED, roles.INSPECTOR, roles.RECORDER, roles.CONFIRMER)
BATCH_LABEL = "reviews.DossierBatch"
KINDS_OF_PERSON = (RatingKind.CADRE, RatingKind.PARTY_MEMBER, RatingKind.STATE)
RELATED = (
    "cycle__regulation",
    "review__unit",
    "review__person",
    "review__collective",
    "person",
    "collective__unit",
    "organisation",
    "group",
    "proposing_collective",
    "proposing_unit",
    "appraising_unit__parent",
    "deciding_collective__unit__parent",
)


class Audience(StrEnum):
    """For whom a dossier is made: the bodies that rate and watch, the subject itself, the venue that heard it."""

    INSIDE = "inside"
    OWN = "own"
    VENUE = "venue"


ROLES_OF = {
    Audience.INSIDE: INSIDE_ROLES,
    Audience.OWN: (roles.SUBJECT, roles.AUTHOR),
    Audience.VENUE: (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY),
}


@dataclass(frozen=True)
class Reading:
    """What one reader may find in a dossier.

    `inside` are the ratings with opinions and appraisal laid open, `decided` those whose decision is known to him.
    """

    audience: Audience
    inside: tuple[Rating, ...] = ()
    decided: tuple[Rating, ...] = ()

    @property
    def label(self) -> str:
        """The label under which such a dossier is kept, and by which its readers are found."""
        return label_of(self.audience, [rating.kind for rating in self.inside])


def label_of(audience: Audience, kinds: list[str] | tuple[str, ...] = ()) -> str:
    """Such as "reviews.Review.inside.cadre-party_member"."""
    return ".".join(["reviews.Review", audience, *(["-".join(sorted(kinds))] if kinds else [])])


def readers_of(audience: Audience, kinds: tuple[str, ...] = ()) -> Callable[[User], QuerySet[Review]]:
    """The reviews whose dossier of this audience, with the inner parts of `kinds`, a user may open."""

    def visible(user: User) -> QuerySet[Review]:
        rows = reached_by(user, audience)
        for kind in kinds:
            rows = rows.filter(pk__in=inside_ratings(user).filter(kind=kind).values("review"))
        return rows

    return visible


def reached_by(user: User, audience: Audience) -> QuerySet[Review]:
    """The reviews towards which `user` stands as this audience; nobody looks at himself from inside."""
    rows = access.within(Review.objects.all(), _reach("reviews.Review", REVIEW, user, audience))
    return _without_own(rows, user) if audience == Audience.INSIDE else rows


def inside_ratings(user: User) -> QuerySet[Rating]:
    """The ratings whose opinions and appraisal `user` reads: as officer, inspector, or for the deciding body."""
    rows = access.within(Rating.objects.all(), _reach("reviews.Rating", RATING, user, Audience.INSIDE))
    return _without_own(rows, user)


def _reach(label: str, flow: Workflow, user: User, audience: Audience) -> Q:
    viewer = access.viewer_of(user)
    total = access.NOTHING
    for role in ROLES_OF[audience]:
        rows = access.reach_of(label, role, viewer)
        if rows is not None:
            total |= rows & Q(state__in=flow.readable_by(role))
    return total


def _without_own(rows: QuerySet, user: User) -> QuerySet:
    viewer = access.viewer_of(user)
    own = Q(collective__in=viewer.collectives_of(roles.AUTHOR))
    return rows.exclude(own | Q(person=viewer.person_id) if viewer.person_id else own)


def reading_of(user: User, review: Review) -> Reading | None:
    """What `user` finds in the dossier of `review`, the widest view he has; None when he gets no dossier."""
    audience = next((row for row in Audience if reached_by(user, row).filter(pk=review.pk).exists()), None)
    if audience is None:
        return None
    if audience == Audience.INSIDE:
        return _inside(inside_ratings(user).filter(review=review))
    told = Rating.objects.filter(review=review, notified_at__isnull=False).exclude(decided_grade="")
    return Reading(audience, (), tuple(_full(told)) if audience == Audience.OWN else ())


def whole_reading(review: Review) -> Reading:
    """Everything there is, for who works on the server itself."""
    return _inside(Rating.objects.filter(review=review))


def _inside(rows: QuerySet[Rating]) -> Reading:
    found = tuple(_full(rows))
    return Reading(Audience.INSIDE, found, tuple(rating for rating in found if rating.decided_grade))


def _full(rows: QuerySet[Rating]) -> QuerySet[Rating]:
    return rows.select_related(*RELATED).order_by("kind", "id")


def versions_for(user: User, review: Review) -> list[DocumentVersion]:
    """The kept versions of the dossier that `user` may open, newest first."""
    labels = [
        label
        for label, visible in READERS.items()
        if label.startswith(f"{reviews.LABEL}.") and _holds(visible, user, review)
    ]
    found = [version for label in labels for version in versions_of(label, str(review.uuid))]
    return sorted(found, key=lambda version: -version.pk)


def _holds(visible: Callable[[User], QuerySet], user: User, review: Review) -> bool:
    return visible(user).filter(pk=review.pk).exists()


def _readers() -> dict[str, Callable[[User], QuerySet]]:
    found: dict[str, Callable[[User], QuerySet]] = {label_of(audience): readers_of(audience) for audience in Audience}
    sets = [kinds for size in (1, 2, 3) for kinds in combinations(KINDS_OF_PERSON, size)]
    for kinds in (*sets, (RatingKind.COLLECTIVE,)):
        found[label_of(Audience.INSIDE, kinds)] = readers_of(Audience.INSIDE, kinds)
    return found


READERS = _readers()


def batches_of(user: User) -> QuerySet[QueuedJob]:
    """The own batches in which every dossier is of a review whose dossier `user` still gets today."""
    reached = Review.objects.none()
    for audience in Audience:
        reached = reached | Review.objects.filter(pk__in=reached_by(user, audience).values("pk"))
    done = QueuedItem.objects.filter(job__owner=user, file__isnull=False)
    lost = done.exclude(key__in=reached.values("code"))
    return QueuedJob.objects.filter(owner=user).exclude(pk__in=lost.values("job"))


def register() -> None:
    """Open kept files to the readers of their records; called from `AppConfig.ready`."""
    for label, visible in READERS.items():
        register_readers(label, visible)
    register_readers(BATCH_LABEL, batches_of)
    register_readers(reviews.LABEL, reviews.visible_to)
    register_readers(ratings.LABEL, ratings.visible_to)
    register_readers("reviews.Conclusion", conclusions.visible_to)
    register_readers(meetings.LABEL, meetings.visible_to)
