"""The register of the demonstration: units, collectives, people, posts, rules of authority."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from orgs import roles
from orgs.models import (
    Appointment,
    AuthorityRule,
    Collective,
    CollectiveKind,
    CollectivePart,
    Delegation,
    Line,
    ManagingAuthority,
    Membership,
    Person,
    Position,
    Proposer,
    RatingKind,
    RoleGrant,
    Standing,
    Unit,
    UnitKind,
    User,
)
from reviews.services.demo.offices import BODIES, LEVELS, POSTS, RULES
from reviews.services.demo.people import Names

SOURCE = Path(__file__).with_name("province.toml")
SINCE, STAFF_SINCE = date(2018, 1, 1), date(2024, 1, 2)
# The districts came in when the roster of 2024 was fixed already, and end with the reorganisation.
DISTRICTS_SINCE = date(2024, 11, 15)
PEOPLE = 900
# Those that kept their reviews here since 2023; the others were taken in at the beginning of 2024.
FIRST_UNITS = frozenset({"KHDT", "TC", "SNV", "CT", "XD", "TTRA", "BTCTU", "UBKTTU", "MTTQ"})
# Three who record, confirm and help at the province's committees, two who keep accounts and the Party members' ratings.
OFFICES_WITHOUT_AGENCY = ("TU", "TU", "TU", "UBND", "UBND", "DUK", "DUK")
DOCUMENT = "Quyết định mẫu số 01-QĐ/TU"


@dataclass
class Register:
    """Everything by its code, and who leads and works where."""

    units: dict[str, Unit] = field(default_factory=dict)
    collectives: dict[str, Collective] = field(default_factory=dict)
    levels: dict[str, ManagingAuthority] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)
    deputies: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    staff: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    users: dict[int, User] = field(default_factory=dict)
    administrator: User | None = None

    @property
    def agencies(self) -> set[str]:
        """Codes of the units with a leadership collective: there the staff is heard and rated."""
        leaderships = (code for code, body in self.collectives.items() if body.kind == CollectiveKind.LEADERSHIP)
        return {code.removeprefix("TT-") for code in leaderships}


def write_register() -> Register:
    """Write the register of the demonstration into an empty one."""
    made = Register()
    _units(made)
    _levels_and_positions(made)
    _collectives(made)
    _people(made)
    _rules(made)
    return made


def secretaries() -> dict[int, User]:
    """Who keeps the papers of each collective, by its id."""
    rows = RoleGrant.objects.filter(role=roles.SECRETARY).select_related("user")
    return {grant.collective_id: grant.user for grant in rows}


def _units(made: Register) -> None:
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    kinds = {row["code"]: UnitKind.objects.get_or_create(code=row["code"], defaults=row)[0] for row in data["kinds"]}
    for row in data["units"]:
        made.units[row["code"]] = Unit.objects.create(
            code=row["code"],
            name=row["name"],
            kind=kinds[row["kind"]],
            line=row["line"],
            parent=made.units.get(row.get("parent")),
            party_organisation=made.units.get(row.get("cell")),
            started_on=SINCE,
            is_demo=True,
        )


def _levels_and_positions(made: Register) -> None:
    for code, name, rank, advisory in LEVELS:
        made.levels[code] = ManagingAuthority.objects.create(
            code=code, name=name, rank=rank, advisory_unit=made.units.get(advisory)
        )
    names = [(title, True, 10) for title, *_rest in POSTS.values()] + [(row[1], False, 20) for row in POSTS.values()]
    for place, (name, is_head, rank) in enumerate(names, start=1):
        made.positions[name] = Position.objects.create(
            code=f"CV{place:02d}", name=name, rank=rank, is_leading=True, is_head=is_head, peer_code=name.casefold()
        )
    for code, name in (("CVN", "Chuyên viên"), ("NDD", "Người đại diện phần vốn nhà nước")):
        made.positions[name] = Position.objects.create(code=code, name=name, rank=90, is_leading=code == "NDD")


def _collectives(made: Register) -> None:
    for code, name, unit, signs in BODIES:
        made.collectives[code] = _collective(made, code, name, unit, CollectiveKind.PARTY_COMMITTEE, signs, "")
    for code, unit in made.units.items():
        kind = unit.kind.code
        if kind == "chi_bo":
            name, sort = f"Chi ủy {unit.name}", CollectiveKind.PARTY_CELL
            made.collectives[f"CU-{code}"] = _collective(made, f"CU-{code}", name, code, sort, "T/M CHI ỦY", "")
        elif kind == "huyen_uy":
            name, sort = f"Ban Thường vụ {unit.name}", CollectiveKind.PARTY_COMMITTEE
            made.collectives[f"TT-{code}"] = _collective(
                made, f"TT-{code}", name, code, sort, "T/M BAN THƯỜNG VỤ", kind
            )
        elif kind in POSTS and kind != "dang_uy":
            name, sort = f"Tập thể lãnh đạo {unit.name}", CollectiveKind.LEADERSHIP
            made.collectives[f"TT-{code}"] = _collective(
                made, f"TT-{code}", name, code, sort, "T/M TẬP THỂ LÃNH ĐẠO", kind
            )


def _collective(made: Register, code: str, name: str, unit: str, kind: str, signs: str, peer: str) -> Collective:
    return Collective.objects.create(
        code=code,
        name=name,
        unit=made.units[unit],
        kind=kind,
        is_reviewed=bool(peer),
        peer_code=peer,
        signs_as=signs,
        started_on=_since(made, unit) if peer else SINCE,
        is_demo=True,
    )


def _people(made: Register) -> None:
    stream = iter(Names(seed=124))
    rows: list[dict[str, Any]] = []
    for code, unit in made.units.items():
        if post := POSTS.get(unit.kind.code):
            head, deputy, deputies, head_level, deputy_level = post
            rows.append({"unit": code, "position": head, "level": head_level, "part": CollectivePart.HEAD})
            more = {"unit": code, "position": deputy, "level": deputy_level, "part": CollectivePart.DEPUTY}
            rows += [dict(more) for _number in range(deputies)]
    rows += [{"unit": None, "position": "Người đại diện phần vốn nhà nước", "level": "BCSD", "part": None}] * 2
    places = [code for code in made.units if code in made.agencies]
    missing = PEOPLE - len(rows)
    staff = [*OFFICES_WITHOUT_AGENCY, *(places[number % len(places)] for number in range(missing))][:missing]
    rows += [{"unit": code, "position": "Chuyên viên", "level": "SO", "part": None} for code in staff]
    people = [
        _person(made, number, row, found)
        for number, (row, found) in enumerate(zip(rows, islice(stream, PEOPLE), strict=True), 1)
    ]
    Person.objects.bulk_create(people)
    _posts(made, rows, people)


def _person(made: Register, number: int, row: dict[str, Any], found: tuple[str, str, date]) -> Person:
    name, gender, born = found
    unit = made.units.get(row["unit"])
    cell = unit.party_organisation if unit else None
    person = Person(
        code=f"QN{number:05d}",
        full_name=name,
        gender=gender,
        birth_on=born,
        email=f"qn{number:05d}@mau.invalid",
        managing_authority=made.levels[row["level"]],
        standing=Standing.CIVIL_SERVANT if unit and unit.line != Line.ENTERPRISE else Standing.OUTSIDE,
        is_party_member=bool(cell) or row["level"] != "SO",
        party_admitted_on=date(2005, 5, 19) if cell or row["level"] != "SO" else None,
        party_cell=cell,
        is_demo=True,
    )
    person.fill_columns()
    return person


def _posts(made: Register, rows: list[dict[str, Any]], people: list[Person]) -> None:
    appointments, seats = [], []
    for order, (row, person) in enumerate(zip(rows, people, strict=True), start=1):
        code, part = row["unit"], row["part"]
        appointments.append(
            Appointment(
                person=person,
                unit=made.units.get(code),
                position=made.positions[row["position"]],
                is_head=part == CollectivePart.HEAD,
                started_on=STAFF_SINCE if row["level"] == "SO" or not code else _since(made, code),
                document=DOCUMENT,
            )
        )
        _place(made, code, part, person)
        bodies = [f"TT-{code}", f"CU-CB-{code}"] if part else []
        seats += [
            Membership(collective=made.collectives[body], person=person, part=part, order=order, started_on=SINCE)
            for body in bodies
            if body in made.collectives
        ]
    Appointment.objects.bulk_create(appointments)
    Membership.objects.bulk_create(seats)


def _since(made: Register, code: str) -> date:
    """From when on a unit keeps its reviews here."""
    if made.units[code].kind.code == "huyen_uy":
        return DISTRICTS_SINCE
    return SINCE if code in FIRST_UNITS else STAFF_SINCE


def _place(made: Register, code: str | None, part: str | None, person: Person) -> None:
    if part == CollectivePart.HEAD:
        made.heads[code] = person
    elif part == CollectivePart.DEPUTY:
        made.deputies[code].append(person)
    elif code:
        made.staff[code].append(person)


def _rules(made: Register) -> None:
    for order, (kind, level, line, unit, proposer, appraising, copy, deciding) in enumerate(RULES, start=1):
        AuthorityRule.objects.create(
            rating_kind=kind,
            order=order * 10,
            managing_authority=made.levels.get(level),
            line=line,
            unit=made.units.get(unit),
            proposer=proposer,
            appraising_unit=made.units[appraising],
            copy_unit=made.units.get(copy),
            deciding_collective=made.collectives[deciding],
            document="Quy định mẫu số 746-QĐ/TU ngày 01/12/2022",
            started_on=STAFF_SINCE if kind == RatingKind.ORGANISATION else SINCE,
        )
    _rules_of_staff(made)
    Delegation.objects.create(
        from_collective=made.collectives["BTV-TU"],
        to_collective=made.collectives["BCSD"],
        rating_kind=RatingKind.CADRE,
        managing_authority=made.levels["BTVTU"],
        position=made.positions["Chủ tịch công ty"],
        appraising_unit=made.units["SNV"],
        document="Quyết định ủy quyền mẫu số 1299-QĐ/TU",
        started_on=SINCE,
    )


def _rules_of_staff(made: Register) -> None:
    """Each agency's leadership rates the staff that the agency itself manages."""
    ruled = {unit for kind, level, _line, unit, *_rest in RULES if (kind, level) == (RatingKind.CADRE, "SO")}
    for order, code in enumerate(sorted(made.agencies - ruled), start=len(RULES) + 1):
        AuthorityRule.objects.create(
            rating_kind=RatingKind.CADRE,
            order=order * 10,
            managing_authority=made.levels["SO"],
            unit=made.units[code],
            proposer=Proposer.LEADERSHIP,
            appraising_unit=made.units[code],
            deciding_collective=made.collectives[f"TT-{code}"],
            document="Quy định mẫu số 746-QĐ/TU ngày 01/12/2022",
            started_on=STAFF_SINCE,
        )
