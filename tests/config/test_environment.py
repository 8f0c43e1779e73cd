"""Environment variables: read once, refused with a sentence in two languages."""

import re
from pathlib import Path

import pytest

from config import environment

ROOT = Path(__file__).resolve().parents[2]


def test_environment_has_safe_values_when_nothing_is_set():
    found = environment.read({})
    assert (found.debug, found.allow_demo, found.behind_proxy) == (False, False, False)
    assert (found.session_idle_minutes, found.session_absolute_hours) == (30, 12)
    assert (found.redis_url, found.database_url, found.allowed_hosts) == ("", "", ())


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "ít nhất 50 ký tự"),
        ("DEBUG", "perhaps", "phải là 1 hoặc 0"),
        ("SESSION_IDLE_MINUTES", "0", "từ 1 đến 1440"),
        ("SESSION_IDLE_MINUTES", "half", "từ 1 đến 1440"),
        ("SESSION_ABSOLUTE_HOURS", "-1", "từ 1 đến 168"),
        ("DATABASE_URL", "mysql://localhost/x", "postgres"),
        ("REDIS_URL", "http://localhost", "redis"),
        ("EMAIL_URL", "pigeon://coop", "smtp+tls"),
        ("PUBLIC_URL", "tusoi.example", "https"),
        ("LOG_LEVEL", "loud", "WARNING"),
    ],
)
def test_environment_refuses_with_a_sentence_when_a_value_is_wrong(name, value, said):
    with pytest.raises(environment.EnvironmentRefused) as refused:
        environment.read({name: value})
    sentence = str(refused.value)
    assert sentence.startswith(f"Biến môi trường {name}: ")
    assert f"Environment variable {name}: " in sentence
    assert said in sentence


def test_secret_is_read_from_a_file_when_named(tmp_path):
    (tmp_path / "key").write_text("k" * 60 + "\n")
    assert environment.read({"SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "k" * 60


def test_secret_file_is_refused_when_it_cannot_be_read(tmp_path):
    with pytest.raises(environment.EnvironmentRefused, match="SECRET_KEY_FILE: không đọc được"):
        environment.read({"SECRET_KEY_FILE": str(tmp_path / "absent")})


def test_only_secrets_come_from_files(tmp_path):
    (tmp_path / "level").write_text("DEBUG")
    assert environment.read({"LOG_LEVEL_FILE": str(tmp_path / "level")}).log_level == "INFO"


def test_production_refuses_when_a_needed_variable_is_missing():
    with pytest.raises(environment.EnvironmentRefused, match="ALLOWED_HOSTS: bắt buộc"):
        environment.required(environment.read({"SECRET_KEY": "k" * 60}), "SECRET_KEY", "ALLOWED_HOSTS")


def test_file_completes_the_environment_but_never_overrides_it(tmp_path):
    (tmp_path / ".env").write_text('# note\nLOG_LEVEL=ERROR\nEMAIL_FROM="a@b.vn"\nDEBUG=1\n')
    found = environment.read(environment.with_file({"LOG_LEVEL": "WARNING"}, tmp_path / ".env"))
    assert (found.log_level, found.email_from, found.debug) == ("WARNING", "a@b.vn", True)


def test_database_address_becomes_a_connection():
    found = environment.database("postgres://u:p%40ss@db:5433/tusoi")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", 5433, "tusoi")
    assert (found["USER"], found["PASSWORD"]) == ("u", "p@ss")
    assert found["ENGINE"] == "django.db.backends.postgresql"


def test_mail_address_becomes_settings():
    found = environment.email("smtp+tls://u:p@mail.example:587")
    assert found["EMAIL_HOST"] == "mail.example"
    assert found["EMAIL_PORT"] == 587
    assert found["EMAIL_USE_TLS"] is True
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_example_file_explains_every_variable_and_no_other():
    written = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert written == set(environment.VARIABLES)


def test_environment_is_read_in_one_place_only():
    allowed = {"config/environment.py", "config/settings/base.py", "config/settings/test.py"}
    allowed |= {"config/celery.py", "config/wsgi.py", "manage.py"}
    allowed |= {"orgs/services/archives.py"}  # hands the environment on to pg_dump; reads nothing from it
    readers = {
        str(path.relative_to(ROOT))
        for folder in ("config", "orgs", "criteria", "registrations", "reviews")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    }
    assert readers <= allowed
