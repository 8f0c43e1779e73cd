"""Nothing of a regulation is shown as a word of its file: every value, every choice, every part has its name."""

import pytest
from django.utils import translation

from criteria import regulation
from criteria.forms.rules.law_parts import PAGES, ROW_PAGES, PartForm, rows_in
from criteria.regulation.difference import newest_text
from criteria.selectors.rules import law, law_open
from criteria.selectors.rules.law_words import NAMES, PARTS, WORDS, name_of, value_of, word_of

VIETNAMESE = set("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
# Vietnamese words that need no mark at all.
PLAIN = {"theo trung", "trong", "trung"}


def forms_of(key):
    text = newest_text(regulation.find(key))
    scopes = [*PAGES.values(), *(((table, row),) for table in ROW_PAGES for row, _ in rows_in(text, table))]
    return text, [PartForm(text=text, scope=scope) for scope in scopes]


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_every_field_and_every_choice_has_a_name(key):
    text, forms = forms_of(key)
    known = {*NAMES, *WORDS, *text["subjects"]}
    wrong = set()
    for form in forms:
        for name, field in form.fields.items():
            last = name.rpartition("/")[2]
            wrong |= {name} if last not in {*known, "-", "seen"} else set()
            wrong |= {(name, word) for word, _ in getattr(field, "choices", ()) if word and word not in known}
    assert wrong == set()


def test_every_name_is_vietnamese():
    with translation.override("vi"):
        vietnamese = {**NAMES, **WORDS, **PARTS}
        said = {key: str(words) for key, words in vietnamese.items()}
    with translation.override("en"):
        english = {key: str(words) for key, words in vietnamese.items()}
    assert [key for key in said if said[key] == english[key]] == []
    marked = [key for key in said if VIETNAMESE & set(said[key].lower()) or said[key].lower() in PLAIN]
    assert sorted(set(said) - set(marked)) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "có"),
        (False, "không"),
        ("2026-01-05", "05/01/2026"),
        ("good_only", "trên số được xếp loại hoàn thành tốt nhiệm vụ"),
        (["good", "Khác"], "tốt; Khác"),
        ({"key": "1", "label": "Trung thành", "points": 2}, "Trung thành (2 điểm)"),
        ({"key": "a", "condition": "Có mặt"}, "Có mặt"),
        ({"percent": 20}, "phần trăm: 20"),
        ("leader", "Lãnh đạo"),
        (13, "13"),
    ],
)
def test_value_is_said_as_a_reader_would(value, said):
    assert value_of(value, {"leader": "Lãnh đạo"}) == said


def test_word_that_nobody_knows_stays_as_it_is():
    assert (name_of("no_such"), word_of("no_such")) == ("no_such", "no_such")


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_open_lines_are_said_in_the_words_of_their_page(key):
    text = regulation.find(key)
    lines = law_open.open_lines(text)
    assert [(line.table, line.key) for line in lines] == [(each.table, each.key) for each in law.open_lines(text)]
    for line in lines:
        assert line.text
        assert line.question
        assert line.cites
        assert line.text not in WORDS, line
