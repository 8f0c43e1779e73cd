"""Versions, readers of the kept files, many at once."""

import io
import shutil
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import (
    AuditEvent,
    DocumentVersion,
    Forbidden,
    Message,
    QueuedItem,
    QueuedJob,
    QueueState,
    Refusal,
    RoleGrant,
)
from orgs.selectors.files import may_open
from orgs.services import files, outbox, versions
from reviews.models import Comment, Review
from reviews.selectors.papers.dossiers import versions_for, whole_reading
from reviews.services.papers import dossiers
from tests.orgs.documents.reading import pdf_pages
from tests.uploads import PDF as SCAN


class TestVersions:
    def test_same_content_twice_is_one_version(self, played):
        review, actor = played.review("an"), played.user("giang")

        first = dossiers.produce_dossier(review=review, actor=actor)
        again = dossiers.produce_dossier(review=review, actor=actor)

        assert first.pk == again.pk
        assert DocumentVersion.objects.filter(object_id=str(review.uuid)).count() == 1

    def test_changed_content_is_a_new_version_with_its_own_code(self, played):
        review, actor = played.review("an"), played.user("oanh")
        first = dossiers.produce_dossier(review=review, actor=actor)
        Comment.objects.filter(item__review=review).update(text="Một góp ý khác hẳn.")

        again = dossiers.produce_dossier(review=review, actor=actor)

        assert first.code != again.code
        assert [row.code for row in versions_for(actor, review)] == [again.code, first.code]

    def test_code_stands_on_every_page_and_in_the_name(self, played):
        version = dossiers.produce_dossier(review=played.review("an"), actor=played.user("oanh"))

        content = files.path_of(version.file).read_bytes()

        assert all(version.code in page for page in pdf_pages(content))
        assert version.file.name == f"2024-CB-000003 Nguyễn Văn Ấn {version.code}.pdf"
        events = AuditEvent.objects.filter(action="document.produce", object_id=version.object_id)
        assert [version.code in str(event.payload) for event in events] == [True]

    def test_stranger_gets_none_and_nothing_is_kept(self, played):
        with pytest.raises(Forbidden):
            dossiers.produce_dossier(review=played.review("an"), actor=played.user("khanh"))

        assert not DocumentVersion.objects.exists()

    def test_each_reader_opens_only_what_he_may_read(self, played):
        review = played.review("an")
        inside = dossiers.produce_dossier(review=review, actor=played.user("giang"))
        own = dossiers.produce_dossier(review=review, actor=played.user("an"))

        def opens(short):
            user = played.user(short)
            return may_open(user, inside.file), may_open(user, own.file)

        assert opens("giang") == (True, False)
        assert opens("an") == (False, True)
        assert opens("lan") == (True, False)
        assert opens("quan") == (True, False)
        assert opens("oanh") == (False, False)
        assert opens("khanh") == (False, False)
        assert opens("tu") == (False, False)

    def test_officer_of_one_rating_does_not_open_the_appraisal_of_another(self, played):
        review = played.review("an")
        both = dossiers.produce_dossier(review=review, actor=played.user("quan"))

        assert both.object_type == "reviews.Review.inside.cadre-party_member"
        assert not may_open(played.user("giang"), both.file)

    def test_signed_scan_finds_its_version_once(self, played):
        actor = played.user("oanh")
        version = dossiers.produce_dossier(review=played.review("an"), actor=actor)

        upload = SimpleUploadedFile("ban ky.pdf", SCAN)
        done = versions.attach_scan(version=version, upload=upload, chain="documents", actor=actor)

        assert done.signed_scan.sha256 != done.file.sha256
        assert may_open(played.user("oanh"), done.signed_scan)
        with pytest.raises(Refusal):
            versions.attach_scan(
                version=version, upload=SimpleUploadedFile("hai.pdf", SCAN), chain="documents", actor=actor
            )

    @pytest.mark.parametrize(
        ("given", "kept"),
        [("Sở A/B: “C”?*", "Sở A B “C”"), ("a\\..\\b", "a .. b"), ("Ấn\u0000\n..", "Ấn"), ("To\u0302\u0300", "Tồ")],
    )
    def test_names_are_safe_in_archives(self, played, given, kept):
        review = played.review("TT-SKH")
        review.collective.name = given

        paper = dossiers.dossier_paper(review, whole_reading(review), [])

        name = versions.file_name(paper.name, "ABCD-EFGH")

        assert name == f"2024-TT-000001 {kept} ABCD-EFGH.pdf"


class TestBatch:
    def start(self, played, *shorts, by="quan"):
        chosen = [played.review(short) for short in shorts]
        return dossiers.start_batch(chosen=chosen, actor=played.user(by))

    def run(self, job):
        """What the worker does with this job."""
        QueuedJob.objects.filter(pk=job.pk).update(status=QueueState.RUNNING)
        job.refresh_from_db()
        outbox.run(job)
        job.refresh_from_db()
        return job

    def test_all_go_into_one_zip_with_vietnamese_names(self, played):
        job = self.run(self.start(played, "binh", "chi"))

        assert (job.status, job.done, job.failed, job.total) == (QueueState.DONE, 2, 0, 2)
        with zipfile.ZipFile(io.BytesIO(files.path_of(job.result).read_bytes())) as archive:
            names = archive.namelist()
            assert archive.testzip() is None
            assert all(archive.read(name).startswith(b"%PDF-") for name in names)
        assert any("Trần Thị Bình" in name for name in names)
        assert any("Lê Thị Kim Chi" in name for name in names)
        assert Message.objects.filter(recipient=played.user("quan"), dedup_key__contains=str(job.uuid)).count() == 1

    def test_zip_opens_to_who_asked_while_he_reads_every_dossier_in_it(self, played):
        quan = played.user("quan")
        job = self.run(dossiers.start_batch(chosen=[played.review("an"), played.review("chi")], actor=quan))
        assert may_open(quan, job.result)
        assert not may_open(played.user("giang"), job.result)

        RoleGrant.objects.filter(user=quan, unit=played.province.units["UBND"]).update(ended_on=played.today)

        assert not may_open(played.user("quan"), job.result)

    def test_failing_item_does_not_stop_the_batch(self, played):
        job = self.start(played, "binh", "chi")
        Review.objects.filter(pk=played.review("binh").pk).update(form={"key": "broken"})

        job = self.run(job)

        assert (job.status, job.done, job.failed) == (QueueState.DONE, 1, 1)
        broken = job.items.get(key=played.review("binh").code)
        assert broken.status == QueueState.FAILED
        assert broken.error
        with zipfile.ZipFile(io.BytesIO(files.path_of(job.result).read_bytes())) as archive:
            assert len(archive.namelist()) == 1

    def test_failed_part_runs_again_from_its_page_and_joins_the_zip(self, played, client):
        job, broken = self.start(played, "binh", "chi"), played.review("binh")
        Review.objects.filter(pk=broken.pk).update(form={"key": "broken"})
        job = self.run(job)
        first = job.result
        untouched = job.items.get(status=QueueState.DONE).file_id
        Review.objects.filter(pk=broken.pk).update(form=broken.form)
        client.force_login(played.user("quan"))
        page = client.get(reverse("orgs:job_detail", args=[job.uuid])).content.decode()
        assert "1 việc không làm được" in page
        assert "Chạy lại phần lỗi" in page
        assert broken.code in page

        assert client.post(reverse("orgs:job_retry", args=[job.uuid])).status_code == 302
        job.refresh_from_db()
        assert (job.status, job.failed, job.done) == (QueueState.WAITING, 0, 1)
        job = self.run(job)

        assert (job.status, job.done, job.failed) == (QueueState.DONE, 2, 0)
        assert job.items.filter(file=untouched).count() == 1
        assert job.result != first
        with zipfile.ZipFile(io.BytesIO(files.path_of(job.result).read_bytes())) as archive:
            assert any("Trần Thị Bình" in name for name in archive.namelist())
            assert len(archive.namelist()) == 2
        told = Message.objects.filter(recipient=played.user("quan"), dedup_key__contains=str(job.uuid))
        assert told.count() == 2
        assert reverse("orgs:job_retry", args=[job.uuid]) not in client.get(told[0].url).content.decode()

    def test_nothing_is_run_again_where_nothing_failed_or_the_job_still_runs(self, played):
        job = self.run(self.start(played, "chi"))
        outbox.retry_failed(job=job)
        job.refresh_from_db()
        assert job.status == QueueState.DONE
        job.items.update(status=QueueState.FAILED, error="hết giấy")
        QueuedJob.objects.filter(pk=job.pk).update(status=QueueState.RUNNING, failed=1)
        outbox.retry_failed(job=job)
        job.refresh_from_db()
        assert (job.status, job.failed, job.items.get().error) == (QueueState.RUNNING, 1, "hết giấy")

    def test_cancelled_before_it_starts_produces_nothing_and_resumed_all(self, played):
        job = self.start(played, "chi")
        outbox.cancel(job=job)
        dossiers.carry_out_batch(job)
        job.refresh_from_db()
        assert (job.status, job.done) == (QueueState.CANCELLED, 0)
        assert not DocumentVersion.objects.exists()

        outbox.resume(job=job)
        job = self.run(job)

        assert (job.status, job.done) == (QueueState.DONE, 1)

    def test_resumed_skips_what_is_done(self, played):
        job = self.start(played, "binh", "chi")
        done = dossiers.produce_dossier(review=played.review("binh"), actor=played.user("quan"))
        QueuedItem.objects.filter(job=job, key=played.review("binh").code).update(
            status=QueueState.DONE, file=done.file
        )
        Review.objects.filter(pk=played.review("binh").pk).update(form={"key": "broken"})

        job = self.run(job)

        assert (job.done, job.failed) == (2, 0)

    def test_only_what_the_actor_sees_is_in_it(self, played):
        job = self.start(played, "an", "binh", by="an")

        assert set(job.items.values_list("key", flat=True)) <= {
            played.review("an").code,
            played.review("binh").code,
        }
        with pytest.raises(Refusal):
            self.start(played, "an", by="tu")

    def test_reach_lost_meanwhile_fails_that_item_alone(self, played):
        job = self.start(played, "binh", "chi", by="ha")
        played.review("chi").ratings.update(appraising_unit=played.province.units["BTCTU"])
        Review.objects.filter(pk=played.review("chi").pk).update(unit=played.province.units["SYT"])

        job = self.run(job)

        assert job.failed == 1
        assert job.items.exclude(error="").get().key == played.review("chi").code

    def test_lost_files_fail_the_job_with_its_message(self, played):
        job = self.start(played, "chi")
        version = dossiers.produce_dossier(review=played.review("chi"), actor=played.user("quan"))
        shutil.rmtree(files.path_of(version.file).parent)

        job = self.run(job)

        assert job.status == QueueState.WAITING
        assert "FileNotFoundError" in job.error


def test_zip_keeps_the_names_as_they_are():
    content = dossiers.zipped({"2024-CB-000001 Nguyễn Thị Ất.pdf": lambda: b"%PDF-"})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.infolist()[0]

    assert info.filename == "2024-CB-000001 Nguyễn Thị Ất.pdf"
    assert info.flag_bits & 0x800


def test_job_page_shows_the_result(client, played):
    job = dossiers.start_batch(chosen=[played.review("chi")], actor=played.user("quan"))
    TestBatch().run(job)
    client.force_login(played.user("quan"))

    page = client.get(reverse("orgs:job_detail", args=[job.uuid]))

    assert reverse("orgs:file_open", args=[job.result.uuid]) in page.content.decode()
