"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from registrations.workflow import NOTHING_NAMED, REGISTRATION, REMEDY, SUPPORT, WORK


class RegistrationsConfig(AppConfig):
    """What the year holds."""

    name = "registrations"
    verbose_name = _("What the year holds")
    workflows = (REMEDY, NOTHING_NAMED, REGISTRATION, WORK, SUPPORT)
    registers = (
        "registrations.access.register",
        "registrations.guards.remedies.register",
        "registrations.services.remedies.remedies.register",
        "registrations.selectors.remedies.remedies.register",
        "registrations.views.register.past.register",
        "registrations.selectors.results.results.register",
        "registrations.views.results.imports.register",
        "registrations.selectors.works.reaches.register",
        "registrations.guards.works.register",
        "registrations.services.works.registrations.register",
        "registrations.services.works.outcomes.register",
        "registrations.services.works.support.register",
        "registrations.services.works.inheriting.register",
        "registrations.services.works.papers.register",
        "registrations.selectors.works.works.register",
        "registrations.selectors.catalogue.reports.register",
    )

    def ready(self) -> None:
        """Register what other modules look up by name: reaches, guards, consequences, job handlers."""
        for path in self.registers:
            import_string(path)()
