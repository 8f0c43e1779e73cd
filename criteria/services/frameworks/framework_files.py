"""A framework brought in from a file of this product: a draft, with everything that was wrong named by its place."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from criteria import conformity
from criteria.conformity import Covered, MalformedFramework
from criteria.conformity.vocabulary import DUPLICATE_CODE
from criteria.models import Framework, Regulation
from criteria.selectors.frameworks.framework_files import found_by_key
from criteria.selectors.rules.regulations import parsed
from criteria.services.frameworks.framework_rows import CriterionRow
from criteria.services.frameworks.frameworks import create_framework
from orgs.models import Collective, Job, Line, ManagingAuthority, Position, Refusal, Unit, User

COVERED = {"job": Job, "position": Position, "collective": Collective, "unit": Unit}
# As many as the columns hold.
LONGEST = {"code": 30, "concretises": 30, "title": 300, "item": 20, "cites": 300, "group": 20}


@transaction.atomic
def import_framework(*, source: str, actor: User) -> Framework:
    """A draft from the text of a file; number, date, confirmations and exceptions belong to the other document.

    Refusal names the place and what is wrong there, Forbidden whoever does not prepare for the file's issuer.
    """
    found = _read(source)
    issuer = _one(Unit.objects.without_tree_fields().filter(code=found.issuer.code), "issuer.code", found.issuer.code)
    law = _one(Regulation.objects.filter(key=found.regulation, is_draft=False), "regulation", found.regulation)
    _refuse_unknown_form(law, found.form)
    return create_framework(
        issuer=issuer,
        regulation=law,
        title=found.title,
        subject=found.subject,
        form_key=found.form,
        marking=found.marking,
        legal_basis=found.legal_basis,
        parent=_parent(found),
        rows=tuple(_rows(found)),
        covers=tuple(_covers(found)),
        actor=actor,
        **_narrowing(found),
    )


def _read(source: str) -> conformity.Framework:
    try:
        found = conformity.read(source)
    except MalformedFramework as refusal:
        words = {"place": refusal.path or "file", "what": refusal.message}
        raise Refusal(_("%(place)s: %(what)s") % words, field="file") from refusal
    for place, text, most in _lengths(found):
        if len(text) > most:
            raise _wrong(place, _("has more than %(most)s characters") % {"most": most})
    twins = [row for row in conformity.check_alone(found).breaches if row.code == DUPLICATE_CODE]
    if twins:
        raise Refusal(" ".join(f"{row.path}: {row.message}" for row in twins), field="file")
    return found


def _lengths(found: conformity.Framework) -> Iterator[tuple[str, str, int]]:
    yield "title", found.title, LONGEST["title"]
    for number, group in enumerate(found.groups):
        place = f"groups[{number}]"
        yield f"{place}.code", group.code, 10
        yield f"{place}.title", group.title, LONGEST["title"]
        yield f"{place}.group", group.group, LONGEST["group"]
        yield f"{place}.cites", group.cites, LONGEST["cites"]
        for order, criterion in enumerate(group.criteria):
            for name in ("code", "concretises", "item", "cites"):
                yield f"{place}.criteria[{order}].{name}", getattr(criterion, name) or "", LONGEST[name]


def _parent(found: conformity.Framework) -> Framework | None:
    if found.parent is None:
        return None
    rows = found_by_key(found.parent).filter(form_key=found.form, subject=found.subject)
    return _one(rows, "parent", found.parent)


def _covers(found: conformity.Framework) -> Iterator[Job | Position | Collective | Unit]:
    for place, covered in _placed(found):
        if model := COVERED.get(covered.kind):
            yield _one(model._default_manager.filter(code=covered.code), place, covered.code)


def _narrowing(found: conformity.Framework) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for place, covered in _placed(found):
        if covered.kind == "line":
            if covered.code not in Line.values:
                raise _wrong(place, _("%(code)s is unknown here") % {"code": covered.code})
            given["line"] = covered.code
        elif covered.kind == "managing_authority":
            given["managing_authority"] = _one(ManagingAuthority.objects.filter(code=covered.code), place, covered.code)
    return given


def _placed(found: conformity.Framework) -> Iterator[tuple[str, Covered]]:
    for number, covered in enumerate(found.covers):
        yield f"covers[{number}].code", covered


def _rows(found: conformity.Framework) -> Iterator[CriterionRow]:
    for place, group in enumerate(found.groups, start=1):
        for order, criterion in enumerate(group.criteria, start=1):
            levels = dict(criterion.levels.each())
            yield CriterionRow(
                group_order=place,
                group_number=group.code,
                group_title=group.title,
                group_key=group.group,
                group_sum=group.sum,
                group_fixed=group.sum_fixed,
                group_cites=group.cites,
                order=order,
                number=criterion.code[:10],
                code=criterion.code,
                title=criterion.title,
                concretises=criterion.concretises or "",
                is_required=criterion.required,
                item_key=criterion.item,
                weight=criterion.weight,
                direction=criterion.direction or "",
                cites=criterion.cites,
                texts={name: level.text for name, level in levels.items()},
                targets={name: level.target for name, level in levels.items()},
                points={name: level.points for name, level in levels.items()},
            )


def _refuse_unknown_form(law: Regulation, form_key: str) -> None:
    known = [form.key for form in parsed(law).forms]
    if form_key not in known:
        raise _wrong("form", _("the regulation has the forms: %(forms)s") % {"forms": ", ".join(known)})


def _one(rows: Any, place: str, code: str) -> Any:
    found = list(rows[:2])
    if len(found) != 1:
        said = _("%(code)s is unknown here") if not found else _("%(code)s names more than one")
        raise _wrong(place, said % {"code": code})
    return found[0]


def _wrong(place: str, what: str) -> Refusal:
    return Refusal(_("%(place)s: %(what)s") % {"place": place, "what": what}, field="file")
