"""Levels from an analysis sheet: asked as the regulation has them, standing before the subject's own words."""

import pytest
from django.urls import reverse

from criteria.models import Regulation
from criteria.regulation import find
from orgs.models import RatingKind, Refusal
from reviews.models import Rating, StatedLevels
from reviews.selectors.grading.explanations import explanation_of
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.grading.stated_levels import sheet_for
from reviews.services.enrolling.enrolment import enrol
from reviews.services.grading.levels import state_levels

pytestmark = pytest.mark.django_db
PAPER = "BB 4-BB/SKH ngày 02/12/2024"
THREE = {"building": "good", "results": "excellent", "remedy": "average"}


@pytest.fixture
def organisation(cycle, officer, organisation_rule, province):
    """Sở Kế hoạch và Đầu tư as an organisation under 124, which has no sheet for organisations."""
    enrol(cycle=cycle, actor=officer)
    return Rating.objects.get(kind=RatingKind.ORGANISATION, organisation=province.units["SKH"])


@pytest.fixture
def chief(organisation, province):
    """Who holds the pen for the appraising body of that rating (Sở Nội vụ)."""
    return province.users["ha"]


def state(rating, actor, **more):
    asked = {"levels": THREE, "document": PAPER, "version": rating.version, **more}
    return state_levels(rating=rating, actor=actor, **asked)


def test_sheet_03_asks_its_seven_levels_of_an_organisation_under_132():
    sheet = sheet_for(find("132-QĐ/TW@2018-03-08"), "organisation")
    assert (sheet.number, len(sheet.questions)) == ("Mẫu 03-HD KĐ.ĐG 2019", 7)
    assert {row.group for row in sheet.questions} == {"building", "results", "remedy"}
    assert all(row.label for row in sheet.questions)


def test_organisation_without_a_sheet_is_asked_one_level_a_group():
    sheet = sheet_for(find("124-QĐ/TW@2023-10-04"), "organisation")
    assert (sheet.number, [row.key for row in sheet.questions]) == ("", ["building", "results", "remedy"])


def test_regulation_of_points_asks_no_levels():
    assert sheet_for(find("366-QĐ/TW@2025-08-30"), "organisation").questions == ()


def test_explanation_sends_to_who_can_state_it_for_an_organisation(organisation):
    who = {row.path: row.who for row in explanation_of(organisation).unknown}
    assert who["levels.building"] == "báo cáo của tập thể lãnh đạo, hoặc cán bộ thẩm định theo phiếu"
    assert who["tasks.assigned"] == "cán bộ thẩm định, ở mục số liệu nhiệm vụ"


def test_stated_levels_are_the_facts_of_an_organisation(organisation, chief):
    assert "levels" not in facts_of(organisation)
    state(organisation, chief)
    rating = Rating.objects.get(pk=organisation.pk)
    assert facts_of(rating)["levels"] == {"building": ["good"], "results": ["excellent"], "remedy": ["average"]}
    state(rating, chief, levels=THREE | {"remedy": "good"})
    assert facts_of(Rating.objects.get(pk=organisation.pk))["levels"]["remedy"] == ["good"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"levels": {"building": "good", "results": "good"}}, "remedy"),
        ({"levels": THREE | {"results": "superb"}}, "results"),
        ({"document": "  "}, "document"),
    ],
)
def test_gap_unknown_level_or_no_document_is_refused_at_its_place(organisation, chief, change, field):
    with pytest.raises(Refusal) as refusal:
        state(organisation, chief, **change)
    assert refusal.value.field == field
    assert not StatedLevels.objects.exists()


def test_levels_are_refused_where_the_regulation_counts_points(organisation, chief):
    Rating.objects.filter(pk=organisation.pk).update(regulation=Regulation.objects.get(key="366-QĐ/TW@2025-08-30"))
    with pytest.raises(Refusal, match="không đánh giá theo cấp độ"):
        state(Rating.objects.get(pk=organisation.pk), chief)


def test_page_asks_saves_and_shows_again(client, organisation, chief):
    client.force_login(chief)
    url = reverse("reviews:levels_state", args=[organisation.uuid])
    assert reverse("reviews:rating_detail", args=[organisation.uuid]) in client.get(url).content.decode()
    form = client.get(url).context["form"]
    assert list(form.fields) == ["building", "results", "remedy", "document"]
    sent = {**THREE, "document": "", "version": organisation.version, "idempotency_key": "k1"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert refused.context["form"].data["results"] == "excellent"
    saved = client.post(url, {**sent, "document": PAPER, "idempotency_key": "k2"})
    assert saved.url == reverse("reviews:rating_detail", args=[organisation.uuid])
    assert StatedLevels.objects.get().levels == THREE
    assert client.get(url).context["form"].initial["document"] == PAPER
