"""Records of people and units: what their services refuse, each time with the field, and nothing half-written."""

from datetime import date, timedelta

import pytest

from orgs.models import AuditEvent, Forbidden, ManagingAuthority, Person, Refusal, Stale, Unit, UnitSuccession
from orgs.services import people, units
from tests.access.played.tables import changed, everything

pytestmark = pytest.mark.django_db
DAY, DOCUMENT = date(2024, 5, 6), "QĐ 41-QĐ/SYT"


@pytest.fixture
def acting(province):
    return {"document": DOCUMENT, "actor": province.users["khanh"]}


@pytest.fixture
def refused():
    """The refusal of an act that must leave every table as it was."""

    def act(service, expected=Refusal, **given):
        before = everything()
        with pytest.raises(expected) as found:
            service(**given)
        assert changed(before) == []
        return found.value

    return act


def em_of(province):
    person = Person.objects.get(pk=province.people["em"].pk)
    return {"person": person, "version": person.version}


def below(province, code="SYT-P1", **more):
    above = province.units["SYT"]
    return Unit.objects.create(code=code, name=f"Phòng {code}", kind=above.kind, line=above.line, parent=above, **more)


# -- people


def new_person(province, **values):
    post = {"unit": province.units["SYT"], "position": province.positions["CV"], "started_on": DAY}
    return {"values": {"code": "CB0900", "full_name": "Cao Thị Mới", **values}, "post": post}


def test_person_is_refused_when_the_cadre_code_is_taken(province, acting, refused):
    taken = refused(people.create_person, **new_person(province, code="CB0001"), **acting)
    assert (str(taken), taken.field) == ("Mã cán bộ “CB0001” đã được dùng.", "code")
    again = refused(people.change_person, **em_of(province), values={"code": "CB0001"}, **acting)
    assert again.field == "code"


def test_person_is_refused_when_the_level_is_kept_out_of_here(province, acting, refused):
    level = ManagingAuthority.objects.create(code="TW", name="Trung ương quản lý", rank=500, is_excluded=True)
    for service, given in (
        (people.create_person, new_person(province, managing_authority=level)),
        (people.change_person, {**em_of(province), "values": {"managing_authority": level}}),
    ):
        found = refused(service, **given, **acting)
        assert "Trung ương quản lý" in str(found)
        assert found.field == "managing_authority"


def test_person_without_a_unit_is_written_by_the_administrator_alone(province, acting, refused):
    given = new_person(province)
    given["post"]["unit"] = None
    refused(people.create_person, Forbidden, **given, **acting)
    assert people.create_person(**given, document=DOCUMENT, actor=province.users["phuc"]).code == "CB0900"


def test_record_that_says_the_same_already_is_left_alone(province, acting):
    before = everything()
    people.change_person(**em_of(province), values={"full_name": "Đỗ Thị Ngọc Em"}, **acting)
    assert changed(before) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"on": date(2100, 1, 1)}, "on"),
        ({"on": date(2019, 12, 31)}, "on"),
    ],
    ids=["without a reason", "on a day to come", "before the post began"],
)
def test_end_of_a_record_is_refused(province, acting, refused, more, field):
    given = {"on": DAY, "reason": "Nghỉ hưu", **more}
    assert refused(people.end_person, **em_of(province), **given, **acting).field == field


def test_end_of_a_record_ends_posts_and_seats_and_is_not_repeated(province, acting, refused):
    dung = Person.objects.get(pk=province.people["dung"].pk)
    given = {"on": DAY, "reason": "Nghỉ hưu", "document": DOCUMENT, "actor": province.users["phuc"]}
    people.end_person(person=dung, version=dung.version, **given)
    ends = {row.ended_on for row in (*dung.appointments.all(), *dung.memberships.all())}
    assert (ends, dung.memberships.count()) == ({DAY}, 2)
    dung.refresh_from_db()
    refused(people.end_person, Stale, person=dung, version=dung.version, **given)
    assert AuditEvent.objects.filter(action="person.end").count() == 1


# -- units


def test_unit_is_refused_when_its_code_is_taken(province, acting, refused):
    above = province.units["SYT"]
    values = {"code": "SKH", "name": "Phòng Mới", "kind": above.kind, "line": above.line, "parent": above}
    found = refused(units.create_unit, values=values, **acting)
    assert (str(found), found.field) == ("Mã “SKH” đã được dùng.", "code")


@pytest.mark.parametrize("parent", ["SKH", None])
def test_unit_is_refused_below_one_that_the_actor_does_not_keep(province, acting, refused, parent):
    row = below(province)
    values = {"parent": province.units.get(parent)}
    refused(units.change_unit, Forbidden, unit=row, values=values, version=row.version, **acting)
    new = {"code": "X1", "name": "Phòng X", "kind": row.kind, "line": row.line, **values}
    refused(units.create_unit, Forbidden, values=new, **acting)


def test_unit_is_refused_below_itself(province, acting, refused):
    syt, row = Unit.objects.get(code="SYT"), below(province)
    for parent in (syt, row):
        given = {"unit": syt, "values": {"parent": parent}, "version": syt.version}
        assert refused(units.change_unit, **given, **acting).field == "parent"


def test_unit_that_says_the_same_already_is_left_alone(province, acting):
    row = below(province)
    before = everything()
    units.change_unit(unit=row, values={"name": "Phòng SYT-P1"}, version=row.version, **acting)
    assert changed(before) == []


def test_unit_is_not_ended_while_people_or_units_go_on_in_it(province, acting, refused):
    syt = Unit.objects.get(code="SYT")
    below(province)
    found = refused(units.end_unit, unit=syt, on=DAY, version=syt.version, **acting)
    assert "3 chức vụ, 1 đơn vị" in str(found)
    assert found.field == "on"


def test_unit_is_not_ended_before_it_began_nor_twice(province, acting, refused):
    row = below(province, started_on=DAY)
    found = refused(units.end_unit, unit=row, on=DAY - timedelta(days=1), version=row.version, **acting)
    assert found.field == "on"
    ended = units.end_unit(unit=row, on=DAY, version=row.version, **acting)
    refused(units.end_unit, Stale, unit=row, on=DAY, version=ended.version, **acting)


def test_succession_is_refused_when_it_names_none_or_itself_or_one_that_has_ended(province, acting, refused):
    old, new = below(province), below(province, "SYT-P2")
    for predecessors in ([], [old, new]):
        found = refused(units.succeed_unit, predecessors=predecessors, successor=new, on=DAY, **acting)
        assert found.field == "predecessors"
    Unit.objects.filter(pk=new.pk).update(ended_on=DAY)
    assert refused(units.succeed_unit, predecessors=[old], successor=new, on=DAY, **acting).field == "successor"


def test_succession_is_refused_whole_when_one_of_the_units_is_not_kept(province, acting, refused):
    old, new = below(province), below(province, "SYT-P2")
    skh = Unit.objects.get(code="SKH")
    for predecessors, successor in (([old, skh], new), ([old], skh)):
        refused(units.succeed_unit, Forbidden, predecessors=predecessors, successor=successor, on=DAY, **acting)


def test_succession_ends_every_predecessor_and_tells_who_is_left_behind(province, acting, refused):
    rows, new = [below(province), below(province, "SYT-P2")], below(province, "SYT-P3")
    province.people["em"].appointments.update(unit=rows[0])
    done = units.succeed_unit(predecessors=rows, successor=new, on=DAY, **acting)
    assert (done.people, done.children, len(done.rows)) == (1, 0, 2)
    assert {row.ended_on for row in Unit.objects.filter(code__in=("SYT-P1", "SYT-P2"))} == {DAY}
    refused(units.succeed_unit, Stale, predecessors=rows, successor=new, on=DAY, **acting)
    assert UnitSuccession.objects.count() == 2
