"""The frozen form cut into writing parts, and what a page sends back."""

import pytest
from django.http import QueryDict

from reviews.forms.sections import SectionInput, errors_of, fields_of
from reviews.selectors.writing import answers
from reviews.selectors.writing.forms import SHORT_LABEL, TITLE, form_of, part_of, parts_named, parts_of, shortened
from tests.reviews.writing.conftest import full_answers

STRENGTHS_01 = [
    "Việc thực hiện nguyên tắc tổ chức và hoạt động, nhất là nguyên tắc tập trung dân chủ; "
    "việc thực hiện quy chế làm việc",
    "Kết quả thực hiện các mục tiêu, chỉ tiêu, nhiệm vụ được đề ra trong nghị quyết đại hội, "
    "chương trình, kế hoạch công tác năm được cấp có thẩm quyền giao, phê duyệt",
]


def posted(**fields):
    return QueryDict("&".join(f"{key}={value}" for key, value in fields.items()))


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("report", ["I.1", "I.2", "I.3", "I.4", "II", "III", "IV", "V", "VI", "VII"]),
        ("chi", ["I.1", "I.2", "I.3", "II", "III", "IV", "V", "VI", "VII"]),
        ("an", ["I.1", "I.2", "I.3", "I.4", "I.5", "I.6", "II", "III", "IV", "V", "VI", "VII"]),
    ],
)
def test_parts_carry_the_numbers_of_the_paper_in_its_order(round_of, which, numbers):
    assert [part.number for part in parts_of(form_of(getattr(round_of, which)))] == numbers


def test_parts_hold_every_item_of_the_form_once(round_of):
    for review in (round_of.an, round_of.chi, round_of.report):
        form = form_of(review)
        assert [item for part in parts_of(form) for item in part.items] == list(form.items())


def test_a_part_carries_the_official_words(round_of):
    parts = parts_of(form_of(round_of.report))
    assert [part.label for part in parts[:2]] == STRENGTHS_01
    assert parts[4].label == "Hạn chế, khuyết điểm và nguyên nhân"
    assert parts[0].is_cut
    assert not parts[4].is_cut


def test_a_level_is_written_with_the_text_that_it_measures(round_of):
    part = part_of(form_of(round_of.an), "strengths.3")
    assert [(item.key, item.kind) for item in part.items] == [("leadership", "text"), ("leadership_level", "level")]


def test_the_key_of_a_cut_section_stands_for_all_its_parts(round_of):
    form = form_of(round_of.an)
    assert [part.key for part in parts_named(form, "strengths")] == [f"strengths.{number}" for number in range(1, 7)]
    assert [part.key for part in parts_named(form, "strengths.2")] == ["strengths.2"]
    assert [part.key for part in parts_named(form, "remedies")] == ["remedies"]
    assert parts_named(form, "nothing") == ()
    assert part_of(form, "strengths") is None


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Nguyên nhân", 46, "Nguyên nhân"),
        ("Hạn chế, khuyết điểm", 20, "Hạn chế, khuyết điểm"),
        ("Hạn chế, khuyết điểm", 19, "Hạn chế, khuyết…"),
        ("Hạn chế, khuyết điểm", 10, "Hạn chế…"),
    ],
)
def test_shortened_cuts_at_a_word(text, limit, expected):
    assert shortened(text, limit) == expected


def test_titles_stay_within_their_measure(round_of):
    for part in parts_of(form_of(round_of.report)):
        assert len(part.short) <= SHORT_LABEL + len(part.number) + 2
        assert len(part.title) <= TITLE + len(part.number) + 2


def test_input_looks_only_at_the_fields_of_its_own_part(round_of):
    part = part_of(form_of(round_of.an), "strengths.2")
    sent = SectionInput.read(part, posted(duties="Có", duties_level="good", quality="Mục khác", version="4", done="1"))
    assert sent.content == {"duties": {"text": "Có"}, "duties_level": {"level": "good"}}
    assert (sent.version, sent.wants_done) == (4, True)
    assert (sent.page.tab_id, sent.page.client_seq, sent.page.is_autosave) == ("", 0, False)


@pytest.mark.parametrize("version", ["", "x", "-3", "1.5", "²", "9999999999999"])
def test_input_without_a_real_version_has_seen_nothing(round_of, version):
    part = part_of(form_of(round_of.an), "remedies")
    assert SectionInput.read(part, posted(version=version)).version == 0


def test_input_of_an_autosave_names_its_page(round_of):
    part = part_of(form_of(round_of.an), "remedies")
    sent = SectionInput.read(part, posted(tab_id="t" * 60, client_seq="12"), is_autosave=True)
    assert (sent.page.tab_id, sent.page.client_seq, sent.page.is_autosave) == ("t" * 40, 12, True)
    assert not sent.wants_done


def test_fields_show_what_is_written_and_what_the_framework_says(round_of):
    part = part_of(form_of(round_of.an), "strengths.2")
    texts = {"duties_level": {"excellent": "Vượt 50 %"}}
    text, level = fields_of(part, {"duties": {"text": "Có"}, "duties_level": {"level": "good"}}, texts)
    assert (text.value, text.choices, text.legend) == ("Có", (), "Về thực hiện chức trách, nhiệm vụ được giao")
    assert [(card.code, card.text) for card in level.choices] == [
        ("excellent", "Vượt 50 %"),
        ("good", ""),
        ("average", ""),
        ("poor", ""),
    ]
    assert level.value == "good"


def test_fields_of_a_page_with_two_texts_carry_their_numbers(round_of):
    fields = fields_of(part_of(form_of(round_of.an), "shortcomings"), {})
    assert [field.legend for field in fields] == ["1. Hạn chế, khuyết điểm", "2. Nguyên nhân"]


def test_fields_ask_for_the_grades_of_the_ratings_that_follow(round_of):
    part = part_of(form_of(round_of.an), "grades")
    wanted = {field.name: field.is_required for field in fields_of(part, {}, kinds=frozenset({"cadre"}))}
    assert wanted == {"cadre_grade": True, "party_member_grade": False}


def test_errors_say_what_to_do_in_each_kind_of_field(round_of):
    form = form_of(round_of.an)
    items = [form.item(key) for key in ("duties", "duties_level", "cadre_grade")]
    assert errors_of(items) == {
        "duties": "Viết nội dung này.",
        "duties_level": "Chọn một cấp độ.",
        "cadre_grade": "Chọn một mức xếp loại.",
    }


@pytest.mark.parametrize("value", [{}, {"duties": {}}, {"duties": {"text": ""}}, {"duties": {"text": " \n\t "}}])
def test_white_space_is_no_answer(round_of, value):
    assert not answers.answered(value, form_of(round_of.an).item("duties"))


def test_own_levels_and_grades_are_read_from_the_text(round_of):
    form = form_of(round_of.an)
    content = full_answers(round_of.an)
    content["strengths"]["duties_level"] = {"level": "excellent"}
    content["grades"]["party_member_grade"] = {}
    assert answers.own_levels(form, content) == {
        "quality": ["good", "good", "good"],
        "results": ["excellent", "good"],
        "remedy": ["good"],
    }
    assert answers.own_grades(form, content) == {"cadre": "good"}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        (["II"], "Chưa nộp được: mục II chưa viết xong."),
        (["I.3", "II", "VI"], "Chưa nộp được: mục I.3, II và VI chưa viết xong."),
    ],
)
def test_what_is_missing_is_told_as_one_sentence(round_of, numbers, words):
    form = form_of(round_of.an)
    parts = {part.number: part for part in parts_of(form)}
    rows = [answers.MissingItem(parts[number], parts[number].items[0], "/x") for number in numbers]
    assert answers.missing_words([*rows, *rows]) == words
