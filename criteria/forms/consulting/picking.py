"""What the pages of the addressees sent: a filter of bodies, ticked blocks, bodies and cadres."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import QueryDict

from criteria.forms.consulting.consultations import PickFilterForm
from criteria.selectors.consulting import addressing
from criteria.services.consulting.addressees import Recipient
from orgs.models import Person, Unit, User
from orgs.selectors import people

# As many as a page of ticks can be looked through; the act "all" takes the others too.
SHOWN = 200


def page_of(query: QueryDict, *, known: Collection[int]) -> dict[str, Any]:
    """What a page of picking shows: the filter of its address, and the bodies found that are not `known` yet."""
    form = PickFilterForm(query or None, kinds=_kinds())
    asked = filter_of(form)
    found = [unit for unit in addressing.Register().filtered(asked) if unit.pk not in known]
    return {
        "filter_form": form,
        "found": found[:SHOWN],
        "total": len(found),
        "is_asked": not asked.is_empty,
        "query": query.urlencode(),
    }


def filter_of(form: PickFilterForm) -> addressing.Filter:
    """The filter of a page; what cannot be read asks for nothing."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return addressing.Filter(
        text=given.get("q", ""),
        kinds=frozenset(int(number) for number in given.get("kind", ())),
        line=given.get("line", ""),
        level=given.get("level") or 0,
        under=given.get("under", ""),
    )


def recipients_of(user: User, post: QueryDict, query: QueryDict) -> list[Recipient]:
    """Whom a page asks to address: by ticked blocks, by the filter of the address (`all`), one by one."""
    today = addressing.Register()
    found = _of_blocks(today, post.getlist("block"))
    found += [Recipient(unit=unit) for unit in _units(today, post, query)]
    return found + [Recipient(person=person) for person in _people(user, post.getlist("person"))]


def units_of(post: QueryDict, query: QueryDict) -> list[Unit]:
    """The bodies alone of what a page asks for: by the filter of the address (`all`), one by one."""
    return _units(addressing.Register(), post, query)


def _units(today: addressing.Register, post: QueryDict, query: QueryDict) -> list[Unit]:
    if "all" in post:
        return today.filtered(filter_of(PickFilterForm(query, kinds=_kinds())))
    ticked = set(post.getlist("unit"))
    return [unit for unit in today.units if str(unit.uuid) in ticked]


def _kinds() -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in addressing.kinds()]


def _of_blocks(today: addressing.Register, keys: list[str]) -> list[Recipient]:
    blocks = [block for letter in addressing.letters() for block in letter.blocks if block.key in keys]
    bodies = [Recipient(unit=unit, block=block.text) for block in blocks for unit in today.units_in(block)]
    return bodies + [Recipient(person=row, block=block.text) for block in blocks for row in today.people_in(block)]


def _people(user: User, ids: list[str]) -> list[Person]:
    wanted = []
    for text in ids:
        with suppress(ValueError):
            wanted.append(UUID(text))
    return list(people.visible_to(user).filter(uuid__in=wanted).order_by("sort_key", "id")) if wanted else []
