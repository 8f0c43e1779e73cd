"""System checks: every regulation that comes with the product loads, and its rules fit the functions they name."""

from pathlib import Path
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error

from criteria import rating, regulation


def shipped_regulations_hold(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nothing starts with a regulation that nobody can apply."""
    return problems_in(regulation.SHIPPED)


def problems_in(folder: Path) -> list[CheckMessage]:
    """What is wrong with the regulation files of a folder, each line with its file; empty when all hold."""
    found: list[CheckMessage] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            law = regulation.load_file(path)
        except regulation.RegulationRefused as refusal:
            found.append(Error(str(refusal), id="criteria.E001"))
        else:
            found += [Error(f"{path.name}: {words}", id="criteria.E002") for words in rating.check_regulation(law)]
    return found


def register() -> None:
    """Let Django ask this whenever it starts; called from `AppConfig.ready`."""
    checks.register(shipped_regulations_hold)
