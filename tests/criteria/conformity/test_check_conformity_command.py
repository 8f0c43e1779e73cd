"""The command as somebody at a terminal meets it: exit codes, streams, no traceback."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from criteria.conformity import read, to_json
from tests.architecture.source import ROOT
from tests.criteria.conformity import frameworks


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def manage(parent, child):
    """A real process, because exit codes and streams are the contract."""
    return subprocess.run(
        [sys.executable, "manage.py", "check_conformity", "--parent", parent, "--child", child],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def refused(parent, child):
    with pytest.raises(CommandError) as caught:
        call_command("check_conformity", parent=parent, child=child)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_child_that_conforms_exits_with_0(write):
    parent = frameworks.base("levels")
    child = to_json(read(frameworks.child_of(parent))).encode()
    found = manage(write("parent.json", parent), write("child.json", child))
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout) == {"conforms": True, "breaches": [], "warnings": []}


def test_child_that_does_not_exits_with_1_and_says_why(write):
    parent = frameworks.base("points")
    child = frameworks.child_of(parent)
    frameworks.edit(child, {"set": {"groups['B'].sum": "75", "form": "2A", "criteria['B.1'].weight": "55"}})
    found = manage(write("parent.json", parent), write("child.json", child))
    assert (found.returncode, found.stderr) == (1, "")
    assert "Nhóm B “Nhóm tiêu chí kết quả”" in found.stdout
    assert json.loads(found.stdout) == {
        "conforms": False,
        "breaches": [
            {
                "code": "fixed_sum_changed",
                "path": "groups[1].sum",
                "message": "Nhóm B “Nhóm tiêu chí kết quả”: tổng do quy định ấn định là 70, ở khung này: 75.",
                "cites": "07-QĐ/TU ngày 15/10/2025, nhóm B khoản 3 Điều 8 Quy định 366-QĐ/TW",
            }
        ],
        "warnings": [
            {
                "code": "form_changed",
                "path": "form",
                "message": "Khung này dùng Mẫu 2A, khung cấp trên dùng Mẫu 2B.",
                "cites": "07-QĐ/TU ngày 15/10/2025, Khung tiêu chí chấm điểm người đứng đầu",
            },
            {
                "code": "weight_changed",
                "path": "groups[1].criteria[0].weight",
                "message": "Tiêu chí B.1 “Nhiệm vụ theo kế hoạch” có trọng số 50, "
                "các tiêu chí cụ thể hóa (B.1) cộng lại là 55.",
                "cites": "07-QĐ/TU ngày 15/10/2025, B.1 Nhiệm vụ theo kế hoạch",
            },
        ],
    }


def test_malformed_child_exits_with_2_and_leaves_standard_output_empty(write):
    parent = frameworks.base("levels")
    child = frameworks.child_of(parent)
    frameworks.put(child, "criteria['II.1'].levels.good.target", 95.5)
    path = write("child.json", child)
    found = manage(write("parent.json", parent), path)
    assert (found.returncode, found.stdout) == (2, "")
    assert f"{path}: groups[1].criteria[0].levels.good.target: must be a decimal" in found.stderr
    assert "Traceback" not in found.stderr


def test_framework_conforms_to_its_own_file(write, capsys):
    path = write("framework.json", frameworks.base("points"))
    call_command("check_conformity", parent=path, child=path)
    assert json.loads(capsys.readouterr().out)["conforms"]


def test_byte_order_mark_is_no_hindrance(write, capsys):
    path = write("framework.json", b"\xef\xbb\xbf" + json.dumps(frameworks.base("points")).encode())
    call_command("check_conformity", parent=path, child=path)
    assert json.loads(capsys.readouterr().out)["conforms"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{\x00}\x00", "cannot be read"),
        (b"[]", "must be an object"),
        (b'{"schema": "framework/1"}', "key: is missing"),
        (b'{"schema": "framework/1", "schema": "framework/1"}', "schema: stands twice"),
    ],
)
def test_file_that_is_no_framework_is_named(write, capsys, content, words):
    good, bad = write("good.json", frameworks.base("levels")), write("bad.json", content)
    for pair in ((good, bad), (bad, good)):
        said = refused(*pair)
        assert said.startswith(f"{bad}: ")
        assert words in said
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("path", ["none.json", ".", "a\0b"])
def test_file_that_cannot_be_opened_is_named(write, path):
    assert "cannot be read" in refused(write("good.json", frameworks.base("levels")), path)


def test_command_asks_for_both_files():
    with pytest.raises(CommandError, match="--parent"):
        call_command("check_conformity", "--child", "x.json")
