"""A framework as a workbook: one row for each criterion, with its group and its four levels; the same both ways."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource

from criteria.models import Criterion, CriterionLevel, Framework, Level
from criteria.resources.criterion_sheet import (
    DIRECTIONS,
    FLAGS,
    HEADS,
    read_values,
    refuse_wrong_heads,
    text_of,
)
from criteria.services.frameworks.framework_rows import CriterionRow, refuse_frozen, row_of, save_criterion
from orgs.models import Refusal, record

MAX_ROWS = 2000
GROUP_COLUMNS = {
    "group_order": "group__order",
    "group_number": "group__number",
    "group_title": "group__title",
    "group_key": "group__group_key",
    "group_sum": "group__weight_sum",
    "group_cites": "group__cites",
}


class WordCell(Field):
    """A value that the sheet shows by a Vietnamese word."""

    def __init__(self, attribute: str, head: str, words: dict[Any, str]) -> None:
        super().__init__(attribute, head)
        self._words = words

    def get_value(self, instance: Any, **kwargs: Any) -> str:
        """The word."""
        return self._words.get(super().get_value(instance, **kwargs), "")


class LevelCell(Field):
    """The text, target or points of one level."""

    def __init__(self, level: str, name: str, head: str) -> None:
        super().__init__(None, head, readonly=True)
        self._level, self._name = level, name

    def get_value(self, instance: Criterion, **kwargs: Any) -> Any:
        """The value, empty where the level has none."""
        rows = instance.levels.all() if instance.pk else ()
        found = next((row for row in rows if row.level == self._level), None)
        value = getattr(found, self._name) if found else None
        return "" if value is None else value


def _columns() -> dict[str, Field]:
    flags = {value: word for word, value in FLAGS.items()}
    made: dict[str, Field] = {name: Field(path, HEADS[name]) for name, path in GROUP_COLUMNS.items()}
    plain = ("order", "number", "code", "title", "concretises", "item_key", "weight", "cites")
    made |= {name: Field(name, HEADS[name]) for name in plain}
    made["group_fixed"] = WordCell("group__is_sum_fixed", HEADS["group_fixed"], flags)
    made["is_required"] = WordCell("is_required", HEADS["is_required"], flags)
    words = {value: word for word, value in DIRECTIONS.items()}
    made["direction"] = WordCell("direction", HEADS["direction"], words)
    for level in Level.values:
        made[level] = LevelCell(level, "text", HEADS[level])
        made |= {f"{name}_{level}": LevelCell(level, name, HEADS[f"{name}_{level}"]) for name in ("target", "points")}
    return {name: made[name] for name in HEADS}


class CriterionResource(ModelResource):
    """Reads and writes the criteria of one framework; a row is known by the order numbers of its group and itself.

    A workbook without a column leaves what stands there as it is.
    """

    class Meta:
        model = Criterion
        fields = tuple(HEADS)
        export_order = tuple(HEADS)
        import_order = tuple(HEADS)
        import_id_fields = ()
        use_transactions = True

    def __init__(self, framework: Framework | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = _columns()
        self.framework = framework

    def get_queryset(self) -> QuerySet[Criterion]:
        """In the order of the paper, texts read along."""
        return _read_along(Criterion.objects.all())

    def filter_export(self, queryset: QuerySet[Criterion], **kwargs: Any) -> QuerySet[Criterion]:
        """The same for what the list has filtered."""
        return _read_along(queryset)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse the whole workbook: no draft, a head missing, doubled or moved, too many rows, doubles."""
        if self.framework is None:
            raise ValidationError(_("Choose the draft framework that the workbook fills."))
        try:
            refuse_frozen(self.framework)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal
        heads = [record.nfc(str(head or "")) for head in dataset.headers or ()]
        refuse_wrong_heads(heads)
        dataset.headers = heads
        if len(dataset) > MAX_ROWS:
            raise ValidationError(_("The workbook has more than %(count)s rows.") % {"count": MAX_ROWS})
        _refuse_doubles(dataset)

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Criterion | None:
        """The criterion of this place in the framework, or None."""
        places = (text_of(row, "group_order"), text_of(row, "order"))
        if not all(place.isdecimal() for place in places):
            return None
        rows = _read_along(Criterion.objects.filter(group__framework=self.framework))
        return rows.filter(group__order=int(places[0]), order=int(places[1])).first()

    def import_instance(self, instance: Criterion, row: dict[str, Any], **kwargs: Any) -> None:
        """Read the row; what is wrong is named by its column."""
        values = read_values(row)
        self._given = _merged(row_of(instance.group, instance), values) if instance.pk else CriterionRow(**values)

    def skip_row(
        self, instance: Criterion, original: Criterion, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A row that says what already stands changes nothing."""
        if import_validation_errors or instance.pk is None:
            return False
        return row_of(instance.group, instance) == self._given

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raise what reading the row found."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance: Criterion, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Write it through the service; a dry run is rolled back as a whole."""
        saved = save_criterion(framework=self.framework, row=self._given)
        fresh = self.get_queryset().get(pk=saved.pk)
        instance.__dict__.update(fresh.__dict__)

    def save_m2m(self, instance: Criterion, row: Any, **kwargs: Any) -> None:
        """Nothing of that kind."""


def _merged(standing: CriterionRow, values: dict[str, Any]) -> CriterionRow:
    """What stands, with what the sheet says; a code is never emptied."""
    given = {**values, "code": values.get("code") or standing.code}
    for name in ("targets", "points"):
        given[name] = {**getattr(standing, name), **values.get(name, {})}
    return replace(standing, **given)


def _read_along(queryset: QuerySet[Criterion]) -> QuerySet[Criterion]:
    levels = Prefetch("levels", CriterionLevel.objects.order_by("id"))
    ordered = queryset.order_by("group__framework__title", "group__framework_id", "group__order", "order")
    return ordered.select_related("group__framework").prefetch_related(levels)


def _refuse_doubles(dataset: Any) -> None:
    """No two rows of one place, no two criteria of one code."""
    places: dict[tuple[str, ...], int] = {}
    codes: dict[tuple[str, ...], int] = {}
    same_place = _("Rows %(first)s and %(second)s stand for the same place.")
    same_code = _("Rows %(first)s and %(second)s have the same code.")
    for number, row in enumerate(dataset.dict, start=2):
        place = (text_of(row, "group_order"), text_of(row, "order"))
        for seen, key, said in ((places, place, same_place), (codes, (text_of(row, "code"),), same_code)):
            if key in seen and all(key):
                raise ValidationError(said % {"first": seen[key], "second": number})
            seen[key] = number
