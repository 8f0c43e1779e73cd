"""The shelf of regulations: the files shipped with the product, each loaded once."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from criteria.regulation.loader import from_data, read_toml
from criteria.regulation.model import Regulation
from criteria.regulation.overlays import derived
from criteria.regulation.plain import plain
from criteria.regulation.refusals import RegulationRefused

SHIPPED = Path(__file__).resolve().parent.parent / "regulations"


def slug(key: str) -> str:
    """The ASCII name of a regulation's file: 124-QĐ/TW@2023-10-04 becomes 124-qd-tw-2023-10-04."""
    decomposed = unicodedata.normalize("NFD", key.replace("Đ", "D").replace("đ", "d"))
    letters = (letter.lower() for letter in decomposed if letter.isascii())
    kept = "".join(letter if letter.isalnum() else "-" for letter in letters)
    return "-".join(part for part in kept.split("-") if part)


def load_file(path: Path | str) -> Regulation:
    """The regulation in one file; a refusal names the file too. OSError where the file cannot be read."""
    path = Path(path)
    try:
        regulation = from_data(_whole(path.parent, read_toml(path.read_text(encoding="utf-8"))))
    except UnicodeDecodeError as error:
        raise RegulationRefused(path.name, "", f"is not UTF-8: {error}") from error
    except RegulationRefused as error:
        raise RegulationRefused(f"{path.name}: {error.table}", error.key, error.message) from error
    if path.stem != slug(regulation.key):
        raise RegulationRefused(path.name, "key", f"belongs into the file {slug(regulation.key)}.toml")
    return regulation


def _whole(folder: Path, data: dict[str, Any], below: tuple[str, ...] = ()) -> dict[str, Any]:
    """The data of a file; one that is derived says only what it changes in its parent, a file of the same folder."""
    found: dict[str, Any] = plain(data)
    parent = found.get("derived_from")
    if parent is None:
        return found
    path = folder / f"{slug(str(parent))}.toml"
    chain = (*below, str(found.get("key")))
    if parent in chain or not path.exists():
        raise RegulationRefused("file", "derived_from", f"names {parent!r}, which is no other file of this folder")
    return derived(_whole(folder, read_toml(path.read_text(encoding="utf-8")), chain), found)


def load_all(folder: Path | str) -> dict[str, Regulation]:
    """Every regulation of a folder by its key, in the order of the file names."""
    regulations = [load_file(path) for path in sorted(Path(folder).glob("*.toml"))]
    return {regulation.key: regulation for regulation in regulations}


@cache
def shipped() -> dict[str, Regulation]:
    """The regulations that come with the product, by key."""
    return load_all(SHIPPED)


def find(key: str) -> Regulation:
    """The shipped regulation of this key, however its letters are composed; KeyError where there is none."""
    return shipped()[unicodedata.normalize("NFC", key)]
