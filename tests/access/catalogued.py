"""The catalogue in the scene of the access matrix: a drafted report, and a criterion proposed from An's work."""

from django.utils import timezone

from criteria.services.frameworks.proposals import propose_criterion
from registrations.models import Work
from registrations.services.catalogue.reports import draft_report
from registrations.views.catalogue.proposals import origin_of


def catalogued(made):
    """Giang reports to the Standing Committee and proposes for the frameworks of the province."""
    province, giang = made.province, made.user("giang")
    work = Work.objects.get(registration__person=province.people["an"])
    year = timezone.localdate().year
    return {
        "catalogue_report": draft_report(
            issuer=province.units["BTCTU"], collective=province.collectives["BTV-TU"], year=year, actor=giang
        ),
        "proposal": propose_criterion(
            issuer=province.units["TU"], year=year + 1, title=work.name, reason="", origin=origin_of(work), actor=giang
        ),
    }
