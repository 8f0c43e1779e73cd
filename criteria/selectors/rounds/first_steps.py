"""What of this floor an empty installation still needs."""

from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle, Framework, Plan, Regulation
from orgs.selectors.first_steps import Step, register_step

ISSUED = "issued"


def register() -> None:
    """The steps of this floor; called from `AppConfig.ready`."""
    for step in (
        Step(
            110,
            _("Regulations"),
            _("Loaded by make setup; look at what waits to be confirmed, above all which form is for whom."),
            "criteria:regulation_list",
            Regulation.objects.all,
        ),
        Step(
            120,
            _("Frameworks of criteria"),
            _("Begin with the examples, replace their texts by those of the province, issue them."),
            "admin:criteria_framework_changelist",
            lambda: Framework.objects.filter(state=ISSUED),
        ),
        Step(
            130,
            _("Plan of the province"),
            _("Number, date, the dates of each step, the focus topics of the year."),
            "criteria:plan_list",
            lambda: Plan.objects.filter(state=ISSUED),
        ),
        Step(
            140,
            _("First cycle"),
            _("Prepared from the plan; it opens when nothing is missing."),
            "criteria:cycle_list",
            lambda: Cycle.objects.exclude(opened_at=None),
        ),
    ):
        register_step(step)
