"""How many excellent a peer group holds and may hold."""

from django.db.models import Case, CharField, Count, F, Q, When

from criteria.rating import QuotaAnswer, quota
from reviews.models import Grade, PeerGroup, Rating
from reviews.selectors.laws import law_of_group

DECIDED = ("notice", "petition", "archived")


def counts_of(group: PeerGroup) -> dict[str, int]:
    """How many of the group hold each grade: decisions in force, and grades pending before the body."""
    held = Rating.objects.filter(group=group).filter(Q(state="decision") & ~Q(pending_grade="") | Q(state__in=DECIDED))
    effective = Case(
        When(state="decision", then=F("pending_grade")), default=F("decided_grade"), output_field=CharField()
    )
    rows = held.order_by().annotate(effective=effective).values_list("effective").annotate(Count("pk"))
    return dict.fromkeys(Grade.values, 0) | dict(rows)


def answer_for(group: PeerGroup, counts: dict[str, int]) -> QuotaAnswer:
    """What the regulation of the group allows for these counts, in its own reading and in all three."""
    share = group.ledger.party_share
    words = None if share is None else f"{share.normalize():f}"
    return quota(law_of_group(group), counts, party_share=words, on=group.cycle.period_end_on)
