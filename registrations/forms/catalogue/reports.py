"""Forms of the report on the catalogue, and of proposing a criterion from one of its rows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from orgs.models import Collective, Unit
from registrations.models import CatalogueReport
from registrations.services.catalogue.reports import ReportWords

WORDS = tuple(ReportWords.__dataclass_fields__)


class ReportStartForm(forms.Form):
    """In whose name, to whom, about which year."""

    issuer = forms.ModelChoiceField(label=_("Reporting body"), queryset=Unit.objects.none(), empty_label=None)
    collective = forms.ModelChoiceField(label=_("Reported to"), queryset=Collective.objects.none(), empty_label=None)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(
        self, *args: Any, issuers: QuerySet[Unit], readers: QuerySet[Collective], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset, self.fields["collective"].queryset = issuers, readers
        self.fields["year"].choices = [(year, str(year)) for year in years]


class ReportForm(forms.Form):
    """The words of a draft; number and date come when it is signed."""

    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    written_on = DayField(label=_("Date of the report"), required=False)
    opening = forms.CharField(label=_("Opening"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    assessment = forms.CharField(
        label=_("Assessment of how the works go"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    requests = forms.CharField(
        label=_("What is proposed to the superior"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One proposal a line."),
    )
    signatory_title = forms.CharField(
        label=_("Authority and title of the signatory"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("On two lines, for instance “T/M BAN THƯỜNG VỤ” and “PHÓ BÍ THƯ”."),
    )
    signatory = forms.CharField(label=_("Signed by"), max_length=200, required=False)

    def __init__(self, *args: Any, report: CatalogueReport, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {name: getattr(report, name) for name in WORDS}})

    def words(self) -> ReportWords:
        """The clean values as the service takes them."""
        return ReportWords(**{name: self.cleaned_data[name] for name in WORDS})


class ProposalForm(forms.Form):
    """The criterion that is proposed, for whose frameworks, from which year on."""

    issuer = forms.ModelChoiceField(label=_("For the frameworks of"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.TypedChoiceField(label=_("From the year"), coerce=int)
    title = forms.CharField(label=_("Proposed criterion"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("Why it is proposed"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, issuers: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["issuer"].queryset = issuers
        self.fields["year"].choices = [(year, str(year)) for year in (this + 1, this, this + 2)]
