"""What stands beside the text: marks of the outline, sums, ways out, the words of the foot."""

import pytest

from criteria.models import Criterion, CriterionGroup, CriterionLevel
from criteria.selectors.frameworks import framework_outline as selectors
from criteria.selectors.frameworks.criterion_content import LEVELS, content_of, digest_of, taken_over, written_names
from tests.criteria.writing_frameworks.conftest import one

pytestmark = pytest.mark.django_db


def marks(framework):
    return {line.criterion.code: line.mark for row in selectors.outline_of(framework).groups for line in row.lines}


def test_marks_say_what_is_complete_begun_empty_and_what_bars_the_issue(child):
    group = child.groups.get(number="I")
    group.criteria.create(order=8, number="8", code="8")
    group.criteria.create(order=9, number="9", code="9", title="Chỉ có tên")
    CriterionLevel.objects.filter(criterion__group__framework=child, criterion__code="2", level="good").update(text="x")
    assert marks(child) == {"1": "tick", "2": "exclamation", "3": "tick", "8": "empty", "9": "dot"}
    outline = selectors.outline_of(child, one(child, "9"))
    assert (outline.done, outline.total) == (2, 5)
    assert [line.criterion.code for row in outline.groups for line in row.lines if line.is_here] == ["9"]


@pytest.mark.parametrize(
    ("declared", "fixed", "weight", "words", "tone"),
    [
        (None, False, None, "", "quiet"),
        (None, False, 12, "tổng trọng số: 12", "quiet"),
        (30, True, None, "0/30, cố định", "quiet"),
        (30, True, 30, "30/30, cố định", "ok"),
        (30, False, "12.5", "12,5/30", "bad"),
    ],
)
def test_sums_stand_against_what_is_declared(child, declared, fixed, weight, words, tone):
    CriterionGroup.objects.filter(framework=child, number="I").update(weight_sum=declared, is_sum_fixed=fixed)
    Criterion.objects.filter(group__framework=child, code="1").update(weight=weight)
    row = selectors.outline_of(child).groups[0]
    assert (row.sum_words, row.sum_tone) == (words, tone)


def test_foot_says_the_departures_else_that_nothing_bars(child):
    row = one(child, "2")
    assert selectors.findings_in_words(child, row) == "Tiêu chí này không có điểm nào cản trở việc ban hành."
    row.levels.filter(level="good").update(text="Khác hẳn.")
    assert selectors.findings_in_words(child, one(child, "2")).startswith("Tiêu chí 2, mức Tốt")


def test_findings_of_the_whole_leave_out_those_of_a_single_criterion(child):
    one(child, "2").levels.filter(level="good").update(text="Khác hẳn.")
    Criterion.objects.filter(group__framework=child, code="3").update(concretises="")
    found = selectors.outline_of(child).findings()
    assert [row.code for row in found if not row.is_warning] == ["missing_required"]
    assert found[0].path == "parent.criteria['3']"
    own = selectors.findings_of(selectors.outline_of(child).result, one(child, "2"))
    assert [row.code for row in own if not row.is_warning] == ["level_changed"]


def test_every_breach_has_a_way_out():
    from_check = selectors.codes.BREACHES
    assert set(selectors._all_ways()) == {*from_check, selectors.codes.LEVEL_MISSING}


def test_what_stands_above_is_set_beside_field_by_field(above, child):
    row = one(child, "2")
    row.levels.filter(level="good").update(text="Khác hẳn.")
    found = selectors.beside(one(child, "2"), one(above, "2"))
    assert set(found) == {"title", "item_key", "text_excellent", "text_good", "text_average", "text_poor"}
    assert [name for name, cell in found.items() if not cell.is_same] == ["text_good"]
    assert selectors.beside(row, None) == {}


def test_criteria_above_are_named_by_group_and_code(above, child):
    assert [code for code, _words in selectors.criteria_above(child)] == ["1", "2", "3"]
    assert selectors.criteria_above(child)[1][1].startswith("II · 2 Thực hiện chức trách")
    assert selectors.criteria_above(above) == []


def test_words_know_their_fields(above, child):
    theirs = content_of(one(above, "2"))
    own = {**dict.fromkeys(theirs, ""), "number": "7", "code": "c", "weight": "5"}
    made = taken_over(own, theirs, "2")
    assert (made["number"], made["code"], made["weight"], made["concretises"]) == ("7", "c", "5", "2")
    assert {name: made[name] for name in LEVELS} == {name: theirs[name] for name in LEVELS}
    assert digest_of(theirs) != digest_of({**theirs, "cites": "Điều 1"})
    assert written_names("points")[:2] == ("text_excellent", "points_excellent")
    assert written_names("checklist") == ("text_excellent", "text_good", "text_average", "text_poor")


def test_province_covers_bodies_of_every_tree_and_a_department_its_own(frames, above, child):
    def units(framework):
        return {row.code for row in selectors.coverable(framework, "sở") if row._meta.model_name == "unit"}

    assert {"SYT", "SKH"} <= units(above)
    assert units(child) == {"SYT"}
    assert selectors.coverable(child, "  ") == []
