"""Cycles: prepared from an issued plan, opened when everything is there, frozen from then on."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from criteria.guards.cycles import period_has_ended
from criteria.models import Criterion, CriterionLevel, Cycle, CycleFramework, Framework, Plan, Regulation
from criteria.selectors.frameworks.framework_choice import Asked, Held
from criteria.selectors.frameworks.frozen_frameworks import frozen_for, level_texts
from criteria.selectors.reaching import openings
from criteria.selectors.rounds import cycles as selectors
from criteria.services.frameworks import frameworks
from criteria.services.rounds import cycles
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def create(province, **more):
    law = rounds.regulation()
    given = {
        "plan": more.pop("plan", None) or rounds.issued_plan(province),
        "regulation": law,
        "frameworks": rounds.issued_frameworks(province, law),
        "dates": rounds.YEAR_2024,
        "actor": province.users["giang"],
        **more,
    }
    return cycles.create_cycle(**given)


def test_cycle_is_prepared_from_an_issued_plan(province):
    cycle = create(province)
    assert (cycle.code, cycle.state, cycle.regulation.key) == ("2024", "preparing", rounds.KEY)
    assert cycle.title == "Kiểm điểm, đánh giá, xếp loại 2024"
    assert [row.content for row in cycle.frameworks.all()] == [{}, {}, {}]
    assert AuditEvent.objects.filter(action="cycle.created", chain="cycle-2024").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dates": cycles.CycleDates(date(2022, 1, 1), date(2022, 12, 31), date(2022, 10, 31))}, "regulation"),
        ({"dates": cycles.CycleDates(date(2025, 1, 1), date(2025, 12, 31), date(2025, 10, 31))}, "regulation"),
        ({"dates": cycles.CycleDates(date(2024, 7, 1), date(2024, 9, 30), date(2024, 9, 1), "quarter")}, "regulation"),
        ({"dates": cycles.CycleDates(date(2024, 12, 31), date(2024, 12, 31), date(2024, 12, 31))}, "period_end_on"),
        ({"dates": cycles.CycleDates(date(2024, 1, 1), date(2024, 12, 31), date(2023, 12, 31))}, "roster_on"),
    ],
)
def test_cycle_with_wrong_dates_is_refused_and_nothing_is_written(province, change, field):
    with pytest.raises(Refusal) as refused:
        create(province, **change)
    assert refused.value.field == field
    assert not Cycle.objects.exists()


def test_cycle_from_a_draft_or_from_a_plan_below_another_is_refused(province):
    draft = rounds.draft_plan(province)
    with pytest.raises(Refusal) as refused:
        create(province, plan=draft)
    assert refused.value.field == "plan"
    top = rounds.issue(province, draft)
    own = rounds.issue(province, rounds.draft_plan(province, issuer="UBND", parent=top, actor="ha"), actor="ha")
    with pytest.raises(Refusal) as refused:
        create(province, plan=own, actor=province.users["phuc"])
    assert refused.value.field == "plan"


def test_cycle_of_a_period_exists_once(province):
    cycle = create(province)
    with pytest.raises(Refusal) as refused:
        cycles.create_cycle(
            plan=cycle.plan,
            regulation=cycle.regulation,
            frameworks=[],
            dates=rounds.YEAR_2024,
            actor=province.users["phuc"],
        )
    assert "2024" in str(refused.value)
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("name", ["an", "ha", "khanh", "nga", "quan", "son", "tu"])
def test_cycle_is_not_prepared_by_others(province, name):
    plan = rounds.issued_plan(province)
    with pytest.raises(Forbidden):
        create(province, plan=plan, actor=province.users[name])
    assert not Cycle.objects.exists()


def test_draft_framework_cannot_be_chosen(province):
    law = rounds.regulation()
    drafts = frameworks.copy_framework(
        framework=rounds.issued_frameworks(province, law)[0], actor=province.users["giang"]
    )
    with pytest.raises(Refusal) as refused:
        cycles.create_cycle(
            plan=rounds.issued_plan(province),
            regulation=law,
            frameworks=[drafts],
            dates=rounds.YEAR_2024,
            actor=province.users["giang"],
        )
    assert refused.value.field == "frameworks"


def test_change_keeps_the_code_and_replaces_the_choice(province):
    cycle = create(province)
    changed = cycles.update_cycle(
        cycle=cycle,
        plan=cycle.plan,
        regulation=cycle.regulation,
        frameworks=Framework.objects.filter(form_key="02A"),
        dates=cycles.CycleDates(date(2024, 1, 1), date(2024, 12, 31), date(2024, 11, 1)),
        title="Đợt năm 2024",
        actor=province.users["giang"],
        version=cycle.version,
    )
    assert (changed.version, changed.roster_on, changed.title) == (2, date(2024, 11, 1), "Đợt năm 2024")
    assert [row.framework.form_key for row in changed.frameworks.all()] == ["02A"]
    with pytest.raises(Stale):
        cycles.update_cycle(
            cycle=cycle,
            plan=cycle.plan,
            regulation=cycle.regulation,
            frameworks=[],
            dates=rounds.YEAR_2024,
            actor=province.users["giang"],
            version=1,
        )


def test_change_of_the_period_or_of_an_open_cycle_is_refused(province):
    cycle = create(province)
    given = {"plan": cycle.plan, "regulation": cycle.regulation, "frameworks": [], "actor": province.users["giang"]}
    other = cycles.CycleDates(date(2023, 10, 4), date(2023, 12, 31), date(2023, 11, 1))
    with pytest.raises(Refusal) as refused:
        cycles.update_cycle(cycle=cycle, dates=other, version=1, **given)
    assert refused.value.field == "period_end_on"
    opened = advance(cycle, "open", actor=province.users["giang"], version=1)
    with pytest.raises(Refusal):
        cycles.update_cycle(cycle=opened, dates=rounds.YEAR_2024, version=opened.version, **given)
    assert opened.frameworks.count() == 3


def test_cycle_is_ready_when_nothing_is_missing(province):
    assert openings.what_is_missing(create(province)) == []


def test_everything_that_is_missing_is_listed(province):
    plan = rounds.issued_plan(province, milestones=rounds.dated(("meeting", date(2024, 11, 20))))
    cycle = create(province, plan=plan, frameworks=Framework.objects.none())
    missing = openings.what_is_missing(cycle)
    assert [line for line in missing if "Mẫu 02A-HD KĐ.ĐG 2023" in line]
    assert [line for line in missing if "Mẫu 01-HD KĐ.ĐG 2023" in line]
    assert [line for line in missing if "Nộp bản tự kiểm điểm" in line]
    assert not [line for line in missing if "Họp kiểm điểm" in line]
    assert len(missing) == 3 + 5
    with pytest.raises(Blocked) as blocked:
        advance(cycle, "open", actor=province.users["giang"], version=1)
    assert all(line in str(blocked.value) for line in missing)
    assert Cycle.objects.get().state == "preparing"


def test_superseded_framework_and_lapsed_law_are_missing_again(province):
    cycle = create(province)
    framework = Framework.objects.get(form_key="02B")
    advance(framework, "supersede", actor=province.users["giang"], version=framework.version)
    Cycle.objects.filter(pk=cycle.pk).update(period_end_on=date(2025, 12, 31))
    missing = " ".join(openings.what_is_missing(Cycle.objects.get()))
    assert "không còn hiệu lực" in missing or "chưa có hiệu lực" in missing
    assert str(framework) in missing


def test_opening_freezes_frameworks_and_regulation(province):
    cycle = rounds.open_cycle(province)
    assert cycle.state == "open"
    assert cycle.opened_at is not None
    assert Regulation.objects.get(key=rounds.KEY).used_at is not None
    assert not Framework.objects.filter(frozen_at=None).exists()
    content = CycleFramework.objects.get(framework__form_key="02A").content
    assert [group["title"] for group in content["groups"]] == [
        "Phẩm chất chính trị, đạo đức, lối sống, ý thức tổ chức kỷ luật, tác phong, lề lối làm việc",
        "Kết quả thực hiện nhiệm vụ được giao trong năm",
        "Kết quả khắc phục hạn chế, khuyết điểm",
    ]
    assert set(content["groups"][1]["criteria"][0]["levels"]) == {"excellent", "good", "average", "poor"}


def test_level_texts_are_those_that_the_cycle_froze(province):
    cycle = rounds.open_cycle(province)
    texts = level_texts(cycle, "02A", "duties_level", "person")
    assert [text.code for text in texts] == ["excellent", "good", "average", "poor"]
    assert texts[0].text.startswith("Hoàn thành 100% nhiệm vụ đúng tiến độ")
    CriterionLevel.objects.all().update(text="đổi sau khi mở đợt")
    assert level_texts(cycle, "02A", "duties_level", "person") == texts
    chosen = frozen_for(cycle, Asked("person", "02B")).framework_id
    assert level_texts(cycle, "02B", "duties_level", "person", framework_id=chosen)[0].text.startswith(
        "Hoàn thành 100%"
    )
    assert level_texts(cycle, "02A", "pledge", "person") == ()
    assert level_texts(cycle, "09", "duties_level", "person") == ()


def test_narrower_framework_wins_for_whom_it_fits(province):
    law = rounds.regulation()
    made = rounds.issued_frameworks(province, law)
    narrow = frameworks.copy_framework(framework=made[1], actor=province.users["giang"])
    Framework.objects.filter(pk=narrow.pk).update(line="state", number="02-HD/TU", issued_on=date(2024, 10, 2))
    cv = province.positions["CV"]
    narrow.covers.create(position=cv)
    narrow = advance(narrow, "issue", actor=province.users["giang"], version=narrow.version)
    cycle = rounds.open_cycle(province, frameworks=[*made, narrow])
    assert frozen_for(cycle, Asked("person", "02A")).framework_id == made[1].pk
    fits = frozen_for(cycle, Asked("person", "02A", line="state", posts=(Held(None, cv),)))
    assert fits.framework_id == narrow.pk
    elsewhere = frozen_for(cycle, Asked("person", "02A", line="party", posts=(Held(None, cv),)))
    assert elsewhere.framework_id == made[1].pk
    assert frozen_for(cycle, Asked("collective", "02A")) is None


def test_codes_run_on_and_never_repeat(province):
    cycle = create(province)
    assert cycles.take_code(cycle, "CB") == "2024-CB-000001"
    assert cycles.take_codes(cycle, "TT", 2) == ["2024-TT-000002", "2024-TT-000003"]
    assert cycles.take_code(Cycle.objects.get(), "CB") == "2024-CB-000004"


def test_cycle_closes_only_after_its_period(province, monkeypatch):
    cycle = rounds.open_cycle(province)
    assert period_has_ended(cycle, province.users["giang"]) == ""
    cycle.period_end_on = date(2999, 12, 31)
    assert "31/12/2999" in period_has_ended(cycle, province.users["giang"])


def test_current_cycle_is_the_latest_open_one_and_preparing_ones_stay_hidden(province):
    cycle = create(province)
    assert selectors.current_for(province.users["an"]) is None
    assert not selectors.visible_to(province.users["an"]).exists()
    assert not selectors.visible_to(province.users["khanh"]).exists()
    assert selectors.visible_to(province.users["giang"]).get() == cycle
    advance(cycle, "open", actor=province.users["giang"], version=1)
    assert selectors.current_for(province.users["an"]) == cycle
    assert not selectors.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("name", ["ha", "an", "khanh", "lan"])
def test_cycle_is_not_opened_by_others(province, name):
    cycle = create(province)
    with pytest.raises(Forbidden):
        advance(cycle, "open", actor=province.users[name], version=1)
    assert Plan.objects.count() == 1
    assert Criterion.objects.count() == 14


def test_draft_plan_and_a_period_the_law_does_not_rate_are_missing(province):
    cycle = create(province)
    Plan.objects.update(state="draft")
    Cycle.objects.update(period_kind="quarter")
    missing = openings.what_is_missing(Cycle.objects.get())
    assert f"Kế hoạch “{cycle.plan}” chưa được ban hành." in missing
    assert "Quy định 124-QĐ/TW không xếp loại theo loại kỳ này." in missing


def test_two_general_frameworks_of_one_form_and_a_foreign_one_are_named(province):
    law = rounds.regulation()
    made = rounds.issued_frameworks(province, law)
    second = frameworks.copy_framework(framework=made[0], actor=province.users["giang"])
    Framework.objects.filter(pk=second.pk).update(state="issued")
    cycle = create(province, frameworks=Framework.objects.all())
    twice = "Có nhiều hơn một khung tiêu chí chung được chọn cho Mẫu 01-HD KĐ.ĐG 2023."
    assert openings.what_is_missing(cycle) == [twice]
    other = Regulation.objects.create(
        key="thử", title="Thử", number="1", issued_on=law.issued_on, in_force_from=law.in_force_from, content={}
    )
    Framework.objects.filter(pk=second.pk).update(regulation=other)
    assert f"Khung tiêu chí “{second}” thuộc quy định khác." in openings.what_is_missing(cycle)


def test_frameworks_of_organisations_are_told_apart():
    law = rounds.parsed_law()
    assert {form.key: str(selectors.subject_of(form)) for form in law.forms} == {
        "01": "collective",
        "02A": "person",
        "02B": "person",
    }
