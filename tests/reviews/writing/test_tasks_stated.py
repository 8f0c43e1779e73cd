"""The author's numbers: unknown stays unknown, sums are checked at their field, afterwards only from a document."""

import json

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from reviews.models import FactsSheet, Rating, Review, TaskTally
from reviews.selectors.writing.tallies_stated import as_facts, stated_tasks
from reviews.services.writing.tasks_stated import SumsRefused, state_tasks, sum_errors

OWN = {"assigned": 20, "done": 20, "on_time": 19, "beyond": 11, "quality_met": True, "main_targets_missed": None}


def state(round_of, values=OWN, *, version=0, name="an", scope="tasks", **more):
    return state_tasks(review=round_of.an, tallies={scope: values}, version=version, actor=round_of.users[name], **more)


def test_the_author_states_numbers_and_leaves_the_rest_unknown(round_of):
    state(round_of)
    row = TaskTally.objects.get()
    assert (row.assigned, row.on_time, row.main_targets_missed, row.force_majeure) == (20, 19, None, None)
    assert as_facts(stated_tasks(round_of.an).tallies) == {
        "tasks": {"assigned": 20, "done": 20, "on_time": 19, "beyond": 11, "quality_met": True}
    }


def test_zero_is_a_number_and_not_unknown(round_of):
    state(round_of, {"assigned": 4, "done": 0})
    assert as_facts(stated_tasks(round_of.an).tallies) == {"tasks": {"assigned": 4, "done": 0}}


def test_a_number_can_become_unknown_again(round_of):
    state(round_of)
    state(round_of, {"assigned": None, "done": None, "on_time": None, "beyond": None}, version=1)
    assert as_facts(stated_tasks(round_of.an).tallies) == {"tasks": {"quality_met": True}}


def test_units_led_carry_the_names_of_the_grading_contract(round_of):
    state(round_of, {"units_total": 8, "units_completed": 8, "units_good": 6}, scope="units_led")
    assert as_facts(stated_tasks(round_of.an).tallies) == {
        "units_led": {"total": 8, "completed_or_better": 8, "good_or_better": 6}
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"assigned": 3, "done": 4}, "done"),
        ({"assigned": 3, "done": 3, "on_time": 4}, "on_time"),
        ({"assigned": 3, "done": 2, "beyond": 3}, "beyond"),
        ({"done": 3}, "done"),
        ({"assigned": 3, "on_time": 1}, "on_time"),
        ({"assigned": 9, "done": 8, "undone_objective": 2}, "undone_objective"),
        ({"assigned": 9, "done": 8, "on_time": 7, "late_objective": 2}, "late_objective"),
        ({"assigned": 9, "late_objective": 1}, "late_objective"),
        ({"units_total": 3, "units_completed": 4}, "units_completed"),
        ({"units_total": 3, "units_completed": 2, "units_good": 3}, "units_good"),
    ],
)
def test_sums_that_cannot_be_are_told_at_their_field(values, field):
    assert list(sum_errors(values)) == [field]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"assigned": 0, "done": 0},
        {"assigned": 3, "done": 3, "on_time": 3, "beyond": 3},
        {"assigned": 9, "done": 8, "on_time": 6, "undone_objective": 1, "late_objective": 2},
        {"units_total": 3, "units_completed": 3, "units_good": 3},
    ],
)
def test_sums_that_can_be_pass(values):
    assert sum_errors(values) == {}


def test_a_wrong_sum_writes_nothing_at_all(round_of):
    with pytest.raises(SumsRefused) as refused:
        state_tasks(
            review=round_of.an,
            tallies={"tasks": OWN, "units_led": {"assigned": 1, "done": 2}},
            version=0,
            actor=round_of.users["an"],
        )
    assert (refused.value.scope, refused.value.field) == ("units_led", "done")
    assert not FactsSheet.objects.exists()


def test_a_stale_version_is_refused(round_of):
    state(round_of)
    with pytest.raises(Stale):
        state(round_of, {"assigned": 1})
    assert TaskTally.objects.get().assigned == 20


@pytest.mark.parametrize("name", ["binh", "nga", "giang", "quan", "minh", "tu"])
def test_while_the_author_writes_nobody_else_states_numbers(round_of, name):
    with pytest.raises(Forbidden):
        state(round_of, name=name, document_ref="BC 1")


@pytest.mark.parametrize("scope", ["collective_tasks", "nowhere"])
def test_a_scope_that_the_regulation_does_not_ask_for_is_refused(round_of, scope):
    with pytest.raises(Refusal):
        state(round_of, {"assigned": 1}, scope=scope)


def test_scopes_follow_the_regulation(round_of):
    assert stated_tasks(round_of.an).scopes == ("tasks", "units_led")
    assert stated_tasks(round_of.report).scopes == ("tasks",)
    assert stated_tasks(round_of.chi).scopes == ("tasks",)


def test_after_submitting_the_officer_corrects_from_a_document_and_the_history_tells_both_numbers(round_of):
    state(round_of)
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    round_of.an.refresh_from_db()
    with pytest.raises(Forbidden):
        state(round_of, version=1)
    with pytest.raises(Refusal) as refused:
        state(round_of, {"beyond": 9}, version=1, name="giang")
    assert refused.value.field == "document_ref"
    with pytest.raises(SumsRefused):
        state(round_of, {"beyond": 21}, version=1, name="giang", document_ref="BC 218")
    state(round_of, {"beyond": 9}, version=1, name="giang", document_ref="BC 218 ngày 02/10/2024")
    payload = json.loads(AuditEvent.objects.filter(action="review.tasks_stated").latest("id").payload)
    assert payload["changes"] == {"tasks": {"beyond": [11, 9]}}
    assert payload["document"] == "BC 218 ngày 02/10/2024"


def test_numbers_are_frozen_once_every_grade_is_decided(round_of):
    Review.objects.filter(pk=round_of.an.pk).update(state="finished")
    Rating.objects.filter(review=round_of.an).update(decided_grade="good")
    round_of.an.refresh_from_db()
    with pytest.raises(Refusal):
        state(round_of, name="giang", document_ref="BC 1")


def address(round_of):
    return reverse("reviews:facts_edit", args=[round_of.an.uuid])


def test_the_page_saves_and_says_so(client, round_of):
    client.force_login(round_of.users["an"])
    sent = {"version": 0, "tasks-assigned": "20", "tasks-done": "18", "tasks-quality_met": "no"}
    answer = client.post(address(round_of), sent, follow=True)
    assert "Đã lưu số liệu." in answer.content.decode()
    own = TaskTally.objects.get(scope="tasks")
    assert (own.assigned, own.done, own.on_time, own.quality_met) == (20, 18, None, False)
    shown = client.get(address(round_of)).content.decode()
    assert 'name="version" value="1"' in shown
    assert 'value="18"' in shown


def test_the_page_links_a_wrong_sum_to_its_field_and_keeps_what_was_typed(client, round_of):
    client.force_login(round_of.users["an"])
    sent = {"version": 0, "tasks-assigned": "3", "tasks-done": "4", "units_led-assigned": "7"}
    answer = client.post(address(round_of), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_tasks-done"' in shown
    assert 'value="7"' in shown
    assert not FactsSheet.objects.exists()


@pytest.mark.parametrize("version", ["", "5"])
def test_the_page_answers_409_to_a_version_that_is_not_the_present_one(client, round_of, version):
    client.force_login(round_of.users["an"])
    assert client.post(address(round_of), {"version": version, "tasks-assigned": "1"}).status_code == 409


@pytest.mark.parametrize(("name", "status"), [("an", 200), ("giang", 403), ("nga", 403), ("tu", 404), ("khanh", 404)])
def test_the_page_is_the_authors_while_writing(client, round_of, name, status):
    client.force_login(round_of.users[name])
    assert client.get(address(round_of)).status_code == status
    assert client.post(address(round_of), {"version": 0}).status_code == (302 if status == 200 else status)


def test_the_page_asks_the_officer_for_the_document_afterwards(client, round_of):
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    client.force_login(round_of.users["giang"])
    assert "Số, ngày của văn bản" in client.get(address(round_of)).content.decode()
    without = client.post(address(round_of), {"version": 0, "tasks-assigned": "5"})
    assert without.status_code == 422
    assert 'href="#id_document_ref"' in without.content.decode()
    sent = {"version": 0, "tasks-assigned": "5", "document_ref": "BC 218"}
    assert client.post(address(round_of), sent).status_code == 302
    client.force_login(round_of.users["an"])
    assert client.get(address(round_of)).status_code == 403
