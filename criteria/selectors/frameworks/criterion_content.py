"""The text of one criterion as flat words: as its writing page shows it, sends it, and keeps what was not taken."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from criteria.models import Criterion, Level, Marking

PLAIN = ("number", "code", "title", "concretises", "is_required", "item_key", "weight", "direction", "cites")
KINDS = ("text", "target", "points")
LEVELS = tuple(f"{kind}_{level}" for level in Level.values for kind in KINDS)
NAMES = (*PLAIN, *LEVELS)
# What a criterion has in common with the one that it concretises, besides its levels.
SHARED = ("title", "direction", "item_key", "cites")
YES = "1"
Content = dict[str, str]


def content_of(criterion: Criterion) -> Content:
    """Every word and figure of the criterion by the name of its field; empty where there is none."""
    levels = {row.level: row for row in criterion.levels.all()}
    found = {
        "number": criterion.number,
        "code": criterion.code,
        "title": criterion.title,
        "concretises": criterion.concretises,
        "is_required": YES if criterion.is_required else "",
        "item_key": criterion.item_key,
        "weight": figure(criterion.weight),
        "direction": criterion.direction,
        "cites": criterion.cites,
    }
    for level in Level.values:
        row = levels.get(level)
        found[f"text_{level}"] = row.text if row else ""
        found[f"target_{level}"] = figure(row.target if row else None)
        found[f"points_{level}"] = figure(row.points if row else None)
    return found


def digest_of(content: Mapping[str, str]) -> str:
    """By what a page knows which text it saw."""
    ordered = [content.get(name, "") for name in NAMES]
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False).encode()).hexdigest()


def figure(value: Decimal | None) -> str:
    """A figure as it is written here: 12,5."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def written_names(marking: str) -> tuple[str, ...]:
    """The fields of the levels that are written under this way of marking."""
    kinds = {Marking.LEVELS: ("text", "target"), Marking.POINTS: ("text", "points")}.get(marking, ("text",))
    return tuple(f"{kind}_{level}" for level in Level.values for kind in kinds)


def taken_over(content: Mapping[str, str], above: Mapping[str, str], code: str) -> Content:
    """`content` with the words and levels of the criterion above, as one that concretises it."""
    own = {name: content.get(name, "") for name in ("number", "code", "weight")}
    words = {name: above[name] for name in (*SHARED, *LEVELS)}
    return {**own, **words, "concretises": code, "is_required": above["is_required"]}
