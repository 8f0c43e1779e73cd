"""The cap counts pending and issued grades: an act that would shrink its base below the need is refused."""

import pytest

from orgs.models import Refusal
from orgs.services.transitions import advance
from reviews.models import QuotaLedger, Rating
from reviews.services.grading import quotas

pytestmark = pytest.mark.django_db
PLAYED = ("TT-SKH", "TT-SYT")


def move(ring, rating, name, actor, **more):
    row = Rating.objects.get(pk=rating.pk)
    return advance(row, name, actor=ring.users[actor], version=row.version, **more)


@pytest.mark.parametrize(("name", "actor"), [("postpone", "tu"), ("return", "lan")])
def test_move_that_would_shrink_the_base_below_the_need_is_refused(ring, name, actor):
    rows = [ring.rating(short) for short in ("an", "binh", "chi", "oanh", "dung", "em")]
    ring.pend(rows[1:], "good")
    # 20 % of five good: one.
    ring.pend(rows[:1], "excellent")
    with pytest.raises(Refusal, match="20% của 4 trường hợp"):
        move(ring, rows[2], name, actor, note="Chờ kết luận kiểm tra")
    assert Rating.objects.get(pk=rows[2].pk).state == "decision"
    with pytest.raises(Refusal, match="tối đa được 0"):
        ring.pend(rows[2:3], "completed")
    ledger = QuotaLedger.objects.get(group=rows[0].group)
    assert (ledger.used, ledger.allowed, ledger.base) == (1, 1, 6)
    # With the excellent lowered the same act is free; so it is with the document of an exception.
    quotas.record_exception(
        ledger=ledger, allowed=1, document="CV 77-CV/TU", version=ledger.version, actor=ring.users["lan"]
    )
    move(ring, rows[2], name, actor, note="Chờ kết luận kiểm tra")
    assert QuotaLedger.objects.get(pk=ledger.pk).base == 5
