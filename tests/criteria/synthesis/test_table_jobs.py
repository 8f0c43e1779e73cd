"""The table of a large consultation: asked for, laid out by a job, kept as a file for the asking side, told."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from criteria.models import Consultation
from criteria.selectors.consulting import synthesis_jobs as selectors
from criteria.services.consulting import synthesis_jobs as services
from orgs.models import (
    AuditEvent,
    DocumentVersion,
    Forbidden,
    Message,
    QueuedJob,
    QueueState,
    Refusal,
    RoleGrant,
    Setting,
    StoredFile,
)
from orgs.selectors.files import may_open
from orgs.selectors.settings import setting
from orgs.services import files, outbox
from tests.criteria.synthesis import made
from tests.orgs.documents.reading import pdf_text

STRANGERS = ("an", "dung", "khanh", "nga", "binh", "oanh", "tu")


def at(name, row, *more):
    return reverse(f"criteria:{name}", args=[row.uuid, *more])


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def few(most=2):
    """A table of more than two remarks is large from now on."""
    Setting.objects.update_or_create(key=selectors.SETTING, defaults={"value": most})


def ask(row, actor, form="pdf"):
    return services.ask_table(consultation=row, form=form, actor=actor)


def content_of(job):
    return files.path_of(fresh(job).result).read_bytes()


class TestSize:
    def test_table_is_large_above_the_number_of_the_setting(self, asked):
        assert setting(selectors.SETTING) == 500
        assert selectors.size_of(asked) == selectors.Size(remarks=6, most=500)
        assert not selectors.size_of(asked).is_large

    @pytest.mark.parametrize(("most", "is_large"), [(5, True), (6, False), (7, False), (0, True)])
    def test_exactly_the_number_is_not_large_yet(self, asked, most, is_large):
        few(most)
        assert selectors.size_of(asked).is_large == is_large

    def test_remarks_that_were_not_sent_do_not_count(self, asked):
        # Đảng ủy Khối has prepared one that nobody has sent.
        assert made.clause(asked, "Tiêu chí 2").remarks.count() == 1
        assert selectors.size_of(asked).remarks == len(made.REMARKS) - 1


class TestAsking:
    def test_job_is_asked_for_once_while_it_is_under_way(self, asked, giang):
        first = ask(asked, giang)
        assert (first.kind, first.owner, first.status) == ("synthesis.table", giang, QueueState.WAITING)
        assert first.title == f"Bảng tổng hợp (PDF): {asked.title}"
        assert ask(asked, giang) == first
        assert ask(asked, giang, "docx") != first
        assert AuditEvent.objects.filter(action="consultation.table_asked", chain=asked.chain).count() == 2

    def test_made_one_can_be_asked_for_anew(self, asked, giang):
        first = ask(asked, giang)
        outbox.drain()
        assert ask(asked, giang) != first

    def test_only_who_puts_the_opinions_together_asks(self, province, asked):
        for name in STRANGERS:
            with pytest.raises(Forbidden):
                ask(asked, province.users[name])
        assert not QueuedJob.objects.filter(kind=selectors.KIND).exists()

    @pytest.mark.parametrize("state", ["draft", "open", "withdrawn"])
    def test_before_the_synthesis_there_is_no_table(self, asked, giang, state):
        Consultation.objects.filter(pk=asked.pk).update(state=state)
        with pytest.raises(Forbidden):
            ask(fresh(asked), giang)

    @pytest.mark.parametrize("form", ["", "odt", "PDF", "../pdf"])
    def test_unknown_form_is_refused(self, asked, giang, form):
        with pytest.raises(Refusal, match="một định dạng"):
            ask(asked, giang, form)

    def test_version_waits_until_the_result_is_submitted(self, asked, giang):
        with pytest.raises(Refusal, match="sau khi trình kết quả"):
            ask(asked, giang, "version")
        assert not QueuedJob.objects.filter(kind=selectors.KIND).exists()


class TestMaking:
    def test_pdf_says_what_the_table_says_and_the_asker_is_told(self, answered, giang):
        job = ask(answered, giang)
        outbox.drain()
        done = fresh(job)
        assert (done.status, done.result.content_type) == (QueueState.DONE, "application/pdf")
        assert done.result.name.endswith(".pdf")
        assert "BẢNG TỔNG HỢP" in pdf_text(content_of(job))
        message = Message.objects.get(recipient=giang, dedup_key__contains=str(job.uuid))
        assert message.subject == f"Đã lập xong: {job.title}"
        assert message.url == reverse("orgs:job_detail", args=[job.uuid])

    def test_docx_and_xlsx_are_of_the_same_sheet(self, answered, giang):
        jobs = {form: ask(answered, giang, form) for form in ("docx", "xlsx")}
        outbox.drain()
        document = Document(io.BytesIO(content_of(jobs["docx"])))
        cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        assert any("Đánh giá hằng quý và cuối năm." in text for text in cells)
        sheet = load_workbook(io.BytesIO(content_of(jobs["xlsx"]))).active
        found = {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value}
        assert any("Đánh giá hằng quý và cuối năm." in text for text in found)
        assert fresh(jobs["xlsx"]).result.name.endswith(".xlsx")

    def test_version_to_be_signed_is_kept_with_its_code_once(self, answered, giang):
        Consultation.objects.filter(pk=answered.pk).update(state="submitted")
        first = ask(fresh(answered), giang, "version")
        outbox.drain()
        version = DocumentVersion.objects.get(object_id=str(answered.uuid), kind="synthesis")
        assert (fresh(first).result, version.produced_by) == (version.file, giang)
        assert version.code in pdf_text(content_of(first))
        again = ask(fresh(answered), giang, "version")
        outbox.drain()
        assert fresh(again).result == version.file
        assert DocumentVersion.objects.filter(object_id=str(answered.uuid)).count() == 1

    def test_file_is_opened_by_the_asking_side_alone(self, province, answered, giang):
        job = ask(answered, giang)
        outbox.drain()
        kept = fresh(job).result
        assert may_open(giang, kept)
        assert [name for name in STRANGERS if may_open(province.users[name], kept)] == []

    def test_who_lost_the_right_meanwhile_gets_no_table(self, province, asked, giang):
        job = ask(asked, giang)
        RoleGrant.objects.filter(user=giang).delete()
        before = StoredFile.objects.count()
        outbox.drain()
        done = fresh(job)
        assert (done.status, done.result, done.attempts) == (QueueState.FAILED, None, 1)
        assert "Chỉ người tổng hợp ý kiến" in done.error
        assert StoredFile.objects.count() == before
        assert not Message.objects.filter(recipient=giang, subject__startswith="Đã lập xong").exists()

    def test_consultation_asked_again_meanwhile_has_no_table(self, asked, giang):
        job = ask(asked, giang)
        Consultation.objects.filter(pk=asked.pk).update(state="open")
        outbox.drain()
        assert fresh(job).status == QueueState.FAILED

    def test_result_taken_back_meanwhile_is_not_kept_to_be_signed(self, answered, giang):
        Consultation.objects.filter(pk=answered.pk).update(state="submitted")
        job = ask(fresh(answered), giang, "version")
        Consultation.objects.filter(pk=answered.pk).update(state="synthesis")
        outbox.drain()
        assert (fresh(job).status, "sau khi trình kết quả" in fresh(job).error) == (QueueState.FAILED, True)
        assert not DocumentVersion.objects.filter(object_id=str(answered.uuid)).exists()

    def test_cancelled_job_keeps_nothing_and_is_resumed(self, asked, giang):
        job = ask(asked, giang)
        outbox.cancel(job=job)
        outbox.drain()
        assert (fresh(job).status, fresh(job).result) == (QueueState.CANCELLED, None)
        outbox.resume(job=job)
        outbox.drain()
        assert fresh(job).status == QueueState.DONE
        assert fresh(job).result is not None

    def test_job_cancelled_while_it_is_laid_out_keeps_nothing(self, asked, giang):
        job = ask(asked, giang)
        QueuedJob.objects.filter(pk=job.pk).update(status=QueueState.CANCELLED)
        before = StoredFile.objects.count()
        services.carry_out_table(fresh(job))
        assert (fresh(job).result, StoredFile.objects.count()) == (None, before)


class TestPages:
    def test_large_table_is_not_laid_out_while_somebody_waits(self, login, asked):
        few()
        client, page = login("giang"), at("synthesis_table_files", asked)
        assert client.get(at("synthesis_table", asked)).url == page
        for kind in ("docx", "xlsx"):
            assert client.get(at("synthesis_file", asked, "table", kind)).url == page
        assert not QueuedJob.objects.filter(kind=selectors.KIND).exists()

    def test_small_table_and_other_papers_come_at_once(self, login, asked):
        client = login("giang")
        assert client.get(at("synthesis_table", asked)).headers["Content-Type"] == "application/pdf"
        few()
        for name, more in (("synthesis_submission", ()), ("synthesis_file", ("submission", "docx"))):
            assert client.get(at(name, asked, *more)).status_code == 200
        assert client.get(at("consultation_paper", asked)).status_code == 200

    def test_page_asks_shows_that_it_is_being_made_and_then_the_file(self, login, asked, giang):
        few()
        client, page = login("giang"), at("synthesis_table_files", asked)
        body = client.get(page).content.decode()
        assert "Bảng có 6 ý kiến góp ý." in body
        assert "Trên 2 ý kiến" in body
        assert ("Lập bảng" in body, "Bản trình ký" in body) == (True, False)
        sent = {"form": "xlsx", "idempotency_key": "k"}
        answer = client.post(at("synthesis_table_ask", asked), sent)
        job = QueuedJob.objects.get(kind=selectors.KIND)
        assert answer.url == reverse("orgs:job_detail", args=[job.uuid])
        assert client.post(at("synthesis_table_ask", asked), sent).url == answer.url
        body = client.get(page).content.decode()
        assert "Đang lập từ" in body
        assert answer.url in body
        outbox.drain()
        body = client.get(page).content.decode()
        link = reverse("orgs:file_open", args=[fresh(job).result.uuid])
        assert (link in body, "Lập lại" in body, "Đang lập từ" in body) == (True, True, False)
        assert link in client.get(answer.url).content.decode()
        assert client.get(f"{link}?download").status_code == 200

    def test_table_to_be_signed_is_kept_by_the_job(self, login, answered):
        few()
        client = login("giang")
        refused = client.post(at("synthesis_table", answered))
        assert refused.status_code == 409
        Consultation.objects.filter(pk=answered.pk).update(state="submitted")
        answer = client.post(at("synthesis_table", answered))
        job = QueuedJob.objects.get(kind=selectors.KIND)
        assert answer.url == reverse("orgs:job_detail", args=[job.uuid])
        assert "Bản trình ký" in client.get(at("synthesis_table_files", answered)).content.decode()
        outbox.drain()
        version = DocumentVersion.objects.get(object_id=str(answered.uuid))
        assert version.code in client.get(at("synthesis_detail", answered)).content.decode()

    def test_failed_attempt_says_why_and_is_asked_for_again(self, login, asked, giang):
        job = ask(asked, giang)
        QueuedJob.objects.filter(pk=job.pk).update(status=QueueState.FAILED, error="Hết chỗ trên đĩa")
        body = login("giang").get(at("synthesis_table_files", asked)).content.decode()
        assert ("Hết chỗ trên đĩa" in body, "Lập bảng" in body) == (True, True)
        assert login("giang").post(at("synthesis_table_ask", asked), {"form": "pdf"}).status_code == 302
        assert QueuedJob.objects.filter(kind=selectors.KIND).count() == 2

    def test_last_file_stays_while_the_next_is_made(self, login, asked, giang):
        first = ask(asked, giang)
        outbox.drain()
        ask(asked, giang)
        body = login("giang").get(at("synthesis_table_files", asked)).content.decode()
        assert reverse("orgs:file_open", args=[fresh(first).result.uuid]) in body
        assert "Đang lập từ" in body

    def test_unknown_form_is_said_on_the_page(self, login, asked):
        answer = login("giang").post(at("synthesis_table_ask", asked), {"form": "odt"}, follow=True)
        assert "một định dạng" in answer.content.decode()
        assert not QueuedJob.objects.filter(kind=selectors.KIND).exists()

    def test_others_find_neither_page_nor_act(self, login, asked):
        few()
        for name in STRANGERS:
            client = login(name)
            assert client.get(at("synthesis_table_files", asked)).status_code == 404
            assert client.post(at("synthesis_table_ask", asked), {"form": "pdf"}).status_code == 404
            assert client.get(at("synthesis_table", asked)).status_code == 404
            assert client.post(at("synthesis_table", asked)).status_code == 404

    def test_page_costs_the_same_for_one_job_and_for_many(self, login, asked, giang):
        client, page = login("giang"), at("synthesis_table_files", asked)

        def asked_now():
            with CaptureQueriesContext(connection) as found:
                assert client.get(page).status_code == 200
            return len(found)

        ask(asked, giang)
        client.get(page)
        one = asked_now()
        outbox.drain()
        for form in ("pdf", "docx", "xlsx"):
            ask(asked, giang, form)
        outbox.drain()
        assert asked_now() == one <= 12
