"""Where a person is reviewed and in which part: venues in the legal order, the body headed, the text of the post."""

from dataclasses import dataclass

from orgs.models import Appointment, Collective, CollectiveKind, CollectivePart, Person, RatingKind
from reviews.selectors.enrolling.roster import VENUE_ORDER, Roster

WORKPLACE = (CollectiveKind.LEADERSHIP, CollectiveKind.MASS_ORGANISATION)
ANY_BODY = (*WORKPLACE, CollectiveKind.PARTY_COMMITTEE)
HEADED_AS_MEMBER = (*ANY_BODY, CollectiveKind.PARTY_CELL)
POST_LENGTH = 500


@dataclass(frozen=True)
class Place:
    """A venue: before which collective, in which part."""

    collective: Collective
    part: str


def is_leader(posts: list[Appointment]) -> bool:
    """Whether one of the posts leads or manages."""
    return any(post.is_head or (post.position and post.position.is_leading) for post in posts)


def venues_of(roster: Roster, person: Person) -> list[Place]:
    """The Party cell first, then leadership, then the Party committee (Điều 7 QĐ 124-QĐ/TW, HD 25 mục 2).

    Who leads is heard in the cell and at the place of work; a member without a post in the cell alone; who is in no
    cell, before the leadership of the place of work.
    """
    posts = roster.posts_of(person)
    found = {body.pk: body for body in _seated(roster, person)}
    cell = roster.book.seats.cell_body(person.party_cell_id, person.pk) if person.is_party_member else None
    is_heard_at_work = is_leader(posts) or (cell is None and not found)
    if is_heard_at_work and not any(body.kind in WORKPLACE for body in found.values()):
        found.update(_workplace(roster, posts, person))
    if cell is not None:
        found.pop(cell.pk, None)
    ordered = sorted(
        found.values(), key=lambda body: (VENUE_ORDER[CollectiveKind(body.kind)], not _own(body, posts), body.pk)
    )
    bodies = [cell, *ordered] if cell is not None else ordered
    return [Place(body, part_in(roster, person, body)) for body in bodies]


def _seated(roster: Roster, person: Person) -> list[Collective]:
    held = (roster.current_collectives.get(pk) for pk in roster.seats_of(person))
    return [body for body in held if body is not None and body.kind in ANY_BODY]


def _workplace(roster: Roster, posts: list[Appointment], person: Person) -> dict[int, Collective]:
    """The leadership of the unit of the main post, or of the nearest unit above that has one; never a Party body."""
    chain = roster.book.tree.chain(posts[0].unit_id if posts else None)
    body = roster.book.seats.nearest(chain, WORKPLACE, person.pk)
    return {body.pk: body} if body else {}


def _own(body: Collective, posts: list[Appointment]) -> bool:
    return bool(posts) and posts[0].unit_id == body.unit_id


def part_in(roster: Roster, person: Person, body: Collective) -> str:
    """The part of a seat; without a seat, what the posts in the body's unit say: head, deputy, else member."""
    if seat := roster.seats_of(person).get(body.pk):
        return seat.part
    if body.kind == CollectiveKind.PARTY_CELL:
        return CollectivePart.MEMBER
    here = [post for post in roster.posts_of(person) if post.unit_id == body.unit_id]
    if any(post.is_head for post in here) and body.pk not in roster.heads:
        return CollectivePart.HEAD
    return CollectivePart.DEPUTY if is_leader(here) else CollectivePart.MEMBER


def headed_by(roster: Roster, person: Person, kind: str) -> Collective | None:
    """The collective that the person heads: the leadership of the place of work before a Party committee.

    Heading a Party cell counts for the rating as Party member alone.
    """
    kinds = HEADED_AS_MEMBER if kind == RatingKind.PARTY_MEMBER else ANY_BODY
    headed = [
        body
        for pk, seat in roster.seats_of(person).items()
        if seat.part == CollectivePart.HEAD and (body := roster.current_collectives.get(pk))
    ]
    posts = roster.posts_of(person)
    for post in posts:
        unit = roster.unit(post.unit_id) if post.is_head else None
        body = roster.book.seats.nearest([unit], ANY_BODY, person.pk) if unit else None
        if body and roster.heads.get(body.pk, person.pk) == person.pk:
            headed.append(body)
    found = [body for body in headed if body.kind in kinds]
    return min(found, key=lambda body: (kinds.index(CollectiveKind(body.kind)), not _own(body, posts)), default=None)


def post_text(roster: Roster, person: Person) -> str:
    """Every post in words, the main one first; one in another unit names it."""
    posts = roster.posts_of(person)
    words = []
    for post in posts:
        title = str(post.position or post.job)
        unit = roster.unit(post.unit_id)
        words.append(title if unit is None or post.unit_id == posts[0].unit_id else f"{title}, {unit.name}")
    return "; ".join(dict.fromkeys(words))[:POST_LENGTH]
