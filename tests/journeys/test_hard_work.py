"""A cadre registers both kinds of work, is supported, blocked and verified; his grade names it: in a real browser."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle
from orgs.models import RatingKind, Setting
from registrations.models import Registration, SupportRequest, Work
from tests import uploads
from tests.journeys.steps import Played, Sight, press
from tests.registrations.works.test_registering import shortcoming
from tests.registrations.works.written import HARD, NEW, YEAR

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": uploads.PDF}


def at(name, *things):
    return reverse(f"registrations:{name}", args=[getattr(thing, "uuid", thing) for thing in things])


def fill(page, values):
    for name, value in values.items():
        shown = f"{value:%d/%m/%Y}" if hasattr(value, "year") else value
        if name == "field":
            page.select_option("[name=field]", value)
        else:
            page.fill(f"[name={name}]", shown)


def save(page, button="main form.card button.btn-primary"):
    with page.expect_navigation():
        page.click(button)


def write(page, see):
    """Both parts, one of them first without a measure, and a line in each half of the plan."""
    page.goto(at("registration_create"))
    assert "Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)" in page.inner_text("main")
    see(page, "work-start")
    save(page)
    row = Registration.objects.get()
    page.goto(at("work_add", row, "hard"))
    fill(page, HARD | {"measures": ""})
    save(page)
    assert "chưa có giải pháp" in page.inner_text(".error-summary")
    assert page.input_value("[name=content]") == HARD["content"]
    see(page, "work-refused")
    page.fill("[name=measures]", HARD["measures"])
    save(page)
    page.goto(at("work_add", row, "new"))
    fill(page, NEW)
    save(page)
    page.goto(at("plan_line_add", row, "strength"))
    page.fill("[name=text]", "Quyết liệt trong chỉ đạo, điều hành.")
    save(page)
    page.goto(at("plan_line_add", row, "shortcoming"))
    page.select_option("[name=shortcoming]", index=1)
    page.fill("[name=measure]", "Giao ban hằng tuần với chủ đầu tư.")
    save(page)
    page.goto(at("support_add", row.works.get(kind="hard")))
    page.select_option("[name=body]", label="Ủy ban nhân dân tỉnh Quảng Ngãi")
    page.fill("[name=text]", "Ban hành đơn giá bồi thường năm nay.")
    page.fill("[name=due_on]", f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}")
    save(page)
    page.goto(at("registration_detail", row))
    see(page, "work-draft")
    press(page, "form[action$='/send']")
    return row


def test_both_kinds_are_registered_supported_carried_and_verified(browse, province, shot, accessible):
    see = Sight(shot, accessible)
    shortcoming(province)
    an, giang, ha = (browse(province.users[who], expect=("422",)) for who in ("an", "giang", "ha"))
    row = write(an, see)
    giang.goto(at("registration_list"))
    assert "Nguyễn Văn Ấn" in giang.inner_text("main table")
    see(giang, "work-list")
    giang.goto(at("registration_detail", row))
    press(giang, "form[action$='/receive']")
    hard = Work.objects.get(kind="hard")

    request = SupportRequest.objects.get()
    ha.goto(at("support_list"))
    with ha.expect_navigation():
        ha.click(f"a[href='{at('support_detail', request)}']")
    see(ha, "work-support")
    ha.goto(at("support_answer", request))
    ha.fill("[name=answer]", "Ủy ban nhân dân tỉnh ban hành trước ngày 15/6.")
    save(ha)

    an.goto(at("work_detail", hard))
    press(an, "form[action$='/start']")
    an.goto(at("note_add", hard))
    an.fill("[name=text]", "Đã bàn giao 30/45 hộ.")
    an.set_input_files("[name=files]", [PDF | {"name": "Biên bản (Mật).pdf"}])
    save(an)
    assert "độ mật" in an.inner_text(".error-summary") or "Mật" in an.inner_text(".error-summary")
    assert an.input_value("[name=text]") == "Đã bàn giao 30/45 hộ."
    an.set_input_files("[name=files]", [PDF])
    save(an)
    an.goto(at("obstacle_add", hard))
    an.fill("[name=text]", "Chưa có đơn giá bồi thường.")
    save(an)
    an.goto(at("obstacle_solve", hard.obstacles.get()))
    an.fill("[name=solution]", "Ủy ban nhân dân tỉnh đã ban hành đơn giá.")
    save(an)

    an.goto(at("work_change", hard))
    an.fill("[name=finishes_on]", f"31/12/{YEAR}")
    an.fill("[name=reason]", "Chờ đơn giá bồi thường.")
    save(an)
    giang.goto(at("work_detail", hard))
    press(giang, "form[action$='/consent']")
    giang.goto(at("direction_add", hard))
    giang.fill("[name=document]", "Công văn số 450-CV/TU")
    giang.fill("[name=document_on]", f"{timezone.localdate():%d/%m/%Y}")
    giang.fill("[name=text]", "Giao Ủy ban nhân dân tỉnh chỉ đạo tháo gỡ.")
    save(giang)

    an.goto(at("work_report", hard))
    an.check("[name=outcome][value=changed]")
    an.fill("[name=result]", "Đã bàn giao 45/45 hộ, nhà đầu tư đã khởi công.")
    an.fill("[name=finished_on]", f"{timezone.localdate():%d/%m/%Y}")
    save(an)
    giang.goto(at("work_verify", hard))
    giang.fill("[name=words]", "Đã kiểm tra tại thực địa, đúng như báo cáo.")
    giang.fill("[name=document]", "Báo cáo số 12-BC/BTCTU")
    save(giang)
    see(giang, "work-verified")
    hard.refresh_from_db()
    assert (hard.state, hard.verified_outcome, f"{hard.finishes_on:%d/%m}") == ("verified", "changed", "31/12")
    an.goto(at("registration_detail", row))
    see(an, "work-received")
    grade_names_it(an, giang, play_the_round(province), see)


def play_the_round(province):
    """The round of the same year, to where the grade is appraised."""
    played = Played(province)
    Cycle.objects.filter(pk=played.cycle.pk).update(period_start_on=date(YEAR, 1, 1), period_end_on=date(YEAR, 12, 31))
    played.cycle.refresh_from_db()
    for step in ("write", "meet", "finish", "propose", "opinion", "appraise"):
        getattr(played, step)()
    return played


def grade_names_it(an, giang, played, see):
    """The explained grade names the verified work as a ground, and says that it decides nothing."""
    rating = played.rating("an", RatingKind.CADRE)
    giang.goto(reverse("reviews:rating_detail", args=[rating.uuid]))
    grounds = giang.locator(
        "section:has(h3:text-is('Căn cứ đã ghi nhận')), details:has(h3:text-is('Căn cứ đã ghi nhận'))"
    )
    words = grounds.first.inner_text()
    for said in (
        HARD["name"],
        "Đã kiểm tra tại thực địa, đúng như báo cáo.",
        "Báo cáo số 12-BC/BTCTU",
        "không tự động",
    ):
        assert said in words
    assert NEW["name"] not in words
    see(giang, "work-grade")
    an.goto(reverse("reviews:review_detail", args=[played.review("an").uuid]))
    shown = an.inner_text("main")
    assert HARD["name"] in shown
    assert NEW["name"] in shown


def test_head_sees_without_blame_and_the_unit_learns_where_it_is_allowed(browse, province, shot, accessible):
    see = Sight(shot, accessible)
    from_an = browse(province.users["an"])
    from_an.goto(at("registration_standing"))
    assert "Chưa đăng ký" in from_an.inner_text("main table")
    assert "không bắt buộc" in from_an.inner_text("main")
    see(from_an, "work-standing")
    chi = browse(province.users["chi"], width=360)
    chi.goto(at("work_board"))
    assert "đang tắt" in chi.inner_text("main")
    Setting.objects.create(key="unit_work_board", value=True)
    chi.goto(at("work_board"))
    assert "chưa có công việc" in chi.inner_text("main")
    see(chi, "work-board")
