"""The criterion of a result: chosen from the framework in force where there is one, written where there is none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import Criterion, Framework, FrameworkCover
from criteria.selectors.frameworks.applying import applies
from orgs.models import Refusal
from registrations.models import YearResult
from registrations.selectors.results.criteria import criteria_for
from registrations.services.results import results as services
from tests.criteria.rounds import issued_frameworks, regulation
from tests.registrations.results.written import PRODUCT, result, today, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured(province):
    """The criteria of An: frameworks of the province, put on the forms that the regulation of today asks for."""
    issued_frameworks(province, regulation())
    for subject in (province.people["an"], province.collectives["TT-SKH"]):
        framework = applies(subject, on=date(2024, 11, 20)).choice.framework
        Framework.objects.filter(pk=framework.pk).update(form_key=applies(subject, on=today()).form_key)
    return criteria_for(province.people["an"], today())


def of_another(measured):
    return Criterion.objects.exclude(group__framework=measured[0].group.framework).order_by("pk").first()


def form(**more):
    return {"product": PRODUCT, "done_on": f"{today():%d/%m/%Y}", "idempotency_key": "c"} | more


def address(name, row):
    return reverse(f"registrations:{name}", args=[row.uuid])


def test_criteria_are_those_of_the_one_framework_that_measures_the_subject_in_its_order(measured):
    frameworks = {row.group.framework for row in measured}
    assert len(frameworks) == 1
    (framework,) = frameworks
    assert framework.state == "issued"
    rows = Criterion.objects.filter(group__framework=framework).order_by("group__order", "order")
    assert measured == list(rows)


def test_nothing_is_chosen_where_no_framework_is_in_force(province, measured):
    assert criteria_for(province.people["an"], date(2024, 9, 30)) == []


def test_chosen_criterion_stands_with_its_words(province, measured):
    row = result(province, measured_by=measured[0], criterion=str(measured[0]))
    assert (row.measured_by, row.criterion) == (measured[0], str(measured[0]))


def test_criterion_of_another_framework_is_refused_at_its_field_with_the_way_out(province, measured):
    with pytest.raises(Refusal, match="Nguyễn Văn Ấn.*Để trống") as refused:
        result(province, measured_by=of_another(measured))
    assert refused.value.field == "criterion"
    assert not YearResult.objects.exists()
    row = result(province)
    with pytest.raises(Refusal):
        services.update_result(
            row=row, words=words(measured_by=of_another(measured)), version=1, actor=province.users["an"]
        )
    row.refresh_from_db()
    assert (row.measured_by, row.version) == (None, 1)


def test_page_offers_the_criteria_under_their_groups_and_keeps_the_chosen(province, measured, client):
    client.force_login(province.users["an"])
    page = reverse("registrations:result_create")
    shown = client.get(page).text
    assert f'<optgroup label="{measured[0].group}">' in shown
    assert all(str(row.uuid) in shown for row in measured)
    wrong = client.post(page, form(criterion=str(of_another(measured).uuid)))
    assert (wrong.status_code, PRODUCT in wrong.text, "id_criterion" in wrong.text) == (422, True, True)
    late = client.post(page, form(criterion=str(measured[1].uuid), done_on="31/02/2026"))
    assert f'value="{measured[1].uuid}" selected' in late.text
    assert client.post(page, form(criterion=str(measured[1].uuid))).status_code == 302
    row = YearResult.objects.get()
    assert (row.measured_by, row.criterion) == (measured[1], str(measured[1])[:300])
    detail = client.get(address("result_detail", row)).text
    assert str(measured[1].group.framework) in detail


def test_words_that_were_brought_in_stay_until_a_criterion_is_chosen(province, measured, client):
    client.force_login(province.users["an"])
    row = result(province, criterion="Chỉ số 4 của hệ thống chấm điểm")
    shown = client.get(address("result_edit", row)).text
    assert '<option value="kept" selected>Chỉ số 4 của hệ thống chấm điểm</option>' in shown
    client.post(address("result_edit", row), form(criterion="kept", version=1))
    row.refresh_from_db()
    assert (row.criterion, row.measured_by, row.version) == ("Chỉ số 4 của hệ thống chấm điểm", None, 2)
    client.post(address("result_edit", row), form(criterion=str(measured[2].uuid), version=2, idempotency_key="c-2"))
    row.refresh_from_db()
    assert (row.measured_by, row.version) == (measured[2], 3)
    shown = client.get(address("result_edit", row)).text
    assert f'value="{measured[2].uuid}" selected' in shown
    assert "Chỉ số 4" not in shown.split('id="main"')[1].split('id="history-title"')[0]
    client.post(address("result_edit", row), form(criterion="", version=3, idempotency_key="c-3"))
    row.refresh_from_db()
    assert (row.measured_by, row.criterion) == (None, "")


def test_where_no_framework_is_in_force_the_criterion_is_written(province, client):
    client.force_login(province.users["an"])
    shown = client.get(reverse("registrations:result_create")).text
    assert '<input type="text" name="criterion"' in shown
    client.post(reverse("registrations:result_create"), form(criterion="Tiêu chí 2.1 của cơ quan"))
    assert YearResult.objects.get().criterion == "Tiêu chí 2.1 của cơ quan"


def test_result_of_a_collective_is_measured_by_the_framework_of_collectives(province, measured, client):
    body = province.collectives["TT-SKH"]
    above = criteria_for(body, today())
    assert above[0].group.framework != measured[0].group.framework
    client.force_login(province.users["an"])
    page = reverse("registrations:result_create")
    refused = client.post(page, form(collective=body.pk, criterion=str(measured[0].uuid)))
    assert refused.status_code == 422
    assert "Tiêu chí này không dùng để đánh giá" in refused.text
    client.post(page, form(collective=body.pk, idempotency_key="c-2"))
    row = YearResult.objects.get()
    client.post(address("result_edit", row), form(criterion=str(above[0].uuid), version=1, idempotency_key="c-3"))
    row.refresh_from_db()
    assert row.measured_by == above[0]


def test_pages_of_a_result_cost_the_same_however_long_the_log_is(province, measured, client):
    client.force_login(province.users["an"])
    row = result(province, measured_by=measured[0], criterion=str(measured[0]))
    urls = [reverse("registrations:result_create"), address("result_edit", row), address("result_detail", row)]

    def costs():
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as made:
                assert client.get(url).status_code == 200
            found.append(len(made))
        return found

    before = costs()
    for number in range(3):
        result(province, product=f"Sản phẩm {number}", measured_by=measured[1])
    assert costs() == before
    assert max(before) <= 12


def test_pages_of_a_result_of_an_officer_cost_no_more(province, measured, client):
    Framework.objects.update(form_key=applies(province.people["giang"], on=today()).form_key)
    client.force_login(province.users["giang"])
    row = result(province, "giang")
    for url in (reverse("registrations:result_create"), address("result_edit", row), address("result_detail", row)):
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url).status_code == 200
        assert len(made) <= 12, url


def test_collectives_stand_in_the_choice_after_myself(province, measured, client):
    client.force_login(province.users["an"])
    shown = client.get(reverse("registrations:result_create")).context["form"]["collective"]
    body = province.collectives["TT-SKH"]
    assert [(str(value), str(label)) for value, label in shown.field.choices] == [
        ("", "Bản thân"),
        (str(body.pk), str(body)),
    ]
    refused = client.post(reverse("registrations:result_create"), form(collective=province.collectives["TT-SYT"].pk))
    assert list(refused.context["form"].errors) == ["collective"]


def test_framework_of_a_collective_measures_who_sits_in_it(province, measured):
    """Seats are read as soon as a framework in force covers a collective, and only then."""
    assert criteria_for(province.people["an"], today()) == measured
    other = Framework.objects.exclude(pk=measured[0].group.framework_id).filter(state="issued", subject="person")
    narrow = other.order_by("pk").first()
    kept = measured[0].group.framework
    Framework.objects.filter(pk=narrow.pk).update(
        form_key=kept.form_key, line="", managing_authority=None, issued_on=kept.issued_on, issuer=kept.issuer
    )
    FrameworkCover.objects.filter(framework=narrow).delete()
    FrameworkCover.objects.create(framework=narrow, collective=province.collectives["TT-SKH"])
    assert applies(province.people["an"], on=today(), is_shown=False).choice.framework == narrow
    assert applies(province.people["an"], on=today()).choice.framework == narrow
    assert applies(province.people["chi"], on=today(), is_shown=False).choice.framework != narrow
