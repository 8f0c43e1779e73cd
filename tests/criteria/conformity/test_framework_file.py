"""The file of a framework: what is refused and where, and that the published schema says the same as the reader."""

import copy
import json
import re

import pytest

from criteria.conformity import MalformedFramework, fingerprint, normalised, read, reader, to_data, to_json
from criteria.conformity.values import Many, OneOf, OrNull, Shape
from tests.criteria.conformity import frameworks
from tests.criteria.conformity.chance import Chance
from tests.criteria.conformity.json_schema import DEFINED, SCHEMA, problems

SHAPES = {
    "framework": reader.FRAMEWORK,
    "issuer": reader.ISSUER,
    "covered": reader.COVERED,
    "group": reader.GROUP,
    "criterion": reader.CRITERION,
    "levels": reader.LEVELS,
    "level": reader.LEVEL,
    "confirmation": reader.CONFIRMATION,
    "exception": reader.EXCEPTION,
}


def written():
    """A framework in which every key of the file stands."""
    data = frameworks.child_of(frameworks.base("levels"))
    frameworks.put(data, "criteria['I.1'].levels.good.text", "Gương mẫu ở mức khá.")
    frameworks.confirm(frameworks.named(data, "criteria", "I.1"), ["good"])
    data["exceptions"] = [{"code": "level_loosened", "path": "groups[0]", "document": "33-TB/TU", "reason": "Lý do"}]
    return to_data(read(data))


FULL = written()


def full():
    """A copy of it, to be spoilt."""
    return copy.deepcopy(FULL)


def leaves(value, path=""):
    """Every path of plain data with a value that is no object and no list."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from leaves(below, f"{path}[{place}]")
    else:
        yield path


def objects(value, path=""):
    """Every path of plain data that holds an object."""
    if isinstance(value, dict):
        yield path
        for key, below in value.items():
            yield from objects(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from objects(below, f"{path}[{place}]")


def write(data, path, value):
    *_, last = re.findall(r"[a-z_0-9]+", path)
    above = path[: path.rindex(last)].rstrip(".[")
    found = frameworks.value_at(data, above)
    found[int(last) if isinstance(found, list) else last] = value


def refusal(data):
    with pytest.raises(MalformedFramework) as caught:
        read(data if isinstance(data, str) else json.dumps(data))
    return caught.value


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("path", list(leaves(FULL)))
def test_number_with_a_point_is_refused_at_its_place(path):
    data = full()
    write(data, path, 1.5)
    assert refusal(data).path == path


@pytest.mark.parametrize("path", list(objects(FULL)))
def test_unknown_key_is_refused_at_its_place(path):
    data = full()
    frameworks.value_at(data, path)["weigth"] = "1"
    found = refusal(data)
    assert (found.path, found.message) == (f"{path}.weigth" if path else "weigth", "is unknown")


@pytest.mark.parametrize("path", list(objects(FULL)))
def test_object_that_is_none_is_refused_at_its_place(path):
    data = full()
    if path:
        write(data, path, "x")
    assert refusal(data if path else []).path == path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("framework", ""),
        ("issuer", "issuer"),
        ("covered", "covers[1]"),
        ("group", "groups[1]"),
        ("criterion", "groups[1].criteria[0]"),
        ("confirmation", "groups[0].criteria[0].confirmed[0]"),
        ("exception", "exceptions[0]"),
    ],
)
def test_key_that_must_stand_is_named_where_it_is_missing(name, path):
    needed = SHAPES[name].needed
    assert needed
    for key in needed:
        data = full()
        del frameworks.value_at(data, path)[key]
        found = refusal(data)
        assert (found.path, found.message) == (f"{path}.{key}" if path else key, "is missing")


def test_key_that_need_not_stand_has_its_plain_value():
    data = full()
    for name, path in (("framework", ""), ("group", "groups[0]"), ("criterion", "groups[0].criteria[0]")):
        row = frameworks.value_at(data, path)
        for key in set(SHAPES[name].readers) - set(SHAPES[name].needed):
            del row[key]
    found = read(data)
    assert (found.number, found.issued_on, found.edition, found.parent, found.covers) == ("", None, 1, None, ())
    assert (found.groups[0].sum, found.groups[0].sum_fixed) == (None, False)
    row = found.groups[0].criteria[0]
    assert (row.concretises, row.weight, row.direction, row.confirmed) == (None, None, None, ())


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema", "framework/2", "must be one of framework/1"),
        ("key", "", "must be a text that is not empty"),
        ("title", "  ", "must be a text that is not empty"),
        ("title", None, "must be a text"),
        ("issued_on", "05/01/2024", "must be a day such as 2024-12-31"),
        ("issued_on", "2024-02-30", "must be a day such as 2024-12-31"),
        ("edition", 0, "must be a whole number from 1 to 9999"),
        ("edition", True, "must be a whole number from 1 to 9999"),
        ("edition", "1", "must be a whole number from 1 to 9999"),
        ("edition", 10**30, "must be a whole number from 1 to 9999"),
        ("subject", "cadre", "must be one of person, collective, organisation"),
        ("marking", None, "must be one of levels, points, checklist"),
        ("parent", "", "must be a text that is not empty"),
        ("covers", {}, "must be a list"),
        ("covers[0].kind", "jobs", "must be one of job, position, collective, unit, line, managing_authority"),
        ("groups", None, "must be a list"),
        ("groups[0].sum", "-30", "must not be negative"),
        ("groups[0].sum", "3e1", 'must be a plain decimal such as "27.5"'),
        ("groups[0].sum", "30,5", 'must be a plain decimal such as "27.5"'),
        ("groups[0].sum", "NaN", 'must be a plain decimal such as "27.5"'),
        ("groups[0].sum", "٣٠", 'must be a plain decimal such as "27.5"'),
        ("groups[0].sum", "30\n", 'must be a plain decimal such as "27.5"'),
        ("groups[0].sum", 30, 'must be a decimal written as a text, such as "27.5"'),
        ("groups[0].sum_fixed", "true", "must be true or false"),
        ("groups[0].sum_fixed", 1, "must be true or false"),
        ("groups[1].criteria[0].required", None, "must be true or false"),
        ("groups[1].criteria[0].code", "", "must be a text that is not empty"),
        ("groups[1].criteria[0].concretises", "", "must be a text that is not empty"),
        ("groups[1].criteria[0].weight", 5, 'must be a decimal written as a text, such as "27.5"'),
        ("groups[1].criteria[0].direction", "above", "must be one of at_least, at_most"),
        ("groups[1].criteria[0].levels", None, "must be an object"),
        ("groups[1].criteria[0].levels.good", "Tốt", "must be an object"),
        ("groups[1].criteria[0].levels.good.text", None, "must be a text"),
        ("groups[1].criteria[0].levels.good.text", "a\u0000b", "has characters that cannot be written"),
        ("groups[1].criteria[0].levels.good.text", "\ud800", "has characters that cannot be written"),
        ("groups[1].criteria[0].levels.good.target", "1.1234567", 'must be a plain decimal such as "27.5"'),
        ("groups[1].criteria[0].levels.good.points", "-0", "must not be negative"),
        ("groups[0].criteria[0].confirmed[0].level", "best", "must be one of excellent, good, average, poor"),
        ("groups[0].criteria[0].confirmed[0].on", None, "must be a day such as 2024-12-31"),
        ("groups[0].criteria[0].confirmed[0].text_sha256", "AB" * 32, "must be 64 hexadecimal digits in small letters"),
        ("exceptions[0].code", "level_missing", "must be one of missing_required"),
        ("exceptions[0].path", "", "must be a text that is not empty"),
    ],
)
def test_wrong_value_is_refused_with_its_place_and_a_sentence(path, value, message):
    data = full()
    write(data, path, value)
    found = refusal(data)
    assert found.path == path
    assert found.message.startswith(message)
    assert str(found) == f"{path}: {found.message}"


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("", "", "not JSON"),
        ("{", "", "not JSON"),
        ("{} {}", "", "not JSON"),
        ("3", "", "must be an object"),
        ("[]", "", "must be an object"),
        ("null", "", "must be an object"),
        pytest.param("[" * 100_000, "", "not JSON that anybody wrote: too deep", id="too deep"),
    ],
)
def test_text_that_is_no_framework_is_refused(text, path, message):
    found = refusal(text)
    assert found.path == path
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("once", "twice", "path"),
    [
        ('"edition": 1', '"edition": 1, "edition": 1', "edition"),
        ('"name": "Huyện ủy"', '"name": "Huyện ủy", "name": "Sở"', "issuer.name"),
        ('"code": "II", "title"', '"code": "II", "code": "II", "title"', "groups[1].code"),
        ('"target": "95"', '"target": "95", "target": "0"', "groups[1].criteria[0].levels.good.target"),
    ],
)
def test_key_that_stands_twice_is_refused_at_its_place(once, twice, path):
    text = json.dumps(full(), ensure_ascii=False)
    assert text.count(once) == 1
    found = refusal(text.replace(once, twice))
    assert (found.path, found.message) == (path, "stands twice")


def test_byte_order_mark_is_no_hindrance():
    assert read("\ufeff" + json.dumps(full())) == read(full())


def test_texts_are_composed_when_they_are_read():
    data = full()
    data["title"] = "Khung tie\u0302u chi\u0301"
    assert read(data).title == "Khung tiêu chí"


def test_digest_is_that_of_the_text_without_its_blanks():
    assert normalised(" a\n b\t c ") == "a b c"
    assert fingerprint(" abc\n") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_file_has_every_key_in_order_and_plain_decimals():
    data = frameworks.base("points")
    frameworks.put(data, "groups['A'].sum", "30.500")
    frameworks.put(data, "groups['B'].sum", "0070")
    text = to_json(read(data))
    found = json.loads(text)
    assert text.endswith("}\n")
    assert "Nhóm tiêu chí chung" in text
    assert list(found) == list(SCHEMA["properties"])
    assert [group["sum"] for group in found["groups"]] == ["30.5", "70"]
    assert list(found["groups"][0]["criteria"][0]) == list(DEFINED["criterion"]["properties"])


# ---------------------------------------------------------------- the published schema


def test_schema_defines_every_shape_and_every_definition_is_used():
    used = set(re.findall(r"#/\$defs/(\w+)", json.dumps(SCHEMA)))
    assert used == set(SCHEMA["$defs"])
    assert {name for name, rule in DEFINED.items() if rule.get("type") == "object"} == set(SHAPES)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_schema_and_reader_have_the_same_keys(name):
    rule, shape = DEFINED[name], SHAPES[name]
    assert list(rule["properties"]) == list(shape.readers)
    assert rule.get("required", []) == list(shape.needed)
    assert rule["additionalProperties"] is False
    for key, asked in rule["properties"].items():
        assert kind_of(asked) == kind_read(shape.readers[key]), f"{name}.{key}"


def kind_of(rule):
    """What the schema says of a value, in the words of `kind_read`."""
    if "anyOf" in rule:
        one, null = rule["anyOf"]
        assert null == {"type": "null"}
        return f"{kind_of(one)} or null"
    if None in rule.get("enum", ()):
        return f"{rule['enum'][:-1]} or null"
    if "const" in rule:
        return str([rule["const"]])
    if "enum" in rule:
        return str(rule["enum"])
    if rule.get("type") == "array":
        return f"many {kind_of(rule['items'])}"
    return rule["$ref"].removeprefix("#/$defs/") if "$ref" in rule else rule.get("pattern", rule.get("type"))


def kind_read(read):
    """What a reader takes."""
    if isinstance(read, OrNull):
        return f"{kind_read(read.read)} or null"
    if isinstance(read, OneOf):
        return str(list(read.among))
    if isinstance(read, Many):
        return f"many {kind_read(read.read)}"
    if isinstance(read, Shape):
        return next(name for name, shape in SHAPES.items() if shape is read)
    return {"flag": "boolean", "edition": "integer", "digest": "^[0-9a-f]{64}$"}.get(read.__name__, read.__name__)


@pytest.mark.parametrize("name", ["levels", "points", "subgroups"])
def test_schema_takes_every_example(name):
    parent = frameworks.base(name)
    for data in (parent, frameworks.child_of(parent), to_data(read(parent))):
        assert list(problems(data, SCHEMA)) == []


def test_schema_takes_whatever_is_written():
    for seed in range(100):
        assert list(problems(json.loads(to_json(Chance(seed).any_framework())), SCHEMA)) == []


@pytest.mark.parametrize("value", [1.5, None, "", "x", "-1", [], {}, True, 0])
def test_schema_and_reader_refuse_the_same(value):
    for path in leaves(FULL):
        data = full()
        write(data, path, value)
        try:
            read(data)
            refused = False
        except MalformedFramework:
            refused = True
        assert bool(list(problems(data, SCHEMA))) is refused, (path, value)
