"""The rows of the home page about prompts, meetings, ballots, opinions: for whom, when, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs import access
from orgs.models import RatingKind, User
from reviews.models import Meeting, MeetingMode
from reviews.selectors.waiting import inbox_meeting
from reviews.selectors.waiting.inbox import inbox_of
from reviews.services.grading import opinions
from reviews.services.meeting import tallies
from tests.reviews.meeting import test_ballots, test_prompts


def fresh(ring, short):
    return User.objects.get(pk=ring.users[short].pk)


def titles(ring, short):
    return [row.title for row in inbox_of(fresh(ring, short)).todo]


def row(ring, short, start):
    return next(row for row in inbox_of(fresh(ring, short)).todo if row.key.startswith(start))


def keys(ring, short, start):
    return [row.key for row in inbox_of(fresh(ring, short)).todo if row.key.startswith(start)]


def test_subject_is_asked_to_explain_until_the_report_is_sent(ring):
    prompt = test_prompts.issued(ring)
    found = row(ring, "an", "explain-")
    assert (found.due_on, found.act_url) == (prompt.due_on, reverse("reviews:prompt_detail", args=[prompt.uuid]))
    assert "124-CV/TU" in found.title
    assert not keys(ring, "nga", "explain-")
    test_prompts.explain(ring, prompt)
    from_state = Meeting.objects.count()
    test_prompts.advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    assert not keys(ring, "an", "explain-")
    assert Meeting.objects.count() == from_state


def test_authors_of_a_collective_explain_for_it(ring):
    test_prompts.issued(ring, "TT-SKH")
    assert len(keys(ring, "an", "explain-")) == len(keys(ring, "nga", "explain-")) == 1


@pytest.mark.parametrize(("short", "count"), [("nga", 2), ("an", 2), ("oanh", 1), ("binh", 0), ("giang", 0), ("tu", 0)])
def test_places_that_wait_for_a_session_are_asked_to_be_convened(ring, short, count):
    assert len(keys(ring, short, "convene-")) == count


def test_session_is_held_heard_one_by_one_and_closed(ring):
    meeting = ring.convene()
    assert row(ring, "nga", "meeting-").title.endswith("Tập thể lãnh đạo Sở Kế hoạch và Đầu tư")
    ring.attend(meeting, absent=["binh"])
    test_prompts.advance(Meeting.objects.get(), "open", actor=ring.users["nga"], version=2)
    found = row(ring, "nga", "meeting-")
    item = ring.item(meeting, "TT-SKH")
    assert found.act_url == reverse("reviews:meeting_item", args=[meeting.uuid, item.uuid])
    ring.hear(meeting, "TT-SKH")
    assert "Nguyễn Văn Ấn" in row(ring, "nga", "meeting-").title
    ring.review("an").venues.filter(collective__code="CU-SKH").update(heard_at="2024-11-20T08:00:00Z")
    ring.hear(meeting, "an")
    found = row(ring, "nga", "meeting-")
    assert found.act_url == reverse("reviews:meeting_detail", args=[meeting.uuid])
    assert "2/3" in found.detail


def test_second_person_is_asked_to_confirm_the_ballot(ring):
    meeting = ring.open(mode=MeetingMode.RATING)
    test_ballots.enter_with_record(ring, meeting, test_ballots.counted(meeting))
    assert row(ring, "an", "tally-").act_url == reverse("reviews:tally_confirm", args=[meeting.uuid])
    assert not keys(ring, "nga", "tally-")
    assert not keys(ring, "binh", "tally-")
    tallies.confirm_tally(meeting=meeting, counted=test_ballots.counted(meeting), actor=ring.users["an"])
    assert not keys(ring, "an", "tally-")


def test_officer_gets_one_row_for_drafts_and_one_for_missing_opinions(ring):
    test_prompts.draft(ring)
    test_prompts.draft(ring, "TT-SKH")
    for short in ("an", "dung"):
        opinions.ask_opinion(
            rating=ring.rating(short, RatingKind.CADRE),
            kind="related_body",
            body_name="Sở Tài chính",
            actor=ring.users["giang"],
        )
    waiting = row(ring, "giang", "prompt-list-")
    assert (waiting.title, waiting.detail) == (
        "Trình danh sách gợi ý của Ban Thường vụ Tỉnh ủy",
        "2 dự thảo gợi ý kiểm điểm",
    )
    assert "2 đối tượng còn thiếu ý kiến nhận xét" in titles(ring, "giang")
    assert not keys(ring, "khanh", "prompt-list-")
    assert not keys(ring, "ha", "opinions-")


def test_conclusions_to_be_answered_lead_to_finishing(ring):
    ring.hear_cell_and_work("TT-SKH", "an")
    found = row(ring, "an", f"finish-{ring.review('an').code}")
    assert found.act_url == reverse("reviews:finishing", args=[ring.review("an").uuid])


def test_closed_cycle_asks_for_nothing(ring):
    test_prompts.issued(ring)
    test_prompts.supplement(ring)
    test_prompts.draft(ring, "TT-SKH")
    ring.convene()
    ring.cycle.closed_at = ring.cycle.opened_at
    ring.cycle.save(update_fields=["closed_at"])
    type(ring.cycle).objects.filter(pk=ring.cycle.pk).update(state="closed")
    for short in ("an", "nga", "giang"):
        assert not any(keys(ring, short, start) for start in ("explain-", "meeting-", "convene-", "prompt-list-"))


def test_rows_ask_the_same_for_one_and_three_sessions(ring):
    def asked():
        user = fresh(ring, "nga")
        viewer = access.viewer_of(user)
        with CaptureQueriesContext(connection) as found:
            list(inbox_meeting.sessions(user, viewer))
        return len(found)

    ring.convene(mode=MeetingMode.RATING)
    one = asked()
    ring.convene("CU-SKH", mode=MeetingMode.RATING)
    assert asked() == one
