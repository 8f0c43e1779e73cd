"""The text of one criterion: saved with gaps, refused when somebody was faster, never lost."""

from decimal import Decimal

import pytest

from criteria.models import CriterionLevel, CriterionPen, Framework, KeptCriterion
from criteria.selectors.frameworks.criterion_content import content_of, figure
from criteria.services.frameworks.criterion_words import number_of
from criteria.services.frameworks.criterion_writing import NotAccepted, Sent, take_over_texts, write_criterion
from orgs.models import AuditEvent, Forbidden, Refusal
from tests.criteria.writing_frameworks.conftest import one, seen

pytestmark = pytest.mark.django_db
LONG = "Hoàn thành 100% nhiệm vụ được giao đúng tiến độ, bảo đảm chất lượng, có sản phẩm cụ thể. " * 20


def write(criterion, user, words, version=None, **more):
    sent = Sent(content=words, version=seen(criterion) if version is None else version, **more)
    return write_criterion(criterion=criterion, sent=sent, actor=user)


def test_text_is_saved_with_gaps_and_the_fields_that_were_not_sent_stay(frames, criterion):
    before = content_of(criterion)
    saved = write(criterion, frames.user("khanh"), {"text_good": LONG, "text_poor": "", "weight": "12,50"})
    assert saved.problems == {}
    after = content_of(one(criterion.group.framework, "2"))
    assert after == {**before, "text_good": LONG.strip(), "text_poor": "", "weight": "12,5"}
    assert saved.version == seen(criterion)


def test_figures_and_codes_that_are_none_are_named_and_the_rest_is_saved(frames, child, criterion):
    wrong = {
        "weight": "nhiều",
        "target_good": "-1",
        "target_poor": "1,234",
        "points_good": "100000",
        "target_average": "NaN",
        "code": "1",
        "direction": "sideways",
        "item_key": "no_such_item",
        "concretises": "99",
        "number": "1" * 11,
        "text_excellent": "x" * 20_001,
        "title": "Tên mới",
    }
    before = content_of(criterion)
    saved = write(criterion, frames.user("khanh"), wrong)
    assert set(saved.problems) == set(wrong) - {"title"}
    assert saved.problems["weight"] == "Viết một số, ví dụ 12,5."
    assert "đã dùng mã này" in saved.problems["code"]
    assert content_of(one(child, "2")) == {**before, "title": "Tên mới"}


@pytest.mark.parametrize(
    ("text", "value"), [("12,5", "12.5"), ("12.5", "12.5"), ("1.250,5", "1250.5"), (" 90 ", "90"), ("1 000", "1000")]
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert number_of(text) == Decimal(value)


@pytest.mark.parametrize(("value", "text"), [("30", "30"), ("12.50", "12,5"), ("100", "100"), ("0", "0")])
def test_numbers_are_shown_as_people_write_them(value, text):
    assert figure(Decimal(value)) == text


def test_two_officers_lose_nothing_when_both_write(frames, child, criterion):
    old = seen(criterion)
    write(criterion, frames.user("khanh"), {"text_good": "Bản thứ nhất"}, old, tab_id="a", client_seq=1)
    with pytest.raises(NotAccepted) as refused:
        write(criterion, frames.user("phuc"), {"text_good": "Bản thứ hai"}, old, tab_id="b", client_seq=1)
    kept = refused.value.kept
    assert (kept.why, kept.user, kept.content["text_good"]) == ("conflict", frames.user("phuc"), "Bản thứ hai")
    assert content_of(one(child, "2"))["text_good"] == "Bản thứ nhất"


def test_change_made_in_the_administration_is_noticed(frames, child, criterion):
    old = seen(criterion)
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Sửa nơi khác")
    with pytest.raises(NotAccepted):
        write(criterion, frames.user("khanh"), {"text_good": "Của tôi"}, old)
    assert content_of(one(child, "2"))["text_good"] == "Sửa nơi khác"


def test_page_goes_on_from_its_own_text_when_the_answer_got_lost(frames, child, criterion):
    old, user = seen(criterion), frames.user("khanh")
    write(criterion, user, {"text_good": "Một"}, old, tab_id="a", client_seq=1, is_autosave=True)
    write(criterion, user, {"text_good": "Một hai"}, old, tab_id="a", client_seq=2, is_autosave=True)
    assert content_of(one(child, "2"))["text_good"] == "Một hai"


def test_own_page_is_overtaken_too_when_the_administration_wrote_in_between(frames, criterion):
    old, user = seen(criterion), frames.user("khanh")
    write(criterion, user, {"text_good": "Một"}, old, tab_id="a", client_seq=1)
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Sửa nơi khác")
    with pytest.raises(NotAccepted):
        write(criterion, user, {"text_good": "Một hai"}, old, tab_id="a", client_seq=2)


def test_autosave_that_arrives_late_changes_nothing(frames, child, criterion):
    user = frames.user("khanh")
    write(criterion, user, {"text_good": "Mới"}, tab_id="a", client_seq=5)
    write(criterion, user, {"text_good": "Cũ"}, "", tab_id="a", client_seq=4, is_autosave=True)
    assert content_of(one(child, "2"))["text_good"] == "Mới"


def test_same_text_is_no_conflict_and_no_act(frames, child, criterion):
    write(criterion, frames.user("khanh"), {"text_good": "Như nhau"})
    version, events = Framework.objects.get(pk=child.pk).version, AuditEvent.objects.count()
    write(criterion, frames.user("phuc"), {"text_good": "Như nhau"}, "old")
    assert (Framework.objects.get(pk=child.pk).version, AuditEvent.objects.count()) == (version, events)


def test_autosaves_of_one_writer_are_one_act_and_each_raises_the_version_of_the_framework(frames, child, criterion):
    version, events = Framework.objects.get(pk=child.pk).version, AuditEvent.objects.count()
    for place in range(1, 4):
        words = {"text_good": "Chữ " * place}
        write(criterion, frames.user("khanh"), words, tab_id="a", client_seq=place, is_autosave=True)
    assert AuditEvent.objects.count() == events + 1
    assert Framework.objects.get(pk=child.pk).version == version + 3


def test_text_is_kept_when_the_framework_was_issued_meanwhile(frames, child, criterion):
    version = seen(criterion)
    Framework.objects.filter(pk=child.pk).update(state="issued")
    with pytest.raises(NotAccepted) as refused:
        write(criterion, frames.user("khanh"), {"text_good": "Muộn"}, version)
    assert (refused.value.kept.why, refused.value.kept.content) == ("closed", {"text_good": "Muộn"})
    assert "đã ban hành" in str(refused.value)


def test_same_page_replaces_what_it_kept_and_an_older_one_does_not(frames, child, criterion):
    Framework.objects.filter(pk=child.pk).update(state="issued")
    for seq, text in ((2, "Hai"), (3, "Ba"), (1, "Một")):
        with pytest.raises(NotAccepted):
            write(criterion, frames.user("khanh"), {"text_good": text}, "old", tab_id="a", client_seq=seq)
    assert [row.content["text_good"] for row in KeptCriterion.objects.all()] == ["Ba"]


def test_stranger_writes_nothing_and_nothing_of_his_is_kept(frames, child, criterion):
    with pytest.raises(Forbidden):
        write(criterion, frames.user("chi"), {"text_good": "Lạ"})
    assert not KeptCriterion.objects.exists()
    assert not CriterionPen.objects.exists()


def test_taking_over_puts_the_words_above_here_and_keeps_what_stood_here(frames, above, child, criterion):
    write(criterion, frames.user("khanh"), {"text_good": "Bản của Sở", "weight": "7", "concretises": ""})
    take_over_texts(criterion=criterion, code="2", actor=frames.user("khanh"))
    theirs, own = content_of(one(above, "2")), content_of(one(child, "2"))
    assert own == {**theirs, "concretises": "2", "weight": "7"}
    kept = KeptCriterion.objects.get()
    assert (kept.why, kept.content["text_good"]) == ("replaced", "Bản của Sở")
    take_over_texts(criterion=criterion, code="2", actor=frames.user("khanh"))
    assert KeptCriterion.objects.count() == 1


def test_taking_over_what_is_not_above_is_refused(frames, above, criterion):
    for code in ("99", ""):
        with pytest.raises(Refusal, match="không có tiêu chí"):
            take_over_texts(criterion=criterion, code=code, actor=frames.user("khanh"))
    with pytest.raises(Refusal):
        take_over_texts(criterion=one(above, "1"), code="1", actor=frames.user("giang"))
