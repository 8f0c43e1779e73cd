"""Consultations: who sees which, what a draft still lacks, the live picture of the asking body."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Addressee, Clause, Consultation, ConsultedText, Framework
from criteria.workflow import PREPARING
from orgs import access
from orgs.models import StoredFile, User
from orgs.selectors.files import register_readers

LABEL = "criteria.Consultation"
DRAFT, OPEN, SYNTHESIS = "draft", "open", "synthesis"
# Late answers count like the others until the synthesis is closed (letter 1440-CV/BTCTU compiles what has come).
TAKING = (OPEN, SYNTHESIS)
UNDER_WAY = (OPEN, SYNTHESIS, "submitted")
REPLIED = "replied"


@dataclass(frozen=True)
class Picture:
    """How far the answers are, in numbers; `late` of the answered came after the last day."""

    asked: int
    answered: int
    late: int
    prepared: int
    without_remarks: int
    on_paper: int

    @property
    def waiting(self) -> int:
        """Who has not answered yet."""
        return self.asked - self.answered


def visible_to(user: User) -> QuerySet[Consultation]:
    """The consultations that `user` may read: of the bodies he prepares for, and those in which he is asked."""
    rows = Consultation.objects.select_related("issuer")
    return access.within(rows, access.document_scope(LABEL, access.viewer_of(user)))


def under_way_with(framework: Framework) -> list[Consultation]:
    """The consultations of its own body in which opinions on `framework` are asked for or put together now."""
    rows = Consultation.objects.filter(texts__framework=framework, issuer=framework.issuer_id, state__in=UNDER_WAY)
    return list(rows.distinct())


def asks(user: User, consultation: Consultation) -> bool:
    """Whether `user` stands on the asking side of the consultation."""
    return bool(access.roles_on(user, consultation, among=PREPARING))


def asked_by(user: User) -> QuerySet[Consultation]:
    """The consultations of the asking side of `user`."""
    viewer = access.viewer_of(user)
    rows = access.NOTHING
    for role in PREPARING:
        reached = access.reach_of(LABEL, role, viewer)
        rows = rows if reached is None else rows | reached
    return access.within(Consultation.objects.select_related("issuer"), rows)


def listed(user: User) -> QuerySet[Consultation]:
    """The consultations of the asking side, newest first, each with `asked` and `answered`."""
    answered = Count("addressees", filter=Q(addressees__state=REPLIED))
    return asked_by(user).annotate(asked=Count("addressees"), answered=answered).order_by("-id")


def takes_answers(consultation: Consultation) -> bool:
    """Whether answers are still taken: until the synthesis is submitted; late ones are marked."""
    return consultation.state in TAKING


def is_late(consultation: Consultation, day: date) -> bool:
    """Whether an answer of `day` comes after the last day; the last day itself is in time."""
    return consultation.due_on is not None and day > consultation.due_on


def what_is_missing(consultation: Consultation) -> list[str]:
    """Everything that a draft lacks before it goes out, each as a sentence."""
    words = [sentence for sentence, is_there in _letter_parts(consultation) if not is_there]
    texts = consultation.texts.annotate(clause_count=Count("clauses")).order_by("order")
    words += [_("“%(text)s” has no clause yet.") % {"text": text} for text in texts if not text.clause_count]
    if not texts:
        words.append(_("There is no text yet on which opinions are asked."))
    if not consultation.addressees.exists():
        words.append(_("Nobody is addressed yet."))
    return words


def _letter_parts(consultation: Consultation) -> list[tuple[str, bool]]:
    return [
        (_("The letter has no number or no date yet."), bool(consultation.number and consultation.sent_on)),
        (
            _("The letter has neither a text nor an attached file yet."),
            bool(consultation.letter.strip()) or files_of(consultation).exists(),
        ),
        (_("The last day for answers is not set."), consultation.due_on is not None),
    ]


def files_of(consultation: Consultation) -> QuerySet[StoredFile]:
    """The files that go with the letter."""
    return StoredFile.objects.filter(object_type=LABEL, object_id=str(consultation.uuid)).order_by("id")


def texts_of(consultation: Consultation) -> QuerySet[ConsultedText]:
    """The texts in order, each with `clause_count`."""
    rows = consultation.texts.select_related("framework", "regulation")
    return rows.annotate(clause_count=Count("clauses")).order_by("order")


def text_in(user: User) -> QuerySet[ConsultedText]:
    """The texts of the consultations that `user` prepares."""
    return ConsultedText.objects.select_related("consultation__issuer", "framework", "regulation").filter(
        consultation__in=asked_by(user).values("pk")
    )


def clauses_of(consultation: Consultation) -> QuerySet[Clause]:
    """Every clause of every text, in the order of reading."""
    rows = Clause.objects.filter(text__consultation=consultation).select_related("text")
    return rows.order_by("text__order", "order", "pk")


def picture_of(consultation: Consultation) -> Picture:
    """The numbers of the live picture, in one query."""
    replied = Q(state=REPLIED)
    found = consultation.addressees.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=replied),
        late=Count("pk", filter=replied & Q(is_late=True)),
        prepared=Count("pk", filter=Q(state="prepared")),
        without_remarks=Count("pk", filter=replied & Q(is_without_remarks=True)),
        on_paper=Count("pk", filter=replied & Q(entered_by__isnull=False)),
    )
    return Picture(**found)


def waiting_for_close(user: User) -> QuerySet[Consultation]:
    """Consultations that `user` asks and that are still out, each with `asked` and `answered`."""
    return listed(user).filter(state=OPEN)


def follow_ups() -> QuerySet[Addressee]:
    """Everybody who was asked and has not answered, in consultations that are out."""
    open_ones = Consultation.objects.filter(pk=OuterRef("consultation"), state=OPEN)
    rows = Addressee.objects.filter(Exists(open_ones)).exclude(state=REPLIED)
    return rows.select_related("consultation", "unit", "person").order_by("id")


def days_left(consultation: Consultation, today: date | None = None) -> int | None:
    """Days until the last day; negative after it, None without one."""
    day = today or timezone.localdate()
    return (consultation.due_on - day).days if consultation.due_on else None


def register() -> None:
    """Open the files of a letter to who reads the consultation; called from `AppConfig.ready`."""
    register_readers(LABEL, visible_to)
