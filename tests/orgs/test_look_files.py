"""Templates and style sheets name only files that exist and load nothing from outside."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static").rglob("*.css"))
OWN_SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


def static_paths(text):
    return re.findall(r"""\{%\s*static\s+["']([^"']+)["']\s*%\}""", text)


def included(text):
    return re.findall(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""", text)


def test_every_static_path_in_a_template_exists():
    wanted = {(path.name, name) for path in TEMPLATES for name in static_paths(path.read_text(encoding="utf-8"))}
    assert len(wanted) > 15
    assert [pair for pair in wanted if not finders.find(pair[1])] == []


def test_every_template_parses_and_every_part_it_names_exists():
    for path in TEMPLATES:
        engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
        for name in included(path.read_text(encoding="utf-8")):
            engines["django"].get_template(name)


def test_every_address_in_a_style_sheet_exists():
    for sheet in SHEETS:
        for address in re.findall(r"""url\(["']?([^"')]+)["']?\)""", sheet.read_text(encoding="utf-8")):
            if address.startswith(("data:", "#")):
                continue
            # Sheets of printed documents name the vendored fonts by a scheme that only our own reader knows.
            place = ROOT / "static" / "fonts" if address.startswith("vendored:") else sheet.parent
            assert (place / address.removeprefix("vendored:")).is_file(), f"{sheet.name}: {address}"


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN_SCRIPTS, *SHEETS], ids=lambda path: path.name)
def test_nothing_is_loaded_from_outside(path):
    text = path.read_text(encoding="utf-8")
    names = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    outside = [word for word in re.findall(r"""https?://[^\s"')<]+""", text) if word not in names]
    assert path.parent.parent.name == "vendor" or outside == []


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_script_keeps_nothing_in_the_browser_and_evaluates_nothing(path):
    text = path.read_text(encoding="utf-8")
    for word in (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "document.cookie",
        "eval(",
        "innerHTML",
        "new Function",
    ):
        assert word not in text, word


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_script_speaks_no_language_of_its_own(path):
    # Words that people read come from the server in data- attributes, in the language of the page.
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert re.findall(r"textContent\s*=\s*[\"'`][A-Za-zÀ-ỹ]", code) == []


def test_control_static_paths_and_parts_are_found():
    assert static_paths("{% static 'css/none.css' %}") == ["css/none.css"]
    assert not finders.find("css/none.css")
    assert included('{% include "includes/none.html" with a=1 %}') == ["includes/none.html"]
