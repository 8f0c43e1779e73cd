"""What the year holds in the round: rows that count in their year, named shortcomings, imported grades."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Forbidden, Message, RatingKind
from orgs.services.transitions import advance
from registrations.models import Discipline, Origin, PastRating, RemarkKind, RunningRemark, Shortcoming
from registrations.services.register import facts as register
from registrations.services.remedies.naming import NamedIn, Plan, name_shortcoming
from reviews.models import AgendaItem, Opinion, OpinionKind
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.grading.suggestions import explained
from reviews.services.grading import opinion_reminders
from reviews.services.meeting import naming

pytestmark = pytest.mark.django_db
BEFORE = date(2023, 12, 28)


def enter(ring, subject, *, on=date(2024, 5, 6), **more):
    words = {"document": "QĐ 77-QĐ/UBKTTU", "document_on": on, "form": "canh_cao", "text": "Thiếu kiểm tra."}
    return register.enter_fact(model=Discipline, subject=subject, actor=ring.users["quan"], **words | more)


def name(ring, subject, *, cycle=None, on=BEFORE, text="Chậm giải ngân."):
    return name_shortcoming(
        subject=subject,
        text=text,
        named_in=NamedIn(Origin.MEETING, "reviews.AgendaItem", "1", "Biên bản 2023"),
        document="BB 1-BB/SKH",
        document_on=on,
        actor=ring.users["giang"],
        cycle=cycle,
        plan=Plan("Giao ban hằng tuần."),
    )


def mend(ring, row, actor="giang"):
    return advance(row, "verify", actor=ring.users[actor], version=row.version, document_ref="BC 30-BC/BTCTU",
                   remedied_on=date(2024, 6, 30))  # fmt: skip


# -- the year in which a row counts


@pytest.mark.parametrize(
    ("on", "counted", "bites"),
    [
        (date(2024, 5, 6), None, True),
        (date(2024, 5, 6), 2024, True),
        (date(2024, 5, 6), 2023, False),
        (date(2025, 2, 3), 2024, True),
        (date(2025, 2, 3), None, False),
        (date(2023, 11, 1), None, False),
        (date(2023, 11, 1), 2024, True),
    ],
)
def test_decision_counts_in_its_year(ring, on, counted, bites):
    enter(ring, ring.people["an"], on=on, counted_year=counted)
    assert bool(facts_of(ring.rating("an", RatingKind.CADRE))["discipline"]) == bites


def test_corrected_decision_bites_as_it_was_corrected(ring):
    row = enter(ring, ring.people["an"])
    values = {"document": row.document, "document_on": row.document_on, "text": row.text, "form": "khien_trach"}
    register.correct_fact(row=row, correction="QĐ 90", version=1, actor=ring.users["quan"], **values)
    assert [fact["form"] for fact in facts_of(ring.rating("an", RatingKind.CADRE))["discipline"]] == ["khien_trach"]


# -- what was named before


def test_numbers_named_and_remedied_feed_the_facts_of_the_next_cycle(ring):
    first, _second = name(ring, ring.people["an"]), name(ring, ring.people["an"], text="Ít đi cơ sở.")
    rating = ring.rating("an", RatingKind.CADRE)
    assert facts_of(rating)["shortcomings"] == {"named": 2, "remedied": 0}
    mend(ring, first)
    assert facts_of(rating)["shortcomings"] == {"named": 2, "remedied": 1}


def test_reported_alone_is_not_remedied(ring):
    row = name(ring, ring.people["an"])
    Shortcoming.objects.filter(pk=row.pk).update(state="reported", report="Đã xong.")
    assert facts_of(ring.rating("an", RatingKind.CADRE))["shortcomings"] == {"named": 1, "remedied": 0}


def test_what_this_round_named_counts_from_the_next_one_on(ring):
    name(ring, ring.people["an"], cycle=ring.cycle, on=date(2024, 11, 20))
    assert "shortcomings" not in facts_of(ring.rating("an", RatingKind.CADRE))


def test_review_opens_with_what_was_named_before(ring, login):
    row = mend(ring, name(ring, ring.people["an"]))
    name(ring, ring.people["an"], text="Ít đi cơ sở.")
    name(ring, ring.people["binh"], text="Của người khác.")
    page = login("an").get(reverse("reviews:review_detail", args=[ring.review("an").uuid])).text
    assert "đã xác nhận khắc phục 1/2" in page
    assert "Ít đi cơ sở." in page
    assert "Của người khác." not in page
    assert page.index("Ít đi cơ sở.") < page.index('id="sections-title"')
    advance(row, "close", actor=ring.users["giang"], version=row.version)
    assert "đã xác nhận khắc phục 0/1" in login("an").get(
        reverse("reviews:review_detail", args=[ring.review("an").uuid])
    ).text  # fmt: skip


def test_member_reads_the_text_in_the_meeting_and_gets_no_link_to_the_row(ring, login):
    row = name(ring, ring.people["an"])
    item = AgendaItem.objects.get(review=ring.review("an"), meeting__collective__code="TT-SKH")
    page = login("binh").get(reverse("reviews:meeting_item", args=[item.meeting.uuid, item.uuid])).text
    assert "Chậm giải ngân." in page
    assert str(row.uuid) not in page


# -- naming in the acts of the round


def test_meeting_names_a_shortcoming_with_its_minutes_as_document(ring, login):
    item = AgendaItem.objects.get(review=ring.review("an"), meeting__collective__code="TT-SKH")
    page = reverse("reviews:item_name", args=[item.meeting.uuid, item.uuid])
    client = login("nga")
    body = {"text": "Chậm tham mưu.", "measure": "Lập kế hoạch.", "due_on": "01/01/2001", "idempotency_key": "n-1"}
    refused = client.post(page, body)
    assert (refused.status_code, "Chậm tham mưu." in refused.text) == (422, True)
    body |= {"due_on": "30/06/2099", "idempotency_key": "n-2"}
    assert client.post(page, body).status_code == client.post(page, body).status_code == 302
    row = Shortcoming.objects.get()
    assert (row.person, row.origin, row.cycle) == (ring.people["an"], "meeting", ring.cycle)
    assert row.document.startswith("Biên bản hội nghị kiểm điểm của")
    assert row.document_on == item.meeting.held_on
    assert "Chậm tham mưu." in client.get(reverse("reviews:meeting_item", args=[item.meeting.uuid, item.uuid])).text


def test_subject_keeps_no_meeting_in_his_own_case(ring):
    item = AgendaItem.objects.get(review=ring.review("an"), meeting__collective__code="TT-SKH")
    for short in ("an", "binh", "giang", "tu"):
        with pytest.raises(Forbidden):
            naming.name_in_meeting(item=item, text="Chậm.", plan=Plan(), actor=ring.users[short])
    assert not Shortcoming.objects.exists()


def test_author_names_of_the_own_review_after_the_meeting(ring, login):
    review = ring.review("an")
    page = reverse("reviews:review_name", args=[review.uuid])
    assert login("giang").get(page).status_code == 403
    client = login("an")
    assert client.post(page, {"text": "Ít đi cơ sở.", "idempotency_key": "n-3"}).status_code == 302
    row = Shortcoming.objects.get()
    assert (row.origin, row.document, row.state) == ("review", f"Bản tự kiểm điểm {review.code}", "open")
    assert "Được chỉ ra trong kỳ này" in client.get(reverse("reviews:review_detail", args=[review.uuid])).text


def test_author_names_nothing_while_the_review_is_a_draft(ring):
    review = ring.review("an")
    type(review).objects.filter(pk=review.pk).update(state="self_review")
    review.refresh_from_db()
    with pytest.raises(Forbidden, match="sau hội nghị"):
        naming.name_in_review(review=review, text="Chậm.", plan=Plan(), actor=ring.users["an"])


def test_decision_names_nothing_before_it_is_taken(ring):
    rating = ring.rating("an", RatingKind.CADRE)
    with pytest.raises(Forbidden, match="Chưa có quyết định"):
        naming.name_in_decision(rating=rating, text="Chậm.", plan=Plan(), actor=ring.users["giang"])


# -- what stands behind the facts


def test_rating_shows_the_document_behind_its_facts_and_remarks_of_the_year(ring, login):
    enter(ring, ring.people["an"])
    name(ring, ring.people["an"])
    RunningRemark.objects.create(
        person=ring.people["an"], kind=RemarkKind.CONCERN, made_on=date(2024, 4, 1), text="Cần đôn đốc.",
        author=ring.users["giang"],
    )  # fmt: skip
    page = login("giang").get(reverse("reviews:rating_detail", args=[ring.rating("an", RatingKind.CADRE).uuid])).text
    for text in ("QĐ 77-QĐ/UBKTTU", "Chậm giải ngân.", "Cần đôn đốc."):
        assert text in page


def test_register_page_of_a_rating_costs_the_same_for_one_row_and_for_three(ring, login):
    client = login("giang")
    address = reverse("reviews:rating_detail", args=[ring.rating("an", RatingKind.CADRE).uuid])

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    name(ring, ring.people["an"])
    cost()
    first = cost()
    name(ring, ring.people["an"], text="Thứ hai.")
    name(ring, ring.people["an"], text="Thứ ba.")
    assert cost() == first


def test_imported_grade_is_the_grade_of_the_year_before_where_no_round_gave_one(ring):
    rating = ring.rating("an", RatingKind.CADRE)
    assert "previous_year_grade" not in facts_of(rating)
    row = PastRating.objects.create(
        person=ring.people["an"], kind=RatingKind.CADRE, grade="completed", counted_year=2023, document="QĐ 90",
        document_on=BEFORE, entered_by=ring.users["giang"], imported_from="a.xlsx",
    )  # fmt: skip
    assert facts_of(rating)["previous_year_grade"] == "completed"
    register.withdraw_fact(row=row, document="QĐ 91", version=1, actor=ring.users["giang"])
    assert "previous_year_grade" not in facts_of(rating)


# -- the comment of the former place


def test_comment_of_the_former_place_is_chased_like_every_opinion(ring):
    rating = ring.rating("an", RatingKind.CADRE)
    today = date(2024, 12, 10)
    Opinion.objects.create(
        rating=rating,
        kind=OpinionKind.FORMER_PLACE,
        unit=ring.units["SYT"],
        due_on=today + timedelta(days=2),
        entered_by=ring.users["giang"],
    )
    assert opinion_reminders.send_reminders(today=today) == 2
    assert opinion_reminders.send_reminders(today=today) == 0
    found = Message.objects.filter(dedup_key__contains=":opinion:")
    told = dict(found.values_list("recipient__username", "subject"))
    assert set(told) == {"dung", "giang"}
    assert "Nguyễn Văn Ấn: còn 2 ngày" in told["dung"]
    opinion = Opinion.objects.get()
    Opinion.objects.filter(pk=opinion.pk).update(status="received")
    assert opinion_reminders.send_reminders(today=today + timedelta(days=9)) == 0


# -- the whole way


def test_disciplinary_decision_bites_in_the_suggestion_and_is_corrected(ring, login):
    rating = ring.rating("binh", RatingKind.CADRE)
    before = explained(rating)
    client = login("quan")
    page = f"{reverse('registrations:fact_create', args=['discipline'])}?person={ring.people['binh'].uuid}"
    body = {"document": "QĐ 33-QĐ/UBKTTU", "document_on": "06/05/2024", "form": "canh_cao", "text": "Thiếu kiểm tra."}
    assert client.post(page, body | {"idempotency_key": "kl-1"}).status_code == 302
    after = explained(rating)
    assert (before.grade != "not_completed", after.grade) == (True, "not_completed")
    address = reverse("reviews:rating_detail", args=[rating.uuid])
    assert "QĐ 33-QĐ/UBKTTU" in client.get(address).text
    assert "QĐ 33-QĐ/UBKTTU" in login("binh").get(reverse("registrations:record_own")).text
    row = Discipline.objects.get()
    client = login("quan")
    fixed = body | {"counted_year": "2023", "correction": "QĐ 50-QĐ/UBKTTU", "version": 1, "idempotency_key": "kl-2"}
    answer = client.post(reverse("registrations:fact_correct", args=["discipline", row.uuid]), fixed)
    assert answer.status_code == 302
    assert explained(rating).grade == before.grade
    assert "QĐ 50-QĐ/UBKTTU" in login("binh").get(reverse("registrations:record_own")).text
