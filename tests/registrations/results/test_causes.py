"""An objective cause of lateness: claimed by the author, confirmed by the superior, never by oneself."""

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Forbidden, Message, Refusal, Stale
from registrations.selectors.results import results as selectors
from registrations.services.results import causes
from registrations.services.results import results as services
from tests.registrations.results.written import ago, confirmed, late, result

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("actor", "subject"), [("giang", "an"), ("an", "binh"), ("an", "chi"), ("dung", "em")])
def test_superior_confirms_and_the_author_is_told(province, actor, subject):
    row = confirmed(province, late(province, subject), actor, document="CV 5-CV/TU")
    assert (row.is_cause_objective, row.cause_answered_by) == (True, province.users[actor])
    assert (row.cause_answer, row.cause_document, row.version) == ("Đúng thực tế.", "CV 5-CV/TU", 2)
    assert Message.objects.get().recipient == province.users[subject]
    event = AuditEvent.objects.get(action="result.confirm_cause")
    assert "Đúng thực tế" not in event.payload


@pytest.mark.parametrize(
    ("actor", "subject"),
    [
        ("an", "an"), ("ha", "an"), ("binh", "an"), ("nga", "an"), ("quan", "an"), ("khanh", "an"), ("tu", "an"),
        ("phuc", "an"), ("chi", "chi"), ("nga", "chi"), ("dung", "binh"), ("em", "em"),
    ],
)  # fmt: skip
def test_cause_is_confirmed_by_nobody_else(province, actor, subject):
    row = late(province, subject)
    with pytest.raises(Forbidden):
        confirmed(province, row, actor)
    row.refresh_from_db()
    assert (row.is_cause_objective, row.version) == (None, 1)


def test_member_does_not_confirm_the_cause_of_his_own_collective(province):
    row = late(province, "an", subject="TT-SKH")
    for who in ("an", "binh"):
        with pytest.raises(Forbidden):
            confirmed(province, row, who)
    row.refresh_from_db()
    assert row.is_cause_objective is None


def test_declining_needs_words_and_keeps_the_result_late(province):
    row = late(province)
    with pytest.raises(Refusal) as refusal:
        confirmed(province, row, is_objective=False, answer=" ")
    assert refusal.value.field == "answer"
    row = confirmed(province, row, is_objective=False, answer="Bão tan trước hạn 7 ngày.")
    assert (row.is_cause_objective, row.is_on_time) == (False, False)


def test_answer_may_be_changed_and_the_latest_stands(province):
    row = confirmed(province, late(province))
    row = confirmed(province, row, is_objective=False, answer="Xem xét lại theo kết luận kiểm tra.")
    assert (row.is_cause_objective, row.version) == (False, 3)
    assert AuditEvent.objects.filter(action__startswith="result.").count() == 3


def test_where_no_cause_is_named_nothing_is_confirmed(province):
    row = result(province, planned_on=ago(9), done_on=ago(1))
    with pytest.raises(Refusal):
        confirmed(province, row)


def test_stale_page_and_withdrawn_row_take_no_answer(province):
    row = late(province)
    with pytest.raises(Stale):
        confirmed(province, row, version=7)
    services.withdraw_result(row=row, reason="Nhầm.", version=1, actor=province.users["an"])
    with pytest.raises(Stale):
        causes.answer_cause(row=row, is_objective=True, answer="", version=2, actor=province.users["giang"])


def test_stand_in_of_the_author_does_not_confirm_in_his_place(province):
    row = late(province)
    assert "chính mình" in selectors.reason_against_answering(province.users["an"], row)


def test_page_of_the_superior_shows_the_cause_and_takes_the_answer_once(province, client):
    row = late(province, "chi")
    address = reverse("registrations:result_cause", args=[row.uuid])
    client.force_login(province.users["chi"])
    assert client.get(address).status_code == 403
    assert client.post(address, {"is_objective": "yes", "version": 1, "idempotency_key": "k"}).status_code == 403
    client.force_login(province.users["an"])
    assert "Bão số 6" in client.get(address).text
    assert client.post(address, {"is_objective": "no", "answer": "", "version": 1}).status_code == 422
    body = {"is_objective": "yes", "answer": "", "version": 1, "idempotency_key": "k-2"}
    for _ in range(2):
        page = reverse("registrations:result_detail", args=[row.uuid])
        assert client.post(address, body).headers["Location"] == page
    row.refresh_from_db()
    assert (row.is_cause_objective, row.version) == (True, 2)
