"""People list and review list at two sizes of a province: ``python -m benchmarks.pages``.

Exact and gating: queries equal at both sizes and at most 12, bytes of the page and of the session equal but for the
figures in them. Printed: the page against the bare page of the same account (login, session, menu, nothing listed).
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.contrib.sessions.models import Session  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks import province  # noqa: E402
from benchmarks.measure import Case, report  # noqa: E402

SIZES = (1_000, 10_000)
PAGES = ("orgs:people_list", "reviews:review_list")
MOST_QUERIES = 12
# What may differ between two sizes: figures such as "10.000+", a longer code, a token.
SLACK_BYTES = 600
GOAL = 4.0


def main() -> int:
    """Measure at both sizes; exit 1 when a gate fails."""
    counts: dict[str, object] = {}
    seen: dict[str, list[tuple[int, int, int]]] = {name: [] for name in PAGES}
    cases: list[Case] = []
    for size in SIZES:
        client = _province(size)
        for name in PAGES:
            seen[name].append(_exact(client, name))
            counts[f"{name} at {size}: queries, page bytes, session bytes"] = seen[name][-1]
        if size == SIZES[-1]:
            cases = [
                Case(f"{name} at {size}", _get(client, name), _get(client, "orgs:account_own"), "cpu", GOAL)
                for name in PAGES
            ]
    report(cases, counts=counts)
    return int(sum(_fails(name, rows) for name, rows in seen.items()) > 0)


def _province(size: int) -> Client:
    call_command("migrate", verbosity=0)
    if size != SIZES[0]:
        _empty()
    client = Client()
    client.force_login(province.build(size))
    return client


def _empty() -> None:
    """The triggers that keep the history refuse to empty it: lift them for that moment."""
    triggers = import_module("orgs.migrations.0002_audit_triggers")
    with connection.schema_editor() as editor:
        triggers.unguard(None, editor)
    call_command("flush", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        triggers.guard(None, editor)


def _get(client: Client, name: str) -> Callable[[], object]:
    return lambda: client.get(reverse(name))


def _exact(client: Client, name: str) -> tuple[int, int, int]:
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(reverse(name))
    session = Session.objects.get(session_key=client.session.session_key)
    return len(queries), len(page.content), len(session.session_data)


def _fails(name: str, rows: list[tuple[int, int, int]]) -> bool:
    (queries, size, session), (more_queries, more_size, more_session) = rows
    wrong = [
        f"{name}: {more_queries} queries, at most {MOST_QUERIES}" if more_queries > MOST_QUERIES else "",
        f"{name}: queries grow from {queries} to {more_queries}" if queries != more_queries else "",
        f"{name}: the page grows from {size} to {more_size} bytes" if abs(more_size - size) > SLACK_BYTES else "",
        f"{name}: the session grows from {session} to {more_session} bytes" if more_session - session > 50 else "",
    ]
    for sentence in filter(None, wrong):
        print(sentence, file=sys.stderr)
    return any(wrong)


if __name__ == "__main__":
    sys.exit(main())
