"""Running remarks: who makes them about whom, who reads them, the answer, taking one back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from orgs.models import AuditEvent, Forbidden, Message, Refusal, Stale
from registrations.models import RunningRemark
from registrations.selectors.register import remarks as selectors
from registrations.services.register import remarks

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 15)


def remark(province, subject="chi", actor="an", **more):
    found = province.people.get(subject) or province.collectives[subject]
    words = {"kind": "concern", "text": "Cần chủ động hơn.", "made_on": DAY}
    return remarks.make_remark(subject=found, actor=province.users[actor], **words | more)


def test_head_remarks_on_who_works_under_him_and_the_subject_is_told(province):
    row = remark(province)
    assert (row.person, row.author, row.author_office) == (
        province.people["chi"],
        province.users["an"],
        "Giám đốc Sở, Sở Kế hoạch và Đầu tư",
    )
    told = Message.objects.get()
    assert (told.recipient, told.subject) == (province.users["chi"], "Có nhận xét mới về công việc của đồng chí")
    assert "chủ động" not in AuditEvent.objects.get(action="remark.make").payload


@pytest.mark.parametrize(
    ("actor", "subject"),
    [("an", "binh"), ("giang", "an"), ("giang", "dung"), ("ha", "binh"), ("khanh", "TT-SYT"), ("dung", "em")],
)
def test_superior_is_the_head_or_the_officer_of_the_managing_body(province, actor, subject):
    assert remark(province, subject, actor).pk


@pytest.mark.parametrize(
    ("actor", "subject"),
    [
        ("an", "an"), ("an", "em"), ("an", "TT-SKH"), ("binh", "chi"), ("chi", "an"), ("giang", "chi"),
        ("nga", "chi"), ("ha", "an"), ("quan", "chi"), ("tu", "chi"), ("phuc", "chi"),
    ],
)  # fmt: skip
def test_remark_is_refused_to_who_is_not_the_superior(province, actor, subject):
    with pytest.raises(Forbidden):
        remark(province, subject, actor)
    assert not RunningRemark.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [({"text": " "}, "text"), ({"kind": "gossip"}, "kind"), ({"made_on": None}, "made_on")],
)
def test_remark_is_refused_with_its_field(province, more, field):
    if "made_on" in more:
        more = {"made_on": timezone.localdate() + timedelta(days=1)}
    with pytest.raises(Refusal) as refusal:
        remark(province, **more)
    assert refusal.value.field == field


def test_remark_is_read_by_the_subject_and_by_superiors_alone(province):
    row = remark(province, "binh")
    readers = {short for short, user in province.users.items() if row in set(selectors.visible_to(user))}
    assert readers == {"an", "binh", "ha", "quan"}


def test_subject_answers_and_the_author_is_told(province):
    row = remark(province)
    given = {"remark": row, "answer": "Xin tiếp thu.", "version": row.version}
    for short in ("an", "nga", "tu"):
        with pytest.raises(Forbidden):
            remarks.answer_remark(**given, actor=province.users[short])
    with pytest.raises(Refusal):
        remarks.answer_remark(**given | {"answer": " "}, actor=province.users["chi"])
    row = remarks.answer_remark(**given, actor=province.users["chi"])
    assert (row.answer, row.answered_by) == ("Xin tiếp thu.", province.users["chi"])
    assert Message.objects.filter(recipient=province.users["an"]).exists()
    with pytest.raises(Stale):
        remarks.answer_remark(**given, actor=province.users["chi"])


def test_head_answers_for_the_collective_and_nobody_else(province):
    row = remark(province, "TT-SYT", "khanh")
    given = {"remark": row, "answer": "Tập thể tiếp thu.", "version": row.version}
    with pytest.raises(Forbidden):
        remarks.answer_remark(**given, actor=province.users["em"])
    assert remarks.answer_remark(**given, actor=province.users["dung"]).answer == "Tập thể tiếp thu."


def test_author_takes_a_remark_back_with_a_reason_and_it_stays_readable(province):
    row = remark(province)
    given = {"remark": row, "reason": "Nhầm người.", "version": row.version}
    with pytest.raises(Forbidden):
        remarks.withdraw_remark(**given, actor=province.users["chi"])
    with pytest.raises(Refusal):
        remarks.withdraw_remark(**given | {"reason": ""}, actor=province.users["an"])
    row = remarks.withdraw_remark(**given, actor=province.users["an"])
    assert row.withdrawal_reason == "Nhầm người."
    assert row in set(selectors.visible_to(province.users["chi"]))
    assert not selectors.may_answer(province.users["chi"], row)
    with pytest.raises(Stale):
        remarks.answer_remark(remark=row, answer="A", version=row.version, actor=province.users["chi"])


def test_pages_make_answer_and_take_back(province, client):
    client.force_login(province.users["an"])
    pick = client.get(reverse("registrations:remark_pick"), {"q": "kim chi"})
    assert f"?person={province.people['chi'].uuid}" in pick.text
    page = f"{reverse('registrations:remark_create')}?person={province.people['chi'].uuid}"
    body = {"kind": "strength", "made_on": "15/04/2024", "text": "Làm tốt.", "idempotency_key": "nx-1"}
    assert "Làm tốt." in client.post(page, body | {"made_on": "15-4"}).text
    assert client.post(page, body).status_code == client.post(page, body).status_code == 302
    row = RunningRemark.objects.get()
    assert client.get(reverse("registrations:remark_answer", args=[row.uuid])).status_code == 403
    client.force_login(province.users["chi"])
    listed = client.get(reverse("registrations:remark_list"))
    assert "Làm tốt." in listed.text
    answer = reverse("registrations:remark_answer", args=[row.uuid])
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"answer": "Cảm ơn.", "version": 1, "idempotency_key": "tl-1"}).status_code == 302
    client.force_login(province.users["an"])
    leave = reverse("registrations:remark_withdraw", args=[row.uuid])
    assert client.post(leave, {"reason": "Nhầm.", "version": 1, "idempotency_key": "r-1"}).status_code == 409
    assert client.post(leave, {"reason": "Nhầm.", "version": 2, "idempotency_key": "r-2"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawal_reason == "Nhầm."


@pytest.mark.parametrize("query", ["", "?person=khong-phai", "?person=6f3c8f0e-1111-4222-8333-944444444444"])
def test_page_about_nobody_is_not_found(province, client, query):
    client.force_login(province.users["an"])
    assert client.get(reverse("registrations:remark_create") + query).status_code == 404
