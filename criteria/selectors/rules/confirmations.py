"""The answers of the authorities to what a regulation left open: which hold, and how a newer file reads beside them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from criteria import regulation
from criteria.models import Confirmation, Regulation
from criteria.rating.requiring import missing_requirements
from criteria.regulation import lines
from orgs.models import Refusal


def holding(row: Regulation) -> QuerySet[Confirmation]:
    """The confirmations of this regulation that were not withdrawn."""
    return row.confirmations.filter(withdrawn_at=None)


def kept_in(row: Regulation, data: Mapping[str, Any]) -> dict[str, Any]:
    """The plain data of a file with every line that was confirmed here as it was confirmed.

    Refusal where such a line has no place in the file any more.
    """
    kept = dict(data)
    for found in holding(row).order_by("id"):
        try:
            kept = lines.write_line(kept, found.table, found.key, found.line)
            kept = with_requirements(kept, found.table, found.key)
        except regulation.RegulationRefused as refused:
            raise Refusal(
                _("%(regulation)s: the line %(part)s “%(key)s”, confirmed by %(document)s, is no longer in the file.")
                % {"regulation": row.key, "part": found.table, "key": found.key, "document": found.number}
            ) from refused
    return kept


def with_requirements(data: Mapping[str, Any], table: str, key: str) -> dict[str, Any]:
    """The plain data in which the facts that a firm rule rests on must be stated, in the same text as the rule."""
    if table != "rules":
        return dict(data)
    rows = missing_requirements(regulation.from_data(dict(data)), key)
    day = lines.read_line(data, table, key)["layer"]
    if not rows:
        return dict(data)
    if not day:
        return {**data, "requires": [*data["requires"], *rows]}
    overlays = [
        {**overlay, "requires": [*overlay.get("requires", ()), *rows]} if overlay["from"] == day else overlay
        for overlay in data["overlays"]
    ]
    return {**data, "overlays": overlays}


def without_requirements(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The plain data without the rows that `with_requirements` gave to this rule."""
    return _without(data, key) | (
        {"overlays": [_without(overlay, key) for overlay in data["overlays"]]} if "overlays" in data else {}
    )


def _without(layer: Mapping[str, Any], key: str) -> dict[str, Any]:
    own = (f"for_{key}", f"for_{key}_2")
    left = [row for row in layer.get("requires", ()) if row["key"] not in own]
    return {name: value for name, value in layer.items() if name != "requires"} | ({"requires": left} if left else {})


def differing(law: regulation.Regulation) -> list[str]:
    """A sentence for each line of a shipped regulation that stays as confirmed here while the file has changed it."""
    data = regulation.to_data(law)
    return [
        _("%(regulation)s, %(part)s “%(key)s”: stays as confirmed by %(document)s; the file says otherwise now.")
        % {"regulation": law.key, "part": found.table, "key": found.key, "document": found.number}
        for found in Confirmation.objects.filter(regulation__key=law.key, withdrawn_at=None).order_by("id")
        if _in_file(data, found) != found.before
    ]


def _in_file(data: Mapping[str, Any], found: Confirmation) -> dict[str, Any] | None:
    try:
        return lines.read_line(data, found.table, found.key)
    except regulation.RegulationRefused:
        return None
