"""The prompt list of an authority: begun, contributed to, proposed, decided by two people, issued, added to."""

import html
import uuid
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs import roles
from orgs.models import Blocked, Forbidden, Message, Refusal, RoleGrant, Stale
from orgs.services.transitions import advance
from reviews.models import Prompt, PromptContribution, PromptDecision, PromptItem, PromptList, Review
from reviews.selectors.meeting import prompt_lists as selectors
from reviews.services.meeting import prompt_contributions, prompt_lists, prompts
from tests.cast import SINCE
from tests.reviews.meeting import test_prompts as given
from tests.uploads import PDF


def begun(ring, authority="BTV-TU", unit="BTCTU", actor="giang"):
    return prompt_lists.open_list(
        cycle=ring.cycle,
        authority=ring.collectives[authority],
        advisory_unit=ring.units[unit],
        actor=ring.users[actor],
    )


def asked(ring, prompt_list, unit="SYT", **more):
    return prompt_contributions.ask_contribution(
        prompt_list=prompt_list, unit=ring.units[unit], actor=ring.users["giang"], **more
    )


def contributed(ring, row, actor="khanh", text="Đề nghị gợi ý Sở Kế hoạch và Đầu tư.", document="", **more):
    words = prompt_contributions.Given(text, more.pop("on", timezone.localdate()), document)
    return prompt_contributions.give_contribution(
        contribution=row, given=words, version=row.version, actor=ring.users[actor], **more
    )


def page(prompt_list, name="prompt_list_detail", *more):
    return reverse(f"reviews:{name}", args=[prompt_list.uuid, *more])


def text(answer):
    return answer.content.decode()


# ------------------------------------------------------------------------------------------------------- one list


def test_an_authority_has_one_list_in_a_cycle(ring):
    first = begun(ring)
    assert begun(ring) == first
    given.draft(ring)
    assert given.draft(ring, "dung").prompt_list == first
    assert PromptList.objects.get().state == "drafting"


@pytest.mark.parametrize(
    ("actor", "unit", "authority"),
    [("an", "BTCTU", "BTV-TU"), ("khanh", "BTCTU", "BTV-TU"), ("giang", "BTCTU", "BCSD"), ("lan", "BTCTU", "BTV-TU")],
)
def test_only_the_advisory_body_begins_a_list(ring, actor, unit, authority):
    with pytest.raises(Forbidden):
        begun(ring, authority, unit, actor)
    assert not PromptList.objects.exists()


def test_a_second_advisory_body_is_sent_to_contribute(ring):
    begun(ring)
    RoleGrant.objects.create(
        user=ring.users["ha"], role=roles.OFFICER, unit=ring.units["DUK"], document="QĐ 9", started_on=SINCE
    )
    ring.review("dung").ratings.filter(deciding_collective=ring.collectives["BTV-TU"]).update(
        appraising_unit=ring.units["DUK"]
    )
    with pytest.raises(Refusal, match="Ban Tổ chức Tỉnh ủy"):
        begun(ring, unit="DUK", actor="ha")


def test_nobody_is_prompted_after_the_cycle_closed(ring):
    ring.cycle.closed_at = timezone.now()
    ring.cycle.save(update_fields=["closed_at"])
    with pytest.raises(Refusal, match="Kỳ đã kết thúc"):
        begun(ring)


# -------------------------------------------------------------------------------------------------- contributions


def test_a_body_is_asked_told_and_contributes_itself(ring, login):
    row = asked(ring, begun(ring), question="Đề nghị cho ý kiến", due_on=timezone.localdate() + timedelta(days=5))
    told = Message.objects.all()
    assert {message.recipient.username for message in told} == {"khanh", "dung"}
    assert {message.url for message in told} == {reverse("reviews:contribution_give", args=[row.uuid])}
    form = {"text": "Không có nội dung gợi ý.", "given_on": f"{timezone.localdate():%d/%m/%Y}", "version": row.version}
    answer = login("khanh").post(reverse("reviews:contribution_give", args=[row.uuid]), form)
    assert (answer.status_code, answer.url) == (302, reverse("reviews:home"))
    row.refresh_from_db()
    assert (row.status, row.text, row.given_by) == ("given", "Không có nội dung gợi ý.", ring.users["khanh"])
    shown = text(login("giang").get(page(row.prompt_list)))
    assert "Không có nội dung gợi ý." in shown


def test_the_asked_body_sees_its_question_and_not_the_list(ring, login):
    row = asked(ring, begun(ring), question="Câu hỏi riêng")
    assert "Câu hỏi riêng" in text(login("khanh").get(reverse("reviews:contribution_give", args=[row.uuid])))
    assert login("khanh").get(page(row.prompt_list)).status_code == 404
    assert login("khanh").get(reverse("reviews:contribution_waive", args=[row.uuid])).status_code == 403
    for stranger in ("an", "nga", "tu", "lan"):
        assert login(stranger).get(reverse("reviews:contribution_give", args=[row.uuid])).status_code == 404


def test_a_contribution_on_paper_names_its_document(ring):
    row = asked(ring, begun(ring), "SNV")
    with pytest.raises(Refusal) as refused:
        contributed(ring, row, "giang")
    assert refused.value.field == "document"
    scan = SimpleUploadedFile("y-kien.pdf", PDF)
    row = contributed(ring, row, "giang", text="", document="Công văn 33/SNV", upload=scan)
    assert (row.status, row.document, row.file.name) == ("given", "Công văn 33/SNV", "y-kien.pdf")


@pytest.mark.parametrize("actor", ["an", "nga", "tu", "lan", "minh", "quan"])
def test_nobody_else_contributes(ring, actor):
    row = asked(ring, begun(ring))
    with pytest.raises(Forbidden):
        contributed(ring, row, actor)
    assert PromptContribution.objects.get().status == "asked"


def test_a_contribution_is_not_empty_nor_of_tomorrow_nor_stale(ring):
    row = asked(ring, begun(ring))
    with pytest.raises(Refusal) as empty:
        contributed(ring, row, text="  ")
    with pytest.raises(Refusal) as early:
        contributed(ring, row, on=timezone.localdate() + timedelta(days=1))
    assert (empty.value.field, early.value.field) == ("text", "given_on")
    row.version = 7
    with pytest.raises(Stale):
        contributed(ring, row)


def test_asking_is_refused_twice_for_the_own_body_and_for_a_day_gone_by(ring):
    prompt_list = begun(ring)
    asked(ring, prompt_list)
    for unit, more, field in (
        ("SYT", {}, "unit"),
        ("BTCTU", {}, "unit"),
        ("SNV", {"due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
    ):
        with pytest.raises(Refusal) as refused:
            asked(ring, prompt_list, unit, **more)
        assert refused.value.field == field
    assert PromptContribution.objects.count() == 1


def test_the_list_waits_for_contributions_or_for_the_reason_to_go_on(ring):
    prompt = given.draft(ring)
    row = asked(ring, prompt.prompt_list)
    with pytest.raises(Blocked, match="Sở Y tế"):
        given.propose(ring, PromptList.objects.get())
    waive = {"contribution": row, "version": row.version}
    with pytest.raises(Refusal):
        prompt_contributions.waive_contribution(**waive, reason=" ", actor=ring.users["giang"])
    with pytest.raises(Forbidden):
        prompt_contributions.waive_contribution(**waive, reason="Quá hạn", actor=ring.users["khanh"])
    prompt_contributions.waive_contribution(**waive, reason="Quá hạn", actor=ring.users["giang"])
    assert given.propose(ring, PromptList.objects.get()).state == "proposed"
    with pytest.raises(Refusal, match="đang trình"):
        contributed(ring, PromptContribution.objects.get())


def test_contribution_comes_in_meanwhile_and_is_not_waived(ring):
    row = contributed(ring, asked(ring, begun(ring)))
    with pytest.raises(Stale):
        prompt_contributions.waive_contribution(
            contribution=row, reason="Quá hạn", version=row.version, actor=ring.users["giang"]
        )


def test_the_home_page_asks_the_body_until_it_has_answered(ring, login):
    row = asked(ring, begun(ring))
    address = reverse("reviews:contribution_give", args=[row.uuid])
    for short in ("khanh", "dung"):
        assert address in text(login(short).get(reverse("reviews:home")))
    assert address not in text(login("em").get(reverse("reviews:home")))
    contributed(ring, row)
    assert address not in text(login("khanh").get(reverse("reviews:home")))


# ------------------------------------------------------------------------------------- proposed, decided, issued


@pytest.mark.parametrize(
    ("matter", "due_on"),
    [(given.matter("Một", basis=""), given.DUE), (given.matter("Một"), None)],
)
def test_a_matter_without_basis_or_day_is_not_proposed(ring, matter, due_on):
    prompt = given.draft(ring)
    words = prompts.PromptText((matter,), due_on)
    prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"])
    with pytest.raises(Blocked, match="Nguyễn Văn Ấn"):
        given.propose(ring, PromptList.objects.get())


def test_an_empty_list_is_not_proposed(ring):
    with pytest.raises(Blocked):
        given.propose(ring, begun(ring))


def test_last_day_of_the_report_is_that_of_its_latest_matter(ring):
    prompt = given.draft(ring, due_on=None)
    assert prompt.due_on is None
    days = [given.matter("Một", due_on=date(2024, 11, 8)), given.matter("Hai", due_on=date(2024, 11, 9))]
    words = prompts.PromptText(tuple(days))
    assert prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"]).due_on == date(
        2024, 11, 9
    )


def test_two_people_of_the_body_issue_every_drafted_prompt_at_once(ring):
    first, second = given.draft(ring), given.draft(ring, "dung")
    row = given.record(ring, given.propose(ring, PromptList.objects.get()))
    assert (row.state, Message.objects.count()) == ("recorded", 0)
    row = given.confirm(ring, row)
    decision = PromptDecision.objects.get()
    assert (decision.recorded_by, decision.confirmed_by) == (ring.users["lan"], ring.users["minh"])
    for prompt in (first, second):
        prompt.refresh_from_db()
        assert (prompt.state, prompt.number, prompt.issued_on) == ("issued", "124-CV/TU", given.DAY)
        assert prompt.decision == decision
    assert {message.recipient.username for message in Message.objects.all()} == {"an", "dung"}


@pytest.mark.parametrize("actor", ["giang", "an", "minh", "nga", "tu", "quan"])
def test_only_the_recorder_records(ring, actor):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    with pytest.raises(Forbidden):
        given.record(ring, row, actor=actor)
    assert not PromptDecision.objects.exists()


def test_who_recorded_does_not_confirm(ring):
    given.draft(ring)
    RoleGrant.objects.create(
        user=ring.users["lan"],
        role=roles.CONFIRMER,
        collective=ring.collectives["BTV-TU"],
        document="QĐ 9",
        started_on=SINCE,
    )
    row = given.record(ring, given.propose(ring, PromptList.objects.get()))
    with pytest.raises(Blocked, match="người khác"):
        given.confirm(ring, row, "lan")
    with pytest.raises(Forbidden):
        given.confirm(ring, row, "giang")
    assert PromptList.objects.get().state == "recorded"


@pytest.mark.parametrize("who", ["recorder", "confirmer"])
def test_nobody_decides_on_the_prompt_to_himself(ring, who):
    RoleGrant.objects.create(
        user=ring.users["an"],
        role=getattr(roles, who.upper()),
        collective=ring.collectives["BTV-TU"],
        document="QĐ 9",
        started_on=SINCE,
    )
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    if who == "confirmer":
        row = given.record(ring, row)
    act = given.record if who == "recorder" else given.confirm
    with pytest.raises(Blocked):
        act(ring, row, actor="an")
    assert not PromptDecision.objects.filter(confirmed_at__isnull=False).exists()


def test_a_move_without_the_papers_of_the_decision_is_blocked(ring):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    with pytest.raises(Blocked, match="số, ngày và phiên họp"):
        advance(row, "record", actor=ring.users["lan"], version=row.version)


@pytest.mark.parametrize(
    ("concluded_on", "session_on"),
    [
        (date(2024, 11, 1), date(2024, 11, 2)),
        (timezone.localdate() + timedelta(days=2), date(2024, 11, 2)),
        (date(2024, 11, 11), date(2024, 11, 11)),
    ],
    ids=["before the session", "of a day to come", "after the last day of a matter"],
)
def test_a_decision_of_a_wrong_day_is_refused(ring, concluded_on, session_on):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    session = given.Session("124-CV/TU", concluded_on, session_on, "Nguyễn Văn Ký", "BÍ THƯ")
    with pytest.raises(Refusal) as refused:
        prompt_lists.record_decision(prompt_list=row, session=session, version=row.version, actor=ring.users["lan"])
    assert refused.value.field == "concluded_on"
    assert not PromptDecision.objects.exists()


def test_a_withdrawn_record_frees_its_number(ring):
    given.draft(ring)
    row = given.record(ring, given.propose(ring, PromptList.objects.get()))
    row = advance(row, "withdraw", actor=ring.users["minh"], version=row.version, note="Sai ngày")
    assert row.state == "proposed"
    row = given.confirm(ring, given.record(ring, row))
    assert list(row.decisions.values_list("number", flat=True)) == ["124-CV/TU", "124-CV/TU"]
    assert row.prompts.get().decision == row.decisions.get(withdrawn_at=None)


def test_what_lies_before_the_body_is_not_changed(ring):
    prompt = given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    words = prompts.PromptText((given.matter("Khác"),), given.DUE)
    with pytest.raises(Refusal, match="đang trình"):
        prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"])
    with pytest.raises(Refusal):
        given.draft(ring, "dung")
    with pytest.raises(Blocked):
        advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version)
    advance(row, "return", actor=ring.users["lan"], version=row.version, note="Bổ sung căn cứ")
    assert prompts.edit_prompt(prompt=prompt, text=words, version=1, actor=ring.users["giang"]).version == 2


def test_an_issued_list_is_added_to_and_decided_again(ring):
    first = given.issued(ring)
    with pytest.raises(Refusal, match="mở bổ sung"):
        given.draft(ring, "dung")
    with pytest.raises(Refusal):
        advance(first.prompt_list, "supplement", actor=ring.users["giang"], version=None, note=" ")
    given.supplement(ring)
    second = given.draft(ring, "dung")
    row = given.propose(ring, PromptList.objects.get())
    with pytest.raises(Refusal, match="124-CV/TU"):
        given.record(ring, row)
    given.confirm(ring, given.record(ring, row, "150-CV/TU"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.number, second.number) == ("124-CV/TU", "150-CV/TU")
    assert PromptDecision.objects.exclude(confirmed_at=None).count() == 2


def test_who_was_heard_meanwhile_is_taken_from_the_list(ring):
    prompt = given.draft(ring)
    row = given.record(ring, given.propose(ring, PromptList.objects.get()))
    Review.objects.filter(pk=prompt.review_id).update(state="finishing")
    with pytest.raises(Blocked, match="Đã kiểm điểm xong.*Nguyễn Văn Ấn"):
        given.confirm(ring, row)
    prompt.refresh_from_db()
    assert prompt.state == "draft"


def test_the_note_is_asked_for_only_where_somebody_switched_it_on(ring):
    row = begun(ring)
    assert not row.is_note_needed
    for actor in ("khanh", "lan", "an"):
        with pytest.raises(Forbidden):
            prompt_lists.set_note_needed(prompt_list=row, is_needed=True, version=1, actor=ring.users[actor])
    assert prompt_lists.set_note_needed(
        prompt_list=row, is_needed=True, version=1, actor=ring.users["giang"]
    ).is_note_needed
    with pytest.raises(Stale):
        prompt_lists.set_note_needed(prompt_list=row, is_needed=False, version=1, actor=ring.users["giang"])


# ----------------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("short", "drafting", "proposed", "issued"),
    [
        ("giang", 200, 200, 200),
        ("lan", 404, 200, 200),
        ("minh", 404, 200, 200),
        ("quan", 404, 404, 200),
        ("an", 404, 404, 404),
        ("nga", 404, 404, 404),
        ("khanh", 404, 404, 404),
        ("ha", 404, 404, 404),
        ("tu", 404, 404, 404),
    ],
)
def test_list_is_read_by_who_prepares_and_by_who_decides(login, ring, short, drafting, proposed, issued):
    prompt = given.draft(ring)
    row = PromptList.objects.get()
    assert login(short).get(page(row)).status_code == drafting
    row = given.propose(ring, row)
    assert login(short).get(page(row)).status_code == proposed
    given.confirm(ring, given.record(ring, row))
    assert login(short).get(page(row)).status_code == issued
    assert prompt.prompt_list == row


def test_the_whole_way_through_the_pages(login, ring):
    opening = reverse("reviews:prompt_list_open")
    choice = f"{ring.cycle.uuid}:{ring.collectives['BTV-TU'].uuid}:{ring.units['BTCTU'].pk}"
    client = login("giang")
    assert choice in text(client.get(opening))
    assert client.post(opening, {"of": choice}).status_code == 302
    row = PromptList.objects.get()
    assert choice not in text(client.get(opening))
    ask = {"unit": "SYT", "question": "Đề nghị cho ý kiến"}
    assert client.post(page(row, "contribution_ask"), ask).url == page(row)
    assert client.post(page(row, "contribution_ask"), ask | {"unit": "Không có"}).status_code == 422
    contributed(ring, PromptContribution.objects.get())
    given.draft(ring)
    sent = {"version": row.version, "idempotency_key": str(uuid.uuid4())}
    for _twice in range(2):
        assert client.post(page(row, "prompt_list_act", "propose"), sent).url == page(row)
    decide = page(row, "prompt_list_decide")
    assert client.get(decide).status_code == 403
    client = login("lan")
    assert "Ghi quyết định về danh sách" in text(client.get(page(row)))
    form = {
        "number": "124-CV/TU",
        "concluded_on": "01/11/2024",
        "session_on": "31/10/2024",
        "signatory": "Nguyễn Văn Ký",
        "signatory_title": "PHÓ BÍ THƯ",
        "version": PromptList.objects.get().version,
    }
    refused = client.post(decide, form | {"session_on": "02/11/2024"})
    assert (refused.status_code, "PHÓ BÍ THƯ" in text(refused)) == (422, True)
    assert client.post(decide, form).url == page(row)
    confirmed = {"version": PromptList.objects.get().version}
    assert login("minh").post(page(row, "prompt_list_act", "confirm"), confirmed).url == page(row)
    assert PromptList.objects.get().state == "issued"
    assert "124-CV/TU" in text(client.get(page(row)))


def test_recording_on_an_old_page_keeps_what_was_typed(login, ring):
    given.draft(ring)
    row = given.propose(ring, PromptList.objects.get())
    form = {
        "number": "777-CV/TU",
        "concluded_on": "01/11/2024",
        "session_on": "01/11/2024",
        "signatory": "Nguyễn Văn Ký",
        "signatory_title": "BÍ THƯ",
        "version": row.version - 1,
    }
    answer = login("lan").post(page(row, "prompt_list_decide"), form)
    assert (answer.status_code, "777-CV/TU" in text(answer)) == (409, True)


def test_the_switch_of_the_note_on_the_page(login, ring):
    row = begun(ring)
    client = login("giang")
    assert client.post(page(row, "prompt_list_note"), {"is_needed": "on", "version": 1}).status_code == 302
    assert PromptList.objects.get().is_note_needed
    assert client.post(page(row, "prompt_list_note"), {"version": 2}).status_code == 302
    assert not PromptList.objects.get().is_note_needed


def test_lists_are_found_by_their_people_at_equal_cost(login, ring):
    url, client = reverse("reviews:prompt_list_list"), login("giang")
    given.draft(ring)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        shown = text(client.get(url))
    assert shown.count("<tr>") == 2
    for short in ("dung", "TT-SKH"):
        given.draft(ring, short)
    with CaptureQueriesContext(connection) as then:
        client.get(url)
    assert len(then) == len(one)
    assert "Ban Thường vụ" not in text(login("khanh").get(url)).split('id="main"')[1]


def test_list_page_asks_the_same_for_one_and_three_prompts(login, ring):
    given.draft(ring)
    client, url = login("giang"), page(PromptList.objects.get())
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for short in ("dung", "TT-SKH"):
        given.draft(ring, short)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    # The picture of the history grows by no query either.
    assert len(three) == len(one) <= 12


@pytest.mark.parametrize(("short", "move"), [("giang", ""), ("lan", "propose"), ("minh", "record")])
def test_list_page_stays_within_what_a_page_may_cost_at_each_step(login, ring, short, move):
    """With contributions asked, so that every guard of the next act has something to look at."""
    given.draft(ring)
    given.draft(ring, "TT-SKH")
    row = PromptList.objects.get()
    if not move:
        asked(ring, row)
    else:
        row = given.propose(ring, row)
    if move == "record":
        given.record(ring, row)
    client, url = login(short), page(row)
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    assert len(made) <= 12


def test_reasons_on_the_page_are_those_of_the_act(login, ring):
    """The page reads the rows of the guards along; what it says stands in the way is what refuses the act."""
    prompt = given.draft(ring)
    row = PromptList.objects.get()
    asked(ring, row)
    PromptItem.objects.filter(prompt=prompt).update(basis="")
    shown = text(login("giang").get(page(row)))
    with pytest.raises(Blocked) as refused:
        given.propose(ring, row)
    for reason in refused.value.reasons:
        assert reason in html.unescape(shown), reason
    assert len(refused.value.reasons) == 2


def test_one_query_counts_prompts_and_contributions_apart(ring):
    row = begun(ring)
    for short in ("an", "dung"):
        given.draft(ring, short)
    asked(ring, row)
    asked(ring, row, "SNV")
    found = selectors.listed(selectors.visible_to(ring.users["giang"])).get()
    assert (found.prompts_count, found.sent_count, found.waiting_count) == (2, 0, 2)


# ------------------------------------------------------------------------------------- prompts from before the lists


def test_prompts_from_before_are_put_into_lists(ring):
    """What stood alone in an older installation: one list an authority, drafted where a draft waits."""
    old = import_module("reviews.migrations.0006_put_prompts_into_lists")
    alone = {"cycle": ring.cycle, "workflow_name": "prompt", "advisory_unit": ring.units["BTCTU"]}
    for short, authority, state in (
        ("an", "BTV-TU", "explained"),
        ("dung", "BTV-TU", "draft"),
        ("binh", "BCSD", "issued"),
    ):
        Prompt.objects.create(review=ring.review(short), authority=ring.collectives[authority], state=state, **alone)
    for _twice in range(2):
        old.put_into_lists(apps, None)
    assert dict(PromptList.objects.values_list("authority__code", "state")) == {"BTV-TU": "drafting", "BCSD": "issued"}
    assert all(prompt.prompt_list.authority == prompt.authority for prompt in Prompt.objects.all())


def test_last_day_of_a_matter_is_named_as_what_it_is(login, ring):
    """Beside the basis, which has a date of its own."""
    given.draft(ring)
    shown = " ".join(text(login("giang").get(page(PromptList.objects.get()))).split())
    assert f"{given.BASIS} · Hạn giải trình {given.DUE:%d/%m/%Y}" in html.unescape(shown)
