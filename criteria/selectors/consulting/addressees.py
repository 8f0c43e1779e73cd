"""Addressees and their replies: who sees which, who holds the pen, what a reply still lacks."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.models import Addressee, Clause, Consultation, KeptRemark, Remark, RemarkKind
from criteria.selectors.consulting import consultations
from criteria.workflow import ASKED as ASKED_ROLES
from orgs import access, roles
from orgs.models import Appointment, StoredFile, Unit, User
from orgs.models.names import fold
from orgs.selectors.files import register_readers

LABEL, REMARK_LABEL = "criteria.Addressee", "criteria.Remark"
ASKED, PREPARED, REPLIED = "asked", "prepared", "replied"
HEADS = frozenset({roles.UNIT_HEAD, roles.HEAD})
# A remark of which nothing was written: what stays of one that was emptied, until the reply is sent.
BLANK = Q(kind="", wording="", reason="")
EMPTY, TICK, EXCLAMATION = "empty", "tick", "exclamation"
MOST_ON_A_CLAUSE = 20


@dataclass(frozen=True)
class ClauseRow:
    """One clause of the reply as the list of clauses shows it."""

    clause: Clause
    remarks: tuple[Remark, ...]
    mark: str

    @property
    def asks(self) -> bool:
        """Whether a remark asks for something; one that keeps the clause does not."""
        return any(row.kind != RemarkKind.KEEP for row in self.remarks)

    @property
    def gaps(self) -> list[str]:
        """What the remarks on the clause still lack."""
        return [sentence for row in self.remarks for sentence in gaps_of(row).values()]


def visible_to(user: User) -> QuerySet[Addressee]:
    """The addressees that `user` may read: all of what he asks, and those for whom he answers."""
    rows = Addressee.objects.select_related("consultation__issuer", "unit", "person", "preparer__person")
    return access.within(rows, access.document_scope(LABEL, access.viewer_of(user)))


def answered_by(user: User) -> QuerySet[Addressee]:
    """The addressees for whom `user` answers, whatever their state."""
    viewer = access.viewer_of(user)
    rows = access.NOTHING
    for role in ASKED_ROLES:
        reached = access.reach_of(LABEL, role, viewer)
        rows = rows if reached is None else rows | reached
    found = Addressee.objects.select_related("consultation__issuer", "unit", "person", "preparer__person")
    return access.within(found, rows)


def waiting_for(user: User) -> QuerySet[Addressee]:
    """The replies that are still owed by the bodies for which `user` answers, the most urgent first."""
    rows = answered_by(user).exclude(state=REPLIED).filter(consultation__state__in=consultations.TAKING)
    return rows.order_by("consultation__due_on", "id")


def answering_roles(user: User, addressee: Addressee, *, fresh: bool = False) -> frozenset[str]:
    """The roles in which `user` answers for the addressee; empty on the asking side."""
    return access.roles_on(user, addressee, among=ASKED_ROLES, fresh=fresh)


def leads(held: frozenset[str], addressee: Addressee) -> bool:
    """Whether who holds these roles sends for the addressee: the head of the body; a cadre for himself."""
    return bool(held & HEADS) if addressee.unit_id else bool(held)


def shows_remarks(held: frozenset[str], addressee: Addressee) -> bool:
    """Whether remarks are shown: always to the body itself, to the asking side once the answer is sent."""
    return bool(held) or addressee.state == REPLIED


def reason_against_writing(addressee: Addressee, held: frozenset[str]) -> str:
    """Why nobody with these roles writes in the reply now; empty when nothing stands in the way."""
    if not held:
        return _("Only who answers for “%(body)s” writes here.") % {"body": addressee}
    if addressee.state == REPLIED:
        return _("The answer was sent and is no longer written in.")
    if addressee.state == PREPARED and not leads(held, addressee):
        return _("The answer lies before the head, who sends or returns it.")
    return reason_against_answers(addressee.consultation)


def reason_against_answers(consultation: Consultation) -> str:
    """Why no more answers are taken; empty while they are."""
    if consultations.takes_answers(consultation):
        return ""
    if consultation.state == "withdrawn":
        return _("The consultation was withdrawn: no answer is needed any more.")
    return _("The synthesis is closed: no more remarks are taken.")


def remarks_of(addressee: Addressee) -> QuerySet[Remark]:
    """What was remarked, in the order of the clauses; emptied remarks are none."""
    rows = addressee.remarks.exclude(BLANK).select_related("clause__text", "written_by__person")
    return rows.order_by("clause__text__order", "clause__order", "id")


def gaps_of(remark: Remark) -> dict[str, str]:
    """{field: sentence} of what a remark lacks before the reply is sent."""
    gaps = {}
    if not remark.kind:
        gaps["kind"] = _("Choose whether the clause is kept, amended, added to or dropped.")
    elif remark.kind != RemarkKind.KEEP and not remark.reason.strip():
        gaps["reason"] = _("Give the reason of the proposal.")
    return gaps


def what_is_missing(addressee: Addressee) -> list[str]:
    """What the reply lacks before it goes on: each incomplete remark by its clause, or that it says nothing."""
    rows = list(remarks_of(addressee))
    if not rows and not addressee.is_without_remarks:
        return [_("The answer says nothing yet: remark on a clause, or agree without remarks.")]
    return [f"{row.clause.label}: {sentence}" for row in rows for sentence in gaps_of(row).values()]


def place_of(addressee: Addressee, clause: Clause, number: int) -> UUID:
    """The identity of the remark with this number on a clause: two pages that begin the same one meet in it."""
    return uuid5(addressee.uuid, f"{clause.uuid}:{number}")


def numbered(addressee: Addressee, clause: Clause) -> dict[int, Remark]:
    """{number: remark} of the reply on one clause, emptied ones left out; one query."""
    rows = {row.uuid: row for row in addressee.remarks.filter(clause=clause).exclude(BLANK)}
    places = {number: place_of(addressee, clause, number) for number in range(1, MOST_ON_A_CLAUSE + 1)}
    return {number: rows[place] for number, place in places.items() if place in rows}


def clause_rows(addressee: Addressee) -> list[ClauseRow]:
    """Every clause with what the addressee remarked on it, in two queries."""
    own = Remark.objects.filter(addressee=addressee).exclude(BLANK).order_by("id")
    clauses = consultations.clauses_of(addressee.consultation).prefetch_related(
        Prefetch("remarks", own, to_attr="own_remarks")
    )
    return [ClauseRow(row, tuple(row.own_remarks), _mark(row.own_remarks)) for row in clauses]


def _mark(remarks: list[Remark]) -> str:
    if not remarks:
        return EMPTY
    return EXCLAMATION if any(gaps_of(row) for row in remarks) else TICK


def progress_words(rows: list[ClauseRow]) -> str:
    """How many clauses have a remark, as a sentence."""
    written = sum(bool(row.remarks) for row in rows)
    return ngettext("%(n)s clause remarked on", "%(n)s clauses remarked on", written) % {"n": written}


def files_of(addressee: Addressee) -> QuerySet[StoredFile]:
    """The files of the reply as a whole."""
    return StoredFile.objects.filter(object_type=LABEL, object_id=str(addressee.uuid)).order_by("id")


def files_of_remark(remark: Remark) -> QuerySet[StoredFile]:
    """The files of one remark."""
    return StoredFile.objects.filter(object_type=REMARK_LABEL, object_id=str(remark.uuid)).order_by("id")


def kept_for(user: User, addressee: Addressee) -> QuerySet[KeptRemark]:
    """Texts of `user` that could not be taken into the reply and are kept for him alone."""
    rows = KeptRemark.objects.filter(addressee=addressee, user=user, settled_at=None)
    return rows.select_related("clause__text").order_by("id")


def preparers_for(unit: Unit, on: object) -> QuerySet[User]:
    """Whom the head may name to prepare the answer: the accounts of those who hold a post in the body today."""
    posts = Appointment.objects.current(on).filter(unit=unit).values("person")
    rows = User.objects.filter(is_active=True, person__in=posts).select_related("person")
    return rows.order_by("person__sort_key", "pk")


def listed(consultation: Consultation, *, status: str = "", text: str = "") -> QuerySet[Addressee]:
    """The addressees of the live picture: `status` is answered, waiting, late (of the answered) or empty for all.

    Who has not answered comes first; each row has `remark_count`, of sent answers only.
    """
    sent = Q(state=REPLIED) & Q(remarks__isnull=False)
    rows = consultation.addressees.select_related("unit", "person", "entered_by__person")
    rows = rows.annotate(
        remark_count=Count("remarks", filter=sent),
        rank=Case(When(state=REPLIED, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    if text.strip():
        folded = fold(text)
        rows = rows.filter(Q(unit__search__contains=folded) | Q(person__search__contains=folded))
    wanted = {
        "answered": Q(state=REPLIED),
        "waiting": ~Q(state=REPLIED),
        "late": Q(state=REPLIED, is_late=True),
    }
    rows = rows.filter(wanted[status]) if status in wanted else rows
    return rows.order_by("rank", "unit__sort_key", "person__sort_key", "id")


def _readers(user: User) -> QuerySet[Addressee]:
    """Files of a reply: the body itself, the asking side once it is sent."""
    return visible_to(user).filter(Q(state=REPLIED) | Q(pk__in=answered_by(user).values("pk")))


def _remark_readers(user: User) -> QuerySet[Remark]:
    return Remark.objects.filter(addressee__in=_readers(user).values("pk"))


def register() -> None:
    """Open the files of a reply to its readers; called from `AppConfig.ready`."""
    register_readers(LABEL, _readers)
    register_readers(REMARK_LABEL, _remark_readers)
