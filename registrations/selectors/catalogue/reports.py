"""Reports on the catalogue: who writes, who reads, to whom one may report, what the draft says of today's catalogue."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs import access, roles
from orgs.models import Collective, Unit, User
from orgs.selectors.files import Shelf, register_readers, register_signers, versions_of
from registrations.models import CatalogueReport, Registration, Work, WorkField, WorkKind
from registrations.selectors.catalogue import catalogue, stuck

LABEL, PAPER = "registrations.CatalogueReport", "catalogue_report"
# The longest waits stand in the report; all of them stand in the workbook.
STUCK_ROWS = 20


def written_by_body_of(user: User) -> QuerySet[CatalogueReport]:
    """The reports that `user` writes: those of the bodies whose officer he is."""
    units = access.viewer_of(user).units_of(roles.OFFICER)
    return CatalogueReport.objects.filter(issuer__in=units)


def visible_to(user: User) -> QuerySet[CatalogueReport]:
    """Those of his own body, and the sent ones to a body for which he records or confirms."""
    viewer = access.viewer_of(user)
    bodies = viewer.collectives_of(roles.RECORDER) | viewer.collectives_of(roles.CONFIRMER)
    own = Q(issuer__in=viewer.units_of(roles.OFFICER))
    rows = CatalogueReport.objects.select_related("issuer__parent", "collective", "written_by__person")
    return rows.filter(own | Q(collective__in=bodies, sent_at__isnull=False)).order_by("-id")


def issuers_for(user: User) -> QuerySet[Unit]:
    """The bodies in whose name `user` may report: those that have received registrations and whose officer he is."""
    units = access.viewer_of(user).units_of(roles.OFFICER)
    received = Registration.objects.filter(receiving_unit__in=units, received_at__isnull=False)
    rows = Unit.objects.without_tree_fields().filter(pk__in=received.values("receiving_unit"))
    return rows.order_by("sort_key", "code")


def may_report(user: User) -> bool:
    """Whether there is a body in whose name `user` may report."""
    units = access.viewer_of(user).units_of(roles.OFFICER)
    return bool(units) and Registration.objects.filter(receiving_unit__in=units, received_at__isnull=False).exists()


def readers_for(issuers: QuerySet[Unit]) -> QuerySet[Collective]:
    """To whom may be reported: the bodies for which the registrations were received."""
    received = Registration.objects.filter(receiving_unit__in=issuers.values("pk"), received_at__isnull=False)
    return Collective.objects.filter(pk__in=received.values("receiving_collective")).order_by("name")


def years_for(issuers: QuerySet[Unit]) -> list[int]:
    """The years of these registrations, the newest first."""
    received = Registration.objects.filter(receiving_unit__in=issuers.values("pk"), received_at__isnull=False)
    return sorted(received.order_by().values_list("year", flat=True).distinct(), reverse=True)


def addressee_for(issuer: Unit, collective: Collective) -> str:
    """What "Kính gửi" says: as it was frozen with the registrations; else the name of the collective."""
    rows = Registration.objects.filter(receiving_unit=issuer, receiving_collective=collective)
    found = rows.exclude(addressee="").order_by("-sent_at", "-id").values_list("addressee", flat=True).first()
    return found or collective.name


def works_reported(issuer: Unit, collective: Collective, year: int) -> QuerySet[Work]:
    """The works of the catalogue that the report is about."""
    rows = Work.objects.filter(
        registration__receiving_unit=issuer, registration__receiving_collective=collective, registration__year=year
    )
    return catalogue.works.entered(rows).select_related(*catalogue.RELATED)


def content_of(issuer: Unit, collective: Collective, year: int) -> dict[str, Any]:
    """The figures and rows of today, in the words of the paper (`CatalogueReport.content`)."""
    rows = works_reported(issuer, collective, year)
    waits = stuck.waits_of(rows)
    with override("vi"):
        return {
            "figures": vars(catalogue.totals_of(rows)) | {"people": _people(rows), "waits": len(waits)},
            "fields": _by_field(rows),
            "works": [_work(work) for work in catalogue.in_order(rows)],
            "stuck": [_stuck(row) for row in stuck.rows_of(waits[:STUCK_ROWS])],
        }


def _people(rows: QuerySet[Work]) -> int:
    return rows.order_by().values("registration").distinct().count()


def _by_field(rows: QuerySet[Work]) -> list[list[Any]]:
    found = dict(rows.order_by().values_list("field").annotate(Count("pk")))
    return [[str(field.label), found[field.value]] for field in WorkField if found.get(field.value)]


def _work(work: Work) -> list[str]:
    """Who, where, what, of which part of the form, until when, how it stands."""
    registration = work.registration
    outcome = work.get_verified_outcome_display() or _(work.state_row.label)
    until = f"{work.finishes_on:%d/%m/%Y}" if work.finishes_on else ""
    return [str(registration.subject), registration.unit_name, work.name, work.kind, until, outcome]


def _stuck(row: stuck.StuckRow) -> list[Any]:
    """Which work, whose, what it waits for, for whom, since when, for how many days."""
    whom = row.body.name if row.body else ""
    what = row.text or WAITS[row.wait.kind]
    return [row.work.name, str(row.work.registration.subject), what, whom, f"{row.wait.since:%d/%m/%Y}", row.days]


# The report is an official paper: what it lists is Vietnamese, whatever the language of the page.
WAITS = {stuck.CHANGE: "Đề nghị điều chỉnh nội dung đăng ký", stuck.REPORT: "Kết quả chờ xác nhận"}
PARTS = {WorkKind.HARD.value: "Việc khó", WorkKind.NEW.value: "Việc mới"}


def is_outdated(report: CatalogueReport) -> bool:
    """Whether the draft shows the figures of an earlier day."""
    return report.sent_at is None and report.counted_on < timezone.localdate()


def shelf_of(report: CatalogueReport, *, may_produce: bool) -> Shelf:
    """The kept versions of the paper."""
    address = reverse("registrations:report_paper", args=[report.uuid])
    rows = versions_of(LABEL, str(report.uuid)).filter(kind=PAPER)
    return Shelf(_("Report on registered works"), address, tuple(rows), may_produce)


def register() -> None:
    """Open the kept papers to their readers, their pen to who writes; called from `AppConfig.ready`."""
    register_readers(LABEL, visible_to)
    register_signers(LABEL, written_by_body_of)
