"""A small province with a named cast: who is who in every test of rights.

An leads Sở Kế hoạch và Đầu tư (managed by the Standing Committee), Bình is his deputy, Chi writes without a post.
Dũng leads the sibling Sở Y tế, Em works there. Giang appraises for the Organisation Committee, Hà for Sở Nội vụ,
Khánh is the officer of the sibling. Lan records and Minh confirms for the deciding bodies. Nga is secretary of An's
meetings, Oanh Party committee secretary. Phúc administers, Quân inspects, Sơn keeps accounts. Tú must see nothing.
"""

from dataclasses import dataclass, field
from datetime import date

from orgs import roles
from orgs.models import (
    Appointment,
    AuthorityRule,
    Collective,
    CollectiveKind,
    CollectivePart,
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

SINCE = date(2020, 1, 1)
PASSWORD = "Mat-khau-thu-2024"


@dataclass
class Province:
    """Everything by short names: `units["SKH"]`, `people["an"]`, `users["giang"]`, `collectives["TT-SKH"]`."""

    units: dict[str, Unit] = field(default_factory=dict)
    collectives: dict[str, Collective] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    authorities: dict[str, ManagingAuthority] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)


UNITS = [
    ("TU", "Tỉnh ủy Quảng Ngãi", "tinh_uy", Line.PARTY, None),
    ("BTCTU", "Ban Tổ chức Tỉnh ủy", "ban_dang", Line.PARTY, "TU"),
    ("DUK", "Đảng ủy Khối các cơ quan tỉnh", "dang_uy", Line.PARTY, "TU"),
    ("CB-SKH", "Chi bộ Sở Kế hoạch và Đầu tư", "chi_bo", Line.PARTY, "DUK"),
    ("CB-SYT", "Chi bộ Sở Y tế", "chi_bo", Line.PARTY, "DUK"),
    ("UBND", "Ủy ban nhân dân tỉnh Quảng Ngãi", "ubnd", Line.STATE, None),
    ("SNV", "Sở Nội vụ", "so", Line.STATE, "UBND"),
    ("SKH", "Sở Kế hoạch và Đầu tư", "so", Line.STATE, "UBND"),
    ("SYT", "Sở Y tế", "so", Line.STATE, "UBND"),
]
COLLECTIVES = [
    ("BTV-TU", "Ban Thường vụ Tỉnh ủy", "TU", CollectiveKind.PARTY_COMMITTEE, False, ""),
    ("BCSD", "Ban cán sự đảng Ủy ban nhân dân tỉnh", "UBND", CollectiveKind.PARTY_COMMITTEE, False, ""),
    ("BTV-DUK", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh", "DUK", CollectiveKind.PARTY_COMMITTEE, False, ""),
    ("CU-SKH", "Chi ủy Chi bộ Sở Kế hoạch và Đầu tư", "CB-SKH", CollectiveKind.PARTY_CELL, False, ""),
    ("CU-SYT", "Chi ủy Chi bộ Sở Y tế", "CB-SYT", CollectiveKind.PARTY_CELL, False, ""),
    ("TT-SKH", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư", "SKH", CollectiveKind.LEADERSHIP, True, "so"),
    ("TT-SYT", "Tập thể lãnh đạo Sở Y tế", "SYT", CollectiveKind.LEADERSHIP, True, "so"),
]
# short name: full name, unit, position, managing authority, head?, cell, leadership collective, part
PEOPLE = [
    ("an", "Nguyễn Văn Ấn", "SKH", "GD", "BTVTU", True, "CB-SKH", "TT-SKH", CollectivePart.HEAD),
    ("binh", "Trần Thị Bình", "SKH", "PGD", "BCSD", False, "CB-SKH", "TT-SKH", CollectivePart.DEPUTY),
    ("chi", "Lê Thị Kim Chi", "SKH", "CV", "SO", False, "CB-SKH", None, None),
    ("dung", "Phạm Quốc Dũng", "SYT", "GD", "BTVTU", True, "CB-SYT", "TT-SYT", CollectivePart.HEAD),
    ("em", "Đỗ Thị Ngọc Em", "SYT", "CV", "SO", False, "CB-SYT", None, None),
    ("giang", "Hồ Trường Giang", "BTCTU", "CV", "SO", False, None, None, None),
    ("ha", "Võ Thị Thu Hà", "SNV", "CV", "SO", False, None, None, None),
    ("khanh", "Bùi Duy Khánh", "SYT", "CV", "SO", False, "CB-SYT", None, None),
    ("lan", "Đinh Thị Lan", "TU", "CV", "SO", False, None, None, None),
    ("minh", "Hoàng Đức Minh", "TU", "CV", "SO", False, None, None, None),
    ("nga", "Ngô Thanh Nga", "SKH", "CV", "SO", False, "CB-SKH", None, None),
    ("oanh", "Đặng Kiều Oanh", "SKH", "CV", "SO", False, "CB-SKH", None, None),
    ("quan", "Lý Minh Quân", "TU", "CV", "SO", False, None, None, None),
    ("son", "Trương Công Sơn", "UBND", "CV", "SO", False, None, None, None),
    ("tu", "Huỳnh Anh Tú", None, "CV", "SO", False, None, None, None),
]
GRANTS = [
    ("giang", roles.OFFICER, "unit", "BTCTU"),
    ("ha", roles.OFFICER, "unit", "SNV"),
    ("khanh", roles.OFFICER, "unit", "SYT"),
    ("nga", roles.SECRETARY, "collective", "TT-SKH"),
    ("nga", roles.SECRETARY, "collective", "CU-SKH"),
    ("oanh", roles.PARTY_SECRETARY, "collective", "CU-SKH"),
    ("quan", roles.INSPECTOR, "unit", "TU"),
    ("quan", roles.INSPECTOR, "unit", "UBND"),
    ("son", roles.ACCOUNT_OFFICER, "unit", "UBND"),
    *(("lan", roles.RECORDER, "collective", code) for code in ("BTV-TU", "BCSD", "BTV-DUK")),
    *(("minh", roles.CONFIRMER, "collective", code) for code in ("BTV-TU", "BCSD", "BTV-DUK")),
]
# rating kind, managing authority, line, proposer, appraising unit, copy unit, deciding collective
RULES = [
    (RatingKind.CADRE, "BTVTU", "", Proposer.LEADERSHIP, "BTCTU", "SNV", "BTV-TU"),
    (RatingKind.CADRE, "BCSD", "", Proposer.LEADERSHIP, "SNV", None, "BCSD"),
    (RatingKind.PARTY_MEMBER, None, "", Proposer.PARTY_CELL, "DUK", None, "BTV-DUK"),
    (RatingKind.COLLECTIVE, None, Line.STATE, Proposer.ITSELF, "SNV", "BTCTU", "BCSD"),
]


def province() -> Province:
    """Write the whole cast into the database."""
    made = Province()
    for code, name, kind, line, parent in UNITS:
        kind_row, _ = UnitKind.objects.get_or_create(code=kind, defaults={"name": kind.replace("_", " ")})
        made.units[code] = Unit.objects.create(
            code=code, name=name, kind=kind_row, line=line, parent=made.units.get(parent), started_on=SINCE
        )
    for agency, cell in (("SKH", "CB-SKH"), ("SYT", "CB-SYT")):
        made.units[agency].party_organisation = made.units[cell]
        made.units[agency].save()
    for code, name, unit, kind, is_reviewed, peer_code in COLLECTIVES:
        made.collectives[code] = Collective.objects.create(
            code=code,
            name=name,
            unit=made.units[unit],
            kind=kind,
            is_reviewed=is_reviewed,
            peer_code=peer_code,
            started_on=SINCE,
            signs_as=f"T/M {name.upper()}",
        )
    for code, name, rank, advisory in (
        ("BTVTU", "Ban Thường vụ Tỉnh ủy quản lý", 100, "BTCTU"),
        ("BCSD", "Ban cán sự đảng UBND tỉnh quản lý", 80, "SNV"),
        ("SO", "Sở, ban, ngành quản lý", 10, None),
    ):
        made.authorities[code] = ManagingAuthority.objects.create(
            code=code, name=name, rank=rank, advisory_unit=made.units.get(advisory)
        )
    for code, name, rank, peer, leading, head in (
        ("GD", "Giám đốc Sở", 10, "giam_doc_so", True, True),
        ("PGD", "Phó Giám đốc Sở", 20, "pho_giam_doc_so", True, False),
        ("CV", "Chuyên viên", 90, "", False, False),
    ):
        made.positions[code] = Position.objects.create(
            code=code, name=name, rank=rank, peer_code=peer, is_leading=leading, is_head=head, line=Line.STATE
        )
    for number, row in enumerate(PEOPLE, start=1):
        _person(made, number, *row)
    for short, role, kind, code in GRANTS:
        place = made.units[code] if kind == "unit" else made.collectives[code]
        RoleGrant.objects.create(
            user=made.users[short], role=role, document="QĐ 01-QĐ/TU", started_on=SINCE, **{kind: place}
        )
    made.users["phuc"] = User.objects.create_user("phuc", password=PASSWORD, is_staff=True)
    RoleGrant.objects.create(
        user=made.users["phuc"], role=roles.ADMINISTRATOR, document="QĐ 02-QĐ/TU", started_on=SINCE
    )
    _rules(made)
    return made


def _person(made, number, short, name, unit, position, authority, is_head, cell, collective, part):
    person = Person.objects.create(
        code=f"CB{number:04d}",
        full_name=name,
        birth_on=date(1970 + number, 3, number),
        managing_authority=made.authorities[authority],
        standing=Standing.CIVIL_SERVANT,
        is_party_member=cell is not None,
        party_admitted_on=date(2005, 5, 19) if cell else None,
        party_cell=made.units.get(cell),
    )
    made.people[short] = person
    Appointment.objects.create(
        person=person,
        unit=made.units.get(unit),
        position=made.positions[position],
        is_head=is_head,
        started_on=SINCE,
        document="QĐ 03-QĐ/TU",
    )
    if collective:
        Membership.objects.create(
            collective=made.collectives[collective], person=person, part=part, order=number, started_on=SINCE
        )
    if cell and part == CollectivePart.HEAD:
        Membership.objects.create(
            collective=made.collectives[cell.replace("CB-", "CU-")], person=person, part=part, started_on=SINCE
        )
    made.users[short] = User.objects.create_user(short, password=PASSWORD, person=person)


def _rules(made):
    for order, (kind, authority, line, proposer, appraising, copy, deciding) in enumerate(RULES, start=1):
        AuthorityRule.objects.create(
            rating_kind=kind,
            order=order,
            managing_authority=made.authorities.get(authority),
            line=line,
            proposer=proposer,
            appraising_unit=made.units[appraising],
            copy_unit=made.units.get(copy),
            deciding_collective=made.collectives[deciding],
            document="QĐ 746-QĐ/TU ngày 01/12/2022",
            started_on=SINCE,
        )
