"""Closing many verified matters in one act: all or none, each in the history, nobody his own, the refused row named."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, StandIn
from orgs.services.transitions import advance
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.remedies import closing
from registrations.services.remedies.closing import Ticked
from tests.cast import SINCE
from tests.registrations.remedies.test_remedies import name, reported, verified

pytestmark = pytest.mark.django_db
CLOSE = reverse("registrations:remedy_close")
LIST = reverse("registrations:remedy_list")
WORDS = ("Chậm giải ngân.", "Chậm báo cáo.", "Thiếu kiểm tra.")


@pytest.fixture
def mended(province):
    """Three verified rows of An."""
    return [verified(province, name(province, text=words)) for words in WORDS]


def close(province, rows, actor="giang"):
    return closing.close_remedies(ticked=[Ticked(row, row.version) for row in rows], actor=province.users[actor])


def body(rows, key="mot-lan", **more):
    versions = {f"version-{row.uuid}": row.version for row in rows}
    return {"row": [str(row.uuid) for row in rows], "idempotency_key": key} | versions | more


def states():
    return list(Shortcoming.objects.order_by("pk").values_list("state", flat=True))


def closings():
    return AuditEvent.objects.filter(action="remedy.close")


def test_ticked_matters_are_closed_each_with_its_own_record(province, mended):
    closed = close(province, mended)
    assert [row.version for row in closed] == [row.version + 1 for row in mended]
    assert states() == ["closed"] * 3
    assert {event.object_id for event in closings()} == {str(row.uuid) for row in mended}
    assert {event.actor_id for event in closings()} == {province.users["giang"].pk}


def test_one_row_that_changed_since_leaves_all_as_they_were_and_is_named(province, mended):
    seen = list(mended)
    mended[1] = advance(
        mended[1], "reopen", actor=province.users["giang"], version=mended[1].version, note="x", document_ref="CV 7"
    )
    with pytest.raises(Blocked) as refused:
        close(province, seen)
    (reason,) = refused.value.reasons
    assert reason.startswith("“Chậm báo cáo. (Nguyễn Văn Ấn)”: Có người đã thay đổi")
    assert states() == ["verified", "open", "verified"]
    assert not closings().exists()


def test_every_row_that_is_not_verified_is_named_with_the_state_it_is_in(province, mended):
    still_open, told = name(province, text="Chưa làm gì."), reported(province, name(province, text="Đã báo cáo."))
    with pytest.raises(Blocked) as refused:
        close(province, [still_open, *mended, told])
    first, second = refused.value.reasons
    assert "Chưa làm gì." in first
    assert "Cần khắc phục" in first
    assert "Đã báo cáo." in second
    assert states() == ["verified"] * 3 + ["open", "reported"]


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        ("an", Forbidden), ("binh", Forbidden), ("dung", Forbidden), ("lan", Forbidden), ("phuc", Forbidden),
        ("tu", Forbidden), ("khanh", Blocked), ("ha", Blocked),
    ],
)  # fmt: skip
def test_who_does_not_keep_the_register_of_the_subject_closes_nothing(province, mended, actor, kind):
    with pytest.raises(kind) as refused:
        close(province, mended, actor)
    assert type(refused.value) is kind
    assert states() == ["verified"] * 3


def test_nobody_closes_his_own_matter_among_others(province, mended):
    own = name(province, subject=province.people["giang"])
    own = advance(own, "verify", actor=province.users["quan"], version=own.version, document_ref="BC 31-BC/UBKT")
    with pytest.raises(Blocked) as refused:
        close(province, [*mended, own])
    (reason,) = refused.value.reasons
    assert province.people["giang"].full_name in reason
    assert states() == ["verified"] * 4
    assert selectors.closable([*mended, own], province.users["giang"]) == {row.pk for row in mended}


def test_nothing_ticked_is_refused(province):
    with pytest.raises(Refusal) as refused:
        close(province, [])
    assert refused.value.field == "row"


def test_list_offers_the_boxes_that_the_procedure_permits_and_no_others(province, client, mended):
    waiting = name(province, text="Chưa làm gì.")
    client.force_login(province.users["giang"])
    page = client.get(LIST, {"state": ""})
    assert page.context["closable"] == {row.pk for row in mended}
    assert all(f'value="{row.uuid}" aria-labelledby="named-{row.pk}"' in page.text for row in mended)
    assert f'value="{waiting.uuid}"' not in page.text
    assert f'action="{CLOSE}?state="' in page.text
    # Without a verified row there is nothing to tick.
    assert 'id="close-many"' not in client.get(LIST).text


@pytest.mark.parametrize("who", ["an", "nga"])
def test_who_mends_or_reads_sees_no_box(province, client, mended, who):
    client.force_login(province.users[who])
    page = client.get(LIST, {"state": "verified"})
    assert page.context["closable"] == frozenset()
    assert 'name="row"' not in page.text


def test_who_stands_in_for_the_subject_sees_no_box_and_closes_nothing(province, mended):
    quan = province.users["quan"]
    assert selectors.closable(mended, quan) == {row.pk for row in mended}
    StandIn.objects.create(absent=province.users["an"], substitute=quan, started_on=SINCE, document="QĐ 5")
    quan = type(quan).objects.get(pk=quan.pk)
    assert selectors.closable(mended, quan) == frozenset()
    with pytest.raises(Blocked) as refused:
        closing.close_remedies(ticked=[Ticked(row, row.version) for row in mended], actor=quan)
    assert len(refused.value.reasons) == 3


def test_page_closes_the_ticked_once_and_goes_back_to_the_same_filters(province, client, mended):
    client.force_login(province.users["giang"])
    sent = body(mended[:2])
    for _press in range(2):
        answer = client.post(f"{CLOSE}?state=verified&page=1", sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}?state=verified")
    assert states() == ["closed", "closed", "verified"]
    assert closings().count() == 2
    assert "Đã kết thúc theo dõi 2 việc." in client.get(answer.headers["Location"]).text


def test_page_shows_the_refused_rows_above_the_list_and_keeps_the_ticks(province, client, mended):
    sent = body(mended)
    advance(
        mended[0],
        "reopen",
        actor=province.users["quan"],
        version=mended[0].version,
        note="Tái diễn",
        document_ref="CV 7",
    )
    client.force_login(province.users["giang"])
    answer = client.post(f"{CLOSE}?state=verified", sent)
    assert answer.status_code == 409
    assert "Chưa kết thúc việc nào" in answer.text
    assert "“Chậm giải ngân. (Nguyễn Văn Ấn)”: Có người đã thay đổi" in answer.text
    assert answer.text.count('name="row"') == answer.text.count(" checked>") == 2
    assert states() == ["open", "verified", "verified"]
    # Ticked again on that page, the rest is closed: its form carries a key of its own.
    again = client.post(f"{CLOSE}?state=verified", body(mended[1:], key="lan-hai"))
    assert again.status_code == 302
    assert states() == ["open", "closed", "closed"]


def test_page_of_the_list_that_is_empty_by_now_still_tells_why(province, client, mended):
    sent = body(mended)
    for row in mended:
        advance(row, "close", actor=province.users["quan"], version=row.version)
    client.force_login(province.users["giang"])
    answer = client.post(f"{CLOSE}?state=verified&page=2", sent)
    assert answer.status_code == 409
    assert all(words in answer.text for words in WORDS)


@pytest.mark.parametrize(
    "broken",
    [
        {"row": []},
        {"row": ["khong-phai-ma", "<b>"]},
    ],
)
def test_page_without_a_tick_is_refused_with_what_to_do(province, client, mended, broken):
    client.force_login(province.users["giang"])
    answer = client.post(CLOSE, body(mended) | broken)
    assert (answer.status_code, states()) == (422, ["verified"] * 3)
    assert "Đánh dấu ít nhất một việc" in answer.text


@pytest.mark.parametrize("version", ["", "x", "-1", "1"])
def test_page_that_carries_no_version_or_an_old_one_closes_nothing(province, client, mended, version):
    client.force_login(province.users["giang"])
    sent = body(mended) | {f"version-{mended[2].uuid}": version}
    assert client.post(CLOSE, sent).status_code == 409
    assert states() == ["verified"] * 3


def test_row_that_is_not_read_is_never_closed_nor_told_of(province, client, mended):
    client.force_login(province.users["khanh"])
    answer = client.post(CLOSE, body(mended))
    assert answer.status_code == 409
    assert "giải ngân" not in answer.text
    assert states() == ["verified"] * 3


@pytest.mark.parametrize("who", ["an", "lan", "son"])
def test_who_keeps_no_register_gets_the_reason_instead(province, client, mended, who):
    client.force_login(province.users[who])
    answer = client.post(CLOSE, body(mended))
    assert answer.status_code == 403
    assert "Chỉ người theo dõi sổ" in answer.text
    assert states() == ["verified"] * 3


def test_address_of_the_act_leads_back_to_the_list(province, client):
    client.force_login(province.users["giang"])
    assert client.get(f"{CLOSE}?state=closed").headers["Location"] == f"{LIST}?state=closed"
    assert client.get(CLOSE).headers["Location"] == LIST


def test_boxes_cost_the_same_for_one_row_and_for_three(province, client):
    verified(province, name(province))
    client.force_login(province.users["giang"])

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST, {"state": "verified"}).status_code == 200
        return len(found)

    cost()
    first = cost()
    for words in WORDS[1:]:
        verified(province, name(province, text=words))
    assert cost() == first <= 13


def test_boxes_are_offered_to_exactly_those_who_can_close(province, mended):
    """The query behind the boxes and the procedure itself say the same of every person of the cast."""
    closers = set()
    for short, user in province.users.items():
        with transaction.atomic():
            try:
                close(province, mended, short)
                closers.add(short)
            except (Blocked, Forbidden):
                pass
            transaction.set_rollback(True)
        assert selectors.closable(mended, user) == ({row.pk for row in mended} if short in closers else frozenset())
    assert closers == {"giang", "quan"}
