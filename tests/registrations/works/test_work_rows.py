"""The procedures of registrations, works and support as tables, typed from letter 2026-CV/TU; without a database."""

from datetime import date

import pytest

from orgs.workflow import WORKFLOWS
from registrations.models import Work
from registrations.selectors.works.registrations import work_gaps
from registrations.selectors.works.routing import destination_of
from registrations.services.works.outcomes import CHANGEABLE, REPORTS
from tests.registrations.works.written import HARD, NEW

WRITER = {"subject", "author"}
RECEIVER = {"officer"}
ANSWERING = {"officer", "unit_head", "head", "secretary", "party_secretary"}
BY_ANOTHER = ("registration_judged_by_another",)
COMPLETE = ("registration_is_complete", "registration_has_receiver", "registered_year_is_open")
# workflow, from, act, to, by whom, what must be silent, what must be given
ROWS = [
    ("registration", "draft", "send", "sent", WRITER, COMPLETE, ()),
    ("registration", "returned", "send", "sent", WRITER, COMPLETE, ()),
    ("registration", "sent", "receive", "received", RECEIVER, BY_ANOTHER, ()),
    ("registration", "sent", "return", "returned", RECEIVER, BY_ANOTHER, ("reason",)),
    ("registration", "sent", "take_back", "draft", WRITER, (), ()),
    ("registration", "draft", "withdraw", "withdrawn", WRITER, (), ()),
    ("registration", "sent", "withdraw", "withdrawn", WRITER, (), ()),
    ("registration", "returned", "withdraw", "withdrawn", WRITER, (), ()),
    ("work", "registered", "enter", "catalogue", RECEIVER, (), ()),
    ("work", "registered", "drop", "dropped", WRITER, (), ()),
    ("work", "catalogue", "start", "under_way", WRITER, (), ()),
    ("work", "under_way", "ask_change", "change_asked", WRITER, (), ()),
    ("work", "change_asked", "keep", "under_way", WRITER, (), ()),
    ("work", "change_asked", "consent", "under_way", RECEIVER, BY_ANOTHER, ()),
    ("work", "change_asked", "decline", "under_way", RECEIVER, BY_ANOTHER, ("reason",)),
    ("work", "under_way", "report_done", "reported_done", WRITER, (), ()),
    ("work", "under_way", "report_not_done", "reported_not_done", WRITER, (), ()),
    ("work", "under_way", "report_changed", "reported_changed", WRITER, ("a_change_was_consented",), ()),
    ("work", "reported_done", "verify", "verified", RECEIVER, BY_ANOTHER, ()),
    ("work", "reported_not_done", "verify", "verified", RECEIVER, BY_ANOTHER, ()),
    ("work", "reported_changed", "verify", "verified", RECEIVER, BY_ANOTHER, ()),
    ("work", "reported_done", "hand_back", "under_way", RECEIVER, BY_ANOTHER, ("reason",)),
    ("work", "reported_not_done", "hand_back", "under_way", RECEIVER, BY_ANOTHER, ("reason",)),
    ("work", "reported_changed", "hand_back", "under_way", RECEIVER, BY_ANOTHER, ("reason",)),
    ("work", "verified", "hand_back", "under_way", RECEIVER, BY_ANOTHER, ("reason",)),
    ("work", "verified", "weigh", "weighed", RECEIVER | {"recorder"}, BY_ANOTHER, ("document",)),
    ("support", "planned", "put", "open", WRITER, (), ()),
    ("support", "open", "answer", "answered", ANSWERING, (), ()),
    ("support", "answered", "ask_again", "open", WRITER, (), ("reason",)),
    ("support", "answered", "settle", "settled", WRITER, (), ()),
    ("support", "planned", "withdraw", "withdrawn", WRITER, (), ()),
    ("support", "open", "withdraw", "withdrawn", WRITER, (), ()),
]
ENDS = {
    "registration": {"received", "withdrawn"},
    "work": {"weighed", "dropped"},
    "support": {"settled", "withdrawn"},
}
PRIVATE = {("registration", "draft")}
JUDGES = {"receive", "return", "consent", "decline", "verify", "hand_back", "weigh"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:3]))
def test_row_of_the_table_stands_as_typed(row):
    flow, source, name, target, by, guards, needs = row
    found = WORKFLOWS[flow].transition(source, name)
    assert (found.target, set(found.by), found.guards, found.needs) == (target, by, guards, needs)


@pytest.mark.parametrize("flow", sorted(ENDS))
def test_table_has_no_row_that_was_not_typed(flow):
    typed = {(source, name) for table, source, name, *_more in ROWS if table == flow}
    assert {(row.source, row.name) for row in WORKFLOWS[flow].transitions} == typed


@pytest.mark.parametrize("flow", sorted(ENDS))
def test_only_these_states_are_ends(flow):
    assert {state.name for state in WORKFLOWS[flow].states if state.final} == ENDS[flow]


def test_only_a_draft_is_read_by_its_writer_alone():
    private = {
        (flow, state.name)
        for flow in ("registration", "work", "support")
        for state in WORKFLOWS[flow].states
        if state.readers <= WRITER
    }
    assert private == PRIVATE


def test_whoever_registers_never_judges_and_whoever_receives_never_writes():
    for flow in ("registration", "work"):
        for row in WORKFLOWS[flow].transitions:
            if row.name in JUDGES:
                assert not row.by & WRITER, row.name
                assert "registration_judged_by_another" in row.guards, row.name
            elif row.name != "enter":
                assert not row.by & RECEIVER, row.name


def test_every_outcome_has_its_move_and_every_move_its_state():
    states = {WORKFLOWS["work"].transition("under_way", move).target for move in REPORTS.values()}
    assert states == {"reported_done", "reported_not_done", "reported_changed"}
    assert set(REPORTS) == {"done", "not_done", "changed"}


def work(kind, values, **more):
    return Work(kind=kind, **{**values, **more})


def test_complete_works_of_both_parts_have_no_gap():
    assert work_gaps(work("hard", HARD)) == {}
    assert work_gaps(work("new", NEW)) == {}


@pytest.mark.parametrize("field", ["name", "content", "measures", "effect"])
@pytest.mark.parametrize("empty", ["", "   ", "\n\t"])
def test_white_space_is_a_gap(field, empty):
    assert set(work_gaps(work("hard", HARD, **{field: empty}))) == {field}


@pytest.mark.parametrize("field", ["aim", "tasks", "support"])
def test_what_may_stand_in_the_content_is_no_gap(field):
    assert work_gaps(work("hard", HARD, **{field: ""})) == {}


@pytest.mark.parametrize(
    ("starts_on", "finishes_on", "found"),
    [
        (date(2024, 3, 1), date(2024, 3, 1), set()),
        (date(2024, 3, 2), date(2024, 3, 1), {"finishes_on"}),
        (date(2024, 3, 1), date(2025, 3, 1), set()),
        (None, date(2024, 3, 1), {"starts_on"}),
        (date(2024, 3, 1), None, {"finishes_on"}),
        (None, None, {"starts_on", "finishes_on"}),
    ],
)
def test_days_of_a_work(starts_on, finishes_on, found):
    assert set(work_gaps(work("hard", HARD, starts_on=starts_on, finishes_on=finishes_on))) == found


def test_foreseen_difficulties_are_asked_of_new_work_alone():
    assert set(work_gaps(work("new", NEW, difficulties=""))) == {"difficulties"}
    assert work_gaps(work("hard", HARD, difficulties="")) == {}


def test_change_may_touch_every_item_of_scope_and_both_days_and_nothing_else():
    assert set(CHANGEABLE) == {"name", "content", "aim", "tasks", "measures", "effect", "starts_on", "finishes_on"}


def test_destination_names_through_whom_only_where_somebody_stands_between():
    class Unit:
        name = "Ban Tổ chức Tỉnh ủy"

    assert destination_of("Thường trực Tỉnh ủy", Unit) == "Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)"
    assert destination_of("Ban cán sự đảng", None) == "Ban cán sự đảng"
