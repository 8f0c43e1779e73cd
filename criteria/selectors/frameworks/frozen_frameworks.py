"""What a cycle has frozen: its frameworks, chosen as everywhere, and the texts of each level."""

from dataclasses import dataclass
from typing import Any

from criteria.models import Cycle, CycleFramework, Level
from criteria.selectors.frameworks.framework_choice import Asked, Candidates, Choice
from orgs.selectors.unit_tree import UnitTree


@dataclass(frozen=True)
class LevelText:
    """One level of an item as a card shows it: `code` of the level, its label, the anchoring text."""

    code: str
    label: str
    text: str


class FrameworkBook:
    """The frameworks of one cycle, read in two queries, asked without any where the `tree` is given."""

    def __init__(self, cycle: Cycle, *, tree: UnitTree | None = None) -> None:
        rows = CycleFramework.objects.filter(cycle=cycle).order_by("id")
        read = rows.select_related("framework__issuer", "framework__managing_authority")
        self._rows = {row.framework_id: row for row in read.prefetch_related("framework__covers")}
        self._candidates = Candidates((row.framework for row in self._rows.values()), tree)

    def choose(self, asked: Asked) -> Choice:
        """Which of the cycle's frameworks applies, step by step."""
        return self._candidates.choose(asked)

    def frozen_for(self, asked: Asked) -> CycleFramework | None:
        """The frozen framework that applies; None where there is none."""
        found = self.choose(asked).framework
        return self._rows[found.pk] if found else None


def frozen_for(cycle: Cycle, asked: Asked) -> CycleFramework | None:
    """As `FrameworkBook.frozen_for`, for one subject."""
    return FrameworkBook(cycle).frozen_for(asked)


def level_texts(
    cycle: Cycle, form_key: str, item_key: str, subject: str, *, framework_id: int | None = None
) -> tuple[LevelText, ...]:
    """The texts of the levels of one item, best first, as the cycle froze them; empty where nothing anchors the item.

    `framework_id` is the framework that enrolment wrote on the review; without it the one for everybody of the form.
    """
    if framework_id is not None:
        frozen = CycleFramework.objects.filter(cycle=cycle, framework=framework_id).first()
    else:
        frozen = frozen_for(cycle, Asked(subject, form_key))
    return texts_in(frozen.content, item_key) if frozen else ()


def texts_in(content: dict[str, Any], item_key: str) -> tuple[LevelText, ...]:
    """The texts of the levels of one item in a frozen framework; several criteria of one item follow each other."""
    anchoring = [
        criterion
        for group in content.get("groups", ())
        for criterion in group["criteria"]
        if criterion["item_key"] == item_key
    ]
    if not anchoring:
        return ()
    return tuple(
        LevelText(level.value, str(level.label), "\n".join(row["levels"][level] for row in anchoring))
        for level in Level
    )
