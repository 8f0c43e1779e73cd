"""The laws of the round, tried out at random against a plain model typed from the regulation.

Nobody rates himself, nothing is rated before its review is finished, only the body decides, heads last, and every
document can end. The model knows the tables of QĐ 124-QĐ/TW Điều 7 and Điều 11 by heart and nothing of our rows.
"""

import os
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import Circumstance, Rating, Review, SectionAnswer
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.enrolling.enrolment import enrol
from reviews.services.grading import decisions
from reviews.services.grading.conclusions import Session, record_conclusion
from reviews.services.grading.gradings import Opinion, write_grade
from tests.reviews.enrolment.conftest import open_cycle

pytestmark = pytest.mark.django_db

COLLECTIVE, HEAD, DEPUTY = "TT-SKH", "an", "binh"
SUBJECTS = (COLLECTIVE, HEAD, DEPUTY)
USERS = ("an", "binh", "chi", "nga", "oanh", "giang", "ha", "khanh", "lan", "minh", "quan", "phuc", "tu")
KINDS = {COLLECTIVE: "collective", HEAD: "cadre", DEPUTY: "cadre"}
BODIES = {COLLECTIVE: "BCSD", HEAD: "BTV-TU", DEPUTY: "BCSD"}
GROUNDS = {COLLECTIVE: "founded_under_6_months", HEAD: "appointed_under_6_months", DEPUTY: "appointed_under_6_months"}

# Who holds which pen over whose papers, as the small province has it.
WRITES = {COLLECTIVE: {"an", "nga"}, HEAD: {"an"}, DEPUTY: {"binh"}}
CHAIRS = {COLLECTIVE: {"an", "nga"}, HEAD: {"an", "nga", "oanh"}, DEPUTY: {"an", "nga", "oanh"}}
APPRAISES = {COLLECTIVE: {"ha"}, HEAD: {"giang"}, DEPUTY: {"ha"}}
PROPOSES = dict.fromkeys(SUBJECTS, {"an", "nga"})
RECORDS, CONFIRMS = {"lan"}, {"minh"}

# move: states it leaves, where it leads, whose pen, what the actor must give
REVIEW_MOVES = {
    "submit": ({"self_review": "meeting"}, (WRITES,), ()),
    "conclude": ({"meeting": "finishing"}, (CHAIRS,), ()),
    "return": ({"meeting": "self_review", "finishing": "meeting"}, (CHAIRS,), ("reason",)),
    "finish": ({"finishing": "finished"}, (WRITES,), ()),
    "reopen": ({"finished": "finishing"}, (APPRAISES,), ("reason", "document")),
    "postpone": (
        dict.fromkeys(("self_review", "meeting", "finishing"), "postponed"),
        (CHAIRS, APPRAISES),
        ("reason",),
    ),
    "resume": ({"postponed": "self_review"}, (CHAIRS, APPRAISES), ()),
    "close": ({"self_review": "closed", "postponed": "closed"}, (APPRAISES,), ("reason", "document")),
}
RATING_MOVES = {
    "propose": ({"proposal": "appraisal"}, (PROPOSES,), ()),
    "appraise": ({"appraisal": "decision"}, (APPRAISES,), ()),
    "postpone": (
        dict.fromkeys(("proposal", "appraisal", "decision"), "postponed"),
        (APPRAISES,),
        ("reason",),
    ),
    "resume": ({"postponed": "proposal"}, (APPRAISES,), ()),
    "exempt": ({"proposal": "not_rated", "postponed": "not_rated"}, (APPRAISES,), ()),
}
# Nobody is judge in his own case: these are for others, whatever pen the subject holds.
FOR_OTHERS = {"return", "reopen", "postpone", "resume", "close"}
SETTLED = {"notice", "archived", "petition", "not_rated", "postponed"}
ENDED = {"archived", "not_rated"}


class World:
    """The database side: the same small province for every run."""

    def __init__(self, province):
        self.users, self.province = province.users, province
        self.reached = set()
        self.cycle = open_cycle(province)
        enrol(cycle=self.cycle, actor=self.users["giang"])
        for short in SUBJECTS:
            self.answer(self.review(short))

    def review(self, short):
        rows = Review.objects.select_related("cycle__regulation", "person", "collective", "unit")
        if short in self.province.people:
            return rows.get(person=self.province.people[short])
        return rows.get(collective=self.province.collectives[short])

    def rating(self, short):
        return self.review(short).ratings.select_related("cycle__regulation").get(kind=KINDS[short])

    def states(self, short):
        row = Rating.objects.filter(kind=KINDS[short], **self.key(short))
        return row.values_list("review__state", "state").get()

    def finished_at(self, short):
        return Review.objects.filter(**self.key(short)).values_list("finished_at", flat=True).get()

    def key(self, short):
        people, collectives = self.province.people, self.province.collectives
        return {"person": people[short]} if short in people else {"collective": collectives[short]}

    def answer(self, review):
        words = {"text": {"text": "Đã thực hiện"}, "level": {"level": "good"}, "grade_choice": {"grade": "good"}}
        for part in parts_of(form_of(review)):
            content = {item.key: words.get(item.kind, words["text"]) for item in part.items}
            SectionAnswer.objects.create(review=review, section_key=part.key, content=content, is_done=True)


class Laws(RuleBasedStateMachine):
    """Anybody tries anything; what happens must be what the model says."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.run = transaction.atomic()
        self.run.__enter__()
        self.order, self.session = SUBJECTS, 0
        self.reviews = dict.fromkeys(SUBJECTS, "self_review")
        self.ratings = dict.fromkeys(SUBJECTS, "proposal")
        self.heard = dict.fromkeys(SUBJECTS, False)
        self.grades = dict.fromkeys(SUBJECTS, frozenset())
        self.grounds = dict.fromkeys(SUBJECTS, False)

    def teardown(self):
        try:
            for short in SUBJECTS:
                self.end(short)
        finally:
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    # -------------------------------------------------------------------------------- what anybody may try

    @rule(
        short=st.sampled_from(SUBJECTS),
        move=st.sampled_from(sorted(REVIEW_MOVES)),
        user=st.sampled_from(USERS),
        reason=st.sampled_from(("", "Cần bổ sung")),
        document=st.sampled_from(("", "QĐ 9-QĐ/TU")),
    )
    def try_review(self, short, move, user, reason, document):
        self.move_review(short, move, user, reason, document)

    @rule(
        short=st.sampled_from(SUBJECTS),
        move=st.sampled_from(sorted(RATING_MOVES)),
        user=st.sampled_from(USERS),
        reason=st.sampled_from(("", "Đang xác minh")),
    )
    def try_rating(self, short, move, user, reason):
        self.move_rating(short, move, user, reason)

    @rule(short=st.sampled_from(SUBJECTS), move=st.sampled_from(sorted(REVIEW_MOVES)))
    def its_holder_tries_review(self, short, move):
        user = sorted(REVIEW_MOVES[move][1][0][short])[0]
        self.move_review(short, move, user, "Theo kết luận", "QĐ 9-QĐ/TU")

    @rule(short=st.sampled_from(SUBJECTS), move=st.sampled_from(sorted(RATING_MOVES)))
    def its_holder_tries_rating(self, short, move):
        self.move_rating(short, move, sorted(RATING_MOVES[move][1][0][short])[-1], "Theo kết luận")

    @rule(short=st.sampled_from(SUBJECTS), user=st.sampled_from(USERS))
    def nobody_decides_alone(self, short, user):
        """Only a conclusion recorded by one and confirmed by another decides."""
        with pytest.raises((Stale, Forbidden, Blocked)):
            advance(self.world.rating(short), "decide", actor=self.world.users[user], version=None)

    @rule(short=st.sampled_from(SUBJECTS))
    def a_stale_click_does_nothing(self, short):
        review = self.world.review(short)
        with pytest.raises(Stale):
            advance(review, "postpone", actor=self.world.users["nga"], version=review.version - 1, note="Chậm")

    # -------------------------------------------------------------------------------- what brings the round forward

    @rule(short=st.sampled_from(SUBJECTS))
    def step_forward(self, short):
        """Whoever holds the pen takes the next step of the review, so that runs get far."""
        steps = {
            "self_review": ("submit", WRITES),
            "meeting": ("conclude", CHAIRS),
            "finishing": ("finish", WRITES),
            "postponed": ("resume", APPRAISES),
        }
        if (state := self.reviews[short]) in steps:
            move, holders = steps[state]
            self.move_review(short, move, sorted(holders[short])[0], "", "")

    @rule(short=st.sampled_from(SUBJECTS))
    def go_on_to_the_body(self, short):
        """The straight way: written, heard, finished, proposed, appraised, as far as nothing stands against it."""
        for _step in range(4):
            self.the_venues_hear(short)
            self.step_forward(short)
        for user in ("nga", sorted(APPRAISES[short])[0]):
            if self.reviews[short] == "finished":
                self.write_and_hand_on(short, user)

    @rule(short=st.sampled_from(SUBJECTS))
    def the_venues_hear(self, short):
        self.world.review(short).venues.update(heard_at=timezone.now())
        self.heard[short] = True

    @precondition(lambda self: "finished" in self.reviews.values())
    @rule(short=st.sampled_from(SUBJECTS), user=st.sampled_from(("an", "nga", "ha", "giang", "binh")))
    def write_and_hand_on(self, short, user):
        """Somebody writes the grade of the present step and hands it on."""
        steps = {"proposal": ("propose", PROPOSES), "appraisal": ("appraise", APPRAISES)}
        if self.ratings[short] not in steps:
            return
        step, (move, holders) = self.ratings[short], steps[self.ratings[short]]
        rating = self.world.rating(short)
        acting = {"version": rating.version, "actor": self.world.users[user]}
        if user not in holders[short] or user == short:
            with pytest.raises(Forbidden):
                write_grade(rating=rating, step=step, opinion=Opinion("completed", "Nhất trí"), **acting)
            return
        write_grade(rating=rating, step=step, opinion=Opinion("completed", "Nhất trí"), **acting)
        self.grades[short] |= {step}
        self.move_rating(short, move, user, "")

    @rule(short=st.sampled_from(SUBJECTS))
    def a_circumstance_is_recorded(self, short):
        Circumstance.objects.get_or_create(
            rating=self.world.rating(short), kind=GROUNDS[short], withdrawn_at=None, defaults={"document": "QĐ 5"}
        )
        self.grounds[short] = True

    @precondition(lambda self: "decision" in self.ratings.values())
    @rule(recorder=st.sampled_from(("lan", "lan", "minh")), confirmer=st.sampled_from(("minh", "minh", "lan")))
    def the_body_concludes(self, recorder, confirmer):
        short = next(short for short in self.order if self.ratings[short] == "decision")
        self.order = self.order[1:] + self.order[:1]
        rating = self.world.rating(short)
        Rating.objects.filter(pk=rating.pk).update(pending_grade="completed")
        expected = (
            Forbidden
            if recorder not in RECORDS or confirmer not in CONFIRMS
            else None
            if self.lower_are_settled(short)
            else Blocked
        )
        if expected:
            with pytest.raises(expected), transaction.atomic():
                self.conclude(short, recorder, confirmer)
            return
        self.conclude(short, recorder, confirmer)
        self.ratings[short] = "notice"

    # -------------------------------------------------------------------------------- laws that hold at any time

    @invariant()
    def both_sides_agree(self):
        for short in SUBJECTS:
            assert self.world.states(short) == (self.reviews[short], self.ratings[short]), short
        self.world.reached |= {("review", state) for state in self.reviews.values()}
        self.world.reached |= {("rating", state) for state in self.ratings.values()}

    @invariant()
    def nothing_is_before_the_body_without_a_finished_review(self):
        """A review may be reopened later; on the way to the body it was finished once."""
        for short in SUBJECTS:
            if self.ratings[short] in {"appraisal", "decision", "notice"}:
                assert self.world.finished_at(short) is not None, short

    @invariant()
    def the_head_is_last(self):
        if self.ratings[HEAD] == "notice":
            assert self.ratings[DEPUTY] in SETTLED
            assert self.ratings[COLLECTIVE] in SETTLED

    # -------------------------------------------------------------------------------- the model

    def move_review(self, short, move, user, reason, document):
        expected = self.expected(REVIEW_MOVES, self.reviews[short], short, move, user, reason, document)
        if expected is None and (
            (move in FOR_OTHERS and user == short) or (move == "conclude" and not self.may_conclude(short))
        ):
            expected = Blocked
        given = {"note": reason, "document_ref": document}
        if not self.attempt(self.world.review(short), move, user, expected, given):
            return
        source, self.reviews[short] = self.reviews[short], REVIEW_MOVES[move][0][self.reviews[short]]
        if (move, source) == ("return", "finishing"):
            self.heard[short] = False
        if move == "close":
            self.grounds[short] = True
            if self.ratings[short] in {"proposal", "postponed"}:
                self.ratings[short] = "not_rated"

    def move_rating(self, short, move, user, reason):
        expected = self.expected(RATING_MOVES, self.ratings[short], short, move, user, reason, "")
        if expected is None and self.stands_against(short, move, user):
            expected = Blocked
        if self.attempt(self.world.rating(short), move, user, expected, {"note": reason}):
            self.ratings[short] = RATING_MOVES[move][0][self.ratings[short]]

    def expected(self, moves, state, short, move, user, reason, document):
        """What the table says, in the order in which the engine asks."""
        leads, pens, needs = moves[move]
        if state not in leads:
            return Stale
        if not any(user in pen[short] for pen in pens):
            return Forbidden
        if ("reason" in needs and not reason) or ("document" in needs and not document):
            return Refusal
        return None

    def attempt(self, document, move, user, expected, given):
        acting = {"actor": self.world.users[user], "version": document.version, **given}
        if expected is None:
            advance(document, move, **acting)
            return True
        with pytest.raises(expected) as refused, transaction.atomic():
            advance(document, move, **acting)
        assert type(refused.value) is expected
        return False

    def may_conclude(self, short):
        """Heard everywhere; the collective before persons, the head before deputies (Điều 7)."""
        waiting = {other for other in SUBJECTS if self.reviews[other] in {"self_review", "meeting"}}
        before = {COLLECTIVE: (), HEAD: (COLLECTIVE,), DEPUTY: (COLLECTIVE, HEAD)}[short]
        return self.heard[short] and all(self.heard[other] or other not in waiting for other in before)

    def stands_against(self, short, move, user):
        if move == "propose":
            return self.reviews[short] != "finished" or user == short or "proposal" not in self.grades[short]
        if move == "appraise":
            return user == short or "appraisal" not in self.grades[short]
        return user == short or (move == "exempt" and not self.grounds[short])

    def lower_are_settled(self, short):
        """The collective before its members, the head after everybody (Điều 11)."""
        before = {COLLECTIVE: (), DEPUTY: (COLLECTIVE,), HEAD: (COLLECTIVE, DEPUTY)}[short]
        return all(self.ratings[other] in SETTLED for other in before)

    def conclude(self, short, recorder, confirmer):
        today = date(2024, 12, 10)
        self.session += 1
        conclusion = record_conclusion(
            cycle=self.world.cycle,
            collective=self.world.province.collectives[BODIES[short]],
            session=Session(f"{self.session}-KL/{short}", today, today, "Nguyễn Văn Ký", "Bí thư"),
            ratings=[self.world.rating(short)],
            actor=self.world.users[recorder],
        )
        advance(conclusion, "confirm", actor=self.world.users[confirmer], version=conclusion.version)

    # -------------------------------------------------------------------------------- every document can end

    def end(self, short):
        """From wherever the run has left them, review and rating reach an end by acts open to their holders."""
        officer = self.world.users[sorted(APPRAISES[short])[0]]
        review = self.world.review(short)
        acting = {"actor": officer, "version": None, "note": "Kết thúc", "document_ref": "QĐ 9-QĐ/TU"}
        if review.state in {"meeting", "finishing"}:
            review = advance(review, "postpone", **acting)
        if review.state in {"self_review", "postponed"}:
            review = advance(review, "close", **acting)
        assert review.is_final
        rating = self.world.rating(short)
        if rating.state in {"appraisal", "decision"}:
            rating = advance(rating, "postpone", **acting)
        if rating.state in {"proposal", "postponed"}:
            self.a_circumstance_is_recorded(short)
            rating = advance(rating, "exempt", **acting)
        if rating.state == "notice":
            decisions.notify(ratings=[rating], actor=officer)
            rating = advance(self.world.rating(short), "archive", **acting)
        assert rating.state in ENDED


def test_the_laws_hold_whatever_anybody_tries(province):
    world = World(province)
    run_state_machine_as_test(
        lambda: Laws(world),
        settings=settings(
            max_examples=100 if os.environ.get("NIGHTLY") else 12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert {("review", "meeting"), ("review", "finished"), ("rating", "proposal")} <= world.reached


def test_the_straight_way_leads_everybody_to_a_result(province):
    machine = Laws(World(province))
    for short in SUBJECTS:
        machine.go_on_to_the_body(short)
    for short in reversed(SUBJECTS):
        machine.order = (short,)
        machine.the_body_concludes("lan", "minh")
        machine.both_sides_agree()
    assert machine.ratings == {COLLECTIVE: "notice", DEPUTY: "decision", HEAD: "decision"}
    for short in (DEPUTY, HEAD):
        machine.order = (short,)
        machine.the_body_concludes("lan", "minh")
    machine.the_head_is_last()
    assert machine.ratings == dict.fromkeys(SUBJECTS, "notice")
    machine.teardown()


def test_the_side_ways_end_too(province):
    machine = Laws(World(province))
    machine.move_review(COLLECTIVE, "postpone", "nga", "Chưa đủ thành phần", "")
    machine.move_review(COLLECTIVE, "close", "ha", "Giải thể", "QĐ 9-QĐ/UBND")
    machine.move_rating(DEPUTY, "postpone", "ha", "Đang xác minh")
    machine.a_circumstance_is_recorded(DEPUTY)
    machine.move_rating(DEPUTY, "exempt", "ha", "")
    machine.go_on_to_the_body(HEAD)
    machine.move_review(HEAD, "reopen", "giang", "Bổ sung", "QĐ 9-QĐ/TU")
    machine.move_rating(HEAD, "postpone", "giang", "Bổ sung")
    machine.both_sides_agree()
    assert machine.ratings == {COLLECTIVE: "not_rated", DEPUTY: "not_rated", HEAD: "postponed"}
    machine.teardown()


def test_control_a_law_that_is_broken_is_found(province):
    """A head who could propose his own grade would be noticed: here the model is told that he may."""

    class Lenient(Laws):
        def stands_against(self, short, move, user):
            return super().stands_against(short, move, "nobody")

    machine = Lenient(World(province))
    Review.objects.update(state="finished")
    Rating.objects.update(proposed_grade="good")
    machine.reviews = dict.fromkeys(SUBJECTS, "finished")
    machine.grades = dict.fromkeys(SUBJECTS, frozenset({"proposal"}))
    with pytest.raises(Blocked, match="chính anh/chị"):
        machine.move_rating(HEAD, "propose", "an", "")
    machine.run.__exit__(None, None, None)
