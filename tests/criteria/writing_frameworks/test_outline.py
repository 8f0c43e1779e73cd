"""Groups and criteria of a draft: added, moved, left out and put back, taken from other frameworks."""

import pytest

from criteria.models import Criterion, CriterionGroup, Framework, KeptCriterion, LevelConfirmation
from criteria.selectors.frameworks.criterion_content import content_of
from criteria.services.frameworks import framework_groups, framework_heads
from criteria.services.frameworks import framework_outline as services
from criteria.services.frameworks.criterion_writing import NotAccepted, Sent, write_criterion
from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from tests.criteria.writing_frameworks.conftest import codes, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def khanh(frames):
    return frames.user("khanh")


@pytest.fixture
def wide(frames, child):
    """Sở Y tế's draft with three more criteria in its second group."""
    group = child.groups.get(number="II")
    for _each in range(3):
        services.add_criterion(group=group, actor=frames.user("khanh"))
    return child


def test_new_criteria_get_a_number_and_a_code_of_their_own(wide):
    assert codes(wide) == {"I": ["1"], "II": ["2", "4", "5", "6"], "III": ["3"]}


def test_criterion_moves_one_place_at_a_time_and_over_the_border_of_its_group(wide, khanh):
    def move(code, place):
        services.move_criterion(criterion=one(wide, code), place=place, actor=khanh)
        return codes(wide)

    assert move("5", "up") == {"I": ["1"], "II": ["2", "5", "4", "6"], "III": ["3"]}
    assert move("2", "down")["II"] == ["5", "2", "4", "6"]
    assert move("5", "up") == {"I": ["1", "5"], "II": ["2", "4", "6"], "III": ["3"]}
    assert move("5", "down") == {"I": ["1"], "II": ["5", "2", "4", "6"], "III": ["3"]}
    assert move("6", "down") == {"I": ["1"], "II": ["5", "2", "4"], "III": ["6", "3"]}
    third = str(wide.groups.get(number="III").uuid)
    assert move("1", third) == {"I": [], "II": ["5", "2", "4"], "III": ["6", "3", "1"]}
    for group in wide.groups.all():
        orders = list(group.criteria.order_by("order").values_list("order", flat=True))
        assert orders == list(range(1, len(orders) + 1))


@pytest.mark.parametrize(("code", "place"), [("1", "up"), ("3", "down")])
def test_criterion_at_the_end_of_the_way_stays_and_nothing_is_recorded(wide, khanh, code, place):
    before, events = codes(wide), AuditEvent.objects.count()
    services.move_criterion(criterion=one(wide, code), place=place, actor=khanh)
    assert (codes(wide), AuditEvent.objects.count()) == (before, events)


def test_group_of_another_framework_is_no_place(wide, above, khanh):
    for place in ("", "sideways", str(above.groups.first().uuid)):
        with pytest.raises(Refusal, match="không có nhóm đó"):
            services.move_criterion(criterion=one(wide, "2"), place=place, actor=khanh)


def test_dropped_criterion_comes_back_whole_with_what_was_confirmed_about_it(wide, frames, khanh):
    row = one(wide, "2")
    LevelConfirmation.objects.create(
        criterion=row,
        level="good",
        text_sha256="a" * 64,
        document="CV 1",
        confirmed_on="2024-11-05",
        confirmed_by=frames.user("giang"),
    )
    whole, identity = content_of(row), row.uuid
    kept = services.drop_criterion(criterion=row, actor=khanh)
    assert codes(wide)["II"] == ["4", "5", "6"]
    assert services.drop_criterion(criterion=row, actor=khanh) is None
    made = services.put_back_criterion(kept=kept, actor=khanh)
    assert codes(wide)["II"] == ["2", "4", "5", "6"]
    assert (content_of(one(wide, "2")), made.uuid) == (whole, identity)
    again = LevelConfirmation.objects.get(criterion=made)
    assert (again.text_sha256, again.document, again.confirmed_by) == ("a" * 64, "CV 1", frames.user("giang"))
    assert services.put_back_criterion(kept=kept, actor=khanh).pk == made.pk


def test_dropped_criterion_gets_another_code_when_its_own_was_given_away(wide, khanh):
    kept = services.drop_criterion(criterion=one(wide, "2"), actor=khanh)
    Criterion.objects.filter(group__framework=wide, code="4").update(code="2")
    made = services.put_back_criterion(kept=kept, actor=khanh)
    rows = list(Criterion.objects.filter(group__framework=wide).values_list("code", flat=True))
    assert len(rows) == len(set(rows))
    assert made.code != "2"


def test_dropped_criterion_comes_into_the_last_group_when_its_own_is_gone(wide, khanh):
    kept = services.drop_criterion(criterion=one(wide, "1"), actor=khanh)
    framework_groups.drop_group(group=wide.groups.get(number="I"), actor=khanh)
    services.put_back_criterion(kept=kept, actor=khanh)
    assert codes(wide) == {"II": ["2", "4", "5", "6"], "III": ["1", "3"]}


def test_nothing_is_put_back_where_there_is_no_group(frames, child, khanh):
    kept = [services.drop_criterion(criterion=one(child, code), actor=khanh) for code in ("1", "2", "3")]
    for group in child.groups.all():
        framework_groups.drop_group(group=group, actor=khanh)
    with pytest.raises(Refusal, match="thêm nhóm trước"):
        services.put_back_criterion(kept=kept[0], actor=khanh)


def test_text_written_for_a_dropped_criterion_is_kept_and_can_be_put_back(wide, frames, khanh):
    row = one(wide, "2")
    services.drop_criterion(criterion=row, actor=khanh)
    words = {"title": "Tên của tôi", "text_good": "Câu của tôi", "weight": "sai"}
    with pytest.raises(NotAccepted) as refused:
        write_criterion(criterion=row, sent=Sent(content=words, version="x"), actor=frames.user("phuc"))
    assert refused.value.kept.why == "dropped"
    made = services.put_back_criterion(kept=refused.value.kept, actor=khanh)
    found = content_of(Criterion.objects.prefetch_related("levels").get(pk=made.pk))
    assert (found["title"], found["text_good"], found["weight"]) == ("Tên của tôi", "Câu của tôi", "")


def test_required_criteria_above_are_taken_over_where_nothing_concretises_them(frames, above, child, khanh):
    services.drop_criterion(criterion=one(child, "2"), actor=khanh)
    Criterion.objects.filter(group__framework=child, code="3").update(concretises="", code="2")
    Criterion.objects.filter(group__framework=above, code="1").update(is_required=False)
    services.drop_criterion(criterion=one(child, "1"), actor=khanh)
    assert services.take_required(framework=child, actor=khanh) == 2
    rows = Criterion.objects.filter(group__framework=child).order_by("group__order", "order")
    found = [(row.group.number, row.concretises) for row in rows]
    assert found == [("II", "2"), ("III", ""), ("III", "3")]
    assert len({row.code for row in rows}) == 3
    assert services.take_required(framework=child, actor=khanh) == 0


def test_taking_over_without_a_framework_above_is_refused(frames, khanh):
    with pytest.raises(Refusal, match="không cụ thể hóa"):
        services.take_required(framework=frames.own("SYT", "khanh"), actor=khanh)


def test_group_of_the_parent_is_made_where_the_child_has_none(frames, above, child, khanh):
    for code in ("1", "2", "3"):
        services.drop_criterion(criterion=one(child, code), actor=khanh)
    CriterionGroup.objects.filter(framework=child).delete()
    assert services.take_required(framework=child, actor=khanh) == 3
    assert codes(child) == codes(above)


def test_framework_begins_empty_or_from_the_parent_or_from_another_one(frames, above, child, khanh):
    head = {name: getattr(above, name) for name in ("regulation", "form_key", "subject", "marking")}
    values = {**head, "issuer": frames.province.units["SYT"], "title": "Khung mới", "parent": above}
    begin = framework_heads.begin_framework
    assert codes(begin(values=values, start="empty", actor=khanh)) == {}
    assert codes(begin(values=values, start="parent", actor=khanh)) == codes(above)
    copied = begin(values=values, start="copy", source=child, actor=khanh)
    assert {row.concretises for row in Criterion.objects.filter(group__framework=copied)} == {"1", "2", "3"}
    strange = begin(values={**values, "parent": None}, start="copy", source=child, actor=khanh)
    assert {row.concretises for row in Criterion.objects.filter(group__framework=strange)} == {""}
    from_above = begin(values=values, start="copy", source=above, actor=khanh)
    assert {row.concretises for row in Criterion.objects.filter(group__framework=from_above)} == {"1", "2", "3"}
    for start, more, field in (
        ("copy", {}, "source"),
        ("parent", {"parent": None}, "parent"),
        ("empty", {"parent": child}, "parent"),
    ):
        with pytest.raises(Refusal) as refused:
            begin(values={**values, **more}, start=start, actor=khanh)
        assert refused.value.field == field


def test_copy_into_a_framework_with_criteria_is_refused(child, above, khanh):
    with pytest.raises(Refusal, match="đã có tiêu chí"):
        services.copy_from(framework=child, source=above, actor=khanh)


def test_groups_change_places_and_only_empty_ones_are_left_out(child, khanh):
    second = child.groups.get(number="II")
    framework_groups.move_group(group=second, place="up", actor=khanh)
    framework_groups.move_group(group=second, place="up", actor=khanh)
    assert list(codes(child)) == ["II", "I", "III"]
    with pytest.raises(Refusal, match="còn tiêu chí"):
        framework_groups.drop_group(group=second, actor=khanh)
    with pytest.raises(Refusal):
        framework_groups.move_group(group=second, place="left", actor=khanh)


def test_group_and_head_written_over_a_newer_one_are_stale(child, khanh):
    group = child.groups.get(number="II")
    given = {"group": group, "before": {"title": "Trước"}, "actor": khanh}
    with pytest.raises(Stale):
        framework_groups.update_group(values={"title": "Sau"}, **given)
    with pytest.raises(Stale):
        framework_heads.update_head(framework=child, values={"title": "Sau"}, before={"title": "Trước"}, actor=khanh)
    assert framework_groups.update_group(values={"title": group.title}, **given).title == group.title


def test_framework_may_not_stand_above_itself(frames, above, child, khanh):
    below = frames.child(frames.issue(child, "khanh"))
    Framework.objects.filter(pk=child.pk).update(state="draft")
    with pytest.raises(Refusal, match="vòng"):
        framework_heads.update_head(
            framework=child, values={"parent": below}, before={"parent": child.parent}, actor=khanh
        )


def test_issued_framework_takes_no_act(frames, above, child):
    giang, group = frames.user("giang"), above.groups.first()
    kept = KeptCriterion.objects.create(framework=above, criterion=group.uuid, user=giang, why="dropped")
    acts = (
        (services.add_criterion, {"group": group}),
        (services.move_criterion, {"criterion": one(above, "1"), "place": "up"}),
        (services.drop_criterion, {"criterion": one(above, "1")}),
        (services.put_back_criterion, {"kept": kept}),
        (services.take_required, {"framework": above}),
        (services.copy_from, {"framework": above, "source": child}),
        (framework_groups.drop_group, {"group": group}),
        (framework_heads.add_cover, {"framework": above, "covered": frames.job}),
    )
    for act, given in acts:
        with pytest.raises(Refusal, match="đã ban hành"):
            act(**given, actor=giang)
        with pytest.raises(Forbidden):
            act(**given, actor=frames.user("chi"))


def test_cover_is_added_once_and_taken_away(frames, child, khanh):
    for _twice in range(2):
        cover = framework_heads.add_cover(framework=child, covered=frames.job, actor=khanh)
    assert [str(row) for row in child.covers.all()] == ["Chuyên viên tổ chức cán bộ"]
    framework_heads.drop_cover(cover=cover, actor=khanh)
    assert not child.covers.exists()
