"""A framework written as a file: the same framework always gives the same text."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.conformity.model import Framework
from criteria.conformity.vocabulary import SCHEMA


def to_data(framework: Framework) -> dict[str, Any]:
    """Plain data of the published schema, every key written, the inverse of `read`."""
    return {"schema": SCHEMA, **_plain(framework)}


def to_json(framework: Framework) -> str:
    """The file, ending in a line break."""
    return json.dumps(to_data(framework), ensure_ascii=False, indent=2) + "\n"


def plain_decimal(value: Decimal) -> str:
    """A decimal with a point, without needless zeros."""
    found = f"{value:f}"
    return found.rstrip("0").rstrip(".") if "." in found else found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else value
