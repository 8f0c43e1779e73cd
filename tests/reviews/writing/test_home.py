"""The home page: only what waits for me, by when, and why I cannot act yet."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle, Milestone
from orgs import access
from reviews.models import Rating, Review, SectionNote
from reviews.selectors.standing.round_steps import steps_for
from reviews.selectors.waiting import inbox
from reviews.selectors.waiting.inbox import FOLLOWING, TaskRow
from reviews.selectors.waiting.inbox_writing import own_rows, reviews_within_reach
from reviews.services.writing.answers import save_section
from tests.reviews.writing.conftest import full_answers, make_review


def rows(user):
    return list(own_rows(user, access.viewer_of(user)))


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def answer_all(review, user):
    for key, content in full_answers(review).items():
        save_section(review=review, section_key=key, content=content, version=0, actor=user, is_done=True)


def test_a_review_not_begun_is_one_row_to_write_and_one_that_waits_with_its_reason(round_of):
    write, submit = rows(round_of.users["chi"])
    assert (write.title, write.act_label) == ("Hoàn thành bản kiểm điểm cá nhân (mẫu 02A)", "Bắt đầu viết")
    assert write.detail == "0/9 mục đã xong"
    assert write.due_on == timezone.localdate() + timedelta(days=6)
    assert write.act_url == f"/reviews/{round_of.chi.uuid}/sections/strengths.1"
    assert (submit.title, submit.chip) == ("Nộp bản kiểm điểm", "Chờ 7 mục")
    assert submit.reason == "Chưa nộp được: mục I.1, I.2, I.3, II, III, VI và VII chưa viết xong."


def test_going_on_leads_to_the_first_section_that_waits(round_of):
    chi = round_of.users["chi"]
    save_section(
        review=round_of.chi,
        section_key="strengths.1",
        content={"quality": {"text": "Tốt"}, "quality_level": {"level": "good"}},
        version=0,
        actor=chi,
        is_done=True,
    )
    write = rows(chi)[0]
    assert (write.act_label, write.act_url.rsplit("/", 1)[1]) == ("Viết tiếp", "strengths.2")
    assert write.detail == f"1/9 mục đã xong · lưu lần cuối {timezone.localtime():%H:%M}"


def test_everything_done_leaves_only_submitting(round_of):
    answer_all(round_of.chi, round_of.users["chi"])
    (submit,) = rows(round_of.users["chi"])
    assert (submit.reason, submit.chip) == ("", "")
    assert submit.act_url == reverse("reviews:review_submit", args=[round_of.chi.uuid])


def test_a_returned_review_says_so(round_of):
    SectionNote.objects.create(
        review=round_of.chi, section_key="remedies", text="Nêu rõ", source="return", author=round_of.users["nga"]
    )
    assert rows(round_of.users["chi"])[0].detail.startswith("Trả lại để bổ sung · ")


def test_a_closed_step_disables_the_row_with_its_reason(round_of):
    yesterday = timezone.localdate() - timedelta(days=1)
    Milestone.objects.filter(step="self_review").update(is_closing=True, due_on=yesterday)
    Review.objects.update(state_since=timezone.now() - timedelta(days=9))
    assert all(row.reason for row in rows(round_of.users["chi"]))
    assert rows(fresh(round_of.users["chi"]))[0].reason == f"Bước này đã khóa từ cuối ngày {yesterday:%d/%m/%Y}."


@pytest.mark.parametrize(("name", "titles"), [("nga", 1), ("an", 2), ("binh", 0), ("tu", 0), ("phuc", 0)])
def test_the_report_waits_for_head_and_secretary_and_nobody_else(round_of, name, titles):
    found = [row for row in rows(round_of.users[name]) if "-submit" not in row.key]
    assert len(found) == titles


@pytest.mark.parametrize(("state", "chip"), [("meeting", "Hội nghị kiểm điểm"), ("postponed", "Tạm hoãn kiểm điểm")])
def test_what_was_handed_in_is_followed(round_of, state, chip):
    Review.objects.filter(pk=round_of.chi.pk).update(state=state, submitted_at=timezone.now())
    (row,) = rows(round_of.users["chi"])
    assert (row.list, row.chip) == (FOLLOWING, chip)


def test_a_finished_review_is_followed_by_the_step_of_its_rating(round_of):
    Review.objects.filter(pk=round_of.chi.pk).update(state="finished")
    Rating.objects.filter(review=round_of.chi).update(state="appraisal")
    (row,) = rows(round_of.users["chi"])
    assert row.chip == "Đang thẩm định"


@pytest.mark.parametrize(("other", "count"), [("archived", 0), ("notice", 1)])
def test_what_is_filed_away_is_followed_no_longer(round_of, other, count):
    Review.objects.filter(pk=round_of.chi.pk).update(state="finished")
    Rating.objects.filter(review=round_of.chi).update(state="archived", decided_grade="good")
    Rating.objects.filter(review=round_of.chi, kind="cadre").update(state=other)
    assert len(rows(round_of.users["chi"])) == count


def test_the_own_review_stands_before_the_report_of_the_collective(round_of):
    found = [row.title for row in rows(round_of.users["an"]) if "-submit" not in row.key]
    assert found == [
        "Hoàn thành bản kiểm điểm cá nhân (mẫu 02B)",
        "Hoàn thành báo cáo kiểm điểm của Tập thể lãnh đạo Sở Kế hoạch và Đầu tư (mẫu 01)",
    ]


def test_finishing_waits_for_the_subject(round_of):
    Review.objects.filter(pk=round_of.chi.pk).update(state="finishing")
    (row,) = rows(round_of.users["chi"])
    assert row.title == "Hoàn thiện bản kiểm điểm sau hội nghị"
    assert row.due_on == timezone.localdate() + timedelta(days=20)
    assert row.act_url == reverse("reviews:finishing", args=[round_of.chi.uuid])


def test_a_closed_cycle_is_not_on_the_home_page(round_of):
    Cycle.objects.update(closed_at=timezone.now())
    assert rows(round_of.users["chi"]) == []


@pytest.mark.parametrize(("name", "count"), [("giang", 4), ("nga", 2), ("chi", 0), ("tu", 0), ("khanh", 1)])
def test_many_reviews_of_others_are_one_row_with_their_number(round_of, name, count):
    user = round_of.users[name]
    found = list(reviews_within_reach(user, access.viewer_of(user)))
    assert [row.title for row in found] == ([f"{count} bản kiểm điểm đang viết"] if count else [])
    assert all(row.act_url == "/reviews?state=self_review" for row in found)


def test_rows_that_can_be_acted_on_come_first_by_their_day_and_the_first_is_primary():
    given = [
        TaskRow(key="later", title="b", due_on=date(2024, 12, 2)),
        TaskRow(key="blocked", title="c", due_on=date(2024, 1, 1), reason="Chưa được"),
        TaskRow(key="some day", title="d"),
        TaskRow(key="soon", title="a", due_on=date(2024, 11, 30)),
        TaskRow(key="other", title="e", list=FOLLOWING),
    ]
    found = inbox.arranged(given)
    assert [row.key for row in found.todo] == ["soon", "later", "some day", "blocked"]
    assert [row.is_primary for row in found.todo] == [True, False, False, False]
    assert [row.key for row in found.following] == ["other"]


def test_a_provider_registered_twice_counts_once():
    before = dict(inbox.PROVIDERS)
    inbox.register_provider(own_rows)
    assert before == inbox.PROVIDERS
    assert own_rows in before.values()


class Dates:
    """Dates by step, as a book of milestones answers them."""

    def __init__(self, **days):
        self.days = {step: timezone.localdate() + timedelta(days=left) for step, left in days.items()}

    def due_on(self, step, unit):
        return self.days.get(step)


@pytest.mark.parametrize(
    ("review", "rating", "here"),
    [
        ("self_review", "proposal", 1),
        ("meeting", "proposal", 2),
        ("finishing", "proposal", 2),
        ("finished", "proposal", 3),
        ("finished", "appraisal", 4),
        ("finished", "decision", 5),
        ("finished", "notice", 6),
        ("finished", "archived", 7),
    ],
)
def test_the_seven_steps_follow_the_review_and_its_rating(round_of, review, rating, here):
    round_of.chi.state = review
    document = round_of.chi.ratings.first()
    document.state = rating
    steps = steps_for(Dates(), None, round_of.chi, document)
    assert [step.state for step in steps] == ["done"] * here + ["now"] * (here < 7) + ["next"] * (6 - here)


def test_a_step_past_its_day_is_late_and_says_by_how_much(round_of):
    steps = steps_for(Dates(self_review=-2, meeting=5), None, round_of.chi, None)
    assert (steps[1].state, steps[1].note) == ("late", "Quá hạn 2 ngày")
    assert steps[2].note == f"{timezone.localdate() + timedelta(days=5):%d/%m}"


def test_without_a_review_the_calendar_says_where_the_round_stands():
    steps = steps_for(Dates(self_review=-1, meeting=0, appraisal=9), None)
    assert [step.state for step in steps] == ["done", "done", "now", "next", "next", "next", "next"]
    assert steps[2].note == "hôm nay"


def shown(client, user):
    client.force_login(user)
    answer = client.get(reverse("reviews:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_cadre(client, round_of):
    page = shown(client, round_of.users["chi"])
    for words in (
        "Việc đang chờ đồng chí",
        "Kiểm điểm, đánh giá, xếp loại năm 2024 · Sở Kế hoạch và Đầu tư",
        "còn 6 ngày",
    ):
        assert words in page
    assert page.count("btn-primary task__act") == 1


@pytest.mark.parametrize("name", ["an", "giang", "nga", "oanh", "lan", "minh", "quan", "son", "phuc", "tu", "khanh"])
def test_the_page_of_everybody_opens(client, round_of, name):
    assert "Cần làm" in shown(client, round_of.users[name])


def test_the_page_of_who_has_nothing_to_do_says_so(client, round_of):
    assert "Hiện không có việc nào chờ đồng chí" in shown(client, round_of.users["tu"])


def test_the_page_of_an_administrator_without_any_round_offers_the_first_steps(client, province):
    assert reverse("orgs:first_steps") in shown(client, province.users["phuc"])
    assert reverse("orgs:first_steps") not in shown(client, province.users["giang"])


def test_the_page_asks_who_you_are_first(client, db):
    answer = client.get(reverse("reviews:home"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("orgs:login"))


@pytest.mark.parametrize("name", ["giang", "khanh", "nga"])
def test_the_query_count_of_the_page_is_the_same_at_one_and_three_reviews(
    client, round_of, django_assert_num_queries, django_assert_max_num_queries, name
):
    Review.objects.exclude(pk__in=[round_of.em.pk, round_of.chi.pk]).update(state="closed")
    shown(client, round_of.users[name])
    with django_assert_max_num_queries(30) as one:
        client.get(reverse("reviews:home"))
    for short in ("dung", "binh"):
        make_review(round_of.province, round_of.cycle, short, "02A")
    with django_assert_num_queries(len(one)):
        client.get(reverse("reviews:home"))
