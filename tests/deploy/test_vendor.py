"""What is vendored is exactly what VERSIONS.json says, and nothing in it points outside."""

import hashlib
import io
import json
import tarfile
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from deploy import vendor

STATIC = Path(__file__).parents[2] / "static"
PACKAGES = json.loads((STATIC / "vendor" / "VERSIONS.json").read_text(encoding="utf-8"))["packages"]
FILES = {path: digest for package in PACKAGES for path, digest in package["files"].items()}
OWN = {"vendor/VERSIONS.json", "fonts/fonts.css"}
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def test_versions_are_the_decided_ones():
    assert {package["name"]: package["version"] for package in PACKAGES} == {
        "bootstrap": "5.3.8",
        "htmx.org": "2.0.10",
        "@fontsource/be-vietnam-pro": "5.3.0",
        "@fontsource/tinos": "5.3.0",
        "@fontsource/dejavu-sans": "5.3.0",
    }


@pytest.mark.parametrize("path", sorted(FILES))
def test_vendored_file_has_its_listed_hash(path):
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == FILES[path]


def test_vendor_and_font_folders_hold_nothing_unlisted():
    present = {
        path.relative_to(STATIC).as_posix()
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).rglob("*")
        if path.is_file()
    }
    assert present == FILES.keys() | OWN


def test_every_package_comes_with_its_licence():
    for package in PACKAGES:
        assert any("LICENSE" in path for path in package["files"]), package["name"]


@pytest.mark.parametrize("path", sorted(path for path in FILES if path.endswith((".css", ".js"))))
def test_vendored_script_or_style_has_no_source_map_pointer(path):
    assert b"sourceMappingURL" not in (STATIC / path).read_bytes()


def test_fonts_css_names_only_committed_files():
    css = (STATIC / "fonts" / "fonts.css").read_text(encoding="utf-8")
    named = {part.split('"')[1] for part in css.split("url(")[1:]}
    assert named == {path.name for path in (STATIC / "fonts").iterdir() if path.suffix in {".woff2", ".ttf"}}


@pytest.mark.parametrize("style", ["400-normal", "700-normal", "400-italic", "700-italic"])
def test_paper_font_has_every_vietnamese_letter(style):
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    wanted = {ord(letter) for small in letters for letter in (small, small.upper())}
    assert len(wanted) == 2 * (12 * 6 + 1)
    assert wanted <= TTFont(STATIC / "fonts" / f"Tinos-{style}.ttf").getBestCmap().keys()


def packed(folder, name, version, members):
    """An archive as ``npm pack`` writes it."""
    files = members | {"package.json": json.dumps({"name": name, "version": version}).encode()}
    with tarfile.open(folder / f"{name.strip('@').replace('/', '-')}-{version}.tgz", "w:gz") as tar:
        for path, content in files.items():
            entry = tarfile.TarInfo(f"package/{path}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_source_map_pointers_are_taken_out_and_nothing_else():
    assert vendor.without_source_map(b"a{b:c}\n/*# sourceMappingURL=x.css.map */") == b"a{b:c}\n"
    assert vendor.without_source_map(b"let a;\n//# sourceMappingURL=x.js.map\n") == b"let a;\n"
    assert vendor.without_source_map(b"let url = 'x'") == b"let url = 'x'\n"


def test_missing_packages_are_named(tmp_path):
    packed(tmp_path, "htmx.org", "2.0.10", {"dist/htmx.min.js": b"x", "LICENSE": b"l"})
    with pytest.raises(
        SystemExit, match="@fontsource/be-vietnam-pro, @fontsource/dejavu-sans, @fontsource/tinos, bootstrap"
    ):
        vendor.main(tmp_path, tmp_path / "static")
    assert not (tmp_path / "static").exists()


def test_package_is_read_with_its_own_name_and_version(tmp_path):
    packed(tmp_path, "bootstrap", "5.3.8", {"dist/css/bootstrap.min.css": b"a", "LICENSE": b"l"})
    package = vendor.read_package(next(tmp_path.glob("*.tgz")))
    assert (package.name, package.version) == ("bootstrap", "5.3.8")
    assert package.members["LICENSE"] == b"l"


def test_merged_face_keeps_every_letter_of_its_parts_and_the_same_bytes():
    parts = [(STATIC / "fonts" / f"be-vietnam-pro-{subset}-400.woff2").read_bytes() for subset in vendor.SUBSETS]
    letters = set().union(*(TTFont(io.BytesIO(part)).getBestCmap() for part in parts))
    first, second = vendor.merged_font(parts), vendor.merged_font(parts)
    assert first == second
    assert TTFont(io.BytesIO(first)).getBestCmap().keys() == letters
