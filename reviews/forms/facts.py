"""The numbers of tasks, scope by scope; an empty field is unknown, never zero."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from criteria.models import Level
from reviews.models import Scope, TaskTally
from reviews.selectors.grading.stated_levels import LevelSheet
from reviews.selectors.writing.tallies_stated import ANSWERS, CAUSES, COUNTS, FIELDS_OF_SCOPE, UNITS
from reviews.services.writing.tasks_stated import sum_errors

GROUPS = (COUNTS, ANSWERS, CAUSES, UNITS, ("document",))
KNOWN = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
TRUTH = {"yes": True, "no": False}


class TallyForm(forms.Form):
    """One scope; its fields are those of `FIELDS_OF_SCOPE`."""

    def __init__(self, scope: str, row: TaskTally | None, data: Any = None, **kwargs: Any) -> None:
        self.scope = scope
        self.title = Scope(scope).label
        names = FIELDS_OF_SCOPE[scope]
        initial = {name: _shown(getattr(row, name)) for name in names} if row else {}
        super().__init__(data, prefix=scope, initial=initial, **kwargs)
        for name in names:
            self.fields[name] = _field(name)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(
                Row(*(Column(name, css_class="col-sm-6 col-lg-3" if len(group) > 1 else "") for name in group))
                for group in GROUPS
                if set(group) <= set(names)
            )
        )
        if not set(COUNTS) <= set(names):
            self.helper.layout = Layout(Row(*(Column(name, css_class="col-sm-6") for name in names)))

    def clean(self) -> dict[str, Any]:
        """Answers become true, false or None; sums that cannot be are told at their field."""
        values = {name: _meant(name, value) for name, value in super().clean().items()}
        if not self.errors:
            for name, sentence in sum_errors(values).items():
                self.add_error(name, sentence)
        return values

    @property
    def values(self) -> dict[str, Any]:
        """The clean values under the names of TaskTally, also those whose sums were refused."""
        return {name: self.cleaned_data.get(name) for name in FIELDS_OF_SCOPE[self.scope]}


class OfficerDocumentForm(forms.Form):
    """Only for the officer: from which document the numbers are taken."""

    document_ref = forms.CharField(label=_("Number and date of the document"), max_length=300)


class PointsForm(forms.Form):
    """The points of a rating by group; empty is unknown. `maxima` are the greatest points of each group."""

    common = forms.DecimalField(
        label=_("points of the common criteria"), required=False, min_value=0, decimal_places=4, localize=True
    )
    results = forms.DecimalField(
        label=_("points of the results of tasks"), required=False, min_value=0, decimal_places=4, localize=True
    )
    document = forms.CharField(label=_("Number and date of the document"), max_length=300)

    def __init__(self, maxima: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, most in maxima.items():
            self.fields[group].max_value = most
            self.fields[group].validators.append(MaxValueValidator(most))
            self.fields[group].label = f"{self.fields[group].label.capitalize()} (0-{most})"


class LevelsForm(forms.Form):
    """One of the four levels for each question of the sheet, and the paper that gives them."""

    document = forms.CharField(label=_("Number and date of the document"), max_length=300)

    def __init__(self, sheet: LevelSheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = sheet.questions
        for row in sheet.questions:
            self.fields[row.key] = forms.ChoiceField(label=row.label, choices=Level.choices, widget=forms.RadioSelect)
        self.order_fields([*(row.key for row in sheet.questions), "document"])

    @property
    def levels(self) -> dict[str, str]:
        """The chosen levels by key of the question."""
        return {row.key: self.cleaned_data[row.key] for row in self.questions}


def _field(name: str) -> forms.Field:
    column = TaskTally._meta.get_field(name)
    label = column.verbose_name.capitalize()
    if name in ANSWERS:
        return forms.ChoiceField(label=label, choices=KNOWN, required=False)
    if name == "document":
        return forms.CharField(label=label, max_length=300, required=False)
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": _("not known")})
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, required=False, widget=widget)


def _meant(name: str, value: Any) -> Any:
    return TRUTH.get(value) if name in ANSWERS else value


def _shown(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
