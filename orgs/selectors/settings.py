"""Choices of this installation: their keys, literal defaults, and whether a document confirms them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from orgs.models import Setting


@dataclass(frozen=True)
class Choice:
    """One setting: what it means, its most literal default, where that comes from."""

    key: str
    label: str
    default: Any
    source: str = ""


CHOICES = {
    row.key: row
    for row in (
        Choice("form_of_address", _("Form of address"), "đồng chí"),
        Choice(
            "reminder_days",
            _("Days before (negative: after) a milestone at which people are reminded"),
            [14, 7, 3, 1, 0, -1],
        ),
        Choice(
            "explanation_needs_note",
            _("The officer notes an explanation report as sufficient"),
            False,
            "Kon Tum 2024, point 2",
        ),
        Choice("paper_place", _("Place named on documents"), "Quảng Ngãi"),
        Choice("collective_registrations", _("Collectives register hard and new work too"), False, "2026-CV/TU, 1"),
        Choice("unit_work_board", _("Works under way are shown to everybody inside a unit"), False),
        Choice(
            "excellent_needs_sentence",
            _("An excellent without any recorded ground asks for one sentence"),
            False,
            "2026-CV/TU, 1",
        ),
        Choice(
            "synthesis_job_remarks",
            _("Remarks above which the table of remarks and answers is made as a job"),
            500,
        ),
        Choice("petition_days", _("Working days for a petition (0: no limit)"), 0, "not found in any source"),
    )
}


def is_on(key: str) -> Exists:
    """Whether a switch that is off by default was set, as a condition inside another query. KeyError as `setting`."""
    if CHOICES[key].default is not False:
        raise ValueError(key)
    return Exists(Setting.objects.filter(key=key, value=True))


def setting(key: str) -> Any:
    """The value of a setting: as the administrator set it, else its default. KeyError for an unknown key."""
    choice = CHOICES[key]
    row = Setting.objects.filter(key=key).first()
    return row.value if row else choice.default
