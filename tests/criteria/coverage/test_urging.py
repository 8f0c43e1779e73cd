"""Urging: what is owed in each matter, the drafted letter, sending it with notices, the telephone log."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from criteria.documents.urging import urging_sheet
from criteria.models import Addressee, Consultation, PhoneCall, UrgingLetter
from criteria.selectors.reaching import coverage_pages, urging
from criteria.selectors.reaching.coverage import CoverageBook
from criteria.services.reaching import disseminations
from criteria.services.reaching import urging as services
from criteria.services.reaching.urging import Call, LetterWords
from orgs.models import Forbidden, Message, Refusal, Stale
from orgs.services.transitions import start
from tests.criteria import rounds
from tests.criteria.coverage import sent
from tests.criteria.coverage.test_coverage import issued

pytestmark = pytest.mark.django_db
WORDS = LetterWords(number="12-CV/BTCTU", written_on=date(2026, 11, 10), due_on=date(2026, 11, 20), text="Đề nghị.")


@pytest.fixture
def study(province):
    return urging.Matter("dissemination", sent.opened(province, "SKH", "SYT"))


@pytest.fixture
def coverage(province):
    return urging.Matter("coverage", rounds.prepared_cycle(province))


def asked(province, *codes, cadres=()):
    """A consultation that is out, asked of these bodies and cadres."""
    row = Consultation(
        issuer=province.units["BTCTU"],
        title="Dự thảo Quy định xếp loại",
        due_on=date(2026, 10, 10),
        opened_at=timezone.now(),
    )
    start(row, "consultation")
    row.state = "open"
    row.save()
    for given in [{"unit": province.units[code]} for code in codes] + [{"person": province.people[c]} for c in cadres]:
        addressee = Addressee(consultation=row, **given)
        start(addressee, "addressee")
        addressee.save()
    return row


def draft(province, matter, *codes, who="giang", issuer="BTCTU"):
    return services.draft_letter(
        matter=matter,
        issuer=province.units[issuer],
        units=[province.units[code] for code in codes],
        actor=province.users[who],
        due_on=date(2026, 11, 20),
    )


def sent_letter(province, matter, *codes):
    letter = draft(province, matter, *codes)
    letter = services.update_letter(letter=letter, words=WORDS, actor=province.users["giang"], version=letter.version)
    return services.send_letter(letter=letter, actor=province.users["giang"], version=letter.version)


def lines(letter):
    return {line.unit.code: line.missing for line in letter.lines.all()}


def words_of(sheet):
    return repr(sheet)


def test_letter_about_coverage_lists_exactly_what_each_body_lacks(province, coverage):
    issued(province, coverage.about, "SYT", subject="collective")
    letter = draft(province, coverage, "SKH", "SYT")
    assert lines(letter) == {
        "SKH": [
            "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư: chưa có khung tiêu chí cụ thể",
            "Chức vụ Chuyên viên: chưa có khung tiêu chí cụ thể",
            "Chức vụ Giám đốc Sở: chưa có khung tiêu chí cụ thể",
            "Chức vụ Phó Giám đốc Sở: chưa có khung tiêu chí cụ thể",
        ],
        "SYT": [
            "Chức vụ Chuyên viên: chưa có khung tiêu chí cụ thể",
            "Chức vụ Giám đốc Sở: chưa có khung tiêu chí cụ thể",
        ],
    }
    assert {line.unit.code: str(line.head) for line in letter.lines.all()} == {
        "SKH": "Nguyễn Văn Ấn",
        "SYT": "Phạm Quốc Dũng",
    }


def test_letter_about_a_study_counts_who_is_left(province, study):
    disseminations.acknowledge(dissemination=study.about, actor=province.users["chi"])
    assert lines(draft(province, study, "SKH")) == {
        "SKH": ["Còn 4/5 người chưa nghiên cứu: Quán triệt Quy định 124-QĐ/TW (đạt 20 %)"]
    }


def test_letter_about_a_consultation_names_who_has_not_answered_and_the_cadres_of_the_body(province):
    row = asked(province, "SKH", "SYT", cadres=("binh",))
    Addressee.objects.filter(unit=province.units["SYT"]).update(state="replied")
    matter = urging.Matter("consultation", row)
    owed = [(unit.code, missing) for unit, missing in urging.owed(matter, province.users["giang"])]
    what = "chưa gửi văn bản tham gia ý kiến về “Dự thảo Quy định xếp loại” (hạn 10/10/2026)"
    assert owed == [("SKH", (f"C{what[1:]}", f"Đồng chí Trần Thị Bình {what}"))]


def test_nobody_owes_anything_before_a_matter_is_out_and_after_its_end(province):
    row, giang = asked(province, "SKH"), province.users["giang"]
    for state, owing in (("draft", 0), ("open", 1), ("synthesis", 1), ("submitted", 0), ("withdrawn", 0)):
        row.state = state
        assert len(urging.owed(urging.Matter("consultation", row), giang)) == owing
    study = sent.draft(province, "SKH")
    for state, owing in (("draft", 0), ("open", 1), ("closed", 0)):
        study.state = state
        assert len(urging.owed(urging.Matter("dissemination", study), giang)) == owing


def test_body_that_owes_nothing_gets_no_letter(province, study):
    for name in ("dung", "em", "khanh"):
        disseminations.acknowledge(dissemination=study.about, actor=province.users[name])
    with pytest.raises(Refusal, match="không còn thiếu"):
        draft(province, study, "SYT")
    assert lines(draft(province, study, "SKH", "SYT")).keys() == {"SKH"}


def test_letter_to_nobody_is_refused(province, study):
    with pytest.raises(Refusal) as refused:
        draft(province, study)
    assert refused.value.field == "unit"
    assert not UrgingLetter.objects.exists()


@pytest.mark.parametrize(("who", "issuer"), [("khanh", "SYT"), ("khanh", "BTCTU"), ("an", "SKH"), ("ha", "SNV")])
def test_only_the_body_that_asks_urges(province, study, who, issuer):
    with pytest.raises(Forbidden):
        draft(province, study, "SKH", who=who, issuer=issuer)
    with pytest.raises(Forbidden):
        services.log_call(
            matter=study,
            unit=province.units["SKH"],
            issuer=province.units[issuer],
            call=Call(called_at=timezone.now(), answered_by="Văn thư"),
            actor=province.users[who],
        )


def test_saving_the_draft_brings_its_list_up_to_date(province, study):
    letter = draft(province, study, "SKH", "SYT")
    for name in ("dung", "em", "khanh"):
        disseminations.acknowledge(dissemination=study.about, actor=province.users[name])
    saved = services.update_letter(letter=letter, words=WORDS, actor=province.users["giang"], version=1)
    assert (saved.number, saved.version) == ("12-CV/BTCTU", 2)
    assert lines(saved).keys() == {"SKH"}
    with pytest.raises(Stale):
        services.update_letter(letter=letter, words=WORDS, actor=province.users["giang"], version=1)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("text", LetterWords(text="  ")),
        ("due_on", LetterWords(text="x", written_on=date(2026, 11, 10), due_on=date(2026, 11, 9))),
    ],
    ids=["no text", "due before it is written"],
)
def test_wrong_words_of_a_letter_are_refused_at_their_field(province, study, field, words):
    letter = draft(province, study, "SKH")
    with pytest.raises(Refusal) as refused:
        services.update_letter(letter=letter, words=words, actor=province.users["giang"], version=1)
    assert refused.value.field == field


def test_letter_without_number_is_not_sent_and_a_sent_one_does_not_change(province, study):
    letter = draft(province, study, "SKH")
    with pytest.raises(Refusal, match="số và ngày"):
        services.send_letter(letter=letter, actor=province.users["giang"], version=1)
    letter = sent_letter(province, study, "SKH")
    assert letter.sent_at is not None
    with pytest.raises(Refusal, match="12-CV/BTCTU"):
        services.update_letter(letter=letter, words=WORDS, actor=province.users["giang"], version=letter.version)
    with pytest.raises(Refusal, match="12-CV/BTCTU"):
        services.send_letter(letter=letter, actor=province.users["giang"], version=letter.version)


def test_sending_tells_heads_and_officers_each_the_part_of_their_body(province, study):
    letter = sent_letter(province, study, "SKH", "SYT")
    told = {row.recipient.username: row for row in Message.objects.filter(dedup_key__contains=f":urging:{letter.pk}:")}
    assert sorted(told) == ["an", "dung", "khanh"]
    assert told["an"].body == "Còn 5/5 người chưa nghiên cứu: Quán triệt Quy định 124-QĐ/TW (đạt 0 %)"
    assert "Sở Y tế" in told["khanh"].subject
    assert (told["dung"].due_on, told["dung"].is_urgent) == (WORDS.due_on, True)


def test_draft_is_seen_by_its_body_alone_and_a_sent_letter_by_who_keeps_a_body_of_it(province, study):
    draft(province, study, "SKH")
    assert [n for n in sorted(province.users) if urging.visible_to(province.users[n]).exists()] == ["giang", "phuc"]
    sent_letter(province, study, "SKH")
    seen = [name for name in sorted(province.users) if urging.visible_to(province.users[name]).exists()]
    assert seen == ["an", "giang", "nga", "phuc"]


def test_first_letter_says_since_when_a_body_is_asked(province, coverage):
    assert coverage_pages.asked_since(coverage.fields, [province.units["SKH"].pk]) == {}
    draft(province, coverage, "SKH")
    assert coverage_pages.asked_since(coverage.fields, [province.units["SKH"].pk]) == {}
    first = sent_letter(province, coverage, "SKH")
    sent_letter(province, coverage, "SKH", "SYT")
    UrgingLetter.objects.filter(pk=first.pk).update(sent_at=timezone.now() - timedelta(days=9))
    book = CoverageBook(coverage.about)
    rows = coverage_pages.lack_rows(coverage.about, book.lacking(), book.tree)
    asked_on = {row.lack.unit.code: row.asked_on for row in rows}
    today = timezone.localdate()
    assert (asked_on["SKH"], asked_on["SYT"], asked_on["SNV"]) == (today - timedelta(days=9), today, None)


def test_paper_says_who_lacks_what_until_when_and_is_a_draft_until_sent(province, study):
    letter = draft(province, study, "SKH", "SYT")
    sheet = urging_sheet(letter)
    assert sheet.watermark == "DỰ THẢO"
    assert sheet.head.subject == "V/v đôn đốc nghiên cứu, quán triệt"
    assert sheet.head.number == "Số ……-CV/……"
    said = words_of(sheet)
    for part in ("Sở Kế hoạch và Đầu tư,", "Sở Y tế.", "Nguyễn Văn Ấn", "Còn 3/3 người", "chậm nhất ngày 20/11/2026"):
        assert part in said
    letter = sent_letter(province, study, "SKH")
    sheet = urging_sheet(letter)
    assert (sheet.watermark, sheet.head.number, sheet.issued_on) == ("", "12-CV/BTCTU", date(2026, 11, 10))


def test_call_is_written_down_with_promise_and_next_call(province, study):
    today = timezone.localdate()
    call = Call(timezone.now(), "Văn thư Sở", today + timedelta(days=3), today + timedelta(days=4), "Hứa gửi.")
    row = services.log_call(
        matter=study,
        unit=province.units["SKH"],
        issuer=province.units["BTCTU"],
        call=call,
        actor=province.users["giang"],
    )
    assert (row.dissemination, row.called_by) == (study.about, province.users["giang"])
    (laggard,) = urging.laggards(study, [(province.units["SKH"], ("x",))])
    assert (laggard.last_call, laggard.head.person.full_name) == (row, "Nguyễn Văn Ấn")
    assert list(urging.calls_of(study, province.units["SKH"], province.users["giang"])) == [row]
    assert list(urging.calls_of(study, province.units["SKH"], province.users["an"])) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("called_on", {"called_at": timezone.now() + timedelta(days=3650)}),
        ("promised_on", {"promised_on": date(2020, 1, 1)}),
        ("call_again_on", {"call_again_on": date(2020, 1, 1)}),
        ("answered_by", {"answered_by": " "}),
    ],
    ids=["future", "promised before", "again before", "empty"],
)
def test_wrong_call_is_refused_at_its_field(province, study, field, changes):
    call = Call(**{"called_at": timezone.now(), "answered_by": "Văn thư", **changes})
    with pytest.raises(Refusal) as refused:
        services.log_call(
            matter=study,
            unit=province.units["SKH"],
            issuer=province.units["BTCTU"],
            call=call,
            actor=province.users["giang"],
        )
    assert refused.value.field == field
    assert not PhoneCall.objects.exists()


def test_call_that_is_due_again_waits_until_the_next_one(province, study):
    today, giang = timezone.localdate(), province.users["giang"]
    given = {"matter": study, "issuer": province.units["BTCTU"], "actor": giang}
    for code, again in (("SKH", today), ("SYT", today + timedelta(days=1))):
        call = Call(timezone.now(), "Văn thư", call_again_on=again)
        services.log_call(**given, unit=province.units[code], call=call)
    assert list(urging.calls_due(giang, today)) == [("dissemination", study.about.uuid, 1, today)]
    assert list(urging.calls_due(province.users["an"], today)) == []
    services.log_call(**given, unit=province.units["SKH"], call=Call(timezone.now(), "Văn thư"))
    assert list(urging.calls_due(giang, today)) == []
