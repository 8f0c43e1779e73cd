"""Print the procedures as a diagram or as data, from the one table."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orgs.workflow import WORKFLOWS, Workflow


class Command(BaseCommand):
    """`show_workflow [NAME] [--format mermaid|json]`."""

    help = "Show the workflows."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name of one workflow, and the format."""
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--format", choices=["mermaid", "json"], default="mermaid")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one or all; an unknown name is refused with the known ones."""
        name = options["name"]
        if name and name not in WORKFLOWS:
            raise CommandError(f"No workflow {name!r}; there are: {', '.join(sorted(WORKFLOWS))}.")
        chosen = [WORKFLOWS[name]] if name else [WORKFLOWS[key] for key in sorted(WORKFLOWS)]
        if options["format"] == "json":
            self.stdout.write(
                json.dumps({"workflows": [as_data(flow) for flow in chosen]}, ensure_ascii=False, indent=2)
            )
        else:
            self.stdout.write("\n\n".join(as_mermaid(flow) for flow in chosen))


def as_data(flow: Workflow) -> dict[str, Any]:
    """The workflow as plain data; what an act needs stands among its guards."""
    return {
        "name": flow.name,
        "app": flow.app,
        "states": [
            {
                "name": state.name,
                "label": state.label,
                "readers": sorted(state.readers),
                "form": state.form,
                "due": state.due,
                "final": state.final,
            }
            for state in flow.states
        ],
        "transitions": [
            {
                "name": row.name,
                "source": row.source,
                "target": row.target,
                "by": sorted(row.by),
                "label": row.label,
                "guards": [*row.guards, *(f"{need}_given" for need in row.needs)],
            }
            for row in flow.transitions
        ],
    }


def as_mermaid(flow: Workflow) -> str:
    """The workflow as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"  [*] --> {flow.initial.name}"]
    lines += [f"  {state.name}: {state.label}" for state in flow.states]
    lines += [f"  {row.source} --> {row.target}: {row.name}" for row in flow.transitions]
    lines += [f"  {state.name} --> [*]" for state in flow.states if state.final]
    return "\n".join(lines)
