"""The texts of a regulation in time: which holds from when, and what each changed."""

from dataclasses import dataclass
from datetime import date

from criteria.models import Regulation
from criteria.regulation import Regulation as Law
from criteria.selectors.rules import regulations
from criteria.selectors.rules.differences import ChangePart, of_version


@dataclass(frozen=True)
class Text:
    """One text: from which day it holds, the document that made it, what it changed, whether it is the one read."""

    from_on: date
    number: str
    title: str
    is_read: bool
    changes: tuple[ChangePart, ...]


def texts(law: Law, day: date) -> tuple[Text, ...]:
    """Every text from the first on; a regulation without amendments has one."""
    read = law.at(day)
    return tuple(
        Text(
            from_on=version.from_on or law.in_force_from,
            number=version.number or law.number,
            title=version.title or law.title,
            is_read=version.regulation is read or len(law.versions) == 1,
            changes=of_version(law, place) if place else (),
        )
        for place, version in enumerate(law.versions)
    )


def parent_of(row: Regulation) -> Regulation | None:
    """The regulation that this one was derived from, where it is loaded."""
    key = regulations.parsed(row).derived_from
    return Regulation.objects.filter(key=key).first() if key else None
