"""Answering: who reaches what, who prepares, who sends, what stands in the way, what the asking side sees when."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.models import Remark
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations, remarks
from criteria.services.consulting import replies
from orgs import roles
from orgs.models import Blocked, Forbidden, Message, Refusal, RoleGrant, Stale
from orgs.selectors.files import may_open
from tests.cast import SINCE
from tests.criteria.consulting import asking
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(province):
    return asking.opened(province)


@pytest.fixture
def reply(row):
    return asking.reply_of(row, "SKH")


def sees(province, short):
    rows = selectors.visible_to(province.users[short])
    return {str(found.unit.code if found.unit else "binh") for found in rows}


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("giang", {"SKH", "SYT", "binh"}),
        ("phuc", {"SKH", "SYT", "binh"}),
        ("an", {"SKH"}),
        ("nga", {"SKH"}),
        ("dung", {"SYT"}),
        ("khanh", {"SYT"}),
        ("binh", {"binh"}),
        ("chi", set()),
        ("em", set()),
        ("ha", set()),
        ("oanh", set()),
        ("quan", set()),
        ("tu", set()),
    ],
)
def test_addressee_is_seen_by_who_asks_and_by_who_answers_for_it(province, row, short, expected):
    assert sees(province, short) == expected
    sees_letter = consultations.visible_to(province.users[short]).filter(pk=row.pk).exists()
    assert sees_letter == bool(expected)


def test_nobody_but_the_asking_side_sees_the_addressees_of_a_draft(province):
    asking.ready(province)
    assert sees(province, "an") == sees(province, "khanh") == sees(province, "binh") == set()
    assert sees(province, "giang") == {"SKH", "SYT", "binh"}


def test_answer_is_prepared_by_one_and_sent_by_the_head(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Trùng với Điều 2.")
    asking.move(province, reply, "prepare", "nga")
    assert Message.objects.get(recipient=province.users["an"]).subject.startswith("Ý kiến trả lời đã sẵn sàng")
    with pytest.raises(Forbidden):
        asking.move(province, reply, "send", "nga")
    sent = asking.move(province, reply, "send", "an")
    found = asking.fresh(sent)
    assert (found.state, found.replied_by, found.is_late) == ("replied", province.users["an"], False)


def test_head_returns_the_answer_with_a_reason_that_its_writer_reads(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.move(province, reply, "prepare", "nga")
    asking.move(province, reply, "return", "an", note="Bổ sung lý do")
    found = asking.fresh(reply)
    assert (found.state, found.returned_note) == ("asked", "Bổ sung lý do")
    assert Message.objects.filter(recipient=province.users["nga"], subject__startswith="Người đứng đầu trả lại")
    asking.move(province, reply, "prepare", "nga")
    assert asking.fresh(reply).returned_note == ""


def test_writer_is_shut_out_while_the_answer_lies_before_the_head(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.move(province, reply, "prepare", "nga")
    held = {short: selectors.answering_roles(province.users[short], asking.fresh(reply)) for short in ("nga", "an")}
    assert "người đứng đầu" in selectors.reason_against_writing(asking.fresh(reply), held["nga"])
    assert selectors.reason_against_writing(asking.fresh(reply), held["an"]) == ""


def test_answer_that_says_nothing_is_not_sent(province, reply):
    with pytest.raises(Blocked, match="chưa nêu gì"):
        asking.move(province, reply, "send", "an")


def test_remark_without_reason_stands_in_the_way_by_the_name_of_its_clause(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Câu khác.")
    asking.write(province, reply, "nga", "Điều 2", "", "Chưa chọn loại.")
    asking.write(province, reply, "nga", "Điều 2, khoản 1", "keep")
    assert selectors.what_is_missing(reply) == [
        "Điều 1: Nêu lý do của đề xuất.",
        "Điều 2: Chọn giữ nguyên, sửa đổi, bổ sung hay bỏ nội dung này.",
    ]
    with pytest.raises(Blocked):
        asking.move(province, reply, "send", "an")


def test_agreeing_without_remarks_is_one_act_of_the_head(province, reply):
    replies.agree_without_remarks(addressee=reply, move="send", version=reply.version, actor=province.users["an"])
    found = asking.fresh(reply)
    assert (found.state, found.is_without_remarks) == ("replied", True)


def test_agreeing_by_the_secretary_lies_before_the_head(province, reply):
    replies.agree_without_remarks(addressee=reply, move="prepare", version=reply.version, actor=province.users["nga"])
    found = asking.fresh(reply)
    assert (found.state, found.is_without_remarks) == ("prepared", True)
    with pytest.raises(Forbidden):
        replies.agree_without_remarks(
            addressee=reply, move="send", version=found.version, actor=province.users["khanh"]
        )


def test_agreeing_over_written_remarks_is_refused_and_changes_nothing(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thừa.")
    with pytest.raises(Refusal, match="1 ý kiến"):
        replies.agree_without_remarks(addressee=reply, move="send", version=reply.version, actor=province.users["an"])
    found = asking.fresh(reply)
    assert (found.state, found.is_without_remarks) == ("asked", False)


def test_writing_after_agreeing_takes_the_agreement_back(province, reply):
    replies.agree_without_remarks(addressee=reply, move="prepare", version=reply.version, actor=province.users["nga"])
    asking.write(province, asking.fresh(reply), "an", "Điều 1", "drop", reason="Thừa.")
    assert not asking.fresh(reply).is_without_remarks


def test_named_preparer_writes_and_hands_on_but_does_not_send(province, reply):
    replies.name_preparer(
        addressee=reply, preparer=province.users["chi"], version=reply.version, actor=province.users["an"]
    )
    assert sees(province, "chi") == {"SKH"}
    reply = asking.fresh(reply)
    asking.write(province, reply, "chi", "Điều 1", "drop", reason="Thừa.")
    with pytest.raises(Blocked, match="Người đứng đầu"):
        asking.move(province, reply, "send", "chi")
    asking.move(province, reply, "prepare", "chi")
    assert asking.fresh(reply).state == "prepared"


def test_preparer_is_named_by_the_head_alone_out_of_his_own_body(province, reply):
    for short in ("nga", "giang", "dung"):
        with pytest.raises(Forbidden):
            replies.name_preparer(
                addressee=reply, preparer=province.users["chi"], version=reply.version, actor=province.users[short]
            )
    with pytest.raises(Refusal):
        replies.name_preparer(
            addressee=reply, preparer=province.users["em"], version=reply.version, actor=province.users["an"]
        )
    assert asking.fresh(reply).preparer is None


def test_cadre_who_was_asked_sends_his_own_answer(province, row):
    own = selectors.visible_to(province.users["binh"]).get()
    asking.write(province, own, "binh", "Điều 2", "add", "Thêm khoản 3.", "Còn thiếu tiêu chí về đoàn kết.")
    with pytest.raises(Blocked, match="đích danh"):
        asking.move(province, own, "prepare", "binh")
    assert asking.move(province, own, "send", "binh").state == "replied"


def test_late_answer_is_taken_and_marked(province):
    today = timezone.localdate()
    row = asking.opened(province, due_on=today - timedelta(days=1), sent_on=today - timedelta(days=9))
    assert asking.fresh(asking.answered(province, row)).is_late


def test_answer_is_still_taken_during_the_synthesis_and_not_after_it(province, row, reply):
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.move(province, row, "close")
    other = asking.reply_of(row, "SYT")
    asking.write(province, other, "khanh", "Điều 1", "keep")
    asking.move(province, other, "send", "dung")
    type(row).objects.filter(pk=row.pk).update(state="submitted")
    with pytest.raises(Blocked, match="tổng hợp"):
        asking.move(province, reply, "send", "an")


def test_asking_side_reads_remarks_only_once_they_are_sent(province, row, reply):
    asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thừa.")
    asking.move(province, reply, "prepare", "nga")
    assert not remarks.sent_remarks(row).exists()
    held = selectors.answering_roles(province.users["giang"], asking.fresh(reply))
    assert not selectors.shows_remarks(held, asking.fresh(reply))
    asking.move(province, reply, "send", "an")
    assert remarks.sent_remarks(row).count() == 1
    assert selectors.shows_remarks(held, asking.fresh(reply))


def test_file_of_a_reply_is_opened_by_the_body_and_after_sending_by_who_asks(province, reply):
    kept = replies.attach_file(
        addressee=reply,
        upload=SimpleUploadedFile("y-kien.pdf", PDF),
        version=reply.version,
        actor=province.users["nga"],
    )
    openers = {short for short in ("an", "nga", "giang", "khanh", "tu") if may_open(province.users[short], kept)}
    assert openers == {"an", "nga"}
    asking.write(province, asking.fresh(reply), "nga", "Điều 1", "keep")
    asking.move(province, reply, "send", "an")
    openers = {short for short in ("an", "nga", "giang", "khanh", "tu") if may_open(province.users[short], kept)}
    assert openers == {"an", "nga", "giang"}


def test_file_of_an_emptied_remark_stays_with_the_reply(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "keep")
    written = asking.write(province, reply, "nga", "Điều 2", "drop", reason="Thừa.")
    kept = replies.attach_file(
        addressee=reply,
        upload=SimpleUploadedFile("y-kien.pdf", PDF),
        version=reply.version,
        actor=province.users["nga"],
        remark=written,
    )
    asking.write(province, reply, "nga", "Điều 2", "", version=1)
    asking.move(province, reply, "send", "an")
    assert Remark.objects.filter(addressee=reply).count() == 1
    assert [file.pk for file in selectors.files_of(reply)] == [kept.pk]


def test_files_are_brought_and_taken_off_only_while_the_reply_is_written(province, reply):
    upload = SimpleUploadedFile("y-kien.pdf", PDF)
    given = {"addressee": reply, "upload": upload}
    with pytest.raises(Forbidden):
        replies.attach_file(**given, version=reply.version, actor=province.users["giang"])
    with pytest.raises(Stale):
        replies.attach_file(**given, version=reply.version + 1, actor=province.users["nga"])
    kept = replies.attach_file(**given, version=reply.version, actor=province.users["nga"])
    reply = asking.fresh(reply)
    replies.detach_file(addressee=reply, file=kept, version=reply.version, actor=province.users["nga"])
    assert not selectors.files_of(reply).exists()


def test_body_that_is_asked_again_finds_its_remarks_as_they_were(province, row):
    reply = asking.answered(province, row)
    asking.move(province, reply, "reopen", note="Nêu rõ giải pháp")
    found = asking.fresh(reply)
    assert (found.state, found.replied_at, found.returned_note) == ("asked", None, "Nêu rõ giải pháp")
    assert selectors.remarks_of(found).count() == 2
    assert not remarks.sent_remarks(row).exists()


def test_officer_of_a_superior_agency_answers_for_the_bodies_below(province, reply):
    RoleGrant.objects.create(
        user=province.users["son"], role=roles.OFFICER, unit=province.units["UBND"], document="QĐ 1", started_on=SINCE
    )
    assert sees(province, "son") == {"SKH", "SYT"}


def test_reply_shows_how_each_clause_stands(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.write(province, reply, "nga", "Điều 2", "amend", "Câu khác.")
    assert [row.mark for row in selectors.clause_rows(reply)] == ["tick", "exclamation", "empty", "empty"]
