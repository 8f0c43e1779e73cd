"""Every move on a registration, a work, a request, tried by everybody of the cast, against a table typed by hand.

An of Sở Kế hoạch và Đầu tư registers; Giang receives for the Organisation Committee, Lan records for the Standing
Committee; Hà answers for the People's Committee, which Sở Nội vụ advises.
"""

from datetime import date

import pytest
from django.db import transaction

from orgs import roles
from orgs.models import Forbidden, Refusal, RoleGrant, User
from orgs.services.transitions import advance
from registrations.models import Registration, SupportRequest, Work
from registrations.selectors.works import registrations, works
from registrations.services.works import outcomes, support
from registrations.workflow import REGISTRATION, SUPPORT, WORK
from tests.registrations.works.written import (
    HARD,
    NEW,
    YEAR,
    asked,
    draft,
    fresh,
    received,
    reported,
    running,
    sent,
    today,
)

pytestmark = pytest.mark.django_db
AN, GIANG, HA = {"an"}, {"giang"}, {"ha"}
GIVEN = {"note": "Lý do đã nêu.", "document_ref": "QĐ 9-QĐ/TU ngày 31/12"}


def returned(province):
    row = sent(province)
    return advance(row, "return", actor=province.users["giang"], version=row.version, note="Chưa rõ.")


def changing(province):
    work = running(province)
    outcomes.ask_change(
        work=work, values={"finishes_on": date(YEAR, 12, 31)}, reason="Chờ.", version=work.version,
        actor=province.users["an"],
    )  # fmt: skip
    return fresh(work)


def changed(province):
    work = changing(province)
    return advance(work, "consent", actor=province.users["giang"], version=work.version)


def done(province, outcome="done"):
    return reported(province, outcome=outcome)


def otherwise(province):
    work = changed(province)
    return outcomes.report_outcome(
        work=work, outcome="changed", result="Xong.", finished_on=today(), version=work.version,
        actor=province.users["an"],
    )  # fmt: skip


def verified(province):
    work = done(province)
    return outcomes.verify_outcome(
        work=work, outcome="done", words="Đúng.", document="", version=work.version, actor=province.users["giang"]
    )


def weighed(province):
    work = verified(province)
    return advance(work, "weigh", actor=province.users["giang"], version=work.version, document_ref="QĐ 9-QĐ/TU")


def open_request(province):
    return asked(province, running(province))


def answered(province):
    row = open_request(province)
    return support.answer_support(request=row, answer="Vâng.", version=row.version, actor=province.users["ha"])


def settled(province):
    row = answered(province)
    return advance(row, "settle", actor=province.users["an"], version=row.version)


# workflow, state, how one comes there, {move: who may}
TABLE = [
    ("registration", "draft", draft, {"send": AN, "withdraw": AN}),
    ("registration", "sent", sent, {"receive": GIANG, "return": GIANG, "take_back": AN, "withdraw": AN}),
    ("registration", "returned", returned, {"send": AN, "withdraw": AN}),
    ("registration", "received", received, {}),
    ("work", "catalogue", lambda province: received(province).works.get(), {"start": AN}),
    ("work", "under_way", changed, {"ask_change": AN, "report_done": AN, "report_not_done": AN, "report_changed": AN}),
    ("work", "change_asked", changing, {"keep": AN, "consent": GIANG, "decline": GIANG}),
    ("work", "reported_done", done, {"verify": GIANG, "hand_back": GIANG}),
    ("work", "reported_not_done", lambda province: done(province, "not_done"), {"verify": GIANG, "hand_back": GIANG}),
    ("work", "reported_changed", otherwise, {"verify": GIANG, "hand_back": GIANG}),
    ("work", "verified", verified, {"weigh": GIANG | {"lan"}, "hand_back": GIANG}),
    ("work", "weighed", weighed, {}),
    ("support", "open", open_request, {"answer": HA, "withdraw": AN}),
    ("support", "answered", answered, {"ask_again": AN, "settle": AN}),
    ("support", "settled", settled, {}),
]
READERS = {
    Registration: registrations.visible_to,
    Work: works.visible_to,
    SupportRequest: works.requests_visible_to,
}
FLOWS = {"registration": REGISTRATION, "work": WORK, "support": SUPPORT}
# What only follows from a move of the registration has no button: entering, dropping, putting before the body.
FOLLOWING = {("work", "registered"), ("work", "dropped"), ("support", "planned"), ("support", "withdrawn")}
FOLLOWING |= {("registration", "withdrawn")}


def test_table_names_every_state_and_every_move_of_it():
    typed = {(flow, state): set(moves) for flow, state, _made, moves in TABLE}
    states = {(name, state.name) for name, flow in FLOWS.items() for state in flow.states}
    assert states - FOLLOWING == set(typed)
    for (name, state), moves in typed.items():
        assert {row.name for row in FLOWS[name].leaving(state)} == moves, (name, state)


@pytest.mark.parametrize(("flow", "state", "made", "moves"), TABLE, ids=[f"{row[0]}-{row[1]}" for row in TABLE])
def test_moves_of_everybody(province, flow, state, made, moves):
    document = made(province)
    assert (document.workflow_name, document.state) == (flow, state)
    for move in {row.name for each in FLOWS.values() for row in each.transitions} - {"enter", "drop", "put"}:
        allowed = {short for short in province.users if _may(province, document, move, short)}
        assert allowed == moves.get(move, set()), move
    assert fresh(document).state == state


def _may(province, document, move, short):
    """Whether the move goes through; it is taken back at once."""
    row, actor = fresh(document), User.objects.get(pk=province.users[short].pk)
    try:
        with transaction.atomic():
            advance(row, move, actor=actor, version=row.version, **GIVEN)
            raise _Done
    except _Done:
        return True
    except (Forbidden, Refusal, LookupError):
        return False


class _Done(Exception):
    pass


@pytest.mark.parametrize("who", ["binh", "chi", "dung", "em", "ha", "khanh", "nga", "oanh", "son", "tu", "phuc"])
def test_stranger_sees_nothing_of_a_draft_and_nothing_of_its_works(province, who):
    row = draft(province)
    request = asked(province, row.works.get())
    user = User.objects.get(pk=province.users[who].pk)
    for model, found in ((Registration, row), (Work, row.works.get()), (SupportRequest, request)):
        assert not READERS[model](user).filter(pk=found.pk).exists(), model


@pytest.mark.parametrize("short", ["an", "binh", "giang", "lan", "quan", "khanh"])
def test_registration_and_its_works_come_once_by_however_many_roles_one_reaches_them(province, short):
    received(province, "an")
    sent(province, "dung", works=(("new", NEW), ("hard", HARD)))
    for role in (roles.OFFICER, roles.INSPECTOR):
        RoleGrant.objects.create(
            user=province.users[short],
            role=role,
            unit=province.units["UBND"],
            document="QĐ 9",
            started_on=date(2020, 1, 1),
        )
    for rows in (registrations.visible_to(province.users[short]), works.visible_to(province.users[short])):
        found = list(rows.values_list("pk", flat=True))
        assert len(found) == len(set(found))
    reached = registrations.visible_to(province.users[short])
    joined = works.visible_to(province.users[short]).order_by("pk")
    assert list(joined) == list(Work.objects.filter(registration__in=reached.values("pk")).order_by("pk"))
