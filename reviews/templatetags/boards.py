"""What stands in a field of a board row: what was typed on a refused form, else what is stored."""

from collections.abc import Mapping

from django import template

from reviews.selectors.grading.boards import BoardRow

register = template.Library()
STORED = {"grade": "pending_grade", "ground": "pending_ground", "document": "pending_document"}


@register.simple_tag
def board_field(row: BoardRow, typed: Mapping[str, str], name: str) -> str:
    """The value of `name` (grade, ground, document) of one row."""
    stored = getattr(row.rating, STORED[name]) or (row.rating.appraised_grade if name == "grade" else "")
    return typed.get(f"{name}-{row.rating.uuid}", stored)
