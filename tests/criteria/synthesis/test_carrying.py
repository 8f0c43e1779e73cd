"""The wording that came out of a consultation goes into the framework that was put out, or not at all."""

import pytest
from django.urls import reverse

from criteria.models import Clause, Criterion, Framework
from criteria.selectors.consulting import synthesis
from criteria.selectors.frameworks import frameworks
from criteria.services.consulting import carrying
from orgs.models import AuditEvent, Forbidden, Refusal
from tests.criteria import rounds
from tests.criteria.synthesis import made


@pytest.fixture
def text(province):
    return made.framework_put_out(province, rounds.regulation())


def amend(text, actor, old, new, *, order=1):
    clause = text.clauses.select_related("text").get(order=order)
    assert old in clause.body
    made.amendments.amend_clause(
        clause=clause, amended=clause.body.replace(old, new), is_dropped=False, actor=actor, version=clause.version
    )


def criterion(order=1):
    return Criterion.objects.get(order=order)


class TestCarry:
    def test_title_and_level_that_were_amended_are_written(self, text, giang):
        amend(text, giang, "Đạt từ 90%.", "Đạt từ 95%\nvà đúng hạn.")
        amend(text, giang, "Tiêu chí số 2", "Tiêu chí thứ hai", order=2)

        assert carrying.carry_wording(text=text, actor=giang) == 2

        levels = frameworks.texts_of(criterion())
        assert levels == {
            "excellent": "Đạt 100%.",
            "good": "Đạt từ 95%\nvà đúng hạn.",
            "average": "Đạt từ 70%.",
            "poor": "Dưới 70%.",
        }
        assert (criterion().title, criterion(2).title) == ("Tiêu chí số 1", "Tiêu chí thứ hai")
        assert Framework.objects.get().version == 2
        assert AuditEvent.objects.filter(action="framework.updated").count() == 1

    def test_carrying_twice_changes_nothing_more(self, text, giang):
        amend(text, giang, "Đạt 100%.", "Đạt 100% trở lên.")
        carrying.carry_wording(text=text, actor=giang)
        assert carrying.carry_wording(text=text, actor=giang) == 0
        assert Framework.objects.get().version == 2

    def test_dropped_clause_leaves_its_criterion(self, text, giang):
        Clause.objects.filter(text=text, order=1).update(amended="Bỏ", is_dropped=True)
        assert carrying.carry_wording(text=text, actor=giang) == 0
        assert criterion().title == "Tiêu chí số 1"

    def test_clause_that_lost_a_level_is_named_and_nothing_is_half_carried(self, text, giang):
        amend(text, giang, "Đạt 100%.", "Đạt 100% trở lên.")
        clause = text.clauses.get(order=2)
        Clause.objects.filter(pk=clause.pk).update(amended="Tiêu chí thứ hai\nchỉ còn tên")

        with pytest.raises(Refusal, match="tiêu chí 2.*Xuất sắc") as refused:
            carrying.carry_wording(text=text, actor=giang)

        assert "Kém" in refused.value.message
        assert frameworks.texts_of(criterion())["excellent"] == "Đạt 100%."

    def test_clause_without_its_title_is_refused(self, text, giang):
        amend(text, giang, "Tiêu chí số 1\n", "")
        with pytest.raises(Refusal, match="tên tiêu chí"):
            carrying.carry_wording(text=text, actor=giang)

    def test_clause_whose_criterion_is_gone_is_refused(self, text, giang):
        amend(text, giang, "Đạt 100%.", "Đạt 100% trở lên.")
        Clause.objects.filter(text=text, order=1).update(source="99")
        with pytest.raises(Refusal):
            carrying.carry_wording(text=text, actor=giang)

    @pytest.mark.parametrize("state", ["issued", "consultation", "submitted", "superseded"])
    def test_framework_that_is_not_being_written_stays(self, text, giang, state):
        amend(text, giang, "Đạt 100%.", "Đạt 100% trở lên.")
        Framework.objects.update(state=state)
        with pytest.raises(Refusal):
            carrying.carry_wording(text=text, actor=giang)
        assert frameworks.texts_of(criterion())["excellent"] == "Đạt 100%."

    def test_text_from_outside_is_no_framework(self, text, giang):
        outside = text.consultation.texts.get(order=1)
        with pytest.raises(Refusal):
            carrying.carry_wording(text=outside, actor=giang)

    def test_stranger_carries_nothing(self, text, province):
        with pytest.raises(Forbidden):
            carrying.carry_wording(text=text, actor=province.users["khanh"])


class TestPage:
    def test_overview_offers_it_and_the_act_comes_back_to_it(self, login, text, giang):
        amend(text, giang, "Đạt 100%.", "Đạt 100% trở lên.")
        page = login("giang")
        overview = reverse("criteria:synthesis_detail", args=[text.consultation.uuid])
        act = reverse("criteria:text_carry", args=[text.uuid])
        assert f'action="{act}"' in page.get(overview).content.decode()

        answer = page.post(act, follow=True)

        assert answer.redirect_chain == [(overview, 302)]
        assert "Đã thay đổi 1 tiêu chí." in answer.content.decode()

    def test_nothing_is_offered_while_no_clause_changed(self, text):
        assert synthesis.drafts_of(synthesis.clause_rows(text.consultation)) == []

    def test_refusal_is_said_on_the_overview(self, login, text):
        Clause.objects.filter(text=text, order=1).update(amended="Chỉ còn tên")
        answer = login("giang").post(reverse("criteria:text_carry", args=[text.uuid]), follow=True)
        assert "Không thể đưa “Nhóm I, tiêu chí 1” vào khung" in answer.content.decode()

    def test_who_was_asked_does_not_find_it(self, login, text):
        assert login("an").post(reverse("criteria:text_carry", args=[text.uuid])).status_code == 404
