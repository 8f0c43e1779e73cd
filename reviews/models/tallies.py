"""The counted result of a ballot: totals only, never who chose what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import StoredFile, record
from reviews.models.meetings import Meeting
from reviews.models.ratings import Grade, Rating


class Tally(record.Record):
    """One ballot of one meeting, on paper: issued, collected, valid, invalid; entered by one, confirmed by another."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="tally")
    summoned = models.PositiveIntegerField(_("summoned"))
    present = models.PositiveIntegerField(_("present"))
    issued = models.PositiveIntegerField(_("ballots issued"))
    collected = models.PositiveIntegerField(_("ballots collected"))
    valid = models.PositiveIntegerField(_("valid ballots"))
    invalid = models.PositiveIntegerField(_("invalid ballots"))
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(collected__lte=models.F("issued"))
                & models.Q(issued__lte=models.F("present"))
                & models.Q(present__lte=models.F("summoned"))
                & models.Q(collected=models.F("valid") + models.F("invalid")),
                name="reviews_tally_sums",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("entered_by")),
                name="reviews_tally_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class TallyLine(record.Record):
    """How many valid ballots chose one grade for one rating; `grade` empty counts the blank ones."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="lines")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="tally_lines")
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "rating", "grade"], name="reviews_tally_line_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rating} {self.grade} {self.count}"
