"""How each role reaches named shortcomings: who mends one, who sits beside him, who keeps the register of him."""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Model, Q
from django.utils import timezone

from orgs import access, roles
from orgs.access import Reach, Viewer, register_reach
from orgs.models import Appointment, Collective, Membership, Person, Unit, UnitSuccession

SHORTCOMING = "registrations.Shortcoming"
RESULT = "registrations.YearResult"
SUBJECTS: dict[str, type[Model]] = {"person": Person, "collective": Collective, "unit": Unit}
SEATS = (roles.AUTHOR, roles.MEMBER, roles.SECRETARY, roles.PARTY_SECRETARY)
# A result is a person's or a collective's, never a unit's.
OF_RESULTS = ("person", "collective")
# What higher floors add to the reach: a subject kind -> what a viewer reaches besides (those whom he appraises).
REACHED: dict[str, list[Callable[[Viewer], Q]]] = defaultdict(list)


def register_reached(kind: str, reached: Callable[[Viewer], Q]) -> None:
    """Let who may state facts also state them about the subjects of `kind` that `reached(viewer)` names."""
    if reached not in REACHED[kind]:
        REACHED[kind].append(reached)


def kept_by(role: str, among: tuple[str, ...] = tuple(SUBJECTS)) -> Reach:
    """The rows about whom the holder of `role` keeps the register of; `among` names the kinds of subject they have."""

    def reach(viewer: Viewer) -> Q | None:
        total = Q(pk__in=[])
        for name in among:
            model = SUBJECTS[name]
            rows = access.reach_of(model._meta.label, role, viewer) or Q(pk__in=[])
            if role == roles.OFFICER:
                for more in REACHED[name]:
                    rows |= more(viewer)
            total |= Q(**{f"{name}__in": model._base_manager.filter(rows).values("pk")})
        return total

    return reach


def led_by_head(viewer: Viewer) -> Q | None:
    """The rows about the collectives that the viewer heads, and about who sits in them today."""
    headed = viewer.collectives_of(roles.HEAD)
    if not headed:
        return None
    seated = Membership.objects.current(timezone.localdate()).filter(collective__in=headed)
    return Q(collective__in=headed) | Q(person__in=seated.values("person"))


def led_by_unit_head(viewer: Viewer) -> Q | None:
    """The rows about the agency that the viewer heads and those that became part of it, their collectives, and who
    holds a post there today.
    """
    units = viewer.units_of(roles.UNIT_HEAD)
    if not units:
        return None
    posted = Appointment.objects.current(timezone.localdate()).filter(unit__in=units)
    # What was named of a body goes on with the one that followed it.
    before = UnitSuccession.objects.filter(successor__in=units).values("predecessor")
    collectives = Collective.objects.filter(Q(unit__in=units) | Q(unit__in=before))
    named = Q(unit__in=units) | Q(unit__in=before) | Q(collective__in=collectives.values("pk"))
    return named | Q(person__in=posted.values("person"))


def sat_beside(role: str) -> Reach:
    """The results of the collectives in which `role` is held, and of who sits in them today."""

    def reach(viewer: Viewer) -> Q | None:
        kept = viewer.collectives_of(role)
        seated = Membership.objects.current(timezone.localdate()).filter(collective__in=kept)
        return Q(collective__in=kept) | Q(person__in=seated.values("person")) if kept else None

    return reach


def worked_under(viewer: Viewer) -> Q | None:
    """The results of who holds a post today in the agency that the viewer heads, and of its collectives."""
    units = viewer.units_of(roles.UNIT_HEAD)
    if not units:
        return None
    posted = Appointment.objects.current(timezone.localdate()).filter(unit__in=units)
    collectives = Collective.objects.filter(unit__in=units)
    return Q(collective__in=collectives.values("pk")) | Q(person__in=posted.values("person"))


def _own(viewer: Viewer) -> Q | None:
    return Q(person=viewer.person_id) | Q(owner=viewer.person_id) if viewer.person_id else None


def _seated(role: str) -> Reach:
    return lambda viewer: Q(collective__in=viewer.collectives_of(role)) if role in viewer.collectives else None


def _copied(viewer: Viewer) -> Q | None:
    units = viewer.subtree_of(roles.COPIED)
    return Q(unit__in=units) | Q(collective__unit__in=units) if units else None


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
    register_reach(SHORTCOMING, roles.SUBJECT, _own)
    for role in SEATS:
        register_reach(SHORTCOMING, role, _seated(role))
    register_reach(SHORTCOMING, roles.HEAD, led_by_head)
    register_reach(SHORTCOMING, roles.UNIT_HEAD, led_by_unit_head)
    register_reach(SHORTCOMING, roles.COPIED, _copied)
    for role in (roles.OFFICER, roles.INSPECTOR):
        register_reach(SHORTCOMING, role, kept_by(role))
    _register_results()


def _register_results() -> None:
    register_reach(RESULT, roles.SUBJECT, lambda viewer: Q(person=viewer.person_id) if viewer.person_id else None)
    for role in (roles.AUTHOR, roles.MEMBER):
        register_reach(RESULT, role, _seated(role))
    for role in (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY):
        register_reach(RESULT, role, sat_beside(role))
    register_reach(RESULT, roles.UNIT_HEAD, worked_under)
    for role in (roles.OFFICER, roles.INSPECTOR):
        register_reach(RESULT, role, kept_by(role, OF_RESULTS))
