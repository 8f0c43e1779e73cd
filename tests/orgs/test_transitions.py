"""advance(): the only way from state to state; stale, forbidden, blocked are told apart, nothing half done."""

import pytest

from orgs import guards
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale, StandIn
from orgs.services import transitions
from orgs.services.transitions import advance
from reviews.models import Rating
from tests.cast import SINCE
from tests.reviews.deciding import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring(province):
    return rounds.start_round(province)


@pytest.fixture
def rating(ring):
    return ring.rating("chi")


def moves(rating):
    return AuditEvent.objects.filter(object_id=str(rating.uuid), action__startswith="rating.")


def test_move_changes_state_version_and_history_together(ring, rating):
    row = advance(rating, "postpone", actor=ring.users["tu"], version=rating.version, note="Đang điều trị")
    assert (row.state, row.version) == ("postponed", rating.version + 1)
    event = moves(rating).get()
    assert (event.action, event.role, event.actor) == ("rating.postpone", "officer", ring.users["tu"])
    assert '"from":"proposal"' in event.payload
    assert "điều trị" not in event.payload


@pytest.mark.parametrize(
    ("name", "actor", "more", "refusal"),
    [
        ("postpone", "tu", {"version": 99}, Stale),
        ("archive", "tu", {}, Stale),
        ("fly", "tu", {}, Stale),
        ("postpone", "chi", {}, Forbidden),
        ("postpone", "giang", {}, Forbidden),
        ("propose", "oanh", {}, Blocked),
        ("postpone", "tu", {"note": "  "}, Refusal),
    ],
)
def test_move_is_refused_and_nothing_is_written(ring, rating, name, actor, more, refusal):
    asked = {"version": rating.version, "note": "Lý do"} | more
    with pytest.raises(refusal) as found:
        advance(rating, name, actor=ring.users[actor], **asked)
    assert type(found.value) is refusal
    row = Rating.objects.get(pk=rating.pk)
    assert (row.state, row.version) == ("proposal", rating.version)
    assert not moves(rating).exists()


def test_blocked_move_names_every_reason(ring, rating):
    with pytest.raises(Blocked) as found:
        advance(rating, "propose", actor=ring.users["oanh"], version=rating.version)
    assert "Chưa hoàn thành kiểm điểm thì chưa được xếp loại." in found.value.reasons
    assert len(found.value.reasons) >= 2


def test_move_needs_its_document(ring, rating):
    Rating.objects.filter(pk=rating.pk).update(state="notice", decided_grade="good")
    fresh = Rating.objects.get(pk=rating.pk)
    with pytest.raises(Refusal) as found:
        advance(fresh, "revoke", actor=ring.users["tu"], version=fresh.version, note="Lý do", document_ref=" ")
    assert found.value.field == "document_ref"


def test_consequence_that_refuses_takes_the_move_with_it(ring, rating, monkeypatch):
    def refuse(document, **more):
        raise Refusal("không được")

    monkeypatch.setitem(transitions.CONSEQUENCES, "rating.postpone", refuse)
    with pytest.raises(Refusal, match="không được"):
        advance(rating, "postpone", actor=ring.users["tu"], version=rating.version, note="Lý do")
    assert Rating.objects.get(pk=rating.pk).state == "proposal"
    assert not moves(rating).exists()


def test_prelude_runs_before_the_document_is_read(ring, rating, monkeypatch):
    """What the prelude waits for may change the document: the version is compared afterwards."""

    def somebody_was_faster(document):
        Rating.objects.filter(pk=document.pk).update(version=document.version + 1)

    monkeypatch.setitem(transitions.PRELUDES, "rating.postpone", somebody_was_faster)
    with pytest.raises(Stale):
        advance(rating, "postpone", actor=ring.users["tu"], version=rating.version, note="Lý do")


def test_substitute_acts_and_is_named_as_such(ring, rating):
    StandIn.objects.create(
        absent=ring.users["tu"], substitute=ring.users["em"], document="GUQ 2", started_on=SINCE, ended_on=None
    )
    advance(rating, "postpone", actor=ring.users["em"], version=rating.version, note="Đang điều trị")
    event = moves(rating).get()
    assert event.actor == ring.users["em"]
    assert "Huỳnh Anh Tú" in event.payload


def test_moves_show_what_one_may_do_and_why_not(ring, rating):
    found = {move.name: move for move in guards.moves(rating, ring.users["tu"], frozenset({"officer"}))}
    assert set(found) == {"postpone", "exempt"}
    assert found["postpone"].is_open
    assert found["postpone"].needs == ("reason",)
    assert not found["exempt"].is_open
