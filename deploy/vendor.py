"""Rebuild the vendored front-end files and fonts from packages fetched with ``npm pack``.

Usage: vendor.py PACKAGES [STATIC]

PACKAGES is a folder that holds the ``.tgz`` files of bootstrap, htmx.org, @fontsource/be-vietnam-pro,
@fontsource/tinos and @fontsource/dejavu-sans; STATIC defaults to the repository's ``static`` folder.
``vendor/VERSIONS.json`` is written last: name, version and the SHA-256 of every file, which a test compares with what
is committed.
"""

import hashlib
import io
import json
import re
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

SUBSETS = ("latin", "latin-ext", "vietnamese")
SCREEN_WEIGHTS = ("400", "600")
PAPER_STYLES = (("400", "normal"), ("700", "normal"), ("400", "italic"), ("700", "italic"))
SIGN_RANGES = (range(0x0370, 0x0400), range(0x2000, 0x2C00))
SOURCE_MAP = re.compile(rb"^\s*(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """One unpacked ``npm pack`` archive: its name, version and members by path inside the package."""

    name: str
    version: str
    members: dict[str, bytes]


def read_package(archive: Path) -> Package:
    """Read one archive into memory; the name and version come from its own ``package.json``."""
    with tarfile.open(archive) as tar:
        members = {
            entry.name.removeprefix("package/"): tar.extractfile(entry).read()  # type: ignore[union-attr]
            for entry in tar.getmembers()
            if entry.isfile()
        }
    manifest = json.loads(members["package.json"])
    return Package(manifest["name"], manifest["version"], members)


def without_source_map(content: bytes) -> bytes:
    """Drop the source map pointer: the map is not vendored, and manifest static storage refuses dangling ones."""
    return SOURCE_MAP.sub(b"", content).rstrip() + b"\n"


def bootstrap_files(package: Package) -> dict[str, bytes]:
    """The two minified files and the licence."""
    return {
        "vendor/bootstrap/bootstrap.min.css": without_source_map(package.members["dist/css/bootstrap.min.css"]),
        "vendor/bootstrap/bootstrap.bundle.min.js": without_source_map(
            package.members["dist/js/bootstrap.bundle.min.js"]
        ),
        "vendor/bootstrap/LICENSE": package.members["LICENSE"],
    }


def htmx_files(package: Package) -> dict[str, bytes]:
    """The minified library and the licence."""
    return {
        "vendor/htmx/htmx.min.js": without_source_map(package.members["dist/htmx.min.js"]),
        "vendor/htmx/LICENSE": package.members["LICENSE"],
    }


def screen_font_files(package: Package) -> dict[str, bytes]:
    """Be Vietnam Pro as the browser wants it: one subset a file, chosen by ``unicode-range`` in fonts.css."""
    files = {
        f"fonts/be-vietnam-pro-{subset}-{weight}.woff2": package.members[
            f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        ]
        for subset in SUBSETS
        for weight in SCREEN_WEIGHTS
    }
    return files | {"fonts/LICENSE-be-vietnam-pro.txt": package.members["LICENSE"]}


def paper_font_files(package: Package) -> dict[str, bytes]:
    """Tinos merged to one TTF a style: WeasyPrint garbles letters when same-named subsets lie side by side."""
    files = {
        f"fonts/Tinos-{weight}-{style}.ttf": merged_font(
            [package.members[f"files/tinos-{subset}-{weight}-{style}.woff2"] for subset in SUBSETS]
        )
        for weight, style in PAPER_STYLES
    }
    return files | {"fonts/LICENSE-tinos.txt": package.members["LICENSE"]}


def merged_font(subsets: list[bytes]) -> bytes:
    """One TTF out of several subsets of the same face; the same input gives the same bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        created = TTFont(io.BytesIO(subsets[0]))["head"].created
        for number, content in enumerate(subsets):
            font = TTFont(io.BytesIO(content), recalcTimestamp=False)
            font.flavor = None
            part = Path(scratch) / f"{number}.ttf"
            font.save(part)
            parts.append(str(part))
        merged = Merger().merge(parts)
    merged.recalcTimestamp = False
    # The merger stamps the present time; the subset's own keeps the bytes, and so the committed hash, stable.
    merged["head"].created = merged["head"].modified = created
    target = io.BytesIO()
    merged.save(target)
    return target.getvalue()


def sign_font_files(package: Package) -> dict[str, bytes]:
    """Mathematical and other signs that Tinos lacks (arrows, comparisons, marks), cut out of DejaVu Sans."""
    font = TTFont(io.BytesIO(package.members["files/dejavu-sans-latin-400-normal.woff2"]), recalcTimestamp=False)
    font.flavor = None
    wanted = {code for signs in SIGN_RANGES for code in signs} & font.getBestCmap().keys()
    subsetter = Subsetter()
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return {"fonts/DejaVuSans-signs.ttf": target.getvalue(), "fonts/LICENSE-dejavu.txt": package.members["LICENSE"]}


BUILDERS = {
    "bootstrap": bootstrap_files,
    "htmx.org": htmx_files,
    "@fontsource/be-vietnam-pro": screen_font_files,
    "@fontsource/tinos": paper_font_files,
    "@fontsource/dejavu-sans": sign_font_files,
}


def main(packages: Path, static: Path) -> None:
    """Write every vendored file below `static` and then the list of versions."""
    found = {package.name: package for package in map(read_package, sorted(packages.glob("*.tgz")))}
    missing = sorted(BUILDERS.keys() - found.keys())
    if missing:
        raise SystemExit(f"Missing in {packages}: {', '.join(missing)}")
    listing = []
    for name, build in BUILDERS.items():
        files = build(found[name])
        for path, content in files.items():
            target = static / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
        listing.append({"name": name, "version": found[name].version, "files": hashes})
    versions = static / "vendor" / "VERSIONS.json"
    versions.write_text(json.dumps({"packages": listing}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parents[1] / "static")
