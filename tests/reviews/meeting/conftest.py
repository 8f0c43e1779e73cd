"""An open round in which An, Bình, Chi and the leadership of their department have submitted and wait for a meeting."""

import pickle
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from orgs.services.transitions import advance
from reviews.models import Attendance, Meeting, Review
from reviews.services.enrolling.enrolment import enrol
from reviews.services.meeting import meetings
from tests.reviews.enrolment.conftest import open_cycle

SUBMITTED = ("an", "binh", "chi", "TT-SKH")
LONG_AGO = timedelta(days=20)


class Round(SimpleNamespace):
    """The province in its round, with shorter words for what every test does."""

    def review(self, short):
        rows = Review.objects.select_related("cycle__regulation", "person", "collective")
        if short in self.people:
            return rows.get(person=self.people[short], cycle=self.cycle)
        return rows.get(collective=self.collectives[short], cycle=self.cycle)

    def rating(self, short, kind):
        return self.review(short).ratings.select_related("cycle", "person", "collective").get(kind=kind)

    def submit(self, *shorts):
        for short in shorts:
            Review.objects.filter(pk=self.review(short).pk).update(state="meeting", submitted_at=timezone.now())

    def convene(self, code="TT-SKH", *, actor="nga", **more):
        today = timezone.localdate()
        convened = meetings.Convened(**{"held_on": today, "circulated_on": today - LONG_AGO, **more})
        return meetings.convene(
            cycle=self.cycle, collective=self.collectives[code], convened=convened, actor=self.users[actor]
        )

    def attend(self, meeting, *, absent=()):
        rows = meeting.attendance.select_related("person")
        gone = {self.people[short].pk for short in absent}
        presence = {row.pk: meetings.Presence(row.person_id not in gone, "Đi công tác") for row in rows}
        fresh = Meeting.objects.get(pk=meeting.pk)
        return meetings.record_attendance(
            meeting=fresh, presence=presence, proceedings="", version=fresh.version, actor=self.users["nga"]
        )

    def open(self, code="TT-SKH", *, absent=(), **more):
        meeting = self.convene(code, **more)
        self.attend(meeting, absent=absent)
        fresh = Meeting.objects.get(pk=meeting.pk)
        return advance(fresh, "open", actor=self.users["nga"], version=fresh.version)

    def item(self, meeting, short):
        rows = meeting.agenda.select_related("review__person", "review__collective", "meeting__cycle")
        return rows.get(review=self.review(short))

    def hear(self, meeting, short, conclusion="Hội nghị nhất trí với bản kiểm điểm", *, actor="nga", answer=""):
        item = self.item(meeting, short)
        return meetings.hear(
            item=item, answer=answer, conclusion=conclusion, version=item.version, actor=self.users[actor]
        )

    def hear_cell_and_work(self, *shorts):
        """Hear people in the cell and at work, so that their reviews leave the meeting; answers the open session."""
        cell = self.open("CU-SKH")
        for short in shorts:
            if short in self.people:
                self.hear(cell, short)
        work = self.open("TT-SKH")
        for short in shorts:
            if self.review(short).venues.filter(collective=work.collective).exists():
                self.hear(work, short)
        return work

    def mark(self, meeting, short, is_present):
        Attendance.objects.filter(meeting=meeting, person=self.people[short]).update(is_present=is_present)


def start_round(province):
    """The round, enrolled, four reviews submitted."""
    cycle = open_cycle(province)
    enrol(cycle=cycle, actor=province.users["giang"])
    made = Round(
        cycle=cycle,
        users=province.users,
        people=province.people,
        units=province.units,
        collectives=province.collectives,
        province=province,
    )
    made.submit(*SUBMITTED)
    return made


@pytest.fixture(scope="module")
def _ring(written_once, _province):
    with written_once(lambda: start_round(pickle.loads(_province))) as kept:
        yield kept


@pytest.fixture
def ring(province, _ring):
    """The round as objects that no other test has touched."""
    return pickle.loads(_ring) if _ring else start_round(province)


@pytest.fixture
def login(client, ring):
    """Logs in by short name and answers the client."""

    def enter(short):
        client.force_login(ring.users[short])
        return client

    return enter
