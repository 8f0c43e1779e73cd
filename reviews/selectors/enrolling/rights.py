"""Who may change the roster of a cycle after its date."""

from typing import Protocol

from criteria.models import Cycle
from orgs import access, roles
from orgs.models import Person, Unit, User
from orgs.selectors import people, units
from reviews.models import Review


class Change(Protocol):
    """What is asked of the right: whom it concerns, and where he goes."""

    person: Person
    unit: Unit | None


def may_change_roster(user: User, cycle: Cycle, change: Change) -> bool:
    """Officers who keep the person's record, and who appraise him where he takes part already.

    A newcomer without any post belongs to the officer of the unit that he joins.
    """
    if roles.MANAGE_PEOPLE not in access.viewer_of(user, fresh=True).rights:
        return False
    review = Review.objects.filter(cycle=cycle, person=change.person).defer("form").first()
    if review is not None:
        return people.may_change(user, change.person) and roles.OFFICER in access.roles_on(user, review)
    if people.may_change(user, change.person):
        return True
    is_unplaced = not change.person.appointments.filter(ended_on=None).exists()
    return bool(is_unplaced and change.unit and units.changeable_by(user).filter(pk=change.unit.pk).exists())
