"""How each role reaches reviews, ratings, prompts, meetings and conclusions."""

from collections.abc import Callable

from django.db.models import Q

from orgs import roles
from orgs.access import Viewer, register_reach

VENUE_ROLES = (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY, roles.MEMBER)


def _own(path: str) -> Callable[[Viewer], Q | None]:
    return lambda viewer: Q(**{path: viewer.person_id}) if viewer.person_id else None


def _collectives(role: str, *paths: str) -> Callable[[Viewer], Q | None]:
    return lambda viewer: _any_of(paths, viewer.collectives_of(role))


def _units(role: str, *paths: str) -> Callable[[Viewer], Q | None]:
    return lambda viewer: _any_of(paths, viewer.units_of(role))


def _subtree(role: str, *paths: str) -> Callable[[Viewer], Q | None]:
    return lambda viewer: _any_of(paths, viewer.subtree_of(role))


def _copied(copy_path: str, *paths: str) -> Callable[[Viewer], Q | None]:
    def reach(viewer: Viewer) -> Q | None:
        return _any_of(paths, viewer.subtree_of(roles.COPIED)) | Q(
            **{f"{copy_path}__in": viewer.units_of(roles.COPIED)}
        )

    return reach


def _any_of(paths: tuple[str, ...], ids: frozenset[int]) -> Q:
    total = Q(pk__in=[])
    for path in paths:
        total |= Q(**{f"{path}__in": ids})
    return total


def _register_reviews() -> None:
    label = "reviews.Review"
    register_reach(label, roles.SUBJECT, _own("person"))
    register_reach(label, roles.AUTHOR, _collectives(roles.AUTHOR, "collective"))
    for role in VENUE_ROLES:
        register_reach(label, role, _collectives(role, "venues__collective"))
    register_reach(label, roles.UNIT_HEAD, _units(roles.UNIT_HEAD, "unit"))
    register_reach(label, roles.OFFICER, _units(roles.OFFICER, "ratings__appraising_unit"))
    register_reach(label, roles.COPIED, _copied("ratings__copy_unit", "unit"))
    register_reach(label, roles.INSPECTOR, _subtree(roles.INSPECTOR, "unit"))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach(label, role, _collectives(role, "ratings__deciding_collective"))


def _register_ratings() -> None:
    label = "reviews.Rating"
    places = ("review__unit", "organisation", "collective__unit")
    register_reach(label, roles.SUBJECT, _own("person"))
    register_reach(label, roles.AUTHOR, _collectives(roles.AUTHOR, "collective"))
    for role in (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY):
        register_reach(label, role, _collectives(role, "proposing_collective"))
    register_reach(label, roles.UNIT_HEAD, _units(roles.UNIT_HEAD, "proposing_unit"))
    register_reach(label, roles.OFFICER, _units(roles.OFFICER, "appraising_unit"))
    register_reach(label, roles.COPIED, _copied("copy_unit", *places))
    register_reach(label, roles.INSPECTOR, _subtree(roles.INSPECTOR, *places))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach(label, role, _collectives(role, "deciding_collective"))


def _register_the_rest() -> None:
    register_reach("reviews.Prompt", roles.SUBJECT, _own("review__person"))
    register_reach("reviews.Prompt", roles.AUTHOR, _collectives(roles.AUTHOR, "review__collective"))
    for role in VENUE_ROLES:
        register_reach("reviews.Prompt", role, _collectives(role, "review__venues__collective"))
        register_reach("reviews.Meeting", role, _collectives(role, "collective"))
    register_reach("reviews.Prompt", roles.OFFICER, _units(roles.OFFICER, "advisory_unit"))
    register_reach("reviews.Prompt", roles.COPIED, _copied("review__ratings__copy_unit", "review__unit"))
    register_reach("reviews.Prompt", roles.INSPECTOR, _subtree(roles.INSPECTOR, "review__unit"))
    register_reach("reviews.Meeting", roles.OFFICER, _units(roles.OFFICER, "agenda__review__ratings__appraising_unit"))
    register_reach("reviews.Meeting", roles.COPIED, _subtree(roles.COPIED, "collective__unit"))
    register_reach("reviews.Meeting", roles.INSPECTOR, _subtree(roles.INSPECTOR, "collective__unit"))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach("reviews.Conclusion", role, _collectives(role, "collective"))
    register_reach("reviews.Conclusion", roles.OFFICER, _units(roles.OFFICER, "lines__rating__appraising_unit"))
    register_reach("reviews.Conclusion", roles.INSPECTOR, _subtree(roles.INSPECTOR, "collective__unit"))


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
    _register_reviews()
    _register_ratings()
    _register_the_rest()
