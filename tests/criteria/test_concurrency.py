"""Many at once in processes of their own, with real commits: nothing said is lost, nothing is done twice."""

from collections import Counter
from datetime import timedelta

import pytest

from criteria.models import (
    Acknowledgement,
    Addressee,
    Answer,
    Criterion,
    Framework,
    KeptCriterion,
    KeptRemark,
    Remark,
)
from criteria.selectors.consulting import consultations
from orgs.models import AuditEvent, Message
from orgs.services import audit
from tests import storms
from tests.criteria import storm as acts
from tests.criteria.consulting import asking
from tests.criteria.coverage import sent
from tests.criteria.frameworks.conftest import Frames
from tests.criteria.synthesis import made

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
CROWD = 8


def storm(jobs):
    answers = storms.storm(acts, jobs)
    assert audit.broken_links() == []
    return answers


def events(action, row):
    return AuditEvent.objects.filter(action=action, object_id=str(row.uuid)).count()


def sending(province, reply, times=1, user="an"):
    job = {
        "act": "move",
        "model": "criteria.Addressee",
        "pk": reply.pk,
        "name": "send",
        "user": province.users[user].pk,
    }
    return [job] * times


class TestAnswering:
    @pytest.fixture
    def reply(self, province):
        row = asking.reply_of(asking.opened(province), "SKH")
        asking.write(province, row, "nga", "Điều 1", "amend", "Thêm đối tượng áp dụng.", "Còn thiếu.")
        return asking.fresh(row)

    def writing(self, province, reply, label, texts, *, version=0):
        users = [province.users["nga"].pk, province.users["an"].pk]
        return [
            {
                "act": "remark",
                "reply": reply.pk,
                "clause": asking.clause(reply.consultation, label).pk,
                "user": users[place % 2],
                "wording": text,
                "version": version,
                "tab": f"tab-{text}",
            }
            for place, text in enumerate(texts)
        ]

    def test_answer_is_sent_once_however_often_the_button_is_pressed(self, province, reply):
        answers = storm(sending(province, reply, CROWD))
        assert answers.count("replied") == 1
        assert all("Stale" in answer for answer in answers if answer != "replied")
        assert events("addressee.send", reply) == 1

    def test_every_text_of_two_writers_stands_or_is_kept(self, province, reply):
        texts = [f"Bản viết số {number}" for number in range(CROWD)]
        answers = storm(self.writing(province, reply, "Điều 2", texts))
        stands = Remark.objects.get(addressee=reply, clause__label="Điều 2").wording
        kept = set(KeptRemark.objects.filter(settled_at=None).values_list("content__wording", flat=True))
        assert answers.count("saved") == 1
        assert kept | {stands} == set(texts)
        assert stands not in kept

    def test_text_that_comes_while_the_answer_goes_is_in_it_or_kept(self, province, reply):
        texts = [f"Đang viết số {number}" for number in range(4)]
        labels = ["Điều 2", "Điều 2, khoản 1", "Điều 2, khoản 2", "Điều 2"]
        jobs = [
            job
            for text, label in zip(texts, labels, strict=True)
            for job in self.writing(province, reply, label, [text])
        ]
        answers = storm([*jobs, *sending(province, reply)])
        assert answers[-1] == "replied"
        inside = set(Remark.objects.filter(addressee=reply).values_list("wording", flat=True))
        kept = set(KeptRemark.objects.values_list("content__wording", flat=True))
        assert set(texts) <= inside | kept
        assert {text for text, answer in zip(texts, answers, strict=False) if answer == "saved"} <= inside

    def test_bodies_that_answer_while_it_is_closed_are_counted_or_refused(self, province, reply):
        consultation = reply.consultation
        other = asking.reply_of(consultation, "SYT")
        closing = {
            "act": "move",
            "model": "criteria.Consultation",
            "pk": consultation.pk,
            "name": "close",
            "user": province.users["giang"].pk,
        }
        agreeing = {"act": "agree", "reply": other.pk, "user": province.users["dung"].pk}
        answers = storm([closing, *sending(province, reply), agreeing])
        assert answers[0] == "synthesis"
        counted = Addressee.objects.filter(consultation=consultation, state="replied").count()
        assert counted == answers[1:].count("replied")
        assert consultations.picture_of(asking.fresh(consultation)).answered == counted
        assert Remark.objects.filter(addressee=reply).count() == 1

    def test_agreeing_and_objecting_at_once_never_stand_together(self, province):
        row = asking.reply_of(asking.opened(province), "SKH")
        agreeing = {"act": "agree", "reply": row.pk, "user": province.users["an"].pk}
        (objecting,) = self.writing(province, row, "Điều 1", ["Không nhất trí với phạm vi này."])
        storm([agreeing, objecting])
        row = asking.fresh(row)
        remarks = Remark.objects.filter(addressee=row, kind="amend").exists()
        assert not (row.is_without_remarks and remarks)
        assert remarks or KeptRemark.objects.filter(content__wording__startswith="Không nhất trí").exists()

    def test_reminders_of_one_day_go_out_once_from_many_workers(self, province, reply):
        day = reply.consultation.due_on - timedelta(days=1)
        storm([{"act": "remind", "today": day.isoformat()}] * 4)
        told = Message.objects.filter(url__contains=str(reply.uuid)).values_list("recipient", "dedup_key")
        assert told.exists()
        assert max(Counter(told).values()) == 1


class TestAsking:
    def test_bodies_picked_in_two_windows_are_addressed_once(self, province):
        row = asking.with_text(province, asking.draft(province))
        units = [province.units[code].pk for code in ("SKH", "SYT", "DUK")]
        job = {"act": "address", "consultation": row.pk, "units": units, "user": province.users["giang"].pk}
        answers = storm([job] * CROWD)
        assert answers.count("addressed") == 1
        assert row.addressees.count() == len(units)

    def test_remarks_grouped_by_two_officers_stand_under_one_answer_each(self, province):
        row = made.consultation(province)
        clause, remarks = made.clause(row, "Điều 2"), made.remarks(row, "Điều 2")
        everything = [remark.pk for remark in remarks]
        choices = [everything, everything[:2], everything[1:], everything[:1]]
        jobs = [
            {
                "act": "group",
                "clause": clause.pk,
                "remarks": choice,
                "user": province.users["giang"].pk,
                "summary": f"Cách gộp {place}",
            }
            for place, choice in enumerate(choices)
        ]
        answers = storm(jobs)
        grouped = [choice for choice, answer in zip(choices, answers, strict=True) if answer == "grouped"]
        standing = [
            sorted(answer.remarks.values_list("pk", flat=True)) for answer in Answer.objects.filter(clause=clause)
        ]
        assert sorted(standing) == sorted(sorted(choice) for choice in grouped)
        assert len({pk for choice in grouped for pk in choice}) == sum(len(choice) for choice in grouped)
        assert sorted(Answer.objects.filter(clause=clause).values_list("order", flat=True)) == list(
            range(1, len(grouped) + 1)
        )

    def test_text_is_studied_once_however_often_the_button_is_pressed(self, province):
        row = sent.opened(province, "SKH")
        job = {"act": "acknowledge", "dissemination": row.pk, "user": province.users["binh"].pk}
        assert len(set(storm([job] * CROWD))) == 1
        assert Acknowledgement.objects.filter(dissemination=row).count() == 1
        assert AuditEvent.objects.filter(action="dissemination.acknowledged").count() == 1


class TestWriting:
    @pytest.fixture
    def frames(self, province):
        return Frames(province)

    @pytest.fixture
    def child(self, frames):
        return frames.child(frames.issued())

    def test_drafts_begun_at_once_get_editions_of_their_own(self, frames, province):
        above = frames.issued()
        job = {
            "act": "concretise",
            "framework": above.pk,
            "issuer": province.units["SYT"].pk,
            "user": province.users["khanh"].pk,
        }
        answers = storm([job] * 4)
        assert sorted(answers) == ["1", "2", "3", "4"]
        copying = {"act": "copy", "framework": above.pk, "user": province.users["giang"].pk}
        assert sorted(storm([copying] * 3)) == ["2", "3", "4"]
        counts = Counter(Framework.objects.values_list("issuer", "title", "edition"))
        assert set(counts.values()) == {1}

    def test_framework_is_issued_once(self, frames, child):
        Framework.objects.filter(pk=child.pk).update(number="15-HD/SYT", issued_on="2024-10-02")
        job = {
            "act": "move",
            "model": "criteria.Framework",
            "pk": child.pk,
            "name": "issue",
            "user": frames.user("khanh").pk,
        }
        answers = storm([job] * CROWD)
        assert answers.count("issued") == 1
        assert events("framework.issue", child) == 1

    def test_words_that_come_while_it_is_issued_are_in_it_or_kept(self, frames, child):
        Framework.objects.filter(pk=child.pk).update(number="15-HD/SYT", issued_on="2024-10-02")
        row = Criterion.objects.get(group__framework=child, code="2")
        titles = [f"Kết quả thực hiện nhiệm vụ, bản {number}" for number in range(4)]
        jobs = [
            {"act": "criterion", "criterion": row.pk, "user": frames.user("khanh").pk, "title": title, "tab": title[-1]}
            for title in titles
        ]
        issuing = {
            "act": "move",
            "model": "criteria.Framework",
            "pk": child.pk,
            "name": "issue",
            "user": frames.user("khanh").pk,
        }
        answers = storm([*jobs, issuing])
        stands = Criterion.objects.get(pk=row.pk).title
        kept = set(KeptCriterion.objects.values_list("content__title", flat=True))
        assert set(titles) <= kept | {stands}
        written = [title for title, answer in zip(titles, answers, strict=False) if answer == "written"]
        assert written == ([stands] if stands in titles else [])
        child.refresh_from_db()
        assert (child.state == "issued") == (answers[-1] == "issued")

    def test_outline_moved_by_many_keeps_every_criterion_in_one_place(self, frames, child):
        before = set(Criterion.objects.filter(group__framework=child).values_list("pk", flat=True))
        jobs = [
            {"act": "shift", "criterion": pk, "user": frames.user("khanh").pk, "place": place}
            for pk in sorted(before)
            for place in ("up", "down")
        ]
        assert set(storm(jobs)) == {"moved"}
        after = Criterion.objects.filter(group__framework=child)
        assert set(after.values_list("pk", flat=True)) == before
        places = Counter(after.values_list("group", "order"))
        assert set(places.values()) == {1}

    def test_criteria_added_at_once_get_codes_and_places_of_their_own(self, frames, child):
        group = child.groups.order_by("order").first()
        before = group.criteria.count()
        codes = storm([{"act": "add", "group": group.pk, "user": frames.user("khanh").pk}] * CROWD)
        assert len(set(codes)) == CROWD
        rows = group.criteria.order_by("order")
        assert rows.count() == before + CROWD
        assert len(set(rows.values_list("order", flat=True))) == before + CROWD
