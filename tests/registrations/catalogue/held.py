"""What the tests of the catalogue begin with: works of several people in several states."""

import subprocess
from datetime import date, timedelta

from django.utils import timezone

from registrations.models import Work
from registrations.services.works import outcomes, progress
from tests.registrations.works.written import HARD, NEW, YEAR, received, reported, running

BLOCKED = "Chưa có đơn giá bồi thường."


def today():
    return timezone.localdate()


def both(province, who="an"):
    """Two works of `who` in the catalogue: the hard one in the field of land, the new one in that of reform."""
    row = received(province, who, works=(("hard", HARD), ("new", NEW)))
    return list(row.works.order_by("id"))


def obstructed(province, who="an", *, body="UBND", days=12):
    """A work under way that waits for a body since so many days."""
    work = running(province, who)
    progress.report_obstacle(
        work=work,
        text=BLOCKED,
        found_on=today() - timedelta(days=days),
        waits_for=province.units[body] if body else None,
        actor=province.users[who],
    )
    return work


def verified(province, who="an", outcome="done", words="Đã kiểm tra thực tế, đúng như báo cáo.", by="giang"):
    """A work whose outcome the receiving body has verified."""
    work = reported(province, who, outcome)
    return outcomes.verify_outcome(
        work=work,
        outcome=outcome,
        words=words,
        document="BC 12-BC/BTCTU",
        version=work.version,
        actor=province.users[by],
    )


def more_works(count):
    """So many works more beside the first, written straight into the table: only their number matters."""
    first = Work.objects.order_by("id").first()
    Work.objects.bulk_create(
        Work(
            registration=first.registration,
            kind="hard",
            order=place + 10,
            field="land",
            name=f"Việc thứ {place}",
            starts_on=date(YEAR, 1, 1),
            finishes_on=date(YEAR, 12, 20),
            workflow_name="work",
            state="under_way",
        )
        for place in range(count)
    )


def names(response):
    return [work.name for work in response.context["page_obj"]]


def words_of(pdf):
    """The text of a PDF on one line."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
