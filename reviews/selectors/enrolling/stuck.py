"""What would get stuck: every subject whose way to a result is broken somewhere, with the page that mends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Person, RatingKind, Unit
from reviews.models import Rating
from reviews.selectors.enrolling import open_ends
from reviews.selectors.enrolling.enrolment import EnrolmentPlan
from reviews.selectors.enrolling.holders import Holders
from reviews.selectors.enrolling.subjects import Found, decides_itself


class StuckKind(TextChoices):
    """The kinds of gaps, those that stop most first."""

    NO_FORM = "no_form", _("No form")
    NO_AUTHORITY = "no_authority", _("Nobody decides")
    SELF_DECIDED = "self_decided", _("Would decide about itself")
    NO_VENUE = "no_venue", _("No venue")
    NO_CELL = "no_cell", _("No Party cell")
    NO_CELL_COLLECTIVE = "no_cell_collective", _("Party cell without a committee")
    NO_HEAD = "no_head", _("Collective without a head")
    NO_SECRETARY = "no_secretary", _("No secretary of the meeting")
    NO_OFFICER = "no_officer", _("Appraising body without an officer")
    NO_RECORDER = "no_recorder", _("Deciding body without a recorder")
    NO_CONFIRMER = "no_confirmer", _("Deciding body without another confirmer")
    NO_FRAMEWORK = "no_framework", _("No criteria")
    LEFT_OPEN = "left_open", _("Review closed, rating still open")
    NO_ACCOUNT_HEAD = "no_account_head", _("Head without an account")
    NO_ACCOUNT = "no_account", _("Person without an account")


@dataclass(frozen=True)
class Stuck:
    """One gap. `url_name` and `url_args` name the page that mends it; `sentence` says what is missing."""

    kind: str
    subject: Person | Collective | Unit
    sentence: str
    url_name: str
    url_args: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(StuckKind(self.kind).label)

    @property
    def is_for_administrators(self) -> bool:
        """Whether the page that mends it is one of the administration."""
        return self.url_name.startswith("admin:")

    @property
    def url(self) -> str:
        """The address of the page that mends it; empty where this installation has none."""
        try:
            return reverse(self.url_name, args=self.url_args)
        except NoReverseMatch:
            return ""


def stuck_in(cycle: Cycle, plan: EnrolmentPlan | None = None) -> list[Stuck]:
    """Every gap of the cycle as the register stands, the gravest kind first; a fixed number of queries."""
    plan = plan or EnrolmentPlan(cycle)
    search = _Search(plan, Holders())
    order = list(StuckKind.values)
    return sorted(search.rows(), key=lambda row: order.index(row.kind))


class _Search:
    def __init__(self, plan: EnrolmentPlan, holders: Holders) -> None:
        self.plan = plan
        self.roster = plan.roster
        self.holders = holders
        self._heads = set(self.roster.heads.values())

    def rows(self) -> Iterator[Stuck]:
        """Gaps of the subjects, then of the bodies that they lead to."""
        yield from self._without_form()
        venues: dict[int, Collective] = {}
        deciding: dict[int, Collective] = {}
        appraising: dict[int, Unit] = {}
        cells: dict[int, Unit] = {}
        for found in self.plan.found:
            yield from self._of_subject(found, cells)
            for place in found.venues:
                venues.setdefault(place.collective.pk, place.collective)
            for rating in found.ratings:
                deciding.setdefault(rating.authority.deciding_collective.pk, rating.authority.deciding_collective)
                appraising.setdefault(rating.authority.appraising_unit.pk, rating.authority.appraising_unit)
        yield from (self._at_unit(StuckKind.NO_CELL_COLLECTIVE, cell, cell) for cell in cells.values())
        yield from self._of_venues(venues.values())
        yield from self._of_deciding(deciding.values(), appraising.values())
        yield from self._left_open()

    def _without_form(self) -> Iterator[Stuck]:
        enrolled = {row.subject.pk for row in self.plan.found if isinstance(row.subject, Person)}
        for row in self.plan.skipped:
            if (
                isinstance(row.subject, Person)
                and row.subject.pk not in enrolled
                and not self.plan.absence(row.subject)
            ):
                yield self._at_cycle(StuckKind.NO_FORM, row.subject)

    def _of_subject(self, found: Found, cells: dict[int, Unit]) -> Iterator[Stuck]:
        subject = found.subject
        if found.form and found.framework_id is None and self.roster.law.form(found.form[1]).level_items():
            yield self._at_cycle(StuckKind.NO_FRAMEWORK, subject)
        if isinstance(subject, Collective):
            yield from self._of_collective(found, subject)
        elif isinstance(subject, Person):
            yield from self._of_person(found, subject, cells)

    def _of_collective(self, found: Found, body: Collective) -> Iterator[Stuck]:
        authority = self.roster.book.of_collective(body)
        if decides_itself(authority, body):
            yield self._at_unit(StuckKind.SELF_DECIDED, body, self.roster.unit(body.unit_id))
        elif not found.ratings:
            yield self._at_unit(StuckKind.NO_AUTHORITY, body, self.roster.unit(body.unit_id))

    def _of_person(self, found: Found, person: Person, cells: dict[int, Unit]) -> Iterator[Stuck]:
        lacks_party = person.is_party_member and person.party_cell_id and RatingKind.PARTY_MEMBER in found.unrated
        lacks_cadre = found.is_leader and RatingKind.CADRE in found.unrated
        if not found.ratings or lacks_party or lacks_cadre:
            yield self._at_person(StuckKind.NO_AUTHORITY, person)
        if not found.venues:
            yield self._at_person(StuckKind.NO_VENUE, person)
        if person.is_party_member and not person.party_cell_id:
            yield self._at_person(StuckKind.NO_CELL, person)
        cell = self.roster.unit(person.party_cell_id) if person.is_party_member else None
        if cell and self.roster.book.seats.cell_body(cell.pk, person.pk) is None:
            cells.setdefault(cell.pk, cell)
        if person.pk not in self.holders.with_account:
            kind = StuckKind.NO_ACCOUNT_HEAD if person.pk in self._heads else StuckKind.NO_ACCOUNT
            yield Stuck(kind, person, SENTENCES[kind], "orgs:account_create_bulk")

    def _of_venues(self, venues: Iterable[Collective]) -> Iterator[Stuck]:
        for body in venues:
            unit = self.roster.unit(body.unit_id)
            if body.pk not in self.roster.heads:
                yield self._at_unit(StuckKind.NO_HEAD, body, unit)
            if body.pk not in self.holders.secretaries:
                yield self._at_grants(StuckKind.NO_SECRETARY, body)

    def _of_deciding(self, bodies: Iterable[Collective], units: Iterable[Unit]) -> Iterator[Stuck]:
        for unit in units:
            if unit.pk not in self.holders.officers:
                yield self._at_grants(StuckKind.NO_OFFICER, unit)
        for body in bodies:
            recorders = self.holders.recorders.get(body.pk, set())
            confirmers = self.holders.confirmers.get(body.pk, set())
            if not recorders:
                yield self._at_grants(StuckKind.NO_RECORDER, body)
            if not confirmers or (recorders == confirmers and len(confirmers) == 1):
                yield self._at_grants(StuckKind.NO_CONFIRMER, body)

    def _left_open(self) -> Iterator[Stuck]:
        rows = open_ends.of_ratings(Rating.objects.filter(cycle=self.plan.cycle, review__state="closed"))
        for rating in rows.select_related("person", "collective").order_by("sort_key", "id"):
            sentence = SENTENCES[StuckKind.LEFT_OPEN]
            yield Stuck(StuckKind.LEFT_OPEN, rating.subject, sentence, "reviews:rating_detail", (str(rating.uuid),))

    def _at_person(self, kind: str, person: Person) -> Stuck:
        return Stuck(kind, person, SENTENCES[kind], "orgs:person_detail", (str(person.uuid),))

    def _at_unit(self, kind: str, subject: Collective | Unit, unit: Unit) -> Stuck:
        return Stuck(kind, subject, SENTENCES[kind], "orgs:unit_detail", (str(unit.uuid),))

    def _at_cycle(self, kind: str, subject: Person | Collective) -> Stuck:
        return Stuck(kind, subject, SENTENCES[kind], "criteria:cycle_detail", (str(self.plan.cycle.uuid),))

    def _at_grants(self, kind: str, subject: Collective | Unit) -> Stuck:
        return Stuck(kind, subject, SENTENCES[kind], "admin:orgs_rolegrant_changelist")


SENTENCES: dict[str, str] = {
    StuckKind.NO_FORM: _("No rule of forms fits the post: add the rule in the regulation of the cycle."),
    StuckKind.NO_AUTHORITY: _("No rule says who decides: check level of management, post, line and the rules."),
    StuckKind.SELF_DECIDED: _("By the rules this body would decide its own grade: name the body above it."),
    StuckKind.NO_VENUE: _("Neither a Party cell nor a leadership collective hears the review: give a post or a cell."),
    StuckKind.NO_CELL: _("A Party member without a Party cell: name the cell."),
    StuckKind.NO_CELL_COLLECTIVE: _(
        "The Party cell has no committee in the register: its members have no first venue."
    ),
    StuckKind.NO_HEAD: _("Nobody chairs the meeting: name the head of the collective."),
    StuckKind.NO_SECRETARY: _(
        "Nobody keeps the minutes: the administrator grants the role of secretary or Party committee secretary."
    ),
    StuckKind.NO_OFFICER: _("Nobody appraises: the administrator grants the role of officer of this body."),
    StuckKind.NO_RECORDER: _("Nobody records the conclusions of this body: the administrator grants the role."),
    StuckKind.NO_CONFIRMER: _(
        "Nobody but the recorder can confirm the conclusions: the administrator grants the role to another person."
    ),
    StuckKind.NO_FRAMEWORK: _("The cycle froze no framework for this form: the levels have no texts."),
    StuckKind.LEFT_OPEN: _("The officer of the appraising body records the rating as exempt or not rated."),
    StuckKind.NO_ACCOUNT_HEAD: _("Chairs a meeting and has no account: make one."),
    StuckKind.NO_ACCOUNT: _("Has no account to write the self-review: make one."),
}
