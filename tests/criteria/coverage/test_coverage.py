"""Coverage: what counts as covered, each kind by itself, the tree, the list by name, the rule at the opening."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Framework, FrameworkCover
from criteria.selectors.reaching import coverage_pages as pages
from criteria.selectors.reaching import openings
from criteria.selectors.reaching.coverage import Count, CoverageBook
from criteria.services.frameworks import frameworks
from orgs.models import Appointment, Blocked, Job
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(province):
    return rounds.prepared_cycle(province)


def issued(province, cycle, issuer, *, subject="person", **cover):
    """A framework of `issuer`, issued, for one position, job, collective or unit, or for all below its issuer."""
    row = frameworks.create_framework(
        issuer=province.units[issuer],
        regulation=cycle.regulation,
        title=f"Khung tiêu chí {issuer} {cover}",
        subject=subject,
        form_key="02A",
        actor=province.users["phuc"],
    )
    if cover:
        FrameworkCover.objects.create(framework=row, **cover)
    Framework.objects.filter(pk=row.pk).update(state="issued", number="2-HD", issued_on=date(2024, 3, 1))
    return row


def counts(book, code=""):
    focus = next((unit for unit in book.tree.units.values() if unit.code == code), None)
    tally = book.total(focus)
    return tuple((row.covered, row.total) for row in (tally.collective, tally.position, tally.job))


def lacking(book, code):
    return [(row.name, row.has_general) for row in book.lacking() if row.unit.code == code]


def test_general_framework_of_the_province_alone_covers_nobody(cycle):
    book = CoverageBook(cycle)
    assert counts(book, "SKH") == ((0, 1), (0, 3), (0, 0))
    assert lacking(book, "SKH") == [
        ("Tập thể lãnh đạo Sở Kế hoạch và Đầu tư", True),
        ("Chuyên viên", True),
        ("Giám đốc Sở", True),
        ("Phó Giám đốc Sở", True),
    ]


def test_without_any_framework_nothing_applies_at_all(cycle):
    Framework.objects.update(state="superseded", superseded_on=date(2024, 6, 1))
    cycle.frameworks.all().delete()
    assert {row.has_general for row in CoverageBook(cycle).lacking()} == {False}


def test_framework_of_a_department_covers_its_own_posts_and_no_others(province, cycle):
    issued(province, cycle, "SKH")
    book = CoverageBook(cycle)
    assert counts(book, "SKH") == ((0, 1), (3, 3), (0, 0))
    assert counts(book, "SYT") == ((0, 1), (0, 2), (0, 0))


def test_framework_of_the_superior_covers_all_below_it(province, cycle):
    issued(province, cycle, "UBND", unit=province.units["UBND"])
    book = CoverageBook(cycle)
    assert counts(book, "SKH")[1] == (3, 3)
    assert counts(book, "UBND")[1] == (7, 7)
    assert counts(book, "BTCTU")[1] == (0, 1)


def test_framework_of_a_position_covers_this_position_everywhere_below_its_issuer(province, cycle):
    issued(province, cycle, "UBND", position=province.positions["GD"])
    assert counts(CoverageBook(cycle), "SKH")[1] == (1, 3)
    assert counts(CoverageBook(cycle), "SYT")[1] == (1, 2)


def test_framework_of_a_position_says_nothing_about_the_job_of_the_same_person(province, cycle):
    job = Job.objects.create(code="VT-KH", name="Chuyên viên kế hoạch")
    Appointment.objects.filter(person=province.people["chi"]).update(job=job)
    issued(province, cycle, "SKH", position=province.positions["CV"])
    book = CoverageBook(cycle)
    assert counts(book, "SKH") == ((0, 1), (1, 3), (0, 1))
    assert ("Chuyên viên kế hoạch", True) in lacking(book, "SKH")
    issued(province, cycle, "SKH", job=job)
    assert counts(CoverageBook(cycle), "SKH") == ((0, 1), (1, 3), (1, 1))


def test_collective_is_covered_by_a_framework_for_collectives_alone(province, cycle):
    issued(province, cycle, "SKH")
    issued(province, cycle, "SKH", subject="collective", collective=province.collectives["TT-SKH"])
    book = CoverageBook(cycle)
    assert counts(book, "SKH")[0] == (1, 1)
    assert counts(book, "SYT")[0] == (0, 1)


def test_framework_of_a_level_covers_a_post_only_where_everybody_in_it_is_of_that_level(province, cycle):
    row = issued(province, cycle, "UBND", position=province.positions["CV"])
    Framework.objects.filter(pk=row.pk).update(managing_authority=province.authorities["SO"])
    assert counts(CoverageBook(cycle), "SKH")[1] == (1, 3)
    person = province.people["chi"]
    person.managing_authority = province.authorities["BCSD"]
    person.save()
    assert counts(CoverageBook(cycle), "SKH")[1] == (0, 3)


@pytest.mark.parametrize("change", [{"state": "draft"}, {"issued_on": None}, {"superseded_on": date(2024, 5, 1)}])
def test_framework_out_of_force_covers_nothing(province, cycle, change):
    row = issued(province, cycle, "SKH")
    Framework.objects.filter(pk=row.pk).update(**change)
    assert counts(CoverageBook(cycle), "SKH")[1] == (0, 3)


def test_framework_that_the_cycle_uses_counts_even_when_it_was_superseded_later(province, cycle):
    row = issued(province, cycle, "SKH")
    cycle.frameworks.create(framework=row)
    Framework.objects.filter(pk=row.pk).update(state="superseded", superseded_on=date(2024, 5, 1))
    assert counts(CoverageBook(cycle), "SKH")[1] == (3, 3)


def test_ended_posts_and_collectives_that_do_not_review_are_not_counted(province, cycle):
    Appointment.objects.filter(person=province.people["binh"]).update(ended_on=date(2024, 1, 1))
    book = CoverageBook(cycle)
    assert counts(book, "SKH") == ((0, 1), (0, 2), (0, 0))
    assert counts(book, "CB-SKH") == ((0, 0), (0, 0), (0, 0))


def test_cycle_of_some_units_counts_these_alone(province, cycle):
    cycle.units.set([province.units["SYT"]])
    book = CoverageBook(cycle)
    assert counts(book) == ((0, 1), (0, 2), (0, 0))
    assert {row.unit.code for row in book.lacking()} == {"SYT"}


def test_tree_sums_upwards_and_goes_down_by_a_level(province, cycle):
    issued(province, cycle, "SKH")
    book = CoverageBook(cycle)
    shown = {row.unit.code: (row.depth, row.tally.whole.covered, row.tally.whole.total) for row in book.rows(None)}
    assert shown["UBND"] == (0, 3, 9)
    assert shown["SKH"] == (1, 3, 4)
    assert "DUK" not in shown
    assert [row.unit.code for row in book.rows(province.units["SKH"])] == ["SKH"]


@pytest.mark.parametrize(
    ("covered", "total", "percent", "tone"),
    [(0, 0, None, "quiet"), (0, 3, 0, "bad"), (1, 2, 50, "warn"), (199, 200, 99, "warn"), (200, 200, 100, "ok")],
)
def test_share_is_rounded_down_and_complete_only_when_it_is(covered, total, percent, tone):
    assert (Count(covered, total).percent, Count(covered, total).tone) == (percent, tone)


def test_list_names_the_head_of_the_body_or_of_the_one_above(province, cycle):
    book = CoverageBook(cycle)
    rows = {row.lack.unit.code: row for row in pages.lack_rows(cycle, book.lacking(), book.tree)}
    assert (rows["SKH"].head.person.full_name, rows["SKH"].head.above) == ("Nguyễn Văn Ấn", "")
    assert rows["UBND"].head is None
    Appointment.objects.filter(person=province.people["son"]).update(is_head=True)
    rows = {row.lack.unit.code: row for row in pages.lack_rows(cycle, book.lacking(), book.tree)}
    assert (rows["SNV"].head.person.full_name, rows["SNV"].head.above) == (
        "Trương Công Sơn",
        "Ủy ban nhân dân tỉnh Quảng Ngãi",
    )


@pytest.mark.parametrize(
    ("who", "seen"), [("giang", None), ("phuc", None), ("khanh", {"SYT"}), ("dung", {"SYT", "CB-SYT"})]
)
def test_everybody_sees_his_own_part(province, cycle, who, seen):
    found = pages.units_seen_by(province.users[who], cycle)
    assert (found and {unit.code for unit in province.units.values() if unit.pk in found}) == seen


@pytest.mark.parametrize("who", ["chi", "tu", "lan"])
def test_who_leads_and_prepares_nothing_sees_no_coverage(province, cycle, who):
    with pytest.raises(PermissionDenied):
        pages.units_seen_by(province.users[who], cycle)


def test_opening_is_refused_warned_or_silent_by_the_rule_of_the_cycle(province, cycle):
    words = "chưa có khung tiêu chí của riêng mình"
    assert words in " ".join(openings.what_to_know(cycle))
    assert words not in " ".join(openings.what_is_missing(cycle))
    cycle.coverage_rule = "silent"
    assert words not in " ".join(openings.what_to_know(cycle))
    cycle.coverage_rule = "refuse"
    cycle.save()
    assert words in " ".join(openings.what_is_missing(cycle))
    with pytest.raises(Blocked, match=words):
        advance(cycle, "open", actor=province.users["giang"], version=cycle.version)


def test_opening_is_free_once_everything_is_covered(province, cycle):
    cycle.coverage_rule = "refuse"
    cycle.units.set([province.units["SYT"]])
    cycle.save()
    issued(province, cycle, "SYT")
    issued(province, cycle, "SYT", subject="collective")
    assert pages.refusals(cycle) == []
    assert advance(cycle, "open", actor=province.users["giang"], version=cycle.version).state == "open"


def test_whole_book_costs_the_same_for_one_framework_and_for_many(province, cycle):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            book = CoverageBook(cycle)
            pages.lack_rows(cycle, book.lacking()[:50], book.tree)
        return len(queries)

    issued(province, cycle, "SKH")
    one = asked()
    for code in ("SYT", "UBND"):
        issued(province, cycle, code)
        issued(province, cycle, code, position=province.positions["CV"])
    assert asked() == one
    assert one <= 12
