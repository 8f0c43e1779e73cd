"""Which form each person writes on: the province's rules, one form for one person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery

from criteria.models import FormRule, PeriodKind, Regulation
from criteria.selectors.rules.regulations import parsed
from orgs.models import ManagingAuthority

LEADER, NON_LEADER, COLLECTIVE, OUTSIDE = "leader", "non_leader", "collective", "outside_system"
OFFICIAL = "official"


@dataclass(frozen=True)
class PersonFacts:
    """What the rules may ask of a person at the roster date; ids are those of the rows, `line` the unit's.

    `standing` is the State-side standing in the words of the contract, such as outside_system.
    """

    is_leading: bool
    is_head: bool = False
    managing_authority_id: int | None = None
    position_id: int | None = None
    line: str = ""
    standing: str = ""


class FormBook:
    """The rules of one regulation for one kind of period, read in one query, asked without any.

    `on` picks the dated overlay; without it the newest text is asked. A sheet of analysis or of the other side is never
    given: a review is written on the form of its own family (`Regulation.written_family`).
    """

    def __init__(self, row: Regulation, *, period: str = PeriodKind.YEAR, on: date | None = None) -> None:
        self._regulation = parsed(row).at(on)
        self._period = str(period)
        # Who stands highest here: levels kept out of this installation manage nobody in it.
        levels = ManagingAuthority.objects.filter(is_excluded=False).order_by("-rank", "id")
        top = Subquery(levels.values("pk")[:1])
        self._rules = list(row.form_rules.annotate(top=top).order_by("order", "id"))

    def of_person(self, facts: PersonFacts) -> tuple[str, str] | None:
        """(provincial code, form of the regulation): the first rule that fits; None where no form fits.

        A regulation without rules of the province gives its own form for leaders or for the others, under its own key.
        """
        rules = [rule for rule in self._rules if self._is_for_period(rule.form_key)]
        for rule in rules:
            if self._fits(rule, facts):
                return rule.provincial_code, rule.form_key
        if rules:
            return None
        return next((found for subject in _called(facts) if (found := self._central(subject))), None)

    def of_collective(self) -> tuple[str, str] | None:
        """(code, form) of the collective's report; None where the regulation has none."""
        return self._central(COLLECTIVE)

    def _central(self, subject: str) -> tuple[str, str] | None:
        family = self._regulation.written_family(subject)
        for form in self._regulation.forms:
            if form.is_for(family, subject, self._period):
                return form.key, form.key
        return None

    def _is_for_period(self, form_key: str) -> bool:
        # A rule may name a form that a later text took away: it still decides, so that the gap is seen.
        known = {form.key: form.periods for form in self._regulation.forms}
        return self._period in known.get(form_key, (self._period,))

    def _fits(self, rule: FormRule, facts: PersonFacts) -> bool:
        is_top = facts.managing_authority_id is not None and facts.managing_authority_id == rule.top
        wanted = (
            (rule.is_leading, facts.is_leading),
            (rule.is_head, facts.is_head),
            (rule.is_managed_at_top, is_top),
            (rule.managing_authority_id, facts.managing_authority_id),
            (rule.position_id, facts.position_id),
            (rule.line or None, facts.line),
        )
        return all(asked is None or asked == found for asked, found in wanted)


def _called(facts: PersonFacts) -> tuple[str, ...]:
    """Under which words a form may be meant for the person, the narrowest first."""
    word = LEADER if facts.is_leading else NON_LEADER
    own = f"{facts.standing}_leader" if facts.is_leading and facts.standing != OFFICIAL else facts.standing
    outside = (OUTSIDE,) if facts.standing == OUTSIDE and not facts.is_leading else ()
    return (*outside, word, own)


def form_for(row: Regulation, facts: PersonFacts) -> tuple[str, str] | None:
    """(provincial code, form of the regulation) of one person; for many people ask one `FormBook`."""
    return FormBook(row).of_person(facts)
