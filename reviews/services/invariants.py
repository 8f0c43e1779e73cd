"""What must always hold of a round: the ledgers count what is there, every grade rests on a conclusion in force."""

from django.db.models import Count, F, Q

from orgs.services.invariants import register_check
from reviews.models import Grade, QuotaLedger, Rating
from reviews.selectors.grading.quotas import DECIDED, counts_of


def ledgers_count_what_is_there() -> list[str]:
    """Every ledger names the excellent that its group holds, and no group holds more than it may."""
    found = []
    for ledger in QuotaLedger.objects.select_related("group__cycle").order_by("id"):
        held = counts_of(ledger.group)[Grade.EXCELLENT]
        if held != ledger.used:
            found.append(f"group {ledger.group.uuid} holds {held} excellent, its ledger says {ledger.used}")
        elif held > max(ledger.allowed, ledger.exception_allowed or 0):
            found.append(f"group {ledger.group.uuid} holds {held} excellent, more than it may")
    return found


def decisions_rest_on_conclusions() -> list[str]:
    """Every decided rating has one line in force, of a confirmed conclusion of its body, with that very grade."""
    fitting = Q(
        decisions__is_in_force=True,
        decisions__grade=F("decided_grade"),
        decisions__conclusion__state="confirmed",
        decisions__conclusion__collective=F("deciding_collective"),
    )
    rows = Rating.objects.filter(state__in=DECIDED).annotate(lines=Count("decisions", filter=fitting))
    return [f"rating {row.uuid} is decided without a conclusion" for row in rows.exclude(lines=1).order_by("id")]


def register() -> None:
    """The checks of this floor; called from `AppConfig.ready`."""
    for check in (ledgers_count_what_is_there, decisions_rest_on_conclusions):
        register_check(check.__name__, check)
