"""A cycle narrowed to units: who is below them takes part, nobody else does, and the page of the cycle says so."""

from datetime import date

import pytest
from django.urls import reverse

from criteria.forms.rounds.cycles import CycleForm
from orgs.models import RatingKind
from reviews.models import Rating, Review
from reviews.selectors.enrolling.enrolment import EnrolmentPlan
from reviews.services.enrolling.enrolment import enrol
from tests.reviews.enrolment.conftest import open_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def narrowed(province):
    cycle = open_cycle(province)
    cycle.units.set([province.units["SYT"]])
    enrol(cycle=cycle, actor=province.users["giang"])
    return cycle


def test_only_who_works_below_the_units_takes_part(province, narrowed):
    people = set(Review.objects.filter(cycle=narrowed, person__isnull=False).values_list("person__code", flat=True))
    wanted = {province.people[short].code for short in ("dung", "em", "khanh")}
    assert people == wanted
    bodies = Review.objects.filter(cycle=narrowed, collective__isnull=False).values_list("collective__code", flat=True)
    assert set(bodies) == {"TT-SYT"}
    assert not Rating.objects.filter(cycle=narrowed, person=province.people["an"], kind=RatingKind.CADRE).exists()


def test_nobody_outside_is_listed_as_left_out_but_one_is_told_why(province, narrowed):
    plan = EnrolmentPlan(narrowed)
    assert {row.subject.pk for row in plan.skipped} <= {province.people[s].pk for s in ("dung", "em", "khanh")}
    alone = EnrolmentPlan(narrowed, plan.roster, only=province.people["an"])
    assert [row.reason for row in alone.skipped] == ["Công tác ngoài các đơn vị thuộc phạm vi của đợt này."]


def test_page_of_the_cycle_names_its_units(client, province, narrowed):
    client.force_login(province.users["an"])
    page = client.get(reverse("criteria:cycle_detail", args=[narrowed.uuid])).content.decode()
    assert province.units["SYT"].name in page


def test_form_takes_codes_and_names_the_one_it_does_not_know(province):
    def bound(codes):
        form = CycleForm({"units": codes}, user=province.users["giang"])
        form.is_valid()
        return form

    assert {unit.code for unit in bound(" SYT , SKH ").cleaned_data["units"]} == {"SYT", "SKH"}
    assert bound("").cleaned_data["units"] == ()
    assert bound("SYT, KHONGCO").errors["units"] == ["Không có đơn vị mang mã KHONGCO."]


def test_form_of_a_narrowed_cycle_shows_its_codes(province, narrowed):
    assert CycleForm(user=province.users["giang"], cycle=narrowed).initial["units"] == "SYT"
    assert narrowed.period_end_on == date(2024, 12, 31)
