"""Sixty cadres of the demonstration register hard and new work for 2024 (letter 2026-CV/TU), in every state."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from orgs import roles
from orgs.models import Message, Person, RoleGrant, User
from orgs.services.transitions import advance
from registrations.models import Registration, SupportRequest, Work, WorkChange
from registrations.selectors.works.registrations import route_for
from registrations.selectors.works.routing import bodies_in_line
from registrations.services.works import outcomes, progress, support, writing
from registrations.services.works.registrations import create_registration
from reviews.services.demo.register import Register

SOURCE = Path(__file__).with_name("registering.toml")
YEAR, NUMBER = 2024, 60
# Of five that write, one asks for support already in the form.
PLANNED = 3
FIRST = ("KHDT",)
STARTS, ENDS, NOTED, DONE = date(2024, 3, 4), date(2024, 12, 16), date(2024, 6, 10), date(2024, 12, 2)
VERIFIED = date(2024, 12, 9)
# Support that was not asked in the form already; a body has this long to answer, and mostly needs less.
ASKED, TO_ANSWER, ANSWERED = date(2024, 6, 12), timedelta(days=23), timedelta(days=12)
CHANGE_ASKED, CHANGE_DECIDED = date(2024, 10, 14), date(2024, 10, 21)
# How far each has come, in turn; "unfinished" and "withdrawn" never leave the desk of who wrote them.
STAGES = (
    *("supported", "running", "verified", "draft", "sent", "received", "changing", "done", "returned", "blocked"),
    *("weighed", "not_done", "answered", "unfinished", "changed", "solved", "withdrawn"),
)


class Registering:
    """Plays one registration to its stage; the officers are found by the body that receives it."""

    def __init__(self, made: Register) -> None:
        self.made = made
        self.words: dict[str, list[dict[str, Any]]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
        grants = RoleGrant.objects.current(timezone.localdate()).filter(role=roles.OFFICER, unit__isnull=False)
        self.officers: dict[int, User] = {}
        for grant in grants.select_related("user").order_by("-id"):
            self.officers[grant.unit_id] = grant.user
        self.steps: dict[str, Callable[[Work, User, User], None]] = {
            "running": self._note,
            "blocked": self._block,
            "solved": self._solve,
            "supported": self._support,
            "answered": self._answer,
            "changing": self._change,
            "changed": self._report_change,
            "done": lambda work, actor, officer: self._report(work, actor, "done"),
            "not_done": lambda work, actor, officer: self._report(work, actor, "not_done"),
            "verified": self._verify,
            "weighed": self._weigh,
        }

    def play(self, person: Person, place: int) -> Registration:
        """Register for `person`, as far as the stage of his place."""
        actor, stage = self.made.users[person.pk], STAGES[place % len(STAGES)]
        row = create_registration(subject=person, year=YEAR, actor=actor, is_demo=True)
        self._write(row, place, actor, is_unfinished=stage == "unfinished")
        row.refresh_from_db()
        if stage in ("draft", "unfinished"):
            return row
        if stage == "withdrawn":
            return advance(row, "withdraw", actor=actor, version=row.version)
        row = advance(row, "send", actor=actor, version=row.version)
        officer = self.officers.get(row.receiving_unit_id)
        if stage == "sent" or officer is None or officer.person_id == person.pk:
            return row
        if stage == "returned":
            note = "Đề nghị làm rõ giải pháp và sản phẩm cụ thể."
            return advance(row, "return", actor=officer, version=row.version, note=note)
        row = advance(row, "receive", actor=officer, version=row.version)
        if step := self.steps.get(stage):
            work = row.works.order_by("id").first()
            step(advance(work, "start", actor=actor, version=work.version), actor, officer)
        return row

    def _write(self, row: Registration, place: int, actor: User, *, is_unfinished: bool) -> None:
        hard, new = self.words["hard"], self.words["new"]
        chosen = [("hard", hard[place % len(hard)])]
        chosen += [("new", new[place % len(new)])] if place % 3 == 0 else []
        for kind, words in chosen:
            days = {} if is_unfinished else {"starts_on": STARTS, "finishes_on": ENDS}
            values = {**words, **days}
            writing.add_work(registration=row, kind=kind, values=values, actor=actor, is_unfinished=is_unfinished)
        if place % 5 == PLANNED:
            self._ask(row.works.order_by("id").first(), actor)
        plan = {"registration": row, "actor": actor}
        writing.add_plan_line(half="strength", text="Quyết liệt, bám việc, rõ sản phẩm.", **plan)
        mended = {"text": "Kiểm tra, đôn đốc cấp dưới chưa thường xuyên.", "measure": "Giao ban chuyên đề hằng tháng."}
        writing.add_plan_line(half="shortcoming", due_on=date(2024, 9, 30), **mended, **plan)

    def _note(self, work: Work, actor: User, officer: User) -> None:
        progress.note_progress(work=work, noted_on=NOTED, text="Đã hoàn thành khoảng một nửa khối lượng.", actor=actor)

    def _block(self, work: Work, actor: User, officer: User) -> None:
        self._note(work, actor, officer)
        body = self._superior(work)
        found = {"text": "Chưa có đơn giá, định mức để triển khai.", "found_on": NOTED, "waits_for": body}
        progress.report_obstacle(work=work, actor=actor, **found)

    def _solve(self, work: Work, actor: User, officer: User) -> None:
        self._block(work, actor, officer)
        row = work.obstacles.get()
        solved = {"solution": "Cấp trên đã ban hành đơn giá.", "solved_on": NOTED + timedelta(days=30)}
        progress.solve_obstacle(obstacle=row, version=row.version, actor=officer, **solved)

    def _support(self, work: Work, actor: User, officer: User) -> None:
        self._note(work, actor, officer)
        self._ask(work, actor)

    def _ask(self, work: Work, actor: User) -> None:
        if body := self._superior(work):
            due_on = timezone.localdate() + timedelta(days=10)
            text = "Đề nghị chỉ đạo các cơ quan phối hợp, ban hành hướng dẫn."
            support.ask_support(work=work, body=body, text=text, due_on=due_on, actor=actor)

    def _answer(self, work: Work, actor: User, officer: User) -> None:
        directed = {
            "document": "Công văn mẫu số 45-CV/TU",
            "document_on": NOTED,
            "text": "Giao cơ quan liên quan tháo gỡ.",
        }
        progress.enter_direction(work=work, actor=officer, **directed)
        self._ask(work, actor)
        for row in work.support_requests.all():
            answerer = self.officers.get(row.body_id) or self._adviser(row.body_id)
            words = "Đã giao hướng dẫn trong tháng."
            row = support.answer_support(request=row, answer=words, version=row.version, actor=answerer)
            if row.pk % 2:
                advance(row, "settle", actor=actor, version=row.version)

    def _adviser(self, unit_id: int) -> User | None:
        """The officer of the advisory body below the one that was asked."""
        below = self.made.levels.values()
        found = (level.advisory_unit for level in below if level.advisory_unit_id)
        return next((self.officers.get(unit.pk) for unit in found if unit.parent_id == unit_id), None)

    def _superior(self, work: Work) -> Any:
        """The nearest body of the line for which somebody answers."""
        rows = list(bodies_in_line(work.registration, route_for(work.registration)))
        return next((row for row in rows if self.officers.get(row.pk) or self._adviser(row.pk)), None)

    def _change(self, work: Work, actor: User, officer: User) -> None:
        values = {"finishes_on": date(2024, 12, 30)}
        reason = "Thời tiết bất lợi, cần thêm thời gian."
        outcomes.ask_change(work=work, values=values, reason=reason, version=work.version, actor=actor)

    def _report_change(self, work: Work, actor: User, officer: User) -> None:
        self._change(work, actor, officer)
        work.refresh_from_db()
        self._report(advance(work, "consent", actor=officer, version=work.version), actor, "changed")

    def _report(self, work: Work, actor: User, outcome: str) -> Work:
        result = "Còn vướng thủ tục, chuyển sang năm sau." if outcome == "not_done" else "Đã hoàn thành, có sản phẩm."
        day = None if outcome == "not_done" else DONE
        return outcomes.report_outcome(
            work=work, outcome=outcome, result=result, finished_on=day, version=work.version, actor=actor
        )

    def _verify(self, work: Work, actor: User, officer: User) -> Work:
        self._note(work, actor, officer)
        row = self._report(work, actor, "done")
        found = {"outcome": "done", "words": "Đã kiểm tra, đúng như báo cáo.", "document": "Báo cáo mẫu số 12-BC/BTC"}
        return outcomes.verify_outcome(work=row, version=row.version, actor=officer, **found)

    def _weigh(self, work: Work, actor: User, officer: User) -> None:
        row = self._verify(work, actor, officer)
        advance(row, "weigh", actor=officer, version=row.version, document_ref="Kết luận mẫu số 88-KL/TU")


def register_2024(made: Register) -> None:
    """Register for sixty heads and deputies; those of the named logins first."""
    play = Registering(made).play
    for place, person in zip(range(NUMBER), _cadres(made), strict=False):
        _date(play(person, place), place)


def _date(row: Registration, place: int) -> None:
    """Everything that the load did today happened in its year: sent in March, received a week later, the rest after."""
    sent, today = _at(STARTS + timedelta(days=place % 20)), timezone.localdate()
    received = sent + timedelta(days=7)
    mine = Registration.objects.filter(pk=row.pk)
    mine.exclude(sent_at=None).update(sent_at=sent, state_since=sent)
    mine.exclude(received_at=None).update(received_at=received, state_since=received)
    works = Work.objects.filter(registration=row)
    works.update(state_since=_at(NOTED))
    works.filter(reported_on=today).update(reported_on=DONE, state_since=_at(DONE))
    works.filter(verified_on=today).update(verified_on=VERIFIED, state_since=_at(VERIFIED))
    changes = WorkChange.objects.filter(work__registration=row)
    changes.update(created_at=_at(CHANGE_ASKED))
    changes.exclude(decided_at=None).update(decided_at=_at(CHANGE_DECIDED))
    _date_support(row, place, received.date())


def _date_support(row: Registration, place: int, received: date) -> None:
    """What was asked in the form lay before the body from the day on which the registration was received."""
    asked = SupportRequest.objects.filter(work__registration=row).order_by("id")
    for number, request in enumerate(asked):
        day = received if place % 5 == PLANNED and number == 0 else ASKED
        request.due_on = day + TO_ANSWER
        if request.opened_at:
            request.opened_at = request.state_since = _at(day)
        if request.answered_at:
            request.answered_at = request.state_since = _at(day + ANSWERED)
        request.save(update_fields=["due_on", "opened_at", "answered_at", "state_since"])
        Message.objects.filter(dedup_key__contains=f":support:{request.uuid}:").update(due_on=request.due_on)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _cadres(made: Register) -> Iterator[Person]:
    codes = [*FIRST, *(code for code in made.heads if code not in FIRST)]
    seen: set[int] = set()
    people = [made.heads[code] for code in codes] + [row for code in codes for row in made.deputies[code]]
    first = [made.heads[code] for code in FIRST] + [row for code in FIRST for row in made.deputies[code]]
    for person in (*first, *people):
        if person.pk in made.users and person.pk not in seen:
            seen.add(person.pk)
            yield person
