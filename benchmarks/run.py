"""Every benchmark in a process of its own: ``make bench``. Exit status 1 when a count or a size breaks its gate."""

import subprocess
import sys

MODULES = (
    "benchmarks.pages",
    "benchmarks.submit",
    "benchmarks.people_import",
    "benchmarks.dossier",
    "benchmarks.suggestions",
    "benchmarks.coverage",
    "benchmarks.consultation",
    "benchmarks.catalogue",
)


def main() -> int:
    """Run them one after another, so that none measures another one's load."""
    failed = 0
    for module in MODULES:
        print(f"\n== {module}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", module], check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
