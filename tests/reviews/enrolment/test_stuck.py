"""Everything that would get stuck is listed, with the page that mends it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import CycleFramework, FormRule
from orgs import roles
from orgs.models import (
    AuthorityRule,
    Collective,
    Membership,
    Person,
    RoleGrant,
    Unit,
    User,
)
from reviews.models import Rating, Review
from reviews.selectors.enrolling.stuck import StuckKind, stuck_in
from reviews.services.enrolling.enrolment import enrol

pytestmark = pytest.mark.django_db
LONG_AGO = date(2021, 1, 1)


def found(cycle, kind):
    return sorted(getattr(row.subject, "code", None) or str(row.subject) for row in stuck_in(cycle) if row.kind == kind)


@pytest.fixture
def mended(province):
    """The province without the gaps that the cast has on purpose: only what a test breaks is found."""
    for person in ("giang", "ha", "lan", "minh", "quan", "son", "tu"):
        Person.objects.filter(pk=province.people[person].pk).update(
            is_party_member=True, party_cell=province.units["CB-SKH"]
        )
    for code in ("TT-SYT", "CU-SYT"):
        RoleGrant.objects.create(
            user=province.users["em"], role=roles.SECRETARY, collective=province.collectives[code], document="QĐ 9"
        )
    RoleGrant.objects.create(
        user=province.users["em"], role=roles.OFFICER, unit=province.units["DUK"], document="QĐ 9", started_on=LONG_AGO
    )


def test_a_whole_province_has_no_gap(cycle, mended):
    assert [(row.kind, str(row.subject)) for row in stuck_in(cycle)] == []


def break_form(province):
    FormRule.objects.update(is_head=True)
    return ["CB0002", "CB0003"]


def break_authority_of_person(province):
    AuthorityRule.objects.filter(rating_kind="cadre", order=1).update(ended_on=LONG_AGO)
    return ["CB0001", "CB0004"]


def break_authority_of_collective(province):
    AuthorityRule.objects.filter(rating_kind="collective").update(ended_on=LONG_AGO)
    return ["TT-SKH", "TT-SYT"]


def break_party_authority(province):
    AuthorityRule.objects.filter(rating_kind="party_member").update(ended_on=LONG_AGO)
    return ["CB0003"]


def break_self(province):
    Collective.objects.filter(code="BCSD").update(is_reviewed=True)
    return ["BCSD"]


def break_venue(province):
    Person.objects.filter(code="CB0008").update(is_party_member=False)
    Collective.objects.filter(code="TT-SYT").update(ended_on=LONG_AGO)
    return ["CB0008"]


def break_cell(province):
    Person.objects.filter(code="CB0003").update(party_cell=None)
    return ["CB0003"]


def break_cell_collective(province):
    Collective.objects.filter(code="CU-SYT").update(ended_on=LONG_AGO)
    return ["CB-SYT"]


def break_head(province):
    Membership.objects.filter(collective__code="TT-SYT", part="head").update(ended_on=LONG_AGO)
    return ["TT-SYT"]


def break_secretary(province):
    RoleGrant.objects.filter(collective__code="TT-SKH").update(ended_on=LONG_AGO)
    return ["TT-SKH"]


def break_officer(province):
    RoleGrant.objects.filter(unit__code="SNV").update(ended_on=LONG_AGO)
    return ["SNV"]


def break_recorder(province):
    RoleGrant.objects.filter(role=roles.RECORDER, collective__code="BCSD").update(ended_on=LONG_AGO)
    return ["BCSD"]


def break_confirmer(province):
    RoleGrant.objects.filter(role=roles.CONFIRMER, collective__code="BCSD").update(user=province.users["lan"])
    return ["BCSD"]


def break_framework(province):
    CycleFramework.objects.filter(framework__form_key="01").delete()
    return ["TT-SKH", "TT-SYT"]


def break_account_of_head(province):
    User.objects.filter(username="an").update(is_active=False)
    return ["CB0001"]


def break_account(province):
    User.objects.filter(username="chi").update(person=None)
    return ["CB0003"]


@pytest.mark.parametrize(
    ("kind", "break_it"),
    [
        (StuckKind.NO_FORM, break_form),
        (StuckKind.NO_AUTHORITY, break_authority_of_person),
        (StuckKind.NO_AUTHORITY, break_authority_of_collective),
        (StuckKind.SELF_DECIDED, break_self),
        (StuckKind.NO_VENUE, break_venue),
        (StuckKind.NO_CELL, break_cell),
        (StuckKind.NO_CELL_COLLECTIVE, break_cell_collective),
        (StuckKind.NO_HEAD, break_head),
        (StuckKind.NO_SECRETARY, break_secretary),
        (StuckKind.NO_OFFICER, break_officer),
        (StuckKind.NO_RECORDER, break_recorder),
        (StuckKind.NO_CONFIRMER, break_confirmer),
        (StuckKind.NO_FRAMEWORK, break_framework),
        (StuckKind.NO_ACCOUNT_HEAD, break_account_of_head),
        (StuckKind.NO_ACCOUNT, break_account),
    ],
)
def test_each_gap_is_found_and_named(cycle, mended, province, kind, break_it):
    assert found(cycle, kind) == []
    broken = break_it(province)
    if kind == StuckKind.NO_FORM:
        assert set(broken) <= set(found(cycle, kind))
    else:
        assert found(cycle, kind) == broken


def test_a_member_whom_no_party_committee_rates_is_found(cycle, mended, province):
    broken = break_party_authority(province)
    assert set(broken) <= set(found(cycle, StuckKind.NO_AUTHORITY))


def test_a_rating_left_open_after_its_review_was_closed_is_found(cycle, mended, officer, province):
    enrol(cycle=cycle, actor=officer)
    Review.objects.filter(person=province.people["chi"]).update(state="closed")
    assert found(cycle, StuckKind.LEFT_OPEN) == ["CB0003"]
    Rating.objects.filter(person=province.people["chi"]).update(state="not_rated")
    assert found(cycle, StuckKind.LEFT_OPEN) == []


def test_every_row_leads_to_a_page_that_exists(cycle, province):
    break_framework(province)
    break_head(province)
    break_account(province)
    break_officer(province)
    rows = stuck_in(cycle)
    assert len({row.kind for row in rows}) >= 6
    assert [(row.kind, row.url_name) for row in rows if not row.url] == []
    assert all(row.sentence for row in rows)


def test_queries_do_not_grow(cycle, newcomer):
    def count():
        with CaptureQueriesContext(connection) as queries:
            stuck_in(cycle)
        return len(queries)

    count()
    newcomer("Một Người")
    one = count()
    for number in range(3):
        newcomer(f"Người {number}")
    assert count() == one


def test_page_lists_by_kind_and_is_closed_to_others(cycle, client, province, officer):
    Unit.objects.filter(code="CB-SYT").update(name="Chi bộ Sở Y tế tỉnh")
    break_cell_collective(province)
    url = reverse("reviews:cycle_stuck", args=[cycle.uuid])
    client.force_login(officer)
    page = client.get(url)
    assert "Chi bộ Sở Y tế tỉnh" in page.text
    assert "Cấp quyết định chưa có người ghi" not in page.text
    only = client.get(url, {"kind": "no_cell_collective"})
    assert [row.kind for row in only.context["page_obj"]] == ["no_cell_collective"]
    for short in ("chi", "an", "khanh", "quan", "tu"):
        client.force_login(province.users[short])
        assert client.get(url).status_code == 403
