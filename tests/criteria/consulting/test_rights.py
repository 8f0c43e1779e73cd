"""Who may do what with a consultation and a reply in each state: the rows of the procedure, asked of every member."""

import itertools

import pytest

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations
from criteria.workflow import ADDRESSEE, CONSULTATION
from orgs.models import Blocked, Forbidden, Refusal, Stale, StandIn
from orgs.services.transitions import advance
from tests.cast import SINCE
from tests.criteria.consulting import asking

pytestmark = pytest.mark.django_db
EVERYBODY = ("an", "binh", "chi", "dung", "giang", "ha", "khanh", "nga", "oanh", "quan", "son", "tu", "phuc")
ASKING = {"giang", "phuc"}


@pytest.fixture
def scene(province):
    """A consultation that is out, whose answer of Sở Kế hoạch và Đầu tư says something."""
    row = asking.opened(province)
    reply = asking.reply_of(row, "SKH")
    asking.write(province, reply, "nga", "Điều 1", "keep")
    return province, row, reply


def refusal_of(row, name, user, **more):
    """The refusal of the move, None where it was carried out; nothing of it stays."""
    try:
        advance(row, name, actor=user, version=type(row).objects.get(pk=row.pk).version, note="Lý do", **more)
    except Refusal as refusal:
        return refusal
    return None


def holders(province, model, row, state, name):
    """Who carries the move out when the row is in `state`."""
    found = set()
    for short in EVERYBODY:
        model.objects.filter(pk=row.pk).update(state=state)
        here = model.objects.get(pk=row.pk)
        if refusal_of(here, name, province.users[short]) is None:
            found.add(short)
    return found


MOVES = {
    ("asked", "prepare"): {"nga"},
    ("asked", "send"): {"an"},
    ("prepared", "send"): {"an"},
    ("prepared", "return"): {"an"},
    ("replied", "reopen"): ASKING,
}


@pytest.mark.parametrize(("state", "name"), MOVES)
def test_move_of_a_reply_is_its_holders_alone(scene, state, name):
    province, _row, reply = scene
    assert holders(province, Addressee, reply, state, name) == MOVES[state, name]


def test_every_other_move_of_a_reply_is_too_late(scene):
    province, _row, reply = scene
    names = {row.name for row in ADDRESSEE.transitions}
    there = {(row.source, row.name) for row in ADDRESSEE.transitions}
    for state, name in itertools.product((row.name for row in ADDRESSEE.states), names):
        if (state, name) not in there:
            Addressee.objects.filter(pk=reply.pk).update(state=state)
            here = Addressee.objects.get(pk=reply.pk)
            assert isinstance(refusal_of(here, name, province.users["an"]), Stale), (state, name)


OWN = {
    ("draft", "open"),
    ("draft", "withdraw"),
    ("open", "close"),
    ("open", "withdraw"),
    ("synthesis", "reopen"),
}


@pytest.mark.parametrize(("state", "name"), sorted(OWN))
def test_move_of_a_consultation_is_of_who_prepares_for_the_asking_body(scene, state, name):
    province, row, _reply = scene
    assert holders(province, Consultation, row, state, name) == ASKING


READERS = {
    "draft": ASKING,
    **dict.fromkeys(
        ("open", "synthesis", "submitted", "finished", "withdrawn"),
        ASKING | {"an", "nga", "dung", "khanh", "binh"},
    ),
}


@pytest.mark.parametrize("state", [row.name for row in CONSULTATION.states])
def test_consultation_is_read_by_both_sides_once_it_went_out(scene, state):
    province, row, _reply = scene
    Consultation.objects.filter(pk=row.pk).update(state=state)
    found = {short for short in EVERYBODY if consultations.visible_to(province.users[short]).filter(pk=row.pk).exists()}
    assert found == READERS[state]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("asked", {"an", "nga"}), ("prepared", {"an"}), ("replied", set())],
)
def test_pen_of_a_reply_follows_its_state(scene, state, expected):
    province, _row, reply = scene
    Addressee.objects.filter(pk=reply.pk).update(state=state)
    here = asking.fresh(reply)
    found = {
        short
        for short in EVERYBODY
        if not selectors.reason_against_writing(here, selectors.answering_roles(province.users[short], here))
    }
    assert found == expected


@pytest.mark.parametrize("state", ["submitted", "finished", "withdrawn"])
@pytest.mark.parametrize("name", ["prepare", "send"])
def test_no_answer_is_taken_once_the_consultation_is_over(scene, state, name):
    province, row, reply = scene
    Consultation.objects.filter(pk=row.pk).update(state=state)
    refusal = refusal_of(reply, name, province.users["an" if name == "send" else "nga"])
    assert isinstance(refusal, Blocked)
    assert len(refusal.reasons) == 1


def test_stand_in_of_the_head_sends_in_his_place_and_the_history_says_so(scene):
    province, _row, reply = scene
    StandIn.objects.create(
        absent=province.users["an"], substitute=province.users["binh"], document="QĐ 9", started_on=SINCE
    )
    sent = advance(reply, "send", actor=province.users["binh"], version=reply.version)
    assert sent.replied_by == province.users["binh"]
    event = asking.last_event("addressee.send")
    assert "Nguyễn Văn Ấn" in event.payload


def test_cadre_who_is_asked_and_leads_a_body_answers_for_each_apart(province):
    row = asking.with_recipients(
        province, asking.with_text(province, asking.draft(province)), units=("SKH",), people=("an",)
    )
    asking.move(province, row, "open")
    rows = selectors.waiting_for(province.users["an"])
    assert {str(found) for found in rows} == {"Sở Kế hoạch và Đầu tư", "Nguyễn Văn Ấn"}
    own = rows.get(person__isnull=False)
    with pytest.raises(Forbidden):
        asking.write(province, own, "nga", "Điều 1", "keep")
    asking.write(province, own, "an", "Điều 1", "keep")
    asking.move(province, own, "send", "an")
    assert [str(found) for found in selectors.waiting_for(province.users["an"])] == ["Sở Kế hoạch và Đầu tư"]


def test_head_who_left_loses_the_answer_to_his_successor(scene):
    province, _row, reply = scene
    province.people["an"].appointments.update(ended_on=SINCE)
    province.people["an"].memberships.update(ended_on=SINCE)
    province.people["binh"].appointments.update(is_head=True)
    assert isinstance(refusal_of(reply, "send", province.users["an"]), Forbidden)
    assert refusal_of(reply, "send", province.users["binh"]) is None
