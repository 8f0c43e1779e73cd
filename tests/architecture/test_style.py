"""What no module may do, whoever writes it."""

import ast
import re

import pytest

from tests.architecture import source

COMMENTS_PER_HUNDRED = 5
# Functions that Django calls with nothing to say about them.
UNEXPLAINED = {"__str__", "__init__", "__post_init__", "__hash__", "__eq__", "__iter__", "__len__"}


def without_docstring(modules):
    return [module.name for module in modules if not ast.get_docstring(module.tree)]


def without_annotation(modules):
    found = []
    for module in modules:
        for function in source.functions(module):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            bare = [a.arg for a in arguments if a.annotation is None and a.arg not in {"self", "cls", "mcs"}]
            if bare or function.returns is None:
                found.append(f"{module.name}:{function.lineno} {function.name} {bare}")
    return found


def inline_imports(modules):
    found = []
    for module in modules:
        for function in source.functions(module):
            # AppConfig.ready() is Django's own place for imports that need the models.
            if function.name == "ready" and module.path.name == "apps.py":
                continue
            found += [
                f"{module.name}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    return found


def star_imports(modules):
    return [
        f"{module.name}:{node.lineno}"
        for module in modules
        if not module.name.startswith("config/settings/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]


def receivers(modules):
    return [
        f"{module.name}:{number}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(r"@receiver\b|django\.(db\.models\.|dispatch|core\.)?signals?\b|\.connect\(", line)
        and "sqlite3.connect" not in line
    ]


def raw_markup(modules):
    return [
        f"{module.name}:{number}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(r"\bmark_safe\b|\bSafeString\(|autoescape=False|autoescape off", line)
    ]


def comment_share(modules):
    comments = sum(1 for module in modules for line in module.text.splitlines() if line.lstrip().startswith("#"))
    return 100 * comments / sum(module.lines for module in modules)


def bad_markup(text):
    """Lines of a template that the policy of the pages would refuse, or that print unescaped."""
    rules = {
        "|safe": r"\|\s*safe(seq)?\b",
        "autoescape off": r"autoescape\s+off",
        "inline style": r"<[^>]+\sstyle\s*=|<style\b",
        "inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
        "event attribute": r"<[^>]+\son[a-z]+\s*=\s*[\"']",
        "javascript address": r"javascript:",
    }
    return [f"{name}: {found.group(0)[:60]}" for name, rule in rules.items() for found in re.finditer(rule, text, re.I)]


@pytest.mark.parametrize(
    "rule", [without_docstring, without_annotation, inline_imports, star_imports, receivers, raw_markup]
)
def test_no_module_breaks_the_rule(rule):
    assert rule(source.modules()) == []


def test_comments_are_few_and_say_why():
    assert comment_share(source.modules()) <= COMMENTS_PER_HUNDRED


def test_templates_keep_to_the_policy():
    found = {
        str(path.relative_to(source.ROOT)): bad_markup(path.read_text(encoding="utf-8")) for path in source.templates()
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (without_docstring, "x = 1\n"),
        (without_annotation, "def f(a: int):\n    return a\n"),
        (without_annotation, "def f(a) -> int:\n    return a\n"),
        (inline_imports, "def f() -> None:\n    import os\n"),
        (star_imports, "from os import *\n"),
        (receivers, "@receiver(post_save)\ndef f(): ...\n"),
        (receivers, "from django.db.models.signals import post_save\n"),
        (raw_markup, "mark_safe(text)\n"),
    ],
)
def test_control_each_rule_finds_its_fault(rule, text):
    assert rule([source.parse(text)])


@pytest.mark.parametrize(
    "text",
    [
        "{{ name|safe }}",
        '<p class="a" style="color:red">',
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{% autoescape off %}",
    ],
)
def test_control_each_kind_of_bad_markup_is_found(text):
    assert bad_markup(text)


@pytest.mark.parametrize(
    "text", ['<script src="/static/a.js" defer></script>', "{{ name|safe_name }}", "<p>on time = 3</p>"]
)
def test_control_good_markup_passes(text):
    assert bad_markup(text) == []
