"""A workflow act, from request to redirect, against a bare lock + UPDATE view: ``python -m benchmarks.submit``.

The act checks reach, version, guards and the idempotency key, writes state, key and history in one commit.
"""

import os

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks import province  # noqa: E402
from benchmarks.measure import Case, report  # noqa: E402
from reviews.models import Rating  # noqa: E402

GOAL = 2.0


def main() -> None:
    """Postpone and resume by turns, two requests a round on each side."""
    setup_test_environment()
    settings.ROOT_URLCONF = "benchmarks.bare"
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(province.build(200))
    rating = Rating.objects.filter(person__isnull=False).first()
    turn = iter(range(1_000_000))

    def acts() -> None:
        for move in ("postpone", "resume"):
            version = Rating.objects.values_list("version", flat=True).get(pk=rating.pk)
            body = {"version": version, "note": "đo", "idempotency_key": f"bench-{next(turn)}"}
            client.post(reverse("reviews:rating_act", args=[rating.uuid, move]), body)

    def bare() -> None:
        for note in ("một", "hai"):
            client.post(f"/bare/{rating.pk}", {"note": note})

    acts()
    with CaptureQueriesContext(connection) as queries:
        acts()
    assert Rating.objects.get(pk=rating.pk).version > 1, "the acts were refused"
    report([Case("two acts of a workflow", acts, bare, "cpu", GOAL)], counts={"queries of two acts": len(queries)})


if __name__ == "__main__":
    main()
