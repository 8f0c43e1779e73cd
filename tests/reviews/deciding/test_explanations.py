"""The explained grade: every condition under its grade, what decides marked, frozen with the decision."""

import pytest
from django.urls import reverse
from django.utils import translation

from criteria.rating import Condition
from reviews.models import Rating, TaskTally
from reviews.selectors.grading.explanations import explanation_of, unknown_of
from reviews.services.grading.decisions import notify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def numbers(ring):
    """Chi did everything in time, and five tasks of twenty beyond the target: that caps at good and nothing lower."""
    numbers = {"assigned": 20, "done": 20, "on_time": 20, "beyond": 5, "quality_met": True}
    TaskTally.objects.filter(sheet__review=ring.rating("chi").review, scope="tasks").update(**numbers)


def marks(found):
    return {line.condition.rule: line.mark for branch in (*found.branches, found.gates) for line in branch.lines}


def test_conditions_stand_under_the_grades_that_ask_for_them(ring):
    found = explanation_of(ring.rating("chi"))
    assert [branch.grade for branch in found.branches] == ["excellent", "good", "completed"]
    assert [branch.is_barred for branch in found.branches] == [True, False, False]
    under = {branch.grade: {line.condition.rule for line in branch.lines} for branch in found.branches}
    assert {"tasks_all_done", "tasks_half_beyond", "levels_results_excellent"} <= under["excellent"]
    assert {"levels_results_good", "tasks_done_for_good"} <= under["good"]
    assert {"tasks_under_half", "own_discipline", "levels_one_poor"} <= under["completed"]
    assert {line.condition.rule for line in found.gates.lines} >= {"review_not_completed", "under_verification"}


def test_met_conditions_tell_their_figures_and_open_ones_ask_their_question(ring):
    found = explanation_of(ring.rating("chi"))
    lines = {line.condition.rule: line for branch in found.branches for line in branch.lines}
    assert lines["tasks_all_done"].sentence == "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%)."
    assert lines["tasks_half_beyond"].sentence.startswith("Vượt mức 5/20 chỉ tiêu, nhiệm vụ (25%); mức Hoàn thành")
    assert marks(found)["tasks_half_beyond"] == "unmet"
    assert marks(found)["levels_one_poor"] == "open"
    assert {line.condition.rule for line in found.open_lines} >= {"levels_one_poor", "tasks_done_for_good"}
    assert all(line.condition.question for line in found.open_lines)


def test_open_conditions_stand_behind_the_firm_ones(ring):
    for branch in explanation_of(ring.rating("chi")).branches:
        order = [line.mark == "open" for line in branch.lines]
        assert order == sorted(order)


def test_lowest_ceilings_decide(ring):
    found = explanation_of(ring.rating("chi"))
    assert found.suggestion.grade == "good"
    assert "tasks_half_beyond" in {row.rule for row in found.deciding}
    assert {row.caps_at for row in found.deciding} == {"good"}


def test_rating_that_gives_no_grade_is_decided_by_its_gate(ring):
    chi = ring.rating("chi")
    chi.circumstances.create(kind="under_verification", document="CV 1-CV/UBKT")
    found = explanation_of(ring.rating("chi"))
    assert found.suggestion.outcome == "postponed"
    assert [row.rule for row in found.deciding] == ["under_verification"]
    assert marks(found)["under_verification"] == "unmet"
    assert found.gates.is_barred


def test_conditions_are_frozen_with_the_decision_and_later_law_changes_none(ring):
    chi = ring.rating("chi")
    ring.decide([chi], "good", "BTV-DUK")
    row = ring.rating("chi")
    kept = row.suggestion["conditions"]
    assert {each["rule"] for each in kept} >= {"tasks_all_done", "levels_one_poor"}
    before = explanation_of(row).conditions
    assert {Condition.from_data(each) for each in kept} >= set(before)
    changed = [each | {"text": "Điều kiện như đã niêm phong"} for each in kept]
    Rating.objects.filter(pk=row.pk).update(suggestion=row.suggestion | {"conditions": changed})
    assert {each.text for each in explanation_of(ring.rating("chi")).conditions} == {"Điều kiện như đã niêm phong"}


def test_decision_of_before_conditions_were_kept_is_still_explained(ring):
    chi = ring.rating("chi")
    ring.decide([chi], "good", "BTV-DUK")
    row = ring.rating("chi")
    older = {name: value for name, value in row.suggestion.items() if name != "conditions"}
    whole = explanation_of(row).conditions
    Rating.objects.filter(pk=row.pk).update(suggestion=older)
    assert explanation_of(ring.rating("chi")).conditions == whole


def test_decision_whose_facts_the_law_reads_no_more_keeps_its_ceilings(ring):
    chi = ring.rating("chi")
    ring.decide([chi], "good", "BTV-DUK")
    row = ring.rating("chi")
    older = {name: value for name, value in row.suggestion.items() if name != "conditions"}
    Rating.objects.filter(pk=row.pk).update(suggestion=older, facts=row.facts | {"unheard_of": 1})
    found = explanation_of(ring.rating("chi"))
    assert found.conditions == ()
    assert "tasks_half_beyond" in {each.rule for each in found.suggestion.ceilings}


def test_page_shows_the_tree_with_links_into_the_law(ring, client):
    chi = ring.rating("chi")
    client.force_login(ring.users["tu"])
    page = client.get(reverse("reviews:rating_detail", args=[chi.uuid])).content.decode()
    law = reverse("criteria:regulation_detail", args=[chi.cycle.regulation.uuid])
    assert "Hoàn thành 20/20 chỉ tiêu, nhiệm vụ được giao (100%)." in page
    assert f"{law}#rule-tasks_all_done" in page
    assert f"{law}#rule-tasks_half_beyond" in page
    assert "quyết định mức" in page


@pytest.mark.parametrize(
    ("path", "what", "who"),
    [
        ("levels.results", "mức về kết quả thực hiện nhiệm vụ", "người viết, trong bản tự kiểm điểm"),
        ("points.results", "điểm kết quả thực hiện nhiệm vụ", "người viết, trong bản tự kiểm điểm"),
        ("units_led.beyond", "đơn vị phụ trách: số nhiệm vụ vượt mức", "người viết, trên phiếu dữ kiện"),
        ("subordinate_units", "số đơn vị trực thuộc", "cán bộ phụ trách"),
    ],
)
def test_missing_fact_is_named_with_its_place_and_who_can_give_it(path, what, who):
    with translation.override("vi"):
        found = unknown_of(path)
    assert (found.what, found.who) == (what, who)


def test_review_page_explains_the_grade_once_it_is_told(ring, client):
    chi = ring.rating("chi")
    ring.decide([chi], "good", "BTV-DUK")
    client.force_login(ring.users["chi"])
    address = reverse("reviews:review_detail", args=[chi.review.uuid])
    sentence = "Vượt mức 5/20 chỉ tiêu, nhiệm vụ (25%)"
    assert sentence not in client.get(address).content.decode()
    notify(ratings=[ring.rating("chi")], actor=ring.users["tu"])
    page = client.get(address).content.decode()
    assert sentence in page
    assert "Vì sao xếp loại mức này" in page
