"""Exactly one form for one person."""

import itertools
from datetime import date

import pytest

from criteria.models import FormRule, Regulation
from criteria.selectors.rules.forms import FormBook, PersonFacts, form_for
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def facts(province, authority, *, is_leading=True, is_head=False, **more):
    return PersonFacts(
        is_leading=is_leading, is_head=is_head, managing_authority_id=province.authorities[authority].pk, **more
    )


def test_shipped_rules_give_the_forms_of_the_letter(province):
    law = rounds.regulation()
    assert form_for(law, facts(province, "BTVTU", is_head=True)) == ("02-D", "02B")
    assert form_for(law, facts(province, "BCSD", is_head=True)) == ("02-C", "02B")
    assert form_for(law, facts(province, "BCSD")) == ("02-B", "02B")
    assert form_for(law, facts(province, "SO", is_leading=False)) == ("02-A", "02A")
    assert form_for(law, facts(province, "BTVTU", is_leading=False)) == ("02-A", "02A")
    assert form_for(law, PersonFacts(is_leading=False)) == ("02-A", "02A")


def test_every_person_gets_exactly_one_form(province):
    book = FormBook(rounds.regulation())
    for is_leading, is_head, code in itertools.product([True, False], [True, False], ["BTVTU", "BCSD", "SO"]):
        code_and_form = book.of_person(facts(province, code, is_leading=is_leading, is_head=is_head))
        assert code_and_form in {("02-A", "02A"), ("02-B", "02B"), ("02-C", "02B"), ("02-D", "02B")}


def test_level_kept_out_is_not_the_highest_here(province):
    law = rounds.regulation()
    top = province.authorities["BTVTU"]
    top.is_excluded = True
    top.save()
    assert form_for(law, facts(province, "BTVTU")) == ("02-B", "02B")
    assert form_for(law, facts(province, "BCSD")) == ("02-D", "02B")


def test_rule_of_the_province_comes_before_the_shipped_ones(province):
    law = rounds.regulation()
    FormRule.objects.create(
        regulation=law,
        order=1,
        provincial_code="02-E",
        form_key="02A",
        position=province.positions["PGD"],
        managing_authority=province.authorities["BCSD"],
        line="state",
    )
    deputy = facts(province, "BCSD", position_id=province.positions["PGD"].pk, line="state")
    assert form_for(law, deputy) == ("02-E", "02A")
    assert form_for(law, facts(province, "BCSD", position_id=province.positions["PGD"].pk, line="party"))[0] == "02-B"


def test_no_fitting_rule_gives_no_form_and_no_rule_gives_the_central_one(province):
    law = rounds.regulation()
    law.form_rules.exclude(provincial_code="02-A").delete()
    law.form_rules.update(is_leading=False)
    assert form_for(law, facts(province, "BCSD")) is None
    law.form_rules.all().delete()
    assert form_for(law, facts(province, "BCSD")) == ("02B", "02B")
    assert form_for(law, facts(province, "SO", is_leading=False)) == ("02A", "02A")


def test_collective_writes_form_01(province):
    assert FormBook(rounds.regulation()).of_collective() == ("01", "01")


def test_unconfirmed_rules_are_marked_with_their_question(province):
    open_rules = rounds.regulation().form_rules.filter(is_confirmed=False)
    assert sorted(open_rules.values_list("provincial_code", flat=True)) == ["02-C", "02-D"]
    assert all(rule.question.endswith(".)") for rule in open_rules)


def test_book_asks_one_query_however_many_people(province, django_assert_num_queries):
    law = rounds.regulation()
    with django_assert_num_queries(1):
        book = FormBook(law)
        for _ in range(50):
            book.of_person(facts(province, "BCSD"))


# ---------------------------------------------------------------- by period, family and side


def law_row(key):
    rounds.regulation()
    return Regulation.objects.get(key=key)


@pytest.mark.parametrize(
    ("key", "period", "last", "is_leading", "standing", "form"),
    [
        ("366-QĐ/TW@2025-08-30", "year", date(2026, 12, 31), True, "civil_servant", "2B"),
        ("366-QĐ/TW@2025-08-30", "quarter", date(2026, 9, 30), True, "civil_servant", "01-Q"),
        ("366-QĐ/TW@2025-08-30", "quarter", date(2026, 3, 31), False, "public_employee", "01-QN"),
        ("366-QĐ/TW@2025-08-30", "year", date(2025, 12, 31), False, "outside_system", "2C"),
        ("399-QĐ/TU@2025-08-27", "quarter", date(2026, 9, 30), False, "outside_system", "01-QN"),
        ("132-QĐ/TW@2018-03-08", "year", date(2019, 12, 31), False, "civil_servant", "02"),
        ("335/2025/NĐ-CP@2025-12-21", "year", date(2026, 12, 31), True, "civil_servant", "PL2-01"),
        ("335/2025/NĐ-CP@2025-12-21", "quarter", date(2026, 9, 30), False, "civil_servant", "PL2-01"),
        ("90/2020/NĐ-CP@2020-08-13", "year", date(2024, 12, 31), True, "official", "90-01"),
        ("90/2020/NĐ-CP@2020-08-13", "year", date(2024, 12, 31), False, "public_employee", "90-03"),
        ("233/2026/NĐ-CP@2026-06-26", "year", date(2026, 12, 31), True, "public_employee", "VC"),
    ],
)
def test_form_is_that_of_the_period_the_family_and_the_side(province, key, period, last, is_leading, standing, form):
    book = FormBook(law_row(key), period=period, on=last)
    assert book.of_person(PersonFacts(is_leading=is_leading, standing=standing)) == (form, form)


@pytest.mark.parametrize(
    ("key", "standing"),
    [("335/2025/NĐ-CP@2025-12-21", "public_employee"), ("233/2026/NĐ-CP@2026-06-26", "civil_servant")],
)
def test_decree_has_no_form_for_whom_it_does_not_rate(province, key, standing):
    assert form_for(law_row(key), PersonFacts(is_leading=False, standing=standing)) is None


def test_collective_writes_its_report_and_never_a_sheet_of_analysis(province):
    law = law_row("366-QĐ/TW@2025-08-30")
    assert FormBook(law).of_collective() == ("01", "01")
    assert FormBook(law, period="quarter").of_collective() == ("01", "01")
    assert FormBook(law_row("132-QĐ/TW@2018-03-08")).of_collective() == ("01", "01")


def test_rule_of_the_province_for_the_year_leaves_the_quarter_alone(province):
    law = law_row("366-QĐ/TW@2025-08-30")
    FormRule.objects.create(regulation=law, order=1, provincial_code="2B-T", form_key="2B", is_leading=True)
    leader = PersonFacts(is_leading=True)
    assert FormBook(law).of_person(leader) == ("2B-T", "2B")
    assert FormBook(law).of_person(PersonFacts(is_leading=False)) is None
    assert FormBook(law, period="quarter").of_person(leader) == ("01-Q", "01-Q")
