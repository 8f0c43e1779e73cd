"""The years after the reorganisation: 2025 under 366-QĐ/TW closed, quarter III of 2026 finished, the year 2026 open."""

from collections.abc import Iterable
from datetime import date, timedelta

from criteria.models import Cycle, PeriodKind, Regulation
from criteria.services.rounds.cycles import CycleDates
from orgs.models import Collective, Unit, User
from orgs.services.bulk import refresh_statistics
from orgs.services.transitions import advance
from registrations.models import Shortcoming
from registrations.services.register.facts import enter_fact, remedy_shortcoming
from reviews.models import Rating
from reviews.services.demo.cycles import DUE_IN, Law, open_cycle, write_plan
from reviews.services.demo.play import Player, next_working_day, today
from reviews.services.demo.register import Register, secretaries

KEY = "366-QĐ/TW@2025-08-30"
# Days of the year reviewed on which each step of 2025 had ended.
DUE_2025 = {
    "self_review": date(2025, 11, 20),
    "meeting": date(2025, 11, 30),
    "finishing": date(2025, 12, 5),
    "proposal": date(2025, 12, 8),
    "appraisal": date(2025, 12, 15),
    "decision": date(2025, 12, 25),
    "notice": date(2025, 12, 31),
}
COMMUNES = 10
STAGES_2026 = ("written", "submitted", "in_session", "finishing", "finished", "proposed", "appraised", "recorded")


def play_years(made: Register, officer: User) -> None:
    """Open, play and, where they are over, close the rounds since the reorganisation."""
    law = Law(Regulation.objects.get(key=KEY))
    communes = tuple(Unit.objects.without_tree_fields().filter(kind__code="dang_uy_xa").order_by("id")[:COMMUNES])
    _register_what_was_named(communes, made.users[made.staff["UBKTTU"][0].pk])
    plan = write_plan(made, officer, 2025, DUE_2025)
    dates = CycleDates(date(2025, 1, 1), date(2025, 12, 31), date(2025, 11, 1), units=communes)
    _play_to_the_end(made, open_cycle(plan, law, dates, officer), officer, date(2025, 11, 28), date(2025, 12, 22))
    plan = write_plan(made, officer, 2026, {step: today() + timedelta(days=days) for step, days in DUE_IN.items()})
    dates = CycleDates(date(2026, 7, 1), date(2026, 9, 30), date(2026, 9, 15), PeriodKind.QUARTER, communes)
    quarter = open_cycle(plan, law, dates, officer, "Đánh giá, xếp loại quý III năm 2026")
    _play_to_the_end(made, quarter, officer, date(2026, 10, 6), date(2026, 10, 15))
    dates = CycleDates(date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 1))
    _play_2026(made, open_cycle(plan, law, dates, officer))


def _register_what_was_named(communes: Iterable[Unit], inspector: User) -> None:
    """At the review of 2024 one shortcoming was named of each collective and is remedied; of its people none."""
    paper = {"document": "Thông báo mẫu số 21-TB/BTCTU", "document_on": date(2025, 7, 15), "actor": inspector}
    for unit in communes:
        for body in Collective.objects.filter(unit=unit, is_reviewed=True):
            named = enter_fact(model=Shortcoming, subject=body, text="Chậm ban hành quy chế làm việc.", **paper)
            remedy_shortcoming(
                row=named,
                remedied_on=date(2025, 9, 30),
                document="Báo cáo mẫu số 30-BC/ĐU",
                version=named.version,
                actor=inspector,
            )
            for seat in body.memberships.filter(ended_on=None).select_related("person"):
                enter_fact(model=Shortcoming, subject=seat.person, is_none=True, **paper)


def _play_to_the_end(made: Register, cycle: Cycle, officer: User, held_on: date, concluded_on: date) -> None:
    player = Player(made, cycle, secretaries(), min(held_on, today()), seed=cycle.pk)
    waiting: list[Rating] = []
    for collective in _committees():
        waiting += player.play(collective, "noticed")
    refresh_statistics()
    player.decide(waiting, confirm=True, on=min(concluded_on, today()), label=f"{cycle.pk}")
    player.archive()
    cycle.refresh_from_db()
    advance(cycle, "close", actor=officer, version=cycle.version)


def _play_2026(made: Register, cycle: Cycle) -> None:
    player = Player(made, cycle, secretaries(), next_working_day(today() - timedelta(days=2)), seed=2026)
    pending: list[Rating] = []
    for place, collective in enumerate(_committees()[: len(STAGES_2026)]):
        pending += player.play(collective, STAGES_2026[place])
    player.decide(pending, confirm=False, on=today(), label="126")


def _committees() -> list[Collective]:
    rows = Collective.objects.filter(unit__kind__code="dang_uy_xa", is_reviewed=True)
    return list(rows.order_by("unit_id")[:COMMUNES])
