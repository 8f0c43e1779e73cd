"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    """Organisation and people."""

    name = "orgs"
    verbose_name = _("Organisation and people")
    registers = (
        "orgs.access.nouns.register",
        "orgs.services.outbox.answer_the_bell",
        "orgs.selectors.first_steps.register",
        "orgs.services.messages.register",
        "orgs.selectors.register_acts.register",
        "orgs.services.invariants.register",
        "orgs.checks.register",
    )

    def ready(self) -> None:
        """Register what other modules look up by name: reaches, guards, consequences, job handlers."""
        for path in self.registers:
            import_string(path)()
