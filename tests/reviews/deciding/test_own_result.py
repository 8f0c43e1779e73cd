"""The own result: nothing of it before the notice, whatever else one is; read once, by the subject himself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from orgs import roles
from orgs.models import AuditEvent, Forbidden, RoleGrant, Stale, StandIn
from orgs.services.transitions import advance
from reviews.models import OpinionKind, Rating
from reviews.services.grading import opinions
from reviews.services.grading.notices import confirm_reading, notify_conclusion
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
PAGES = ("rating_detail", "notice", "petition_create", "rating_facts", "opinion_list", "state_grade")
DOCUMENT = "QĐ 05-QĐ/TU"


@pytest.fixture
def decided(ring):
    """Chi decided as Party member, not notified."""
    return ring.decide([ring.rating("chi")], "good", "BTV-DUK")


@pytest.fixture
def told(ring, decided):
    """The same, notified."""
    notify_conclusion(conclusion=decided, actor=ring.users["tu"])
    return ring.rating("chi")


def answers(client, rating):
    return {page: client.get(reverse(f"reviews:{page}", args=[rating.uuid])).status_code for page in PAGES}


def stands_in(ring, substitute, absent):
    return StandIn.objects.create(
        absent=ring.users[absent], substitute=ring.users[substitute], document=DOCUMENT, started_on=SINCE
    )


def returned(ring, short):
    """The rating where its proposing body reads it."""
    row = Rating.objects.get(pk=ring.rating(short).pk)
    if row.state != "decision":
        return row
    return advance(row, "return", actor=ring.users["lan"], version=row.version, note="Bổ sung hồ sơ")


def test_subject_finds_nothing_of_a_decision_before_the_notice(ring, decided, login):
    chi = ring.rating("chi")
    address = reverse("reviews:rating_detail", args=[chi.uuid])
    client = login("chi")
    assert set(answers(client, chi).values()) == {404}
    for page in ("reviews:home", "reviews:rating_list", "reviews:result_list"):
        assert address not in client.get(reverse(page)).text
    review = client.get(reverse("reviews:review_detail", args=[ring.review("chi").uuid])).text
    assert "Chưa công bố" in review
    assert address in login("tu").get(reverse("reviews:rating_list")).text


def test_subject_opens_the_result_from_the_notice_on(ring, told, login):
    client = login("chi")
    assert client.get(reverse("reviews:rating_detail", args=[told.uuid])).status_code == 200
    assert client.get(reverse("reviews:notice", args=[told.uuid])).status_code == 200
    for page in ("reviews:home", "reviews:rating_list", "reviews:result_list"):
        assert reverse("reviews:rating_detail", args=[told.uuid]) in client.get(reverse(page)).text


@pytest.mark.parametrize("short", ["an", "nga"])
def test_who_proposes_for_others_does_not_read_his_own_proposal(ring, short, login):
    own, other = returned(ring, short), returned(ring, "chi")
    client = login(short)
    assert client.get(reverse("reviews:rating_detail", args=[own.uuid])).status_code == 404
    assert client.get(reverse("reviews:rating_detail", args=[other.uuid])).status_code == 200
    listed = client.get(reverse("reviews:rating_list"), {"mine": "on"}).text
    assert reverse("reviews:rating_detail", args=[own.uuid]) not in listed


def test_officer_of_the_body_does_not_read_his_own_rating_before_the_notice(ring, decided, login):
    chi, unit = ring.rating("chi"), ring.units["DUK"]
    RoleGrant.objects.create(user=ring.users["chi"], role=roles.OFFICER, unit=unit, document=DOCUMENT, started_on=SINCE)
    assert set(answers(login("chi"), chi).values()) == {404}
    notify_conclusion(conclusion=decided, actor=ring.users["tu"])
    assert login("chi").get(reverse("reviews:rating_detail", args=[chi.uuid])).status_code == 200


def test_authors_of_a_collective_wait_for_its_notice(ring, login):
    conclusion = ring.decide([ring.rating("TT-SKH")], "good", "BCSD")
    page = reverse("reviews:rating_detail", args=[ring.rating("TT-SKH").uuid])
    assert {short: login(short).get(page).status_code for short in ("an", "nga", "ha")} == {
        "an": 404,
        "nga": 404,
        "ha": 200,
    }
    notify_conclusion(conclusion=conclusion, actor=ring.users["ha"])
    assert {login(short).get(page).status_code for short in ("an", "nga", "ha")} == {200}


def test_revoked_result_is_out_of_the_subjects_sight_again(ring, told, login):
    client = login("chi")
    advance(told, "revoke", actor=ring.users["tu"], version=told.version, note="Sai sót", document_ref=DOCUMENT)
    assert set(answers(client, told).values()) == {404}
    assert told.cycle.title not in client.get(reverse("reviews:result_list")).text


@pytest.mark.parametrize(
    ("short", "reads"), [("chi", False), ("an", False), ("lan", False), ("tu", True), ("quan", True)]
)
def test_opinions_on_the_page_are_for_who_appraises_and_watches(ring, short, reads, login):
    chi = ring.rating("chi")
    opinion = opinions.ask_opinion(
        rating=chi, kind=OpinionKind.RELATED_BODY, body_name="Sở Tài chính", actor=ring.users["tu"]
    )
    came = opinions.Received("Còn chậm phối hợp", "CV 5-CV/STC", timezone.localdate())
    opinions.receive_opinion(opinion=opinion, received=came, version=1, actor=ring.users["tu"])
    notify_conclusion(conclusion=ring.decide([chi], "good", "BTV-DUK"), actor=ring.users["tu"])
    page = login(short).get(reverse("reviews:rating_detail", args=[chi.uuid])).text
    assert ("Còn chậm phối hợp" in page) is reads
    assert ("Nhập ý kiến" in page) is reads
    assert ("Trình mức xếp loại" in page) is (short != "chi")


def test_looking_at_the_result_records_nothing(ring, told, login):
    login("chi").get(reverse("reviews:rating_detail", args=[told.uuid]))
    told.refresh_from_db()
    assert told.read_by_subject_at is None
    assert not AuditEvent.objects.filter(action="rating.read").exists()


def test_subject_states_once_that_he_read_the_result(ring, told, login):
    client, page = login("chi"), reverse("reviews:rating_detail", args=[told.uuid])
    act = reverse("reviews:result_read", args=[told.uuid])
    assert "Tôi đã đọc kết quả" in client.get(page).text
    assert client.get(act).status_code == 405
    assert client.post(act).status_code == 302
    told.refresh_from_db()
    first = told.read_by_subject_at
    assert client.post(act).status_code == 302
    told.refresh_from_db()
    assert told.read_by_subject_at == first is not None
    event = AuditEvent.objects.get(action="rating.read")
    assert (event.object_id, event.actor, event.role) == (str(told.uuid), ring.users["chi"], roles.SUBJECT)
    assert "Tôi đã đọc kết quả" not in client.get(page).text
    assert "Người được xếp loại đã đọc" in login("tu").get(page).text


def test_read_mark_is_for_the_subject_alone(ring, told, login):
    stands_in(ring, "oanh", "chi")
    act = reverse("reviews:result_read", args=[told.uuid])
    assert {short: login(short).post(act).status_code for short in ("tu", "an", "oanh")} == {
        "tu": 403,
        "an": 403,
        "oanh": 403,
    }
    with pytest.raises(Forbidden, match="Chỉ người được xếp loại"):
        confirm_reading(rating=told, actor=ring.users["oanh"])
    told.refresh_from_db()
    assert told.read_by_subject_at is None


def test_read_mark_waits_for_the_notice(ring, decided, login):
    chi = ring.rating("chi")
    assert login("chi").post(reverse("reviews:result_read", args=[chi.uuid])).status_code == 404
    with pytest.raises(Stale, match="chưa được thông báo"):
        confirm_reading(rating=chi, actor=ring.users["chi"])


def test_new_decision_has_to_be_read_anew(ring, told):
    confirm_reading(rating=told, actor=ring.users["chi"])
    told.refresh_from_db()
    advance(told, "revoke", actor=ring.users["tu"], version=told.version, note="Sai sót", document_ref=DOCUMENT)
    assert Rating.objects.get(pk=told.pk).read_by_subject_at is None
