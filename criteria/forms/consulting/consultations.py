"""Forms of consultations: the letter, the texts, the filters of the pages, the last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Framework, Regulation, RemarkKind
from criteria.selectors.consulting import clause_sources, cutting
from criteria.selectors.rounds import plans
from criteria.workflow import CONSULTATION
from orgs.forms.fields import DayField, DocumentField
from orgs.models import Line, Unit, User

ALL = [("", _("All"))]
WAYS = (
    (cutting.POINTS, _("By Điều and khoản, or by its own numbers")),
    (cutting.ARTICLES, _("By Điều only")),
    (cutting.PARAGRAPHS, _("Paragraph by paragraph")),
)
UPLOADED = {"accept": ".txt,.docx", "class": "form-control"}


class ConsultationFilterForm(forms.Form):
    """Search of the list; lives in the address."""

    q = forms.CharField(label=_("Subject, number or body"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*ALL, *((row.name, _(row.label)) for row in CONSULTATION.states)]
    )


class LetterForm(forms.Form):
    """The letter of a consultation; number and date come when it is signed."""

    title = forms.CharField(label=_("About"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(
        label=_("Number of the letter"), max_length=80, required=False, help_text=_("As signed: 1440-CV/BTCTU")
    )
    sent_on = DayField(label=_("Date of the letter"), required=False)
    due_on = DayField(label=_("Last day for answers"), required=False, help_text=_("The day itself counts as in time."))
    question = forms.CharField(
        label=_("What is asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance: what should be changed, why, and how."),
    )
    letter = forms.CharField(label=_("Text of the letter"), required=False, widget=forms.Textarea(attrs={"rows": 10}))


class ConsultationCreateForm(LetterForm):
    """The same, and in whose name."""

    issuer = forms.ModelChoiceField(label=_("Asking body"), queryset=Unit.objects.none())
    field_order = ("issuer", "title")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = plans.bodies_prepared_by(user)


class LastDayForm(forms.Form):
    """Another last day, by a document."""

    due_on = DayField(label=_("New last day"))
    document = DocumentField(label=_("Document that moves the date"))


class PastedTextForm(forms.Form):
    """A text from outside the system, to be cut into clauses."""

    title = forms.CharField(label=_("Title of the text"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    issued_on = DayField(label=_("Date of issue"), required=False)
    way = forms.ChoiceField(label=_("How it is cut"), choices=WAYS, initial=cutting.POINTS)
    text = forms.CharField(label=_("The text"), required=False, widget=forms.Textarea(attrs={"rows": 14}))
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs=UPLOADED),
        help_text=_("TXT or DOCX, at most 10 MB. Numbers that Word counts by itself are not read."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class FrameworkTextForm(forms.Form):
    """A framework of the system."""

    framework = forms.ModelChoiceField(label=_("Framework of criteria"), queryset=Framework.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = clause_sources.frameworks_for(user)


class RegulationTextForm(forms.Form):
    """A regulation of the system, in the parts on which opinions are asked."""

    regulation = forms.ModelChoiceField(label=_("Regulation"), queryset=Regulation.objects.none())
    parts = forms.MultipleChoiceField(
        label=_("Parts"),
        choices=clause_sources.PARTS,
        initial=[clause_sources.CONDITIONS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regulation"].queryset = clause_sources.regulations_for(user)


class PictureFilterForm(forms.Form):
    """Filter of the live picture; lives in the address."""

    q = forms.CharField(label=_("Body or cadre"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            *ALL,
            ("waiting", _("Not answered yet")),
            ("answered", _("Answered")),
            ("late", _("Answered late")),
        ],
    )


class RemarkFilterForm(forms.Form):
    """Which remarks of a clause are shown; lives in the address."""

    kind = forms.ChoiceField(label=_("Proposal"), required=False, choices=[*ALL, *RemarkKind.choices])


class ReplyFilterForm(forms.Form):
    """Which of the matters in which I am asked are shown; lives in the address."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[*ALL, ("waiting", _("Not answered yet")), ("answered", _("Answered"))],
    )


class PickFilterForm(forms.Form):
    """Bodies by name, kind, line, level and superior; lives in the address."""

    q = forms.CharField(label=_("Name or code"), required=False)
    kind = forms.MultipleChoiceField(label=_("Kind of unit"), required=False, widget=forms.SelectMultiple)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[*ALL, *Line.choices])
    level = forms.TypedChoiceField(
        label=_("Level in the tree"),
        required=False,
        coerce=int,
        empty_value=0,
        choices=[*ALL, *((number, str(number)) for number in range(1, 7))],
    )
    under = forms.CharField(label=_("Below the unit (code)"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["kind"].widget.attrs["size"] = min(len(kinds), 6)
