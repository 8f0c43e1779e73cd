"""The pairing of target and floor: turns, ratios, output."""

import gc
import json
import time

import pytest

from benchmarks.measure import Case, measure, report


@pytest.fixture(autouse=True, scope="module")
def _nothing_old_to_collect():
    """Measuring collects garbage before each turn: what hundreds of tests left behind need not be walked through."""
    gc.freeze()


def burn(seconds):
    """Use the processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_ratio_is_target_over_floor():
    result = measure(Case("twice", lambda: burn(0.02), lambda: burn(0.01), goal=3), pairs=5)
    assert result.ratio_median == pytest.approx(2, rel=0.5)
    assert result.ratio_min <= result.ratio_low_quarter <= result.ratio_median <= result.ratio_high_quarter
    assert result.target_min_ms >= 20
    assert result.floor_min_ms >= 10
    assert result.verdict == "reached"


def test_sides_take_turns_after_one_run_each_to_warm_up():
    order = []
    measure(Case("turns", lambda: order.append("T"), lambda: order.append("F"), clock="wall"), pairs=4)
    assert "".join(order) == "TF" + "TFFTTFFT"


def test_waiting_costs_wall_time_and_no_processor_time():
    wall = measure(Case("wait", lambda: time.sleep(0.03), lambda: burn(0.01), clock="wall"), pairs=3)
    assert wall.target_min_ms >= 30
    processor = measure(Case("wait", lambda: time.sleep(0.03), lambda: burn(0.01)), pairs=3)
    assert processor.target_median_ms < 10


def test_goal_is_missed_when_the_ratio_is_above_it():
    assert measure(Case("slow", lambda: burn(0.02), lambda: burn(0.005), goal=1), pairs=3).verdict == "missed"
    assert measure(Case("none", lambda: None, lambda: burn(0.001)), pairs=3).verdict == ""


def test_report_prints_a_table_and_writes_json(tmp_path, capsys):
    cases = [
        Case("one thing", lambda: None, lambda: burn(0.001), goal=1),
        Case("other", lambda: None, lambda: burn(0.001)),
    ]
    path = tmp_path / "out.json"
    results = report(cases, counts={"bytes": 7}, arguments=["--only", "ONE", "--pairs", "3", "--json", str(path)])
    assert [result.name for result in results] == ["one thing"]
    printed = capsys.readouterr().out
    assert "one thing" in printed
    assert "other" not in printed
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["counts"] == {"bytes": 7}
    assert written["results"][0]["pairs"] == 3


def test_report_prints_nothing_but_json_when_asked_to(capsys):
    report([Case("a", lambda: None, lambda: burn(0.001))], arguments=["--pairs", "2", "--json", "-"])
    assert json.loads(capsys.readouterr().out)["results"][0]["name"] == "a"
