"""Reads frameworks and cases kept as data, and builds the child of each case; used by every test of this folder."""

import copy
import hashlib
import re
import tomllib
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
TOPICS = ("required", "sums", "levels", "lineage", "exceptions")
BASES = tomllib.loads((HERE / "bases.toml").read_text(encoding="utf-8"))
NAMED = re.compile(r"(groups|criteria)\['([^']+)'\](?:\.(.+))?")


def cases():
    """Every case with its topic."""
    return [
        (topic, case)
        for topic in TOPICS
        for case in tomllib.loads((HERE / f"{topic}.toml").read_text(encoding="utf-8"))["cases"]
    ]


def base(name):
    """A framework as JSON would give it."""
    return copy.deepcopy(BASES[name])


def child_of(parent):
    """A framework one level down that takes over everything."""
    child = copy.deepcopy(parent) | {
        "key": "HU/20-HD/HU@2024-02-02",
        "number": "20-HD/HU",
        "issued_on": "2024-02-02",
        "issuer": {"code": "HU", "name": "Huyện ủy"},
        "parent": parent["key"],
    }
    for criterion in all_criteria(child):
        criterion["concretises"] = criterion["code"]
    return child


def pair(case):
    """The parent and the child of a case."""
    parent = base(case["base"])
    child = child_of(parent)
    edit(parent, {"set": case.get("parent_set", {}), "remove": case.get("parent_remove", [])})
    edit(child, case)
    return parent, child


def edit(framework, case):
    for code, rows in case.get("split", {}).items():
        _split(framework, code, rows)
    for code, group in case.get("move", {}).items():
        _move(framework, code, group)
    for path, value in case.get("set", {}).items():
        put(framework, path, value)
    for path in case.get("remove", ()):
        take(framework, path)
    for code, rows in case.get("add", {}).items():
        named(framework, "groups", code)["criteria"].extend(copy.deepcopy(rows))
    if case.get("unlinked"):
        for criterion in all_criteria(framework):
            criterion.pop("concretises", None)
    for code, levels in case.get("confirm", {}).items():
        confirm(named(framework, "criteria", code), levels)
    for path, value in case.get("after", {}).items():
        put(framework, path, value)
    for code in case.get("decompose", ()):
        _decompose(named(framework, "criteria", code))
    if case.get("reverse"):
        reverse(framework)


def all_criteria(framework):
    return [criterion for group in framework["groups"] for criterion in group["criteria"]]


def named(framework, kind, code):
    rows = framework["groups"] if kind == "groups" else all_criteria(framework)
    return next(row for row in rows if row["code"] == code)


def put(framework, path, value):
    found = NAMED.fullmatch(path)
    if found:
        _put_in(named(framework, found[1], found[2]), found[3], value)
    else:
        _put_in(framework, path, value)


def take(framework, path):
    found = NAMED.fullmatch(path)
    if not found:
        del framework[path]
        return
    row = named(framework, found[1], found[2])
    if not found[3]:
        for rows in (framework["groups"], *(group["criteria"] for group in framework["groups"])):
            rows[:] = [each for each in rows if each is not row]
        return
    *blocks, last = found[3].split(".")
    for block in blocks:
        row = row[block]
    del row[last]


def confirm(criterion, levels):
    """What an officer of the parent's issuer puts on record; the digest is spelled out here a second time."""
    for level in levels:
        text = " ".join(unicodedata.normalize("NFC", criterion["levels"][level]["text"]).split())
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        row = {"level": level, "document": "12-CV/BTCTU", "on": "2024-03-01", "by": "Trần Thị Lan"}
        criterion.setdefault("confirmed", []).append(row | {"text_sha256": digest})


def reverse(framework):
    framework["groups"].reverse()
    for group in framework["groups"]:
        group["criteria"].reverse()


def value_at(data, path):
    """The value at a path that the check prints; LookupError where there is none."""
    for key, place in re.findall(r"([a-z_]+)|\[(\d+)\]", path):
        data = data[key] if key else data[int(place)]
    return data


def _split(framework, code, rows):
    group = next(each for each in framework["groups"] if code in [row["code"] for row in each["criteria"]])
    place = [row["code"] for row in group["criteria"]].index(code)
    pieces = [copy.deepcopy(group["criteria"][place]) for _ in rows]
    for piece, row in zip(pieces, rows, strict=True):
        for path, value in row.items():
            _put_in(piece, path, value)
    group["criteria"][place : place + 1] = pieces


def _put_in(data, path, value):
    *blocks, last = path.split(".")
    for block in blocks:
        data = data.setdefault(block, {})
    data[last] = copy.deepcopy(value)


def _move(framework, code, group):
    criterion = named(framework, "criteria", code)
    for each in framework["groups"]:
        each["criteria"] = [row for row in each["criteria"] if row is not criterion]
    named(framework, "groups", group)["criteria"].append(criterion)


def _decompose(criterion):
    for level in criterion["levels"].values():
        level["text"] = unicodedata.normalize("NFD", level["text"])
