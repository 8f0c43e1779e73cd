"""The comment of the former place: its head writes it himself, dated; nobody else does, and it is chased."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import AuditEvent, AuditText, Forbidden, Message, RatingKind, Refusal, Stale, UnitSuccession
from reviews.models import Opinion, OpinionKind, OpinionStatus, Rating
from reviews.selectors.grading import former_comments as selectors
from reviews.services.grading import former_comments, opinion_reminders, opinions
from tests.uploads import pdf

WORDS = "Chấp hành tốt; hoàn thành 12/12 nhiệm vụ được giao trong 8 tháng công tác tại Sở."


@pytest.fixture
def rating(ring):
    return ring.rating("an", RatingKind.CADRE)


def asked(ring, rating, place="SYT", **more):
    """An came from Sở Y tế: its head owes the comment."""
    given = {"kind": OpinionKind.FORMER_PLACE, "unit": ring.units[place], "body_name": ring.units[place].name}
    return Opinion.objects.create(rating=rating, entered_by=ring.users["giang"], **given | more)


def received(**more):
    given = {"text": WORDS, "document": "15-NX/SYT", "received_on": timezone.localdate()} | more
    return opinions.Received(**given)


def give(ring, opinion, who="dung", *, version=1, upload=None, **more):
    return former_comments.give_comment(
        opinion=opinion, received=received(**more), version=version, actor=ring.users[who], upload=upload
    )


def address(opinion):
    return reverse("reviews:former_comment", args=[opinion.uuid])


def form(**more):
    return {
        "text": WORDS,
        "document": "15-NX/SYT",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "version": 1,
    } | more


# -- giving


def test_head_of_the_former_place_gives_it_dated_and_the_officer_is_told(ring, rating):
    done = give(ring, asked(ring, rating))
    assert (done.status, done.text, done.version) == (OpinionStatus.RECEIVED, WORDS, 2)
    assert (done.received_on, done.given_by, done.grade) == (timezone.localdate(), ring.users["dung"], "")
    told = Message.objects.get(dedup_key__contains=f"opinion:{done.uuid}:given")
    assert (told.recipient, told.subject) == (ring.users["giang"], "Sở Y tế đã nhận xét về Nguyễn Văn Ấn")
    event = AuditEvent.objects.get(action="opinion.give")
    assert (event.actor, "12/12" in event.payload) == (ring.users["dung"], False)
    assert AuditText.objects.filter(event=event, value=WORDS).exists()


def test_comment_may_be_a_scan_alone_which_its_writer_and_the_officer_open(ring, rating, login):
    done = give(ring, asked(ring, rating), text="", upload=SimpleUploadedFile("nhan-xet.pdf", pdf()))
    file = reverse("orgs:file_open", args=[done.file.uuid])
    found = {short: login(short).get(file).status_code for short in ("dung", "giang", "an", "binh", "em", "tu")}
    assert found == {"dung": 200, "giang": 200, "an": 404, "binh": 404, "em": 404, "tu": 404}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "  "}, "text"),
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"grade": "good"}, "grade"),
    ],
    ids=["nothing written", "day to come", "a grade, which is not asked"],
)
def test_comment_is_refused_whole_with_its_field(ring, rating, more, field):
    opinion = asked(ring, rating)
    with pytest.raises(Refusal) as refused:
        give(ring, opinion, **more)
    assert refused.value.field == field
    opinion.refresh_from_db()
    assert (opinion.status, opinion.version, opinion.given_by) == (OpinionStatus.ASKED, 1, None)


def test_head_mends_his_comment_until_the_decision(ring, rating):
    opinion = asked(ring, rating)
    give(ring, opinion)
    assert give(ring, opinion, text="Bổ sung: còn chậm báo cáo.", version=2).text == "Bổ sung: còn chậm báo cáo."
    with pytest.raises(Stale, match="vừa sửa ý kiến này"):
        give(ring, opinion, text="Bản cũ", version=2)
    Rating.objects.filter(pk=rating.pk).update(state="notice", decided_grade="good", decided_on=timezone.localdate())
    with pytest.raises(Stale, match="không ghi hoặc sửa nhận xét được nữa"):
        give(ring, opinion, text="Muộn", version=3)
    opinion.refresh_from_db()
    assert opinion.text == "Bổ sung: còn chậm báo cáo."


@pytest.mark.parametrize("who", ["an", "binh", "em", "khanh", "giang", "ha", "nga", "quan", "lan", "tu", "phuc"])
def test_nobody_but_the_head_of_that_place_gives_it(ring, rating, who):
    opinion = asked(ring, rating)
    with pytest.raises(Forbidden, match="người đứng đầu nơi công tác cũ"):
        give(ring, opinion, who)
    assert not selectors.asked_of(ring.users[who]).exists()


def test_nobody_comments_on_himself_though_he_heads_the_place(ring, rating):
    opinion = asked(ring, rating, "SKH")
    with pytest.raises(Forbidden):
        give(ring, opinion, "an")


def test_comment_of_a_party_cell_is_given_by_its_secretary(ring):
    opinion = asked(ring, ring.rating("em", RatingKind.PARTY_MEMBER), "CB-SKH")
    assert give(ring, opinion, "an").given_by == ring.users["an"]


def test_body_that_was_merged_is_spoken_for_by_the_head_of_its_successor(ring, rating):
    opinion = asked(ring, rating, "SNV")
    assert not selectors.asked_of(ring.users["dung"]).exists()
    UnitSuccession.objects.create(
        predecessor=ring.units["SNV"], successor=ring.units["SYT"], happened_on=date(2024, 7, 1), document="NQ 5"
    )
    assert give(ring, opinion).given_by == ring.users["dung"]


def test_opinion_of_another_kind_is_not_given_by_the_head(ring, rating):
    opinion = asked(ring, rating, kind=OpinionKind.RELATED_BODY)
    with pytest.raises(Forbidden):
        give(ring, opinion)


def test_what_came_on_paper_or_was_waived_is_not_written_over(ring, rating):
    opinion, giang = asked(ring, rating), ring.users["giang"]
    opinions.receive_opinion(opinion=opinion, received=received(text="Từ văn bản."), version=1, actor=giang)
    with pytest.raises(Stale, match="đã nhập nhận xét này từ văn bản"):
        give(ring, opinion, version=2)
    other = asked(ring, ring.rating("binh", RatingKind.CADRE))
    opinions.waive_opinion(opinion=other, reason="Nơi cũ đã giải thể.", version=1, actor=ring.users["ha"])
    with pytest.raises(Stale, match="không chờ nhận xét này"):
        give(ring, other, version=2)


def test_officer_does_not_write_over_the_words_of_the_head(ring, rating, login):
    opinion = give(ring, asked(ring, rating))
    with pytest.raises(Refusal, match="tự ghi nhận xét này"):
        opinions.receive_opinion(opinion=opinion, received=received(text="Khác"), version=2, actor=ring.users["giang"])
    shown = login("giang").get(reverse("reviews:opinion_list", args=[rating.uuid])).content.decode()
    assert "Phạm Quốc Dũng ghi" in shown
    assert reverse("reviews:opinion_receive", args=[rating.uuid, opinion.uuid]) not in shown


# -- its page, and how it is chased


def test_page_says_of_which_time_it_is_asked_and_nothing_of_the_grade(ring, rating, login):
    spring = {"started_on": date(2022, 3, 1), "ended_on": date(2024, 5, 1)}
    rating.person.appointments.create(unit=ring.units["SYT"], position=ring.province.positions["PGD"], **spring)
    Rating.objects.filter(pk=rating.pk).update(proposed_grade="excellent")
    opinion = asked(ring, rating, due_on=timezone.localdate() + timedelta(days=3))
    page = login("dung").get(address(opinion)).content.decode()
    for words in ("Nguyễn Văn Ấn", "Phó Giám đốc", "01/03/2022", "01/05/2024", "còn 3 ngày"):
        assert words in page, words
    assert "xuất sắc" not in page.split('id="main"')[1]


def test_page_gives_it_once_and_home_leads_there_while_it_waits(ring, rating, login):
    opinion, client = asked(ring, rating), login("dung")
    home = reverse("reviews:home")
    assert address(opinion) in client.get(home).content.decode()
    body = form(idempotency_key="nx-1")
    for _time in range(2):
        assert client.post(address(opinion), body).headers["Location"] == home
    assert address(opinion) not in client.get(home).content.decode()
    assert Opinion.objects.get().version == 2
    assert AuditEvent.objects.filter(action="opinion.give").count() == 1


def test_page_keeps_what_was_typed_when_refused_and_when_stale(ring, rating, login):
    opinion, client = asked(ring, rating), login("dung")
    refused = client.post(address(opinion), form(received_on="31/02/2024"))
    assert (refused.status_code, WORDS in refused.content.decode()) == (422, True)
    future = client.post(address(opinion), form(received_on="01/01/2999"))
    assert 'id="id_received_on_error"' in future.content.decode()
    wrong = client.post(address(opinion), form(file=SimpleUploadedFile("Nhận xét MẬT.pdf", pdf())))
    assert (wrong.status_code, WORDS in wrong.content.decode()) == (422, True)
    give(ring, opinion)
    stale = client.post(address(opinion), form(text="Bản ở trang cũ"))
    assert (stale.status_code, "Bản ở trang cũ" in stale.content.decode()) == (409, True)
    opinion.refresh_from_db()
    assert opinion.text == WORDS


@pytest.mark.parametrize(("short", "status"), [("dung", 200), ("an", 404), ("em", 404), ("giang", 404), ("tu", 404)])
def test_page_is_found_by_that_head_alone(ring, rating, login, short, status):
    assert login(short).get(address(asked(ring, rating))).status_code == status


def test_page_says_why_it_is_closed(ring, rating, login):
    opinion = asked(ring, rating)
    Rating.objects.filter(pk=rating.pk).update(state="notice", decided_grade="good", decided_on=timezone.localdate())
    answer = login("dung").get(address(opinion))
    assert (answer.status_code, "đã có quyết định" in answer.content.decode()) == (403, True)


def test_home_and_page_cost_the_same_for_one_comment_and_for_three(ring, rating, login):
    client = login("dung")

    def cost(url):
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    first = asked(ring, rating)
    urls = (reverse("reviews:home"), address(first))
    before = [(cost(url), cost(url))[1] for url in urls]
    for kind in (RatingKind.CADRE, RatingKind.PARTY_MEMBER):
        asked(ring, ring.rating("binh", kind))
    assert [cost(url) for url in urls] == before
    assert before[1] <= 12


def test_reminder_leads_the_head_to_the_page_and_a_cell_has_its_secretary(ring, rating):
    today = timezone.localdate()
    opinion = asked(ring, rating, due_on=today + timedelta(days=3))
    cell = asked(ring, ring.rating("em", RatingKind.PARTY_MEMBER), "CB-SKH", due_on=today + timedelta(days=3))
    opinion_reminders.send_reminders(today=today)
    sent = Message.objects.filter(dedup_key__contains=":opinion:").values_list("recipient__username", "url")
    assert ("dung", address(opinion)) in sent
    assert ("an", address(cell)) in sent
    assert ("giang", reverse("reviews:opinion_list", args=[rating.uuid])) in sent


def test_reminder_of_a_merged_body_reaches_the_head_of_its_successor_once(ring, rating):
    today = timezone.localdate()
    UnitSuccession.objects.create(
        predecessor=ring.units["SNV"], successor=ring.units["SYT"], happened_on=date(2024, 7, 1), document="NQ 5"
    )
    asked(ring, rating, "SNV", due_on=today)
    opinion_reminders.send_reminders(today=today)
    assert Message.objects.filter(dedup_key__contains=":opinion:", recipient=ring.users["dung"]).count() == 1
