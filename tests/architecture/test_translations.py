"""The Vietnamese catalogue is complete: every marked string of code and templates stands in it, translated."""

import ast
import re

import polib
import pytest
from django.utils import translation

from tests.architecture import source

CATALOGUE = source.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MARKS_OF_A_SENSE = {"pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def entries():
    return list(polib.pofile(str(CATALOGUE)))


def marked_in(module):
    """(sense or None, English) of every marked text of a module."""
    for node in ast.walk(module.tree):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)] if name else []
        if name in MARKS and words and isinstance(words[0], str):
            yield None, words[0]
        elif name in MARKS_OF_A_SENSE and len(words) > 1:
            yield words[0], words[1]


def marked_on(page):
    """The same of the text of a template."""
    return {(sense or None, one or two) for one, two, sense in IN_TEMPLATE.findall(page)}


def marked():
    found = {pair for module in source.modules() for pair in marked_in(module)}
    for path in source.templates():
        found |= marked_on(path.read_text(encoding="utf-8"))
    return found


def test_catalogue_has_no_gap_and_no_guess():
    gaps = [entry.msgid for entry in entries() if not (entry.msgstr or (entry.msgstr_plural or {}).get(0))]
    guesses = [entry.msgid for entry in entries() if "fuzzy" in entry.flags]
    assert (gaps, guesses) == ([], [])


def test_every_marked_string_stands_in_the_catalogue():
    known = {(entry.msgctxt, entry.msgid) for entry in entries()}
    assert sorted(text for sense, text in marked() - known if text) == []


def test_a_framework_has_one_name():
    """The glossary of docs/architecture.md, section 8: khung tiêu chí, nowhere "bộ tiêu chí"."""
    assert [entry.msgid for entry in entries() if "bộ tiêu chí" in entry.msgstr.lower()] == []


# English of two senses, each with the Vietnamese of its own: (sense, English, Vietnamese).
SENSES = (
    (None, "Added", "Thêm mới"),
    ("difference", "Added", "Bổ sung"),
    (None, "Moved", "Chuyển công tác"),
    ("difference", "Moved", "Chuyển chỗ"),
    ("paper", "Minutes", "Biên bản"),
    (None, "Minutes", "Phút"),
    (None, "Points", "Điểm"),
    ("marking", "Points", "Chấm điểm"),
    (None, "session", "phiên"),
    ("study", "session", "hội nghị"),
    (None, "place", "địa điểm"),
    ("path", "place", "vị trí"),
    (None, "until", "đến"),
    ("last day", "until", "hạn"),
    (None, "successor", "đơn vị tiếp nhận"),
    ("framework", "successor", "khung thay thế"),
    (None, "In the name of", "Cấp gợi ý"),
    (None, "On behalf of", "Nhân danh"),
)


@pytest.mark.parametrize(("sense", "english", "vietnamese"), SENSES)
def test_a_word_of_two_senses_is_parted(sense, english, vietnamese):
    with translation.override("vi"):
        assert (translation.pgettext(sense, english) if sense else translation.gettext(english)) == vietnamese


def test_placeholders_are_kept():
    wrong = [
        entry.msgid
        for entry in entries()
        if entry.msgstr and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('_("An unheard-of sentence")', (None, "An unheard-of sentence")),
        ("gettext('Another one')", (None, "Another one")),
        ('pgettext("a sense", "A third")', ("a sense", "A third")),
        ('pgettext_lazy("a sense", "A fourth")', ("a sense", "A fourth")),
    ],
)
def test_control_a_new_string_is_seen(text, wanted):
    assert list(marked_in(source.parse(text))) == [wanted]


def test_control_a_new_string_of_a_page_is_seen_with_its_sense():
    page = """{% translate "One" %}{% trans 'Two' as word %}{% translate "Three" context "a sense" as word %}"""
    assert marked_on(page) == {(None, "One"), (None, "Two"), ("a sense", "Three")}
