"""What stands about oneself: the rows of the register about the person, his collectives and the agency he heads."""

from dataclasses import dataclass

from django.db.models import Q

from orgs import access, roles
from orgs.models import User
from registrations.models import Discipline, Finding, PastRating, RunningRemark, Shortcoming

RELATED = ("person", "collective__unit", "unit")


@dataclass(frozen=True)
class OwnRecord:
    """Everything of the register that is about the viewer, withdrawn rows too, the newest first."""

    discipline: tuple[Discipline, ...]
    findings: tuple[Finding, ...]
    shortcomings: tuple[Shortcoming, ...]
    remarks: tuple[RunningRemark, ...]
    past: tuple[PastRating, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return not (self.discipline or self.findings or self.shortcomings or self.remarks or self.past)


def own_record(user: User) -> OwnRecord:
    """The record of who asks; one query for each kind of row."""
    viewer = access.viewer_of(user)
    seats = viewer.collectives_of(roles.MEMBER)
    about = Q(person=viewer.person_id) if viewer.person_id else Q(pk__in=[])
    beside = about | Q(collective__in=seats)
    whole = beside | Q(unit__in=viewer.units_of(roles.UNIT_HEAD))
    rows = RunningRemark.objects.filter(beside).select_related("person", "collective__unit", "author__person")
    return OwnRecord(
        discipline=tuple(Discipline.objects.filter(whole).select_related(*RELATED).prefetch_related("corrections")),
        findings=tuple(Finding.objects.filter(whole).select_related(*RELATED).prefetch_related("corrections")),
        shortcomings=tuple(Shortcoming.objects.filter(whole).select_related(*RELATED, "verified_by__person")),
        remarks=tuple(rows),
        past=tuple(PastRating.objects.filter(whole).select_related(*RELATED).order_by("-counted_year", "pk")),
    )
