"""Forms about units."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, DocumentField, bare_helper
from orgs.forms.people import current_units
from orgs.models import Line, Unit, User
from orgs.selectors import units


class UnitsFilterForm(forms.Form):
    """Search and filters of the tree; lives in the address."""

    q = forms.CharField(label=_("Name or code"), required=False)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[("", _("All")), *Line.choices])
    ended = forms.BooleanField(label=_("With those that have ended"), required=False)


class UnitForm(forms.ModelForm):
    """A unit, with the document of the change."""

    started_on = DayField(label=_("From"), required=False)
    document = DocumentField()

    class Meta:
        model = Unit
        fields = ("name", "code", "kind", "line", "parent", "party_organisation", "email", "started_on")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = units.changeable_by(user).order_by("sort_key")
        if self.instance.parent_id:
            above = above | Unit.objects.without_tree_fields().filter(pk=self.instance.parent_id)
        self.fields["parent"].queryset = above
        self.fields["party_organisation"].queryset = current_units().filter(line=Line.PARTY)
        self.helper = bare_helper()
        self.helper.layout = Layout(
            Row(Column("name", css_class="col-md-9"), Column("code", css_class="col-md-3")),
            Row(Column("kind"), Column("line")),
            "parent",
            "party_organisation",
            Row(Column("email", css_class="col-md-8"), Column("started_on", css_class="col-md-4")),
            "document",
        )


class SuccessionForm(forms.Form):
    """Units that become (part of) this one, from which day, by which document."""

    predecessors = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Units that are merged into it"), help_text=_("They end on that day.")
    )
    on = DayField(label=_("On"))
    document = DocumentField()

    def __init__(self, *args: Any, user: User, successor: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = units.changeable_by(user).filter(ended_on__isnull=True).exclude(pk=successor.pk)
        self.fields["predecessors"].queryset = kept.order_by("sort_key")
        self.fields["predecessors"].widget.attrs["size"] = 10
        self.helper = bare_helper()
