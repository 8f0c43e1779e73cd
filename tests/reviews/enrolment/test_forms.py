"""The guided forms: what each kind asks, and how people, units and collectives are named in them."""

from datetime import date

import pytest

from orgs.models import Collective, Unit
from reviews.forms.changes import ChangeForm
from reviews.forms.lists import RatingFilterForm, ReviewFilterForm, StuckFilterForm

pytestmark = pytest.mark.django_db
COMMON = {"person": "CB0001", "happened_on": "15/11/2024", "document": "QĐ 125-QĐ/TU"}


def form(province, kind, **values):
    return ChangeForm({**COMMON, **values}, kind=kind, user=province.users["giang"])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("joiner", {"unit", "position", "is_head", "cell", "collective", "part"}),
        ("mover", {"unit", "position", "is_head", "cell", "collective", "part", "keeps_other_posts"}),
        ("leaver", {"reason"}),
        ("new_head", {"collective", "position", "cell", "former_part", "former_position"}),
    ],
)
def test_each_kind_asks_only_what_it_needs(province, kind, fields):
    assert set(form(province, kind).fields) - set(COMMON) == fields


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("joiner", {"unit", "position"}),
        ("mover", {"unit", "position"}),
        ("leaver", {"reason"}),
        ("new_head", {"collective", "position"}),
    ],
)
def test_what_a_kind_cannot_do_without_is_required(province, kind, missing):
    assert set(form(province, kind).errors) == missing


@pytest.mark.parametrize("text", ["SYT", "syt", "sở y tế", "So Y te"])
def test_a_unit_is_named_by_code_or_by_name_without_accents(province, text):
    Unit.objects.filter(code="CB-SYT").update(name="Chi bộ khác", search="chi bo khac")
    filled = form(province, "mover", unit=text, position=province.positions["PGD"].pk)
    assert filled.is_valid(), filled.errors
    assert filled.asked().unit == province.units["SYT"]


@pytest.mark.parametrize("text", ["TT-SYT", "tap the lanh dao so y te"])
def test_a_collective_is_named_so_too(province, text):
    filled = form(province, "new_head", collective=text, position=province.positions["GD"].pk)
    assert filled.is_valid(), filled.errors
    assert filled.asked().collective == province.collectives["TT-SYT"]


def test_a_name_that_fits_several_lists_them_with_their_codes(province):
    filled = form(province, "mover", unit="so", position=province.positions["PGD"].pk)
    assert "SYT Sở Y tế" in filled.errors["unit"][0]


def test_what_has_ended_is_not_found(province):
    Unit.objects.filter(code="SYT").update(ended_on=date(2024, 1, 1))
    Collective.objects.filter(code="TT-SYT").update(ended_on=date(2024, 1, 1))
    assert "unit" in form(province, "mover", unit="SYT").errors
    assert "collective" in form(province, "new_head", collective="TT-SYT").errors


@pytest.mark.parametrize(("part", "collective"), [("deputy", ""), ("", "TT-SYT")])
def test_a_seat_has_both_a_collective_and_a_part(province, part, collective):
    values = {"unit": "SYT", "position": province.positions["PGD"].pk, "part": part, "collective": collective}
    assert set(form(province, "mover", **values).errors) == {"part"}


def test_a_newcomer_out_of_sight_is_named_by_code_only(province):
    officer_of_sibling = {"kind": "joiner", "user": province.users["khanh"]}
    values = {**COMMON, "unit": "SYT", "position": province.positions["PGD"].pk}
    assert ChangeForm({**values, "person": "CB0015"}, **officer_of_sibling).is_valid()
    assert "person" in ChangeForm({**values, "person": "Huỳnh Anh Tú"}, **officer_of_sibling).errors


def test_asked_holds_the_clean_values(province):
    filled = form(province, "leaver", reason="Nghỉ hưu")
    assert filled.is_valid()
    found = filled.asked()
    assert (found.kind, found.person, found.on) == ("leaver", province.people["an"], date(2024, 11, 15))
    assert (found.document, found.reason, found.unit) == ("QĐ 125-QĐ/TU", "Nghỉ hưu", None)


def test_filters_offer_the_states_of_their_own_procedure(province):
    reviews = {code for code, _label in ReviewFilterForm({}, cycles=[]).fields["state"].choices}
    ratings = {code for code, _label in RatingFilterForm({}, cycles=[]).fields["state"].choices}
    assert {"self_review", "meeting", "finished"} <= reviews
    assert {"proposal", "appraisal", "notice"} <= ratings
    assert "proposal" not in reviews


def test_the_filter_of_gaps_offers_only_kinds_that_were_found(province):
    kinds = [code for code, _label in StuckFilterForm({}, counts={"no_head": 2}).fields["kind"].choices]
    assert kinds == ["", "no_head"]
