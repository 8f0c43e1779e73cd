"""The law in readable form: nothing left out, nothing without a clause, the open lines with their questions."""

import pytest

from criteria import regulation
from criteria.selectors.rules import law

TEXT = regulation.find("124-QĐ/TW@2023-10-04")


def chapters():
    return [*law.conditions(TEXT), law.quota(TEXT), law.dates(TEXT), law.procedure(TEXT)]


def test_every_rule_stands_in_exactly_one_chapter():
    lines = [line.text for chapter in law.conditions(TEXT) for line in chapter.lines]
    assert sorted(lines) == sorted(f"{rule.condition}." for rule in TEXT.rules)


def test_every_line_has_its_clause_and_its_standing():
    for chapter in chapters():
        for line in chapter.lines:
            assert line.cites.strip(), line.text
            assert line.standing in {"văn bản quy định", "hướng dẫn", "địa phương", "chờ xác nhận"}
            assert bool(line.question) or line.standing != "chờ xác nhận"


def test_chapters_stand_in_the_order_of_the_grades():
    titles = [chapter.title for chapter in law.conditions(TEXT)]
    assert titles[:4] == [
        "Không xếp loại, chưa xếp loại, không thuộc diện",
        "Điều kiện của mức “Hoàn thành xuất sắc nhiệm vụ”",
        "Điều kiện của mức “Hoàn thành tốt nhiệm vụ”",
        "Không hoàn thành nhiệm vụ nếu không đạt một trong các điều kiện sau",
    ]


@pytest.mark.parametrize(
    ("condition", "binds"),
    [
        ("Có mặt tại hội nghị kiểm điểm.", "mọi cá nhân"),
        ("Không có nội dung đang được kiểm tra, xác minh.", "mọi đối tượng"),
        ("Đã hoàn thành kiểm điểm trước khi xếp loại.", "mọi cá nhân; Tập thể lãnh đạo, quản lý; cấp ủy"),
        ("Giữ chức vụ từ đủ 6 tháng trở lên tại thời điểm xếp loại.", "cá nhân giữ chức vụ lãnh đạo, quản lý"),
        (
            "Được thành lập, chia tách, sáp nhập từ đủ 6 tháng trở lên tại thời điểm xếp loại.",
            "tập thể, tổ chức",
        ),
    ],
)
def test_whom_a_rule_binds_is_said_in_few_words(condition, binds):
    lines = {line.text: line for chapter in law.conditions(TEXT) for line in chapter.lines}
    assert lines[condition].binds == binds


def test_quota_says_share_reading_and_rounding():
    lines = law.quota(TEXT).lines
    assert [line.text for line in lines[:3]] == [
        "Hoàn thành xuất sắc nhiệm vụ không quá 20%.",
        "Cách tính: trên số được xếp loại hoàn thành tốt nhiệm vụ.",
        "Làm tròn: bỏ phần lẻ.",
    ]
    assert [line.standing for line in lines[:3]] == ["văn bản quy định", "chờ xác nhận", "chờ xác nhận"]


def test_dates_and_procedure_are_said_with_their_numbers():
    assert "trước 15/01 năm sau: Đơn vị đặc thù chưa kết thúc năm công tác hoàn thành xếp loại" in [
        line.text for line in law.dates(TEXT).lines
    ]
    said = [line.text for line in law.procedure(TEXT).lines]
    assert "Số ngày làm việc gửi dự thảo trước hội nghị: 3" in said
    assert "Bỏ phiếu kín đề xuất mức xếp loại: khi được yêu cầu" in said
    assert "Kết quả phiếu quyết định mức xếp loại: không" in said


def test_exception_percent_is_said_where_there_is_one():
    data = regulation.to_data(TEXT)
    data["quota"]["exception_percent"] = 25
    said = law.quota(regulation.from_data(data)).lines[0].text
    assert said == "Hoàn thành xuất sắc nhiệm vụ không quá 20%, trường hợp đặc biệt có văn bản không quá 25%."


def test_open_lines_are_those_of_the_loader():
    assert law.open_lines(TEXT) == regulation.unconfirmed(TEXT)
    assert len(law.open_lines(TEXT)) > 20
