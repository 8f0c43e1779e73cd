"""The asking side: a letter that is written, completed, put out, closed, opened again, withdrawn, with its last day."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.models import Consultation, Framework
from criteria.selectors.consulting import consultations as selectors
from criteria.services.consulting import consultations, consulted_texts
from orgs.models import AuditEvent, Blocked, Forbidden, Message, Refusal, Stale
from orgs.services import outbox
from tests.criteria import rounds
from tests.criteria.consulting import asking
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


def test_draft_names_everything_that_it_lacks_before_it_goes_out(province):
    row = asking.draft(province, number="", letter="", due_on=None)
    with pytest.raises(Blocked) as refusal:
        asking.move(province, row, "open")
    assert refusal.value.reasons[0].split(". ") == [
        "Công văn chưa có số hoặc chưa có ngày",
        "Công văn chưa có nội dung và cũng chưa có tệp kèm theo",
        "Chưa đặt hạn trả lời",
        "Chưa có văn bản nào để lấy ý kiến",
        "Chưa chọn nơi nhận nào.",
    ]
    assert asking.fresh(row).state == "draft"


def test_letter_that_is_a_file_only_needs_no_text(province):
    row = asking.ready(province, letter="")
    assert len(selectors.what_is_missing(row)) == 1
    upload = SimpleUploadedFile("cong-van.pdf", PDF)
    consultations.attach_letter_file(
        consultation=row, upload=upload, version=row.version, actor=province.users["giang"]
    )
    assert selectors.what_is_missing(asking.fresh(row)) == []


def test_complete_draft_goes_out_and_tells_who_may_answer(province):
    row = asking.opened(province)
    assert asking.fresh(row).opened_at is not None
    outbox.drain()
    told = set(Message.objects.values_list("recipient__username", flat=True))
    assert told == {"an", "nga", "dung", "khanh", "binh"}
    message = Message.objects.get(recipient=province.users["an"])
    assert message.subject == "Xin ý kiến: Lấy ý kiến về văn bản đánh giá, phân loại cán bộ"
    assert message.due_on == row.due_on
    assert message.url.endswith(str(asking.reply_of(row, "SKH").uuid))
    outbox.drain()
    assert Message.objects.count() == len(told)


def test_stranger_writes_no_letter_for_a_body(province):
    for short in ("an", "khanh", "ha", "tu"):
        with pytest.raises(Forbidden):
            consultations.create_consultation(
                issuer=province.units["TU"], title="Lấy ý kiến", actor=province.users[short]
            )
    assert not Consultation.objects.exists()


def test_last_day_before_the_date_of_the_letter_is_refused(province):
    with pytest.raises(Refusal) as refusal:
        asking.draft(province, due_on=timezone.localdate() - timedelta(days=6))
    assert refusal.value.field == "due_on"
    assert not Consultation.objects.exists()


def test_letter_is_not_written_on_a_stale_page_nor_after_it_went_out(province):
    row = asking.ready(province)
    with pytest.raises(Stale):
        consultations.update_letter(
            consultation=row, version=row.version - 1, actor=province.users["giang"], title="Khác"
        )
    asking.move(province, row, "open")
    with pytest.raises(Refusal, match="không còn là dự thảo"):
        consultations.update_letter(
            consultation=row, version=asking.fresh(row).version, actor=province.users["giang"], title="Khác"
        )
    assert asking.fresh(row).title == "Lấy ý kiến về văn bản đánh giá, phân loại cán bộ"


def test_own_draft_framework_goes_into_consultation_and_synthesis_with_it(province):
    law = rounds.regulation()
    framework = rounds.frameworks.add_illustrations(
        issuer=province.units["TU"],
        regulation=law,
        templates=rounds.illustrations()[law.key][:1],
        actor=province.users["giang"],
    )[0]
    row = asking.draft(province)
    consulted_texts.add_framework(
        consultation=row, framework=framework, version=row.version, actor=province.users["giang"]
    )
    row = asking.with_recipients(province, asking.fresh(row))
    asking.move(province, row, "open")
    assert Framework.objects.get(pk=framework.pk).state == "consultation"
    asking.move(province, row, "close")
    assert Framework.objects.get(pk=framework.pk).state == "synthesis"
    assert asking.fresh(row).closed_at is not None


def test_closed_consultation_is_asked_again_with_a_reason(province):
    row = asking.move(province, asking.opened(province), "close")
    with pytest.raises(Refusal):
        asking.move(province, row, "reopen")
    asking.move(province, row, "reopen", note="Còn thiếu ý kiến của các sở")
    found = asking.fresh(row)
    assert (found.state, found.closed_at) == ("open", None)


def test_withdrawn_consultation_tells_who_was_asked_and_is_owed_no_answer(province):
    row = asking.move(province, asking.opened(province), "withdraw", note="Dừng việc sửa đổi")
    outbox.drain()
    told = Message.objects.filter(subject__startswith="Đã rút").values_list("recipient__username", flat=True)
    assert set(told) == {"an", "nga", "dung", "khanh", "binh"}
    assert asking.fresh(row).state == "withdrawn"


def test_draft_that_is_withdrawn_was_never_seen_by_anybody_else(province):
    row = asking.move(province, asking.ready(province), "withdraw", note="Không cần nữa")
    outbox.drain()
    assert not Message.objects.exists()
    assert not selectors.visible_to(province.users["an"]).filter(pk=row.pk).exists()


def test_last_day_is_moved_by_a_document_and_lateness_follows_it(province):
    today = timezone.localdate()
    row = asking.opened(province, due_on=today - timedelta(days=1), sent_on=today - timedelta(days=9))
    reply = asking.answered(province, row)
    assert asking.fresh(reply).is_late
    given = {"consultation": row, "actor": province.users["giang"], "version": asking.fresh(row).version}
    with pytest.raises(Refusal) as refusal:
        consultations.move_last_day(due_on=today + timedelta(days=3), document=" ", **given)
    assert refusal.value.field == "document"
    consultations.move_last_day(due_on=today + timedelta(days=3), document="CV 12-CV/TU", **given)
    assert not asking.fresh(reply).is_late
    assert asking.fresh(row).due_on == today + timedelta(days=3)
    assert AuditEvent.objects.filter(action="consultation.last_day_moved").exists()


def test_last_day_is_in_time_and_the_day_after_is_late(province):
    row = asking.draft(province)
    assert not selectors.is_late(row, row.due_on)
    assert selectors.is_late(row, row.due_on + timedelta(days=1))


def test_live_picture_counts_each_kind_of_answer(province):
    row = asking.opened(province)
    asking.answered(province, row)
    found = selectors.picture_of(row)
    assert (found.asked, found.answered, found.waiting, found.late) == (3, 1, 2, 0)
    listed = selectors.listed(province.users["giang"]).get()
    assert (listed.asked, listed.answered) == (3, 1)


def test_file_of_the_letter_is_taken_off_while_it_is_a_draft(province):
    row = asking.ready(province)
    kept = consultations.attach_letter_file(
        consultation=row,
        upload=SimpleUploadedFile("du-thao.pdf", PDF),
        version=row.version,
        actor=province.users["giang"],
    )
    consultations.detach_letter_file(
        consultation=row, file=kept, version=asking.fresh(row).version, actor=province.users["giang"]
    )
    assert not selectors.files_of(row).exists()
