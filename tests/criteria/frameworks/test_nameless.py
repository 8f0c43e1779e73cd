"""A criterion without a title is a gap that bars the issue; the exported file is the same in every language."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from criteria.conformity import to_json
from criteria.models import Criterion, Framework
from criteria.selectors.frameworks import conforming, framework_outline
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.frameworks.framework_files import record_of
from orgs.models import Blocked, Line

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def nameless(framework, code="2", title=""):
    Criterion.objects.filter(group__framework=framework, code=code).update(title=title)
    return Criterion.objects.select_related("group__framework").get(group__framework=framework, code=code)


def sentence(row):
    return f"Tiêu chí {row.number} của nhóm “{row.group}” chưa có tên."


@pytest.mark.parametrize("title", ["", "   ", "\n\t"])
def test_criterion_without_a_title_is_named_by_number_and_group(frames, title):
    framework = frames.own()
    assert selectors.what_is_missing(framework) == []
    row = nameless(framework, title=title)
    assert selectors.what_is_missing(fresh(framework)) == [sentence(row)]


@pytest.mark.parametrize("marking", ["levels", "points", "checklist"])
def test_title_is_asked_for_whatever_the_marking(frames, marking):
    framework = frames.own()
    Framework.objects.filter(pk=framework.pk).update(marking=marking)
    row = nameless(framework)
    assert sentence(row) in selectors.what_is_missing(fresh(framework))


def test_each_criterion_without_a_title_is_said_once(frames):
    framework = frames.own()
    rows = [nameless(framework, code) for code in ("1", "3")]
    assert selectors.what_is_missing(fresh(framework)) == [sentence(row) for row in rows]


def test_criterion_without_number_is_named_by_its_code(frames):
    framework = frames.own()
    row = nameless(framework)
    Criterion.objects.filter(pk=row.pk).update(number="")
    assert selectors.what_is_missing(fresh(framework)) == [f"Tiêu chí 2 của nhóm “{row.group}” chưa có tên."]


def test_framework_with_a_nameless_criterion_is_not_issued(frames):
    framework = frames.own()
    row = nameless(framework)
    with pytest.raises(Blocked) as blocked:
        frames.issue(framework)
    assert sentence(row) in str(blocked.value)
    assert fresh(framework).state == "draft"
    nameless(framework, title="Kết quả thực hiện nhiệm vụ")
    assert frames.issue(fresh(framework)).state == "issued"


def test_page_of_the_framework_says_so_before_the_issue(frames, login):
    framework = frames.own()
    page = reverse("criteria:framework_detail", args=[framework.uuid])
    row = nameless(framework)
    assert sentence(row) in login("giang").get(page).content.decode()
    nameless(framework, title="Kết quả")
    assert "chưa có tên" not in login("giang").get(page).content.decode()


def test_naming_costs_no_query_more(frames):
    framework = frames.own()

    def asked():
        row = fresh(framework)
        with CaptureQueriesContext(connection) as found:
            selectors.what_is_missing(row)
        return len(found)

    whole = asked()
    for code in ("1", "2", "3"):
        nameless(framework, code)
    assert asked() == whole


def test_outline_marks_it_as_begun_and_says_what_to_write(frames, login):
    framework = frames.own()
    row = nameless(framework, title="  ")
    outline = framework_outline.outline_of(fresh(framework))
    marks = {line.criterion.code: line.mark for group in outline.groups for line in group.lines}
    assert marks["2"] == framework_outline.DOT
    assert marks["1"] == framework_outline.TICK
    found = framework_outline.findings_of(conforming.result_of(fresh(framework)), row)
    assert [(each.message, each.way) for each in found if not each.is_warning] == [(sentence(row), "Ghi tên tiêu chí.")]
    assert framework_outline.findings_in_words(fresh(framework), row) == sentence(row)
    body = login("giang").get(reverse("criteria:criterion_edit", args=[row.uuid])).content.decode()
    assert (sentence(row) in body, "Ghi tên tiêu chí." in body) == (True, True)


@pytest.mark.parametrize("line", [line.value for line in Line])
def test_file_is_the_same_in_every_language(frames, line):
    framework = frames.issued(line=line)
    texts = set()
    for language in ("vi", "en", None):
        with translation.override(language):
            texts.add(to_json(record_of(fresh(framework))))
    assert len(texts) == 1
    covers = json.loads(texts.pop())["covers"]
    with translation.override("vi"):
        assert covers == [{"kind": "line", "code": line, "name": str(Line(line).label)}]


def test_command_and_download_write_the_same_file_in_every_language(frames, login, tmp_path):
    framework = frames.issued(line="party")
    files = []
    for language in ("vi", "en"):
        path = tmp_path / f"{language}.json"
        with translation.override(language):
            call_command("export_framework", "TU/01-HD/TU@2024-10-01", output=str(path))
        files.append(path.read_bytes())
        client = login("giang")
        client.cookies["django_language"] = language
        answer = client.get(reverse("criteria:framework_file", args=[framework.uuid]))
        assert answer.status_code == 200
        files.append(answer.content)
    assert len(set(files)) == 1
    assert "Party" not in files[0].decode()


def test_language_of_the_reader_stays_as_it_was(frames):
    framework = frames.issued(line="party")
    with translation.override("en"):
        record_of(framework)
        assert translation.get_language() == "en"
