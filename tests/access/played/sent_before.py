"""Forms of the register and of plans, as they are sent; each ends what made it possible."""

from tests.access.played.acts import before_round, law
from tests.access.played.acts import frameworks as below
from tests.access.played.acts.act import DOCUMENT, SINCE_ROSTER
from tests.access.played.sent import DAY, Sent

END = {"on": SINCE_ROSTER.strftime(DAY), "document": DOCUMENT}


def person_ended(made):
    given = before_round.record_of_em(made, 0)
    return [given["person"].uuid], {**END, "reason": "Nghỉ hưu", "version": given["version"]}


def post_ended(made):
    post = before_round.post_of_em(made, 0)["appointment"]
    return [post.person.uuid, post.uuid], {**END, "version": post.person.version}


def seat_ended(made):
    seat = before_round.seat_of_dung(made, 0)["membership"]
    return [seat.person.uuid, seat.uuid], {**END, "version": seat.person.version}


def unit_ended(made):
    given = before_round.ended_unit(made, 0)
    return [given["unit"].uuid], {**END, "version": given["version"]}


def unit_merged(made):
    given = before_round.merged_units(made, 0)
    (old,), new = given["predecessors"], given["successor"]
    return [new.uuid], {**END, "predecessors": [old.pk]}


def person_made(made):
    given = before_round.new_person(made, 0)
    post = {"unit": given["post"]["unit"].pk, "position": given["post"]["position"].pk}
    words = {"standing": "civil_servant", "started_on": END["on"], "document": DOCUMENT}
    return [], {**given["values"], **post, **words}


def fact(made, **words):
    given = before_round.shortcoming_of_an(made, 0)
    return [given["row"].uuid], {"document": DOCUMENT, "version": given["version"], **words}


def fact_withdrawn(made):
    arguments, body = fact(made)
    return ["shortcoming", *arguments], body


def moved(made):
    given = law.milestone(made, 0)
    due_on = given["due_on"].strftime(DAY)
    return [given["milestone"].uuid], {"due_on": due_on, "document": DOCUMENT, "version": given["version"]}


def numbered(made):
    given = law.draft_framework(made, 0)
    issued_on = given["issued_on"].strftime(DAY)
    return [given["framework"].uuid], {"number": "9-HD/TU", "issued_on": issued_on, "version": given["version"]}


def revisited(made):
    given = below.asked_again(made, 0)
    return [given["revisit"].uuid], {"decision": "keep", "reason": "Vẫn phù hợp.", "version": given["version"]}


BEFORE = (
    Sent("orgs:account_deactivate", "set_active", "son", lambda made: ([made.user("chi").uuid], {"note": "Nghỉ hưu"})),
    Sent("orgs:person_create", "create_person", "khanh", person_made),
    Sent("orgs:person_end", "end_person", "khanh", person_ended),
    Sent("orgs:appointment_end", "end_appointment", "khanh", post_ended),
    Sent("orgs:membership_end", "leave_collective", "khanh", seat_ended),
    Sent("orgs:unit_end", "end_unit", "khanh", unit_ended),
    Sent("orgs:unit_succeed", "succeed_unit", "khanh", unit_merged),
    Sent("registrations:fact_withdraw", "withdraw_fact", "giang", fact_withdrawn),
    Sent("registrations:fact_remedy", "remedy_shortcoming", "giang", lambda made: fact(made, remedied_on=END["on"])),
    Sent("criteria:milestone_move", "move_milestone", "giang", moved),
    Sent("criteria:framework_number", "number_framework", "giang", numbered),
    Sent("criteria:revisit_decide", "decide_revisit", "khanh", revisited),
)
