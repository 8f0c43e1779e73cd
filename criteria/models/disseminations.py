"""Dissemination (quán triệt): who must have studied a regulation or framework, and who has."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from criteria.models.frameworks import Framework
from criteria.models.regulations import Regulation
from orgs.models import Person, Unit, record
from orgs.models.documents import WorkflowDocument


class Dissemination(WorkflowDocument):
    """A regulation or framework is to be studied by everybody of the addressed bodies (letter 1823-CV/TU, 1)."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="disseminations", verbose_name=_("issuer"))
    title = record.NfcCharField(_("title"), max_length=300)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="disseminations", verbose_name=_("regulation")
    )
    framework = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="disseminations", verbose_name=_("framework")
    )
    materials = record.NfcTextField(_("what to study"), blank=True)
    number = record.NfcCharField(_("number of the letter"), max_length=80, blank=True)
    sent_on = models.DateField(_("date of the letter"), null=True, blank=True)
    due_on = models.DateField(_("to be finished before"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(regulation__isnull=False, framework__isnull=True)
                | models.Q(regulation__isnull=True, framework__isnull=False),
                name="criteria_dissemination_of_one_text",
            )
        ]
        ordering = ["-id"]
        verbose_name = _("dissemination")
        verbose_name_plural = _("disseminations")

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> str:
        """The audit chain of the dissemination."""
        return f"dissemination-{self.pk}"

    @property
    def unit_path(self) -> str:
        """The issuer."""
        return self.issuer.code


class DisseminationUnit(record.Record):
    """One body whose people are to study the text: those in post there on the day one looks."""

    dissemination = models.ForeignKey(Dissemination, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disseminated", verbose_name=_("body"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dissemination", "unit"], name="criteria_disseminated_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.unit)


class Acknowledgement(record.Record):
    """A person has studied the text: by an act of his own, or recorded by a secretary with the attendance list.

    An own act has `recorded_by` empty. `session` names the sitting ("hội nghị ngày ..."), `attendance` is its list.
    """

    dissemination = models.ForeignKey(Dissemination, models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="acknowledgements", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("body"))
    studied_on = models.DateField(_("studied on"))
    session = record.NfcCharField(pgettext_lazy("study", "session"), max_length=300, blank=True)
    attendance = models.ForeignKey(
        "orgs.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("attendance list")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dissemination", "person"], name="criteria_acknowledged_once")]
        indexes = [models.Index(fields=["dissemination", "unit"], name="criteria_acknowledged_unit")]
        ordering = ["id"]
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")

    def __str__(self) -> str:
        return str(self.person)
