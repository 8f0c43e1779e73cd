"""For the access matrix: a consultation whose opinions are put together, with one answer, and one that is finished."""

from criteria.models import Addressee, Consultation
from tests.criteria.synthesis import made as asked


def synthesised(made):
    """The objects that the addresses of the synthesis are asked for."""
    row = asked.consultation(made.province)
    answer = asked.group(row, made.user("giang"), "Điều 2", ("SKH", "SYT"), "accepted", "")
    finished = asked.consultation(made.province)
    Consultation.objects.filter(pk=finished.pk).update(state="finished")
    return {
        "synthesis": row,
        "put_together": answer.clause,
        "answer": answer,
        "put_out": row.texts.first(),
        "outcome": Addressee.objects.get(consultation=finished, unit__code="SKH"),
    }
