"""The prompt letter as it was sent: one version under one code, as PDF and as Word, whatever changes afterwards."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import AuditEvent, Collective, DocumentVersion, QueuedJob, Refusal, StoredFile
from orgs.services import files, outbox
from orgs.services.versions import produce
from reviews.models import Prompt, PromptItem
from reviews.services.meeting import deliveries
from reviews.services.papers import letters
from tests.orgs.documents.reading import docx_text, pdf_pages
from tests.reviews.papers.conftest import plain, words_of
from tests.reviews.papers.round import MATTER
from tests.uploads import PDF


@pytest.fixture
def prompt(played):
    return played.review("an").prompts.get()


@pytest.fixture
def kept(prompt):
    """The letter after the job of the decision has run."""
    run_jobs()
    return DocumentVersion.objects.get(kind="prompt_letter")


@pytest.fixture
def login(client, played):
    def enter(short):
        client.force_login(played.user(short))
        return client

    return enter


def run_jobs():
    for job in QueuedJob.objects.filter(kind=letters.JOB):
        outbox.run(job)


def at(prompt, form="pdf"):
    return reverse("reviews:prompt_letter", args=[prompt.uuid, form])


def page(prompt):
    return reverse("reviews:prompt_detail", args=[prompt.uuid])


def pdf_of(version):
    return files.path_of(version.file).read_bytes()


def foot_of(content):
    section = docx.Document(io.BytesIO(content)).sections[0]
    return " ".join(row.text for foot in (section.first_page_footer, section.footer) for row in foot.paragraphs)


def change_everything(played, prompt):
    """What may happen in the weeks after a letter went out."""
    Collective.objects.filter(pk=prompt.authority_id).update(name="Ban Thường vụ nhiệm kỳ mới", signs_as="T/M BAN MỚI")
    PromptItem.objects.filter(prompt=prompt).update(text="Câu chữ khác hẳn.")
    deliveries.name_group_member(
        prompt=prompt, person=played.province.people["em"], task="", document="QĐ 9", actor=played.user("giang")
    )


class TestKept:
    def test_the_decision_asks_for_its_letters_once(self, played, prompt):
        job = QueuedJob.objects.get(kind=letters.JOB)

        letters.ask_for_letters(prompt.decision)

        assert QueuedJob.objects.filter(kind=letters.JOB).count() == 1
        assert (job.owner, job.title) == (played.user("minh"), "Công văn gợi ý kiểm điểm 88-CV/TU")

    def test_the_job_keeps_the_letter_under_a_code_with_who_sent_it(self, played, prompt, kept):
        assert kept.title == "Công văn gợi ý kiểm điểm 88-CV/TU gửi Nguyễn Văn Ấn"
        assert (kept.object_type, kept.object_id) == ("reviews.Prompt", str(prompt.uuid))
        assert kept.produced_by == played.user("minh")
        assert all(kept.code in text for text in pdf_pages(pdf_of(kept)))
        assert f"1. {MATTER}" in words_of(pdf_of(kept))
        event = AuditEvent.objects.filter(action="document.produce").latest("id")
        assert (event.object_id, kept.code in event.payload) == (str(prompt.uuid), True)

    def test_a_word_file_of_the_same_words_bears_the_same_code(self, kept):
        word = StoredFile.objects.get(content_type=letters.WORD)
        content = files.path_of(word).read_bytes()

        assert word.name == f"Gợi ý kiểm điểm 88-CV TU Nguyễn Văn Ấn {kept.code}.docx"
        assert f"1. {MATTER}" in plain(docx_text(content))
        assert kept.code in foot_of(content)

    def test_a_job_that_starts_again_keeps_nothing_twice(self, kept):
        run_jobs()

        assert list(DocumentVersion.objects.filter(kind="prompt_letter")) == [kept]
        assert StoredFile.objects.filter(content_type=letters.WORD).count() == 1

    def test_the_letter_of_a_draft_is_not_kept(self, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(state="draft", number="", issued_on=None, decision=None)

        with pytest.raises(Refusal, match="danh sách đã được quyết định"):
            letters.keep_letter(Prompt.objects.get(pk=prompt.pk))
        assert not DocumentVersion.objects.exists()

    def test_a_letter_from_before_the_lists_is_kept_in_nobodys_name(self, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(decision=None)

        assert letters.keep_letter(Prompt.objects.get(pk=prompt.pk)).produced_by is None

    def test_a_later_decision_keeps_its_own_letters_alone(self, prompt, kept):
        Prompt.objects.filter(pk=prompt.pk).update(decision=None)
        run_jobs()

        assert list(DocumentVersion.objects.filter(kind="prompt_letter")) == [kept]


class TestUnchanged:
    @pytest.mark.parametrize("form", ["pdf", "docx"])
    def test_what_changes_later_does_not_change_what_was_sent(self, login, played, prompt, kept, form):
        before = login("an").get(at(prompt, form)).content
        change_everything(played, prompt)

        after = login("an").get(at(prompt, form)).content

        assert after == before
        assert "Câu chữ khác hẳn" not in (words_of(after) if form == "pdf" else plain(docx_text(after)))

    def test_producing_again_after_a_change_answers_the_version_that_was_sent(self, played, prompt, kept):
        change_everything(played, prompt)

        assert letters.keep_letter(Prompt.objects.get(pk=prompt.pk)) == kept
        assert DocumentVersion.objects.filter(kind="prompt_letter").count() == 1

    def test_the_letter_stays_readable_after_the_prompt_was_withdrawn(self, login, prompt, kept):
        Prompt.objects.filter(pk=prompt.pk).update(state="recalled")

        assert login("an").get(at(prompt)).content == pdf_of(kept)
        assert kept.code in login("an").get(page(prompt)).content.decode()

    def test_a_lost_file_is_drawn_again_while_the_words_are_the_same(self, login, prompt, kept):
        files.path_of(kept.file).unlink()

        assert kept.code in words_of(login("an").get(at(prompt)).content)

    def test_a_lost_file_of_other_words_is_asked_for_and_not_invented(self, login, played, prompt, kept):
        files.path_of(kept.file).unlink()
        change_everything(played, prompt)

        answer = login("an").get(at(prompt))

        assert answer.status_code == 409
        assert f"Tệp của bản {kept.code} không còn trên đĩa" in answer.content.decode()

    def test_a_word_file_that_was_never_kept_is_not_drawn_from_other_words(self, login, played, prompt):
        version = produce(paper=letters.letter_of(prompt), actor=played.user("minh"))
        drawn = login("an").get(at(prompt, "docx"))
        change_everything(played, prompt)

        refused = login("an").get(at(prompt, "docx"))

        assert version.code in foot_of(drawn.content)
        assert (refused.status_code, f"Bản {version.code}" in refused.content.decode()) == (409, True)


class TestPages:
    def test_before_the_job_has_run_the_letter_is_drawn_without_a_code(self, login, prompt):
        answer = login("an").get(at(prompt))

        assert f"1. {MATTER}" in words_of(answer.content)
        assert not DocumentVersion.objects.exists()

    @pytest.mark.parametrize("short", ["giang", "lan", "minh"])
    def test_who_prepares_or_decides_keeps_it_where_the_job_has_not(self, login, prompt, short):
        shown = login(short).get(page(prompt)).content.decode()
        answer = login(short).post(at(prompt), follow=True)

        version = DocumentVersion.objects.get()
        assert f'action="{at(prompt)}"' in shown
        assert answer.redirect_chain == [(page(prompt), 302)]
        assert version.code in answer.content.decode()
        assert f'action="{at(prompt)}"' not in answer.content.decode()

    @pytest.mark.parametrize("short", ["an", "nga", "quan", "binh"])
    def test_who_only_reads_the_prompt_keeps_nothing(self, login, prompt, short):
        assert login(short).post(at(prompt)).status_code == 403
        assert f'action="{at(prompt)}"' not in login(short).get(page(prompt)).content.decode()
        assert not DocumentVersion.objects.exists()

    def test_nobody_in_office_has_the_letter_to_himself_kept(self, login, played, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(review=played.review("nga"))
        played.user("nga").grants.create(
            role="recorder", collective=prompt.authority, document="QĐ 9", started_on=played.today
        )

        assert login("nga").post(at(prompt)).status_code == 403

    def test_a_second_click_says_that_nothing_has_changed(self, login, prompt, kept):
        shown = login("giang").post(at(prompt), follow=True).content.decode()

        assert f"bản {kept.code}" in shown.lower().replace(kept.code.lower(), kept.code)
        assert DocumentVersion.objects.count() == 1

    def test_a_draft_is_looked_at_and_not_kept(self, login, prompt):
        Prompt.objects.filter(pk=prompt.pk).update(state="draft", number="", issued_on=None, decision=None)

        assert login("giang").get(at(prompt)).content.startswith(b"%PDF")
        assert login("giang").get(at(prompt, "docx")).content.startswith(b"PK")
        assert login("giang").post(at(prompt)).status_code == 409
        shown = login("giang").get(page(prompt)).content.decode()
        assert ("Dự thảo công văn gợi ý" in shown, f'action="{at(prompt)}"' in shown) == (True, False)
        assert not DocumentVersion.objects.exists()

    @pytest.mark.parametrize("short", ["tu", "dung", "chi"])
    def test_who_does_not_read_the_prompt_opens_neither_letter_nor_file(self, login, prompt, kept, short):
        client = login(short)

        assert [client.get(at(prompt, form)).status_code for form in ("pdf", "docx")] == [404, 404]
        assert client.post(at(prompt)).status_code == 404
        assert client.get(reverse("orgs:file_open", args=[kept.file.uuid])).status_code == 404

    @pytest.mark.parametrize("short", ["an", "nga", "giang", "minh", "quan"])
    def test_who_reads_the_prompt_opens_what_was_kept(self, login, kept, short):
        assert login(short).get(reverse("orgs:file_open", args=[kept.file.uuid])).status_code == 200

    @pytest.mark.parametrize(("short", "may"), [("lan", True), ("giang", True), ("an", False), ("nga", False)])
    def test_the_signed_scan_is_attached_by_the_body_and_not_by_the_subject(self, login, prompt, kept, short, may):
        scan = SimpleUploadedFile("ky.pdf", PDF)
        address = reverse("orgs:version_scan", args=[kept.code])

        answer = login(short).post(address, {"file": scan, "next": page(prompt)})

        kept.refresh_from_db()
        assert (answer.status_code == 302, kept.signed_scan_id is not None) == (may, may)
