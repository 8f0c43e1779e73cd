"""Registrations of hard and of new work (letter 2026-CV/TU with its form), and the works in them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Collective, Person, Unit, record
from orgs.models.documents import WorkflowDocument


class Registration(WorkflowDocument):
    """What one person (or collective) registers for one year, with the personal plan after the last review.

    `unit_name`, `post`, the route (`addressee`, `via_unit`, `receiving_*`) and its `ground` are frozen when it is sent:
    the `receiving_unit` holds the pen of the receiver, `addressee` is what "Kính gửi" says.
    """

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2018)])
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("person")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("collective")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("place of work")
    )
    unit_name = record.NfcCharField(_("place of work"), max_length=300, blank=True)
    post = record.NfcCharField(_("position"), max_length=300, blank=True)
    receiving_collective = models.ForeignKey(
        Collective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations_received",
        verbose_name=_("rating body"),
    )
    receiving_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations_received",
        verbose_name=_("receiving body"),
    )
    via_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent through")
    )
    copy_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("followed by")
    )
    addressee = record.NfcCharField(_("sent to"), max_length=300, blank=True)
    ground = record.NfcTextField(_("because"), blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    received_at = models.DateTimeField(null=True, blank=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    returned_note = record.NfcTextField(_("why it was returned"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, collective__isnull=True)
                | models.Q(person__isnull=True, collective__isnull=False),
                name="registrations_registration_of_one",
            ),
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=~models.Q(state="withdrawn"),
                name="registrations_registration_person_once",
            ),
            models.UniqueConstraint(
                fields=["collective", "year"],
                condition=~models.Q(state="withdrawn"),
                name="registrations_registration_collective_once",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="registrations_reg_year")]
        ordering = ["-year", "-id"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return f"{self.person or self.collective} · {self.year}"

    @property
    def subject(self) -> Person | Collective:
        """Who registers."""
        return self.person or self.collective

    @property
    def chain(self) -> str:
        """The audit chain of the registration and of its works."""
        return f"registration-{self.pk}"

    @property
    def unit_path(self) -> str:
        """The place of work."""
        return self.unit.code if self.unit_id else ""


class WorkKind(models.TextChoices):
    """The two parts of the form of letter 2026-CV/TU."""

    HARD = "hard", _("Hard, complex or blocked work")
    NEW = "new", _("New, breakthrough or creative work")


class WorkField(models.TextChoices):
    """Fields by which the catalogue is kept."""

    PARTY = "party", _("Party building, political system")
    ECONOMY = "economy", _("Economy, investment, finance")
    LAND = "land", _("Land, site clearance, construction")
    REFORM = "reform", _("Administrative reform, digital transformation")
    SOCIETY = "society", _("Culture, health, education, society")
    RURAL = "rural", _("Agriculture, environment, rural areas")
    SECURITY = "security", _("Defence, security, internal affairs")
    OTHER = "other", _("Another field")


class WorkOutcome(models.TextChoices):
    """How a work came out: as reported by who registered it, and as verified by the receiving body."""

    DONE = "done", _("Done as registered")
    NOT_DONE = "not_done", _("Not done")
    CHANGED = "changed", _("Done otherwise than registered")


class Work(WorkflowDocument):
    """One work of a registration: exactly the items of the form; then its outcome.

    `difficulties` is asked of new work only, `support` (what is proposed to the superior) of hard work only. `moved_at`
    is when something last happened to it.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="works", verbose_name=_("registration"))
    kind = models.CharField(_("kind"), max_length=10, choices=WorkKind.choices)
    order = models.PositiveIntegerField(_("order"), default=1)
    field = models.CharField(_("field"), max_length=20, choices=WorkField.choices, default=WorkField.OTHER)
    name = record.NfcTextField(_("name of the work"))
    difficulties = record.NfcTextField(_("foreseen difficulties and obstacles"), blank=True)
    content = record.NfcTextField(_("content"), blank=True)
    aim = record.NfcTextField(_("aim"), blank=True)
    tasks = record.NfcTextField(_("tasks"), blank=True)
    measures = record.NfcTextField(_("how it is done"), blank=True)
    effect = record.NfcTextField(_("expected effect"), blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    finishes_on = models.DateField(_("finish"), null=True, blank=True)
    support = record.NfcTextField(_("direction and support proposed to the superior"), blank=True)
    outcome = models.CharField(_("reported outcome"), max_length=10, choices=WorkOutcome.choices, blank=True)
    result = record.NfcTextField(_("what was reached"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    verified_outcome = models.CharField(_("verified outcome"), max_length=10, choices=WorkOutcome.choices, blank=True)
    verification = record.NfcTextField(_("words of the receiving body"), blank=True)
    verification_document = record.NfcCharField(_("document of the verification"), max_length=300, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    weighed_in = record.NfcCharField(_("weighed in"), max_length=300, blank=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(finishes_on__isnull=True)
                | models.Q(finishes_on__gte=models.F("starts_on")),
                name="registrations_work_finishes_after_start",
            )
        ]
        indexes = [models.Index(fields=["state", "kind", "field"], name="registrations_work_filter")]
        ordering = ["kind", "order", "id"]
        verbose_name = _("registered work")
        verbose_name_plural = _("registered works")

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The audit chain of the registration."""
        return self.registration.chain

    @property
    def unit_path(self) -> str:
        """The place of work of who registered it."""
        return self.registration.unit_path
