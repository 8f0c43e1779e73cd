"""Guards before a proposal leaves its body and before the appraisal goes to the deciding body."""

from django.utils.translation import gettext as _

from criteria.rating import required_paths
from orgs.guards import register_guard
from orgs.models import RatingKind, User
from reviews.models import OpinionKind, OpinionStatus, Rating
from reviews.selectors.laws import law_of_rating


def opinions_in(rating: Rating, user: User) -> str:
    """Every opinion asked for is in or waived; a residence comment never blocks (QĐ 213-QĐ/TW)."""
    waiting = rating.opinions.filter(status=OpinionStatus.ASKED).exclude(kind=OpinionKind.RESIDENCE)
    names = [opinion.body_name or str(opinion.unit) for opinion in waiting.select_related("unit")[:5]]
    return _("Opinions still missing: %s. Enter or waive them.") % ", ".join(names) if names else ""


def state_grade_known(rating: Rating, user: User) -> str:
    """Known, or marked “not yet”; only where the regulation requires it does “not yet” block, and only for members."""
    if rating.kind != RatingKind.PARTY_MEMBER or not rating.person_id:
        return ""
    regulation = law_of_rating(rating)
    needed = required_paths(regulation, rating.kind, rating.subject_kind, rating.cycle.period_kind)
    if "state_grade" in needed and not rating.state_grade:
        return _("The regulation requires the State-side grade first.")
    return ""


def ballot_closed(rating: Rating, user: User) -> str:
    """Where the regulation asks for a ballot, its result is counted and confirmed."""
    procedure = law_of_rating(rating).procedure
    if procedure.ballot != "required" or not procedure.settings["ballot"].authority.is_confirmed:
        return ""
    if rating.tally_lines.filter(tally__confirmed_by__isnull=False).exists():
        return ""
    return _("The ballot on this rating is not counted and confirmed.")


def register() -> None:
    """Register under the names of the workflow rows; called from `AppConfig.ready`."""
    for guard in (opinions_in, state_grade_known, ballot_closed):
        register_guard(guard.__name__, guard)
