"""Where a registration goes: by who rates its subject (letter 2026-CV/TU, 1), and which bodies stand in its line."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Collective, ManagingAuthority, Person, RatingKind, Unit
from orgs.selectors.authority import Authority, AuthorityBook
from orgs.selectors.successions import SuccessionBook
from orgs.selectors.unit_tree import UnitTree
from registrations.models import Registration

STANDING_COMMITTEE, STANDING_BODY = "Ban Thường vụ ", "Thường trực "
# As cadre first: that is the rating the letter speaks of; who has none is received where he is rated otherwise.
KINDS = (RatingKind.CADRE, RatingKind.STATE, RatingKind.PARTY_MEMBER)


@dataclass(frozen=True)
class Route:
    """The place of work and the post on a day, and where the registration goes, with the ground in words."""

    unit: Unit | None
    unit_name: str
    post: str
    addressee: str
    receiving_unit: Unit
    receiving_collective: Collective
    via_unit: Unit | None
    copy_unit: Unit | None
    ground: str

    @property
    def destination(self) -> str:
        """To whom, and through whom."""
        return destination_of(self.addressee, self.via_unit)


def destination_of(addressee: str, via_unit: Unit | None) -> str:
    """The words of "Kính gửi" and of the page: "Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)"."""
    return f"{addressee} (qua {via_unit.name})" if via_unit else addressee


def route_of(subject: Person | Collective, on: date) -> Route | None:
    """The route of a registration of `subject` on the day; None where nothing says who rates him."""
    if isinstance(subject, Collective):
        book = AuthorityBook(on, people=[])
        found = book.of_collective(subject)
        return found and _route(found, book.tree, book.tree.units[subject.unit_id], "")
    book = AuthorityBook(on, people=[subject.pk])
    found = next((row for kind in KINDS if (row := book.of_person(subject, kind))), None)
    if found is None:
        return None
    post = book.seats.highest_post(subject.pk)
    unit = book.tree.units.get(post.unit_id) if post else None
    return _route(found, book.tree, unit, post.position if post else "")


def _route(found: Authority, tree: UnitTree, unit: Unit | None, post: str) -> Route:
    deciding = found.deciding_collective
    # The Standing Committee of the province is reached through its Organisation Committee; a delegated body itself.
    is_direct = tree.units[deciding.unit_id].parent_id is None and deciding.name.startswith(STANDING_COMMITTEE)
    addressee = deciding.name.replace(STANDING_COMMITTEE, STANDING_BODY, 1) if is_direct else deciding.name
    return Route(
        unit=unit,
        unit_name=unit.name if unit else "",
        post=post,
        addressee=addressee,
        receiving_unit=found.appraising_unit,
        receiving_collective=deciding,
        via_unit=found.appraising_unit if is_direct else None,
        # A copy of the dossier is no copy of the registration; who has delegated the rating does follow it.
        copy_unit=None if is_direct else found.copy_unit,
        ground=found.ground,
    )


def frozen_route(registration: Registration) -> Route | None:
    """The route with which the registration was sent; None before that."""
    row = registration
    if row.sent_at is None or row.receiving_unit_id is None:
        return None
    return Route(
        unit=row.unit,
        unit_name=row.unit_name,
        post=row.post,
        addressee=row.addressee,
        receiving_unit=row.receiving_unit,
        receiving_collective=row.receiving_collective,
        via_unit=row.via_unit,
        copy_unit=row.copy_unit,
        ground=row.ground,
    )


def reason_without_route(subject: Person | Collective) -> str:
    """What to do where nothing says who rates the subject."""
    return _(
        "Nothing says who rates %(subject)s, so nobody is there to receive the registration. Ask the officer of your "
        "agency to enter your post and level of management."
    ) % {"subject": subject}


def _standing(ids: set[int], tree: UnitTree) -> set[int]:
    """The bodies themselves, those that are abolished replaced by the ones in which they go on."""
    today = timezone.localdate()
    ended = {pk for pk in ids if (day := tree.units[pk].ended_on) and day <= today}
    if not ended:
        return ids
    book = SuccessionBook(today)
    heirs = {heir.pk for pk in ended for heir in book.heirs_of(tree.units[pk])}
    return (ids | heirs) - ended


def bodies_in_line(registration: Registration, route: Route | None) -> QuerySet[Unit]:
    """The superior bodies of whom support may be asked: above the place of work on both lines, and on the route."""
    subject, tree, found = registration.subject, UnitTree(), set()
    own = {route.unit.pk if route and route.unit else None, registration.unit_id} - {None}
    starts = own | {getattr(subject, "party_cell_id", None)} - {None}
    starts |= {tree.units[pk].party_organisation_id for pk in own} - {None}
    for start in starts:
        found |= {unit.pk for unit in tree.chain(start)} - {start}
    if route:
        found |= {route.receiving_unit.pk, route.receiving_collective.unit_id}
        found |= {unit.pk for unit in (route.via_unit, route.copy_unit) if unit}
    level = getattr(subject, "managing_authority_id", None)
    advisers = ManagingAuthority.objects.filter(pk=level, advisory_unit__isnull=False)
    found |= set(advisers.values_list("advisory_unit", flat=True))
    found = _standing(found, tree)
    return Unit.objects.without_tree_fields().filter(pk__in=found - own).order_by("sort_key", "code")
