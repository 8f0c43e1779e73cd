"""Bring the review and ratings of one person into line with where he stands from a day on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs.models import Person, Refusal, User
from reviews.models import Circumstance, Rating, Review, Venue
from reviews.selectors.enrolling.enrolment import EnrolmentPlan
from reviews.selectors.enrolling.roster import Roster
from reviews.selectors.enrolling.subjects import Found, FoundRating
from reviews.services.enrolling import endings, enrolment_rows

NOT_HEARD_YET = ("self_review", "meeting", "postponed")
NOT_PROPOSED_YET = ("proposal", "postponed")
PLACE = ("unit", "part", "is_leader", "post_text", "version")
FORM = ("form_key", "provincial_code", "form", "framework")
CHAIN = (
    "subject_kind",
    "is_head",
    "head_of",
    "proposing_collective",
    "proposing_unit",
    "appraising_unit",
    "copy_unit",
    "deciding_collective",
    "authority_ground",
    "group",
    "sort_key",
)


@dataclass(frozen=True)
class Step:
    """One change as an act: whose, in which cycle, from which day, by which document, by whom."""

    cycle: Cycle
    person: Person
    on: date
    document: str
    actor: User


def realign(step: Step) -> list[str]:
    """Write or move the review and ratings of `step.person`; answers what was done, sentence by sentence.

    A review already heard stays with the place that heard it, a rating already proposed with the body that has it.
    Refusal where the rules give the person no part in the cycle.
    """
    roster = Roster(step.cycle, on=step.on, people=[step.person.pk])
    plan = EnrolmentPlan(step.cycle, roster, only=step.person)
    if not plan.found:
        reasons = " ".join(row.reason for row in plan.skipped)
        raise Refusal(_("%(person)s takes no part: %(reason)s") % {"person": step.person, "reason": reasons})
    found = plan.found[0]
    review = Review.objects.select_for_update().filter(cycle=step.cycle, person=step.person).first()
    if review is None:
        reviews, ratings = enrolment_rows.write(plan)
        return [_written(reviews[0], found), *(_decided(row) for row in ratings)]
    lines = [_move_review(review, found, roster)]
    return lines + _move_ratings(step, review, found)


@transaction.atomic
def _move_review(review: Review, found: Found, roster: Roster) -> str:
    if review.state not in NOT_HEARD_YET:
        return _("The review %(code)s stays where it was heard.") % {"code": review.code}
    fields = list(PLACE)
    review.unit, review.part = found.unit, found.part
    review.is_leader, review.post_text = found.is_leader, found.post_text
    if review.submitted_at is None and review.form_key != found.form[1]:
        review.provincial_code, review.form_key = found.form
        review.form = roster.form_data[review.form_key]
        review.framework_id = found.framework_id
        fields += FORM
    review.version += 1
    review.save(update_fields=fields)
    _move_venues(review, found)
    return _written(review, found)


def _move_venues(review: Review, found: Found) -> None:
    """Venues that heard the review stay; those still to come are the ones of the new place."""
    review.venues.filter(heard_at=None).delete()
    heard = {venue.collective_id: venue for venue in review.venues.order_by("order")}
    last = max((venue.order for venue in heard.values()), default=0)
    coming = [place for place in found.venues if place.collective.pk not in heard]
    Venue.objects.bulk_create(
        Venue(review=review, collective=place.collective, part=place.part, order=order)
        for order, place in enumerate(coming, start=last + 1)
    )


def _move_ratings(step: Step, review: Review, found: Found) -> list[str]:
    groups = enrolment_rows.write_groups(step.cycle, found.ratings)
    standing = {row.kind: row for row in Rating.objects.select_for_update().filter(review=review).order_by("id")}
    lines = []
    for row in found.ratings:
        group = groups[enrolment_rows.group_key(row)]
        rating = standing.pop(row.kind, None)
        if rating is None:
            rating = enrolment_rows.rating_of(step.cycle, found, row, group)
            rating.review = review
            rating.save()
        elif rating.state in NOT_PROPOSED_YET:
            _hand_over(rating, enrolment_rows.rating_of(step.cycle, found, row, group))
        else:
            lines.append(_("%(rating)s: stays with the body that has it now.") % {"rating": rating.get_kind_display()})
            continue
        _note_derived(rating, row)
        lines.append(_decided(rating))
    return lines + [line for rating in standing.values() if (line := _end(step, rating))]


def _hand_over(rating: Rating, model: Rating) -> None:
    for name in CHAIN:
        setattr(rating, name, getattr(model, name))
    rating.version += 1
    rating.save(update_fields=[*CHAIN, "version"])


def _note_derived(rating: Rating, row: FoundRating) -> None:
    for item in row.circumstances:
        Circumstance.objects.get_or_create(
            rating=rating,
            kind=item.kind,
            withdrawn_at=None,
            defaults={"document": item.document, "document_on": item.on, "is_derived": True},
        )


def _end(step: Step, rating: Rating) -> str:
    if rating.state not in NOT_PROPOSED_YET:
        return ""
    ground = _("No rating of this kind in the new post (%(document)s).") % {"document": step.document}
    endings.end_rating(rating=rating, ground=ground, actor=step.actor, follows="change")
    words = {"rating": rating.get_kind_display()}
    return _("%(rating)s: recorded as not rated, as no rule rates it in the new post.") % words


def _written(review: Review, found: Found) -> str:
    places = ", ".join(str(place.collective) for place in found.venues) or _("no venue yet")
    return _("Review %(code)s: %(person)s writes on form %(form)s; heard before: %(places)s.") % {
        "code": review.code,
        "person": found.subject,
        "form": review.provincial_code or review.form_key,
        "places": places,
    }


def _decided(rating: Rating) -> str:
    proposer = rating.proposing_collective or rating.proposing_unit
    return _(
        "%(rating)s: proposed by %(proposer)s, appraised by %(appraiser)s, decided and signed for by %(decider)s; "
        "counts in the quota of the group “%(group)s”."
    ) % {
        "rating": rating.get_kind_display(),
        "proposer": proposer,
        "appraiser": rating.appraising_unit,
        "decider": rating.deciding_collective,
        "group": rating.group,
    }
