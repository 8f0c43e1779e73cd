"""A body of which support was asked is merged, divided, renamed: the request goes on with the one that followed it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from orgs import roles
from orgs.models import Forbidden, Message, RoleGrant, Unit, UnitSuccession, User
from orgs.selectors.successions import SuccessionBook
from orgs.services.transitions import advance
from registrations.models import Work
from registrations.selectors.catalogue import stuck
from registrations.selectors.works import works
from registrations.selectors.works.addressees import answerers_of
from registrations.selectors.works.registrations import route_for
from registrations.selectors.works.routing import bodies_in_line
from registrations.services.works import progress, support
from tests.cast import SINCE
from tests.registrations.works.written import asked, draft, fresh, running, today

pytestmark = pytest.mark.django_db
NEW = "Ủy ban nhân dân tỉnh Quảng Ngãi mới"
DOCUMENT = "NQ 202/2025/QH15"


def body(province, code, name=NEW, *, officer=""):
    """A body that stands, with its officer."""
    kind = province.units["UBND"].kind
    row = Unit.objects.create(code=code, name=name, kind=kind, line="state", started_on=SINCE)
    if officer:
        RoleGrant.objects.create(
            user=province.users[officer], role=roles.OFFICER, unit=row, document="QĐ 09", started_on=SINCE
        )
    return row


def merge(old, new, *, days=1):
    """`old` became (part of) `new` so many days ago."""
    day = today() - timedelta(days=days)
    Unit.objects.filter(pk=old.pk).update(ended_on=day)
    return UnitSuccession.objects.create(predecessor=old, successor=new, happened_on=day, document=DOCUMENT)


def anew(province, who):
    """The account as the next page finds it."""
    return User.objects.get(pk=province.users[who].pk)


def page(client, user, request):
    client.force_login(user)
    return client.get(reverse("registrations:support_detail", args=[request.uuid]))


def test_request_is_read_and_answered_by_the_body_that_followed(client, province):
    request, new = asked(province, running(province)), body(province, "UBM", officer="khanh")
    assert page(client, anew(province, "khanh"), request).status_code == 404
    merge(province.units["UBND"], new)
    assert list(works.asked_of(anew(province, "khanh"))) == [request]
    words = page(client, anew(province, "khanh"), request).content.decode()
    assert f"{province.units['UBND'].name} đã trở thành {NEW} từ ngày" in words
    assert DOCUMENT in words
    address = reverse("registrations:support_answer", args=[request.uuid])
    assert client.post(address, {"answer": "Đã ban hành.", "version": request.version}).status_code == 302
    answered = fresh(request)
    assert (answered.state, answered.answered_by) == ("answered", province.users["khanh"])


def test_list_and_work_page_say_which_body_answers_now(client, province):
    work = running(province)
    asked(province, work)
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    for who, address in (
        ("khanh", reverse("registrations:support_list")),
        ("an", reverse("registrations:work_detail", args=[work.uuid])),
        ("giang", reverse("registrations:work_detail", args=[work.uuid])),
    ):
        client.force_login(anew(province, who))
        assert f"đã trở thành {NEW}" in client.get(address).content.decode(), who


@pytest.mark.parametrize("who", ["em", "chi", "son", "tu"])
def test_nobody_else_gains_a_request_by_a_merger(client, province, who):
    request = asked(province, running(province))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    assert page(client, anew(province, who), request).status_code == 404
    with pytest.raises(Forbidden):
        support.answer_support(request=request, answer="Vâng", version=request.version, actor=anew(province, who))


def test_second_merger_hands_the_request_on_again(province):
    request, middle = asked(province, running(province)), body(province, "UBM", "Ủy ban giữa", officer="em")
    last = body(province, "UBC", "Ủy ban cuối", officer="khanh")
    merge(province.units["UBND"], middle, days=9)
    merge(middle, last, days=2)
    assert list(works.asked_of(anew(province, "khanh"))) == [request]
    (row,) = works.follow_bodies([fresh(request)])
    assert [step.successor.code for step in row.way] == ["UBM", "UBC"]


def test_divided_body_leaves_the_request_to_each_of_its_parts(province):
    request = asked(province, running(province))
    for code, officer in (("UBA", "em"), ("UBB", "khanh")):
        merge(province.units["UBND"], body(province, code, code, officer=officer))
    for officer in ("em", "khanh"):
        assert list(works.asked_of(anew(province, officer))) == [request]
    told = {user.username for user in answerers_of(Unit.objects.get(code="UBND"))}
    assert told == {"em", "khanh"}


def test_merger_that_lies_ahead_moves_nothing_yet(province):
    request = asked(province, running(province))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"), days=-5)
    assert not works.asked_of(anew(province, "khanh")).exists()
    (row,) = works.follow_bodies([fresh(request)])
    assert row.way == ()
    assert "khanh" not in {user.username for user in answerers_of(row.body)}


def test_request_of_a_draft_reaches_the_follower_when_the_registration_is_received(province):
    row = draft(province)
    request = asked(province, row.works.get())
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    row.refresh_from_db()
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    advance(row, "receive", actor=province.users["giang"], version=row.version)
    assert fresh(request).state == "open"
    told = Message.objects.filter(due_on=request.due_on).values_list("recipient__username", flat=True)
    assert set(told) == {"khanh"}


def test_request_that_has_not_gone_out_is_not_read_by_the_follower(province):
    request = asked(province, draft(province).works.get())
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    assert request.state == "planned"
    assert not works.requests_visible_to(anew(province, "khanh")).exists()


def test_line_offers_the_follower_and_not_the_abolished_body(client, province):
    work = running(province)
    new = body(province, "UBM")
    before = {unit.code for unit in bodies_in_line(work.registration, route_for(work.registration))}
    merge(province.units["UBND"], new)
    after = {unit.code for unit in bodies_in_line(work.registration, route_for(work.registration))}
    assert before - after == {"UBND"}
    assert after - before == {"UBM"}
    client.force_login(anew(province, "an"))
    address = reverse("registrations:support_add", args=[work.uuid])
    typed = {"text": "Ban hành đơn giá.", "due_on": f"{today():%d/%m/%Y}"}
    refused = client.post(address, typed | {"body": province.units["UBND"].pk})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["body"])
    assert "Ban hành đơn giá." in refused.content.decode()
    assert client.post(address, typed | {"body": new.pk}).status_code == 302


def test_stuck_list_waits_for_the_follower(province):
    work = running(province)
    progress.report_obstacle(
        work=work, text="Chưa có đơn giá.", found_on=today() - timedelta(days=4), waits_for=province.units["UBND"],
        actor=province.users["an"],
    )  # fmt: skip
    asked(province, work)
    new = body(province, "UBM")
    merge(province.units["UBND"], new)
    waits = stuck.waits_of(Work.objects.all())
    assert [(wait.kind, wait.body) for wait in waits] == [("obstacle", new), ("request", new)]
    (row,) = stuck.by_body(waits)
    assert (row.body, row.count) == (new, 2)
    assert stuck.bodies_of(waits) == [new]


def test_book_knows_who_stands_and_who_follows_and_does_not_run_in_circles(province, django_assert_num_queries):
    one, two, three = (body(province, code, code) for code in ("B1", "B2", "B3"))
    merge(one, two, days=3)
    with django_assert_num_queries(1):
        book = SuccessionBook(today())
        assert book.heirs_of(one) == (two,)
        assert book.heirs_of(three) == (three,)
        assert book.way_of(two.pk) == ()
    merge(two, one, days=2)
    assert len(SuccessionBook(today()).way_of(one.pk)) == 2


def test_abolished_without_a_follower_stays_with_its_own_name(province):
    request = asked(province, running(province))
    Unit.objects.filter(code="UBND").update(ended_on=today())
    (row,) = works.follow_bodies([fresh(request)])
    assert (row.way, row.body.code) == ((), "UBND")
    assert SuccessionBook(today()).heirs_of(row.body) == (row.body,)


def test_requests_of_bodies_that_stand_cost_no_question_about_mergers(province, django_assert_num_queries):
    rows = [asked(province, running(province)), asked(province, running(province, "dung"), actor="dung")]
    rows = [type(row).objects.select_related("body").get(pk=row.pk) for row in rows]
    with django_assert_num_queries(0):
        works.follow_bodies(rows)
