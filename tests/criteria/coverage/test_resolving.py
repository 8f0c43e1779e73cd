"""The short ways of coverage change nothing: the one function asked anew for each thing gives the same picture."""

import random

import pytest

from criteria.models import Framework, FrameworkCover
from criteria.selectors.frameworks.framework_choice import Asked, Candidates, Held, is_general
from criteria.selectors.plain_tree import PlainTree
from criteria.selectors.reaching.coverage import CoverageBook, frameworks_of
from criteria.selectors.reaching.coverage_choice import CONCRETE, GENERAL, NONE, Resolver
from orgs.models import Appointment, Collective, Job, Unit
from orgs.selectors.unit_tree import UnitTree
from tests.criteria import rounds
from tests.criteria.coverage.test_coverage import issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(province):
    """A cycle, jobs for half of the people, and a unit below each department."""
    cycle = rounds.prepared_cycle(province)
    jobs = [Job.objects.create(code=f"VT{n}", name=f"Vị trí {n}") for n in range(3)]
    for place, post in enumerate(Appointment.objects.filter(unit__isnull=False).order_by("pk")):
        if place % 2:
            Appointment.objects.filter(pk=post.pk).update(job=jobs[place % 3])
    for code in ("SKH", "SYT"):
        above = province.units[code]
        province.units[f"P-{code}"] = Unit.objects.create(
            code=f"P-{code}", name=f"Phòng của {above}", kind=above.kind, line=above.line, parent=above
        )
    for name, code in (("chi", "P-SKH"), ("em", "P-SYT")):
        Appointment.objects.filter(person=province.people[name]).update(unit=province.units[code])
    return cycle


def scatter(province, cycle, seed):
    """Frameworks of random issuers for random things, some for one line or one level of management only."""
    dice = random.Random(seed)
    jobs, posts = list(Job.objects.order_by("pk")), list(province.positions.values())
    bodies, units = list(province.collectives.values()), list(province.units.values())
    choices = {"job": jobs, "position": posts, "collective": bodies, "unit": units}
    for _each in range(6):
        kind = dice.choice([*choices, None])
        cover = {kind: dice.choice(choices[kind])} if kind else {}
        code = dice.choice(sorted(province.units))
        row = issued(province, cycle, code, subject=dice.choice(["person", "collective"]), **cover)
        narrowed = {"line": dice.choice(["", "", "party", "state"])}
        if dice.random() < 0.3:
            narrowed["managing_authority"] = dice.choice(list(province.authorities.values()))
        Framework.objects.filter(pk=row.pk).update(**narrowed)


def plainly(cycle):
    """{(unit, kind, id): grade}, each asked of a fresh `Candidates` of whole rows, the worst of all who hold it."""
    book = CoverageBook(cycle)
    rows = frameworks_of(cycle, book.day)
    general = {row.pk for row in rows if is_general(row)}

    def grade(asked):
        found = Candidates(rows, UnitTree()).choose(asked).framework
        return NONE if found is None else GENERAL if found.pk in general else CONCRETE

    found = {}
    for body in Collective.objects.filter(is_reviewed=True).select_related("unit"):
        asked = Asked("collective", "", body.unit.line, None, (), (body,), body.unit_id)
        found[body.unit_id, "collective", body.pk] = grade(asked)
    posts = Appointment.objects.filter(unit__isnull=False).select_related("unit", "position", "job", "person")
    for post in posts:
        for kind in ("position", "job"):
            if about := getattr(post, kind):
                held = (Held(post.unit_id, **{kind: about}),)
                level = post.person.managing_authority_id
                asked = Asked("person", "", post.unit.line, level, held, (), post.unit_id)
                key = (post.unit_id, kind, about.pk)
                found[key] = max(found.get(key, CONCRETE), grade(asked))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_book_agrees_with_the_one_function_asked_for_each_thing(province, cycle, seed):
    scatter(province, cycle, seed)
    expected = plainly(cycle)
    book = CoverageBook(cycle)
    lacking = {(unit, kind, about): grade for unit, rows in book._lacking.items() for kind, about, grade in rows}
    assert lacking == {key: grade for key, grade in expected.items() if grade != CONCRETE}
    whole = book.total().whole
    assert (whole.covered, whole.total) == (len(expected) - len(lacking), len(expected))


def test_scattered_frameworks_give_every_grade(province, cycle):
    """The control of this file: what is compared above is not one colour."""
    seen = set()
    for seed in range(8):
        Framework.objects.exclude(uses__cycle=cycle).update(state="draft")
        scatter(province, cycle, seed)
        seen |= set(plainly(cycle).values())
    cycle.frameworks.all().delete()
    Framework.objects.update(state="draft")
    assert seen | set(plainly(cycle).values()) == {CONCRETE, GENERAL, NONE}


def test_sign_of_a_unit_is_what_its_chain_holds_of_issuers(province, cycle):
    scatter(province, cycle, 3)
    rows, tree = list(Framework.objects.filter(state="issued").prefetch_related("covers")), PlainTree()
    resolver, candidates = Resolver(rows, tree), Candidates(rows, UnitTree())
    issuers = {row.issuer_id for row in rows}
    issuers |= set(FrameworkCover.objects.filter(framework__in=rows).exclude(unit=None).values_list("unit", flat=True))
    for pk in tree.units:
        assert resolver._sign(pk) == tuple(above for above in candidates.chain(pk) if above in issuers)


def test_plain_tree_is_the_tree_in_other_rows(province):
    plain, whole = PlainTree(), UnitTree()
    assert [str(row) for row in plain.units.values()] == [str(row) for row in whole.units.values()]
    assert plain.children == whole.children
    for pk in whole.units:
        assert [row.pk for row in plain.chain(pk)] == [row.pk for row in whole.chain(pk)]
