"""What waits for whom between the first draft and the outcome: rows of the home page, lists, words of the history."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from orgs.models import Forbidden, Membership, Message, Refusal, Stale, User
from orgs.services.transitions import advance
from reviews.models import Prompt, PromptContribution, PromptList, Review
from reviews.selectors.meeting import prompt_lists as list_rows
from reviews.selectors.meeting import prompt_words, prompts
from reviews.selectors.waiting.inbox import inbox_of
from reviews.services.meeting import deliveries, prompt_contributions, prompt_lists
from tests.reviews.meeting import test_prompts as given

STARTS = ("explain-", "contribution-", "prompt-list-", "explanations-unfinished")
PREPARING, RECORDING, CONFIRMING, EXPLAINING = {"giang"}, {"lan"}, {"minh"}, {"an"}


def fresh(ring, short):
    return User.objects.get(pk=ring.users[short].pk)


def waiting(ring):
    """{short: beginnings of the keys of what waits for that member about prompts}, who has nothing left out."""
    found = {}
    for short in ring.users:
        keys = [row.key for row in inbox_of(fresh(ring, short)).todo]
        if mine := {start for key in keys for start in STARTS if key.startswith(start)}:
            found[short] = mine
    return found


def of_lists(ring):
    return {short for short, starts in waiting(ring).items() if "prompt-list-" in starts}


def of_explaining(ring):
    return {short for short, starts in waiting(ring).items() if "explain-" in starts}


def test_the_list_wanders_from_desk_to_desk(ring):
    given.draft(ring)
    seen = [of_lists(ring)]
    row = given.propose(ring, PromptList.objects.get())
    seen.append(of_lists(ring))
    row = given.record(ring, row)
    seen.append(of_lists(ring))
    given.confirm(ring, row)
    seen.append(of_lists(ring))
    assert seen == [PREPARING, RECORDING, CONFIRMING, set()]


def test_a_returned_list_waits_with_who_prepares_it_again(ring):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    advance(row, "return", actor=ring.users["lan"], version=row.version, note="Bổ sung căn cứ")
    assert of_lists(ring) == PREPARING


def test_a_list_without_a_draft_waits_for_nobody(ring):
    prompt_lists.open_list(
        cycle=ring.cycle,
        authority=ring.collectives["BTV-TU"],
        advisory_unit=ring.units["BTCTU"],
        actor=ring.users["giang"],
    )
    assert of_lists(ring) == set()


def test_an_addition_waits_again_and_the_first_part_does_not(ring):
    given.issued(ring)
    given.supplement(ring)
    assert of_lists(ring) == set()
    given.draft(ring, "dung")
    assert of_lists(ring) == PREPARING
    assert [row.detail for row in inbox_of(fresh(ring, "giang")).todo if row.key.startswith("prompt-list-")] == [
        "1 dự thảo gợi ý kiểm điểm"
    ]


@pytest.mark.parametrize(("short", "authors"), [("an", {"an"}), ("dung", {"dung"}), ("TT-SKH", {"an", "nga"})])
def test_the_report_waits_for_its_authors_from_issue_to_sending(ring, short, authors):
    given.draft(ring, short)
    assert of_explaining(ring) == set()
    row = given.record(ring, given.propose(ring, PromptList.objects.get()))
    given.confirm(ring, row)
    assert of_explaining(ring) == authors
    prompt, author = Prompt.objects.get(), sorted(authors)[0]
    given.explain(ring, prompt, actor=author)
    advance(prompt, "send", actor=ring.users[author], version=prompt.version)
    assert of_explaining(ring) == set()


def test_a_returned_report_waits_again_and_a_withdrawn_one_does_not(ring):
    prompt = given.sent(ring)
    prompt = advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Thiếu thời hạn")
    assert of_explaining(ring) == EXPLAINING
    papers = {"note": "Nhầm", "document_ref": "130-CV/TU"}
    advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, **papers)
    assert of_explaining(ring) == set()


def test_the_head_counts_the_reports_of_others_and_not_his_own(ring):
    given.issued(ring)
    assert "explanations-unfinished" not in waiting(ring)["an"]
    given.issued(ring, "TT-SKH")
    assert "explanations-unfinished" in waiting(ring)["an"]
    assert [row.review.subject for row in prompts.unfinished_for(fresh(ring, "an")).order_by("id")] == [
        ring.people["an"],
        ring.collectives["TT-SKH"],
    ]


@pytest.mark.parametrize("short", ["dung", "nga", "giang", "tu"])
def test_who_heads_no_place_that_hears_the_subject_counts_nothing(ring, short):
    given.issued(ring, "TT-SKH")
    assert not prompts.unfinished_for(fresh(ring, short)).exists()


@pytest.mark.parametrize("part", ["deputy", "member"])
def test_only_the_head_of_the_place_counts(ring, part):
    given.issued(ring, "TT-SKH")
    Membership.objects.create(
        collective=ring.collectives["TT-SKH"], person=ring.people["chi"], part=part, started_on="2020-01-01"
    )
    assert not prompts.unfinished_for(fresh(ring, "chi")).exists()


# ------------------------------------------------------------------------------------------------- who is told what


def test_who_is_asked_for_a_contribution_is_told_with_the_question_and_the_day(ring):
    row = prompt_lists.open_list(
        cycle=ring.cycle,
        authority=ring.collectives["BTV-TU"],
        advisory_unit=ring.units["BTCTU"],
        actor=ring.users["giang"],
    )
    due = timezone.localdate() + timezone.timedelta(days=5)
    prompt_contributions.ask_contribution(
        prompt_list=row, unit=ring.units["SYT"], actor=ring.users["giang"], question="Ai cần gợi ý?", due_on=due
    )
    told = Message.objects.all()
    assert {(message.body, message.due_on) for message in told} == {("Ai cần gợi ý?", due)}
    assert {message.recipient.username for message in told} == {"khanh", "dung"}


def test_a_subject_is_told_in_the_language_of_his_pages(ring):
    User.objects.filter(pk=ring.users["an"].pk).update(language="en")
    given.issued(ring)
    assert "prompts you to explain before the review meeting (124-CV/TU)" in Message.objects.get().subject


def test_a_returned_report_is_told_with_what_is_missing(ring):
    prompt = given.sent(ring, "TT-SKH", "nga")
    advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Thiếu minh chứng")
    told = Message.objects.filter(body="Thiếu minh chứng")
    assert {row.recipient.username for row in told} == {"an", "nga"}
    assert {row.url for row in told} == {reverse("reviews:prompt_detail", args=[prompt.uuid])}


def test_who_releases_and_names_again_tells_the_person_once(ring):
    prompt = given.issued(ring)
    for _time in range(2):
        member = deliveries.name_group_member(
            prompt=prompt, person=ring.people["em"], task="", document="QĐ 9", actor=ring.users["giang"]
        )
        deliveries.release_group_member(member=member, actor=ring.users["giang"])
    assert Message.objects.filter(recipient=ring.users["em"]).count() == 1


# --------------------------------------------------------------------------------------------- whom one may prompt


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nguyen van", {"an"}),
        ("Nguyễn", {"an"}),
        ("tap the", {"TT-SKH", "TT-SYT"}),
        ("so y te", {"TT-SYT"}),
        ("binh", set()),
        ("   ", set()),
        ("khong co ai", set()),
    ],
)
def test_subjects_are_found_by_a_part_of_their_name_within_reach(ring, text, found):
    rows = prompts.subjects_matching(fresh(ring, "giang"), ring.cycle, text)
    wanted = {ring.review(short).pk for short in found}
    assert {row.pk for row in rows} == wanted


@pytest.mark.parametrize("state", ["finishing", "finished", "closed", "postponed"])
def test_who_was_heard_or_is_put_off_is_not_offered(ring, state):
    Review.objects.filter(pk=ring.review("an").pk).update(state=state)
    assert not prompts.subjects_matching(fresh(ring, "giang"), ring.cycle, "nguyen van")


def test_each_officer_speaks_for_the_bodies_that_he_appraises_for(ring):
    def bodies(short):
        return {(body.code, unit) for body, unit in prompts.authorities_for(fresh(ring, short), ring.cycle)}

    assert bodies("giang") == {("BTV-TU", ring.units["BTCTU"].pk)}
    assert bodies("ha") == {("BCSD", ring.units["SNV"].pk)}
    assert bodies("khanh") == bodies("an") == set()


def test_a_list_is_offered_until_it_is_begun(ring):
    def offered(short):
        return [(cycle, body.code) for cycle, body, _unit in list_rows.lists_to_open(fresh(ring, short))]

    assert (offered("giang"), offered("ha")) == ([(ring.cycle, "BTV-TU")], [(ring.cycle, "BCSD")])
    given.draft(ring)
    assert (offered("giang"), offered("ha")) == ([], [(ring.cycle, "BCSD")])
    assert offered("an") == offered("lan") == []
    type(ring.cycle).objects.filter(pk=ring.cycle.pk).update(closed_at=timezone.now())
    assert offered("ha") == []


@pytest.mark.parametrize(
    ("state", "is_asked"), [("drafting", True), ("proposed", False), ("recorded", False), ("issued", False)]
)
def test_a_body_is_asked_only_while_the_list_is_prepared(ring, state, is_asked):
    given.draft(ring)
    row = PromptList.objects.get()
    prompt_contributions.ask_contribution(prompt_list=row, unit=ring.units["SYT"], actor=ring.users["giang"])
    PromptList.objects.update(state=state)
    assert list_rows.asked_of(fresh(ring, "khanh")).exists() is is_asked
    words = prompt_contributions.Given("Không có.", timezone.localdate())
    given_now = {"contribution": PromptContribution.objects.get(), "given": words, "version": 1}
    if is_asked:
        assert prompt_contributions.give_contribution(**given_now, actor=ring.users["khanh"]).status == "given"
    else:
        with pytest.raises(Refusal):
            prompt_contributions.give_contribution(**given_now, actor=ring.users["khanh"])


# -------------------------------------------------------------------------------------- how far a report has come


@pytest.mark.parametrize(
    ("answer", "mark"),
    [
        (("", "", "", "", None), "empty"),
        (("Mưa lũ", "", "", "", None), "dot"),
        (("", "", "", "", given.DUE), "dot"),
        (("Mưa lũ", "Tôi", "", "Giao ban", given.DUE), "dot"),
        (("Mưa lũ", "Tôi", "Tập thể", "Giao ban", None), "dot"),
        (("Mưa lũ", "Tôi", "Tập thể", "Giao ban", given.DUE), "tick"),
    ],
)
def test_the_mark_of_a_matter_says_how_far_it_is(ring, answer, mark):
    prompt = given.issued(ring)
    given.explain(ring, prompt, answer=given.explanations.Answer(*answer))
    assert [row.mark for row in prompts.matters_of(prompt)] == [mark]
    counted = prompts.listed(prompts.visible_to(fresh(ring, "giang"))).get()
    assert (counted.matters, counted.explained) == (1, int(mark == "tick"))


def test_a_matter_has_its_own_day_or_that_of_the_whole_report(ring):
    given.draft(ring, due_on=given.DUE)
    words = (given.matter("Một", due_on=given.DAY), given.matter("Hai"))
    given.prompts.edit_prompt(
        prompt=Prompt.objects.get(),
        text=given.prompts.PromptText(words, given.DUE),
        version=1,
        actor=ring.users["giang"],
    )
    assert [row.due_on for row in prompts.matters_of(Prompt.objects.get())] == [given.DAY, given.DUE]


def test_every_act_upon_prompts_has_a_vietnamese_name_in_the_history():
    with translation.override("vi"):
        said = {name: str(translation.gettext(words)) for name, words in prompt_words.WORDS.items()}
    assert not {name for name, words in said.items() if words == prompt_words.WORDS[name]}
    assert all(re.match(r"[A-ZĐ]", words) for words in said.values())


# ------------------------------------------------------------------------------------------- two hands at one time


def test_a_second_recorder_on_the_same_list_is_told_that_it_went_on(ring):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    stale = PromptList.objects.get()
    given.record(ring, row)
    with pytest.raises(Stale):
        given.record(ring, stale, "125-CV/TU")
    assert row.decisions.count() == 1


def test_an_officer_whose_grant_ended_prepares_no_more(ring):
    prompt = given.draft(ring)
    ring.users["giang"].grants.update(ended_on="2021-01-01")
    words = given.prompts.PromptText((given.matter("Khác"),), given.DUE)
    with pytest.raises(Forbidden):
        given.prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=fresh(ring, "giang"))
    with pytest.raises(Forbidden):
        given.propose(ring, PromptList.objects.get())
