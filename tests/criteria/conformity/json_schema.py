"""As much of JSON Schema 2020-12 as the published schema uses; a keyword that is not known here is an error."""

import json
import re

from tests.architecture.source import ROOT

SCHEMA = json.loads((ROOT / "docs" / "framework.schema.json").read_text(encoding="utf-8"))
DEFINED = SCHEMA["$defs"] | {"framework": {key: value for key, value in SCHEMA.items() if key != "$defs"}}
REMARKS = {"$schema", "$ref", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def problems(value, rule, path=""):
    """What a value breaks of the schema: as much of JSON Schema as the file uses; another keyword is an error here."""
    if "$ref" in rule:
        yield from problems(value, DEFINED[rule["$ref"].removeprefix("#/$defs/")], path)
    for keyword, wanted in rule.items():
        if keyword not in REMARKS:
            yield from KEYWORDS[keyword](value, wanted, rule, path)


def _type(value, wanted, rule, path):
    if not isinstance(value, TYPES[wanted]) or (wanted == "integer" and isinstance(value, bool)):
        yield f"{path}: type"


def _is_number(value):
    return isinstance(value, int | float)


def _any_of(value, wanted, rule, path):
    if all(list(problems(value, each, path)) for each in wanted):
        yield f"{path}: anyOf"


def _properties(value, wanted, rule, path):
    for key in value if isinstance(value, dict) else ():
        if key in wanted:
            yield from problems(value[key], wanted[key], f"{path}.{key}")
        elif rule["additionalProperties"] is False:
            yield f"{path}.{key}: unknown"


def _items(value, wanted, rule, path):
    for place, entry in enumerate(value if isinstance(value, list) else ()):
        yield from problems(entry, wanted, f"{path}[{place}]")


KEYWORDS = {
    "type": _type,
    "anyOf": _any_of,
    "properties": _properties,
    "items": _items,
    "additionalProperties": lambda value, wanted, rule, path: (),
    "required": lambda value, wanted, rule, path: [
        f"{path}.{key}: missing" for key in wanted if isinstance(value, dict) and key not in value
    ],
    "enum": lambda value, wanted, rule, path: [] if value in wanted else [f"{path}: enum"],
    "const": lambda value, wanted, rule, path: [] if value == wanted else [f"{path}: const"],
    "pattern": lambda value, wanted, rule, path: (
        [] if not isinstance(value, str) or re.search(wanted, value) else [f"{path}: pattern"]
    ),
    "minimum": lambda value, wanted, rule, path: [] if not _is_number(value) or value >= wanted else [path],
    "maximum": lambda value, wanted, rule, path: [] if not _is_number(value) or value <= wanted else [path],
}
