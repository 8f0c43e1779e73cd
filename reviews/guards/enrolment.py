"""Nobody rates himself, nobody is left out without a ground, a round ends when every rating has ended."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.guards.cycles import period_has_ended
from criteria.models import Cycle
from orgs.guards import reason_of_own, register_guard
from orgs.models import User
from reviews.models import Rating
from reviews.selectors.enrolling import gates, open_ends


def nobody_rates_himself(rating: Rating, user: User) -> str:
    """The person rated proposes and appraises no grade for himself, nor does whoever acts in his place today."""
    if not reason_of_own(rating.person_id, user):
        return ""
    if user.person_id == rating.person_id:
        return _("This is your own rating: another person enters it.")
    return _("You stand in for the person who is rated here: another person enters it.")


def circumstance_recorded(rating: Rating, user: User) -> str:
    """Who is not rated has a ground: a circumstance that the regulation names for it, or a document on the rating."""
    if rating.not_rated_ground or gates.gate_of(rating):
        return ""
    return _("Record first, with its document, the circumstance for which the regulation gives no rating.")


def cycle_has_ended(cycle: Cycle, user: User) -> str:
    """The period is over, and every rating has ended or is postponed."""
    if reason := period_has_ended(cycle, user):
        return reason
    count = open_ends.of_ratings(Rating.objects.filter(cycle=cycle)).count()
    words = ngettext("%(count)s rating has not ended yet.", "%(count)s ratings have not ended yet.", count)
    return words % {"count": count} if count else ""


def register() -> None:
    """Register under the names of the workflow rows; called from `AppConfig.ready`."""
    for guard in (nobody_rates_himself, circumstance_recorded, cycle_has_ended):
        register_guard(guard.__name__, guard)
