"""Units from a workbook: tree in any order, all or nothing, the same file twice changes nothing."""
# ruff: noqa: E501 - tables of cells and sentences are read by the line

import json
from datetime import date

import pytest

from orgs.models import AuditEvent, Line, Stale, Unit, UnitKind
from orgs.resources import UnitResource
from orgs.services import audit
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds(province):
    for code, name in (("so_nganh", "Sở"), ("phong_ban", "Phòng"), ("trung_tam", "Trung tâm")):
        UnitKind.objects.create(code=code, name=name)
    return province


def messages(plan):
    return [(problem.row, problem.column, problem.message) for problem in plan.sorted_errors()]


def carry_out(*rows, actor=None, **named):
    return UnitResource(actor).carry_out(books.units(*rows, **named), name="don-vi.xlsx")


TREE = (
    ("P2", "Phòng Quy hoạch", "P1", "Phòng", "Nhà nước", "01/07/2024", None),
    ("P1", "Văn phòng Sở", "TM", "Phòng", "Nhà nước", "01/07/2024", None),
    ("TM", "Sở Thương mại", "UBND", "Sở", "Nhà nước", "01/07/2024", None),
)


def test_inferiors_may_stand_before_their_superiors(kinds):
    plan = carry_out(*TREE)
    assert plan.as_json() == {"created": 3, "updated": 0, "unchanged": 0, "errors": [], "warnings": []}
    deepest = Unit.objects.get(code="P2")
    assert (deepest.parent.code, deepest.parent.parent.code, deepest.parent.parent.parent.code) == ("P1", "TM", "UBND")
    assert (deepest.line, deepest.kind.name, deepest.started_on) == (Line.STATE, "Phòng", date(2024, 7, 1))
    assert deepest.search == "phong quy hoach"
    assert deepest.sort_key


def test_same_file_twice_changes_nothing_and_records_nothing(kinds):
    carry_out(*TREE)
    before = list(Unit.objects.order_by("pk").values())
    plan = carry_out(*TREE)
    assert plan.as_json()["unchanged"] == 3
    assert list(Unit.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(action="units.import").count() == 1


def test_import_is_one_event_with_the_digest_of_the_file_and_history_of_each_row(kinds):
    carry_out(*TREE, actor=kinds.users["phuc"])
    event = AuditEvent.objects.get(action="units.import")
    facts = json.loads(event.payload)
    assert (facts["created"], facts["file"], len(facts["sha256"])) == (3, "don-vi.xlsx", 64)
    assert event.actor == kinds.users["phuc"]
    record = Unit.history.get(code="P1")
    assert (record.history_type, record.history_user, record.parent.code) == ("+", kinds.users["phuc"], "TM")
    assert record.history_change_reason.startswith("don-vi.xlsx")
    assert audit.broken_links() == []


def test_dry_run_says_the_same_and_writes_nothing(kinds):
    plan = UnitResource().check(books.units(*TREE))
    assert plan.as_json()["created"] == 3
    assert not Unit.objects.filter(code="P1").exists()


def test_changes_are_told_field_by_field_and_written(kinds):
    plan = carry_out(("SYT", "Sở Y tế và Dân số", None, None, "Đảng", None, "31/12/2030"))
    (row,) = plan.rows
    assert [(change.field, change.before, change.after) for change in row.changes] == [
        ("Tên đơn vị", "Sở Y tế", "Sở Y tế và Dân số"),
        ("Khối", "Nhà nước", "Đảng"),
        ("Đến ngày", "", "31/12/2030"),
    ]
    changed = Unit.objects.get(code="SYT")
    assert (changed.name, changed.line, changed.ended_on, changed.version) == (
        "Sở Y tế và Dân số",
        Line.PARTY,
        date(2030, 12, 31),
        2,
    )
    assert changed.search == "so y te va dan so"
    assert (changed.parent.code, changed.party_organisation.code) == ("UBND", "CB-SYT")
    assert changed.history.first().history_type == "~"
    assert changed.created_at == Unit.history.filter(code="SYT").first().created_at


def test_blank_cell_leaves_what_the_register_has(kinds):
    plan = carry_out(("SYT", "Sở Y tế", None, None, None, None, None))
    assert plan.as_json()["unchanged"] == 1


def test_code_is_found_in_any_case(kinds):
    plan = carry_out((" syt ", "Sở Y tế", "ubnd", None, None, None, None))
    assert plan.as_json()["unchanged"] == 1


def test_one_wrong_row_stops_the_whole_file(kinds):
    plan = carry_out(*TREE, ("X1", "Đơn vị lạ", "UBND", "Loại lạ", "Khối lạ", "31/02/2024", None))
    assert messages(plan) == [
        (5, "Khối", "“Khối lạ” không thuộc các khối: Đảng; Nhà nước; Mặt trận, đoàn thể; Hội; Doanh nghiệp."),
        (
            5,
            "Loại",
            "Chưa có loại đơn vị “Loại lạ” trong danh mục. Hãy thêm tại Cấu hình › Loại đơn vị, hoặc sửa lại ô.",
        ),
        (5, "Từ ngày", "Không có ngày 31/02/2024."),
    ]
    assert plan.sorted_errors()[1].url_name == "admin:orgs_unitkind_add"
    assert plan.as_json()["created"] == 0
    assert not Unit.objects.filter(code__in=["P1", "X1"]).exists()
    assert not AuditEvent.objects.filter(action="units.import").exists()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(None, "Không mã", "UBND", "Sở", "Nhà nước", None, None)], [(2, "Mã đơn vị", "Hãy ghi mã đơn vị, tối đa 40 ký tự.")]),
        ([("A", None, None, None, None, None, None)], [(2, "Khối", "Đơn vị mới phải có “Khối”."), (2, "Loại", "Đơn vị mới phải có “Loại”."), (2, "Tên đơn vị", "Đơn vị mới phải có “Tên đơn vị”.")]),
        ([("A", "A", "ZZ", "Sở", "Nhà nước", None, None)], [(2, "Mã đơn vị cấp trên", "Không có đơn vị nào mang mã “ZZ”, cả trong tệp lẫn trong hệ thống.")]),
        ([("A", "A", "A", "Sở", "Nhà nước", None, None)], [(2, "Mã đơn vị cấp trên", "Đơn vị không thể là cấp trên của chính mình.")]),
        ([("A", "A", None, "Sở", "Nhà nước", "02/01/2024", "01/01/2024")], [(2, "Đến ngày", "Ngày kết thúc sớm hơn ngày bắt đầu.")]),
        ([("A", "A", None, "Sở", "Nhà nước", None, None), ("a", "B", None, "Sở", "Nhà nước", None, None)], [(3, "Mã đơn vị", "Mã “a” đã có ở dòng 2.")]),
    ],
)  # fmt: skip
def test_wrong_rows_are_told_by_row_and_column(kinds, rows, expected):
    plan = carry_out(*rows)
    assert messages(plan) == expected
    assert not Unit.objects.filter(code__in=["A", "a"]).exists()


def test_circle_among_new_and_known_units_is_refused(kinds):
    plan = carry_out(
        ("UBND", "Ủy ban nhân dân tỉnh Quảng Ngãi", "A", None, None, None, None),
        ("A", "Đơn vị A", "SYT", "Sở", "Nhà nước", None, None),
    )
    assert {row for row, _, _ in messages(plan)} == {2, 3}
    assert all("quay vòng" in message for _, _, message in messages(plan))
    assert Unit.objects.get(code="UBND").parent is None


def test_kinds_alike_without_accents_need_their_accents(kinds):
    UnitKind.objects.create(code="phong_chu", name="Phông")
    plan = carry_out(("A", "Đơn vị A", None, "phong", "Nhà nước", None, None))
    assert messages(plan)[0][2] == "Có nhiều loại đơn vị viết không dấu giống “phong”. Hãy ghi đủ dấu."
    assert carry_out(("A", "Đơn vị A", None, "Phòng", "Nhà nước", None, None)).errors == []


def test_officer_changes_and_adds_only_inside_the_own_subtree(kinds):
    khanh = kinds.users["khanh"]
    inside = [
        ("SYT", "Sở Y tế tỉnh", None, None, None, None, None),
        ("TT2", "Trạm", "TT1", "Phòng", "Nhà nước", None, None),
        ("TT1", "Trung tâm Kiểm soát bệnh tật", "SYT", "Trung tâm", "Nhà nước", None, None),
    ]
    assert carry_out(*inside, actor=khanh).as_json()["created"] == 2
    for row in (
        ("SKH", "Sở Kế hoạch", None, None, None, None, None),
        ("TT3", "Trung tâm lạ", "SKH", "Trung tâm", "Nhà nước", None, None),
        ("TT4", "Gốc mới", None, "Trung tâm", "Nhà nước", None, None),
        ("TT1", "Trung tâm Kiểm soát bệnh tật", "SKH", None, None, None, None),
    ):
        plan = carry_out(row, actor=khanh)
        assert messages(plan) == [(2, "Mã đơn vị", f"Đơn vị “{row[0]}” ngoài phạm vi đồng chí quản lý.")]
    assert Unit.objects.get(code="SKH").name == "Sở Kế hoạch và Đầu tư"
    assert Unit.objects.get(code="TT1").parent.code == "SYT"


def test_own_top_unit_may_be_renamed_though_its_superior_is_not_mine(kinds):
    plan = carry_out(("SYT", "Sở Y tế tỉnh", "UBND", None, None, None, None), actor=kinds.users["khanh"])
    assert plan.errors == []


def test_what_was_confirmed_is_what_is_carried_out(kinds):
    content = books.units(*TREE)
    plan = UnitResource().check(content)
    Unit.objects.create(code="P1", name="Đã có", kind=UnitKind.objects.first(), line=Line.STATE)
    with pytest.raises(Stale):
        UnitResource().carry_out(content, name="a.xlsx", confirmed=plan.fingerprint)
    assert not Unit.objects.filter(code="TM").exists()


@pytest.mark.parametrize("broken", range(5))
def test_error_in_any_row_leaves_nothing_written(kinds, broken):
    rows = [(f"K{number}", f"Đơn vị {number}", "UBND", "Sở", "Nhà nước", None, None) for number in range(5)]
    rows[broken] = (f"K{broken}", f"Đơn vị {broken}", "UBND", "Sở", "Nhà nước", "30/02/2024", None)
    plan = carry_out(*rows)
    assert [row for row, _, _ in messages(plan)] == [broken + 2]
    assert not Unit.objects.filter(code__startswith="K").exists()


def test_export_imported_again_changes_nothing(kinds):
    resource = UnitResource()
    plan = resource.check(resource.workbook(Unit.objects.all()))
    assert (plan.errors, plan.count("unchanged")) == ([], Unit.objects.count())


def test_queries_do_not_grow_with_the_rows(kinds, django_assert_max_num_queries):
    rows = [(f"K{number}", f"Đơn vị {number}", "UBND", "Sở", "Nhà nước", None, None) for number in range(400)]
    with django_assert_max_num_queries(20):
        carry_out(*rows)
