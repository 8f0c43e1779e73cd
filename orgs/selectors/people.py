"""People: who sees whom, who may change whom, and the list of the register."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from orgs import access, roles
from orgs.models import Appointment, Membership, Person, User
from orgs.selectors import units

PRESENT, LEFT = "present", "left"


def visible_to(user: User) -> QuerySet[Person]:
    """The people that `user` may read: himself, and those within reach of a role of today."""
    return access.within(Person.objects.all(), access.scope("orgs.Person", access.viewer_of(user)))


def changeable_by(user: User) -> QuerySet[Person]:
    """The people whose record `user` may change: all for the administrator; for an officer those whose post or Party
    cell is in the own subtree today, those without a post today who had theirs there, and those whose level of
    management the own body advises; never his own, for posts and seats bring rights.
    """
    viewer = access.viewer_of(user)
    if roles.MANAGE_PEOPLE not in viewer.rights:
        return Person.objects.none()
    if roles.ADMINISTRATOR in viewer.everywhere:
        return Person.objects.all()
    subtree = viewer.subtree_of(roles.OFFICER)
    posts = Appointment.objects.current(timezone.localdate())
    here = posts.filter(unit__in=subtree).values("person")
    anywhere = posts.filter(unit__isnull=False).values("person")
    was_here = Appointment.objects.filter(unit__in=subtree).values("person")
    return Person.objects.filter(
        Q(pk__in=here)
        | Q(party_cell__in=subtree)
        | Q(managing_authority__advisory_unit__in=viewer.units_of(roles.OFFICER))
        | (Q(pk__in=was_here) & ~Q(pk__in=anywhere))
    ).exclude(pk=viewer.person_id or 0)


def may_change(user: User, person: Person) -> bool:
    """Whether `user` may change the record of `person`."""
    return changeable_by(user).filter(pk=person.pk).exists()


def listed(
    user: User, *, text: str = "", unit: str = "", authority: str = "", status: str = PRESENT
) -> QuerySet[Person]:
    """The visible people, searched without accents, cut down to a subtree, a level of management and a status.

    `unit` is a code or part of a name; `authority` the code of a level; `status` present, left or empty for all.
    """
    today = timezone.localdate()
    rows = visible_to(user)
    if text.strip():
        rows = rows.matching(text)
    if unit.strip():
        rows = rows.filter(pk__in=_posted_in(units.subtree_named(unit), today))
    if authority:
        rows = rows.filter(managing_authority__code=authority)
    if status == PRESENT:
        rows = rows.present(today)
    elif status == LEFT:
        rows = rows.filter(ended_on__lte=today)
    return with_posts(rows, today)


def with_posts(rows: QuerySet[Person], on: date) -> QuerySet[Person]:
    """`rows` with their level of management and, as `posts`, what each holds on the day, the main post first."""
    posts = Appointment.objects.current(on).select_related("unit", "position", "job")
    return rows.select_related("managing_authority").prefetch_related(
        Prefetch("appointments", queryset=posts, to_attr="posts")
    )


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """Every post the person ever held, those of today first."""
    rows = person.appointments.select_related("unit", "position", "job")
    return rows.order_by("ended_on", "-is_main", "-started_on", "id")


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Every collective in which the person sits or sat."""
    return person.memberships.select_related("collective__unit").order_by("ended_on", "order", "id")


def _posted_in(unit_ids: set[int], on: date) -> QuerySet:
    return Appointment.objects.current(on).filter(unit__in=unit_ids).values("person")
