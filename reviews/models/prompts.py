"""Prompts from above (gợi ý kiểm điểm): the matters put to one subject, who got them, who follows them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Person, Unit, record
from orgs.models.documents import WorkflowDocument
from reviews.models.prompt_lists import PromptDecision, PromptList
from reviews.models.reviews import Review

GONE = ("withdrawn", "recalled")
# How texts that came after the withdrawal of a prompt are told from those of the sections of a review.
KEPT_OF_PROMPTS = "prompt:"


class NoteMark(models.TextChoices):
    """What the officer of the advisory body notes about an explanation report."""

    SUFFICIENT = "sufficient", _("Sufficient")
    MORE_NEEDED = "more_needed", _("More needed")


class Prompt(WorkflowDocument):
    """One prompt to one subject. It must be explained before the meeting opens (Kon Tum 2024, point 2).

    `number` and `issued_on` are those of the decision about the list, from the moment in which it is confirmed.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="prompts", verbose_name=_("cycle"))
    review = models.ForeignKey(Review, models.PROTECT, related_name="prompts", verbose_name=_("review"))
    authority = models.ForeignKey(
        Collective, models.PROTECT, related_name="prompts_given", verbose_name=_("prompting authority")
    )
    advisory_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("advisory body"))
    prompt_list = models.ForeignKey(
        PromptList, models.PROTECT, null=True, related_name="prompts", verbose_name=_("prompt list")
    )
    decision = models.ForeignKey(PromptDecision, models.PROTECT, null=True, related_name="prompts")
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    due_on = models.DateField(_("to be explained by"), null=True, blank=True)
    explained_at = models.DateTimeField(null=True)
    note_mark = models.CharField(_("officer's note"), max_length=20, choices=NoteMark.choices, blank=True)
    note_text = record.NfcTextField(_("officer's note in words"), blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        # A prompt that was withdrawn leaves the way open for a right one.
        constraints = [
            models.UniqueConstraint(
                fields=["review", "authority"], condition=~models.Q(state__in=GONE), name="reviews_prompt_stands_once"
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

    @property
    def kept_key(self) -> str:
        """With what the keys of texts begin that came after this prompt was withdrawn."""
        return f"{KEPT_OF_PROMPTS}{self.pk}:"


class PromptItem(record.Record):
    """One matter to be explained: what, on which basis, and by when."""

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(_("order"))
    text = record.NfcTextField(_("matter"))
    basis = record.NfcTextField(_("basis"), blank=True)
    due_on = models.DateField(_("to be explained by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class AnsweringMember(record.Record):
    """A member of a prompted collective who answers for a part of one matter."""

    item = models.ForeignKey(PromptItem, models.PROTECT, related_name="answering")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("member"))
    part = record.NfcTextField(_("part answered for"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="reviews_answering_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.part[:60]}"


class PromptReceipt(record.Record):
    """That a prompt arrived: opened by an account of the subject, or handed over on paper and recorded."""

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    receiver = record.NfcCharField(_("received by"), max_length=200)
    received_on = models.DateField(_("received on"))
    document = record.NfcCharField(_("delivery record"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "user"], condition=models.Q(user__isnull=False), name="reviews_receipt_once"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.receiver} {self.received_on:%d/%m/%Y}"


class WorkingGroupMember(record.Record):
    """A person of the superior's working group (tổ công tác), who follows this one subject while the prompt stands."""

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="working_group")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    task = record.NfcCharField(_("task in the group"), max_length=200, blank=True)
    document = record.NfcCharField(_("number and date of the document"), max_length=300)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "person"], condition=models.Q(released_at__isnull=True), name="reviews_group_once"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person} · {self.task}"
