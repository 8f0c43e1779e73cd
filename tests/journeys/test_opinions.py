"""Opinions in a real browser: asked step by step, answered by clause, saved by itself; two tabs lose nothing."""

import pytest
from django.urls import reverse

from criteria.models import Addressee, Consultation, Remark
from tests.criteria.consulting import asking

SAVED = "[data-autosave-state]:has-text('Đã lưu')"
pytestmark = pytest.mark.django_db(transaction=True)


def place(reply, label, number=1):
    return reverse("criteria:remark_edit", args=[reply.uuid, asking.clause(reply.consultation, label).uuid, number])


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_both_sides_is_accessible_and_fits(browse, province, accessible, shot, width):
    draft, row = asking.ready(province), asking.opened(province)
    asking.answered(province, row)
    other = asking.reply_of(row, "SYT")
    asking.write(province, other, "khanh", "Điều 2", "drop", reason="Trùng với Điều 1.")
    pages = {
        "giang": {
            "consultation_list": [],
            "consultation_create": [],
            "consultation_edit": [draft.uuid],
            "consultation_texts": [draft.uuid],
            "consulted_text_add": [draft.uuid, "pasted"],
            "consulted_text_edit": [draft.texts.get().uuid],
            "consultation_addressees": [draft.uuid],
            "addressee_pick": [draft.uuid],
            "consultation_detail": [row.uuid],
            "consultation_clauses": [row.uuid],
            "clause_remarks": [asking.clause(row, "Điều 2, khoản 2").uuid],
            "reply_paper": [other.uuid],
        },
        "khanh": {
            "reply_list": [],
            "reply_detail": [other.uuid],
            "remark_edit": [other.uuid, asking.clause(row, "Điều 2").uuid, 1],
        },
    }
    for short, names in pages.items():
        page = browse(province.users[short], width=width)
        for name, arguments in names.items():
            query = "?line=state" if name == "addressee_pick" else ""
            page.goto(reverse(f"criteria:{name}", args=arguments) + query)
            accessible(page)
            assert fits(page), name
            shot(page, f"opinions-{name}")
        if short == "giang":
            page.goto(reverse("criteria:consultation_detail", args=[draft.uuid]))
            accessible(page)
            shot(page, "opinions-draft")


def test_remark_saves_by_itself_and_two_tabs_are_made_into_one(browse, province, accessible, shot):
    reply = asking.reply_of(asking.opened(province), "SKH")
    first = browse(province.users["nga"], expect=("409",))
    second = first.context.new_page()
    for page in (first, second):
        page.goto(place(reply, "Điều 1"))
    first.click("label:has-text('Sửa đổi')")
    first.fill("#id_wording", "Viết ở tab thứ nhất")
    first.wait_for_selector(SAVED)
    assert Remark.objects.get().wording == "Viết ở tab thứ nhất"
    second.fill("#id_wording", "Viết ở tab thứ hai")
    second.click("[data-autosave-link]:visible")
    second.wait_for_load_state()
    assert [text.strip() for text in second.locator(".versions__text").all_inner_texts()] == [
        "Viết ở tab thứ nhất",
        "Viết ở tab thứ hai",
    ]
    accessible(second)
    shot(second, "opinions-two-texts")
    second.fill("#id_reason", "Cả hai")
    second.click("label:has-text('Sửa đổi')")
    second.click("button:has-text('Lưu bản này')")
    second.wait_for_load_state()
    saved = Remark.objects.get()
    assert saved.wording.splitlines() == ["Viết ở tab thứ nhất", "", "Viết ở tab thứ hai"]
    assert (saved.kind, saved.reason) == ("amend", "Cả hai")


def test_answer_is_written_handed_on_and_sent_without_any_script_at_360(browser, live_server, province, log_in):
    reply = asking.reply_of(asking.opened(province), "SKH")
    for short in ("nga", "an"):
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
        )
        page = context.new_page()
        log_in(page, short, "Mat-khau-thu-2024")
        page.goto("/")
        page.click(
            "main a.task__act:has-text('Xin ý kiến')" if short == "nga" else "main a.task__act:has-text('Xem và gửi')"
        )
        if short == "nga":
            page.click("a:has-text('Ghi ý kiến')")
            page.check("#id_kind_drop")
            page.fill("#id_reason", "Trùng với Điều 2.")
            page.click("button:has-text('Lưu và sang điều khoản sau')")
            page.goto(reverse("criteria:reply_detail", args=[reply.uuid]))
            page.click("button:has-text('Trình người đứng đầu')")
        else:
            page.click("form[action$='/send'] button")
        page.wait_for_load_state()
        context.close()
    found = Addressee.objects.get(pk=reply.pk)
    assert (found.state, Remark.objects.get().reason) == ("replied", "Trùng với Điều 2.")


def test_keyboard_alone_writes_a_remark(browse, province):
    reply = asking.reply_of(asking.opened(province), "SKH")
    page = browse(province.users["nga"])
    page.goto(place(reply, "Điều 1"))
    page.focus("#id_kind_keep")
    for key in ("ArrowRight", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Câu mới")
    page.keyboard.press("Tab")
    page.keyboard.type("Rõ hơn")
    page.wait_for_selector(SAVED)
    saved = Remark.objects.get()
    assert (saved.kind, saved.wording, saved.reason) == ("amend", "Câu mới", "Rõ hơn")


def test_consultation_is_put_out_from_the_first_page_on(browse, province, shot):
    page = browse(province.users["giang"])
    page.goto(reverse("criteria:consultation_create"))
    page.select_option("#id_issuer", label="Tỉnh ủy Quảng Ngãi")
    page.fill("#id_title", "Góp ý Quy định 906-QĐ/TU")
    page.fill("#id_number", "1440-CV/BTCTU")
    page.fill("#id_sent_on", "20/09/2026")
    page.fill("#id_due_on", "10/12/2026")
    page.fill("#id_letter", "Kính gửi các cơ quan.")
    page.click("button.btn-primary")
    page.click("a:has-text('Dán hoặc tải lên')")
    page.fill("#id_title", "Quy định 906-QĐ/TU")
    page.fill("#id_text", asking.TEXT)
    page.click("button.btn-primary")
    page.click("button[value='join-3']")
    assert page.locator(".clause__label").count() == 4
    page.click("button:has-text('Lưu, đã tách đúng')")
    page.click("a:has-text('Tiếp theo')")
    page.check("#b-1440-3")
    page.click("form:has(#b-1440-3) button")
    page.click("a:has-text('Tiếp theo')")
    shot(page, "opinions-put-out")
    page.click("form[action$='/open'] button")
    page.click("dialog[open] [data-yes]")
    page.wait_for_selector(".meter")
    row = Consultation.objects.get()
    assert (row.state, row.addressees.count()) == ("open", 3)
