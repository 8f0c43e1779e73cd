"""The pages of frameworks: departures, exceptions, confirmations, the look again, the difference, the list."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import ConformityException, Criterion, CriterionLevel, Framework, LevelConfirmation, Revisit
from criteria.services.frameworks import frameworks
from orgs.services.transitions import advance

pytestmark = pytest.mark.django_db
DOCUMENT = "CV 12-CV/BTCTU ngày 05/11/2024"


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def shown(client, name, *args, **given):
    return client.get(page(name, *args), given).content.decode()


def changed(child, text="Hoàn thành các nhiệm vụ được giao."):
    row = CriterionLevel.objects.get(criterion__group__framework=child, criterion__code="2", level="good")
    row.text = text
    row.save()
    return row


@pytest.fixture
def child(frames):
    return frames.child(frames.issued())


def test_officer_makes_a_framework_concrete_on_the_page(frames, login):
    above = frames.issued()
    client = login("khanh")
    assert page("framework_concretise", above.uuid) in shown(client, "framework_detail", above.uuid)
    assert page("framework_concretise", above.uuid) not in shown(login("an"), "framework_detail", above.uuid)
    assert client.get(page("framework_concretise", above.uuid)).status_code == 403
    client = login("khanh")
    sent = {"issuer": frames.province.units["SYT"].pk, "title": "Khung Sở Y tế", "idempotency_key": "1"}
    answer = client.post(page("framework_concretise", above.uuid), sent)
    made = Framework.objects.get(title="Khung Sở Y tế")
    assert answer.url == page("framework_detail", made.uuid)
    assert client.post(page("framework_concretise", above.uuid), sent).url == answer.url
    assert Framework.objects.filter(parent=above).count() == 1
    stranger = client.post(page("framework_concretise", above.uuid), {"issuer": frames.province.units["SKH"].pk})
    assert stranger.status_code == 200
    assert above.title in shown(client, "framework_detail", made.uuid)


def test_departures_stand_on_the_page_with_their_clause_and_the_way_to_except(frames, login, child):
    Criterion.objects.filter(group__framework=child, code="2").update(concretises="")
    body = shown(login("khanh"), "framework_detail", child.uuid)
    assert "Thiếu tiêu chí bắt buộc 2" in body
    assert "01-HD/TU ngày 01/10/2024" in body
    address = page("framework_except", child.uuid)
    query = {"code": "missing_required", "path": "parent.criteria['2']"}
    assert f"{address}?code=missing_required&amp;path=parent.criteria%5B%272%27%5D" in body
    client = login("khanh")
    assert "Thiếu tiêu chí bắt buộc 2" in client.get(address, query).content.decode()
    assert client.get(address, {**query, "path": "x"}).status_code == 404
    full = reverse("criteria:framework_except", args=[child.uuid], query=query)
    assert client.post(full, {"document": " ", "reason": "x"}).status_code == 200
    assert client.post(full, {"document": DOCUMENT, "reason": "Đặc thù ngành."}).status_code == 302
    assert ConformityException.objects.get().document == DOCUMENT
    body = shown(client, "framework_detail", child.uuid)
    assert f"Được phép theo {DOCUMENT}" in body
    assert login("giang").get(full).status_code == 404
    assert login("chi").get(full).status_code == 404


def test_superior_reads_both_texts_and_confirms(frames, login, child):
    level = changed(child)
    address = page("level_confirm", level.uuid)
    assert login("giang").get(address).status_code == 404
    advance(child, "submit", actor=frames.user("khanh"), version=1)
    client = login("giang")
    assert address in shown(client, "framework_detail", child.uuid)
    body = client.get(address).content.decode()
    assert "<ins>" in body
    assert "Hoàn thành các nhiệm vụ được giao." in body.replace("</ins>", "").replace("<ins>", "") or "giao" in body
    digests = {name: body.split(f'name="{name}" value="')[1].split('"')[0] for name in ("text", "above")}
    sent = {"document": DOCUMENT, "confirmed_on": "05/11/2024", **digests}
    changed(child, "Một câu khác hẳn.")
    assert "đã thay đổi" in client.post(address, sent).content.decode()
    changed(child)
    assert client.post(address, sent).status_code == 302
    assert LevelConfirmation.objects.get().confirmed_on == date(2024, 11, 5)
    assert address not in shown(client, "framework_detail", child.uuid)
    assert login("khanh").get(address).status_code == 403


def test_superior_agrees_with_a_document_and_returns_with_a_reason_on_the_page(frames, login, child):
    assert login("khanh").post(page("framework_submit", child.uuid), {"version": 1}).status_code == 302
    client = login("giang")
    body = shown(client, "framework_detail", child.uuid)
    assert 'name="document_ref"' in body
    assert 'name="note"' in body
    client.post(page("framework_agree", child.uuid), {"version": 2})
    assert Framework.objects.get(pk=child.pk).state == "submitted"
    client.post(page("framework_return", child.uuid), {"version": 2, "note": "Bổ sung."})
    assert Framework.objects.get(pk=child.pk).state == "returned"
    client = login("khanh")
    assert client.get(page("framework_number", child.uuid)).status_code == 200
    client.post(page("framework_submit", child.uuid), {"version": 3})
    assert client.get(page("framework_number", child.uuid)).status_code == 403
    login("giang").post(page("framework_agree", child.uuid), {"version": 4, "document_ref": DOCUMENT})
    assert DOCUMENT in shown(login("khanh"), "framework_detail", child.uuid)


@pytest.fixture
def asked(frames):
    """A revisit of Sở Y tế, asked by superseding through the page."""
    above = frames.issued()
    frames.issue(frames.child(above), "khanh", "07-KH/SYT")
    frames.issue(frameworks.copy_framework(framework=above, actor=frames.user("giang")), number="02-HD/TU")
    return above


def test_superseding_asks_for_a_day_and_the_bodies_are_asked(frames, login, asked):
    client, address = login("giang"), page("framework_supersede", asked.uuid)
    assert address in shown(client, "framework_detail", asked.uuid)
    today = timezone.localdate()
    assert 'name="due_on"' in client.get(address).content.decode()
    past = client.post(address, {"version": asked.version, "due_on": "01/01/2020"})
    assert "quá khứ" in past.content.decode()
    assert login("an").post(address, {"version": asked.version}).status_code == 403
    due = f"30/06/{today.year + 1}"
    assert login("giang").post(address, {"version": asked.version, "due_on": due}).status_code == 302
    row = Revisit.objects.get()
    assert (row.due_on.year, row.parent_after.number) == (today.year + 1, "02-HD/TU")
    assert login("giang").post(address, {"version": asked.version, "due_on": due}).status_code == 409


def test_revisit_is_seen_by_who_asked_who_decides_and_who_answers(frames, login, asked):
    advance(asked, "supersede", actor=frames.user("giang"), version=asked.version)
    row = Revisit.objects.get()
    for name, is_seen in (("khanh", 1), ("giang", 1), ("dung", 1), ("chi", 0), ("an", 0), ("em", 0), ("tu", 0)):
        client = login(name)
        assert (client.get(page("revisit_detail", row.uuid)).status_code == 200) == is_seen
        assert (row.framework.title in shown(client, "revisit_list")) == is_seen
    assert login("giang").get(page("revisit_decide", row.uuid)).status_code == 403
    assert login("dung").get(page("revisit_decide", row.uuid)).status_code == 200
    body = shown(login("khanh"), "framework_detail", row.framework.uuid)
    assert page("revisit_detail", row.uuid) in body
    client = login("khanh")
    for status, is_seen in (("open", True), ("late", False), ("decided", False)):
        assert (row.framework.title in shown(client, "revisit_list", status=status)) == is_seen
    sent = {"decision": "amend", "reason": "Theo Công văn 1823-CV/TU.", "version": 1, "idempotency_key": "1"}
    assert client.post(page("revisit_decide", row.uuid), {**sent, "reason": ""}).status_code == 200
    answer = client.post(page("revisit_decide", row.uuid), sent)
    made = Framework.objects.get(copied_from=row.framework)
    assert answer.url == page("framework_detail", made.uuid)
    assert client.post(page("revisit_decide", row.uuid), {**sent, "idempotency_key": "2"}).status_code == 409
    assert "Sửa đổi" in shown(client, "revisit_list", status="decided")
    assert "Theo Công văn 1823-CV/TU." in shown(client, "revisit_detail", row.uuid)


def test_list_of_revisits_asks_the_same_for_one_and_three(frames, login, asked):
    advance(asked, "supersede", actor=frames.user("giang"), version=asked.version)
    row, client = Revisit.objects.get(), login("khanh")
    shown(client, "revisit_list")
    with CaptureQueriesContext(connection) as one:
        shown(client, "revisit_list")
    for number in range(2):
        copied = frameworks.copy_framework(framework=row.framework, actor=frames.user("khanh"))
        Revisit.objects.create(
            framework=copied, parent_before=row.parent_before, head=row.head, asked_on=row.asked_on, due_on=row.due_on
        )
        assert number < 2
    with CaptureQueriesContext(connection) as three:
        body = shown(client, "revisit_list")
    assert body.count("person__post") == 3
    assert (len(one), len(three) <= 12) == (len(three), True)


def test_difference_says_what_came_what_is_stricter_and_what_went(frames, login):
    above = frames.issued()
    copied = frameworks.copy_framework(framework=above, actor=frames.user("giang"))
    CriterionLevel.objects.filter(criterion__group__framework=copied, criterion__code="2", level="good").update(
        text="Câu mới hẳn.", target=90
    )
    gone = Criterion.objects.get(group__framework=copied, code="1")
    gone.levels.all().delete()
    gone.delete()
    body = shown(login("giang"), "framework_difference", copied.uuid)
    for words in ("Chặt hơn", "Sửa câu chữ", "Bỏ", "<ins>90</ins>"):
        assert words in body
    assert login("an").get(page("framework_difference", copied.uuid)).status_code == 404
    assert login("giang").get(page("framework_difference", above.uuid)).status_code == 404
    child = frames.child(above)
    body = shown(login("khanh"), "framework_difference", child.uuid, above="1")
    assert "Không có gì khác." in body or "Khung của TU" in body


def test_page_of_a_framework_reads_it_once(frames, login, child):
    client = login("khanh")
    shown(client, "framework_detail", child.uuid)
    with CaptureQueriesContext(connection) as few:
        shown(client, "framework_detail", child.uuid)
    changed(child)
    Criterion.objects.filter(group__framework=child, code="3").update(concretises="")
    with CaptureQueriesContext(connection) as more:
        body = shown(client, "framework_detail", child.uuid)
    assert "Thiếu tiêu chí bắt buộc 3" in body
    assert (len(few), len(more) <= 20) == (len(more), True)


def test_list_is_searched_and_filtered(frames, login, child):
    client = login("khanh")
    assert child.title in shown(client, "framework_list", state="draft")
    assert child.title not in shown(client, "framework_list", state="issued")
    assert child.title in shown(client, "framework_list", q="so y te")
    assert child.title not in shown(client, "framework_list", q="không có")
    assert child.title in shown(client, "framework_list", parent=str(child.parent.uuid))
    assert client.get(page("framework_list"), {"parent": "x", "state": "y"}).status_code == 200
