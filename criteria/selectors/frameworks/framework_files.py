"""A framework as the record that is checked and as the file that is exchanged (docs/framework.schema.json)."""

from django.db.models import QuerySet
from django.utils.translation import override

from criteria import conformity
from criteria.models import Criterion, CriterionGroup, Framework, FrameworkCover, Level, LevelConfirmation
from criteria.selectors.frameworks.frameworks import with_texts

VIETNAMESE = "vi"


def key_of(framework: Framework) -> str:
    """`<unit code>/<number>@<date>`; a draft without a number is known by its own identity."""
    number = framework.number or f"draft-{framework.uuid}"
    day = framework.issued_on.isoformat() if framework.issued_on else "draft"
    return f"{framework.issuer.code}/{number}@{day}"


def found_by_key(key: str) -> QuerySet[Framework]:
    """The frameworks of this key: one document may promulgate several, one for each form."""
    name, _at, day = key.rpartition("@")
    rows = Framework.objects.select_related("issuer", "regulation").order_by("form_key", "edition", "id")
    # Numbers and codes of units may both hold a slash: every way of parting them is looked at.
    ways = [place for place, letter in enumerate(name) if letter == "/"]
    found = [
        row.pk for place in ways for row in rows.filter(issuer__code=name[:place]) if key_of(row) == f"{name}@{day}"
    ]
    return rows.filter(pk__in=found)


def record_of(framework: Framework, *, as_parent: bool = False) -> conformity.Framework:
    """The whole framework with what is on record about its conformity; a constant number of queries.

    `as_parent` leaves out what the check never asks of the framework above: covers, confirmations, exceptions.
    """
    return conformity.Framework(
        key=key_of(framework),
        title=framework.title,
        issuer=conformity.Issuer(code=framework.issuer.code, name=framework.issuer.name),
        number=framework.number,
        issued_on=framework.issued_on,
        edition=framework.edition,
        legal_basis=framework.legal_basis,
        regulation=framework.regulation.key,
        form=framework.form_key,
        subject=str(framework.subject),
        marking=str(framework.marking),
        parent=key_of(framework.parent) if framework.parent else None,
        covers=() if as_parent else _covers(framework),
        groups=_groups(framework, {} if as_parent else _confirmed(framework)),
        exceptions=() if as_parent else _exceptions(framework),
    )


def _exceptions(framework: Framework) -> tuple[conformity.RecordedException, ...]:
    return tuple(
        conformity.RecordedException(code=row.code, path=row.path, document=row.document, reason=row.reason)
        for row in framework.exceptions.order_by("id")
    )


def _covers(framework: Framework) -> tuple[conformity.Covered, ...]:
    rows = framework.covers.select_related("job", "position", "collective", "unit").order_by("id")
    found = [_covered(row) for row in rows]
    if framework.line:
        # The file is Vietnamese data: the same whatever language its reader has chosen for the pages.
        with override(VIETNAMESE):
            name = str(framework.get_line_display())
        found.append(conformity.Covered(kind="line", code=framework.line, name=name))
    if level := framework.managing_authority:
        found.append(conformity.Covered(kind="managing_authority", code=level.code, name=level.name))
    return tuple(found)


def _covered(row: FrameworkCover) -> conformity.Covered:
    kind = row.covered._meta.model_name
    return conformity.Covered(kind=str(kind), code=row.covered.code, name=row.covered.name)


def _confirmed(framework: Framework) -> dict[int, list[conformity.Confirmation]]:
    confirmed: dict[int, list[conformity.Confirmation]] = {}
    rows = LevelConfirmation.objects.filter(criterion__group__framework=framework)
    for row in rows.select_related("confirmed_by").order_by("id"):
        confirmed.setdefault(row.criterion_id, []).append(
            conformity.Confirmation(
                level=str(row.level),
                document=row.document,
                on=row.confirmed_on,
                by=str(row.confirmed_by),
                text_sha256=row.text_sha256,
                above_sha256=row.above_sha256 or None,
            )
        )
    return confirmed


def _groups(framework: Framework, confirmed: dict[int, list[conformity.Confirmation]]) -> tuple[conformity.Group, ...]:
    return tuple(_group(group, confirmed) for group in with_texts(framework))


def _group(group: CriterionGroup, confirmed: dict[int, list[conformity.Confirmation]]) -> conformity.Group:
    return conformity.Group(
        code=group.number,
        title=group.title,
        group=group.group_key,
        sum=group.weight_sum,
        sum_fixed=group.is_sum_fixed,
        cites=group.cites,
        criteria=tuple(_criterion(row, tuple(confirmed.get(row.pk, ()))) for row in group.criteria.all()),
    )


def _criterion(row: Criterion, confirmed: tuple[conformity.Confirmation, ...]) -> conformity.Criterion:
    levels = {level.level: level for level in row.levels.all()}
    return conformity.Criterion(
        code=row.code or row.number,
        title=row.title,
        concretises=row.concretises or None,
        required=row.is_required,
        weight=row.weight,
        item=row.item_key,
        cites=row.cites,
        direction=row.direction or None,
        levels=conformity.Levels(
            **{
                name: conformity.Level(text=found.text, target=found.target, points=found.points)
                for name in Level.values
                if (found := levels.get(name))
            }
        ),
        confirmed=confirmed,
    )
