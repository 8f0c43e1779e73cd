"""Where a rule speaks on the pages of the round, a link leads to its line in the law, as of the cycle's end."""

import re

import pytest
from django.urls import reverse

from reviews.models import PeerGroup
from tests.reviews.papers.round import play

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_of(province):
    return play(province)


def links(client, url, law):
    """What follows the address of the regulation in the links of a page, and whether each leads to a place there."""
    page = client.get(url).content.decode()
    there = reverse("criteria:regulation_detail", args=[law.uuid])
    found = re.findall(rf'href="({there}[^"]*)"', page)
    anchors = set(re.findall(r' id="([^"]+)"', client.get(found[0].partition("#")[0]).content.decode()))
    assert all(link.partition("#")[2] in {"", *anchors} for link in found)
    return [link.removeprefix(there) for link in found]


def test_quota_of_a_board_leads_to_the_quota_of_its_law(client, province, round_of):
    client.force_login(province.users["giang"], backend="orgs.backends.RoleBackend")
    group = PeerGroup.objects.get(pk=round_of.rating("an", "cadre").group_id)
    day = f"{round_of.cycle.period_end_on:%d/%m/%Y}"
    found = links(client, reverse("reviews:board", args=[group.uuid]), round_of.cycle.regulation)
    assert f"?on={day}#quota" in found


def test_formalities_of_a_meeting_lead_to_the_procedure(client, province, round_of):
    client.force_login(province.users["nga"], backend="orgs.backends.RoleBackend")
    meeting = round_of.meetings["TT-SKH"]
    found = links(client, reverse("reviews:meeting_detail", args=[meeting.uuid]), round_of.cycle.regulation)
    day = f"{round_of.cycle.period_end_on:%d/%m/%Y}"
    assert f"?on={day}#procedure-quorum" in found
    assert f"?on={day}#procedure-circulation_working_days" in found
