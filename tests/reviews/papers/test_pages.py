"""Pages and files of the papers: who finds them, who is refused, what they offer."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from orgs.models import DocumentVersion, QueuedJob, RatingKind
from reviews.models import Rating, Review
from reviews.services.papers import dossiers
from tests.uploads import PDF


def at(name, thing):
    return reverse(f"reviews:{name}", args=[thing.uuid])


class TestDossierPage:
    @pytest.mark.parametrize("short", ["an", "giang", "ha", "lan", "minh", "nga", "oanh", "quan"])
    def test_readers_find_it(self, client, played, short):
        client.force_login(played.user(short))

        assert client.get(at("dossier", played.review("an"))).status_code == 200

    @pytest.mark.parametrize("short", ["khanh", "tu", "chi", "dung", "phuc", "son"])
    def test_others_do_not(self, client, played, short):
        client.force_login(played.user(short))

        for name in ("dossier", "dossier_preview"):
            assert client.get(at(name, played.review("an"))).status_code == 404
        assert client.post(at("dossier", played.review("an"))).status_code == 404
        assert not DocumentVersion.objects.exists()

    def test_nobody_looks_without_an_account(self, client, played):
        assert client.get(at("dossier", played.review("an"))).status_code == 302

    def test_who_sees_the_review_and_gets_no_dossier_is_told_why(self, client, played):
        # Bình sits in the leadership that heard Chi's head An only as a member of another venue's cell.
        review = played.review("chi")
        head = played.user("an")
        review.venues.all().delete()
        client.force_login(head)

        answer = client.get(at("dossier", review))

        assert answer.status_code == 403
        assert "Hồ sơ" in answer.content.decode() or "dossier" in answer.content.decode()

    def test_produce_twice_says_that_nothing_changed(self, client, played):
        client.force_login(played.user("oanh"))
        address = at("dossier", played.review("chi"))

        first = client.post(address, follow=True)
        again = client.post(address, follow=True)

        version = DocumentVersion.objects.get()
        assert version.code in first.content.decode()
        assert [message.level_tag for message in again.context["messages"]] == ["info"]

    def test_scan_is_attached_from_the_page_once(self, client, played):
        client.force_login(played.user("oanh"))
        version = dossiers.produce_dossier(review=played.review("chi"), actor=played.user("oanh"))
        address, back = reverse("orgs:version_scan", args=[version.code]), at("dossier", played.review("chi"))

        def send():
            upload = SimpleUploadedFile("ky.pdf", PDF)
            return client.post(address, {"file": upload, "next": back}, follow=True)

        page = send()
        version.refresh_from_db()
        scan = version.signed_scan_id
        send()
        version.refresh_from_db()

        assert page.redirect_chain == [(back, 302)]
        assert reverse("orgs:file_open", args=[version.signed_scan.uuid]) in page.content.decode()
        assert version.signed_scan_id == scan

    def test_stranger_attaches_no_scan(self, client, played):
        version = dossiers.produce_dossier(review=played.review("chi"), actor=played.user("oanh"))
        client.force_login(played.user("khanh"))

        answer = client.post(
            reverse("orgs:version_scan", args=[version.code]), {"file": SimpleUploadedFile("ky.pdf", PDF)}
        )

        assert answer.status_code == 404

    def test_file_opens_for_its_readers_alone(self, client, played):
        version = dossiers.produce_dossier(review=played.review("an"), actor=played.user("giang"))
        address = reverse("orgs:file_open", args=[version.file.uuid])

        found = {}
        for short in ("giang", "an", "khanh"):
            client.force_login(played.user(short))
            found[short] = client.get(address).status_code

        assert found == {"giang": 200, "an": 404, "khanh": 404}

    def test_preview_shows_the_same_sheets(self, client, played):
        client.force_login(played.user("an"))

        content = client.get(at("dossier_preview", played.review("an"))).content.decode()

        assert "BẢN KIỂM ĐIỂM CÁ NHÂN" in content
        assert "PHIẾU THẨM ĐỊNH" not in content

    @pytest.mark.parametrize("is_sent", [False, True])
    def test_preview_of_a_text_that_was_not_sent_says_draft(self, client, played, is_sent):
        if not is_sent:
            Review.objects.filter(pk=played.review("an").pk).update(submitted_at=None)
        client.force_login(played.user("an"))

        content = client.get(at("review_preview", played.review("an"))).content.decode()

        assert ("DỰ THẢO" in content) is not is_sent
        assert "documents/preview.css" in content
        assert ("ngày … tháng … năm …</p>" in content.split("BẢN KIỂM ĐIỂM")[0]) is not is_sent

    def test_page_of_the_review_leads_there_only_who_may(self, client, played):
        address = at("dossier", played.review("an"))

        client.force_login(played.user("an"))
        assert address in client.get(at("review_detail", played.review("an"))).content.decode()


class TestSinglePapers:
    @pytest.mark.parametrize(("short", "status"), [("nga", 200), ("an", 200), ("ha", 200), ("khanh", 404), ("tu", 404)])
    def test_minutes_for_who_reads_the_meeting(self, client, played, short, status):
        client.force_login(played.user(short))

        answer = client.get(at("minutes", played.meetings["TT-SKH"]))

        assert answer.status_code == status
        assert status == 404 or answer.content.startswith(b"%PDF-")

    @pytest.mark.parametrize(("short", "status"), [("an", 200), ("giang", 200), ("dung", 404), ("tu", 404)])
    def test_notice_for_subject_and_bodies(self, client, played, short, status):
        client.force_login(played.user(short))

        assert client.get(at("notice", played.rating("an", RatingKind.CADRE))).status_code == status

    def test_no_notice_before_it_was_given(self, client, played):
        rating = played.rating("an", RatingKind.CADRE)
        Rating.objects.filter(pk=rating.pk).update(notified_at=None)
        client.force_login(played.user("giang"))

        assert client.get(at("notice", rating)).status_code == 404

    @pytest.mark.parametrize(("short", "status"), [("lan", 200), ("quan", 200), ("an", 404), ("tu", 404)])
    def test_decision_for_the_body_and_who_watches(self, client, played, short, status):
        client.force_login(played.user(short))

        assert client.get(at("conclusion_paper", played.conclusions[-1])).status_code == status

    @pytest.mark.parametrize("name", ["dossier", "minutes", "notice", "conclusion_paper"])
    def test_unknown_papers_are_not_found(self, client, played, name):
        client.force_login(played.user("quan"))

        assert client.get(reverse(f"reviews:{name}", args=[uuid.uuid4()])).status_code == 404


class TestBatchPage:
    address = reverse("reviews:dossier_batch")

    def test_chosen_reviews_become_one_job(self, client, played):
        client.force_login(played.user("quan"))
        chosen = [str(played.review(short).uuid) for short in ("binh", "chi")]

        page = client.get(self.address, {"unit": "SKH"})
        answer = client.post(self.address, {"review": chosen, "idempotency_key": "k1"})
        again = client.post(self.address, {"review": chosen, "idempotency_key": "k1"})

        job = QueuedJob.objects.get(kind="dossier.batch")
        assert all(value in page.content.decode() for value in chosen)
        assert answer["Location"] == again["Location"] == reverse("orgs:job_detail", args=[job.uuid])
        assert job.total == 2

    @pytest.mark.parametrize("chosen", [[], ["nonsense"], [str(uuid.uuid4())]])
    def test_nothing_chosen_starts_nothing(self, client, played, chosen):
        client.force_login(played.user("quan"))

        answer = client.post(self.address, {"review": chosen}, follow=True)

        assert not QueuedJob.objects.filter(kind="dossier.batch").exists()
        assert [message.level_tag for message in answer.context["messages"]] in (["error"], ["danger"])

    @pytest.mark.parametrize("short", ["an", "oanh", "tu", "phuc"])
    def test_others_are_refused(self, client, played, short):
        client.force_login(played.user(short))

        assert client.get(self.address).status_code == 403
        assert client.post(self.address, {"review": [str(played.review("an").uuid)]}).status_code == 403

    def test_reviews_out_of_reach_cannot_be_smuggled_in(self, client, played):
        client.force_login(played.user("giang"))
        chosen = [str(played.review(short).uuid) for short in ("an", "chi")]

        client.post(self.address, {"review": chosen})

        job = QueuedJob.objects.get(kind="dossier.batch")
        assert list(job.items.values_list("key", flat=True)) == [played.review("an").code]


class TestCommand:
    def test_dossier_is_written_by_public_code(self, played, tmp_path, capsys):
        target = tmp_path / "ho so.pdf"

        call_command("render_dossier", played.review("TT-SKH").code.lower(), "-o", str(target))

        assert target.read_bytes().startswith(b"%PDF-1.7")
        assert str(target) in capsys.readouterr().out
        assert not DocumentVersion.objects.exists()

    def test_unknown_code_is_a_sentence_and_writes_nothing(self, played, tmp_path):
        target = tmp_path / "x.pdf"

        with pytest.raises(CommandError, match="2024-CB-999999"):
            call_command("render_dossier", "2024-CB-999999", "-o", str(target))

        assert not target.exists()

    def test_folder_that_is_not_there_is_a_sentence(self, played, tmp_path):
        with pytest.raises(CommandError, match="thieu"):
            call_command("render_dossier", played.review("chi").code, "-o", str(tmp_path / "thieu" / "x.pdf"))
