"""Notice to the subject and the managers, publication of the grade alone, the own result."""

import pytest
from django.urls import reverse

from orgs.models import Forbidden, Message, RatingKind
from reviews.models import Rating
from reviews.services.grading.notices import notify_conclusion

pytestmark = pytest.mark.django_db
COMMENT = "Nhận xét riêng: còn chậm trong tham mưu"


@pytest.fixture
def conclusion(ring):
    """Chi and Bình decided as Party members; each with a comment that nobody else may read."""
    rows = [ring.rating("chi"), ring.rating("oanh")]
    Rating.objects.filter(pk__in=[row.pk for row in rows]).update(appraisal_comment=COMMENT, proposal_comment=COMMENT)
    return ring.decide(rows, "good", "BTV-DUK")


def told(ring):
    return set(Message.objects.filter(dedup_key__contains=":result:").values_list("recipient__username", flat=True))


def test_notice_tells_the_subject_and_who_manages_him_once(ring, conclusion):
    assert notify_conclusion(conclusion=conclusion, actor=ring.users["tu"]) == 2
    assert told(ring) == {"chi", "oanh", "an"}
    letter = Message.objects.get(recipient=ring.users["chi"], dedup_key__contains=":result:")
    assert (
        letter.subject
        == "Kiểm điểm, đánh giá, xếp loại năm 2024: Lê Thị Kim Chi được xếp loại “Hoàn thành tốt nhiệm vụ”."
    )
    assert letter.is_urgent
    assert COMMENT not in letter.body
    count = Message.objects.count()
    assert notify_conclusion(conclusion=conclusion, actor=ring.users["tu"]) == 0
    assert Message.objects.count() == count


def test_notice_about_a_collective_goes_to_its_members(ring):
    conclusion = ring.decide([ring.rating("TT-SKH")], "good", "BCSD")
    notify_conclusion(conclusion=conclusion, actor=ring.users["ha"])
    assert told(ring) == {"an", "binh"}


@pytest.mark.parametrize("actor", ["lan", "chi", "giang", "nga"])
def test_notice_is_for_the_officer_of_the_appraising_body(ring, conclusion, actor):
    with pytest.raises(Forbidden, match="cơ quan thẩm định"):
        notify_conclusion(conclusion=conclusion, actor=ring.users[actor])
    assert not told(ring)


def test_notify_button_is_there_for_the_officer_until_it_is_done(ring, conclusion, login):
    page = reverse("reviews:conclusion_detail", args=[conclusion.uuid])
    act = reverse("reviews:conclusion_notify", args=[conclusion.uuid])
    assert act not in login("lan").get(page).text
    client = login("tu")
    assert act in client.get(page).text
    assert client.post(act).status_code == 302
    assert act not in client.get(page).text
    assert login("chi").post(act).status_code == 404


def test_publication_shows_the_grade_and_never_a_comment(ring, conclusion, login):
    address = reverse("reviews:publication")
    assert "Lê Thị Kim Chi" not in login("em").get(address).text
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    page = login("em").get(address, {"cycle": "2024"}).text
    assert "Lê Thị Kim Chi" in page
    assert "Hoàn thành tốt nhiệm vụ" in page
    for hidden in (COMMENT, "Theo đề nghị của cơ quan thẩm định", "15-KL/TU", ring.people["chi"].code):
        assert hidden not in page
    assert reverse("reviews:rating_detail", args=[ring.rating("chi").uuid]) not in page


def test_publication_is_searched_without_accents(ring, conclusion, login):
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    page = login("em").get(reverse("reviews:publication"), {"cycle": "2024", "q": "kim chi"}).text
    assert "Lê Thị Kim Chi" in page
    assert "Đặng Kiều Oanh" not in page


def test_revoked_result_is_public_no_more(ring, conclusion, login):
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    chi = ring.rating("chi")
    client = login("tu")
    body = {"version": chi.version, "note": "Có vi phạm", "document_ref": "QĐ 41-QĐ/TU"}
    client.post(reverse("reviews:rating_act", args=[chi.uuid, "revoke"]), body)
    assert "Lê Thị Kim Chi" not in login("em").get(reverse("reviews:publication"), {"cycle": "2024"}).text


def test_own_result_has_reasons_and_comments_and_leads_to_a_petition(ring, conclusion, login):
    chi = ring.rating("chi")
    client = login("chi")
    assert chi.cycle.title not in client.get(reverse("reviews:result_list")).text
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    assert reverse("reviews:rating_detail", args=[chi.uuid]) in client.get(reverse("reviews:result_list")).text
    page = client.get(reverse("reviews:rating_detail", args=[chi.uuid])).text
    assert COMMENT in page
    assert reverse("reviews:petition_create", args=[chi.uuid]) in page
    # What the officers wrote to one another while deciding is not part of the result.
    assert page.count("Theo đề nghị của cơ quan thẩm định.") == 1
    cadre = ring.rating("an", RatingKind.CADRE)
    assert client.get(reverse("reviews:rating_detail", args=[cadre.uuid])).status_code == 404


def test_petition_page_files_once_and_keeps_the_text_on_a_refusal(ring, conclusion, login):
    notify_conclusion(conclusion=conclusion, actor=ring.users["tu"])
    chi = ring.rating("chi")
    client, address = login("chi"), reverse("reviews:petition_create", args=[chi.uuid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "", "version": chi.version}).status_code == 422
    body = {"text": "Đề nghị xem lại", "version": chi.version, "idempotency_key": "p-1"}
    assert client.post(address, body).status_code == client.post(address, body).status_code == 302
    petition = chi.petitions.get()
    reply = reverse("reviews:petition_answer", args=[petition.uuid])
    assert login("lan").get(reply).status_code == 404
    client = login("minh")
    assert client.post(reply, {"answer": "Giữ nguyên", "document": ""}).status_code == 422
    assert client.post(reply, {"answer": "Giữ nguyên", "document": "KL 3"}).status_code == 302
    assert client.post(reply, {"answer": "Lần nữa", "document": "KL 4"}).status_code == 409
