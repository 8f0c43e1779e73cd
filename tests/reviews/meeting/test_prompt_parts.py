"""What hangs on one prompt: members who answer, receipts, the working group, evidence, the note, the outcome."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from orgs.models import Blocked, Forbidden, Membership, Message, Refusal, Stale
from orgs.services.transitions import advance
from registrations.models import Shortcoming
from reviews.models import (
    AnsweringMember,
    Explanation,
    ExplanationFile,
    KeptText,
    Prompt,
    PromptList,
    PromptOutcome,
    PromptReceipt,
    Review,
    WorkingGroupMember,
)
from reviews.selectors.meeting import prompts as selectors
from reviews.selectors.writing.named import named_of
from reviews.services.enrolling.enrolment import enrol
from reviews.services.meeting import deliveries, explanations, prompt_lists, prompt_outcomes, prompts
from tests.reviews.enrolment.conftest import open_cycle
from tests.reviews.meeting import test_prompts as given
from tests.uploads import PDF

PAPER = "Quyết định số 90-QĐ/TU"


def page(prompt, name="prompt_detail", *more):
    return reverse(f"reviews:{name}", args=[prompt.uuid, *more])


def text(answer):
    return answer.content.decode()


def item_of(prompt, place=0):
    return prompt.items.filter(withdrawn_at=None)[place]


# ------------------------------------------------------------------------------- members of a prompted collective


def named(ring, prompt, parts, actor="giang", version=None):
    return prompts.name_members(
        item=item_of(prompt),
        parts={ring.people[short].pk: part for short, part in parts.items()},
        version=prompt.version if version is None else version,
        actor=ring.users[actor],
    )


def test_members_are_named_for_their_part_and_told_when_it_goes_out(ring):
    prompt = given.draft(ring, "TT-SKH")
    named(ring, prompt, {"an": "Lãnh đạo chung", "binh": "Đấu thầu"})
    prompt.refresh_from_db()
    named(ring, prompt, {"an": " ", "binh": "Đấu thầu qua mạng"})
    assert [str(row) for row in AnsweringMember.objects.all()] == ["Trần Thị Bình: Đấu thầu qua mạng"]
    prompt.refresh_from_db()
    prompt = given.decide(ring, prompt)
    told = Message.objects.get(recipient=ring.users["binh"])
    assert "phân công giải trình" in told.subject
    assert told.url == page(prompt)


def test_only_members_are_named_and_only_in_a_prompt_to_a_collective(ring):
    prompt = given.draft(ring, "TT-SKH")
    with pytest.raises(Refusal, match="thành viên tập thể"):
        named(ring, prompt, {"chi": "Tổng hợp"})
    person = given.draft(ring, "dung")
    with pytest.raises(Refusal, match="tập thể"):
        named(ring, person, {"an": "Chung"})
    assert not AnsweringMember.objects.exists()


@pytest.mark.parametrize("actor", ["an", "nga", "khanh", "lan", "tu"])
def test_others_name_no_members(ring, actor):
    with pytest.raises(Forbidden):
        named(ring, given.draft(ring, "TT-SKH"), {"an": "Chung"}, actor)


def test_members_follow_the_matter_when_another_is_dropped(ring):
    prompt = given.draft(ring, "TT-SKH", "Một", "Hai", "Ba")
    second, third = item_of(prompt, 1), item_of(prompt, 2)
    prompts.name_members(
        item=third, parts={ring.people["binh"].pk: "Phần của việc ba"}, version=1, actor=ring.users["giang"]
    )
    kept = (given.matter("Hai", item=second.uuid), given.matter("Ba", item=third.uuid))
    prompts.edit_prompt(prompt=prompt, text=prompts.PromptText(kept, given.DUE), version=2, actor=ring.users["giang"])
    assert [row.answering.count() for row in prompt.items.filter(withdrawn_at=None)] == [0, 1]
    assert AnsweringMember.objects.get().item.text == "Ba"


def test_members_page_lists_those_of_today_and_is_stale_for_the_slower(ring, login):
    prompt = given.draft(ring, "TT-SKH")
    url = page(prompt, "prompt_members", item_of(prompt).uuid)
    client = login("giang")
    shown = text(client.get(url))
    binh = f"member-{ring.people['binh'].pk}"
    assert binh in shown
    assert "Lê Thị Kim Chi" not in shown
    assert client.post(url, {binh: "Đấu thầu", "version": 1}).url == page(prompt)
    slower = client.post(url, {binh: "Chữ người chậm", "version": 1})
    assert (slower.status_code, "Chữ người chậm" in text(slower)) == (409, True)
    assert login("nga").get(url).status_code == 404


def test_members_page_is_closed_for_a_person_and_after_issue(ring, login):
    person, body = given.draft(ring), given.draft(ring, "TT-SKH")
    client = login("giang")
    assert client.get(page(person, "prompt_members", item_of(person).uuid)).status_code == 403
    given.decide(ring, body)
    assert client.get(page(body, "prompt_members", item_of(body).uuid)).status_code == 403


# ------------------------------------------------------------------------------------------------------- receipts


def test_the_subject_confirms_the_receipt_once(ring, login):
    prompt = given.issued(ring)
    client = login("an")
    assert "Xác nhận đã nhận" in text(client.get(page(prompt)))
    assert not PromptReceipt.objects.exists()
    for _twice in range(2):
        assert client.post(page(prompt, "prompt_open")).url == page(prompt)
    receipt = PromptReceipt.objects.get()
    assert (receipt.user, receipt.receiver, receipt.received_on) == (
        ring.users["an"],
        "Nguyễn Văn Ấn",
        timezone.localdate(),
    )
    assert page(prompt, "prompt_open") not in text(client.get(page(prompt)))
    assert "Nguyễn Văn Ấn" in text(login("giang").get(page(prompt)))


def test_who_writes_the_explanation_has_opened_the_prompt(ring):
    prompt = given.issued(ring)
    given.explain(ring, prompt)
    given.explain(ring, prompt, version=1)
    assert PromptReceipt.objects.get().user == ring.users["an"]


@pytest.mark.parametrize("actor", ["giang", "nga", "binh", "lan", "tu"])
def test_nobody_confirms_for_the_subject(ring, actor):
    prompt = given.issued(ring)
    with pytest.raises(Forbidden):
        deliveries.open_prompt(prompt=prompt, actor=ring.users[actor])
    assert not PromptReceipt.objects.exists()


def handed(ring, prompt, actor="nga", receiver="Văn thư Sở", on=None, document="Sổ giao nhận số 15"):
    return deliveries.record_receipt(
        prompt=prompt,
        receiver=receiver,
        received_on=on or timezone.localdate(),
        document=document,
        actor=ring.users[actor],
    )


@pytest.mark.parametrize("actor", ["nga", "giang"])
def test_secretary_and_officer_record_a_delivery_on_paper(ring, actor):
    row = handed(ring, given.issued(ring), actor)
    assert (row.user, row.receiver, row.recorded_by) == (None, "Văn thư Sở", ring.users[actor])


@pytest.mark.parametrize("actor", ["an", "binh", "khanh", "lan", "quan", "tu"])
def test_others_record_no_delivery(ring, actor):
    with pytest.raises(Forbidden):
        handed(ring, given.issued(ring), actor)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"receiver": "  "}, "receiver"),
        ({"on": date(2024, 10, 31)}, "received_on"),
        ({"on": timezone.localdate() + timedelta(days=1)}, "received_on"),
    ],
    ids=["without a name", "before it was issued", "of a day to come"],
)
def test_delivery_that_cannot_be_is_refused_with_its_field(ring, more, field):
    with pytest.raises(Refusal) as refused:
        handed(ring, given.issued(ring), **more)
    assert refused.value.field == field


def test_draft_cannot_be_delivered(ring):
    with pytest.raises(Stale):
        handed(ring, given.draft(ring), "giang")


def test_delivery_is_recorded_on_the_page_and_keeps_what_was_typed(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "prompt_receipt")
    client = login("nga")
    early = client.post(url, {"receiver": "Văn thư Sở", "received_on": "01/10/2024", "document": "Sổ 15"})
    assert (early.status_code, "Văn thư Sở" in text(early)) == (422, True)
    assert client.post(url, {"receiver": "Văn thư Sở", "received_on": "02/11/2024"}).url == page(prompt)
    assert "Văn thư Sở" in text(client.get(page(prompt)))
    assert login("an").get(url).status_code == 403


# -------------------------------------------------------------------------------------------------- working group


def in_group(ring, prompt, short="khanh", actor="giang", document=PAPER):
    return deliveries.name_group_member(
        prompt=prompt, person=ring.people[short], task="Tổ trưởng", document=document, actor=ring.users[actor]
    )


def reads(login, ring, prompt, short="khanh"):
    """What the person gets of the prompt, of its review and of the review of another member."""
    client = login(short)
    addresses = (
        page(prompt),
        reverse("reviews:review_detail", args=[prompt.review.uuid]),
        reverse("reviews:review_detail", args=[ring.review("binh").uuid]),
    )
    return [client.get(address).status_code for address in addresses]


def test_the_group_reads_that_one_subject_while_the_prompt_stands(ring, login):
    prompt = given.draft(ring)
    assert reads(login, ring, prompt) == [404, 404, 404]
    in_group(ring, prompt)
    assert reads(login, ring, prompt) == [404, 404, 404]
    prompt = given.decide(ring, prompt)
    assert reads(login, ring, prompt) == [200, 200, 404]
    assert text(login("khanh").get(page(prompt))).count("Tổ trưởng") == 1
    prompt = advance(
        prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, note="Nhầm", document_ref="130-CV/TU"
    )
    assert reads(login, ring, prompt) == [404, 404, 404]


def test_the_group_is_told_once_when_it_may_read(ring):
    prompt = given.draft(ring)
    in_group(ring, prompt)
    assert not Message.objects.filter(recipient=ring.users["khanh"]).exists()
    prompt = given.decide(ring, prompt)
    in_group(ring, prompt, "em")
    for short in ("khanh", "em"):
        told = Message.objects.get(recipient=ring.users[short])
        assert ("tổ công tác" in told.subject, told.url) == (True, page(prompt))


def test_the_group_writes_nothing(ring, login):
    prompt = given.issued(ring)
    in_group(ring, prompt)
    client = login("khanh")
    assert client.get(page(prompt, "explanation_edit", item_of(prompt).uuid)).status_code == 403
    assert client.get(page(prompt, "explanation_note")).status_code == 403
    assert client.post(page(prompt, "prompt_open")).status_code == 403
    answer = client.post(page(prompt, "prompt_act", "send"), {"version": prompt.version})
    assert (answer.status_code, Prompt.objects.get().state) == (403, "issued")


def test_the_right_to_read_ends_with_the_release_and_with_the_cycle(ring, login):
    prompt = given.issued(ring)
    member = in_group(ring, prompt)
    deliveries.release_group_member(member=member, actor=ring.users["giang"])
    assert reads(login, ring, prompt) == [404, 404, 404]
    with pytest.raises(Stale):
        deliveries.release_group_member(member=member, actor=ring.users["giang"])
    in_group(ring, prompt)
    assert reads(login, ring, prompt) == [200, 200, 404]
    type(ring.cycle).objects.filter(pk=ring.cycle.pk).update(closed_at=timezone.now())
    assert reads(login, ring, prompt) == [404, 404, 404]


@pytest.mark.parametrize("actor", ["an", "nga", "lan", "khanh", "tu"])
def test_only_the_officer_names_and_releases(ring, actor):
    prompt = given.issued(ring)
    with pytest.raises(Forbidden):
        in_group(ring, prompt, "em", actor)
    member = in_group(ring, prompt, "em")
    with pytest.raises(Forbidden):
        deliveries.release_group_member(member=member, actor=ring.users[actor])
    assert WorkingGroupMember.objects.get().released_at is None


def test_the_group_is_named_by_document_once_and_never_from_those_concerned(ring):
    prompt, body = given.draft(ring), given.draft(ring, "TT-SKH")
    for which, short, document, field in (
        (prompt, "an", PAPER, "person"),
        (body, "binh", PAPER, "person"),
        (prompt, "khanh", " ", "document"),
    ):
        with pytest.raises(Refusal) as refused:
            in_group(ring, which, short, document=document)
        assert refused.value.field == field
    in_group(ring, prompt)
    with pytest.raises(Refusal, match="đã có trong tổ"):
        in_group(ring, prompt)


def test_the_group_is_named_on_the_page_by_name(ring, login):
    prompt = given.issued(ring)
    client, url = login("giang"), page(prompt, "prompt_group")
    unknown = client.post(url, {"person": "Không Có Ai", "document": PAPER})
    assert (unknown.status_code, PAPER in text(unknown)) == (422, True)
    assert client.post(url, {"person": "Bùi Duy Khánh", "task": "Thành viên", "document": PAPER}).url == page(prompt)
    member = WorkingGroupMember.objects.get()
    assert client.post(page(prompt, "prompt_release", member.uuid)).url == page(prompt)
    assert client.post(page(prompt, "prompt_release", member.uuid)).status_code == 409


# ------------------------------------------------------------------------------------------------------- evidence


def attach(ring, prompt, name="bien-ban.pdf", content=PDF, actor="an"):
    return explanations.attach_evidence(
        item=item_of(prompt), upload=SimpleUploadedFile(name, content), title="Biên bản", actor=ring.users[actor]
    )


def test_evidence_is_kept_under_a_name_of_ours_and_read_once_it_is_sent(ring, login):
    prompt = given.issued(ring)
    row = attach(ring, prompt)
    url = reverse("orgs:file_open", args=[row.file.uuid])
    assert row.file.path != "bien-ban.pdf"
    assert login("an").get(url).status_code == 200
    assert [login(short).get(url).status_code for short in ("giang", "nga", "tu")] == [404, 404, 404]
    given.explain(ring, prompt, version=1)
    advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    assert [login(short).get(url).status_code for short in ("giang", "nga", "tu")] == [200, 200, 404]


@pytest.mark.parametrize(
    ("name", "content"), [("bien-ban.exe", b"MZ"), ("Mật - bien ban.pdf", PDF), ("trong.pdf", b""), ("anh.png", PDF)]
)
def test_evidence_of_a_wrong_kind_is_refused_with_its_field(ring, name, content):
    with pytest.raises(Refusal) as refused:
        attach(ring, given.issued(ring), name, content)
    assert refused.value.field == "file"
    assert not ExplanationFile.objects.exists()


def test_a_matter_takes_ten_files_and_one_taken_away_makes_room(ring):
    prompt = given.issued(ring)
    rows = [attach(ring, prompt) for _each in range(10)]
    with pytest.raises(Refusal, match="mười tệp"):
        attach(ring, prompt)
    explanations.withdraw_evidence(evidence=rows[0], actor=ring.users["an"])
    with pytest.raises(Stale):
        explanations.withdraw_evidence(evidence=rows[0], actor=ring.users["an"])
    attach(ring, prompt)
    assert len(selectors.matters_of(prompt)[0].files) == 10


@pytest.mark.parametrize("actor", ["nga", "giang", "binh", "lan", "tu"])
def test_only_the_author_attaches_and_takes_away(ring, actor):
    prompt = given.issued(ring)
    row = attach(ring, prompt)
    with pytest.raises(Forbidden):
        attach(ring, prompt, actor=actor)
    with pytest.raises(Forbidden):
        explanations.withdraw_evidence(evidence=row, actor=ring.users[actor])


def test_nothing_is_attached_to_a_report_that_was_sent(ring):
    prompt = given.sent(ring)
    with pytest.raises(Stale):
        attach(ring, prompt)


def test_evidence_through_the_pages(ring, login):
    prompt = given.issued(ring)
    matter = item_of(prompt)
    client, url = login("an"), page(prompt, "evidence_add", matter.uuid)
    wrong = client.post(url, {"new-file": SimpleUploadedFile("a.pdf", b"xx"), "new-title": "Ảnh chụp"})
    assert (wrong.status_code, "Ảnh chụp" in text(wrong)) == (422, True)
    edit = page(prompt, "explanation_edit", matter.uuid)
    assert client.post(url, {"new-file": SimpleUploadedFile("a.pdf", PDF), "new-title": "Biên bản"}).url == edit
    row = ExplanationFile.objects.get()
    assert "Biên bản" in text(client.get(edit))
    away = page(prompt, "evidence_withdraw", matter.uuid, row.uuid)
    assert client.post(away).url == edit
    assert "Biên bản" not in text(client.get(edit))
    assert login("giang").get(url).status_code == 403


def test_a_first_file_does_not_make_the_text_stale(ring, login):
    """The page that was opened before the file carries version 0; the file makes a row of version 1."""
    prompt = given.issued(ring)
    attach(ring, prompt)
    client, url = login("an"), page(prompt, "explanation_edit", item_of(prompt).uuid)
    assert 'name="version" value="1"' in text(client.get(url))
    assert client.post(url, {"cause": "Do mưa lũ", "version": 1}).status_code == 302
    assert Explanation.objects.get().cause == "Do mưa lũ"


# ------------------------------------------------------------------------------------------------- the note gates


def noted(ring, prompt, mark="sufficient", words="", actor="giang", version=None):
    return explanations.note_explanation(
        prompt=prompt,
        mark=mark,
        text=words,
        version=prompt.version if version is None else version,
        actor=ring.users[actor],
    )


def opens(ring, meeting):
    meeting.refresh_from_db()
    return advance(meeting, "open", actor=ring.users["nga"], version=meeting.version).state


def test_the_note_gates_nothing_unless_it_was_switched_on(ring):
    prompt = noted(ring, given.sent(ring), "more_needed", "Chưa nêu thời hạn")
    assert (prompt.note_mark, prompt.note_text) == ("more_needed", "Chưa nêu thời hạn")
    assert opens(ring, ring.convene()) == "open"


def test_where_the_list_asks_for_it_the_meeting_waits_for_a_sufficient_note(ring):
    prompt = given.sent(ring)
    row = PromptList.objects.get()
    prompt_lists.set_note_needed(prompt_list=row, is_needed=True, version=row.version, actor=ring.users["giang"])
    meeting = ring.convene()
    for mark in ("", "more_needed"):
        if mark:
            prompt = noted(ring, prompt, mark, "Thiếu minh chứng")
        with pytest.raises(Blocked, match="chưa được ghi nhận.*Nguyễn Văn Ấn"):
            opens(ring, meeting)
    noted(ring, prompt)
    assert opens(ring, meeting) == "open"


def test_a_note_falls_with_the_return_of_the_report(ring):
    prompt = noted(ring, given.sent(ring))
    prompt = advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Bổ sung")
    prompt = advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    assert (prompt.note_mark, prompt.noted_by) == ("", None)


@pytest.mark.parametrize("actor", ["an", "nga", "lan", "khanh", "quan", "tu"])
def test_only_the_officer_notes(ring, actor):
    with pytest.raises(Forbidden):
        noted(ring, given.sent(ring), actor=actor)


def test_a_note_says_what_is_missing_and_is_not_stale(ring, login):
    prompt = given.sent(ring)
    with pytest.raises(Refusal) as empty:
        noted(ring, prompt, "more_needed", " ")
    with pytest.raises(Refusal) as unknown:
        noted(ring, prompt, "perfect")
    assert (empty.value.field, unknown.value.field) == ("text", "mark")
    with pytest.raises(Stale):
        noted(ring, prompt, version=prompt.version - 1)
    url = page(prompt, "explanation_note")
    assert login("giang").post(url, {"mark": "sufficient", "version": prompt.version}).url == page(prompt)
    assert "Đạt yêu cầu" in text(login("an").get(page(prompt)))


def test_a_report_not_sent_is_not_noted(ring):
    with pytest.raises(Stale):
        noted(ring, given.issued(ring))


# --------------------------------------------------------------------------------------------- concluded after it


def heard(ring, short="an", actor="an"):
    prompt = given.sent(ring, short, actor)
    Review.objects.filter(pk=prompt.review_id).update(state="finishing")
    return prompt


def conclude(ring, prompt, mark="clear", words="", actor="nga", version=0):
    return prompt_outcomes.conclude_matter(
        item=item_of(prompt),
        concluded=prompt_outcomes.Concluded(mark, words),
        version=version,
        actor=ring.users[actor],
    )


@pytest.mark.parametrize("actor", ["nga", "oanh", "lan"])
def test_secretaries_and_the_recorder_of_the_body_conclude(ring, actor):
    row = conclude(ring, heard(ring), actor=actor)
    assert (row.mark, row.concluded_by) == ("clear", ring.users[actor])
    assert not Shortcoming.objects.exists()


@pytest.mark.parametrize("actor", ["an", "binh", "giang", "minh", "quan", "khanh", "tu"])
def test_others_do_not_conclude(ring, actor):
    with pytest.raises(Forbidden):
        conclude(ring, heard(ring), actor=actor)
    assert not PromptOutcome.objects.exists()


def test_nothing_is_concluded_before_the_review_was_heard_or_after_the_cycle(ring):
    prompt = given.sent(ring)
    with pytest.raises(Refusal, match="sau khi đã kiểm điểm"):
        conclude(ring, prompt)
    Review.objects.filter(pk=prompt.review_id).update(state="finished")
    type(ring.cycle).objects.filter(pk=ring.cycle.pk).update(closed_at=timezone.now())
    with pytest.raises(Refusal, match="Kỳ đã kết thúc"):
        conclude(ring, prompt)


@pytest.mark.parametrize(
    ("mark", "words", "field"), [("partly", " ", "text"), ("unclear", "", "text"), ("ok", "x", "mark")]
)
def test_what_is_not_clear_is_said(ring, mark, words, field):
    with pytest.raises(Refusal) as refused:
        conclude(ring, heard(ring), mark, words)
    assert refused.value.field == field


@pytest.mark.parametrize("mark", ["partly", "unclear"])
def test_what_is_not_clear_becomes_a_shortcoming_of_the_subject(ring, mark):
    prompt = heard(ring)
    conclude(ring, prompt, mark, "Chưa rõ trách nhiệm giám sát")
    row = Shortcoming.objects.get()
    assert (row.person, row.state, row.origin, row.cycle) == (ring.people["an"], "open", "prompt", ring.cycle)
    assert (row.origin_type, row.origin_id) == ("reviews.PromptItem", str(item_of(prompt).uuid))
    assert row.text == "Giải ngân vốn đầu tư công chậm\nChưa rõ trách nhiệm giám sát"
    assert (row.measure, row.due_on) == ("Giao ban hằng tuần", date(2025, 3, 31))
    assert row.document == "Văn bản gợi ý kiểm điểm số 124-CV/TU ngày 01/11/2024 của Ban Thường vụ Tỉnh ủy"
    assert not row.remedied_on


def test_a_matter_of_a_collective_stands_in_the_list_of_the_collective(ring):
    prompt = given.sent(ring, "TT-SKH", "nga")
    Review.objects.filter(pk=prompt.review_id).update(state="finishing")
    conclude(ring, prompt, "unclear", "Chưa rõ nguyên nhân", actor="lan")
    assert Shortcoming.objects.get().collective == ring.collectives["TT-SKH"]


def test_the_review_of_the_next_year_opens_with_it(ring):
    prompt = heard(ring)
    conclude(ring, prompt, "unclear", "Chưa rõ nguyên nhân")
    following = open_cycle(ring.province, year=2025)
    enrol(cycle=following, actor=ring.users["giang"])
    review = Review.objects.select_related("cycle").get(cycle=following, person=ring.people["an"])
    assert [row.row.text for row in named_of(review, ring.users["an"]).before] == [
        "Giải ngân vốn đầu tư công chậm\nChưa rõ nguyên nhân"
    ]
    assert not named_of(ring.review("an"), ring.users["an"]).before


def test_a_matter_made_clear_later_withdraws_the_shortcoming(ring):
    prompt = heard(ring)
    conclude(ring, prompt, "unclear", "Chưa rõ nguyên nhân")
    conclude(ring, prompt, "partly", "Còn một phần", version=1)
    assert list(Shortcoming.objects.order_by("id").values_list("state", flat=True)) == ["withdrawn", "open"]
    conclude(ring, prompt, version=2)
    assert set(Shortcoming.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert PromptOutcome.objects.get().version == 3


def test_the_slower_of_two_secretaries_is_told(ring, login):
    prompt = heard(ring)
    url = page(prompt, "prompt_outcome", item_of(prompt).uuid)
    client = login("nga")
    assert client.post(url, {"mark": "partly", "text": "Còn một phần", "version": 0}).url == page(prompt)
    slower = client.post(url, {"mark": "clear", "text": "Chữ vừa gõ", "version": 0})
    assert (slower.status_code, "Chữ vừa gõ" in text(slower)) == (409, True)
    shown = text(login("an").get(page(prompt)))
    assert "Rõ một phần" in shown
    assert "Còn một phần" in shown
    assert login("an").get(url).status_code == 403


# -------------------------------------------------------------------------------------- withdrawn, and unfinished


def test_explanation_to_a_withdrawn_prompt_is_refused_and_its_text_kept(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    advance(
        prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, note="Nhầm", document_ref="130-CV/TU"
    )
    client = login("an")
    answer = client.post(url, {"cause": "Chữ tôi vừa gõ", "responsibility": "Trách nhiệm tôi", "version": 0})
    assert answer.status_code == 409
    assert "Gợi ý này đã được thu hồi" in text(answer)
    assert "Chữ tôi vừa gõ" in text(answer)
    kept = KeptText.objects.get()
    assert (kept.user, kept.review) == (ring.users["an"], prompt.review)
    assert "Chữ tôi vừa gõ" in str(kept.content)
    assert not Explanation.objects.exists()
    assert client.get(url).status_code == 403
    with pytest.raises(Stale):
        given.explain(ring, prompt)


def test_a_stranger_posting_to_a_withdrawn_prompt_keeps_nothing(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    advance(
        prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, note="Nhầm", document_ref="130-CV/TU"
    )
    assert login("tu").post(url, {"cause": "x", "version": 0}).status_code == 404
    assert login("giang").post(url, {"cause": "x", "version": 0}).status_code == 403
    assert not KeptText.objects.exists()


def test_the_head_sees_how_many_reports_of_his_people_are_not_sent(ring, login):
    Membership.objects.create(
        collective=ring.collectives["TT-SKH"], person=ring.people["chi"], part="head", started_on=date(2020, 1, 1)
    )
    prompt = given.issued(ring, "TT-SKH")
    home = reverse("reviews:home")
    assert "1 báo cáo giải trình trong tập thể của đồng chí chưa gửi" in text(login("chi").get(home))
    assert "Nguyễn Văn Ấn" not in text(login("dung").get(home))
    assert "báo cáo giải trình trong tập thể" not in text(login("dung").get(home))
    shown = text(login("chi").get(f"{reverse('reviews:prompt_list')}?state=issued"))
    assert "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in shown
    given.explain(ring, prompt, actor="nga")
    advance(prompt, "send", actor=ring.users["nga"], version=prompt.version)
    assert "báo cáo giải trình trong tập thể" not in text(login("chi").get(home))
