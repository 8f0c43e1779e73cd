"""Acts on the register of people and units, on accounts and granted roles, and on the register of facts."""

from datetime import date

from orgs import roles
from orgs.models import Appointment, CollectivePart, Line, Membership
from orgs.services import accounts, grants, people, posts, units
from registrations.models import Shortcoming
from registrations.services.register import facts as register
from tests.access.played import listings
from tests.access.played.acts.act import DOCUMENT, SINCE_ROSTER, Act


def record_of_em(made, late, **more):
    person = made.province.people["em"]
    return {"person": person, "document": DOCUMENT, "version": person.version - late, **more}


def new_person(made, _late):
    post = {"unit": made.province.units["SYT"], "position": made.province.positions["CV"], "started_on": SINCE_ROSTER}
    return {"values": {"code": "M001", "full_name": "Cao Thị Mới"}, "post": post, "document": DOCUMENT}


def new_post(made, _late):
    values = {"unit": made.province.units["SYT"], "position": made.province.positions["PGD"], "is_main": False}
    values["started_on"] = SINCE_ROSTER
    return {"person": made.province.people["em"], "values": values, "document": DOCUMENT}


def post_of_em(made, _late):
    return {"appointment": Appointment.objects.get(person=made.province.people["em"]), **ending()}


def ending():
    return {"on": SINCE_ROSTER, "document": DOCUMENT}


def new_seat(made, _late):
    return {
        "person": made.province.people["em"],
        "collective": made.province.collectives["TT-SYT"],
        "part": CollectivePart.MEMBER,
        "order": 9,
        "started_on": SINCE_ROSTER,
        "document": DOCUMENT,
    }


def seat_of_dung(made, _late):
    seat = Membership.objects.get(person=made.province.people["dung"], collective=made.province.collectives["TT-SYT"])
    return {"membership": seat, **ending()}


def below(made, number):
    row = listings.unit(made, number)
    row.parent = made.province.units["SYT"]
    row.save()
    return row


def new_unit(made, _late):
    above = made.province.units["SYT"]
    values = {"code": "SYT-P1", "name": "Phòng Nghiệp vụ Y", "kind": above.kind, "line": Line.STATE, "parent": above}
    return {"values": {**values, "started_on": date(2024, 1, 1)}, "document": DOCUMENT}


def changed_unit(made, late):
    row = below(made, 1)
    return {"unit": row, "values": {"name": "Tên khác"}, "document": DOCUMENT, "version": row.version - late}


def ended_unit(made, late):
    row = below(made, 1)
    return {"unit": row, "version": row.version - late, **ending()}


def merged_units(made, _late):
    return {"predecessors": [below(made, 1)], "successor": below(made, 2), **ending()}


def without_account(made, _late):
    return {"people": [listings.person(made, 1)]}


def of_chi(made, _late, **more):
    return {"user": made.user("chi"), **more}


def new_grant(made, _late):
    return {
        "user": made.user("chi"),
        "role": roles.SECRETARY,
        "place": made.province.collectives["TT-SKH"],
        "started_on": SINCE_ROSTER,
        "ended_on": None,
        "document": DOCUMENT,
    }


def grant_of_nga(made, _late):
    return {"grant": made.user("nga").grants.order_by("id").first(), **ending()}


def new_fact(made, _late):
    return {"model": Shortcoming, "subject": made.province.people["dung"], **listings.DOCUMENT}


def shortcoming_of_an(made, late, **more):
    row = Shortcoming.objects.get(person=made.province.people["an"])
    return {"row": row, "document": DOCUMENT, "version": row.version - late, **more}


ACTS = (
    Act(people.create_person, "khanh", new_person),
    Act(people.change_person, "khanh", lambda made, late: record_of_em(made, late, values={"full_name": "Đỗ Thị Em"})),
    Act(people.end_person, "khanh", lambda made, late: record_of_em(made, late, on=SINCE_ROSTER, reason="Nghỉ hưu")),
    Act(posts.appoint, "khanh", new_post),
    Act(posts.end_appointment, "khanh", post_of_em),
    Act(posts.join_collective, "khanh", new_seat),
    Act(posts.leave_collective, "khanh", seat_of_dung),
    Act(units.create_unit, "khanh", new_unit),
    Act(units.change_unit, "khanh", changed_unit),
    Act(units.end_unit, "khanh", ended_unit),
    Act(units.succeed_unit, "khanh", merged_units),
    Act(accounts.create_accounts, "son", without_account),
    Act(accounts.reset_password, "son", of_chi, again=True),
    Act(accounts.set_active, "son", lambda made, late: of_chi(made, late, is_active=False, reason="Nghỉ thai sản")),
    Act(grants.grant_role, "son", new_grant),
    Act(grants.end_grant, "son", grant_of_nga),
    Act(register.enter_fact, "giang", new_fact, again=True),
    Act(
        register.remedy_shortcoming,
        "giang",
        lambda made, late: shortcoming_of_an(made, late, remedied_on=SINCE_ROSTER),
    ),
    Act(register.withdraw_fact, "giang", shortcoming_of_an),
)
