"""The chip of a state: its Vietnamese name, and a tone that says whether somebody has to do something."""

import pytest
from django.template import Context, Template
from django.utils.translation import gettext

from orgs.workflow import WORKFLOWS
from registrations.models import Registration, SupportRequest, Work
from registrations.templatetags.works import TONES

MODELS = {"registration": Registration, "work": Work, "support": SupportRequest}
# Typed from the table of colours (docs of the look): amber asks its writer, green is an end, grey waits or is gone.
TYPED = {
    "registration": {"draft": "warn", "sent": "info", "returned": "warn", "received": "ok", "withdrawn": "quiet"},
    "work": {
        "registered": "quiet", "catalogue": "info", "under_way": "info", "change_asked": "warn",
        "reported_done": "info", "reported_not_done": "info", "reported_changed": "info", "verified": "ok",
        "weighed": "ok", "dropped": "quiet",
    },
    "support": {"planned": "warn", "open": "info", "answered": "info", "settled": "ok", "withdrawn": "quiet"},
}  # fmt: skip
ROWS = [(flow, state, tone) for flow, states in TYPED.items() for state, tone in states.items()]


@pytest.mark.parametrize("flow", sorted(TYPED))
def test_every_state_was_typed(flow):
    assert {row.name for row in WORKFLOWS[flow].states} == set(TYPED[flow])


def test_no_tone_is_kept_for_a_state_that_does_not_exist():
    assert set(TONES) <= {state for states in TYPED.values() for state in states}


@pytest.mark.parametrize(("flow", "state", "tone"), ROWS, ids=lambda value: str(value))
def test_chip_says_the_state_in_vietnamese_and_in_its_tone(flow, state, tone):
    document = MODELS[flow](workflow_name=flow, state=state)
    words = Template("{% load works %}{% state_chip document %}").render(Context({"document": document}))
    label = gettext(document.state_row.label)
    assert label != document.state_row.label
    assert label in words
    assert f"chip--{tone}" in words
