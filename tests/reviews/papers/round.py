"""A whole round of Sở Kế hoạch và Đầu tư, played through the services: prompt, writing, meetings, ballot, decisions."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orgs import roles
from orgs.models import RatingKind, RoleGrant
from orgs.services.transitions import advance
from registrations.models import Discipline, DisciplineForm, Shortcoming
from reviews.models import AgendaItem, Circumstance, CircumstanceKind, OpinionKind, Rating, Review, SectionNote
from reviews.selectors.grading.suggestions import explained_for
from reviews.selectors.meeting.ballots import ballot_ratings
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.enrolling.enrolment import enrol
from reviews.services.grading import conclusions, decisions, gradings, opinions
from reviews.services.meeting import comments, explanations, meetings, prompt_lists, prompts, tallies
from reviews.services.writing import finishing, tasks_stated
from reviews.services.writing.answers import save_section
from reviews.services.writing.submission import submit
from tests.cast import SINCE
from tests.reviews.enrolment.conftest import open_cycle
from tests.uploads import PDF

WRITERS = ("an", "binh", "chi", "nga", "oanh")
MATTER = "Chậm giải ngân vốn đầu tư công quý III."
COMMENT = "Đề nghị nêu rõ sản phẩm cụ thể của từng nhiệm vụ được giao."
ANSWER = "Tôi tiếp thu và bổ sung số liệu giải ngân."
OPINION = "Chi ủy nhận xét: gương mẫu, giữ mối liên hệ với nhân dân."
APPRAISAL = "Hồ sơ đầy đủ, đủ điều kiện theo tiêu chí."
NUMBER = "345-QĐ/TU"


class Round:
    """The province with its cycle; `review("an")`, `rating("an", "cadre")`, `user("giang")`."""

    def __init__(self, province):
        self.province = province
        self.cycle = open_cycle(province)
        self.today = timezone.localdate()
        RoleGrant.objects.create(
            user=province.users["ha"],
            role=roles.OFFICER,
            unit=province.units["DUK"],
            document="QĐ 09-QĐ/TU",
            started_on=SINCE,
        )
        enrol(cycle=self.cycle, actor=province.users["giang"])

    def user(self, short):
        return type(self.province.users[short]).objects.get(pk=self.province.users[short].pk)

    def review(self, short):
        rows = Review.objects.select_related("cycle__regulation", "person", "collective", "unit")
        if short in self.province.people:
            return rows.get(cycle=self.cycle, person=self.province.people[short])
        return rows.get(cycle=self.cycle, collective=self.province.collectives[short])

    def rating(self, short, kind=RatingKind.COLLECTIVE):
        return Rating.objects.select_related("cycle__regulation", "review").get(review=self.review(short), kind=kind)

    def mine(self):
        return [*(self.review(short) for short in WRITERS), self.review("TT-SKH")]

    def author(self, review):
        return self.user("nga") if review.collective_id else review.person.account

    # -- before the meeting

    def register(self):
        """What the register holds of An: a reprimand and a shortcoming, each with its document."""
        an, officer = self.province.people["an"], self.user("giang")
        Discipline.objects.create(
            person=an,
            form=DisciplineForm.KHIEN_TRACH,
            document="QĐ 77-QĐ/UBKTTU",
            document_on=date(2024, 5, 6),
            text="Thiếu kiểm tra, giám sát",
            remedied=True,
            entered_by=officer,
        )
        Shortcoming.objects.create(
            person=an,
            document="KL 12-KL/TU",
            document_on=date(2024, 2, 3),
            text="Chậm trả lời kiến nghị của doanh nghiệp",
            entered_by=officer,
            workflow_name="remedy",
            state="open",
        )
        Circumstance.objects.create(
            rating=self.rating("an", RatingKind.CADRE),
            kind=CircumstanceKind.SICK_LEAVE_3_MONTHS,
            document="Giấy ra viện số 15",
            entered_by=officer,
        )

    def prompt(self):
        matter = prompts.MatterText(MATTER, "Kết luận số 15-KL/UBKTTU ngày 05/10/2024", self.today)
        prompt = prompts.create_prompt(
            review=self.review("an"),
            authority=self.province.collectives["BTV-TU"],
            advisory_unit=self.province.units["BTCTU"],
            text=prompts.PromptText((matter,), self.today),
            actor=self.user("giang"),
        )
        self.decide_prompts(prompt.prompt_list)
        prompt.refresh_from_db()
        explanations.save_explanation(
            item=prompt.items.get(),
            answer=explanations.Answer(
                "Vướng giải phóng mặt bằng.",
                "Tôi chưa đôn đốc.",
                "Tập thể lãnh đạo chưa phân công rõ.",
                "Giao ban tuần.",
                date(2025, 3, 31),
            ),
            version=0,
            actor=self.user("an"),
        )
        advance(prompt, "send", actor=self.user("an"), version=prompt.version)

    def decide_prompts(self, prompt_list):
        """The Standing Committee decides on the list: recorded by Lan, confirmed by Minh."""
        prompt_list = advance(prompt_list, "propose", actor=self.user("giang"), version=prompt_list.version)
        session = conclusions.Session("88-CV/TU", self.today, self.today, "Nguyễn Văn Ký", "PHÓ BÍ THƯ")
        prompt_lists.record_decision(
            prompt_list=prompt_list, session=session, version=prompt_list.version, actor=self.user("lan")
        )
        prompt_list.refresh_from_db()
        advance(prompt_list, "confirm", actor=self.user("minh"), version=prompt_list.version)

    def write(self):
        for review in self.mine():
            for part in parts_of(form_of(review)):
                content = {item.key: self._answer(review, item) for item in part.items}
                save_section(
                    review=review,
                    section_key=part.key,
                    content=content,
                    version=0,
                    actor=self.author(review),
                    is_done=True,
                )
            self._state(review)
            review.refresh_from_db()
            submit(review=review, actor=self.author(review), version=review.version)

    @staticmethod
    def _answer(review, item):
        if item.kind == "level":
            return {"level": "good"}
        if item.kind == "grade_choice":
            return {"grade": "good"}
        return {"text": f"Nội dung mục {item.key} của {review.subject}, được ghi tiếng Việt đầy đủ dấu: ằ, ẫ, ợ, ữ."}

    def _state(self, review):
        figures = {"assigned": 21, "done": 20, "on_time": 19, "beyond": None, "quality_met": True}
        allowed = {scope: {} for scope in tasks_stated.scopes_of(review)}
        for scope in allowed:
            names = tasks_stated.FIELDS_OF_SCOPE[scope]
            allowed[scope] = {name: value for name, value in figures.items() if name in names}
        tasks_stated.state_tasks(review=review, tallies=allowed, version=0, actor=self.author(review))

    # -- the meetings

    def meet(self):
        self.meetings = {code: self._hold(code) for code in ("CU-SKH", "TT-SKH")}

    def _hold(self, code):
        actor, sent = self.user("nga"), self.today - timedelta(days=15)
        meeting = meetings.convene(
            cycle=self.cycle,
            collective=self.province.collectives[code],
            convened=meetings.Convened(
                held_on=self.today,
                circulated_on=sent,
                place="Phòng họp số 2",
                chair=self.province.people["an"],
                secretary=self.province.people["nga"],
            ),
            actor=actor,
        )
        meeting = advance(meeting, "open", actor=actor, version=meeting.version)
        meeting = meetings.record_attendance(
            meeting=meeting,
            presence={row.pk: meetings.Presence(True) for row in meeting.attendance.all()},
            proceedings="Chủ trì quán triệt mục đích, yêu cầu của hội nghị.",
            version=meeting.version,
            actor=actor,
        )
        for item in AgendaItem.objects.filter(meeting=meeting).select_related("review", "meeting").order_by("order"):
            item.review.refresh_from_db()
            comments.add_comment(item=item, text=COMMENT, actor=actor, speaker="Đại diện tập thể")
            meetings.hear(
                item=item, answer=ANSWER, conclusion="Thống nhất với bản kiểm điểm.", version=item.version, actor=actor
            )
        self._ballot(meeting)
        meeting.refresh_from_db()
        return advance(meeting, "close", actor=actor, version=meeting.version)

    def _ballot(self, meeting):
        wanted = ballot_ratings(meeting)
        if not wanted:
            return
        present = meeting.attendance.count()
        totals = {"summoned": present, "present": present, "issued": present, "collected": present}
        counted = tallies.Counted(
            totals | {"valid": present, "invalid": 0},
            {
                rating.pk: {"excellent": 0, "good": present, "completed": 0, "not_completed": 0, "": 0}
                for rating in wanted
            },
        )
        record = SimpleUploadedFile("bien-ban-kiem-phieu.pdf", PDF, content_type="application/pdf")
        tallies.enter_tally(meeting=meeting, counted=counted, actor=self.user("nga"), upload=record)
        tallies.confirm_tally(meeting=meeting, counted=counted, actor=self.user("an"))

    def finish(self):
        for review in self.mine():
            for note in SectionNote.objects.filter(review=review, source="meeting", answered_at=None):
                finishing.answer_note(note=note, answer="Đã bổ sung số liệu.", actor=self.author(review))
            review.refresh_from_db()
            advance(review, "finish", actor=self.author(review), version=review.version)

    # -- the grades

    def propose(self):
        for rating in self._waiting("proposal"):
            actor = self.user("oanh") if rating.proposing_collective == self.province.collectives["CU-SKH"] else None
            actor = actor or self.user("nga")
            if rating.person_id == actor.person_id:
                actor = self.user("nga") if actor.username == "oanh" else self.user("an")
            self._grade(rating, gradings.PROPOSAL, "propose", "Tập thể thống nhất đề nghị.", actor)

    def opinion(self):
        rating = self.rating("an", RatingKind.CADRE)
        asked = opinions.ask_opinion(
            rating=rating,
            kind=OpinionKind.PARTY_COMMITTEE,
            actor=self.user("giang"),
            unit=self.province.units["CB-SKH"],
        )
        received = opinions.Received(text=OPINION, document="CV 05-CV/CB", grade="good", received_on=self.today)
        opinions.receive_opinion(opinion=asked, received=received, version=asked.version, actor=self.user("giang"))

    def appraise(self):
        officers = {"BTCTU": "giang", "SNV": "ha", "DUK": "ha"}
        for rating in self._waiting("appraisal"):
            actor = self.user(officers[rating.appraising_unit.code])
            self._grade(rating, gradings.APPRAISAL, "appraise", APPRAISAL, actor)

    def _waiting(self, state):
        rows = Rating.objects.filter(review__in=self.mine(), state=state)
        return list(rows.select_related("cycle__regulation", "review", "appraising_unit", "proposing_collective"))

    @staticmethod
    def _grade(rating, step, move, comment, actor):
        opinion = gradings.Opinion("good", comment, timezone.localdate())
        row = gradings.write_grade(rating=rating, step=step, opinion=opinion, version=rating.version, actor=actor)
        advance(row, move, actor=actor, version=row.version)

    def decide(self):
        """Collective, then deputies, then the head, in conclusions of their bodies; all confirmed and notified."""
        self.conclusions = []
        waiting = self._waiting("decision")
        found = explained_for(waiting)
        choices = [
            decisions.PendingChoice(
                row,
                "good",
                row.version,
                ground="" if found[row.pk].grade == "good" else "Theo đề nghị của cơ quan thẩm định.",
                document="" if found[row.pk].grade == "good" else "TTr 55-TTr/BTCTU",
            )
            for row in waiting
        ]
        decisions.set_pending(choices=choices, actor=self.user("lan"))
        turns = sorted(
            {(row.kind != RatingKind.COLLECTIVE, row.is_head, row.deciding_collective_id) for row in waiting}
        )
        for place, turn in enumerate(turns, 1):
            rows = [
                row
                for row in waiting
                if (row.kind != RatingKind.COLLECTIVE, row.is_head, row.deciding_collective_id) == turn
            ]
            self.conclusions.append(self._conclude(f"{NUMBER[:3]}{place}-QĐ/TU", rows))

    def _conclude(self, number, rows):
        body = rows[0].deciding_collective
        session = conclusions.Session(number, self.today, self.today, "Bùi Thị Quỳnh Vân", "BÍ THƯ")
        conclusion = conclusions.record_conclusion(
            cycle=self.cycle, collective=body, session=session, ratings=rows, actor=self.user("lan")
        )
        conclusion = advance(conclusion, "confirm", actor=self.user("minh"), version=conclusion.version)
        decisions.notify(ratings=rows, actor=self.user("minh"))
        return conclusion


def play(province, *, until="decide"):
    """A round played up to and with the step `until`."""
    made = Round(province)
    for step in ("register", "prompt", "write", "meet", "finish", "propose", "opinion", "appraise", "decide"):
        getattr(made, step)()
        if step == until:
            break
    return made
