"""Which form each person writes on: the province's rules, one form for one person."""

from dataclasses import dataclass

from criteria.models import FormRule, Regulation
from criteria.selectors.regulations import parsed
from orgs.models import ManagingAuthority

LEADER, NON_LEADER, COLLECTIVE = "leader", "non_leader", "collective"


@dataclass(frozen=True)
class PersonFacts:
    """What the rules may ask of a person at the roster date; ids are those of the rows, `line` the unit's."""

    is_leading: bool
    is_head: bool = False
    managing_authority_id: int | None = None
    position_id: int | None = None
    line: str = ""


class FormBook:
    """The rules of one regulation, read in two queries, asked without any."""

    def __init__(self, row: Regulation) -> None:
        self._regulation = parsed(row)
        self._rules = list(row.form_rules.order_by("order", "id"))
        # Who stands highest here: levels kept out of this installation manage nobody in it.
        self._top = (
            ManagingAuthority.objects.filter(is_excluded=False)
            .order_by("-rank", "id")
            .values_list("pk", flat=True)
            .first()
        )

    def of_person(self, facts: PersonFacts) -> tuple[str, str] | None:
        """(provincial code, form of the regulation): the first rule that fits; None where no form fits.

        A regulation without rules of the province gives its own form for leaders or for the others, under its own key.
        """
        for rule in self._rules:
            if self._fits(rule, facts):
                return rule.provincial_code, rule.form_key
        if self._rules:
            return None
        return self._central(LEADER if facts.is_leading else NON_LEADER)

    def of_collective(self) -> tuple[str, str] | None:
        """(code, form) of the collective's report; None where the regulation has none."""
        return self._central(COLLECTIVE)

    def _central(self, subject: str) -> tuple[str, str] | None:
        for form in self._regulation.forms:
            if subject in form.subjects:
                return form.key, form.key
        return None

    def _fits(self, rule: FormRule, facts: PersonFacts) -> bool:
        is_top = facts.managing_authority_id is not None and facts.managing_authority_id == self._top
        wanted = (
            (rule.is_leading, facts.is_leading),
            (rule.is_head, facts.is_head),
            (rule.is_managed_at_top, is_top),
            (rule.managing_authority_id, facts.managing_authority_id),
            (rule.position_id, facts.position_id),
            (rule.line or None, facts.line),
        )
        return all(asked is None or asked == found for asked, found in wanted)


def form_for(row: Regulation, facts: PersonFacts) -> tuple[str, str] | None:
    """(provincial code, form of the regulation) of one person; for many people ask one `FormBook`."""
    return FormBook(row).of_person(facts)
