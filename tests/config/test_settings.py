"""What the settings promise, tried on the running product and not read off the file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import connection
from django.utils import formats, translation

from config.addresses import client_address
from config.cache import ForgivingRedisCache
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


def run_python(code, **environment):
    """Run a line in a fresh interpreter with only these variables."""
    kept = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | environment, text=True, capture_output=True, check=False
    )


@pytest.fixture
def production(tmp_path):
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "SECRET_KEY": "k9" * 40 + "-abcdefgh",
        "ALLOWED_HOSTS": "tusoi.example",
        "PUBLIC_URL": "https://tusoi.example",
        "DATA_DIR": str(tmp_path),
    }


def test_embedded_database_is_durable_and_keeps_references(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.db import connection, transaction\n"
        "cursor = connection.cursor()\n"
        "for name in ('journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'):\n"
        "    print(name, cursor.execute(f'PRAGMA {name}').fetchone()[0])\n"
        "print(connection.settings_dict['OPTIONS']['transaction_mode'])\n"
    )
    ran = run_python(code, DJANGO_SETTINGS_MODULE="config.settings.dev", DATA_DIR=str(tmp_path))
    assert ran.stdout.split("\n")[:5] == [
        "journal_mode wal",
        "synchronous 2",
        "foreign_keys 1",
        "busy_timeout 20000",
        "IMMEDIATE",
    ], ran.stderr


def test_production_refuses_to_start_without_its_secrets():
    ran = run_python("import config.settings.prod", DJANGO_SETTINGS_MODULE="config.settings.prod")
    assert ran.returncode != 0
    assert "Biến môi trường SECRET_KEY: bắt buộc" in ran.stderr


def test_command_says_one_sentence_when_the_environment_is_refused():
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=os.environ | {"DEBUG": "maybe"}, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.strip().startswith("Biến môi trường DEBUG: ")
    assert "Traceback" not in ran.stderr


def test_production_binds_cookies_to_the_host_and_to_tls(production):
    code = (
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.ALLOW_DEMO)"
    )
    ran = run_python(code, **production)
    assert ran.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "False", "True", "True", "False"], (
        ran.stderr
    )


def test_production_passes_the_deployment_check(production):
    ran = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env={"PATH": os.environ["PATH"]} | production, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_first_hasher_of_the_product_is_argon2():
    ran = run_python(
        "import django; django.setup()\nfrom django.contrib.auth import hashers\nprint(hashers.get_hasher().algorithm)",
        DJANGO_SETTINGS_MODULE="config.settings.dev",
    )
    assert ran.stdout.strip() == "argon2"
    assert get_hasher().algorithm == "md5"  # the tests' own, cheap one: the control of the line above


@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_are_written_day_first_in_both_languages(language):
    import datetime as dt

    with translation.override(language):
        assert formats.date_format(dt.date(2024, 12, 5)) == "05/12/2024"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"


def test_vietnamese_numbers_have_a_decimal_comma():
    import decimal

    with translation.override("vi"):
        assert formats.localize(decimal.Decimal("1234.5"), use_l10n=True) in {"1234,5", "1.234,5"}


def test_cache_is_a_miss_and_not_an_error_when_redis_is_away(caplog):
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})
    cache.set("a", 1)
    assert cache.get("a", "absent") == "absent"
    assert cache.add("a", 1) is False
    assert cache.delete("a") is False
    assert "The cache is away" in caplog.text


@pytest.mark.servers
def test_cache_keeps_values_in_redis():
    cache: BaseCache = caches["default"]
    assert isinstance(cache, ForgivingRedisCache)
    cache.set("tên", "Đặng", 30)
    assert cache.get("tên") == "Đặng"
    assert cache.delete("tên") is True
    assert cache.get("tên") is None


@pytest.mark.servers
@pytest.mark.django_db
def test_postgresql_gives_up_waiting_instead_of_hanging():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "1min"


def test_client_address_believes_the_proxy_only_when_there_is_one(rf, settings):
    request = rf.get("/", HTTP_X_REAL_IP="10.1.2.3", REMOTE_ADDR="192.0.2.9")
    settings.BEHIND_PROXY = False
    assert client_address(request) == "192.0.2.9"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "10.1.2.3"
