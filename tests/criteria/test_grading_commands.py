"""The commands as somebody at a terminal meets them: exit codes, streams, no traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from criteria.regulation import find, shipped, unconfirmed
from tests.criteria import situations

KEY = "124-QĐ/TW@2023-10-04"
ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments, standard_input="", **environment):
    """A real process, because exit codes and streams are the contract."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        input=standard_input,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | environment,
    )


def called(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "facts.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def test_one_object_is_answered_by_one_object_from_standard_input():
    facts = situations.base(KEY, "leader") | {"collective_grade": "good"}
    found = manage("suggest_grade", "--facts", "-", standard_input=json.dumps(facts))
    assert (found.returncode, found.stderr) == (0, "")
    answer = json.loads(found.stdout)
    assert answer["grade"] == "good"
    assert [row["rule"] for row in answer["ceilings"]] == ["head_not_above_collective"]


def test_stream_without_vietnamese_letters_gets_the_same_answer_escaped():
    facts = json.dumps(situations.base(KEY, "leader") | {"collective_grade": "good"})
    found = manage("suggest_grade", "--facts", "-", standard_input=facts, PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.isascii()
    plain = manage("suggest_grade", "--facts", "-", standard_input=facts, PYTHONIOENCODING="utf-8")
    assert "người đứng đầu" in plain.stdout
    assert json.loads(found.stdout) == json.loads(plain.stdout)


def test_answer_is_the_same_in_every_process():
    facts = json.dumps(
        situations.base(KEY, "leader") | {"circumstances": ["moved", "maternity", "sick_leave_3_months"]}
    )
    answers = {
        manage("suggest_grade", "--facts", "-", standard_input=facts, PYTHONHASHSEED=seed).stdout for seed in "012"
    }
    assert len(answers) == 1


def test_list_is_refused_whole_with_the_path_on_the_error_stream():
    good = situations.base(KEY, "leader")
    bad = situations.plain(good)
    bad["tasks"]["done"] = 21
    found = manage("suggest_grade", "--facts", "-", standard_input=json.dumps([good, good, good, bad]))
    assert found.returncode == 2
    assert found.stdout == ""
    assert "[3].tasks.done" in found.stderr
    assert "Traceback" not in found.stderr


def test_quota_refuses_with_exit_code_2_and_nothing_on_standard_output():
    found = manage("quota", "--regulation", KEY, "--counts", '{"excellent": 3, "good": 10, "completed": 2}')
    assert (found.returncode, found.stdout) == (2, "")
    assert "counts.not_completed" in found.stderr
    assert "Traceback" not in found.stderr


def test_list_is_answered_in_order(write):
    first, second = situations.base(KEY, "non_leader"), situations.base(KEY, "collective")
    first["tasks"]["beyond"] = 9
    del second["subordinate_units"]
    found = called("suggest_grade", "--facts", write([first, second]))
    assert [row["grade"] for row in found] == ["good", None]
    assert found[1]["missing"] == ["subordinate_units"]


def test_empty_list_is_answered_by_an_empty_list(write):
    assert called("suggest_grade", "--facts", write([])) == []


def test_byte_order_mark_before_the_facts_is_no_hindrance(write):
    content = b"\xef\xbb\xbf" + json.dumps(situations.base(KEY, "non_leader")).encode()
    assert called("suggest_grade", "--facts", write(content))["grade"] == "excellent"


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"3", "must be an object"),
        (b'"x"', "must be an object"),
        (b"[3]", "[0]: must be an object"),
        (b"{}", "regulation: is missing"),
        (b'{"regulation": "1-Q"}', "regulation: 1-Q is unknown"),
        (b'[{"regulation": "1-Q"}]', "[0].regulation: 1-Q is unknown"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_facts_that_cannot_be_read_are_refused(write, content, path):
    with pytest.raises(CommandError) as caught:
        called("suggest_grade", "--facts", write(content))
    assert path in str(caught.value)
    assert caught.value.returncode == 2


def test_every_wrong_set_of_a_list_is_named(write):
    bad = situations.base(KEY, "leader")
    bad["tasks"]["done"] = 21
    with pytest.raises(CommandError) as caught:
        called("suggest_grade", "--facts", write([bad, situations.base(KEY, "leader"), bad]))
    assert "[0].tasks.done" in str(caught.value)
    assert "[1]" not in str(caught.value)
    assert "[2].tasks.done" in str(caught.value)


def test_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CommandError) as caught:
        called("suggest_grade", "--facts", str(tmp_path / "none.json"))
    assert caught.value.returncode == 2


def test_standard_input_that_is_closed_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CommandError, match="standard input is closed") as caught:
        called("suggest_grade", "--facts", "-")
    assert caught.value.returncode == 2


def test_required_paths_are_explained_as_a_list():
    found = called("suggest_grade", "--explain-required", KEY, "cadre", "non_leader", "year")
    assert found[0] == "review_completed"
    assert "tasks.beyond" in found


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (("1-Q", "cadre", "leader", "year"), "regulation"),
        ((KEY, "boss", "leader", "year"), "rating"),
        ((KEY, "state", "civil_servant", "year"), "rating"),
        ((KEY, "cadre", "boss", "year"), "subject"),
        ((KEY, "cadre", "leader", "month"), "period"),
    ],
)
def test_question_about_what_is_not_rated_is_refused(question, path):
    with pytest.raises(CommandError) as caught:
        called("suggest_grade", "--explain-required", *question)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.returncode == 2


COUNTS = '{"excellent": 3, "good": 10, "completed": 2, "not_completed": 0}'


def test_quota_answers_as_the_contract_writes():
    found = called("quota", "--regulation", KEY, "--counts", COUNTS, "--on", "2024-12-31", "--party-share", "15")
    assert found.pop("arithmetic")
    assert found == {
        "allowed": 2,
        "reading": "good_only",
        "readings": {"good_only": 2, "good_and_above": 2, "all_rated": 3},
        "greatest": 2,
        "percent": 20,
        "exception_percent": None,
    }


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("--regulation", "1-Q", "--counts", COUNTS), "regulation"),
        (("--regulation", KEY, "--counts", "{"), "counts"),
        (("--regulation", KEY, "--counts", '{"excellent": 3, "excellent": 3}'), "counts.excellent"),
        (("--regulation", KEY, "--counts", COUNTS, "--exception", "Quyết định 1"), "exception"),
        (("--regulation", KEY, "--counts", COUNTS, "--party-share", "-1"), "party_share"),
        (("--regulation", KEY, "--counts", COUNTS, "--on", "31/12/2024"), "on"),
    ],
)
def test_quota_refuses_what_breaks_the_contract(arguments, path):
    with pytest.raises(CommandError) as caught:
        called("quota", *arguments)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.returncode == 2


def test_every_open_line_is_listed_with_its_question():
    out = io.StringIO()
    call_command("list_unconfirmed", stdout=out)
    lines = unconfirmed(find(KEY))
    assert len(lines) >= 20
    for line in lines:
        assert line.question in out.getvalue()
        assert f"[{line.table}] {line.key}" in out.getvalue()


def test_open_lines_are_listed_as_json():
    found = called("list_unconfirmed", "--json", "--regulation", KEY)
    open_lines = {(row["table"], row["key"]) for row in found}
    assert {row["regulation"] for row in found} == {KEY}
    assert open_lines >= {
        ("rules", "levels_one_poor"),
        ("rules", "levels_basically_average"),
        ("rules", "appointed_under_6_months"),
        ("rules", "units_led_mostly_good"),
        ("procedure", "quorum"),
        ("quota", "base"),
        ("forms", "02B"),
        ("person_forms", "02-C"),
        ("person_forms", "02-D"),
    }
    assert all(row["question"] for row in found)


def test_open_lines_of_an_unknown_regulation_are_refused():
    with pytest.raises(CommandError) as caught:
        called("list_unconfirmed", "--regulation", "1-Q")
    assert caught.value.returncode == 2


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_base_is_answered_with_every_key_of_the_contract(write, key):
    rows = [situations.base(key, name) for name in situations.read(key)["bases"]]
    answers = called("suggest_grade", "--facts", write(rows))
    assert [answer["grade"] for answer in answers] == ["excellent"] * len(rows)
    for answer in answers:
        assert list(answer) == ["outcome", "grade", "points", "ceilings", "unconfirmed", "warnings", "missing"]
        assert answer["points"] is None or list(answer["points"]) == ["common", "results", "total"]


@pytest.mark.parametrize("key", sorted(shipped()))
def test_what_is_open_is_listed_with_its_question(key):
    lines = called("list_unconfirmed", "--regulation", key, "--json")
    assert lines
    assert all(line["question"] and line["cites"] and line["regulation"] == key for line in lines)


def test_required_paths_differ_by_regulation():
    asked = {
        key: called("suggest_grade", "--explain-required", key, rating, subject, "year")
        for key, rating, subject in (
            ("366-QĐ/TW@2025-08-30", "cadre", "non_leader"),
            ("335/2025/NĐ-CP@2025-12-21", "state", "civil_servant"),
            ("132-QĐ/TW@2018-03-08", "party_member", "civil_servant"),
        )
    }
    assert asked["366-QĐ/TW@2025-08-30"] == [
        "review_completed", "points.common", "points.results", "tasks.assigned", "tasks.done", "tasks.on_time",
        "tasks.beyond", "tasks.quality_met", "shortcomings.named", "shortcomings.remedied",
    ]  # fmt: skip
    assert asked["335/2025/NĐ-CP@2025-12-21"] == ["review_completed", "points.common", "points.results"]
    assert asked["132-QĐ/TW@2018-03-08"] == [
        "review_completed", "levels.quality", "levels.results", "levels.remedy",
        "tasks.assigned", "tasks.done", "tasks.on_time", "tasks.beyond", "tasks.quality_met",
        "tasks.main_targets_missed", "state_grade",
    ]  # fmt: skip
