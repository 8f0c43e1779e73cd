"""Posts and seats: what the days, the units and the office of the actor refuse, and what one new main post ends."""

from datetime import date

import pytest

from orgs.models import Appointment, CollectivePart, Forbidden, Membership, Refusal, Stale, Unit
from orgs.services import posts

pytestmark = pytest.mark.django_db
DAY, DOCUMENT = date(2024, 5, 6), "QĐ 31-QĐ/SYT"


@pytest.fixture
def give(province):
    """Khánh, who keeps the records of Sở Y tế, gives Em a post."""

    def act(**values):
        post = {"unit": province.units["SYT"], "position": province.positions["PGD"], "started_on": DAY, **values}
        return posts.appoint(
            person=province.people["em"], values=post, document=DOCUMENT, actor=province.users["khanh"]
        )

    return act


@pytest.fixture
def seat(province):
    """Khánh gives somebody a seat in the leadership of Sở Y tế."""

    def act(short="em", code="TT-SYT", started_on=DAY):
        return posts.join_collective(
            person=province.people[short],
            collective=province.collectives[code],
            part=CollectivePart.MEMBER,
            order=5,
            started_on=started_on,
            document=DOCUMENT,
            actor=province.users["khanh"],
        )

    return act


def ended(row, on, province):
    given = {"on": on, "document": DOCUMENT, "actor": province.users["khanh"]}
    if isinstance(row, Appointment):
        return posts.end_appointment(appointment=row, **given)
    return posts.leave_collective(membership=row, **given)


def test_post_leaves_the_main_one_where_it_is_when_it_is_a_second_one(province, give):
    given = give(is_main=False)
    assert (given.document, given.is_main) == (DOCUMENT, False)
    assert province.people["em"].appointments.filter(ended_on=None).count() == 2


def test_post_ends_the_main_one_on_its_first_day_when_it_is_the_new_main_one(province, give):
    before = province.people["em"].appointments.get()
    Appointment.objects.filter(pk=before.pk).update(is_main=True)
    given = give(is_main=True)
    before.refresh_from_db()
    assert before.ended_on == DAY
    assert before.history.first().history_change_reason == DOCUMENT
    assert list(province.people["em"].appointments.filter(ended_on=None)) == [given]


@pytest.mark.parametrize("started_on", [date(2020, 1, 1), date(2019, 12, 31), None])
def test_main_post_is_refused_when_it_does_not_begin_after_the_present_one(province, give, started_on):
    province.people["em"].appointments.update(is_main=True)
    with pytest.raises(Refusal, match="phải bắt đầu sau chức vụ hiện tại") as refused:
        give(is_main=True, started_on=started_on)
    assert refused.value.field == "started_on"
    assert province.people["em"].appointments.get().ended_on is None


@pytest.mark.parametrize("started_on", [date(2024, 5, 6), date(2024, 6, 1), None])
def test_post_is_refused_when_the_unit_has_ended_by_then(province, give, started_on):
    Unit.objects.filter(code="SYT").update(ended_on=DAY)
    province.units["SYT"].refresh_from_db()
    with pytest.raises(Refusal) as refused:
        give(is_main=False, started_on=started_on)
    assert refused.value.field == "unit"
    assert province.people["em"].appointments.count() == 1


def test_post_is_refused_when_the_same_one_begins_twice_on_a_day(province, give):
    give(is_main=False)
    with pytest.raises(Refusal) as refused:
        give(is_main=False)
    assert refused.value.field == "started_on"
    assert province.people["em"].appointments.count() == 2


@pytest.mark.parametrize("code", ["SKH", None])
def test_post_is_refused_when_its_unit_is_not_kept_by_the_actor(province, give, code):
    with pytest.raises(Forbidden):
        give(is_main=False, unit=province.units.get(code))
    assert province.people["em"].appointments.count() == 1


def test_end_is_refused_before_the_beginning_and_a_second_time(province, give, seat):
    for row in (give(is_main=False), seat()):
        with pytest.raises(Refusal) as refused:
            ended(row, date(2024, 5, 5), province)
        assert refused.value.field == "on"
        assert ended(row, date(2024, 7, 1), province).ended_on == date(2024, 7, 1)
        with pytest.raises(Stale):
            ended(row, date(2024, 8, 1), province)
        row.refresh_from_db()
        assert row.ended_on == date(2024, 7, 1)


def test_seat_is_refused_when_the_person_sits_there_already(province, seat):
    seat()
    with pytest.raises(Refusal) as refused:
        seat(started_on=date(2024, 6, 1))
    assert refused.value.field == "collective"
    assert Membership.objects.filter(person=province.people["em"]).count() == 1


def test_seat_is_given_again_after_it_was_left(province, seat):
    ended(seat(), date(2024, 6, 1), province)
    assert seat(started_on=date(2024, 9, 1)).ended_on is None


def test_seat_is_refused_in_a_collective_of_another_unit(province, seat):
    with pytest.raises(Forbidden):
        seat(code="TT-SKH")
    foreign = province.people["an"].memberships.first()
    with pytest.raises(Forbidden):
        ended(foreign, DAY, province)
    foreign.refresh_from_db()
    assert foreign.ended_on is None


def test_officer_gives_himself_no_seat(province, seat):
    with pytest.raises(Forbidden):
        seat(short="khanh")
    assert not Membership.objects.filter(person=province.people["khanh"]).exists()
