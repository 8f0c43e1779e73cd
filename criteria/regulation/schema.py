"""What the loader asks of a text, value by value: the form in which it is changed is built from nothing else."""

from collections.abc import Mapping
from typing import Any

from criteria.regulation.loader import build
from criteria.regulation.table import Asked, Path


def asked_of(data: Mapping[str, Any]) -> dict[Path, Asked]:
    """Every value that the loader reads in this text (one without overlays), by its path, in the order of reading.

    RegulationRefused where the text cannot be read.
    """
    notes: dict[Path, Asked] = {}
    build(data, notes)
    return notes
