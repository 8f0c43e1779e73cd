"""What the commands `import_units` and `import_people` share."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from orgs.models import Refusal
from orgs.resources import Plan, RegisterResource
from orgs.resources.plans import Problem


class ImportCommand(BaseCommand):
    """Import a workbook, all or nothing. Exit 0: done, or would be; 1: refused, and nothing written."""

    resource_class: ClassVar[type[RegisterResource]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, and how."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print counts, errors and warnings as JSON"
        )

    def handle(self, *, file: Path, dry_run: bool, as_json: bool, **options: Any) -> None:
        """Read, compare, write unless refused, report."""
        plan = self._plan(file, dry_run=dry_run)
        if as_json:
            self.stdout.write(json.dumps(plan.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(plan)
        if plan.errors:
            raise SystemExit(1)

    def _plan(self, file: Path, *, dry_run: bool) -> Plan:
        resource = self.resource_class()
        try:
            content = file.read_bytes()
            return resource.check(content) if dry_run else resource.carry_out(content, name=file.name)
        except OSError as error:
            return Plan(
                errors=[
                    Problem(
                        "",
                        0,
                        "",
                        _("The file “%(name)s” cannot be read: %(error)s.") % {"name": file, "error": error.strerror},
                    )
                ]
            )
        except Refusal as refusal:
            return Plan(errors=[Problem("", 0, "", str(refusal))])

    def _tell(self, plan: Plan) -> None:
        told = _("New: %(created)s. Changed: %(updated)s. Unchanged: %(unchanged)s.")
        self.stdout.write(told % plan.as_json())
        for warning in plan.warnings:
            self.stdout.write(warning)
        for problem in plan.sorted_errors():
            place = _("Worksheet “%(sheet)s”, row %(row)s: ") % {"sheet": problem.sheet, "row": problem.row}
            column = f"{problem.column}: " if problem.column else ""
            self.stderr.write(f"{place if problem.row else ''}{column}{problem.message}")
        if plan.errors:
            self.stderr.write(_("Refused: nothing was written."))
