"""The circumstances for which a regulation gives no rating: exempt, or reviewed and not rated."""

from criteria.regulation import Rule
from reviews.models import Circumstance, Rating
from reviews.selectors.laws import law_of_rating

NO_RATING = frozenset({"exempt", "not_rated"})
BY_CIRCUMSTANCE = ("circumstance", "circumstance_unless")


def rules_of(rating: Rating) -> list[Rule]:
    """The rules of its regulation by which a circumstance ends this rating without a grade.

    A rule that is still to be confirmed counts: an officer who ends the rating by it decides so, with the document.
    """
    rules = law_of_rating(rating).rules_for(rating.kind, rating.subject_kind, rating.cycle.period_kind)
    return [rule for rule in rules if rule.function in BY_CIRCUMSTANCE and rule.effect in NO_RATING]


def gate_of(rating: Rating) -> tuple[Rule, Circumstance] | None:
    """The first such rule that a recorded circumstance meets, with the circumstance; None where there is none."""
    held = {row.kind: row for row in Circumstance.objects.filter(rating=rating, withdrawn_at=None)}
    for rule in rules_of(rating):
        if held.keys() & set(rule.numbers.get("unless", ())):
            continue
        for name in rule.numbers.get("names", ()):
            if name in held:
                return rule, held[name]
    return None


def ground_of(rating: Rating) -> str:
    """The ground of ending the rating without a grade: reason, clause and document, in the words of the regulation."""
    found = gate_of(rating)
    if found is None:
        return ""
    rule, circumstance = found
    return f"{rule.reason} ({rule.cites}; {circumstance.document})"
