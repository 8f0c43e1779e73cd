"""Everything that came in on a consultation, brought together: who answered, and clause by clause what was said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from criteria.models import Addressee, Answer, Clause, Consultation, ConsultedText, Remark, RemarkKind
from criteria.selectors.consulting.consultations import REPLIED
from criteria.selectors.consulting.remarks import sent_remarks
from criteria.selectors.consulting.synthesis import Verdicts, is_changed, verdicts_of

# Bodies by name, then the cadres who were asked in person; the two engines put an empty name at different ends.
BODIES_FIRST = (F("unit__sort_key").asc(nulls_last=True), "person__sort_key")
BODIES_FIRST_OF_REMARKS = (F("addressee__unit__sort_key").asc(nulls_last=True), "addressee__person__sort_key")


@dataclass(frozen=True)
class Totals:
    """Who was asked and who answered, as counts; `silent` are the names of those who did not."""

    asked: int
    answered: int
    agreed: int
    late: int
    silent: tuple[str, ...]


@dataclass(frozen=True)
class CompiledAnswer:
    """Remarks that say the same, with their answer; `answer` is None for one that nobody answered yet."""

    answer: Answer | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class CompiledClause:
    """A clause that was remarked on or changed, with the bodies that want to keep it as it is."""

    clause: Clause
    answers: tuple[CompiledAnswer, ...]
    keeping: tuple[Remark, ...]


@dataclass(frozen=True)
class CompiledText:
    """One text; `untouched` counts the clauses on which nobody said anything and which did not change."""

    text: ConsultedText
    clauses: tuple[CompiledClause, ...]
    untouched: int


@dataclass(frozen=True)
class Compilation:
    """The whole, read in six queries whatever the number of bodies and remarks."""

    consultation: Consultation
    totals: Totals
    verdicts: Verdicts
    texts: tuple[CompiledText, ...]


def totals_of(consultation: Consultation) -> Totals:
    """Counts by one aggregate; the names of the silent by one more query."""
    rows = Addressee.objects.filter(consultation=consultation)
    replied = Q(state=REPLIED)
    counts = rows.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=replied),
        agreed=Count("pk", filter=replied & Q(is_without_remarks=True)),
        late=Count("pk", filter=replied & Q(is_late=True)),
    )
    silent = rows.exclude(replied).select_related("unit", "person").order_by(*BODIES_FIRST, "pk")
    return Totals(**counts, silent=tuple(str(row) for row in silent))


def compiled(consultation: Consultation) -> Compilation:
    """The consultation as the table of remarks and answers shows it (bảng tổng hợp tiếp thu, giải trình)."""
    by_clause: dict[int, list[Remark]] = defaultdict(list)
    remarks = sent_remarks(consultation).select_related("addressee__unit", "addressee__person", "answer")
    for remark in remarks.order_by("clause_id", *BODIES_FIRST_OF_REMARKS, "id"):
        by_clause[remark.clause_id].append(remark)
    clauses = Clause.objects.filter(text__consultation=consultation).order_by("text__order", "order", "pk")
    by_text: dict[int, list[Clause]] = defaultdict(list)
    for clause in clauses:
        by_text[clause.text_id].append(clause)
    return Compilation(
        consultation=consultation,
        totals=totals_of(consultation),
        verdicts=verdicts_of(consultation),
        texts=tuple(_text(text, by_text[text.pk], by_clause) for text in consultation.texts.order_by("order")),
    )


def _text(text: ConsultedText, clauses: Sequence[Clause], by_clause: Mapping[int, list[Remark]]) -> CompiledText:
    touched = [row for row in clauses if row.pk in by_clause or is_changed(row)]
    found = tuple(_clause(row, by_clause.get(row.pk, [])) for row in touched)
    return CompiledText(text, found, len(clauses) - len(touched))


def _clause(clause: Clause, remarks: Iterable[Remark]) -> CompiledClause:
    groups: dict[int | None, list[Remark]] = defaultdict(list)
    keeping = []
    for remark in remarks:
        if remark.kind == RemarkKind.KEEP and remark.answer_id is None:
            keeping.append(remark)
        else:
            groups[remark.answer_id].append(remark)
    waiting = groups.pop(None, [])
    answered = sorted(groups.values(), key=lambda rows: (rows[0].answer.order, rows[0].answer_id))
    found = [CompiledAnswer(rows[0].answer, tuple(rows)) for rows in answered]
    found += [CompiledAnswer(None, (row,)) for row in waiting]
    return CompiledClause(clause, tuple(found), tuple(keeping))
