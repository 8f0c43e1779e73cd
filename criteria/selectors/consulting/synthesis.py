"""Putting opinions together: which remarks count, which are answered, what the officer sees of one clause."""

from collections import Counter, defaultdict
from dataclasses import astuple, dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.models import Addressee, Answer, Clause, Consultation, ConsultedText, Remark, RemarkKind
from criteria.selectors.consulting.consultations import LABEL, REPLIED, SYNTHESIS, asked_by
from criteria.selectors.consulting.consultations import clauses_of as clauses_in_order
from criteria.selectors.consulting.remarks import of_clause, sent_remarks
from orgs.models import DocumentVersion, User
from orgs.selectors.files import Shelf, register_readers, register_signers
from orgs.selectors.word_differences import Piece, pieces

SUBMITTED, FINISHED = "submitted", "finished"
# The states in which a framework may still be written: its draft, its own synthesis, after its return.
WRITTEN = ("draft", "synthesis", "returned")
CLOSED = (SYNTHESIS, SUBMITTED, FINISHED)
# The papers that show what every body said: under a label of their own, since who was asked opens the letter alone.
INNER_LABEL = "criteria.Synthesis"
# As many remarks as a page shows under one answer; the table on paper has all of them.
SHOWN = 50
LETTER, TABLE, SUBMISSION = "consultation_letter", "synthesis", "submission"
# A remark that keeps the clause asks for nothing that could be taken up or declined.
NEEDS_ANSWER = ~Q(kind=RemarkKind.KEEP)
IS_ANSWERED = Q(answer__isnull=False) & ~Q(answer__verdict="")


@dataclass(frozen=True)
class Progress:
    """How many remarks need an answer, and how many have one."""

    total: int
    answered: int

    @property
    def is_complete(self) -> bool:
        """Whether none is left."""
        return self.answered >= self.total


@dataclass(frozen=True)
class Verdicts:
    """How many remarks were accepted, accepted in part, not accepted, are open, and how many keep a clause."""

    accepted: int = 0
    in_part: int = 0
    not_accepted: int = 0
    waiting: int = 0
    keeping: int = 0

    @property
    def total(self) -> int:
        """The remarks that ask for something."""
        return self.accepted + self.in_part + self.not_accepted + self.waiting

    @property
    def progress(self) -> Progress:
        """How far the answers are."""
        return Progress(self.total, self.total - self.waiting)

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class ClauseRow:
    """One clause with what became of the remarks on it."""

    clause: Clause
    verdicts: Verdicts

    @property
    def is_taken_without_change(self) -> bool:
        """Whether a remark was accepted while the text stayed as it was: to be looked at before submitting."""
        return self.verdicts.accepted + self.verdicts.in_part > 0 and not is_changed(self.clause)


@dataclass(frozen=True)
class Grouped:
    """One answer with the first of the remarks that it answers; `count` are all of them."""

    answer: Answer
    remarks: tuple[Remark, ...]
    count: int


def under_synthesis(user: User) -> QuerySet[Consultation]:
    """The consultations of the asking side of `user` whose opinions are being put together, or were."""
    return asked_by(user).select_related("issuer__parent").filter(state__in=CLOSED)


def clauses_of(user: User) -> QuerySet[Clause]:
    """The clauses whose remarks `user` puts together."""
    rows = Clause.objects.select_related("text__consultation__issuer", "text__framework")
    return rows.filter(text__consultation__in=under_synthesis(user).values("pk"))


def answers_of(user: User) -> QuerySet[Answer]:
    """The answers that `user` writes."""
    return Answer.objects.select_related("clause__text__consultation").filter(
        clause__text__consultation__in=under_synthesis(user).values("pk")
    )


def verdicts_by_clause(consultation: Consultation) -> dict[int, Verdicts]:
    """What became of the sent remarks on each clause that has any, by one GROUP BY; keys are the ids of the clauses."""
    rows = sent_remarks(consultation).order_by().values_list("clause_id", "kind", "answer__verdict")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for clause, kind, verdict, number in rows.annotate(number=Count("pk")):
        found[clause]["keeping" if kind == RemarkKind.KEEP else verdict or "waiting"] += number
    return {clause: Verdicts(**numbers) for clause, numbers in found.items()}


def verdicts_of(consultation: Consultation) -> Verdicts:
    """What became of all remarks of the consultation."""
    return sum(verdicts_by_clause(consultation).values(), Verdicts())


def progress(consultation: Consultation) -> Progress:
    """The remarks of the consultation that need an answer, and those that have a verdict."""
    return verdicts_of(consultation).progress


def clause_rows(consultation: Consultation) -> list[ClauseRow]:
    """The clauses in the order of the texts with what became of the remarks on each, in two queries."""
    found = verdicts_by_clause(consultation)
    clauses = clauses_in_order(consultation).select_related("text__framework")
    return [ClauseRow(clause, found.get(clause.pk, Verdicts())) for clause in clauses]


def next_open(consultation: Consultation, after: Clause | None = None) -> Clause | None:
    """The next clause with a remark that nobody answered, from `after` on and round to the beginning."""
    waiting = Remark.objects.filter(NEEDS_ANSWER, clause=OuterRef("pk"), addressee__state=REPLIED).exclude(IS_ANSWERED)
    rows = [row for row in clauses_in_order(consultation).filter(Exists(waiting)) if row != after]
    if after is None or not rows:
        return rows[0] if rows else None
    place = (after.text.order, after.order)
    return next((row for row in rows if (row.text.order, row.order) > place), rows[0])


def free_remarks(clause: Clause, *, like: Remark | None = None) -> QuerySet[Remark]:
    """The sent remarks that ask for something and stand under no answer; with `like` those that propose the same."""
    rows = of_clause(clause).filter(NEEDS_ANSWER, answer__isnull=True)
    return rows.filter(kind=like.kind, wording=like.wording) if like else rows


def groups_of(clause: Clause) -> list[Grouped]:
    """The answers of the clause with their remarks, in two queries."""
    sent = of_clause(clause)
    answers = clause.answers.select_related("answered_by__person").annotate(
        sent_count=Count("remarks", filter=Q(remarks__addressee__state=REPLIED))
    )
    rows = answers.order_by("order", "id").prefetch_related(Prefetch("remarks", sent[:SHOWN], to_attr="sent"))
    return [Grouped(row, tuple(row.sent), row.sent_count) for row in rows]


def text_after(clause: Clause) -> str:
    """The wording of the clause after the remarks; empty where the clause is dropped."""
    return "" if clause.is_dropped else clause.amended or clause.body


def is_changed(clause: Clause) -> bool:
    """Whether the remarks changed anything in the clause."""
    return clause.is_dropped or bool(clause.amended) and clause.amended != clause.body


def changes_of(clause: Clause) -> tuple[Piece, ...]:
    """The clause word by word before and after; empty while it is unchanged."""
    return tuple(pieces(clause.body, text_after(clause))) if is_changed(clause) else ()


def outcomes(addressee: Addressee) -> list[Remark]:
    """What an addressee said, each with the answer to it and the clause as it became, in the order of the texts."""
    rows = addressee.remarks.select_related("clause__text", "answer")
    return list(rows.order_by("clause__text__order", "clause__order", "id"))


def amended_clauses(text: ConsultedText) -> QuerySet[Clause]:
    """The clauses of a text that have another wording since, those that were dropped left out."""
    return text.clauses.filter(is_dropped=False).exclude(amended="").order_by("order")


def drafts_of(rows: list[ClauseRow]) -> list[tuple[ConsultedText, int]]:
    """The texts that are frameworks still being written, with how many of their clauses have another wording."""
    found: Counter[ConsultedText] = Counter()
    for row in rows:
        draft = row.clause.text.framework
        if draft and draft.state in WRITTEN and draft.frozen_at is None and not row.clause.is_dropped:
            found[row.clause.text] += bool(row.clause.amended)
    return [(text, number) for text, number in found.items() if number]


def texts_of(user: User) -> QuerySet[ConsultedText]:
    """The texts whose remarks `user` puts together."""
    rows = ConsultedText.objects.select_related("consultation", "framework")
    return rows.filter(consultation__in=under_synthesis(user).values("pk"))


def shelves_of(consultation: Consultation) -> list[Shelf]:
    """The kept versions of the papers, for the asking side; all but the letter only once the result went up."""
    papers = [
        (LETTER, _("Letter that asks for opinions"), "criteria:consultation_paper"),
        (TABLE, _("Table of remarks and answers"), "criteria:synthesis_table"),
        (SUBMISSION, _("Submission"), "criteria:synthesis_submission"),
    ]
    shown = papers if consultation.state in (SUBMITTED, FINISHED) else papers[:1]
    found: dict[str, list[DocumentVersion]] = defaultdict(list)
    rows = DocumentVersion.objects.filter(object_type__in=(LABEL, INNER_LABEL), object_id=str(consultation.uuid))
    for row in rows.select_related("file", "signed_scan", "produced_by__person"):
        found[row.kind].append(row)
    return [
        Shelf(title, reverse(name, args=[consultation.uuid]), tuple(found[kind]), may_produce=True)
        for kind, title, name in shown
    ]


def register() -> None:
    """The pen of the papers, and who opens those that show every remark; called from `AppConfig.ready`."""
    register_signers(LABEL, asked_by)
    register_signers(INNER_LABEL, asked_by)
    register_readers(INNER_LABEL, asked_by)
