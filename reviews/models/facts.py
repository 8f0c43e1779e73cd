"""The facts sheet: what the author states about tasks; unknown stays unknown (null)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record
from reviews.models.ratings import Rating
from reviews.models.reviews import Review


class FactsSheet(record.Record):
    """The facts of one review, or of one rating where the subject has no review (an organisation)."""

    review = models.OneToOneField(Review, models.PROTECT, null=True, related_name="facts_sheet")
    rating = models.OneToOneField(Rating, models.PROTECT, null=True, related_name="facts_sheet")
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review__isnull=False, rating__isnull=True)
                | models.Q(review__isnull=True, rating__isnull=False),
                name="reviews_facts_of_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.review or self.rating)


class Scope(models.TextChoices):
    """Whose tasks are counted."""

    OWN = "tasks", _("Own tasks")
    UNITS_LED = "units_led", _("Tasks of the units led")
    COLLECTIVE = "collective_tasks", _("Tasks of the collective")
    SAME_LEVEL = "same_level_bodies", _("Government, Front and mass organisations of the same level")


class TaskTally(record.Record):
    """Numbers of tasks of one scope. Null is unknown; nothing assigned is not the same as everything done."""

    sheet = models.ForeignKey(FactsSheet, models.PROTECT, related_name="tallies")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    assigned = models.PositiveIntegerField(_("assigned"), null=True, blank=True)
    done = models.PositiveIntegerField(_("done"), null=True, blank=True)
    on_time = models.PositiveIntegerField(_("on time"), null=True, blank=True)
    beyond = models.PositiveIntegerField(_("beyond the target"), null=True, blank=True)
    quality_met = models.BooleanField(_("quality met"), null=True, blank=True)
    main_targets_missed = models.BooleanField(_("main targets missed"), null=True, blank=True)
    force_majeure = models.BooleanField(_("force majeure"), null=True, blank=True)
    undone_objective = models.PositiveIntegerField(_("undone for confirmed objective causes"), null=True, blank=True)
    late_objective = models.PositiveIntegerField(_("late for confirmed objective causes"), null=True, blank=True)
    units_total = models.PositiveIntegerField(_("units led"), null=True, blank=True)
    units_completed = models.PositiveIntegerField(_("units that completed or better"), null=True, blank=True)
    units_good = models.PositiveIntegerField(_("units good or better"), null=True, blank=True)
    document = record.NfcCharField(_("source document"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "scope"], name="reviews_task_tally_once"),
            models.CheckConstraint(
                condition=models.Q(done__isnull=True) | models.Q(done__lte=models.F("assigned")),
                name="reviews_task_tally_done",
            ),
            models.CheckConstraint(
                condition=(models.Q(on_time__isnull=True) | models.Q(on_time__lte=models.F("done")))
                & (models.Q(beyond__isnull=True) | models.Q(beyond__lte=models.F("done"))),
                name="reviews_task_tally_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.get_scope_display()


class StatedPoints(record.Record):
    """The points of one rating as its meeting or officer gave them, on a paper; they stand before the subject's own."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="stated_points")
    common = models.DecimalField(_("points of the common criteria"), max_digits=7, decimal_places=4, null=True)
    results = models.DecimalField(_("points of the results of tasks"), max_digits=7, decimal_places=4, null=True)
    document = record.NfcCharField(_("source document"), max_length=300)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(common__isnull=True) | models.Q(common__gte=0))
                & (models.Q(results__isnull=True) | models.Q(results__gte=0)),
                name="reviews_stated_points_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.common} + {self.results}"


class StatedLevels(record.Record):
    """The levels of one rating as an analysis sheet or minutes give them; they stand before the subject's own.

    `levels` is {key of the level on the sheet, or of the group of criteria where the regulation has no sheet: level}.
    """

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="stated_levels")
    levels = models.JSONField(_("levels"), default=dict)
    document = record.NfcCharField(_("source document"), max_length=300)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.rating}: {self.document}"
