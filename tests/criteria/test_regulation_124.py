"""What 124-QĐ/TW with 25-HD must say, typed from the handbook of the rules."""

from datetime import date
from itertools import product

import pytest

from criteria.regulation import find, from_data, to_data, unconfirmed

KEY = "124-QĐ/TW@2023-10-04"


@pytest.fixture
def regulation():
    return find(KEY)


def test_regulation_knows_its_dates_and_its_guidance(regulation):
    assert str(regulation) == KEY
    assert regulation.issued_on == regulation.in_force_from == date(2023, 10, 4)
    assert regulation.in_force_until == date(2025, 8, 30)
    assert [(each.number, each.issued_on) for each in regulation.guidance] == [("25-HD/BTCTW", date(2023, 11, 10))]
    assert regulation.is_in_force(date(2025, 8, 29))
    assert not regulation.is_in_force(date(2025, 8, 30))
    assert not regulation.is_in_force(date(2023, 10, 3))


def test_grades_and_levels_have_their_official_names(regulation):
    assert [(each.label, each.letters) for each in regulation.grades] == [
        ("Hoàn thành xuất sắc nhiệm vụ", "XS"),
        ("Hoàn thành tốt nhiệm vụ", "T"),
        ("Hoàn thành nhiệm vụ", "HT"),
        ("Không hoàn thành nhiệm vụ", "KHT"),
    ]
    assert [each.label for each in regulation.levels] == ["Xuất sắc", "Tốt", "Trung bình", "Kém"]
    assert regulation.grade_label("good") == "Hoàn thành tốt nhiệm vụ"
    assert regulation.level_label("poor") == "Kém"
    assert regulation.lowest == "not_completed"


def test_every_subject_is_measured_by_three_groups(regulation):
    for subjects in regulation.ratings.values():
        for subject in subjects:
            groups = [group.key for group in regulation.groups if subject in group.subjects]
            first = "building" if subject in ("collective", "organisation") else "quality"
            assert groups == [first, "results", "remedy"]


@pytest.mark.parametrize(
    ("key", "levels", "results"),
    [
        ("01", {"building": 3, "results": 1, "remedy": 1}, ["targets_level"]),
        ("02A", {"quality": 1, "results": 1, "remedy": 1}, ["duties_level"]),
        ("02B", {"quality": 3, "results": 2, "remedy": 1}, ["duties_level", "leadership_level"]),
    ],
)
def test_form_has_seven_sections_and_its_levels(regulation, key, levels, results):
    form = regulation.form(key)
    assert [section.number for section in form.sections] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    counted = {}
    for item in form.level_items():
        counted[item.group] = counted.get(item.group, 0) + 1
    assert counted == levels
    assert [item.key for item in form.level_items() if item.group == "results"] == results
    assert not form.is_draft


def test_forms_wear_the_head_of_the_party(regulation):
    for form in regulation.forms:
        assert form.head.kind == "party"
        assert form.head.right == ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        assert form.head.left[-1] == "*"


def test_section_titles_are_those_of_the_paper(regulation):
    assert [section.title for section in regulation.form("02B").sections] == [
        "Ưu điểm, kết quả đạt được",
        "Hạn chế, khuyết điểm và nguyên nhân",
        "Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận "
        "hoặc được chỉ ra ở các kỳ kiểm điểm trước",
        "Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)",
        "Làm rõ trách nhiệm của cá nhân đối với những hạn chế, khuyết điểm của tập thể (nếu có)",
        "Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm",
        "Tự nhận mức xếp loại chất lượng",
    ]  # fmt: skip
    assert regulation.form("01").sections[4].title == "Trách nhiệm của tập thể, cá nhân"
    assert regulation.form("01").sections[6].title == "Đề nghị mức xếp loại chất lượng"


def test_person_proposes_two_grades_and_a_collective_one(regulation):
    for key in ("02A", "02B"):
        assert [item.rating for item in regulation.form(key).grade_items()] == ["cadre", "party_member"]
    assert [item.rating for item in regulation.form("01").grade_items()] == ["collective"]


def test_signature_chain_of_a_person_is_that_of_the_paper(regulation):
    for key in ("02A", "02B"):
        form = regulation.form(key)
        assert form.signature.lines == ("NGƯỜI TỰ KIỂM ĐIỂM",)
        assert [(part.by, part.signature.lines) for part in form.parts] == [
            ("manager", ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)),
            ("cell", ("T/M CHI ỦY (CHI BỘ)",)),
            ("committee", ("T/M ĐẢNG ỦY (CHI ỦY)",)),
        ]
    assert regulation.form("01").signature.lines == ("T/M BAN THƯỜNG VỤ (TẬP THỂ LÃNH ĐẠO, QUẢN LÝ)",)
    assert regulation.form("01").signature.note == "(ký, ghi rõ họ tên, đóng dấu)"


def test_personal_data_stand_in_the_order_of_the_paper(regulation):
    assert [field.label for field in regulation.form("02B").fields] == [
        "Họ và tên", "Ngày sinh", "Chức vụ Đảng", "Chức vụ chính quyền", "Chức vụ đoàn thể",
        "Đơn vị công tác", "Chi bộ",
    ]  # fmt: skip


def test_only_leaders_write_about_leading(regulation):
    assert regulation.form("02B").item("leadership").number == "3"
    with pytest.raises(KeyError):
        regulation.form("02A").item("leadership")
    assert regulation.form("02A").item("pledge").number == "3"
    assert regulation.form("02B").item("pledge").number == "6"


def test_each_subject_has_its_central_form(regulation):
    assert regulation.form_for("leader").key == "02B"
    assert regulation.form_for("non_leader").key == "02A"
    assert regulation.form_for("collective").key == "01"
    for missing in (lambda: regulation.form_for("organisation"), lambda: regulation.form("9")):
        with pytest.raises(KeyError):
            missing()


def test_each_person_gets_exactly_one_provincial_form(regulation):
    for post, head, managed in product([True, False], repeat=3):
        found = regulation.person_form(holds_post=post, is_head=head, managed_by_standing_committee=managed)
        if not post:
            expected = "02-A"
        elif managed:
            expected = "02-D"
        else:
            expected = "02-C" if head else "02-B"
        assert found.key == expected
        assert found.base == ("02B" if post else "02A")


def test_regulation_without_provincial_forms_gives_none(regulation):
    data = to_data(regulation)
    del data["person_forms"]
    with pytest.raises(KeyError):
        from_data(data).person_form(holds_post=True, is_head=True, managed_by_standing_committee=True)


def test_provincial_forms_whose_category_is_not_known_wait_to_be_confirmed(regulation):
    open_rows = {line.key for line in unconfirmed(regulation) if line.table == "person_forms"}
    assert open_rows == {"02-C", "02-D"}


def test_milestones_are_those_seen(regulation):
    due = {each.key: each.due_on(2024) for each in regulation.milestones}
    assert due == {
        "compiler_plan": date(2024, 11, 10),
        "unit_dossier": date(2024, 11, 25),
        "compilation": date(2024, 12, 1),
        "grassroots": date(2024, 12, 5),
        "state_rating": date(2024, 12, 15),
        "superior": date(2024, 12, 20),
        "close": date(2024, 12, 31),
        "special_close": date(2025, 1, 15),
        "central_dossier": date(2025, 2, 15),
        "standing_committee_dossier": date(2025, 2, 25),
    }
    assert not any(each.closing for each in regulation.milestones)


def test_procedure_is_that_of_the_guidance(regulation):
    procedure = regulation.procedure
    assert procedure.quorum == (2, 3)
    assert procedure.circulation_working_days == 3
    assert procedure.ballot == "optional"
    assert procedure.ballot_binds is False
    assert procedure.value("explanation_before_meeting") is True
    assert not procedure.settings["quorum"].authority.is_confirmed
    assert procedure.settings["circulation_working_days"].authority.standing == "guidance"
    assert regulation.workflows == {"review": "review", "rating": "rating"}


def test_quota_is_a_fifth_of_the_good_without_exception(regulation):
    quota = regulation.quota
    assert (quota.percent, quota.exception_percent, quota.base, quota.rounding) == (20, None, "good_only", "floor")
    assert {rating for group in quota.groups for rating in group.ratings} == set(regulation.ratings)


def test_what_the_handbook_does_not_know_never_bites(regulation):
    open_rules = {rule.key for rule in regulation.rules if not rule.is_confirmed}
    assert open_rules >= {
        "levels_one_poor", "levels_basically_average", "appointed_under_6_months", "founded_under_6_months",
        "sick_leave", "units_led_all_done", "units_led_half_beyond", "units_led_all_completed", "units_led_mostly_good",
    }  # fmt: skip
    assert all(rule.question for rule in regulation.rules if not rule.is_confirmed)


def test_head_not_above_the_collective_is_no_question(regulation):
    rule = regulation.rule("head_not_above_collective")
    assert rule.is_confirmed
    assert rule.is_ceiling
    assert rule.caps_at is None
