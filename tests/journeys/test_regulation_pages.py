"""The administrator's pages of a regulation in a real browser: they fit both widths, axe finds nothing grave, and a
regulation is derived, changed and issued with the keyboard alone and without a script."""

from datetime import date

import pytest
from django.urls import reverse

from criteria.models import Regulation
from criteria.selectors.rules.regulations import parsed
from criteria.services.rules import derivation, regulations
from tests.journeys.steps import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)
PARTY, LOCAL = "366-QĐ/TW@2025-08-30", "399-QĐ/TU@2025-08-27"


def admin(name, *args):
    return reverse(f"admin:criteria_regulation_{name}", args=args)


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def parent(province):
    regulations.load_shipped()
    return Regulation.objects.get(key=PARTY)


@pytest.fixture
def draft(parent, province):
    head = derivation.Head("15-QĐ/TU", date(2026, 1, 5), date(2026, 1, 5), "Quy định của tỉnh")
    return derivation.derive_regulation(parent=parent, head=head, actor=province.users["phuc"])


def test_pages_of_a_regulation_fit_and_are_accessible(browse, province, accessible, shot, parent, draft):
    local = Regulation.objects.get(key=LOCAL)
    pages = {
        "difference": reverse("criteria:regulation_difference", args=[local.uuid]),
        "change": admin("change", parent.pk),
        "derive": admin("derive", parent.pk),
        "confirm": admin("confirm", parent.pk, "quota", "base"),
        "supersede": admin("supersede", parent.pk),
        "admin-difference": admin("difference", local.pk),
        "draft": admin("draft", draft.pk),
        "points": admin("part", draft.pk, "points"),
        "rule": admin("row", draft.pk, "rules", "one_quarter_not_completed"),
        "form": admin("row", draft.pk, "forms", "2B"),
        "copy": admin("copy", draft.pk, "milestones"),
    }
    page, faults = browse(province.users["phuc"]), []
    # axe itself copies what Django's style sheets import, which the policy of the page forbids it.
    read = browse(
        province.users["phuc"], expect=("Content Security Policy", "preload assets", "Failed to load resource")
    )
    for name, url in pages.items():
        assert page.goto(url).status == 200, name
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults += [f"{name} is {wide} px wide at {width}"] if wide > width else []
            shot(page, f"regulation-{name}")
        read.goto(url)
        try:
            accessible(read)
        except AssertionError as grave:
            faults.append(f"{name}: {grave}")
    assert faults == []


def test_province_makes_its_regulation_with_the_keyboard(browse, province, parent):
    page = browse(province.users["phuc"], width=360)
    page.goto(admin("derive", parent.pk))
    page.focus("[name=number]")
    for words in ("15-QĐ/TU", "05/01/2026", "05/01/2026", "Quy định của tỉnh"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    enter(page)
    draft = Regulation.objects.get(key="15-QĐ/TU@2026-01-05")
    page.goto(admin("part", draft.pk, "quota"))
    page.focus('[name="quota/percent"]')
    page.keyboard.press("Control+A")
    page.keyboard.type("120")
    enter(page)
    assert page.input_value('[name="quota/percent"]') == "120"
    assert page.locator(".law-field.errors [name='quota/percent']").count() == 1
    page.focus('[name="quota/percent"]')
    page.keyboard.press("Control+A")
    page.keyboard.type("15")
    enter(page)
    draft.refresh_from_db()
    assert parsed(draft).quota.percent == 15
    page.focus("input[type=submit].default")
    enter(page)
    draft.refresh_from_db()
    assert not draft.is_draft
