"""Every place of the year's menu, and what begins there, stays within what a page may cost: twelve queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Setting
from orgs.selectors.menu import PLACES, YEAR
from tests.registrations.results.written import late
from tests.registrations.works.written import asked, received, running

pytestmark = pytest.mark.django_db
WHO = ("an", "binh", "chi", "giang", "nga", "quan")
# How many of them open to whom, at least: who is refused costs nothing.
OPENED = {"an": 11, "binh": 9, "chi": 9, "giang": 19, "nga": 9, "quan": 13}
BEGUN = (
    "registrations:registration_create",
    "registrations:registration_standing",
    "registrations:work_board",
    "registrations:result_create",
    "registrations:result_doubles",
    "registrations:result_import",
    "registrations:remark_pick",
    "registrations:catalogue_picture",
    "registrations:catalogue_stuck",
    "registrations:report_list",
    "registrations:report_create",
    "reviews:prompt_list",
    "reviews:prompt_create",
    "reviews:prompt_list_list",
    "reviews:prompt_list_open",
)
PAGES = tuple(dict.fromkeys([*(place.url_name for place in PLACES if place.group == YEAR), *BEGUN]))


@pytest.fixture
def lived(province):
    """A year in which something happened, with the settings that make pages longer."""
    for key in ("collective_registrations", "unit_work_board"):
        Setting.objects.create(key=key, value=True)
    asked(province, running(province))
    received(province, "dung")
    late(province)
    late(province, "chi", product="Kế hoạch đầu tư công trung hạn")
    return province


@pytest.mark.parametrize("who", WHO)
def test_no_page_of_the_year_costs_more_than_twelve_queries(lived, client, who):
    client.force_login(lived.users[who])
    costs = {}
    for name in PAGES:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as made:
            status = client.get(reverse(name)).status_code
        assert status in (200, 302, 403), (name, status)
        if status == 200:
            costs[name] = len(made)
    assert len(costs) >= OPENED[who]
    assert {name: cost for name, cost in costs.items() if cost > 12} == {}
