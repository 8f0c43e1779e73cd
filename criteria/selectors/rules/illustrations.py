"""The examples of frameworks that come with the product, to be replaced by the province's own."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).resolve().parents[2] / "frameworks"


@cache
def illustrations() -> dict[str, tuple[dict[str, Any], ...]]:
    """By key of the regulation: {"title", "form", "subject", "groups": [{"number", "title", "group_key", "criteria"}]}.

    Each criterion holds number, title, item_key and one text under the code of each level.
    """
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]
    return {file["regulation"]: tuple(file["frameworks"]) for file in files}
