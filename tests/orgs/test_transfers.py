"""Posts and seats moved by a document: appointed, ended, seated, unseated, transferred, gone."""

from datetime import date

import pytest

from orgs.models import AuditEvent, CollectivePart, Refusal
from orgs.services import audit, transfers

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 15)


@pytest.fixture
def acting(province):
    return {"on": DAY, "document": "QĐ 125-QĐ/TU", "actor": province.users["giang"]}


def posts(person, on=DAY):
    return [(post.unit.code, post.position.code, post.is_head) for post in person.appointments.current(on)]


def seats(person, on=DAY):
    return sorted((seat.collective.code, seat.part) for seat in person.memberships.current(on))


def test_appoint_adds_a_main_post_and_keeps_the_others(province, acting):
    chi = province.people["chi"]
    transfers.appoint(
        person=chi, unit=province.units["SYT"], position=province.positions["PGD"], is_head=True, **acting
    )
    assert sorted(posts(chi)) == [("SKH", "CV", False), ("SYT", "PGD", True)]
    assert posts(chi, date(2024, 11, 14)) == [("SKH", "CV", False)]
    assert AuditEvent.objects.get().action == "person.appointed"


def test_appoint_twice_is_refused_and_leaves_one(province, acting):
    chi = province.people["chi"]
    given = {"person": chi, "unit": province.units["SYT"], "position": province.positions["PGD"]}
    transfers.appoint(**given, **acting)
    with pytest.raises(Refusal) as refused:
        transfers.appoint(**given, **acting)
    assert refused.value.field == "position"
    assert chi.appointments.count() == 2


def test_end_posts_ends_what_is_current_and_nothing_else(province, acting):
    an = province.people["an"]
    later = an.appointments.create(
        unit=province.units["SYT"], position=province.positions["PGD"], started_on=date(2025, 1, 1)
    )
    assert len(transfers.end_posts(person=an, **acting)) == 1
    assert posts(an) == []
    later.refresh_from_db()
    assert later.ended_on is None


@pytest.mark.parametrize(("narrowing", "left"), [({"unit": "SKH"}, ["UBND"]), ({"heads_only": True}, ["UBND"])])
def test_end_posts_is_narrowed(province, acting, narrowing, left):
    an = province.people["an"]
    an.appointments.create(unit=province.units["UBND"], position=province.positions["PGD"], is_main=False)
    given = {name: province.units[value] if name == "unit" else value for name, value in narrowing.items()}
    transfers.end_posts(person=an, **given, **acting)
    assert [unit for unit, _position, _head in posts(an)] == left


def test_seat_replaces_the_part_held_before(province, acting):
    binh = province.people["binh"]
    transfers.seat(person=binh, collective=province.collectives["TT-SKH"], part=CollectivePart.MEMBER, **acting)
    assert seats(binh) == [("TT-SKH", "member")]
    assert seats(binh, date(2024, 11, 14)) == [("TT-SKH", "deputy")]
    transfers.seat(person=binh, collective=province.collectives["TT-SKH"], part=CollectivePart.DEPUTY, **acting)
    assert seats(binh) == [("TT-SKH", "deputy")]


def test_a_collective_has_one_head(province, acting):
    body = province.collectives["TT-SKH"]
    with pytest.raises(Refusal, match="Nguyễn Văn Ấn") as refused:
        transfers.seat(person=province.people["binh"], collective=body, part=CollectivePart.HEAD, **acting)
    assert refused.value.field == "part"
    transfers.unseat(person=province.people["an"], collective=body, **acting)
    transfers.seat(person=province.people["binh"], collective=body, part=CollectivePart.HEAD, **acting)
    assert seats(province.people["binh"]) == [("TT-SKH", "head")]


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [({}, []), ({"unit": "SKH"}, [("CU-SKH", "head")]), ({"collective": "CU-SKH"}, [("TT-SKH", "head")])],
)
def test_unseat_is_narrowed(province, acting, narrowing, left):
    an = province.people["an"]
    places = {"unit": province.units, "collective": province.collectives}
    given = {name: places[name][code] for name, code in narrowing.items()}
    transfers.unseat(person=an, **given, **acting)
    assert seats(an) == left


def test_join_cell_moves_members_only(province, acting):
    chi, tu = province.people["chi"], province.people["tu"]
    transfers.join_cell(person=chi, cell=province.units["CB-SYT"], **acting)
    chi.refresh_from_db()
    assert (chi.party_cell.code, chi.version) == ("CB-SYT", 2)
    transfers.join_cell(person=chi, cell=province.units["CB-SYT"], **acting)
    assert AuditEvent.objects.filter(action="person.joined_cell").count() == 1
    with pytest.raises(Refusal) as refused:
        transfers.join_cell(person=tu, cell=province.units["CB-SYT"], **acting)
    assert refused.value.field == "cell"


def test_leave_register_ends_everything_once(province, acting):
    an = province.people["an"]
    transfers.leave_register(person=an, reason="Nghỉ hưu", **acting)
    assert (posts(an), seats(an), an.ended_on, an.ended_reason) == ([], [], DAY, "Nghỉ hưu")
    with pytest.raises(Refusal):
        transfers.leave_register(person=an, reason="Nghỉ hưu", **acting)
    assert audit.broken_links() == []


@pytest.mark.parametrize("document", ["", "  "])
def test_nothing_moves_without_a_document(province, acting, document):
    an, undocumented = province.people["an"], {**acting, "document": document}
    for act, more in (
        (transfers.end_posts, {}),
        (transfers.unseat, {}),
        (transfers.leave_register, {"reason": "Nghỉ hưu"}),
        (transfers.join_cell, {"cell": province.units["CB-SYT"]}),
        (transfers.appoint, {"unit": province.units["SYT"], "position": province.positions["GD"]}),
        (transfers.seat, {"collective": province.collectives["TT-SYT"], "part": CollectivePart.MEMBER}),
    ):
        with pytest.raises(Refusal) as refused:
            act(person=an, **more, **undocumented)
        assert refused.value.field == "document"
    an.refresh_from_db()
    assert (len(posts(an)), len(seats(an)), an.ended_on) == (1, 2, None)
    assert not AuditEvent.objects.exists()
