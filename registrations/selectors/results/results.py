"""Results of the year: who reads which, the own ones, the filters of the list, who confirms a cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Person, StoredFile, User
from orgs.models.names import fold
from orgs.selectors.files import register_readers
from orgs.selectors.history import register_words
from registrations.access import RESULT
from registrations.models import YearResult
from registrations.models.results import document_key, product_key

RELATED = ("person", "collective__unit")
# Who answers whether a cause was objective: the head above, or the officer of the rating authority.
SUPERIORS = frozenset({roles.HEAD, roles.UNIT_HEAD, roles.OFFICER})
BEYOND = Q(beyond_quantity=True) | Q(beyond_quality=True) | Q(beyond_time=True)
DONE = Q(done_on__isnull=False)
ON_TIME = DONE & Q(planned_on__isnull=False, done_on__lte=F("planned_on"))
LATE = Q(planned_on__isnull=False, done_on__gt=F("planned_on"))
ASKED = ~Q(cause="") & Q(is_cause_objective=None)
STANDING = Q(withdrawn_at=None)
WORDS = {
    "result.add": gettext_noop("Kept the result"),
    "result.update": gettext_noop("Completed the result"),
    "result.evidence": gettext_noop("Attached evidence"),
    "result.withdraw": gettext_noop("Withdrew the result"),
    "result.confirm_cause": gettext_noop("Confirmed the objective cause"),
    "result.decline_cause": gettext_noop("Did not confirm the cause"),
}


def visible_to(user: User) -> QuerySet[YearResult]:
    """The results that `user` reads: his own, his collective's, those of who is under him or whom he keeps."""
    return access.within(YearResult.objects.all(), access.scope(RESULT, access.viewer_of(user)))


def own_of(user: User) -> Q:
    """The results that `user` writes: his own, and those of the collectives for which he writes."""
    viewer = access.viewer_of(user)
    rows = Q(collective__in=viewer.collectives_of(roles.AUTHOR))
    return rows | Q(person=viewer.person_id) if viewer.person_id else rows


def writes(user: User, subject: Model, *, fresh: bool = False) -> bool:
    """Whether `user` writes the results of this person or collective."""
    viewer = access.viewer_of(user, fresh=fresh)
    if isinstance(subject, Person):
        return subject.pk == viewer.person_id
    return subject.pk in viewer.collectives_of(roles.AUTHOR)


def collectives_of(user: User) -> QuerySet[Collective]:
    """The reviewed collectives for which `user` writes."""
    written = access.viewer_of(user).collectives_of(roles.AUTHOR)
    return Collective.objects.filter(pk__in=written, is_reviewed=True).select_related("unit").order_by("name", "pk")


def reason_against_answering(user: User, row: YearResult, *, fresh: bool = False) -> str:
    """Why `user` does not say whether the cause of `row` was objective; empty when he does."""
    not_superior = _("Only the superior, or the officer of the rating authority, confirms an objective cause.")
    if reason := reason_of_own(row.person_id, user):
        return reason
    if row.collective_id in access.viewer_of(user, fresh=fresh).collectives_of(roles.MEMBER):
        return not_superior
    return "" if access.roles_on(user, row, among=SUPERIORS, fresh=fresh) else not_superior


@dataclass(frozen=True)
class Filters:
    """What the address asks for; `whose` is mine, others or empty for both."""

    text: str = ""
    year: int | None = None
    axis: str = ""
    stand: str = ""
    whose: str = "mine"


def stands() -> dict[str, Q]:
    """What a result may be asked to be: the codes of the filter and of the totals."""
    today = timezone.localdate()
    return {
        "done": STANDING & DONE,
        "open": STANDING & Q(done_on=None),
        "on_time": STANDING & ON_TIME,
        "late": STANDING & (LATE | Q(done_on=None, planned_on__lt=today)),
        "beyond": STANDING & BEYOND & DONE,
        "asked": STANDING & ASKED,
        "objective": STANDING & Q(is_cause_objective=True),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }


def in_period(start: date, end: date) -> Q:
    """What was done in the period, or was due in it and was not done before it."""
    due = Q(planned_on__range=(start, end)) & (Q(done_on=None) | Q(done_on__gte=start))
    return Q(done_on__range=(start, end)) | due


def listed(user: User, filters: Filters) -> QuerySet[YearResult]:
    """The rows that the filters leave, the newest day first."""
    rows = visible_to(user).select_related(*RELATED).filter(stands().get(filters.stand, STANDING))
    if filters.whose:
        own = own_of(user)
        rows = rows.filter(own if filters.whose == "mine" else ~own)
    if filters.year:
        rows = rows.filter(in_period(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.axis:
        rows = rows.filter(axis=filters.axis)
    if filters.text.strip():
        rows = rows.filter(_matching(filters.text.strip()))
    days = (F("done_on").desc(nulls_first=True), F("planned_on").desc(nulls_last=True), "-pk")
    return rows.order_by(*days)


def _matching(text: str) -> Q:
    folded = fold(text)
    found = Q(product_key__contains=product_key(text)) | Q(document_key__contains=document_key(text))
    return found | Q(person__search__contains=folded) | Q(collective__unit__search__contains=folded)


def same_of(row: YearResult) -> tuple[object, ...]:
    """What makes two rows of a workbook the same; the keys of `row` are filled."""
    return row.person_id, row.collective_id, row.product_key, row.document_key, row.planned_on, row.done_on


def standing_of(people: Iterable[int], collectives: Iterable[int]) -> set[tuple[object, ...]]:
    """The same of every row that stands about these subjects (ids); one query."""
    rows = YearResult.objects.filter(STANDING, Q(person__in=set(people)) | Q(collective__in=set(collectives)))
    names = ("person_id", "collective_id", "product_key", "document_key", "planned_on", "done_on")
    return set(rows.order_by().values_list(*names))


def evidence_of(row: YearResult) -> list[StoredFile]:
    """The files of a result."""
    return list(StoredFile.objects.filter(object_type=RESULT, object_id=str(row.uuid)).order_by("id"))


def register() -> None:
    """Open the evidence to who reads the result, name the acts; called from `AppConfig.ready`."""
    register_words(WORDS)
    register_readers(RESULT, visible_to)
