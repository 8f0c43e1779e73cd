"""Answering remarks: grouped, by one officer at a time, while the opinions are put together."""

import pytest

from criteria.models import Addressee, Answer, Clause, Remark
from criteria.selectors.consulting import synthesis
from criteria.services.consulting import amendments, answers
from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from tests.criteria.synthesis import made


@pytest.fixture
def grouped(asked, giang):
    """Sở Kế hoạch và Đầu tư and Sở Y tế propose the same for Điều 2: one answer."""
    return made.group(asked, giang, "Điều 2", ("SKH", "SYT"), "accepted", "", summary="Đánh giá theo quý")


def edit(answer, actor, version, *, reason="Đã có quy định riêng."):
    return answers.edit_answer(
        answer=answer, summary="Đánh giá theo quý", verdict="not_accepted", reason=reason, actor=actor, version=version
    )


class TestGroup:
    def test_remarks_that_say_the_same_get_one_answer(self, asked, grouped):
        assert set(grouped.remarks.all()) == set(made.remarks(asked, "Điều 2", "SKH", "SYT"))
        assert (grouped.verdict, grouped.summary, grouped.answered_by.username) == (
            "accepted",
            "Đánh giá theo quý",
            "giang",
        )

    def test_answer_without_a_summary_takes_the_words_of_the_first_proposal(self, asked, giang):
        answer = made.group(asked, giang, "Điều 2", ("SNV",), "", "")

        assert answer.summary == "Đánh giá sáu tháng một lần."

    def test_proposal_to_drop_is_summed_up_by_its_reason(self, asked, giang):
        assert made.group(asked, giang, "Điều 3", ("SKH",), "", "").summary.startswith("Công khai mức xếp loại")

    def test_more_remarks_come_under_an_answer_that_is_there(self, asked, giang, grouped):
        answers.group_remarks(
            clause=made.clause(asked, "Điều 2"),
            remarks=made.remarks(asked, "Điều 2", "SNV"),
            answer=grouped,
            actor=giang,
        )

        row = Answer.objects.get()
        assert row.remarks.count() == 3
        assert (row.verdict, row.summary, row.version) == ("accepted", "Đánh giá theo quý", 2)

    def test_answers_stand_in_the_order_in_which_they_were_given(self, asked, giang, grouped):
        later = made.group(asked, giang, "Điều 2", ("SNV",), "", "")

        assert [group.answer for group in synthesis.groups_of(made.clause(asked, "Điều 2"))] == [grouped, later]

    def test_nothing_is_grouped_without_remarks(self, asked, giang):
        with pytest.raises(Refusal, match="ít nhất một") as refused:
            answers.group_remarks(clause=made.clause(asked, "Điều 2"), remarks=[], actor=giang)
        assert refused.value.field == "remarks"

    def test_remark_of_another_clause_is_not_taken(self, asked, giang):
        with pytest.raises(Stale):
            answers.group_remarks(
                clause=made.clause(asked, "Điều 2"), remarks=made.remarks(asked, "Điều 3"), actor=giang
            )
        assert not Answer.objects.exists()

    def test_remark_of_a_reply_that_was_not_sent_is_not_taken(self, asked, giang):
        unsent = Remark.objects.filter(addressee__unit__code="DUK")
        with pytest.raises(Stale):
            answers.group_remarks(clause=made.clause(asked, "Tiêu chí 2"), remarks=unsent, actor=giang)

    def test_answer_of_another_clause_is_refused(self, asked, giang, grouped):
        with pytest.raises(Refusal) as refused:
            answers.group_remarks(
                clause=made.clause(asked, "Điều 3"),
                remarks=made.remarks(asked, "Điều 3"),
                answer=grouped,
                actor=giang,
            )
        assert refused.value.field == "answer"
        assert Remark.objects.filter(answer=grouped).count() == 2

    @pytest.mark.parametrize("verdict", ["in_part", "not_accepted"])
    def test_what_is_not_taken_up_in_full_is_explained(self, asked, giang, verdict):
        with pytest.raises(Refusal) as refused:
            made.group(asked, giang, "Điều 2", ("SNV",), verdict, "  ")
        assert refused.value.field == "reason"
        assert not Answer.objects.exists()

    def test_unknown_verdict_is_refused(self, asked, giang):
        with pytest.raises(Refusal) as refused:
            made.group(asked, giang, "Điều 2", ("SNV",), "perhaps", "")
        assert refused.value.field == "verdict"

    def test_act_stands_in_the_history_of_the_consultation(self, asked, grouped):
        event = AuditEvent.objects.get(action="answer.grouped")
        assert (event.chain, event.object_id) == (asked.chain, str(grouped.uuid))
        assert all(str(row.uuid) in event.payload for row in grouped.remarks.all())
        assert "Đánh giá theo quý" not in event.payload


class TestWho:
    @pytest.mark.parametrize("short", ["khanh", "an", "tu"])
    def test_nobody_else_answers(self, asked, province, short):
        with pytest.raises(Forbidden):
            made.group(asked, province.users[short], "Điều 2", ("SKH",), "accepted", "")
        assert not Answer.objects.exists()

    @pytest.mark.parametrize("state", ["open", "submitted", "finished"])
    def test_remarks_are_answered_only_while_they_are_put_together(self, province, giang, state):
        row = made.consultation(province, state=state)
        with pytest.raises(Refusal):
            made.group(row, giang, "Điều 2", ("SKH",), "accepted", "")
        with pytest.raises(Refusal):
            made.amend(row, giang, "Điều 2", "Khác.")
        assert not Answer.objects.exists()
        assert not Clause.objects.exclude(amended="").exists()


class TestTwoOfficers:
    def test_second_of_two_editors_is_refused_and_the_first_text_stays(self, giang, grouped):
        edit(grouped, giang, grouped.version)

        with pytest.raises(Stale):
            edit(grouped, giang, grouped.version, reason="Ghi đè.")

        row = Answer.objects.get()
        assert (row.reason, row.version) == ("Đã có quy định riêng.", 2)

    def test_remark_that_somebody_answered_is_not_taken_from_him(self, asked, giang, grouped):
        with pytest.raises(Stale):
            made.group(asked, giang, "Điều 2", ("SKH", "SNV"), "not_accepted", "Không phù hợp.")

        assert Answer.objects.get() == grouped
        assert grouped.remarks.count() == 2

    def test_answer_that_is_gone_is_a_conflict(self, giang, grouped):
        answers.release_remarks(answer=grouped, remarks=grouped.remarks.all(), actor=giang, version=1)
        with pytest.raises(Stale):
            edit(grouped, giang, 1)

    def test_remarks_added_meanwhile_are_seen_before_the_answer_is_rewritten(self, asked, giang, grouped):
        answers.group_remarks(
            clause=made.clause(asked, "Điều 2"),
            remarks=made.remarks(asked, "Điều 2", "SNV"),
            answer=grouped,
            actor=giang,
        )
        with pytest.raises(Stale):
            edit(grouped, giang, 1)

    def test_words_of_an_answer_survive_remarks_put_under_it_from_an_old_page(self, asked, giang, grouped):
        edit(grouped, giang, 1)
        answers.group_remarks(
            clause=made.clause(asked, "Điều 2"),
            remarks=made.remarks(asked, "Điều 2", "SNV"),
            answer=grouped,
            actor=giang,
        )
        row = Answer.objects.get()
        assert (row.verdict, row.reason, row.version) == ("not_accepted", "Đã có quy định riêng.", 3)

    def test_second_of_two_who_mend_a_clause_is_refused(self, asked, giang):
        clause = made.clause(asked, "Điều 2")
        made.amend(asked, giang, "Điều 2", "Bản thứ nhất.")

        with pytest.raises(Stale):
            amendments.amend_clause(clause=clause, amended="Bản thứ hai.", is_dropped=False, actor=giang, version=1)

        assert made.clause(asked, "Điều 2").amended == "Bản thứ nhất."


class TestRelease:
    def test_remark_stands_free_again_and_the_answer_stays_with_the_others(self, asked, giang, grouped):
        (out,) = made.remarks(asked, "Điều 2", "SYT")

        row = answers.release_remarks(answer=grouped, remarks=[out], actor=giang, version=1)

        assert list(row.remarks.all()) == made.remarks(asked, "Điều 2", "SKH")
        assert row.version == 2
        assert out in synthesis.free_remarks(made.clause(asked, "Điều 2"))

    def test_answer_without_remarks_goes(self, giang, grouped):
        assert answers.release_remarks(answer=grouped, remarks=grouped.remarks.all(), actor=giang, version=1) is None
        assert not Answer.objects.exists()
        assert AuditEvent.objects.filter(action="answer.released").exists()

    def test_choosing_none_is_refused(self, giang, grouped):
        with pytest.raises(Refusal):
            answers.release_remarks(answer=grouped, remarks=[], actor=giang, version=1)

    def test_answer_whose_remarks_were_withdrawn_can_be_removed(self, giang, grouped):
        Remark.objects.filter(answer=grouped).delete()

        assert answers.release_remarks(answer=grouped, remarks=[], actor=giang, version=1) is None


class TestClause:
    def test_amended_clause_shows_the_difference_word_by_word(self, asked, giang):
        made.amend(asked, giang, "Điều 2", "Việc đánh giá được thực hiện hằng quý, trước ngày 31 tháng 12.")

        found = [(piece.kind, piece.text) for piece in synthesis.changes_of(made.clause(asked, "Điều 2"))]

        assert found == [
            ("kept", "Việc đánh giá được thực hiện"),
            ("gone", "mỗi năm một lần,"),
            ("added", "hằng quý,"),
            ("kept", "trước ngày 31 tháng 12."),
        ]

    def test_line_breaks_of_a_criterion_stay_in_the_difference(self, asked, giang):
        Clause.objects.filter(label="Điều 2").update(body="Tên tiêu chí\nTốt: đạt 90%\nKém: dưới 50%")
        made.amend(asked, giang, "Điều 2", "Tên tiêu chí\nTốt: đạt 95%\nKém: dưới 50%")

        kept, gone, added, rest = synthesis.changes_of(made.clause(asked, "Điều 2"))

        assert (kept.text, gone.text, added.text, rest.text) == (
            "Tên tiêu chí\nTốt: đạt",
            "90%",
            "95%",
            "\nKém: dưới 50%",
        )

    def test_same_words_again_leave_the_clause_as_it_was(self, asked, giang):
        body = made.clause(asked, "Điều 2").body
        made.amend(asked, giang, "Điều 2", f"{body}\r\n")

        clause = made.clause(asked, "Điều 2")
        assert (clause.amended, clause.version) == ("", 2)
        assert synthesis.changes_of(clause) == ()

    def test_composed_and_decomposed_letters_are_one_spelling(self, asked, giang):
        made.amend(asked, giang, "Điều 2", "Vie\u0323\u0302c")
        assert made.clause(asked, "Điều 2").amended == "Việc"

    def test_dropped_clause_keeps_its_wording_for_taking_the_drop_back(self, asked, giang):
        made.amend(asked, giang, "Điều 2", "Hằng quý.", is_dropped=True)

        clause = made.clause(asked, "Điều 2")
        assert (clause.is_dropped, clause.amended, synthesis.text_after(clause)) == (True, "Hằng quý.", "")
        assert [piece.kind for piece in synthesis.changes_of(clause)] == ["gone"]

    def test_stranger_mends_nothing(self, asked, province):
        with pytest.raises(Forbidden):
            made.amend(asked, province.users["khanh"], "Điều 2", "Khác.")


class TestProgress:
    def test_only_sent_remarks_that_ask_for_something_are_counted(self, asked):
        # Five of the seven: one keeps its clause, one stands in a reply that was not sent.
        assert synthesis.progress(asked) == synthesis.Progress(total=5, answered=0)

    def test_answer_without_a_verdict_does_not_count(self, asked, giang):
        made.group(asked, giang, "Điều 2", ("SNV",), "", "")
        assert synthesis.progress(asked).answered == 0

    def test_next_is_the_following_clause_and_then_the_first_again(self, asked, giang):
        order = ["Điều 2", "Điều 3", "Tiêu chí 1"]
        assert synthesis.next_open(asked).label == order[0]
        following = [synthesis.next_open(asked, made.clause(asked, label)).label for label in order]
        assert following == ["Điều 3", "Tiêu chí 1", "Điều 2"]

    def test_nothing_is_next_once_all_are_answered(self, answered):
        assert synthesis.progress(answered).is_complete
        assert synthesis.next_open(answered) is None
        assert synthesis.next_open(answered, made.clause(answered, "Điều 2")) is None

    def test_remark_that_comes_late_opens_its_clause_again(self, answered):
        late = Addressee.objects.get(unit__code="CB-SKH")
        Remark.objects.create(addressee=late, clause=made.clause(answered, "Điều 1"), kind="add", wording="Thêm.")
        Addressee.objects.filter(pk=late.pk).update(state="replied")

        assert synthesis.progress(answered) == synthesis.Progress(total=6, answered=5)
        assert synthesis.next_open(answered).label == "Điều 1"

    def test_accepted_remark_on_an_unchanged_clause_is_pointed_at(self, answered):
        rows = synthesis.clause_rows(answered)
        assert [row.clause.label for row in rows if row.is_taken_without_change] == ["Tiêu chí 1"]

    def test_clauses_carry_their_counts(self, answered):
        rows = {row.clause.label: row.verdicts for row in synthesis.clause_rows(answered)}
        assert rows == {
            "Điều 1": synthesis.Verdicts(keeping=1),
            "Điều 2": synthesis.Verdicts(accepted=2, not_accepted=1),
            "Điều 3": synthesis.Verdicts(in_part=1),
            "Tiêu chí 1": synthesis.Verdicts(accepted=1),
            "Tiêu chí 2": synthesis.Verdicts(),
        }
