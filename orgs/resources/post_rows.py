"""The post that a row of people names, compared with the posts that the person holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from orgs.models import Appointment, Person, Position, Unit
from orgs.resources.values import text_of

UNIT, POSITION, HEAD, SINCE = "Mã đơn vị", "Chức vụ", "Người đứng đầu", "Từ ngày"
YES = "Có"
MANY = 5000


@dataclass
class PostPlan:
    """What happens to a person's posts. `fields`: (column, before, after) as shown; `problems`: (column, sentence)."""

    created: list[Appointment] = field(default_factory=list)
    updated: list[Appointment] = field(default_factory=list)
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


class PostRows:
    """Posts that people hold today or will hold, read for many people at once."""

    def __init__(
        self,
        person_ids: Iterable[int],
        *,
        units: dict[int, Unit],
        positions: dict[int, Position],
        on: date,
        reach: frozenset[int] | None,
    ) -> None:
        self.units, self.positions, self.on, self.reach = units, positions, on, reach
        self.held: dict[int, list[Appointment]] = {}
        ids = list(person_ids)
        for start in range(0, len(ids), MANY):
            rows = Appointment.objects.filter(person__in=ids[start : start + MANY])
            rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
            for post in rows.order_by("-is_main", "-started_on", "id"):
                self.held.setdefault(post.person_id, []).append(post)

    def main_of(self, person: Person) -> Appointment | None:
        """The main post, or the only ones there are."""
        return next(iter(self.held.get(person.pk, ())), None)

    def plan(self, person: Person, read: dict[str, Any]) -> PostPlan:
        """What the row's unit, position, head mark and day mean for the posts of `person`."""
        plan = PostPlan()
        unit, position = read.get(UNIT), read.get(POSITION)
        held = self.held.get(person.pk, [])
        for post in held:
            post.person = person
        main = held[0] if held else None
        if unit is None and position is None and main is None:
            if read.get(HEAD):
                plan.problems.append((HEAD, _("A head needs a unit and a position.")))
            return plan
        same = next((post for post in held if _fits(post, unit, position)), None)
        if same:
            self._correct(plan, same, read)
        else:
            self._appoint(plan, person, main, unit or (self.units.get(main.unit_id) if main else None), read)
        return plan

    def _correct(self, plan: PostPlan, post: Appointment, read: dict[str, Any]) -> None:
        before = self._shown(post)
        if read.get(HEAD) is not None:
            post.is_head = read[HEAD]
        if read.get(SINCE) is not None:
            post.started_on = read[SINCE]
            if post.ended_on and post.started_on > post.ended_on:
                plan.problems.append((SINCE, _("The post would end before it began.")))
        after = self._shown(post)
        plan.fields = [(title, before[title], after[title]) for title in after]
        if before != after:
            plan.updated.append(post)

    def _appoint(
        self, plan: PostPlan, person: Person, main: Appointment | None, unit: Unit | None, read: dict[str, Any]
    ) -> None:
        since = read.get(SINCE)
        post = Appointment(person=person, unit=unit, position=read.get(POSITION), is_head=bool(read.get(HEAD)))
        post.started_on = since
        before = self._shown(main) if main else dict.fromkeys((UNIT, POSITION, HEAD, SINCE), "")
        after = self._shown(post)
        plan.fields = [(title, before[title], after[title]) for title in after]
        plan.problems += self._problems(main, unit, read)
        if plan.problems:
            return
        if main:
            main.ended_on = since
            plan.updated.append(main)
        plan.created.append(post)

    def _problems(self, main: Appointment | None, unit: Unit | None, read: dict[str, Any]) -> list[tuple[str, str]]:
        found = []
        since = read.get(SINCE)
        if read.get(POSITION) is None:
            found.append((POSITION, _("A new post needs a position.")))
        if unit is not None and unit.ended_on and unit.ended_on <= (since or self.on):
            found.append((UNIT, _("The unit “%(code)s” ended on %(day)s.") % _named(unit)))
        if unit is not None and self.reach is not None and unit.pk not in self.reach:
            found.append((UNIT, _("The unit “%s” is outside the units that you keep.") % unit.code))
        if main and since is None:
            found.append(
                (SINCE, _("The person holds another post (%s): say from when the new one.") % self._position(main))
            )
        elif main and main.started_on and since <= main.started_on:
            day = text_of(main.started_on)
            found.append((SINCE, _("The present post began on %s; the new one must begin later.") % day))
        return found

    def _position(self, post: Appointment) -> str:
        position = self.positions.get(post.position_id)
        return position.name if position else ""

    def _shown(self, post: Appointment) -> dict[str, str]:
        unit = self.units.get(post.unit_id)
        return {
            UNIT: unit.code if unit else "",
            POSITION: self._position(post),
            HEAD: YES if post.is_head else "",
            SINCE: text_of(post.started_on),
        }


def _fits(post: Appointment, unit: Unit | None, position: Position | None) -> bool:
    return (unit is None or post.unit_id == unit.pk) and (position is None or post.position_id == position.pk)


def _named(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "day": text_of(unit.ended_on)}
