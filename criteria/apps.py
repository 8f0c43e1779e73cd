"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CriteriaConfig(AppConfig):
    """Criteria and cycles."""

    name = "criteria"
    verbose_name = _("Criteria and cycles")
