"""The whole suite, as `make test` runs it.

    python -m tests.run [--embedded | --servers | --coverage] [-- PYTEST ARGUMENTS]

Once on SQLite without Redis, the way a small office runs the product, and once on a private PostgreSQL with a private
Redis, the way a province does. Each pass first runs what can share the two cores test by test, then what starts
processes of its own, group by group. The exit status is non-zero when anything failed; nothing is skipped for want of a
server.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parents[1]
COVERAGE = ROOT / "var" / "coverage"
# Branch coverage below which the whole run fails. Raise it, never lower it.
COVERAGE_FLOOR = os.environ.get("COVERAGE_FLOOR", "97")
SIDE_BY_SIDE = ["-n", "2", "--dist", "worksteal", "--durations", "12", "-m", "not processes"]
# What starts processes of its own: two groups of files side by side, so that a server is prepared once.
ALONE = ["-n", "2", "--dist", "loadgroup", "--durations", "5", "-m", "processes"]
NO_TESTS = 5


def main() -> int:
    """Run the passes asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedded", action="store_true", help="only the pass on SQLite")
    parser.add_argument("--servers", action="store_true", help="only the pass on PostgreSQL and Redis")
    parser.add_argument("arguments", nargs="*", help="passed on to pytest; then one pytest a pass, without coverage")
    parser.add_argument("--coverage", action="store_true", help="only on SQLite, counting lines; fails below the floor")
    wanted = parser.parse_args()
    both = not (wanted.embedded or wanted.servers or wanted.coverage)
    shutil.rmtree(COVERAGE, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    failed = False
    if both or wanted.embedded or wanted.coverage:
        addresses = {"DATABASE_URL": "", "REDIS_URL": ""}
        failed |= run_pass("SQLite, no Redis", addresses, wanted.arguments, with_coverage=wanted.coverage)
    if both or wanted.servers:
        with servers.postgresql() as database_url, servers.redis_server() as redis_url:
            addresses = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
            failed |= run_pass("PostgreSQL and Redis", addresses, wanted.arguments)
    if wanted.coverage:
        failed |= report_coverage()
    return int(failed)


def run_pass(name: str, addresses: dict[str, str], arguments: list[str], *, with_coverage: bool = False) -> bool:
    """Run pytest against these addresses; return whether anything failed.

    Lines are counted on demand, while the tests share the cores on SQLite: counting costs minutes.
    """
    counting = ["--cov", "--cov-append", "--cov-report="] if with_coverage else []
    rounds = [arguments] if arguments else [[*SIDE_BY_SIDE, *counting], [*ALONE, *files_with_processes()]]
    failed = False
    for extra in rounds:
        print(f"\n== {name}: pytest {' '.join(extra)}", flush=True)
        began = time.monotonic()
        environment = os.environ | addresses | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
        status = subprocess.run(
            [sys.executable, "-m", "pytest", *extra], cwd=ROOT, env=environment, check=False
        ).returncode
        print(f"== {name}: {time.monotonic() - began:.0f} s, exit status {status}", flush=True)
        failed |= status not in {0, NO_TESTS}
    return failed


def files_with_processes() -> list[str]:
    """The test files that start processes, so that the thousands of other tests are not collected a second time."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in files if "mark.processes" in path.read_text(encoding="utf-8")]


def report_coverage() -> bool:
    """Print what the tests on SQLite covered; return whether it is too little."""
    coverage = [sys.executable, "-m", "coverage"]
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run([*coverage, "combine", "--quiet", "--append", str(COVERAGE)], cwd=ROOT, check=True)
    report = [*coverage, "report", f"--fail-under={COVERAGE_FLOOR}", "--format=text"]
    status = subprocess.run(report, cwd=ROOT, check=False, text=True, capture_output=True)
    print(status.stdout, status.stderr, flush=True)
    return status.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
