"""The catalogue: who opens it, what each filter of the address leaves, its figures, its files, its cost."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from orgs.services.transitions import advance
from registrations.models import Work
from registrations.selectors.catalogue import catalogue
from registrations.selectors.catalogue.catalogue import Asked
from tests.registrations.catalogue.held import BLOCKED, both, more_works, names, obstructed, verified, words_of
from tests.registrations.works.written import HARD, NEW, YEAR, asked, received, running, sent, today

pytestmark = pytest.mark.django_db
PAGE = reverse("registrations:catalogue")


@pytest.fixture
def as_user(client, province):
    def log_in(short):
        client.force_login(province.users[short])
        return client

    return log_in


def found(province, who="giang", **filters):
    return [work.name for work in catalogue.listed(province.users[who], Asked(**filters))]


def test_catalogue_holds_what_was_received_and_nothing_that_was_only_sent(province, as_user):
    received(province, "an")
    sent(province, "dung", works=(("new", NEW),))
    page = as_user("giang").get(PAGE)
    assert names(page) == [HARD["name"]]
    assert page.context["page_obj"].paginator.count == 1


@pytest.mark.parametrize("who", ["an", "binh", "nga", "oanh", "son", "tu", "em"])
def test_catalogue_is_closed_with_the_reason_to_who_keeps_none(province, as_user, who):
    answer = as_user(who).get(PAGE)
    assert answer.status_code == 403
    assert "Danh mục do cơ quan tiếp nhận đăng ký quản lý" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "sees"), [("giang", True), ("quan", True), ("lan", True), ("minh", True), ("ha", False), ("khanh", False)]
)
def test_catalogue_shows_each_reader_only_what_he_may_read(province, as_user, who, sees):
    received(province, "an")
    answer = as_user(who).get(PAGE)
    assert answer.status_code == 200
    assert names(answer) == ([HARD["name"]] if sees else [])


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, ["hard", "new"]),
        ({"kind": "hard"}, ["hard"]),
        ({"kind": "new"}, ["new"]),
        ({"field": "reform"}, ["new"]),
        ({"field": "security"}, []),
        ({"state": "catalogue"}, ["hard", "new"]),
        ({"state": "verified"}, []),
        ({"year": YEAR}, ["hard", "new"]),
        ({"year": YEAR - 1}, []),
        ({"since": date(YEAR, 12, 25)}, ["new"]),
        ({"until": date(YEAR, 12, 25)}, ["hard"]),
        ({"since": date(YEAR, 12, 20), "until": date(YEAR, 12, 30)}, ["hard", "new"]),
        ({"q": "VSIP"}, ["hard"]),
        ({"q": "nguyễn văn ấn"}, ["hard", "new"]),
        ({"q": "nguyen van an"}, ["hard", "new"]),
        ({"q": "kế hoạch và đầu tư"}, ["hard", "new"]),
        ({"q": "không có việc này"}, []),
        ({"obstacle": "open"}, []),
        ({"obstacle": "none"}, ["hard", "new"]),
    ],
)
def test_each_filter_leaves_exactly_its_rows(province, filters, left):
    both(province)
    wanted = {"hard": HARD["name"], "new": NEW["name"]}
    assert found(province, **filters) == [wanted[kind] for kind in left]


def test_unit_filter_takes_all_below_it(province):
    both(province)
    for code, count in (("UBND", 2), ("SKH", 2), ("SYT", 0), ("TU", 0)):
        assert len(found(province, unit=province.units[code])) == count, code


def test_obstacle_filters_until_it_is_solved(province):
    work = obstructed(province)
    assert found(province, obstacle="open") == [HARD["name"]]
    work.obstacles.update(solved_on=today())
    assert found(province, obstacle="open") == []


def test_request_that_lies_before_a_body_is_no_obstacle(province):
    asked(province, running(province))
    assert found(province, obstacle="open") == []


def test_late_is_what_runs_past_its_planned_finish_and_nothing_else(province):
    work = running(province)
    yesterday = today() - timedelta(days=1)
    Work.objects.filter(pk=work.pk).update(starts_on=yesterday, finishes_on=yesterday)
    assert found(province, is_late=True) == [HARD["name"]]
    Work.objects.filter(pk=work.pk).update(finishes_on=today())
    assert found(province, is_late=True) == []


def test_figures_count_each_station_once(province):
    hard, _new = both(province)
    # Both run to the last day of the year, so that neither is late on any day of it.
    Work.objects.update(finishes_on=date(YEAR, 12, 31))
    advance(hard, "start", actor=province.users["an"], version=hard.version)
    totals = catalogue.totals_of(catalogue.entered_for(province.users["giang"]))
    assert (totals.total, totals.hard, totals.new, totals.running) == (2, 1, 1, 2)
    assert (totals.reported, totals.verified, totals.obstructed, totals.late) == (0, 0, 0, 0)


def test_figures_of_verified_and_obstructed_works(province):
    obstructed(province, "an")
    verified(province, "dung")
    totals = catalogue.totals_of(catalogue.entered_for(province.users["giang"]))
    assert (totals.total, totals.running, totals.verified, totals.obstructed) == (2, 1, 1, 1)


def test_filters_stand_in_the_address_and_go_with_the_links_of_the_page(province, as_user):
    both(province)
    page = as_user("giang").get(PAGE, {"kind": "new", "unit": province.units["SKH"].uuid})
    assert names(page) == [NEW["name"]]
    assert f"catalogue.xlsx?kind=new&amp;unit={province.units['SKH'].uuid}" in page.content.decode()


@pytest.mark.parametrize("query", ["kind=nonsense", "unit=0", "since=32/13/2024", "page=99", "year=abc"])
def test_address_that_says_nonsense_filters_nothing_and_breaks_nothing(province, as_user, query):
    both(province)
    page = as_user("giang").get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert len(names(page)) == 2


def test_workbook_holds_the_rows_of_the_filters_with_their_obstacles(province, as_user):
    obstructed(province)
    answer = as_user("giang").get(reverse("registrations:catalogue_file"), {"kind": "hard"})
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "DANH MỤC CÔNG VIỆC KHÓ, VIỆC MỚI CÓ TÍNH ĐỘT PHÁ, SÁNG TẠO ĐÃ ĐĂNG KÝ"
    assert any("Việc khó" in str(cell) for cell in rows[1])
    line = next(row for row in rows if row[0] == 1)
    assert line[1] == "Nguyễn Văn Ấn"
    assert line[7] == HARD["name"]
    assert line[13:15] == (BLOCKED, "Ủy ban nhân dân tỉnh Quảng Ngãi")
    assert line[9].date() == date(YEAR, 12, 20)


def test_workbook_of_other_filters_holds_nothing(province, as_user):
    obstructed(province)
    answer = as_user("giang").get(reverse("registrations:catalogue_file"), {"kind": "new"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert not any(row[0] == 1 for row in rows)


def test_paper_names_the_works_and_the_body_that_keeps_them(province, as_user):
    obstructed(province)
    answer = as_user("giang").get(reverse("registrations:catalogue_paper"))
    assert answer.headers["Content-Type"] == "application/pdf"
    text = words_of(answer.content)
    for words in ("BAN TỔ CHỨC TỈNH ỦY", "Nguyễn Văn Ấn", "VSIP II", BLOCKED, "Đang thực hiện"):
        assert words in text, words


def test_more_than_a_hand_can_leaf_through_is_refused_on_paper_with_the_way_out(province, as_user, monkeypatch):
    both(province)
    monkeypatch.setattr("registrations.views.catalogue.catalogue.MOST_ON_PAPER", 1)
    answer = as_user("giang").get(reverse("registrations:catalogue_paper"), {"year": YEAR}, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}?year={YEAR}", 302)]
    assert "thu hẹp bộ lọc" in answer.content.decode()


def blocked(province, count):
    """So many works more, each blocked by an obstacle that waits for one of two bodies."""
    more_works(count)
    bodies = (province.units["TU"], province.units["UBND"])
    for place, work in enumerate(Work.objects.order_by("-id")[:count]):
        work.obstacles.create(
            text="Thiếu vốn.", found_on=today(), waits_for=bodies[place % 2], written_by=province.users["an"]
        )


@pytest.mark.parametrize("name", ["catalogue", "catalogue_stuck", "catalogue_picture"])
def test_pages_cost_the_same_at_one_at_three_and_at_fifty_rows(province, as_user, name):
    """Twelve queries a page, whatever it lists."""
    client, url = as_user("giang"), reverse(f"registrations:{name}")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    obstructed(province)
    cost()
    found = [cost()]
    for count in (2, 47):
        blocked(province, count)
        found.append(cost())
    assert found == [found[0]] * 3
    assert found[0] <= 12


@pytest.mark.parametrize("name", ["catalogue_file", "catalogue_stuck_file"])
def test_workbooks_cost_the_same_at_one_and_at_fifty_rows(province, as_user, name):
    client, url, found = as_user("giang"), reverse(f"registrations:{name}"), []
    obstructed(province)
    client.get(url)
    for count in (0, 49):
        blocked(province, count)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]


def test_list_is_parted_into_pages_of_fifty(province, as_user):
    received(province, "an")
    more_works(60)
    client = as_user("giang")
    assert len(names(client.get(PAGE))) == 50
    second = client.get(PAGE, {"page": 2, "kind": "hard"})
    assert len(names(second)) == 11
    assert second.context["page_obj"].paginator.count == 61
    # What lies beyond the last page shows the last one.
    assert names(client.get(PAGE, {"page": 99})) == names(client.get(PAGE, {"page": 2}))


def test_figures_stand_beside_the_picture_under_the_filters_of_the_list(province, as_user):
    obstructed(province, "an")
    verified(province, "dung")
    client = as_user("giang")
    href = f"{reverse('registrations:catalogue_picture')}?obstacle=open"
    assert href in client.get(PAGE, {"obstacle": "open"}).content.decode()
    totals = client.get(href).context["totals"]
    assert (totals.total, totals.obstructed, totals.verified) == (1, 1, 0)
    every = client.get(reverse("registrations:catalogue_picture")).context["totals"]
    assert (every.total, every.obstructed, every.verified) == (2, 1, 1)
