"""People, and the level that manages each of them (diện quản lý)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import names, record
from orgs.models.units import Unit


class ManagingAuthority(record.Record):
    """A level of management (diện quản lý); the highest `rank` number manages the highest posts.

    `advisory_unit` is the body that advises this level on cadres; `is_excluded` keeps the level out of here.
    """

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=200)
    rank = models.PositiveIntegerField(_("rank"), default=10)
    advisory_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("advisory body")
    )
    is_excluded = models.BooleanField(_("kept out of this installation"), default=False)

    class Meta:
        ordering = ["-rank", "name"]
        verbose_name = _("managing authority")
        verbose_name_plural = _("managing authorities")

    def __str__(self) -> str:
        return self.name


class Gender(models.TextChoices):
    """Gender as the cadre register writes it."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Standing(models.TextChoices):
    """The State-side standing of a person, which decides the State rating and its form."""

    OFFICIAL = "official", _("Official (cán bộ)")
    CIVIL_SERVANT = "civil_servant", _("Civil servant (công chức)")
    PUBLIC_EMPLOYEE = "public_employee", _("Public employee (viên chức)")
    OUTSIDE = "outside_system", _("Outside the State system")


class PersonQuerySet(models.QuerySet):
    """People that speak: present on a day, matching a search."""

    def present(self, on: object) -> "PersonQuerySet":
        """People not yet ended on the day `on`."""
        return self.filter(models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=on))

    def matching(self, text: str) -> "PersonQuerySet":
        """People whose folded name contains the folded `text`, or who have it as cadre code."""
        return self.filter(models.Q(search__contains=names.fold(text)) | models.Q(code__iexact=text.strip()))


class Person(record.Record):
    """A cadre, civil servant, public employee or Party member. Ends by date, is never deleted."""

    code = record.NfcCharField(
        _("cadre code"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[\w.\-/]+$", _("Use letters, digits, dot, dash and slash only."))],
    )
    full_name = record.NfcCharField(_("full name"), max_length=200)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    managing_authority = models.ForeignKey(
        ManagingAuthority, models.PROTECT, null=True, blank=True, verbose_name=_("managing authority")
    )
    standing = models.CharField(
        _("State-side standing"), max_length=20, choices=Standing.choices, default=Standing.CIVIL_SERVANT
    )
    is_party_member = models.BooleanField(_("Party member"), default=True)
    party_admitted_on = models.DateField(_("admitted to the Party on"), null=True, blank=True)
    party_cell = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="cell_members", verbose_name=_("Party cell")
    )
    ended_on = models.DateField(_("left the register on"), null=True, blank=True)
    ended_reason = record.NfcCharField(_("reason of leaving"), max_length=200, blank=True)
    search = models.CharField(max_length=400, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="orgs_person_sorted")]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name

    def save(self, **kwargs: object) -> None:
        """Keep the search and sort columns true to the name."""
        self.fill_columns()
        super().save(**kwargs)

    def fill_columns(self) -> None:
        """Set the search and sort columns; bulk writers, which skip `save`, call this."""
        self.code = self.code or None
        self.search = names.fold(self.full_name)
        self.sort_key = names.sort_key(self.full_name, given_name_first=True)
