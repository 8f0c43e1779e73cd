"""Paired measurement: a target and its floor by turns, and the ratio of each pair.

A benchmark is a module with cases; ``report(cases)`` measures and prints them::

    report([Case("one dossier", target=render, floor=render_naively, goal=0.74)])

Target and floor run T F F T ... so that a slow moment of the machine falls on both; garbage is collected before each.
Ratios below 1 mean that the target is cheaper. Times are only printed: a loaded machine may fail no build.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PAIRS = 15


@dataclass(frozen=True)
class Case:
    """One comparison. `clock` is "cpu" for work of this process alone, "wall" where a database works along.

    `goal` is the ratio hoped for, None where none was set. `pairs` overrides the number of pairs of slow cases.
    """

    name: str
    target: Callable[[], object]
    floor: Callable[[], object]
    clock: str = "cpu"
    goal: float | None = None
    pairs: int | None = None


@dataclass(frozen=True)
class Result:
    """What a case came to: ratios of the pairs, times in milliseconds."""

    name: str
    clock: str
    pairs: int
    ratio_median: float
    ratio_min: float
    ratio_low_quarter: float
    ratio_high_quarter: float
    target_median_ms: float
    target_min_ms: float
    floor_median_ms: float
    floor_min_ms: float
    goal: float | None

    @property
    def verdict(self) -> str:
        """Whether the median came up to the goal."""
        if self.goal is None:
            return ""
        return "reached" if self.ratio_median <= self.goal else "missed"


def timed(work: Callable[[], object], clock: str) -> float:
    """Seconds that one call of `work` takes on `clock`."""
    now = time.process_time if clock == "cpu" else time.perf_counter
    gc.collect()
    started = now()
    work()
    return now() - started


def measure(case: Case, pairs: int = PAIRS) -> Result:
    """Run a case: each side once to warm up, then `pairs` pairs in changing order."""
    case.target()
    case.floor()
    targets, floors = [], []
    for turn in range(case.pairs or pairs):
        order = ((case.target, targets), (case.floor, floors))
        for work, times in order if turn % 2 == 0 else reversed(order):
            times.append(timed(work, case.clock))
    ratios = [target / floor for target, floor in zip(targets, floors, strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    return Result(
        name=case.name,
        clock=case.clock,
        pairs=len(ratios),
        ratio_median=statistics.median(ratios),
        ratio_min=min(ratios),
        ratio_low_quarter=low,
        ratio_high_quarter=high,
        target_median_ms=statistics.median(targets) * 1000,
        target_min_ms=min(targets) * 1000,
        floor_median_ms=statistics.median(floors) * 1000,
        floor_min_ms=min(floors) * 1000,
        goal=case.goal,
    )


def line(result: Result) -> str:
    """A result as one line of the table."""
    goal = "" if result.goal is None else f"{result.goal:5.2f} {result.verdict}"
    return (
        f"{result.name:44} {result.ratio_median:6.2f} {result.ratio_min:6.2f} "
        f"[{result.ratio_low_quarter:.2f}..{result.ratio_high_quarter:.2f}] "
        f"{result.target_median_ms:9.1f} {result.target_min_ms:9.1f} "
        f"{result.floor_median_ms:9.1f} {result.floor_min_ms:9.1f}  {goal}"
    )


HEAD = f"{'':44} {'ratio':>6} {'min':>6} {'quartiles':12} {'target ms':>9} {'min':>9} {'floor ms':>9} {'min':>9}  goal"


def report(
    cases: Sequence[Case], *, counts: dict[str, object] | None = None, arguments: Sequence[str] | None = None
) -> list[Result]:
    """Measure and print `cases`, and `counts` (exact figures such as bytes or queries) under them.

    Command line: ``--pairs N``, ``--only WORD``, ``--json FILE`` (written beside the table, ``-`` for the output).
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", default="")
    options = parser.parse_args(arguments)
    results = []
    if options.json != "-":
        print(HEAD)
    for case in cases:
        if options.only.casefold() in case.name.casefold():
            results.append(measure(case, options.pairs))
            if options.json != "-":
                print(line(results[-1]), flush=True)
    if counts and options.json != "-":
        print("\n".join(f"{name:44} {count}" for name, count in counts.items()))
    if options.json:
        text = json.dumps({"results": [asdict(result) for result in results], "counts": counts or {}}, indent=2)
        print(text) if options.json == "-" else Path(options.json).write_text(text + "\n", encoding="utf-8")
    return results
