"""What may not stand anywhere in the repository, and which words must agree."""

import re

import pytest
from django.apps import apps

from tests.architecture import source

TEXT = {".py", ".html", ".css", ".js", ".toml", ".txt", ".in", ".md", ".yml", ".yaml", ".sh", ".conf", ".example", ""}
LICENCE_WORDS = ("license", "licence", "copying", "notice", "ofl")
# Name spaces and references that nothing fetches.
NAMES_ONLY = (
    "http://www.w3.org/",
    "http://127.0.0.1",
    "http://localhost",
    "https://www.w3.org/",
    "http://ns.adobe.com/",
)
# Bootstrap names its sister project's page in the text of an error.
NAMED_IN_MESSAGES = {"https://popper.js.org/docs/v2/"}


def outside_addresses(text):
    return [
        found
        for found in re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"'<>)]*", text, re.I)
        if _fetched(found)
    ]


def _fetched(address):
    return not address.startswith(NAMES_ONLY)


def machine_traces(text):
    """Paths of one machine, or hosts and options of a package registry."""
    paths = r"/root/|/home/[a-z]+/|/work/|/tmp/house"
    registries = r"--index-url|--extra-index|--find-links|index\.pypi|//pypi|registry\.npm|files\.pythonhosted"
    return re.findall(f"{paths}|{registries}", text)


def test_pages_ask_no_other_server():
    found = {}
    for path in source.repository_files():
        inside = path.relative_to(source.ROOT).parts
        is_page = path.suffix == ".html" or (inside[0] == "static" and path.suffix in {".css", ".js", ".svg"})
        if is_page and not any(word in path.name.lower() for word in LICENCE_WORDS):
            text = path.read_text(encoding="utf-8")
            # A comment in a vendored file names its home page; it fetches nothing.
            if "vendor" in inside:
                text = re.sub(r"/\*.*?\*/|<!--.*?-->", "", text, flags=re.DOTALL)
            if addresses := set(outside_addresses(text)) - NAMED_IN_MESSAGES:
                found["/".join(inside)] = sorted(addresses)
    assert found == {}


def test_repository_holds_no_trace_of_a_machine_or_registry():
    own = "tests/architecture/test_repository.py"
    found = {}
    for path in source.repository_files():
        name = str(path.relative_to(source.ROOT))
        if path.suffix not in TEXT or name == own or name.startswith("static/"):
            continue
        if traces := machine_traces(path.read_text(encoding="utf-8", errors="replace")):
            found[name] = traces[:3]
    assert found == {}


@pytest.mark.parametrize("text", ['<link href="https://fonts.example.com/a.css">', "url(//cdn.example.net/x.woff2)"])
def test_control_an_outside_address_is_found(text):
    assert outside_addresses(text)


@pytest.mark.parametrize("text", ['xmlns="http://www.w3.org/2000/svg"', "// a comment", "a//b"])
def test_control_what_fetches_nothing_passes(text):
    assert outside_addresses(text) == []


@pytest.mark.parametrize("text", ["cd /root/x", "pip install --index-url X", "/home/an/x"])
def test_control_a_trace_is_found(text):
    assert machine_traces(text)


def glossary():
    """Rows of the glossary: (Vietnamese, English name in the code, model names, 'later' or '')."""
    text = (source.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## 8.", 1)[1]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("|")
    ]
    return [row for row in rows if len(row) == 4 and not set(row[0]) <= {"-", " "} and row[0] != "Vietnamese"]


def test_glossary_and_models_use_the_same_names():
    known = {model.__name__ for model in apps.get_models()}
    rows = glossary()
    assert len(rows) > 30
    wrong = []
    for vietnamese, _name, model, note in rows:
        for name in re.findall(r"`([A-Z]\w+)`", model):
            exists, later = name in known, note.startswith("later")
            if exists == later:
                wrong.append(f"{vietnamese}: {name} {'exists but is called later' if exists else 'does not exist'}")
    assert wrong == []
