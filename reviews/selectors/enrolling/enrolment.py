"""What an enrolment would do now: who gets which review and ratings, what stands already, who is left out and why."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs.models import Collective, Person, RatingKind, Unit
from reviews.models import Rating, Review
from reviews.selectors.enrolling.roster import Roster
from reviews.selectors.enrolling.subjects import Found, FoundRating, Subjects, decides_itself

Key = tuple[str, int]
PERSON, COLLECTIVE, ORGANISATION = "person", "collective", "organisation"


@dataclass(frozen=True)
class Skipped:
    """A subject left out, with the reason as a sentence; `kind` is person, collective or organisation."""

    kind: str
    subject: Person | Collective | Unit
    reason: str


def key_of(subject: Person | Collective | Unit) -> Key:
    """The subject as (kind, id)."""
    kind = PERSON if isinstance(subject, Person) else COLLECTIVE if isinstance(subject, Collective) else ORGANISATION
    return kind, subject.pk


class Standing:
    """The reviews and ratings that a cycle has already: three queries."""

    def __init__(self, cycle: Cycle) -> None:
        self.reviews: dict[Key, tuple[int, str]] = {}
        for pk, state, person, collective in Review.objects.filter(cycle=cycle).values_list(
            "pk", "state", "person_id", "collective_id"
        ):
            self.reviews[(PERSON, person) if person else (COLLECTIVE, collective)] = (pk, state)
        self.ratings: set[tuple[str, Key]] = set()
        for kind, person, collective, unit in Rating.objects.filter(cycle=cycle).values_list(
            "kind", "person_id", "collective_id", "organisation_id"
        ):
            held = (PERSON, person) if person else (COLLECTIVE, collective) if collective else (ORGANISATION, unit)
            self.ratings.add((kind, held))
        self.without_venue = set(Review.objects.filter(cycle=cycle, venues=None).values_list("pk", flat=True))

    def lacks(self, found: Found) -> list[FoundRating]:
        """The ratings that are still to be written; a review that was closed gets no more."""
        _pk, state = self.reviews.get(key_of(found.subject), (None, ""))
        if state == "closed":
            return []
        return [row for row in found.ratings if (row.kind, key_of(found.subject)) not in self.ratings]


class EnrolmentPlan:
    """Every subject of the cycle with what it gets; built from the register without writing.

    `only` asks for one person alone, as `roster` finds him on its day.
    """

    def __init__(self, cycle: Cycle, roster: Roster | None = None, *, only: Person | None = None) -> None:
        self.cycle = cycle
        self.roster = roster or Roster(cycle)
        self.standing = Standing(cycle)
        self.found: list[Found] = []
        self.skipped: list[Skipped] = []
        self._subjects = Subjects(self.roster)
        if only is not None:
            self._add_person(only)
            return
        for body in self._subjects.collectives():
            self._add_collective(body)
        for person in filter(self.roster.takes_in, self.roster.people):
            self._add_person(person)
        for unit in filter(self.roster.takes_in, self.roster.units):
            if row := self._subjects.organisation(unit):
                self.found.append(row)

    def _add_collective(self, body: Collective) -> None:
        found = self._subjects.collective(body)
        if found.form is None:
            self._skip(body, _("The regulation has no form for collectives."))
            return
        self.found.append(found)
        if decides_itself(self.roster.book.of_collective(body), body):
            self._skip(
                body, _("Its rating: the rules let it decide about itself. It reviews itself, but nobody rates it.")
            )

    def _add_person(self, person: Person) -> None:
        if reason := self.absence(person):
            self._skip(person, reason)
            return
        found = self._subjects.person(person)
        if found.form is None:
            self._skip(person, _("No rule of forms fits the post."))
        else:
            self.found.append(found)

    def absence(self, person: Person) -> str:
        """Why the person takes no part in the cycle; empty for who does."""
        level = self.roster.levels.get(person.managing_authority_id)
        if level and level.is_excluded:
            return _("Managed by “%(level)s”, which is kept out of this installation.") % {"level": level}
        if not self.roster.takes_in(person):
            return _("Works outside the units to which this cycle is narrowed.")
        if self.roster.posts_of(person):
            return ""
        if person.pk in self.roster.elsewhere:
            return _("Takes up the post after the roster date.")
        if person.is_party_member and person.party_cell_id:
            return ""
        return _("Holds no post and belongs to no Party cell on the roster date.")

    def _skip(self, subject: Person | Collective | Unit, reason: str) -> None:
        self.skipped.append(Skipped(key_of(subject)[0], subject, reason))

    @cached_property
    def new_reviews(self) -> list[Found]:
        """Who has no review yet."""
        return [row for row in self.found if row.form and key_of(row.subject) not in self.standing.reviews]

    @cached_property
    def new_ratings(self) -> list[tuple[Found, FoundRating]]:
        """The ratings that are not there yet, each with its subject."""
        return [(found, rating) for found in self.found for rating in self.standing.lacks(found)]

    @cached_property
    def unchanged(self) -> int:
        """How many subjects have everything already."""
        touched = {key_of(row.subject) for row in self.new_reviews}
        touched |= {key_of(found.subject) for found, _rating in self.new_ratings}
        return len(self.found) - len(touched)

    @cached_property
    def forms(self) -> list[tuple[str, int, int]]:
        """(provincial form, all, new) for each form, by its code."""
        total = Counter(row.form[0] for row in self.found if row.form)
        new = Counter(row.form[0] for row in self.new_reviews)
        return [(code, total[code], new[code]) for code in sorted(total)]

    @cached_property
    def kinds(self) -> list[tuple[str, int, int]]:
        """(label, all, new) for each kind of rating, in the order of the model."""
        total = Counter(rating.kind for found in self.found for rating in found.ratings)
        new = Counter(rating.kind for _found, rating in self.new_ratings)
        return [(kind.label, total[kind], new[kind]) for kind in RatingKind if total[kind]]
