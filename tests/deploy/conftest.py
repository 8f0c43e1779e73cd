"""The production processes of docker-compose.yml as child processes, with the very commands and variables of that file.

No container engine is at hand: image, volumes and networks stay untested; everything that runs inside them does not.
"""

import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
import yaml

from tests import servers
from tests.processes import wait_until

ROOT = Path(__file__).resolve().parents[2]
HOST = "tusoi.example"


class Installation:
    """One production installation: its own database and Redis, its secrets in files, its folders."""

    def __init__(self, folder, database_url, redis_url):
        self.folder = folder
        self.compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
        self.web_port = servers.free_port()
        secrets = folder / "secrets"
        subprocess.run(["bash", str(ROOT / "deploy" / "make_secrets"), str(secrets), HOST], check=True)
        for name, value in {"database_url": database_url, "email_url": "dummymail://"}.items():
            (secrets / name).chmod(0o600)
            (secrets / name).write_text(value)
        self.secrets = secrets
        self.environment = self._environment(redis_url)

    def _environment(self, redis_url):
        """The service's variables with containers' addresses and paths exchanged for this machine's."""
        given = {"ALLOWED_HOSTS": HOST, "PUBLIC_URL": f"https://{HOST}"}
        moved = {
            "/run/secrets": str(self.secrets),
            "/data": str(self.folder / "data"),
            "/static": str(self.folder / "static"),
        }
        found = {}
        for name, value in self.compose["services"]["web"]["environment"].items():
            value = re.sub(r"\$\{(\w+):[-?]([^}]*)\}", lambda m: given.get(m[1], m[2]), str(value))
            for inside, outside in moved.items():
                value = value.replace(inside, outside) if value.startswith(inside) else value
            found[name] = redis_url if name == "REDIS_URL" else value
        own = {"WEB_BIND": f"127.0.0.1:{self.web_port}", "WEB_PORT": str(self.web_port), "WEB_WORKERS": "2"}
        kept = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/")}
        kept |= {name: value for name, value in os.environ.items() if name.startswith("COV")}
        return kept | found | own | {"WORKER_PROCESSES": "1", "PYTHONUNBUFFERED": "1"}

    def command(self, service):
        return self.compose["services"][service]["command"]

    def run(self, *command, seconds=120):
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, text=True, capture_output=True, timeout=seconds, check=False
        )

    def ask(self, sql):
        with psycopg2.connect((self.secrets / "database_url").read_text()) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def running(self, service, ready):
        """Run the service's command until the block ends; yields the path of its log."""
        log = self.folder / f"{service}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                self.command(service), cwd=ROOT, env=self.environment, stdout=sink, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        try:
            wait_until(lambda: process.poll() is not None or ready(log), what=f"{service} to start")
            assert process.poll() is None, log.read_text(errors="replace")[-3000:]
            yield log
        finally:
            servers.stop(process)


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """Servers, secrets and the work of `prepare`, once for all tests here."""
    folder = tmp_path_factory.mktemp("production")
    with servers.postgresql() as database_url, servers.redis_server() as redis_url:
        made = Installation(folder, database_url, redis_url)
        ran = made.run(*made.command("prepare"), seconds=300)
        assert ran.returncode == 0, ran.stderr[-3000:]
        yield made


@pytest.fixture(scope="session")
def web(installation):
    with installation.running("web", lambda log: servers.answers(installation.web_port)):
        yield installation


@pytest.fixture(scope="session")
def nginx(web):
    """nginx on deploy/nginx.conf; yields (address of TLS, address of plain HTTP)."""
    tls, plain = servers.free_port(), servers.free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for inside, outside in {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "server web:8000 ": f"server 127.0.0.1:{web.web_port} ",
        "/run/secrets/tls_certificate": str(web.secrets / "tls_certificate"),
        "/run/secrets/tls_key": str(web.secrets / "tls_key"),
        "alias /static/;": f"alias {web.environment['STATIC_DIR']}/;",
        "pid /tmp/nginx.pid;": f"pid {web.folder / 'nginx.pid'};",
        "/dev/stdout": str(web.folder / "nginx-access.log"),
    }.items():
        assert inside in text
        text = text.replace(inside, outside)
    # Workers of a root nginx are nobody, who may not enter the folder of this test.
    text = text.replace("worker_processes auto;", "worker_processes 1;" + ("user root;" if os.geteuid() == 0 else ""))
    config = web.folder / "nginx.conf"
    config.write_text(text, encoding="utf-8")
    binary = next((path for path in ("/usr/sbin/nginx", "/usr/bin/nginx") if Path(path).exists()), None)
    if not binary:
        pytest.fail("nginx is not installed: run `apt-get install nginx-light`, then again.")
    checked = subprocess.run([binary, "-t", "-c", str(config)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([binary, "-c", str(config), "-g", "daemon off;"], start_new_session=True)
    try:
        wait_until(lambda: servers.answers(tls) and servers.answers(plain), what="nginx to listen")
        yield tls, plain
    finally:
        servers.stop(process)


@pytest.fixture
def knows_the_host(monkeypatch):
    """Let this process find the example host on the loopback, so that names in the certificate can be checked."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **named: real("127.0.0.1" if host == HOST else host, *more, **named)
    )
