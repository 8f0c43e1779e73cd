"""The register behind the facts sheet: nothing stands here without its source document and date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Collective, Person, Unit, record

ONE_SUBJECT = (
    models.Q(person__isnull=False, collective__isnull=True, unit__isnull=True)
    | models.Q(person__isnull=True, collective__isnull=False, unit__isnull=True)
    | models.Q(person__isnull=True, collective__isnull=True, unit__isnull=False)
)


class RegisteredFact(record.Record):
    """A fact about exactly one person, collective or unit, from a document; withdrawn by a document, never deleted."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows", verbose_name=_("person")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows", verbose_name=_("collective")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows", verbose_name=_("unit")
    )
    document = record.NfcCharField(_("source document"), max_length=300)
    document_on = models.DateField(_("date of the document"))
    text = record.NfcTextField(_("content"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_document = record.NfcCharField(_("document of the withdrawal"), max_length=300, blank=True)
    counted_year = models.PositiveSmallIntegerField(
        _("counted in the year"),
        null=True,
        blank=True,
        help_text=_("Left empty, the year of the document."),
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    imported_from = record.NfcCharField(_("imported from"), max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="%(app_label)s_%(class)s_one_subject"),
        ]
        ordering = ["-document_on", "-id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.document}"

    @property
    def subject(self) -> Person | Collective | Unit:
        """Whom the row is about: the one of the three that is set."""
        return self.person or self.collective or self.unit

    @property
    def year(self) -> int:
        """The year in which the row counts."""
        return self.counted_year or self.document_on.year


class DisciplineForm(models.TextChoices):
    """Forms of discipline, lightest first; the codes are those of the grading contract."""

    KHIEN_TRACH = "khien_trach", _("Reprimand (khiển trách)")
    CANH_CAO = "canh_cao", _("Warning (cảnh cáo)")
    CACH_CHUC = "cach_chuc", _("Dismissal from post (cách chức)")
    KHAI_TRU = "khai_tru", _("Expulsion (khai trừ)")
    OTHER = "other", _("Another form")


class Discipline(RegisteredFact):
    """A disciplinary decision. Rows of one `violation` count once."""

    form = models.CharField(_("form"), max_length=20, choices=DisciplineForm.choices)
    violation = record.NfcCharField(_("violation"), max_length=80, blank=True)
    self_detected = models.BooleanField(_("detected by the body itself"), default=False)
    remedied = models.BooleanField(_("consequences remedied"), default=False)

    class Meta(RegisteredFact.Meta):
        verbose_name = _("disciplinary decision")
        verbose_name_plural = _("disciplinary decisions")


class FindingKind(models.TextChoices):
    """Kinds of conclusion of a competent body that bear on a grade."""

    DEGRADATION = "degradation", _("Degradation (suy thoái, tự diễn biến, tự chuyển hóa)")
    DISUNITY = "disunity", _("Internal disunity")
    CORRUPTION = "corruption", _("Corruption, waste or negative acts")
    BROKE_MEMBERS_RULES = "broke_members_rules", _("Did what Party members must not do")
    BROKE_EXEMPLARY_DUTY = "broke_exemplary_duty", _("Broke the exemplary duty")


class Finding(RegisteredFact):
    """A conclusion of a competent body."""

    kind = models.CharField(_("kind"), max_length=30, choices=FindingKind.choices)
    self_detected = models.BooleanField(_("detected by the body itself"), default=False)
    remedied = models.BooleanField(_("consequences remedied"), default=False)

    class Meta(RegisteredFact.Meta):
        verbose_name = _("conclusion of a competent body")
        verbose_name_plural = _("conclusions of competent bodies")
