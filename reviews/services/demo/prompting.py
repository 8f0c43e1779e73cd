"""The prompts of 2024: the Standing Committee and the ban cán sự đảng prompt collectives and persons, some answer."""

from collections import Counter
from datetime import date, timedelta

from criteria.models import Cycle
from orgs.models import Collective, Unit, User
from orgs.services.transitions import advance
from reviews.models import OutcomeMark, Prompt, PromptList, Rating, Review
from reviews.services.demo.play import Player, today
from reviews.services.demo.register import Register
from reviews.services.grading.conclusions import Session
from reviews.services.meeting import (
    deliveries,
    explanations,
    prompt_contributions,
    prompt_lists,
    prompt_outcomes,
    prompts,
)

COLLECTIVES, PERSONS = 8, 20
# Of the collectives so many have not sent their report yet: their meeting does not open before.
STILL_WRITING = 3
# By whom prompts are given: the body, who advises it, who is asked besides.
BODIES = (("BTV-TU", "BTCTU", ("UBKTTU", "SNV")), ("BCSD", "SNV", ("BTCTU", "TTRA")))
NUMBERS = {"BTV-TU": "124-CV/TU (mẫu)", "BCSD": "88-CV/BCSD (mẫu)"}
MATTERS = (
    (
        "Tiến độ giải ngân vốn đầu tư công quý III chậm so với kế hoạch.",
        "Thông báo mẫu số 45-TB/UBKTTU ngày 05/10/2024",
    ),
    ("Việc khắc phục hạn chế đã chỉ ra tại kiểm điểm năm 2023.", "Kết luận kiểm điểm năm 2023 (mẫu)"),
    ("Tỷ lệ hồ sơ thủ tục hành chính trả quá hạn còn cao.", "Báo cáo mẫu số 88-BC/BTCTU ngày 10/10/2024"),
    ("Trách nhiệm nêu gương trong thực hiện quy chế làm việc.", "Phản ánh qua giám sát chuyên đề (mẫu)"),
)
PARTS = ("Phụ trách chung, chịu trách nhiệm người đứng đầu.", "Trực tiếp phụ trách lĩnh vực, làm rõ nguyên nhân.")
ANSWER = (
    "Công tác phối hợp giữa các phòng chuyên môn chưa chặt chẽ; vướng mắc về mặt bằng kéo dài.",
    "Chưa kiểm tra, đôn đốc thường xuyên; nhận trách nhiệm trước cấp có thẩm quyền.",
    "Tập thể lãnh đạo chưa phân công rõ đầu mối, chưa giao ban định kỳ về nội dung này.",
    "Giao ban hằng tuần, phân công rõ người, rõ việc, rõ thời hạn.",
)
OUTCOMES = (
    (OutcomeMark.CLEAR, ""),
    (OutcomeMark.PARTLY, "Còn phải làm rõ trách nhiệm giám sát của cấp phó."),
    (OutcomeMark.UNCLEAR, "Chưa làm rõ nguyên nhân chủ quan; tiếp tục giải trình năm sau."),
)


class Prompting:
    """Prompts of one cycle; who acts is found by office, as in the product."""

    def __init__(self, made: Register, cycle: Cycle, player: Player) -> None:
        self.made, self.cycle, self.player = made, cycle, player

    def prompt(self, reached: list[Collective]) -> list[Prompt]:
        """Draft, decide and issue the lists; `reached` are the bodies that will go on to their meeting."""
        for code, unit, asked in BODIES:
            self._list(code, unit, asked)
        bodies, people = self._subjects(reached)
        found = [self._draft(review, place) for place, review in enumerate([*bodies, *people])]
        for row in PromptList.objects.filter(cycle=self.cycle):
            self._decide(row)
        return found

    def _list(self, code: str, unit: str, asked: tuple[str, ...]) -> PromptList:
        officer = self.player.officers[unit]
        row = prompt_lists.open_list(
            cycle=self.cycle, authority=self.made.collectives[code], advisory_unit=self.made.units[unit], actor=officer
        )
        for body in asked:
            question = prompt_contributions.ask_contribution(
                prompt_list=row,
                unit=self.made.units[body],
                question="Đề nghị cho ý kiến về tập thể, cá nhân cần gợi ý và nội dung.",
                due_on=today() + timedelta(days=3),
                actor=officer,
            )
            given = prompt_contributions.Given(
                "Thống nhất danh sách; đề nghị làm rõ tiến độ giải ngân.", today(), f"Công văn mẫu số 12-CV/{body}"
            )
            prompt_contributions.give_contribution(
                contribution=question, given=given, version=question.version, actor=officer
            )
        return row

    def _subjects(self, reached: list[Collective]) -> tuple[list[Review], list[Review]]:
        """Eight bodies and twenty of their people; most bodies go on to their meetings, the others still write."""
        rows = Review.objects.filter(cycle=self.cycle, state="self_review").select_related(
            "cycle", "person__account", "collective", "unit"
        )
        by_unit = {row.collective_id: row for row in rows.filter(collective__isnull=False) if self._authority_of(row)}
        going = [by_unit[body.pk] for body in reached if body.pk in by_unit][: COLLECTIVES - STILL_WRITING]
        chosen = [*going, *(row for row in by_unit.values() if row.collective not in reached)][:COLLECTIVES]
        people = [row for row in rows.filter(is_leader=True, person__isnull=False).order_by("id") if self._is_fit(row)]
        units = [row.unit_id for row in chosen]
        # One of each body before a second one of any: some of them stand before their meeting, some behind it.
        turn: Counter[int] = Counter()
        places = {}
        for row in people:
            places[row.pk] = (row.unit_id not in units, turn[row.unit_id], row.pk)
            turn[row.unit_id] += 1
        return chosen, sorted(people, key=lambda row: places[row.pk])[:PERSONS]

    def _is_fit(self, review: Review) -> bool:
        acting = {user.person_id for user in (*self.player.officers.values(), self.player.recorder)}
        acting.add(self.player.confirmer.person_id)
        return bool(self._authority_of(review)) and review.person_id not in acting and hasattr(review.person, "account")

    def _authority_of(self, review: Review) -> tuple[Collective, Unit] | None:
        for code, unit, _asked in BODIES:
            body, advisory = self.made.collectives[code], self.made.units[unit]
            if Rating.objects.filter(review=review, deciding_collective=body, appraising_unit=advisory).exists():
                return body, advisory
        return None

    def _draft(self, review: Review, place: int) -> Prompt:
        authority, advisory = self._authority_of(review)
        due = today() + timedelta(days=5)
        matters = [MATTERS[(place + step) % len(MATTERS)] for step in range(1 + place % 2)]
        text = prompts.PromptText(tuple(prompts.MatterText(words, basis, due) for words, basis in matters), due)
        officer = self.player.officers[advisory.code]
        prompt = prompts.create_prompt(
            review=review, authority=authority, advisory_unit=advisory, text=text, actor=officer
        )
        if review.collective_id:
            self._name_members(prompt, review, officer)
        if place % 7 == 0:
            self._name_group(prompt, officer)
        return prompt

    def _name_members(self, prompt: Prompt, review: Review, officer: User) -> None:
        seats = review.collective.memberships.filter(ended_on=None).order_by("order")[: len(PARTS)]
        parts = dict(zip((seat.person_id for seat in seats), PARTS, strict=False))
        prompts.name_members(item=prompt.items.first(), parts=parts, version=prompt.version, actor=officer)

    def _name_group(self, prompt: Prompt, officer: User) -> None:
        person = self.made.staff["UBKTTU"][-1]
        deliveries.name_group_member(
            prompt=prompt, person=person, task="Tổ trưởng", document="Quyết định mẫu số 90-QĐ/TU", actor=officer
        )

    def _decide(self, row: PromptList) -> None:
        officer = self.player.officers[row.advisory_unit.code]
        row = advance(row, "propose", actor=officer, version=row.version)
        session = Session(NUMBERS[row.authority.code], today(), today(), "Nguyễn Văn Mẫu", "PHÓ BÍ THƯ")
        recorder, confirmer = self.player.recorder, self.player.confirmer
        prompt_lists.record_decision(prompt_list=row, session=session, version=row.version, actor=recorder)
        row.refresh_from_db()
        advance(row, "confirm", actor=confirmer, version=row.version)

    def answer(self, found: list[Prompt], reached: list[Collective]) -> None:
        """Who goes on to a meeting sends the report; of the others some have opened the prompt, some have begun."""
        going = {body.pk for body in reached}
        for place, prompt in enumerate(found):
            review = Review.objects.select_related("person__account", "collective").get(pk=prompt.review_id)
            actor = review.person.account if review.person_id else self.player.secretaries.get(review.collective_id)
            if actor is None:
                continue
            prompt.refresh_from_db()
            if review.venues.filter(collective__in=going).exists():
                self._write(prompt, actor, whole=True)
                advance(prompt, "send", actor=actor, version=prompt.version)
            elif place % 3 == 0:
                self._write(prompt, actor, whole=False)
            elif place % 3 == 1:
                deliveries.open_prompt(prompt=prompt, actor=actor)

    @staticmethod
    def _write(prompt: Prompt, actor: User, *, whole: bool) -> None:
        cause, own, shared, remedy = ANSWER
        for item in prompt.items.all():
            answer = explanations.Answer(cause, own, shared, remedy, date(today().year + 1, 3, 31))
            if not whole:
                answer = explanations.Answer(cause, "", "", "", None)
            explanations.save_explanation(item=item, answer=answer, version=0, actor=actor)

    def conclude(self) -> None:
        """After their meetings the secretaries conclude the matters: clear, partly, not clear."""
        rows = Prompt.objects.filter(cycle=self.cycle, state="explained", review__state__in=prompt_outcomes.HEARD)
        for place, prompt in enumerate(rows.order_by("id")):
            for item in prompt.items.all():
                mark, words = OUTCOMES[place % len(OUTCOMES)]
                prompt_outcomes.conclude_matter(
                    item=item,
                    concluded=prompt_outcomes.Concluded(mark, words),
                    version=0,
                    actor=self.player.recorder,
                )
