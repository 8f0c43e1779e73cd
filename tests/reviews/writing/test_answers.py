"""Writing a section: versions, late autosaves, closed steps, limits; nobody loses a text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from criteria.models import Milestone
from orgs.models import AuditEvent, Forbidden, Refusal
from orgs.services.open_pages import NotAccepted, Page
from reviews.models import KeptText, SectionAnswer
from reviews.selectors.writing import answers
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.writing.answers import save_section
from tests.reviews.writing.conftest import full_answers

DUTIES = "strengths.2"


def text(words, level="good"):
    return {"duties": {"text": words}, "duties_level": {"level": level}}


def save(review, words, version, user, **more):
    return save_section(review=review, section_key=DUTIES, content=text(words), version=version, actor=user, **more)


def stored(review, key=DUTIES):
    return SectionAnswer.objects.get(review=review, section_key=key)


def test_form_02b_is_written_in_eight_times_measured_and_whole_parts(round_of):
    keys = [part.key for part in parts_of(form_of(round_of.an))]
    assert keys == [
        *(f"strengths.{number}" for number in range(1, 7)),
        "shortcomings",
        "remedied",
        "explanation",
        "own_responsibility",
        "remedies",
        "grades",
    ]


def test_save_section_keeps_the_text_with_its_gaps(round_of):
    saved = save_section(
        review=round_of.an,
        section_key="shortcomings",
        content={"shortcomings": {"text": "Còn chậm"}},
        version=0,
        actor=round_of.users["an"],
    )
    assert saved.version == 1
    assert answers.whole_text(round_of.an)["shortcomings"] == {"shortcomings": {"text": "Còn chậm"}}


def test_save_section_stores_composed_letters_and_plain_line_ends(round_of):
    save(round_of.an, "Hoa\u0300n tha\u0300nh\r\nviệc\0", 0, round_of.users["an"])
    assert stored(round_of.an).content["duties"]["text"] == "Hoàn thành\nviệc"


@pytest.mark.parametrize("name", ["binh", "giang", "nga", "minh", "phuc", "tu"])
def test_save_section_is_refused_to_everybody_but_the_subject(round_of, name):
    with pytest.raises(Forbidden):
        save(round_of.an, "Viết hộ", 0, round_of.users[name])
    assert not SectionAnswer.objects.exists()
    assert not KeptText.objects.exists()


@pytest.mark.parametrize("name", ["an", "nga"])
def test_save_section_of_the_report_belongs_to_head_and_secretary(round_of, name):
    saved = save_section(
        review=round_of.report,
        section_key="remedies",
        content={"remedies": {"text": "Giao ban hằng tuần"}},
        version=0,
        actor=round_of.users[name],
    )
    assert saved.updated_by == round_of.users[name]


def test_save_section_keeps_the_second_text_of_two_open_pages(round_of):
    save(round_of.an, "Bản đầu", 0, round_of.users["an"])
    save(round_of.an, "Trang thứ nhất", 1, round_of.users["an"], page=Page("a", 1, True))
    with pytest.raises(NotAccepted) as refused:
        save(round_of.an, "Trang thứ hai", 1, round_of.users["an"], page=Page("b", 1, True))
    assert refused.value.why == "conflict"
    assert stored(round_of.an).content == text("Trang thứ nhất")
    assert KeptText.objects.get().content == text("Trang thứ hai")
    assert KeptText.objects.get() == refused.value.kept


def test_save_section_of_two_authors_keeps_both_texts(round_of):
    first, second = ({"remedies": {"text": words}} for words in ("Của giám đốc", "Của thư ký"))
    common = {"review": round_of.report, "section_key": "remedies", "version": 0}
    save_section(content=first, actor=round_of.users["an"], **common)
    with pytest.raises(NotAccepted):
        save_section(content=second, actor=round_of.users["nga"], **common)
    assert stored(round_of.report, "remedies").content == first
    assert KeptText.objects.get().user == round_of.users["nga"]


def test_save_section_twice_the_same_is_once(round_of):
    save(round_of.an, "Bản đầu", 0, round_of.users["an"], is_done=True)
    again = save(round_of.an, "Bản đầu", 0, round_of.users["an"], is_done=True)
    assert again.version == 1
    assert AuditEvent.objects.filter(action="review.section_saved").count() == 1


def test_save_section_ignores_an_autosave_that_arrives_late(round_of):
    save(round_of.an, "Một hai", 0, round_of.users["an"], page=Page("a", 2, True))
    late = save(round_of.an, "Một", 0, round_of.users["an"], page=Page("a", 1, True))
    assert late.version == 1
    assert stored(round_of.an).content == text("Một hai")
    assert not KeptText.objects.exists()


def test_save_section_goes_on_when_the_answer_to_the_last_save_was_lost(round_of):
    save(round_of.an, "Một", 0, round_of.users["an"], page=Page("a", 1, True))
    assert save(round_of.an, "Một hai", 0, round_of.users["an"], page=Page("a", 2, True)).version == 2


def test_save_section_does_not_let_a_page_overwrite_what_another_wrote_in_between(round_of):
    save(round_of.an, "Trang a", 0, round_of.users["an"], page=Page("a", 1, True))
    save(round_of.an, "Trang b", 1, round_of.users["an"], page=Page("b", 1, True))
    with pytest.raises(NotAccepted):
        save(round_of.an, "Trang a viết tiếp", 1, round_of.users["an"], page=Page("a", 2, True))
    assert stored(round_of.an).content == text("Trang b")


def test_save_section_keeps_the_newest_of_one_page_even_when_an_older_one_arrives_last(round_of):
    save(round_of.an, "Trang b", 0, round_of.users["an"], page=Page("b", 1, True))
    for words, seq in (("Mới hơn", 2), ("Cũ hơn", 1)):
        with pytest.raises(NotAccepted):
            save(round_of.an, words, 0, round_of.users["an"], page=Page("a", seq, True))
    assert KeptText.objects.get().content == text("Mới hơn")


def test_save_section_keeps_the_text_as_a_draft_when_the_step_is_closed(round_of):
    Milestone.objects.filter(step="self_review").update(
        is_closing=True, due_on=timezone.localdate() - timedelta(days=1)
    )
    round_of.an.state_since = timezone.now() - timedelta(days=9)
    round_of.an.save(update_fields=["state_since"])
    with pytest.raises(NotAccepted) as refused:
        save(round_of.an, "Muộn", 0, round_of.users["an"])
    assert refused.value.why == "closed"
    assert KeptText.objects.get().content == text("Muộn")
    assert not SectionAnswer.objects.exists()


def test_save_section_is_open_again_for_a_review_that_was_returned_after_the_closing_day(round_of):
    Milestone.objects.filter(step="self_review").update(
        is_closing=True, due_on=timezone.localdate() - timedelta(days=1)
    )
    assert save(round_of.an, "Bổ sung", 0, round_of.users["an"]).version == 1


def test_save_section_only_marks_lateness_when_the_milestone_does_not_close(round_of):
    Milestone.objects.filter(step="self_review").update(due_on=timezone.localdate() - timedelta(days=1))
    assert save(round_of.an, "Muộn", 0, round_of.users["an"]).version == 1


def test_save_section_keeps_the_text_when_the_review_was_submitted_in_another_page(round_of):
    type(round_of.an).objects.filter(pk=round_of.an.pk).update(state="meeting")
    with pytest.raises(NotAccepted) as refused:
        save(round_of.an, "Còn viết", 0, round_of.users["an"], page=Page("a", 1, True))
    assert refused.value.why == "moved_on"
    assert KeptText.objects.get().content == text("Còn viết")


def test_save_section_refuses_a_section_of_more_than_200000_letters(round_of):
    save(round_of.an, "x" * (200_000 - 4), 0, round_of.users["an"])
    with pytest.raises(Refusal) as refused:
        save(round_of.an, "x" * (200_000 - 3), 1, round_of.users["an"])
    assert "200.000" in str(refused.value)
    assert refused.value.field == "duties"
    assert stored(round_of.an).version == 1


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("nowhere", {}),
        (DUTIES, {"quality": {"text": "Mục khác"}}),
        (DUTIES, {"duties_level": {"level": "superb"}}),
        (DUTIES, {"duties": {"grade": "good"}}),
        ("grades", {"cadre_grade": {"grade": "average"}}),
    ],
)
def test_save_section_refuses_what_is_not_on_the_form(round_of, key, content):
    with pytest.raises(Refusal):
        save_section(review=round_of.an, section_key=key, content=content, version=0, actor=round_of.users["an"])
    assert not SectionAnswer.objects.exists()


def test_save_section_takes_a_whole_section_that_is_written_number_by_number(round_of):
    for key, content in full_answers(round_of.an).items():
        save_section(
            review=round_of.an,
            section_key=key,
            content=content,
            version=0,
            actor=round_of.users["an"],
            is_done=True,
        )
    assert answers.whole_text(round_of.an) == full_answers(round_of.an)
    assert answers.missing_items(round_of.an) == []
    assert {section.mark for section in answers.sections_of(round_of.an)} == {"tick"}


def test_history_tells_who_wrote_and_what_was_done_but_not_each_autosave(round_of):
    an = round_of.users["an"]
    for seq in (1, 2, 3):
        save(round_of.an, f"Bản {seq}", seq - 1, an, page=Page("a", seq, True))
    save(round_of.an, "Bản cuối", 3, an, is_done=True, page=Page("a", 4))
    events = AuditEvent.objects.filter(action="review.section_saved").order_by("seq")
    assert [event.payload.count('"done":true') for event in events] == [0, 1]
    assert all("Bản" not in event.payload for event in events)


def test_marks_are_empty_dot_tick_and_exclamation(round_of):
    an = round_of.users["an"]
    save(round_of.an, "Đang viết", 0, an)
    save_section(
        review=round_of.an,
        section_key="remedies",
        content={"remedies": {"text": "Xong"}},
        version=0,
        actor=an,
        is_done=True,
    )
    save_section(
        review=round_of.an,
        section_key="shortcomings",
        content={"shortcomings": {"text": "Có"}},
        version=0,
        actor=an,
        is_done=True,
    )
    marks = {section.key: section.mark for section in answers.sections_of(round_of.an)}
    assert (marks["strengths.1"], marks[DUTIES], marks["remedies"], marks["shortcomings"]) == (
        "empty",
        "dot",
        "tick",
        "exclamation",
    )


def test_missing_items_lead_to_the_field_that_is_open(round_of):
    save(round_of.an, "Đã viết", 0, round_of.users["an"])
    missing = answers.missing_items(round_of.an)
    assert (missing[0].part.key, missing[0].anchor) == ("strengths.1", "id_quality")
    assert missing[0].url == f"/reviews/{round_of.an.uuid}/sections/strengths.1"
    assert not [row for row in missing if row.part.key in (DUTIES, "explanation", "own_responsibility")]


def test_missing_items_ask_for_the_grade_of_each_rating_that_follows_and_no_other(round_of):
    def grades(review):
        return [row.item.key for row in answers.missing_items(review) if row.part.key in ("grades", "grade")]

    assert grades(round_of.an) == ["cadre_grade", "party_member_grade"]
    assert grades(round_of.report) == ["grade"]
    round_of.an.ratings.filter(kind="party_member").delete()
    assert grades(round_of.an) == ["cadre_grade"]
