"""Forms of the log of results: two fields first, the rest for later; the filters of the list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from criteria.models import Criterion
from orgs.forms.fields import NARROW, DayField, DocumentField, offer
from registrations.forms.works.works import FilesField, text_field
from registrations.models import ResultAxis
from registrations.selectors.results.results import Filters
from registrations.services.results.results import ResultWords

AXES = [("", "–"), *((code, f"{code}. {label}") for code, label in ResultAxis.choices)]
ALL = ("", _("All"))
# The choice that leaves a criterion as it was written, where it was not chosen from a framework.
KEPT = "kept"
LONGEST_LABEL = 110


class QuickResultForm(forms.Form):
    """What was made, and when: enough to keep it."""

    product = text_field(_("Product"), 2)
    done_on = DayField(label=_("Done on"), required=False)


class ResultForm(forms.Form):
    """One result. Nothing but the product and a day is asked for."""

    product = text_field(
        _("Product"), 2, help_text=_("What was made or reached: a report, a decree, kilometres of road.")
    )
    done_on = DayField(label=_("Done on"), required=False, help_text=_("Leave it empty while it is not done."))
    planned_on = DayField(label=_("Due on"), required=False, help_text=_("The day in the plan or in the assignment."))
    document = forms.CharField(label=_("Number of the document"), max_length=300, required=False)
    collective = forms.ModelChoiceField(label=_("Result of"), queryset=None, required=False, empty_label=_("Myself"))
    task = text_field(_("Assigned task"), 2)
    axis = forms.ChoiceField(label=_("Axis of results"), choices=AXES, required=False)
    criterion = forms.CharField(label=_("Criterion"), max_length=300, required=False)
    started_on = DayField(label=_("Started on"), required=False)
    beyond_quantity = forms.BooleanField(label=_("More than was required (quantity)"), required=False)
    beyond_quality = forms.BooleanField(label=_("Better than was required (quality)"), required=False)
    beyond_time = forms.BooleanField(label=_("Earlier than was required (time)"), required=False)
    beyond_reason = text_field(
        _("In what it is beyond the requirement"), 2, help_text=_("The reason, with figures; the evidence below.")
    )
    cause = text_field(
        _("Objective cause"),
        2,
        help_text=_("Only where it was late or is undone; your superior confirms it."),
    )
    files = FilesField()

    def __init__(
        self,
        *args: Any,
        collectives: QuerySet | None = None,
        criteria: Iterable[Criterion] = (),
        kept: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.kept = {str(row.uuid): row for row in criteria}, kept
        if self.criteria:
            self.fields["criterion"] = forms.ChoiceField(
                label=_("Criterion of the framework in force"), required=False, choices=self._choices()
            )
        if collectives is None or not offer(self.fields["collective"], collectives):
            del self.fields["collective"]

    @property
    def words(self) -> ResultWords:
        """The clean values as the service takes them."""
        more = ("files", "collective")
        values = {name: value for name, value in self.cleaned_data.items() if name not in more}
        if not self.criteria:
            return ResultWords(**values)
        chosen = self.criteria.get(values["criterion"])
        kept = self.kept if values["criterion"] == KEPT else ""
        return ResultWords(**values | {"criterion": str(chosen)[:300] if chosen else kept, "measured_by": chosen})

    def _choices(self) -> list[tuple[str, Any]]:
        """The criteria below the titles of their groups; first what was written by hand or brought in from a file."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for uuid, row in self.criteria.items():
            groups.setdefault(str(row.group), []).append((uuid, Truncator(str(row)).chars(LONGEST_LABEL)))
        return [("", "–"), *([(KEPT, self.kept)] if self.kept else []), *groups.items()]


class ResultEvidenceForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File of the evidence"),
        help_text=_("PDF, JPG, PNG, DOCX or XLSX, at most 10 MB, without a secrecy mark."),
        max_length=255,
        allow_empty_file=True,
    )


class ResultWithdrawForm(forms.Form):
    """Why it no longer counts."""

    reason = text_field(
        _("Reason"), 3, help_text=_("It is counted no longer. It stays in the log with this reason, for who reads it.")
    )


class CauseForm(forms.Form):
    """What the superior says of the cause."""

    is_objective = forms.ChoiceField(
        label=_("The cause"),
        choices=[("yes", _("is objective: I confirm it")), ("no", _("is not objective"))],
        widget=forms.RadioSelect,
    )
    answer = text_field(_("Words of the superior"), 3, help_text=_("Required where the cause is not objective."))
    document = DocumentField(required=False)


class ResultFilterForm(forms.Form):
    """Filters of the list, as the address has them."""

    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("mine", _("Mine")), ("others", _("Of others")), ALL]
    )
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput({"class": NARROW})
    )
    stand = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[
            ALL,
            ("done", _("Done")),
            ("open", _("Not done yet")),
            ("on_time", _("Done on time")),
            ("late", _("Late")),
            ("beyond", _("Beyond the requirement")),
            ("asked", _("Cause to be confirmed")),
            ("withdrawn", _("Withdrawn")),
        ],
    )
    axis = forms.ChoiceField(label=_("Axis of results"), required=False, choices=[ALL, *AXES[1:]])
    q = forms.CharField(label=_("Words, document or name"), required=False, max_length=100)

    @property
    def filters(self) -> Filters:
        """What was asked for; a value that cannot be read asks for nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        return Filters(
            text=found.get("q", ""),
            year=found.get("year"),
            axis=found.get("axis", ""),
            stand=found.get("stand", ""),
            whose=found.get("whose", ""),
        )
