"""Plausible Vietnamese names and texts, the same on every load."""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SOURCE = Path(__file__).with_name("people.toml")
OLDEST, SPAN = date(1965, 1, 1), 9800


class Names:
    """An endless, repeatable stream of people: (full name, gender, date of birth), and sentences for their reviews."""

    def __init__(self, seed: int) -> None:
        self.words = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
        self.random = random.Random(seed)  # noqa: S311 - plausible names, no secret

    def __iter__(self) -> Iterator[tuple[str, str, date]]:
        while True:
            gender = self.random.choice(("male", "male", "female"))
            of_gender = self.words[gender]
            name = (self.words["families"], of_gender["middle"], of_gender["given"])
            born = OLDEST + timedelta(days=self.random.randrange(SPAN))
            yield " ".join(self.random.choice(words) for words in name), gender, born

    def text(self) -> str:
        """Two sentences of a self-review."""
        return " ".join(self.random.sample(self.words["sentences"], 2))
