"""How each role reaches reviews, ratings, prompts, meetings and conclusions."""

from collections.abc import Callable

from django.db.models import Model, Q

from orgs import roles
from orgs.access import Reach, Viewer, register_reach
from reviews.models import AgendaItem, ConclusionLine, Rating, Venue, WorkingGroupMember

Rows = Callable[[frozenset[int]], Q]

VENUE_ROLES = (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY, roles.MEMBER)


def _own(path: str) -> Reach:
    return lambda viewer: Q(**{path: viewer.person_id}) if viewer.person_id else None


def _collectives(role: str, *paths: str | Rows) -> Reach:
    return lambda viewer: _any_of(paths, viewer.collectives_of(role))


def _units(role: str, *paths: str | Rows) -> Reach:
    return lambda viewer: _any_of(paths, viewer.units_of(role))


def _subtree(role: str, *paths: str | Rows) -> Reach:
    return lambda viewer: _any_of(paths, viewer.subtree_of(role))


def _copied(copy_path: str | Rows, *paths: str | Rows) -> Reach:
    def reach(viewer: Viewer) -> Q | None:
        copies = _any_of((copy_path,), viewer.units_of(roles.COPIED))
        return copies and copies | _any_of(paths, viewer.subtree_of(roles.COPIED))

    return reach


def _many(model: type[Model], field: str, back: str = "review", path: str = "pk") -> Rows:
    """Rows of `path` named by `back` in the rows of `model` whose `field` is among the ids: asked apart, never joined,
    so that no row comes twice and the database chooses among indexes, not among products of tables.
    """
    return lambda ids: Q(**{f"{path}__in": model.objects.filter(**{f"{field}__in": ids}).values(back)})


def _any_of(paths: tuple[str | Rows, ...], ids: frozenset[int]) -> Q | None:
    if not ids:
        return None
    total = Q(pk__in=[])
    for path in paths:
        total |= Q(**{f"{path}__in": ids}) if isinstance(path, str) else path(ids)
    return total


def _followed(back: str) -> Reach:
    """What a member of a working group follows: that one subject, while the prompt stands and the cycle is open."""

    def reach(viewer: Viewer) -> Q | None:
        if not viewer.person_id:
            return None
        rows = WorkingGroupMember.objects.filter(
            person=viewer.person_id,
            released_at=None,
            prompt__state__in=("issued", "explained"),
            prompt__cycle__closed_at=None,
        )
        return Q(pk__in=rows.values(back))

    return reach


def _register_reviews() -> None:
    label = "reviews.Review"
    register_reach(label, roles.SUBJECT, _own("person"))
    register_reach(label, roles.AUTHOR, _collectives(roles.AUTHOR, "collective"))
    for role in VENUE_ROLES:
        register_reach(label, role, _collectives(role, _many(Venue, "collective")))
    register_reach(label, roles.UNIT_HEAD, _units(roles.UNIT_HEAD, "unit"))
    register_reach(label, roles.OFFICER, _units(roles.OFFICER, _many(Rating, "appraising_unit")))
    register_reach(label, roles.COPIED, _copied(_many(Rating, "copy_unit"), "unit"))
    register_reach(label, roles.INSPECTOR, _subtree(roles.INSPECTOR, "unit"))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach(label, role, _collectives(role, _many(Rating, "deciding_collective")))
    register_reach(label, roles.WORKING_GROUP, _followed("prompt__review"))


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


def _register_prompts() -> None:
    register_reach("reviews.Prompt", roles.SUBJECT, _own("review__person"))
    register_reach("reviews.Prompt", roles.AUTHOR, _collectives(roles.AUTHOR, "review__collective"))
    for role in VENUE_ROLES:
        register_reach("reviews.Prompt", role, _collectives(role, _many(Venue, "collective", path="review")))
    register_reach("reviews.Prompt", roles.OFFICER, _units(roles.OFFICER, "advisory_unit"))
    register_reach("reviews.Prompt", roles.COPIED, _copied(_many(Rating, "copy_unit", path="review"), "review__unit"))
    register_reach("reviews.Prompt", roles.INSPECTOR, _subtree(roles.INSPECTOR, "review__unit"))
    register_reach("reviews.Prompt", roles.WORKING_GROUP, _followed("prompt"))
    register_reach("reviews.PromptList", roles.OFFICER, _units(roles.OFFICER, "advisory_unit"))
    register_reach("reviews.PromptList", roles.INSPECTOR, _subtree(roles.INSPECTOR, "authority__unit"))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach("reviews.Prompt", role, _collectives(role, "authority"))
        register_reach("reviews.PromptList", role, _collectives(role, "authority"))


def _register_the_rest() -> None:
    for role in VENUE_ROLES:
        register_reach("reviews.Meeting", role, _collectives(role, "collective"))
    register_reach(
        "reviews.Meeting",
        roles.OFFICER,
        _units(roles.OFFICER, _many(AgendaItem, "review__ratings__appraising_unit", "meeting")),
    )
    register_reach("reviews.Meeting", roles.COPIED, _subtree(roles.COPIED, "collective__unit"))
    register_reach("reviews.Meeting", roles.INSPECTOR, _subtree(roles.INSPECTOR, "collective__unit"))
    for role in (roles.RECORDER, roles.CONFIRMER):
        register_reach("reviews.Conclusion", role, _collectives(role, "collective"))
        register_reach("reviews.PeerGroup", role, _collectives(role, "deciding_collective"))
    register_reach(
        "reviews.Conclusion",
        roles.OFFICER,
        _units(roles.OFFICER, _many(ConclusionLine, "rating__appraising_unit", "conclusion")),
    )
    register_reach("reviews.Conclusion", roles.INSPECTOR, _subtree(roles.INSPECTOR, "collective__unit"))


def register() -> None:
    """Register the reaches; called from `AppConfig.ready`."""
    _register_reviews()
    _register_ratings()
    _register_prompts()
    _register_the_rest()
