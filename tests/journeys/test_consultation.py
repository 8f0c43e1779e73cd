"""A draft framework put out to twelve bodies, answered, put together and issued, in a real browser at both widths."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Clause, Consultation, Framework, Remark
from criteria.selectors.frameworks.frameworks import texts_of
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.consulting.paper_answers import PaperRemark, enter_paper
from criteria.services.frameworks.frameworks import add_illustrations
from orgs.models import Unit
from tests.criteria import rounds
from tests.criteria.consulting import asking
from tests.journeys.steps import Sight, press

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "[data-autosave-state]:has-text('Đã lưu')"
OLD, NEW = "từ 80% trở lên đúng tiến độ", "từ 90% trở lên đúng tiến độ"


def at(name, *things):
    return reverse(f"criteria:{name}", args=[getattr(thing, "uuid", thing) for thing in things])


@pytest.fixture
def framework(province):
    law = rounds.regulation()
    shipped = next(rows for key, rows in illustrations().items() if key == law.key)
    template = next(row for row in shipped if row["form"] == "02A")
    return add_illustrations(
        issuer=province.units["TU"], regulation=law, templates=(template,), actor=province.users["giang"]
    )[0]


def twelve(province):
    more = [
        Unit.objects.create(code=f"H{number}", name=f"Huyện ủy số {number}", kind=province.units["SKH"].kind)
        for number in range(1, 11)
    ]
    province.units.update({unit.code: unit for unit in more})
    return ("SKH", "SYT", *(unit.code for unit in more))


def answer_on_paper(province, row, clause):
    """The ten others write: six want the clause stricter, four agree."""
    for number in range(1, 11):
        says = [PaperRemark(clause, "amend", "Nâng lên 90%.", "Mức 80% quá dễ đạt.")] if number <= 6 else []
        body = asking.reply_of(row, f"H{number}")
        enter_paper(
            addressee=body,
            number=f"{number}-CV/HU",
            paper_on=timezone.localdate(),
            remarks=says,
            version=body.version,
            actor=province.users["giang"],
        )


def put_out(page, row, framework, see):
    page.goto(at("consulted_text_add", row, "framework"))
    page.select_option("[name=framework]", value=str(framework.pk))
    with page.expect_navigation():
        page.click("main button.btn-primary")
    page.goto(at("consultation_detail", row))
    see(page, "consultation-draft")
    press(page, "form[action$='/open']")


def test_draft_is_put_out_to_twelve_answered_mended_and_issued(browse, province, framework, shot, accessible):
    see, giang = Sight(shot, accessible), browse(province.users["giang"])
    row = asking.with_recipients(province, asking.draft(province), units=twelve(province), people=())
    put_out(giang, row, framework, see)
    framework.refresh_from_db()
    assert (Consultation.objects.get().state, framework.state) == ("open", "consultation")
    clause = Clause.objects.get(source="2")
    assert OLD in clause.body

    an = browse(province.users["an"])
    an.goto(at("remark_edit", asking.reply_of(row, "SKH"), clause, 1))
    an.check("#id_kind_amend")
    an.fill("#id_wording", "Nâng lên 90%.")
    an.fill("#id_reason", "Sở giao việc theo tháng, theo dõi được.")
    an.wait_for_selector(SAVED)
    see(an, "consultation-remark")
    an.goto(at("reply_detail", asking.reply_of(row, "SKH")))
    press(an, "form[action$='/send']")
    dung = browse(province.users["dung"], width=360)
    dung.goto(at("reply_detail", asking.reply_of(row, "SYT")))
    see(dung, "consultation-reply")
    press(dung, "form[action$='/agree']")
    answer_on_paper(province, row, clause)
    assert row.addressees.filter(state="replied").count() == 12

    giang.goto(at("consultation_detail", row))
    see(giang, "consultation-answered")
    press(giang, "form[action$='/close']")
    giang.goto(at("clause_answers", clause))
    giang.fill("[name=amended]", clause.body.replace(OLD, NEW))
    press(giang, "form[action$='/amend']")
    giang.check("#all-remarks")
    giang.select_option("[id=id_verdict]", "accepted")
    giang.fill("[id=id_summary]", "Nâng mức tốt lên 90%")
    with giang.expect_navigation():
        giang.click("button:has-text('Trả lời và sang ý kiến tiếp theo')")
    assert set(Remark.objects.values_list("answer__verdict", flat=True)) == {"accepted"}
    assert Remark.objects.count() == 7

    giang.goto(at("synthesis_detail", row))
    press(giang, "form[action$='/carry']")
    giang.goto(at("synthesis_edit", row))
    giang.fill("[name=submitted_to]", "Ban Thường vụ Tỉnh ủy")
    giang.fill("[name=submission_number]", "12-TTr/BTCTU")
    giang.fill("[name=submitted_on]", f"{timezone.localdate():%d/%m/%Y}")
    press(giang, "form:has([name=submitted_to])")
    press(giang, "form[action$='/submit']")
    press(giang, "form[action$='/finish']")

    giang.goto(at("framework_number", framework))
    giang.fill("[name=number]", "05-QĐ/TU")
    giang.fill("[name=issued_on]", f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}")
    press(giang, "form:has([name=issued_on])")
    giang.goto(at("framework_detail", framework))
    press(giang, "form[action$='/issue']")
    see(giang, "consultation-issued")
    issued = Framework.objects.get()
    assert (Consultation.objects.get().state, issued.state, issued.number) == ("finished", "issued", "05-QĐ/TU")
    criterion = next(found for group in issued.groups.all() for found in group.criteria.filter(code="2"))
    assert NEW in texts_of(criterion)["good"]
    an.goto(at("reply_outcome", asking.reply_of(row, "SKH")))
    see(an, "consultation-outcome")
    assert "Tiếp thu" in an.locator("main .versions").text_content()
    assert "90%" in an.locator(".difference ins").inner_text()
