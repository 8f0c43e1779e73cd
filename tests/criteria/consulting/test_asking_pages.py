"""Pages of the asking side: list, steps of a draft, cutting, picking, the live picture, remarks by clause."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import consultations as selectors
from tests.criteria import rounds
from tests.criteria.consulting import asking
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def sent(row, **more):
    return {"version": asking.fresh(row).version, **more}


def test_list_is_for_who_asks_and_shows_how_many_have_answered(login, province):
    row = asking.opened(province)
    asking.answered(province, row)
    body = text_of(login("giang").get(page("consultation_list")))
    assert row.title in body
    assert "1/3" in body
    assert login("an").get(page("consultation_list")).status_code == 403


def test_list_is_searched_and_filtered_by_state(login, province):
    row = asking.opened(province)
    client = login("giang")
    for query, is_found in (
        ({"q": "tinh uy"}, True),
        ({"q": "1440"}, True),
        ({"q": "khác"}, False),
        ({"state": "open"}, True),
        ({"state": "draft"}, False),
    ):
        assert (row.title in text_of(client.get(page("consultation_list"), query))) == is_found


def test_draft_is_made_step_by_step_without_any_script(login, province):
    client = login("giang")
    day = timezone.localdate() + timedelta(days=20)
    answer = client.post(
        page("consultation_create"),
        {
            "issuer": province.units["TU"].pk,
            "title": "Góp ý Quy định 906",
            "number": "1440-CV/BTCTU",
            "sent_on": f"{timezone.localdate():%d/%m/%Y}",
            "due_on": f"{day:%d/%m/%Y}",
            "letter": "Kính gửi các cơ quan.",
            "idempotency_key": "k1",
        },
    )
    row = Consultation.objects.get()
    assert answer.headers["Location"] == page("consultation_texts", row.uuid)
    add = page("consulted_text_add", row.uuid, "pasted")
    given = {"title": "Quy định 906", "way": "points", "text": asking.TEXT}
    answer = client.post(add, sent(row, **given))
    text = row.texts.get()
    assert answer.headers["Location"] == page("consulted_text_edit", text.uuid)
    shown = text_of(client.get(answer.headers["Location"]))
    assert all(f'value="{label}"' in shown for label in asking.LABELS)
    client.post(page("addressee_add", row.uuid), sent(row, block=["1440-3"]))
    assert set(row.addressees.values_list("unit__code", flat=True)) == {"SNV", "SKH", "SYT"}
    shown = text_of(client.get(page("consultation_detail", row.uuid)))
    assert "Còn thiếu" not in shown
    client.post(page("consultation_open", row.uuid), sent(row))
    assert asking.fresh(row).state == "open"


def test_draft_that_lacks_something_says_what_and_is_not_put_out(login, province):
    row = asking.draft(province)
    client = login("giang")
    shown = text_of(client.get(page("consultation_detail", row.uuid)))
    assert "Chưa có văn bản nào để lấy ý kiến." in shown
    assert "Chưa chọn nơi nhận nào." in shown
    client.post(page("consultation_open", row.uuid), sent(row))
    assert asking.fresh(row).state == "draft"


def test_letter_saved_on_a_stale_page_comes_back_as_typed(login, province):
    row = asking.draft(province)
    answer = login("giang").post(
        page("consultation_edit", row.uuid), {"title": "Tên đang gõ", "version": row.version + 1}
    )
    assert answer.status_code == 409
    assert "Tên đang gõ" in text_of(answer)
    assert asking.fresh(row).title != "Tên đang gõ"


def test_letter_is_edited_and_its_files_attached_and_removed(login, province):
    row = asking.draft(province)
    client = login("giang")
    answer = client.post(page("consultation_edit", row.uuid), sent(row, title="Tên mới", question="Sửa gì?"))
    assert answer.headers["Location"] == page("consultation_texts", row.uuid)
    assert asking.fresh(row).title == "Tên mới"
    upload = SimpleUploadedFile("du-thao.pdf", PDF)
    client.post(page("consultation_file_add", row.uuid), sent(row, file=upload))
    kept = selectors.files_of(row).get()
    assert "du-thao.pdf" in text_of(client.get(page("consultation_edit", row.uuid)))
    client.post(page("consultation_file_remove", row.uuid, kept.uuid), sent(row))
    assert not selectors.files_of(row).exists()
    assert "Hãy chọn tệp" in text_of(client.post(page("consultation_file_add", row.uuid), sent(row), follow=True))


def cut_page(login, province):
    row = asking.with_text(province, asking.draft(province))
    text = row.texts.get()
    return login("giang"), row, page("consulted_text_edit", text.uuid), text


def labels(text):
    return list(text.clauses.order_by("order").values_list("label", flat=True))


def test_clause_is_joined_split_left_out_and_added_by_buttons(login, province):
    client, row, url, text = cut_page(login, province)
    client.post(url, sent(row, act="join-3"))
    assert labels(text) == ["Điều 1", "Điều 2", "Điều 2, khoản 1"]
    client.post(url, sent(row, **{"act": "split-1", "body-1": "Một\r\n\r\nHai"}))
    assert labels(text) == ["Điều 1", "Điều 1 (2)", "Điều 2", "Điều 2, khoản 1"]
    client.post(url, sent(row, act="leave_out-2"))
    assert labels(text) == ["Điều 1", "Điều 2", "Điều 2, khoản 1"]
    client.post(url, sent(row, **{"label-new": "Điều 3", "body-new": "Hiệu lực.", "label-1": "Điều 1 (mới)"}))
    assert labels(text) == ["Điều 1 (mới)", "Điều 2", "Điều 2, khoản 1", "Điều 3"]
    answer = client.post(url, sent(row, done="1"))
    assert answer.headers["Location"] == page("consultation_texts", row.uuid)


def test_clause_without_words_is_named_and_what_was_typed_stays(login, province):
    client, row, url, text = cut_page(login, province)
    answer = client.post(url, sent(row, **{"body-2": " ", "label-1": "Tên đang gõ"}))
    assert answer.status_code == 422
    assert "Điều khoản thứ 2" in text_of(answer)
    assert "Tên đang gõ" in text_of(answer)
    assert labels(text)[0] == "Điều 1"


def test_stale_page_of_clauses_is_a_conflict_that_keeps_what_was_typed(login, province):
    client, row, url, text = cut_page(login, province)
    answer = client.post(url, {"version": row.version - 1, "label-1": "Tên đang gõ"})
    assert answer.status_code == 409
    assert "Tên đang gõ" in text_of(answer)
    assert labels(text) == asking.LABELS


def test_text_from_a_file_is_cut_and_one_of_another_kind_refused(login, province):
    row = asking.draft(province)
    client, url = login("giang"), page("consulted_text_add", row.uuid, "pasted")
    given = {"title": "Dự thảo", "way": "articles"}
    upload = SimpleUploadedFile("du-thao.txt", asking.TEXT.encode())
    client.post(url, sent(row, file=upload, **given))
    assert labels(row.texts.get()) == ["Điều 1", "Điều 2"]
    for name, content, words in (
        ("du-thao.odt", b"PK", "không phải tệp TXT hay DOCX"),
        ("du-thao.txt", b"Mot\0hai", "không phải tệp văn bản thuần"),
        ("du-thao.txt", b"\xc4\x90i\xff\xe9u", "UTF-8"),
        ("du-thao.docx", b"not a zip", "không phải PDF, JPG"),
    ):
        answer = client.post(url, sent(row, file=SimpleUploadedFile(name, content), **given))
        assert words in text_of(answer)
    assert row.texts.count() == 1


def test_text_with_a_secrecy_mark_is_refused(login, province):
    row = asking.draft(province)
    given = {"title": "Dự thảo", "way": "points", "text": "TỐI MẬT\nĐiều 1. Một"}
    answer = login("giang").post(page("consulted_text_add", row.uuid, "pasted"), sent(row, **given))
    assert "dấu chỉ độ mật" in text_of(answer)
    assert not row.texts.exists()


def test_framework_and_regulation_are_put_out_clause_by_clause(login, province):
    law = rounds.regulation()
    framework = rounds.issued_frameworks(province, law)[0]
    row = asking.draft(province)
    client = login("giang")
    client.post(page("consulted_text_add", row.uuid, "framework"), sent(row, framework=framework.pk))
    client.post(
        page("consulted_text_add", row.uuid, "regulation"), sent(row, regulation=law.pk, parts=["quota", "dates"])
    )
    first, second = row.texts.order_by("order")
    criterion = framework.groups.order_by("order").first().criteria.order_by("order").first()
    clause = first.clauses.order_by("order").first()
    assert clause.body.startswith(criterion.title)
    assert "Xuất sắc" in clause.body
    assert clause.source == (criterion.code or criterion.number)
    assert second.clauses.filter(source="quota-percent").exists()
    assert not second.clauses.filter(source__startswith="rule-").exists()
    client.post(page("consulted_text_edit", second.uuid), sent(row, **{"act": "leave_out-1", "label-1": "Khác"}))
    assert not second.clauses.filter(label="Khác").exists()
    client.post(page("consulted_text_remove", first.uuid), sent(row))
    assert list(row.texts.all()) == [second]


def test_unknown_source_of_a_text_is_not_found(login, province):
    row = asking.draft(province)
    assert login("giang").get(page("consulted_text_add", row.uuid, "pasted")).status_code == 200
    assert login("giang").get(page("consulted_text_add", row.uuid, "other")).status_code == 404


def test_bodies_are_picked_by_filter_and_by_hand_with_the_number_before(login, province):
    row = asking.draft(province)
    client, url = login("giang"), page("addressee_pick", row.uuid)
    shown = text_of(client.get(url, {"line": "state", "level": "2"}))
    assert "Tìm thấy 3 cơ quan" in shown
    client.post(f"{page('addressee_add', row.uuid)}?line=state&level=2", sent(row, all="1"))
    assert set(row.addressees.values_list("unit__code", flat=True)) == {"SNV", "SKH", "SYT"}
    client.post(page("addressee_add", row.uuid), sent(row, unit=[str(province.units["DUK"].uuid)]))
    client.post(page("addressee_add", row.uuid), sent(row, person=[str(province.people["an"].uuid), "x"]))
    assert row.addressees.count() == 5
    one = row.addressees.get(unit__code="SNV")
    client.post(page("addressee_remove", row.uuid), sent(row, addressee=[str(one.uuid)]))
    assert not Addressee.objects.filter(pk=one.pk).exists()
    answer = client.post(
        page("addressee_add", row.uuid), sent(row, unit=[str(province.units["DUK"].uuid)]), follow=True
    )
    assert "đã có trong nơi nhận" in text_of(answer)


def test_cadre_is_found_by_name_within_reach_only(login, province):
    row = asking.draft(province)
    client, url = login("giang"), page("addressee_pick", row.uuid)
    assert "Nguyễn Văn Ấn" in text_of(client.get(url, {"cadre": "van an"}))
    shown = text_of(client.get(url, {"cadre": "ngoc em"}))
    assert "Đỗ Thị Ngọc Em" not in shown
    assert "Không tìm thấy ai" in shown
    client.post(page("addressee_add", row.uuid), sent(row, person=[str(province.people["em"].uuid)]))
    assert not row.addressees.exists()


def test_body_without_any_account_is_named_before_putting_out(login, province):
    row = asking.with_recipients(province, asking.draft(province), units=("UBND",), people=())
    shown = text_of(login("giang").get(page("consultation_detail", row.uuid)))
    assert "Nơi không thể trả lời trên hệ thống" in shown
    assert "Ủy ban nhân dân tỉnh Quảng Ngãi" in shown


def test_live_picture_is_filtered_by_the_address_and_keeps_prepared_remarks_to_the_body(login, province):
    row = asking.opened(province)
    reply = asking.reply_of(row, "SKH")
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Lý do riêng của sở")
    client, url = login("giang"), page("consultation_detail", row.uuid)
    assert "Sở Kế hoạch và Đầu tư" in text_of(client.get(url, {"status": "waiting"}))
    assert "Sở Kế hoạch và Đầu tư" not in text_of(client.get(url, {"status": "answered"}))
    assert "Lý do riêng" not in text_of(client.get(page("reply_detail", reply.uuid)))
    asking.move(province, reply, "send", "an")
    assert "Sở Kế hoạch và Đầu tư" in text_of(client.get(url, {"status": "answered", "q": "ke hoach"}))
    assert "Lý do riêng" in text_of(client.get(page("reply_detail", reply.uuid)))
    remarks = page("clause_remarks", asking.clause(row, "Điều 1").uuid)
    assert "Lý do riêng" in text_of(client.get(remarks, {"kind": "drop"}))
    assert "Lý do riêng" not in text_of(client.get(remarks, {"kind": "amend"}))


def test_remarks_of_all_are_closed_to_who_is_asked(login, province):
    row = asking.opened(province)
    asking.answered(province, row, "SYT", "khanh", "dung")
    client = login("an")
    assert client.get(page("consultation_detail", row.uuid)).status_code == 200
    assert client.get(page("consultation_clauses", row.uuid)).status_code == 403
    assert client.get(page("clause_remarks", asking.clause(row, "Điều 1").uuid)).status_code == 404
    assert client.get(page("reply_detail", asking.reply_of(row, "SYT").uuid)).status_code == 404


def test_last_day_is_moved_on_its_page(login, province):
    row = asking.opened(province)
    day = row.due_on + timedelta(days=5)
    client, url = login("giang"), page("consultation_last_day", row.uuid)
    assert client.get(url).status_code == 200
    client.post(url, sent(row, due_on=f"{day:%d/%m/%Y}", document="CV 15-CV/TU ngày 01/10/2021"))
    assert asking.fresh(row).due_on == day
    assert login("an").get(url).status_code == 403


def test_consultation_is_closed_reopened_and_withdrawn_by_buttons(login, province):
    row = asking.opened(province)
    client = login("giang")
    client.post(page("consultation_close", row.uuid), sent(row))
    client.post(page("consultation_reopen", row.uuid), sent(row, note="Còn thiếu"))
    assert asking.fresh(row).state == "open"
    client.post(page("consultation_withdraw", row.uuid), sent(row))
    assert asking.fresh(row).state == "open"
    client.post(page("consultation_withdraw", row.uuid), sent(row, note="Dừng"))
    assert asking.fresh(row).state == "withdrawn"
    assert login("an").post(page("consultation_open", row.uuid), sent(row)).status_code in (403, 409)


def test_picture_costs_the_same_queries_for_few_and_many_answers(login, province):
    row = asking.opened(province)
    client, url = login("giang"), page("consultation_detail", row.uuid)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    asking.answered(province, row)
    asking.answered(province, row, "SYT", "khanh", "dung")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)


def test_strip_of_a_clause_is_as_wide_as_its_remarks(login, province):
    row = asking.opened(province)
    asking.answered(province, row)
    shown = text_of(login("giang").get(page("consultation_clauses", row.uuid)))
    assert '<rect class="heat-strip__amend" x="0" y="0" width="120" height="10">' in shown
    assert 'class="heat-cell heat-cell--4"' in shown
    assert "style=" not in shown
