"""Correcting the register by a document, the year in which a row counts, and what the subject sees of himself."""

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import Forbidden, Refusal, Stale
from registrations.models import Discipline, Finding, Shortcoming
from registrations.services.register import facts as register

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)
CORRECTION = "QĐ 50-QĐ/UBKTTU ngày 20/9/2024"
ROW = {"document": "QĐ 33-QĐ/UBKTTU", "document_on": DAY, "text": "Thiếu kiểm tra.", "form": "canh_cao"}


def enter(province, subject=None, **more):
    subject = subject or province.people["chi"]
    return register.enter_fact(model=Discipline, subject=subject, actor=province.users["quan"], **ROW | more)


def correct(province, row, actor="quan", **more):
    values = {**ROW, "form": "khien_trach"} | more
    return register.correct_fact(
        row=row, correction=CORRECTION, version=row.version, actor=province.users[actor], **values
    )


def test_correction_puts_a_right_row_beside_the_withdrawn_one(province):
    old = enter(province)
    new = correct(province, old)
    old.refresh_from_db()
    assert (old.form, old.withdrawal_document) == ("canh_cao", CORRECTION)
    assert (new.form, new.corrects, new.withdrawn_on) == ("khien_trach", old, None)
    assert list(old.corrections.all()) == [new]


def test_correction_that_changes_nothing_is_refused_and_the_row_stays(province):
    row = enter(province)
    with pytest.raises(Refusal, match="Không có gì khác"):
        correct(province, row, form="canh_cao")
    row.refresh_from_db()
    assert row.withdrawn_on is None


def test_correction_is_whole_or_nothing(province):
    row = enter(province)
    with pytest.raises(Refusal):
        correct(province, row, document=" ")
    row.refresh_from_db()
    assert (row.withdrawn_on, Discipline.objects.count()) == (None, 1)


@pytest.mark.parametrize("actor", ["chi", "an", "nga", "khanh", "phuc"])
def test_correction_is_refused_to_who_does_not_keep_the_register_of_him(province, actor):
    row = enter(province)
    with pytest.raises(Forbidden):
        correct(province, row, actor)
    assert Discipline.objects.count() == 1


def test_correction_of_a_stale_row_is_refused(province):
    row = enter(province)
    correct(province, row)
    with pytest.raises(Stale):
        correct(province, row, form="khai_tru")


def test_named_shortcoming_is_withdrawn_and_entered_anew_instead(province):
    row = register.enter_fact(
        model=Shortcoming,
        subject=province.people["chi"],
        document="TB 1",
        document_on=DAY,
        text="Chậm.",
        actor=province.users["quan"],
    )
    with pytest.raises(Refusal, match="thu hồi rồi nhập lại"):
        register.correct_fact(row=row, correction="TB 2", version=1, actor=province.users["quan"], text="Khác")


@pytest.mark.parametrize("year", [2013, 2026])
def test_year_of_counting_must_fit_the_document(province, year):
    with pytest.raises(Refusal) as refusal:
        enter(province, counted_year=year)
    assert refusal.value.field == "counted_year"
    assert not Discipline.objects.exists()


@pytest.mark.parametrize("year", [2014, 2023, 2024, 2025])
def test_row_counts_in_the_year_that_was_given(province, year):
    assert enter(province, counted_year=year).year == year


def test_row_without_a_year_counts_in_that_of_its_document(province):
    assert enter(province).year == 2024


def test_page_corrects_and_keeps_what_was_typed_when_it_refuses(province, client):
    row = enter(province)
    client.force_login(province.users["quan"])
    page = reverse("registrations:fact_correct", args=["discipline", row.uuid])
    shown = client.get(page)
    assert 'value="QĐ 33-QĐ/UBKTTU"' in shown.text
    body = {
        "document": "QĐ 33-QĐ/UBKTTU", "document_on": "03/06/2024", "text": "Đã sửa.", "form": "khien_trach",
        "counted_year": "1990", "correction": CORRECTION, "version": 1, "idempotency_key": "sua-1",
    }  # fmt: skip
    refused = client.post(page, body)
    assert (refused.status_code, "Đã sửa." in refused.text) == (422, True)
    body |= {"counted_year": "2024", "idempotency_key": "sua-2"}
    assert client.post(page, body).status_code == client.post(page, body).status_code == 302
    assert Discipline.objects.filter(withdrawn_on=None).get().text == "Đã sửa."
    assert client.get(reverse("registrations:fact_correct", args=["shortcoming", row.uuid])).status_code == 404


# -- what stands about oneself


def test_subject_sees_what_stands_about_him_with_documents_and_corrections(province, client):
    correct(province, enter(province))
    client.force_login(province.users["chi"])
    shown = client.get(reverse("registrations:record_own")).text
    assert "Khiển trách" in shown
    assert "Cảnh cáo" in shown
    assert CORRECTION in shown
    assert "không còn tính" in shown


def test_subject_sees_the_rows_of_his_collective_and_agency_and_nobody_elses(province, client):
    enter(province, province.collectives["TT-SKH"], document="QĐ 1 tập thể")
    enter(province, province.units["SKH"], document="QĐ 2 đơn vị")
    register.enter_fact(
        model=Finding,
        subject=province.people["binh"],
        kind="disunity",
        document="KL 3 cá nhân",
        document_on=DAY,
        actor=province.users["quan"],
    )
    page = reverse("registrations:record_own")
    expected = {
        "an": {"QĐ 1 tập thể", "QĐ 2 đơn vị"},
        "binh": {"QĐ 1 tập thể", "KL 3 cá nhân"},
        "chi": set(),
        "dung": set(),
    }
    for short, documents in expected.items():
        client.force_login(province.users[short])
        shown = client.get(page).text
        found = {text for text in ("QĐ 1 tập thể", "QĐ 2 đơn vị", "KL 3 cá nhân") if text in shown}
        assert found == documents, short


def test_own_page_of_an_account_without_a_person_is_empty(province, client):
    client.force_login(province.users["phuc"])
    assert "Sổ theo dõi không ghi gì về đồng chí" in client.get(reverse("registrations:record_own")).text
