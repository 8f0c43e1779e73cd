"""From the answers of twelve bodies to the signed papers, in a real browser: grouped, answered, mended, submitted."""

import pytest
from django.urls import reverse

from criteria.models import Addressee, Answer, Consultation, Remark
from orgs.models import DocumentVersion, Unit
from tests.criteria.synthesis import made
from tests.journeys.steps import Sight, press

pytestmark = pytest.mark.django_db(transaction=True)
WORDING = "Việc đánh giá được thực hiện hằng quý và cuối năm, trước ngày 31 tháng 12."


def at(name, *things):
    return reverse(f"criteria:{name}", args=[thing.uuid for thing in things])


@pytest.fixture
def row(province):
    """Twelve bodies answered; eleven of them want Điều 2 otherwise."""
    found = made.consultation(province)
    for number in range(1, 9):
        unit = Unit.objects.create(
            code=f"H{number}", name=f"Huyện ủy số {number}", kind=province.units["SKH"].kind, line="party"
        )
        body = made.addressee(found, unit)
        Remark.objects.create(
            addressee=body, clause=made.clause(found, "Điều 2"), kind="amend", wording="Hằng quý.", reason="Kịp thời."
        )
    Addressee.objects.filter(consultation=found, unit__code="SKH").update(replied_by=province.users["an"])
    assert Addressee.objects.filter(consultation=found, state="replied").count() == 12
    return found


def answer(page, verdict, summary, reason=""):
    page.select_option("[id=id_verdict]", verdict)
    page.fill("[id=id_summary]", summary)
    page.fill("[id=id_reason]", reason)


def go_on(page):
    with page.expect_navigation():
        page.click("button:has-text('Trả lời và sang ý kiến tiếp theo')")


def test_twelve_answers_become_one_submission(browse, province, row, shot, accessible):
    see = Sight(shot, accessible)
    page = browse(province.users["giang"])
    page.goto(at("synthesis_detail", row))
    see(page, "synthesis")
    page.click("a:has-text('Trả lời: Điều 2')")
    page.fill("[name=amended]", WORDING)
    press(page, "form[action$='/amend']")
    assert page.locator(".difference ins").inner_text() == "hằng quý và cuối năm,"
    see(page, "clause")

    page.check("#all-remarks")
    page.uncheck("[aria-label='Sở Nội vụ']")
    answer(page, "accepted", "Đánh giá theo quý")
    go_on(page)
    assert page.url.endswith(at("clause_answers", made.clause(row, "Điều 3")))
    assert Answer.objects.get().remarks.count() == 10

    page.check("[name=remarks]")
    answer(page, "not_accepted", "Bỏ Điều 3")
    go_on(page)
    assert "hãy nêu lý do" in page.locator(".error-summary").inner_text()
    see(page, "clause-refused")
    assert page.locator("[name=remarks]").is_checked()
    page.fill("[id=id_reason]", "Công khai kết quả là yêu cầu của cấp trên.")
    go_on(page)
    page.check("[name=remarks]")
    answer(page, "accepted", "Gắn với sản phẩm")
    go_on(page)
    page.check("[name=remarks]")
    answer(page, "in_part", "Sáu tháng một lần", "Chọn kỳ ngắn hơn theo quy định của Trung ương.")
    go_on(page)
    assert "13/13 ý kiến đã trả lời" in page.locator(".answered").inner_text()
    assert page.locator("button:has-text('Trình kết quả')").is_disabled()

    page.click("a:has-text('Người ký, nơi nhận và tờ trình')")
    page.fill("[name=submitted_to]", "Ban Thường vụ Tỉnh ủy")
    page.fill("[name=submission_number]", "312-TTr/BTCTU")
    page.fill("[name=submitted_on]", "05/11/2021")
    see(page, "submission-words")
    press(page, "form:has([name=submitted_to])")
    press(page, "form[action$='/submit']")
    press(page, "form[action$='table.pdf']")
    press(page, "form[action$='submission.pdf']")
    see(page, "synthesis-papers")
    assert set(DocumentVersion.objects.values_list("kind", flat=True)) == {"synthesis", "submission"}
    press(page, "form[action$='/finish']")
    assert Consultation.objects.get().state == "finished"

    reader = browse(province.users["an"])
    reader.goto(reverse("orgs:message_list"))
    reader.click("a:has-text('Kết quả tiếp thu ý kiến góp ý')")
    see(reader, "outcome")
    text = reader.locator("main").inner_text()
    assert "Công khai kết quả là yêu cầu của cấp trên." in text
    assert "Ngành y tế" not in text


def test_matrix_is_read_and_narrowed(browse, province, row, shot, accessible):
    page = browse(province.users["giang"])
    page.goto(at("synthesis_matrix", row))
    Sight(shot, accessible)(page, "matrix")
    assert page.locator(".matrix tbody tr").count() == 16
    page.select_option("[name=status]", "silent")
    with page.expect_navigation():
        page.click("button:has-text('Lọc')")
    assert page.locator(".matrix tbody tr").count() == 4
