"""Replays: a closed round by another regulation, a report per peer group that changes nothing of the round."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle, Regulation
from criteria.rating import suggest
from criteria.regulation import find
from orgs.models import AuditEvent, QueuedJob, Refusal
from orgs.services import outbox
from reviews.models import Rating, Replay, ReplayLine
from reviews.selectors.papers import replays
from reviews.services.papers.replays import start_replay

pytestmark = pytest.mark.django_db
OLD, NEW = "132-QĐ/TW@2018-03-08", "366-QĐ/TW@2025-08-30"


@pytest.fixture
def closed(ring):
    """The round after one decision, closed, with every regulation that comes with the product."""
    call_command("load_regulations", verbosity=0)
    ring.decide([ring.rating("chi")], "good", "BTV-DUK")
    Cycle.objects.filter(pk=ring.cycle.pk).update(state="closed", closed_at=timezone.now())
    return ring


def law(key):
    return Regulation.objects.get(key=key)


def replay(ring, key, user="lan"):
    """A replay asked for and carried out."""
    row = start_replay(cycle=ring.cycle, regulation=law(key), actor=ring.users[user])
    outbox.drain()
    row.refresh_from_db()
    return row


def line_of(row, rating):
    return ReplayLine.objects.get(replay=row, rating=rating)


def test_each_rating_moves_from_its_own_suggestion_to_that_of_the_other_law(closed):
    chi = closed.rating("chi")
    facts = {name: value for name, value in chi.facts.items() if name != "regulation"}
    expected = suggest(find(OLD), facts)
    line = line_of(replay(closed, OLD), chi)
    assert line.came_from == chi.suggestion["grade"]
    assert line.came_to == (expected.grade or expected.outcome)
    assert line.missing == ",".join(expected.missing)


def test_facts_that_the_other_law_asks_for_are_named(closed):
    chi = closed.rating("chi")
    line = line_of(replay(closed, NEW), chi)
    assert line.came_to == "insufficient"
    assert {"points.common", "points.results"} <= set(line.missing.split(","))


def test_replay_holds_every_rating_of_the_cycle_and_changes_none(closed):
    before = [model_to_dict(row) for row in Rating.objects.filter(cycle=closed.cycle).order_by("id")]
    row = replay(closed, NEW)
    assert row.done_at is not None
    assert row.lines.count() == len(before)
    assert [model_to_dict(row) for row in Rating.objects.filter(cycle=closed.cycle).order_by("id")] == before


def test_asked_again_it_is_judged_afresh_and_stands_once(closed):
    first = replay(closed, NEW)
    ReplayLine.objects.filter(replay=first).update(came_to="excellent", missing="")
    second = replay(closed, NEW)
    assert first.pk == second.pk
    assert not ReplayLine.objects.filter(came_to="excellent").exists()
    assert Replay.objects.count() == 1
    assert AuditEvent.objects.filter(action="cycle.replay").count() == 2


def test_cancelled_replay_stops_and_is_not_said_to_be_ready(closed):
    row = start_replay(cycle=closed.cycle, regulation=law(NEW), actor=closed.users["lan"])
    outbox.cancel(job=QueuedJob.objects.get(kind="cycle.replay"))
    outbox.drain()
    row.refresh_from_db()
    assert (row.done_at, row.lines.count()) == (None, 0)


def test_open_cycle_is_not_replayed(ring):
    call_command("load_regulations", verbosity=0)
    with pytest.raises(Refusal, match="kỳ đã đóng"):
        start_replay(cycle=ring.cycle, regulation=law(NEW), actor=ring.users["lan"])


@pytest.mark.parametrize("key", ["124-QĐ/TW@2023-10-04", "90/2020/NĐ-CP@2020-08-13"])
def test_neither_the_own_law_nor_one_of_the_other_side_is_offered(closed, key):
    with pytest.raises(Refusal, match="cùng phía"):
        start_replay(cycle=closed.cycle, regulation=law(key), actor=closed.users["lan"])
    assert OLD in {row.key for row in replays.choices_for(closed.cycle, closed.users["lan"])}


IDENTITY = {"rating": "party_member", "subject": "non_leader", "period": "year", "period_end": "2024-12-31"}


def test_subject_that_the_other_law_does_not_rate_is_not_judged():
    assert replays.judged_by(find("90/2020/NĐ-CP@2020-08-13"), IDENTITY) == ("not_covered", "")


def test_points_of_another_sheet_are_left_out_and_then_missing():
    facts = IDENTITY | {"points": {"common": "99"}, "sheet": {"common_items": [{"key": "zz", "mark": "ensured"}]}}
    came_to, missing = replays.judged_by(find(NEW), facts | {"review_completed": True})
    assert came_to == "insufficient"
    assert {"points.common", "points.results"} <= set(missing.split(","))


@pytest.mark.parametrize("facts", [{}, IDENTITY | {"unheard_of": 1}])
def test_facts_that_cannot_be_read_are_said_to_be_so(facts):
    assert replays.judged_by(find(NEW), facts) == ("unreadable", "")


@pytest.mark.parametrize(
    ("came_from", "came_to", "way"),
    [
        ("good", "excellent", "up"),
        ("good", "completed", "down"),
        ("good", "good", "same"),
        ("good", "insufficient", "other"),
    ],
)
def test_move_says_which_way_it_goes(came_from, came_to, way):
    assert replays.Move(replays.End(came_from), replays.End(came_to), 1).way == way


def test_report_counts_by_group_what_the_reader_may_read(closed):
    row = replay(closed, NEW)
    ReplayLine.objects.filter(rating=closed.rating("chi")).update(came_from="good", came_to="completed", missing="")
    report = {group.group.pk: group for group in replays.report_of(row, closed.users["lan"])}
    group = report[closed.rating("chi").group_id]
    assert group.ways["down"] == 1
    read = replays.lines_of(row, closed.users["lan"])
    assert group.total == read.filter(rating__group=group.group).count()
    assert sum(other.total for other in report.values()) == read.count() < row.lines.count()
    moves, missing = replays.total_of(report.values())
    assert sum(move.count for move in moves) == sum(group.total for group in report.values())
    assert missing["points.common"] >= 1
    ha = replays.report_of(row, closed.users["ha"])
    assert {group.group.rating_kind for group in ha} != {group.group.rating_kind for group in report.values()}


def test_lines_are_narrowed_to_a_group_and_to_those_that_move(closed):
    row = replay(closed, NEW)
    chi = closed.rating("chi")
    ReplayLine.objects.filter(replay=row).exclude(rating=chi).update(came_from="good", came_to="good")
    rows = replays.lines_of(row, closed.users["lan"])
    assert [line.rating for line in replays.narrowed(rows, group=None, moved=True)] == [chi]
    inside = replays.narrowed(rows, group=chi.group.uuid, moved=False)
    assert {line.rating.group_id for line in inside} == {chi.group_id}


def test_report_costs_the_same_for_one_rating_as_for_many(closed):
    row = replay(closed, NEW)
    user = closed.users["lan"]
    counts = []
    for keep in (3, 1):
        kept = list(replays.lines_of(row, user).values_list("pk", flat=True)[:keep])
        ReplayLine.objects.exclude(pk__in=kept).delete()
        with CaptureQueriesContext(connection) as queries:
            replays.total_of(replays.report_of(row, user))
            replays.subject_rows(replays.lines_of(row, user))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_pages_lead_from_the_cycle_to_the_report_and_the_workbook(closed, client):
    client.force_login(closed.users["lan"])
    page = client.get(reverse("criteria:cycle_detail", args=[closed.cycle.uuid])).content.decode()
    address = reverse("reviews:cycle_replay", args=[closed.cycle.uuid])
    assert address in page
    answer = client.post(address, {"regulation": str(law(NEW).uuid), "idempotency_key": ""})
    row = Replay.objects.get()
    assert answer.url == reverse("reviews:replay_detail", args=[row.uuid])
    assert "đang được tính" in client.get(answer.url).content.decode()
    outbox.drain()
    page = client.get(answer.url).content.decode()
    assert "điểm kết quả thực hiện nhiệm vụ" in page
    assert closed.rating("chi").group.title in page
    subjects = client.get(reverse("reviews:replay_subjects", args=[row.uuid]), {"moved": "on"}).content.decode()
    assert "Lê Thị Kim Chi" in subjects
    book = client.get(reverse("reviews:replay_file", args=[row.uuid]))
    assert book["Content-Type"].endswith("sheet")
    assert book.content[:2] == b"PK"
    assert row.regulation.number in client.get(address).content.decode()


def test_page_says_that_the_law_was_changed_since(closed, client):
    row = replay(closed, NEW)
    Replay.objects.filter(pk=row.pk).update(content_sha256="0" * 64)
    client.force_login(closed.users["lan"])
    page = client.get(reverse("reviews:replay_detail", args=[row.uuid])).content.decode()
    assert "đã được sửa sau khi tính" in page


@pytest.mark.parametrize("given", ["", "khong-co"])
def test_nothing_chosen_is_refused_on_the_page(closed, client, given):
    client.force_login(closed.users["lan"])
    answer = client.post(reverse("reviews:cycle_replay", args=[closed.cycle.uuid]), {"regulation": given})
    assert answer.status_code == 422
    assert not Replay.objects.exists()


def test_replay_is_out_of_sight_for_who_reads_nothing_of_the_round(closed, client):
    row = replay(closed, NEW)
    assert closed.users["an"] is not None
    assert not replays.visible_to(closed.users["tu"]).exclude(pk=row.pk).exists()
    client.force_login(closed.users["chi"])
    assert client.get(reverse("reviews:replay_detail", args=[row.uuid])).status_code == 403


def test_open_cycle_has_no_replay_page(ring, client):
    client.force_login(ring.users["lan"])
    assert client.get(reverse("reviews:cycle_replay", args=[ring.cycle.uuid])).status_code == 403
