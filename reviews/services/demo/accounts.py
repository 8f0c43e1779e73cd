"""The accounts of the demonstration and what they may do."""

from typing import Any

from django.contrib.auth.hashers import make_password

from orgs import roles
from orgs.models import Person, RoleGrant, User
from reviews.services.demo.offices import BODIES
from reviews.services.demo.register import DOCUMENT, SINCE, Register

PASSWORD = "Tu-soi-mau-2024"  # noqa: S105 - printed by `demo_logins`, for generated people only
OFFICERS = ("BTCTU", "SNV", "DUK", "KHDT", "YT")


def write_accounts(made: Register) -> None:
    """Give everybody of the register an account, one administrator, and the roles that no post brings."""
    shared = make_password(PASSWORD)
    people = Person.objects.filter(is_demo=True).order_by("id")
    users = User.objects.bulk_create(
        User(username=person.code, password=shared, person=person, email=person.email) for person in people
    )
    made.users = {user.person_id: user for user in users}
    made.administrator = User.objects.create(username="quantri-mau", password=shared, is_staff=True)
    RoleGrant.objects.bulk_create(RoleGrant(started_on=SINCE, document=DOCUMENT, **row) for row in _grants(made))


def _grants(made: Register) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"user": made.administrator, "role": roles.ADMINISTRATOR}]
    agencies = sorted(made.agencies)
    for code in (*OFFICERS, *(code for code in agencies if code not in OFFICERS)):
        rows.append({"user": _member_of_staff(made, code, 0), "role": roles.OFFICER, "unit": made.units[code]})
    bodies = dict.fromkeys((*(code for code, *_rest in BODIES), "TT-KHDT"), ("TU", 0, 1))
    bodies |= {f"TT-{code}": (code, 2, 3) for code in agencies if code != "KHDT"}
    for body, (code, recorder, confirmer) in bodies.items():
        for role, place in ((roles.RECORDER, recorder), (roles.CONFIRMER, confirmer)):
            user = _member_of_staff(made, code, place)
            rows.append({"user": user, "role": role, "collective": made.collectives[body]})
    for code in ("TU", "UBND"):
        for role, home in ((roles.INSPECTOR, "UBKTTU"), (roles.ACCOUNT_OFFICER, "UBND")):
            rows.append({"user": _member_of_staff(made, home, 0), "role": role, "unit": made.units[code]})
    return rows + _keepers(made)


def _keepers(made: Register) -> list[dict[str, Any]]:
    """Who writes for each collective, and the secretaries of the Party cells."""
    rows = []
    for code, collective in made.collectives.items():
        place = code.removeprefix("CU-CB-").removeprefix("TT-")
        if place not in made.heads:
            continue
        # A district committee's papers are kept by the province's office: the demonstration has no staff there.
        home, number = (place, 1) if len(made.staff[place]) > 1 else ("TU", 2)
        rows.append({"user": _member_of_staff(made, home, number), "role": roles.SECRETARY, "collective": collective})
        if code.startswith("CU-") and place in made.deputies:
            cell_secretary = made.users[made.deputies[place][0].pk]
            rows.append({"user": cell_secretary, "role": roles.PARTY_SECRETARY, "collective": collective})
    return rows


def _member_of_staff(made: Register, code: str, place: int) -> User:
    return made.users[made.staff[code][place].pk]
