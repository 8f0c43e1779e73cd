"""Back up and restore a whole installation: the database and the uploads in one tar file that vouches for itself.

Inside: `database.sqlite3` or `database.dump` (pg_dump's own format), `uploads/…`, and `manifest.json` with the SHA-256
of each. Both databases are copied by their own tools while the installation runs; the database is copied first, and
files are only ever added, so that every file a row names is there.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Person, Refusal, User
from orgs.services import audit

MANIFEST = "manifest.json"
FORMAT = 1
SNAPSHOTS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
# Programs of PostgreSQL that are on nobody's PATH on Debian servers without its client package.
POSTGRESQL = "/usr/lib/postgresql"


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: engine, instant (ISO, UTC) and the SHA-256 of each member by its name."""

    engine: str
    made_at: str
    files: dict[str, str]


def write_archive(*, target: Path) -> Manifest:
    """Write the archive to `target`, whole or not at all, readable by its owner only; answers what it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with tempfile.TemporaryDirectory(prefix="tusoi-backup-") as folder:
        snapshot = Path(folder) / SNAPSHOTS[connection.vendor]
        _copy_database(snapshot)
        members = {snapshot.name: snapshot} | _uploads()
        manifest = Manifest(
            connection.vendor, timezone.now().isoformat(), {name: _sha256(path) for name, path in members.items()}
        )
        text = Path(folder) / MANIFEST
        text.write_text(json.dumps({"format": FORMAT, **vars(manifest)}, indent=1), encoding="utf-8")
        with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as sink:
            with tarfile.open(fileobj=sink, mode="w") as archive:
                for name, path in {MANIFEST: text, **members}.items():
                    archive.add(path, arcname=name, recursive=False)
            os.fsync(sink.fileno())
    part.replace(target)
    return manifest


def restore_archive(*, source: Path, may_overwrite: bool = False) -> Manifest:
    """Put an archive back; answers what it held.

    Raises Refusal, with nothing changed, when the archive is damaged or from the other database, or when this
    installation already has people or accounts and `may_overwrite` is not set.
    """
    with tempfile.TemporaryDirectory(prefix="tusoi-restore-") as name:
        folder = Path(name)
        manifest = _open_archive(source, folder)
        if manifest.engine != connection.vendor:
            raise Refusal(_("The archive was made from another kind of database (%s).") % manifest.engine)
        if not may_overwrite and _has_content():
            raise Refusal(_("This installation is not empty. Restore into an empty one, or say --force."))
        _refuse_broken_database(folder / SNAPSHOTS[manifest.engine])
        _put_back_files(folder / "uploads")
        _put_back_database(folder / SNAPSHOTS[manifest.engine])
    with transaction.atomic():
        audit.record_event(
            actor=None,
            action="installation.restored",
            object_type="archive",
            object_id=_sha256(source)[:40],
            facts={"made_at": manifest.made_at, "files": len(manifest.files)},
        )
    return manifest


def _uploads() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    found = sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []
    return {f"uploads/{path.relative_to(root).as_posix()}": path for path in found}


def _copy_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        _postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
    finally:
        copy.close()


def _open_archive(source: Path, folder: Path) -> Manifest:
    damaged = Refusal(_("The archive %s is damaged or not one of ours. Nothing was changed.") % source.name)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(told["engine"], told["made_at"], told["files"])
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise damaged from error
    if told.get("format") != FORMAT or found != set(manifest.files):
        raise damaged
    if any(_sha256(folder / name) != digest for name, digest in manifest.files.items()):
        raise damaged
    return manifest


def _has_content() -> bool:
    tables = set(connection.introspection.table_names())
    return any(model._meta.db_table in tables and model._base_manager.exists() for model in (User, Person))


def _refuse_broken_database(snapshot: Path) -> None:
    """What SQLite copied is tried before the first file is put back; pg_restore tries its own archives."""
    if connection.vendor == "postgresql":
        return
    copy = sqlite3.connect(snapshot)
    try:
        is_whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    finally:
        copy.close()
    if not is_whole:
        raise Refusal(_("The database in the archive is damaged. Nothing was changed."))


def _put_back_database(snapshot: Path) -> None:
    if connection.vendor == "postgresql":
        connection.close()
        flags = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _postgresql("pg_restore", *flags, str(snapshot))
        return
    copy = sqlite3.connect(snapshot)
    try:
        connection.ensure_connection()
        copy.backup(connection.connection)
    finally:
        copy.close()
    connection.close()


def _put_back_files(folder: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if path.is_file():
            target = root / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def _postgresql(program: str, *arguments: str) -> None:
    kept = connection.settings_dict
    newest_last = sorted(Path(POSTGRESQL).glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    binary = str(newest_last[-1]) if newest_last else shutil.which(program)
    if not binary:
        raise Refusal(_("The program %s is not installed on this machine.") % program)
    address = [f"--host={kept['HOST']}", f"--port={kept['PORT'] or 5432}", f"--username={kept['USER']}"]
    secret = {"PGPASSWORD": str(kept["PASSWORD"])} if kept["PASSWORD"] else {}
    done = subprocess.run(  # noqa: S603 - a fixed program; the arguments come from the settings
        [binary, *address, f"--dbname={kept['NAME']}", *arguments],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refusal(_("%(program)s failed: %(reason)s") % {"program": program, "reason": done.stderr[-500:]})


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
