"""The QR symbol: the code's text only, drawn alike on page and picture."""

import io
import re

import segno
from PIL import Image

from orgs.documents import render_html
from orgs.documents.qr import QUIET_ZONE, png_of, symbol_of
from tests.orgs.documents.sheets import LETTER

CODE = "2024-CB-000123-3"


def modules_of(code):
    return [[bool(module) for module in row] for row in segno.make_qr(code, error="m", boost_error=False).matrix]


def test_path_strokes_exactly_the_dark_modules():
    symbol = symbol_of(CODE)
    size = symbol.size - 2 * QUIET_ZONE
    drawn = [[False] * symbol.size for _ in range(symbol.size)]
    runs = re.findall(r"M(\d+) (\d+)\.5h(\d+)", symbol.path)
    assert "".join(f"M{x} {y}.5h{length}" for x, y, length in runs) == symbol.path
    for x, y, length in runs:
        for step in range(int(length)):
            drawn[int(y)][int(x) + step] = True
    inner = [row[QUIET_ZONE:-QUIET_ZONE] for row in drawn[QUIET_ZONE:-QUIET_ZONE]]
    assert inner == modules_of(CODE)
    assert len(inner) == size


def test_picture_shows_the_same_modules():
    picture = Image.open(io.BytesIO(png_of(CODE, scale=4))).convert("L")
    modules = modules_of(CODE)
    assert picture.width == 4 * (len(modules) + 2 * QUIET_ZONE)
    read = [
        [picture.getpixel((4 * (x + QUIET_ZONE) + 2, 4 * (y + QUIET_ZONE) + 2)) < 128 for x in range(len(modules))]
        for y in range(len(modules))
    ]
    assert read == modules


def test_other_code_gives_another_symbol():
    assert symbol_of(CODE).path != symbol_of("2024-CB-000123-4").path


def test_page_on_screen_draws_the_symbol_of_its_code():
    assert symbol_of(LETTER.code).path in render_html(LETTER)
