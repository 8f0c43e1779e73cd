"""How each role reaches plans, frameworks and cycles: all read what is in force, officers prepare."""

from collections.abc import Callable

from django.db.models import Q

from orgs import roles
from orgs.access import Viewer, register_reach
from orgs.access.nouns import EVERYTHING


def own_body(path: str) -> Callable[[Viewer], Q | None]:
    """The rows whose issuer (at `path`) is the officer's unit, one below it, or the body that the unit advises."""

    def reach(viewer: Viewer) -> Q | None:
        return Q(**{f"{path}__in": viewer.subtree_of(roles.OFFICER)}) | Q(
            **{f"{path}__children__in": viewer.units_of(roles.OFFICER)}
        )

    return reach


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
