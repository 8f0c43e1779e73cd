"""Pages of prompts where something is wrong with what was sent: bad fields, old pages, double clicks, late hands."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import Person
from orgs.services.transitions import advance
from reviews.forms import prompts as forms
from reviews.models import (
    Explanation,
    ExplanationFile,
    KeptText,
    Prompt,
    PromptContribution,
    PromptList,
    PromptOutcome,
    PromptReceipt,
    Review,
    WorkingGroupMember,
)
from reviews.services.meeting import deliveries, explanations, prompt_contributions, prompt_lists, prompts
from reviews.services.meeting.prompts import MatterText
from tests.reviews.meeting import test_prompts as given
from tests.uploads import PDF

TYPED = "Chữ tôi vừa gõ"
TODAY = f"{timezone.localdate():%d/%m/%Y}"
WHOLE = {
    "cause": "Vướng mặt bằng",
    "responsibility": "Chưa kiểm tra",
    "shared_responsibility": "Tập thể chưa đôn đốc",
    "remedy": "Giao ban hằng tuần",
    "remedy_due": "31/03/2027",
}


def page(prompt, name="prompt_detail", *more):
    return reverse(f"reviews:{name}", args=[prompt.uuid, *more])


def text(answer):
    return answer.content.decode()


def item_of(prompt):
    return prompt.items.filter(withdrawn_at=None).first()


def withdraw(ring, prompt):
    prompt.refresh_from_db()
    papers = {"note": "Nhầm đối tượng", "document_ref": "130-CV/TU"}
    return advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, **papers)


def heard(ring):
    prompt = given.sent(ring)
    Review.objects.filter(pk=prompt.review_id).update(state="finishing")
    return prompt


# --------------------------------------------------------------------------------------------- fields that are wrong


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"item-1": "Một", "due_on": "31/02/2024"}, "due_on"),
        ({"item-1": "Một", "due_on": "ngày mai"}, "due_on"),
        ({"item-1": "Một", "due-1": "45/10/2024"}, "due-1"),
        ({"item-1": "", "basis-1": "Kết luận 15"}, "item-1"),
        ({"item-2": "", "due-2": "05/11/2024"}, "item-2"),
        ({"item-1": "x" * 20_001}, "item-1"),
        ({"item-1": "Một", "id-1": "khong-phai-ma"}, "id-1"),
    ],
)
def test_a_bad_field_of_a_prompt_is_named(typed, field):
    form = forms.PromptForm(data=typed, matters=[])
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(("filled", "offered"), [(0, 3), (1, 4), (5, 8), (29, 30), (40, 30)])
def test_the_form_has_room_for_more_matters_and_an_end(filled, offered):
    form = forms.PromptForm(matters=[MatterText(f"Việc {place}") for place in range(filled)])
    assert len(form.matter_rows()) == offered


def test_a_form_that_comes_back_keeps_every_row_that_was_sent():
    sent = {f"item-{place}": f"Việc {place}" for place in range(1, 9)}
    form = forms.PromptForm(data=sent, matters=[])
    assert form.is_valid(), form.errors
    assert [row.text for row in form.text().items] == [f"Việc {place}" for place in range(1, 9)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"receiver": "", "received_on": "02/11/2024"}, "receiver"),
        ({"receiver": "Văn thư", "received_on": ""}, "received_on"),
        ({"receiver": "Văn thư", "received_on": "2/13/2024"}, "received_on"),
        ({"receiver": "Văn thư" * 40, "received_on": "02/11/2024"}, "receiver"),
    ],
)
def test_a_bad_delivery_is_refused_beside_its_field_and_keeps_the_rest(ring, login, typed, field):
    prompt = given.issued(ring)
    answer = login("nga").post(page(prompt, "prompt_receipt"), typed | {"document": TYPED})
    assert (answer.status_code, TYPED in text(answer)) == (422, True)
    assert list(answer.context["form"].errors) == [field]
    assert not PromptReceipt.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"person": "Nguyễn Văn", "document": "QĐ 9"}, "person"),
        ({"person": "", "document": "QĐ 9"}, "person"),
        ({"person": "Bùi Duy Khánh", "document": ""}, "document"),
        ({"person": "Nguyễn Văn Ấn", "document": "QĐ 9"}, "person"),
    ],
    ids=["two of this name", "nobody", "without a document", "the subject himself"],
)
def test_a_bad_name_for_the_group_is_refused_beside_its_field(ring, login, typed, field):
    Person.objects.create(full_name="Nguyễn Văn Ấp", code="CB-999")
    prompt = given.issued(ring)
    answer = login("giang").post(page(prompt, "prompt_group"), typed | {"task": TYPED})
    assert (answer.status_code, TYPED in text(answer)) == (422, True)
    assert list(answer.context["form"].errors) == [field]
    assert not WorkingGroupMember.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"mark": "", "text": TYPED}, "mark"),
        ({"mark": "fine", "text": TYPED}, "mark"),
        ({"mark": "more_needed"}, "text"),
    ],
)
def test_a_bad_note_is_refused_beside_its_field(ring, login, typed, field):
    prompt = given.sent(ring)
    answer = login("giang").post(page(prompt, "explanation_note"), typed | {"version": prompt.version})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Prompt.objects.get().note_mark == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"mark": "", "text": TYPED}, "mark"), ({"mark": "so-so", "text": TYPED}, "mark"), ({"mark": "unclear"}, "text")],
)
def test_a_bad_outcome_is_refused_beside_its_field(ring, login, typed, field):
    prompt = heard(ring)
    answer = login("nga").post(page(prompt, "prompt_outcome", item_of(prompt).uuid), typed | {"version": 0})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not PromptOutcome.objects.exists()


def test_a_bad_day_of_the_remedy_keeps_the_whole_explanation(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    answer = login("an").post(url, WHOLE | {"cause": TYPED, "remedy_due": "31/06/2027", "version": 0})
    assert (answer.status_code, TYPED in text(answer), "31/06/2027" in text(answer)) == (422, True, True)
    assert list(answer.context["form"].errors) == ["remedy_due"]
    assert not Explanation.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("ke-hoach.docm", b"PK\x03\x04"), ("Tối mật.pdf", PDF), ("rong.pdf", b""), ("anh.jpg", PDF)],
)
def test_bad_evidence_is_refused_on_the_page_and_its_words_stay(ring, login, name, content):
    prompt = given.issued(ring)
    url = page(prompt, "evidence_add", item_of(prompt).uuid)
    answer = login("an").post(url, {"new-file": SimpleUploadedFile(name, content), "new-title": TYPED})
    assert (answer.status_code, TYPED in text(answer)) == (422, True)
    assert list(answer.context["form"].errors) == ["file"]
    assert not ExplanationFile.objects.exists()


# ----------------------------------------------------------------------------------------------------- old pages


def test_a_draft_changed_meanwhile_gives_the_slower_both_texts(ring, login):
    prompt = given.draft(ring)
    edit = page(prompt, "prompt_edit")
    form = {"item-1": "Bản của người nhanh", "id-1": item_of(prompt).uuid, "due_on": "10/11/2024", "version": 1}
    assert login("giang").post(edit, form).status_code == 302
    slower = login("giang").post(edit, form | {"item-1": TYPED})
    assert (slower.status_code, TYPED in text(slower), 'value="2"' in text(slower)) == (409, True, True)
    assert item_of(prompt).text == "Bản của người nhanh"


def test_a_draft_proposed_meanwhile_is_not_changed(ring, login):
    prompt = given.draft(ring)
    given.propose(ring, PromptList.objects.get())
    form = {"item-1": TYPED, "id-1": item_of(prompt).uuid, "version": 1}
    answer = login("giang").post(page(prompt, "prompt_edit"), form)
    assert (answer.status_code, "đang trình" in text(answer)) == (403, True)
    assert item_of(prompt).text == "Giải ngân vốn đầu tư công chậm"


def test_a_note_on_an_old_page_keeps_its_words(ring, login):
    prompt = given.sent(ring)
    url, client = page(prompt, "explanation_note"), login("giang")
    assert client.post(url, {"mark": "sufficient", "version": prompt.version}).status_code == 302
    slower = client.post(url, {"mark": "more_needed", "text": TYPED, "version": prompt.version})
    assert (slower.status_code, TYPED in text(slower)) == (409, True)
    assert Prompt.objects.get().note_mark == "sufficient"


def test_a_contribution_on_an_old_page_keeps_its_words(ring, login):
    row = asked(ring)
    url, client = reverse("reviews:contribution_give", args=[row.uuid]), login("khanh")
    form = {"text": "Nội dung của người nhanh", "given_on": TODAY, "version": 1}
    assert client.post(url, form).status_code == 302
    slower = client.post(url, form | {"text": TYPED})
    assert (slower.status_code, TYPED in text(slower)) == (409, True)
    assert PromptContribution.objects.get().text == "Nội dung của người nhanh"


def test_a_waiver_after_the_contribution_came_is_told_so(ring, login):
    row = asked(ring)
    words = prompt_contributions.Given("Không có nội dung gợi ý.", timezone.localdate())
    prompt_contributions.give_contribution(contribution=row, given=words, version=1, actor=ring.users["khanh"])
    url = reverse("reviews:contribution_waive", args=[row.uuid])
    for version in (1, 2):
        answer = login("giang").post(url, {"waiver_reason": TYPED, "version": version})
        assert (answer.status_code, TYPED in text(answer)) == (409, True)
    assert PromptContribution.objects.get().status == "given"


def test_the_switch_of_the_note_on_an_old_page_switches_nothing(ring, login):
    row = begun(ring)
    url = reverse("reviews:prompt_list_note", args=[row.uuid])
    assert login("giang").post(url, {"is_needed": "on", "version": 1}).status_code == 302
    assert login("giang").post(url, {"version": 1}).status_code == 409
    assert PromptList.objects.get().is_note_needed


@pytest.mark.parametrize("short", ["khanh", "lan", "an"])
def test_nobody_else_switches_the_note(ring, login, short):
    row = begun(ring)
    answer = login(short).post(reverse("reviews:prompt_list_note", args=[row.uuid]), {"is_needed": "on", "version": 1})
    assert answer.status_code in (403, 404)
    assert not PromptList.objects.get().is_note_needed


# ------------------------------------------------------------------------------------- what came after a withdrawal


def test_a_late_explanation_keeps_every_part_and_stands_on_the_page_of_the_prompt(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    withdraw(ring, prompt)
    late = login("an").post(url, WHOLE | {"version": 0})
    assert (late.status_code, page(prompt) in text(late)) == (409, True)
    assert "chép lại vào bản tự kiểm điểm" in text(late)
    shown = text(login("an").get(page(prompt)))
    assert all(words in shown for words in list(WHOLE.values())[:4])
    others = [text(login(short).get(page(prompt))) for short in ("giang", "nga", "lan")]
    assert not any("Tập thể chưa đôn đốc" in page for page in others)


def test_a_late_text_of_a_prompt_is_not_offered_among_the_sections(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    withdraw(ring, prompt)
    login("an").post(url, WHOLE | {"version": 0})
    assert KeptText.objects.get().section_key == f"prompt:{prompt.pk}:1"
    answer = login("an").get(reverse("reviews:review_detail", args=[prompt.review.uuid]))
    assert (answer.status_code, "được giữ lại" in text(answer)) == (200, False)


def test_sent_late_twice_the_same_text_is_kept_once_and_an_empty_one_never(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    withdraw(ring, prompt)
    for form in ({"cause": TYPED}, {"cause": TYPED}, {"cause": "  "}, {}):
        assert login("an").post(url, form | {"version": 0}).status_code == 409
    assert KeptText.objects.get().content == {"cause": {"text": TYPED}}


@pytest.mark.parametrize("name", ["evidence_add", "explanation_edit"])
def test_a_withdrawn_prompt_says_so_on_each_page_of_its_report(ring, login, name):
    prompt = given.issued(ring)
    url = page(prompt, name, item_of(prompt).uuid)
    withdraw(ring, prompt)
    answer = login("an").get(url)
    assert (answer.status_code, "Gợi ý này đã được thu hồi" in text(answer)) == (403, True)


def test_evidence_for_a_withdrawn_prompt_is_refused_with_that_reason(ring, login):
    prompt = given.issued(ring)
    url = page(prompt, "evidence_add", item_of(prompt).uuid)
    withdraw(ring, prompt)
    answer = login("an").post(url, {"new-file": SimpleUploadedFile("a.pdf", PDF), "new-title": "Biên bản"})
    assert (answer.status_code, "Gợi ý này đã được thu hồi" in text(answer)) == (403, True)
    assert not ExplanationFile.objects.exists()


def test_a_withdrawn_prompt_is_not_sent_confirmed_or_noted(ring, login):
    prompt = given.issued(ring)
    given.explain(ring, prompt)
    PromptReceipt.objects.all().delete()
    prompt = withdraw(ring, prompt)
    client = login("an")
    assert client.post(page(prompt, "prompt_act", "send"), {"version": prompt.version}).status_code == 409
    assert client.post(page(prompt, "prompt_open")).status_code == 409
    assert login("giang").post(
        page(prompt, "prompt_receipt"), {"receiver": "Văn thư", "received_on": TODAY}
    ).status_code in (409, 422)
    assert not PromptReceipt.objects.exists()


def test_an_explanation_after_the_report_was_sent_stays_on_the_page_and_changes_nothing(ring, login):
    prompt = given.sent(ring)
    url = page(prompt, "explanation_edit", item_of(prompt).uuid)
    answer = login("an").post(url, WHOLE | {"cause": TYPED, "version": 1})
    assert (answer.status_code, TYPED in text(answer)) == (409, True)
    assert Explanation.objects.get().cause == "Vướng mặt bằng"
    assert not KeptText.objects.exists()


# -------------------------------------------------------------------------------------------------- double clicks


def clicked_twice(client, url, form):
    form = form | {"idempotency_key": str(uuid.uuid4())}
    return [client.post(url, form) for _time in range(2)]


def test_a_delivery_clicked_twice_is_recorded_once(ring, login):
    prompt = given.issued(ring)
    form = {"receiver": "Văn thư Sở", "received_on": TODAY, "document": "Sổ 15"}
    answers = clicked_twice(login("nga"), page(prompt, "prompt_receipt"), form)
    assert [answer.url for answer in answers] == [page(prompt)] * 2
    assert PromptReceipt.objects.count() == 1


def test_a_member_of_the_group_named_twice_is_named_once(ring, login):
    prompt = given.issued(ring)
    form = {"person": "Bùi Duy Khánh", "task": "", "document": "QĐ 9"}
    answers = clicked_twice(login("giang"), page(prompt, "prompt_group"), form)
    assert [answer.url for answer in answers] == [page(prompt)] * 2
    assert WorkingGroupMember.objects.count() == 1


def test_a_file_sent_twice_hangs_once(ring, login):
    prompt = given.issued(ring)
    url, key = page(prompt, "evidence_add", item_of(prompt).uuid), str(uuid.uuid4())
    for _time in range(2):
        form = {"new-file": SimpleUploadedFile("a.pdf", PDF), "new-title": "Biên bản", "idempotency_key": key}
        assert login("an").post(url, form).status_code == 302
    assert ExplanationFile.objects.count() == 1


def test_an_outcome_clicked_twice_is_one_version(ring, login):
    prompt = heard(ring)
    url = page(prompt, "prompt_outcome", item_of(prompt).uuid)
    answers = clicked_twice(login("nga"), url, {"mark": "partly", "text": "Còn một phần", "version": 0})
    assert [answer.url for answer in answers] == [page(prompt)] * 2
    assert PromptOutcome.objects.get().version == 1


# ------------------------------------------------------------------------------------- electronic and on paper


def test_both_ways_of_delivery_stand_side_by_side(ring, login):
    prompt = given.issued(ring)
    login("an").post(page(prompt, "prompt_open"))
    form = {"receiver": "Văn thư Sở", "received_on": "02/11/2024", "document": "Sổ giao nhận 15"}
    login("nga").post(page(prompt, "prompt_receipt"), form)
    shown = text(login("giang").get(page(prompt)))
    assert all(words in shown for words in ("Văn thư Sở", "02/11/2024", "Sổ giao nhận 15", "Ngô Thanh Nga"))
    assert list(PromptReceipt.objects.order_by("id").values_list("user__username", flat=True)) == ["an", None]


def test_a_contribution_on_paper_brings_its_scan_to_who_reads_the_list_and_to_its_body(ring, login):
    row = asked(ring)
    form = {"text": "", "document": "Công văn 33/SYT ngày 01/11/2024", "given_on": TODAY, "version": 1}
    form["file"] = SimpleUploadedFile("y-kien.pdf", PDF)
    answer = login("giang").post(reverse("reviews:contribution_give", args=[row.uuid]), form)
    row.refresh_from_db()
    assert (answer.status_code, row.status, row.given_by) == (302, "given", ring.users["giang"])
    url = reverse("orgs:file_open", args=[row.file.uuid])
    assert [login(short).get(url).status_code for short in ("giang", "khanh", "dung")] == [200, 200, 200]
    assert [login(short).get(url).status_code for short in ("an", "lan", "ha", "tu")] == [404, 404, 404, 404]
    given.draft(ring)
    given.propose(ring, PromptList.objects.get())
    assert login("lan").get(url).status_code == 200


def test_a_contribution_on_paper_without_a_number_names_the_field_on_the_page(ring, login):
    row = asked(ring)
    form = {"text": TYPED, "document": " ", "given_on": TODAY, "version": 1}
    answer = login("giang").post(reverse("reviews:contribution_give", args=[row.uuid]), form)
    assert (answer.status_code, TYPED in text(answer)) == (422, True)
    assert list(answer.context["form"].errors) == ["document"]


def test_a_body_mends_its_contribution_until_the_list_is_proposed(ring, login):
    row = asked(ring)
    url, client = reverse("reviews:contribution_give", args=[row.uuid]), login("khanh")
    for version, words in ((1, "Lần đầu"), (2, "Lần sau, đã sửa")):
        assert client.post(url, {"text": words, "given_on": TODAY, "version": version}).status_code == 302
    assert "Lần sau, đã sửa" in text(client.get(url))
    given.draft(ring)
    given.propose(ring, PromptList.objects.get())
    assert client.get(url).status_code == 403
    assert client.post(url, {"text": "Quá muộn", "given_on": TODAY, "version": 3}).status_code == 403
    assert PromptContribution.objects.get().text == "Lần sau, đã sửa"


# ------------------------------------------------------------------------------------------------------ what it costs


def counted(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_page_of_a_prompt_costs_the_same_for_one_and_three_matters(ring, login):
    one, three = given.issued(ring), given.issued(ring, "dung", "Một", "Hai", "Ba")
    assert counted(login("giang"), page(one)) == counted(login("giang"), page(three))


def test_the_page_of_a_list_costs_the_same_for_one_and_three_contributions(ring, login):
    row = asked(ring)
    url = reverse("reviews:prompt_list_detail", args=[row.prompt_list.uuid])
    before = counted(login("giang"), url)
    for code in ("SNV", "DUK"):
        asked(ring, code)
    assert counted(login("giang"), url) == before


@pytest.mark.parametrize("short", ["an", "giang", "nga"])
def test_the_page_of_a_prompt_stays_within_what_a_page_may_cost(ring, login, short):
    prompt = given.sent(ring)
    assert counted(login(short), page(prompt)) <= 12


def whole_prompt(ring):
    """A prompt to the collective with members named, an explanation with evidence, a receipt; sent."""
    prompt = given.draft(ring, "TT-SKH")
    parts = {ring.people["an"].pk: "Chỉ đạo chung", ring.people["binh"].pk: "Giải ngân"}
    prompts.name_members(item=item_of(prompt), parts=parts, version=prompt.version, actor=ring.users["giang"])
    prompt = given.decide(ring, Prompt.objects.get(pk=prompt.pk))
    given.explain(ring, prompt)
    upload = SimpleUploadedFile("bien-ban.pdf", PDF)
    explanations.attach_evidence(item=item_of(prompt), upload=upload, title="Biên bản", actor=ring.users["an"])
    deliveries.open_prompt(prompt=prompt, actor=ring.users["an"])
    prompt.refresh_from_db()
    return advance(prompt, "send", actor=ring.users["an"], version=prompt.version)


@pytest.mark.parametrize("short", ["an", "giang"])
def test_the_page_of_a_whole_prompt_to_a_collective_stays_within_it_and_shows_all(ring, login, short):
    prompt = whole_prompt(ring)
    assert counted(login(short), page(prompt)) <= 12
    shown = text(login(short).get(page(prompt)))
    for words in ("Chỉ đạo chung", "Trần Thị Bình", "Biên bản", "Vướng mặt bằng"):
        assert words in shown, words


def test_the_working_group_stands_on_the_page_as_soon_as_somebody_is_named(ring, login):
    prompt = given.issued(ring)
    assert "Bùi Duy Khánh" not in text(login("giang").get(page(prompt)))
    login("giang").post(page(prompt, "prompt_group"), {"person": "Bùi Duy Khánh", "task": "", "document": "QĐ 9"})
    assert "Bùi Duy Khánh" in text(login("giang").get(page(prompt)))


def test_the_receipt_is_offered_until_the_reader_himself_has_confirmed_it(ring, login):
    prompt = given.issued(ring)
    opening = page(prompt, "prompt_open")
    login("nga").post(page(prompt, "prompt_receipt"), {"receiver": "Văn thư", "received_on": TODAY, "document": "Sổ 1"})
    assert opening in text(login("an").get(page(prompt)))
    login("an").post(opening)
    assert opening not in text(login("an").get(page(prompt)))


# ------------------------------------------------------------------------------------------------------------ helpers


def begun(ring):
    return prompt_lists.open_list(
        cycle=ring.cycle,
        authority=ring.collectives["BTV-TU"],
        advisory_unit=ring.units["BTCTU"],
        actor=ring.users["giang"],
    )


def asked(ring, code="SYT"):
    return prompt_contributions.ask_contribution(
        prompt_list=begun(ring), unit=ring.units[code], actor=ring.users["giang"], question="Đề nghị cho ý kiến"
    )
