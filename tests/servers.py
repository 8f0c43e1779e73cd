"""A private PostgreSQL cluster and a private Redis for the tests, as child processes that end with the run.

Nothing of the machine's own services is touched. A missing server is a failure with a sentence, never a skipped test.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30
POSTGRESQL_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "log_min_messages": "fatal",
    # Statistics taken at a chance moment, of tables that every test fills and empties, would make plans luck.
    "autovacuum": "off",
}


class ServerMissing(RuntimeError):
    """A server that the tests need is not installed or does not start."""


def free_port() -> int:
    """Return a TCP port on the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a throw-away cluster and yield its address as DATABASE_URL wants it."""
    binaries = _postgresql_binaries()
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="tusoi-pg-"))
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port = folder / "data", free_port()
    as_owner = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "tusoi", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=folder, env=environment, **as_owner,
        )  # fmt: skip
        options = [f"-c{name}={value}" for name, value in POSTGRESQL_SETTINGS.items()]
        command = [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=folder, env=environment, start_new_session=True, **as_owner
            )
        ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        try:
            _wait(lambda: subprocess.run(ready, check=False).returncode == 0, process, "PostgreSQL", folder / "log")
            yield f"postgres://tusoi@127.0.0.1:{port}/postgres"
        finally:
            stop(process, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_server() -> Iterator[str]:
    """Start a throw-away Redis and yield its address as REDIS_URL wants it."""
    binary = shutil.which("redis-server")
    if not binary:
        raise ServerMissing("redis-server is not installed: run `apt-get install redis-server`, then again.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tusoi-redis-") as folder:
        log = Path(folder) / "log"
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--maxmemory-policy", "noeviction", "--dir", folder, "--logfile", str(log)]
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            _wait(lambda: answers(port), process, "Redis", log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(process)


def answers(port: int) -> bool:
    """Whether something accepts connections on this port of the loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop(process: subprocess.Popen, how: int = signal.SIGTERM) -> None:
    """End a child that we started, gently and then for certain."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=15)


def _postgresql_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise ServerMissing("PostgreSQL is not installed: run `apt-get install postgresql`, then again.")
    return found[-1].parent


def _wait(is_ready: Callable[[], bool], process: subprocess.Popen, name: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > until:
            said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise ServerMissing(f"{name} did not start within {START_SECONDS} s. It said: {said}")
        time.sleep(0.05)
