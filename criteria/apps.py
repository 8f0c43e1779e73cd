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
        "criteria.selectors.consulting.consultations.register",
        "criteria.selectors.consulting.addressees.register",
        "criteria.services.consulting.consultations.register",
        "criteria.services.consulting.replies.register",
        "criteria.services.consulting.paper_answers.register",
        "criteria.services.consulting.answer_letters.register",
        "criteria.guards.disseminations.register",
        "criteria.services.reaching.disseminations.register",
        "criteria.selectors.reaching.disseminations.register",
        "criteria.selectors.reaching.urging.register",
        "criteria.guards.synthesis.register",
        "criteria.services.consulting.submissions.register",
        "criteria.services.consulting.synthesis_jobs.register",
        "criteria.selectors.consulting.synthesis.register",
        "criteria.services.frameworks.framework_moves.register",
        "criteria.services.rounds.cycles.register",
        "criteria.selectors.rounds.first_steps.register",
        "criteria.selectors.rounds.plans.register",
        "criteria.selectors.rounds.signers.register",
        "criteria.checks.register",
    )

    def ready(self) -> None:
        """Register what other modules look up by name: reaches, guards, consequences, job handlers."""
        for path in self.registers:
            import_string(path)()
