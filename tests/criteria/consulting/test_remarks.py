"""One remark: gaps, two open pages, late saves, and what could not be taken is kept for its writer alone."""

import pytest

from criteria.models import KeptRemark, Remark
from criteria.selectors.consulting import addressees as selectors
from criteria.services.consulting import remarks
from orgs.models import AuditEvent, Forbidden, Refusal
from tests.criteria.consulting import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(province):
    return asking.opened(province)


@pytest.fixture
def reply(row):
    return asking.reply_of(row, "SKH")


def test_remark_is_saved_with_any_gap_and_grows(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "", "Câu mới")
    saved = asking.write(province, reply, "nga", "Điều 1", "amend", "Câu mới.", "Rõ hơn.", version=1)
    assert (saved.kind, saved.wording, saved.reason, saved.version) == ("amend", "Câu mới.", "Rõ hơn.", 2)
    assert Remark.objects.count() == 1


def test_nothing_is_made_of_an_empty_page(province, reply):
    assert asking.write(province, reply, "nga", "Điều 1", "") is None
    assert not Remark.objects.exists()


def test_text_is_stored_composed_and_without_control_signs(province, reply):
    saved = asking.write(province, reply, "nga", "Điều 1", "drop", reason="Thu\u031b\u0300a\r\nlặp\0")
    assert Remark.objects.get(pk=saved.pk).reason == "Thừa\nlặp"


def test_two_pages_that_begin_the_same_remark_meet_and_the_second_is_kept(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Của Nga.", tab_id="a", client_seq=1)
    with pytest.raises(remarks.NotAccepted) as refusal:
        asking.write(province, reply, "an", "Điều 1", "drop", reason="Của Ấn.", tab_id="b", client_seq=1)
    kept = refusal.value.kept
    assert (kept.user, kept.why, kept.content["reason"]) == (province.users["an"], "conflict", "Của Ấn.")
    assert Remark.objects.get().wording == "Của Nga."
    assert list(selectors.kept_for(province.users["an"], reply)) == [kept]
    assert not selectors.kept_for(province.users["nga"], reply).exists()


def test_page_goes_on_from_its_own_save_whose_answer_was_lost(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Một", tab_id="a", client_seq=1)
    saved = asking.write(province, reply, "nga", "Điều 1", "amend", "Một hai", tab_id="a", client_seq=2)
    assert (saved.wording, saved.version) == ("Một hai", 2)


def test_older_save_that_arrives_late_changes_nothing(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Mới", tab_id="a", client_seq=5)
    saved = asking.write(province, reply, "nga", "Điều 1", "amend", "Cũ", tab_id="a", client_seq=4)
    assert saved.wording == "Mới"
    assert not KeptRemark.objects.exists()


def test_kept_text_of_one_page_is_replaced_and_the_same_text_is_kept_once(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Của Nga.")
    for number, words in enumerate(("Một", "Một hai", "Một hai"), start=1):
        with pytest.raises(remarks.NotAccepted):
            asking.write(province, reply, "an", "Điều 1", "amend", words, tab_id="b", client_seq=number)
    assert [row.content["wording"] for row in KeptRemark.objects.all()] == ["Một hai"]
    with pytest.raises(remarks.NotAccepted):
        asking.write(province, reply, "an", "Điều 1", "amend", "Trang khác", tab_id="c", client_seq=1)
    assert KeptRemark.objects.count() == 2


def test_remark_after_the_synthesis_closed_is_refused_and_its_text_kept(province, row, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Trước")
    type(row).objects.filter(pk=row.pk).update(state="submitted")
    with pytest.raises(remarks.NotAccepted, match="khép lại") as refusal:
        asking.write(province, reply, "nga", "Điều 1", "amend", "Sau", version=1)
    assert (refusal.value.kept.why, refusal.value.kept.content["wording"]) == ("closed", "Sau")
    assert Remark.objects.get().wording == "Trước"


def test_remark_on_a_sent_answer_is_refused_and_kept(province, row):
    reply = asking.answered(province, row)
    with pytest.raises(remarks.NotAccepted) as refusal:
        asking.write(province, reply, "nga", "Điều 2", "drop", reason="Thừa.")
    assert refusal.value.kept.why == "moved_on"


def test_kept_text_is_settled_by_its_author_alone(province, row):
    reply = asking.answered(province, row)
    with pytest.raises(remarks.NotAccepted) as refusal:
        asking.write(province, reply, "nga", "Điều 2", "drop", reason="Thừa.")
    kept = refusal.value.kept
    remarks.settle_kept_remark(kept=kept, actor=province.users["an"])
    assert selectors.kept_for(province.users["nga"], reply).exists()
    remarks.settle_kept_remark(kept=kept, actor=province.users["nga"])
    assert not selectors.kept_for(province.users["nga"], reply).exists()
    assert KeptRemark.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("short", ["giang", "dung", "khanh", "chi", "tu", "phuc"])
def test_nobody_writes_for_another_body(province, reply, short):
    with pytest.raises(Forbidden):
        asking.write(province, reply, short, "Điều 1", "keep")
    assert not Remark.objects.exists()
    assert not KeptRemark.objects.exists()


def test_unknown_kind_and_a_text_too_long_are_refused_by_field(province, reply):
    for given, field in ((("tùy", "", ""), "kind"), (("drop", "", "x" * 20_001), "reason")):
        with pytest.raises(Refusal) as refusal:
            asking.write(province, reply, "nga", "Điều 1", *given)
        assert refusal.value.field == field
    with pytest.raises(Refusal):
        asking.write(province, reply, "nga", "Điều 1", "keep", number=21)


def test_clause_of_another_consultation_is_refused(province, reply):
    other = asking.clause(asking.opened(province), "Điều 1")
    with pytest.raises(Refusal, match="đợt lấy ý kiến khác"):
        remarks.save_remark(
            addressee=reply, clause=other, number=1, text=remarks.RemarkText("keep"), version=0,
            actor=province.users["nga"],
        )  # fmt: skip


def test_second_remark_on_a_clause_stands_beside_the_first(province, reply):
    asking.write(province, reply, "nga", "Điều 1", "amend", "Một", "Lý do")
    asking.write(province, reply, "nga", "Điều 1", "add", "Hai", "Lý do", number=2)
    assert [row.kind for row in selectors.remarks_of(reply)] == ["amend", "add"]


def test_change_of_a_remark_that_was_answered_takes_the_answer_off(province, row):
    reply = asking.answered(province, row)
    remark = Remark.objects.get(kind="amend")
    answer = remark.clause.answers.create(summary="Đo đếm được", verdict="accepted", reason="")
    Remark.objects.filter(pk=remark.pk).update(answer=answer)
    asking.move(province, reply, "reopen", note="Nêu rõ giải pháp")
    asking.write(province, reply, "nga", "Điều 2, khoản 2", "amend", "Khác", "Khác", version=1)
    assert Remark.objects.get(pk=remark.pk).answer is None


def test_autosaves_of_one_writer_are_one_entry_of_the_history(province, reply):
    def entries():
        return AuditEvent.objects.filter(action="addressee.remark_saved").count()

    for number in range(1, 4):
        words = "x" * number
        asking.write(province, reply, "nga", "Điều 1", "amend", words, tab_id="a", client_seq=number, is_autosave=True)
    assert entries() == 1
    asking.write(province, reply, "an", "Điều 1", "amend", "Ấn", version=3, tab_id="b", client_seq=1, is_autosave=True)
    assert entries() == 2
