"""The journeys' own harness: it logs in, and it hears every complaint that would otherwise pass unseen."""

import pytest
from django.urls import reverse

from orgs.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cadre():
    return User.objects.create_user("CB900", password="một mật khẩu dài", must_change_password=False)


@pytest.mark.parametrize("width", [1280, 360])
def test_login_page_is_accessible_and_lets_a_person_in(browse, log_in, accessible, shot, cadre, width):
    page = browse(width=width)
    page.goto(reverse("orgs:login"))
    accessible(page)
    shot(page, "login")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    log_in(page, "CB900", "một mật khẩu dài")
    page.goto(reverse("orgs:account_own"))
    assert reverse("orgs:login") not in page.url
    assert page.locator("html").get_attribute("lang") == "vi"


def test_session_of_a_given_user_needs_no_login(browse, cadre):
    page = browse(cadre)
    page.goto(reverse("orgs:account_own"))
    assert reverse("orgs:login") not in page.url
    assert "CB900" in page.content()


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        ("console.error('broken')", "broken"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')", "Content Security Policy"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        (
            "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/a.png'}))",
            "elsewhere.example",
        ),
    ],
)
def test_control_a_complaint_of_the_browser_is_heard(browse, act, heard):
    page = browse()
    page.goto(reverse("orgs:login"))
    assert browse.complaints == []
    page.evaluate(f"() => {{ {act} }}")
    page.wait_for_timeout(300)
    assert any(heard in complaint for complaint in browse.complaints)
    browse.complaints.clear()


def test_control_an_inaccessible_page_is_found(browse, accessible):
    page = browse()
    page.goto(reverse("orgs:login"))
    page.evaluate("() => document.querySelectorAll('label').forEach(label => label.remove())")
    with pytest.raises(AssertionError, match="label"):
        accessible(page)
