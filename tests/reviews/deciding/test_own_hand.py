"""Two hands are two people, and none of them is the one whom the decision is about."""

import pytest
from django.urls import reverse

from orgs import roles
from orgs.models import Blocked, Forbidden, RoleGrant, StandIn, User
from reviews.models import Opinion, OpinionKind, OpinionStatus
from reviews.selectors.grading.opinions import missing_for
from reviews.services.grading import quotas
from reviews.services.grading.notices import confirm_reading, notify_conclusion
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DOCUMENT = "QĐ 05-QĐ/TU"


def grant(ring, short, role, **place):
    RoleGrant.objects.create(user=ring.users[short], role=role, document=DOCUMENT, started_on=SINCE, **place)
    return User.objects.get(pk=ring.users[short].pk)


def test_who_stands_in_for_the_recorder_does_not_confirm(ring):
    chi, body = ring.rating("chi"), ring.collectives["BTV-DUK"]
    ring.pend([chi], "good")
    conclusion = ring.record([chi], "BTV-DUK")
    grant(ring, "giang", roles.CONFIRMER, collective=body)
    StandIn.objects.create(
        absent=ring.users["lan"], substitute=ring.users["giang"], document=DOCUMENT, started_on=SINCE
    )
    with pytest.raises(Blocked, match="thay mặt"):
        ring.confirm(conclusion, actor="giang")
    StandIn.objects.update(ended_on=SINCE)
    ring.confirm(conclusion, actor="giang")


def test_recorder_excepts_no_group_in_which_he_stands_himself(ring):
    chi = grant(ring, "chi", roles.RECORDER, collective=ring.collectives["BTV-DUK"])
    ledger = ring.rating("chi").group.ledger
    with pytest.raises(Forbidden, match="chính mình"):
        quotas.record_exception(ledger=ledger, allowed=9, document=DOCUMENT, version=ledger.version, actor=chi)
    ledger.refresh_from_db()
    assert ledger.exception_allowed is None


def test_officer_is_not_asked_for_opinions_on_himself(ring):
    chi = grant(ring, "chi", roles.OFFICER, unit=ring.units["DUK"])
    for short in ("chi", "oanh"):
        Opinion.objects.create(
            rating=ring.rating(short),
            kind=OpinionKind.RELATED_BODY,
            body_name="Sở Tài chính",
            status=OpinionStatus.ASKED,
            entered_by=ring.users["tu"],
        )
    assert {str(row.subject) for row in missing_for(chi)} == {"Đặng Kiều Oanh"}
    assert {str(row.subject) for row in missing_for(ring.users["tu"])} == {"Lê Thị Kim Chi", "Đặng Kiều Oanh"}


def test_home_asks_to_read_the_result_until_it_was_read(ring, login):
    conclusion = ring.decide([ring.rating("chi")], "good", "BTV-DUK")
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    address = reverse("reviews:rating_detail", args=[ring.rating("chi").uuid])
    assert address in login("chi").get(reverse("reviews:home")).text
    confirm_reading(rating=ring.rating("chi"), actor=ring.users["chi"])
    assert address not in login("chi").get(reverse("reviews:home")).text
    assert address in login("chi").get(reverse("reviews:result_list")).text
