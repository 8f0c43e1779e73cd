"""Plans as a service writes them: whole, by the right person, at the right version, and never half."""

from datetime import date

import pytest

from criteria.models import FocusTopic, Milestone, Plan
from criteria.services.rounds import plans
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def update(province, plan, *, actor="giang", **more):
    given = {
        "title": plan.title,
        "number": "173-KH/TU",
        "issued_on": date(2024, 10, 11),
        "content": "",
        "milestones": rounds.dated(),
        "topics": [],
        "version": plan.version,
        **more,
    }
    return plans.update_plan(plan=plan, actor=province.users[actor], **given)


def test_plan_is_made_as_a_draft_with_its_history(province):
    plan = rounds.draft_plan(province)
    assert (plan.state, plan.version, plan.number) == ("draft", 1, "")
    assert plan.milestones.count() == 6
    event = AuditEvent.objects.get(action="plan.created")
    assert (event.object_id, event.unit_path) == (str(plan.uuid), "TU")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "   "}, "title"),
        ({"year": 2017}, "year"),
        ({"year": 2101}, "year"),
    ],
)
def test_plan_with_a_wrong_word_is_refused(province, change, field):
    given = {"issuer": province.units["TU"], "year": 2024, "title": "Kế hoạch", "actor": province.users["giang"]}
    with pytest.raises(Refusal) as refused:
        plans.create_plan(**given | change)
    assert refused.value.field == field
    assert not Plan.objects.exists()


def test_plan_stands_under_one_of_its_year_and_never_under_itself(province):
    top = rounds.draft_plan(province)
    with pytest.raises(Refusal) as refused:
        rounds.draft_plan(province, issuer="UBND", parent=top, actor="ha", year=2023, milestones=[])
    assert refused.value.field == "parent"
    own = rounds.draft_plan(province, issuer="UBND", parent=top, actor="ha", milestones=[])
    with pytest.raises(Refusal) as refused:
        update(province, top, parent=own)
    assert refused.value.field == "parent"
    top.refresh_from_db()
    assert top.parent is None


@pytest.mark.parametrize("name", ["an", "binh", "ha", "khanh", "lan", "nga", "quan", "son", "tu"])
def test_plan_of_the_province_is_not_written_by_others(province, name):
    with pytest.raises(Forbidden):
        rounds.draft_plan(province, actor=name)
    plan = rounds.draft_plan(province)
    with pytest.raises(Forbidden):
        update(province, plan, actor=name)
    with pytest.raises(Forbidden):
        plans.copy_plan(plan=plan, issuer=plan.issuer, year=2025, actor=province.users[name])
    with pytest.raises(Forbidden):
        advance(plan, "issue", actor=province.users[name], version=1)
    plan.refresh_from_db()
    assert (plan.version, plan.state) == (1, "draft")


def test_officer_writes_for_his_own_body_and_the_one_he_advises(province):
    assert rounds.draft_plan(province, issuer="SYT", actor="khanh").issuer.code == "SYT"
    assert rounds.draft_plan(province, issuer="UBND", actor="ha").issuer.code == "UBND"
    assert rounds.draft_plan(province, issuer="BTCTU", actor="giang").issuer.code == "BTCTU"
    for code, name in (("SKH", "khanh"), ("UBND", "khanh"), ("TU", "ha"), ("SYT", "giang")):
        with pytest.raises(Forbidden):
            rounds.draft_plan(province, issuer=code, actor=name, year=2023, milestones=[])
    assert rounds.draft_plan(province, issuer="SKH", actor="phuc").issuer.code == "SKH"


def test_update_replaces_the_rows_and_raises_the_version(province):
    plan = rounds.draft_plan(province)
    changed = update(
        province,
        plan,
        title="Kế hoạch đã sửa",
        milestones=rounds.dated(("meeting", date(2024, 11, 19))),
        topics=[plans.TopicRow("Chuyển đổi số"), plans.TopicRow("Quy định 144", "144-QĐ/TW")],
    )
    assert (changed.version, changed.title) == (2, "Kế hoạch đã sửa")
    assert list(Milestone.objects.values_list("step", "due_on")) == [("meeting", date(2024, 11, 19))]
    assert list(FocusTopic.objects.values_list("order", "title")) == [(1, "Chuyển đổi số"), (2, "Quy định 144")]
    again = update(province, changed, topics=[])
    assert not FocusTopic.objects.exists()
    assert again.version == 3


def test_refused_update_leaves_every_row_as_it_was(province):
    plan = update(province, rounds.draft_plan(province), topics=[plans.TopicRow("Chuyển đổi số")])
    rows = rounds.dated(("meeting", date(2024, 11, 19)), ("decision", date(2030, 1, 1)))
    with pytest.raises(Refusal):
        update(province, plan, milestones=rows, topics=[], title="Không được lưu")
    plan.refresh_from_db()
    assert (plan.version, plan.milestones.count(), plan.topics.count()) == (2, 6, 1)
    assert plan.title != "Không được lưu"


def test_stale_update_is_refused(province):
    plan = rounds.draft_plan(province)
    update(province, plan)
    with pytest.raises(Stale):
        update(province, plan, title="Muộn mất rồi")
    assert Plan.objects.get().version == 2


def test_issued_plan_changes_no_more(province):
    plan = rounds.issued_plan(province)
    with pytest.raises(Refusal) as refused:
        update(province, plan)
    assert "không còn là dự thảo" in str(refused.value)
    with pytest.raises(Stale):
        advance(plan, "issue", actor=province.users["giang"], version=plan.version)


def test_plan_below_is_issued_after_the_one_above(province):
    top = rounds.draft_plan(province)
    own = rounds.draft_plan(province, issuer="UBND", parent=top, actor="ha", milestones=[])
    with pytest.raises(Blocked) as blocked:
        rounds.issue(province, own, actor="ha")
    assert (
        str(blocked.value)
        == "Kế hoạch cấp trên “Kế hoạch kiểm điểm năm 2024 của Tỉnh ủy Quảng Ngãi” chưa được ban hành."
    )
    rounds.issue(province, top)
    own.refresh_from_db()
    assert rounds.issue(province, own, actor="ha").state == "issued"


def test_plan_below_is_not_issued_once_the_dates_above_have_become_earlier(province):
    top = rounds.issued_plan(province)
    own = rounds.draft_plan(
        province, issuer="UBND", parent=top, actor="ha", milestones=rounds.dated(("meeting", date(2024, 11, 20)))
    )
    own = update(province, own, actor="ha", parent=top, milestones=rounds.dated(("meeting", date(2024, 11, 20))))
    plans.move_milestone(
        milestone=top.milestones.get(step="meeting"),
        due_on=date(2024, 11, 10),
        document="CV 60-CV/TU",
        actor=province.users["giang"],
        version=top.version,
    )
    with pytest.raises(Blocked) as blocked:
        advance(own, "issue", actor=province.users["ha"], version=own.version)
    assert "muộn hơn hạn 10/11/2024" in str(blocked.value)


def test_own_date_is_measured_against_the_row_above_that_speaks_for_the_same_place(province):
    rows = [
        plans.MilestoneRow("meeting", date(2024, 11, 30)),
        plans.MilestoneRow("meeting", date(2024, 11, 20), line="state"),
        plans.MilestoneRow("meeting", date(2024, 11, 10), unit=province.units["SYT"]),
    ]
    top = rounds.issued_plan(province, milestones=rows)

    def own(**place):
        Plan.objects.filter(issuer=province.units["UBND"]).delete()
        return rounds.draft_plan(
            province,
            issuer="UBND",
            parent=top,
            actor="ha",
            milestones=[plans.MilestoneRow("meeting", place.pop("due_on"), **place)],
        )

    with pytest.raises(Refusal):
        own(due_on=date(2024, 11, 21))
    with pytest.raises(Refusal):
        own(due_on=date(2024, 11, 11), unit=province.units["SYT"])
    with pytest.raises(Refusal):
        own(due_on=date(2024, 11, 21), unit_kind=province.units["SYT"].kind)
    own(due_on=date(2024, 11, 10), unit=province.units["SYT"]).milestones.all().delete()
    own(due_on=date(2024, 11, 25), line="party").milestones.all().delete()


def test_copy_brings_the_29th_of_february_to_the_28th(province):
    plan = rounds.draft_plan(province, year=2023, milestones=rounds.dated(("dossier", date(2024, 2, 29))))
    copied = plans.copy_plan(plan=plan, issuer=plan.issuer, year=2024, actor=province.users["giang"])
    assert copied.milestones.get().due_on == date(2025, 2, 28)
    with pytest.raises(Refusal) as refused:
        plans.copy_plan(plan=plan, issuer=plan.issuer, year=2024, actor=province.users["giang"])
    assert refused.value.field == "issuer"


def test_demonstration_may_put_its_dates_around_today(province):
    plan = plans.create_plan(
        issuer=province.units["TU"],
        year=2024,
        title="Kế hoạch thử",
        actor=province.users["giang"],
        milestones=rounds.dated(("meeting", date(2030, 1, 1))),
        is_demo=True,
    )
    assert plan.milestones.get().due_on == date(2030, 1, 1)
