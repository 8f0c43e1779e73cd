"""Who reads which results, the filters of the list, the numbers of a period, what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Membership
from orgs.selectors.files import may_open
from registrations.models import YearResult
from registrations.selectors.results import results as selectors
from registrations.selectors.results.results import Filters
from tests.registrations.results.written import ago, confirmed, late, pdf, result, today

pytestmark = pytest.mark.django_db
READERS = {
    "an": {"an", "giang", "nga", "oanh", "quan"},
    "chi": {"chi", "an", "quan"},
    "em": {"em", "dung", "khanh", "quan"},
}


def found(province, who, **more):
    return set(selectors.listed(province.users[who], Filters(**{"whose": ""} | more)))


@pytest.mark.parametrize("who", ["an", "em"])
def test_result_is_read_by_subject_superior_secretary_officer_and_inspector(province, who):
    row = result(province, who)
    for name, user in province.users.items():
        assert selectors.visible_to(user).filter(pk=row.pk).exists() == (name in READERS[who]), name


def test_specialist_is_read_by_the_head_of_the_agency_and_not_by_colleagues(province):
    row = result(province, "chi")
    readers = {name for name, user in province.users.items() if row in selectors.visible_to(user)}
    assert {"chi", "an"} <= readers
    assert not readers & {"binh", "dung", "em", "khanh", "lan", "minh", "son", "tu", "phuc"}


def test_result_of_a_collective_is_read_by_its_members(province):
    row = result(province, "an", subject="TT-SKH")
    readers = {name for name, user in province.users.items() if row in selectors.visible_to(user)}
    assert {"an", "binh", "nga"} <= readers
    assert not readers & {"chi", "dung", "em", "tu", "son", "phuc"}


def test_evidence_is_open_to_who_reads_the_result_alone(province):
    row = result(province, "em", uploads=[pdf()])
    (file,) = selectors.evidence_of(row)
    assert may_open(province.users["dung"], file)
    assert not may_open(province.users["an"], file)
    assert not may_open(province.users["tu"], file)


def test_secretary_who_left_reads_no_more_than_before(province):
    row = result(province, "an")
    province.users["nga"].grants.update(ended_on=ago(1))
    assert row not in selectors.visible_to(type(province.users["nga"]).objects.get(pk=province.users["nga"].pk))


def test_filters_leave_what_they_say(province):
    plain = result(province, product="Đề án sắp xếp bộ máy", axis="4", document="07-ĐA/SKH")
    slow = late(province, product="Báo cáo giám sát")
    asked = result(province, product="Quy hoạch tỉnh", done_on=None, planned_on=ago(2), cause="Chờ Bộ cho ý kiến.")
    early = result(
        province, product="Dự toán", planned_on=today(), beyond_quality=True, beyond_reason="Tốt", document="1"
    )
    assert found(province, "an", stand="done") == {plain, slow, early}
    assert found(province, "an", stand="open") == {asked}
    assert found(province, "an", stand="on_time") == {early}
    assert found(province, "an", stand="late") == {slow, asked}
    assert found(province, "an", stand="beyond") == {early}
    assert found(province, "an", stand="asked") == {slow, asked}
    confirmed(province, slow)
    assert found(province, "an", stand="objective") == {slow}
    assert found(province, "an", axis="4") == {plain}
    assert found(province, "an", text="de an SAP XEP") == {plain}
    assert found(province, "an", text="07 - ĐA/skh") == {plain}
    assert found(province, "an", text="nguyen van an") == {plain, slow, asked, early}
    assert found(province, "giang", whose="mine") == set()
    assert found(province, "giang", whose="others") == {plain, slow, asked, early}


@pytest.mark.parametrize(
    ("days", "is_in"),
    [
        ({"done_on": date(2024, 1, 1)}, True),
        ({"done_on": date(2024, 12, 31)}, True),
        ({"done_on": date(2025, 1, 1)}, False),
        ({"done_on": date(2025, 1, 5), "planned_on": date(2024, 12, 20)}, True),
        ({"done_on": None, "planned_on": date(2024, 12, 20)}, True),
        ({"done_on": date(2023, 12, 31), "planned_on": date(2024, 2, 1)}, False),
        ({"done_on": date(2023, 12, 31)}, False),
    ],
    ids=[
        "first day",
        "last day",
        "day after",
        "due in it, done later",
        "due in it, open",
        "done before",
        "year before",
    ],
)
def test_period_holds_what_was_done_or_due_in_it(province, days, is_in):
    row = result(province, **days)
    rows = YearResult.objects.filter(selectors.in_period(date(2024, 1, 1), date(2024, 12, 31)))
    assert (row in rows) == is_in
    assert (row in found(province, "an", year=2024)) == is_in


@pytest.mark.parametrize("query", ["?whose=others", "?stand=late&whose=", "?year=abc", "?q=%25&axis=9"])
def test_list_costs_the_same_at_one_and_at_three_rows(province, client, query):
    client.force_login(province.users["giang"])
    address = reverse("registrations:result_list") + query
    late(province)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert client.get(address).status_code == 200
    for number in range(2):
        late(province, product=f"Sản phẩm {number}")
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three) <= 12


def test_list_of_one_who_has_nothing_explains_the_log(province, client):
    client.force_login(province.users["tu"])
    page = client.get(reverse("registrations:result_list"))
    assert not page.context["page_obj"].object_list
    assert "Ghi nhận kết quả" in page.text


def test_result_of_another_is_not_found_and_of_a_subordinate_not_written(province, client):
    row = result(province, "chi")
    for who, status in (("em", 404), ("an", 403), ("chi", 200)):
        client.force_login(province.users[who])
        assert client.get(reverse("registrations:result_edit", args=[row.uuid])).status_code == status


def test_new_member_is_read_by_the_secretary_from_his_seat_on(province):
    row = result(province, "chi")
    assert row not in selectors.visible_to(province.users["nga"])
    seat = province.people["binh"].memberships.filter(collective=province.collectives["TT-SKH"]).get()
    seat.pk, seat.uuid, seat._state.adding = None, None, True
    Membership.objects.create(
        person=province.people["chi"], collective=seat.collective, part=seat.part, started_on=ago(1)
    )
    fresh = type(province.users["nga"]).objects.get(pk=province.users["nga"].pk)
    assert row in selectors.visible_to(fresh)
