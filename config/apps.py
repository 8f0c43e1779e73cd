"""Libraries under a name that an administrator understands."""

from axes.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoginsConfig(AppConfig):
    """django-axes in the administration."""

    verbose_name = _("Logins and attempts")
