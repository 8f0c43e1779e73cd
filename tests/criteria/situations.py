"""Reads the situations kept as data and builds the facts of each; used by several tests."""

import copy
import tomllib
from pathlib import Path

from criteria.regulation import slug

CASES = Path(__file__).parent / "cases"


def read(key):
    """The case file of a regulation."""
    return tomllib.loads((CASES / f"{slug(key)}.toml").read_text(encoding="utf-8"))


def every(key):
    """Every case of a regulation, with its facts."""
    data = read(key)
    return [(case, facts(data, case)) for case in data["cases"]]


def base(key, name):
    """The facts of one base, as JSON would give them."""
    return plain(read(key)["bases"][name]) | {"regulation": key}


def facts(data, case):
    found = plain(data["bases"][case["base"]]) | {"regulation": data["regulation"]}
    for path, value in case.get("set", {}).items():
        put(found, path, plain(value))
    for path in case.get("remove", ()):
        take(found, path)
    return found


def put(data, path, value):
    *blocks, last = path.split(".")
    for block in blocks:
        data = data.setdefault(block, {})
    data[last] = value


def take(data, path):
    *blocks, last = path.split(".")
    for block in blocks:
        data = data.get(block, {})
    data.pop(last, None)


def plain(value):
    return copy.deepcopy(value)
