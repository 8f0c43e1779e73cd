"""Acts on the opinions of a consultation: the Organisation Committee puts together what Sở Y tế and others said."""

from criteria.models import Clause, Consultation
from criteria.services.consulting import amendments, answers, carrying, submissions, synthesis_jobs
from tests.access.played.acts.act import Act
from tests.criteria.synthesis import made as asked


def grouping(made, _late):
    row = asked.consultation(made.province)
    return {
        "clause": asked.clause(row, "Điều 2"),
        "remarks": asked.remarks(row, "Điều 2", "SKH", "SYT"),
        "summary": "Đánh giá theo quý",
        "verdict": "accepted",
    }


def grouped(made):
    row = asked.consultation(made.province)
    return asked.group(row, made.user("giang"), "Điều 2", ("SKH", "SYT"), "accepted", "")


def edited(made, late):
    answer = grouped(made)
    words = {"summary": "Tóm tắt", "verdict": "not_accepted", "reason": "Đã có quy định."}
    return {"answer": answer, "version": answer.version - late, **words}


def released(made, late):
    answer = grouped(made)
    return {"answer": answer, "version": answer.version - late, "remarks": list(answer.remarks.all())}


def amended(made, late):
    clause = asked.clause(asked.consultation(made.province), "Điều 2")
    return {"clause": clause, "version": clause.version - late, "amended": "Hằng quý.", "is_dropped": False}


def papers(made, late):
    row = asked.consultation(made.province)
    words = submissions.PaperWords(submitted_to="Ban Thường vụ Tỉnh ủy")
    return {"consultation": row, "version": row.version - late, "words": words}


def table_asked(made, _late):
    return {"consultation": asked.consultation(made.province), "form": "pdf"}


def carried(made, _late):
    text = asked.framework_put_out(made.province, made.cycle.regulation)
    clause = text.clauses.first()
    Clause.objects.filter(pk=clause.pk).update(amended=clause.body.replace("100%", "trên 100%"))
    return {"text": text}


def submitted(made):
    """A consultation whose result went up."""
    row = asked.consultation(made.province)
    row = asked.answer_all(row, made.user("giang"))
    Consultation.objects.filter(pk=row.pk).update(state="submitted")
    return Consultation.objects.get(pk=row.pk)


ACTS = (
    Act(answers.group_remarks, "giang", grouping),
    Act(answers.edit_answer, "giang", edited),
    Act(answers.release_remarks, "giang", released),
    Act(amendments.amend_clause, "giang", amended),
    Act(submissions.write_papers, "giang", papers),
    Act(carrying.carry_wording, "giang", carried),
    Act(synthesis_jobs.ask_table, "giang", table_asked),
)
