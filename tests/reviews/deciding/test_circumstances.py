"""Circumstances and the numbers of an organisation: from a document, by the officer, while nothing is decided."""

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Blocked, Forbidden, RatingKind, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import Rating, TaskTally
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.waiting import inbox
from reviews.services.grading import rating_tasks
from reviews.services.grading.circumstances import add_circumstance, withdraw_circumstance

pytestmark = pytest.mark.django_db


def add(ring, short="chi", actor="tu", **more):
    rating = ring.rating(short)
    asked = {"kind": "exempt_from_activity", "document": "QĐ 8-QĐ/ĐUK", "document_on": None} | more
    asked.setdefault("version", rating.version)
    return add_circumstance(rating=rating, actor=ring.users[actor], **asked)


def test_circumstance_counts_in_the_facts_until_it_is_withdrawn(ring):
    row = add(ring)
    assert facts_of(ring.rating("chi"))["circumstances"] == ["exempt_from_activity"]
    rating = ring.rating("chi")
    withdraw_circumstance(circumstance=row, document="QĐ 9-QĐ/ĐUK", version=rating.version, actor=ring.users["tu"])
    assert facts_of(ring.rating("chi"))["circumstances"] == []
    names = AuditEvent.objects.filter(object_id=str(rating.uuid), action__contains="circumstance")
    assert list(names.values_list("action", flat=True).order_by("seq")) == [
        "rating.circumstance",
        "rating.circumstance_withdrawn",
    ]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"document": " "}, Refusal),
        ({"kind": "bad_weather"}, Refusal),
        ({"version": 99}, Stale),
        ({"actor": "nga"}, Forbidden),
        ({"actor": "giang"}, Forbidden),
        ({"actor": "chi"}, Forbidden),
    ],
)
def test_circumstance_is_refused(ring, more, refusal):
    with pytest.raises(refusal):
        add(ring, **more)
    assert not ring.rating("chi").circumstances.exists()


def test_circumstance_stands_once_and_never_on_a_decided_rating(ring):
    add(ring)
    with pytest.raises(Refusal):
        add(ring)
    ring.decide([ring.rating("oanh")], "good", "BTV-DUK")
    with pytest.raises(Forbidden):
        add(ring, "oanh")


def test_exempting_circumstance_opens_the_way_to_exempt(ring):
    rating = ring.rating("nga")
    with pytest.raises(Blocked):
        advance(rating, "exempt", actor=ring.users["tu"], version=rating.version)
    add(ring, "nga")
    rating = ring.rating("nga")
    advance(rating, "exempt", actor=ring.users["tu"], version=rating.version)
    row = Rating.objects.get(pk=rating.pk)
    assert row.state == "not_rated"
    assert "QĐ 8-QĐ/ĐUK" in row.not_rated_ground


def test_circumstance_pages(ring, login):
    rating = ring.rating("chi")
    page = reverse("reviews:circumstance_create", args=[rating.uuid])
    assert login("nga").get(page).status_code == 404
    assert login("lan").get(page).status_code == 403
    client = login("tu")
    assert page in client.get(reverse("reviews:rating_detail", args=[rating.uuid])).text
    assert client.get(page).status_code == 200
    body = {"kind": "maternity", "document": "QĐ 8", "version": rating.version}
    assert client.post(page, body | {"document": ""}).status_code == 422
    assert client.post(page, body).status_code == 302
    again = client.post(page, body | {"kind": "moved", "document": "QĐ 8 đã gõ"})
    assert again.status_code == 409
    assert "QĐ 8 đã gõ" in again.text
    row = rating.circumstances.get()
    leave = reverse("reviews:circumstance_withdraw", args=[row.uuid])
    assert login("nga").get(leave).status_code == 404
    client = login("tu")
    assert client.get(leave).status_code == 200
    body = {"document": "QĐ 10", "version": ring.rating("chi").version}
    assert client.post(leave, body).status_code == 302
    assert client.get(leave).status_code == 404


@pytest.fixture
def organisation(ring):
    """The department of An rated as an organisation, appraised by Sở Nội vụ."""
    rating = ring.rating("TT-SKH")
    Rating.objects.filter(pk=rating.pk).update(
        kind=RatingKind.ORGANISATION,
        subject_kind="organisation",
        collective=None,
        review=None,
        organisation=ring.units["SKH"],
    )
    return Rating.objects.select_related("cycle__regulation").get(pk=rating.pk)


def state(ring, rating, actor="ha", version=0, document="BC 12-BC/SKH", **values):
    numbers = {"assigned": 10, "done": 9, "on_time": 8} | values
    return rating_tasks.state_rating_tasks(
        rating=rating, tallies={"tasks": numbers}, version=version, actor=ring.users[actor], document_ref=document
    )


def test_numbers_of_an_organisation_are_stated_by_its_officer(ring, organisation):
    sheet = state(ring, organisation)
    assert (sheet.version, sheet.rating_id) == (1, organisation.pk)
    assert TaskTally.objects.get(sheet=sheet).done == 9
    assert facts_of(organisation)["tasks"] == {"assigned": 10, "done": 9, "on_time": 8}
    with pytest.raises(Stale):
        state(ring, organisation)
    state(ring, organisation, version=1, done=10)
    assert TaskTally.objects.get(sheet=sheet).done == 10


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"document": " "}, Refusal),
        ({"done": 11}, Refusal),
        ({"actor": "lan"}, Forbidden),
        ({"actor": "nga"}, Forbidden),
    ],
)
def test_numbers_of_an_organisation_are_refused(ring, organisation, more, refusal):
    with pytest.raises(refusal):
        state(ring, organisation, **more)
    assert not TaskTally.objects.filter(sheet__rating=organisation).exists()


def test_numbers_of_a_person_are_not_stated_here(ring):
    with pytest.raises(Forbidden):
        state(ring, ring.rating("chi"), actor="tu")


def test_facts_page_of_an_organisation(ring, organisation, login):
    page = reverse("reviews:rating_facts", args=[organisation.uuid])
    assert login("lan").get(page).status_code == 403
    assert login("chi").get(page).status_code == 404
    client = login("ha")
    assert client.get(page).status_code == 200
    body = {"version": 0, "document_ref": "BC 12", "tasks-assigned": 10, "tasks-done": 12}
    refused = client.post(page, body)
    assert refused.status_code == 422
    assert 'value="12"' in refused.text
    assert client.post(page, body | {"tasks-done": 9}).status_code == 302
    assert client.post(page, body | {"tasks-done": 8}).status_code == 409
    assert TaskTally.objects.get(sheet__rating=organisation, scope="tasks").done == 9


def titles(ring, short):
    return [row.title for row in inbox.inbox_of(ring.users[short]).todo]


def test_home_page_says_what_is_to_be_decided_and_to_whom(ring):
    # Nga's own rating is the one left to propose: by Oanh, never by herself.
    assert "Đề xuất mức xếp loại cho 1 đối tượng" in titles(ring, "oanh")
    assert not any(row.startswith("Đề xuất mức") for row in titles(ring, "nga"))
    assert "Chuẩn bị quyết định: Đảng viên Đảng ủy Khối các cơ quan tỉnh" in titles(ring, "lan")
    Rating.objects.filter(pk=ring.rating("binh").pk).update(state="appraisal")
    assert "Thẩm định 1 trường hợp" in titles(ring, "tu")
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    conclusion = ring.record([chi], "BTV-DUK")
    assert "Xác nhận kết luận 15-KL/TU" in titles(ring, "minh")
    ring.confirm(conclusion)
    assert "Xác nhận kết luận 15-KL/TU" not in titles(ring, "minh")
    assert "Thông báo 1 kết quả" in titles(ring, "tu")
    assert not any(row.startswith("Đọc kết quả") for row in titles(ring, "chi"))
    Rating.objects.filter(pk=chi.pk).update(notified_at=conclusion.created_at)
    assert "Đọc kết quả của đồng chí: Với tư cách đảng viên" in titles(ring, "chi")
