"""Replays: a closed round judged once more by another regulation. A report beside the round, never a part of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle, Regulation
from orgs.models import record
from reviews.models.ratings import Rating


class Replay(record.Record):
    """One closed cycle under one other regulation, as of `done_at`; `content_sha256` is the text it was judged by."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="replays", verbose_name=_("cycle"))
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="+", verbose_name=_("regulation"))
    content_sha256 = models.CharField(max_length=64, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "regulation"], name="reviews_replay_once")]
        ordering = ["-asked_at", "-id"]
        verbose_name = _("replay")
        verbose_name_plural = _("replays")

    def __str__(self) -> str:
        return f"{self.cycle} · {self.regulation.number}"


class ReplayLine(models.Model):
    """One rating in a replay: the grade suggested by its own law and by the other, or the outcome that is none.

    `missing` names the facts that the other regulation asks for and nobody stated, with commas between them.
    """

    replay = models.ForeignKey(Replay, models.PROTECT, related_name="lines")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="+")
    came_from = models.CharField(max_length=20)
    came_to = models.CharField(max_length=20)
    missing = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replay", "rating"], name="reviews_replay_line_once")]
        ordering = ["id"]
        verbose_name = _("line of a replay")
        verbose_name_plural = _("lines of a replay")

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.came_from} → {self.came_to}"
