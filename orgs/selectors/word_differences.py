"""Two texts word by word: what stayed, what came, what went."""

import difflib
import re
from dataclasses import dataclass

KEPT, ADDED, GONE = "kept", "added", "gone"
# A line break is a word of its own, so that the levels of a criterion stay one a line.
WORDS = re.compile(r"\n|[^\S\n]*\S+")


@dataclass(frozen=True)
class Piece:
    """A run of words that was kept, added, or is gone."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The two texts word by word: runs that stayed, came, went, in the order of reading."""
    before, after = _words(old), _words(new)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(KEPT, _run(before[a:b])))
            continue
        if a < b:
            found.append(Piece(GONE, _run(before[a:b])))
        if c < d:
            found.append(Piece(ADDED, _run(after[c:d])))
    return found


def _words(text: str) -> list[str]:
    return [found if found == "\n" else found.strip() for found in WORDS.findall(text)]


def _run(words: list[str]) -> str:
    return " ".join(words).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")
