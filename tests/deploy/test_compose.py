"""docker-compose.yml: what it promises, and each of its commands as a running process."""

import re
import subprocess
import urllib.request
from pathlib import Path

import pytest
import yaml

from config import environment
from tests.processes import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
OURS = ("prepare", "web", "worker", "beat")

pytestmark = [pytest.mark.processes, pytest.mark.servers]


def says(words):
    return lambda log: words in log.read_text(errors="replace")


def test_compose_names_every_part_of_the_installation():
    assert set(COMPOSE["services"]) == {"db", "redis", "prepare", "web", "worker", "beat", "nginx"}


def test_compose_passes_only_variables_that_the_product_reads():
    known = set(environment.VARIABLES) | {f"{name}_FILE" for name in environment.SECRETS}
    known |= {"DJANGO_SETTINGS_MODULE", "XDG_CACHE_HOME"}
    for name in OURS:
        assert set(COMPOSE["services"][name]["environment"]) <= known


def test_compose_keeps_secrets_in_files_and_out_of_variables():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"(PASSWORD|SECRET_KEY|DATABASE_URL|EMAIL_URL):", text)
    for name in OURS:
        assert set(COMPOSE["services"][name]["secrets"]) == {"secret_key", "database_url", "email_url"}


def test_beat_cannot_be_scaled_to_two():
    assert COMPOSE["services"]["beat"]["container_name"] == "tusoi-beat"
    assert "container_name" not in COMPOSE["services"]["worker"]


def test_uploads_are_shared_between_web_and_workers():
    for name in OURS:
        assert "uploads:/data/uploads" in COMPOSE["services"][name]["volumes"]


@pytest.mark.parametrize("name", ["db", "redis", "web", "worker", "nginx"])
def test_service_says_when_it_is_healthy(name):
    assert COMPOSE["services"][name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


def test_secrets_are_made_once_and_kept_from_others(tmp_path):
    make = ["bash", str(ROOT / "deploy" / "make_secrets"), str(tmp_path / "s"), "tusoi.example"]
    subprocess.run(make, check=True)
    first = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()}
    subprocess.run(make, check=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir()} == first
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o700
    assert set(first) == set(COMPOSE["secrets"])
    assert len(first["secret_key"]) >= environment.SHORTEST_SECRET


def test_prepare_leaves_nothing_to_migrate_and_named_static_files(installation):
    assert installation.run("python", "manage.py", "migrate", "--check").returncode == 0
    static = Path(installation.environment["STATIC_DIR"])
    assert (static / "staticfiles.json").exists()
    assert list(static.rglob("bootstrap.min.*.css.gz"))


def test_web_answers_readiness_and_its_health_command(web):
    request = urllib.request.Request(
        f"http://127.0.0.1:{web.web_port}/readyz", headers={"X-Forwarded-Proto": "https", "Host": "tusoi.example"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        assert answer.status == 200
        assert b'"ready": true' in answer.read()
    assert web.run(*COMPOSE["services"]["web"]["healthcheck"]["test"][1:]).returncode == 0


def test_web_sends_plain_requests_to_tls(web):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    request = urllib.request.Request(f"http://127.0.0.1:{web.web_port}/", headers={"Host": "tusoi.example"})
    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(request, timeout=PATIENCE)
    assert moved.value.code == 301
    assert moved.value.headers["Location"] == "https://tusoi.example/"


def test_worker_takes_a_ring_and_answers_its_health_command(installation):
    ring = "import django; django.setup(); from orgs import bell; bell.ring()"
    with installation.running("worker", says(" ready.")) as log:
        assert installation.run("python", "-c", ring).returncode == 0
        wait_until(lambda: says("orgs.tasks.drain_outbox")(log) and says("succeeded")(log), what="the ring to be heard")
        command = COMPOSE["services"]["worker"]["healthcheck"]["test"][1:]
        assert installation.run(*command).returncode == 0


def test_beat_rings_by_the_schedule_in_the_database(installation):
    """The sweep's minute is changed to a second in beat's table, as an administrator may, and is then seen to fire."""
    rows = "SELECT count(*) FROM django_celery_beat_periodictask WHERE task = 'orgs.tasks.drain_outbox'"
    worker, beat = says(" ready."), says("beat: Starting")
    with installation.running("worker", worker) as log, installation.running("beat", beat):
        wait_until(lambda: installation.ask(rows) == [(1,)], what="beat to write its schedule")
        installation.ask("UPDATE django_celery_beat_intervalschedule SET every = 1, period = 'seconds'")
        installation.ask("UPDATE django_celery_beat_periodictasks SET last_update = now()")
        wait_until(lambda: log.read_text(errors="replace").count("succeeded") >= 2, what="beat to ring twice")
