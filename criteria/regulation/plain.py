"""Plain data: what a database can keep as JSON and what a TOML file says, made one and the same."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from criteria.regulation.refusals import RegulationRefused


def plain(value: object, path: str = "") -> Any:
    """Texts (composed), whole numbers, flags, days as text, lists, tables; anything else is refused with its path."""
    if isinstance(value, Mapping):
        return {str(key): plain(below, f"{path}.{key}" if path else str(key)) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below, f"{path}[{number}]") for number, below in enumerate(value)]
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool | int):
        return value
    raise RegulationRefused(path, "", "must be a text, a whole number, a flag, a day, a list or a table")
