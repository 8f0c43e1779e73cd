"""The register of the year in a real browser: a decision that bites and is corrected, a remedy from plan to proof."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from orgs.models import RatingKind
from registrations.models import Discipline, Origin, Shortcoming
from registrations.services.remedies.naming import NamedIn, name_shortcoming
from reviews.models import Opinion, OpinionKind
from reviews.selectors.grading.suggestions import explained
from tests.journeys.steps import Sight, press
from tests.reviews.deciding import rounds
from tests.uploads import PDF

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "main form.card"


@pytest.fixture
def sight(shot, accessible):
    return Sight(shot, accessible)


@pytest.fixture
def played(province):
    return rounds.play(rounds.start_round(province), "appraised", "TT-SKH")


def decision_is_entered(page, person, sight):
    page.goto(f"{reverse('registrations:fact_create', args=['discipline'])}?person={person.uuid}")
    sight(page, "register-01-discipline")
    page.fill("[name=document]", "QĐ 33-QĐ/UBKTTU")
    page.fill("[name=document_on]", "31/02/2024")
    page.select_option("[name=form]", "canh_cao")
    page.fill("[name=text]", "Thiếu kiểm tra, giám sát.")
    press(page, FORM)
    expect(page.locator("[name=text]")).to_have_value("Thiếu kiểm tra, giám sát.")
    page.fill("[name=document_on]", "06/05/2024")
    press(page, FORM)
    expect(page.locator("main")).to_contain_text("QĐ 33-QĐ/UBKTTU")
    sight(page, "register-02-list")


def decision_is_corrected(page, row, sight):
    page.goto(reverse("registrations:fact_correct", args=["discipline", row.uuid]))
    sight(page, "register-03-correct")
    page.fill("[name=counted_year]", "2023")
    page.fill("[name=correction]", "QĐ 50-QĐ/UBKTTU ngày 20/9/2024")
    press(page, FORM)
    expect(page.locator("main")).to_contain_text("tính vào năm 2023")


def test_decision_bites_with_its_document_and_is_corrected(browse, played, sight):
    rating, binh = played.rating("binh", RatingKind.CADRE), played.people["binh"]
    before = explained(rating).grade
    page = browse(played.users["quan"], expect=("422",))
    decision_is_entered(page, binh, sight)
    assert (before, explained(rating).grade) == ("good", "not_completed")
    page.goto(reverse("reviews:rating_detail", args=[rating.uuid]))
    expect(page.locator("#behind")).to_contain_text("QĐ 33-QĐ/UBKTTU")
    expect(page.locator("#why")).to_contain_text("QĐ 33-QĐ/UBKTTU, 06/05/2024 (Cảnh cáo)")
    expect(page.locator("#why")).to_contain_text("Không hoàn thành nhiệm vụ")
    sight(page, "register-04-rating")
    decision_is_corrected(page, Discipline.objects.get(), sight)
    assert explained(rating).grade == "good"
    page.goto(reverse("reviews:rating_detail", args=[rating.uuid]))
    expect(page.locator("#why")).not_to_contain_text("QĐ 33-QĐ/UBKTTU")
    page = browse(played.users["binh"])
    page.goto(reverse("registrations:record_own"))
    expect(page.locator("main")).to_contain_text("QĐ 50-QĐ/UBKTTU ngày 20/9/2024")
    sight(page, "register-05-own")


def test_remedy_goes_from_its_plan_to_the_proof_and_opens_the_next_review(browse, played, sight):
    row = name_shortcoming(
        subject=played.people["an"],
        text="Giải ngân vốn đầu tư công chậm so với kế hoạch.",
        named_in=NamedIn(Origin.MEETING, "reviews.AgendaItem", "1", "Biên bản hội nghị kiểm điểm năm 2023"),
        document="Biên bản hội nghị kiểm điểm năm 2023",
        document_on=date(2023, 12, 28),
        actor=played.users["giang"],
    )
    detail = reverse("registrations:remedy_detail", args=[row.uuid])
    page = browse(played.users["an"])
    page.goto(reverse("reviews:home"))
    expect(page.locator("main")).to_contain_text("1 hạn chế, khuyết điểm cần khắc phục")
    page.goto(reverse("registrations:remedy_list"))
    sight(page, "remedy-01-list")
    page.goto(reverse("registrations:remedy_plan", args=[row.uuid]))
    page.fill("[name=measure]", "Giao ban tiến độ hằng tuần.")
    page.fill("[name=due_on]", "30/06/2099")
    sight(page, "remedy-02-plan")
    press(page, FORM)
    page.goto(reverse("registrations:remedy_evidence", args=[row.uuid]))
    page.set_input_files("[name=file]", {"name": "tien-do.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(page, FORM)
    page.goto(reverse("registrations:remedy_report", args=[row.uuid]))
    page.fill("[name=report]", "Đã giải ngân 96%.")
    press(page, FORM)
    expect(page.locator("main")).to_contain_text("tien-do.pdf")
    page = browse(played.users["giang"])
    page.goto(detail)
    sight(page, "remedy-03-detail")
    page.goto(reverse("registrations:fact_remedy", args=[row.uuid]))
    page.fill("[name=document]", "BC 30-BC/BTCTU")
    page.fill("[name=remedied_on]", "28/06/2024")
    press(page, FORM)
    row = Shortcoming.objects.get()
    assert (row.state, row.verified_by.username) == ("verified", "giang")
    page = browse(played.users["an"])
    page.goto(reverse("reviews:review_detail", args=[played.review("an").uuid]))
    expect(page.locator("#named-before")).to_contain_text("đã xác nhận khắc phục 1/1")
    sight(page, "remedy-04-review")


def test_head_remarks_and_the_member_answers(browse, played, sight):
    page = browse(played.users["an"])
    page.goto(reverse("registrations:remark_pick"))
    sight(page, "remark-01-whom")
    page.goto(f"{reverse('registrations:remark_create')}?person={played.people['chi'].uuid}")
    page.fill("[name=text]", "Chủ động tham mưu, hoàn thành sớm hai nhiệm vụ.")
    sight(page, "remark-02-write")
    press(page, FORM)
    page = browse(played.users["chi"])
    page.goto(reverse("registrations:remark_list"))
    sight(page, "remark-03-list")
    page.click("a[href$='/answer']")
    page.fill("[name=answer]", "Xin tiếp thu và tiếp tục phát huy.")
    press(page, FORM)
    expect(page.locator("main")).to_contain_text("Xin tiếp thu và tiếp tục phát huy.")


def test_head_of_the_former_place_writes_his_comment(browse, played, sight):
    rating = played.rating("an", RatingKind.CADRE)
    opinion = Opinion.objects.create(
        rating=rating,
        kind=OpinionKind.FORMER_PLACE,
        unit=played.units["SYT"],
        due_on=timezone.localdate() + timedelta(days=5),
        entered_by=played.users["giang"],
    )
    page = browse(played.users["dung"])
    page.goto(reverse("reviews:home"))
    page.click(f"a[href='{reverse('reviews:former_comment', args=[opinion.uuid])}']")
    sight(page, "former-01-write")
    page.fill("[name=text]", "Hoàn thành tốt nhiệm vụ trong thời gian công tác tại Sở Y tế.")
    press(page, FORM)
    expect(page.locator("main")).not_to_contain_text("đã chuyển công tác")
    page = browse(played.users["giang"])
    page.goto(reverse("reviews:opinion_list", args=[rating.uuid]))
    expect(page.locator("main")).to_contain_text("Phạm Quốc Dũng ghi")
    sight(page, "former-02-list")
