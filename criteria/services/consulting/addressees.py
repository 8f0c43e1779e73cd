"""Who is addressed by a consultation: picked while it is a draft, taken off again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import addressing
from criteria.services.bodies import locked_draft, refuse_stranger
from criteria.services.consulting import consultations
from orgs.models import Person, Refusal, Unit, User
from orgs.services import transitions

MOST_ADDRESSED = 5000


@dataclass(frozen=True)
class Recipient:
    """One body or cadre with the line of the recipients under which it was picked."""

    unit: Unit | None = None
    person: Person | None = None
    block: str = ""


@transaction.atomic
def add_addressees(
    *, consultation: Consultation, recipients: Iterable[Recipient], version: int, actor: User
) -> list[Addressee]:
    """Address those who are not addressed yet; answers who is new. Refusal when nobody is."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    draft = locked_draft(consultation, version=version)
    units, people = addressing.addressed(draft)
    fresh: dict[tuple[int | None, int | None], Addressee] = {}
    for row in recipients:
        place = (row.unit and row.unit.pk, row.person and row.person.pk)
        if place[0] in units or place[1] in people or place in fresh:
            continue
        made = Addressee(consultation=draft, unit=row.unit, person=row.person, block=row.block[:300])
        transitions.start(made, "addressee")
        fresh[place] = made
    if not fresh:
        raise Refusal(_("All of them are addressed already."))
    if len(fresh) + len(units) + len(people) > MOST_ADDRESSED:
        raise Refusal(_("At most %(most)s bodies and cadres can be addressed.") % {"most": MOST_ADDRESSED})
    made = Addressee.objects.bulk_create(fresh.values(), batch_size=500)
    consultations.touch(draft, "consultation.addressed", actor, added=len(made))
    return made


@transaction.atomic
def remove_addressees(*, consultation: Consultation, addressees: Sequence[Addressee], version: int, actor: User) -> int:
    """Take addressees off a draft; answers how many."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    draft = locked_draft(consultation, version=version)
    gone, _by_model = draft.addressees.filter(pk__in=[row.pk for row in addressees]).delete()
    if not gone:
        raise Refusal(_("Tick at least one body or cadre."))
    consultations.touch(draft, "consultation.unaddressed", actor, removed=gone)
    return gone
