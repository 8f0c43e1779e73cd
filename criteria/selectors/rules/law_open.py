"""What a regulation leaves open, in the words of its page, each with its place there and the question to ask."""

from dataclasses import dataclass

from criteria.regulation import Regulation
from criteria.selectors.rules import law, law_points


@dataclass(frozen=True)
class OpenLine:
    """A line that waits: part and key as `unconfirmed` names them, sentence, question, clause, place on the page."""

    table: str
    key: str
    text: str
    question: str
    cites: str
    anchor: str


def open_lines(text: Regulation) -> list[OpenLine]:
    """Every open line of this text, in the order of the file."""
    waiting = law.open_lines(text)
    points = law_points.points(text) if waiting else None
    chapters = [*law.conditions(text), law.quota(text), law.dates(text), law.procedure(text)] if waiting else []
    said = {line.anchor: line.text for chapter in (*chapters, *([points] if points else [])) for line in chapter.lines}
    return [
        OpenLine(
            line.table,
            line.key,
            said.get(anchor := law.anchor_of(line.table, line.key), line.text),
            line.question,
            line.cites,
            anchor,
        )
        for line in waiting
    ]
