"""The synthesis of a consultation of 2,000 bodies with 40 remarks each: ``python -m benchmarks.consultation``.

Exact and gating: the queries of the compiled matrix, of the list of clauses and of the whole table of answers are the
same at both sizes. Printed: each page's reading against one GROUP BY of the same remarks, hoped for at most 2.
"""

import os
import sys
from collections.abc import Callable
from datetime import date

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.measure import Case, report  # noqa: E402
from criteria.models import Addressee, Answer, Clause, Consultation, ConsultedText, Remark  # noqa: E402
from criteria.selectors.consulting import compilation, matrix, synthesis  # noqa: E402
from orgs.models import Unit, UnitKind  # noqa: E402
from orgs.services.transitions import start  # noqa: E402

SIZES = (200, 2_000)
CLAUSES = 40
KINDS = ("amend", "add", "drop", "keep")
VERDICTS = ("accepted", "in_part", "not_accepted", "")
GOAL = 2.0
COUNTED = """
    SELECT remark.clause_id, remark.kind, COUNT(*)
    FROM criteria_remark remark JOIN criteria_addressee addressee ON addressee.id = remark.addressee_id
    WHERE addressee.consultation_id = %s AND addressee.state = 'replied'
    GROUP BY remark.clause_id, remark.kind
"""


def main() -> int:
    """Measure at both sizes; exit 1 when the queries of a page grow."""
    call_command("migrate", verbosity=0)
    seen: dict[str, list[int]] = {}
    for size in SIZES:
        row = build(size)
        for name, read in pages(row).items():
            seen.setdefault(name, []).append(queries_of(read))
    floor = counted(row)
    cases = [
        Case(f"{name}, {SIZES[-1]} x {CLAUSES}", read, floor, "wall", GOAL)
        for name, read in pages(row).items()
        if name != "table of answers"
    ]
    report(cases, counts={f"{name}: queries at {SIZES}": counts for name, counts in seen.items()})
    grown = [name for name, counts in seen.items() if len(set(counts)) > 1]
    for name in grown:
        print(f"{name}: queries grow: {seen[name]}", file=sys.stderr)
    return int(bool(grown))


def build(size: int) -> Consultation:
    """A consultation that so many bodies answered, each with a remark on every clause."""
    kind, _made = UnitKind.objects.get_or_create(code="so", defaults={"name": "Sở"})
    units = [Unit(code=f"B{size}-{n}", name=f"Sở số {n:04d}", kind=kind, line="state") for n in range(size)]
    for unit in units:
        unit.fill_columns()
    Unit.objects.bulk_create(units, batch_size=500)
    row = Consultation(issuer=units[0], title=f"Góp ý {size}", due_on=date(2026, 10, 9))
    start(row, "consultation")
    row.save()
    Consultation.objects.filter(pk=row.pk).update(state="synthesis")
    text = ConsultedText.objects.create(consultation=row, order=1, title="Dự thảo")
    clauses = Clause.objects.bulk_create(
        Clause(text=text, order=n, label=f"Điều {n}", body=f"Nội dung của Điều {n}.") for n in range(1, CLAUSES + 1)
    )
    write_remarks(row, units, clauses)
    return Consultation.objects.get(pk=row.pk)


def write_remarks(row: Consultation, units: list[Unit], clauses: list[Clause]) -> None:
    """A sent answer of each unit with a remark on each clause; three answers of four have a verdict."""
    bodies = [Addressee(consultation=row, unit=unit) for unit in units]
    for body in bodies:
        start(body, "addressee")
    Addressee.objects.bulk_create(bodies, batch_size=500)
    Addressee.objects.filter(consultation=row).update(state="replied")
    answers = Answer.objects.bulk_create(
        Answer(clause=clause, summary="Ý kiến", verdict=verdict) for clause in clauses for verdict in VERDICTS
    )
    Remark.objects.bulk_create(
        (
            Remark(
                addressee=body,
                clause=clause,
                kind=KINDS[(n + place) % len(KINDS)],
                wording=f"Phương án {n % 7}",
                answer=answers[place * len(VERDICTS) + n % len(VERDICTS)],
            )
            for n, body in enumerate(bodies)
            for place, clause in enumerate(clauses)
        ),
        batch_size=2_000,
    )


def pages(row: Consultation) -> dict[str, Callable[[], object]]:
    """What each page of the synthesis reads."""
    return {
        "compiled matrix": lambda: matrix_page(row),
        "clauses and their counts": lambda: synthesis.clause_rows(row),
        "table of answers": lambda: compilation.compiled(row),
    }


def matrix_page(row: Consultation) -> object:
    """The sums of all, and the cells of the first page."""
    part = matrix.part_of(row, 1)
    bodies = matrix.bodies(row)
    return bodies.count(), matrix.rows_of(list(bodies[: matrix.ROWS]), part)


def counted(row: Consultation) -> Callable[[], object]:
    """The floor: one GROUP BY over the sent remarks."""

    def read() -> object:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, [row.pk])
            return cursor.fetchall()

    return read


def queries_of(read: Callable[[], object]) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
