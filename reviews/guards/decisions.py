"""What must hold before a body's decision is issued (Điều 11 and 12 QĐ 124-QĐ/TW)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from orgs.guards import reason_of_own, register_guard
from orgs.models import Membership, RatingKind, User
from reviews.models import Conclusion, ConclusionLine, Grade, QuotaLedger, Rating, Venue
from reviews.selectors.grading.suggestions import is_better

SETTLED = ("notice", "petition", "archived", "not_rated", "postponed")


def in_confirmed_conclusion(rating: Rating, user: User) -> str:
    """The grade stands in a confirmed conclusion that was not carried out yet."""
    lines = ConclusionLine.objects.filter(rating=rating, is_in_force=False, revoked_by_document="")
    if lines.filter(conclusion__state="confirmed", conclusion__collective=rating.deciding_collective_id).exists():
        return ""
    return _("Only the deciding body decides: its conclusion must be recorded by one person and confirmed by another.")


def lower_decided_first(rating: Rating, user: User) -> str:
    """Lower collectives before higher ones, a collective before its members (Điều 11)."""
    collectives = Rating.objects.filter(cycle=rating.cycle_id, kind=RatingKind.COLLECTIVE).exclude(state__in=SETTLED)
    if rating.person_id:
        waiting = collectives.filter(collective__venues__review=rating.review_id)
    elif rating.collective_id:
        waiting = collectives.filter(collective__unit__parent=rating.collective.unit_id)
    else:
        waiting = collectives.filter(Q(collective__unit=rating.organisation_id))
    first = waiting.exclude(pk=rating.pk).select_related("collective").first()
    return (
        _("Not decided yet: %s. Lower before higher, the collective before its members.") % first.collective
        if first
        else ""
    )


def head_rated_last(rating: Rating, user: User) -> str:
    """The head after every other member of the collective (Điều 11)."""
    if not (rating.is_head and rating.head_of_id):
        return ""
    waiting = Rating.objects.filter(
        cycle=rating.cycle_id,
        kind=rating.kind,
        is_head=False,
        review__in=Venue.objects.filter(collective=rating.head_of_id).values("review"),
        person__in=Membership.objects.filter(collective=rating.head_of_id).values("person"),
    ).exclude(state__in=SETTLED)
    names = [str(row.person) for row in waiting.select_related("person").only("person")[:3]]
    return _("The head is rated last. Not decided yet: %s.") % ", ".join(names) if names else ""


def head_not_above_collective(rating: Rating, user: User) -> str:
    """The head's grade is not above that of the collective; a head who just moved in is excepted with a document."""
    if not (rating.is_head and rating.head_of_id) or (rating.is_newly_moved_head and rating.newly_moved_document):
        return ""
    collective = Rating.objects.filter(
        cycle=rating.cycle_id, kind=RatingKind.COLLECTIVE, collective=rating.head_of_id
    ).first()
    if collective and is_better(rating.pending_grade, collective.decided_grade):
        return _("The head cannot be rated above the collective (%s).") % Grade(collective.decided_grade).label
    return ""


def quota_kept(rating: Rating, user: User) -> str:
    """The group holds no more excellent than allowed, or the document of an exception is recorded."""
    ledger = QuotaLedger.objects.select_related("group").get(group=rating.group_id)
    if ledger.used <= max(ledger.allowed, ledger.exception_allowed or 0):
        return ""
    return _("Group “%s” holds more excellent than the quota allows.") % ledger.group.title


def confirmed_by_another(conclusion: Conclusion, user: User) -> str:
    """Whoever recorded a conclusion does not confirm it, nor who stands in for him, nor anybody whom it rates."""
    if conclusion.recorded_by_id == user.pk:
        return _("You recorded this conclusion; another person confirms it.")
    if reason := reason_of_own(conclusion.recorded_by.person_id, user):
        return reason
    if user.person_id and conclusion.lines.filter(rating__person=user.person_id).exists():
        return _("Your own rating stands in this conclusion; another person confirms it.")
    return ""


def review_finished(rating: Rating, user: User) -> str:
    """Nothing is rated before its review is finished; an organisation has no review."""
    if rating.review_id and rating.review.state != "finished":
        return _("The review is not finished: nobody is rated before it.")
    return ""


def proposed_grade_given(rating: Rating, user: User) -> str:
    """The proposing body has named a grade."""
    return "" if rating.proposed_grade else _("Enter the proposed grade first.")


def appraised_grade_given(rating: Rating, user: User) -> str:
    """The appraising body has named a grade."""
    return "" if rating.appraised_grade else _("Enter the appraised grade first.")


def result_notified(rating: Rating, user: User) -> str:
    """The result was notified to the subject and the managers (Điều 15)."""
    return "" if rating.notified_at else _("Notify the result first.")


def petition_concluded(rating: Rating, user: User) -> str:
    """The open petition has an answer with its document."""
    if rating.petitions.filter(concluded_on=None).exists():
        return _("Record the answer to the petition first.")
    return ""


def register() -> None:
    """Register under the names of the workflow rows; called from `AppConfig.ready`."""
    for guard in (
        in_confirmed_conclusion,
        lower_decided_first,
        head_rated_last,
        head_not_above_collective,
        quota_kept,
        confirmed_by_another,
        review_finished,
        proposed_grade_given,
        appraised_grade_given,
        result_notified,
        petition_concluded,
    ):
        register_guard(guard.__name__, guard)
