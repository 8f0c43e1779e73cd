"""The engine refuses tables that cannot be a procedure; the command shows the one table."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from orgs import checks, guards, roles
from orgs.services import transitions
from orgs.workflow import WORKFLOWS, State, Transition, Workflow, WorkflowError, register

ME = frozenset({roles.SUBJECT})


def state(name, **more):
    return State(name, name.title(), ME, **more)


def move(name, source, target, **more):
    return Transition(name, source, target, ME, name.title(), **more)


def flow(*rows, states=("a", "b")):
    stations = tuple(state(name, final=name == states[-1]) for name in states)
    return Workflow("test", "orgs", stations, rows, noun="orgs.Test")


def test_flow_answers_where_one_goes_from_here():
    made = flow(move("go", "a", "b"))
    assert (made.initial.name, made.transition("a", "go").target, made.transition("b", "go")) == ("a", "b", None)
    assert made.readable_by(roles.SUBJECT) == {"a", "b"}
    assert (made.moves_of(roles.SUBJECT), made.moves_of(roles.OFFICER)) == ({"a"}, frozenset())
    with pytest.raises(KeyError):
        made.state("z")


@pytest.mark.parametrize(
    ("rows", "states", "words"),
    [
        ((move("go", "a", "b"),), ("a", "a", "b"), "a stands twice"),
        ((move("go", "a", "b"), move("go", "a", "b")), ("a", "b"), "a:go stands twice"),
        ((move("go", "a", "z"),), ("a", "b"), "go names the unknown state z"),
        ((move("go", "z", "b"),), ("a", "b"), "go names the unknown state z"),
        ((move("go", "a", "c"),), ("a", "b", "c"), r"unreachable states \['b'\]"),
        ((move("go", "a", "b"), move("end", "a", "c")), ("a", "b", "c"), r"no final state can be reached from \['b'\]"),
    ],
)
def test_table_that_cannot_be_is_refused(rows, states, words):
    with pytest.raises(WorkflowError, match=words):
        flow(*rows, states=states)


def test_two_flows_of_one_name_are_refused():
    with pytest.raises(WorkflowError, match="review is registered twice"):
        register(WORKFLOWS["review"])


def test_every_flow_of_the_product_fits_its_guards_roles_and_consequences():
    assert checks.workflow_names_fit(None) == []


@pytest.mark.parametrize(
    ("table", "name", "code"),
    [(guards.GUARDS, "idle", "orgs.E002"), (transitions.CONSEQUENCES, "review.fly", "orgs.E003"),
     (transitions.PRELUDES, "review.fly", "orgs.E005")],
)  # fmt: skip
def test_control_a_name_that_fits_nothing_is_found(monkeypatch, table, name, code):
    monkeypatch.setitem(table, name, lambda *args, **more: "")
    assert [row.id for row in checks.workflow_names_fit(None)] == [code]


def test_control_a_guard_that_nobody_registered_is_found(monkeypatch):
    monkeypatch.delitem(guards.GUARDS, "quota_kept")
    assert [row.id for row in checks.workflow_names_fit(None)] == ["orgs.E001"]


def shown(*arguments):
    out = StringIO()
    call_command("show_workflow", *arguments, stdout=out)
    return out.getvalue()


def test_show_workflow_has_the_shape_of_its_contract():
    data = json.loads(shown("--format", "json"))
    assert set(data) == {"workflows"}
    assert {row["name"] for row in data["workflows"]} >= {
        "review",
        "rating",
        "prompt",
        "meeting",
        "conclusion",
        "plan",
        "cycle",
    }
    for row in data["workflows"]:
        assert set(row) == {"name", "app", "states", "transitions"}
        for found in row["states"]:
            assert set(found) == {"name", "label", "readers", "form", "due", "final"}
        for found in row["transitions"]:
            assert set(found) == {"name", "source", "target", "by", "label", "guards"}
    rating = next(row for row in data["workflows"] if row["name"] == "rating")
    revoke = next(row for row in rating["transitions"] if (row["name"], row["source"]) == ("revoke", "notice"))
    assert (revoke["target"], revoke["by"], revoke["guards"]) == (
        "decision",
        ["officer"],
        ["nobody_judges_himself", "document_given", "reason_given"],
    )


def test_show_workflow_draws_one_or_refuses_an_unknown_name():
    drawing = shown("conclusion")
    assert drawing.startswith("stateDiagram-v2\n  [*] --> recorded")
    assert "  recorded --> confirmed: confirm" in drawing
    with pytest.raises(CommandError, match="No workflow 'nothing'; there are: .*review"):
        shown("nothing")
