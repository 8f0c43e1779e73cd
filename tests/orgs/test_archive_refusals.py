"""Archives that must not be put back: each is refused with its reason, and nothing of it arrives."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from orgs.models import AuditEvent, Person, Refusal
from orgs.services.archives import SNAPSHOTS, restore_archive

pytestmark = pytest.mark.django_db
UPLOAD = "uploads/ab/cd.pdf"


def crafted(tmp_path, *, engine=None, listed=None, told=None, **members):
    """An archive with these members; the manifest is true unless `told` or `listed` says otherwise."""
    contents = {name.replace("__", "/"): content for name, content in members.items()}
    engine = engine or connection.vendor
    contents |= {SNAPSHOTS[engine]: b"nothing that a database would read", UPLOAD: b"%PDF-1.7"}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = {"format": 1, "engine": engine, "made_at": "2024-11-20T00:00:00", "files": digests | (listed or {})}
    contents["manifest.json"] = told if told is not None else json.dumps(manifest).encode()
    target = tmp_path / "sao-luu.tar"
    with tarfile.open(target, "w") as archive:
        for name, content in contents.items():
            row = tarfile.TarInfo(name)
            row.size = len(content)
            archive.addfile(row, io.BytesIO(content))
    return target


def assert_nothing_arrived():
    assert list(Path(settings.MEDIA_ROOT).iterdir()) == []
    assert not AuditEvent.objects.filter(action="installation.restored").exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"told": b"{"},
        {"told": b"[]"},
        {"told": b'{"format": 1, "engine": "sqlite"}'},
        {"told": b'{"format": 2, "engine": "sqlite", "made_at": "", "files": {}}'},
        {"listed": {"uploads/mất.pdf": "0" * 64}},
        {"listed": {UPLOAD: "0" * 64}},
        {"uploads__../../lạ.pdf": b"out of its folder"},
    ],
    ids=["no json", "no object", "no files", "another format", "a file missing", "a file changed", "a way out"],
)
def test_archive_is_refused_whole_when_it_does_not_vouch_for_itself(tmp_path, broken):
    with pytest.raises(Refusal, match="Bản sao lưu sao-luu.tar bị hỏng hoặc không phải của hệ thống này"):
        restore_archive(source=crafted(tmp_path, **broken), may_overwrite=True)
    assert_nothing_arrived()


def test_archive_is_refused_when_it_holds_a_file_that_nobody_listed(tmp_path):
    source = crafted(tmp_path)
    with tarfile.open(source, "a") as archive:
        row = tarfile.TarInfo("uploads/thêm.pdf")
        archive.addfile(row, io.BytesIO(b""))
    with pytest.raises(Refusal, match="bị hỏng"):
        restore_archive(source=source, may_overwrite=True)
    assert_nothing_arrived()


def test_archive_of_the_other_database_is_refused(tmp_path):
    other = next(name for name in SNAPSHOTS if name != connection.vendor)
    with pytest.raises(Refusal, match=f"loại cơ sở dữ liệu khác \\({other}\\)"):
        restore_archive(source=crafted(tmp_path, engine=other), may_overwrite=True)
    assert_nothing_arrived()


def test_archive_is_refused_where_somebody_is_registered_already(tmp_path):
    Person.objects.create(full_name="Cao Thị Có Sẵn")
    with pytest.raises(CommandError, match="Bản cài này không trống"):
        call_command("restore", str(crafted(tmp_path)))
    assert Person.objects.get().full_name == "Cao Thị Có Sẵn"
    assert_nothing_arrived()


def test_archive_is_refused_before_any_file_arrives_when_its_database_cannot_be_read(tmp_path):
    own, foreign = "Cơ sở dữ liệu trong bản sao lưu bị hỏng", "loại cơ sở dữ liệu khác"
    # PostgreSQL's own tool looks into its archives; it is never asked about one of SQLite.
    with pytest.raises(CommandError, match=own if connection.vendor == "sqlite" else foreign):
        call_command("restore", str(crafted(tmp_path, engine="sqlite")), force=True)
    assert_nothing_arrived()
