"""JSON read without forgiveness: double keys are kept in mind, numbers stay what they are."""

import json
from collections.abc import Mapping
from typing import Any

from criteria.conformity.refusals import MalformedFramework

MOST_DIGITS = 18


class Doubled(dict[str, Any]):
    """An object in which a key stood twice; its reader refuses it with the path of that key."""

    doubled: str = ""


def parse(text: str) -> Any:
    """The value written in the text, a byte order mark before it or not; MalformedFramework where it is not JSON."""
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise MalformedFramework("", f"not JSON: {error}") from error
    except RecursionError as error:
        raise MalformedFramework("", "not JSON that anybody wrote: too deep") from error


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
