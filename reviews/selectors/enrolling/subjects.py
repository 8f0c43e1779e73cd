"""What enrolment finds about each subject: one review with its venues, and the ratings, each with its deciders."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from criteria.selectors.frameworks.framework_choice import Asked, Held
from criteria.selectors.rules.forms import PersonFacts
from orgs.models import Appointment, Collective, CollectivePart, Person, RatingKind, Standing, Unit, names
from orgs.selectors.authority import Authority
from reviews.selectors.enrolling import derived_circumstances, places
from reviews.selectors.enrolling.derived_circumstances import Derived
from reviews.selectors.enrolling.groupings import Group, Groupings
from reviews.selectors.enrolling.places import Place
from reviews.selectors.enrolling.roster import Roster

PERSON_KINDS = (RatingKind.CADRE, RatingKind.PARTY_MEMBER, RatingKind.STATE)
LEADER, NON_LEADER, COLLECTIVE, ORGANISATION = "leader", "non_leader", "collective", "organisation"
WITH_LEADERS = (Standing.CIVIL_SERVANT, Standing.PUBLIC_EMPLOYEE)


@dataclass(frozen=True)
class FoundRating:
    """A rating as it will be written; `regulation_id` where another regulation than the cycle's judges it."""

    kind: str
    subject_kind: str
    authority: Authority
    group: Group
    head_of: Collective | None = None
    circumstances: tuple[Derived, ...] = ()
    regulation_id: int | None = None


@dataclass(frozen=True)
class Found:
    """A subject with what it gets. `form` is (provincial code, form key); an organisation has no form and no venue.

    `unrated` names the kinds of rating for which no rule names a decider.
    """

    subject: Person | Collective | Unit
    unit: Unit | None
    sort_key: str
    form: tuple[str, str] | None = None
    framework_id: int | None = None
    part: str = ""
    is_leader: bool = False
    post_text: str = ""
    venues: tuple[Place, ...] = ()
    ratings: tuple[FoundRating, ...] = ()
    unrated: tuple[str, ...] = field(default=())


class Subjects:
    """Answers for each subject of the register what enrolment gives it; asks the database nothing."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.groupings = Groupings(roster)

    def collectives(self) -> Iterator[Collective]:
        """The collectives that review themselves."""
        return (body for body in self.roster.collectives if body.is_reviewed and self.roster.takes_in(body))

    def person(self, person: Person) -> Found:
        """One review of the person, up to three ratings."""
        posts = self.roster.posts_of(person)
        leads = places.is_leader(posts)
        form = self.roster.forms.of_person(self._facts(person, posts, leads=leads))
        venues = places.venues_of(self.roster, person)
        workplace = next((row for row in venues if row.collective.unit_id != person.party_cell_id), None)
        kinds = {kind: self._rating(person, kind, leads=leads) for kind in PERSON_KINDS}
        return Found(
            subject=person,
            unit=self.roster.unit(posts[0].unit_id if posts else person.party_cell_id),
            sort_key=person.sort_key,
            form=form,
            framework_id=self._framework(person, posts, form),
            part=(workplace or venues[0]).part if venues else (CollectivePart.MEMBER if leads else ""),
            is_leader=leads,
            post_text=places.post_text(self.roster, person),
            venues=tuple(venues),
            ratings=tuple(rating for rating in kinds.values() if rating),
            unrated=tuple(kind for kind, rating in kinds.items() if rating is None),
        )

    def collective(self, body: Collective) -> Found:
        """The report of a collective before itself, and its rating where another body decides."""
        unit = self.roster.unit(body.unit_id)
        form = self.roster.forms.of_collective()
        authority = self.roster.book.of_collective(body)
        ratings = () if decides_itself(authority, body) else self._of_body(RatingKind.COLLECTIVE, body, authority)
        asked = form and Asked(COLLECTIVE, form[1], unit.line, collectives=(body,), unit_id=unit.pk)
        frozen = asked and self.roster.frameworks.frozen_for(asked)
        return Found(
            subject=body,
            unit=unit,
            sort_key=names.sort_key(body.name),
            form=form,
            framework_id=frozen.framework_id if frozen else None,
            venues=(Place(body, CollectivePart.MEMBER),),
            ratings=ratings,
            unrated=() if ratings else (RatingKind.COLLECTIVE,),
        )

    def organisation(self, unit: Unit) -> Found | None:
        """The rating of a unit that rules name for it; None for every other unit."""
        ratings = self._of_body(RatingKind.ORGANISATION, unit, self.roster.book.of_unit(unit))
        return Found(unit, unit, unit.sort_key, ratings=ratings) if ratings else None

    def _of_body(self, kind: str, body: Collective | Unit, authority: Authority | None) -> tuple[FoundRating, ...]:
        subject_kind = ORGANISATION if isinstance(body, Unit) else COLLECTIVE
        if authority is None or not self.roster.law.rates(kind, subject_kind):
            return ()
        derived = tuple(derived_circumstances.of_body(self.roster, body))
        return (
            FoundRating(kind, subject_kind, authority, self.groupings.of(kind, body, authority), circumstances=derived),
        )

    def _rating(self, person: Person, kind: str, *, leads: bool) -> FoundRating | None:
        subject_kind = subject_kind_of(person, kind, leads=leads)
        authority = self.roster.book.of_person(person, kind)
        law = self.roster.laws.law_for(kind, subject_kind) if authority else None
        if authority is None or law is None:
            return None
        row = self.roster.laws.row_for(kind, subject_kind)
        group = self.groupings.of(kind, person, authority, law if row else None)
        head_of = places.headed_by(self.roster, person, kind)
        derived = tuple(derived_circumstances.of_person(self.roster, person, kind))
        return FoundRating(kind, subject_kind, authority, group, head_of, derived, row.pk if row else None)

    def _facts(self, person: Person, posts: list[Appointment], *, leads: bool) -> PersonFacts:
        highest = self.roster.book.seats.highest_post(person.pk)
        unit = self.roster.unit(highest.unit_id if highest else person.party_cell_id)
        return PersonFacts(
            is_leading=leads,
            is_head=any(post.is_head for post in posts),
            managing_authority_id=person.managing_authority_id,
            position_id=highest.position_id if highest else None,
            line=unit.line if unit else (highest.line if highest else ""),
            standing=str(person.standing),
        )

    def _framework(self, person: Person, posts: list[Appointment], form: tuple[str, str] | None) -> int | None:
        if form is None:
            return None
        main = self.roster.unit(posts[0].unit_id) if posts else None
        seats = (self.roster.current_collectives.get(pk) for pk in self.roster.seats_of(person))
        asked = Asked(
            "person",
            form[1],
            line=main.line if main else "",
            managing_authority_id=person.managing_authority_id,
            posts=tuple(Held(post.unit_id, post.position, post.job) for post in posts),
            collectives=tuple(seat for seat in seats if seat),
            unit_id=person.party_cell_id,
        )
        frozen = self.roster.frameworks.frozen_for(asked)
        return frozen.framework_id if frozen else None


def subject_kind_of(person: Person, kind: str, *, leads: bool) -> str:
    """The word of the grading contract: as cadre by the post, else by the State-side standing."""
    if kind == RatingKind.CADRE:
        return LEADER if leads else NON_LEADER
    if leads and person.standing in WITH_LEADERS:
        return f"{person.standing}_leader"
    return str(person.standing)


def decides_itself(authority: Authority | None, body: Collective) -> bool:
    """Whether the rules would let a collective decide its own grade: nobody rates himself."""
    return authority is not None and authority.deciding_collective.pk == body.pk
