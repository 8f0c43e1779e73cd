"""The header bar says which round it is and by which regulation."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines

from tests.criteria.rounds import open_cycle

SOURCE = "{% load rounds %}{% present_round %}"


def shown(rf, user):
    request = rf.get("/")
    request.user = user
    return engines["django"].from_string(SOURCE).render({}, request)


@pytest.mark.django_db
def test_present_round_names_year_and_regulation(rf, province):
    cycle = open_cycle(province)
    assert shown(rf, province.users["an"]) == f"Đợt {cycle.period_end_on.year} · 124-QĐ/TW"


@pytest.mark.django_db
def test_present_round_is_empty_before_a_round_is_open(rf, province):
    assert shown(rf, province.users["an"]) == ""


def test_present_round_is_empty_for_a_stranger_and_without_a_request(rf):
    # No django_db mark: nothing is asked of the database.
    assert shown(rf, AnonymousUser()) == ""
    assert engines["django"].from_string(SOURCE).render({}) == ""
