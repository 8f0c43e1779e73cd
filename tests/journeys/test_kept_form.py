"""A form with a file, sent after the session has ended, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from orgs.models import StoredFile
from registrations.models import ProgressNote
from tests.cast import PASSWORD
from tests.journeys.steps import Sight
from tests.registrations.works.written import running
from tests.uploads import PDF

pytestmark = pytest.mark.django_db(transaction=True)


def test_file_that_was_chosen_before_the_session_ended_is_chosen_again(browse, province, accessible, shot):
    """The text comes back by itself; the browser does not let a page keep a file."""
    sight = Sight(shot, accessible)
    page = browse(province.users["an"], width=360, expect=("401",))
    work = running(province)
    page.goto(reverse("registrations:note_add", args=[work.uuid]))
    page.fill("[name=text]", "Đã bàn giao 30/45 hộ.")
    page.set_input_files("[name=files]", {"name": "biên bản.pdf", "mimeType": "application/pdf", "buffer": PDF})
    Session.objects.all().delete()
    page.click("main form button[type=submit]")
    page.fill("[name=username]", "an")
    page.fill("[name=password]", PASSWORD)
    sight(page, "kept-01-login")
    page.click("form[data-login-form] [type=submit]")
    expect(page.locator("main")).to_contain_text("Chọn lại: biên bản.pdf")
    sight(page, "kept-02-send")
    page.set_input_files("[name=files]", {"name": "biên bản.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.click("main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("Đã bàn giao 30/45 hộ.")
    note = ProgressNote.objects.get()
    assert StoredFile.objects.filter(object_id=str(note.uuid)).count() == 1
