"""Forms of the remedy: its plan, the report, the evidence, the filters of the list."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import NARROW, DayField
from orgs.models import Person
from registrations.selectors.remedies.remedies import Filters


class RemedyPlanForm(forms.Form):
    """What is done about it, by whom, until when."""

    measure = forms.CharField(
        label=_("What is done about it"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    owner = forms.ChoiceField(label=_("Who mends it"), required=False)
    due_on = DayField(label=_("To be mended by"), required=False)

    def __init__(self, owners: Iterable[Person], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(person.uuid): person for person in owners}
        self.fields["owner"].choices = [("", "–"), *((key, str(person)) for key, person in self.owners.items())]

    def clean_owner(self) -> Person | None:
        """The person behind the choice."""
        return self.owners.get(self.cleaned_data["owner"])


class RemedyReportForm(forms.Form):
    """What was done, in words."""

    report = forms.CharField(
        label=_("What was done, with which result"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Attach the evidence on the page of the shortcoming before you report."),
    )


class EvidenceForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File of the evidence"),
        help_text=_("PDF, JPG, PNG, DOCX or XLSX, at most 10 MB, without a secrecy mark."),
        max_length=255,
        allow_empty_file=True,
    )


class RemedyFilterForm(forms.Form):
    """Filters of the list, as the address has them."""

    state = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[
            ("", _("All")),
            ("unsettled", _("Not verified yet")),
            ("open", _("To be mended")),
            ("reported", _("Reported as mended")),
            ("verified", _("Verified as mended")),
            ("closed", _("Closed, mended")),
            ("withdrawn", _("Withdrawn from the register")),
        ],
    )
    year = forms.IntegerField(
        label=_("Named in the year"), required=False, widget=forms.NumberInput(attrs={"class": NARROW})
    )
    q = forms.CharField(label=_("Name or words of it"), required=False, max_length=100)
    late = forms.BooleanField(label=_("Only what is late"), required=False)
    undated = forms.BooleanField(label=_("Only what has no date"), required=False)

    @property
    def filters(self) -> Filters:
        """What was asked for; a value that cannot be read asks for nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        return Filters(
            state=found.get("state", ""),
            text=found.get("q", ""),
            year=found.get("year"),
            is_late=bool(found.get("late")),
            is_undated=bool(found.get("undated")),
        )
