"""Urging: what is owed in a matter, by which body, who answers for it, when it was asked and called before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria import access as reach
from criteria.models import Addressee, Consultation, Cycle, Dissemination, PhoneCall, UrgedMatter, UrgingLetter
from criteria.selectors.consulting import consultations
from criteria.selectors.plain_tree import PlainTree, PlainUnit
from criteria.selectors.reaching import coverage_pages, disseminations, study_shares
from criteria.selectors.reaching.coverage import CoverageBook
from criteria.selectors.reaching.coverage_choice import COLLECTIVE, JOB, POSITION
from criteria.selectors.rounds import cycles
from orgs import access, roles
from orgs.models import Appointment, Unit, User
from orgs.selectors.files import Shelf, register_readers, register_signers, versions_of

LABEL, PAPER = "criteria.UrgingLetter", "urging"
FIELDS = {
    UrgedMatter.COVERAGE: "cycle",
    UrgedMatter.CONSULTATION: "consultation",
    UrgedMatter.DISSEMINATION: "dissemination",
}
# The letter is an official paper: what it lists is Vietnamese, whatever the language of the page.
LACKING = {
    COLLECTIVE: "{name}: chưa có khung tiêu chí cụ thể",
    POSITION: "Chức vụ {name}: chưa có khung tiêu chí cụ thể",
    JOB: "Vị trí việc làm {name}: chưa có khung tiêu chí cụ thể",
}
Owed = list[tuple[Unit | PlainUnit, tuple[str, ...]]]


@dataclass(frozen=True)
class Matter:
    """What is urged: the coverage of a cycle, the answers to a consultation or the study of a text."""

    kind: str
    about: Cycle | Consultation | Dissemination

    @property
    def fields(self) -> dict[str, Any]:
        """The columns by which a letter or call of this matter is found and written."""
        return {"matter": self.kind, FIELDS[self.kind]: self.about}

    @property
    def issuer(self) -> Unit:
        """The body whose matter it is."""
        return self.about.plan.issuer if self.kind == UrgedMatter.COVERAGE else self.about.issuer

    @property
    def due_on(self) -> date | None:
        """The last day that was given at first."""
        return None if self.kind == UrgedMatter.COVERAGE else self.about.due_on

    @property
    def key(self) -> str:
        """What an act on the matter is known by."""
        return f"{self.kind}.{self.about.uuid}"

    @property
    def address(self) -> str:
        """The page from which one came."""
        names = {
            UrgedMatter.COVERAGE: "criteria:cycle_coverage",
            UrgedMatter.CONSULTATION: "criteria:consultation_detail",
            UrgedMatter.DISSEMINATION: "criteria:dissemination_detail",
        }
        return reverse(names[self.kind], args=[self.about.uuid])


@dataclass(frozen=True)
class Laggard:
    """One body with what it owes, who answers for it, since when it is asked, the last telephone call."""

    unit: Unit | PlainUnit
    missing: tuple[str, ...]
    head: coverage_pages.Answering | None
    asked_on: date | None
    last_call: PhoneCall | None


def visible_to(user: User) -> QuerySet[UrgingLetter]:
    """The letters that `user` may read: those of his body, and the sent ones that name a body he keeps."""
    rows = UrgingLetter.objects.select_related("issuer__parent", "cycle__plan__issuer", "consultation", "dissemination")
    return access.within(rows, access.scope(LABEL, access.viewer_of(user)))


def written_by_body_of(user: User) -> QuerySet[UrgingLetter]:
    """The letters that `user` himself may write and have signed."""
    bodies = reach.bodies_prepared_by(access.viewer_of(user))
    return UrgingLetter.objects.filter(issuer__in=bodies.values("pk"))


def matter_of(kind: str, uuid: UUID, user: User) -> Matter | None:
    """The matter in an address as far as `user` sees it; None where there is none for him."""
    found = {
        UrgedMatter.COVERAGE: cycles.visible_to,
        UrgedMatter.CONSULTATION: consultations.visible_to,
        UrgedMatter.DISSEMINATION: disseminations.visible_to,
    }.get(kind)
    about = found(user).filter(uuid=uuid).first() if found else None
    return Matter(kind, about) if about else None


def matter_in(row: UrgingLetter | PhoneCall) -> Matter:
    """The matter of a letter or call."""
    return Matter(row.matter, getattr(row, FIELDS[row.matter]))


def may_urge(user: User, matter: Matter) -> bool:
    """Whether `user` stands on the side that asks: of a coverage any officer who writes for a body."""
    if matter.kind == UrgedMatter.COVERAGE:
        return roles.MANAGE_PLANS in access.viewer_of(user).rights
    return reach.bodies_prepared_by(access.viewer_of(user)).filter(pk=matter.issuer.pk).exists()


def issuers_for(user: User, matter: Matter) -> QuerySet[Unit]:
    """In whose name `user` may write here: the bodies whose officer he is, and the one whose matter it is."""
    viewer = access.viewer_of(user)
    own = {*viewer.units_of(roles.OFFICER), matter.issuer.pk}
    return reach.bodies_prepared_by(viewer).filter(pk__in=own).order_by("sort_key", "code")


def owed(matter: Matter, user: User) -> Owed:
    """Every body that owes something in the matter, as far as `user` looks after it, with what it owes in sentences.

    Before a matter is out and after its end nobody owes anything.
    """
    return READERS[matter.kind](matter.about, user)


def laggards(matter: Matter, rows: Owed) -> list[Laggard]:
    """`rows` with heads, first letters and last calls; five queries for any number."""
    ids = [unit.pk for unit, _missing in rows]
    heads = coverage_pages.heads_of(ids, PlainTree())
    asked = coverage_pages.asked_since(matter.fields, ids)
    calls = _last_calls(matter, ids)
    return [
        Laggard(unit, missing, heads.get(unit.pk), asked.get(unit.pk), calls.get(unit.pk)) for unit, missing in rows
    ]


def letters_of(matter: Matter, user: User) -> QuerySet[UrgingLetter]:
    """The letters written in this matter by the bodies of `user`, the newest first."""
    return written_by_body_of(user).filter(**matter.fields).select_related("issuer").order_by("-id")


def shelf_of(letter: UrgingLetter, *, may_produce: bool) -> Shelf:
    """The kept versions of the paper of `letter`."""
    address = reverse("criteria:urging_paper", args=[letter.uuid])
    rows = versions_of(LABEL, str(letter.uuid)).filter(kind=PAPER)
    return Shelf(_("Letter that urges"), address, tuple(rows), may_produce)


def calls_of(matter: Matter, unit: Unit, user: User) -> QuerySet[PhoneCall]:
    """The telephone log of one body in this matter, the newest call first."""
    rows = access.within(PhoneCall.objects.all(), access.scope("criteria.PhoneCall", access.viewer_of(user)))
    return rows.filter(unit=unit, **matter.fields).select_related("called_by__person", "issuer")


def calls_due(user: User, on: date) -> QuerySet:
    """(matter, uuid of what it is about, number, earliest day) of the bodies that `user` is to call again by the day.

    A later call about the same to the same body has settled the earlier one.
    """
    viewer = access.viewer_of(user)
    if roles.OFFICER not in viewer.roles:
        return PhoneCall.objects.none()
    same = {name: OuterRef(name) for name in ("unit", "issuer", "matter")}
    about = Q()
    for name in FIELDS.values():
        about |= Q(**{name: OuterRef(name)})
    later = PhoneCall.objects.filter(about, called_at__gt=OuterRef("called_at"), **same)
    rows = access.within(PhoneCall.objects.filter(call_again_on__lte=on), access.scope("criteria.PhoneCall", viewer))
    which = Coalesce("cycle__uuid", "consultation__uuid", "dissemination__uuid")
    counted = rows.exclude(Exists(later)).order_by().annotate(about=which).values_list("matter", "about")
    return counted.annotate(number=Count("unit", distinct=True), first=Min("call_again_on"))


def _last_calls(matter: Matter, unit_ids: Iterable[int]) -> dict[int, PhoneCall]:
    rows = PhoneCall.objects.filter(unit__in=list(unit_ids), **matter.fields)
    return {row.unit_id: row for row in rows.order_by("called_at", "id")}


def _of_coverage(cycle: Cycle, user: User) -> Owed:
    book = CoverageBook(cycle, within=coverage_pages.units_seen_by(user, cycle))
    found: dict[int, tuple[PlainUnit, list[str]]] = {}
    for lack in book.lacking():
        found.setdefault(lack.unit.pk, (lack.unit, []))[1].append(LACKING[lack.kind].format(name=lack.name))
    return [(unit, tuple(missing)) for unit, missing in found.values()]


def _of_consultation(consultation: Consultation, user: User) -> Owed:
    if not consultations.takes_answers(consultation):
        return []
    rows = Addressee.objects.filter(consultation=consultation).exclude(state="replied")
    day = f" (hạn {consultation.due_on:%d/%m/%Y})" if consultation.due_on else ""
    what = f"chưa gửi văn bản tham gia ý kiến về “{consultation.title}”{day}"
    found: dict[int, tuple[Unit, list[str]]] = {}
    for row in rows.filter(unit__isnull=False).select_related("unit").order_by("unit__sort_key", "pk"):
        found[row.unit_id] = (row.unit, [what[:1].upper() + what[1:]])
    cadres = {row.person_id: row.person for row in rows.filter(person__isnull=False).select_related("person")}
    posts = Appointment.objects.current(timezone.localdate()).filter(person__in=cadres, unit__isnull=False)
    for post in posts.select_related("unit").order_by("-is_main", "pk"):
        if person := cadres.pop(post.person_id, None):
            found.setdefault(post.unit_id, (post.unit, []))[1].append(f"Đồng chí {person} {what}")
    return [(unit, tuple(missing)) for unit, missing in found.values()]


def _of_dissemination(dissemination: Dissemination, user: User) -> Owed:
    if dissemination.state != disseminations.OPEN:
        return []
    only = Dissemination.objects.filter(pk=dissemination.pk)
    shares = study_shares.shares_of(only, disseminations.bodies_seen_by(user, dissemination))
    title = dissemination.title
    return [
        (row.unit, (f"Còn {row.left}/{row.people} người chưa nghiên cứu: {title} (đạt {row.percent} %)",))
        for row in shares
        if row.left
    ]


READERS: dict[str, Callable[[Any, User], Owed]] = {
    UrgedMatter.COVERAGE: _of_coverage,
    UrgedMatter.CONSULTATION: _of_consultation,
    UrgedMatter.DISSEMINATION: _of_dissemination,
}


def register() -> None:
    """Open the kept papers of letters to their readers, their pen to who writes them; called from `AppConfig.ready`."""
    register_readers(LABEL, visible_to)
    register_signers(LABEL, written_by_body_of)
