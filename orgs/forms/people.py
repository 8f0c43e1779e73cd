"""Forms about people: the list's filter, the record, its end."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, DocumentField, bare_helper
from orgs.models import Gender, Job, Line, ManagingAuthority, Person, Position, Standing, Unit, User
from orgs.selectors import people, units


def levels() -> list[tuple[str, str]]:
    """Levels of management that live in this installation, by code."""
    rows = ManagingAuthority.objects.filter(is_excluded=False)
    return [("", _("All")), *rows.values_list("code", "name")]


class PeopleFilterForm(forms.Form):
    """Search and filters of the list; lives in the address."""

    q = forms.CharField(label=_("Name or cadre code"), required=False)
    unit = forms.CharField(label=_("Unit (code or name)"), required=False)
    authority = forms.ChoiceField(label=_("Managing authority"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[(people.PRESENT, _("In the register")), (people.LEFT, _("Left the register")), ("all", _("All"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: a callable would be asked each time the field is rendered.
        self.fields["authority"].choices = levels()


class PersonForm(forms.ModelForm):
    """The record of a person, with the document of the change."""

    birth_on = DayField(label=_("Date of birth"), required=False)
    party_admitted_on = DayField(label=_("Admitted to the Party on"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=[("", "–"), *Gender.choices])
    standing = forms.ChoiceField(label=_("State-side standing"), choices=Standing.choices)
    document = DocumentField()

    class Meta:
        model = Person
        fields = (
            "code",
            "full_name",
            "birth_on",
            "gender",
            "email",
            "managing_authority",
            "standing",
            "is_party_member",
            "party_admitted_on",
            "party_cell",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["managing_authority"].queryset = ManagingAuthority.objects.filter(is_excluded=False)
        self.fields["party_cell"].queryset = current_units().filter(line=Line.PARTY)
        self.helper = bare_helper()
        self.helper.layout = Layout(
            Row(Column("full_name", css_class="col-md-8"), Column("code", css_class="col-md-4")),
            Row(Column("birth_on", css_class="col-md-4"), Column("gender", css_class="col-md-4"), Column("email")),
            "managing_authority",
            "standing",
            "is_party_member",
            Row(Column("party_admitted_on", css_class="col-md-4"), Column("party_cell", css_class="col-md-8")),
            "document",
        )

    def clean_code(self) -> str | None:
        """No code is stored as none, so that several people may lack one."""
        return self.cleaned_data["code"] or None

    def clean_birth_on(self) -> object:
        """Nobody is born tomorrow."""
        day = self.cleaned_data["birth_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The day of birth lies in the future."))
        return day


class NewPersonForm(PersonForm):
    """A person with the first post."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)
    position = forms.ModelChoiceField(Position.objects.all(), label=_("Position"), required=False)
    job = forms.ModelChoiceField(Job.objects.all(), label=_("Job"), required=False)
    is_head = forms.BooleanField(label=_("Head of the unit"), required=False)
    started_on = DayField(label=_("From"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.changeable_by(user).exclude(ended_on__lte=timezone.localdate())
        self.helper.layout.fields[-1:-1] = ["unit", Row(Column("position"), Column("job")), "is_head", "started_on"]

    def clean(self) -> dict[str, Any]:
        """A post is a position or a job."""
        cleaned = super().clean()
        if not cleaned.get("position") and not cleaned.get("job"):
            self.add_error("position", _("Give a position or a job."))
        return cleaned

    @property
    def post(self) -> dict[str, Any]:
        """The values of the first post."""
        return {name: self.cleaned_data[name] for name in ("unit", "position", "job", "is_head", "started_on")}


class EndForm(forms.Form):
    """The day on which something ends, and the document that says so."""

    on = DayField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    document = DocumentField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PersonEndForm(EndForm):
    """Leaving the register: retired, moved away, died."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = ("on", "reason", "document")


def current_units() -> object:
    """Units that still stand, for the choices of a form."""
    return Unit.objects.without_tree_fields().exclude(ended_on__lte=timezone.localdate()).order_by("sort_key")
