"""Tables of a form in a real browser: nothing typed is lost, rows come and go, Enter never takes one away."""

import pytest
from django.urls import reverse

from reviews.models import SectionAnswer
from tests.journeys.steps import WIDTHS
from tests.reviews.filled.conftest import quarter  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def work(review):
    return SectionAnswer.objects.get(review=review, section_key="work_report").content.get("work", {})


@pytest.mark.parametrize("width", WIDTHS)
def test_tasks_are_written_row_by_row(browse, accessible, quarter, width):  # noqa: F811
    page = browse(quarter.users["an"], width=width)
    page.goto(reverse("reviews:section_edit", args=[quarter.an.uuid, "work_report"]))
    page.fill("[name='work-1.task']", "Đề án")
    page.fill("[name='work-1.due']", "cuối tháng")
    page.wait_for_selector("[data-autosave-problem]:not([hidden])")
    assert "Công việc 1, Thời hạn" in page.inner_text("[data-autosave-problem]")
    assert work(quarter.an) == {"1.task": "Đề án", "1.due": "cuối tháng"}
    page.fill("[name='work-2.task']", "Báo cáo")
    page.click("button[name=add]")
    page.wait_for_selector("[name='work-4.task']")
    accessible(page)
    page.press("[name='work-2.kind']", "Enter")
    page.wait_for_load_state()
    assert {"1.task", "2.task"} <= set(work(quarter.an))
    page.click("button[name=remove] >> nth=0")
    page.wait_for_selector("[name='work-4.task']", state="detached")
    assert work(quarter.an) == {"1.task": "Báo cáo"}
