"""The forecast: conditions met and unmet by one's own words, never a grade."""

import pytest
from django.urls import reverse

from criteria.regulation import find
from orgs.models import RatingKind
from reviews.models import Rating
from reviews.selectors.writing.answers import whole_text
from reviews.selectors.writing.forecasts import forecast_of, rules_on_own_words
from reviews.services.writing.answers import save_section
from reviews.services.writing.tasks_stated import state_tasks
from tests.reviews.writing.conftest import full_answers

GRADES = ("Hoàn thành xuất sắc", "Hoàn thành tốt", "Không hoàn thành")


def write(review, user, level):
    for key, content in full_answers(review).items():
        levels = {item: {"level": level} if "level" in value else value for item, value in content.items()}
        save_section(review=review, section_key=key, content=levels, version=0, actor=user)


def forecast(review):
    return forecast_of(review, whole_text(review))


def rules(rows):
    return {row.rule for row in rows}


def test_nothing_written_knows_nothing_of_the_levels(round_of):
    found = forecast(round_of.chi)
    assert {"levels_all_good_for_excellent", "levels_results_excellent", "tasks_half_beyond"} <= rules(found.unknown)
    assert not found.unmet


def test_good_levels_everywhere_leave_results_short_of_excellent(round_of):
    write(round_of.chi, round_of.users["chi"], "good")
    found = forecast(round_of.chi)
    assert "levels_all_good_for_excellent" in rules(found.met)
    assert "levels_results_excellent" in rules(found.unmet)
    reason = next(row.reason for row in found.unmet if row.rule == "levels_results_excellent")
    assert reason.startswith("Có 1 trong 1 tiêu chí về kết quả thực hiện nhiệm vụ chưa đạt cấp độ Xuất sắc")


def test_tasks_count_as_soon_as_they_are_stated(round_of):
    numbers = {"assigned": 20, "done": 20, "on_time": 20, "beyond": 9, "quality_met": True}
    state_tasks(review=round_of.chi, tallies={"tasks": numbers}, version=0, actor=round_of.users["chi"])
    found = forecast(round_of.chi)
    assert {"tasks_all_done", "tasks_all_on_time", "tasks_quality"} <= rules(found.met)
    reason = next(row.reason for row in found.unmet if row.rule == "tasks_half_beyond")
    assert reason == "Vượt mức 9/20 chỉ tiêu, nhiệm vụ (45%); mức Hoàn thành xuất sắc nhiệm vụ đòi hỏi ít nhất 50%."


def test_what_others_must_state_is_not_judged_by_silence(round_of):
    found = forecast(round_of.an)
    asked = rules(found.met) | rules(found.unmet) | rules(found.unknown)
    assert not {rule for rule in asked if "discipline" in rule or "corruption" in rule or "head" in rule}


@pytest.mark.parametrize("level", ["excellent", "average", "poor"])
def test_the_words_count_conditions_and_promise_no_grade(round_of, level):
    write(round_of.chi, round_of.users["chi"], level)
    found = forecast(round_of.chi)
    assert found.words == (
        f"Nếu nộp lúc này: {len(found.met)} điều kiện đã đạt, {len(found.unmet)} chưa đạt, "
        f"{len(found.unknown)} chưa rõ."
    )
    assert not any(grade in found.words for grade in GRADES)


def test_the_rating_as_cadre_leads_and_without_any_rating_there_is_no_forecast(round_of):
    Rating.objects.filter(review=round_of.chi, kind=RatingKind.CADRE).delete()
    assert forecast(round_of.chi) is not None
    Rating.objects.filter(review=round_of.chi).delete()
    assert forecast(round_of.chi) is None


def test_the_report_of_a_collective_is_judged_as_a_collective(round_of):
    found = forecast(round_of.report)
    asked = rules(found.met) | rules(found.unmet) | rules(found.unknown)
    assert "levels_results_excellent" in asked
    assert "tasks_half_beyond" not in asked


def test_met_conditions_tell_their_figures_and_lead_into_the_law(round_of, client):
    numbers = {"assigned": 20, "done": 20, "on_time": 20, "beyond": 9, "quality_met": True}
    state_tasks(review=round_of.chi, tallies={"tasks": numbers}, version=0, actor=round_of.users["chi"])
    found = forecast(round_of.chi)
    figures = {row.rule: row.figures for row in found.met}
    assert figures["tasks_all_done"] == "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%)."
    client.force_login(round_of.users["chi"])
    page = client.get(reverse("reviews:review_detail", args=[round_of.chi.uuid])).content.decode()
    assert figures["tasks_all_done"] in page
    assert f"{reverse('criteria:regulation_detail', args=[found.law.uuid])}#rule-tasks_all_done" in page


@pytest.mark.parametrize(("key", "counts"), [("366-QĐ/TW@2025-08-30", True), ("124-QĐ/TW@2023-10-04", False)])
def test_points_are_among_ones_own_words_where_the_law_counts_them(key, counts):
    asked = rules_on_own_words(find(key))
    assert any(find(key).rule(rule).function == "points_below" for rule in asked) is counts
    assert not any(find(key).rule(rule).function in ("disciplined", "finding", "circumstance") for rule in asked)
