"""Play a round: write, submit, meet, finish, propose, appraise, decide, notify, through the services of the product."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from criteria.models import Cycle
from criteria.selectors.rounds.working_days import is_working_day
from orgs.models import Collective, RatingKind, User
from orgs.services.transitions import advance
from reviews.models import Conclusion, Grade, Meeting, Rating, Review, SectionNote
from reviews.selectors.grading.suggestions import explained_for
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.demo.answers import answer_for
from reviews.services.demo.people import Names
from reviews.services.demo.register import Register
from reviews.services.grading import conclusions, decisions, gradings
from reviews.services.meeting import comments, meetings
from reviews.services.writing import finishing, tasks_stated
from reviews.services.writing.answers import save_section
from reviews.services.writing.submission import submit

STAGES = (
    "untouched",
    "written",
    "submitted",
    "in_session",
    "finishing",
    "finished",
    "proposed",
    "appraised",
    "recorded",
    "noticed",
)
ACROSS = {"tasks": 20, "collective_tasks": 30, "units_led": 24}


class Player:
    """Plays whole units of one cycle up to a stage; who acts is found by office, as in the product."""

    def __init__(self, made: Register, cycle: Cycle, secretaries: dict[int, User], held_on: date, seed: int) -> None:
        self.made, self.cycle, self.secretaries, self.held_on = made, cycle, secretaries, held_on
        self.names = Names(seed)
        self.officers = {code: made.users[made.staff[code][0].pk] for code in ("BTCTU", "SNV", "DUK", "KHDT")}
        self.recorder, self.confirmer = (made.users[made.staff["TU"][place].pk] for place in (0, 1))

    def play(self, collective: Collective, stage: str) -> list[Rating]:
        """Bring the collective and its members to `stage`; answers the ratings that wait for the deciding body."""
        reviews = self._reviews(collective)
        if not reviews:
            return []
        steps: dict[str, Callable[[], None]] = {
            "written": lambda: self._each(reviews, self._write),
            "submitted": lambda: self._each(reviews, self._submit),
            "in_session": lambda: self._meet(collective),
            "finishing": lambda: self._hear(collective),
            "finished": lambda: self._each(reviews, self._finish),
            "proposed": lambda: self._propose(reviews),
            "appraised": lambda: self._appraise(reviews),
        }
        for name in STAGES[1 : STAGES.index(stage) + 1]:
            if name in steps:
                steps[name]()
        return self._waiting(reviews) if stage in ("recorded", "noticed") else []

    def _reviews(self, collective: Collective) -> list[Review]:
        rows = Review.objects.filter(cycle=self.cycle, venues__collective=collective).distinct()
        return list(rows.select_related("cycle", "person__account", "collective", "unit").order_by("id"))

    def _each(self, reviews: list[Review], act: Callable[[Review], None]) -> None:
        for review in reviews:
            review.refresh_from_db()
            act(review)

    def _author(self, review: Review) -> User:
        return review.person.account if review.person_id else self.secretaries[review.collective_id]

    def _write(self, review: Review) -> None:
        actor, strong = self._author(review), self.names.random.random() < 0.35
        for part in parts_of(form_of(review)):
            content = {item.key: answer_for(item, self.names, strong=strong) for item in part.items}
            save_section(review=review, section_key=part.key, content=content, version=0, actor=actor, is_done=True)
        self._state(review, actor, strong=strong)

    def _state(self, review: Review, actor: User, *, strong: bool) -> None:
        scopes = ["tasks", "collective_tasks"] + (["units_led"] if review.is_leader else [])
        tallies = {}
        for scope in scopes:
            assigned = ACROSS[scope]
            tallies[scope] = {
                "assigned": assigned,
                "done": assigned,
                "on_time": assigned,
                "beyond": assigned * 6 // 10 if strong else assigned // 4,
                "quality_met": True,
                "main_targets_missed": False,
                "force_majeure": False,
            }
            if scope == "units_led":
                tallies[scope] |= {"units_total": 8, "units_completed": 8, "units_good": 7}
        allowed = {scope: values for scope, values in tallies.items() if self._may_hold(review, scope)}
        tasks_stated.state_tasks(review=review, tallies=allowed, version=0, actor=actor)

    @staticmethod
    def _may_hold(review: Review, scope: str) -> bool:
        return scope in tasks_stated.scopes_of(review)

    def _submit(self, review: Review) -> None:
        submit(review=review, actor=self._author(review), version=review.version)

    def _venues(self, collective: Collective) -> list[Collective]:
        """The venues of the collective's people in their order: the Party cell first, the collective itself last."""
        cells = Collective.objects.filter(
            venues__review__cycle=self.cycle, venues__review__venues__collective=collective
        ).exclude(pk=collective.pk)
        return [*cells.distinct().order_by("kind", "id"), collective]

    def _meet(self, collective: Collective) -> None:
        for venue in self._venues(collective):
            if venue.pk in self.secretaries:
                self._open(venue)

    def _open(self, venue: Collective) -> Meeting:
        actor = self.secretaries[venue.pk]
        sent = self.held_on - timedelta(days=12)
        seat = venue.memberships.filter(part="head").select_related("person").first()
        meeting = meetings.convene(
            cycle=self.cycle,
            collective=venue,
            convened=meetings.Convened(
                held_on=self.held_on, circulated_on=sent, place="Phòng họp số 1", chair=seat.person if seat else None
            ),
            actor=actor,
        )
        meeting = advance(meeting, "open", actor=actor, version=meeting.version)
        presence = {row.pk: meetings.Presence(True) for row in meeting.attendance.all()}
        return meetings.record_attendance(
            meeting=meeting,
            presence=presence,
            proceedings="Hội nghị tiến hành theo chương trình đã thông báo.",
            version=meeting.version,
            actor=actor,
        )

    def _hear(self, collective: Collective) -> None:
        for venue in self._venues(collective):
            for meeting in Meeting.objects.filter(cycle=self.cycle, collective=venue, state="open"):
                self._hear_in(meeting)

    def _hear_in(self, meeting: Meeting) -> None:
        actor = self.secretaries[meeting.collective_id]
        for item in meeting.agenda.select_related("review", "meeting").order_by("order"):
            if item.is_heard or item.review.state != "meeting":
                continue
            comments.add_comment(
                item=item, text="Đề nghị nêu rõ hơn sản phẩm cụ thể.", actor=actor, speaker="Đại diện tập thể"
            )
            meetings.hear(
                item=item,
                answer="Tôi tiếp thu và sẽ bổ sung vào bản kiểm điểm.",
                conclusion="Bản kiểm điểm nghiêm túc; bổ sung số liệu tại mục kết quả.",
                version=item.version,
                actor=actor,
            )
        if not meeting.agenda.filter(is_heard=False, review__state="meeting").exists():
            meeting.refresh_from_db()
            advance(meeting, "close", actor=actor, version=meeting.version)

    def _finish(self, review: Review) -> None:
        if review.state != "finishing":
            return
        actor = self._author(review)
        for note in SectionNote.objects.filter(review=review, source="meeting", answered_at=None):
            finishing.answer_note(note=note, answer="Đã bổ sung số liệu theo kết luận.", actor=actor)
        advance(review, "finish", actor=actor, version=review.version)

    def _ratings(self, reviews: list[Review], state: str) -> list[Rating]:
        rows = Rating.objects.filter(review__in=reviews, state=state).exclude(
            review__state__in=("self_review", "meeting")
        )
        return list(rows.select_related("cycle__regulation", "review", "person", "collective", "group").order_by("id"))

    def _propose(self, reviews: list[Review]) -> None:
        rows = self._ratings(reviews, "proposal")
        found = explained_for(rows)
        for rating in rows:
            actor = self.secretaries.get(rating.proposing_collective_id)
            if actor is None or rating.kind == RatingKind.STATE or actor.person_id == rating.person_id:
                continue
            grade = found[rating.pk].grade or Grade.GOOD
            opinion = gradings.Opinion(grade, "Tập thể thống nhất đề xuất.", self.held_on)
            row = gradings.write_grade(
                rating=rating, step=gradings.PROPOSAL, opinion=opinion, version=rating.version, actor=actor
            )
            advance(row, "propose", actor=actor, version=row.version)

    def _appraise(self, reviews: list[Review]) -> None:
        rows = self._ratings(reviews, "appraisal")
        found = explained_for(rows)
        officers = {user.person_id: user for user in self.officers.values()}
        by_unit = {self.made.units[code].pk: user for code, user in self.officers.items()}
        for rating in rows:
            actor = by_unit.get(rating.appraising_unit_id)
            if actor is None or rating.person_id in officers:
                continue
            grade = found[rating.pk].grade or Grade.GOOD
            opinion = gradings.Opinion(grade, "Đủ điều kiện theo tiêu chí; hồ sơ đầy đủ.")
            row = gradings.write_grade(
                rating=rating, step=gradings.APPRAISAL, opinion=opinion, version=rating.version, actor=actor
            )
            advance(row, "appraise", actor=actor, version=row.version)

    def _waiting(self, reviews: list[Review]) -> list[Rating]:
        return self._ratings(reviews, "decision")

    def archive(self) -> None:
        """The officers of the appraising bodies put away what the subjects were notified of."""
        for rating in Rating.objects.filter(cycle=self.cycle, state="notice").select_related("appraising_unit"):
            if archivist := self.officers.get(rating.appraising_unit.code):
                advance(rating, "archive", actor=archivist, version=rating.version)

    def decide(self, ratings: list[Rating], *, confirm: bool, on: date, label: str) -> None:
        """Grades within the quota, the body's conclusion recorded and, with `confirm`, confirmed and notified."""
        self._put_before(ratings)
        rows = Rating.objects.filter(pk__in=[row.pk for row in ratings]).exclude(pending_grade="")
        bodies: dict[int, list[Rating]] = {}
        for rating in rows.select_related("deciding_collective"):
            bodies.setdefault(rating.deciding_collective_id, []).append(rating)
        turns = [(RatingKind.COLLECTIVE, False)]
        turns += [(kind, is_head) for is_head in (False, True) for kind in (RatingKind.CADRE, RatingKind.PARTY_MEMBER)]
        for place, (kind, is_head) in enumerate(turns, start=1):
            for body, found in sorted(bodies.items()):
                if chosen := [row for row in found if row.kind == kind and row.is_head == is_head]:
                    self._conclude(body, chosen, confirm=confirm, on=on, label=f"{label}.{place}")

    def _put_before(self, ratings: list[Rating]) -> None:
        found = explained_for(ratings)
        groups: dict[int, list[Rating]] = {}
        for rating in ratings:
            groups.setdefault(rating.group_id, []).append(rating)
        for rows in groups.values():
            wanted = {row.pk: found[row.pk].grade or Grade.GOOD for row in rows}
            best = [row for row in rows if wanted[row.pk] == Grade.EXCELLENT]
            most = len([row for row in rows if wanted[row.pk] in (Grade.EXCELLENT, Grade.GOOD)]) // 6
            lowered = {row.pk for row in best[most:]}
            decisions.set_pending(
                choices=[
                    decisions.PendingChoice(
                        rating=row,
                        grade=Grade.GOOD if row.pk in lowered else wanted[row.pk],
                        version=row.version,
                        ground="Hạ mức do khống chế tỷ lệ 20 %."
                        if row.pk in lowered
                        else "Theo đề nghị của cơ quan thẩm định.",
                        document="Tờ trình mẫu số 12-TTr/BTCTU",
                    )
                    for row in rows
                ],
                actor=self.recorder,
            )

    def _conclude(self, body: int, rows: list[Rating], *, confirm: bool, on: date, label: str) -> None:
        collective = Collective.objects.get(pk=body)
        conclusion: Conclusion = conclusions.record_conclusion(
            cycle=self.cycle,
            collective=collective,
            session=conclusions.Session(f"{label}-KL/{collective.code} (mẫu)", on, on, "Nguyễn Văn Mẫu", "PHÓ BÍ THƯ"),
            ratings=rows,
            actor=self.recorder,
        )
        if confirm:
            advance(conclusion, "confirm", actor=self.confirmer, version=conclusion.version)
            decisions.notify(ratings=rows, actor=self.confirmer)


def next_working_day(day: date) -> date:
    """`day`, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def today() -> date:
    """The day of loading."""
    return timezone.localdate()
