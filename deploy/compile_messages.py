"""Compile every locale/*/LC_MESSAGES/*.po beside itself, on machines without gettext too."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def compile_messages(root: Path) -> list[Path]:
    """Write a .mo for each .po below root and return the paths written."""
    written = []
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_messages(ROOT / "locale"):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
