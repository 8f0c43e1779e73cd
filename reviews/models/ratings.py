"""A rating: what a body decides about a subject; peer groups and the ledger of the quota."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle, Regulation
from orgs.models import Collective, Person, RatingKind, Unit, record
from orgs.models.documents import WorkflowDocument
from reviews.models.reviews import Review


class Grade(models.TextChoices):
    """The four grades, best first (Điều 12 QĐ 124-QĐ/TW)."""

    EXCELLENT = "excellent", _("Excellent completion of tasks")
    GOOD = "good", _("Good completion of tasks")
    COMPLETED = "completed", _("Completion of tasks")
    NOT_COMPLETED = "not_completed", _("Non-completion of tasks")


class PeerGroup(record.Record):
    """Subjects that are compared and whose excellent are counted together, under one deciding body."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="peer_groups", verbose_name=_("cycle"))
    rating_kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    deciding_collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="peer_groups", verbose_name=_("deciding body")
    )
    code = models.CharField(_("code"), max_length=120)
    title = record.NfcCharField(_("title"), max_length=300)
    order = models.PositiveIntegerField(_("order"), default=100)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, related_name="+", verbose_name=_("regulation, where not the cycle's")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "rating_kind", "deciding_collective", "code"], name="reviews_peer_group_once"
            )
        ]
        ordering = ["order", "title"]
        verbose_name = _("peer group")
        verbose_name_plural = _("peer groups")

    def __str__(self) -> str:
        return self.title


class QuotaLedger(record.Record):
    """The row that is locked before any grade of the group changes. `used` excellent of `base`, as last counted."""

    group = models.OneToOneField(PeerGroup, models.PROTECT, related_name="ledger")
    base = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)
    allowed = models.PositiveIntegerField(default=0)
    exception_document = record.NfcCharField(_("document of the exception"), max_length=300, blank=True)
    exception_allowed = models.PositiveIntegerField(_("allowed by the exception"), null=True, blank=True)
    party_share = models.DecimalField(
        _("Party's share of excellent, in percent"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    party_share_document = record.NfcCharField(_("document of the Party's share"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("allowed"))
                | models.Q(exception_allowed__isnull=False, used__lte=models.F("exception_allowed")),
                name="reviews_quota_kept",
            ),
            models.CheckConstraint(
                condition=models.Q(exception_allowed__isnull=True) | ~models.Q(exception_document=""),
                name="reviews_quota_exception_has_document",
            ),
            models.CheckConstraint(
                condition=models.Q(party_share__isnull=True)
                | (models.Q(party_share__gte=0, party_share__lte=100) & ~models.Q(party_share_document="")),
                name="reviews_quota_party_share_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.used}/{self.allowed}"


ONE_SUBJECT = (
    models.Q(person__isnull=False, collective__isnull=True, organisation__isnull=True)
    | models.Q(person__isnull=True, collective__isnull=False, organisation__isnull=True)
    | models.Q(person__isnull=True, collective__isnull=True, organisation__isnull=False)
)


class Rating(WorkflowDocument):
    """One rating of one subject in a cycle, with its own chain of proposing, appraising and deciding bodies.

    `suggestion`, `facts` and `decided_grade` are frozen together when the decision is issued.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ratings", verbose_name=_("cycle"))
    kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="ratings", verbose_name=_("review"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="ratings", verbose_name=_("person"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, related_name="ratings", verbose_name=_("collective")
    )
    organisation = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="ratings", verbose_name=_("organisation")
    )
    subject_kind = models.CharField(max_length=30)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, related_name="+", verbose_name=_("regulation, where not the cycle's")
    )
    is_head = models.BooleanField(default=False)
    head_of = models.ForeignKey(Collective, models.PROTECT, null=True, related_name="+")
    is_newly_moved_head = models.BooleanField(_("head who just moved in"), default=False)
    newly_moved_document = record.NfcCharField(max_length=300, blank=True)
    proposing_collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, related_name="+", verbose_name=_("proposing body")
    )
    proposing_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("proposing agency")
    )
    appraising_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("appraising body"))
    copy_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("copy of the dossier to")
    )
    deciding_collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="ratings_to_decide", verbose_name=_("deciding body")
    )
    authority_ground = record.NfcCharField(_("ground of the authority"), max_length=500)
    group = models.ForeignKey(PeerGroup, models.PROTECT, related_name="ratings", verbose_name=_("peer group"))
    sort_key = models.CharField(max_length=400, editable=False)
    self_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    proposed_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    proposal_comment = record.NfcTextField(_("comment of the proposing body"), blank=True)
    proposed_on = models.DateField(null=True)
    appraised_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    appraisal_comment = record.NfcTextField(_("comment of the appraising body"), blank=True)
    state_grade_status = models.CharField(max_length=20, blank=True)
    state_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    state_grade_document = record.NfcCharField(max_length=300, blank=True)
    pending_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    pending_ground = record.NfcTextField(_("ground"), blank=True)
    pending_document = record.NfcCharField(max_length=300, blank=True)
    decided_grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    decided_on = models.DateField(null=True)
    facts = models.JSONField(null=True)
    suggestion = models.JSONField(null=True)
    notified_at = models.DateTimeField(null=True)
    read_by_subject_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    not_rated_ground = record.NfcTextField(blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="reviews_rating_one_subject"),
            models.UniqueConstraint(
                fields=["cycle", "kind", "person"],
                condition=models.Q(person__isnull=False),
                name="reviews_rating_person_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "kind", "collective"],
                condition=models.Q(collective__isnull=False),
                name="reviews_rating_collective_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "kind", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="reviews_rating_organisation_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["notice", "archived", "petition"]) | ~models.Q(decided_grade=""),
                name="reviews_rating_noticed_has_grade",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "state"], name="reviews_rating_states"),
            models.Index(fields=["cycle", "sort_key", "id"], name="reviews_rating_sorted"),
        ]
        ordering = ["sort_key", "id"]
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def subject(self) -> Person | Collective | Unit:
        """Whom the rating is about."""
        return self.person or self.collective or self.organisation

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain


class RatingDossierReceipt(record.Record):
    """A dossier received by the appraising body (or the body that gets a copy), or sent back."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    received_on = models.DateField()
    is_complete = models.BooleanField(default=True)
    note = record.NfcTextField(blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rating} {self.received_on}"
