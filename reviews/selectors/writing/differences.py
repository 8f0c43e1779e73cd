"""What a text changed since the meeting saw it: paragraph by paragraph, in words that are added or gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orgs.selectors.word_differences import Piece, pieces
from reviews.models import Review
from reviews.selectors.writing.answer_lines import answer_lines
from reviews.selectors.writing.answers import whole_text
from reviews.selectors.writing.forms import form_of


@dataclass(frozen=True)
class Difference:
    """One item that changed."""

    number: str
    label: str
    pieces: tuple[Piece, ...]


def differences(review: Review, kind: str = "meeting") -> list[Difference]:
    """Items whose answer differs from the newest snapshot of `kind`; empty when there is none to compare with."""
    snapshot = review.snapshots.filter(kind=kind).last()
    if snapshot is None:
        return []
    before, after = _answers(snapshot.content), _answers(whole_text(review))
    found = []
    for item in form_of(review).items():
        old, new = (" ".join(answer_lines(item, whole.get(item.key, {}))) for whole in (before, after))
        if old != new:
            found.append(Difference(item.number, item.label, tuple(pieces(old, new))))
    return found


def _answers(content: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Mapping[str, Any]]:
    return {key: answer for section in content.values() for key, answer in section.items()}
