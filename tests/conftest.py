"""What every test stands on: the same language, uploads of its own, and the servers where a test names them."""

import gc
import os
import pickle
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from tests import cast, databases

# Playwright's loop runs in the test's thread; without this Django refuses the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.processes", "tests.orders"]


def pytest_collection_finish(session):
    """What is loaded by now stays: the collector need not walk through it again after every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs real servers where there are none, and the full sizes outside the nightly run.

    They are counted as deselected; the second run of `make test` has the servers and leaves nothing out.
    """
    for item in items:
        # The province asks for the database itself, too late for a run in which no other test says that it needs one.
        if "province" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db)
        # `--dist loadgroup`: a file's processes stay together, and all of tests/deploy stand on one installation.
        if item.get_closest_marker("processes"):
            group = item.path.parent if item.path.parent.name == "deploy" else item.path
            item.add_marker(pytest.mark.xdist_group(group.name))
    _put_the_province_last(items)
    # The longest first: nobody waits at the end for one test of two minutes. The order is otherwise kept.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    left = []
    if not django_settings.REDIS_URL:
        left += [item for item in items if item.get_closest_marker("servers")]
    if not os.environ.get("NIGHTLY"):
        left += [item for item in items if item.get_closest_marker("nightly")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _put_the_province_last(items):
    """In each module that shares the province, what needs an empty database comes before it is written."""
    modules = {}
    for place, item in enumerate(items):
        modules.setdefault(item.path, []).append(place)
    for places in modules.values():
        rows = [items[place] for place in places]
        if not any(_commits(row) for row in rows):
            rows.sort(key=lambda row: "province" in getattr(row, "fixturenames", ()))
        for place, row in zip(places, rows, strict=True):
            items[place] = row


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The database of this process begins as a copy of one that was migrated once (tests/databases.py)."""
    copy = databases.start_from_copy()
    yield
    if copy:
        for file in copy.parent.glob(f"{copy.name}*"):
            file.unlink()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The copy on SQLite is there already; on PostgreSQL the server makes it."""
    return connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test begins in the default language, whatever the one before left behind."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    Path(settings.MEDIA_ROOT).mkdir()


@pytest.fixture(scope="session", autouse=True)
def _history_can_be_emptied_between_tests():
    """The triggers that keep the history refuse the flush after a transactional test: lift them for that moment."""
    triggers = import_module("orgs.migrations.0002_audit_triggers")
    empty_tables = TransactionTestCase._fixture_teardown

    def teardown(test_case):
        with connection.schema_editor() as editor:
            triggers.unguard(None, editor)
        empty_tables(test_case)
        with connection.schema_editor() as editor:
            triggers.guard(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="module")
def written_once(request, django_db_setup, django_db_blocker):
    """For fixtures of a module: `with written_once(make) as kept` calls `make()` inside a transaction that is rolled
    back after the module's last test, and yields its answer pickled.

    None where a test of the module commits: nothing may lie open then.
    """
    commits = any(_commits(item) for item in request.session.items if item.path == request.path)

    @contextmanager
    def write(make):
        if commits:
            yield None
            return
        with django_db_blocker.unblock(), translation.override("vi"), transaction.atomic():
            kept = pickle.dumps(make())
            with django_db_blocker.block():
                yield kept
            transaction.set_rollback(True)

    return write


@pytest.fixture(scope="module")
def _province(written_once):
    """The small province, written once for a module."""
    with written_once(cast.province) as kept:
        yield kept


@pytest.fixture
def province(request, _province):
    """The small province of tests/cast.py, as objects that no other test has touched."""
    request.getfixturevalue("transactional_db" if _commits(request.node) else "db")
    return pickle.loads(_province) if _province else cast.province()


def _commits(item):
    marker = item.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(named or (marker and marker.kwargs.get("transaction")))
