"""Prompts and explanation reports: who prompts whom, what is asked, how it is answered and sent."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Blocked, Forbidden, Message, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import Explanation, Prompt, PromptDecision, PromptList, Review
from reviews.services.grading.conclusions import Session
from reviews.services.meeting import explanations, prompt_lists, prompts

DAY = date(2024, 11, 1)
DUE = date(2024, 11, 10)
BASIS = "Kết luận số 15-KL/UBKTTU ngày 05/10/2024"
WHOLE = explanations.Answer(
    "Vướng mặt bằng", "Chưa kiểm tra thường xuyên", "Tập thể chưa đôn đốc", "Giao ban hằng tuần", date(2025, 3, 31)
)


def matter(text, basis=BASIS, due_on=None, item=None):
    return prompts.MatterText(text, basis, due_on, item)


def draft(ring, short="an", *items, actor="giang", authority="BTV-TU", unit="BTCTU", due_on=DUE):
    return prompts.create_prompt(
        review=ring.review(short),
        authority=ring.collectives[authority],
        advisory_unit=ring.units[unit],
        text=prompts.PromptText(tuple(map(matter, items or ("Giải ngân vốn đầu tư công chậm",))), due_on),
        actor=ring.users[actor],
    )


def propose(ring, prompt_list, actor="giang"):
    return advance(prompt_list, "propose", actor=ring.users[actor], version=prompt_list.version)


def record(ring, prompt_list, number="124-CV/TU", actor="lan", on=DAY):
    session = Session(number, on, on, "Nguyễn Văn Ký", "PHÓ BÍ THƯ")
    prompt_lists.record_decision(
        prompt_list=prompt_list, session=session, version=prompt_list.version, actor=ring.users[actor]
    )
    prompt_list.refresh_from_db()
    return prompt_list


def confirm(ring, prompt_list, actor="minh"):
    return advance(prompt_list, "confirm", actor=ring.users[actor], version=prompt_list.version)


def decide(ring, prompt, number="124-CV/TU"):
    """The list of the prompt is proposed, recorded by Lan and confirmed by Minh; answers the prompt that went out."""
    prompt_list = PromptList.objects.get(pk=prompt.prompt_list_id)
    confirm(ring, record(ring, propose(ring, prompt_list), number))
    prompt.refresh_from_db()
    return prompt


def supplement(ring):
    """The list that was issued is opened for an addition."""
    for row in PromptList.objects.filter(state="issued"):
        advance(row, "supplement", actor=ring.users["giang"], version=row.version, note="Bổ sung")


def issued(ring, short="an", *items):
    supplement(ring)
    return decide(ring, draft(ring, short, *items), f"{124 + PromptDecision.objects.count()}-CV/TU")


def explain(ring, prompt, place=0, answer=WHOLE, *, version=0, actor="an"):
    item = prompt.items.filter(withdrawn_at=None)[place]
    return explanations.save_explanation(item=item, answer=answer, version=version, actor=ring.users[actor])


def sent(ring, short="an", actor="an"):
    prompt = issued(ring, short)
    explain(ring, prompt, actor=actor)
    return advance(prompt, "send", actor=ring.users[actor], version=prompt.version)


def page(prompt, name="prompt_detail", *more):
    return reverse(f"reviews:{name}", args=[prompt.uuid, *more])


def text(answer):
    return answer.content.decode()


def test_officer_drafts_for_a_subject_whose_rating_the_body_appraises(ring):
    prompt = draft(ring, "an", "Một", "  ", "Hai")
    assert prompt.state == "draft"
    assert list(prompt.items.values_list("order", "text")) == [(1, "Một"), (2, "Hai")]


def test_body_that_gets_a_copy_may_prompt_too(ring):
    assert draft(ring, "TT-SKH").review.collective == ring.collectives["TT-SKH"]


@pytest.mark.parametrize(
    ("actor", "short", "authority", "unit"),
    [
        ("khanh", "an", "BTV-TU", "BTCTU"),
        ("khanh", "an", "BTV-TU", "SYT"),
        ("nga", "an", "BTV-TU", "BTCTU"),
        ("an", "binh", "BTV-TU", "BTCTU"),
        ("giang", "an", "BCSD", "BTCTU"),
        ("giang", "binh", "BTV-TU", "BTCTU"),
        ("giang", "chi", "BTV-TU", "BTCTU"),
        ("tu", "an", "BTV-TU", "BTCTU"),
    ],
)
def test_nobody_prompts_beyond_the_reach_of_his_body(ring, actor, short, authority, unit):
    with pytest.raises(Forbidden):
        draft(ring, short, actor=actor, authority=authority, unit=unit)
    assert not Prompt.objects.exists()


def test_one_prompt_of_one_authority_until_it_is_withdrawn(ring):
    prompt = draft(ring)
    with pytest.raises(Refusal) as refused:
        draft(ring)
    assert refused.value.field == "review"
    advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version)
    assert draft(ring).state == "draft"


@pytest.mark.parametrize("state", ["finishing", "finished", "closed"])
def test_review_that_was_heard_is_prompted_no_more(ring, state):
    Review.objects.filter(pk=ring.review("an").pk).update(state=state)
    with pytest.raises(Refusal):
        draft(ring)


def test_prompt_without_a_matter_is_refused(ring):
    with pytest.raises(Refusal) as refused:
        draft(ring, "an", " ", "")
    assert refused.value.field == "items"
    assert not Prompt.objects.exists()


def test_draft_is_edited_with_its_version_and_drops_a_matter(ring):
    prompt = draft(ring, "an", "Một", "Hai", "Ba")
    first, _second, third = prompt.items.all()
    words = prompts.PromptText((matter("Một", item=first.uuid), matter("Ba", item=third.uuid)), DUE)
    prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"])
    assert list(prompt.items.filter(withdrawn_at=None)) == [first, third]
    assert list(prompt.items.filter(withdrawn_at=None).values_list("order", "text")) == [(1, "Một"), (2, "Ba")]
    with pytest.raises(Stale):
        prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"])
    with pytest.raises(Forbidden):
        prompts.edit_prompt(prompt=prompt, text=words, version=2, actor=ring.users["khanh"])


@pytest.mark.parametrize("short", ["giang", "an", "lan", "nga"])
def test_nobody_issues_a_prompt_by_himself(ring, short):
    prompt = draft(ring)
    with pytest.raises(Forbidden):
        advance(prompt, "issue", actor=ring.users[short], version=prompt.version)
    assert not Message.objects.exists()


def test_not_even_the_confirmer_issues_what_was_not_decided(ring):
    prompt = draft(ring)
    with pytest.raises(Blocked, match="quyết định"):
        advance(prompt, "issue", actor=ring.users["minh"], version=prompt.version)
    assert not Message.objects.exists()


def test_issued_prompt_is_told_to_the_subject_at_once_and_never_changes(ring):
    prompt = issued(ring)
    message = Message.objects.get()
    assert (message.recipient, message.is_urgent, message.url) == (ring.users["an"], True, page(prompt))
    assert "124-CV/TU" in message.subject
    with pytest.raises(Stale):
        prompts.edit_prompt(
            prompt=prompt, text=prompts.PromptText((matter("Khác"),)), version=prompt.version, actor=ring.users["giang"]
        )


def test_prompt_to_a_collective_is_told_to_its_authors(ring):
    issued(ring, "TT-SKH")
    assert {row.recipient.username for row in Message.objects.all()} == {"an", "nga"}


def test_gaps_are_saved_and_sending_names_them(ring):
    prompt = issued(ring, "an", "Một", "Hai")
    explain(ring, prompt, 0)
    explain(ring, prompt, 1, explanations.Answer("Nguyên nhân", "   ", "", "", None))
    with pytest.raises(Blocked, match="2"):
        advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    explain(ring, prompt, 1, WHOLE, version=1)
    assert advance(prompt, "send", actor=ring.users["an"], version=prompt.version).state == "explained"
    assert Prompt.objects.get().explained_at is not None


@pytest.mark.parametrize("field", ["cause", "responsibility", "shared_responsibility", "remedy", "remedy_due"])
def test_each_part_of_an_explanation_is_needed(ring, field):
    prompt = issued(ring)
    empty = None if field == "remedy_due" else ""
    explain(ring, prompt, 0, explanations.Answer(**{**vars(WHOLE), field: empty}))
    with pytest.raises(Blocked):
        advance(prompt, "send", actor=ring.users["an"], version=prompt.version)


def test_explanation_has_its_own_version_and_composed_letters(ring):
    prompt = issued(ring)
    explain(ring, prompt, 0, explanations.Answer("Vươ\u0301ng ma\u0323\u0306t ba\u0306\u0300ng", "", "", "", None))
    assert Explanation.objects.get().cause == "Vướng mặt bằng"
    with pytest.raises(Stale):
        explain(ring, prompt, 0, WHOLE, version=0)
    assert explain(ring, prompt, 0, WHOLE, version=1).version == 2


@pytest.mark.parametrize("short", ["nga", "binh", "giang", "quan", "khanh", "tu"])
def test_only_the_subject_explains_and_sends(ring, short):
    prompt = issued(ring)
    with pytest.raises(Forbidden):
        explain(ring, prompt, actor=short)
    with pytest.raises(Forbidden):
        advance(prompt, "send", actor=ring.users[short], version=prompt.version)
    assert not Explanation.objects.exists()


def test_sent_report_is_closed_until_it_is_returned(ring):
    prompt = sent(ring)
    with pytest.raises(Stale):
        explain(ring, prompt, version=1)
    back = advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Chưa rõ thời hạn")
    assert back.explained_at is None
    assert Message.objects.get(recipient=ring.users["an"], dedup_key__contains="return").body == "Chưa rõ thời hạn"
    assert explain(ring, back, version=1).version == 2


def test_withdrawing_an_issued_prompt_needs_document_and_reason(ring):
    prompt = issued(ring)
    with pytest.raises(Refusal):
        advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, note="Nhầm")
    gone = advance(
        prompt,
        "withdraw",
        actor=ring.users["giang"],
        version=prompt.version,
        note="Nhầm",
        document_ref="Công văn 130-CV/TU",
    )
    assert gone.state == "recalled"


@pytest.mark.parametrize(
    ("short", "in_draft", "when_issued"),
    [
        ("giang", 200, 200),
        ("an", 404, 200),
        ("nga", 404, 200),
        ("binh", 404, 200),
        ("quan", 404, 200),
        ("ha", 404, 200),
        ("chi", 404, 404),
        ("dung", 404, 404),
        ("khanh", 404, 404),
        ("lan", 404, 200),
        ("minh", 404, 200),
        ("tu", 404, 404),
    ],
)
def test_prompt_is_read_by_its_own_and_drafts_by_who_prepares_them(login, ring, short, in_draft, when_issued):
    prompt = draft(ring)
    assert login(short).get(page(prompt)).status_code == in_draft
    decide(ring, prompt)
    assert login(short).get(page(prompt)).status_code == when_issued


def test_others_read_the_explanation_only_once_it_is_sent(login, ring):
    prompt = issued(ring)
    explain(ring, prompt)
    assert "Vướng mặt bằng" in text(login("an").get(page(prompt)))
    assert "Vướng mặt bằng" not in text(login("nga").get(page(prompt)))
    assert "Vướng mặt bằng" not in text(login("giang").get(page(prompt)))
    advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    assert "Vướng mặt bằng" in text(login("nga").get(page(prompt)))


def test_list_is_scoped_searched_without_accents_and_filtered(login, ring):
    issued(ring)
    supplement(ring)
    draft(ring, "TT-SKH")
    url = reverse("reviews:prompt_list")
    shown = text(login("giang").get(url))
    assert "Nguyễn Văn Ấn" in shown
    assert "Tập thể lãnh đạo" in shown
    assert "Tập thể lãnh đạo" not in text(login("giang").get(url, {"q": "nguyen van an"}))
    assert "Tập thể lãnh đạo" in text(login("giang").get(url, {"q": "tap the"}))
    assert "Nguyễn Văn Ấn" not in text(login("giang").get(url, {"state": "draft"})).split("<tbody>")[1]
    assert "Tập thể lãnh đạo" not in text(login("an").get(url))
    assert "Nguyễn Văn Ấn" not in text(login("khanh").get(url))


def test_list_asks_the_same_for_one_and_three_prompts(login, ring):
    url, client = reverse("reviews:prompt_list"), login("giang")
    draft(ring)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    draft(ring, "TT-SKH")
    draft(ring, "dung")
    with CaptureQueriesContext(connection) as three:
        assert text(client.get(url)).count("<tr>") == 4
    assert len(three) == len(one)


@pytest.mark.parametrize("short", ["an", "nga", "quan", "lan", "tu"])
def test_only_officers_come_to_drafting(login, ring, short):
    assert login(short).get(reverse("reviews:prompt_create")).status_code == 403


def test_subject_is_found_by_name_within_reach(login, ring):
    url = reverse("reviews:prompt_create")
    shown = text(login("giang").get(url, {"q": "nguyen van"}))
    assert reverse("reviews:prompt_write", args=[ring.review("an").uuid]) in shown
    assert "Nguyễn Văn Ấn" not in text(login("khanh").get(url, {"q": "nguyen van"}))
    assert "Trần Thị Bình" not in text(login("giang").get(url, {"q": "binh"})).split('id="main"')[1]
    assert "row-list" not in text(login("giang").get(url, {"q": "  "}))


def test_draft_through_the_page_once_and_then_edited(login, ring):
    client, url = login("giang"), reverse("reviews:prompt_write", args=[ring.review("an").uuid])
    body = ring.collectives["BTV-TU"]
    choice = f"{body.uuid}:{ring.units['BTCTU'].pk}"
    assert choice in text(client.get(url))
    form = {"authority": choice, "item-1": "Một", "item-3": "Ba", "idempotency_key": str(uuid.uuid4())}
    answers = [client.post(url, form) for _time in range(2)]
    prompt = Prompt.objects.get()
    assert {answer.url for answer in answers} == {page(prompt)}
    edit = page(prompt, "prompt_edit")
    assert "Ba" in text(client.get(edit))
    ids = list(map(str, prompt.items.values_list("uuid", flat=True)))
    saved = {"item-1": "Một", "id-1": ids[0], "basis-1": BASIS, "due-1": "05/11/2024", "item-2": "Ba", "id-2": ids[1]}
    saved["version"] = 1
    assert client.post(edit, saved).status_code == 302
    stale = client.post(edit, saved | {"item-1": "Chữ tôi vừa gõ"})
    assert stale.status_code == 409
    assert "Chữ tôi vừa gõ" in text(stale)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"item-1": "", "basis-1": ""}, "Ghi ít nhất một nội dung"),
        ({"item-2": "", "basis-2": "Kết luận 9"}, "Ghi nội dung"),
        ({"due-1": "11/11/2024", "due_on": "10/11/2024"}, "sau ngày cuối"),
    ],
)
def test_draft_that_is_refused_keeps_what_was_typed(login, ring, changed, words):
    url = reverse("reviews:prompt_write", args=[ring.review("an").uuid])
    choice = f"{ring.collectives['BTV-TU'].uuid}:{ring.units['BTCTU'].pk}"
    form = {"authority": choice, "item-1": "Một", "basis-1": "Kết luận 15-KL", "item-3": "Việc thứ ba"} | changed
    form = form | {"item-3": ""} if not form["item-1"] else form
    answer = login("giang").post(url, form)
    assert answer.status_code == 422
    assert words in text(answer)
    assert form["basis-1"] in text(answer)
    assert not Prompt.objects.exists()


def test_foreign_authority_in_the_form_is_refused(login, ring):
    url = reverse("reviews:prompt_write", args=[ring.review("an").uuid])
    choice = f"{ring.collectives['BCSD'].uuid}:{ring.units['SNV'].pk}"
    assert login("giang").post(url, {"authority": choice, "item-1": "Một"}).status_code == 422
    assert not Prompt.objects.exists()


def test_issued_prompt_has_no_edit_page(login, ring):
    assert login("giang").get(page(issued(ring), "prompt_edit")).status_code == 403


def test_explaining_matter_by_matter_through_the_pages(login, ring):
    prompt = issued(ring, "an", "Một", "Hai")
    first, second = prompt.items.all()
    client = login("an")
    url = page(prompt, "explanation_edit", first.uuid)
    answer = client.post(url, {"cause": "Do mưa lũ", "version": 0, "next": "1"})
    assert answer.url == page(prompt, "explanation_edit", second.uuid)
    assert "Do mưa lũ" in text(client.get(url))
    stale = client.post(url, {"cause": "Do tôi", "version": 0})
    shown = text(stale)
    assert stale.status_code == 409
    assert "Do tôi" in shown
    assert "Do mưa lũ" in shown
    assert 'name="version" value="1"' in shown
    assert client.post(url, {"cause": "Do mưa lũ và do tôi", "version": 1}).url == url
    last = client.post(page(prompt, "explanation_edit", second.uuid), {"version": 0, "next": "1"})
    assert last.url == page(prompt)


@pytest.mark.parametrize(("short", "status"), [("nga", 403), ("giang", 403), ("quan", 403), ("chi", 404), ("tu", 404)])
def test_explanation_page_is_for_the_subject_alone(login, ring, short, status):
    prompt = issued(ring)
    url = page(prompt, "explanation_edit", prompt.items.get().uuid)
    assert login(short).get(url).status_code == status
    assert login(short).post(url, {"cause": "x", "version": 0}).status_code == status
    assert not Explanation.objects.exists()


def test_explanation_page_of_a_foreign_matter_is_not_found(login, ring):
    mine, other = issued(ring), issued(ring, "dung")
    assert login("an").get(page(mine, "explanation_edit", other.items.get().uuid)).status_code == 404


def test_explanation_page_is_closed_after_sending(login, ring):
    prompt = sent(ring)
    url = page(prompt, "explanation_edit", prompt.items.get().uuid)
    assert login("an").get(url).status_code == 403
    assert login("an").post(url, {"cause": "Khác", "version": 1}).status_code == 409
    assert Explanation.objects.get().cause == "Vướng mặt bằng"


def test_send_button_says_what_is_missing_and_then_sends_once(login, ring):
    prompt = issued(ring)
    client = login("an")
    assert "Chưa giải trình đủ: nội dung 1" in text(client.get(page(prompt)))
    explain(ring, prompt)
    form = {"version": prompt.version, "idempotency_key": str(uuid.uuid4())}
    for _time in range(2):
        assert client.post(page(prompt, "prompt_act", "send"), form).url == page(prompt)
    assert Prompt.objects.get().state == "explained"


def test_withdrawn_prompt_leads_back_to_the_list_where_it_is_out_of_sight(login, ring):
    prompt = issued(ring)
    form = {"version": prompt.version, "note": "Nhầm", "document_ref": "130-CV/TU"}
    assert login("giang").post(page(prompt, "prompt_act", "withdraw"), form).url == page(prompt)
    assert login("an").get(page(prompt)).status_code == 200
    supplement(ring)
    dropped = draft(ring)
    form = {"version": dropped.version}
    assert login("giang").post(page(dropped, "prompt_act", "withdraw"), form).url == page(dropped)
    assert login("an").get(page(dropped)).status_code == 404


def test_wordings_of_a_draft_are_read_by_the_officer_alone(ring, login):
    prompt = draft(ring, "an", "Một", "Việc đã bỏ khỏi dự thảo")
    words = prompts.PromptText((matter("Một"),), DUE)
    prompt = decide(ring, prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"]))
    assert "Việc đã bỏ khỏi dự thảo" in text(login("giang").get(page(prompt)))
    for short in ("an", "nga"):
        answer = login(short).get(page(prompt))
        assert answer.status_code == 200
        assert "Việc đã bỏ khỏi dự thảo" not in text(answer)
