"""Progress, obstacles, support, directions and changes: whose they are, what is refused, what is kept."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orgs.models import Blocked, Forbidden, Message, Refusal, Stale, StoredFile
from orgs.selectors.files import may_open
from orgs.services.transitions import advance
from registrations.models import Obstacle, ProgressNote, SupportRequest, WorkChange
from registrations.selectors.works import works
from registrations.services.works import outcomes, progress, support
from tests.registrations.works.test_registering import closed_cycle
from tests.registrations.works.written import (
    HARD,
    YEAR,
    asked,
    draft,
    fresh,
    received,
    reported,
    running,
    sent,
    today,
)
from tests.uploads import PDF, PNG

pytestmark = pytest.mark.django_db


def upload(name="bien-ban.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def note(province, work, *, who="an", **more):
    values = {"noted_on": today(), "text": "Đã bàn giao 30/45 hộ."} | more
    return progress.note_progress(work=work, actor=province.users[who], **values)


def test_note_stands_with_its_day_and_evidence(province):
    work = running(province)
    row = note(province, work, uploads=[upload(), upload("anh.png", PNG)])
    assert works.course_of(work).notes == (row,)
    files = StoredFile.objects.filter(object_type=works.NOTE_LABEL, object_id=str(row.uuid))
    assert [file.purpose for file in files] == ["evidence", "evidence"]
    assert may_open(province.users["giang"], files[0])
    assert not may_open(province.users["dung"], files[0])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("phan-mem.exe", b"MZ\x90\x00", "không phải"),
        ("anh.pdf", b"\x89PNG\r\n\x1a\nx", "thực ra là tệp PNG"),
        ("Báo cáo (Mật).pdf", PDF, "dấu chỉ độ mật|mật"),
        ("rong.pdf", b"", "trống|rỗng"),
    ],
)
def test_evidence_of_a_wrong_kind_or_with_a_secrecy_mark_is_refused_and_nothing_is_kept(province, name, content, words):
    work = running(province)
    with pytest.raises(Refusal, match=words) as refused:
        note(province, work, uploads=[upload(), upload(name, content)])
    assert refused.value.field == "files"
    assert not ProgressNote.objects.exists()
    assert not StoredFile.objects.filter(purpose="evidence").exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [({"text": " "}, "text"), ({"noted_on": date(2999, 1, 1)}, "noted_on")],
)
def test_note_that_says_nothing_or_lies_in_the_future_is_refused(province, more, field):
    work = running(province)
    with pytest.raises(Refusal) as refused:
        note(province, work, **more)
    assert refused.value.field == field


def test_note_after_the_cycle_was_closed_is_refused_with_the_way_out(province):
    work, yesterday = running(province), today() - timedelta(days=1)
    closed_cycle(province, on=yesterday)
    with pytest.raises(Refusal, match="đăng ký vào năm sau") as refused:
        note(province, work)
    assert refused.value.field == "noted_on"
    assert note(province, work, noted_on=yesterday).noted_on == yesterday


@pytest.mark.parametrize("who", ["giang", "binh", "quan", "dung"])
def test_nobody_notes_the_progress_of_another(province, who):
    with pytest.raises(Forbidden, match="Chỉ người đăng ký"):
        note(province, running(province), who=who)


def test_nothing_is_noted_before_the_registration_was_received(province):
    work = sent(province).works.get()
    with pytest.raises(Refusal, match="chưa được tiếp nhận"):
        note(province, work)


def test_nothing_is_noted_after_the_outcome_was_reported(province):
    work = reported(province)
    with pytest.raises(Refusal, match="đã được báo cáo"):
        note(province, work)


def obstacle(province, work, **more):
    values = {"text": "Chưa có đơn giá.", "found_on": today() - timedelta(days=3)} | more
    return progress.report_obstacle(work=work, actor=province.users["an"], **values)


def test_obstacle_waits_for_a_body_of_the_line_and_is_solved_by_either_side(province):
    work = running(province)
    row = obstacle(province, work, waits_for=province.units["UBND"])
    with pytest.raises(Refusal) as refused:
        progress.solve_obstacle(
            obstacle=row,
            solution="x",
            solved_on=row.found_on - timedelta(days=1),
            version=1,
            actor=province.users["an"],
        )
    assert refused.value.field == "solved_on"
    solved = progress.solve_obstacle(
        obstacle=row, solution="Đã ban hành đơn giá.", solved_on=today(), version=1, actor=province.users["giang"]
    )
    assert (solved.solved_by, solved.version) == (province.users["giang"], 2)
    with pytest.raises(Refusal, match="đã được tháo gỡ"):
        progress.solve_obstacle(
            obstacle=solved, solution="Lại", solved_on=today(), version=2, actor=province.users["an"]
        )


def test_obstacle_is_not_solved_by_a_stranger_or_from_a_stale_page(province):
    row = obstacle(province, running(province))
    asked_for = {"obstacle": row, "solution": "Xong", "solved_on": today()}
    with pytest.raises(Forbidden):
        progress.solve_obstacle(**asked_for, version=1, actor=province.users["binh"])
    with pytest.raises(Stale):
        progress.solve_obstacle(**asked_for, version=7, actor=province.users["an"])
    assert Obstacle.objects.get().solved_on is None


def test_obstacle_does_not_wait_for_a_body_outside_the_line(province):
    work = running(province)
    with pytest.raises(Refusal, match="Sở Y tế không phải là cấp trên") as refused:
        obstacle(province, work, waits_for=province.units["SYT"])
    assert refused.value.field == "waits_for"


def test_support_of_a_draft_goes_out_when_the_registration_is_received(province):
    row = draft(province)
    request = asked(province, row.works.get())
    assert request.state == "planned"
    assert not works.asked_of(province.users["ha"]).exists()
    row.refresh_from_db()
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    advance(row, "receive", actor=province.users["giang"], version=row.version)
    assert fresh(request).state == "open"
    assert works.asked_of(province.users["ha"]).get() == request
    assert Message.objects.get(recipient=province.users["ha"]).due_on == request.due_on


def test_support_of_a_running_work_goes_out_at_once_and_is_answered_by_the_body(province):
    request = asked(province, running(province))
    assert request.state == "open"
    with pytest.raises(Refusal) as refused:
        support.answer_support(request=request, answer=" ", version=request.version, actor=province.users["ha"])
    assert refused.value.field == "answer"
    with pytest.raises(Forbidden):
        support.answer_support(request=request, answer="Vâng", version=request.version, actor=province.users["khanh"])
    row = support.answer_support(
        request=request, answer="Ban hành trước 15/6.", version=request.version, actor=province.users["ha"]
    )
    assert (row.state, row.answer, row.answered_by) == ("answered", "Ban hành trước 15/6.", province.users["ha"])
    told = Message.objects.filter(recipient=province.users["an"]).order_by("id").last()
    assert "đã trả lời" in told.subject


def test_support_is_asked_again_with_the_reason_kept_and_then_settled(province):
    request = asked(province, running(province))
    row = support.answer_support(
        request=request, answer="Đang xem xét.", version=request.version, actor=province.users["ha"]
    )
    row = advance(row, "ask_again", actor=province.users["an"], version=row.version, note="Chưa có thời hạn.")
    assert (row.state, "Chưa có thời hạn." in row.text, row.answer) == ("open", True, "Đang xem xét.")
    row = support.answer_support(request=row, answer="Ngày 15/6.", version=row.version, actor=province.users["ha"])
    row = advance(row, "settle", actor=province.users["an"], version=row.version)
    assert row.state == "settled"


@pytest.mark.parametrize("body", ["SYT", "SNV", "SKH", "CB-SYT"])
def test_support_of_a_body_outside_the_line_is_refused_with_the_way_out(province, body):
    work = running(province)
    with pytest.raises(Refusal, match="cấp trên") as refused:
        asked(province, work, body=body)
    assert refused.value.field == "body"
    assert not SupportRequest.objects.exists()


def test_support_until_a_day_that_has_passed_is_refused_and_today_is_taken(province):
    work = running(province)
    with pytest.raises(Refusal) as refused:
        asked(province, work, days=-1)
    assert refused.value.field == "due_on"
    assert asked(province, work, days=0).state == "open"


def test_support_is_asked_by_who_registered_alone(province):
    with pytest.raises(Forbidden):
        asked(province, running(province), actor="giang")


def test_support_waits_with_a_registration_that_was_sent(province):
    with pytest.raises(Refusal, match="đã gửi"):
        asked(province, sent(province).works.get())


def test_direction_needs_its_document_and_the_receiving_body(province):
    work = received(province).works.get()
    values = {"work": work, "document": "CV 450-CV/TU", "document_on": today(), "text": "Giao UBND tỉnh chỉ đạo."}
    with pytest.raises(Forbidden):
        progress.enter_direction(**values, actor=province.users["an"])
    for gap, field in (({"document": " "}, "document"), ({"text": ""}, "text")):
        with pytest.raises(Refusal) as refused:
            progress.enter_direction(**values | gap, actor=province.users["giang"])
        assert refused.value.field == field
    with pytest.raises(Refusal) as refused:
        progress.enter_direction(**values | {"document_on": today() + timedelta(days=1)}, actor=province.users["giang"])
    assert refused.value.field == "document_on"
    row = progress.enter_direction(**values, actor=province.users["giang"])
    assert works.course_of(work).directions == (row,)


def ask(province, work, **more):
    values = {"finishes_on": date(YEAR, 12, 31)} | more.pop("values", {})
    asked_for = {"reason": "Chờ đơn giá bồi thường.", "version": work.version} | more
    return outcomes.ask_change(work=work, values=values, actor=province.users["an"], **asked_for)


def test_change_leaves_the_work_as_it_was_until_the_receiver_consents(province):
    work = running(province)
    change = ask(province, work, values={"content": "Bồi thường 40 hộ."})
    work = fresh(work)
    assert (work.state, work.finishes_on, work.content) == ("change_asked", HARD["finishes_on"], HARD["content"])
    work = advance(work, "consent", actor=province.users["giang"], version=work.version)
    work, change = fresh(work), fresh(change)
    assert (work.state, work.finishes_on, work.content) == ("under_way", date(YEAR, 12, 31), "Bồi thường 40 hộ.")
    assert change.old == {"content": HARD["content"], "finishes_on": f"{YEAR}-12-20"}
    assert (change.is_consented, change.decided_by) == (True, province.users["giang"])


def test_change_declined_or_taken_back_changes_nothing(province):
    work = running(province)
    ask(province, work)
    work = fresh(work)
    with pytest.raises(Refusal):
        advance(work, "decline", actor=province.users["giang"], version=work.version)
    work = advance(work, "decline", actor=province.users["giang"], version=work.version, note="Giữ tiến độ.")
    assert fresh(work).finishes_on == HARD["finishes_on"]
    ask(province, fresh(work))
    work = fresh(work)
    work = advance(work, "keep", actor=province.users["an"], version=work.version)
    found = list(WorkChange.objects.order_by("id").values_list("is_consented", "answer"))
    assert found == [(False, "Giữ tiến độ."), (None, "")]


@pytest.mark.parametrize("actor", ["an", "ha", "quan", "binh"])
def test_only_the_receiving_body_consents(province, actor):
    work = running(province)
    ask(province, work)
    work = fresh(work)
    with pytest.raises(Forbidden):
        advance(work, "consent", actor=province.users[actor], version=work.version)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"values": {"finishes_on": HARD["finishes_on"]}}, ""),
        ({"reason": " "}, "reason"),
        ({"values": {"measures": ""}}, "measures"),
        ({"values": {"starts_on": date(YEAR, 12, 31), "finishes_on": date(YEAR, 12, 30)}}, "finishes_on"),
    ],
)
def test_change_that_changes_nothing_or_leaves_a_gap_is_refused(province, more, field):
    work = running(province)
    with pytest.raises(Refusal) as refused:
        ask(province, work, **more)
    assert refused.value.field == field
    assert fresh(work).state == "under_way"


def test_change_from_a_stale_page_is_refused(province):
    with pytest.raises(Stale):
        ask(province, running(province), version=99)


def test_outcome_is_reported_with_evidence_verified_and_weighed(province):
    work = running(province)
    work = outcomes.report_outcome(
        work=work,
        outcome="done",
        result="Đã bàn giao 45/45 hộ.",
        finished_on=today(),
        version=work.version,
        actor=province.users["an"],
        uploads=[upload()],
    )
    assert (work.state, work.outcome, len(works.course_of(work).files)) == ("reported_done", "done", 1)
    assert list(works.waiting_for_receiver(province.users["giang"])) == [work]
    work = outcomes.verify_outcome(
        work=work,
        outcome="done",
        words="Đúng như báo cáo.",
        document="BC 12-BC/BTCTU",
        version=work.version,
        actor=province.users["giang"],
    )
    work = fresh(work)
    assert (work.verified_outcome, work.verification_document) == ("done", "BC 12-BC/BTCTU")
    with pytest.raises(Refusal):
        advance(work, "weigh", actor=province.users["giang"], version=work.version)
    work = advance(work, "weigh", actor=province.users["giang"], version=work.version, document_ref="QĐ 9-QĐ/TU 31/12")
    assert (work.is_final, fresh(work).weighed_in) == (True, "QĐ 9-QĐ/TU 31/12")


def test_receiver_may_verify_another_outcome_than_was_reported(province):
    work = reported(province)
    outcomes.verify_outcome(
        work=work,
        outcome="not_done",
        words="Còn 5 hộ.",
        document="",
        version=work.version,
        actor=province.users["giang"],
    )
    assert (fresh(work).outcome, fresh(work).verified_outcome) == ("done", "not_done")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"result": " "}, "result"),
        ({"finished_on": None}, "finished_on"),
        ({"finished_on": date(2999, 1, 1)}, "finished_on"),
        ({"finished_on": date(YEAR - 1, 12, 31)}, "finished_on"),
    ],
)
def test_report_that_says_too_little_is_refused_at_its_field(province, more, field):
    work = running(province)
    values = {"outcome": "done", "result": "Xong", "finished_on": today(), "version": work.version} | more
    with pytest.raises(Refusal) as refused:
        outcomes.report_outcome(work=work, actor=province.users["an"], **values)
    assert refused.value.field == field
    assert fresh(work).state == "under_way"


def test_not_done_needs_no_day_but_says_why(province):
    work = running(province)
    work = outcomes.report_outcome(
        work=work,
        outcome="not_done",
        result="Chưa có đơn giá bồi thường.",
        finished_on=None,
        version=work.version,
        actor=province.users["an"],
    )
    assert (work.state, work.finished_on) == ("reported_not_done", None)


def test_done_otherwise_is_reported_only_where_a_change_was_consented(province):
    work = running(province)
    values = {"outcome": "changed", "result": "Xong 40 hộ.", "finished_on": today(), "actor": province.users["an"]}
    with pytest.raises(Blocked, match="đồng ý thay đổi trước"):
        outcomes.report_outcome(work=work, version=work.version, **values)
    ask(province, fresh(work))
    work = fresh(work)
    work = advance(work, "consent", actor=province.users["giang"], version=work.version)
    work = outcomes.report_outcome(work=work, version=work.version, **values)
    assert work.state == "reported_changed"


def test_handed_back_is_reported_again(province):
    work = reported(province)
    work = advance(work, "hand_back", actor=province.users["giang"], version=work.version, note="Thiếu minh chứng.")
    work = fresh(work)
    assert (work.state, work.outcome, work.result) == ("under_way", "", "Đã bàn giao 45/45 hộ.")
    told = Message.objects.filter(recipient=province.users["an"]).order_by("id").last()
    assert told.body == "Thiếu minh chứng."


@pytest.mark.parametrize("actor", ["an", "binh", "ha", "lan", "quan"])
def test_only_the_receiving_body_verifies(province, actor):
    work = reported(province)
    with pytest.raises(Forbidden):
        outcomes.verify_outcome(
            work=work, outcome="done", words="Tốt", document="", version=work.version, actor=province.users[actor]
        )


def test_officer_verifies_no_outcome_of_his_own(province):
    giang = province.people["giang"]
    giang.managing_authority = province.authorities["BTVTU"]
    giang.save()
    row = sent(province, "giang")
    with pytest.raises(Blocked, match="việc của chính mình"):
        advance(row, "receive", actor=province.users["giang"], version=row.version)
