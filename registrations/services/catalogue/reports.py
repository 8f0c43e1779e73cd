"""The report on the catalogue: drafted from today's figures, brought up to date, numbered, sent to who directs."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs import access, roles
from orgs.documents import render_docx
from orgs.models import Collective, Forbidden, Refusal, RoleGrant, Stale, Unit, User
from orgs.services import audit
from orgs.services.messages import Letter, tell
from orgs.services.versions import Paper
from registrations.documents.catalogue_report import first_opening, first_requests, report_sheet
from registrations.models import CatalogueReport
from registrations.selectors.catalogue import reports as selectors

NOT_NUMBERED = gettext_lazy("The report is kept once it has its number and date.")


@dataclass(frozen=True)
class ReportWords:
    """What the officer writes: number and day, the three texts, who signs."""

    number: str = ""
    written_on: date | None = None
    opening: str = ""
    assessment: str = ""
    requests: str = ""
    signatory_title: str = ""
    signatory: str = ""


@transaction.atomic
def draft_report(*, issuer: Unit, collective: Collective, year: int, actor: User) -> CatalogueReport:
    """A draft with the figures and rows of today. Refusal where nothing was received for that body in the year."""
    _refuse_stranger(issuer, actor)
    if not selectors.works_reported(issuer, collective, year).exists():
        raise Refusal(_("Nothing of %(year)s was received for %(body)s.") % {"year": year, "body": collective})
    addressee = selectors.addressee_for(issuer, collective)
    report = CatalogueReport.objects.create(
        issuer=issuer,
        collective=collective,
        addressee=addressee,
        year=year,
        opening=first_opening(issuer, addressee, year),
        requests=first_requests(collective),
        content=selectors.content_of(issuer, collective, year),
        counted_on=timezone.localdate(),
        written_by=actor,
    )
    _record(report, "catalogue_report.drafted", actor)
    return report


@transaction.atomic
def update_report(*, report: CatalogueReport, words: ReportWords, version: int, actor: User) -> CatalogueReport:
    """Write the draft; its figures are counted again."""
    row = _locked_draft(report, version, actor)
    if not words.opening.strip():
        raise Refusal(_("The report has no text."), field="opening")
    if words.written_on and words.written_on > timezone.localdate():
        raise Refusal(_("The date lies in the future."), field="written_on")
    _refuse_used_number(row, words.number.strip())
    for name in ReportWords.__dataclass_fields__:
        setattr(row, name, getattr(words, name))
    row.content = selectors.content_of(row.issuer, row.collective, row.year)
    row.counted_on, row.version = timezone.localdate(), row.version + 1
    row.save()
    _record(row, "catalogue_report.updated", actor)
    return row


@transaction.atomic
def send_report(*, report: CatalogueReport, version: int, actor: User) -> CatalogueReport:
    """The report goes out as it stands: it no longer changes, and who records for the body is told."""
    row = _locked_draft(report, version, actor)
    if not (row.number and row.written_on):
        raise Refusal(_("Give the report its number and date first."), field="number")
    if not row.signatory:
        raise Refusal(_("Say who signs the report first."), field="signatory")
    row.sent_at, row.version = timezone.now(), row.version + 1
    row.save(update_fields=["sent_at", "version"])
    _tell(row)
    _record(row, "catalogue_report.sent", actor)
    return row


@override("vi")
def report_paper(report: CatalogueReport) -> Paper:
    """The report as a paper that is kept and signed; a draft until it is sent."""
    title = _("Report %(number)s on registered works %(year)s") % {"number": report.number, "year": report.year}
    reason = "" if report.number and report.written_on else NOT_NUMBERED
    name = f"Báo cáo danh mục công việc đăng ký {report.year} {report.number}".strip()
    return Paper((report_sheet(report),), selectors.PAPER, title, name, report, selectors.LABEL, "system", reason)


def report_docx(report: CatalogueReport) -> bytes:
    """The same as a Word file, to be worked on by hand."""
    return render_docx(report_sheet(report))


def _refuse_stranger(issuer: Unit, actor: User) -> None:
    if issuer.pk not in access.viewer_of(actor, fresh=True).units_of(roles.OFFICER):
        raise Forbidden(_("Only an officer of “%(body)s” reports in its name.") % {"body": issuer})


def _locked_draft(report: CatalogueReport, version: int, actor: User) -> CatalogueReport:
    _refuse_stranger(report.issuer, actor)
    rows = CatalogueReport.objects.select_for_update(of=("self",)).select_related("issuer", "collective")
    row = rows.get(pk=report.pk)
    if row.sent_at is not None:
        raise Refusal(_("The report %(number)s was sent and does not change.") % {"number": row.number})
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    return row


def _refuse_used_number(row: CatalogueReport, number: str) -> None:
    others = CatalogueReport.objects.filter(issuer=row.issuer, year=row.year, number=number).exclude(pk=row.pk)
    if number and others.exists():
        raise Refusal(_("Another report of %(year)s has this number.") % {"year": row.year}, field="number")


def _tell(report: CatalogueReport) -> None:
    held = RoleGrant.objects.current(timezone.localdate()).filter(
        collective=report.collective, role__in=(roles.RECORDER, roles.CONFIRMER)
    )
    told = User.objects.filter(pk__in=held.values("user"), is_active=True)
    with override(settings.LANGUAGE_CODE):
        subject = _("Report on registered works %(year)s of %(body)s") % {"year": report.year, "body": report.issuer}
    address = reverse("registrations:report_detail", args=[report.uuid])
    tell(
        Letter(user, subject, report.opening, f"{report._meta.label}:{report.uuid}:sent", address)
        for user in told.order_by("pk")
    )


def _record(report: CatalogueReport, action: str, actor: User) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=selectors.LABEL,
        object_id=str(report.uuid),
        unit_path=report.issuer.code,
        role=roles.OFFICER,
        facts={"number": report.number, "year": report.year, "works": report.content["figures"]["total"]},
    )
