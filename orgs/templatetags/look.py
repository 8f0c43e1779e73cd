"""Tags and filters by which every page shows grades, levels, days, people and acts in the same words."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

register = template.Library()

# QĐ 124-QĐ/TW, Điều 8: four grades; the letters are those that offices write in their summary tables.
GRADE_LETTERS = {"excellent": "XS", "good": "T", "completed": "HT", "not_completed": "KHT"}
GRADE_LABELS = {
    "excellent": gettext_lazy("Excellent completion of duties"),
    "good": gettext_lazy("Good completion of duties"),
    "completed": gettext_lazy("Completion of duties"),
    "not_completed": gettext_lazy("Duties not completed"),
}
LEVEL_LABELS = {
    "excellent": gettext_lazy("Excellent level"),
    "good": gettext_lazy("Good level"),
    "average": gettext_lazy("Average level"),
    "poor": gettext_lazy("Poor level"),
}
CHIP_TONES = frozenset({"ok", "warn", "bad", "info", "quiet"})
NEAR_DAYS = 7


@dataclass(frozen=True)
class ErrorRow:
    """One line of an error summary; `anchor` is the id of the field (empty for all), `url` its page if another."""

    text: str
    anchor: str = ""
    url: str = ""


@register.filter
def grade_letters(grade: str | None) -> str:
    """XS, T, HT or KHT; a dash where there is no grade yet."""
    return GRADE_LETTERS.get(grade or "", "–")


@register.filter
def grade_label(grade: str | None) -> str:
    """The grade in full words; "Not rated yet" where there is none."""
    return str(GRADE_LABELS.get(grade or "") or gettext("Not rated yet"))


@register.filter
def level_label(level: str | None) -> str:
    """The level of a criterion in words; empty where none is chosen."""
    return str(LEVEL_LABELS.get(level or "", ""))


@register.filter
def vi_date(day: datetime.date | None) -> str:
    """dd/mm/yyyy; an instant is first brought to the clock of Vietnam; empty for nothing."""
    return _local_day(day).strftime("%d/%m/%Y") if day else ""


@register.filter
def day_month(day: datetime.date | None) -> str:
    """dd/mm, for places where the year is known."""
    return _local_day(day).strftime("%d/%m") if day else ""


@register.filter
def vi_moment(instant: datetime.datetime | None) -> str:
    """HH:MM dd/mm/yyyy on the clock of Vietnam; empty for nothing."""
    return timezone.localtime(instant).strftime("%H:%M %d/%m/%Y") if instant else ""


@register.filter
def at_most(number: int, limit: int) -> int:
    """`number`, but never more than `limit`: what fits into a bar."""
    return min(number, limit)


@register.inclusion_tag("includes/grade_chip.html")
def grade_chip(grade: str | None) -> dict[str, Any]:
    """The grade as letters, with its full words for screen readers and as a tooltip."""
    return {"grade": grade if grade in GRADE_LETTERS else ""}


@register.inclusion_tag("includes/chip.html")
def chip(text: str, tone: str | None = "quiet") -> dict[str, Any]:
    """A chip in one of the tones ok, warn, bad, info, quiet; an unknown tone is quiet."""
    return {"text": text, "tone": tone if tone in CHIP_TONES else "quiet"}


@register.inclusion_tag("includes/deadline_chip.html")
def due_chip(due_on: datetime.date | None, done: object = False) -> dict[str, Any]:
    """The deadline with what is left of it in words. `due_on` is the last day on which it is in time."""
    if not due_on:
        return {"text": ""}
    day = _local_day(due_on)
    tone, text = _due_words(day, bool(done))
    return {"tone": tone, "text": text, "iso": day.isoformat()}


@register.inclusion_tag("includes/person_line.html")
def person_line(person: object, post: str = "", url: str = "") -> dict[str, Any]:
    """A person's name with the post under it; `person` is anything that prints as the name."""
    return {"name": str(person), "post": post, "url": url}


@register.inclusion_tag("includes/act_fields.html")
def hidden_act_fields(document: object = None) -> dict[str, Any]:
    """The version that the actor saw (for a versioned document) and a key that makes a repeated submit harmless."""
    return {"version": getattr(document, "version", None), "key": uuid.uuid4()}


@register.simple_tag
def error_list(form: BaseForm | None = None, errors: Iterable[object] | None = None) -> list[ErrorRow]:
    """The lines of an error summary, from ready rows (`.text`, `.anchor`, `.url`) or from a bound form."""
    if errors:
        return [ErrorRow(*(_attribute(row, name) for name in ("text", "anchor", "url"))) for row in errors]
    if not form or not form.is_bound:
        return []
    rows = [ErrorRow(str(error)) for error in form.non_field_errors()]
    for field in form:
        rows += [ErrorRow(f"{field.label}: {error}", _anchor(field)) for error in field.errors]
    return rows


def _attribute(row: object, name: str) -> str:
    return str(row.get(name, "") if isinstance(row, dict) else getattr(row, name, ""))


def _anchor(field: BoundField) -> str:
    # A group of radios or boxes has no label target of its own: its first button has the number 0.
    return field.id_for_label or f"{field.auto_id}_0"


def _local_day(day: datetime.date) -> datetime.date:
    return timezone.localdate(day) if isinstance(day, datetime.datetime) else day


def _due_words(day: datetime.date, done: bool) -> tuple[str, str]:
    today = timezone.localdate()
    shown = day.strftime("%d/%m" if day.year == today.year else "%d/%m/%Y")
    left = (day - today).days
    if done:
        return "ok", gettext("Done, due %(day)s") % {"day": shown}
    if left < 0:
        return "bad", ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}
    if left == 0:
        return "warn", gettext("Due today, %(day)s") % {"day": shown}
    if left <= NEAR_DAYS:
        return "warn", ngettext("Due %(day)s, %(count)s day left", "Due %(day)s, %(count)s days left", left) % {
            "day": shown,
            "count": left,
        }
    return "info", gettext("Due %(day)s") % {"day": shown}
