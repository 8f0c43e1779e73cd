"""Suggestions for 100,000 sets of facts against the loop that only parses them: ``python -m benchmarks.suggestions``.

The sets are the situations of every regulation that comes with the product, over and over; each is read, judged by
every rule that binds it and answered with its sentences. The floor reads the same sets and stops there. A smaller run:
``BENCH_SUGGESTIONS=10000 python -m benchmarks.suggestions``.
"""

import os
import time
from itertools import cycle, islice

from benchmarks.measure import Case, report
from criteria.rating import parse_facts, suggest
from criteria.regulation import Regulation, find, shipped
from tests.criteria import situations

SETS = int(os.environ.get("BENCH_SUGGESTIONS", "100000"))
PAIRS = 3
Sets = list[tuple[Regulation, dict[str, object]]]


def fact_sets(number: int) -> Sets:
    """So many sets of facts with their regulation, the situations of all regulations by turns."""
    known = [(find(key), facts) for key in shipped() for _case, facts in situations.every(key)]
    return list(islice(cycle(known), number))


def suggest_all(sets: Sets) -> int:
    """A suggestion for each set; how many of them have a grade."""
    return sum(suggest(regulation, facts).grade is not None for regulation, facts in sets)


def parse_all(sets: Sets) -> int:
    """Each set read and nothing more; how many there were."""
    return sum(parse_facts(regulation, facts) is not None for regulation, facts in sets)


def main() -> None:
    """One pass over all sets on each side, by turns."""
    sets = fact_sets(SETS)
    started = time.process_time()
    graded = suggest_all(sets)
    seconds = time.process_time() - started
    counts = {
        "sets of facts": len(sets),
        "of them graded": graded,
        "suggestions a second": round(len(sets) / seconds),
    }
    case = Case(f"{len(sets)} suggestions", lambda: suggest_all(sets), lambda: parse_all(sets), "cpu", pairs=PAIRS)
    report([case], counts=counts)


if __name__ == "__main__":
    main()
