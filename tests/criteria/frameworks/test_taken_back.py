"""A framework comes back to draft: from a consultation that was withdrawn, or by an act of its body with its reason."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Consultation, Framework
from criteria.selectors.frameworks import framework_pages
from criteria.services.consulting import addressees, consultations, consulted_texts
from criteria.services.frameworks import frameworks
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance

pytestmark = pytest.mark.django_db
REASON = "Dừng lấy ý kiến để chỉnh lý dự thảo."


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def put_out(frames, framework, unit="TU", actor="giang", title="Lấy ý kiến về khung"):
    """A consultation of `unit` on `framework`, out for opinions."""
    today, user = timezone.localdate(), frames.user(actor)
    row = consultations.create_consultation(
        issuer=frames.province.units[unit],
        title=title,
        actor=user,
        number="1823-CV/TU",
        sent_on=today,
        due_on=today + timedelta(days=10),
        letter="Đề nghị các cơ quan cho ý kiến.",
        question="Nên sửa đổi nội dung nào?",
    )
    consulted_texts.add_framework(consultation=row, framework=framework, version=row.version, actor=user)
    row = fresh(row)
    chosen = [addressees.Recipient(unit=frames.province.units["SKH"], block="Các sở, ban, ngành")]
    addressees.add_addressees(consultation=row, recipients=chosen, version=row.version, actor=user)
    return move(frames, row, "open", actor)


def move(frames, row, name, actor="giang", **more):
    return advance(fresh(row), name, actor=frames.user(actor), version=fresh(row).version, **more)


def test_withdrawn_consultation_gives_its_framework_back_to_draft(frames):
    framework = frames.own()
    row = put_out(frames, framework)
    assert fresh(framework).state == "consultation"
    move(frames, row, "withdraw", note=REASON)
    found = fresh(framework)
    assert (found.state, framework_pages.is_editable(found)) == ("draft", True)
    event = AuditEvent.objects.get(action="framework.take_back")
    facts = json.loads(event.payload)
    assert (facts["from"], facts["to"], facts["follows"]) == ("consultation", "draft", "consultation.withdraw")
    put_out(frames, found, title="Lấy ý kiến lần hai")
    assert fresh(framework).state == "consultation"


def test_framework_that_was_asked_about_again_comes_back_too(frames):
    framework = frames.own()
    row = put_out(frames, framework)
    move(frames, row, "close")
    move(frames, row, "reopen", note="Còn thiếu ý kiến.")
    assert fresh(framework).state == "synthesis"
    move(frames, row, "withdraw", note=REASON)
    assert fresh(framework).state == "draft"


def test_framework_stays_out_while_another_consultation_asks_about_it(frames):
    framework = frames.own()
    first = put_out(frames, framework)
    second = put_out(frames, framework, title="Lấy ý kiến bổ sung")
    move(frames, first, "withdraw", note=REASON)
    assert fresh(framework).state == "consultation"
    with pytest.raises(Blocked, match="Lấy ý kiến bổ sung"):
        move(frames, framework, "take_back", note=REASON)
    move(frames, second, "withdraw", note=REASON)
    assert fresh(framework).state == "draft"


def test_draft_consultation_that_is_withdrawn_leaves_its_framework_as_it_was(frames):
    framework, user = frames.own(), frames.user("giang")
    row = consultations.create_consultation(issuer=frames.province.units["TU"], title="Dự kiến", actor=user)
    consulted_texts.add_framework(consultation=row, framework=framework, version=row.version, actor=user)
    before = fresh(framework).version
    move(frames, row, "withdraw", note=REASON)
    assert (fresh(framework).state, fresh(framework).version) == ("draft", before)
    assert not AuditEvent.objects.filter(action="framework.take_back").exists()


def test_framework_of_another_body_does_not_move_with_the_consultation(frames):
    above = frames.issued()
    row = put_out(frames, above, "SYT", "khanh", title="Góp ý khung cấp trên")
    move(frames, row, "withdraw", "khanh", note=REASON)
    assert fresh(above).state == "issued"


@pytest.mark.parametrize("state", ["consultation", "synthesis"])
def test_officer_takes_back_a_framework_that_was_left_behind(frames, state):
    framework = frames.own()
    Framework.objects.filter(pk=framework.pk).update(state=state)
    for name in ("khanh", "chi", "an", "ha", "tu"):
        with pytest.raises(Forbidden):
            move(frames, framework, "take_back", name, note=REASON)
    with pytest.raises(Refusal):
        move(frames, framework, "take_back", note="  ")
    with pytest.raises(Stale):
        advance(framework, "take_back", actor=frames.user("giang"), version=framework.version + 1, note=REASON)
    assert fresh(framework).state == state
    move(frames, framework, "take_back", note=REASON)
    assert fresh(framework).state == "draft"


@pytest.mark.parametrize("state", ["open", "synthesis", "submitted"])
def test_taking_back_is_barred_while_answers_are_taken_or_put_together(frames, state):
    framework = frames.own()
    row = put_out(frames, framework)
    Consultation.objects.filter(pk=row.pk).update(state=state)
    Framework.objects.filter(pk=framework.pk).update(state="synthesis")
    with pytest.raises(Blocked, match="Đang lấy ý kiến về khung tiêu chí này: “Lấy ý kiến về khung"):
        move(frames, framework, "take_back", note=REASON)
    Consultation.objects.filter(pk=row.pk).update(state="finished")
    assert move(frames, framework, "take_back", note=REASON).state == "draft"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "agreed", "issued", "superseded"])
def test_nothing_is_taken_back_from_another_state(frames, state):
    framework = frames.own()
    Framework.objects.filter(pk=framework.pk).update(state=state)
    with pytest.raises(Stale):
        move(frames, framework, "take_back", note=REASON)
    assert fresh(framework).state == state


def test_page_offers_the_way_back_with_its_reason(frames, login):
    framework = frames.own()
    Framework.objects.filter(pk=framework.pk).update(state="synthesis")
    page, act = (reverse(f"criteria:framework_{name}", args=[framework.uuid]) for name in ("detail", "take_back"))
    body = login("giang").get(page).content.decode()
    assert ("Đưa về dự thảo" in body, act in body) == (True, True)
    version = fresh(framework).version
    login("giang").post(act, {"version": version, "note": ""})
    login("giang").post(act, {"version": version + 1, "note": REASON})
    assert login("khanh").post(act, {"version": version, "note": REASON}).status_code == 404
    assert fresh(framework).state == "synthesis"
    assert login("giang").post(act, {"version": version, "note": REASON}).status_code == 302
    assert fresh(framework).state == "draft"
    assert act not in login("giang").get(page).content.decode()


def test_page_says_why_a_framework_is_not_taken_back(frames, login):
    framework = frames.own()
    row = put_out(frames, framework)
    move(frames, row, "close")
    body = login("giang").get(reverse("criteria:framework_detail", args=[framework.uuid])).content.decode()
    assert "Đang lấy ý kiến về khung tiêu chí này" in body
    # The text is written on meanwhile: what was accepted is carried into it.
    assert frameworks.save_criterion(framework=fresh(framework), row=frames.example()[0]).pk
