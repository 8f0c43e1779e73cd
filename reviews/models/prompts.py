"""Prompts from above (gợi ý kiểm điểm) and the explanation report that answers them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Unit, record
from orgs.models.documents import WorkflowDocument
from reviews.models.reviews import Review


class Prompt(WorkflowDocument):
    """One prompt to one subject. It must be explained before the meeting opens (Kon Tum 2024, point 2)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="prompts", verbose_name=_("cycle"))
    review = models.ForeignKey(Review, models.PROTECT, related_name="prompts", verbose_name=_("review"))
    authority = models.ForeignKey(
        Collective, models.PROTECT, related_name="prompts_given", verbose_name=_("prompting authority")
    )
    advisory_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("advisory body"))
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    due_on = models.DateField(_("to be explained by"), null=True, blank=True)
    explained_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        # A prompt that was withdrawn leaves the way open for a right one.
        constraints = [
            models.UniqueConstraint(
                fields=["review", "authority"], condition=~models.Q(state="withdrawn"), name="reviews_prompt_once"
            )
        ]
        ordering = ["review__sort_key", "id"]
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")

    def __str__(self) -> str:
        return f"{self.number or _('Draft')} · {self.review}"

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain


class PromptItem(record.Record):
    """One matter to be explained."""

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(_("order"))
    text = record.NfcTextField(_("matter"))
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Explanation(record.Record):
    """The answer to one matter: cause, own responsibility, remedy, and the day by which it is done."""

    item = models.OneToOneField(PromptItem, models.PROTECT, related_name="explanation")
    cause = record.NfcTextField(_("cause"), blank=True)
    responsibility = record.NfcTextField(_("own responsibility"), blank=True)
    remedy = record.NfcTextField(_("remedy"), blank=True)
    remedy_due = models.DateField(_("to be remedied by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.item)
