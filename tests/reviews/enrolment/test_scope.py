"""Who sees which review and rating, and whose move it is."""

import pytest
from django.utils import timezone

from reviews.models import Rating, Review
from reviews.selectors import reviews
from reviews.selectors.grading import ratings
from reviews.services.enrolling.enrolment import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def enrolled(cycle, officer):
    enrol(cycle=cycle, actor=officer)


def names(rows):
    return {str(row.subject) for row in rows}


SKH = {"Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"}


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("chi", {"Lê Thị Kim Chi"}),
        ("em", {"Đỗ Thị Ngọc Em"}),
        ("tu", {"Huỳnh Anh Tú"}),
        ("binh", {"Trần Thị Bình"}),
        ("phuc", set()),
        ("ha", {"Võ Thị Thu Hà", "Trần Thị Bình", "Nguyễn Văn Ấn", "Phạm Quốc Dũng"}),
    ],
)
def test_a_review_being_written_is_seen_by_its_own_people(province, short, expected):
    seen = names(reviews.visible_to(province.users[short]))
    assert expected <= seen
    if short in {"chi", "em", "tu", "phuc"}:
        assert seen == expected


def test_a_sibling_unit_sees_nothing(province):
    for short in ("khanh", "dung", "em", "tu"):
        seen = names(reviews.visible_to(province.users[short])) | names(ratings.visible_to(province.users[short]))
        assert not seen & {"Nguyễn Văn Ấn", "Trần Thị Bình", "Lê Thị Kim Chi", *SKH}


def test_the_recorder_sees_a_review_only_when_it_is_finished(province):
    an = Review.objects.filter(person=province.people["an"])
    assert not reviews.visible_to(province.users["lan"]).filter(pk__in=an).exists()
    an.update(state="finished")
    assert reviews.visible_to(province.users["lan"]).filter(pk__in=an).exists()


def test_a_self_review_waits_for_its_writer_alone(province):
    assert names(reviews.waiting_for(province.users["chi"])) == {"Lê Thị Kim Chi"}
    assert names(reviews.waiting_for(province.users["giang"])) == {"Hồ Trường Giang"}
    assert names(reviews.waiting_for(province.users["an"])) == {"Nguyễn Văn Ấn", *SKH}


def test_a_review_in_meeting_waits_for_the_venue(province):
    Review.objects.filter(person=province.people["chi"]).update(state="meeting")
    assert "Lê Thị Kim Chi" in names(reviews.waiting_for(province.users["nga"]))
    assert "Lê Thị Kim Chi" not in names(reviews.waiting_for(province.users["chi"]))


def test_a_finished_review_waits_for_nobody(province):
    Review.objects.update(state="finished")
    for user in province.users.values():
        assert not reviews.waiting_for(user).exists()


@pytest.mark.parametrize(
    ("state", "short"), [("proposal", "nga"), ("appraisal", "giang"), ("decision", "minh"), ("postponed", "giang")]
)
def test_a_rating_waits_for_who_takes_the_next_step(province, state, short):
    row = Rating.objects.filter(person=province.people["an"], kind="cadre")
    row.update(state=state)
    waiting = {name for name, user in province.users.items() if ratings.waiting_for(user).filter(pk__in=row).exists()}
    assert short in waiting
    assert "khanh" not in waiting
    assert "chi" not in waiting


def test_the_subject_sees_no_rating_before_it_is_notified(province):
    own = Rating.objects.filter(person=province.people["chi"])
    for state, is_seen in (("proposal", False), ("appraisal", False), ("decision", False), ("notice", True)):
        own.update(state=state, decided_grade="good", notified_at=timezone.now() if is_seen else None)
        assert ratings.visible_to(province.users["chi"]).filter(pk__in=own).exists() is is_seen
    own.update(notified_at=None)
    assert not ratings.visible_to(province.users["chi"]).filter(pk__in=own).exists()
