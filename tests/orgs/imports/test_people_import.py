"""People from a workbook: whom a row means, what changes, what is refused, and who may bring it."""
# ruff: noqa: E501 - tables of cells and sentences are read by the line

import json
import unicodedata
from datetime import date

import pytest

from orgs.models import Appointment, AuditEvent, Gender, ManagingAuthority, Person, Position
from orgs.resources import PersonResource
from orgs.services import audit
from tests.orgs.imports import books
from tests.orgs.imports.books import person

pytestmark = pytest.mark.django_db


def messages(plan):
    return [(problem.row, problem.column, problem.message) for problem in plan.sorted_errors()]


def carry_out(*rows, actor=None, **named):
    return PersonResource(actor).carry_out(books.people(*rows, **named), name="can-bo.xlsx")


NEWCOMER = {
    "Ngày sinh": "02/09/1985",
    "Giới tính": "Nữ",
    "Mã đơn vị": "SKH",
    "Chức vụ": "Chuyên viên",
    "Diện quản lý": "Sở, ban, ngành quản lý",
    "Từ ngày": "01/03/2024",
    "Thư điện tử": "moi@example.vn",
}


def test_new_person_gets_record_post_and_the_cell_of_the_agency(province):
    plan = carry_out(person(**NEWCOMER))
    assert plan.as_json() == {"created": 1, "updated": 0, "unchanged": 0, "errors": [], "warnings": []}
    made = Person.objects.get(code="CB9001")
    assert (made.full_name, made.birth_on, made.gender) == ("Cao Thị Mới", date(1985, 9, 2), Gender.FEMALE)
    assert (made.managing_authority.code, made.email, made.party_cell.code) == ("SO", "moi@example.vn", "CB-SKH")
    post = made.appointments.get()
    assert (post.unit.code, post.position.code, post.is_head, post.started_on, post.is_main) == (
        "SKH",
        "CV",
        False,
        date(2024, 3, 1),
        True,
    )
    assert list(Person.objects.matching("cao thi moi")) == [made]


def test_same_file_twice_changes_nothing_and_records_nothing(province):
    rows = [person(**NEWCOMER), person("CB9002", "Cao Văn Hai", **{"Ngày sinh": "01/01/1990"})]
    carry_out(*rows)
    before = list(Person.objects.order_by("pk").values()), list(Appointment.objects.order_by("pk").values())
    plan = carry_out(*rows)
    assert plan.as_json()["unchanged"] == 2
    assert (list(Person.objects.order_by("pk").values()), list(Appointment.objects.order_by("pk").values())) == before
    assert AuditEvent.objects.filter(action="people.import").count() == 1


def test_import_is_one_event_with_digest_and_every_row_has_its_history(province):
    carry_out(person(**NEWCOMER), actor=province.users["phuc"])
    facts = json.loads(AuditEvent.objects.get(action="people.import").payload)
    assert (facts["created"], facts["posts_created"], facts["file"], len(facts["sha256"])) == (1, 1, "can-bo.xlsx", 64)
    made = Person.objects.get(code="CB9001")
    assert [(row.history_type, row.history_user) for row in made.history.all()] == [("+", province.users["phuc"])]
    assert made.history.get().uuid == made.uuid
    assert made.appointments.get().history.get().position == province.positions["CV"]
    assert audit.broken_links() == []


def test_names_in_decomposed_letters_are_the_same_names(province):
    rows = [[unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in person(**NEWCOMER)]]
    head = [unicodedata.normalize("NFD", title) for title in books.PEOPLE_HEAD]
    carry_out(*rows, head=head)
    assert carry_out(person(**NEWCOMER)).as_json()["unchanged"] == 1
    assert Person.objects.get(code="CB9001").full_name == "Cao Thị Mới"


def test_days_as_days_texts_and_serial_numbers_are_the_same_days(province):
    for day in (date(1985, 9, 2), "2/9/1985", 31292):
        plan = carry_out(person(**{**NEWCOMER, "Ngày sinh": day}))
        assert plan.errors == []
    assert plan.as_json()["unchanged"] == 1


def test_changes_are_told_field_by_field_and_written(province):
    plan = carry_out(
        person(
            "cb0003", "Lê Thị Kim Chi", **{"Diện quản lý": "BCSD", "Thư điện tử": "chi@example.vn", "Giới tính": "Nữ"}
        )
    )
    (row,) = plan.rows
    assert [(change.field, change.before, change.after) for change in row.changes] == [
        ("Giới tính", "", "Nữ"),
        ("Diện quản lý", "Sở, ban, ngành quản lý", "Ban cán sự đảng UBND tỉnh quản lý"),
        ("Thư điện tử", "", "chi@example.vn"),
    ]
    chi = Person.objects.get(code="CB0003")
    assert (chi.email, chi.version, chi.managing_authority.code) == ("chi@example.vn", 2, "BCSD")
    assert (chi.party_cell.code, chi.birth_on) == ("CB-SKH", date(1973, 3, 3))
    assert chi.history.first().history_type == "~"


def test_new_post_ends_the_main_one_on_its_day(province):
    plan = carry_out(
        person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "SYT", "Chức vụ": "PGD", "Từ ngày": "01/06/2024"})
    )
    assert [(change.field, change.before, change.after) for change in plan.rows[0].changes] == [
        ("Mã đơn vị", "SKH", "SYT"),
        ("Chức vụ", "Chuyên viên", "Phó Giám đốc Sở"),
        ("Từ ngày", "01/01/2020", "01/06/2024"),
    ]
    old, new = Appointment.objects.filter(person__code="CB0003").order_by("started_on")
    assert (old.ended_on, old.unit.code) == (date(2024, 6, 1), "SKH")
    assert (new.ended_on, new.unit.code, new.position.code) == (None, "SYT", "PGD")
    again = carry_out(
        person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "SYT", "Chức vụ": "PGD", "Từ ngày": "01/06/2024"})
    )
    assert again.as_json()["unchanged"] == 1


def test_post_in_the_future_is_known_when_the_file_comes_again(province):
    row = person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "SYT", "Chức vụ": "PGD", "Từ ngày": "01/06/2090"})
    assert carry_out(row).as_json()["updated"] == 1
    assert carry_out(row).as_json()["unchanged"] == 1


def test_post_that_the_person_holds_besides_is_recognised(province):
    chi = province.people["chi"]
    Appointment.objects.create(person=chi, unit=province.units["DUK"], position=province.positions["CV"], is_main=False)
    plan = carry_out(person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "DUK", "Chức vụ": "Chuyên viên"}))
    assert plan.as_json()["unchanged"] == 1


def test_head_mark_and_first_day_of_a_post_are_corrected(province):
    row = person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "SKH", "Người đứng đầu": "x", "Từ ngày": "05/05/2021"})
    plan = carry_out(row)
    post = province.people["chi"].appointments.get()
    assert (post.is_head, post.started_on) == (True, date(2021, 5, 5))
    assert plan.warnings == [
        "Đơn vị “Sở Kế hoạch và Đầu tư” sẽ có nhiều người đứng đầu: Lê Thị Kim Chi, Nguyễn Văn Ấn."
    ]
    carry_out(person("CB0003", "Lê Thị Kim Chi", **{"Mã đơn vị": "SKH", "Người đứng đầu": "Không"}))
    post.refresh_from_db()
    assert post.is_head is False


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Ngày sinh": "31/02/1985"}, ("Ngày sinh", "Không có ngày 31/02/1985.")),
        ({"Ngày sinh": "01/01/2099"}, ("Ngày sinh", "Ngày sinh 01/01/2099 ở trong tương lai.")),
        ({"Giới tính": "khác"}, ("Giới tính", "“khác” không phải “Nam” hoặc “Nữ”.")),
        ({"Mã đơn vị": "ZZ"}, ("Mã đơn vị", "Không có đơn vị nào mang mã “ZZ” trong hệ thống. Hãy nhập danh sách đơn vị trước.")),
        ({"Chức vụ": "Quan huyện"}, ("Chức vụ", "Chưa có chức vụ “Quan huyện” trong danh mục. Hãy thêm tại Cấu hình › Chức vụ, hoặc sửa lại ô.")),
        ({"Diện quản lý": "Lạ"}, ("Diện quản lý", "Chưa có diện quản lý “Lạ” trong danh mục. Hãy thêm tại Cấu hình › Diện quản lý, hoặc sửa lại ô.")),
        ({"Người đứng đầu": "có thể"}, ("Người đứng đầu", "“có thể” không phải “Có” hoặc “Không”.")),
        ({"Thư điện tử": "moi@"}, ("Thư điện tử", "“moi@” không phải là địa chỉ thư điện tử.")),
        ({"Mã cán bộ": "mã; lạ"}, ("Mã cán bộ", "“mã; lạ” không phải là mã cán bộ: chỉ gồm chữ, số, dấu chấm, gạch ngang, gạch chéo, tối đa 40 ký tự.")),
        ({"Họ và tên": None}, ("Họ và tên", "Người mới phải có họ và tên.")),
        ({"Họ và tên": "NguyÔn V¨n A"}, ("Họ và tên", "“NguyÔn V¨n A” có ký tự “¨”. Có phải viết bằng phông chữ cũ (TCVN3, VNI)? Hãy chuyển sang Unicode.")),
        ({"Chức vụ": None}, ("Chức vụ", "Nhiệm vụ mới phải có chức vụ.")),
        ({"Mã đơn vị": None, "Chức vụ": None, "Người đứng đầu": "Có"}, ("Người đứng đầu", "Người đứng đầu phải có đơn vị và chức vụ.")),
    ],
)  # fmt: skip
def test_wrong_cell_is_told_by_row_and_column_and_nothing_is_written(province, cells, expected):
    before = Person.objects.count()
    plan = carry_out(person("CB9000", "Cao Văn Đúng"), person(**{**NEWCOMER, "Mã cán bộ": "CB9001", **cells}))
    assert messages(plan) == [(3, *expected)]
    assert Person.objects.count() == before


def test_unit_that_has_ended_takes_nobody(province):
    unit = province.units["SKH"]
    unit.ended_on = date(2024, 1, 1)
    unit.save()
    assert messages(carry_out(person(**NEWCOMER))) == [(2, "Mã đơn vị", "Đơn vị “SKH” đã kết thúc ngày 01/01/2024.")]


def test_level_kept_out_of_the_installation_is_refused(province):
    ManagingAuthority.objects.create(code="TW", name="Bộ Chính trị quản lý", rank=200, is_excluded=True)
    plan = carry_out(person(**{**NEWCOMER, "Diện quản lý": "bộ chính trị quản lý"}))
    assert messages(plan) == [
        (
            2,
            "Diện quản lý",
            "Cán bộ thuộc diện “Bộ Chính trị quản lý” không được đưa vào hệ thống này (bảo mật). Hãy xóa dòng.",
        )
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Mã đơn vị": "SYT"}, [("Chức vụ", "Nhiệm vụ mới phải có chức vụ."), ("Từ ngày", "Người này đang giữ chức vụ khác (Chuyên viên): hãy ghi từ ngày giữ chức vụ mới.")]),
        ({"Mã đơn vị": "SYT", "Chức vụ": "CV", "Từ ngày": "01/01/2019"}, [("Từ ngày", "Chức vụ hiện tại bắt đầu từ 01/01/2020; chức vụ mới phải bắt đầu sau ngày đó.")]),
    ],
)  # fmt: skip
def test_new_post_must_say_what_and_from_when(province, cells, expected):
    plan = carry_out(person("CB0003", "Lê Thị Kim Chi", **cells))
    assert [message[1:] for message in messages(plan)] == expected


# Whom a row means.


def test_two_rows_of_one_code_are_refused(province):
    plan = carry_out(person(), person("cb9001", "Người Khác"))
    assert messages(plan) == [(3, "Mã cán bộ", "Người này đã có ở dòng 2 của trang “Cán bộ”.")]


def test_two_rows_of_one_name_and_birth_without_code_are_refused(province):
    born = {"Ngày sinh": "02/09/1985"}
    plan = carry_out(person(None, "Cao Thị Mới", **born), person(None, "CAO THỊ MỚI", **born))
    assert messages(plan) == [(3, "Họ và tên", "Người này đã có ở dòng 2 của trang “Cán bộ”.")]


def test_same_name_and_birth_under_two_codes_is_told(province):
    born = {"Ngày sinh": "02/09/1985"}
    plan = carry_out(person(**born), person("CB9002", **born))
    assert plan.as_json()["created"] == 2
    assert plan.warnings == ["Trang “Cán bộ”, dòng 3: trùng họ tên và ngày sinh với dòng 2 nhưng khác mã."]


def test_without_code_a_person_is_recognised_by_name_and_birth_and_told(province):
    plan = carry_out(person(None, "lê thị kim chi", **{"Ngày sinh": "03/03/1973"}))
    assert messages(plan) == [
        (2, "Mã cán bộ", "Lê Thị Kim Chi (CB0003) sinh cùng ngày và họ tên không dấu giống nhau: hãy ghi mã cán bộ.")
    ]
    plan = carry_out(person(None, "Lê Thị Kim Chi", **{"Ngày sinh": "03/03/1973", "Thư điện tử": "c@example.vn"}))
    assert plan.as_json()["updated"] == 1
    assert plan.warnings == ["Trang “Cán bộ”, dòng 2: theo họ tên và ngày sinh, nhận ra là Lê Thị Kim Chi (CB0003)."]


def test_without_code_and_birth_the_row_is_refused(province):
    assert messages(carry_out(person(None, "Lê Thị Kim Chi"))) == [
        (2, "Mã cán bộ", "Không có mã cán bộ thì phải có ngày sinh.")
    ]


def test_without_code_several_alike_are_not_guessed(province):
    for code in ("D1", "D2"):
        Person.objects.create(code=code, full_name="Cao Văn Đôi", birth_on=date(1980, 1, 1))
    plan = carry_out(person(None, "Cao Văn Đôi", **{"Ngày sinh": "01/01/1980"}))
    assert messages(plan)[0][2] == "Có nhiều người trong hệ thống trùng họ tên và ngày sinh này: hãy ghi mã cán bộ."


def test_new_code_beside_a_person_of_the_same_name_and_birth_is_never_merged_silently(province):
    plan = carry_out(person("CB7777", "Lê Thị Kim Chi", **{"Ngày sinh": "03/03/1973"}))
    assert plan.as_json()["created"] == 1
    assert plan.warnings == [
        "Trang “Cán bộ”, dòng 2: “CB7777” được thêm thành người mới bên cạnh Lê Thị Kim Chi (CB0003), "
        "trùng họ tên và ngày sinh."
    ]
    assert Person.objects.filter(full_name="Lê Thị Kim Chi").count() == 2


def test_code_of_somebody_else_is_refused(province):
    plan = carry_out(person("CB0003", "Trần Văn Lạc", **{"Ngày sinh": "01/01/1999"}))
    assert messages(plan) == [
        (2, "Mã cán bộ", "Trong hệ thống mã này là của Lê Thị Kim Chi, 03/03/1973: khác cả họ tên lẫn ngày sinh.")
    ]
    assert carry_out(person("CB0003", "Lê Thị Kim Chi", **{"Ngày sinh": "04/03/1973"})).errors == []


def test_who_left_the_register_is_not_brought_back(province):
    Person.objects.filter(code="CB0003").update(ended_on=date(2024, 1, 1))
    assert messages(carry_out(person("CB0003", "Lê Thị Kim Chi")))[0][2] == (
        "Người này đã thôi trong danh sách quản lý từ ngày 01/01/2024."
    )


def test_person_without_code_comes_twice_as_one(province):
    row = person(None, "Cao Thị Mới", **NEWCOMER)
    assert carry_out(row).as_json()["created"] == 1
    assert carry_out(row).as_json()["unchanged"] == 1


# Who may bring it.


def test_officer_brings_people_of_the_own_subtree_only(province):
    khanh = province.users["khanh"]
    mine = person(**{**NEWCOMER, "Mã đơn vị": "SYT"})
    assert carry_out(mine, actor=khanh).errors == []
    assert carry_out(person("CB0005", "Đỗ Thị Ngọc Em", **{"Giới tính": "Nữ"}), actor=khanh).errors == []
    for row, column, message in (
        (person("CB9002", "Cao Văn Hai", **NEWCOMER), "Mã đơn vị", "Đơn vị “SKH” ngoài phạm vi đồng chí quản lý."),
        (person("CB9003", "Cao Văn Ba"), "Mã đơn vị", "Hãy ghi đơn vị đồng chí quản lý: chỉ quản trị viên thêm được người không thuộc đơn vị nào."),
        (person("CB0003", "Lê Thị Kim Chi", **{"Giới tính": "Nữ"}), "Mã cán bộ", "Người này ngoài phạm vi đơn vị đồng chí quản lý."),
        (person("CB0005", "Đỗ Thị Ngọc Em", **{"Mã đơn vị": "SKH", "Chức vụ": "CV", "Từ ngày": "01/01/2025"}), "Mã đơn vị", "Đơn vị “SKH” ngoài phạm vi đồng chí quản lý."),
    ):  # fmt: skip
        assert messages(carry_out(row, actor=khanh)) == [(2, column, message)]
    assert not Person.objects.filter(code__in=["CB9002", "CB9003"]).exists()
    assert province.people["chi"].version == Person.objects.get(code="CB0003").version


def test_who_has_no_right_to_change_people_brings_nobody(province):
    assert carry_out(person(**NEWCOMER), actor=province.users["chi"]).errors


def test_who_moved_away_is_no_longer_the_old_officers(province):
    em = province.people["em"]
    em.party_cell = None
    em.save()
    em.appointments.update(ended_on=date(2024, 1, 1))
    em.appointments.create(unit=province.units["SKH"], position=province.positions["CV"], started_on=date(2024, 1, 1))
    plan = carry_out(person("CB0005", "Đỗ Thị Ngọc Em", **{"Giới tính": "Nữ"}), actor=province.users["khanh"])
    assert messages(plan)[0][1] == "Mã cán bộ"


def test_export_imported_again_changes_nothing(province):
    resource = PersonResource()
    plan = resource.check(resource.workbook(Person.objects.all()))
    assert (plan.errors, plan.count("unchanged")) == ([], Person.objects.count())


def test_many_people_take_few_queries(province, django_assert_max_num_queries):
    rows = [person(f"N{number}", f"Cao Văn Số {number}", **{**NEWCOMER, "Thư điện tử": None}) for number in range(1500)]
    with django_assert_max_num_queries(35):
        assert carry_out(*rows).as_json()["created"] == 1500
    Position.objects.filter(code="CV").update(name="Chuyên viên chính")
    changed = [person(f"N{number}", f"Cao Văn Số {number} A") for number in range(1500)]
    with django_assert_max_num_queries(35):
        assert carry_out(*changed).as_json()["updated"] == 1500
    assert Person.objects.filter(full_name__endswith=" A", search__endswith=" a", version=2).count() == 1500
    assert Person.history.filter(history_type="~").count() == 1500
