"""Which results of the year's log an author has ticked into a review: the rows behind its numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record
from registrations.models import YearResult
from reviews.models.reviews import Review


class ResultUse(record.Record):
    """One result counted in one review; `item_key` is the item of the form into which its words were put, or empty.

    What is taken out stays with its moment: the words in the form are the author's own and are not touched.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="result_uses", verbose_name=_("review"))
    result = models.ForeignKey(YearResult, models.PROTECT, related_name="uses", verbose_name=_("result of the year"))
    item_key = models.CharField(_("item of the form"), max_length=60, blank=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_out_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "result"],
                condition=models.Q(taken_out_at=None),
                name="reviews_result_use_once",
            )
        ]
        ordering = ["id"]
        verbose_name = _("result counted in a review")
        verbose_name_plural = _("results counted in reviews")

    def __str__(self) -> str:
        return f"{self.review.code}: {self.result}"
