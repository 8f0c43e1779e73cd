"""The reorganisation of 1 July 2025 in the demonstration: units end, others succeed them, their people go along.

Old years keep the units in which they were reviewed; posts and seats end on the day and begin in the successor.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q

from orgs import roles
from orgs.models import (
    Appointment,
    AuthorityRule,
    Collective,
    CollectiveKind,
    CollectivePart,
    Line,
    Membership,
    Person,
    Proposer,
    RatingKind,
    RoleGrant,
    Unit,
    UnitKind,
)
from orgs.services.units import succeed_unit
from reviews.services.demo.register import Register

SOURCE = Path(__file__).with_name("reorganisation.toml")
DAY = date(2025, 7, 1)
DOCUMENT = "Nghị quyết mẫu số 1677/NQ về sắp xếp tổ chức bộ máy"
GOVERNMENT = ("DUUBND", "Đảng ủy Ủy ban nhân dân tỉnh", "BTV-DUUBND", "Ban Thường vụ Đảng ủy Ủy ban nhân dân tỉnh")


def plan() -> dict[str, Any]:
    """What ends and what succeeds it: {"kinds", "districts": [{"code", "communes"}], "mergers": [{"from", "into"}]}."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def ending_codes() -> frozenset[str]:
    """The units that are no more from that day on: their round of the year before is carried through to the end."""
    data = plan()
    merged = {code for row in data["mergers"] for code in row["from"]}
    return frozenset(merged | {row["code"] for row in data["districts"]})


def reorganise(made: Register) -> None:
    """Carry it out in the register, as the administrator, and hand the offices of the ended units on."""
    data = plan()
    kinds = {row["code"]: UnitKind.objects.create(**row) for row in data["kinds"]}
    _replace_the_government_committee(made)
    for row in data["districts"]:
        _divide(made, row, kinds["dang_uy_xa"])
    for row in data["mergers"]:
        _merge(made, row)


def _divide(made: Register, row: dict[str, Any], kind: UnitKind) -> None:
    """A district committee becomes committees of communes; its secretary and deputies lead these."""
    district = made.units[row["code"]]
    leaders = [made.heads[row["code"]], *made.deputies[row["code"]]]
    for place, (code, name) in enumerate(row["communes"]):
        unit = _new_unit(made, code, name, kind=kind, like=district)
        body = _new_body(made, f"TT-{code}", f"Ban Thường vụ {name}", unit, CollectiveKind.PARTY_COMMITTEE)
        taken = leaders[place :: len(row["communes"])]
        for number, person in enumerate(taken):
            part = CollectivePart.DEPUTY if number else CollectivePart.HEAD
            title = "Phó Bí thư" if number else "Bí thư"
            _move(person, unit, made.positions[title].pk, is_head=not number)
            _seat(person, body, part)
        made.heads[code], made.deputies[code] = taken[0], taken[1:]
        _succeed(made, [district], unit)
    _end_bodies(district)


def _merge(made: Register, row: dict[str, Any]) -> None:
    """Agencies become another one; only one of their heads goes on as head where the successor is new."""
    old = [made.units[code] for code in row["from"]]
    into = made.units.get(row["into"]) or _new_agency(made, row, old[0])
    cell, body = into.party_organisation, made.collectives[f"TT-{into.code}"]
    seats = (body, made.collectives[f"CU-{cell.code}"])
    needs_head = into.code not in made.heads
    for unit in old:
        for person in _people_of(unit):
            post = person.appointments.get(unit=unit, ended_on=None)
            is_head = post.is_head and needs_head
            needs_head = needs_head and not is_head
            _move(person, into, post.position_id, is_head=is_head)
            Person.objects.filter(pk=person.pk, is_party_member=True).update(party_cell=cell)
            if Membership.objects.filter(person=person, collective__unit=unit, ended_on=None).exists():
                part = CollectivePart.HEAD if is_head else CollectivePart.DEPUTY
                for seat in seats:
                    _seat(person, seat, part)
            if is_head:
                made.heads[into.code] = person
            elif post.is_head or person in made.deputies[unit.code]:
                made.deputies[into.code].append(person)
            else:
                made.staff[into.code].append(person)
    for unit in old:
        _end_bodies(unit)
        _end_bodies(unit.party_organisation)
    _succeed(made, old, into)
    _succeed(made, [unit.party_organisation for unit in old], cell)


def _new_agency(made: Register, row: dict[str, Any], like: Unit) -> Unit:
    cell = _new_unit(
        made, f"CB-{row['into']}", f"Chi bộ {row['name']}", kind=like.party_organisation.kind,
        like=like.party_organisation,
    )  # fmt: skip
    unit = _new_unit(made, row["into"], row["name"], kind=like.kind, like=like, cell=cell)
    _new_body(made, f"TT-{unit.code}", f"Tập thể lãnh đạo {unit.name}", unit, CollectiveKind.LEADERSHIP)
    _new_body(made, f"CU-{cell.code}", f"Chi ủy {cell.name}", cell, CollectiveKind.PARTY_CELL)
    return unit


def _new_unit(made: Register, code: str, name: str, *, kind: UnitKind, like: Unit, cell: Unit | None = None) -> Unit:
    made.units[code] = Unit.objects.create(
        code=code,
        name=name,
        kind=kind,
        line=like.line,
        parent=like.parent,
        party_organisation=cell,
        started_on=DAY,
        is_demo=True,
    )
    return made.units[code]


def _new_body(made: Register, code: str, name: str, unit: Unit, kind: str) -> Collective:
    signs = {CollectiveKind.LEADERSHIP: "T/M TẬP THỂ LÃNH ĐẠO", CollectiveKind.PARTY_CELL: "T/M CHI ỦY"}
    is_reviewed = kind != CollectiveKind.PARTY_CELL
    made.collectives[code] = Collective.objects.create(
        code=code,
        name=name,
        unit=unit,
        kind=kind,
        is_reviewed=is_reviewed,
        peer_code=unit.kind.code if is_reviewed else "",
        signs_as=signs.get(kind, "T/M BAN THƯỜNG VỤ"),
        started_on=DAY,
        is_demo=True,
    )
    _grant(made, code, roles.SECRETARY, 2)
    return made.collectives[code]


def _grant(made: Register, body: str, role: str, place: int) -> None:
    """Somebody of the province's office: it keeps the papers of the new bodies, as it did for the districts."""
    RoleGrant.objects.create(
        user=made.users[made.staff["TU"][place].pk],
        role=role,
        collective=made.collectives[body],
        started_on=DAY,
        document=DOCUMENT,
    )


def _people_of(unit: Unit) -> list[Person]:
    rows = Person.objects.filter(Q(appointments__unit=unit, appointments__ended_on=None))
    return list(rows.distinct().order_by("id"))


def _move(person: Person, unit: Unit, position_id: int, *, is_head: bool) -> None:
    person.appointments.filter(ended_on=None).update(ended_on=DAY)
    Appointment.objects.create(
        person=person, unit=unit, position_id=position_id, is_head=is_head, started_on=DAY, document=DOCUMENT
    )


def _seat(person: Person, body: Collective, part: str) -> None:
    Membership.objects.create(
        collective=body, person=person, part=part, order=10 if part == CollectivePart.HEAD else 100, started_on=DAY
    )


def _end_bodies(unit: Unit) -> None:
    Membership.objects.filter(collective__unit=unit, ended_on=None).update(ended_on=DAY)
    Collective.objects.filter(unit=unit, ended_on=None).update(ended_on=DAY)


def _succeed(made: Register, old: list[Unit], successor: Unit) -> None:
    succeed_unit(predecessors=old, successor=successor, on=DAY, document=DOCUMENT, actor=made.administrator)


def _replace_the_government_committee(made: Register) -> None:
    """From that day the Party committee of the People's Committee decides where its executive committee decided."""
    code, name, body, body_name = GOVERNMENT
    unit = _new_unit(made, code, name, kind=made.units["DUK"].kind, like=made.units["DUK"])
    new = Collective.objects.create(
        code=body, name=body_name, unit=unit, kind=CollectiveKind.PARTY_COMMITTEE, is_reviewed=False,
        signs_as="T/M BAN THƯỜNG VỤ", started_on=DAY, is_demo=True,
    )  # fmt: skip
    made.collectives[body] = new
    for place, role in enumerate((roles.RECORDER, roles.CONFIRMER)):
        _grant(made, body, role, place)
    for rule in AuthorityRule.objects.filter(deciding_collective=made.collectives["BCSD"], ended_on=None):
        AuthorityRule.objects.filter(pk=rule.pk).update(ended_on=DAY)
        rule.pk, rule._state.adding = None, True
        rule.uuid = AuthorityRule().uuid
        rule.deciding_collective, rule.started_on = new, DAY
        rule.save()
    AuthorityRule.objects.create(
        rating_kind=RatingKind.STATE,
        order=900,
        line=Line.STATE,
        unit=made.units["UBND"],
        proposer=Proposer.UNIT_HEAD,
        appraising_unit=made.units["SNV"],
        deciding_collective=new,
        document="Quy định mẫu số 366-QĐ/TU",
        started_on=DAY,
    )
