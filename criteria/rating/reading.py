"""JSON read without forgiveness: double keys are kept in mind, numbers with a point stay what they are; and written."""

import json
from collections.abc import Mapping
from typing import Any

from criteria.rating.refusals import FactsRefused

MOST_DIGITS = 18


class Doubled(dict[str, Any]):
    """An object in which a key stood twice; the readers refuse it with the path of that key."""

    doubled: str = ""


def read_json(text: str) -> Any:
    """The value written in the text; FactsRefused where it is not JSON."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise FactsRefused("", f"not JSON: {error}") from error
    except RecursionError as error:
        raise FactsRefused("", "not JSON that anybody wrote: too deep") from error


def write_json(value: object, encoding: str | None = None) -> str:
    """The value as JSON with its Vietnamese letters; escaped where a stream of this encoding does not have them."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return text


def doubled_key(value: Mapping[str, Any]) -> str:
    """The key that stood twice in this object, empty where none did."""
    return value.doubled if isinstance(value, Doubled) else ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = Doubled(found)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            doubled.doubled = key
        seen.add(key)
    return doubled


def _whole(text: str) -> int | str:
    # A number of thousands of digits would stall the conversion; as a text it is refused where it stands.
    return int(text) if len(text) <= MOST_DIGITS else text
