"""A named shortcoming is carried over until it is closed: into which rounds, with which numbers, through moves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from orgs.models import Appointment, Message, RatingKind, User
from registrations.models import Origin, Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.remedies import reminders
from registrations.services.remedies.naming import NamedIn, Plan, name_shortcoming
from reviews.documents.facts import facts_sheet
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.writing.named import named_of

pytestmark = pytest.mark.django_db
BEFORE, LONG_BEFORE, SINCE = date(2023, 12, 28), date(2020, 12, 28), date(2024, 3, 1)
IN_2022, IN_2023, IN_2024, IN_2025 = date(2022, 5, 5), date(2023, 12, 30), date(2024, 6, 30), date(2025, 2, 1)


def named(ring, who="an", *, on=BEFORE, state="open", remedied_on=None, text="Chậm giải ngân.", due_on=None, **more):
    row = name_shortcoming(
        subject=ring.people.get(who) or ring.collectives[who],
        text=text,
        named_in=NamedIn(Origin.MEETING, "reviews.AgendaItem", "1", "Biên bản hội nghị kiểm điểm"),
        document="BB 1-BB/SKH",
        document_on=on,
        actor=ring.users["giang"],
        plan=Plan("Giao ban hằng tuần.", None, due_on),
        **more,
    )
    by = ring.users["quan"] if remedied_on else None
    Shortcoming.objects.filter(pk=row.pk).update(state=state, remedied_on=remedied_on, verified_by=by)
    row.refresh_from_db()
    return row


def numbers(ring):
    found = facts_of(ring.rating("an", RatingKind.CADRE)).get("shortcomings", {})
    return found.get("named", 0), found.get("remedied", 0)


# named on, its state, verified as remedied on: whether the review of 2024 opens with it, (named, remedied) of its facts
CARRIED = {
    "named last year, open": (BEFORE, "open", None, True, (1, 0)),
    "named last year, reported alone": (BEFORE, "reported", None, True, (1, 0)),
    "named last year, mended at once": (BEFORE, "verified", IN_2023, True, (1, 1)),
    "named last year, mended this year": (BEFORE, "verified", IN_2024, True, (1, 1)),
    "named last year, mended after the period": (BEFORE, "verified", IN_2025, True, (1, 0)),
    "named last year, closed": (BEFORE, "closed", IN_2024, False, (1, 1)),
    "named last year, withdrawn": (BEFORE, "withdrawn", None, False, (0, 0)),
    "named years ago, still open": (LONG_BEFORE, "open", None, True, (1, 0)),
    "named years ago, mended this year": (LONG_BEFORE, "verified", IN_2024, True, (1, 1)),
    "named years ago, mended and closed then": (LONG_BEFORE, "closed", IN_2022, False, (0, 0)),
    "named years ago, closed this year": (LONG_BEFORE, "closed", IN_2024, False, (1, 1)),
    "named this year in no round": (SINCE, "open", None, True, (1, 0)),
    "named after the period": (IN_2025, "open", None, False, (0, 0)),
}


@pytest.mark.parametrize(("on", "state", "remedied_on", "opens", "counted"), CARRIED.values(), ids=CARRIED)
def test_row_is_carried_into_the_round_until_it_is_closed(ring, on, state, remedied_on, opens, counted):
    row = named(ring, on=on, state=state, remedied_on=remedied_on)
    if state == "withdrawn":
        Shortcoming.objects.filter(pk=row.pk).update(withdrawn_on=IN_2024)
    shown = named_of(ring.review("an"), ring.users["an"]).before
    assert [found.row for found in shown] == ([row] if opens else [])
    assert numbers(ring) == counted


def test_what_this_round_named_opens_the_next_one_and_counts_there_alone(ring):
    row = named(ring, on=date(2024, 11, 20), cycle=ring.cycle)
    mine = named_of(ring.review("an"), ring.users["an"])
    assert ([found.row for found in mine.here], mine.before) == ([row], ())
    assert numbers(ring) == (0, 0)


def test_self_review_opens_with_each_row_its_measure_day_and_who_verified(ring, login):
    named(ring, text="Chậm giải ngân.", due_on=date(2024, 6, 30), state="verified", remedied_on=IN_2024)
    named(ring, text="Ít đi cơ sở.")
    page = login("an").get(reverse("reviews:review_detail", args=[ring.review("an").uuid])).content.decode()
    opening = page.split('id="named-before"')[1].split("</section>")[0]
    for words in ("Chậm giải ngân.", "Giao ban hằng tuần.", "30/06/2024", "Lý Minh Quân", "Ít đi cơ sở.", "1/2"):
        assert words in opening, words
    assert page.index('id="named-before"') < page.index('id="sections-title"')


def test_facts_sheet_names_document_day_and_who_verified(ring):
    row = named(ring, state="verified", remedied_on=IN_2024)
    Shortcoming.objects.filter(pk=row.pk).update(remedy_document="BC 30-BC/BTCTU")
    sheet = repr(facts_sheet(ring.review("an"), [ring.rating("an", RatingKind.CADRE)], is_inside=True))
    for words in ("Chậm giải ngân.", "BB 1-BB/SKH", "Đã khắc phục ngày 30/06/2024", "BC 30-BC/BTCTU", "Lý Minh Quân"):
        assert words in sheet, words


def move(ring, who, unit):
    Appointment.objects.filter(person=ring.people[who]).update(unit=ring.units[unit])


def seen_by(ring, row):
    """Who finds the row in his list, asked anew as the day after the move would."""
    users = User.objects.in_bulk([ring.users[short].pk for short in ("an", "binh", "chi", "dung", "em", "giang")])
    found = {user for user in users.values() if selectors.visible_to(user).filter(pk=row.pk).exists()}
    return {user.username for user in found}


def test_row_goes_with_the_person_to_the_head_of_the_new_place(ring):
    row = named(ring, "chi")
    assert seen_by(ring, row) == {"an", "chi"}
    move(ring, "chi", "SYT")
    assert seen_by(ring, row) == {"chi", "dung"}
    ring.users["dung"].__dict__.pop("_viewer", None)
    counts = selectors.counts_of(selectors.visible_to(User.objects.get(pk=ring.users["dung"].pk)))
    assert (counts["open"], counts["undated"]) == (1, 1)


def test_reminders_follow_the_person_and_late_ones_tell_the_new_head(ring):
    day = timezone.localdate()
    named(ring, "chi", due_on=day - timedelta(days=1))
    move(ring, "chi", "SYT")
    reminders.send_reminders(today=day)
    told = Message.objects.filter(dedup_key__contains=":remedy:").values_list("recipient__username", flat=True)
    assert set(told) == {"chi", "dung"}


@pytest.mark.parametrize(
    ("days", "told"),
    [(30, set()), (7, {"chi"}), (3, {"chi"}), (1, {"chi"}), (0, {"chi"}), (-1, {"chi", "an"}), (-7, {"chi", "an"})],
)
def test_reminders_come_at_their_days_and_once(ring, days, told):
    day = timezone.localdate()
    named(ring, "chi", due_on=day + timedelta(days=days))
    reminders.send_reminders(today=day)
    sent = Message.objects.filter(dedup_key__contains=":remedy:")
    assert set(sent.values_list("recipient__username", flat=True)) == told
    assert reminders.send_reminders(today=day) == 0


@pytest.mark.parametrize("state", ["reported", "verified", "closed", "withdrawn"])
def test_nobody_is_reminded_of_what_is_not_open_any_more(ring, state):
    day = timezone.localdate()
    named(ring, "chi", state=state, due_on=day)
    assert reminders.send_reminders(today=day) == 0


def test_picture_of_the_head_counts_each_state_of_his_collective_and_its_members(ring, login):
    for text, state in (("Một.", "open"), ("Hai.", "reported"), ("Ba.", "verified"), ("Bốn.", "closed")):
        named(ring, "binh", text=text, state=state, remedied_on=IN_2024 if state in ("verified", "closed") else None)
    named(ring, "TT-SKH", text="Năm.", due_on=date(2024, 1, 31))
    named(ring, "dung", text="Của Sở khác.")
    page = login("an").get(reverse("registrations:remedy_list")).content.decode()
    for words in ("Cần khắc phục: 2", "Quá hạn: 1", "Chưa có hạn: 2", "Đã báo cáo, chờ xác nhận: 1"):
        assert words in page, words
    late = login("an").get(reverse("registrations:remedy_list"), {"late": "on"}).content.decode()
    assert "Năm." in late
    assert "Một." not in late
    everything = login("an").get(reverse("registrations:remedy_list"), {"state": ""}).content.decode()
    assert "Của Sở khác." not in everything
