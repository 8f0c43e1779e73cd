"""How each role reaches registrations, their works and the support asked for them."""

from django.db.models import Q
from django.utils import timezone

from criteria.access import own_body
from orgs import roles
from orgs.access import NOTHING, Reach, Viewer, register_reach
from orgs.models import Collective, Membership

# From each noun to its registration; the registration itself needs no step.
NOUNS = {
    "registrations.Registration": "",
    "registrations.Work": "registration__",
    "registrations.SupportRequest": "work__registration__",
}
SUPPORT = "registrations.SupportRequest"
# A request goes on with the body that followed the one that was asked; nobody waits through more than two mergers.
STEP = "__successions__successor"
ASKED = ("body", f"body{STEP}", f"body{STEP}{STEP}")


def _own(path: str) -> Reach:
    return lambda viewer: Q(**{f"{path}person": viewer.person_id}) if viewer.person_id else None


def _written(path: str) -> Reach:
    """The registrations of a collective, for who writes for it."""
    return lambda viewer: _among(f"{path}collective", viewer.collectives_of(roles.AUTHOR))


def _led(path: str) -> Reach:
    return lambda viewer: _among(f"{path}unit", viewer.units_of(roles.UNIT_HEAD))


def _headed(path: str) -> Reach:
    """Those of the collectives that the viewer heads, and of who sits in them today."""

    def reach(viewer: Viewer) -> Q | None:
        headed = viewer.collectives_of(roles.HEAD)
        seats = Membership.objects.current(timezone.localdate()).filter(collective__in=headed)
        return Q(**{f"{path}collective__in": headed}) | Q(**{f"{path}person__in": seats.values("person")})

    return reach


def _received(path: str) -> Reach:
    return lambda viewer: _among(f"{path}receiving_unit", viewer.units_of(roles.OFFICER))


def _followed(path: str) -> Reach:
    """Officers of the own agency, and of the body that follows what it has delegated."""

    def reach(viewer: Viewer) -> Q | None:
        own = Q(**{f"{path}unit__in": viewer.subtree_of(roles.COPIED)})
        return own | Q(**{f"{path}copy_unit__in": viewer.units_of(roles.COPIED)})

    return reach


def _inspected(path: str) -> Reach:
    return lambda viewer: _among(f"{path}unit", viewer.subtree_of(roles.INSPECTOR))


def _rated(role: str, path: str) -> Reach:
    return lambda viewer: _among(f"{path}receiving_collective", viewer.collectives_of(role))


def _among(path: str, ids: frozenset[int]) -> Q | None:
    return Q(**{f"{path}__in": ids}) if ids else None


def asked_of(role: str) -> Reach:
    """The requests that were put before a body for which the viewer answers in `role`, or before one it followed."""

    def reach(viewer: Viewer) -> Q | None:
        found = NOTHING
        for path in ASKED:
            found |= _answered_at(path, role, viewer) & _happened(path)
        return found & Q(opened_at__isnull=False)

    return reach


def _answered_at(path: str, role: str, viewer: Viewer) -> Q:
    if role == roles.OFFICER:
        return own_body(path)(viewer)
    if role in viewer.collectives:
        return Q(**{f"{path}__in": Collective.objects.filter(pk__in=viewer.collectives_of(role)).values("unit")})
    return Q(**{f"{path}__in": viewer.units_of(role)})


def _happened(path: str) -> Q:
    """Every merger on the way lies behind; one that was decided for a later day moves nothing yet."""
    if path == ASKED[0]:
        return Q()
    before = path.removesuffix(STEP)
    return Q(**{f"{before}__successions__happened_on__lte": timezone.localdate()}) & _happened(before)


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
    for label, path in NOUNS.items():
        register_reach(label, roles.SUBJECT, _own(path))
        register_reach(label, roles.AUTHOR, _written(path))
        register_reach(label, roles.COPIED, _followed(path))
        register_reach(label, roles.INSPECTOR, _inspected(path))
        for role in (roles.RECORDER, roles.CONFIRMER):
            register_reach(label, role, _rated(role, path))
        if label != SUPPORT:
            register_reach(label, roles.OFFICER, _received(path))
            register_reach(label, roles.UNIT_HEAD, _led(path))
            register_reach(label, roles.HEAD, _headed(path))
    # Whoever answers for the body that was asked; the receiving side reads a request with its work.
    for role in (roles.OFFICER, roles.UNIT_HEAD, roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY):
        register_reach(SUPPORT, role, asked_of(role))
