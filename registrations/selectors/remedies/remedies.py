"""Named shortcomings as a user reads them: his own, those of who is under him, and those that he keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import Person, StandIn, StoredFile, User
from orgs.models.names import fold
from orgs.selectors.files import register_readers
from orgs.selectors.history import register_words
from registrations.access import SHORTCOMING
from registrations.models import Shortcoming
from registrations.workflow import STATING

OPEN, REPORTED, VERIFIED, CLOSED, WITHDRAWN = "open", "reported", "verified", "closed", "withdrawn"
UNSETTLED = (OPEN, REPORTED)
STANDING = (OPEN, REPORTED, VERIFIED)
RELATED = ("person", "collective__unit", "unit", "owner", "cycle", "entered_by__person", "verified_by__person")


def visible_to(user: User) -> QuerySet[Shortcoming]:
    """The named shortcomings that `user` reads, in whatever office."""
    rows = access.document_scope(SHORTCOMING, access.viewer_of(user))
    return access.within(Shortcoming.objects.all(), rows)


def named(user: User) -> QuerySet[Shortcoming]:
    """Those of them that name something, for a list: what is due first comes first."""
    rows = visible_to(user).filter(is_none=False).select_related(*RELATED)
    return rows.order_by("due_on", "document_on", "pk")


def closable(rows: Iterable[Shortcoming], user: User) -> frozenset[int]:
    """The ids of those `rows` whose matter `user` may close now; one query at most, none where nothing is verified.

    The same as the row of the workflow and its guard say, for a whole page: verified, kept by him, neither his own (nor
    of somebody for whom he stands in) nor reported by him.
    """
    verified = [row.pk for row in rows if row.state == VERIFIED]
    viewer, kept = access.viewer_of(user), access.NOTHING
    if not verified or not viewer.roles & STATING:
        return frozenset()
    for role in sorted(STATING):
        reached = access.reach_of(SHORTCOMING, role, viewer)
        kept = kept if reached is None else kept | reached
    found = access.within(Shortcoming.objects.filter(pk__in=verified), kept).exclude(reported_by=user)
    for own in _own_cases(user, viewer):
        found = found.exclude(own)
    return frozenset(found.values_list("pk", flat=True))


def _own_cases(user: User, viewer: Viewer) -> list[Q]:
    found = []
    if user.person_id:
        found += [Q(person=user.person_id), Q(owner=user.person_id)]
    if viewer.acting_for:
        absent = StandIn.objects.current(timezone.localdate()).filter(substitute=user).values("absent__person")
        found += [Q(person__in=absent), Q(owner__in=absent)]
    return found


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    state: str = ""
    text: str = ""
    year: int | None = None
    is_late: bool = False
    is_undated: bool = False


def matching(rows: QuerySet[Shortcoming], filters: Filters) -> QuerySet[Shortcoming]:
    """The rows that the filters leave; a search needs no accents."""
    if filters.state == "unsettled":
        rows = rows.filter(state__in=UNSETTLED)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.year:
        rows = rows.filter(document_on__year=filters.year)
    if filters.is_late:
        rows = rows.filter(state__in=UNSETTLED, due_on__lt=timezone.localdate())
    if filters.is_undated:
        rows = rows.filter(state__in=UNSETTLED, due_on=None)
    if filters.text.strip():
        folded = fold(filters.text)
        rows = rows.filter(
            Q(person__search__contains=folded)
            | Q(unit__search__contains=folded)
            | Q(collective__unit__search__contains=folded)
            | Q(text__icontains=filters.text.strip())
        )
    return rows


def counts_of(rows: QuerySet[Shortcoming], today: date | None = None) -> dict[str, int]:
    """How many of `rows` are open, reported, verified, closed, and late; one query."""
    late = Q(state__in=UNSETTLED, due_on__lt=today or timezone.localdate())
    undated = Q(state__in=UNSETTLED, due_on=None)
    return rows.order_by().aggregate(
        open=Count("pk", filter=Q(state=OPEN)),
        reported=Count("pk", filter=Q(state=REPORTED)),
        verified=Count("pk", filter=Q(state=VERIFIED)),
        closed=Count("pk", filter=Q(state=CLOSED)),
        late=Count("pk", filter=late),
        undated=Count("pk", filter=undated),
    )


def of_subject(subject: dict[str, object]) -> QuerySet[Shortcoming]:
    """The rows about one subject ({"person": …}, {"collective": …} or {"unit": …}) that are not withdrawn, to be mended
    first."""
    rows = Shortcoming.objects.filter(**subject, is_none=False).exclude(state=WITHDRAWN)
    return rows.select_related("owner", "verified_by__person").order_by("document_on", "pk")


def owners_for(row: Shortcoming) -> list[Person]:
    """Who can be named to mend it: the person himself; of a collective its members, of a unit who works there today."""
    today = timezone.localdate()
    if row.person_id:
        return [row.person]
    if row.collective_id:
        seats = row.collective.memberships.current(today).select_related("person")
        return [seat.person for seat in seats]
    posts = row.unit.appointments.current(today).select_related("person").order_by("person__sort_key")
    return list({post.person_id: post.person for post in posts}.values())


def evidence_of(row: Shortcoming) -> list[StoredFile]:
    """The files on the remedy; one query."""
    return list(StoredFile.objects.filter(object_type=SHORTCOMING, object_id=str(row.uuid)).order_by("id"))


def owed_by(viewer: Viewer) -> Q:
    """The open rows whose remedy the viewer owes himself: as the person, as who was named, as head of the body."""
    if not viewer.person_id:
        return access.NOTHING
    mine = Q(owner=viewer.person_id) | Q(owner=None, person=viewer.person_id)
    headed = viewer.collectives_of(roles.HEAD)
    return mine | Q(owner=None, collective__in=headed)


# The acts that are no moves of the procedure, as the history names them.
WORDS = {
    "register.enter": _("Entered into the register"),
    "remedy.name": _("Named"),
    "remedy.plan": _("Planned the remedy"),
    "remedy.evidence": _("Attached evidence"),
}


def register() -> None:
    """Open the files of a remedy to its readers, and name its acts; called from `AppConfig.ready`."""
    register_readers(SHORTCOMING, visible_to)
    register_words(WORDS)
