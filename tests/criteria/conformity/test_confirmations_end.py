"""A confirmation beside a text of the parent: it ends with that text, and goes up with two steps taken as one."""

import pytest

from criteria.conformity import check, compose, fingerprint, read
from tests.criteria.conformity import frameworks

TOP, MIDDLE, BOTTOM, OTHER = "Gương mẫu.", "Gương mẫu, rõ việc.", "Gương mẫu, rõ việc, rõ ngày.", "Câu chữ khác."
PLACE = "criteria['I.1'].levels.good.text"


def parent(text=TOP):
    data = frameworks.base("levels")
    frameworks.put(data, PLACE, text)
    return data


def below(data, text, *, above):
    """What concretises `data` with this text, confirmed beside `above` (None: the file does not say)."""
    made = frameworks.child_of(data)
    frameworks.put(made, PLACE, text)
    row = frameworks.named(made, "criteria", "I.1")
    frameworks.confirm(row, ["good"])
    if above is not None:
        row["confirmed"][-1]["above_sha256"] = fingerprint(above)
    return made


def codes(above, child):
    return [breach.code for breach in check(read(above), read(child)).breaches]


@pytest.mark.parametrize(
    ("beside", "found"),
    [(TOP, []), (None, []), (f" {TOP}\n", []), (OTHER, ["level_changed"]), (MIDDLE, ["level_changed"])],
)
def test_confirmation_holds_beside_the_text_it_was_read_with(beside, found):
    above = parent()
    assert codes(above, below(above, MIDDLE, above=beside)) == found


def test_ended_confirmation_is_named_with_its_document():
    above = parent()
    child = below(above, MIDDLE, above=OTHER)
    breach = check(read(above), read(child)).breaches[0]
    assert "12-CV/BTCTU" in breach.message
    assert "đã thay đổi sau đó; cần xác nhận lại" in breach.message
    frameworks.named(child, "criteria", "I.1")["confirmed"] = []
    plain = check(read(above), read(child)).breaches[0]
    assert "12-CV/BTCTU" not in plain.message
    assert "chưa được cơ quan ban hành khung cấp trên xác nhận" in plain.message


def test_one_confirmation_that_holds_is_enough():
    above = parent()
    child = below(above, MIDDLE, above=OTHER)
    row = frameworks.named(child, "criteria", "I.1")
    row["confirmed"].append({**row["confirmed"][0], "above_sha256": fingerprint(TOP)})
    assert codes(above, child) == []


def test_confirmation_of_another_level_says_nothing():
    above = parent()
    child = below(above, MIDDLE, above=TOP)
    frameworks.named(child, "criteria", "I.1")["confirmed"][0]["level"] = "poor"
    assert codes(above, child) == ["level_changed"]


@pytest.mark.parametrize(("first", "second"), [(TOP, MIDDLE), (None, MIDDLE), (TOP, None), (None, None)])
def test_two_confirmed_steps_are_confirmed_as_one(first, second):
    top = parent()
    middle = below(top, MIDDLE, above=first)
    child = below(middle, BOTTOM, above=second)
    assert (codes(top, middle), codes(middle, child)) == ([], [])
    assert check(read(top), compose(read(middle), read(child))).conforms


def test_unchanged_middle_hands_the_confirmation_up():
    top = parent()
    middle = frameworks.child_of(top)
    child = below(middle, BOTTOM, above=TOP)
    assert codes(middle, child) == []
    assert check(read(top), compose(read(middle), read(child))).conforms


def test_step_confirmed_beside_an_older_middle_is_not_confirmed_at_the_top():
    top = parent()
    middle = below(top, MIDDLE, above=TOP)
    child = below(middle, BOTTOM, above=OTHER)
    found = check(read(top), compose(read(middle), read(child)))
    assert [breach.code for breach in found.breaches] == ["level_changed"]


@pytest.mark.parametrize("wrong", ["", "AB" * 32, "0" * 63, 5, ["0" * 64]])
def test_digest_that_is_none_is_refused_with_its_place(wrong):
    child = below(parent(), MIDDLE, above=TOP)
    row = frameworks.named(child, "criteria", "I.1")
    row["confirmed"][0]["above_sha256"] = wrong
    with pytest.raises(ValueError, match="above_sha256"):
        read(child)


def test_file_that_does_not_say_is_read_as_before():
    child = below(parent(), MIDDLE, above=None)
    row = frameworks.named(child, "criteria", "I.1")["confirmed"][0]
    assert "above_sha256" not in row
    assert read(child) == read({**child})
    row["above_sha256"] = None
    found = [each for group in read(child).groups for each in group.criteria if each.code == "I.1"]
    assert found[0].confirmed[0].above_sha256 is None
