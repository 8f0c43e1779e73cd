"""The laws of prompts and prompt lists: every move from every state by every member of the cast, against a typed table.

The table is typed from QĐ 124-QĐ/TW Điều 7.1 (the authority prompts, its advisory body proposes) and Kon Tum 2024,
point 2 (the subject explains), and knows nothing of our rows.
"""

import pytest
from django.db import transaction

from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import Prompt, PromptList
from tests.reviews.meeting import test_prompts as given

LIST_MOVES = {
    "propose": {"drafting": {"giang"}},
    "return": {"proposed": {"lan", "minh"}},
    "record": {"proposed": {"lan"}},
    "confirm": {"recorded": {"minh"}},
    "withdraw": {"recorded": {"lan", "minh"}},
    "supplement": {"issued": {"giang"}},
}
LIST_STATES = ("drafting", "proposed", "recorded", "issued")
PROMPT_MOVES = {
    "issue": {"draft": {"minh"}},
    "send": {"issued": {"an"}},
    "return": {"explained": {"giang"}},
    "withdraw": {"draft": {"giang"}, "issued": {"giang"}},
}
PROMPT_STATES = ("draft", "issued", "explained", "withdrawn", "recalled")
# Open to their holders and yet blocked: what they need is not there in a document put into its state by force.
NEVER_ALONE = {"record", "confirm", "issue", "send"}


def verdict(document, move, user):
    """What the engine says of a move, tried and taken back."""
    with transaction.atomic():
        try:
            advance(document, move, actor=user, version=None, note="Lý do", document_ref="CV 9")
        except Refusal as refusal:
            return type(refusal)
        finally:
            transaction.set_rollback(True)
    return None


def expected(moves, state, move, short):
    if state not in moves[move]:
        return Stale
    if short not in moves[move][state]:
        return Forbidden
    return Blocked if move in NEVER_ALONE else None


def departures(ring, model, states, moves):
    """Where the engine says something else than the table."""
    found = []
    for state in states:
        model.objects.update(state=state)
        document = model.objects.get()
        for move in moves:
            for short, user in ring.users.items():
                said, wanted = verdict(document, move, user), expected(moves, state, move, short)
                if said is not wanted:
                    found.append(f"{state} {move} {short}: {said}, expected {wanted}")
    return found


def test_every_move_of_a_list_is_open_to_its_holders_alone(ring):
    given.draft(ring)
    assert departures(ring, PromptList, LIST_STATES, LIST_MOVES) == []


def test_every_move_of_a_prompt_is_open_to_its_holders_alone(ring):
    given.draft(ring)
    assert departures(ring, Prompt, PROMPT_STATES, PROMPT_MOVES) == []


def test_control_a_holder_too_many_is_found(ring):
    """Were the officer allowed to confirm his own list, the table would say so."""
    given.draft(ring)
    lenient = LIST_MOVES | {"propose": {"drafting": {"giang", "nga"}}}
    assert departures(ring, PromptList, ("drafting",), lenient) == [f"drafting propose nga: {Forbidden}, expected None"]


@pytest.mark.parametrize("short", ["an", "TT-SKH"])
def test_from_the_draft_to_the_outcome_three_bodies_have_had_their_hands_in_it(ring, short):
    """Advisory body, recorder, confirmer, subject: nobody holds two of these pens in the straight way."""
    prompt = given.issued(ring, short)
    author = "an" if short == "an" else "nga"
    given.explain(ring, prompt, actor=author)
    prompt = advance(prompt, "send", actor=ring.users[author], version=prompt.version)
    hands = {prompt.decision.recorded_by, prompt.decision.confirmed_by, ring.users["giang"], ring.users[author]}
    assert (prompt.state, len(hands)) == ("explained", 4)
