"""Forms around granted roles: the filter of the list, the grant."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs import roles
from orgs.forms.fields import DayField, DocumentField, bare_helper
from orgs.models import Collective, Unit, User
from orgs.selectors import grants


def titles(rows: tuple[roles.Role, ...] | list[roles.Role]) -> list[tuple[str, str]]:
    """Codes and translated titles."""
    return [(role.code, gettext(role.title)) for role in rows]


class GrantFilterForm(forms.Form):
    """Search of the list of granted roles; lives in the address."""

    q = forms.CharField(label=_("Name, username or document"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[(grants.PRESENT, _("In force or to come")), (grants.PAST, _("Ended")), ("all", _("All"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All")), *titles(roles.granted_roles())]


class GrantForm(forms.Form):
    """Which role, where, from when until when, by which document; only what the officer may grant is offered."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label="–")
    collective = forms.ModelChoiceField(
        Collective.objects.none(), label=_("Collective"), required=False, empty_label="–"
    )
    started_on = DayField(label=_("From"))
    ended_on = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty: until ended."),
    )
    document = DocumentField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = grants.roles_granted_by(user)
        self.fields["role"].choices = [("", "–"), *titles(offered)]
        for name, held_by, rows in (
            ("unit", roles.GRANTED_UNIT, grants.units_for(user)),
            ("collective", roles.GRANTED_COLLECTIVE, grants.collectives_for(user)),
        ):
            named = ", ".join(title for _code, title in titles([role for role in offered if role.held_by == held_by]))
            self.fields[name].queryset = rows
            self.fields[name].help_text = gettext("For the roles: %s.") % named
        self.helper = bare_helper()
        self.helper.layout = Layout(
            "role", "unit", "collective", Row(Column("started_on"), Column("ended_on")), "document"
        )

    def clean(self) -> dict[str, Any]:
        """One place at most; whether it fits the role is for the service to say."""
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("collective"):
            self.add_error("collective", _("Choose the unit or the collective, not both."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes besides the account and the actor."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "collective")}
        return {**values, "place": self.cleaned_data["unit"] or self.cleaned_data["collective"]}
