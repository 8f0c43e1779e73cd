"""The laws of a remedy: every move of everybody in every state against a table typed by hand."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction

from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from orgs.workflow import WORKFLOWS
from registrations.models import Origin, Shortcoming
from registrations.services.remedies.naming import NamedIn, name_shortcoming
from tests.access.played.tables import changed, everything

pytestmark = pytest.mark.django_db
STATES = ("open", "reported", "verified", "closed", "withdrawn")
# move: states it leaves, where it leads, whose pen, what the actor must give
MENDS, KEEPS = {"an"}, {"giang", "quan"}
MOVES = {
    "report": ({"open"}, "reported", MENDS, ()),
    "return": ({"reported"}, "open", KEEPS, ("note",)),
    "verify": ({"open", "reported"}, "verified", KEEPS, ("document_ref",)),
    "close": ({"verified"}, "closed", KEEPS, ()),
    "reopen": ({"verified", "closed"}, "open", KEEPS, ("note", "document_ref")),
    "withdraw": ({"open", "reported", "verified", "closed"}, "withdrawn", KEEPS, ("document_ref",)),
}
EVERYBODY = (
    "an", "binh", "chi", "dung", "em", "giang", "ha", "khanh", "lan", "minh", "nga", "oanh", "quan", "son", "tu", "phuc"
)  # fmt: skip
GIVEN = {"note": "Chưa xong.", "document_ref": "BC 30-BC/BTCTU"}


@pytest.fixture
def row(province):
    made = name_shortcoming(
        subject=province.people["an"],
        text="Chậm giải ngân.",
        named_in=NamedIn(Origin.PROMPT, "reviews.PromptItem", "1", "Gợi ý"),
        document="12-CV/TU",
        document_on=date(2023, 12, 28),
        actor=province.users["giang"],
    )
    Shortcoming.objects.filter(pk=made.pk).update(measure="Giao ban.", report="Đã xong.")
    return made


def put(row, state):
    Shortcoming.objects.filter(pk=row.pk).update(state=state, version=1)
    row.refresh_from_db()
    return row


def tried(row, move, user, **given):
    """What came of a move: the state that it led to, or the class of the refusal; taken back in any case."""
    with transaction.atomic():
        try:
            found = advance(row, move, actor=user, version=row.version, **given).state
        except Refusal as refusal:
            found = type(refusal)
        transaction.set_rollback(True)
    return found


def expected(state, move, short):
    leaves, target, pens, _needs = MOVES[move]
    if state not in leaves:
        return Stale
    return target if short in pens else Forbidden


def test_table_names_every_state_and_move():
    flow = WORKFLOWS["remedy"]
    assert {found.name for found in flow.states} == set(STATES)
    assert {(found.source, found.name, found.target) for found in flow.transitions} == {
        (source, move, target) for move, (leaves, target, _pens, _needs) in MOVES.items() for source in leaves
    }


def _tries(state):
    """Where a move leaves the state everybody tries it; elsewhere who holds its pen, who comes too late."""
    for move, (leaves, _target, pens, _needs) in MOVES.items():
        yield from product((move,), EVERYBODY if state in leaves else sorted(pens))


@pytest.mark.parametrize("state", STATES)
def test_every_move_of_everybody_in_a_state(province, row, state):
    put(row, state)
    for move, short in _tries(state):
        found = tried(row, move, province.users[short], **GIVEN)
        assert found == expected(state, move, short), f"{state}: {move} by {short}"


@pytest.mark.parametrize("move", [move for move, (*_rest, needs) in MOVES.items() if needs])
def test_what_a_move_needs_must_be_given(province, row, move):
    leaves, _target, pens, needs = MOVES[move]
    for source, short, missing in product(sorted(leaves), sorted(pens), needs):
        put(row, source)
        assert tried(row, move, province.users[short], **GIVEN | {missing: "  "}) is Refusal


@pytest.mark.parametrize("move", MOVES)
def test_late_click_changes_nothing(province, row, move):
    leaves, _target, pens, _needs = MOVES[move]
    put(row, min(leaves))
    before = everything()
    with pytest.raises(Stale):
        advance(row, move, actor=province.users[min(pens)], version=row.version - 1, **GIVEN)
    assert changed(before) == []


@pytest.mark.parametrize("short", ["giang", "quan"])
def test_who_reported_does_not_verify(province, row, short):
    put(row, "reported")
    Shortcoming.objects.filter(pk=row.pk).update(reported_by=province.users[short])
    row.refresh_from_db()
    assert tried(row, "verify", province.users[short], **GIVEN) is Blocked


def test_day_of_the_remedy_stands_exactly_while_it_is_verified(province, row):
    giang = province.users["giang"]
    for move, has_day in (("verify", True), ("close", True), ("reopen", False), ("verify", True), ("reopen", False)):
        row = advance(row, move, actor=giang, version=row.version, **GIVEN)
        row.refresh_from_db()
        assert (row.remedied_on is not None, row.verified_by is not None) == (has_day, has_day), move
