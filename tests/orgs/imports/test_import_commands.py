"""import_units and import_people: what they print, when they exit with 1, and that nothing is written then."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from orgs.models import AuditEvent, Person, Unit
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db
ROW = ("TTYT", "Trung tâm Y tế", "SYT", "so", "Nhà nước", "01/07/2024", None)


def run(command, path, *options):
    """(exit code, standard output, standard error)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, str(path), *options, stdout=out, stderr=err)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def units(tmp_path, province):
    path = tmp_path / "don-vi.xlsx"
    path.write_bytes(books.units(ROW))
    return path


def test_import_units_writes_and_prints_the_counts(units):
    code, out, _ = run("import_units", units, "--json")
    assert (code, json.loads(out)) == (0, {"created": 1, "updated": 0, "unchanged": 0, "errors": [], "warnings": []})
    assert Unit.objects.get(code="TTYT").parent.code == "SYT"
    assert json.loads(run("import_units", units, "--json")[1])["unchanged"] == 1
    assert AuditEvent.objects.get(action="units.import").actor is None


def test_dry_run_would_do_the_same_and_writes_nothing(units):
    code, out, _ = run("import_units", units, "--dry-run", "--json")
    assert (code, json.loads(out)["created"]) == (0, 1)
    assert not Unit.objects.filter(code="TTYT").exists()


def test_errors_are_told_by_sheet_row_and_column_and_nothing_is_written(tmp_path, province):
    path = tmp_path / "can-bo.xlsx"
    path.write_bytes(
        books.people(
            books.person("CB9001", "Cao Một"), books.person("CB9002", "Cao Hai", **{"Ngày sinh": "31/02/1985"})
        )
    )
    for options in (["--json"], ["--json", "--dry-run"]):
        code, out, _ = run("import_people", path, *options)
        assert code == 1
        assert json.loads(out) == {
            "created": 0,
            "updated": 0,
            "unchanged": 0,
            "errors": [{"sheet": "Cán bộ", "row": 3, "column": "Ngày sinh", "message": "Không có ngày 31/02/1985."}],
            "warnings": [],
        }
    assert not Person.objects.filter(code="CB9001").exists()


def test_warnings_do_not_stop_the_import(tmp_path, province):
    path = tmp_path / "can-bo.xlsx"
    path.write_bytes(books.people(books.person(), head=(*books.PEOPLE_HEAD, "Ghi chú")))
    code, out, _ = run("import_people", path, "--json")
    assert (code, json.loads(out)["created"]) == (0, 1)
    assert json.loads(out)["warnings"] == ["Trang “Cán bộ”: bỏ qua các cột không có trong mẫu: Ghi chú."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Không đọc được tệp"),
        (b"", "Tệp trống."),
        (b"PK\x03\x04", "Tệp bị hỏng"),
        (b"%PDF-1.7", "không phải là tệp Excel"),
    ],
)
def test_file_that_cannot_be_read_is_refused_as_json(tmp_path, province, content, sentence):
    path = tmp_path / "a.xlsx"
    if content is not None:
        path.write_bytes(content)
    code, out, _ = run("import_people", path, "--json")
    (error,) = json.loads(out)["errors"]
    assert (code, error["sheet"], error["row"], error["column"]) == (1, "", 0, "")
    assert sentence in error["message"]


def test_without_json_people_read_sentences(units, tmp_path, province):
    assert "Thêm mới: 1. Thay đổi: 0. Giữ nguyên: 0." in run("import_units", units)[1]
    path = tmp_path / "b.xlsx"
    path.write_bytes(books.units(("X", "Đơn vị X", "ZZ", "so", "Nhà nước", None, None)))
    code, _, err = run("import_units", path)
    assert code == 1
    assert "Trang “Đơn vị”, dòng 2: Mã đơn vị cấp trên: Không có đơn vị nào mang mã “ZZ”" in err
    assert "Bị từ chối: không ghi gì vào hệ thống." in err
