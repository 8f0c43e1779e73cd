"""The plan as a paper that is kept and signed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from criteria.documents.plan import plan_sheet
from criteria.models import Plan
from criteria.selectors.rounds.plans import ISSUED, LABEL, PAPER
from orgs.services.versions import Paper

NOT_ISSUED = gettext_lazy("The plan is kept once it is issued.")


@override("vi")
def plan_paper(plan: Plan) -> Paper:
    """The document of `plan`, a draft until it is issued."""
    title = _("Plan of %(body)s for %(year)s") % {"body": plan.issuer, "year": plan.year}
    name = f"Kế hoạch {plan.year} {plan.issuer}"
    reason = "" if plan.state == ISSUED else NOT_ISSUED
    return Paper((plan_sheet(plan),), PAPER, title, name, plan, LABEL, plan.chain, reason)
