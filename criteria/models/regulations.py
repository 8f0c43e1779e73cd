"""Regulations as rows: the text of the file, and the province's rule by which each person gets one form."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import Line, ManagingAuthority, Position, record


class Regulation(record.Record):
    """A regulation, shipped or derived here. `content` is the loader's plain data; used ones never change.

    `in_force_until` may end the row earlier than its content says: a `successor` takes its place from that day.
    """

    key = record.NfcCharField(_("key"), max_length=80, unique=True)
    title = record.NfcCharField(_("title"), max_length=500)
    number = record.NfcCharField(_("number"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derived", verbose_name=_("derived from")
    )
    content = models.JSONField(_("content"))
    content_sha256 = models.CharField(max_length=64, editable=False)
    is_shipped = models.BooleanField(_("shipped with the product"), default=False, editable=False)
    used_at = models.DateTimeField(_("first used at"), null=True, blank=True, editable=False)
    is_draft = models.BooleanField(_("being drafted"), default=False, editable=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced",
        editable=False,
        verbose_name=_("replaced by"),
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["-in_force_from", "key"]
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")

    def __str__(self) -> str:
        return f"{self.number} ({self.issued_on:%d/%m/%Y})"


class Confirmation(record.Record):
    """The answer of an authority to one line of a regulation that was to be confirmed.

    `table` and `key` name the line as `criteria.regulation.unconfirmed` does; `line` is the line as confirmed, `before`
    as it read until then. A withdrawn one stays as what it was.
    """

    regulation = models.ForeignKey(
        Regulation, models.PROTECT, related_name="confirmations", verbose_name=_("regulation")
    )
    table = models.CharField(_("part"), max_length=40)
    key = record.NfcCharField(_("key"), max_length=80)
    standing = models.CharField(_("standing"), max_length=20)
    number = record.NfcCharField(_("number of the document"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    cites = record.NfcCharField(_("clause"), max_length=500)
    line = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "table", "key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="criteria_confirmation_once",
            )
        ]
        ordering = ["regulation", "table", "key", "id"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.number}"


class FormRule(record.Record):
    """One row of the mapping: whoever meets every filled condition gets `provincial_code`; lowest order wins.

    `is_managed_at_top` asks for the highest level of management that is not kept out of this installation, so that a
    shipped rule needs no row of the province's own levels.
    """

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="form_rules", verbose_name=_("regulation"))
    order = models.PositiveIntegerField(_("order"), default=100)
    provincial_code = record.NfcCharField(_("provincial form"), max_length=20)
    form_key = record.NfcCharField(_("form of the regulation"), max_length=20)
    is_leading = models.BooleanField(_("holds a leading position"), null=True, blank=True)
    is_head = models.BooleanField(_("is head of the body"), null=True, blank=True)
    managing_authority = models.ForeignKey(
        ManagingAuthority, models.PROTECT, null=True, blank=True, verbose_name=_("managing authority")
    )
    is_managed_at_top = models.BooleanField(_("managed by the highest level here"), null=True, blank=True)
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, verbose_name=_("position"))
    line = models.CharField(_("line"), max_length=20, choices=Line.choices, blank=True)
    question = record.NfcTextField(_("question to ask the authority"), blank=True)
    is_confirmed = models.BooleanField(_("confirmed by a document"), default=False)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)

    class Meta:
        ordering = ["regulation", "order", "id"]
        verbose_name = _("rule of forms")
        verbose_name_plural = _("rules of forms")

    def __str__(self) -> str:
        return f"{self.provincial_code} ({self.form_key})"
