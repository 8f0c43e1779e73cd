"""Pages of the answering side: asked of me, the reply, writing without a script, autosave, conflicts, paper, home."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import KeptRemark, Remark
from criteria.selectors.consulting import addressees as selectors
from tests.criteria.consulting import asking
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def sent(reply, **more):
    return {"version": asking.fresh(reply).version, **more}


@pytest.fixture
def row(province):
    return asking.opened(province)


@pytest.fixture
def reply(row):
    return asking.reply_of(row, "SKH")


def place(reply, label, number=1, name="remark_edit"):
    return page(name, reply.uuid, asking.clause(reply.consultation, label).uuid, number)


def test_list_shows_what_is_asked_of_me_and_nothing_else(login, province, row):
    body = text_of(login("nga").get(page("reply_list")))
    assert row.title in body
    assert "Sở Kế hoạch và Đầu tư" in body
    assert "Sở Y tế" not in body
    assert "Chưa có nơi nào xin ý kiến" in text_of(login("chi").get(page("reply_list")))


def test_list_is_filtered_by_answered_and_waiting(login, province, row, reply):
    client = login("an")
    assert row.title in text_of(client.get(page("reply_list"), {"status": "waiting"}))
    assert row.title not in text_of(client.get(page("reply_list"), {"status": "answered"}))
    asking.answered(province, row)
    assert row.title in text_of(client.get(page("reply_list"), {"status": "answered"}))


def test_home_page_leads_to_the_answer_of_who_holds_the_pen(login, province, row, reply):
    home = reverse("reviews:home")
    for short in ("an", "nga"):
        assert page("reply_detail", reply.uuid) in text_of(login(short).get(home))
    assert page("reply_detail", reply.uuid) not in text_of(login("khanh").get(home))
    assert "Đã trả lời 0/3 nơi" in text_of(login("giang").get(home))
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.move(province, reply, "prepare", "nga")
    assert "Xem và gửi" in text_of(login("an").get(home))
    assert "Xem và gửi" not in text_of(login("nga").get(home))
    asking.move(province, reply, "send", "an")
    assert page("reply_detail", reply.uuid) not in text_of(login("an").get(home))


def test_remark_is_written_by_plain_forms_from_clause_to_clause(login, province, reply):
    client = login("nga")
    url = place(reply, "Điều 1")
    assert "Quy định này quy định việc đánh giá" in text_of(client.get(url))
    answer = client.post(url, {"version": "0", "kind": "drop", "reason": "Thừa.", "done": "1"})
    assert answer.headers["Location"] == place(reply, "Điều 2")
    answer = client.post(place(reply, "Điều 2, khoản 2"), {"version": "0", "kind": "keep", "done": "1"})
    assert answer.headers["Location"] == page("reply_detail", reply.uuid)
    shown = text_of(client.get(page("reply_detail", reply.uuid)))
    assert "Đã có ý kiến ở 2 điều khoản" in shown
    assert "Thừa." in shown


def test_remark_that_lacks_its_reason_is_saved_and_says_so(login, province, reply):
    answer = login("nga").post(
        place(reply, "Điều 1"), {"version": "0", "kind": "amend", "wording": "Câu khác.", "done": "1"}
    )
    assert answer.status_code == 422
    assert "Nêu lý do của đề xuất." in text_of(answer)
    assert Remark.objects.get().wording == "Câu khác."


def test_kind_that_is_none_stays_on_the_page_with_what_was_typed(login, province, reply):
    answer = login("nga").post(place(reply, "Điều 1"), {"version": "0", "kind": "tùy", "reason": "Đang gõ"})
    assert answer.status_code == 422
    assert "Đang gõ" in text_of(answer)
    assert not Remark.objects.exists()


def test_remark_is_removed_and_a_second_one_added(login, province, reply):
    client = login("nga")
    client.post(place(reply, "Điều 1"), {"version": "0", "kind": "drop", "reason": "Thừa."})
    assert place(reply, "Điều 1", 2) in text_of(client.get(place(reply, "Điều 1")))
    client.post(place(reply, "Điều 1", 2), {"version": "0", "kind": "add", "reason": "Thiếu."})
    client.post(place(reply, "Điều 1"), {"version": "1", "kind": "drop", "reason": "Thừa.", "remove": "1"})
    assert [remark.kind for remark in selectors.remarks_of(reply)] == ["add"]
    assert client.get(place(reply, "Điều 1", 21)).status_code == 404
    assert client.get(place(reply, "Điều 1", 0)).status_code == 404


def test_page_of_a_clause_is_closed_with_the_reason_once_the_answer_is_sent(login, province, row):
    reply = asking.answered(province, row)
    answer = login("nga").get(place(reply, "Điều 1"))
    assert answer.status_code == 403
    assert "không ghi thêm được nữa" in text_of(answer)


def test_nobody_else_finds_the_pages_of_a_reply(login, province, reply):
    for short in ("khanh", "chi", "tu"):
        client = login(short)
        for url in (page("reply_detail", reply.uuid), place(reply, "Điều 1"), page("reply_paper", reply.uuid)):
            assert client.get(url).status_code == 404
    assert login("giang").get(place(reply, "Điều 1")).status_code == 404
    assert login("an").get(page("reply_paper", reply.uuid)).status_code == 403


def autosave(client, reply, label, **body):
    return client.post(place(reply, label, name="remark_autosave"), body)


def test_autosave_answers_the_version_and_the_time(login, province, reply):
    client = login("nga")
    answer = autosave(client, reply, "Điều 1", version="0", kind="amend", tab_id="a", client_seq="1")
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["saved"].startswith("Đã lưu")
    empty = autosave(client, reply, "Điều 2", version="0", tab_id="a", client_seq="1")
    assert (empty.status_code, empty.json()["version"]) == (200, 0)


def test_two_tabs_lose_nothing(login, province, reply):
    autosave(login("nga"), reply, "Điều 1", version="0", kind="amend", wording="Của Nga", tab_id="a", client_seq="1")
    client = login("an")
    answer = autosave(client, reply, "Điều 1", version="0", kind="drop", reason="Của Ấn", tab_id="b", client_seq="1")
    assert answer.status_code == 409
    url = answer.json()["conflict_url"]
    shown = text_of(client.get(url))
    assert "Của Nga" in shown
    assert "Của Ấn" in shown
    assert login("nga").get(url).status_code == 404
    client = login("an")
    answer = client.post(url, {"version": "1", "kind": "amend", "wording": "Của Nga", "reason": "Của Ấn"})
    assert answer.headers["Location"] == place(reply, "Điều 1")
    saved = Remark.objects.get()
    assert (saved.wording, saved.reason, saved.version) == ("Của Nga", "Của Ấn", 2)
    assert KeptRemark.objects.get().settled_at is not None


def test_conflict_of_a_plain_form_shows_both_texts_and_keeps_the_saved_one_on_demand(login, province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Của Nga")
    client = login("an")
    answer = client.post(place(reply, "Điều 1"), {"version": "0", "kind": "drop", "reason": "Của Ấn"})
    assert answer.status_code == 409
    assert "Của Nga" in text_of(answer)
    kept = KeptRemark.objects.get()
    answer = client.post(page("remark_keep_saved", kept.uuid))
    assert answer.headers["Location"] == page("reply_detail", reply.uuid)
    assert Remark.objects.get().wording == "Của Nga"
    assert KeptRemark.objects.get().settled_at is not None


def test_second_conflict_while_mending_shows_both_texts_again(login, province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Một")
    client = login("an")
    client.post(place(reply, "Điều 1"), {"version": "0", "kind": "drop", "reason": "Của Ấn"})
    kept = KeptRemark.objects.get()
    asking.write(province, reply, "nga", "Điều 1", "amend", "Hai", version=1)
    answer = client.post(page("remark_conflict", kept.uuid), {"version": "1", "kind": "drop", "reason": "Đã sửa"})
    assert answer.status_code == 409
    assert "Hai" in text_of(answer)
    assert "Đã sửa" in text_of(answer)


def test_remark_after_the_synthesis_closed_is_kept_and_shown_to_its_writer(login, province, row, reply):
    type(row).objects.filter(pk=row.pk).update(state="submitted")
    client = login("nga")
    answer = autosave(client, reply, "Điều 1", version="0", kind="drop", reason="Muộn rồi", tab_id="a", client_seq="1")
    assert answer.status_code == 422
    assert "khép lại" in answer.json()["message"]
    shown = text_of(client.get(answer.json()["conflict_url"]))
    assert "Muộn rồi" in shown
    assert "Lưu nội dung này" not in shown
    assert answer.json()["conflict_url"] in text_of(client.get(page("reply_detail", reply.uuid)))


def test_autosave_refuses_a_stranger_a_wrong_kind_and_a_lost_pen(login, province, reply):
    assert autosave(login("khanh"), reply, "Điều 1", version="0").status_code == 404
    answer = autosave(login("nga"), reply, "Điều 1", version="0", kind="tùy")
    assert (answer.status_code, "Chọn giữ nguyên" in answer.json()["message"]) == (422, True)


def test_answer_goes_through_its_head_by_buttons(login, province, reply):
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thừa.")
    client = login("nga")
    shown = text_of(client.get(page("reply_detail", reply.uuid)))
    assert page("reply_prepare", reply.uuid) in shown
    assert page("reply_send", reply.uuid) not in shown
    client.post(page("reply_prepare", reply.uuid), sent(reply))
    client = login("an")
    shown = text_of(client.get(page("reply_detail", reply.uuid)))
    assert page("reply_send", reply.uuid) in shown
    client.post(page("reply_return", reply.uuid), sent(reply, note="Nêu rõ hơn"))
    assert "Nêu rõ hơn" in text_of(login("nga").get(page("reply_detail", reply.uuid)))
    login("an").post(page("reply_send", reply.uuid), sent(reply))
    assert asking.fresh(reply).state == "replied"
    assert "Nguyễn Văn Ấn" in text_of(login("giang").get(page("reply_detail", reply.uuid)))


def test_agreeing_is_one_button_and_is_gone_once_there_are_remarks(login, province, reply):
    client = login("an")
    agree = page("reply_agree", reply.uuid)
    assert agree in text_of(client.get(page("reply_detail", reply.uuid)))
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thừa.")
    assert agree not in text_of(client.get(page("reply_detail", reply.uuid)))
    answer = client.post(agree, sent(reply), follow=True)
    assert "Đã ghi 1 ý kiến" in text_of(answer)
    asking.write(province, reply, "nga", "Điều 1", "", version=1)
    client.post(agree, sent(reply))
    assert (asking.fresh(reply).state, asking.fresh(reply).is_without_remarks) == ("replied", True)


def test_head_names_who_prepares_the_answer(login, province, reply):
    client, url = login("an"), page("reply_preparer", reply.uuid)
    assert "Lê Thị Kim Chi" in text_of(client.get(page("reply_detail", reply.uuid)))
    client.post(url, sent(reply, preparer=str(province.users["chi"].uuid)))
    assert asking.fresh(reply).preparer == province.users["chi"]
    assert client.post(url, sent(reply, preparer=str(province.users["em"].uuid))).status_code == 404
    assert login("nga").post(url, sent(reply)).status_code == 403
    assert login("chi").get(page("reply_detail", reply.uuid)).status_code == 200
    login("an").post(url, sent(reply, preparer=""))
    assert asking.fresh(reply).preparer is None


def test_files_of_reply_and_remark_are_attached_and_removed(login, province, reply):
    remark = asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thừa.")
    client, url = login("nga"), page("reply_file_add", reply.uuid)
    back = place(reply, "Điều 1")
    upload = SimpleUploadedFile("minh-chung.pdf", PDF)
    answer = client.post(url, sent(reply, file=upload, remark=str(remark.uuid), next=back))
    assert answer.headers["Location"] == back
    assert "minh-chung.pdf" in text_of(client.get(back))
    client.post(url, sent(reply, file=SimpleUploadedFile("y-kien.pdf", PDF), next="//evil.example"))
    kept = selectors.files_of(reply).get()
    assert "y-kien.pdf" in text_of(client.get(page("reply_detail", reply.uuid)))
    assert "Hãy chọn tệp" in text_of(client.post(url, sent(reply), follow=True))
    client.post(page("reply_file_remove", reply.uuid, kept.uuid), sent(reply))
    client.post(page("reply_file_remove", reply.uuid, selectors.files_of_remark(remark).get().uuid), sent(reply))
    assert not selectors.files_of(reply).exists()
    assert not selectors.files_of_remark(remark).exists()


def paper(reply, *rows, **more):
    body = {"number": "45-CV/SKH", "paper_on": f"{timezone.localdate():%d/%m/%Y}"}
    body |= {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0}
    for number, given in enumerate(rows):
        body |= {f"rows-{number}-{name}": value for name, value in given.items()}
    return sent(reply, **(body | more))


def test_answer_from_paper_is_entered_with_scan_and_remarks(login, province, reply):
    clause = asking.clause(reply.consultation, "Điều 1")
    client, url = login("giang"), page("reply_paper", reply.uuid)
    assert client.get(url).status_code == 200
    scan = SimpleUploadedFile("cv-45.pdf", PDF)
    given = {"clause": str(clause.uuid), "kind": "drop", "reason": "Thừa."}
    answer = client.post(url, paper(reply, given, {"kind": ""}, scan=scan))
    assert answer.status_code == 302
    found = asking.fresh(reply)
    assert (found.state, found.paper_number, found.entered_by) == ("replied", "45-CV/SKH", province.users["giang"])
    assert (found.is_without_remarks, found.is_late) == (False, False)
    assert [remark.reason for remark in selectors.remarks_of(found)] == ["Thừa."]
    assert "cv-45.pdf" in text_of(client.get(page("reply_detail", reply.uuid)))
    assert client.get(url).status_code == 403


def test_paper_without_rows_agrees_and_what_the_body_had_begun_is_kept_for_its_writer(login, province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Đang viết dở")
    login("giang").post(page("reply_paper", reply.uuid), paper(reply))
    found = asking.fresh(reply)
    assert (found.state, found.is_without_remarks) == ("replied", True)
    assert not Remark.objects.exists()
    kept = selectors.kept_for(province.users["nga"], found).get()
    assert (kept.why, kept.content["wording"]) == ("paper", "Đang viết dở")
    assert "Đang viết dở" in text_of(login("nga").get(page("remark_conflict", kept.uuid)))


def test_wrong_paper_is_named_and_nothing_is_saved(login, province, reply):
    clause = str(asking.clause(reply.consultation, "Điều 1").uuid)
    client, url = login("giang"), page("reply_paper", reply.uuid)
    for body, words in (
        (paper(reply, number=" "), "Số văn bản"),
        (paper(reply, paper_on="01/01/2999"), "ở tương lai"),
        (paper(reply, {"clause": clause, "kind": "amend"}), "cần sửa lại"),
        (paper(reply, {"reason": "Không rõ điều nào"}), "cần sửa lại"),
    ):
        answer = client.post(url, body)
        assert answer.status_code == 200
        assert words in text_of(answer)
    assert asking.fresh(reply).state == "asked"
    assert not Remark.objects.exists()


def test_more_rows_are_asked_for_without_losing_what_was_typed(login, province, reply):
    answer = login("giang").post(page("reply_paper", reply.uuid), paper(reply, {"reason": "Đang gõ"}, more="1"))
    assert "Đang gõ" in text_of(answer)
    assert 'name="rows-3-reason"' in text_of(answer)
    assert asking.fresh(reply).state == "asked"


def test_paper_of_a_consultation_whose_synthesis_is_closed_is_refused(login, province, row, reply):
    type(row).objects.filter(pk=row.pk).update(state="submitted")
    assert login("giang").get(page("reply_paper", reply.uuid)).status_code == 403


def test_asking_side_asks_a_body_again(login, province, row):
    reply = asking.answered(province, row)
    client = login("giang")
    client.post(page("reply_reopen", reply.uuid), sent(reply, note="Nêu rõ giải pháp"))
    assert asking.fresh(reply).state == "asked"
    assert "Nêu rõ giải pháp" in text_of(login("nga").get(page("reply_detail", reply.uuid)))


def test_reply_costs_the_same_queries_with_few_and_many_remarks(login, province, reply):
    client, url = login("nga"), page("reply_detail", reply.uuid)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for label in asking.LABELS:
        asking.write(province, reply, "nga", label, "drop", reason="Thừa.")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
