"""How each role reaches plans, frameworks and cycles: all read what is in force, officers prepare for their body."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from orgs import roles
from orgs.access import Viewer, register_reach
from orgs.access.nouns import EVERYTHING
from orgs.models import ManagingAuthority, Unit


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


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
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
