"""Submitting: what must be answered, what follows, once however often, late or past a closing day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Milestone
from orgs.models import AuditEvent, Blocked, Forbidden, Stale
from reviews.models import Review, SectionNote, Snapshot
from reviews.selectors.writing.answers import whole_text
from reviews.services.writing.answers import save_section
from reviews.services.writing.submission import submit
from tests.reviews.writing.conftest import full_answers


def answer_all(review, user, **changed):
    for key, content in (full_answers(review) | changed).items():
        save_section(review=review, section_key=key, content=content, version=0, actor=user, is_done=True)
    review.refresh_from_db()


def submit_now(review, user):
    return submit(review=review, actor=user, version=review.version)


def past(days=1, **more):
    Milestone.objects.filter(step="self_review").update(due_on=timezone.localdate() - timedelta(days=days), **more)


@pytest.fixture
def ready(round_of):
    """An has answered everything: good as cadre, completed as Party member."""
    answer_all(
        round_of.an,
        round_of.users["an"],
        grades={"cadre_grade": {"grade": "good"}, "party_member_grade": {"grade": "completed"}},
    )
    return round_of


def test_submit_hands_the_review_to_the_meeting_and_freezes_the_text(ready):
    moved = submit_now(ready.an, ready.users["an"])
    assert moved.state == "meeting"
    assert moved.submitted_at is not None
    assert not moved.is_late
    snapshot = Snapshot.objects.get(review=ready.an)
    assert (snapshot.kind, snapshot.content) == ("submitted", whole_text(ready.an))
    assert len(snapshot.sha256) == 64


def test_submit_copies_each_own_grade_to_its_rating(ready):
    submit_now(ready.an, ready.users["an"])
    grades = dict(ready.an.ratings.values_list("kind", "self_grade"))
    assert grades == {"cadre": "good", "party_member": "completed"}
    ready.an.refresh_from_db()
    assert ready.an.self_grade == "good"


def test_submit_of_the_report_copies_the_grade_of_the_collective(round_of):
    answer_all(round_of.report, round_of.users["nga"])
    submit_now(round_of.report, round_of.users["nga"])
    assert round_of.report.ratings.get().self_grade == "good"


def test_submit_names_the_sections_with_gaps_and_changes_nothing(round_of):
    answer_all(round_of.an, round_of.users["an"], remedies={}, strengths={})
    with pytest.raises(Blocked) as refused:
        submit_now(round_of.an, round_of.users["an"])
    assert refused.value.reasons == ["Chưa nộp được: mục I.1, I.2, I.3, I.4, I.5, I.6 và VI chưa viết xong."]
    round_of.an.refresh_from_db()
    assert (round_of.an.state, round_of.an.submitted_at) == ("self_review", None)
    assert not Snapshot.objects.exists()


def test_submit_does_not_ask_for_what_the_form_leaves_open(round_of):
    answer_all(round_of.an, round_of.users["an"], explanation={}, own_responsibility={})
    assert submit_now(round_of.an, round_of.users["an"]).state == "meeting"


@pytest.mark.parametrize("name", ["binh", "nga", "giang", "minh", "tu"])
def test_submit_belongs_to_the_subject(ready, name):
    with pytest.raises(Forbidden):
        submit_now(ready.an, ready.users[name])


def test_submit_with_an_old_version_is_stale(ready):
    Review.objects.filter(pk=ready.an.pk).update(version=7)
    with pytest.raises(Stale):
        submit(review=ready.an, actor=ready.users["an"], version=1)


def test_submit_after_the_day_is_marked_late_and_accepted(ready):
    past()
    assert submit_now(ready.an, ready.users["an"]).is_late


def test_submit_on_the_last_day_is_in_time(ready):
    past(days=0)
    assert not submit_now(ready.an, ready.users["an"]).is_late


def test_submit_after_a_closing_day_is_refused(ready):
    past(is_closing=True)
    Review.objects.update(state_since=timezone.now() - timedelta(days=9))
    with pytest.raises(Blocked) as refused:
        submit_now(ready.an, ready.users["an"])
    assert refused.value.reasons[0].startswith("Bước này đã khóa từ cuối ngày")


def test_submit_again_after_a_return_settles_the_notes_and_keeps_both_texts(ready):
    an = ready.users["an"]
    submit_now(ready.an, an)
    first = ready.an.snapshots.get().content
    SectionNote.objects.create(
        review=ready.an, section_key="remedies", text="Nêu thời hạn", source="return", author=ready.users["nga"]
    )
    Review.objects.filter(pk=ready.an.pk).update(state="self_review")
    past()
    save_section(
        review=ready.an, section_key="remedies", content={"remedies": {"text": "Trước 30/6"}}, version=1, actor=an
    )
    ready.an.refresh_from_db()
    again = submit_now(ready.an, an)
    assert [row.content for row in ready.an.snapshots.order_by("id")] == [first, whole_text(ready.an)]
    assert SectionNote.objects.get().answered_at is not None
    assert not again.is_late


def post(client, review, **more):
    sent = {"version": review.version, "idempotency_key": "một-khóa"} | more
    return client.post(reverse("reviews:review_submit", args=[review.uuid]), sent)


@pytest.fixture
def an(client, ready):
    client.force_login(ready.users["an"])
    return client


def test_submit_page_pressed_twice_has_one_effect_and_one_receipt(an, ready):
    answers = [post(an, ready.an), post(an, ready.an)]
    receipt = reverse("reviews:review_submitted", args=[ready.an.uuid])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, receipt), (302, receipt)]
    assert Snapshot.objects.count() == 1
    assert AuditEvent.objects.filter(action="review.submit").count() == 1


def test_submit_page_with_another_key_after_submitting_is_409(an, ready):
    post(an, ready.an)
    assert post(an, ready.an, idempotency_key="khóa-khác").status_code == 409
    assert Snapshot.objects.count() == 1


def test_submit_page_without_a_version_is_409(an, ready):
    assert post(an, ready.an, version="").status_code == 409
    assert not Snapshot.objects.exists()


def test_submit_page_lists_what_is_open_with_links_to_the_fields(client, round_of):
    client.force_login(round_of.users["an"])
    answer = client.get(reverse("reviews:review_submit", args=[round_of.an.uuid]))
    shown = answer.content.decode()
    assert f'href="/reviews/{round_of.an.uuid}/sections/shortcomings#id_causes"' in shown
    assert f'href="/reviews/{round_of.an.uuid}/sections/strengths.1#id_quality_level"' in shown
    assert 'class="btn btn-primary" disabled' in shown
    tried = post(client, round_of.an)
    assert tried.status_code == 422
    assert 'role="alert"' in tried.content.decode()


def test_submit_page_after_submitting_leads_to_the_receipt(an, ready):
    post(an, ready.an)
    answer = an.get(reverse("reviews:review_submit", args=[ready.an.uuid]))
    assert answer.url == reverse("reviews:review_submitted", args=[ready.an.uuid])


@pytest.mark.parametrize(("name", "status"), [("nga", 403), ("giang", 403), ("quan", 403), ("tu", 404), ("dung", 404)])
def test_submit_page_is_for_the_subject(client, ready, name, status):
    client.force_login(ready.users[name])
    assert client.get(reverse("reviews:review_submit", args=[ready.an.uuid])).status_code == status
    assert post(client, ready.an).status_code == status


def test_receipt_says_who_has_it_now_and_by_when(an, ready):
    post(an, ready.an)
    shown = an.get(reverse("reviews:review_submitted", args=[ready.an.uuid])).content.decode()
    due = timezone.localdate() + timedelta(days=12)
    for words in (ready.an.code, "Chi ủy Chi bộ Sở Kế hoạch và Đầu tư", "Nguyễn Văn Ấn", "đúng hạn", f"{due:%d/%m}"):
        assert words in shown


def test_receipt_before_submitting_leads_back_to_the_review(an, ready):
    answer = an.get(reverse("reviews:review_submitted", args=[ready.an.uuid]))
    assert answer.url == reverse("reviews:review_detail", args=[ready.an.uuid])
