"""The checks of a round see a ledger that miscounts and a grade that no body decided."""

import pytest

from orgs.services import invariants
from reviews.models import ConclusionLine, QuotaLedger, Rating

pytestmark = pytest.mark.django_db


def test_round_in_order_breaks_nothing_and_each_harm_is_named(ring):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.decide([chi], "good", "BTV-DUK")
    assert invariants.broken() == {}
    QuotaLedger.objects.filter(group=chi.group).update(used=1, allowed=1)
    assert list(invariants.broken()) == ["ledgers_count_what_is_there"]
    QuotaLedger.objects.filter(group=chi.group).update(used=0, allowed=0)
    Rating.objects.filter(pk=oanh.pk).update(state="notice", decided_grade="good")
    assert invariants.broken() == {
        "decisions_rest_on_conclusions": [f"rating {oanh.uuid} is decided without a conclusion"]
    }
    Rating.objects.filter(pk=oanh.pk).update(state="decision", decided_grade="")
    ConclusionLine.objects.filter(rating=chi).update(is_in_force=False)
    assert list(invariants.broken()) == ["decisions_rest_on_conclusions"]
