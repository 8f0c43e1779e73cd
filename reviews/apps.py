"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """The annual round."""

    name = "reviews"
    verbose_name = _("The annual round")
