"""What a head sees of his people, who has registered and who has not; and the board of a unit's works."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from criteria.access import units_led_by
from orgs import access, roles
from orgs.models import Appointment, Collective, Membership, Person, Unit, User
from orgs.selectors.settings import setting
from registrations.models import Registration, Work
from registrations.selectors.works import registrations, works

# A draft is its writer's own: to the head it counts as not registered yet.
SHOWN = (registrations.SENT, registrations.RETURNED, registrations.RECEIVED)


@dataclass(frozen=True)
class Standing:
    """How many of a head's people have registered."""

    people: int
    registered: int

    @property
    def waiting(self) -> int:
        """Who has not; nobody has to."""
        return self.people - self.registered


def leads_anybody(user: User) -> bool:
    """Whether `user` heads an agency or a collective."""
    return bool(access.viewer_of(user).roles & {roles.HEAD, roles.UNIT_HEAD})


def people_led_by(user: User) -> QuerySet[Person]:
    """Who holds a post in the bodies that `user` leads or sits in the collectives that he heads, but for himself."""
    today, viewer = timezone.localdate(), access.viewer_of(user)
    posts = Appointment.objects.current(today).filter(unit__in=units_led_by(viewer).values("pk"))
    headed = Collective.objects.filter(pk__in=viewer.collectives_of(roles.HEAD))
    seats = Membership.objects.current(today).filter(collective__in=headed.values("pk"))
    rows = Person.objects.present(today).filter(Q(pk__in=posts.values("person")) | Q(pk__in=seats.values("person")))
    return rows.exclude(pk=user.person_id)


def _sent_in(year: int) -> QuerySet[Registration]:
    return Registration.objects.filter(year=year, state__in=SHOWN)


def listed(user: User, *, year: int, has: str = "") -> QuerySet[Person]:
    """The people of a head, each with `registered` (none or one) and `posts` of today."""
    today = timezone.localdate()
    sent = _sent_in(year)
    rows = people_led_by(user)
    if has in ("yes", "no"):
        has_sent = Exists(sent.filter(person=OuterRef("pk")))
        rows = rows.filter(has_sent if has == "yes" else ~has_sent)
    posts = Appointment.objects.current(today).select_related("position", "job", "unit")
    return rows.prefetch_related(
        Prefetch("registrations", works.with_works(sent), to_attr="registered"),
        Prefetch("appointments", posts, to_attr="posts"),
    ).order_by("sort_key", "id")


def standing_of(user: User, year: int) -> Standing:
    """The numbers above the list."""
    people = people_led_by(user)
    return Standing(people.count(), people.filter(Exists(_sent_in(year).filter(person=OuterRef("pk")))).count())


def board_is_open() -> bool:
    """Whether works under way are shown inside a unit; a setting, off."""
    return bool(setting("unit_work_board"))


def own_units(user: User) -> QuerySet[Unit]:
    """Where `user` holds a post today."""
    posts = Appointment.objects.current(timezone.localdate()).filter(person=user.person_id, unit__isnull=False)
    return Unit.objects.without_tree_fields().filter(pk__in=posts.values("unit"))


def board_of(user: User) -> QuerySet[Work]:
    """Works that run in the units of `user`, for all to learn from; neither plans nor obstacles stand there."""
    rows = Work.objects.select_related(*works.RELATED).filter(
        registration__unit__in=own_units(user).values("pk"), state__in=works.RUNNING
    )
    return rows.order_by("finishes_on", "id")
