"""Opinions and the State-side grade: asked, received with a file, waived; never read by the subject."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import Forbidden, RatingKind, Refusal, Stale
from reviews.guards import opinions as guards
from reviews.models import Opinion, OpinionKind, OpinionStatus, Rating
from reviews.selectors.grading import opinions as selectors
from reviews.services.grading import opinions
from tests.uploads import PDF


@pytest.fixture
def rating(ring):
    return ring.rating("an", RatingKind.CADRE)


def ask(ring, rating, kind=OpinionKind.RELATED_BODY, *, actor="giang", **more):
    given = {"body_name": "Sở Tài chính"} | more
    return opinions.ask_opinion(rating=rating, kind=kind, actor=ring.users[actor], **given)


def received(**more):
    today = timezone.localdate()
    return opinions.Received(**({"text": "Thống nhất", "document": "55-CV/STC", "received_on": today} | more))


def receive(ring, opinion, *, actor="giang", version=1, upload=None, **more):
    return opinions.receive_opinion(
        opinion=opinion, received=received(**more), version=version, actor=ring.users[actor], upload=upload
    )


def page(rating, name="opinion_list", *more):
    return reverse(f"reviews:{name}", args=[rating.uuid, *more])


def text(answer):
    return answer.content.decode()


def test_opinion_is_asked_received_with_a_file_and_read_by_the_officer(ring, rating, login):
    opinion = ask(ring, rating)
    done = receive(ring, opinion, upload=SimpleUploadedFile("y-kien.pdf", PDF), grade="good")
    assert (done.status, done.grade, done.version) == (OpinionStatus.RECEIVED, "good", 2)
    assert (done.file.object_type, done.file.object_id) == ("reviews.Opinion", str(done.uuid))
    url = reverse("orgs:file_open", args=[done.file.uuid])
    assert login("giang").get(url).status_code == 200
    assert login("ha").get(url).status_code == 200
    for short in ("an", "binh", "nga", "khanh", "lan", "tu"):
        assert login(short).get(url).status_code == 404


def test_subject_reads_no_opinion_even_when_the_rating_is_his_to_read(ring, rating, login):
    ask(ring, rating)
    Rating.objects.filter(pk=rating.pk).update(
        state="notice", decided_grade="good", decided_on=timezone.localdate(), notified_at=timezone.now()
    )
    assert login("an").get(reverse("reviews:rating_detail", args=[rating.uuid])).status_code == 200
    assert login("an").get(page(rating)).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"body_name": "  "}, "body_name"),
        ({"kind": "neighbour"}, "kind"),
    ],
)
def test_asking_needs_a_body_and_a_kind(ring, rating, given, field):
    with pytest.raises(Refusal) as refused:
        ask(ring, rating, **given)
    assert refused.value.field == field
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"received_on": timezone.localdate() + timedelta(days=2)}, "received_on"),
        ({"grade": "perfect"}, "grade"),
    ],
)
def test_receiving_is_refused_whole(ring, rating, more, field):
    opinion = ask(ring, rating)
    with pytest.raises(Refusal) as refused:
        receive(ring, opinion, **more)
    assert refused.value.field == field
    opinion.refresh_from_db()
    assert (opinion.status, opinion.version) == (OpinionStatus.ASKED, 1)


def test_opinion_may_be_a_file_alone(ring, rating):
    done = receive(ring, ask(ring, rating), text="", upload=SimpleUploadedFile("y-kien.pdf", PDF))
    assert done.status == OpinionStatus.RECEIVED


def test_secret_file_is_refused_and_nothing_is_received(ring, rating):
    opinion = ask(ring, rating)
    with pytest.raises(Refusal):
        receive(ring, opinion, upload=SimpleUploadedFile("van ban mat.pdf", PDF))
    opinion.refresh_from_db()
    assert opinion.status == OpinionStatus.ASKED


def test_old_version_is_refused(ring, rating):
    opinion = ask(ring, rating)
    receive(ring, opinion)
    with pytest.raises(Stale):
        receive(ring, opinion, text="Khác")
    with pytest.raises(Stale):
        opinions.waive_opinion(opinion=opinion, reason="Không cần", version=1, actor=ring.users["giang"])


def test_waiver_needs_a_reason(ring, rating):
    opinion = ask(ring, rating)
    with pytest.raises(Refusal) as refused:
        opinions.waive_opinion(opinion=opinion, reason=" ", version=1, actor=ring.users["giang"])
    assert refused.value.field == "waiver_reason"
    done = opinions.waive_opinion(opinion=opinion, reason="Cơ quan đã giải thể", version=1, actor=ring.users["giang"])
    assert done.status == OpinionStatus.WAIVED


@pytest.mark.parametrize("short", ["an", "binh", "nga", "ha", "khanh", "quan", "tu"])
def test_only_the_officer_of_the_appraising_body_gathers(ring, rating, short):
    with pytest.raises(Forbidden):
        ask(ring, rating, actor=short)
    opinion = ask(ring, rating)
    with pytest.raises(Forbidden):
        receive(ring, opinion, actor=short)
    with pytest.raises(Forbidden):
        opinions.set_state_grade(
            rating=rating, status="not_yet", grade="", document="", version=rating.version, actor=ring.users[short]
        )


def test_nobody_gathers_opinions_on_himself(ring, rating):
    Rating.objects.filter(pk=rating.pk).update(person=ring.people["giang"])
    with pytest.raises(Forbidden):
        ask(ring, Rating.objects.get(pk=rating.pk))


@pytest.mark.parametrize("state", ["notice", "petition", "archived", "postponed", "not_rated"])
def test_nothing_is_gathered_after_the_decision(ring, rating, state):
    Rating.objects.filter(pk=rating.pk).update(state=state, decided_grade="good", decided_on=timezone.localdate())
    with pytest.raises(Stale):
        ask(ring, rating)


@pytest.mark.parametrize(
    ("kind", "status", "is_blocked"),
    [
        (OpinionKind.RELATED_BODY, OpinionStatus.ASKED, True),
        (OpinionKind.PARTY_COMMITTEE, OpinionStatus.ASKED, True),
        (OpinionKind.FORMER_PLACE, OpinionStatus.ASKED, True),
        (OpinionKind.RELATED_BODY, OpinionStatus.RECEIVED, False),
        (OpinionKind.RELATED_BODY, OpinionStatus.WAIVED, False),
        (OpinionKind.RESIDENCE, OpinionStatus.ASKED, False),
    ],
)
def test_asked_opinion_blocks_the_appraisal_and_a_residence_comment_never(ring, rating, kind, status, is_blocked):
    opinion = ask(ring, rating, kind)
    Opinion.objects.filter(pk=opinion.pk).update(status=status)
    reason = guards.opinions_in(rating, None)
    assert bool(reason) is is_blocked
    assert not is_blocked or "Sở Tài chính" in reason
    assert selectors.missing_for(ring.users["giang"]).filter(pk=rating.pk).exists() is is_blocked


def set_grade(ring, rating, **more):
    given = {"status": "known", "grade": "good", "document": "QĐ 12-QĐ/UBND"} | more
    return opinions.set_state_grade(rating=rating, version=rating.version, actor=ring.users["giang"], **given)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"grade": ""}, "grade"), ({"document": " "}, "document"), ({"status": "maybe"}, "status")],
)
def test_state_grade_is_whole_or_refused(ring, rating, more, field):
    with pytest.raises(Refusal) as refused:
        set_grade(ring, rating, **more)
    assert refused.value.field == field
    rating.refresh_from_db()
    assert rating.state_grade_status == ""


def test_state_grade_that_is_not_known_yet_keeps_no_grade(ring, rating):
    known = set_grade(ring, rating)
    assert (known.state_grade, known.state_grade_document) == ("good", "QĐ 12-QĐ/UBND")
    unknown = set_grade(ring, known, status="not_yet")
    assert (unknown.state_grade_status, unknown.state_grade, unknown.state_grade_document) == ("not_yet", "", "")
    with pytest.raises(Stale):
        set_grade(ring, rating)


@pytest.mark.parametrize(
    ("short", "status"),
    [("giang", 200), ("ha", 200), ("quan", 200), ("nga", 403), ("an", 404), ("khanh", 404), ("lan", 404), ("tu", 404)],
)
def test_list_is_read_by_who_appraises_and_who_watches(login, ring, rating, short, status):
    ask(ring, rating)
    answer = login(short).get(page(rating))
    assert answer.status_code == status
    assert ("Sở Tài chính" in text(answer)) is (status == 200)
    assert ('name="body_name"' in text(answer)) is (short == "giang")


@pytest.mark.parametrize(("short", "status"), [("ha", 403), ("quan", 403), ("nga", 403), ("khanh", 404), ("tu", 404)])
def test_forms_are_for_the_officer_alone(login, ring, rating, short, status):
    opinion = ask(ring, rating)
    for url in (
        page(rating, "opinion_receive", opinion.uuid),
        page(rating, "opinion_waive", opinion.uuid),
        page(rating, "state_grade"),
    ):
        assert login(short).get(url).status_code == status
        assert login(short).post(url, {"version": 1}).status_code == status
    assert login(short).post(page(rating), {"kind": "residence", "body_name": "x"}).status_code == status
    assert Opinion.objects.count() == 1


def test_asking_through_the_page_once_finds_a_unit_by_its_code(login, ring, rating):
    client = login("giang")
    form = {"kind": "related_body", "body_name": "snv", "idempotency_key": str(uuid.uuid4())}
    for _time in range(2):
        assert client.post(page(rating), form).url == page(rating)
    opinion = Opinion.objects.get()
    assert (opinion.unit, opinion.body_name) == (ring.units["SNV"], "Sở Nội vụ")


def test_receiving_through_the_page_keeps_text_when_refused_and_stale(login, ring, rating):
    opinion, client = ask(ring, rating), login("giang")
    url = page(rating, "opinion_receive", opinion.uuid)
    form = {"text": "Y\u0301 kie\u0302\u0301n của tôi", "received_on": "2999-01-01", "version": 1}
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "kie\u0302\u0301n của tôi" in text(refused)
    assert client.post(url, form | {"received_on": f"{timezone.localdate():%Y-%m-%d}"}).url == page(rating)
    opinion.refresh_from_db()
    assert opinion.text == "Ý kiến của tôi"
    stale = client.post(url, form | {"received_on": f"{timezone.localdate():%Y-%m-%d}", "text": "Bản khác"})
    assert stale.status_code == 409
    assert "Bản khác" in text(stale)


def test_waiving_and_state_grade_through_the_pages(login, ring, rating):
    opinion, client = ask(ring, rating), login("giang")
    waive = page(rating, "opinion_waive", opinion.uuid)
    assert client.post(waive, {"waiver_reason": "", "version": 1}).status_code == 422
    assert client.post(waive, {"waiver_reason": "Đã giải thể", "version": 1}).url == page(rating)
    grade = {"status": "known", "grade": "good", "document": "QĐ 12", "version": rating.version}
    assert client.post(page(rating, "state_grade"), grade).url == page(rating)
    shown = text(client.get(page(rating)))
    assert "Đã giải thể" in shown
    assert "QĐ 12" in shown


def test_opinion_of_another_rating_is_not_found(login, ring, rating):
    opinion = ask(ring, ring.rating("dung", RatingKind.CADRE))
    assert login("giang").get(page(rating, "opinion_receive", opinion.uuid)).status_code == 404


def test_lists_ask_the_same_for_one_and_three(login, ring, rating):
    client = login("giang")
    for url in (page(rating), reverse("reviews:opinion_missing")):
        Opinion.objects.all().delete()
        ask(ring, rating)
        client.get(url)
        with CaptureQueriesContext(connection) as one:
            client.get(url)
        ask(ring, rating)
        ask(ring, ring.rating("dung", RatingKind.CADRE))
        ask(ring, rating)
        with CaptureQueriesContext(connection) as three:
            assert client.get(url).status_code == 200
        assert len(three) == len(one)


def test_missing_opinions_are_listed_for_their_officer_alone(login, ring, rating):
    ask(ring, rating)
    url = reverse("reviews:opinion_missing")
    assert "Nguyễn Văn Ấn" in text(login("giang").get(url))
    assert "Nguyễn Văn Ấn" not in text(login("ha").get(url)).split('id="main"')[1]
    assert "Nguyễn Văn Ấn" not in text(login("khanh").get(url)).split('id="main"')[1]


@pytest.mark.parametrize(("short", "is_led"), [("giang", True), ("quan", True), ("nga", False)])
def test_page_of_a_rating_leads_to_its_opinions_before_any_was_asked(login, ring, rating, short, is_led):
    answer = login(short).get(reverse("reviews:rating_detail", args=[rating.uuid]))
    assert (page(rating) in text(answer)) is is_led
    assert login(short).get(page(rating)).status_code == (200 if is_led else 403)
