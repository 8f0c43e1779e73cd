"""Minutes, notices, decisions as kept versions: code and QR on paper, one version a content, the scan at its code."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import AuditEvent, DocumentVersion
from orgs.services import files
from orgs.services.versions import produce
from reviews.models import Conclusion, ConclusionLine, Meeting, Rating
from reviews.services.papers import papers
from tests.orgs.documents.reading import pdf_pages
from tests.reviews.papers.conftest import words_of
from tests.uploads import PDF

# Address of the paper, page of its record, a reader who may produce it, a word of the paper.
PAPERS = {
    "minutes": ("meeting_detail", "nga", "BIÊN BẢN"),
    "notice": ("rating_detail", "giang", "THÔNG BÁO"),
    "conclusion_paper": ("conclusion_detail", "lan", "QUYẾT ĐỊNH"),
}
EACH = pytest.mark.parametrize("name", PAPERS)


def record_of(played, name):
    if name == "minutes":
        return Meeting.objects.get(pk=played.meetings["TT-SKH"].pk)
    if name == "notice":
        return played.rating("an", "cadre")
    return Conclusion.objects.get(pk=played.conclusions[-1].pk)


def at(name, played):
    return reverse(f"reviews:{name}", args=[record_of(played, name).uuid])


def page_of(name, played):
    return reverse(f"reviews:{PAPERS[name][0]}", args=[record_of(played, name).uuid])


def bytes_of(file):
    return files.path_of(file).read_bytes()


@EACH
def test_paper_is_kept_with_its_code_on_every_page_and_listed(client, played, name):
    client.force_login(played.user(PAPERS[name][1]))

    answer = client.post(at(name, played), follow=True)

    version = DocumentVersion.objects.get()
    content = bytes_of(version.file)
    assert answer.redirect_chain == [(page_of(name, played), 302)]
    assert reverse("orgs:file_open", args=[version.file.uuid]) in answer.content.decode()
    assert all(version.code in page for page in pdf_pages(content))
    assert PAPERS[name][2] in words_of(content)
    event = AuditEvent.objects.filter(action="document.produce").latest("id")
    assert event.object_id == str(record_of(played, name).uuid)
    assert version.code in event.payload
    assert "document.produce" not in answer.content.decode()


@EACH
def test_same_content_is_one_version_and_the_address_sends_it(client, played, name):
    client.force_login(played.user(PAPERS[name][1]))
    before = client.get(at(name, played)).content

    client.post(at(name, played))
    client.post(at(name, played))

    version = DocumentVersion.objects.get()
    after = client.get(at(name, played)).content
    assert after == bytes_of(version.file)
    assert version.code not in words_of(before)


def test_paper_whose_file_is_lost_is_drawn_again_with_its_code(client, played):
    client.force_login(played.user("lan"))
    client.post(at("conclusion_paper", played))
    version = DocumentVersion.objects.get()
    files.path_of(version.file).unlink()

    answer = client.get(at("conclusion_paper", played))

    assert answer.status_code == 200
    assert version.code in words_of(answer.content)


def test_changed_content_is_another_version_and_the_first_one_stays(client, played):
    client.force_login(played.user("lan"))
    client.post(at("conclusion_paper", played))
    line = ConclusionLine.objects.filter(conclusion=record_of(played, "conclusion_paper")).first()
    ConclusionLine.objects.filter(pk=line.pk).update(revoked_by_document="QĐ99TU")

    shown = words_of(client.get(at("conclusion_paper", played)).content)
    page = client.post(at("conclusion_paper", played), follow=True).content.decode()

    new, old = DocumentVersion.objects.all()
    assert old.code not in shown
    assert new.code not in shown
    assert "QĐ99TU" in words_of(bytes_of(new.file))
    assert "QĐ99TU" not in words_of(bytes_of(old.file))
    links = [page.index(reverse("orgs:file_open", args=[row.file.uuid])) for row in (new, old)]
    assert links == sorted(links)


@pytest.mark.parametrize(("name", "state"), [("minutes", "open"), ("conclusion_paper", "recorded")])
def test_draft_is_looked_at_and_not_kept(client, played, name, state):
    record = record_of(played, name)
    type(record).objects.filter(pk=record.pk).update(state=state)
    client.force_login(played.user(PAPERS[name][1]))

    answer = client.post(at(name, played))

    assert answer.status_code == 409
    assert client.get(at(name, played)).content.startswith(b"%PDF-")
    assert f'action="{at(name, played)}"' not in client.get(page_of(name, played)).content.decode()
    assert not DocumentVersion.objects.exists()


def test_notice_is_not_kept_before_the_subject_was_told(client, played):
    rating = record_of(played, "notice")
    Rating.objects.filter(pk=rating.pk).update(notified_at=None)
    client.force_login(played.user("giang"))

    assert client.post(at("notice", played)).status_code == 404
    rating.refresh_from_db()
    assert papers.notice_of(rating) is None
    assert not DocumentVersion.objects.exists()


def test_notice_is_not_kept_after_the_decision_was_revoked(played):
    rating = record_of(played, "notice")
    ConclusionLine.objects.filter(rating=rating).update(is_in_force=False)

    assert papers.notice_of(rating) is None


@pytest.mark.parametrize(
    ("name", "short"), [("minutes", "tu"), ("notice", "tu"), ("notice", "dung"), ("conclusion_paper", "an")]
)
def test_who_does_not_read_the_record_neither_produces_nor_opens_its_paper(client, played, name, short):
    found = {"minutes": papers.minutes_of, "notice": papers.notice_of, "conclusion_paper": papers.decision_of}
    version = produce(paper=found[name](record_of(played, name)), actor=played.user(PAPERS[name][1]))
    client.force_login(played.user(short))

    assert client.post(at(name, played)).status_code == 404
    assert client.get(reverse("orgs:file_open", args=[version.file.uuid])).status_code == 404


@pytest.mark.parametrize(("name", "short"), [("minutes", "quan"), ("minutes", "binh"), ("notice", "an")])
def test_who_only_reads_the_record_opens_what_was_kept_and_produces_nothing(client, played, name, short):
    client.force_login(played.user(PAPERS[name][1]))
    client.post(at(name, played))
    version = DocumentVersion.objects.get()
    client.force_login(played.user(short))

    page = client.get(page_of(name, played)).content.decode()

    assert client.get(reverse("orgs:file_open", args=[version.file.uuid])).status_code == 200
    assert version.code in page
    assert f'action="{at(name, played)}"' not in page
    assert reverse("orgs:version_scan", args=[version.code]) not in page
    assert client.post(at(name, played)).status_code == 403
    assert DocumentVersion.objects.count() == 1


@pytest.mark.parametrize(("name", "short"), [("minutes", "nga"), ("notice", "minh"), ("conclusion_paper", "lan")])
def test_signed_scan_is_attached_to_its_version_from_the_page(client, played, name, short):
    client.force_login(played.user(short))
    client.post(at(name, played))
    version = DocumentVersion.objects.get()
    scan = SimpleUploadedFile("ky.pdf", PDF)

    page = client.post(
        reverse("orgs:version_scan", args=[version.code]), {"file": scan, "next": page_of(name, played)}, follow=True
    )

    version.refresh_from_db()
    assert reverse("orgs:file_open", args=[version.signed_scan.uuid]) in page.content.decode()
