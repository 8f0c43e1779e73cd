"""Forms about posts and seats."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, DocumentField, bare_helper
from orgs.models import Collective, CollectivePart, Job, Position, Unit, User
from orgs.selectors import units


class AppointmentForm(forms.Form):
    """A post: where, as what, from when, by which document."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)
    position = forms.ModelChoiceField(Position.objects.all(), label=_("Position"), required=False)
    job = forms.ModelChoiceField(Job.objects.all(), label=_("Job"), required=False)
    is_head = forms.BooleanField(label=_("Head of the unit"), required=False)
    is_main = forms.BooleanField(
        label=_("Main post"), required=False, initial=True, help_text=_("The present main post ends on the first day.")
    )
    started_on = DayField(label=_("From"))
    document = DocumentField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.changeable_by(user).exclude(ended_on__lte=timezone.localdate())
        self.helper = bare_helper()
        self.helper.layout = Layout(
            "unit", Row(Column("position"), Column("job")), "is_head", "is_main", "started_on", "document"
        )

    def clean(self) -> dict[str, Any]:
        """A post is a position or a job."""
        cleaned = super().clean()
        if not cleaned.get("position") and not cleaned.get("job"):
            self.add_error("position", _("Give a position or a job."))
        return cleaned

    @property
    def post(self) -> dict[str, Any]:
        """The values of the post, without its document."""
        return {name: value for name, value in self.cleaned_data.items() if name != "document"}


class MembershipForm(forms.Form):
    """A seat: in which collective, as what, from when, by which document."""

    collective = forms.ModelChoiceField(Collective.objects.none(), label=_("Collective"))
    part = forms.ChoiceField(label=_("Part"), choices=CollectivePart.choices, initial=CollectivePart.MEMBER)
    order = forms.IntegerField(label=_("Order"), initial=100, min_value=0, max_value=9999)
    started_on = DayField(label=_("From"))
    document = DocumentField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        kept = units.changeable_by(user).values("pk")
        self.fields["collective"].queryset = Collective.objects.current(today).filter(unit__in=kept)
        self.helper = bare_helper()
