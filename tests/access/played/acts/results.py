"""Acts on the log of results: An writes his own, Giang answers for the authority that rates him."""

from orgs.services.imports import Source
from registrations.models import YearResult
from registrations.services.results import causes, imports
from registrations.services.results import results as services
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


ACTS = (
    Act(services.add_result, "an", new, again=True),
    Act(services.update_result, "an", mended),
    Act(services.attach_result_evidence, "an", evidence),
    Act(services.withdraw_result, "an", of_late(reason="Ghi nhầm.")),
    Act(causes.answer_cause, "giang", of_late(is_objective=True, answer="Đúng thực tế.")),
    Act(imports.write_results, "an", brought),
)
