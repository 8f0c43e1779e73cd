"""The pages of a cycle and the lists of reviews and ratings."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle, Milestone
from orgs.models import AuditEvent, Person
from reviews.models import Rating, Review
from reviews.selectors.standing import lists
from reviews.selectors.standing.lists import Wanted
from reviews.services.enrolling.enrolment import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    return cycle


def names(page):
    return [str(row.document.subject) for row in page.rows]


# ------------------------------------------------------------------------------------------------ enrolment


def test_enrolment_page_counts_then_acts_once(client, cycle, officer):
    client.force_login(officer)
    url = reverse("reviews:cycle_enrol", args=[cycle.uuid])
    page = client.get(url)
    assert "Lập 17 bản, 13 phiếu" in page.text
    assert not Review.objects.exists()
    body = {"idempotency_key": "k-1"}
    done = client.post(url, body, follow=True)
    assert "Đã lập 17 bản kiểm điểm và 13 phiếu xếp loại." in done.text
    client.post(url, body)
    assert AuditEvent.objects.filter(action="cycle.enrol").count() == 1
    assert "Mọi người đã có trong danh sách." in client.get(url).text


def test_enrolment_page_names_who_is_left_out(client, cycle, officer, newcomer):
    newcomer("Lưu Bá Vắng", position=None)
    client.force_login(officer)
    page = client.get(reverse("reviews:cycle_enrol", args=[cycle.uuid]))
    assert "Lưu Bá Vắng" in page.text
    assert "không sinh hoạt ở chi bộ nào" in page.text


def test_enrolment_page_of_a_closed_cycle_has_no_button(client, cycle, officer):
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    client.force_login(officer)
    url = reverse("reviews:cycle_enrol", args=[cycle.uuid])
    assert "idempotency_key" not in client.get(url).text
    client.post(url, {"idempotency_key": "k-2"})
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", ["cycle_enrol", "cycle_stuck"])
def test_only_who_prepares_the_cycle_opens_its_pages(client, cycle, province, name):
    url = reverse(f"reviews:{name}", args=[cycle.uuid])
    for short in ("chi", "khanh", "lan", "quan", "tu"):
        client.force_login(province.users[short])
        assert client.get(url).status_code == 403
    client.force_login(province.users["phuc"])
    assert client.get(url).status_code == 200
    client.logout()
    assert client.get(url).status_code == 302
    assert client.post(reverse("reviews:cycle_enrol", args=[cycle.uuid])).status_code in (302, 401)


def test_a_cycle_being_prepared_is_invisible_to_others(client, cycle, province):
    Cycle.objects.filter(pk=cycle.pk).update(state="preparing")
    client.force_login(province.users["chi"])
    for name in ("cycle_overview", "cycle_stuck", "cycle_enrol"):
        assert client.get(reverse(f"reviews:{name}", args=[cycle.uuid])).status_code == 404


# ------------------------------------------------------------------------------------------------ overview


def test_overview_counts_states_and_names_who_is_late(client, enrolled, officer, province):
    Review.objects.filter(person=province.people["an"]).update(state="meeting")
    Milestone.objects.filter(step="self_review").update(due_on=timezone.localdate() - timedelta(days=2))
    client.force_login(province.users["quan"])
    page = client.get(reverse("reviews:cycle_overview", args=[enrolled.uuid]))
    reviews, ratings = page.context["overview"].boards
    assert (reviews.total, ratings.total) == (Review.objects.exclude(unit=None).count(), 13)
    by_state = {row.label: {cell.label: cell.count for cell in row.cells} for row in reviews.rows}
    assert by_state["Hội nghị kiểm điểm"] == {"Đảng": 0, "Nhà nước": 1}
    late = {row.unit: row.count for row in page.context["overview"].late}
    assert late["Sở Y tế"] == 4
    assert "Quá hạn 2 ngày" in page.text
    assert "Lập danh sách" not in page.text
    client.force_login(officer)
    assert "Lập danh sách" in client.get(reverse("reviews:cycle_overview", args=[enrolled.uuid])).text


def test_overview_shows_nothing_out_of_reach(client, enrolled, province):
    client.force_login(province.users["tu"])
    page = client.get(reverse("reviews:cycle_overview", args=[enrolled.uuid]))
    assert [board.total for board in page.context["overview"].boards] == [1, 0]


def test_the_list_behind_a_number_holds_as_many(client, enrolled, province):
    Milestone.objects.filter(step="self_review").update(due_on=timezone.localdate() - timedelta(days=2))
    client.force_login(province.users["quan"])
    overview = client.get(reverse("reviews:cycle_overview", args=[enrolled.uuid])).context["overview"]
    links = [(cell.url, cell.count) for board in overview.boards for row in board.rows for cell in row.cells]
    links += [(row.url, row.count) for row in overview.late]
    checked = [(url, count) for url, count in links if url]
    assert len(checked) > 6
    for url, count in checked:
        assert client.get(url).context["page_obj"]["paginator"]["count"] == count, url


def test_overview_queries_do_not_grow(client, enrolled, officer, newcomer, django_assert_max_num_queries):
    client.force_login(officer)
    url = reverse("reviews:cycle_overview", args=[enrolled.uuid])
    client.get(url)
    with django_assert_max_num_queries(30) as first:
        client.get(url)
    for number in range(3):
        newcomer(f"Người {number}")
    enrol(cycle=enrolled, actor=officer)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(url)


@pytest.mark.parametrize(("short", "is_shown"), [("chi", False), ("nga", False), ("an", True), ("quan", True)])
def test_overview_links_only_where_the_reader_may_go(client, enrolled, province, short, is_shown):
    client.force_login(province.users[short])
    page = client.get(reverse("reviews:cycle_overview", args=[enrolled.uuid])).text
    assert (reverse("reviews:change_list") in page) is is_shown


# ------------------------------------------------------------------------------------------------ lists


def test_lists_are_sorted_by_given_name(enrolled, province):
    page = lists.review_page(province.users["quan"], Wanted(cycle=enrolled))
    people = [name for name in names(page) if not name.startswith("Tập thể")]
    assert people[:4] == ["Nguyễn Văn Ấn", "Trần Thị Bình", "Lê Thị Kim Chi", "Phạm Quốc Dũng"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "nguyen van an"}, ["Nguyễn Văn Ấn"]),
        ({"text": "CB0003"}, ["Lê Thị Kim Chi"]),
        ({"text": "2024-CB-000004"}, ["Trần Thị Bình"]),
        ({"text": "tap the lanh dao so y te"}, ["Tập thể lãnh đạo Sở Y tế"]),
        ({"state": "meeting"}, ["Phạm Quốc Dũng"]),
        ({"unit": "SKH", "text": "thi"}, ["Trần Thị Bình", "Lê Thị Kim Chi"]),
        ({"unit": "khong co"}, []),
        ({"line": "association"}, []),
        ({"is_late": True}, ["Phạm Quốc Dũng"]),
    ],
)
def test_reviews_are_searched_and_narrowed(enrolled, province, wanted, expected):
    Review.objects.filter(person=province.people["dung"]).update(state="meeting")
    Milestone.objects.filter(step="meeting").update(due_on=timezone.localdate() - timedelta(days=1))
    page = lists.review_page(province.users["quan"], Wanted(cycle=enrolled, **wanted))
    assert names(page) == expected
    assert page.count == len(expected)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "cadre"}, ["Nguyễn Văn Ấn", "Trần Thị Bình", "Phạm Quốc Dũng"]),
        ({"kind": "cadre", "unit": "SYT"}, ["Phạm Quốc Dũng"]),
        ({"text": "binh", "kind": "party_member"}, ["Trần Thị Bình"]),
        ({"text": "2024-CB-000004", "kind": "cadre"}, ["Trần Thị Bình"]),
        ({"state": "appraisal"}, []),
    ],
)
def test_ratings_are_searched_and_narrowed(enrolled, province, wanted, expected):
    page = lists.rating_page(province.users["quan"], Wanted(cycle=enrolled, **wanted))
    assert names(page) == expected


@pytest.mark.parametrize("name", ["review_list", "rating_list"])
def test_lists_show_the_last_day_of_each_step_without_asking_for_the_late(client, enrolled, province, name):
    today = timezone.localdate()
    Milestone.objects.filter(step__in=("meeting", "proposal")).update(due_on=today - timedelta(days=1))
    Milestone.objects.filter(step="self_review").update(due_on=today + timedelta(days=3))
    Review.objects.filter(person=province.people["dung"]).update(state="meeting")
    Review.objects.filter(person=province.people["chi"]).update(state="closed")
    Rating.objects.filter(person=province.people["dung"]).update(state="proposal")
    Rating.objects.filter(person=province.people["chi"]).update(state="not_rated")
    client.force_login(province.users["quan"])
    answer = client.get(reverse(f"reviews:{name}"))
    due = {str(row.document.subject): row.due_on for row in answer.context["page_obj"]["object_list"]}
    assert due["Phạm Quốc Dũng"] == today - timedelta(days=1)
    assert due["Lê Thị Kim Chi"] is None
    assert "Quá hạn 1 ngày" in answer.text
    if name == "review_list":
        assert due["Nguyễn Văn Ấn"] == today + timedelta(days=3)
        assert "còn 3 ngày" in answer.text


def test_waiting_for_me_is_only_my_move(client, enrolled, province):
    client.force_login(province.users["nga"])
    rows = client.get(reverse("reviews:review_list"), {"mine": "on"}).context["page_obj"]["object_list"]
    assert {str(row.document.subject) for row in rows} == {"Ngô Thanh Nga", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"}


@pytest.mark.parametrize("name", ["review_list", "rating_list"])
def test_lists_turn_pages_by_key(client, enrolled, officer, province, newcomer, name):
    for number in range(60):
        newcomer(f"Người Số {number:02d}", is_party_member=True, party_cell=province.units["CB-SKH"])
    enrol(cycle=enrolled, actor=officer)
    client.force_login(province.users["quan"])
    seen, url = [], reverse(f"reviews:{name}")
    total = client.get(url).context["keyset"]["total"]
    while url:
        page = client.get(url)
        seen += [row.document.pk for row in page.context["page_obj"]["object_list"]]
        following = page.context["keyset"]["next_url"]
        url = reverse(f"reviews:{name}") + following if following else ""
    assert len(seen) == len(set(seen)) == total > 60
    back = client.get(reverse(f"reviews:{name}") + page.context["keyset"]["previous_url"])
    assert len(back.context["page_obj"]["object_list"]) == 50


@pytest.mark.parametrize("name", ["review_list", "rating_list"])
def test_lists_take_few_queries_at_one_row_and_at_three(
    client, enrolled, province, name, django_assert_max_num_queries
):
    client.force_login(province.users["quan"])
    counts = []
    for wanted in ({"q": "Nguyễn Văn Ấn", "unit": "SKH"}, {"unit": "SKH"}):
        client.get(reverse(f"reviews:{name}"), wanted)
        with django_assert_max_num_queries(20) as captured:
            client.get(reverse(f"reviews:{name}"), wanted)
        counts.append(len(captured.captured_queries))
    assert counts[1] <= counts[0]
    with django_assert_max_num_queries(12):
        client.get(reverse(f"reviews:{name}"))


def test_lists_do_not_fetch_forms_and_frozen_facts(enrolled, province):
    page = lists.review_page(province.users["quan"], Wanted(cycle=enrolled))
    assert "form" in page.rows[0].document.get_deferred_fields()
    page = lists.rating_page(province.users["quan"], Wanted(cycle=enrolled))
    assert {"facts", "suggestion"} <= page.rows[0].document.get_deferred_fields()


def test_lists_of_who_reaches_nothing_are_empty(client, enrolled, province):
    client.force_login(province.users["phuc"])
    for name in ("review_list", "rating_list"):
        assert "Chưa có gì ở đây" in client.get(reverse(f"reviews:{name}")).text


def test_nonsense_in_the_address_is_no_error(client, enrolled, province):
    client.force_login(province.users["quan"])
    query = {"cycle": "9999", "state": "x", "line": "y", "after": "z", "unit": "%_'\"", "q": "\u0301"}
    for name in ("review_list", "rating_list"):
        assert client.get(reverse(f"reviews:{name}"), query).status_code == 200


def test_without_a_cycle_the_lists_say_so(client, province):
    client.force_login(province.users["quan"])
    assert "Chưa có gì ở đây" in client.get(reverse("reviews:review_list")).text
    assert not Rating.objects.exists()
    assert Person.objects.exists()
