"""Who reaches what, from when to when; the list and the detail never disagree."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from orgs import access, roles
from orgs.models import (
    Appointment,
    AuditEvent,
    Collective,
    Line,
    Person,
    Position,
    RoleGrant,
    StandIn,
    Unit,
    UnitKind,
    User,
)
from orgs.services import audit
from tests.cast import SINCE

TODAY = timezone.localdate
DAY = timedelta(days=1)


def reached(user, label="orgs.Person", **more):
    model = {"orgs.Person": Person, "orgs.Unit": Unit, "orgs.User": User, "orgs.Collective": Collective}[label]
    rows = access.scope(label, access.viewer_of(user, fresh=True), **more)
    return set(access.within(model.objects.all(), rows).values_list("pk", flat=True))


def shorts(province, user):
    ids = reached(province.users[user])
    return {short for short, person in province.people.items() if person.pk in ids}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("user", "sees"),
    [
        ("chi", {"chi"}),
        ("an", {"an", "binh", "chi", "nga", "oanh"}),
        ("khanh", {"dung", "em", "khanh"}),
        ("giang", {"giang", "an", "dung"}),
        ("tu", {"tu"}),
        ("lan", {"lan"}),
    ],
)
def test_person_is_reached_by_role(province, user, sees):
    assert shorts(province, user) == sees


@pytest.mark.django_db
def test_administrator_reaches_everybody_and_a_locked_account_nobody(province):
    assert reached(province.users["phuc"]) == {person.pk for person in province.people.values()}
    province.users["phuc"].is_active = False
    assert reached(province.users["phuc"]) == set()


@pytest.mark.django_db
def test_reach_needing_a_right_leaves_other_roles_out(province):
    # An sees his people as head of the agency; nobody made him keep their accounts.
    assert reached(province.users["an"], needing=roles.MANAGE_ACCOUNTS) == set()
    assert len(reached(province.users["son"], needing=roles.MANAGE_ACCOUNTS)) > 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("started", "ended", "holds"),
    [(-1, None, True), (0, None, True), (1, None, False), (-9, 0, False), (-9, 1, True), (-9, -1, False)],
)
def test_grant_holds_from_its_first_day_to_the_day_before_its_end(province, started, ended, holds):
    RoleGrant.objects.create(
        user=province.users["tu"],
        role=roles.OFFICER,
        unit=province.units["SYT"],
        document="QĐ 5",
        started_on=TODAY() + started * DAY,
        ended_on=None if ended is None else TODAY() + ended * DAY,
    )
    assert (roles.OFFICER in access.viewer_of(province.users["tu"], fresh=True).roles) is holds
    assert ("em" in shorts(province, "tu")) is holds


@pytest.mark.django_db
def test_stand_in_acts_for_the_absent_and_is_named_so(province):
    an, tu = province.users["an"], province.users["tu"]
    StandIn.objects.create(absent=an, substitute=tu, document="GUQ 1", started_on=TODAY() - DAY, ended_on=TODAY() + DAY)
    assert {"an", "binh", "chi"} <= shorts(province, "tu")
    event = audit.record_event(actor=tu, action="test.act", object_type="orgs.Unit", object_id="1")
    assert "Nguyễn Văn Ấn" in event.payload
    StandIn.objects.update(ended_on=TODAY())
    assert shorts(province, "tu") == {"tu"}


@pytest.mark.django_db
def test_transfer_acts_on_the_next_request(province, client):
    """An leaves the department: from the next request he is head of nothing there."""
    assert "chi" in shorts(province, "an")
    Appointment.objects.filter(person=province.people["an"]).update(ended_on=TODAY())
    assert shorts(province, "an") == {"an"}


@pytest.mark.django_db
def test_remembered_viewer_is_read_anew_only_when_asked(province):
    an = province.users["an"]
    before = access.viewer_of(an)
    Appointment.objects.filter(person=province.people["an"]).update(ended_on=TODAY())
    assert access.viewer_of(an) is before
    assert roles.UNIT_HEAD not in access.viewer_of(an, fresh=True).roles


class TestListAndDetail(TestCase):
    """Over random trees and grants: what a list shows is what `roles_on` lets one open, and nothing else."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        parents=st.lists(st.integers(0, 6), min_size=3, max_size=7),
        homes=st.lists(st.integers(0, 6), min_size=2, max_size=5),
        grants=st.lists(
            st.tuples(st.sampled_from([roles.OFFICER, roles.INSPECTOR, roles.ACCOUNT_OFFICER]), st.integers(0, 6)),
            max_size=3,
        ),
    )
    def test_agree(self, parents, homes, grants):
        kind = UnitKind.objects.create(code="k", name="k")
        post = Position.objects.create(code="cv", name="Chức vụ nào đó", rank=90, line=Line.STATE)
        units = []
        for place, parent in enumerate(parents):
            above = units[parent % len(units)] if units and parent % 3 else None
            units.append(
                Unit.objects.create(
                    code=f"U{place}", name=f"Đơn vị {place}", kind=kind, line=Line.STATE, parent=above, started_on=SINCE
                )
            )
        people = []
        for place, home in enumerate(homes):
            person = Person.objects.create(code=f"P{place}", full_name=f"Người Số {place}")
            person.appointments.create(
                unit=units[home % len(units)], position=post, started_on=SINCE, is_head=place == 0
            )
            people.append(person)
        user = User.objects.create_user("x", person=people[0])
        for role, place in grants:
            RoleGrant.objects.create(
                user=user, role=role, unit=units[place % len(units)], document="QĐ", started_on=date(2020, 1, 1)
            )
        for label, rows in (("orgs.Person", people), ("orgs.Unit", units)):
            listed = reached(user, label)
            opened = {row.pk for row in rows if access.roles_on(user, row, fresh=True)}
            assert listed == opened
        below = access.viewer_of(user, fresh=True)
        assert all(below.units_of(role) <= below.subtree_of(role) for role, _place in grants)
        assert AuditEvent.objects.count() == 0
