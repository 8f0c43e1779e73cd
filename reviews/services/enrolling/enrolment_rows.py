"""Write what enrolment found, in bulk: the number of statements grows with chunks, not with people."""

from collections.abc import Iterable

from criteria.models import Cycle
from criteria.services.rounds.cycles import take_codes
from orgs.models import Collective, Person, Unit
from orgs.services.transitions import start
from reviews.models import Circumstance, PeerGroup, QuotaLedger, Rating, Review, Venue
from reviews.selectors.enrolling.enrolment import EnrolmentPlan, Key, key_of
from reviews.selectors.enrolling.subjects import Found, FoundRating

CHUNK = 500
PERSON_LETTERS, COLLECTIVE_LETTERS = "CB", "TT"
WRITING = "self_review"
GroupKey = tuple[str, int, str]


def write(plan: EnrolmentPlan) -> tuple[list[Review], list[Rating]]:
    """The reviews and ratings written for what `plan` found missing. The caller holds the lock of the cycle."""
    reviews = _write_reviews(plan)
    ids = {key: pk for key, (pk, _state) in plan.standing.reviews.items()}
    ids |= {key_of(review.subject): review.pk for review in reviews}
    _write_venues(plan, reviews, ids)
    ratings = _write_ratings(plan, ids)
    return reviews, ratings


def _write_reviews(plan: EnrolmentPlan) -> list[Review]:
    collectives = [row for row in plan.new_reviews if isinstance(row.subject, Collective)]
    people = [row for row in plan.new_reviews if isinstance(row.subject, Person)]
    made = []
    for letters, rows in ((COLLECTIVE_LETTERS, collectives), (PERSON_LETTERS, people)):
        codes = take_codes(plan.cycle, letters, len(rows)) if rows else []
        for code, found in zip(codes, rows, strict=True):
            made.append(_review(plan, code, found))
    return Review.objects.bulk_create(made, batch_size=CHUNK)


def _review(plan: EnrolmentPlan, code: str, found: Found) -> Review:
    provincial_code, form_key = found.form
    review = Review(
        cycle=plan.cycle,
        code=code,
        person=found.subject if isinstance(found.subject, Person) else None,
        collective=found.subject if isinstance(found.subject, Collective) else None,
        unit=found.unit,
        part=found.part,
        is_leader=found.is_leader,
        post_text=found.post_text,
        form_key=form_key,
        provincial_code=provincial_code,
        form=plan.roster.form_data[form_key],
        framework_id=found.framework_id,
        sort_key=found.sort_key,
        is_demo=plan.cycle.is_demo,
    )
    start(review, "review")
    return review


def _write_venues(plan: EnrolmentPlan, reviews: list[Review], ids: dict[Key, int]) -> None:
    """Venues of the new reviews, and of those that had none because the collective was missing."""
    new = {review.pk for review in reviews}
    mended = {
        pk for pk, state in plan.standing.reviews.values() if state == WRITING and pk in plan.standing.without_venue
    }
    rows = []
    for found in plan.found:
        review_id = ids.get(key_of(found.subject))
        if review_id in new or review_id in mended:
            rows += [
                Venue(review_id=review_id, collective=place.collective, order=order, part=place.part)
                for order, place in enumerate(found.venues, start=1)
            ]
    Venue.objects.bulk_create(rows, batch_size=CHUNK)


def _write_ratings(plan: EnrolmentPlan, ids: dict[Key, int]) -> list[Rating]:
    groups = write_groups(plan.cycle, [rating for _found, rating in plan.new_ratings])
    made, circumstances = [], []
    for found, row in plan.new_ratings:
        rating = rating_of(plan.cycle, found, row, groups[group_key(row)])
        rating.review_id = ids.get(key_of(found.subject))
        made.append(rating)
    Rating.objects.bulk_create(made, batch_size=CHUNK)
    for rating, (_found, row) in zip(made, plan.new_ratings, strict=True):
        circumstances += [
            Circumstance(rating=rating, kind=item.kind, document=item.document, document_on=item.on, is_derived=True)
            for item in row.circumstances
        ]
    Circumstance.objects.bulk_create(circumstances, batch_size=CHUNK)
    return made


def rating_of(cycle: Cycle, found: Found, row: FoundRating, group: PeerGroup) -> Rating:
    """The unsaved rating, at the beginning of its procedure; its review is set by the caller."""
    authority, subject = row.authority, found.subject
    rating = Rating(
        cycle=cycle,
        kind=row.kind,
        person=subject if isinstance(subject, Person) else None,
        collective=subject if isinstance(subject, Collective) else None,
        organisation=subject if isinstance(subject, Unit) else None,
        subject_kind=row.subject_kind,
        regulation_id=row.regulation_id,
        is_head=row.head_of is not None,
        head_of=row.head_of,
        proposing_collective=authority.proposing_collective,
        proposing_unit=authority.proposing_unit,
        appraising_unit=authority.appraising_unit,
        copy_unit=authority.copy_unit,
        deciding_collective=authority.deciding_collective,
        authority_ground=authority.ground,
        group=group,
        sort_key=found.sort_key,
        is_demo=cycle.is_demo,
    )
    start(rating, "rating")
    return rating


def write_groups(cycle: Cycle, rows: Iterable[FoundRating]) -> dict[GroupKey, PeerGroup]:
    """Every peer group that `rows` need, each with its ledger; those already there are kept as they are."""
    standing = {
        (group.rating_kind, group.deciding_collective_id, group.code): group
        for group in PeerGroup.objects.filter(cycle=cycle)
    }
    missing: dict[GroupKey, PeerGroup] = {}
    for row in rows:
        key = group_key(row)
        if key not in standing and key not in missing:
            missing[key] = PeerGroup(
                cycle=cycle,
                rating_kind=row.kind,
                deciding_collective=row.authority.deciding_collective,
                code=row.group.code,
                title=row.group.title,
                order=row.group.order,
                regulation_id=row.regulation_id,
            )
    PeerGroup.objects.bulk_create(missing.values(), batch_size=CHUNK)
    QuotaLedger.objects.bulk_create((QuotaLedger(group=group) for group in missing.values()), batch_size=CHUNK)
    return standing | missing


def group_key(row: FoundRating) -> GroupKey:
    """By what a peer group is known within its cycle: kind of rating, deciding body, code."""
    return row.kind, row.authority.deciding_collective.pk, row.group.code
