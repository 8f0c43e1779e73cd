"""The loader: what it reads, what it refuses with which table and key, and how amendments are laid over a text."""

import json
from datetime import date

import pytest

from criteria.rating import FUNCTIONS, check_regulation, suggest
from criteria.regulation import (
    SHIPPED,
    RegulationRefused,
    find,
    from_data,
    load,
    load_all,
    load_file,
    shipped,
    slug,
    to_data,
)
from tests.criteria import situations

KEY = "124-QĐ/TW@2023-10-04"
FILE = SHIPPED / "124-qd-tw-2023-10-04.toml"


@pytest.fixture
def data():
    return to_data(find(KEY))


def row(data, table, key):
    return next(each for each in data[table] if each["key"] == key)


def refused(data):
    with pytest.raises(RegulationRefused) as caught:
        from_data(data)
    return str(caught.value)


def test_plain_data_gives_the_same_regulation_again(data):
    again = from_data(json.loads(json.dumps(data)))
    assert to_data(again) == data
    assert again.rules == find(KEY).rules
    assert again.forms == find(KEY).forms
    assert again.quota == find(KEY).quota


def test_plain_data_is_a_copy(data):
    data["title"] = "khác"
    assert to_data(find(KEY))["title"] != "khác"


def test_shelf_holds_every_file_by_its_key():
    assert set(shipped()) == set(load_all(SHIPPED))
    assert find(KEY) is shipped()[KEY]
    with pytest.raises(KeyError):
        find("1-QĐ/TW@2020-01-01")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("124-QĐ/TW@2023-10-04", "124-qd-tw-2023-10-04"),
        ("90/2020/NĐ-CP@2020-08-13", "90-2020-nd-cp-2020-08-13"),
        ("399-QĐ/TU@2025-08-27", "399-qd-tu-2025-08-27"),
        ("1-HD/TỈNH ỦY@2024-01-02", "1-hd-tinh-uy-2024-01-02"),
    ],
)
def test_file_name_is_the_key_in_plain_letters(key, name):
    assert slug(key) == name


def test_file_under_another_name_is_refused(tmp_path):
    path = tmp_path / "regulation.toml"
    path.write_bytes(FILE.read_bytes())
    with pytest.raises(RegulationRefused, match="124-qd-tw-2023-10-04.toml"):
        load_file(path)


def test_refusal_of_a_file_names_file_table_and_key(tmp_path):
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace("percent = 20\n", "percent = 120\n"), encoding="utf-8")
    with pytest.raises(RegulationRefused) as caught:
        load_file(path)
    assert str(caught.value) == f"{FILE.name}: [quota]: percent must be a whole number from 0 to 100"


def test_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / FILE.name
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(RegulationRefused, match="not UTF-8"):
        load_file(path)


def test_text_that_is_not_toml_is_refused():
    with pytest.raises(RegulationRefused, match="not TOML"):
        load("key = ")


@pytest.mark.parametrize("value", [[], "x", 3])
def test_data_that_is_no_table_is_refused(value):
    assert "must be a table" in refused(value)


NEEDED = (
    "key", "number", "side", "issued_on", "ratings", "subjects", "subject_groups", "quota", "rules", "requires",
    "groups", "period_kinds", "procedure", "workflows", "grades",
)  # fmt: skip


@pytest.mark.parametrize("key", NEEDED)
def test_what_a_regulation_cannot_do_without_is_refused_by_name(data, key):
    del data[key]
    assert key in refused(data)


TOP = [
    ("colour", "red", "colour is unknown here"),
    ("side", "church", "side is 'church', must be one of party, state"),
    ("title", "", "title must not be empty"),
    ("title", 3, "title must be a text"),
    ("title", 2.5, "title must be a text, a whole number, a flag, a day, a list or a table"),
    ("issued_on", "4/10/2023", "issued_on must be a day such as 2023-10-04"),
    ("issued_on", 20231004, "issued_on must be a day such as 2023-10-04"),
    ("issued_on", "2023-10-05", "key must be 124-QĐ/TW@2023-10-05"),
    ("in_force_until", "2023-10-04", "in_force_until must be later than in_force_from"),
    ("period_kinds", ["month"], "period_kinds holds 'month'"),
    ("period_kinds", ["year", "year"], "period_kinds holds the same text twice"),
    ("period_kinds", "year", "period_kinds must be a list of texts"),
    ("period_kinds", [""], "period_kinds must be a list of texts"),
    ("illustration", "yes", "illustration must be true or false"),
    ("ratings", {}, "[ratings] must name at least one rating"),
    ("ratings", {"cadre": ["boss"]}, "[ratings]: cadre holds 'boss'"),
    ("ratings", {"boss": ["leader"]}, "[ratings]: boss is unknown here"),
    ("subject_groups", {"leader": ["leader"]}, "[subject_groups]: leader is already the name of a kind of subject"),
    ("subjects", {}, "[subjects]: leader is missing"),
    ("grades", [], "grades must be excellent, good, completed, not_completed, best first"),
    ("levels", [{"key": "good", "label": "Tốt"}], "levels must be excellent, good, average, poor, best first, or none"),
    ("points", {"common": 30, "results": 60}, "[points]: common and results must sum to 100"),
    ("points", {"common": 30}, "[points]: results is missing"),
    ("rules", [], "rules must be a list of tables"),
    ("rules", {}, "rules must be a list of tables"),
    ("rules", [3], "[[rules]] number 1 must be a table"),
    ("guidance", [{"number": "1", "issued_on": "2023-10-04"}], "[[guidance]] number 1: title is missing"),
    ("workflows", {"review": "review"}, "[workflows]: rating is missing"),
]


@pytest.mark.parametrize(("key", "value", "sentence"), TOP)
def test_wrong_head_is_refused_with_table_and_key(data, key, value, sentence):
    data[key] = value
    assert sentence in refused(data)


RULE = [
    ("caps_at", "best", "caps_at is 'best'"),
    ("caps_at", "excellent", "caps_at is 'excellent'"),
    ("standing", "rumour", "standing is 'rumour'"),
    ("cites", "", "cites must not be empty"),
    ("reason", "", "reason must not be empty"),
    ("numbers", [], "numbers must be a table"),
    ("forces", "not_completed", "exactly one of them must be written"),
    ("binds", {"subjects": ["boss"]}, "holds 'boss'"),
    ("binds", {"ratings": ["state"]}, "holds 'state'"),
    ("binds", {"people": ["leader"]}, "people is unknown here"),
    ("colour", "red", "colour is unknown here"),
]


@pytest.mark.parametrize(("key", "value", "sentence"), RULE)
def test_wrong_rule_is_refused_with_its_name(data, key, value, sentence):
    row(data, "rules", "tasks_half_beyond")[key] = value
    message = refused(data)
    assert "[[rules]] 'tasks_half_beyond'" in message
    assert sentence in message


def test_rule_without_an_effect_is_refused(data):
    del row(data, "rules", "tasks_half_beyond")["caps_at"]
    assert "[[rules]] 'tasks_half_beyond': caps_at or forces, outcome, warns" in refused(data)


@pytest.mark.parametrize(
    ("rule", "key", "value", "sentence"),
    [
        ("tasks_under_half", "forces", "good", "forces is 'good', must be one of not_completed"),
        ("moved", "warns", False, "warns can only be true"),
        ("under_verification", "outcome", "graded", "outcome is 'graded'"),
    ],
)
def test_wrong_effect_is_refused(data, rule, key, value, sentence):
    row(data, "rules", rule)[key] = value
    assert sentence in refused(data)


def test_line_to_be_confirmed_must_say_what_to_ask(data):
    del row(data, "rules", "sick_leave")["question"]
    assert "[[rules]] 'sick_leave': question is missing" in refused(data)


def test_two_rows_with_one_key_are_refused(data):
    data["rules"].append(dict(data["rules"][0]))
    assert "stands in two rows" in refused(data)


def test_rule_that_names_nobody_binds_everybody(data):
    row(data, "rules", "tasks_quality").pop("binds")
    rule = from_data(data).rule("tasks_quality")
    assert rule.binds("collective", "collective", "year")
    assert rule.binds("cadre", "leader", "year")


PLACED = [
    (["quota", "base", "reading"], "everybody", "[quota].base: reading is 'everybody'"),
    (["quota", "rounding", "mode"], "up", "[quota].rounding: mode is 'up'"),
    (["quota", "exception_percent"], -1, "[quota]: exception_percent must be a whole number from 0 to 100"),
    (["quota", "relative_to_party"], 1, "[quota]: relative_to_party must be true or false"),
    (["quota", "groups"], [], "[quota]: groups must be a list of tables"),
    (["quota", "base", "note"], "x", "[quota].base: note is unknown here"),
    (["milestones", 0, "month"], 13, "month must be a whole number from 1 to 12"),
    (["milestones", 0, "day"], 31, "day must be a whole number from 1 to 30"),
    (["milestones", 0, "day"], True, "day must be a whole number from 1 to 30"),
    (["procedure", "quorum", "value"], "two thirds", "[procedure].quorum: value must be a fraction such as 2/3"),
    (["procedure", "quorum", "value"], "3/2", "[procedure].quorum: value must be a fraction above 0 and at most 1"),
    (["procedure", "quorum", "value"], "0/2", "[procedure].quorum: value must be a fraction above 0 and at most 1"),
    (["procedure", "circulation_working_days", "value"], -1, "value must be a whole number from 0 to 60"),
    (["procedure", "ballot", "value"], "secret", "[procedure].ballot: value is 'secret'"),
    (["procedure", "ballot_binds", "value"], 0, "[procedure].ballot_binds: value must be true or false"),
    (["procedure", "pause"], {}, "[procedure]: pause is unknown here"),
    (["requires", 0, "paths"], "x", "[[requires]] 'review': paths must be a list of texts"),
    (["requires", 0, "roles"], ["boss"], "[[requires]] 'review': roles holds 'boss'"),
    (["forms", 0, "head", "kind"], "army", "[[forms]] '01'.head: kind is 'army'"),
    (["forms", 0, "sections"], [], "[[forms]] '01': sections must be a list of tables"),
    (["forms", 0, "sections", 0, "items", 0, "kind"], "essay", "[[items]] 'principles': kind is 'essay'"),
    (["forms", 0, "sections", 0, "items", 1, "group"], "merit", "[[items]] 'principles_level': group is 'merit'"),
    (["forms", 0, "sections", 0, "items", 0, "max_words"], 0, "max_words must be a whole number from 1 to 100000"),
    (["forms", 0, "sections", 0, "items", 0, "group"], "results", "[[items]] 'principles': group is unknown here"),
    (["forms", 0, "sections", 1, "items", 0, "key"], "principles", "'01': sections hold the item 'principles' twice"),
    (["forms", 1, "parts", 0, "by"], "nobody", "[[parts]] 'manager': by is 'nobody'"),
    (["forms", 0, "signature", "lines"], [3], "[[forms]] '01'.signature: lines must be a list of texts"),
    (["person_forms", 0, "base"], "99", "person_forms '02-D' names the form '99', which is not among the forms"),
    (["person_forms", 0, "when"], {"is_rich": True}, "[[person_forms]] '02-D'.when: is_rich is unknown here"),
    (["person_forms", 3, "when"], {"holds_post": False}, "person_forms '02-A' is the last row"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentence"), PLACED)
def test_wrong_part_is_refused_with_table_and_key(data, path, value, sentence):
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert sentence in refused(data)


OVERLAY = {
    "from": "2024-07-01",
    "number": "9-HD/TU",
    "title": "Sửa đổi",
    "rules": [
        {"key": "tasks_half_beyond", "numbers": {"percent": 60}},
        {
            "key": "sick_leave_sure",
            "function": "circumstance",
            "numbers": {"names": ["sick_leave_3_months"]},
            "caps_at": "completed",
            "condition": "Không nghỉ ốm từ 3 tháng",
            "reason": "Nghỉ ốm từ 3 tháng trở lên.",
            "cites": "9-HD/TU",
            "standing": "local",
        },
    ],
    "quota": {"percent": 15},
    "remove": ["rules.sick_leave"],
}


def test_overlay_changes_rows_by_key_from_its_day_on(data):
    regulation = from_data(data | {"overlays": [OVERLAY]})
    before, after = regulation.at(date(2024, 6, 30)), regulation.at(date(2024, 7, 1))
    assert (before.quota.percent, after.quota.percent) == (20, 15)
    assert before.rule("tasks_half_beyond").numbers["percent"] == 50
    assert after.rule("tasks_half_beyond").numbers == {
        "of": "tasks", "part": "beyond", "base": "assigned", "percent": 60,
    }  # fmt: skip
    assert after.rule("sick_leave_sure").standing == "local"
    with pytest.raises(KeyError):
        after.rule("sick_leave")
    assert regulation.at(None).quota.percent == regulation.quota.percent == 15
    assert [version.number for version in regulation.versions] == ["", "9-HD/TU"]
    assert to_data(regulation) == data | {"overlays": [OVERLAY]}


def test_period_end_picks_the_overlay_of_a_suggestion(data):
    regulation = from_data(data | {"overlays": [OVERLAY]})
    facts = situations.base(KEY, "non_leader") | {"circumstances": ["sick_leave_3_months"]}
    facts["tasks"]["beyond"] = 12
    assert suggest(regulation, facts | {"period_end": "2024-06-30"}).grade == "excellent"
    assert suggest(regulation, facts | {"period_end": "2024-12-31"}).grade == "completed"
    del facts["period_end"]
    assert suggest(regulation, facts).grade == "completed"


def test_overlays_are_laid_in_the_order_of_their_days(data):
    later = {"from": "2024-10-01", "number": "10-HD/TU", "title": "Sửa lần hai", "quota": {"percent": 10}}
    regulation = from_data(data | {"overlays": [later, OVERLAY]})
    assert [version.number for version in regulation.versions] == ["", "9-HD/TU", "10-HD/TU"]
    assert regulation.at(date(2024, 8, 1)).quota.percent == 15
    assert regulation.quota.percent == 10
    assert regulation.rule("tasks_half_beyond").numbers["percent"] == 60


def test_text_without_overlays_reads_the_same_on_every_day():
    assert find(KEY).at(date(1999, 1, 1)).rules == find(KEY).rules


@pytest.mark.parametrize(
    ("overlays", "sentence"),
    [
        ([OVERLAY | {"remove": ["rules.none"]}], "[[overlays]] 2024-07-01: remove names 'rules.none'"),
        ([OVERLAY | {"remove": ["title"]}], "remove names 'title'"),
        ([OVERLAY, OVERLAY], "from is the day of another overlay too"),
        ([{key: value for key, value in OVERLAY.items() if key != "number"}], "number is missing"),
        ([{key: value for key, value in OVERLAY.items() if key != "from"}], "from is missing"),
        ([OVERLAY | {"colour": "red"}], "colour is unknown here"),
    ],
)
def test_wrong_overlay_is_refused(data, overlays, sentence):
    assert sentence in refused(data | {"overlays": overlays})


def test_texts_are_composed_however_they_were_written(data):
    data["title"] = "Quy di\u0323nh"
    assert from_data(data).title == "Quy dịnh"


def check(data):
    return "\n".join(check_regulation(from_data(data)))


def test_rule_without_a_function_is_found(data):
    row(data, "rules", "tasks_half_beyond")["function"] = "wishful"
    assert "[[rules]] 'tasks_half_beyond': function 'wishful' does not exist" in check(data)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"of": "tasks", "part": "beyond", "base": "assigned"}, "numbers.percent is missing for share_below"),
        ({"of": "tasks", "part": "beyond", "base": "assigned", "percent": 50, "x": 1}, "numbers.x is unknown"),
        ({"of": "tasks", "part": "beyond", "base": "assigned", "percent": 0}, "numbers.percent does not fit"),
        ({"of": "tasks", "part": "beyond", "base": "assigned", "percent": True}, "numbers.percent does not fit"),
        ({"of": "people", "part": "beyond", "base": "assigned", "percent": 50}, "numbers.of does not fit"),
        ({"of": 3, "part": "beyond", "base": "assigned", "percent": 50}, "numbers.of does not fit"),
    ],
)
def test_numbers_that_do_not_fit_the_function_are_found(data, numbers, sentence):
    row(data, "rules", "tasks_half_beyond")["numbers"] = numbers
    assert sentence in check(data)


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [("own_discipline", "whom", ["boss"]), ("own_discipline", "whom", "self"), ("own_discipline", "excused", 0)],
)
def test_words_that_do_not_fit_the_function_are_found(data, rule, name, value):
    row(data, "rules", rule)["numbers"][name] = value
    assert f"[[rules]] '{rule}': numbers.{name} does not fit disciplined" in check(data)


@pytest.mark.parametrize("place", ["{colour}", "{percent.real}", "{}", "{0}", "{percent!r}"])
def test_places_that_nobody_fills_are_found(data, place):
    row(data, "rules", "tasks_half_beyond")["reason"] = f"Vượt mức {place}."
    assert "[[rules]] 'tasks_half_beyond': reason has the place" in check(data)


def test_required_path_that_is_no_fact_is_found(data):
    row(data, "requires", "review")["paths"] = ["review_completed", "mood"]
    assert "[[requires]] 'review': paths names 'mood', which is no fact" in check(data)


def test_firm_rule_that_could_be_escaped_by_silence_is_found(data):
    row(data, "requires", "person_tasks")["paths"].remove("tasks.beyond")
    assert "tasks.beyond is not required for cadre of leader, but rule 'tasks_half_beyond' rests on it" in check(data)


def test_overlay_is_checked_like_the_first_text(data):
    overlay = {"from": "2024-07-01", "number": "9-HD/TU", "title": "x", "rules": [{"key": "moved", "function": "none"}]}
    assert "[[rules]] 'moved': function 'none' does not exist" in check(data | {"overlays": [overlay]})


def test_first_text_is_checked_even_where_an_overlay_mends_it(data):
    row(data, "rules", "moved")["function"] = "none"
    mended = {"key": "moved", "function": "circumstance"}
    overlay = {"from": "2024-07-01", "number": "9-HD/TU", "title": "x", "rules": [mended]}
    regulation = from_data(data | {"overlays": [overlay]})
    assert check_regulation(regulation) == ["[[rules]] 'moved': function 'none' does not exist"]
    assert check_regulation(regulation.at(date(2024, 1, 1))) == ["[[rules]] 'moved': function 'none' does not exist"]
    assert check_regulation(regulation.at(date(2024, 8, 1))) == []


def test_functions_explain_themselves():
    for function in FUNCTIONS.values():
        assert function.judge.__doc__


LOCAL = SHIPPED / "399-qd-tu-2025-08-27.toml"


def test_derived_file_says_only_what_it_changes():
    own, parent = find("399-QĐ/TU@2025-08-27"), find("366-QĐ/TW@2025-08-30")
    assert {rule.key for rule in own.rules} == {rule.key for rule in parent.rules}
    changed = {rule.key for rule in own.rules if rule != parent.rule(rule.key)}
    assert changed == {"appointed_under_6_months", "founded_under_6_months"}
    assert {row.key: (row.month, row.day) for row in own.milestones} == {
        "close": (12, 20), "unit_dossier": (11, 25), "compilation": (12, 1),
    }  # fmt: skip
    assert own.title != parent.title
    assert own.versions[-1].number == "02-HD/BTCTW"


@pytest.mark.parametrize("parent", ["1-QĐ/TW@2020-01-01", "399-QĐ/TU@2025-08-27"])
def test_derived_file_without_its_parent_is_refused(tmp_path, parent):
    text = LOCAL.read_text(encoding="utf-8")
    path = tmp_path / LOCAL.name
    path.write_text(text.replace('"366-QĐ/TW@2025-08-30"', f'"{parent}"'), encoding="utf-8")
    with pytest.raises(RegulationRefused, match="which is no other file of this folder"):
        load_file(path)


def test_two_files_derived_from_each_other_are_refused(tmp_path):
    parents = {"399-QĐ/TU@2025-08-27": "1-QĐ/TU@2026-01-01", "1-QĐ/TU@2026-01-01": "399-QĐ/TU@2025-08-27"}
    for own, parent in parents.items():
        (tmp_path / f"{slug(own)}.toml").write_text(f'key = "{own}"\nderived_from = "{parent}"\n', encoding="utf-8")
    with pytest.raises(RegulationRefused, match="which is no other file of this folder"):
        load_file(tmp_path / LOCAL.name)


@pytest.mark.parametrize("removed", ["points.marking.percents.best", "points.nothing", "milestones.none", "title"])
def test_derived_file_that_removes_what_is_not_there_is_refused(tmp_path, removed):
    text = LOCAL.read_text(encoding="utf-8").replace('"milestones.unit_rating"', f'"{removed}"')
    (tmp_path / LOCAL.name).write_text(text, encoding="utf-8")
    parent = "366-qd-tw-2025-08-30.toml"
    (tmp_path / parent).write_bytes((SHIPPED / parent).read_bytes())
    with pytest.raises(RegulationRefused) as caught:
        load_file(tmp_path / LOCAL.name)
    assert f"remove names '{removed}', which the text before does not have" in str(caught.value)
