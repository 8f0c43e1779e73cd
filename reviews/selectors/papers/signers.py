"""Who has which paper signed and files its scan: whoever holds the pen of the paper, never every reader of it."""

from collections.abc import Callable, Iterable
from itertools import combinations

from django.db.models import Model, Q, QuerySet

from orgs import access, roles
from orgs.models import RatingKind, User
from orgs.selectors.files import register_signers
from reviews.models import Conclusion, Meeting, Prompt, Rating, Review
from reviews.selectors.papers.dossiers import KINDS_OF_PERSON, Audience, label_of
from reviews.workflow import APPRAISING, DECIDING, PEN, VENUE

# Where the person stands whom a paper is about; nobody in office has the paper about himself signed.
ABOUT: dict[type[Model], str] = {Review: "person", Rating: "person", Prompt: "review__person"}


def signed_by(model: type[Model], codes: Iterable[str]) -> Callable[[User], QuerySet]:
    """The rows of `model` that a user reaches in one of the roles `codes`; in office never the one about himself."""

    def rows(user: User) -> QuerySet:
        viewer = access.viewer_of(user)
        total = access.NOTHING
        for role in codes:
            found = access.reach_of(model._meta.label, role, viewer)
            total = total if found is None else total | found
        reached = access.within(model.objects.all(), total)
        about = ABOUT.get(model)
        if about is None or roles.SUBJECT in codes or not viewer.person_id:
            return reached
        return reached.exclude(Q(**{about: viewer.person_id}))

    return rows


def appraised_by(kinds: tuple[str, ...]) -> Callable[[User], QuerySet]:
    """The reviews of which a user appraises the rating of each of `kinds`: the dossier of the bodies is his paper."""
    reviews, ratings = signed_by(Review, APPRAISING), signed_by(Rating, APPRAISING)

    def rows(user: User) -> QuerySet:
        found = reviews(user)
        for kind in kinds:
            found = found.filter(pk__in=ratings(user).filter(kind=kind).values("review"))
        return found

    return rows


def register() -> None:
    """The paper of each label and its pen; called from `AppConfig.ready`."""
    register_signers("reviews.Meeting", signed_by(Meeting, VENUE))
    register_signers("reviews.Conclusion", signed_by(Conclusion, DECIDING))
    register_signers("reviews.Rating", signed_by(Rating, APPRAISING | {roles.CONFIRMER}))
    register_signers("reviews.Prompt", signed_by(Prompt, APPRAISING | DECIDING))
    register_signers("reviews.Review", signed_by(Review, APPRAISING))
    register_signers(label_of(Audience.OWN), signed_by(Review, PEN))
    register_signers(label_of(Audience.VENUE), signed_by(Review, VENUE))
    kinds = [found for size in range(4) for found in combinations(KINDS_OF_PERSON, size)]
    for inside in (*kinds, (RatingKind.COLLECTIVE,)):
        register_signers(label_of(Audience.INSIDE, inside), appraised_by(inside))
