"""What is typed into the forms of a prompt outlives the session, and counts once however often it is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.models import Explanation, ExplanationFile, Prompt, PromptContribution, PromptOutcome
from tests.access.played.tables import changed, everything
from tests.resending import after_the_session_ended, form_of, offered
from tests.reviews.meeting import test_prompts as given
from tests.reviews.meeting.test_prompt_pages import TODAY, WHOLE, asked, heard, item_of, page
from tests.uploads import PDF

KEPT = 'Chữ tôi vừa gõ: ằ, ẫ, ợ, ữ — "trích dẫn" & <b>không phải thẻ</b>.'


def explaining(ring):
    prompt = given.issued(ring)
    return page(prompt, "explanation_edit", item_of(prompt).uuid)


def concluding(ring):
    prompt = heard(ring)
    return page(prompt, "prompt_outcome", item_of(prompt).uuid)


def contributing(ring):
    return reverse("reviews:contribution_give", args=[asked(ring).uuid])


# who types, the page, the field, the rest of the form, where it must stand then
CASES = {
    "explanation": ("an", explaining, "responsibility", WHOLE, Explanation, "responsibility"),
    "note": (
        "giang",
        lambda ring: page(given.sent(ring), "explanation_note"),
        "text",
        {"mark": "more_needed"},
        Prompt,
        "note_text",
    ),
    "outcome": ("nga", concluding, "text", {"mark": "unclear"}, PromptOutcome, "text"),
    "contribution": ("khanh", contributing, "text", {"given_on": TODAY}, PromptContribution, "text"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_text_typed_before_the_session_ended_is_offered_after_the_login_and_sent_once(ring, client, case):
    who, address, field, more, model, stands_in = case
    url = address(ring)
    client.force_login(ring.users[who])
    _action, hidden = form_of(client.get(url), field)
    body = hidden | more | {field: KEPT}
    shown = after_the_session_ended(client, url, body, who)
    rows = model.objects.filter(**{stands_in: KEPT})
    assert not rows.exists()
    path, fields = offered(shown)
    assert (path, fields[field], set(fields)) == (url, [KEPT], set(body))
    sent = client.post(path, fields)
    assert (sent.status_code, rows.count()) == (302, 1)
    after = everything()
    again = client.post(path, fields)
    assert (again.status_code, again.headers["Location"]) == (302, sent.headers["Location"])
    assert (changed(after), rows.count()) == ([], 1)


def test_evidence_is_chosen_again_and_its_title_is_still_there(ring, client):
    prompt = given.issued(ring)
    url = page(prompt, "evidence_add", item_of(prompt).uuid)
    client.force_login(ring.users["an"])
    page_of_matter = client.get(page(prompt, "explanation_edit", item_of(prompt).uuid))
    _action, hidden = form_of(page_of_matter, "new-title")
    chosen = SimpleUploadedFile("biên bản.pdf", PDF)
    shown = after_the_session_ended(client, url, hidden | {"new-title": KEPT, "new-file": chosen}, "an")
    assert shown.context["files"] == {"new-file": ["biên bản.pdf"]}
    path, fields = offered(shown)
    assert fields["new-title"] == [KEPT]
    without = client.post(path, fields)
    assert without.status_code == 422
    assert not ExplanationFile.objects.exists()
    sent = fields | {"new-file": SimpleUploadedFile("biên bản.pdf", PDF)}
    assert client.post(path, sent).status_code == 302
    assert ExplanationFile.objects.get().title == KEPT
