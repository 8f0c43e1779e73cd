"""The framework of each review: the nearest that the cycle froze, and the page that says why."""

import pytest
from django.urls import reverse

from criteria.models import CycleFramework, Framework
from orgs.models import Job
from orgs.services.transitions import start
from reviews.models import Review
from reviews.services.enrolling.enrolment import enrol
from tests.cast import SINCE

pytestmark = pytest.mark.django_db


def frozen(cycle, province, unit, *, title, form_key="02A", subject="person", **cover):
    """One more framework that the cycle froze."""
    made = Framework(
        title=title, issuer=province.units[unit], regulation=cycle.regulation, subject=subject, form_key=form_key
    )
    start(made, "framework")
    made.save()
    if cover:
        made.covers.create(**cover)
    CycleFramework.objects.create(cycle=cycle, framework=made)
    return made


def framework_of(province, short):
    return Review.objects.get(person=province.people[short]).framework


def test_each_review_gets_the_nearest_framework_that_the_cycle_froze(cycle, officer, province):
    job = Job.objects.create(code="TCCB", name="Chuyên viên tổ chức cán bộ")
    province.people["em"].appointments.create(
        unit=province.units["SYT"], job=job, is_main=False, started_on=SINCE, document="QĐ 5"
    )
    near = frozen(cycle, province, "SYT", title="Khung của Sở Y tế")
    of_job = frozen(cycle, province, "TU", title="Khung của vị trí việc làm", job=job)
    body = province.collectives["TT-SYT"]
    own = frozen(cycle, province, "SYT", title="Tập thể", form_key="01", subject="collective", collective=body)
    enrol(cycle=cycle, actor=officer)
    assert framework_of(province, "em") == of_job
    assert framework_of(province, "khanh") == near
    assert framework_of(province, "chi").title == "Khung tiêu chí mẫu 02A"
    assert Review.objects.get(collective=body).framework == own
    other = Review.objects.get(collective=province.collectives["TT-SKH"]).framework
    assert other.title == "Khung tiêu chí mẫu 01"


def test_page_of_a_review_says_why_to_whoever_may_see_it(cycle, officer, province, client):
    near = frozen(cycle, province, "SYT", title="Khung của Sở Y tế")
    enrol(cycle=cycle, actor=officer)
    review = Review.objects.get(person=province.people["khanh"])
    address = reverse("reviews:review_framework", args=[review.uuid])

    def seen(name):
        client.force_login(province.users[name], backend="orgs.backends.RoleBackend")
        return client.get(address)

    body = seen("khanh").content.decode()
    for words in ("Chức vụ: Chuyên viên", "Cơ quan, đơn vị: Sở Y tế", "Khung của Sở Y tế", "02A"):
        assert words in body
    assert "Khi lập danh sách" not in body
    assert seen("tu").status_code == 404
    page = client.get(reverse("reviews:review_detail", args=[review.uuid]))
    assert page.status_code == 404
    client.force_login(province.users["khanh"], backend="orgs.backends.RoleBackend")
    assert address in client.get(reverse("reviews:review_detail", args=[review.uuid])).content.decode()
    CycleFramework.objects.filter(framework=near).delete()
    assert "Khi lập danh sách, bản kiểm điểm này dùng “Khung của Sở Y tế (1)”" in seen("khanh").content.decode()
