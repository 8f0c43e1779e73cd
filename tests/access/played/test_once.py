"""Forms whose act could be carried out twice: sent again with their key they write nothing and lead to one page."""

import pytest

from tests.access.played.acts import ACTS
from tests.access.played.sent import ENDING, FORMS
from tests.access.played.sent_before import BEFORE
from tests.access.played.tables import changed, everything

KEY = {"idempotency_key": "khoa-1"}
# Acts that may be carried out twice and have no form with a key, and why.
WITHOUT = {
    "create_framework": "drafted in the administration alone",
    "bring_agenda_up_to_date": "twice is once: what stands on the agenda is not put there again",
}


def test_every_act_that_could_be_carried_out_twice_has_a_form_with_a_key():
    doubtful = {act.service.__name__ for act in ACTS if act.again}
    assert doubtful == {form.service for form in FORMS} | set(WITHOUT)


@pytest.mark.parametrize("form", [*FORMS, *ENDING, *BEFORE], ids=str)
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
