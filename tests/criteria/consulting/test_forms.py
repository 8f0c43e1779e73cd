"""What the pages send, read without any request: clauses in rows, remarks, papers, filters, recipients."""

import pytest
from django.http import QueryDict

from criteria.forms import fields
from criteria.forms.consulting import clause_rows, picking, remarks
from criteria.forms.consulting.consultations import PickFilterForm
from criteria.selectors.consulting import addressing
from criteria.services.consulting.consulted_texts import ClauseRow
from criteria.services.consulting.remarks import Page, RemarkText
from orgs.models import Line
from tests.criteria.consulting import asking

pytestmark = pytest.mark.django_db


def posted(*pairs):
    """A form as a browser sends it."""
    found = QueryDict(mutable=True)
    for name, value in pairs:
        found.appendlist(name, value)
    return found


@pytest.fixture
def text(province):
    return asking.with_text(province, asking.draft(province)).texts.get()


def labels(rows):
    return [row.label for row in rows]


def test_rows_without_anything_typed_are_as_they_are_saved(text):
    rows, anchor = clause_rows.read(text, posted())
    assert labels(rows) == asking.LABELS
    assert anchor == ""


def test_typed_rows_keep_their_place_and_what_they_show(text):
    text.clauses.filter(order=2).update(source="TC.1")
    rows, _anchor = clause_rows.read(text, posted(("label-2", "Điều 2 mới"), ("body-2", "Một\r\nHai")))
    assert rows[1] == ClauseRow("Điều 2 mới", "Một\nHai", "TC.1")


def test_emptied_field_is_not_taken_for_an_untouched_one(text):
    rows, _anchor = clause_rows.read(text, posted(("body-1", "")))
    assert rows[0].body == ""


@pytest.mark.parametrize(
    ("act", "expected", "anchor"),
    [
        ("join-1", ["Điều 1", "Điều 2, khoản 1", "Điều 2, khoản 2"], "#clause-1"),
        ("join-4", asking.LABELS, "#clause-4"),
        ("leave_out-4", asking.LABELS[:3], "#clause-4"),
        ("split-1", asking.LABELS, "#clause-1"),
        ("join-9", asking.LABELS, ""),
        ("join-0", asking.LABELS, ""),
        ("join-x", asking.LABELS, ""),
        ("other-1", asking.LABELS, "#clause-1"),
        ("", asking.LABELS, ""),
    ],
)
def test_button_acts_on_its_row_alone(text, act, expected, anchor):
    rows, found = clause_rows.read(text, posted(("act", act)))
    assert (labels(rows), found) == (expected, anchor)


def test_words_are_joined_in_order_and_new_ones_come_last(text):
    rows, _anchor = clause_rows.read(
        text, posted(("act", "join-1"), ("body-1", "Một"), ("body-2", "Hai"), ("label-new", "Điều 3"))
    )
    assert rows[0].body == "Một\nHai"
    assert labels(rows)[-1] == "Điều 3"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), RemarkText()),
        ((("kind", "drop"), ("reason", "Thừa.")), RemarkText("drop", "", "Thừa.")),
        ((("kind", "drop"), ("reason", "Thừa."), ("remove", "1")), RemarkText()),
    ],
)
def test_remark_is_read_from_its_page(pairs, expected):
    assert remarks.text_of(posted(*pairs)) == expected


def test_open_page_is_known_by_its_tab_and_number():
    sent = posted(("tab_id", "a" * 60), ("client_seq", "12"))
    assert remarks.page_of(sent, is_autosave=True) == Page("a" * 40, 12, True)
    assert remarks.page_of(posted(("client_seq", "x"))) == Page()


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("", 0), ("-1", 0), ("1.5", 0), ("²", 0), ("9" * 12, 0)])
def test_whole_number_of_a_form(text, number):
    assert fields.whole(text) == number


def paper(clauses, *rows, more=False):
    pairs = [("rows-TOTAL_FORMS", str(len(rows))), ("rows-INITIAL_FORMS", "0")]
    pairs += [(f"rows-{n}-{name}", value) for n, row in enumerate(rows) for name, value in row.items()]
    return remarks.paper_rows(clauses, posted(*pairs, *([("more", "1")] if more else [])))


def test_rows_of_a_paper_become_remarks_and_empty_ones_are_left_out(text):
    clauses = list(text.clauses.select_related("text").order_by("order"))
    first = str(clauses[0].uuid)
    rows = paper(clauses, {"clause": first, "kind": "add", "reason": "Thiếu."}, {"clause": "", "kind": ""})
    assert rows.is_valid()
    found = remarks.paper_remarks(rows, clauses)
    assert [(row.clause, row.kind, row.reason) for row in found] == [(clauses[0], "add", "Thiếu.")]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"kind": "drop", "reason": "Thừa."}, {"clause"}),
        ({"clause": "FIRST"}, {"kind"}),
        ({"clause": "FIRST", "kind": "amend"}, {"reason"}),
        ({"clause": "FIRST", "kind": "keep"}, set()),
        ({"clause": "another", "kind": "keep"}, {"clause"}),
    ],
)
def test_row_of_a_paper_names_what_it_lacks(text, row, wrong):
    clauses = list(text.clauses.select_related("text").order_by("order"))
    row = {name: str(clauses[0].uuid) if value == "FIRST" else value for name, value in row.items()}
    rows = paper(clauses, row)
    assert rows.is_valid() == (not wrong)
    assert set(rows[0].errors) == wrong


def test_more_rows_are_never_more_than_the_limit(text):
    clauses = list(text.clauses.select_related("text"))
    assert len(paper(clauses, {"kind": ""}, more=True)) == 4
    many = posted(("rows-TOTAL_FORMS", "399"), ("rows-INITIAL_FORMS", "0"), ("more", "1"))
    assert len(remarks.paper_rows(clauses, many)) == remarks.MOST_ROWS


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), addressing.Filter()),
        ((("q", "so"), ("line", "state"), ("level", "2")), addressing.Filter(text="so", line=Line.STATE, level=2)),
        ((("level", "99"),), addressing.Filter()),
        ((("line", "khác"),), addressing.Filter()),
        ((("kind", "999999"),), addressing.Filter()),
    ],
)
def test_filter_of_bodies_asks_for_nothing_it_cannot_read(province, pairs, expected):
    kinds = [(str(row.pk), row.name) for row in addressing.kinds()]
    assert picking.filter_of(PickFilterForm(posted(*pairs) or None, kinds=kinds)) == expected


def test_recipients_are_those_of_blocks_of_the_filter_or_ticked(province):
    giang = province.users["giang"]

    def codes(query="", **given):
        pairs = [(name, value) for name, values in given.items() for value in values]
        found = picking.recipients_of(giang, posted(*pairs), QueryDict(query))
        return [(row.unit or row.person, row.block) for row in found]

    units, people = province.units, province.people
    block = "Các sở, ban, ngành tỉnh"
    assert codes(block=["1823-3"]) == [(units[code], block) for code in ("SKH", "SNV", "SYT")]
    assert codes("line=state&level=1", all=["1"]) == [(units["UBND"], "")]
    assert codes(unit=[str(units["DUK"].uuid), "x"]) == [(units["DUK"], "")]
    assert codes(person=[str(people["an"].uuid), str(people["em"].uuid), "x"]) == [(people["an"], "")]
    assert codes() == codes(all=["1"]) == []
