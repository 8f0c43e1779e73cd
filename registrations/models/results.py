"""The log of the year's results: what was made, by which document, when it was due and when it was done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Criterion
from orgs.models import Collective, Person, names, record

ONE_SUBJECT = models.Q(person__isnull=False, collective__isnull=True) | models.Q(
    person__isnull=True, collective__isnull=False
)
KEY_LENGTH = 200


class ResultAxis(models.TextChoices):
    """The six axes of results on the quarterly form of 02-HD/BTCTW (22/5/2026); the codes are those of its rows."""

    ECONOMY = "1", _("Socio-economic development and assigned political tasks")
    INSTITUTIONS = "2", _("Institutions, decentralisation with inspection and supervision")
    SCIENCE = "3", _("Science, technology, innovation, digital transformation")
    PARTY = "4", _("Building the Party and the political system, unity, against corruption and waste")
    CULTURE = "5", _("Culture, people, social security")
    DEFENCE = "6", _("Defence, security, foreign affairs, integration")


def product_key(text: str) -> str:
    """A product as it is compared: without accents, case and double spaces."""
    return names.fold(text)[:KEY_LENGTH]


def document_key(text: str) -> str:
    """The number of a document as it is compared: as a product, without any space."""
    return names.fold(text).replace(" ", "")[:KEY_LENGTH]


class YearResult(record.Record):
    """One product of a person or collective. Only the product and a day are asked for; the rest may come later.

    Beyond the requirement (quantity, quality, time) is no central figure: it stands here with a reason and evidence
    (366-QĐ/TW Điều 11 leaves it open). `cause` is what the author says made it late or left it undone; it is objective
    only where `is_cause_objective` was answered by the superior. Evidence is stored files of this record. `criterion`
    are the words of what measures it; `measured_by` is set where it was chosen from the framework in force.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="year_results", verbose_name=_("person")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="year_results", verbose_name=_("collective")
    )
    product = record.NfcTextField(_("product"))
    product_key = models.CharField(max_length=KEY_LENGTH, editable=False)
    task = record.NfcTextField(_("assigned task"), blank=True)
    axis = models.CharField(_("axis of results"), max_length=2, choices=ResultAxis.choices, blank=True)
    criterion = record.NfcCharField(_("criterion"), max_length=300, blank=True)
    measured_by = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("criterion of the framework")
    )
    document = record.NfcCharField(_("number of the document"), max_length=300, blank=True)
    document_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    planned_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    beyond_quantity = models.BooleanField(_("more than was required"), default=False)
    beyond_quality = models.BooleanField(_("better than was required"), default=False)
    beyond_time = models.BooleanField(_("earlier than was required"), default=False)
    beyond_reason = record.NfcTextField(_("in what it is beyond the requirement"), blank=True)
    cause = record.NfcTextField(_("objective cause"), blank=True)
    is_cause_objective = models.BooleanField(_("cause confirmed as objective"), null=True, blank=True)
    cause_answer = record.NfcTextField(_("words of the superior"), blank=True)
    cause_document = record.NfcCharField(_("document of the confirmation"), max_length=300, blank=True)
    cause_answered_at = models.DateTimeField(null=True, editable=False)
    cause_answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_from = record.NfcCharField(_("imported from"), max_length=300, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = record.NfcTextField(_("reason of the withdrawal"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="registrations_result_one_subject"),
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(done_on__isnull=False),
                name="registrations_result_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(started_on__isnull=True)
                | (
                    (models.Q(done_on__isnull=True) | models.Q(done_on__gte=models.F("started_on")))
                    & (models.Q(planned_on__isnull=True) | models.Q(planned_on__gte=models.F("started_on")))
                ),
                name="registrations_result_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "done_on"], name="registrations_result_person"),
            models.Index(fields=["collective", "done_on"], name="registrations_result_body"),
            models.Index(fields=["document_key"], name="registrations_result_document"),
            models.Index(fields=["product_key"], name="registrations_result_product"),
        ]
        verbose_name = _("result of the year")
        verbose_name_plural = _("results of the year")

    def __str__(self) -> str:
        return self.product

    def save(self, **kwargs: object) -> None:
        """With the keys by which the same product is found."""
        self.fill_keys()
        super().save(**kwargs)

    def fill_keys(self) -> None:
        """Write the keys anew; for rows that are written in bulk."""
        self.product_key, self.document_key = product_key(self.product), document_key(self.document)

    @property
    def subject(self) -> Person | Collective:
        """Whose result it is."""
        return self.person or self.collective

    @property
    def is_beyond(self) -> bool:
        """Whether it is beyond the requirement in anything."""
        return self.beyond_quantity or self.beyond_quality or self.beyond_time

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was done when due; None while that cannot be said."""
        if self.done_on is None or self.planned_on is None:
            return None
        return self.done_on <= self.planned_on
