"""Grades put before the body: with a ground, within reach, within the quota, all or none."""

import pytest

from orgs import roles
from orgs.models import AuditEvent, AuditText, Forbidden, RatingKind, Refusal, RoleGrant, Stale
from reviews.models import QuotaLedger, Rating
from reviews.selectors.grading.suggestions import explained
from reviews.services.grading import decisions, quotas
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
CELL = ("an", "binh", "chi", "oanh")


def members(ring, *shorts):
    return [ring.rating(short) for short in shorts or CELL]


def pending(rating):
    return Rating.objects.values_list("pending_grade", "pending_ground", "pending_document", "version").get(
        pk=rating.pk
    )


def test_pending_is_written_with_its_ground_and_recorded_without_the_words(ring):
    (chi,) = members(ring, "chi")
    assert explained(chi).grade == "good"
    (changed,) = ring.pend([chi], "completed", document="")
    assert pending(chi) == ("completed", "Theo đề nghị của cơ quan thẩm định.", "", chi.version + 1)
    event = AuditEvent.objects.get(action="rating.pending", object_id=str(changed.uuid))
    assert event.actor == ring.users["lan"]
    assert "Theo đề nghị" not in event.payload
    assert AuditText.objects.get(event=event, key="ground").value == "Theo đề nghị của cơ quan thẩm định."


def test_pending_as_suggested_needs_no_ground(ring):
    (chi,) = members(ring, "chi")
    ring.pend([chi], "good", ground="", document="")
    assert pending(chi)[0] == "good"


def test_pending_unlike_the_suggestion_is_refused_without_a_ground(ring):
    (chi,) = members(ring, "chi")
    with pytest.raises(
        Refusal, match=r"^Lê Thị Kim Chi: mức xếp loại khác mức gợi ý \(Hoàn thành tốt nhiệm vụ\)"
    ) as found:
        ring.pend([chi], "completed", ground="  ")
    assert found.value.field == f"ground-{chi.uuid}"
    assert pending(chi) == ("", "", "", chi.version)


def test_pending_above_the_suggestion_is_refused_without_a_document(ring):
    (chi,) = members(ring, "chi")
    with pytest.raises(Refusal, match="xếp cao hơn mức gợi ý thì phải có văn bản") as found:
        ring.pend([chi], "excellent", document=" ")
    assert found.value.field == f"document-{chi.uuid}"


def test_pending_of_ones_own_rating_is_refused(ring):
    body = ring.collectives["BTV-DUK"]
    RoleGrant.objects.create(
        user=ring.users["chi"], role=roles.RECORDER, collective=body, document="QĐ 9-QĐ/TU", started_on=SINCE
    )
    chi, binh = members(ring, "chi", "binh")
    with pytest.raises(Forbidden, match="việc của chính mình"):
        ring.pend([chi], "good", actor="chi")
    ring.pend([binh], "good", actor="chi")
    assert pending(binh)[0] == "good"


@pytest.mark.parametrize("actor", ["nga", "khanh", "quan", "giang", "an"])
def test_pending_by_who_prepares_nothing_for_the_body_is_refused(ring, actor):
    (chi,) = members(ring, "chi")
    with pytest.raises(Forbidden, match="không có trách nhiệm chuẩn bị"):
        ring.pend([chi], "good", actor=actor)


def test_pending_by_the_officer_of_the_appraising_body_is_written(ring):
    (chi,) = members(ring, "chi")
    ring.pend([chi], "good", actor="tu")
    assert pending(chi)[0] == "good"


def test_pending_on_a_stale_row_is_refused_and_leaves_all_others_alone(ring):
    chi, binh = members(ring, "chi", "binh")
    rows = [ring.choice(binh, "good"), ring.choice(chi, "good", version=chi.version - 1)]
    with pytest.raises(Stale, match="Lê Thị Kim Chi"):
        decisions.set_pending(choices=rows, actor=ring.users["lan"])
    assert pending(binh) == ("", "", "", binh.version)


def test_pending_before_the_appraisal_is_refused(ring):
    dung = ring.rating("dung", RatingKind.CADRE)
    with pytest.raises(Stale, match="Phạm Quốc Dũng"):
        ring.pend([dung], "good")


def test_pending_with_an_unknown_grade_is_refused(ring):
    with pytest.raises(Refusal, match="không hợp lệ"):
        ring.pend(members(ring, "chi"), "superb")


def test_pending_again_the_same_changes_nothing(ring):
    (chi,) = members(ring, "chi")
    ring.pend([chi], "good")
    before = AuditEvent.objects.count()
    assert ring.pend([chi], "good") == []
    assert (pending(chi)[3], AuditEvent.objects.count()) == (chi.version + 1, before)


def test_pending_taken_back_leaves_no_grade(ring):
    (chi,) = members(ring, "chi")
    ring.pend([chi], "good")
    ring.pend([chi], "", ground="", document="")
    assert pending(chi)[:3] == ("", "", "")
    assert QuotaLedger.objects.get(group=chi.group).base == 0


def test_quota_refuses_the_first_excellent_of_a_small_group_with_its_arithmetic(ring):
    rows = members(ring)
    ring.pend(rows[1:], "good")
    with pytest.raises(Refusal) as found:
        ring.pend(rows[:1], "excellent")
    # HD 25: 20 % of those rated good; three of them make no whole one.
    assert "sẽ có 1 trường hợp xuất sắc, tối đa được 0" in str(found.value)
    assert "20% của 3 trường hợp xếp loại Hoàn thành tốt nhiệm vụ là 0,6" in str(found.value)
    assert pending(rows[0])[0] == ""
    ledger = QuotaLedger.objects.get(group=rows[0].group)
    assert (ledger.used, ledger.allowed, ledger.base) == (0, 0, 3)


def test_exception_document_lifts_the_cap_and_cannot_be_lowered_below_what_is_held(ring):
    rows = members(ring)
    ledger = rows[0].group.ledger
    quotas.record_exception(
        ledger=ledger,
        allowed=1,
        document="CV 77-CV/TU ngày 01/12/2024",
        version=ledger.version,
        actor=ring.users["lan"],
    )
    ring.pend(rows[:1], "excellent")
    held = QuotaLedger.objects.get(pk=ledger.pk)
    assert (held.used, held.exception_allowed, held.exception_document) == (1, 1, "CV 77-CV/TU ngày 01/12/2024")
    with pytest.raises(Refusal, match="tối đa được 0"):
        quotas.record_exception(
            ledger=held, allowed=0, document="CV 78-CV/TU", version=held.version, actor=ring.users["lan"]
        )
    assert QuotaLedger.objects.get(pk=ledger.pk).exception_allowed == 1
    assert AuditEvent.objects.filter(action="quota.exception").count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"document": " "}, Refusal),
        ({"version": 99}, Stale),
        ({"actor": "minh"}, Forbidden),
        ({"actor": "tu"}, Forbidden),
    ],
)
def test_exception_is_refused(ring, more, refusal):
    ledger = ring.rating("chi").group.ledger
    asked = {"allowed": 1, "document": "CV 77-CV/TU", "version": ledger.version, "actor": "lan"} | more
    asked["actor"] = ring.users[asked["actor"]]
    with pytest.raises(refusal):
        quotas.record_exception(ledger=ledger, **asked)
    assert QuotaLedger.objects.get(pk=ledger.pk).exception_allowed is None
