"""A conclusion as its readers see it: the body all of it, an officer the lines that he appraises, nobody his own."""

import pytest
from django.urls import reverse

from orgs import roles
from orgs.models import RatingKind, RoleGrant
from reviews.models import Conclusion, Rating
from reviews.services.grading.notices import notify_conclusion
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
GROUND = "Căn cứ riêng của đồng chí Oanh"


@pytest.fixture
def conclusion(ring):
    """Chi and Oanh decided; Oanh is appraised by another body than Chi."""
    Rating.objects.filter(pk=ring.rating("oanh").pk).update(appraising_unit=ring.units["SNV"])
    ring.pend([ring.rating("chi")], "good")
    ring.pend([ring.rating("oanh")], "good", ground=GROUND)
    made = ring.record([ring.rating("chi"), ring.rating("oanh")], "BTV-DUK")
    ring.confirm(made)
    return Conclusion.objects.get(pk=made.pk)


def shown(client, conclusion, ring):
    page = client.get(reverse("reviews:conclusion_detail", args=[conclusion.uuid])).text
    links = [reverse("reviews:rating_detail", args=[ring.rating(short).uuid]) in page for short in ("chi", "oanh")]
    assert (GROUND in page) is links[1]
    return tuple(links)


def test_recorder_and_confirmer_see_every_line(ring, conclusion, login):
    assert shown(login("lan"), conclusion, ring) == (True, True)
    assert shown(login("minh"), conclusion, ring) == (True, True)


def test_officer_sees_the_lines_that_he_appraises(ring, conclusion, login):
    assert shown(login("tu"), conclusion, ring) == (True, False)
    assert "Còn 1 quyết định khác" in login("tu").get(reverse("reviews:conclusion_detail", args=[conclusion.uuid])).text


def test_own_line_is_hidden_until_the_notice_from_who_also_sits_at_the_desk(ring, conclusion, login):
    RoleGrant.objects.create(
        user=ring.users["chi"],
        role=roles.CONFIRMER,
        collective=ring.collectives["BTV-DUK"],
        document="QĐ 1",
        started_on=SINCE,
    )
    assert shown(login("chi"), conclusion, ring) == (False, True)
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    assert shown(login("chi"), conclusion, ring) == (True, True)
    assert ring.rating("chi", RatingKind.PARTY_MEMBER).notified_at is not None
