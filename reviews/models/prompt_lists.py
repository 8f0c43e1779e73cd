"""The prompt list of an authority in a cycle: contributions of other bodies, and the decision that issues it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, StoredFile, Unit, record
from orgs.models.documents import WorkflowDocument


class PromptList(WorkflowDocument):
    """Whom an authority prompts in a cycle, and on what: one list, proposed by its advisory body, decided by it.

    What is added later is added to the same list and decided again (Bình Định 04-CV/TU, point 4).
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="prompt_lists", verbose_name=_("cycle"))
    authority = models.ForeignKey(
        Collective, models.PROTECT, related_name="prompt_lists", verbose_name=_("prompting authority")
    )
    advisory_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("advisory body"))
    is_note_needed = models.BooleanField(_("the meeting waits for the officer's note"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "authority"], name="reviews_prompt_list_once")]
        ordering = ["-cycle__period_end_on", "authority__name", "id"]
        verbose_name = _("prompt list")
        verbose_name_plural = _("prompt lists")

    def __str__(self) -> str:
        return f"{self.authority} · {self.cycle}"

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain


class PromptDecision(record.Record):
    """What the authority decided in session about its list: recorded by one person, confirmed by another."""

    prompt_list = models.ForeignKey(PromptList, models.PROTECT, related_name="decisions")
    number = record.NfcCharField(_("number"), max_length=80)
    decided_on = models.DateField(_("date"))
    session_on = models.DateField(_("day of the session"))
    signatory = record.NfcCharField(_("signed by"), max_length=200)
    signatory_title = record.NfcCharField(_("title of the signatory"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prompt_list", "number"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="reviews_prompt_decision_number",
            ),
            models.UniqueConstraint(
                fields=["prompt_list"],
                condition=models.Q(withdrawn_at__isnull=True, confirmed_at__isnull=True),
                name="reviews_prompt_decision_pending_once",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="reviews_prompt_decision_two_people",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number} ({self.decided_on:%d/%m/%Y})"


class ContributionStatus(models.TextChoices):
    """What became of a question to another body."""

    ASKED = "asked", _("Asked, not given yet")
    GIVEN = "given", _("Given")
    WAIVED = "waived", _("Waived")


class PromptContribution(record.Record):
    """What another body contributes to a prompt list: asked, given by itself or on paper, or waived with a reason."""

    prompt_list = models.ForeignKey(PromptList, models.PROTECT, related_name="contributions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("body"))
    status = models.CharField(max_length=10, choices=ContributionStatus.choices, default=ContributionStatus.ASKED)
    question = record.NfcTextField(_("what is asked"), blank=True)
    due_on = models.DateField(_("to be given by"), null=True, blank=True)
    text = record.NfcTextField(_("contribution"), blank=True)
    document = record.NfcCharField(_("number and date of the document"), max_length=300, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    waiver_reason = record.NfcTextField(_("reason of the waiver"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prompt_list", "unit"], name="reviews_contribution_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.prompt_list}"
