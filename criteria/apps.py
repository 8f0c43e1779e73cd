"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from criteria.workflow import CYCLE, DISSEMINATION, FRAMEWORK, PLAN


class CriteriaConfig(AppConfig):
    """By what rule, and when."""

    name = "criteria"
    verbose_name = _("Criteria and cycles")
    workflows = (PLAN, FRAMEWORK, DISSEMINATION, CYCLE)
    registers = (
        "criteria.access.register",
        "criteria.guards.plans.register",
        "criteria.guards.frameworks.register",
        "criteria.guards.cycles.register",
        "criteria.guards.disseminations.register",
        "criteria.services.disseminations.register",
        "criteria.selectors.disseminations.register",
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
