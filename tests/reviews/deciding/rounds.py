"""A round of the small province, played through the services until ratings stand before their bodies."""

from types import SimpleNamespace

from django.utils import timezone

from orgs import roles
from orgs.models import RatingKind, RoleGrant
from orgs.services.transitions import advance
from reviews.models import Conclusion, Rating, Review, TaskTally
from reviews.services.demo.play import Player
from reviews.services.enrolling.enrolment import enrol
from reviews.services.grading import conclusions, decisions
from tests.cast import SINCE
from tests.reviews.enrolment.conftest import open_cycle

SECRETARIES = (("nga", "TT-SKH"), ("nga", "CU-SKH"), ("khanh", "TT-SYT"), ("khanh", "CU-SYT"))
GROUND = "Theo đề nghị của cơ quan thẩm định."
DOCUMENT = "Tờ trình 12-TTr/BTCTU ngày 20/11/2024"


class Round(SimpleNamespace):
    """The province in its round, with shorter words for what the tests of deciding do."""

    def review(self, short):
        rows = Review.objects.select_related("cycle__regulation", "person", "collective")
        if short in self.people:
            return rows.get(person=self.people[short], cycle=self.cycle)
        return rows.get(collective=self.collectives[short], cycle=self.cycle)

    def rating(self, short, kind=RatingKind.PARTY_MEMBER):
        rows = Rating.objects.select_related(
            "cycle__regulation", "review__unit", "person", "collective", "group__ledger"
        )
        if short in self.people:
            return rows.get(person=self.people[short], kind=kind, cycle=self.cycle)
        return rows.get(collective=self.collectives[short], cycle=self.cycle)

    def choice(self, rating, grade, **more):
        words = {"ground": GROUND, "document": DOCUMENT, "version": rating.version} | more
        return decisions.PendingChoice(rating=rating, grade=grade, **words)

    def pend(self, ratings, grade, *, actor="lan", **more):
        rows = [self.choice(Rating.objects.get(pk=row.pk), grade, **more) for row in ratings]
        return decisions.set_pending(choices=rows, actor=self.users[actor])

    def record(self, ratings, body, *, number="15-KL/TU", actor="lan", **more):
        today = timezone.localdate()
        paper = {"number": number, "concluded_on": today, "session_on": today, "signatory": "Nguyễn Văn Mẫu"}
        return conclusions.record_conclusion(
            cycle=self.cycle,
            collective=self.collectives[body],
            session=conclusions.Session(**{**paper, "signatory_title": "PHÓ BÍ THƯ", **more}),
            ratings=ratings,
            actor=self.users[actor],
        )

    def confirm(self, conclusion, *, actor="minh"):
        fresh = Conclusion.objects.get(pk=conclusion.pk)
        return advance(fresh, "confirm", actor=self.users[actor], version=fresh.version)

    def decide(self, ratings, grade, body, *, number="15-KL/TU"):
        """Pending, recorded and confirmed at one stroke; answers the conclusion."""
        self.pend(ratings, grade)
        conclusion = self.record(ratings, body, number=number)
        self.confirm(conclusion)
        return Conclusion.objects.get(pk=conclusion.pk)


def start_round(province):
    """An enrolled cycle in which everybody needed for a whole round holds an office."""
    cycle = open_cycle(province)
    enrol(cycle=cycle, actor=province.users["giang"])
    for short, code in SECRETARIES[2:]:
        _grant(province.users[short], roles.SECRETARY, collective=province.collectives[code])
    # The officer of the Party committee of the agencies appraises Party members.
    _grant(province.users["tu"], roles.OFFICER, unit=province.units["DUK"])
    return Round(
        cycle=cycle,
        province=province,
        users=province.users,
        people=province.people,
        units=province.units,
        collectives=province.collectives,
    )


class _Player(Player):
    """Plays a department with its whole Party cell at once."""

    def _reviews(self, collective):
        places = [collective.pk, *(venue.pk for venue in self._venues(collective))]
        rows = Review.objects.filter(cycle=self.cycle, venues__collective__in=places).distinct()
        return list(rows.select_related("cycle", "person__account", "collective", "unit").order_by("id"))


def play(made, stage, *codes):
    """Bring the reviews of the leadership collectives `codes`, and all ratings of them, to a stage of the player."""
    people, users = made.people, made.users
    staff = {"BTCTU": "giang", "SNV": "ha", "DUK": "tu", "KHDT": "tu"}
    register = SimpleNamespace(
        users={person.pk: users[short] for short, person in people.items()},
        staff={code: [people[short]] for code, short in staff.items()} | {"TU": [people["lan"], people["minh"]]},
        units=made.units | {"KHDT": made.units["SKH"]},
    )
    secretaries = {made.collectives[code].pk: users[short] for short, code in SECRETARIES}
    player = _Player(register, made.cycle, secretaries, timezone.localdate(), seed=7)
    for code in codes:
        player.play(made.collectives[code], stage)
    # Five tasks of twenty beyond the target: whoever else is played, the suggestion for a person is good.
    numbers = {"assigned": 20, "done": 20, "on_time": 20, "beyond": 5}
    TaskTally.objects.filter(scope="tasks", sheet__review__person__isnull=False).update(**numbers)
    return made


def _grant(user, role, **place):
    RoleGrant.objects.create(user=user, role=role, document="QĐ 01-QĐ/TU", started_on=SINCE, **place)
