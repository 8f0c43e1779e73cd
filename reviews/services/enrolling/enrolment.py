"""Enrol everybody whom the rules name: reviews, venues, ratings, peer groups, ledgers, derived circumstances."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Cycle
from criteria.workflow import PREPARING
from orgs import access
from orgs.models import Forbidden, Refusal, User
from orgs.services import audit
from reviews.selectors.enrolling.enrolment import EnrolmentPlan, Skipped
from reviews.services.enrolling import enrolment_rows

OPEN = "open"


@dataclass(frozen=True)
class EnrolmentReport:
    """What an enrolment did: rows written, subjects that had everything already, subjects left out with the reason."""

    created_reviews: int
    created_ratings: int
    unchanged: int
    skipped: tuple[Skipped, ...]


@transaction.atomic
def enrol(*, cycle: Cycle, actor: User) -> EnrolmentReport:
    """Give every subject of the register on the roster date its one review and its ratings, as the rules say now.

    Run again, it writes only what is missing: a rating whose rule was added, a person whom a form fits at last. Raises
    `Forbidden` for who does not prepare the cycle, `Refusal` while the cycle is not open. One audit event for the run.
    """
    locked = open_cycle(cycle, actor)
    plan = EnrolmentPlan(locked)
    reviews, ratings = enrolment_rows.write(plan)
    report = EnrolmentReport(len(reviews), len(ratings), plan.unchanged, tuple(plan.skipped))
    if reviews or ratings:
        codes = "\n".join(review.code for review in reviews)
        audit.record_event(
            actor=actor,
            action="cycle.enrol",
            object_type=Cycle._meta.label,
            object_id=str(locked.uuid),
            chain=locked.chain,
            facts={
                "reviews": len(reviews),
                "ratings": len(ratings),
                "unchanged": plan.unchanged,
                "skipped": len(plan.skipped),
                "first": reviews[0].code if reviews else "",
                "last": reviews[-1].code if reviews else "",
                "codes_sha256": hashlib.sha256(codes.encode()).hexdigest(),
            },
        )
    return report


def open_cycle(cycle: Cycle, actor: User) -> Cycle:
    """The cycle, locked (the first lock of all), for an actor who prepares it; refused unless it is open."""
    locked = Cycle.objects.select_for_update(of=("self",)).select_related("regulation", "plan").get(pk=cycle.pk)
    if not access.roles_on(actor, locked, fresh=True) & PREPARING:
        raise Forbidden(_("Only who prepares this cycle decides who takes part in it."))
    if locked.state != OPEN:
        raise Refusal(_("The cycle must be open: enrolment uses the frameworks that opening freezes."))
    return locked
