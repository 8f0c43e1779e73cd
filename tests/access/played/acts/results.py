"""Acts on the log of results: An writes his own, Giang answers for the authority that rates him."""

from orgs.services.imports import Source
from registrations.models import YearResult
from registrations.services.results import causes, imports
from registrations.services.results import results as services
from reviews.services.writing import results_put
from tests.access.played.acts.act import Act
from tests.registrations.results import written


def new(made, _late):
    return {"subject": made.province.people["an"], "words": written.words()}


def of_late(**more):
    def given(made, late):
        row = written.late(made.province)
        return {"row": row, "version": row.version - late, **more}

    return given


def brought(made, _late):
    row = YearResult(
        person=made.province.people["an"],
        product=written.PRODUCT,
        done_on=written.today(),
        entered_by=made.user("an"),
    )
    return {"rows": [row], "source": Source("quy-3.xlsx", "0" * 64)}


def evidence(made, late):
    return of_late(upload=written.pdf())(made, late)


def mended(made, late):
    return of_late(words=written.words(document="15-BC/SKH"))(made, late)


def of_dung(made):
    """A result of Dũng, who still writes, in the period of the round."""
    day = made.cycle.period_start_on
    return written.result(made.province, "dung", done_on=day, planned_on=day)


def ticked(made, _late):
    return {"review": made.review("dung"), "results": [of_dung(made).uuid], "item_key": ""}


def counted(made):
    (use,) = results_put.put_results(**ticked(made, 0), actor=made.user("dung"))
    return use


def stated(made, late):
    counted(made)
    return {"review": made.review("dung"), "version": 0 - late}


ACTS = (
    Act(services.add_result, "an", new, again=True),
    Act(services.update_result, "an", mended),
    Act(services.attach_result_evidence, "an", evidence),
    Act(services.withdraw_result, "an", of_late(reason="Ghi nhầm.")),
    Act(causes.answer_cause, "giang", of_late(is_objective=True, answer="Đúng thực tế.")),
    Act(imports.write_results, "an", brought),
    Act(results_put.put_results, "dung", ticked),
    Act(results_put.leave_result, "dung", lambda made, _late: {"use": counted(made)}),
    Act(results_put.state_from_results, "dung", stated),
)
