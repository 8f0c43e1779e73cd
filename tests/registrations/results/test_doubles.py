"""The same product in the logs of two members: shown to the secretary and the head, hidden from everybody else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Membership
from registrations.selectors.results import doubles
from registrations.services.results import results as services
from tests.cast import SINCE
from tests.registrations.results.written import result, today

pytestmark = pytest.mark.django_db
YEAR = (date(today().year, 1, 1), date(today().year, 12, 31))


def found(province, who="nga", period=YEAR):
    return [
        (row.by_document, {each.person for each in row.rows})
        for row in doubles.doubles_for(province.users[who], period)
    ]


@pytest.fixture
def both(province):
    return {province.people["an"], province.people["binh"]}


def test_same_product_in_other_letters_is_shown(province, both):
    result(province, "an", product="Đề án  Sắp xếp bộ máy")
    result(province, "binh", product="đề án sắp xếp BỘ MÁY")
    assert found(province) == [(False, both)]
    assert found(province, "an") == [(False, both)]


def test_same_document_of_two_products_is_shown_once(province, both):
    result(province, "an", product="Tham mưu quyết định", document="15/QĐ-UBND")
    result(province, "binh", product="Dự thảo quyết định", document="15 / qđ-ubnd")
    assert found(province) == [(True, both)]


def test_same_product_and_document_stand_in_one_row(province, both):
    for who in ("an", "binh"):
        result(province, who, document="15/QĐ-UBND")
    assert found(province) == [(True, both)]


def test_own_repetition_other_body_other_year_and_withdrawn_are_no_double(province):
    result(province, "an")
    result(province, "an")
    result(province, "dung")
    result(province, "binh", done_on=date(today().year - 1, 6, 1))
    gone = result(province, "binh")
    services.withdraw_result(row=gone, reason="Của anh Ấn.", version=1, actor=province.users["binh"])
    assert found(province) == []


def test_empty_document_numbers_are_not_the_same_document(province):
    result(province, "an", product="Một")
    result(province, "binh", product="Hai")
    assert found(province) == []


@pytest.mark.parametrize("who", ["binh", "chi", "dung", "em", "giang", "khanh", "quan", "tu", "phuc"])
def test_nobody_else_is_told(province, who):
    result(province, "an")
    result(province, "binh")
    assert found(province, who) == []


def test_page_names_both_and_is_closed_to_members(province, client):
    result(province, "an")
    mine = result(province, "binh")
    address = reverse("registrations:result_doubles")
    client.force_login(province.users["nga"])
    page = client.get(address).text
    assert "Nguyễn Văn Ấn" in page
    assert "Trần Thị Bình" in page
    assert client.get(f"{address}?year=1999&year=x").status_code == 200
    one = client.get(reverse("registrations:result_detail", args=[mine.uuid])).text
    assert "Nguyễn Văn Ấn" in one
    client.force_login(province.users["binh"])
    assert client.get(address).status_code == 403
    own = client.get(reverse("registrations:result_detail", args=[mine.uuid])).text
    assert "Nguyễn Văn Ấn" not in own


def test_page_costs_the_same_for_one_double_and_for_three(province, client):
    client.force_login(province.users["nga"])
    address = reverse("registrations:result_doubles")

    def cost(number):
        for who in ("an", "binh"):
            result(province, who, product=f"Sản phẩm {number}")
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert len(client.get(address).context["doubles"]) == number
        return len(made)

    assert cost(1) == cost(2) == cost(3) <= 12


def test_same_pair_in_two_bodies_stands_once_with_both(province, client):
    """The leadership of an agency mostly sits in the committee of its Party cell as well."""
    for order, who in enumerate(("an", "binh")):
        Membership.objects.get_or_create(
            person=province.people[who],
            collective=province.collectives["CU-SKH"],
            started_on=SINCE,
            defaults={"order": order},
        )
        result(province, who)
    (double,) = doubles.doubles_for(province.users["nga"], YEAR)
    assert {body.code for body in double.collectives} == {"TT-SKH", "CU-SKH"}
    client.force_login(province.users["nga"])
    page = client.get(reverse("registrations:result_doubles")).text
    assert page.count('<h2 class="card__title">') == 1
    assert "Chi ủy Chi bộ Sở Kế hoạch và Đầu tư · Tập thể lãnh đạo Sở Kế hoạch và Đầu tư · cùng một sản phẩm" in page


def test_pairs_of_other_people_in_two_bodies_stand_apart(province):
    for order, who in enumerate(("an", "chi")):
        Membership.objects.get_or_create(
            person=province.people[who],
            collective=province.collectives["CU-SKH"],
            started_on=SINCE,
            defaults={"order": order},
        )
    for who in ("an", "binh", "chi"):
        result(province, who)
    rows = doubles.doubles_for(province.users["nga"], YEAR)
    people = [(row.collectives[0].code, {each.person for each in row.rows}) for row in rows]
    an, binh, chi = (province.people[who] for who in ("an", "binh", "chi"))
    assert sorted(people, key=lambda row: row[0]) == [("CU-SKH", {an, chi}), ("TT-SKH", {an, binh})]


def test_page_shows_the_asked_year_among_the_years_and_no_day_without_its_document(province, client):
    long_ago = today().year - 7
    for who in ("an", "binh"):
        result(province, who, done_on=date(long_ago, 5, 6))
    client.force_login(province.users["nga"])
    page = client.get(reverse("registrations:result_doubles"), {"year": long_ago})
    assert page.context["years"] == [today().year, today().year - 1, today().year - 2, long_ago]
    assert f'href="?year={long_ago}" aria-current="page"' in page.text
    assert f'<span class="muted small">06/05/{long_ago}</span>' in page.text
