"""Somebody leaves the round: the review is closed without result, the ratings end with their ground."""

from django.utils.translation import gettext as _

from orgs.models import Collective, CollectivePart, User
from orgs.selectors import accounts as account_rows
from orgs.services import accounts, transfers
from orgs.services.transitions import advance
from reviews.models import Rating, Review
from reviews.services.enrolling.realignment import Step

BEFORE_CLOSING = ("meeting", "finishing")


def depart(step: Step, reason: str) -> list[str]:
    """End posts, seats and the record of the person, then close what is open of his; answers what was done."""
    headed = list(
        Collective.objects.filter(
            pk__in=step.person.memberships.current(step.on).filter(part=CollectivePart.HEAD).values("collective")
        )
    )
    lines = _close_review(step, reason)
    transfers.leave_register(person=step.person, on=step.on, reason=reason, document=step.document, actor=step.actor)
    lines += [_("“%(body)s” has no head now: record the changed head.") % {"body": body} for body in headed]
    return lines + _close_account(step, reason)


def _close_review(step: Step, reason: str) -> list[str]:
    review = Review.objects.filter(cycle=step.cycle, person=step.person).first()
    if review is None:
        return [_("%(person)s had no review in this cycle.") % {"person": step.person}]
    if review.state in ("finished", "closed"):
        return [_("The review %(code)s was finished: its ratings go on.") % {"code": review.code}]
    acting = {"actor": step.actor, "version": None, "note": reason}
    if review.state in BEFORE_CLOSING:
        review = advance(review, "postpone", **acting)
    advance(review, "close", document_ref=step.document, **acting)
    lines = [_("The review %(code)s is closed without result.") % {"code": review.code}]
    for rating in Rating.objects.filter(review=review).order_by("id"):
        words = {"rating": rating.get_kind_display()}
        if rating.is_final:
            lines.append(_("%(rating)s: recorded as exempt or not rated.") % words)
        else:
            lines.append(_("%(rating)s: stays with the body that has it now.") % words)
    return lines


def _close_account(step: Step, reason: str) -> list[str]:
    user = User.objects.filter(person=step.person, is_active=True).first()
    if user is None:
        return []
    words = {"name": user.username}
    if not account_rows.visible_to(step.actor).filter(pk=user.pk).exists():
        return [_("The account officer still has to deactivate the account %(name)s.") % words]
    accounts.set_active(user=user, is_active=False, reason=reason, actor=step.actor)
    return [_("The account %(name)s is deactivated.") % words]
