"""The header bar shows the places that an account may enter, and marks where it is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from orgs.selectors import menu

pytestmark = pytest.mark.django_db


def labels(user, path=""):
    return [item.label for group in menu.main_menu(user, path) for item in group.items]


def test_stranger_sees_no_places():
    assert menu.main_menu(AnonymousUser()) == []
    assert menu.account_menu(AnonymousUser()) == menu.AccountMenu()


def test_officer_sees_the_register_and_a_cadre_does_not(province):
    assert "Tài khoản" in labels(province.users["giang"])
    assert "Tài khoản" not in labels(province.users["chi"])


def test_configuration_is_for_the_administrator(province):
    assert "Cấu hình" in labels(province.users["phuc"])
    assert "Cấu hình" not in labels(province.users["giang"])


def test_messages_hang_under_the_own_name_of_everybody(province):
    for name in ("chi", "giang", "phuc"):
        assert [item.label for item in menu.account_menu(province.users[name]).items][0] == "Thông báo"


def test_every_link_of_the_menu_opens_for_who_sees_it(client, province):
    for name in ("giang", "chi", "phuc", "lan", "nga", "quan", "son"):
        user = province.users[name]
        client.force_login(user, backend="orgs.backends.RoleBackend")
        links = [item for group in menu.main_menu(user) for item in group.items] + list(menu.account_menu(user).items)
        for item in links:
            assert client.get(item.url, follow=True).status_code == 200, (name, item.label)


def test_present_place_is_marked_and_its_group_with_it(province):
    groups = menu.main_menu(province.users["giang"], reverse("orgs:account_list") + "?page=2")
    here = [item.label for group in groups for item in group.items if item.is_here]
    assert here == ["Tài khoản"]
    assert [group.label for group in groups if group.is_here] == ["Danh mục"]


def test_nearest_place_wins_over_the_home_page():
    assert menu._nearest(["/", "/accounts", "/accounts/new"], "/accounts/new/x") == "/accounts/new"
    assert menu._nearest(["/", "/accounts"], "/") == "/"
    assert menu._nearest(["/", "/accounts"], "/elsewhere") == ""


def test_header_names_the_user_and_logs_out_by_post(client, province):
    client.force_login(province.users["an"], backend="orgs.backends.RoleBackend")
    page = client.get(reverse("orgs:account_own")).content.decode()
    assert "Nguyễn Văn Ấn" in page
    assert f'<form method="post" action="{reverse("orgs:logout")}"' in page
    assert 'href="#main"' in page


def test_language_switch_changes_the_words_and_comes_back(client, province):
    client.force_login(province.users["an"], backend="orgs.backends.RoleBackend")
    here = reverse("orgs:account_own")
    answer = client.post(reverse("set_language"), {"language": "en", "next": here})
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    page = client.get(here).content.decode()
    assert '<html lang="en">' in page
    assert "Log out" in page
