"""The paper ballot: sums that hold, a second entry that is blind, pages that lose nothing."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale, StandIn, User
from orgs.services.transitions import advance
from reviews.models import MeetingMode, Tally, TallyLine
from reviews.selectors.meeting import ballots
from reviews.services.meeting import tallies
from tests.cast import SINCE
from tests.uploads import PDF

TOTALS = {"summoned": 5, "present": 5, "issued": 5, "collected": 5, "valid": 4, "invalid": 1}


@pytest.fixture
def session(ring):
    return ring.open(mode=MeetingMode.RATING)


def enter_with_record(ring, meeting, found):
    """The first entry, with the signed record of the counting team: the head is on the ballot himself."""
    scan = SimpleUploadedFile("bien-ban-kiem-phieu.pdf", PDF, content_type="application/pdf")
    return tallies.enter_tally(meeting=meeting, counted=found, actor=ring.users["nga"], upload=scan)


def ids(meeting):
    return [rating.pk for rating in ballots.ballot_ratings(meeting)]


def counted(meeting, *, totals=None, **changed):
    lines = {pk: {"excellent": 1, "good": 3} for pk in ids(meeting)}
    return tallies.Counted(TOTALS | (totals or {}), lines | changed.get("lines", {}))


def sent(meeting, **more):
    fields = {name: str(value) for name, value in TOTALS.items()}
    for pk in ids(meeting):
        fields |= {f"count-{pk}-excellent": "1", f"count-{pk}-good": "3"}
    return fields | more


def test_ballot_is_about_what_the_collective_proposes(ring, session):
    names = [(str(row.subject), row.kind) for row in ballots.ballot_ratings(session)]
    assert names == [
        ("Nguyễn Văn Ấn", "cadre"),
        ("Trần Thị Bình", "cadre"),
        ("Tập thể lãnh đạo Sở Kế hoạch và Đầu tư", "collective"),
    ]
    cell = ring.open("CU-SKH", mode=MeetingMode.RATING)
    assert {row.kind for row in ballots.ballot_ratings(cell)} == {"party_member"}
    session.mode = MeetingMode.REVIEW
    assert ballots.ballot_ratings(session) == []


@pytest.mark.parametrize(
    ("totals", "field"),
    [
        ({"present": 6}, "present"),
        ({"issued": 6}, "issued"),
        ({"collected": 6, "valid": 5}, "collected"),
        ({"valid": 5}, "valid"),
        ({"invalid": 0}, "valid"),
    ],
)
def test_totals_that_cannot_be_are_refused_and_named(ring, session, totals, field):
    with pytest.raises(Refusal) as refused:
        tallies.enter_tally(meeting=session, counted=counted(session, totals=totals), actor=ring.users["nga"])
    assert refused.value.field == field
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    "row", [{"excellent": 4, "good": 1}, {"excellent": 1}, {"good": -1, "excellent": 5}, {"medium": 4}]
)
def test_row_that_does_not_make_the_valid_ballots_is_named(ring, session, row):
    binh = ids(session)[1]
    with pytest.raises(Refusal, match="Trần Thị Bình") as refused:
        tallies.enter_tally(meeting=session, counted=counted(session, lines={binh: row}), actor=ring.users["nga"])
    assert refused.value.field == f"rating-{binh}"
    assert not TallyLine.objects.exists()


def test_blank_ballots_count_into_the_sum(ring, session):
    binh = ids(session)[1]
    found = counted(session, lines={binh: {"excellent": 1, "good": 1, "": 2}})
    tally = tallies.enter_tally(meeting=session, counted=found, actor=ring.users["nga"])
    row = next(row for row in ballots.rows_of(tally) if row.rating.pk == binh)
    assert row.cells == [
        ("excellent", 1, 25),
        ("good", 1, 25),
        ("completed", 0, 0),
        ("not_completed", 0, 0),
        ("", 2, 50),
    ]


@pytest.mark.parametrize(
    ("count", "valid", "share"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (1, 201, 0), (0, 0, 0)]
)
def test_share_is_rounded_half_up_without_floats(count, valid, share):
    row = ballots.BallotRow(None, (count, 0, 0, 0, 0), valid)
    assert row.cells[0][2] == share


def test_subject_of_another_collective_is_refused(ring, session):
    stranger = ring.rating("dung", "cadre").pk
    found = counted(session, lines={stranger: {"good": 4}})
    with pytest.raises(Refusal) as refused:
        tallies.enter_tally(meeting=session, counted=found, actor=ring.users["nga"])
    assert refused.value.field == "lines"


def test_nothing_counted_is_refused(ring, session):
    with pytest.raises(Refusal):
        tallies.enter_tally(meeting=session, counted=tallies.Counted(TOTALS, {}), actor=ring.users["nga"])


@pytest.mark.parametrize("short", ["binh", "chi", "giang", "ha", "tu"])
def test_only_who_keeps_the_meeting_enters_and_confirms(ring, session, short):
    with pytest.raises(Forbidden):
        tallies.enter_tally(meeting=session, counted=counted(session), actor=ring.users[short])
    tallies.enter_tally(meeting=session, counted=counted(session), actor=ring.users["nga"])
    with pytest.raises(Forbidden):
        tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users[short])


def test_ballot_is_counted_while_the_meeting_is_in_session(ring):
    meeting = ring.convene(mode=MeetingMode.RATING)
    with pytest.raises(Stale):
        tallies.enter_tally(meeting=meeting, counted=counted(meeting), actor=ring.users["nga"])


def test_who_entered_does_not_confirm(ring, session):
    tallies.enter_tally(meeting=session, counted=counted(session), actor=ring.users["nga"])
    with pytest.raises(Forbidden):
        tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["nga"])
    assert Tally.objects.get().confirmed_by is None


def test_second_entry_that_differs_names_where_without_the_numbers(ring, session):
    enter_with_record(ring, session, counted(session))
    binh = ids(session)[1]
    again = counted(session, totals={"summoned": 9}, lines={binh: {"excellent": 2, "good": 2}})
    with pytest.raises(Refusal, match="Trần Thị Bình") as refused:
        tallies.confirm_tally(meeting=session, counted=again, actor=ring.users["an"])
    assert "được triệu tập" in str(refused.value)
    assert "Nguyễn Văn Ấn" not in str(refused.value)
    assert not any(char.isdigit() for char in str(refused.value))
    assert Tally.objects.get().confirmed_by is None


@pytest.mark.parametrize("missing", [True, False], ids=["a row left out", "a row too many"])
def test_second_entry_has_the_same_rows(ring, session, missing):
    whole = counted(session)
    part = tallies.Counted(whole.totals, dict(list(whole.lines.items())[:-1]))
    first, second = (whole, part) if missing else (part, whole)
    enter_with_record(ring, session, first)
    with pytest.raises(Refusal, match="Tập thể lãnh đạo"):
        tallies.confirm_tally(meeting=session, counted=second, actor=ring.users["an"])


def test_equal_entries_confirm_and_then_nothing_changes(ring, session):
    enter_with_record(ring, session, counted(session))
    tally = tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["an"])
    assert tally.confirmed_by == ring.users["an"]
    for act, short in ((tallies.enter_tally, "nga"), (tallies.confirm_tally, "an")):
        with pytest.raises(Stale):
            act(meeting=session, counted=counted(session), actor=ring.users[short])


def test_history_of_a_ballot_holds_totals_and_nobodys_count(ring, session):
    enter_with_record(ring, session, counted(session))
    tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["an"])
    events = AuditEvent.objects.filter(action__in=("tally.enter", "tally.confirm"))
    assert [json.loads(event.payload) for event in events] == [{"subjects": 3, "totals": TOTALS}] * 2


def test_unconfirmed_ballot_keeps_the_meeting_open(ring, session):
    enter_with_record(ring, session, counted(session))
    with pytest.raises(Blocked):
        advance(session, "close", actor=ring.users["nga"], version=session.version)
    tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["an"])
    assert advance(session, "close", actor=ring.users["nga"], version=session.version).state == "closed"


def test_who_stands_on_the_ballot_confirms_only_with_its_signed_record(login, ring, session):
    tallies.enter_tally(meeting=session, counted=counted(session), actor=ring.users["nga"])
    with pytest.raises(Forbidden, match="có tên trong phiếu"):
        tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["an"])
    assert login("an").get(reverse("reviews:tally_confirm", args=[session.uuid])).status_code == 403
    assert Tally.objects.get().confirmed_by is None
    enter_with_record(ring, session, counted(session))
    tallies.confirm_tally(meeting=session, counted=counted(session), actor=ring.users["an"])
    assert Tally.objects.get().confirmed_by == ring.users["an"]


def test_who_stands_in_for_the_first_does_not_confirm(ring, session):
    enter_with_record(ring, session, counted(session))
    StandIn.objects.create(absent=ring.users["nga"], substitute=ring.users["oanh"], document="QĐ 1", started_on=SINCE)
    oanh = User.objects.get(pk=ring.users["oanh"].pk)
    with pytest.raises(Forbidden, match="thay mặt"):
        tallies.confirm_tally(meeting=session, counted=counted(session), actor=oanh)
    assert Tally.objects.get().confirmed_by is None


def test_entry_is_corrected_before_the_confirmation_and_drops_a_row(ring, session):
    tallies.enter_tally(meeting=session, counted=counted(session), actor=ring.users["nga"])
    only = {ids(session)[0]: {"completed": 4}}
    tally = tallies.enter_tally(meeting=session, counted=tallies.Counted(TOTALS, only), actor=ring.users["nga"])
    assert tallies.shares(tally.lines.all()) == {
        ids(session)[0]: {"excellent": 0, "good": 0, "completed": 4, "not_completed": 0, "": 0}
    }
    assert Tally.objects.count() == 1


def enter(login, meeting, short="nga", name="tally_enter", **more):
    return login(short).post(reverse(f"reviews:{name}", args=[meeting.uuid]), sent(meeting, **more))


def test_page_enters_once_and_second_person_confirms_blindly(login, ring, session):
    key = str(uuid.uuid4())
    scan = SimpleUploadedFile("bien-ban-kiem-phieu.pdf", PDF, content_type="application/pdf")
    assert enter(login, session, idempotency_key=key, scan=scan).status_code == 302
    assert enter(login, session, idempotency_key=key).status_code == 302
    tally = Tally.objects.get()
    assert (tally.scan.name, tally.scan.object_id) == ("bien-ban-kiem-phieu.pdf", str(session.uuid))
    url = reverse("reviews:tally_confirm", args=[session.uuid])
    assert login("nga").get(url).status_code == 403
    blind = login("an").get(url).content.decode()
    assert 'value="4"' not in blind
    assert 'value="3"' not in blind
    assert enter(login, session, "an", "tally_confirm").status_code == 302
    tally.refresh_from_db()
    assert tally.confirmed_by == ring.users["an"]


def test_first_entry_is_shown_to_its_author_alone(login, ring, session):
    enter(login, session)
    url = reverse("reviews:tally_enter", args=[session.uuid])
    assert 'value="3"' in login("nga").get(url).content.decode()
    assert 'value="3"' not in login("an").get(url).content.decode()
    desk = login("an").get(reverse("reviews:meeting_detail", args=[session.uuid])).content.decode()
    assert "75 %" not in desk


def test_wrong_sum_comes_back_with_everything_typed_and_its_row_marked(login, ring, session):
    binh = ids(session)[1]
    answer = enter(login, session, **{f"count-{binh}-good": "2", "issued": "5"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Trần Thị Bình" in shown.split("error-summary__title")[1].split("</ul>")[0]
    assert shown.count("tally__bad") == 1
    assert f'name="count-{binh}-good" value="2"' in shown
    assert not Tally.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "2,5", "hai", "10000"])
def test_cell_that_is_no_count_is_refused_and_kept(login, ring, session, typed):
    pk = ids(session)[0]
    answer = enter(login, session, **{f"count-{pk}-good": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()


def test_differing_second_entry_keeps_what_was_typed(login, ring, session):
    enter_with_record(ring, session, counted(session))
    binh = ids(session)[1]
    answer = enter(login, session, "an", "tally_confirm", **{f"count-{binh}-excellent": "2", f"count-{binh}-good": "2"})
    assert answer.status_code == 422
    assert "Trần Thị Bình" in answer.content.decode()
    assert f'name="count-{binh}-excellent" value="2"' in answer.content.decode()


def test_confirmed_result_is_shown_to_the_members_with_shares(login, ring, session):
    enter_with_record(ring, session, counted(session))
    enter(login, session, "an", "tally_confirm")
    shown = login("binh").get(reverse("reviews:meeting_detail", args=[session.uuid])).content.decode()
    assert "75 %" in shown
    assert "Ngô Thanh Nga nhập, Nguyễn Văn Ấn xác nhận" in shown


def test_session_that_only_hears_has_no_ballot_page(login, ring):
    meeting = ring.open(mode=MeetingMode.REVIEW)
    assert login("nga").get(reverse("reviews:tally_enter", args=[meeting.uuid])).status_code == 403
