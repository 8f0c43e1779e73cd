"""Golden pictures: every page of every form of every regulation, filled with the sample, as it was last looked at.

A page that differs fails with its name. After a change that was looked at page by page (the
gallery shows the same), renew them: RENEW_PICTURES=1 .venv/bin/pytest tests/criteria/test_form_pictures.py
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from criteria.documents.gallery import gallery_sheets
from criteria.regulation import shipped, slug
from orgs.documents import render_docx, render_pdf

GOLDEN = Path(__file__).parent / "golden"
DPI, GREYS = "40", 8
# Type set by another version of the rasteriser moves greys by a little; a line that is gone moves whole patches.
PATCH, MOST_IN_PATCH, MOST_IN_MEAN = 6, 40, 1.0
FORMS = [(key, form.key) for key, law in shipped().items() for form in law.forms]
IDS = [f"{slug(key)}-{form_key}" for key, form_key in FORMS]


def folder_of(key):
    return GOLDEN / slug(key)


def pages_of(content, into):
    """The pages of a PDF as grey pictures, in their order."""
    (into / "form.pdf").write_bytes(content)
    subprocess.run(
        ["pdftoppm", "-r", DPI, "-gray", "-png", str(into / "form.pdf"), str(into / "page")], check=True, timeout=60
    )
    return [Image.open(path).convert("L") for path in sorted(into.glob("page-*.png"))]


def difference(one, other):
    """(mean difference of the page, greatest mean difference of a patch of it), of 255; infinite for other sizes."""
    if one.size != other.size:
        return float("inf"), float("inf")
    between = ImageChops.difference(one.convert("L"), other.convert("L"))
    small = Image.merge("L", [one]).resize([max(1, side // PATCH) for side in one.size], Image.Resampling.BOX)
    golden = other.convert("L").resize(small.size, Image.Resampling.BOX)
    return ImageStat.Stat(between).mean[0], ImageChops.difference(small, golden).getextrema()[1]


def is_like(one, other):
    mean, patch = difference(coarse(one), other)
    return mean <= MOST_IN_MEAN and patch <= MOST_IN_PATCH


def coarse(page):
    """The page in few greys, as it is kept: the pictures stay small."""
    return page.quantize(GREYS).convert("L")


def renew(key, form_key, pages):
    folder_of(key).mkdir(parents=True, exist_ok=True)
    for old in folder_of(key).glob(f"{form_key}-[0-9].png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        page.quantize(GREYS).save(folder_of(key) / f"{form_key}-{number}.png", optimize=True)


@pytest.mark.parametrize(("key", "form_key"), FORMS, ids=IDS)
def test_every_page_of_a_form_looks_as_it_did(key, form_key, tmp_path):
    law = shipped()[key]
    sheets = gallery_sheets(law, law.form(form_key))
    pages = pages_of(render_pdf(sheets), tmp_path)
    assert all(render_docx(sheet)[:2] == b"PK" for sheet in sheets)
    if os.environ.get("RENEW_PICTURES"):
        renew(key, form_key, pages)
    kept = sorted(folder_of(key).glob(f"{form_key}-[0-9].png"))
    assert len(kept) == len(pages), f"{slug(key)}/{form_key} has {len(pages)} pages, {len(kept)} are kept"
    wrong = [
        f"{path.parent.name}/{path.name}"
        for path, page in zip(kept, pages, strict=True)
        if not is_like(page, Image.open(path).convert("L"))
    ]
    assert wrong == []


def test_no_picture_is_kept_of_a_form_that_is_gone():
    known = {(slug(key), form_key) for key, form_key in FORMS}
    kept = {(path.parent.name, path.stem.rpartition("-")[0]) for path in GOLDEN.glob("*/*.png")}
    assert kept == known


def test_pictures_stay_small():
    assert sum(path.stat().st_size for path in GOLDEN.glob("*/*.png")) < 1_500_000


def test_one_line_that_is_gone_is_seen():
    page = Image.open(folder_of("366-QĐ/TW@2025-08-30") / "01-Q-1.png").convert("L")
    bare = page.copy()
    # One row of the table of common items, some four millimetres high.
    bare.paste(255, (60, 290, 200, 297))
    assert is_like(page, page)
    assert not is_like(bare, page)
