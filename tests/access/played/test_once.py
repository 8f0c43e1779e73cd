"""Forms whose act could be carried out twice: sent again with their key they write nothing and lead to one page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orgs.models import RatingKind
from reviews.models import OpinionKind, Tally
from reviews.services.tallies import TOTALS
from tests.access.played.acts import ACTS, deciding, hearing
from tests.access.played.tables import changed, everything

KEY = {"idempotency_key": "khoa-1"}


@dataclass(frozen=True)
class Sent:
    """A form of one address: `filled(made)` answers what the address takes, and what the form holds."""

    name: str
    service: str
    who: str
    filled: Callable[[Any], tuple[list, dict[str, Any]]]
    about: str = ""

    def opened(self, made):
        """(client of who sends it, address, what the form holds)."""
        arguments, body = self.filled(made)
        query = {"person": made.province.people[self.about].uuid} if self.about else {}
        client = Client()
        client.force_login(made.user(self.who))
        return client, reverse(self.name, args=arguments, query=query), body

    def __str__(self):
        return self.name


def reset(made):
    return [made.user("chi").uuid], {}


def fact(_made):
    return ["shortcoming"], {"document": "KL 5-KL/TU", "document_on": "03/02/2024", "text": "Chậm giải ngân"}


def framework(made):
    return [made.cycle.frameworks.first().framework.uuid], {}


def comment(made):
    item = hearing.item_of(made)
    return [item.meeting.uuid, item.uuid], {"speaker": "Đại diện tập thể", "text": "Đề nghị làm rõ.", "section_key": ""}


def tally(made):
    meeting = hearing.tally(made, 0)["meeting"]
    Tally.objects.filter(meeting=meeting).update(entered_by=made.user("nga"))
    held = hearing.tally(made, 0)["counted"]
    body = {name: held.totals[name] for name in TOTALS}
    for rating, choices in held.lines.items():
        body |= {f"count-{rating}-{grade or 'blank'}": count for grade, count in choices.items()}
    return [meeting.uuid], body


def batch(made):
    return [], {"review": [str(made.review("an").uuid)]}


def opinion(made):
    deciding.at(made, "appraisal")
    body = {"kind": OpinionKind.RELATED_BODY, "body_name": "Sở Tài chính", "due_on": ""}
    return [made.rating("an", RatingKind.CADRE).uuid], body


FORMS = (
    Sent("orgs:account_reset", "reset_password", "son", reset),
    Sent("registrations:fact_create", "enter_fact", "giang", fact, about="dung"),
    Sent("criteria:framework_copy", "copy_framework", "giang", framework),
    Sent("reviews:comment_add", "add_comment", "nga", comment),
    Sent("reviews:tally_enter", "enter_tally", "nga", tally),
    Sent("reviews:dossier_batch", "start_batch", "giang", batch),
    Sent("reviews:opinion_list", "ask_opinion", "giang", opinion),
)
# Acts that may be carried out twice and have no form with a key, and why.
WITHOUT = {
    "create_framework": "drafted in the administration alone",
    "bring_agenda_up_to_date": "twice is once: what stands on the agenda is not put there again",
}


def test_every_act_that_could_be_carried_out_twice_has_a_form_with_a_key():
    doubtful = {act.service.__name__ for act in ACTS if act.again}
    assert doubtful == {form.service for form in FORMS} | set(WITHOUT)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_form_sent_twice_writes_once(made, form):
    client, address, body = form.opened(made)
    before = everything()
    first = client.post(address, body | KEY)
    assert first.status_code in (200, 302)
    assert "orgs.AuditEvent" in changed(before)
    then = everything()
    again = client.post(address, body | KEY)
    assert again.status_code == 302
    assert changed(then) == []
    if first.status_code == 302:
        assert again.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_key_that_comes_back_with_other_contents_is_a_conflict(made, form):
    client, address, body = form.opened(made)
    client.post(address, body | KEY)
    then = everything()
    client.post(address, body | KEY | {"thêm": "1"})
    assert changed(then) == []


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_control_another_key_is_another_act(made, form):
    client, address, body = form.opened(made)
    client.post(address, body | KEY)
    then = everything()
    client.post(address, body | {"idempotency_key": "khoa-2"})
    assert "orgs.AuditEvent" in changed(then)
