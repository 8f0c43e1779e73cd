"""The look in a real browser: every partial on two widths, and each script against a live server."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys import gallery

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.gallery")]
SAVED_WITHIN = 8_000


@pytest.fixture(autouse=True)
def _quiet_server():
    for store in (gallery.SAVED, gallery.ANSWER, gallery.POSTED):
        store.clear()


@pytest.fixture
def page(browse, province):
    opened = browse(province.users["an"], expect=("status of 4", "status of 5", "ERR_INTERNET_DISCONNECTED", "net::"))
    opened.goto("/gallery/")
    return opened


def state(page):
    return page.locator("[data-autosave-state]")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_partial_is_accessible_and_fits_the_width(browse, province, accessible, shot, width):
    page = browse(province.users["an"], width=width)
    page.goto("/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    accessible(page)
    shot(page, "look-gallery")


@pytest.mark.parametrize(
    ("address", "words"), [("/gallery/forbidden", "Chỉ thư ký hội nghị"), ("/gallery/none", "Không tìm thấy")]
)
def test_error_page_says_why_and_leads_out(browse, province, accessible, address, words):
    page = browse(province.users["an"], width=360, expect=("status of 403", "status of 404"))
    page.goto(address)
    expect(page.locator("main")).to_contain_text(words)
    assert page.locator("main a.btn-primary").get_attribute("href") == "/"
    accessible(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_admin_wears_the_house_and_stays_within_the_policy(browse, province, shot, width):
    admin = province.users["phuc"]
    admin.is_superuser = True
    admin.save()
    page = browse(admin, width=width)
    page.goto("/admin/")
    assert page.locator("#site-name").inner_text().split() == ["Tự", "Soi", "Cấu", "hình"]
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
    assert page.evaluate("document.querySelectorAll('.theme-toggle').length") == 0
    shot(page, "look-admin")
    for address, name in (("", "list"), ("add/", "form")):
        page.goto(f"/admin/django_celery_beat/periodictask/{address}")
        shot(page, f"look-admin-{name}")


def test_error_summary_takes_the_focus_and_names_the_fields(page):
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.locator(".error-summary a").first.get_attribute("href") == "#id_full_name"


def test_autosave_posts_text_version_and_sequence_after_a_keystroke(page):
    page.fill("#text", "Năm 2024, tôi trực tiếp chỉ đạo 20 nhiệm vụ")
    expect(state(page)).to_have_text("✓ Đã lưu 10:32", timeout=SAVED_WITHIN)
    sent = gallery.SAVED[0]
    assert sent["text"] == "Năm 2024, tôi trực tiếp chỉ đạo 20 nhiệm vụ"
    assert (sent["version"], sent["client_seq"], sent["header"]) == ("3", "1", "1")
    assert page.locator("#writing input[name=version]").input_value() == "4"
    expect(page.locator("[data-autosave-forecast]")).to_have_text("Dự kiến: Hoàn thành tốt")
    page.type("#text", " và")
    expect(state(page)).to_have_text("✓ Đã lưu 10:32", timeout=SAVED_WITHIN)
    page.wait_for_timeout(2500)
    assert [(sent["client_seq"], sent["version"]) for sent in gallery.SAVED] == [("1", "3"), ("2", "4")]


def test_autosave_sends_nothing_without_a_keystroke(page):
    page.click("#text")
    page.click("h1")
    page.wait_for_timeout(3000)
    assert gallery.SAVED == []


def test_autosave_keeps_nothing_in_the_browser(page):
    page.fill("#text", "Bí mật")
    expect(state(page)).to_have_text("✓ Đã lưu 10:32", timeout=SAVED_WITHIN)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert json.loads(kept) in ([{}, {}], [{}, {"htmx-current-path-for-history": "/gallery/"}])


def test_autosave_links_to_both_texts_when_somebody_else_saved(page):
    gallery.ANSWER.update(status=409, message="Đã có người lưu bản khác.", conflict_url="/gallery/conflict")
    page.fill("#text", "Bản của tôi")
    link = page.locator("[data-autosave-link]")
    expect(link).to_be_visible(timeout=SAVED_WITHIN)
    assert link.get_attribute("href") == "/gallery/conflict"
    expect(page.locator("[data-autosave-message]")).to_have_text("Đã có người lưu bản khác.")
    assert page.locator("#text").input_value() == "Bản của tôi"


def test_autosave_shows_a_red_bar_offline_and_saves_when_the_line_is_back(page):
    page.context.set_offline(True)
    page.fill("#text", "Viết khi mất mạng")
    expect(page.locator("[data-autosave-offline]")).to_be_visible(timeout=SAVED_WITHIN)
    page.context.set_offline(False)
    expect(state(page)).to_have_text("✓ Đã lưu 10:32", timeout=15_000)
    expect(page.locator("[data-autosave-offline]")).to_be_hidden()
    assert gallery.SAVED[-1]["text"] == "Viết khi mất mạng"


def test_autosave_logs_in_again_in_place_and_then_saves(page):
    Session.objects.all().delete()
    page.fill("#text", "Viết sau khi hết phiên")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible(timeout=SAVED_WITHIN)
    dialog.locator("[name=username]").fill("an")
    dialog.locator("[name=password]").fill("sai-mat-khau")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[data-error]")).to_be_visible()
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("[type=submit]").click()
    expect(state(page)).to_have_text("✓ Đã lưu 10:32", timeout=SAVED_WITHIN)
    assert [sent["text"] for sent in gallery.SAVED] == ["Viết sau khi hết phiên"]
    page.click("[data-autosave] [type=submit]")
    page.wait_for_url("**/gallery/")
    assert gallery.POSTED[-1]["text"] == "Viết sau khi hết phiên"


def test_question_is_asked_before_the_act_and_a_no_sends_nothing(page):
    page.click("text=Kết luận")
    dialog = page.locator("#confirm-dialog")
    expect(dialog).to_contain_text("Kết luận hội nghị?")
    dialog.locator("[data-no]").click()
    expect(dialog).to_be_hidden()
    assert gallery.POSTED == []
    page.click("text=Kết luận")
    dialog.locator("[data-yes]").click()
    page.wait_for_load_state("networkidle")
    assert len(gallery.POSTED) == 1
    assert gallery.POSTED[0]["version"] == "3"
    assert len(gallery.POSTED[0]["idempotency_key"]) == 36


def test_second_press_sends_the_form_only_once(page):
    page.evaluate(
        "() => { for (let press = 0; press < 3; press++) document.querySelector('#writing').requestSubmit(); }"
    )
    page.wait_for_load_state("networkidle")
    assert len(gallery.POSTED) == 1


def test_words_are_counted_while_writing(page):
    expect(page.locator("#words")).to_have_text("3 từ")
    page.fill("#text", "Hoàn thành  20/20\nnhiệm vụ")
    expect(page.locator("#words")).to_have_text("5 từ")


def test_one_box_ticks_all_and_the_number_follows(page):
    page.check("[data-select-all]")
    expect(page.locator("[data-select-count]")).to_have_text("3")
    page.uncheck("[name=who][value='2']")
    expect(page.locator("[data-select-count]")).to_have_text("2")
    assert page.evaluate("document.querySelector('[data-select-all]').indeterminate")


def test_keys_move_through_rows_and_show_their_list(page):
    page.click("h1")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#write"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#explain"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#write"
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.click("#text")
    page.keyboard.type("j?")
    assert "j?" in page.locator("#text").input_value()
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_page_works_without_javascript(browser, live_server, province, browse):
    cookies = browse(province.users["an"]).context.cookies()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/gallery/")
    page.locator(".menu__who").click()
    expect(page.locator(".menu__panel form [type=submit]").last).to_be_visible()
    page.fill("#text", "Không cần kịch bản")
    page.locator("#writing [type=submit]").click()
    assert gallery.POSTED[0]["text"] == "Không cần kịch bản"
    context.close()
