"""Consultation (lấy ý kiến góp ý): texts cut into clauses, whom one asks, what they remark, what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.frameworks import Framework
from criteria.models.regulations import Regulation
from orgs.models import Person, Unit, record
from orgs.models.documents import WorkflowDocument


class Consultation(WorkflowDocument):
    """A body asks others for their opinion on one or more texts, by a letter with a last day (letter 1440-CV/BTCTU).

    `letter` and `question` are the words of the letter; `submission` and `submission_*` the submission (tờ trình) in
    which it ends. `signer` signs both; `*copies_to` are the recipients (nơi nhận) under each, one a line.
    """

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="consultations", verbose_name=_("asking body"))
    title = record.NfcCharField(_("about"), max_length=300)
    number = record.NfcCharField(_("number of the letter"), max_length=80, blank=True)
    sent_on = models.DateField(_("date of the letter"), null=True, blank=True)
    letter = record.NfcTextField(_("text of the letter"), blank=True)
    question = record.NfcTextField(_("what is asked"), blank=True)
    due_on = models.DateField(_("last day for answers"), null=True, blank=True)
    submission_number = record.NfcCharField(_("number of the submission"), max_length=80, blank=True)
    submitted_on = models.DateField(_("date of the submission"), null=True, blank=True)
    submitted_to = record.NfcCharField(_("submitted to"), max_length=300, blank=True)
    submission = record.NfcTextField(_("what is proposed"), blank=True)
    signer_title = record.NfcCharField(_("title of the signer"), max_length=200, blank=True)
    signer = record.NfcCharField(_("signer"), max_length=200, blank=True)
    copies_to = record.NfcTextField(_("recipients of the letter"), blank=True)
    submission_copies_to = record.NfcTextField(_("recipients of the submission"), blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> str:
        """The audit chain of the consultation."""
        return f"consultation-{self.pk}"

    @property
    def unit_path(self) -> str:
        """The asking body."""
        return self.issuer.code


class ConsultedText(record.Record):
    """One text put out: a framework or regulation of the system, or one pasted or uploaded from outside it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="texts", verbose_name=_("consultation"))
    order = models.PositiveIntegerField(_("order"))
    title = record.NfcCharField(_("title"), max_length=300)
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    framework = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="consulted_as", verbose_name=_("framework")
    )
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="consulted_as", verbose_name=_("regulation")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "order"], name="criteria_consulted_text_order"),
            models.CheckConstraint(
                condition=models.Q(framework__isnull=True) | models.Q(regulation__isnull=True),
                name="criteria_consulted_text_of_one_source",
            ),
        ]
        ordering = ["order"]
        verbose_name = _("consulted text")
        verbose_name_plural = _("consulted texts")

    def __str__(self) -> str:
        return self.title


class Clause(record.Record):
    """One clause of a text as it was put out; `amended` is its wording after the remarks, empty while unchanged.

    `source` is the code of the criterion or rule that it shows, where the text comes from the system.
    """

    text = models.ForeignKey(ConsultedText, models.PROTECT, related_name="clauses", verbose_name=_("text"))
    order = models.PositiveIntegerField(_("order"))
    label = record.NfcCharField(_("clause"), max_length=120)
    body = record.NfcTextField(_("text"))
    source = record.NfcCharField(max_length=80, blank=True)
    amended = record.NfcTextField(_("text after the remarks"), blank=True)
    is_dropped = models.BooleanField(_("dropped"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "order"], name="criteria_clause_order")]
        ordering = ["order"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self) -> str:
        return self.label


class Addressee(WorkflowDocument):
    """One body or cadre who is asked, and the reply: prepared by one, sent by the head; or entered from paper.

    `is_late` marks a reply that came after the last day; it counts like the others. `preparer` is whom the head named.
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="addressees", verbose_name=_("consultation")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="consulted", verbose_name=_("body")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="consulted", verbose_name=_("cadre")
    )
    block = record.NfcCharField(_("line of the recipients"), max_length=300, blank=True)
    preparer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    is_without_remarks = models.BooleanField(_("agreed without remarks"), default=False)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    is_late = models.BooleanField(_("late"), default=False, editable=False)
    paper_number = record.NfcCharField(_("number of the paper"), max_length=80, blank=True)
    paper_on = models.DateField(_("date of the paper"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    returned_note = record.NfcTextField(_("why it was returned"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "unit"], name="criteria_addressed_body_once"),
            models.UniqueConstraint(fields=["consultation", "person"], name="criteria_addressed_cadre_once"),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True, person__isnull=False)
                | models.Q(unit__isnull=False, person__isnull=True),
                name="criteria_addressee_body_or_cadre",
            ),
        ]
        indexes = [models.Index(fields=["consultation", "state"], name="criteria_addressee_state")]
        ordering = ["id"]
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")

    def __str__(self) -> str:
        return str(self.unit or self.person)

    @property
    def chain(self) -> str:
        """The audit chain of the consultation."""
        return f"consultation-{self.consultation_id}"


class RemarkKind(models.TextChoices):
    """What a remark asks of a clause."""

    KEEP = "keep", _("Keep")
    AMEND = "amend", _("Amend")
    ADD = "add", _("Add to it")
    DROP = "drop", _("Drop")


class Verdict(models.TextChoices):
    """What the asking body makes of remarks that say the same."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")


class Answer(record.Record):
    """What the asking body answers to remarks on one clause that say the same (tiếp thu, giải trình)."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="answers", verbose_name=_("clause"))
    order = models.PositiveIntegerField(_("order"), default=100)
    summary = record.NfcTextField(_("what the remarks say"))
    verdict = models.CharField(_("answer"), max_length=15, choices=Verdict.choices, blank=True)
    reason = record.NfcTextField(_("explanation"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("answer to remarks")
        verbose_name_plural = _("answers to remarks")

    def __str__(self) -> str:
        return self.summary


class Remark(record.Record):
    """One remark of an addressee on one clause, with the wording proposed and the reason (required but for keep).

    While the reply is being written it may have any gap, `kind` too; an empty one is put away when the reply is sent.
    `last_tab` and `seen_tabs` tell which open page wrote last, so that a late save never overwrites a newer one.
    """

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="remarks", verbose_name=_("addressee"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="remarks", verbose_name=_("clause"))
    kind = models.CharField(_("proposal"), max_length=10, choices=RemarkKind.choices, blank=True)
    wording = record.NfcTextField(_("proposed wording"), blank=True)
    reason = record.NfcTextField(_("reason"), blank=True)
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name=_("answer")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    last_tab = models.CharField(max_length=40, blank=True, editable=False)
    seen_tabs = models.JSONField(default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["clause", "kind"], name="criteria_remark_clause")]
        ordering = ["clause", "id"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self) -> str:
        return f"{self.clause}: {self.get_kind_display()}"


class KeptRemark(record.Record):
    """A remark that could not be taken: refused, and the text kept for who wrote it.

    `why` is conflict (somebody else was faster), closed (no more answers are taken), moved_on (the reply is no longer
    being written) or paper (an answer on paper took its place). `number` is the place of the remark on its clause.
    """

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="kept_remarks")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="kept_remarks")
    number = models.PositiveIntegerField(default=1)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)
    why = models.CharField(max_length=10, default="closed")
    tab_id = models.CharField(max_length=40, blank=True)
    client_seq = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("kept remark")
        verbose_name_plural = _("kept remarks")

    def __str__(self) -> str:
        return str(self.addressee)
