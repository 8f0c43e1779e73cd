"""Which framework applies to a person or collective on a day, and the way on which it was found."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from criteria.models import Cycle, Framework, FrameworkCover, FrameworkSubject, PeriodKind, Regulation
from criteria.selectors.frameworks import framework_choice as choice
from criteria.selectors.frameworks.framework_choice import Asked, Candidates, Choice, Held, Step
from criteria.selectors.frameworks.frozen_frameworks import FrameworkBook
from criteria.selectors.rules.forms import FormBook, PersonFacts
from criteria.selectors.rules.regulations import in_force_on
from orgs import access
from orgs.models import Appointment, Collective, Membership, Person, User
from orgs.selectors import people
from orgs.selectors.unit_tree import UnitTree

LOWEST = 10**6


@dataclass(frozen=True)
class Answer:
    """What applies to whom: by the frameworks in force on the day, or by those that the cycle froze."""

    subject: Person | Collective
    on: date
    form_key: str
    asked: Asked
    choice: Choice
    cycle: Cycle | None = None


@dataclass(frozen=True)
class Look:
    """One step in words: under what it was looked, what was found, and why others that stand there do not apply."""

    words: str
    framework: Framework | None
    unfit: tuple[tuple[Framework, str], ...] = ()


def issued_by(on: date) -> list[Framework]:
    """The frameworks in force on the day `on`, with what choosing asks of them; one query."""
    rows = Framework.objects.filter(Q(superseded_on=None) | Q(superseded_on__gt=on), issued_on__lte=on)
    issued = rows.filter(state__in=("issued", "superseded")).select_related("issuer", "managing_authority")
    covered = issued.annotate(**{f"cover_{kind}": F(f"covers__{kind}") for kind in choice.KINDS})
    found: dict[int, Framework] = {}
    for row in covered.order_by(*Framework._meta.ordering, "pk", "covers__pk"):
        kept = found.setdefault(row.pk, row)
        if kept is row:
            kept.covers_read = []
        ids = {f"{kind}_id": getattr(row, f"cover_{kind}") for kind in choice.KINDS}
        if any(ids.values()):
            kept.covers_read.append(FrameworkCover(framework_id=row.pk, **ids))
    return list(found.values())


def applies(
    subject: Person | Collective, *, on: date, cycle: Cycle | None = None, form_key: str = "", is_shown: bool = True
) -> Answer:
    """The framework that applies to `subject` on the day `on`; with a `cycle`, among those that it froze.

    `form_key` is the form on which he writes, where that is known; else it is the one of the regulation of the day.
    Where the way is not shown (`is_shown` False), his seats are read only if some framework is of a collective.
    """
    tree = UnitTree()
    law = cycle.regulation if cycle else next(iter(in_force_on(on)), None)
    issued = [] if cycle else issued_by(on)
    sits = is_shown or cycle is not None or any(row.collective_id for each in issued for row in each.covers_read)
    asked = _asked(subject, on, _FormOf(law, on, cycle), tree, sits=sits)
    asked = replace(asked, form_key=form_key or asked.form_key)
    found = FrameworkBook(cycle, tree=tree) if cycle else Candidates(issued, tree)
    return Answer(subject, on, asked.form_key, asked, found.choose(asked), cycle)


def looks(answer: Answer) -> list[Look]:
    """The steps of an answer in words, in their order."""
    return [
        Look(_words(step), step.framework, tuple((row, _why(row, answer.asked)) for row in step.unfit))
        for step in answer.choice.steps
    ]


class _FormOf:
    """On which form somebody writes under the regulation of the day; empty where nothing says so."""

    def __init__(self, law: Regulation | None, on: date, cycle: Cycle | None) -> None:
        period = cycle.period_kind if cycle else PeriodKind.YEAR
        self._book = FormBook(law, period=period, on=cycle.period_end_on if cycle else on) if law else None

    def person(self, facts: PersonFacts) -> str:
        found = self._book and self._book.of_person(facts)
        return found[1] if found else ""

    def collective(self) -> str:
        found = self._book and self._book.of_collective()
        return found[1] if found else ""


def _asked(subject: Person | Collective, on: date, forms: _FormOf, tree: UnitTree, *, sits: bool) -> Asked:
    if isinstance(subject, Collective):
        line = tree.units[subject.unit_id].line
        return Asked(
            FrameworkSubject.COLLECTIVE, forms.collective(), line, collectives=(subject,), unit_id=subject.unit_id
        )
    posts = _posts(subject, on)
    main = tree.units.get(posts[0].unit_id) if posts else None
    seats = Membership.objects.current(on).filter(person=subject).select_related("collective").order_by("order", "id")
    return Asked(
        FrameworkSubject.PERSON,
        forms.person(_facts(subject, posts, main.line if main else "")),
        line=main.line if main else "",
        managing_authority_id=subject.managing_authority_id,
        posts=tuple(Held(post.unit_id, post.position, post.job) for post in posts),
        collectives=tuple(seat.collective for seat in seats) if sits else (),
        unit_id=subject.party_cell_id,
    )


def _posts(person: Person, on: date) -> list[Appointment]:
    rows = Appointment.objects.current(on).filter(person=person).select_related("position", "job")
    return sorted(rows, key=lambda post: (not post.is_main, post.position.rank if post.position else LOWEST, post.pk))


def _facts(person: Person, posts: list[Appointment], line: str) -> PersonFacts:
    highest = min((post for post in posts if post.position), key=lambda post: post.position.rank, default=None)
    return PersonFacts(
        is_leading=any(post.is_head or (post.position and post.position.is_leading) for post in posts),
        is_head=any(post.is_head for post in posts),
        managing_authority_id=person.managing_authority_id,
        position_id=highest.position_id if highest else None,
        line=line,
        standing=str(person.standing),
    )


def _words(step: Step) -> str:
    titles = {
        choice.JOB: _("Job: %(name)s"),
        choice.POSITION: _("Position: %(name)s"),
        choice.COLLECTIVE: _("Collective: %(name)s"),
        choice.UNIT: _("Body: %(name)s"),
        choice.PROVINCE: _("For everybody in the province"),
    }
    return titles[step.kind] % {"name": step.about} if step.about else titles[step.kind]


def _why(framework: Framework, asked: Asked) -> str:
    if framework.line not in ("", asked.line):
        return _("It is for another line: %(line)s.") % {"line": framework.get_line_display()}
    if framework.managing_authority_id not in (None, asked.managing_authority_id):
        return _("It is for another level of management: %(level)s.") % {"level": framework.managing_authority}
    return _("It was issued by a body that does not stand above: %(issuer)s.") % {"issuer": framework.issuer}


def subject_of(user: User, code: str) -> Person | Collective | None:
    """The cadre or collective of this code that `user` may see, the own person without a code; None for nobody."""
    if not code:
        return Person.objects.filter(pk=user.person_id).first() if user.person_id else None
    if person := people.visible_to(user).filter(code__iexact=code).first():
        return person
    viewer = access.viewer_of(user)
    seen = access.scope("orgs.Collective", viewer) | Q(memberships__person=viewer.person_id or 0)
    return access.within(Collective.objects.all(), seen).filter(code__iexact=code).first()
