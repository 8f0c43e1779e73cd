"""How each role reaches plans, frameworks and cycles: all read what is in force, officers prepare for their body."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone

from criteria.models import Addressee
from orgs import roles
from orgs.access import Viewer, register_reach
from orgs.access.nouns import EVERYTHING
from orgs.models import Appointment, Collective, ManagingAuthority, Person, Unit

KEEPERS_OF_SEATS = (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY)


def own_body(path: str) -> Callable[[Viewer], Q | None]:
    """The rows whose issuer (at `path`) is the officer's unit, one below it, or the body that the unit advises.

    A unit advises its superior when it is the advisory body of a level of management: the Organisation Committee the
    province's committee, Sở Nội vụ the People's Committee. Any other agency only prepares what is its own.
    """

    def reach(viewer: Viewer) -> Q | None:
        return Q(**{f"{path}__in": viewer.subtree_of(roles.OFFICER)}) | Q(
            **{f"{path}__children__in": _advising(viewer)}
        )

    return reach


def bodies_prepared_by(viewer: Viewer) -> QuerySet[Unit]:
    """The units for which `viewer` may write plans and frameworks: the same reach as to those documents."""
    if roles.ADMINISTRATOR in viewer.roles:
        return Unit.objects.without_tree_fields().all()
    if roles.OFFICER not in viewer.roles:
        return Unit.objects.none()
    own = Q(pk__in=viewer.subtree_of(roles.OFFICER)) | Q(children__in=_advising(viewer))
    return Unit.objects.without_tree_fields().filter(pk__in=Unit.objects.without_tree_fields().filter(own).values("pk"))


def _advising(viewer: Viewer) -> QuerySet:
    return ManagingAuthority.objects.filter(advisory_unit__in=viewer.units_of(roles.OFFICER)).values("advisory_unit")


def _everything(viewer: Viewer) -> Q:
    return EVERYTHING


def units_kept_by(viewer: Viewer) -> QuerySet[Unit]:
    """The bodies that `viewer` leads, whose minutes he keeps, or whose officer he is: their own part of a round.

    A Party organisation, in which nobody holds a post, is led by the head of its collective.
    """
    seats = frozenset().union(*(viewer.collectives_of(role) for role in KEEPERS_OF_SEATS))
    units = viewer.units_of(roles.UNIT_HEAD) | viewer.subtree_of(roles.COPIED)
    found = Q(pk__in=units) | Q(pk__in=Collective.objects.filter(pk__in=seats).values("unit"))
    return Unit.objects.without_tree_fields().filter(found)


def units_led_by(viewer: Viewer) -> QuerySet[Unit]:
    """The bodies that `viewer` leads today: as head of the agency, or of a collective of the body."""
    seats = Collective.objects.filter(pk__in=viewer.collectives_of(roles.HEAD)).values("unit")
    return Unit.objects.without_tree_fields().filter(Q(pk__in=viewer.units_of(roles.UNIT_HEAD)) | Q(pk__in=seats))


def _studying(viewer: Viewer) -> Q | None:
    """The disseminations to a body in which the person holds a post or to whose Party organisation he belongs."""
    if not viewer.person_id:
        return None
    posts = Appointment.objects.current(timezone.localdate()).filter(person=viewer.person_id, unit__isnull=False)
    cells = Person.objects.filter(pk=viewer.person_id, party_cell__isnull=False)
    return Q(units__unit__in=posts.values("unit")) | Q(units__unit__in=cells.values("party_cell"))


def _addressed(path: str, **more: object) -> Callable[[Viewer], Q | None]:
    """The rows that are addressed to a body which the viewer keeps."""
    return lambda viewer: Q(**{f"{path}__in": units_kept_by(viewer).values("pk")}, **more)


def _inspected(path: str) -> Callable[[Viewer], Q | None]:
    return lambda viewer: Q(**{f"{path}__in": viewer.subtree_of(roles.INSPECTOR)})


def _register_disseminations() -> None:
    """Who issues, who inspects, who keeps an addressed body, and everybody who is to study."""
    label = "criteria.Dissemination"
    register_reach(label, roles.OFFICER, own_body("issuer"))
    register_reach(label, roles.ADMINISTRATOR, _everything)
    register_reach(label, roles.INSPECTOR, _inspected("units__unit"))
    register_reach(label, roles.SUBJECT, _studying)
    for role in (*KEEPERS_OF_SEATS, roles.UNIT_HEAD, roles.COPIED):
        register_reach(label, role, _addressed("units__unit"))


def _register_urging() -> None:
    """Letters: who writes them, and who keeps a body that a sent one names. Telephone calls: only who makes them."""
    for label in ("criteria.UrgingLetter", "criteria.PhoneCall"):
        register_reach(label, roles.OFFICER, own_body("issuer"))
        register_reach(label, roles.ADMINISTRATOR, _everything)
    for role in (*KEEPERS_OF_SEATS, roles.UNIT_HEAD, roles.COPIED):
        register_reach("criteria.UrgingLetter", role, _addressed("lines__unit", sent_at__isnull=False))


def _answering(role: str) -> Callable[[Viewer], Q | None]:
    """The addressees for whom `role` answers, once they were asked: bodies kept in that role; oneself as a cadre.

    Whoever was named to prepare an answer reaches it in his own person.
    """

    def reach(viewer: Viewer) -> Q | None:
        if role == roles.SUBJECT:
            own = Q(person=viewer.person_id) | Q(preparer=viewer.user_id)
        elif role in viewer.collectives:
            own = Q(unit__in=Collective.objects.filter(pk__in=viewer.collectives_of(role)).values("unit"))
        elif role == roles.COPIED:
            own = Q(unit__in=viewer.subtree_of(role))
        else:
            own = Q(unit__in=viewer.units_of(role))
        return own & Q(consultation__opened_at__isnull=False)

    return reach


def _asked(role: str) -> Callable[[Viewer], Q | None]:
    """The consultations in which `role` answers for somebody."""

    def reach(viewer: Viewer) -> Q | None:
        return Q(pk__in=Addressee.objects.filter(_answering(role)(viewer)).values("consultation"))

    return reach


def _register_consultations() -> None:
    """Who asks, and who answers: two sides that never read each other's drafts."""
    for label, path in (("criteria.Consultation", "issuer"), ("criteria.Addressee", "consultation__issuer")):
        register_reach(label, roles.OFFICER, own_body(path))
        register_reach(label, roles.ADMINISTRATOR, _everything)
    for role in (*KEEPERS_OF_SEATS, roles.UNIT_HEAD, roles.COPIED, roles.SUBJECT):
        register_reach("criteria.Consultation", role, _asked(role))
        register_reach("criteria.Addressee", role, _answering(role))


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
    _register_consultations()
    _register_disseminations()
    _register_urging()
    register_reach("criteria.Framework", roles.SUPERIOR, own_body("parent__issuer"))
    issuers = {"criteria.Plan": "issuer", "criteria.Framework": "issuer", "criteria.Cycle": "plan__issuer"}
    readers = (roles.SUBJECT, roles.MEMBER, roles.HEAD, roles.UNIT_HEAD, roles.SECRETARY, roles.AUTHOR, roles.INSPECTOR)
    for label, path in issuers.items():
        register_reach(label, roles.OFFICER, own_body(path))
        for role in (
            *readers,
            roles.COPIED,
            roles.ADMINISTRATOR,
            roles.RECORDER,
            roles.CONFIRMER,
            roles.PARTY_SECRETARY,
        ):
            register_reach(label, role, _everything)
