"""What was not made clear goes on: into the list of the person or the collective, and into the review of next year."""

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import AuditEvent
from orgs.services.transitions import advance
from registrations.models import Shortcoming
from reviews.models import Explanation, PromptList, PromptOutcome, Review
from reviews.selectors.meeting import prompt_lists
from reviews.selectors.writing.named import named_of
from reviews.services.enrolling.enrolment import enrol
from reviews.services.meeting import prompt_outcomes
from tests.reviews.enrolment.conftest import open_cycle
from tests.reviews.meeting import test_prompts as given

CLEAR, PARTLY, UNCLEAR = "clear", "partly", "unclear"
WORDS = {CLEAR: "", PARTLY: "Còn phải làm rõ trách nhiệm giám sát", UNCLEAR: "Chưa rõ nguyên nhân"}
# Who explains for whom, and who concludes about it.
SUBJECTS = {"an": ("an", "nga"), "TT-SKH": ("nga", "lan")}


def heard(ring, short="an", *matters):
    """The subject has explained everything and was heard."""
    prompt = given.issued(ring, short, *matters)
    author, _secretary = SUBJECTS[short]
    for place in range(prompt.items.count()):
        given.explain(ring, prompt, place, actor=author)
    prompt = advance(prompt, "send", actor=ring.users[author], version=prompt.version)
    Review.objects.filter(pk=prompt.review_id).update(state="finishing")
    return prompt


def conclude(ring, prompt, mark, place=0, *, short="an", words=None):
    item = prompt.items.filter(withdrawn_at=None)[place]
    before = PromptOutcome.objects.filter(item=item).first()
    return prompt_outcomes.conclude_matter(
        item=item,
        concluded=prompt_outcomes.Concluded(mark, WORDS[mark] if words is None else words),
        version=before.version if before else 0,
        actor=ring.users[SUBJECTS[short][1]],
    )


def next_review(ring, short):
    """The review of the same subject in the following year."""
    following = open_cycle(ring.province, year=2025)
    enrol(cycle=following, actor=ring.users["giang"])
    subject = {"person": ring.people[short]} if short in ring.people else {"collective": ring.collectives[short]}
    return Review.objects.select_related("cycle", "person", "collective").get(cycle=following, **subject)


def page_of(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("marks", "states"),
    [
        ((CLEAR,), []),
        ((PARTLY,), ["open"]),
        ((UNCLEAR,), ["open"]),
        ((CLEAR, UNCLEAR), ["open"]),
        ((UNCLEAR, UNCLEAR), ["open"]),
        ((UNCLEAR, CLEAR), ["withdrawn"]),
        ((UNCLEAR, PARTLY), ["withdrawn", "open"]),
        ((UNCLEAR, CLEAR, UNCLEAR), ["withdrawn", "open"]),
        ((PARTLY, UNCLEAR, PARTLY, CLEAR), ["withdrawn", "withdrawn", "withdrawn"]),
    ],
    ids=lambda value: "-".join(value) or "nothing",
)
@pytest.mark.parametrize("short", SUBJECTS)
def test_one_row_stands_while_the_last_word_is_not_clear(ring, short, marks, states):
    prompt = heard(ring, short)
    for mark in marks:
        conclude(ring, prompt, mark, short=short)
    assert list(Shortcoming.objects.order_by("id").values_list("state", flat=True)) == states
    assert PromptOutcome.objects.get().version == len(marks)


@pytest.mark.parametrize("state", ["open", "reported", "verified", "closed"])
def test_a_matter_made_clear_takes_its_row_back_however_far_it_was(ring, state):
    prompt = heard(ring)
    conclude(ring, prompt, UNCLEAR)
    Shortcoming.objects.update(state=state)
    conclude(ring, prompt, CLEAR)
    assert Shortcoming.objects.get().state == "withdrawn"


def test_each_matter_goes_its_own_way(ring):
    prompt = heard(ring, "an", "Giải ngân chậm", "Hồ sơ quá hạn", "Chưa nêu gương")
    for place, mark in enumerate((CLEAR, PARTLY, UNCLEAR)):
        conclude(ring, prompt, mark, place)
    assert list(Shortcoming.objects.order_by("id").values_list("text", flat=True)) == [
        "Hồ sơ quá hạn\nCòn phải làm rõ trách nhiệm giám sát",
        "Chưa nêu gương\nChưa rõ nguyên nhân",
    ]


@pytest.mark.parametrize(
    ("due", "kept"),
    [(date(2025, 3, 31), date(2025, 3, 31)), (date(2024, 11, 1), date(2024, 11, 1)), (date(2024, 10, 1), None)],
)
def test_the_day_of_the_remedy_goes_along_unless_it_lies_before_the_prompt(ring, due, kept):
    prompt = heard(ring)
    Explanation.objects.update(remedy_due=due)
    conclude(ring, prompt, UNCLEAR)
    assert Shortcoming.objects.get().due_on == kept


@pytest.mark.parametrize(("short", "author"), [("an", "an"), ("TT-SKH", "nga")])
def test_the_review_of_next_year_opens_with_what_was_not_clear(ring, login, short, author):
    prompt = heard(ring, short, "Giải ngân chậm", "Hồ sơ quá hạn")
    conclude(ring, prompt, UNCLEAR, 0, short=short)
    conclude(ring, prompt, CLEAR, 1, short=short)
    review = next_review(ring, short)
    assert [row.row.text for row in named_of(review, ring.users[author]).before] == [
        "Giải ngân chậm\nChưa rõ nguyên nhân"
    ]
    shown = page_of(login(author), "reviews:review_detail", review.uuid)
    assert "Chưa rõ nguyên nhân" in shown
    assert "Hồ sơ quá hạn" not in shown


def test_next_year_does_not_open_with_what_others_owe(ring):
    conclude(ring, heard(ring, "TT-SKH"), UNCLEAR, short="TT-SKH")
    assert named_of(next_review(ring, "an"), ring.users["an"]).before == ()


def test_a_matter_made_clear_in_time_is_gone_next_year(ring):
    prompt = heard(ring)
    conclude(ring, prompt, UNCLEAR)
    conclude(ring, prompt, CLEAR)
    assert named_of(next_review(ring, "an"), ring.users["an"]).before == ()


def test_the_collective_finds_it_in_its_own_list_and_strangers_do_not(ring, login):
    conclude(ring, heard(ring, "TT-SKH"), UNCLEAR, short="TT-SKH")
    lists = {short: page_of(login(short), "registrations:remedy_list") for short in ("an", "nga", "dung", "tu")}
    assert {short: "Chưa rõ nguyên nhân" in shown for short, shown in lists.items()} == {
        "an": True,
        "nga": True,
        "dung": False,
        "tu": False,
    }


def test_the_row_names_the_prompt_as_its_document(ring, login):
    conclude(ring, heard(ring, "TT-SKH"), PARTLY, short="TT-SKH")
    row = Shortcoming.objects.get()
    assert row.document == "Văn bản gợi ý kiểm điểm số 124-CV/TU ngày 01/11/2024 của Ban Thường vụ Tỉnh ủy"
    assert (row.document_on, row.measure, row.owner) == (given.DAY, "Giao ban hằng tuần", None)
    assert "124-CV/TU" in page_of(login("nga"), "registrations:remedy_detail", row.uuid)


def test_each_conclusion_stays_in_the_history_of_the_prompt(ring, login):
    prompt = heard(ring)
    for mark in (UNCLEAR, PARTLY):
        conclude(ring, prompt, mark)
    events = AuditEvent.objects.filter(action="prompt.conclude", object_id=str(prompt.uuid))
    assert events.count() == 2
    shown = page_of(login("giang"), "reviews:prompt_detail", prompt.uuid)
    assert shown.count("Đã kết luận một nội dung") >= 2
    assert "Chưa rõ nguyên nhân" in shown


def test_the_list_shows_each_matter_with_its_outcome_to_who_decided(ring, login):
    prompt = heard(ring, "an", "Giải ngân chậm", "Hồ sơ quá hạn")
    conclude(ring, prompt, CLEAR, 0)
    conclude(ring, prompt, UNCLEAR, 1)
    shown = page_of(login("lan"), "reviews:prompt_list_detail", PromptList.objects.get().uuid)
    assert ("Đã rõ" in shown, "Chưa rõ" in shown) == (True, True)
    rows = prompt_lists.prompts_of(PromptList.objects.get())
    assert [item.outcome.mark for row in rows for item in row.items.all()] == [CLEAR, UNCLEAR]
