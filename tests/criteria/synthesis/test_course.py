"""From the synthesis to the end: what bars submitting and finishing, what is written on the way, who is told."""

from datetime import date

import pytest

from criteria.models import Addressee, Answer, Consultation, Remark
from criteria.services.consulting import submissions
from orgs.models import AuditEvent, Blocked, Forbidden, Message, Refusal, Stale
from orgs.services.transitions import advance
from tests.criteria.synthesis import made


def move(row, name, actor, **more):
    return advance(row, name, actor=actor, version=Consultation.objects.get(pk=row.pk).version, **more)


def write(row, actor, **words):
    version = Consultation.objects.get(pk=row.pk).version
    given = submissions.PaperWords(**words)
    return submissions.write_papers(consultation=row, words=given, actor=actor, version=version)


@pytest.fixture
def submitted(answered, giang):
    """The consultation whose result went up."""
    return move(answered, "submit", giang)


class TestSubmit:
    def test_result_goes_up_once_every_remark_is_answered(self, submitted):
        assert submitted.state == "submitted"
        assert AuditEvent.objects.filter(action="consultation.submit", chain=submitted.chain).exists()

    def test_unanswered_remark_bars_it_and_its_clause_is_named(self, answered, giang):
        Answer.objects.filter(clause__label="Tiêu chí 1").update(verdict="")

        with pytest.raises(Blocked, match="Tiêu chí 1"):
            move(answered, "submit", giang)

        assert Consultation.objects.get().state == "synthesis"

    def test_remark_that_keeps_its_clause_bars_nothing(self, answered, giang):
        assert Remark.objects.filter(kind="keep", answer=None).exists()
        assert move(answered, "submit", giang).state == "submitted"

    def test_reply_that_was_not_sent_bars_nothing(self, answered, giang):
        assert Remark.objects.filter(addressee__state="prepared", answer=None).exists()
        assert move(answered, "submit", giang).state == "submitted"

    def test_result_goes_to_somebody(self, answered, giang):
        write(answered, giang, submission_number="1", submitted_on=date(2021, 11, 5))
        with pytest.raises(Blocked):
            move(answered, "submit", giang)

    @pytest.mark.parametrize("short", ["khanh", "an", "quan"])
    def test_only_the_asking_body_submits(self, answered, province, short):
        with pytest.raises(Forbidden):
            move(answered, "submit", province.users[short])

    def test_submission_is_taken_back_with_a_reason_and_made_again(self, submitted, giang):
        with pytest.raises(Refusal):
            move(submitted, "return", giang)
        back = move(submitted, "return", giang, note="Ban Thường vụ đề nghị làm rõ Điều 3.")
        assert back.state == "synthesis"
        made.amend(back, giang, "Điều 3", "Kết quả được công khai.")
        assert move(back, "submit", giang).state == "submitted"


class TestFinish:
    @pytest.mark.parametrize("missing", [{"submission_number": ""}, {"submitted_on": None}])
    def test_what_was_submitted_has_a_number_and_a_day(self, submitted, giang, missing):
        Consultation.objects.update(**missing)
        with pytest.raises(Blocked):
            move(submitted, "finish", giang)

    def test_contributors_are_led_to_what_became_of_their_remarks(self, submitted, giang, province):
        health = Addressee.objects.get(unit__code="SYT")
        Addressee.objects.filter(pk=health.pk).update(
            replied_by=province.users["dung"], preparer=province.users["khanh"]
        )
        Addressee.objects.filter(unit__code="UBND").update(replied_by=province.users["son"])

        move(submitted, "finish", giang)

        told = {row.recipient.username: row for row in Message.objects.all()}
        assert set(told) == {"dung", "khanh"}
        assert told["dung"].url.endswith(f"{health.uuid}/outcome")
        assert made.TITLE in told["dung"].subject

    def test_one_who_prepared_and_sent_is_told_once_and_an_answer_from_paper_tells_nobody(
        self, submitted, giang, province
    ):
        Addressee.objects.filter(unit__code="SYT").update(
            replied_by=province.users["dung"], preparer=province.users["dung"]
        )
        Addressee.objects.filter(unit__code="SKH").update(replied_by=giang, entered_by=giang)

        move(submitted, "finish", giang)

        assert [row.recipient.username for row in Message.objects.all()] == ["dung"]

    def test_papers_of_a_finished_consultation_stay_as_they_are(self, submitted, giang):
        move(submitted, "finish", giang)
        with pytest.raises(Refusal):
            write(submitted, giang, submitted_to="Người khác")
        assert Consultation.objects.get().submitted_to == "Ban Thường vụ Tỉnh ủy"


class TestWords:
    def test_words_of_the_papers_are_kept_with_their_act(self, asked, giang):
        write(asked, giang, submitted_to="Ban Thường vụ Tỉnh ủy", submission="Xin ý kiến.", signer="Lữ Ngọc Bình")

        row = Consultation.objects.get()
        assert (row.submitted_to, row.submission, row.signer, row.version) == (
            "Ban Thường vụ Tỉnh ủy",
            "Xin ý kiến.",
            "Lữ Ngọc Bình",
            2,
        )
        assert AuditEvent.objects.filter(action="consultation.papers", chain=row.chain).count() == 1

    def test_second_of_two_writers_is_refused(self, asked, giang):
        write(asked, giang, signer="Người thứ nhất")
        with pytest.raises(Stale):
            submissions.write_papers(
                consultation=asked, words=submissions.PaperWords(signer="Người thứ hai"), actor=giang, version=1
            )
        assert Consultation.objects.get().signer == "Người thứ nhất"

    def test_stranger_writes_nothing(self, asked, province):
        with pytest.raises(Forbidden):
            write(asked, province.users["khanh"], signer="X")
