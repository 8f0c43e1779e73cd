"""The pages of the synthesis as forms are sent: nothing typed is lost, nothing is shown to who was asked."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from criteria.models import Addressee, Answer, Consultation, Remark
from orgs.models import Unit
from tests.criteria.synthesis import made

MOST = 12


@pytest.fixture
def page(login):
    """The test client of the officer who puts the opinions together."""
    return login("giang")


def at(name, *things):
    return reverse(f"criteria:{name}", args=[getattr(thing, "uuid", thing) for thing in things])


def group_body(row, label, *units, **more):
    return {
        "remarks": [str(remark.uuid) for remark in made.remarks(row, label, *units)],
        "summary": "Đánh giá theo quý",
        "verdict": "accepted",
        "reason": "",
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


class TestOverview:
    def test_progress_and_the_next_clause_stand_on_top(self, page, asked):
        text = page.get(at("synthesis_detail", asked)).content.decode()
        assert "0/5 ý kiến đã trả lời" in text
        assert at("clause_answers", made.clause(asked, "Điều 2")) in text

    def test_answered_ones_are_counted_and_the_unchanged_clause_is_pointed_at(self, page, answered):
        text = page.get(at("synthesis_detail", answered)).content.decode()
        assert "5/5 ý kiến đã trả lời" in text
        warned = text.split("alert-strip--warn")[1].split("</ul>")[0]
        assert "Tiêu chí 1" in warned
        assert "Điều 2" not in warned

    def test_move_that_is_barred_says_why(self, page, asked):
        text = page.get(at("synthesis_detail", asked)).content.decode()
        assert "Chưa trả lời hết các ý kiến; ý kiến chưa trả lời đầu tiên ở “Điều 2”." in text
        assert f'action="{at("synthesis_submit", asked)}"' not in text

    def test_course_from_the_page_to_the_end(self, page, answered):
        for name, more in (("submit", {}), ("return", {"note": "Làm rõ."}), ("submit", {}), ("finish", {})):
            version = Consultation.objects.get().version
            body = {"version": version, "idempotency_key": str(uuid.uuid4()), **more}
            page.post(at(f"synthesis_{name}", answered), body)
        assert Consultation.objects.get().state == "finished"
        assert "Đã kết thúc" in page.get(at("synthesis_detail", answered)).content.decode()

    @pytest.mark.parametrize("state", ["draft", "open", "withdrawn"])
    def test_there_is_no_synthesis_before_its_time(self, page, province, state):
        assert page.get(at("synthesis_detail", made.consultation(province, state=state))).status_code == 404

    def test_who_was_asked_sees_none_of_it(self, login, asked):
        for short in ("an", "khanh", "tu"):
            client = login(short)
            for name in ("synthesis_detail", "synthesis_matrix", "synthesis_edit"):
                assert client.get(at(name, asked)).status_code == 404
            assert client.get(at("clause_answers", made.clause(asked, "Điều 2"))).status_code == 404
        assert login("an").post(at("synthesis_submit", asked), {"version": 1}).status_code == 403
        assert login("tu").post(at("synthesis_submit", asked), {"version": 1}).status_code == 404


class TestClause:
    def test_remarks_stand_beside_the_clause_with_who_made_them(self, page, asked):
        text = page.get(at("clause_answers", made.clause(asked, "Điều 2"))).content.decode()
        for word in ("mỗi năm một lần", "Sở Y tế", "Đánh giá sáu tháng một lần.", "giao chỉ tiêu theo quý"):
            assert word in text

    def test_ticked_remarks_are_answered_together_without_a_script(self, page, asked):
        clause = made.clause(asked, "Điều 2")

        answer = page.post(at("answer_create", clause), group_body(asked, "Điều 2", "SKH", "SYT"), follow=True)

        assert answer.redirect_chain[0][0] == at("clause_answers", clause)
        row = Answer.objects.get()
        assert (row.verdict, row.summary, row.remarks.count()) == ("accepted", "Đánh giá theo quý", 2)
        assert "2/5 ý kiến đã trả lời" in answer.content.decode()

    def test_going_on_leads_to_the_next_clause_that_waits(self, page, asked):
        answer = page.post(at("answer_create", made.clause(asked, "Điều 2")), group_body(asked, "Điều 2", next="1"))
        assert answer["Location"] == at("clause_answers", made.clause(asked, "Điều 3"))

    def test_going_on_from_the_last_one_leads_to_the_overview(self, page, answered):
        (row,) = made.clause(answered, "Tiêu chí 1").answers.all()
        body = {"summary": "Khác", "verdict": "accepted", "reason": "", "version": row.version, "next": "1"}
        answer = page.post(at("answer_edit", row.clause, row), body)
        assert answer["Location"] == at("synthesis_detail", answered)

    def test_form_sent_twice_makes_one_answer(self, page, asked):
        body = group_body(asked, "Điều 2", "SNV")
        for _turn in range(2):
            page.post(at("answer_create", made.clause(asked, "Điều 2")), body)
        assert Answer.objects.count() == 1

    def test_missing_explanation_keeps_ticks_and_words(self, page, asked):
        body = group_body(asked, "Điều 2", "SNV", verdict="not_accepted", summary="Lời tóm tắt đã gõ")

        answer = page.post(at("answer_create", made.clause(asked, "Điều 2")), body)

        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Lời tóm tắt đã gõ" in text
        ticked = text.split(f'value="{body["remarks"][0]}"')[1].split(">")[0]
        assert "checked" in ticked
        assert not Answer.objects.exists()

    def test_nothing_ticked_is_said(self, page, asked):
        answer = page.post(at("answer_create", made.clause(asked, "Điều 2")), group_body(asked, "Điều 2", "UBND"))
        assert "Chọn ít nhất một ý kiến." in answer.content.decode()

    def test_those_that_propose_the_same_are_found_and_ticked(self, page, asked):
        clause = made.clause(asked, "Điều 2")
        (like,) = made.remarks(asked, "Điều 2", "SKH")
        text = page.get(at("clause_answers", clause) + f"?like={like.uuid}").content.decode()
        assert text.count('name="remarks"') == text.count("checked") == 2
        assert "Đánh giá sáu tháng" not in text

    def test_remarks_come_fifty_a_page(self, page, asked, province):
        clause = made.clause(asked, "Điều 1")
        for number in range(51):
            unit = Unit.objects.create(
                code=f"M{number}", name=f"Ban {number}", kind=province.units["SKH"].kind, line="state"
            )
            Remark.objects.create(addressee=made.addressee(asked, unit), clause=clause, kind="amend", wording="x")
        assert page.get(at("clause_answers", clause)).content.decode().count('name="remarks"') == 50
        assert page.get(at("clause_answers", clause) + "?page=2").content.decode().count('name="remarks"') == 1

    def test_remark_that_somebody_answered_meanwhile_is_a_conflict_that_keeps_the_words(self, page, asked, giang):
        body = group_body(asked, "Điều 2", "SKH", "SNV", reason="Lý do đã gõ rất dài")
        made.group(asked, giang, "Điều 2", ("SKH",), "accepted", "")

        answer = page.post(at("answer_create", made.clause(asked, "Điều 2")), body)

        assert answer.status_code == 409
        assert "Lý do đã gõ rất dài" in answer.content.decode()
        assert Answer.objects.count() == 1

    def test_last_remark_answered_by_another_leaves_the_typed_words_on_the_page(self, page, asked, giang):
        body = group_body(asked, "Tiêu chí 1", "SYT", reason="Lý do đã gõ rất dài")
        made.group(asked, giang, "Tiêu chí 1", ("SYT",), "accepted", "")

        answer = page.post(at("answer_create", made.clause(asked, "Tiêu chí 1")), body)

        assert answer.status_code == 409
        assert "Lý do đã gõ rất dài" in answer.content.decode()


class TestAnswer:
    @pytest.fixture
    def row(self, asked, giang):
        return made.group(asked, giang, "Điều 2", ("SKH", "SYT"), "accepted", "")

    def edit(self, page, row, **more):
        body = {"summary": "Tóm tắt", "verdict": "in_part", "reason": "Giải trình mới", "version": row.version, **more}
        return page.post(at("answer_edit", row.clause, row), body)

    def test_answer_is_rewritten(self, page, row):
        assert self.edit(page, row).status_code == 302
        assert Answer.objects.get().reason == "Giải trình mới"

    def test_of_two_officers_the_second_sees_both_texts_and_may_save_again(self, page, row):
        self.edit(page, row, reason="Của người thứ nhất")

        answer = self.edit(page, row, reason="Của người thứ hai")

        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Của người thứ hai" in text
        assert Answer.objects.get().reason == "Của người thứ nhất"
        form = text.split(f'action="{at("answer_edit", row.clause, row)}"')[1].split("</form>")[0]
        assert 'name="version" value="2"' in form
        self.edit(page, row, reason="Của người thứ hai", version=2)
        assert Answer.objects.get().reason == "Của người thứ hai"

    def test_what_the_first_wrote_stands_beside_what_the_second_typed(self, page, row):
        self.edit(page, row, reason="Của người thứ nhất")
        assert "Của người thứ nhất" in self.edit(page, row, reason="Của người thứ hai").content.decode()

    def test_words_for_an_answer_that_is_gone_are_offered_for_a_new_one(self, page, row):
        row.remarks.update(answer=None)
        Answer.objects.all().delete()

        answer = self.edit(page, row, reason="Công sức cả buổi")

        assert answer.status_code == 409
        assert "Công sức cả buổi" in answer.content.decode()

    def test_remarks_are_taken_out_by_ticks(self, page, row, asked):
        (out,) = made.remarks(asked, "Điều 2", "SYT")
        page.post(at("answer_release", row.clause, row), {"remarks": [str(out.uuid)], "version": row.version})
        assert Answer.objects.get().remarks.count() == 1

    def test_form_without_a_version_is_refused(self, page, row):
        assert page.post(at("answer_edit", row.clause, row), {"summary": "x"}).status_code == 409


class TestAmend:
    def amend(self, page, clause, words, version):
        return page.post(at("clause_amend", clause), {"amended": words, "version": version})

    def test_difference_stands_on_the_page(self, page, asked):
        clause = made.clause(asked, "Điều 2")
        self.amend(page, clause, "Việc đánh giá được thực hiện hằng quý.", 1)
        text = page.get(at("clause_answers", clause)).content.decode()
        assert "<ins>hằng quý.</ins>" in text
        assert "<del>mỗi năm một lần," in text

    def test_of_two_who_mend_the_second_loses_nothing(self, page, asked):
        clause = made.clause(asked, "Điều 2")
        self.amend(page, clause, "Bản thứ nhất.", 1)

        answer = self.amend(page, clause, "Bản thứ hai.", 1)

        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Bản thứ hai." in text
        assert "Bản thứ nhất." in text
        assert made.clause(asked, "Điều 2").amended == "Bản thứ nhất."

    def test_finished_consultation_shows_and_asks_nothing(self, page, answered):
        Consultation.objects.update(state="finished")
        text = page.get(at("clause_answers", made.clause(answered, "Điều 2"))).content.decode()
        assert 'method="post"' not in text.split('<main id="main"')[1].split("</main>")[0]
        assert "Quy định 366-QĐ/TW đã yêu cầu" in text


class TestForms:
    @pytest.mark.parametrize("name", ["synthesis_detail", "clause_answers", "synthesis_edit"])
    def test_every_form_carries_its_token(self, page, answered, name):
        subject = made.clause(answered, "Điều 2") if name == "clause_answers" else answered
        main = page.get(at(name, subject)).content.decode().split("<main")[1].split("</main>")[0]
        posted = [form for form in main.split("<form")[1:] if 'method="post"' in form.split(">")[0]]
        assert posted
        assert all("csrfmiddlewaretoken" in form.split("</form>")[0] for form in posted)


class TestPapers:
    def test_words_of_the_papers_are_written_from_the_page(self, page, asked):
        body = {"submitted_to": "Ban Thường vụ Tỉnh ủy", "submitted_on": "05/11/2021", "version": 1}
        answer = page.post(at("synthesis_edit", asked), body)
        assert answer["Location"] == at("synthesis_detail", asked)
        row = Consultation.objects.get()
        assert (row.submitted_to, row.submitted_on) == ("Ban Thường vụ Tỉnh ủy", date(2021, 11, 5))

    def test_before_the_synthesis_only_the_letter_is_asked_and_the_rest_stays(self, page, province):
        row = made.consultation(province, state="open", submitted_to="Ban Thường vụ")
        text = page.get(at("synthesis_edit", row)).content.decode()
        assert 'name="signer"' in text
        assert 'name="submitted_to"' not in text
        answer = page.post(at("synthesis_edit", row), {"signer": "Lữ Ngọc Bình", "version": 1})
        assert answer["Location"] == at("consultation_detail", row)
        assert Consultation.objects.get().submitted_to == "Ban Thường vụ"

    def test_nothing_is_written_after_the_end(self, page, answered):
        Consultation.objects.update(state="finished")
        assert page.get(at("synthesis_edit", answered)).status_code == 403


class TestMatrix:
    def test_bodies_stand_against_clauses_with_what_became_of_each_remark(self, page, answered):
        text = page.get(at("synthesis_matrix", answered)).content.decode()
        (health,) = [row for row in text.split("<tr") if "Sở Y tế" in row and "Chi bộ" not in row]
        assert "S✓" in health
        assert "B✓" in health
        (party,) = [row for row in text.split("<tr") if "Đảng ủy Khối" in row]
        assert "chưa trả lời" in party
        assert "X" not in party.split("</th>")[1]

    @pytest.mark.parametrize(
        ("status", "names"),
        [
            ("answered", {"Sở Kế hoạch và Đầu tư", "Sở Y tế", "Sở Nội vụ"}),
            ("agreed", {"Ủy ban nhân dân tỉnh Quảng Ngãi"}),
            ("late", {"Sở Y tế"}),
            (
                "silent",
                {"Đảng ủy Khối các cơ quan tỉnh", "Chi bộ Sở Kế hoạch và Đầu tư", "Chi bộ Sở Y tế", "Trần Thị Bình"},
            ),
        ],
    )
    def test_matrix_is_narrowed_by_who_answered(self, page, answered, status, names):
        rows = page.get(at("synthesis_matrix", answered) + f"?status={status}").context["rows"]
        assert {str(row.addressee) for row in rows} == names

    def test_body_is_found_by_its_name_without_marks(self, page, answered):
        rows = page.get(at("synthesis_matrix", answered) + "?q=so y te").context["rows"]
        assert [str(row.addressee) for row in rows] == ["Chi bộ Sở Y tế", "Sở Y tế"]

    def test_nonsense_in_the_address_is_no_filter(self, page, answered):
        found = page.get(at("synthesis_matrix", answered) + "?status=x&part=99").context
        assert (len(found["rows"]), found["part"].number) == (8, 1)

    def test_many_clauses_are_shown_in_parts(self, page, answered):
        text = made.clause(answered, "Điều 1").text
        for number in range(10, 50):
            text.clauses.create(order=number, label=f"Điều {number}", body="Nội dung.")
        found = page.get(at("synthesis_matrix", answered) + "?part=2").context["part"]
        assert (found.parts, len(found.columns)) == (2, 5)


class TestOutcome:
    @pytest.fixture
    def finished(self, answered):
        Consultation.objects.update(state="finished")
        return Consultation.objects.get()

    def of(self, code):
        return Addressee.objects.get(unit__code=code)

    def test_body_sees_what_became_of_each_of_its_remarks(self, login, finished):
        text = login("an").get(at("reply_outcome", self.of("SKH"))).content.decode()
        for word in (
            "Điều 2",
            "Tiếp thu",
            "Điều 3",
            "Tiếp thu một phần",
            "Giữ nguyên tắc công khai",
            "đã được bỏ",
        ):
            assert word in text

    def test_body_sees_nothing_of_another(self, login, finished):
        text = login("an").get(at("reply_outcome", self.of("SKH"))).content.decode()
        assert "Ngành y tế" not in text
        assert login("an").get(at("reply_outcome", self.of("SYT"))).status_code == 404

    def test_nothing_is_told_before_the_end(self, login, answered):
        assert login("an").get(at("reply_outcome", self.of("SKH"))).status_code == 404

    def test_body_that_agreed_reads_that_it_agreed(self, page, finished):
        text = page.get(at("reply_outcome", self.of("UBND"))).content.decode()
        assert "Nhất trí, không có ý kiến" in text


class TestQueries:
    @pytest.mark.parametrize("name", ["synthesis_detail", "synthesis_matrix", "clause_answers"])
    def test_queries_do_not_grow(self, page, answered, giang, province, name, django_assert_max_num_queries):
        subject = made.clause(answered, "Điều 2") if name == "clause_answers" else answered
        counts = []
        for number in range(3):
            unit = Unit.objects.create(
                code=f"M{number}", name=f"Ban {number}", kind=province.units["SKH"].kind, line="state"
            )
            body = made.addressee(answered, unit)
            for clause in made.clause(answered, "Điều 2").text.clauses.all():
                Remark.objects.create(addressee=body, clause=clause, kind="amend", wording=f"Phương án {number}")
                if number:
                    made.group(answered, giang, clause.label, (unit.code,), "accepted", "")
            page.get(at(name, subject))
            with django_assert_max_num_queries(MOST) as found:
                page.get(at(name, subject))
            counts.append(len(found))
        assert len(set(counts)) == 1
