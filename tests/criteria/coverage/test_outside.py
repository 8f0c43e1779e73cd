"""Who stands outside of the counts by body: posts that name no body, people whom no text reaches; said on the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle
from criteria.selectors.reaching.coverage import CoverageBook
from criteria.selectors.reaching.outside import people_outside, posts_outside
from orgs.models import Appointment, Person, Position
from tests.cast import SINCE
from tests.criteria import rounds
from tests.criteria.coverage import sent

pytestmark = pytest.mark.django_db
WORDS = "giữ chức vụ, vị trí không ghi cơ quan, đơn vị"


@pytest.fixture
def cycle(province):
    """An open cycle of a register in which every post names its body."""
    Appointment.objects.filter(unit=None).delete()
    return rounds.open_cycle(province)


def loose(province, name, **more):
    """A post of somebody that names no body."""
    given = {"position": Position.objects.first(), "started_on": SINCE, "document": "QĐ 11-QĐ/TU", "is_main": False}
    return Appointment.objects.create(person=province.people[name], unit=None, **{**given, **more})


def placed_nowhere(province, name):
    """Whoever held posts in bodies holds none from today on, and is in no Party organisation."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(person=province.people[name]).update(ended_on=yesterday)
    Person.objects.filter(pk=province.people[name].pk).update(party_cell=None)


def test_post_without_a_body_is_counted_apart_and_not_covered(province, cycle):
    before = CoverageBook(cycle).total().whole.total
    assert posts_outside(cycle) == 0
    placed_nowhere(province, "em")
    without = CoverageBook(cycle).total().whole.total
    loose(province, "em")
    assert posts_outside(cycle) == 1
    assert CoverageBook(cycle).total().whole.total == without <= before


def test_second_post_without_a_body_of_who_stands_in_one_is_not_outside(province, cycle):
    loose(province, "em")
    assert posts_outside(cycle) == 0


def test_two_loose_posts_are_one_person_and_past_ones_nobody(province, cycle):
    placed_nowhere(province, "em")
    rows = [loose(province, "em", position=position) for position in Position.objects.all()[:2]]
    assert posts_outside(cycle) == 1
    Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(
        ended_on=timezone.localdate() - timedelta(days=1)
    )
    assert posts_outside(cycle) == 0


def test_who_has_left_is_nowhere(province, cycle):
    before = people_outside()
    placed_nowhere(province, "em")
    loose(province, "em")
    assert (posts_outside(cycle), people_outside()) == (1, before + 1)
    Person.objects.filter(pk=province.people["em"].pk).update(ended_on=timezone.localdate())
    assert (posts_outside(cycle), people_outside()) == (0, before)


def test_member_of_a_party_organisation_is_reached_without_a_post(province):
    before = people_outside()
    placed_nowhere(province, "em")
    assert people_outside() == before + 1
    Person.objects.filter(pk=province.people["em"].pk).update(party_cell=province.units["CB-SKH"])
    assert people_outside() == before


def test_closed_cycle_counts_as_of_its_end(province, cycle):
    placed_nowhere(province, "em")
    loose(province, "em", started_on=timezone.localdate())
    assert posts_outside(cycle) == 1
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now() - timedelta(days=3))
    assert posts_outside(Cycle.objects.get(pk=cycle.pk)) == 0


def coverage_page(login, cycle, name, **query):
    answer = login(name).get(reverse("criteria:cycle_coverage", args=[cycle.uuid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_of_the_whole_says_who_stands_outside(province, login, cycle):
    assert WORDS not in coverage_page(login, cycle, "giang")
    placed_nowhere(province, "em")
    loose(province, "em")
    assert f"Có 1 người {WORDS}" in coverage_page(login, cycle, "giang")
    missing = login("giang").get(reverse("criteria:cycle_coverage_missing", args=[cycle.uuid])).content.decode()
    assert WORDS in missing


def test_page_of_a_part_says_nothing_of_the_whole(province, login, cycle):
    placed_nowhere(province, "em")
    loose(province, "em")
    unit = province.units["SKH"]
    assert WORDS not in coverage_page(login, cycle, "giang", unit=str(unit.uuid))
    assert WORDS not in coverage_page(login, cycle, "an")


def test_page_of_a_text_says_to_its_sender_alone_whom_it_does_not_reach(province, login):
    row = sent.opened(province, "SKH", "SYT")
    address, words = reverse("criteria:dissemination_detail", args=[row.uuid]), "không sinh hoạt ở tổ chức đảng nào"
    placed_nowhere(province, "em")
    assert f"Có {people_outside()} người" in login("giang").get(address).content.decode()
    assert words in login("giang").get(address).content.decode()
    for name in ("an", "dung", "chi"):
        assert words not in login(name).get(address).content.decode()
