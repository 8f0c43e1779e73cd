"""Uploaded and produced files, and the versions of documents that were printed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record


class FilePurpose(models.TextChoices):
    """Why a file is here; together with the owner object it decides who may open it."""

    EVIDENCE = "evidence", _("Evidence")
    OPINION = "opinion", _("Opinion")
    SOURCE = "source", _("Source document")
    SIGNED_SCAN = "signed_scan", _("Signed scan")
    PRODUCED = "produced", _("Produced document")
    IMPORT = "import", _("Import workbook")


class StoredFile(record.Record):
    """A file outside static, named by its digest on disk; served only by a scoped view.

    `object_type` and `object_id` say to which record it belongs ("reviews.Review", its uuid): who may see
    that record may open the file.
    """

    name = record.NfcCharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=FilePurpose.choices)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="files")

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="orgs_file_object")]
        ordering = ["id"]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name


class DocumentVersion(record.Record):
    """A document as it was produced: its code stands on the paper (with a QR), so a signed scan finds it again."""

    code = models.CharField(_("version code"), max_length=16, unique=True)
    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    title = record.NfcCharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    signed_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    produced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="orgs_version_object")]
        ordering = ["-id"]
        verbose_name = _("document version")
        verbose_name_plural = _("document versions")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
