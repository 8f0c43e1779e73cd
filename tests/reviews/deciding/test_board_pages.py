"""The pages of deciding: who opens them, what they cost, what they keep when they refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import RatingKind
from reviews.models import Conclusion, QuotaLedger, Rating

pytestmark = pytest.mark.django_db


def address(ring, name="board"):
    return reverse(f"reviews:{name}", args=[ring.rating("chi").group.uuid])


def fields(*ratings, grade="good", ground="", document=""):
    body = {}
    for rating in ratings:
        body |= {
            f"grade-{rating.uuid}": grade,
            f"version-{rating.uuid}": rating.version,
            f"ground-{rating.uuid}": ground,
            f"document-{rating.uuid}": document,
        }
    return body


def paper(**more):
    today = timezone.localdate().isoformat()
    words = {"number": "15-KL/ĐUK", "signatory": "Nguyễn Văn Mẫu", "signatory_title": "BÍ THƯ"}
    return words | {"concluded_on": today, "session_on": today} | more


def ticked(*ratings):
    """The rows of the conclusion as the page shows them now."""
    rows = Rating.objects.filter(pk__in=[rating.pk for rating in ratings])
    return {"rating": [str(row.uuid) for row in rows], **{f"version-{row.uuid}": row.version for row in rows}}


@pytest.mark.parametrize(
    ("short", "status"), [("lan", 200), ("minh", 200), ("tu", 200), ("giang", 404), ("chi", 404), ("nga", 404)]
)
def test_board_opens_for_who_prepares_records_or_confirms(ring, login, short, status):
    client = login(short)
    assert client.get(address(ring)).status_code == status
    listed = client.get(reverse("reviews:board_list"))
    assert (address(ring) in listed.text) == (status == 200)


def test_board_shows_chain_quota_and_forms_to_the_recorder_alone(ring, login):
    page = login("lan").get(address(ring)).text
    for words in ("Lê Thị Kim Chi", "20% của", "Ba cách hiểu về mẫu số", "Ghi kết luận của cấp có thẩm quyền"):
        assert words in page
    assert "Ghi kết luận của cấp có thẩm quyền" not in login("tu").get(address(ring)).text


def test_board_costs_the_same_for_one_row_and_for_four(ring, login):
    client, page = login("lan"), address(ring)
    client.get(page)
    with CaptureQueriesContext(connection) as four:
        client.get(page)
    others = Rating.objects.filter(group=ring.rating("chi").group).exclude(pk=ring.rating("binh").pk)
    others.update(group=_other(ring))
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    assert len(four) == len(one)
    assert len(four) <= 34


def _other(ring):
    return ring.rating("an", RatingKind.CADRE).group_id


@pytest.mark.parametrize("name", ["board_list", "conclusion_list", "publication", "result_list"])
def test_lists_cost_the_same_for_one_row_and_for_three(ring, login, name):
    client = login("lan" if name != "result_list" else "chi")
    rows = [ring.rating(short) for short in ("chi", "oanh", "binh")]

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(f"reviews:{name}"), {"cycle": "2024"}).status_code == 200
        return len(found)

    ring.pend(rows, "good")
    ring.confirm(ring.record(rows[:1], "BTV-DUK", number="1"))
    Rating.objects.filter(pk=rows[0].pk).update(notified_at=timezone.now(), published_at=timezone.now())
    cost()
    first = cost()
    ring.record(rows[1:2], "BTV-DUK", number="2")
    ring.record(rows[2:], "BTV-DUK", number="3")
    now = timezone.now()
    Rating.objects.filter(state="decision").update(
        decided_grade="good", decided_on=now.date(), published_at=now, notified_at=now
    )
    assert cost() == first


def test_board_post_puts_grades_before_the_body_once(ring, login):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    client = login("lan")
    body = fields(chi, oanh) | {"idempotency_key": "b-1"}
    assert client.post(address(ring), body).status_code == 302
    assert client.post(address(ring), body).status_code == 302
    assert Rating.objects.get(pk=chi.pk).version == chi.version + 1
    changed = fields(chi, grade="completed", ground="Khác") | {"idempotency_key": "b-1"}
    assert client.post(address(ring), changed).status_code == 409


def test_one_ground_serves_the_ticked_rows(ring, login):
    chi, oanh, binh = ring.rating("chi"), ring.rating("oanh"), ring.rating("binh")
    body = fields(chi, oanh, grade="completed") | fields(binh, grade="completed", ground="Riêng của Bình")
    body |= {"ground_for_all": "Hạ do khống chế tỷ lệ", "with_ground": [str(chi.uuid), str(oanh.uuid)]}
    assert login("lan").post(address(ring), body).status_code == 302
    grounds = [Rating.objects.get(pk=row.pk).pending_ground for row in (chi, oanh, binh)]
    assert grounds == ["Hạ do khống chế tỷ lệ", "Hạ do khống chế tỷ lệ", "Riêng của Bình"]


def test_refused_board_keeps_what_was_typed(ring, login):
    chi = ring.rating("chi")
    body = fields(chi, grade="excellent", ground="Thành tích nổi bật", document="")
    answer = login("lan").post(address(ring), body)
    assert answer.status_code == 422
    assert "xếp cao hơn mức gợi ý thì phải có văn bản" in answer.text
    assert 'value="Thành tích nổi bật"' in answer.text
    assert Rating.objects.get(pk=chi.pk).pending_grade == ""


def test_stale_board_is_answered_409_and_keeps_what_was_typed(ring, login):
    chi = ring.rating("chi")
    body = fields(chi, grade="completed", ground="Căn cứ đã gõ")
    ring.pend([chi], "good")
    answer = login("lan").post(address(ring), body)
    assert answer.status_code == 409
    assert 'value="Căn cứ đã gõ"' in answer.text
    assert Rating.objects.get(pk=chi.pk).pending_grade == "good"


def test_conclusion_is_recorded_from_the_board_and_keeps_its_form_when_refused(ring, login):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.pend([chi, oanh], "good")
    client, act = login("lan"), address(ring, "board_conclude")
    assert client.post(act, paper(number="") | {"rating": [str(chi.uuid)]}).status_code == 422
    for _ in range(2):
        assert client.post(act, paper() | ticked(chi) | {"idempotency_key": "c-1"}).status_code == 302
    again = client.post(act, paper(signatory="Người Ký Khác") | ticked(oanh))
    assert again.status_code == 422
    assert "đã dùng số" in again.text
    assert 'value="Người Ký Khác"' in again.text
    assert f'value="{oanh.uuid}" checked' in again.text
    assert f'name="rating" value="{chi.uuid}" checked' not in again.text
    assert [line.rating_id for line in Conclusion.objects.get().lines.all()] == [chi.pk]
    assert login("tu").post(act, paper(number="16") | ticked(oanh)).status_code == 403
    assert login("chi").post(act, paper()).status_code == 404


@pytest.mark.parametrize("grade", ["completed", ""])
def test_conclusion_is_refused_when_a_grade_was_changed_after_the_recorder_saw_it(ring, login, grade):
    chi, oanh = ring.rating("chi"), ring.rating("oanh")
    ring.pend([chi, oanh], "good")
    client, act, seen = login("lan"), address(ring, "board_conclude"), ticked(chi, oanh)
    ring.pend([oanh], grade, actor="tu")
    answer = client.post(act, paper() | seen)
    assert answer.status_code == 409
    assert "Đặng Kiều Oanh: có người khác đã thay đổi dòng này sau khi đồng chí mở." in answer.text
    assert not Conclusion.objects.exists()
    assert client.post(act, paper() | {"rating": seen["rating"]}).status_code == 409
    assert client.post(act, paper() | ticked(chi)).status_code == 302


def test_conclusion_is_confirmed_on_its_page(ring, login):
    chi = ring.rating("chi")
    ring.pend([chi], "good")
    conclusion = ring.record([chi], "BTV-DUK")
    page = reverse("reviews:conclusion_detail", args=[conclusion.uuid])
    act = reverse("reviews:conclusion_act", args=[conclusion.uuid, "confirm"])
    assert login("chi").get(page).status_code == 404
    assert act not in login("lan").get(page).text
    assert login("lan").post(act, {"version": conclusion.version}).status_code == 403
    client = login("minh")
    assert act in client.get(page).text
    assert client.post(act, {"version": conclusion.version}).status_code == 302
    assert Rating.objects.get(pk=chi.pk).state == "notice"
    assert client.post(act, {"version": conclusion.version}).status_code == 409
    assert client.post(reverse("reviews:conclusion_act", args=[conclusion.uuid, "erase"])).status_code == 404


def test_exception_is_recorded_by_the_recorder_alone(ring, login):
    ledger = QuotaLedger.objects.get(group=ring.rating("chi").group)
    act, body = address(ring, "board_exception"), {"allowed": 2, "document": "CV 7", "version": ledger.version}
    assert login("tu").post(act, body).status_code == 403
    client = login("lan")
    assert client.post(act, body | {"document": ""}).status_code == 422
    assert client.post(act, body).status_code == 302
    assert client.post(act, body).status_code == 409
    assert QuotaLedger.objects.get(pk=ledger.pk).exception_allowed == 2


@pytest.mark.parametrize(("short", "status"), [("tu", 200), ("chi", 403), ("lan", 403), ("em", 404)])
def test_appraisal_page_is_for_who_holds_the_pen(ring, login, short, status):
    chi = ring.rating("chi")
    Rating.objects.filter(pk=chi.pk).update(state="appraisal")
    # The subject sees nothing of an appraisal, the recorder nothing before the body has it.
    expected = 404 if short in ("chi", "lan") else status
    answer = login(short).get(reverse("reviews:rating_appraise", args=[chi.uuid]))
    assert answer.status_code == expected


def test_appraisal_is_saved_then_handed_on_and_keeps_what_was_typed(ring, login):
    chi = ring.rating("chi")
    Rating.objects.filter(pk=chi.pk).update(state="appraisal")
    client, page = login("tu"), reverse("reviews:rating_appraise", args=[chi.uuid])
    refused = client.post(page, {"comment": "Đã đối chiếu hồ sơ", "version": chi.version})
    assert refused.status_code == 422
    assert "Đã đối chiếu hồ sơ" in refused.text
    body = {"grade": "completed", "comment": "Đã đối chiếu hồ sơ", "version": chi.version}
    assert client.post(page, body).status_code == 302
    row = Rating.objects.get(pk=chi.pk)
    assert (row.state, row.appraised_grade, row.appraisal_comment) == ("appraisal", "completed", "Đã đối chiếu hồ sơ")
    assert client.post(page, body).status_code == 409
    assert client.post(page, body | {"version": row.version, "hand_on": "1"}).status_code == 302
    assert Rating.objects.get(pk=chi.pk).state == "decision"
