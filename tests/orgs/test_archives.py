"""Backup and restore, by the real commands in processes of their own, on whichever database the run has."""

import hashlib
import json
import tarfile
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from orgs.models import Unit, UnitKind, User
from tests.processes import database_url, run_manage

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def installation():
    """One account, one unit and one uploaded file with Vietnamese names, committed."""
    user = User.objects.create_user("CB001", password="mật khẩu dài")
    kind, _created = UnitKind.objects.get_or_create(code="so", defaults={"name": "Sở"})
    Unit.objects.create(code="SNV", name="Sở Nội vụ", kind=kind, line="state")
    upload = Path(settings.MEDIA_ROOT) / "ab" / "cd.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes("%PDF- Quyết định".encode())
    return user


@pytest.fixture
def elsewhere(tmp_path):
    """Addresses of a second, empty installation on the same kind of database."""
    uploads = str(tmp_path / "other-uploads")
    if connection.vendor == "sqlite":
        yield {"DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}", "UPLOAD_DIR": uploads}
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield {"DATABASE_URL": database_url().rsplit("/", 1)[0] + f"/{name}", "UPLOAD_DIR": uploads}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def ask(sql, address):
    """One value from the other installation's database."""
    if connection.vendor == "sqlite":
        import sqlite3

        return sqlite3.connect(address.removeprefix("sqlite:///")).execute(sql).fetchone()[0]
    with psycopg2.connect(address) as other, other.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def backup(tmp_path):
    archive = tmp_path / "saved.tar"
    ran = run_manage("backup", str(archive))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == str(archive)
    return archive


def test_restore_brings_everything_back_into_an_empty_installation(installation, tmp_path, elsewhere):
    archive = backup(tmp_path)
    assert archive.stat().st_mode & 0o777 == 0o600
    ran = run_manage("restore", str(archive), **elsewhere)
    assert ran.returncode == 0, ran.stderr
    assert ask("SELECT name FROM orgs_unit WHERE code = 'SNV'", elsewhere["DATABASE_URL"]) == "Sở Nội vụ"
    assert (
        ask("SELECT password FROM orgs_user WHERE username = 'CB001'", elsewhere["DATABASE_URL"])
        == installation.password
    )
    assert (Path(elsewhere["UPLOAD_DIR"]) / "ab" / "cd.pdf").read_bytes() == "%PDF- Quyết định".encode()
    history = "SELECT count(*) FROM orgs_auditevent WHERE action = 'installation.restored'"
    assert ask(history, elsewhere["DATABASE_URL"]) == 1
    assert run_manage("migrate", "--check", **elsewhere).returncode == 0


def test_restore_refuses_an_installation_with_content_unless_forced(installation, tmp_path):
    archive = backup(tmp_path)
    Unit.objects.update(name="Đã đổi")
    ran = run_manage("restore", str(archive))
    assert ran.returncode == 1
    assert "--force" in ran.stderr
    assert Unit.objects.get(code="SNV").name == "Đã đổi"
    connection.close()
    forced = run_manage("restore", str(archive), "--force")
    assert forced.returncode == 0, forced.stderr
    assert Unit.objects.get(code="SNV").name == "Sở Nội vụ"


def test_restore_refuses_a_damaged_archive_and_changes_nothing(installation, tmp_path, elsewhere):
    archive = backup(tmp_path)
    damaged = bytearray(archive.read_bytes())
    damaged[damaged.index("%PDF- Quyết".encode())] ^= 1
    archive.write_bytes(damaged)
    ran = run_manage("restore", str(archive), **elsewhere)
    assert ran.returncode == 1
    assert "saved.tar" in ran.stderr
    assert not Path(elsewhere["UPLOAD_DIR"]).exists()


def test_restore_refuses_a_cut_archive_and_a_missing_one(installation, tmp_path):
    archive = backup(tmp_path)
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert run_manage("restore", str(archive), "--force").returncode == 1
    assert run_manage("restore", str(tmp_path / "absent.tar"), "--force").returncode == 1
    assert User.objects.filter(username="CB001").exists()


def test_manifest_names_the_digest_of_every_member(installation, tmp_path):
    with tarfile.open(backup(tmp_path)) as archive:
        members = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
        content = archive.extractfile("uploads/ab/cd.pdf").read()
    assert members[0] == "manifest.json"
    assert sorted(manifest["files"]) == sorted(members[1:])
    assert manifest["files"]["uploads/ab/cd.pdf"] == hashlib.sha256(content).hexdigest()
    assert manifest["engine"] == connection.vendor
