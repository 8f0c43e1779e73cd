"""Bad input on the pages of registered work: refused at its field, with the way out, and what was typed stays."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orgs.models import StoredFile
from orgs.services import files
from registrations.models import Obstacle, PersonalPlanLine, ProgressNote, SupportRequest, Work
from registrations.services.works import progress
from tests.registrations.works.test_registering import closed_cycle, shortcoming
from tests.registrations.works.test_work_pages import at, logged_in, typed
from tests.registrations.works.written import HARD, NEW, YEAR, asked, draft, fresh, reported, running, today
from tests.uploads import PDF, PNG, pdf

pytestmark = pytest.mark.django_db
KEPT = "Nội dung đã gõ, không được mất: ằ, ẫ, ợ, ữ."
FUTURE = f"{today() + timedelta(days=1):%d/%m/%Y}"
YESTERDAY = f"{today() - timedelta(days=1):%d/%m/%Y}"
NOW = f"{today():%d/%m/%Y}"
CLOSED = "đã đóng ngày 20/01"


def refused_at(answer, field, words):
    """Refused at this one field, with these words in the summary, the field marked, and the text still there."""
    assert answer.status_code == 422
    found = answer.context["form"].errors
    assert list(found) == [field]
    assert words in " ".join(found[field])
    page = answer.content.decode()
    assert f'href="#id_{field}' in page
    assert KEPT in page


HARD_GAPS = [
    ({"name": ""}, "name", "chưa có tên"),
    ({"content": "   "}, "content", "Hãy nêu nội dung công việc"),
    ({"measures": ""}, "measures", "chưa có giải pháp thực hiện"),
    ({"effect": ""}, "effect", "hiệu quả"),
    ({"starts_on": ""}, "starts_on", "bắt đầu"),
    ({"finishes_on": ""}, "finishes_on", "hoàn thành"),
    ({"starts_on": f"02/06/{YEAR}", "finishes_on": f"01/06/{YEAR}"}, "finishes_on", "hoàn thành trước khi bắt đầu"),
    ({"starts_on": "06-2024"}, "starts_on", "ngày/tháng/năm"),
    ({"finishes_on": f"31/02/{YEAR}"}, "finishes_on", "ngày/tháng/năm"),
]


@pytest.mark.parametrize(("change", "field", "words"), HARD_GAPS)
def test_hard_work(client, province, change, field, words):
    row = draft(province, works=())
    body = typed(HARD) | {"aim": KEPT} | change
    refused_at(logged_in(client, province, "an").post(at("work_add", row, "hard"), body), field, words)
    assert not Work.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"difficulties": " "}, "difficulties", "khó khăn"),
        ({"measures": ""}, "measures", "chưa có giải pháp thực hiện"),
        ({"finishes_on": f"31/12/{YEAR - 1}"}, "finishes_on", "trước khi bắt đầu"),
    ],
)
def test_new_work_written_again(client, province, change, field, words):
    work = draft(province, works=(("new", NEW),)).works.get()
    body = typed(NEW) | {"aim": KEPT, "version": work.version} | change
    refused_at(logged_in(client, province, "an").post(at("work_edit", work), body), field, words)
    assert fresh(work).measures == NEW["measures"]


def test_work_that_is_kept_unfinished_still_may_not_end_before_it_starts(client, province):
    row = draft(province, works=())
    body = {"field": "other", "name": "Việc mới", "aim": KEPT, "unfinished": "1",
            "starts_on": f"02/06/{YEAR}", "finishes_on": f"01/06/{YEAR}"}  # fmt: skip
    answer = logged_in(client, province, "an").post(at("work_add", row, "hard"), body)
    refused_at(answer, "finishes_on", "hoàn thành trước khi bắt đầu")


@pytest.mark.parametrize(
    ("half", "body", "field", "words"),
    [
        ("strength", {"text": " ", "measure": KEPT}, "text", "ưu điểm hoặc khuyết điểm"),
        ("shortcoming", {"text": KEPT, "measure": ""}, "measure", "biện pháp"),
        ("shortcoming", {"text": KEPT, "measure": "Giao ban.", "due_on": "mai"}, "due_on", "ngày/tháng/năm"),
        ("shortcoming", {"text": KEPT, "measure": "x", "shortcoming": "999"}, "shortcoming", ""),
    ],
)
def test_line_of_the_plan(client, province, half, body, field, words):
    shortcoming(province)
    row = draft(province)
    refused_at(logged_in(client, province, "an").post(at("plan_line_add", row, half), body), field, words)
    assert not PersonalPlanLine.objects.exists()


def file(name="bien-ban.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


BAD_FILES = [
    (("phan-mem.exe", b"MZ\x90\x00"), "không phải PDF"),
    (("anh.pdf", PNG), "thực ra là tệp PNG"),
    (("to.pdf", pdf(size=files.LARGEST)), "lớn hơn 10 MB"),
    (("Báo cáo (Mật).pdf", PDF), "dấu mật"),
    (("Tài liệu TỐI MẬT.pdf", PDF), "dấu mật"),
    (("hong.pdf", PDF[:150]), "bị hỏng"),
]


@pytest.mark.parametrize(("bad", "words"), BAD_FILES, ids=["exe", "png", "large", "mark", "stamp", "damaged"])
def test_evidence_of_a_note(client, province, bad, words):
    work = running(province)
    body = {"noted_on": NOW, "text": KEPT, "files": [file(), file(*bad)]}
    answer = logged_in(client, province, "an").post(at("note_add", work), body)
    refused_at(answer, "files", words)
    assert bad[0] in answer.content.decode()
    assert not ProgressNote.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("bad", "words"), BAD_FILES, ids=["exe", "png", "large", "mark", "stamp", "damaged"])
def test_evidence_of_an_outcome(client, province, bad, words):
    work = running(province)
    body = {"outcome": "done", "result": KEPT, "finished_on": NOW, "files": [file(*bad)], "version": work.version}
    refused_at(logged_in(client, province, "an").post(at("work_report", work), body), "files", words)
    assert fresh(work).state == "under_way"
    assert not StoredFile.objects.exists()


def test_empty_file_is_refused_by_its_name(client, province):
    body = {"noted_on": NOW, "text": KEPT, "files": [file("rong.pdf", b"")]}
    answer = logged_in(client, province, "an").post(at("note_add", running(province)), body)
    refused_at(answer, "files", "rỗng")


# page, what is typed, the field that is refused, words of the refusal
ON_THE_WAY = {
    "note of tomorrow": ("note_add", {"noted_on": FUTURE, "text": KEPT}, "noted_on", "chưa tới"),
    "note without a day": ("note_add", {"noted_on": "", "text": KEPT}, "noted_on", ""),
    "obstacle of tomorrow": ("obstacle_add", {"text": KEPT, "found_on": FUTURE}, "found_on", "chưa tới"),
    "obstacle of no day": ("obstacle_add", {"text": KEPT, "found_on": "hôm qua"}, "found_on", "ngày/tháng/năm"),
    "support without a body": ("support_add", {"body": "", "text": KEPT, "due_on": NOW}, "body", ""),
    "support until yesterday": (
        "support_add",
        {"text": KEPT, "due_on": f"{today() - timedelta(days=1):%d/%m/%Y}"},
        "due_on",
        "đã qua",
    ),
    "outcome of tomorrow": (
        "work_report", {"outcome": "done", "result": KEPT, "finished_on": FUTURE}, "finished_on", "chưa tới",
    ),
    "outcome before the start": (
        "work_report", {"outcome": "done", "result": KEPT, "finished_on": f"31/12/{YEAR - 1}"}, "finished_on",
        "trước khi bắt đầu",
    ),
    "outcome without a day": (
        "work_report", {"outcome": "done", "result": KEPT, "finished_on": ""}, "finished_on", "Hãy ghi ngày hoàn thành",
    ),
    "outcome of no kind": (
        "work_report", {"outcome": "gần xong", "result": KEPT, "finished_on": NOW}, "outcome", "",
    ),
    "change without a reason": (
        "work_change", {"content": KEPT, "reason": " "}, "reason", "lý do",
    ),
    "change that ends before it starts": (
        "work_change", {"finishes_on": f"31/12/{YEAR - 1}", "reason": KEPT}, "finishes_on", "trước khi bắt đầu",
    ),
    "change that takes the measure away": ("work_change", {"measures": "", "reason": KEPT}, "measures", "giải pháp"),
}  # fmt: skip


@pytest.mark.parametrize("case", ON_THE_WAY)
def test_on_the_way(client, province, case):
    name, change, field, words = ON_THE_WAY[case]
    work = running(province)
    body = {"version": work.version}
    if name == "support_add":
        body["body"] = province.units["UBND"].pk
    if name == "work_change":
        body |= typed({key: value for key, value in HARD.items() if key not in ("field", "support")})
    refused_at(logged_in(client, province, "an").post(at(name, work), body | change), field, words)
    assert fresh(work).state == "under_way"
    assert not any(model.objects.exists() for model in (ProgressNote, Obstacle, SupportRequest))


@pytest.mark.parametrize("code", ["SYT", "SNV", "SKH", "CB-SYT"])
@pytest.mark.parametrize("page", ["support_add", "obstacle_add"])
def test_body_outside_the_line(client, province, page, code):
    outside = province.units[code].pk
    bodies = {"support_add": {"body": outside, "due_on": NOW}, "obstacle_add": {"waits_for": outside, "found_on": NOW}}
    answer = logged_in(client, province, "an").post(at(page, running(province)), bodies[page] | {"text": KEPT})
    field = "body" if page == "support_add" else "waits_for"
    refused_at(answer, field, "cơ quan cấp trên của đơn vị mình")


# page, what is typed, the field whose day lies after the cycle of the year was closed
AFTER_THE_END = {
    "note": ("note_add", {"noted_on": NOW, "text": KEPT}, "noted_on"),
    "obstacle": ("obstacle_add", {"found_on": NOW, "text": KEPT}, "found_on"),
    "support": ("support_add", {"due_on": NOW, "text": KEPT}, "due_on"),
    "outcome": ("work_report", {"outcome": "done", "result": KEPT, "finished_on": NOW}, "finished_on"),
    "change": ("work_change", {"finishes_on": f"31/12/{YEAR}", "reason": KEPT}, "finishes_on"),
}


@pytest.mark.parametrize("case", AFTER_THE_END)
def test_day_after_the_cycle_was_closed(client, province, case):
    name, change, field = AFTER_THE_END[case]
    work, yesterday = running(province), today() - timedelta(days=1)
    closed_cycle(province, on=yesterday)
    body = {"version": work.version, "body": province.units["UBND"].pk}
    body |= typed({key: value for key, value in HARD.items() if key not in ("field", "support")})
    answer = logged_in(client, province, "an").post(at(name, work), body | change)
    refused_at(answer, field, f"đã đóng ngày {yesterday:%d/%m/%Y}")
    assert fresh(work).state == "under_way"


@pytest.mark.parametrize("field", ["starts_on", "finishes_on"])
def test_work_of_a_draft_after_the_cycle_was_closed(client, province, field):
    row = draft(province, works=())
    closed_cycle(province)
    days = {"starts_on": f"03/01/{YEAR}", "finishes_on": f"10/01/{YEAR}"}
    days |= {"finishes_on": f"21/01/{YEAR}"} | ({"starts_on": f"21/01/{YEAR}"} if field == "starts_on" else {})
    body = typed(HARD) | days | {"aim": KEPT}
    refused_at(logged_in(client, province, "an").post(at("work_add", row, "hard"), body), field, CLOSED)


def test_line_of_the_plan_after_the_cycle_was_closed(client, province):
    row = draft(province)
    closed_cycle(province)
    body = {"text": KEPT, "measure": "Giao ban.", "due_on": f"21/01/{YEAR}"}
    answer = logged_in(client, province, "an").post(at("plan_line_add", row, "shortcoming"), body)
    refused_at(answer, "due_on", CLOSED)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document": " ", "text": KEPT}, "document"),
        ({"text": "", "document": KEPT}, "text"),
        ({"document_on": FUTURE, "text": KEPT}, "document_on"),
        ({"document_on": "", "text": KEPT}, "document_on"),
    ],
)
def test_direction(client, province, change, field):
    body = {"document": "CV 450-CV/TU", "document_on": NOW, "text": "Giao UBND tỉnh."} | change
    answer = logged_in(client, province, "giang").post(at("direction_add", running(province)), body)
    refused_at(answer, field, "")


@pytest.mark.parametrize(
    ("change", "field"), [({"words": " ", "document": KEPT}, "words"), ({"outcome": "", "words": KEPT}, "outcome")]
)
def test_verification(client, province, change, field):
    work = reported(province)
    body = {"outcome": "done", "words": "Đúng.", "document": "", "version": work.version} | change
    refused_at(logged_in(client, province, "giang").post(at("work_verify", work), body), field, "")
    assert fresh(work).state == "reported_done"


def test_answer_that_says_nothing(client, province):
    request = asked(province, running(province))
    answer = logged_in(client, province, "ha").post(
        at("support_answer", request), {"answer": "  ", "version": request.version}
    )
    assert list(answer.context["form"].errors) == ["answer"]
    assert request.text in client.get(at("support_detail", request)).content.decode()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"solution": " "}, "solution", "cách tháo gỡ"),
        ({"solution": KEPT, "solved_on": FUTURE}, "solved_on", "chưa tới"),
        ({"solution": KEPT, "solved_on": YESTERDAY}, "solved_on", "trước ngày phát sinh"),
    ],
)
def test_solution_of_an_obstacle(client, province, change, field, words):
    work = running(province)
    row = progress.report_obstacle(
        work=work, text="Chưa có đơn giá.", found_on=today(), waits_for=None, actor=province.users["an"]
    )
    body = {"solution": KEPT, "solved_on": NOW, "version": 1} | change
    answer = logged_in(client, province, "an").post(at("obstacle_solve", row), body)
    assert list(answer.context["form"].errors) == [field]
    assert words in " ".join(answer.context["form"].errors[field])
    assert fresh(row).solved_on is None


def test_file_that_is_no_file_is_no_reason_to_lose_the_text(client, province):
    body = {"noted_on": NOW, "text": KEPT, "files": "khong-phai-tep"}
    answer = logged_in(client, province, "an").post(at("note_add", running(province)), body)
    assert answer.status_code == 302
    assert ProgressNote.objects.get().text == KEPT
