"""The empty database of a run, migrated once: every worker, and every later run, starts from a copy of it.

Kept under var/tests as a file on SQLite, as a template on the server on PostgreSQL; named by what the migrations say,
so that a changed one is never missed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[1]
KEPT = settings.DATA_DIR / "tests"
# What a fresh database depends on; migrations name functions and bases of the models of `orgs`.
SOURCES = ("*/migrations/*.py", "orgs/models/*.py", "requirements.txt")
MAINTENANCE = "postgres"
DAY = 24 * 3600


def key() -> str:
    """Sixteen characters that change with everything on which a fresh database depends."""
    told = hashlib.sha256(sys.version.encode())
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        told.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return told.hexdigest()[:16]


def start_from_copy() -> Path | None:
    """Let the test database of this process begin as a copy; answers its file on SQLite, to be removed at the end."""
    connection = connections["default"]
    test = connection.settings_dict["TEST"]
    with _alone():
        if connection.vendor == "postgresql":
            test["TEMPLATE"] = template(connection.settings_dict)
            return None
        for left in KEPT.glob("test-*"):
            # Of a run that was ended before its end.
            if time.time() - left.stat().st_mtime > DAY:
                left.unlink()
        copy = Path(connection.creation._get_test_db_name())
        shutil.copyfile(migrated_file(), copy)
    return copy


def migrated_file() -> Path:
    """The migrated SQLite file; older ones are thrown away."""
    kept = KEPT / f"migrated-{key()}.sqlite3"
    if not kept.exists():
        for old in KEPT.glob("migrated-*"):
            old.unlink()
        part = kept.with_suffix(".part")
        _migrate(f"sqlite:///{part}")
        part.rename(kept)
    return kept


def template(server: dict) -> str:
    """The name of the migrated database on this server."""
    name = f"migrated_{key()}"
    part = f"{name}_part"
    where = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "password": server["PASSWORD"]}
    with closing(psycopg2.connect(dbname=MAINTENANCE, **where)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(part)))
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(part)))
                _migrate(f"postgres://{server['USER']}@{server['HOST']}:{server['PORT']}/{part}")
                cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (part, name))))
    return name


def _migrate(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@contextmanager
def _alone():
    """One process migrates, the others wait for what it made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
