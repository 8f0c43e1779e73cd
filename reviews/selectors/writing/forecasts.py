"""What would speak for and against the best grade if the review were submitted now. Never a promised grade."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.models import Regulation as RegulationRow
from criteria.rating import Condition, FactsRefused, conditions, parse_facts
from criteria.regulation import Regulation
from orgs.models import RatingKind
from reviews.models import Rating, Review, Scope
from reviews.selectors.laws import law_of_rating
from reviews.selectors.writing.answers import own_levels
from reviews.selectors.writing.forms import form_of
from reviews.selectors.writing.own_points import points_facts
from reviews.selectors.writing.tallies_stated import as_facts, stated_tasks

CEILING = "ceiling"
ORDER = (RatingKind.CADRE, RatingKind.COLLECTIVE, RatingKind.STATE, RatingKind.PARTY_MEMBER)


@dataclass(frozen=True)
class Forecast:
    """The conditions of the best grade, judged by what the author has written and stated so far.

    Quota, collective and authority come later and are not in it; nor is what others know of the subject.
    """

    met: tuple[Condition, ...]
    unmet: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    law: RegulationRow

    @property
    def words(self) -> str:
        """The line of the save bar."""
        parts = [
            ngettext("%(n)s condition met", "%(n)s conditions met", len(self.met)) % {"n": len(self.met)},
            ngettext("%(n)s not met", "%(n)s not met", len(self.unmet)) % {"n": len(self.unmet)},
            ngettext("%(n)s not known yet", "%(n)s not known yet", len(self.unknown)) % {"n": len(self.unknown)},
        ]
        return _("If submitted now: %(parts)s.") % {"parts": ", ".join(parts)}


def forecast_of(review: Review, content: dict[str, dict[str, dict[str, str]]]) -> Forecast | None:
    """The forecast for the first of the review's ratings; None where there is none or the law has no such rating.

    `content` is `whole_text(review)`, or the same with what is being saved in it.
    """
    ratings = {rating.kind: rating for rating in _ratings_of(review)}
    rating = next((ratings[kind] for kind in ORDER if kind in ratings), None)
    if rating is None:
        return None
    form = form_of(review)
    facts = {
        "rating": rating.kind,
        "subject": rating.subject_kind,
        "period": review.cycle.period_kind,
        "period_end": review.cycle.period_end_on.isoformat(),
        "review_completed": True,
        "levels": own_levels(form, content),
        # The form is that of the cycle's own law: another law neither has its items nor counts its points.
        **(points_facts(form, content, {}) if rating.regulation is None else {}),
        **as_facts(stated_tasks(review).tallies),
    }
    if review.part:
        facts["role"] = review.part
    law = law_of_rating(rating)
    try:
        judged = conditions(law, parse_facts(law, facts))
    except FactsRefused:
        return None
    asked = rules_on_own_words(law)
    own = [row for row in judged if row.effect == CEILING and row.rule in asked]
    met, unmet, unknown = (tuple(row for row in own if row.state == state) for state in ("met", "unmet", "unknown"))
    return Forecast(met, unmet, unknown, rating.regulation or review.cycle.regulation)


def _ratings_of(review: Review) -> list[Rating]:
    rows = list(Rating.objects.filter(review=review).select_related("regulation"))
    for row in rows:
        row.cycle = review.cycle
    return rows


def rules_on_own_words(law: Regulation) -> frozenset[str]:
    """The keys of the firm rules about what the author himself writes and states: levels, points, tasks."""
    # Discipline, conclusions and circumstances are stated by others from documents: silence about them is no praise.
    return frozenset(
        rule.key
        for rule in law.rules
        if rule.is_confirmed
        and ("groups" in rule.numbers or rule.numbers.get("of") in Scope.values or rule.function == "points_below")
    )
