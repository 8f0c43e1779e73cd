#!/usr/bin/env python
"""Run a management command with the development settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

# Before anything of ours is imported: config brings Celery along, which takes production as its default.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

from django.core.management import execute_from_command_line

from config.environment import EnvironmentRefused


def main() -> None:
    """Hand the command line to Django; a refused environment is one sentence, not a traceback."""
    try:
        execute_from_command_line(sys.argv)
    except EnvironmentRefused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
