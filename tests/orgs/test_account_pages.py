"""The pages of who keeps accounts, and the own one: what they show once, refuse, and leave to others."""

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Person, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Ngan-xanh-2024"


@pytest.fixture
def keeper(province, client):
    """Sơn, who keeps the accounts of the State bodies."""
    client.force_login(province.users["son"])
    return client


def newcomer(province, code="CB0900", name="Trịnh Thị Mới", unit="SKH"):
    person = Person.objects.create(code=code, full_name=name)
    person.appointments.create(unit=province.units[unit], position=province.positions["CV"])
    return person


def act(client, name, user, **body):
    return client.post(reverse(f"orgs:account_{name}", args=[user.uuid]), body, follow=True)


def listed(client, **query):
    page = client.get(reverse("orgs:account_list"), query)
    return {row.username for row in page.context["page_obj"]}


def test_own_page_names_the_granted_roles_with_their_place(province, client):
    client.force_login(province.users["nga"])
    page = client.get(reverse("orgs:account_own")).text
    for words in ("Ngô Thanh Nga", "Thư ký hội nghị", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"):
        assert words in page


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("Sai-mat-khau-1", NEW, NEW, "Mật khẩu hiện tại không đúng."),
        (PASSWORD, PASSWORD, PASSWORD, "Hãy chọn mật khẩu khác mật khẩu hiện tại."),
        (PASSWORD, NEW, "Ngan-xanh-2025", "Hai trường mật khẩu không giống nhau."),
        (PASSWORD, "8765432190", "8765432190", "Mật khẩu này hoàn toàn là số."),
    ],
    ids=["wrong old one", "the same again", "two new ones", "weak"],
)
def test_own_password_is_refused(province, client, old, new, again, words):
    client.force_login(province.users["chi"])
    page = client.post(reverse("orgs:password_change"), {"old_password": old, "password1": new, "password2": again})
    assert words in page.text
    assert User.objects.get(username="chi").check_password(PASSWORD)


def test_own_password_changed_ends_every_other_session_and_keeps_this_one(province, client):
    other = type(client)()
    for session in (client, other):
        session.force_login(province.users["chi"])
    body = {"old_password": PASSWORD, "password1": NEW, "password2": NEW}
    assert "Đã đổi mật khẩu." in client.post(reverse("orgs:password_change"), body, follow=True).text
    assert client.get(reverse("orgs:account_own")).status_code == 200
    assert other.get(reverse("orgs:account_own")).status_code == 302
    assert AuditEvent.objects.get(action="account.change_password").actor == province.users["chi"]


def test_list_is_searched_without_accents_and_cut_down_by_status(province, keeper):
    User.objects.filter(username="binh").update(is_active=False)
    assert listed(keeper, q="tran thi binh") == {"binh"}
    assert listed(keeper, q="BINH") == {"binh"}
    assert listed(keeper, status="inactive") == {"binh"}
    assert "binh" not in listed(keeper, status="active")
    assert {"chi", "em"} <= listed(keeper, status="unused")
    assert listed(keeper, q="lan") == set()


def test_reset_shows_the_slip_once(province, keeper):
    page = act(keeper, "reset", province.users["chi"], idempotency_key="k-1")
    (slip,) = page.context["slips"]
    assert (slip.username, slip.password in page.text) == ("chi", True)
    assert "no-store" in page.headers["Cache-Control"]
    again = act(keeper, "reset", province.users["chi"], idempotency_key="k-1")
    assert slip.password not in again.text
    assert "Không có phiếu mới" in again.text
    user = User.objects.get(username="chi")
    assert user.check_password(slip.password)
    assert user.must_change_password


@pytest.mark.parametrize("name", ["reset", "deactivate", "activate"])
@pytest.mark.parametrize("short", ["lan", "phuc"])
def test_account_out_of_reach_or_of_an_administrator_is_not_found(province, keeper, name, short):
    before = User.objects.get(username=short).password
    assert act(keeper, name, province.users[short], note="Thử").status_code == 404
    user = User.objects.get(username=short)
    assert (user.password, user.is_active) == (before, True)


def test_account_is_deactivated_with_a_reason_once_and_activated_again(province, keeper):
    chi = province.users["chi"]
    assert "Hãy nêu lý do." in act(keeper, "deactivate", chi, note=" ").text
    assert User.objects.get(pk=chi.pk).is_active
    assert act(keeper, "deactivate", chi, note="Nghỉ thai sản").status_code == 200
    assert not User.objects.get(pk=chi.pk).is_active
    late = act(keeper, "deactivate", chi, note="Nghỉ thai sản")
    assert late.status_code == 409
    assert "Tài khoản này vừa được người khác thay đổi." in late.text
    assert act(keeper, "activate", chi, note="Trở lại làm việc").status_code == 200
    assert User.objects.get(pk=chi.pk).is_active
    assert AuditEvent.objects.filter(action__in=("account.deactivate", "account.activate")).count() == 2


def test_own_account_is_not_deactivated(province, keeper):
    assert "Không thể tự khóa tài khoản của mình." in act(keeper, "deactivate", province.users["son"], note="Thử").text
    assert User.objects.get(username="son").is_active


def test_bulk_page_is_searched_and_tells_when_nobody_is_ticked(province, keeper):
    newcomer(province)
    newcomer(province, "CB0901", "Cao Văn Khác")
    address = reverse("orgs:account_create_bulk")
    page = keeper.get(address, {"q": "trinh thi"}).text
    assert ("Trịnh Thị Mới" in page, "Cao Văn Khác" in page) == (True, False)
    assert "Không có phiếu mới" in keeper.post(address, {}, follow=True).text
    assert "Không có phiếu mới" in keeper.post(address, {"person": ["không phải mã"]}, follow=True).text


def test_bulk_page_leaves_out_who_is_out_of_reach(province, keeper):
    outside = newcomer(province, unit="TU")
    page = keeper.post(reverse("orgs:account_create_bulk"), {"person": [str(outside.uuid)]}, follow=True)
    assert "Không có phiếu mới" in page.text
    assert not User.objects.filter(person=outside).exists()


@pytest.mark.parametrize(
    ("taken", "code", "words"),
    [
        ("CB0900", "CB0900", "Các tên đăng nhập sau đã được dùng cho tài khoản khác: CB0900."),
        ("", None, "Những người sau chưa có mã cán bộ nên chưa có tên đăng nhập: Trịnh Thị Mới."),
    ],
)
def test_bulk_page_makes_no_account_when_one_of_them_cannot_have_one(province, keeper, taken, code, words):
    if taken:
        User.objects.create(username=taken)
    people = [newcomer(province, code), newcomer(province, "CB0901", "Cao Văn Khác")]
    body = {"person": [str(person.uuid) for person in people]}
    assert words in keeper.post(reverse("orgs:account_create_bulk"), body, follow=True).text
    assert not User.objects.filter(person__in=people).exists()
