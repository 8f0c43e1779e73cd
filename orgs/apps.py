"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    """Organisation and people."""

    name = "orgs"
    verbose_name = _("Organisation and people")
