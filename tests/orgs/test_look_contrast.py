"""Contrast of the theme, computed from its own file by the WCAG 2.2 formula."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TEXT, MARK = 4.5, 3.0

TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "info", "accent", "bad", "ok") for ground in ("paper", "ground")),
    ("ink", "hover"),
    ("muted", "hover"),
    ("paper", "accent"),
    ("paper", "accent-deep"),
    ("paper", "bad"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    *((tone, f"{tone}-soft") for tone in ("info", "ok", "warn", "bad")),
    *(("ink", f"{tone}-soft") for tone in ("info", "ok", "warn", "bad")),
    *((f"grade-{grade}-ink", f"grade-{grade}") for grade in ("xs", "t", "ht", "kht")),
]
MARK_PAIRS = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("info", "paper"),
    ("info", "ground"),
    ("ok", "paper"),
    ("quota", "paper"),
    ("ok", "line"),
]


def tokens():
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_formula_gives_the_values_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(ink, ground):
    named = tokens()
    assert contrast(named[ink], named[ground]) >= TEXT


@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS)
def test_marks_and_edges_are_visible(mark, ground):
    named = tokens()
    assert contrast(named[mark], named[ground]) >= MARK


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("ink", "#1b2330"), ("muted", "#566072"), ("line", "#e2e5ea"), ("paper", "#ffffff"), ("ground", "#f7f6f3"),
        ("accent", "#9b1c26"), ("info", "#1d4f91"), ("ok", "#0f6b5f"), ("warn", "#7a5b00"), ("warn-soft", "#fdf5dc"),
        ("bad", "#9f1239"), ("bad-soft", "#fdecf1"), ("grade-t-ink", "#173f75"), ("grade-t", "#dbe8f7"),
        ("grade-ht-ink", "#614a00"), ("grade-ht", "#f3ead0"), ("grade-kht-ink", "#85102f"), ("grade-kht", "#f9d7e1"),
    ],
)  # fmt: skip
def test_colours_are_those_of_the_design(name, colour):
    assert tokens()[name] == colour


def test_every_colour_variable_that_is_used_is_defined():
    sheets = {path.name: path.read_text(encoding="utf-8") for path in CSS.glob("*.css")}
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(sheets.values())))
    used = {name for css in sheets.values() for name in re.findall(r"var\((--[a-z0-9-]+)", css)}
    assert {name for name in used - defined if not name.startswith("--bs-")} == set()
