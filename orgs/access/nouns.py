"""How each role reaches the nouns of the foundation."""

from django.db.models import Q

from orgs import roles
from orgs.access import Reach, Viewer, register_reach
from orgs.models import Appointment, Collective

EVERYTHING = Q(pk__isnull=False)


def _subtree_of(role: str, path: str) -> Reach:
    def reach(viewer: Viewer) -> Q | None:
        ids = viewer.subtree_of(role)
        return Q(**{f"{path}__in": ids}) if ids else None

    return reach


def _posted_in(unit_ids: frozenset[int], path: str = "pk") -> Q:
    """Asked apart, never joined: a person with many posts comes once."""
    return Q(**{f"{path}__in": Appointment.objects.filter(unit__in=unit_ids).values("person")})


def _posted_below(role: str, path: str = "pk") -> Reach:
    return lambda viewer: _posted_in(ids, path) if (ids := viewer.subtree_of(role)) else None


def _person_of_officer(viewer: Viewer) -> Q | None:
    return (
        _posted_in(viewer.subtree_of(roles.OFFICER))
        | Q(party_cell__in=viewer.subtree_of(roles.OFFICER))
        | Q(managing_authority__advisory_unit__in=viewer.units_of(roles.OFFICER))
    )


def _granted_below(role: str) -> Reach:
    """Grants over a unit of the subtree, or over a collective of such a unit."""

    def reach(viewer: Viewer) -> Q | None:
        ids = viewer.subtree_of(role)
        return Q(unit__in=ids) | Q(collective__in=Collective.objects.filter(unit__in=ids).values("pk")) if ids else None

    return reach


def _everything(viewer: Viewer) -> Q:
    return EVERYTHING


def register() -> None:
    """Register the reaches of people, units, collectives and accounts; called from `AppConfig.ready`."""
    register_reach("orgs.Person", roles.SUBJECT, lambda viewer: Q(pk=viewer.person_id) if viewer.person_id else None)
    register_reach("orgs.Person", roles.OFFICER, _person_of_officer)
    for role in (roles.ACCOUNT_OFFICER, roles.INSPECTOR):
        register_reach("orgs.Person", role, _posted_below(role))
    register_reach("orgs.Person", roles.UNIT_HEAD, lambda viewer: _posted_in(viewer.units_of(roles.UNIT_HEAD)))
    register_reach("orgs.Person", roles.ADMINISTRATOR, _everything)
    for role in (roles.OFFICER, roles.ACCOUNT_OFFICER, roles.INSPECTOR):
        register_reach("orgs.Unit", role, _subtree_of(role, "pk"))
        register_reach("orgs.Collective", role, _subtree_of(role, "unit"))
    register_reach("orgs.Unit", roles.ADMINISTRATOR, _everything)
    register_reach("orgs.Collective", roles.ADMINISTRATOR, _everything)
    for role in (roles.ACCOUNT_OFFICER, roles.OFFICER):
        register_reach("orgs.User", role, _posted_below(role, "person"))
        register_reach("orgs.RoleGrant", role, _granted_below(role))
    register_reach("orgs.RoleGrant", roles.ADMINISTRATOR, _everything)
    register_reach("orgs.User", roles.ADMINISTRATOR, _everything)
    register_reach("orgs.User", roles.SUBJECT, lambda viewer: Q(pk=viewer.user_id))
