"""Letter, table and submission as kept versions: code and QR on paper, one version a content, the scan at its code."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from criteria.models import Consultation
from criteria.services.consulting import synthesis_papers
from orgs.models import AuditEvent, DocumentVersion
from orgs.services import files
from orgs.services.versions import produce
from tests.criteria.synthesis import made
from tests.orgs.documents.reading import pdf_pages, pdf_text
from tests.uploads import PDF

# Address of the paper, page of its record, the state from which it is kept, a word of it.
PAPERS = {
    "consultation_paper": ("consultation_detail", "open", "Kính gửi:"),
    "synthesis_table": ("synthesis_detail", "submitted", "BẢNG TỔNG HỢP"),
    "synthesis_submission": ("synthesis_detail", "submitted", "TỜ TRÌNH"),
}
EACH = pytest.mark.parametrize("name", PAPERS)
INNER = pytest.mark.parametrize("name", ["synthesis_table", "synthesis_submission"])


@pytest.fixture
def submitted(answered):
    Consultation.objects.update(state="submitted")
    return Consultation.objects.get()


def at(name, row):
    return reverse(f"criteria:{name}", args=[row.uuid])


def words_of(pdf):
    return " ".join(pdf_text(pdf).split())


def kept_bytes(version):
    return files.path_of(version.file).read_bytes()


@EACH
def test_paper_is_kept_with_its_code_on_every_page_and_listed(login, submitted, name):
    answer = login("giang").post(at(name, submitted), follow=True)

    version = DocumentVersion.objects.get()
    content = kept_bytes(version)
    page, _state, word = PAPERS[name]
    assert answer.redirect_chain == [(reverse(f"criteria:{page}", args=[submitted.uuid]), 302)]
    assert all(version.code in sheet for sheet in pdf_pages(content))
    assert word in words_of(content)
    event = AuditEvent.objects.get(action="document.produce")
    assert (event.object_id, event.chain) == (str(submitted.uuid), submitted.chain)
    shown = login("giang").get(at("synthesis_detail", submitted)).content.decode()
    assert reverse("orgs:file_open", args=[version.file.uuid]) in shown


@EACH
def test_same_content_is_one_version_and_the_address_sends_it(login, submitted, name):
    client = login("giang")
    before = client.get(at(name, submitted)).content
    client.post(at(name, submitted))
    client.post(at(name, submitted))

    version = DocumentVersion.objects.get()
    assert client.get(at(name, submitted)).content == kept_bytes(version)
    assert version.code not in words_of(before)


@INNER
def test_another_explanation_is_another_version_and_the_first_one_stays(login, submitted, name, giang):
    client = login("giang")
    client.post(at(name, submitted))
    submitted_answer = made.clause(submitted, "Điều 3").answers.get()
    type(submitted_answer).objects.filter(pk=submitted_answer.pk).update(reason="Theo KL88.")
    client.post(at(name, submitted))

    new, old = DocumentVersion.objects.all()
    assert "KL88" in words_of(kept_bytes(new))
    assert "KL88" not in words_of(kept_bytes(old))


@EACH
def test_draft_is_looked_at_and_not_kept(login, answered, name):
    if name == "consultation_paper":
        Consultation.objects.update(state="draft")
    client = login("giang")

    assert client.post(at(name, answered)).status_code == 409
    assert client.get(at(name, answered)).content.startswith(b"%PDF-")
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("short", ["an", "khanh", "tu"])
@INNER
def test_who_was_asked_neither_produces_nor_opens_what_all_the_others_said(login, submitted, province, name, short):
    found = {
        "synthesis_table": synthesis_papers.table_paper,
        "synthesis_submission": synthesis_papers.submission_paper,
    }[name]
    version = produce(paper=found(submitted), actor=province.users["giang"])
    client = login(short)

    assert client.get(at(name, submitted)).status_code == 404
    assert client.post(at(name, submitted)).status_code == 404
    assert client.get(reverse("orgs:file_open", args=[version.file.uuid])).status_code == 404
    assert client.get(at("synthesis_detail", submitted)).status_code == 404


def test_who_was_asked_opens_the_letter_and_produces_none(login, submitted, province):
    version = produce(paper=synthesis_papers.letter_paper(submitted), actor=province.users["giang"])
    client = login("an")

    assert client.get(reverse("orgs:file_open", args=[version.file.uuid])).status_code == 200
    assert client.get(at("consultation_paper", submitted)).content == kept_bytes(version)
    assert client.post(at("consultation_paper", submitted)).status_code == 403
    assert DocumentVersion.objects.count() == 1


def test_stranger_does_not_find_the_letter(login, submitted):
    assert login("tu").get(at("consultation_paper", submitted)).status_code == 404


@EACH
def test_signed_scan_is_attached_to_its_version(login, submitted, name):
    client = login("giang")
    client.post(at(name, submitted))
    version = DocumentVersion.objects.get()
    address = reverse("orgs:version_scan", args=[version.code])

    assert login("khanh").post(address, {"file": SimpleUploadedFile("ky.pdf", PDF)}).status_code in (
        403,
        404,
    )
    login("giang").post(address, {"file": SimpleUploadedFile("ky.pdf", PDF)})

    version.refresh_from_db()
    assert version.signed_scan is not None


class TestFiles:
    def take(self, client, row, paper, kind):
        return client.get(reverse("criteria:synthesis_file", args=[row.uuid, paper, kind]))

    @pytest.mark.parametrize(
        ("paper", "word"), [("letter", "Kính gửi:"), ("table", "BẢNG TỔNG HỢP"), ("submission", "TỜ TRÌNH")]
    )
    def test_each_paper_is_taken_away_as_docx(self, login, answered, paper, word):
        answer = self.take(login("giang"), answered, paper, "docx")

        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        text = "\n".join(row.text for row in Document(io.BytesIO(answer.content)).paragraphs)
        assert word in text

    def test_table_is_taken_away_as_a_workbook(self, login, answered):
        book = load_workbook(io.BytesIO(self.take(login("giang"), answered, "table", "xlsx").content))
        words = "Không tiếp thu. Quy định 366-QĐ/TW đã yêu cầu đánh giá theo quý."
        assert any(words in row for row in book.active.values)

    @pytest.mark.parametrize(
        ("paper", "kind"), [("letter", "xlsx"), ("submission", "xlsx"), ("table", "exe"), ("other", "docx")]
    )
    def test_other_files_are_not_there(self, login, answered, paper, kind):
        assert self.take(login("giang"), answered, paper, kind).status_code == 404

    @pytest.mark.parametrize(("paper", "status"), [("letter", 200), ("table", 404), ("submission", 404)])
    def test_who_was_asked_takes_the_letter_alone(self, login, answered, paper, status):
        assert self.take(login("an"), answered, paper, "docx").status_code == status
