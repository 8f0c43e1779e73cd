"""A framework as a workbook: one row for each criterion, with its group and its four texts; the same both ways."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource

from criteria.models import Criterion, CriterionLevel, Framework, Level
from criteria.selectors.frameworks import texts_of
from criteria.services.frameworks import CriterionRow, refuse_frozen, save_criterion
from orgs.models import Refusal, record

MAX_ROWS = 2000
# The heads of the workbook are Vietnamese data, like those of the people's workbook.
HEADS = {
    "group_order": "Thứ tự nhóm",
    "group_number": "Số nhóm",
    "group_title": "Tên nhóm",
    "group_key": "Nhóm của quy định",
    "order": "Thứ tự",
    "number": "Số",
    "title": "Tiêu chí",
    "item_key": "Mục của mẫu",
    "weight": "Trọng số",
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "average": "Trung bình",
    "poor": "Kém",
}
NEEDED = ("group_order", "group_number", "group_title", "order", "number", "title")


class CriterionResource(ModelResource):
    """Reads and writes the criteria of one framework; a row is known by the order numbers of its group and itself."""

    group_order = Field("group__order", HEADS["group_order"])
    group_number = Field("group__number", HEADS["group_number"])
    group_title = Field("group__title", HEADS["group_title"])
    group_key = Field("group__group_key", HEADS["group_key"])
    order = Field("order", HEADS["order"])
    number = Field("number", HEADS["number"])
    title = Field("title", HEADS["title"])
    item_key = Field("item_key", HEADS["item_key"])
    weight = Field("weight", HEADS["weight"])
    excellent = Field(None, HEADS["excellent"])
    good = Field(None, HEADS["good"])
    average = Field(None, HEADS["average"])
    poor = Field(None, HEADS["poor"])

    class Meta:
        model = Criterion
        fields = tuple(HEADS)
        export_order = tuple(HEADS)
        import_order = tuple(HEADS)
        import_id_fields = ()
        use_transactions = True

    def __init__(self, framework: Framework | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.framework = framework

    def get_queryset(self) -> QuerySet[Criterion]:
        """In the order of the paper, texts read along."""
        return _read_along(Criterion.objects.all())

    def filter_export(self, queryset: QuerySet[Criterion], **kwargs: Any) -> QuerySet[Criterion]:
        """The same for what the list has filtered."""
        return _read_along(queryset)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse the whole workbook: no draft, a head missing, too many rows."""
        if self.framework is None:
            raise ValidationError(_("Choose the draft framework that the workbook fills."))
        try:
            refuse_frozen(self.framework)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal
        heads = [record.nfc(str(head or "")) for head in dataset.headers or ()]
        dataset.headers = heads
        if missing := [HEADS[name] for name in NEEDED if HEADS[name] not in heads]:
            raise ValidationError(_("The workbook lacks the columns: %(columns)s.") % {"columns": ", ".join(missing)})
        if len(dataset) > MAX_ROWS:
            raise ValidationError(_("The workbook has more than %(count)s rows.") % {"count": MAX_ROWS})
        _refuse_doubles(dataset)

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Criterion | None:
        """The criterion of this place in the framework, or None."""
        places = (_text(row, "group_order"), _text(row, "order"))
        if not all(place.isdecimal() for place in places):
            return None
        rows = _read_along(Criterion.objects.filter(group__framework=self.framework))
        return rows.filter(group__order=int(places[0]), order=int(places[1])).first()

    def import_instance(self, instance: Criterion, row: dict[str, Any], **kwargs: Any) -> None:
        """Read the row; what is wrong is named by its column."""
        self._given = read_row(row)

    def skip_row(
        self, instance: Criterion, original: Criterion, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A row that says what already stands changes nothing."""
        if import_validation_errors or instance.pk is None:
            return False
        return _row_of(instance) == self._given

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

    def dehydrate_excellent(self, criterion: Criterion) -> str:
        """The text of the best level."""
        return _text_of(criterion, Level.EXCELLENT)

    def dehydrate_good(self, criterion: Criterion) -> str:
        """The text of the second level."""
        return _text_of(criterion, Level.GOOD)

    def dehydrate_average(self, criterion: Criterion) -> str:
        """The text of the third level."""
        return _text_of(criterion, Level.AVERAGE)

    def dehydrate_poor(self, criterion: Criterion) -> str:
        """The text of the lowest level."""
        return _text_of(criterion, Level.POOR)


def read_row(row: dict[str, Any]) -> CriterionRow:
    """A row of the workbook as clean values; ValidationError names each wrong column."""
    errors: dict[str, str] = {}
    for name in NEEDED:
        if not _text(row, name):
            errors[HEADS[name]] = _("is empty")
    for name in ("group_order", "order"):
        if _text(row, name) and not _text(row, name).isdecimal():
            errors[HEADS[name]] = _("must be a whole number")
    weight = _weight(row, errors)
    if errors:
        raise ValidationError({head: [f"{head}: {said}"] for head, said in errors.items()})
    return CriterionRow(
        group_order=int(_text(row, "group_order")),
        group_number=_text(row, "group_number"),
        group_title=_text(row, "group_title"),
        group_key=_text(row, "group_key"),
        order=int(_text(row, "order")),
        number=_text(row, "number"),
        title=_text(row, "title"),
        item_key=_text(row, "item_key"),
        weight=weight,
        texts={level: _text(row, level) for level in Level.values},
    )


def _weight(row: dict[str, Any], errors: dict[str, str]) -> Decimal | None:
    text = _text(row, "weight").replace(",", ".")
    if not text:
        return None
    try:
        weight = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        errors[HEADS["weight"]] = _("must be a number")
        return None
    if not 0 <= weight < 10_000:
        errors[HEADS["weight"]] = _("must be a number")
    return weight


def _row_of(criterion: Criterion) -> CriterionRow:
    group = criterion.group
    return CriterionRow(
        group_order=group.order,
        group_number=group.number,
        group_title=group.title,
        group_key=group.group_key,
        order=criterion.order,
        number=criterion.number,
        title=criterion.title,
        item_key=criterion.item_key,
        weight=criterion.weight,
        texts=texts_of(criterion),
    )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(HEADS[name])
    # A workbook gives whole numbers as 1.0 now and then.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else record.nfc(str(value))


def _text_of(criterion: Criterion, level: Level) -> str:
    return texts_of(criterion)[level] if criterion.pk else ""


def _read_along(queryset: QuerySet[Criterion]) -> QuerySet[Criterion]:
    levels = Prefetch("levels", CriterionLevel.objects.order_by("id"))
    ordered = queryset.order_by("group__framework__title", "group__framework_id", "group__order", "order")
    return ordered.select_related("group__framework").prefetch_related(levels)


def _refuse_doubles(dataset: Any) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(dataset.dict, start=2):
        place = (_text(row, "group_order"), _text(row, "order"))
        if place in seen and all(place):
            raise ValidationError(
                _("Rows %(first)s and %(second)s stand for the same place.") % {"first": seen[place], "second": number}
            )
        seen[place] = number
