"""The conclusion of a body: one records, another confirms; the order of the law; what it freezes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from orgs import roles
from orgs.models import AuditEvent, Blocked, Forbidden, RatingKind, Refusal, RoleGrant, Stale
from orgs.services import audit
from orgs.services.transitions import advance
from registrations.models import Discipline
from registrations.services.register.facts import enter_fact
from reviews.models import Conclusion, ConclusionLine, Rating
from reviews.selectors.grading import explanations
from reviews.selectors.grading.suggestions import explained
from reviews.services.grading import quotas
from tests.cast import SINCE

pytestmark = pytest.mark.django_db


def grant(ring, short, role, code):
    RoleGrant.objects.create(
        user=ring.users[short], role=role, collective=ring.collectives[code], document="QĐ 9-QĐ/TU", started_on=SINCE
    )


def states(*ratings):
    return [Rating.objects.get(pk=row.pk).state for row in ratings]


def test_conclusion_recorded_by_one_and_confirmed_by_another_decides_every_line(ring):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.pend([chi, oanh], "good")
    conclusion = ring.record([chi, oanh], "BTV-DUK")
    assert states(chi, oanh) == ["decision", "decision"]
    ring.confirm(conclusion)
    row = ring.rating("chi")
    assert (row.state, row.decided_grade, row.decided_on) == ("notice", "good", timezone.localdate())
    assert row.facts["rating"] == "party_member"
    assert row.suggestion["grade"] == "good"
    line = ConclusionLine.objects.get(rating=chi)
    assert (line.is_in_force, line.grade, line.ground) == (True, "good", "Theo đề nghị của cơ quan thẩm định.")
    kept = Conclusion.objects.get(pk=conclusion.pk)
    assert (kept.recorded_by, kept.confirmed_by) == (ring.users["lan"], ring.users["minh"])
    assert audit.broken_links() == []


def test_conclusion_is_not_confirmed_by_who_recorded_it(ring):
    grant(ring, "lan", roles.CONFIRMER, "BTV-DUK")
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    conclusion = ring.record([chi], "BTV-DUK")
    with pytest.raises(Blocked, match="người khác phải xác nhận"):
        ring.confirm(conclusion, actor="lan")
    assert states(chi) == ["decision"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Conclusion.objects.filter(pk=conclusion.pk).update(confirmed_by=ring.users["lan"])


def test_conclusion_is_neither_recorded_nor_confirmed_by_who_is_rated_in_it(ring):
    grant(ring, "chi", roles.RECORDER, "BTV-DUK")
    grant(ring, "chi", roles.CONFIRMER, "BTV-DUK")
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    with pytest.raises(Forbidden, match="việc của chính mình"):
        ring.record([chi], "BTV-DUK", actor="chi")
    conclusion = ring.record([chi], "BTV-DUK")
    with pytest.raises(Blocked, match="xếp loại của chính đồng chí"):
        ring.confirm(conclusion, actor="chi")


def test_conclusion_is_recorded_by_the_bodys_own_recorder_alone(ring):
    grant(ring, "quan", roles.RECORDER, "BCSD")
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    for actor in ("quan", "minh", "tu"):
        with pytest.raises(Forbidden, match="không phải người ghi"):
            ring.record([chi], "BTV-DUK", actor=actor)
    assert not Conclusion.objects.exists()


def test_conclusion_with_a_grade_changed_since_is_refused_whole(ring):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.pend([chi, oanh], "good")
    conclusion = ring.record([chi, oanh], "BTV-DUK")
    ring.pend([oanh], "completed")
    with pytest.raises(Refusal, match="Đặng Kiều Oanh: mức xếp loại trình đã bị thay đổi"):
        ring.confirm(conclusion)
    assert states(chi, oanh) == ["decision", "decision"]
    assert Conclusion.objects.get(pk=conclusion.pk).state == "recorded"
    assert Rating.objects.get(pk=chi.pk).decided_grade == ""


def test_conclusion_confirmed_twice_is_stale(ring):
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    conclusion = ring.record([chi], "BTV-DUK")
    ring.confirm(conclusion)
    with pytest.raises(Stale):
        advance(conclusion, "confirm", actor=ring.users["minh"], version=conclusion.version)


def test_record_refuses_what_the_body_cannot_conclude(ring):
    chi, oanh, binh = ring.rating("chi"), ring.rating("oanh"), ring.rating("binh", RatingKind.CADRE)
    ring.pend([chi], "good")
    with pytest.raises(Refusal, match="Đặng Kiều Oanh chưa có mức"):
        ring.record([chi, oanh], "BTV-DUK")
    with pytest.raises(Refusal, match="Trần Thị Bình không thuộc thẩm quyền"):
        ring.record([chi, binh], "BTV-DUK")
    with pytest.raises(Refusal, match="Chọn ít nhất một"):
        ring.record([], "BTV-DUK")
    with pytest.raises(Refusal, match="Ngày kết luận không thể trước ngày họp"):
        ring.record([chi], "BTV-DUK", concluded_on=timezone.localdate() - timedelta(days=1))
    ring.record([chi], "BTV-DUK")
    with pytest.raises(Refusal, match="Lê Thị Kim Chi đang nằm trong một kết luận khác"):
        ring.record([chi], "BTV-DUK", number="16-KL/TU")


def test_number_is_used_once_and_free_again_after_a_withdrawal(ring):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.pend([chi, oanh], "good")
    first = ring.record([chi], "BTV-DUK")
    with pytest.raises(Refusal, match="đã dùng số “15-KL/TU”") as found:
        ring.record([oanh], "BTV-DUK")
    assert found.value.field == "number"
    advance(first, "withdraw", actor=ring.users["lan"], version=first.version, note="Ghi nhầm ngày họp")
    again = ring.record([chi, oanh], "BTV-DUK")
    ring.confirm(again)
    assert states(chi, oanh) == ["notice", "notice"]


def test_nothing_is_decided_without_a_conclusion(ring):
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    fresh = Rating.objects.get(pk=chi.pk)
    with pytest.raises(Blocked, match="Chỉ cấp có thẩm quyền mới quyết định"):
        advance(fresh, "decide", actor=ring.users["minh"], version=fresh.version)


def test_members_wait_for_their_collective_and_the_head_for_the_members(ring):
    an, binh = ring.rating("an", RatingKind.CADRE), ring.rating("binh", RatingKind.CADRE)
    ring.pend([an, binh], "good")
    mine = ring.record([binh], "BCSD")
    with pytest.raises(Blocked, match="Chưa quyết định: Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"):
        ring.confirm(mine)
    collective = ring.rating("TT-SKH")
    ring.decide([collective], "good", "BCSD", number="14-KL/BCSĐ")
    heads = ring.record([an], "BTV-TU")
    with pytest.raises(Blocked, match="sau cùng. Chưa quyết định: Trần Thị Bình"):
        ring.confirm(heads)
    ring.confirm(mine)
    ring.confirm(heads)
    assert states(collective, binh, an) == ["notice"] * 3


def test_one_conclusion_decides_collective_then_member_then_head(ring):
    """All three before one body: the order of the lines does not matter."""
    rows = [ring.rating("an", RatingKind.CADRE), ring.rating("binh", RatingKind.CADRE), ring.rating("TT-SKH")]
    Rating.objects.filter(pk=rows[0].pk).update(deciding_collective=ring.collectives["BCSD"])
    ring.pend(rows, "good")
    ring.confirm(ring.record(rows, "BCSD"))
    assert states(*rows) == ["notice"] * 3
    decided = AuditEvent.objects.filter(action="rating.decide").order_by("seq").values_list("object_id", flat=True)
    assert list(decided) == [str(rows[2].uuid), str(rows[1].uuid), str(rows[0].uuid)]


@pytest.mark.parametrize("has_just_moved", [False, True])
def test_head_is_not_above_the_collective_unless_he_has_just_moved_in(ring, has_just_moved):
    collective, binh, an = (
        ring.rating("TT-SKH"),
        ring.rating("binh", RatingKind.CADRE),
        ring.rating("an", RatingKind.CADRE),
    )
    ring.decide([collective], "completed", "BCSD", number="14-KL/BCSĐ")
    ring.decide([binh], "completed", "BCSD", number="15-KL/BCSĐ")
    if has_just_moved:
        Rating.objects.filter(pk=an.pk).update(is_newly_moved_head=True, newly_moved_document="QĐ 5-QĐ/TU")
    ring.pend([an], "good")
    conclusion = ring.record([an], "BTV-TU")
    if has_just_moved:
        ring.confirm(conclusion)
        assert states(an) == ["notice"]
    else:
        with pytest.raises(Blocked, match=r"không được xếp loại cao hơn tập thể \(Hoàn thành nhiệm vụ\)"):
            ring.confirm(conclusion)


def test_suggestion_stays_as_frozen_when_the_register_learns_more(ring):
    chi = ring.rating("chi")
    ring.decide([chi], "good", "BTV-DUK")
    enter_fact(
        model=Discipline,
        subject=ring.people["chi"],
        document="QĐ 33-QĐ/UBKT",
        document_on=timezone.localdate().replace(year=2024, month=6, day=3),
        actor=ring.users["quan"],
        form="canh_cao",
    )
    row = ring.rating("chi")
    assert explained(row).grade == "good"
    found = explanations.explanation_of(row)
    beside = {"conditions", "grounds"}
    assert found.suggestion.as_data() == {name: row.suggestion[name] for name in row.suggestion if name not in beside}
    assert "own_discipline" in {line.condition.rule for line in found.branches[-1].lines if line.mark == "met"}
    # The same fact bites where nothing is frozen yet.
    advance(row, "revoke", actor=ring.users["tu"], version=row.version, note="Có kỷ luật", document_ref="QĐ 40-QĐ/ĐUK")
    assert explained(ring.rating("chi")).grade == "not_completed"


def test_exception_lets_an_excellent_through_to_the_decision(ring):
    collective = ring.rating("TT-SKH")
    ledger = collective.group.ledger
    quotas.record_exception(
        ledger=ledger, allowed=1, document="CV 77-CV/TU", version=ledger.version, actor=ring.users["lan"]
    )
    ring.decide([collective], "excellent", "BCSD")
    assert states(collective) == ["notice"]
