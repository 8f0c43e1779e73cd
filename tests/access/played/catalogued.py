"""The catalogue in the tables of lists and forms."""

from django.utils import timezone

from registrations.models import CatalogueReport, Obstacle
from tests.access.played import registered
from tests.access.played.acts import catalogue
from tests.registrations.works import written

# Rights, filters with the places, years and bodies that occur, figures and rows stand on one page.
CATALOGUE = 14


def stuck(made, number):
    """One more work that waits for the People's Committee."""
    Obstacle.objects.create(
        work=registered.work_of(made, number),
        text=f"Vướng mắc số {number}",
        found_on=written.today(),
        waits_for=made.province.units["UBND"],
        written_by=made.user("binh"),
    )


def report(made, number):
    """One more draft."""
    CatalogueReport.objects.create(
        issuer=made.province.units["BTCTU"],
        collective=made.province.collectives["BTV-TU"],
        addressee="Thường trực Tỉnh ủy",
        year=written.YEAR,
        number=f"{number}-BC/BTCTU",
        counted_on=timezone.localdate(),
        written_by=made.user("giang"),
    )


def begun(made):
    """A report that is begun in the page."""
    given = catalogue.drafting(made, 0)
    return [], {name: getattr(value, "pk", value) for name, value in given.items()}


FORMS = (("registrations:report_create", "draft_report", "giang", begun),)
