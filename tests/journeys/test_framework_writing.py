"""An officer writes a framework in Chromium: typing is saved, keys move, two tabs lose nothing, at both widths."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from criteria.models import Criterion
from tests.criteria.frameworks.conftest import Frames

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Hoàn thành 100% nhiệm vụ khám bệnh, chữa bệnh tại Kon Plông, Đắk Rơ Ông đúng tiến độ, bảo đảm chất lượng."


def one(framework, code):
    return Criterion.objects.prefetch_related("levels").get(group__framework=framework, code=code)


def text(framework, code):
    return one(framework, code).levels.get(level="good").text


def test_officer_writes_moves_and_meets_his_own_other_tab(province, browse, accessible, shot):
    frames = Frames(province)
    child = frames.child(frames.issued())
    address = reverse("criteria:criterion_edit", args=[one(child, "2").uuid])
    page = browse(frames.user("khanh"))
    page.goto(address)
    accessible(page)
    shot(page, "framework-criterion")
    other = browse(frames.user("khanh"), width=360, expect=("status of 409",))
    other.goto(address)
    accessible(other)
    shot(other, "framework-criterion")
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.fill("#id_text_good", LONG)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu", timeout=20_000)
    expect(page.locator("[data-autosave-forecast]")).to_contain_text("Tiêu chí 2")
    assert text(child, "2") == LONG

    other.fill("#id_text_good", "Bản viết ở cửa sổ khác.")
    link = other.locator("[data-autosave-link]")
    expect(link).to_be_visible(timeout=20_000)
    assert text(child, "2") == LONG
    other.goto(link.get_attribute("href"))
    accessible(other)
    shot(other, "framework-conflict")
    expect(other.locator("#id_text_good")).to_have_value(f"{LONG}\n\nBản viết ở cửa sổ khác.")

    page.fill("#id_text_poor", "Chưa lưu khi chuyển chỗ.")
    page.locator("#id_text_poor").press("Alt+ArrowDown")
    page.wait_for_url(re.compile("#outline$"))
    assert one(child, "2").group.number == "III"
    assert one(child, "2").levels.get(level="poor").text == "Chưa lưu khi chuyển chỗ."
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(re.compile(str(one(child, "3").uuid)))


def test_outline_and_document_hold_at_both_widths(province, browse, accessible, shot):
    frames = Frames(province)
    child = frames.child(frames.issued())
    for width in (1280, 360):
        page = browse(frames.user("khanh"), width=width)
        for name in ("framework_write", "framework_head", "framework_covers", "framework_preview"):
            page.goto(reverse(f"criteria:{name}", args=[child.uuid]))
            accessible(page)
            shot(page, name.replace("_", "-"))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
