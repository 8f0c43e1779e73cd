"""How many may be excellent: the official example, the circle of the literal reading, small groups, every refusal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rating import FactsRefused, quota
from criteria.regulation import find, from_data, to_data

KEY = "124-QĐ/TW@2023-10-04"


def counts(excellent=0, good=0, completed=0, not_completed=0):
    return {"excellent": excellent, "good": good, "completed": completed, "not_completed": not_completed}


def variant(**changes):
    """The regulation with another quota, as an administrator would derive it."""
    data = to_data(find(KEY))
    for key, value in changes.items():
        if key in ("base", "rounding"):
            data["quota"][key] |= value
        else:
            data["quota"][key] = value
    return from_data(data)


def test_quota_answers_the_example_of_the_contract():
    answer = quota(find(KEY), counts(3, 10, 2, 0)).as_data()
    sentences = answer.pop("arithmetic")
    assert answer == {
        "allowed": 2,
        "reading": "good_only",
        "readings": {"good_only": 2, "good_and_above": 2, "all_rated": 3},
        "greatest": 2,
        "percent": 20,
        "exception_percent": None,
    }
    assert sentences.startswith("20% của 10 trường hợp xếp loại Hoàn thành tốt nhiệm vụ là 2.")


def test_two_of_seventeen_who_deserve_good_or_better_can_be_excellent():
    answer = quota(find(KEY), counts(excellent=17))
    assert answer.greatest == 2
    assert "Nếu lấy từ 17 trường hợp xứng đáng từ mức tốt trở lên thì nhiều nhất 2 xuất sắc" in answer.arithmetic
    assert "mỗi trường hợp lên xuất sắc thì số tốt bớt đi một" in answer.arithmetic
    assert "2 xuất sắc còn 15 tốt, 20% là 3" in answer.arithmetic
    assert "3 xuất sắc thì chỉ còn 14 tốt, 20% là 2,8, bỏ phần lẻ còn 2, không đủ" in answer.arithmetic


@pytest.mark.parametrize(
    ("excellent", "good", "allowed", "greatest"),
    [
        (0, 0, 0, 0),
        (0, 4, 0, 0),
        (0, 5, 1, 0),
        (0, 6, 1, 1),
        (1, 5, 1, 1),
        (0, 11, 2, 1),
        (0, 12, 2, 2),
        (0, 99, 19, 16),
        (10, 50, 10, 10),
        (11, 50, 10, 10),
    ],
)
def test_literal_reading_takes_a_fifth_of_the_good_and_drops_the_rest(excellent, good, allowed, greatest):
    answer = quota(find(KEY), counts(excellent, good))
    assert (answer.allowed, answer.greatest) == (allowed, greatest)


@pytest.mark.parametrize("good", [0, 1, 4, 5])
def test_small_group_gives_none_and_says_so(good):
    answer = quota(find(KEY), counts(good=good))
    assert answer.greatest == 0
    assert "Nhóm quá nhỏ, không đủ một suất" in answer.arithmetic


def test_group_that_is_large_enough_is_not_called_small():
    assert "Nhóm quá nhỏ" not in quota(find(KEY), counts(good=6)).arithmetic


def test_large_group_is_not_called_small_where_the_party_has_no_excellent_or_nobody_deserves_it():
    none_in_the_party = quota(variant(relative_to_party=True), counts(good=50), party_share="0")
    nobody_deserves = quota(variant(base={"reading": "all_rated"}), counts(completed=50))
    assert (none_in_the_party.greatest, nobody_deserves.greatest) == (0, 0)
    assert "Nhóm quá nhỏ" not in none_in_the_party.arithmetic + nobody_deserves.arithmetic
    assert "Nhóm quá nhỏ" in quota(variant(relative_to_party=True), counts(good=50), party_share="1").arithmetic


@pytest.mark.parametrize(
    ("reading", "allowed", "greatest"), [("good_only", 2, 2), ("good_and_above", 2, 2), ("all_rated", 4, 4)]
)
def test_reading_is_a_setting(reading, allowed, greatest):
    answer = quota(variant(base={"reading": reading}), counts(3, 10, 5, 2))
    assert answer.reading == reading
    assert answer.readings == {"good_only": 2, "good_and_above": 2, "all_rated": 4}
    assert (answer.allowed, answer.greatest) == (allowed, greatest)


def test_no_more_than_the_deserving_can_be_excellent():
    answer = quota(variant(base={"reading": "all_rated"}), counts(excellent=1, completed=99))
    assert (answer.allowed, answer.greatest) == (20, 1)


def test_everybody_may_be_excellent_where_the_percentage_allows():
    answer = quota(variant(percent=100), counts(good=1))
    assert answer.greatest == 0
    generous = quota(variant(percent=100, base={"reading": "all_rated"}), counts(good=3))
    assert generous.greatest == 3


def test_nobody_deserving_stands_at_nobody_excellent():
    answer = quota(find(KEY), counts(completed=5))
    assert "Nếu lấy từ 0 trường hợp" in answer.arithmetic
    assert "không đủ." not in answer.arithmetic


def test_rounding_is_a_setting():
    half_up = variant(rounding={"mode": "half_up"})
    assert quota(half_up, counts(good=13)).allowed == 3
    assert quota(half_up, counts(good=12)).allowed == 2
    assert "2,6, làm tròn từ 0,5 thành 3" in quota(half_up, counts(good=13)).arithmetic
    assert quota(find(KEY), counts(good=13)).allowed == 2
    assert "2,6, bỏ phần lẻ còn 2" in quota(find(KEY), counts(good=13)).arithmetic


def test_exception_raises_the_percentage_where_the_regulation_knows_one():
    generous = variant(exception_percent=25)
    plain = quota(generous, counts(good=8))
    granted = quota(generous, counts(good=8), exception="Quyết định 15-QĐ/TU ngày 10/12/2024.")
    assert (plain.allowed, granted.allowed) == (1, 2)
    assert plain.exception_percent == granted.exception_percent == 25
    assert granted.percent == 20
    assert granted.arithmetic.startswith("Áp dụng tỷ lệ ngoại lệ theo Quyết định 15-QĐ/TU ngày 10/12/2024. 25% của 8")
    assert "ngoại lệ" not in plain.arithmetic


@pytest.mark.parametrize("exception", ["Quyết định 15-QĐ/TU", ""])
def test_exception_is_refused_where_there_is_none(exception):
    with pytest.raises(FactsRefused) as caught:
        quota(find(KEY), counts(good=8), exception=exception)
    assert caught.value.path == "exception"


def test_exception_without_a_document_is_refused():
    with pytest.raises(FactsRefused) as caught:
        quota(variant(exception_percent=25), counts(good=8), exception=" ")
    assert caught.value.path == "exception"


def test_quota_relative_to_the_party_needs_its_share():
    relative = variant(relative_to_party=True)
    answer = quota(relative, counts(2, 10))
    assert answer.allowed is None
    assert answer.greatest is None
    assert answer.as_data()["readings"] == {"good_only": None, "good_and_above": None, "all_rated": None}
    assert "chưa có tỷ lệ đó nên chưa tính được" in answer.arithmetic


def test_quota_relative_to_the_party_follows_its_share():
    relative = variant(relative_to_party=True)
    assert quota(relative, counts(2, 10), party_share="17.5").allowed == 1
    assert quota(relative, counts(2, 10), party_share="30").allowed == 3
    assert quota(relative, counts(2, 10), party_share="100").allowed == 10
    assert quota(relative, counts(2, 10), party_share="0").allowed == 0
    assert "17,5% của 10" in quota(relative, counts(2, 10), party_share="17.5").arithmetic


def test_share_of_the_party_is_never_rounded_up_to_a_place():
    relative = variant(relative_to_party=True)
    nearly = "19." + "9" * 30
    assert quota(relative, counts(good=5), party_share=nearly).allowed == 0
    assert quota(relative, counts(good=5), party_share="20").allowed == 1
    assert f"{nearly.replace('.', ',')}% của 5" in quota(relative, counts(good=5), party_share=nearly).arithmetic


def test_party_share_changes_nothing_where_the_quota_stands_alone():
    assert quota(find(KEY), counts(3, 10, 2), party_share="90") == quota(find(KEY), counts(3, 10, 2))


@pytest.mark.parametrize("share", ["-1", "100.1", "a", "", "1e1"])
def test_party_share_that_is_no_percentage_is_refused(share):
    with pytest.raises(FactsRefused) as caught:
        quota(find(KEY), counts(3, 10), party_share=share)
    assert caught.value.path == "party_share"


@pytest.mark.parametrize(
    ("given_counts", "path"),
    [
        ({"excellent": 3, "good": 10, "completed": 2}, "counts.not_completed"),
        (counts(good=-1), "counts.good"),
        (counts(good=True), "counts.good"),
        (counts(good=1.0), "counts.good"),
        (counts(good="1"), "counts.good"),
        (counts(good=None), "counts.good"),
        (counts() | {"total": 3}, "counts.total"),
        ([], "counts"),
        (None, "counts"),
    ],
)
def test_counts_that_are_no_counts_are_refused(given_counts, path):
    with pytest.raises(FactsRefused) as caught:
        quota(find(KEY), given_counts)
    assert caught.value.path == path


def test_day_picks_the_version_of_the_regulation():
    data = to_data(find(KEY))
    data["overlays"] = [
        {"from": "2024-07-01", "number": "9-HD/TU", "title": "Sửa đổi", "quota": {"base": {"reading": "all_rated"}}}
    ]
    regulation = from_data(data)
    assert quota(regulation, counts(3, 10, 2), on=date(2024, 6, 30)).reading == "good_only"
    assert quota(regulation, counts(3, 10, 2), on=date(2024, 7, 1)).reading == "all_rated"
    assert quota(regulation, counts(3, 10, 2)).reading == "all_rated"


@given(*[st.integers(0, 400)] * 4, st.sampled_from(["good_only", "good_and_above", "all_rated"]))
def test_greatest_is_the_last_number_that_stands(excellent, good, completed, not_completed, reading):
    given_counts = counts(excellent, good, completed, not_completed)
    greatest = quota(variant(base={"reading": reading}), given_counts).greatest
    deserving = excellent + good
    total = deserving + completed + not_completed

    def stands(number):
        base = {"good_only": deserving - number, "good_and_above": deserving, "all_rated": total}[reading]
        return number <= deserving and number * 100 <= 20 * base

    assert stands(greatest)
    assert not stands(greatest + 1)


@given(st.integers(0, 500), st.integers(0, 500))
def test_literal_reading_never_allows_more_than_a_fifth_of_the_good(excellent, good):
    allowed = quota(find(KEY), counts(excellent, good)).allowed
    assert allowed * 5 <= good < (allowed + 1) * 5


@pytest.mark.parametrize(
    ("key", "given", "allowed", "readings", "exception"),
    [
        ("132-QĐ/TW@2018-03-08", (3, 10, 2, 0), 2, (2, 2, 3), None),
        ("366-QĐ/TW@2025-08-30", (3, 10, 2, 0), 2, (2, 2, 3), 25),
        ("399-QĐ/TU@2025-08-27", (3, 10, 2, 0), 3, (2, 3, 3), 25),
        ("335/2025/NĐ-CP@2025-12-21", (3, 10, 2, 0), 2, (2, 2, 3), 25),
        ("233/2026/NĐ-CP@2026-06-26", (3, 10, 2, 0), 2, (2, 2, 3), 25),
        ("366-QĐ/TW@2025-08-30", (0, 10, 0, 0), 2, (2, 2, 2), 25),
    ],
)
def test_every_regulation_answers_in_its_own_reading(key, given, allowed, readings, exception):
    answer = quota(find(key), counts(*given))
    assert answer.allowed == allowed
    assert tuple(answer.readings.values()) == readings
    assert (answer.percent, answer.exception_percent) == (20, exception)


@pytest.mark.parametrize(
    ("key", "excellent", "good", "greatest"),
    [
        ("366-QĐ/TW@2025-08-30", 0, 10, 1),
        ("366-QĐ/TW@2025-08-30", 0, 4, 0),
        ("399-QĐ/TU@2025-08-27", 0, 10, 2),
        ("399-QĐ/TU@2025-08-27", 0, 2, 0),
        ("399-QĐ/TU@2025-08-27", 0, 3, 1),
    ],
)
def test_ten_who_deserve_good_give_one_or_two_by_the_reading(key, excellent, good, greatest):
    assert quota(find(key), counts(excellent, good)).greatest == greatest


def test_exception_raises_a_fifth_to_a_quarter_where_there_is_one():
    assert quota(find("366-QĐ/TW@2025-08-30"), counts(0, 12), exception="12-QĐ/TU").allowed == 3
    for key in ("132-QĐ/TW@2018-03-08", "90/2020/NĐ-CP@2020-08-13"):
        with pytest.raises(FactsRefused) as caught:
            quota(find(key), counts(0, 12), exception="12-QĐ/TU")
        assert caught.value.path == "exception"


def test_share_of_civil_servants_follows_the_share_of_the_party_from_48_2023_on():
    law = find("90/2020/NĐ-CP@2020-08-13")
    unknown = quota(law, counts(3, 10, 2, 0))
    assert (unknown.allowed, unknown.greatest, set(unknown.readings.values())) == (None, None, {None})
    assert "chưa có tỷ lệ đó nên chưa tính được" in unknown.arithmetic
    assert quota(law, counts(3, 10, 2, 0), party_share="18.5").readings == {
        "good_only": 1, "good_and_above": 2, "all_rated": 2,
    }  # fmt: skip
    assert quota(law, counts(3, 10, 2, 0), on=date(2023, 9, 14)).allowed == 15
    assert quota(law, counts(3, 10, 2, 0), on=date(2023, 9, 15)).allowed is None
