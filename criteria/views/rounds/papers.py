"""The plan as a paper: looked at, kept, signed."""

from django.db.models import QuerySet

from criteria.models import Plan
from criteria.selectors.rounds import plans
from criteria.services.rounds.papers import plan_paper
from orgs.views.papers import PaperView


class PlanPaperView(PaperView):
    """The document of a plan, for who reads the plan; a draft until it is issued."""

    related = ("issuer__parent", "parent__issuer")
    page, name = "criteria:plan_detail", "ke-hoach"
    paper_of = staticmethod(plan_paper)

    def rows(self) -> QuerySet[Plan]:
        """The plans within reach."""
        return plans.visible_to(self.request.user)
