"""What the frozen framework of a review says of each level, item by item."""

from criteria.models import CycleFramework
from criteria.selectors.frameworks.framework_choice import Asked
from criteria.selectors.frameworks.frozen_frameworks import frozen_for, texts_in
from criteria.selectors.rounds.cycles import subject_of
from reviews.models import Review
from reviews.selectors.writing.forms import WritingPart, form_of


def level_texts_of(review: Review, part: WritingPart) -> dict[str, dict[str, str]]:
    """{item key: {level: text}} for what is measured in the part; items that nothing anchors are absent."""
    items = [item for item in part.items if item.kind == "level"]
    if not items:
        return {}
    frozen = _frozen(review)
    if frozen is None:
        return {}
    found = {item.key: {row.code: row.text for row in texts_in(frozen.content, item.key)} for item in items}
    return {key: texts for key, texts in found.items() if texts}


def _frozen(review: Review) -> CycleFramework | None:
    if review.framework_id:
        return CycleFramework.objects.filter(cycle=review.cycle_id, framework=review.framework_id).first()
    return frozen_for(review.cycle, Asked(subject_of(form_of(review)), review.form_key))
