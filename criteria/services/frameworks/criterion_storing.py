"""A criterion from flat words: the row, its four levels, its code. Who may and what is right was asked before."""

from criteria.models import Criterion, CriterionLevel, Level
from criteria.selectors.frameworks.criterion_content import Content
from criteria.services.frameworks import criterion_words as words
from criteria.services.frameworks.framework_rows import give_code


def store(row: Criterion, content: Content) -> Criterion:
    """Write the words and figures of `content` into the criterion and its levels; a missing code is given."""
    for name in ("number", "code", "title", "concretises", "item_key", "direction", "cites"):
        setattr(row, name, content[name])
    row.is_required, row.weight = words.is_required(content), words.number_of(content["weight"])
    row.save()
    give_code(row)
    for level in Level.values:
        given = {
            "text": content[f"text_{level}"],
            "target": words.number_of(content[f"target_{level}"]),
            "points": words.number_of(content[f"points_{level}"]),
        }
        is_given = given["text"] or given["target"] is not None or given["points"] is not None
        if is_given or any(found.level == level for found in row.levels.all()):
            CriterionLevel.objects.update_or_create(criterion=row, level=level, defaults=given)
    return Criterion.objects.select_related("group").prefetch_related("levels").get(pk=row.pk)
