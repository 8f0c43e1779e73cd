"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from criteria.workflow import ADDRESSEE, CONSULTATION, CYCLE, DISSEMINATION, FRAMEWORK, PLAN


class CriteriaConfig(AppConfig):
    """By what rule, and when."""

    name = "criteria"
    verbose_name = _("Criteria and cycles")
    workflows = (PLAN, FRAMEWORK, CONSULTATION, ADDRESSEE, DISSEMINATION, CYCLE)
    registers = (
        "criteria.access.register",
        "criteria.guards.plans.register",
        "criteria.guards.frameworks.register",
        "criteria.guards.cycles.register",
        "criteria.guards.consultations.register",
        "criteria.selectors.consultations.register",
        "criteria.selectors.addressees.register",
        "criteria.services.consultations.register",
        "criteria.services.replies.register",
        "criteria.services.paper_answers.register",
        "criteria.services.answer_letters.register",
        "criteria.guards.disseminations.register",
        "criteria.services.disseminations.register",
        "criteria.selectors.disseminations.register",
        "criteria.selectors.urging.register",
        "criteria.guards.synthesis.register",
        "criteria.services.submissions.register",
        "criteria.selectors.synthesis.register",
        "criteria.services.framework_moves.register",
        "criteria.services.cycles.register",
        "criteria.selectors.first_steps.register",
        "criteria.selectors.plans.register",
        "criteria.selectors.signers.register",
        "criteria.checks.register",
    )

    def ready(self) -> None:
        """Register what other modules look up by name: reaches, guards, consequences, job handlers."""
        for path in self.registers:
            import_string(path)()
