"""The Vietnamese catalogue is complete: every marked string of code and templates stands in it, translated."""

import ast
import re

import polib
import pytest

from tests.architecture import source

CATALOGUE = source.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
IN_TEMPLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def entries():
    return list(polib.pofile(str(CATALOGUE)))


def marked_in(module):
    for node in ast.walk(module.tree):
        named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS and node.args
        if named and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value


def marked():
    found = {text for module in source.modules() for text in marked_in(module)}
    for path in source.templates():
        found |= {one or two for one, two in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    return found


def test_catalogue_has_no_gap_and_no_guess():
    gaps = [entry.msgid for entry in entries() if not (entry.msgstr or (entry.msgstr_plural or {}).get(0))]
    guesses = [entry.msgid for entry in entries() if "fuzzy" in entry.flags]
    assert (gaps, guesses) == ([], [])


def test_every_marked_string_stands_in_the_catalogue():
    known = {entry.msgid for entry in entries()}
    assert sorted(marked() - known - {""}) == []


def test_placeholders_are_kept():
    wrong = [
        entry.msgid
        for entry in entries()
        if entry.msgstr and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ['_("An unheard-of sentence")', "gettext('Another one')"])
def test_control_a_new_string_is_seen(text):
    assert list(marked_in(source.parse(text))) == [ast.parse(text).body[0].value.args[0].value]
