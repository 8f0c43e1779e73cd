"""What two members claim is shown on the desk of the meeting to who keeps it, and to nobody else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.registrations.results import written

DOUBLES = "Hai người cùng ghi nhận"
IN_PERIOD = {"done_on": date(2024, 5, 6)}


@pytest.fixture
def desk(ring):
    return reverse("reviews:meeting_detail", args=[ring.convene().uuid])


def claimed(ring, *shorts, **more):
    for short in shorts:
        written.result(ring.province, short, **IN_PERIOD | more)


def shown(client, url):
    return DOUBLES in client.get(url).content.decode()


def test_desk_leads_the_secretary_and_the_head_to_what_is_claimed_twice(ring, login, desk):
    claimed(ring, "an", "binh", product="Đề án sắp xếp bộ máy")
    for short in ("nga", "an"):
        page = login(short).get(desk).content.decode()
        assert "1 sản phẩm có trong sổ kết quả của hai thành viên" in page
        link = f"{reverse('registrations:result_doubles')}?year=2024"
        assert link in page
        assert "Đề án sắp xếp bộ máy" in login(short).get(link).content.decode()


@pytest.mark.parametrize("short", ["binh", "giang", "ha", "quan"])
def test_desk_shows_nobody_else_who_reads_it(ring, login, desk, short):
    claimed(ring, "an", "binh")
    answer = login(short).get(desk)
    assert answer.status_code == 200
    assert DOUBLES not in answer.content.decode()


def test_desk_is_silent_where_nothing_is_claimed_twice_in_the_period(ring, login, desk):
    claimed(ring, "an", product="Một")
    claimed(ring, "binh", product="Hai")
    claimed(ring, "an", "binh", product="Năm trước", done_on=date(2023, 5, 6))
    claimed(ring, "an", "dung", product="Người của Sở khác")
    assert not shown(login("nga"), desk)


def test_desk_counts_products_of_its_own_collective_alone(ring, login, desk):
    cell = reverse("reviews:meeting_detail", args=[ring.convene("CU-SKH").uuid])
    claimed(ring, "an", "binh")
    client = login("nga")
    assert shown(client, desk)
    assert not shown(client, cell)


def test_desk_costs_the_same_for_one_double_and_for_three(ring, login, desk):
    client = login("nga")

    def cost(product):
        claimed(ring, "an", "binh", product=product)
        client.get(desk)
        with CaptureQueriesContext(connection) as found:
            assert client.get(desk).status_code == 200
        return len(found)

    assert cost("Một") == cost("Hai") == cost("Ba")
