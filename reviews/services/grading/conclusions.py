"""The conclusion of a body: recorded by one user, confirmed by another, its decisions issued together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Blocked, Collective, Forbidden, RatingKind, Refusal, Stale, User
from orgs.services import audit, transitions
from reviews.models import Conclusion, ConclusionLine, Rating
from reviews.selectors.grading import grounds as recorded
from reviews.services.grading import quotas


@dataclass(frozen=True)
class Session:
    """What stands on the paper of a conclusion."""

    number: str
    concluded_on: date
    session_on: date
    signatory: str
    signatory_title: str


@transaction.atomic
def record_conclusion(
    *,
    cycle: Cycle,
    collective: Collective,
    session: Session,
    ratings: Iterable[Rating],
    actor: User,
    seen: Mapping[int, int] | None = None,
) -> Conclusion:
    """Record what the body concluded about ratings with a pending grade; nothing is decided until another confirms.

    `seen` holds by id the versions of the ratings on the actor's page; without it they are taken as they stand.
    Refuses: an actor who is no recorder of the body, no rating, one of another body or without a pending grade, one
    that was changed since it was seen, one that stands in another unconfirmed conclusion, a number that the body has
    used in this cycle.
    """
    if collective.pk not in access.viewer_of(actor, fresh=True).collectives_of(roles.RECORDER):
        raise Forbidden(_("You do not record the conclusions of this body."))
    if session.session_on > session.concluded_on:
        raise Refusal(_("The conclusion cannot be older than its session."), field="concluded_on")
    asked = [rating.pk for rating in ratings]
    rows = list(
        Rating.objects.select_for_update(of=("self",))
        .select_related("person", "collective", "organisation", "cycle")
        .filter(pk__in=asked)
        .order_by("id")
    )
    if not rows:
        raise Refusal(_("Choose at least one rating."), field="ratings")
    if reason := next(filter(None, (reason_of_own(row.person_id, actor) for row in rows)), ""):
        raise Forbidden(reason)
    _refuse_unseen(rows, seen)
    _refuse_unfit(rows, cycle, collective)
    conclusion = _create(cycle, collective, session, actor)
    ConclusionLine.objects.bulk_create(
        ConclusionLine(
            conclusion=conclusion,
            rating=rating,
            grade=rating.pending_grade,
            ground=rating.pending_ground,
            document=rating.pending_document,
        )
        for rating in rows
    )
    _record(conclusion, rows, actor)
    return conclusion


def _record(conclusion: Conclusion, rows: list[Rating], actor: User) -> None:
    audit.record_event(
        actor=actor,
        action="conclusion.record",
        object_type=conclusion._meta.label,
        object_id=str(conclusion.uuid),
        chain=conclusion.chain,
        role=roles.RECORDER,
        facts={
            "number": conclusion.number,
            "concluded_on": conclusion.concluded_on,
            "ratings": {str(rating.uuid): rating.pending_grade for rating in rows},
        },
    )


def _create(cycle: Cycle, collective: Collective, session: Session, actor: User) -> Conclusion:
    conclusion = Conclusion(
        cycle=cycle,
        collective=collective,
        number=session.number,
        concluded_on=session.concluded_on,
        session_on=session.session_on,
        signatory=session.signatory,
        signatory_title=session.signatory_title,
        recorded_by=actor,
    )
    transitions.start(conclusion, "conclusion")
    try:
        with transaction.atomic():
            conclusion.save()
    except IntegrityError:
        raise Refusal(_("This body has used the number “%s” in this cycle.") % session.number, field="number") from None
    return conclusion


def _refuse_unseen(rows: list[Rating], seen: Mapping[int, int] | None) -> None:
    for rating in rows if seen is not None else ():
        if rating.version != seen.get(rating.pk):
            raise Stale(_("%s: somebody else has changed this row since you opened it.") % rating.subject)


def _refuse_unfit(rows: list[Rating], cycle: Cycle, collective: Collective) -> None:
    taken = set(
        ConclusionLine.objects.filter(rating__in=rows, conclusion__state="recorded").values_list("rating_id", flat=True)
    )
    for rating in rows:
        name = str(rating.subject)
        if rating.cycle_id != cycle.pk or rating.deciding_collective_id != collective.pk:
            raise Refusal(_("%s is not decided by this body in this cycle.") % name)
        if rating.state != "decision" or not rating.pending_grade:
            raise Refusal(_("%s has no grade before the body.") % name)
        if rating.pk in taken:
            raise Refusal(_("%s stands in another conclusion that is not confirmed yet.") % name)
    _refuse_groundless(rows)


def _refuse_groundless(rows: list[Rating]) -> None:
    """Also what was put before the body before the installation has asked for a sentence."""
    if not recorded.asks_for_sentence():
        return
    pending = {row.pk: (row.pending_grade, row.pending_ground) for row in rows}
    lacking = recorded.without_sentence(pending, recorded.grounds_for(rows))
    if rating := next((row for row in rows if row.pk in lacking), None):
        raise Refusal(_("%s: excellent, and no ground is recorded. Say in one sentence why.") % rating.subject)


def issue_decisions(conclusion: Conclusion, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `confirm`: every line is decided, collectives first and heads last, or none is.

    The grades are those that were recorded: a pending grade that was changed since refuses the whole.
    """
    conclusion.confirmed_by, conclusion.confirmed_at = actor, timezone.now()
    conclusion.save(update_fields=["confirmed_by", "confirmed_at"])
    lines = {line.rating_id: line for line in conclusion.lines.select_related("rating")}
    quotas.lock_ledgers(line.rating.group_id for line in lines.values())
    rows = list(
        Rating.objects.select_for_update(of=("self",))
        .select_related("person", "collective", "organisation", "collective__unit")
        .filter(pk__in=lines)
        .order_by("id")
    )
    for rating in rows:
        if rating.pending_grade != lines[rating.pk].grade:
            raise Refusal(_("%s: the grade before the body was changed after it was recorded.") % rating.subject)
    for rating in sorted(rows, key=_turn):
        # A rating in the state "notice" without a grade is refused by the database.
        Rating.objects.filter(pk=rating.pk).update(decided_grade=rating.pending_grade)
        try:
            transitions.advance(rating, "decide", actor=actor, version=None)
        except Blocked as refusal:
            raise Blocked([f"{rating.subject}: {reason}" for reason in refusal.reasons]) from None


def _turn(rating: Rating) -> tuple[int, int]:
    """Organisations and collectives before persons, lower before higher, heads last."""
    if rating.kind == RatingKind.ORGANISATION:
        return 0, -_depth(rating.organisation)
    if rating.kind == RatingKind.COLLECTIVE:
        return 1, -_depth(rating.collective.unit)
    return (3 if rating.is_head else 2), 0


def _depth(unit: object) -> int:
    depth = 0
    while unit.parent_id:
        unit, depth = unit.parent, depth + 1
    return depth
