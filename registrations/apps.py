"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """What the year holds."""

    name = "registrations"
    verbose_name = _("What the year holds")
