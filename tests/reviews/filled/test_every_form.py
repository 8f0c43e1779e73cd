"""Every form of every regulation as a web form: each item is drawn, filled, and read back as it was."""

from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from criteria.regulation import find, shipped, slug
from criteria.regulation.answering import canonical, has_answer
from criteria.regulation.samples import sample_content
from reviews.forms.sections import SectionInput, fields_of
from reviews.selectors.writing.forms import parts_of

FORMS = [(key, form.key) for key, law in shipped().items() for form in law.forms]


class Inputs(HTMLParser):
    """What a browser would send of a page: the checked, the selected, the written."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.sent, self.names, self.ids = {}, set(), []
        self._select = self._text = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "input":
            self.names.add(given["name"])
            if given["type"] not in ("radio", "checkbox") or "checked" in given:
                self.sent[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
            self.names.add(self._select)
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = given["value"]
        elif tag == "textarea":
            self._text = given["name"]
            self.names.add(self._text)
            self.sent[self._text] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text = None

    def handle_data(self, data):
        if self._text:
            self.sent[self._text] += data


def drawn(part, content):
    fields = fields_of(part, content)
    return Inputs("".join(render_to_string("reviews/section_field.html", {"field": field}) for field in fields))


@pytest.mark.parametrize(("key", "form_key"), FORMS, ids=[f"{slug(key)}-{form_key}" for key, form_key in FORMS])
def test_every_item_is_drawn_filled_and_read_back(key, form_key):
    form = find(key).form(form_key)
    sample = sample_content(form)
    for part in parts_of(form):
        content = sample[part.section.key]
        page = drawn(part, content)
        post = QueryDict(mutable=True)
        post.update(page.sent)
        read = SectionInput.read(part, post)
        for item in part.items:
            assert canonical(item, read.content[item.key]) == content[item.key], item.key
            named = {name for name in page.names if name == item.key or name.startswith(f"{item.key}-")}
            assert named or not has_answer(content[item.key]), item.key
        assert len(page.ids) == len(set(page.ids))


def test_an_empty_form_asks_for_every_row():
    form = find("366-QĐ/TW@2025-08-30").form("01-Q")
    names = set().union(*(drawn(part, {}).names for part in parts_of(form)))
    assert {f"common_1-1.{number}" for number in range(1, 10)} <= names
    assert {f"axes-{axis}.{name}" for axis in range(1, 7) for name in ("weight", "points")} <= names
    assert {"work-1.task", "work-2.task", "cadre_grade"} <= names
