"""After a decision: revoked, petitioned against, upheld, rated again; before it: returned and postponed."""

import pytest

from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import ConclusionLine, Petition, QuotaLedger, Rating
from reviews.selectors.grading.quotas import counts_of
from reviews.services.grading import petitions
from reviews.services.grading.notices import notify_conclusion

pytestmark = pytest.mark.django_db
REVOKED = {"note": "Phát hiện vi phạm", "document_ref": "QĐ 41-QĐ/TU ngày 02/01/2025"}


def fresh(rating):
    return Rating.objects.get(pk=rating.pk)


def move(ring, rating, name, actor, **more):
    row = fresh(rating)
    return advance(row, name, actor=ring.users[actor], version=row.version, **more)


@pytest.fixture
def decided(ring):
    """Chi decided, with the conclusion that did it."""
    return ring.decide([ring.rating("chi")], "good", "BTV-DUK")


@pytest.fixture
def told(ring, decided):
    """The same, notified: from here on Chi knows the result."""
    notify_conclusion(conclusion=decided, actor=ring.users["tu"])
    return decided


@pytest.mark.parametrize("missing", ["note", "document_ref"])
def test_revoke_needs_reason_and_document(ring, decided, missing):
    with pytest.raises(Refusal):
        move(ring, ring.rating("chi"), "revoke", "tu", **(REVOKED | {missing: " "}))


def test_revoked_grade_stays_in_the_quota_until_it_is_decided_again(ring, told):
    chi = ring.rating("chi")
    before = counts_of(chi.group)
    move(ring, chi, "revoke", "tu", **REVOKED)
    row = fresh(chi)
    assert (row.state, row.pending_grade, row.decided_grade, row.published_at) == ("decision", "good", "", None)
    assert (row.notified_at, row.read_by_subject_at) == (None, None)
    assert counts_of(chi.group) == before == {"excellent": 0, "good": 1, "completed": 0, "not_completed": 0}
    line = ConclusionLine.objects.get(rating=chi)
    assert (line.is_in_force, line.revoked_by_document) == (False, "QĐ 41-QĐ/TU ngày 02/01/2025")


def test_revoked_decision_is_not_issued_again_by_its_old_conclusion(ring, decided):
    chi = ring.rating("chi")
    move(ring, chi, "revoke", "tu", **REVOKED)
    with pytest.raises(Blocked, match="Chỉ cấp có thẩm quyền"):
        move(ring, chi, "decide", "minh")
    ring.pend([chi], "completed")
    ring.confirm(ring.record([chi], "BTV-DUK", number="22-KL/ĐUK"))
    row = fresh(chi)
    assert (row.state, row.decided_grade) == ("notice", "completed")
    assert [line.is_in_force for line in ConclusionLine.objects.filter(rating=chi).order_by("id")] == [False, True]


def test_archived_result_is_revoked_too(ring, decided):
    chi = ring.rating("chi")
    with pytest.raises(Blocked, match="thông báo kết quả trước"):
        move(ring, chi, "archive", "tu")
    Rating.objects.filter(pk=chi.pk).update(notified_at=decided.confirmed_at)
    move(ring, chi, "archive", "tu")
    assert move(ring, chi, "revoke", "tu", **REVOKED).state == "decision"


@pytest.mark.parametrize("actor", ["chi", "lan", "minh", "giang"])
def test_revoke_is_for_the_officer_alone(ring, decided, actor):
    with pytest.raises(Forbidden):
        move(ring, ring.rating("chi"), "revoke", actor, **REVOKED)


def file(ring, text="Đề nghị xem xét lại nhóm tiêu chí kết quả.", actor="chi"):
    chi = ring.rating("chi")
    return petitions.file_petition(rating=chi, text=text, version=chi.version, actor=ring.users[actor])


def answer(ring, petition, actor="minh", **more):
    words = {"answer": "Đã xem xét, có cơ sở.", "document": "KL 30-KL/ĐUK"} | more
    return petitions.answer_petition(petition=petition, actor=ring.users[actor], **words)


def test_petition_is_filed_by_the_subject_once(ring, told):
    petition = file(ring)
    assert fresh(petition.rating).state == "petition"
    with pytest.raises(Stale):
        file(ring)
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(("actor", "text", "refusal"), [("an", "Xem lại", Forbidden), ("chi", "  ", Refusal)])
def test_petition_is_refused(ring, told, actor, text, refusal):
    with pytest.raises(refusal):
        file(ring, text=text, actor=actor)
    assert fresh(ring.rating("chi")).state == "notice"


def test_petition_is_answered_by_the_body_before_anything_follows(ring, told):
    petition = file(ring)
    with pytest.raises(Blocked, match="trả lời kiến nghị trước"):
        move(ring, petition.rating, "uphold", "minh")
    for actor in ("chi", "lan", "tu"):
        with pytest.raises(Forbidden):
            answer(ring, petition, actor=actor)
    with pytest.raises(Refusal):
        answer(ring, petition, document=" ")
    answer(ring, petition)
    with pytest.raises(Stale, match="đã được trả lời"):
        answer(ring, petition)


def test_petition_waits_for_the_notice(ring, decided):
    with pytest.raises(Blocked, match="thông báo kết quả trước"):
        file(ring)
    assert not Petition.objects.exists()


def test_upheld_grade_stays_decided(ring, told):
    petition = file(ring)
    answer(ring, petition)
    move(ring, petition.rating, "uphold", "minh")
    row = fresh(petition.rating)
    assert (row.state, row.decided_grade) == ("notice", "good")
    assert ConclusionLine.objects.get(rating=row).is_in_force


def test_regrade_waits_for_a_new_conclusion_and_names_the_answer(ring, told):
    petition = file(ring)
    answer(ring, petition)
    move(ring, petition.rating, "regrade", "minh")
    row = fresh(petition.rating)
    assert (row.state, row.pending_grade) == ("decision", "good")
    assert counts_of(ring.rating("chi").group)["good"] == 1
    line = ConclusionLine.objects.get(rating=row)
    assert (line.is_in_force, line.revoked_by_document) == (False, "KL 30-KL/ĐUK")
    with pytest.raises(Blocked):
        move(ring, row, "decide", "minh")


def test_returned_rating_loses_its_pending_grade(ring):
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    move(ring, chi, "return", "lan", note="Bổ sung hồ sơ")
    row = fresh(chi)
    assert (row.state, row.pending_grade, row.pending_ground) == ("appraisal", "", "")
    assert QuotaLedger.objects.get(group=chi.group).base == 0
