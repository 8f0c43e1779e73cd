"""What stands in a framework as a file, key by key, and the record that it makes."""

from typing import Any

from criteria.conformity import vocabulary
from criteria.conformity.json_text import parse
from criteria.conformity.model import (
    Confirmation,
    Covered,
    Criterion,
    Framework,
    Group,
    Issuer,
    Level,
    Levels,
    RecordedException,
)
from criteria.conformity.values import (
    Many,
    OneOf,
    OrNull,
    Shape,
    day,
    decimal,
    digest,
    edition,
    flag,
    text,
    words,
)
from criteria.regulation.vocabulary import LEVELS as LEVEL_KEYS

LEVEL = Shape(Level, {"text": words, "target": OrNull(decimal), "points": OrNull(decimal)})
LEVELS = Shape(Levels, dict.fromkeys(LEVEL_KEYS, LEVEL))
CONFIRMATION = Shape(
    Confirmation,
    {
        "level": OneOf(LEVEL_KEYS),
        "document": words,
        "on": day,
        "by": text,
        "text_sha256": digest,
        "above_sha256": OrNull(digest),
    },
    ("level", "document", "on", "by", "text_sha256"),
)
CRITERION = Shape(
    Criterion,
    {
        "code": text,
        "title": text,
        "concretises": OrNull(text),
        "required": flag,
        "weight": OrNull(decimal),
        "item": words,
        "cites": words,
        "direction": OrNull(OneOf(vocabulary.DIRECTIONS)),
        "levels": LEVELS,
        "confirmed": Many(CONFIRMATION),
    },
    ("code", "title", "required", "levels"),
)
GROUP = Shape(
    Group,
    {
        "code": text,
        "title": text,
        "group": text,
        "sum": OrNull(decimal),
        "sum_fixed": flag,
        "cites": words,
        "criteria": Many(CRITERION),
    },
    ("code", "title", "group", "criteria"),
)
ISSUER = Shape(Issuer, {"code": text, "name": text}, ("code", "name"))
COVERED = Shape(Covered, {"kind": OneOf(vocabulary.KINDS), "code": text, "name": words}, ("kind", "code", "name"))
EXCEPTION = Shape(
    RecordedException,
    {"code": OneOf(vocabulary.BREACHES), "path": text, "document": words, "reason": words},
    ("code", "path", "document"),
)


def _framework(*, schema: str, **values: Any) -> Framework:
    return Framework(**values)


FRAMEWORK = Shape(
    _framework,
    {
        "schema": OneOf((vocabulary.SCHEMA,)),
        "key": text,
        "title": text,
        "issuer": ISSUER,
        "number": words,
        "issued_on": OrNull(day),
        "edition": edition,
        "legal_basis": words,
        "regulation": text,
        "form": words,
        "subject": OneOf(vocabulary.SUBJECTS),
        "marking": OneOf(vocabulary.MARKINGS),
        "parent": OrNull(text),
        "covers": Many(COVERED),
        "groups": Many(GROUP),
        "exceptions": Many(EXCEPTION),
    },
    ("schema", "key", "title", "issuer", "regulation", "subject", "marking", "groups"),
)


def read(source: str | dict[str, Any]) -> Framework:
    """The framework written in a text of JSON or in its plain data.

    MalformedFramework names the place and what is wrong there; what a framework may not contain but can say (two
    criteria of one code, weights that do not add up) is left to the check.
    """
    found: Framework = FRAMEWORK(parse(source) if isinstance(source, str) else source)
    return found
