"""Who answers for a body by name, and who prepares for it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.selectors import preparers
from criteria.selectors.heads import head_of, heads_of
from orgs.models import Appointment, Membership, Person, RoleGrant, User
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 1)


def test_head_of_the_unit_answers_for_it(province):
    assert head_of(province.units["SYT"].pk, DAY) == province.people["dung"]
    assert head_of(province.units["TU"].pk, DAY) is None


def test_head_of_the_collective_answers_where_the_unit_has_none(province):
    body = province.collectives["BTV-TU"]
    Membership.objects.create(collective=body, person=province.people["lan"], part="deputy", started_on=SINCE)
    assert head_of(province.units["TU"].pk, DAY) is None
    Membership.objects.create(collective=body, person=province.people["minh"], part="head", started_on=SINCE)
    assert head_of(province.units["TU"].pk, DAY) == province.people["minh"]


@pytest.mark.parametrize(
    ("started_on", "ended_on", "is_head"),
    [
        (date(2024, 11, 1), None, True),
        (date(2024, 11, 2), None, False),
        (SINCE, date(2024, 11, 1), False),
        (SINCE, date(2024, 11, 2), True),
    ],
)
def test_head_is_the_one_of_the_day(province, started_on, ended_on, is_head):
    Appointment.objects.filter(person=province.people["dung"]).update(started_on=started_on, ended_on=ended_on)
    Membership.objects.filter(person=province.people["dung"]).delete()
    assert (head_of(province.units["SYT"].pk, DAY) == province.people["dung"]) == is_head


def test_who_has_left_the_register_answers_for_nothing(province):
    Person.objects.filter(pk=province.people["dung"].pk).update(ended_on=date(2024, 10, 31))
    assert head_of(province.units["SYT"].pk, DAY) is None


def test_main_post_comes_first_among_two_heads(province):
    Appointment.objects.create(
        person=province.people["khanh"], unit=province.units["SYT"], position=province.positions["PGD"],
        is_head=True, is_main=False, started_on=SINCE, document="QĐ 6",
    )  # fmt: skip
    assert head_of(province.units["SYT"].pk, DAY) == province.people["dung"]


def test_many_bodies_are_asked_at_once(province):
    with CaptureQueriesContext(connection) as one:
        heads_of([province.units["TU"].pk], DAY)
    with CaptureQueriesContext(connection) as all_of_them:
        found = heads_of([unit.pk for unit in province.units.values()], DAY)
    assert len(one) == len(all_of_them) == 2
    assert {unit: found[province.units[unit].pk] for unit in ("SKH", "SYT")} == {
        "SKH": province.people["an"],
        "SYT": province.people["dung"],
    }


def test_own_officers_and_those_of_the_adviser_prepare_for_a_body(province):
    def names(code):
        return {user.username for user in preparers.officers_of(province.units[code].pk)}

    assert (names("SYT"), names("TU"), names("UBND"), names("SKH")) == ({"khanh"}, {"giang"}, {"ha"}, set())
    RoleGrant.objects.filter(user=province.users["khanh"]).update(ended_on=date(2024, 1, 1))
    assert names("SYT") == set()
    User.objects.filter(username="giang").update(is_active=False)
    assert names("TU") == set()
