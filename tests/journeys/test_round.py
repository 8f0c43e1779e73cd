"""A whole round in a real browser: from the imported workbook to the result in the hands of the cadre."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from criteria.models import Cycle
from orgs.models import Person, RatingKind
from reviews.models import AgendaItem, Conclusion, Meeting, Rating, Review
from tests.criteria import rounds
from tests.journeys.steps import Played, Sight, press
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "Năm 2024, tôi trực tiếp chỉ đạo 20 nhiệm vụ; còn chậm giải ngân vốn đầu tư công quý III."


@pytest.fixture
def sight(shot, accessible):
    return Sight(shot, accessible)


@pytest.fixture
def visit(browse):
    """A page of a fresh visitor, patient: a long story is told while other tests run beside it."""

    def open_page(user):
        page = browse(user)
        page.set_default_timeout(PATIENCE)
        return page

    expect.set_options(timeout=PATIENCE)
    yield open_page
    expect.set_options(timeout=5_000)


def test_administrator_imports_people_opens_a_cycle_and_enrols(visit, province, sight):
    law = rounds.regulation()
    rounds.issued_plan(province)
    rounds.issued_frameworks(province, law)
    page = visit(province.users["phuc"])

    page.goto(reverse("orgs:import_people"))
    sight(page, "01-import")
    row = {"Mã đơn vị": "SYT", "Chức vụ": "Chuyên viên", "Từ ngày": "01/03/2024", "Ngày sinh": "02/09/1985"}
    workbook = books.people(books.person("CB9001", "Cao Thị Mới", **row))
    page.set_input_files("[name=file]", {"name": "can-bo.xlsx", "mimeType": XLSX, "buffer": workbook})
    page.click("form:has([name=file]) [type=submit]")
    page.wait_for_url("**/import/people/**")
    expect(page.locator("main")).to_contain_text("Cao Thị Mới")
    assert not Person.objects.filter(code="CB9001").exists()
    sight(page, "02-import-check")
    press(page, "form:has([name=fingerprint])")
    expect(page.locator("body")).to_contain_text("can-bo.xlsx")
    assert Person.objects.get(code="CB9001").appointments.get().unit == province.units["SYT"]
    sight(page, "03-people")

    page.goto(reverse("criteria:cycle_create"))
    sight(page, "04-cycle-new")
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_load_state()
    cycle = Cycle.objects.get()
    page.goto(reverse("criteria:cycle_detail", args=[cycle.uuid]))
    sight(page, "05-cycle-prepared")
    press(page, "form[action$='/open']")
    page.goto(reverse("criteria:cycle_detail", args=[cycle.uuid]))
    cycle.refresh_from_db()
    assert cycle.state == "open"
    sight(page, "06-cycle-open")

    page.goto(reverse("reviews:cycle_enrol", args=[cycle.uuid]))
    sight(page, "07-enrol")
    assert not Review.objects.exists()
    press(page, "main form")
    page.goto(reverse("reviews:cycle_enrol", args=[cycle.uuid]))
    expect(page.locator("main")).to_contain_text("Mọi người đã có trong danh sách")
    enrolled = set(Review.objects.filter(cycle=cycle, person__isnull=False).values_list("person__code", flat=True))
    assert {"CB9001", "CB0001", "CB0002"} <= enrolled
    page.goto(reverse("reviews:cycle_overview", args=[cycle.uuid]))
    sight(page, "08-overview")


@pytest.fixture
def played(province):
    return Played(province)


def test_round_from_writing_to_the_result_and_the_papers(visit, played, sight):
    """One story told by the functions below, in the order of the law."""
    cadre_writes_and_submits(visit(played.user("binh")), played, sight)
    played._hold("CU-SKH")
    secretary_runs_the_meeting(visit(played.user("nga")), played, sight)
    played.finish()
    played.propose()
    played.opinion()
    officer_appraises(visit(played.user("giang")), played, sight)
    played.appraise()
    played.decide_collective_first(played.rating("TT-SKH"))
    conclusion = recorder_records(visit(played.user("lan")), played, sight)
    confirmer_confirms(visit(played.user("minh")), conclusion, sight)
    cadre_reads_the_result(visit(played.user("binh")), played, sight)
    officer_takes_the_papers(visit(played.user("giang")), played, sight)


def cadre_writes_and_submits(page, played, sight):
    review = played.review("binh")
    section, field = played.write_all_but(review)
    page.goto(reverse("reviews:home"))
    sight(page, "10-home-of-the-cadre")
    page.goto(reverse("reviews:section_edit", args=[review.uuid, section]))
    page.fill(f"[name='{field}']", TEXT)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu")
    sight(page, "11-section")
    page.click("button[name=done]")
    page.wait_for_load_state()
    page.goto(reverse("reviews:review_preview", args=[review.uuid]))
    expect(page.locator("main")).to_contain_text(TEXT)
    page.goto(reverse("reviews:review_submit", args=[review.uuid]))
    sight(page, "12-submit")
    page.click("main form.card button[type=submit]")
    page.wait_for_url("**/submitted")
    review.refresh_from_db()
    assert review.state == "meeting"
    expect(page.locator("main")).to_contain_text(review.code)
    expect(page.locator("main")).to_contain_text("Tập thể lãnh đạo Sở Kế hoạch và Đầu tư")
    sight(page, "13-submitted")


def secretary_runs_the_meeting(page, played, sight):
    place = [played.cycle.uuid, played.province.collectives["TT-SKH"].uuid]
    page.goto(reverse("reviews:meeting_convene", args=place))
    today = timezone.localdate()
    page.fill("[name=held_on]", f"{today:%d/%m/%Y}")
    page.fill("[name=circulated_on]", f"{today - timedelta(days=15):%d/%m/%Y}")
    page.fill("[name=place]", "Phòng họp số 2")
    page.select_option("[name=chair]", str(played.province.people["an"].pk))
    page.select_option("[name=secretary]", str(played.province.people["nga"].pk))
    sight(page, "20-convene")
    page.click("main form:has([name=held_on]) button.btn-primary[type=submit]")
    page.wait_for_load_state()
    meeting = Meeting.objects.get(collective__code="TT-SKH")
    desk = reverse("reviews:meeting_detail", args=[meeting.uuid])
    page.goto(desk)
    press(page, "form[action$='/acts/open']")
    page.goto(desk)
    page.check("[name=rest_present]")
    page.fill("[name=proceedings]", "Chủ trì quán triệt mục đích, yêu cầu của hội nghị.")
    page.click("#attendance button[type=submit]")
    page.wait_for_load_state()
    assert set(meeting.attendance.values_list("is_present", flat=True)) == {True}
    sight(page, "21-meeting")
    item = AgendaItem.objects.filter(meeting=meeting).order_by("order").first()
    page.goto(reverse("reviews:meeting_item", args=[meeting.uuid, item.uuid]))
    page.select_option("[name=person]", str(played.province.people["binh"].pk))
    page.fill("[name=text]", "Đề nghị nêu rõ sản phẩm cụ thể.")
    page.click("form[action$='/comments'] button[type=submit]")
    expect(page.locator("#comments .events")).to_contain_text("Đề nghị nêu rõ sản phẩm cụ thể.")
    page.fill("[name=answer]", "Tập thể tiếp thu.")
    page.fill("[name=conclusion]", "Thống nhất với báo cáo kiểm điểm.")
    sight(page, "22-item")
    page.click("form[action$='/heard'] button[type=submit]")
    page.wait_for_load_state()
    item.refresh_from_db()
    assert (item.is_heard, item.conclusion) == (True, "Thống nhất với báo cáo kiểm điểm.")
    played.hear_the_rest(meeting)
    page.goto(desk)
    press(page, "form[action$='/acts/close']")
    page.goto(desk)
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    sight(page, "23-meeting-closed")


def officer_appraises(page, played, sight):
    rating = played.rating("an", RatingKind.CADRE)
    page.goto(reverse("reviews:rating_appraise", args=[rating.uuid]))
    page.check("[name=grade][value=good]")
    page.fill("[name=comment]", "Hồ sơ đầy đủ, đủ điều kiện theo tiêu chí.")
    sight(page, "30-appraisal")
    page.click("button[name=hand_on]")
    page.wait_for_url(f"**/ratings/{rating.uuid}")
    rating.refresh_from_db()
    assert (rating.state, rating.appraised_grade) == ("decision", "good")
    sight(page, "31-appraised")


def recorder_records(page, played, sight):
    rating = played.rating("binh", RatingKind.CADRE)
    page.goto(reverse("reviews:board_list"))
    sight(page, "40-boards")
    page.goto(reverse("reviews:board", args=[rating.group.uuid]))
    page.select_option(f"[name='grade-{rating.uuid}']", "good")
    ground = page.locator(f"[name='ground-{rating.uuid}']")
    if not ground.is_visible():
        page.click(f"details:has([name='ground-{rating.uuid}']) summary")
    ground.fill("Theo đề nghị của cơ quan thẩm định.")
    page.fill(f"[name='document-{rating.uuid}']", "TTr 55-TTr/SNV")
    page.click("#pending button[type=submit]")
    page.wait_for_load_state()
    rating.refresh_from_db()
    assert rating.pending_grade == "good"
    sight(page, "41-board")
    conclude = "form[action$='/conclude']"
    page.click(f"details:has({conclude}) > summary")
    today = timezone.localdate().isoformat()
    paper = {"number": "345-QĐ/BCSĐ", "concluded_on": today, "session_on": today}
    for name, value in {**paper, "signatory": "Nguyễn Hoàng Giang", "signatory_title": "BÍ THƯ"}.items():
        page.fill(f"{conclude} [name={name}]", value)
    sight(page, "42-conclusion-form")
    page.click(f"{conclude} button[type=submit]")
    page.wait_for_load_state()
    conclusion = Conclusion.objects.get(number="345-QĐ/BCSĐ")
    assert (conclusion.state, conclusion.recorded_by.username) == ("recorded", "lan")
    return conclusion


def confirmer_confirms(page, conclusion, sight):
    address = reverse("reviews:conclusion_detail", args=[conclusion.uuid])
    page.goto(address)
    sight(page, "50-conclusion")
    press(page, "form[action$='/acts/confirm']")
    page.goto(address)
    conclusion.refresh_from_db()
    assert (conclusion.state, conclusion.confirmed_by.username) == ("confirmed", "minh")
    press(page, "form[action$='/notify']")
    page.goto(address)
    sight(page, "51-conclusion-notified")


def cadre_reads_the_result(page, played, sight):
    rating = Rating.objects.get(pk=played.rating("binh", RatingKind.CADRE).pk)
    assert rating.notified_at is not None
    page.goto(reverse("reviews:result_list"))
    sight(page, "60-results")
    page.click(f"a[href$='{rating.uuid}']")
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("345-QĐ/BCSĐ")
    expect(page.locator("main")).to_contain_text("Hoàn thành tốt")
    sight(page, "61-result")


def officer_takes_the_papers(page, played, sight):
    review = played.review("an")
    page.goto(reverse("reviews:dossier", args=[review.uuid]))
    page.click("main form button[type=submit], form[action$='/dossier'] button[type=submit]")
    page.wait_for_load_state()
    sight(page, "70-dossier")
    dossier = page.request.get(page.locator("main ul.row-list a[href*='/files/']").first.get_attribute("href"))
    assert (dossier.status, dossier.headers["content-type"]) == (200, "application/pdf")
    assert dossier.body().startswith(b"%PDF-1.")
    page.goto(reverse("reviews:summary_list"))
    sight(page, "71-summaries")
    for form, head in (("xlsx", b"PK\x03\x04"), ("pdf", b"%PDF-1.")):
        with page.expect_download() as taken:
            page.click(f"a[href*='file.{form}']")
        assert taken.value.path().read_bytes().startswith(head)
        assert taken.value.suggested_filename.endswith(f"-2024.{form}")
