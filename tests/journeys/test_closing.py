"""Many verified remedies closed at once in a browser: by keyboard, on a phone; what is refused stays ticked."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from orgs.services.transitions import advance
from registrations.models import Shortcoming
from tests.journeys.steps import Sight
from tests.registrations.remedies.test_remedies import name, verified

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ("Chậm giải ngân vốn đầu tư công.", "Báo cáo chưa đúng hạn.", "Thiếu kiểm tra cơ sở.")


@pytest.fixture
def mended(province):
    name(province, text="Chưa khắc phục.")
    return [verified(province, name(province, text=words)) for words in WORDS]


def states():
    return list(Shortcoming.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("width", [1280, 360])
def test_matters_are_ticked_and_closed_by_the_keyboard(browse, province, mended, accessible, shot, width):
    sight = Sight(shot, accessible)
    page = browse(province.users["giang"], width=width)
    page.goto(f"{reverse('registrations:remedy_list')}?state=verified")
    boxes = page.locator("input[name=row]")
    expect(boxes).to_have_count(3)
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-select-count=row]")).to_have_text("1")
    page.focus("#all-rows")
    page.keyboard.press("Space")
    expect(page.locator("[data-select-count=row]")).to_have_text("3")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sight(page, f"closing-{width}-ticked")
    page.focus("#close-many [type=submit]")
    page.keyboard.press("Enter")
    dialog = page.locator("#confirm-dialog")
    expect(dialog).to_contain_text("Kết thúc theo dõi tất cả các việc đã đánh dấu?")
    assert states() == ["open", "verified", "verified", "verified"]
    page.focus("#confirm-dialog [data-yes]")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Đã kết thúc theo dõi 3 việc.")
    assert states() == ["open", "closed", "closed", "closed"]
    assert page.url.endswith("?state=verified")


def test_matter_that_was_opened_again_meanwhile_is_named_and_the_others_wait_ticked(
    browse, province, mended, accessible, shot
):
    sight = Sight(shot, accessible)
    page = browse(province.users["giang"], width=360, expect=("409",))
    page.goto(f"{reverse('registrations:remedy_list')}?state=verified")
    page.check("#all-rows")
    quan = province.users["quan"]
    advance(mended[0], "reopen", actor=quan, version=mended[0].version, note="Tái diễn", document_ref="CV 7-CV/UBKT")
    page.click("#close-many [type=submit]")
    page.click("#confirm-dialog [data-yes]")
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text(WORDS[0])
    expect(summary).to_contain_text("Chưa kết thúc việc nào")
    expect(page.locator("input[name=row]:checked")).to_have_count(2)
    sight(page, "closing-refused")
    page.click("#close-many [type=submit]")
    page.click("#confirm-dialog [data-yes]")
    expect(page.locator("main")).to_contain_text("Đã kết thúc theo dõi 2 việc.")
    assert states() == ["open", "open", "closed", "closed"]
