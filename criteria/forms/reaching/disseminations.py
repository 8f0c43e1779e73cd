"""Forms of disseminations: the draft with the bodies it is addressed to, a sitting with its list, the filter."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.forms.fields import CheckedPeopleField
from criteria.models import Dissemination, Framework, Regulation
from criteria.selectors.frameworks import frameworks as framework_selectors
from criteria.selectors.reaching import disseminations as selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.selectors.rules import regulations as regulation_selectors
from criteria.services.reaching.disseminations import DisseminationWords, Session
from orgs.forms.fields import DayField
from orgs.models import Unit, UnitKind, User
from orgs.selectors.unit_tree import UnitTree

WORDS = ("title", "regulation", "framework", "materials", "number", "sent_on", "due_on")


class DisseminationForm(forms.Form):
    """Which text is to be studied, by whom, until when."""

    issuer = forms.ModelChoiceField(label=_("Sent out by"), queryset=Unit.objects.none())
    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    regulation = forms.ModelChoiceField(label=_("Regulation"), queryset=Regulation.objects.none(), required=False)
    framework = forms.ModelChoiceField(
        label=_("or framework of criteria"), queryset=Framework.objects.none(), required=False
    )
    materials = forms.CharField(label=_("What to study"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    file = forms.FileField(label=_("File to study"), required=False, help_text=_("PDF, DOCX, XLSX or a picture."))
    number = forms.CharField(label=_("Number of the letter"), max_length=80, required=False)
    sent_on = DayField(label=_("Date of the letter"), required=False)
    due_on = DayField(label=_("To be finished before"), required=False)
    kinds = forms.ModelMultipleChoiceField(
        label=_("All bodies of these kinds"),
        queryset=UnitKind.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.CharField(
        label=_("and these bodies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Codes of units, divided by commas."),
    )
    has_below = forms.BooleanField(label=_("with all that stand below the bodies named"), required=False)

    def __init__(self, *args: Any, user: User, dissemination: Dissemination | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = plan_selectors.bodies_prepared_by(user)
        self.fields["regulation"].queryset = regulation_selectors.visible_to(user)
        self.fields["framework"].queryset = framework_selectors.visible_to(user).filter(state="issued")
        if dissemination is not None:
            del self.fields["issuer"]
            self.initial.update({name: getattr(dissemination, name) for name in WORDS})
            codes = dissemination.units.order_by("unit__sort_key", "id").values_list("unit__code", flat=True)
            self.initial["units"] = ", ".join(codes)

    def clean_units(self) -> list[Unit]:
        """The units of the codes; an unknown code is named."""
        codes = [code.strip() for code in self.cleaned_data["units"].split(",") if code.strip()]
        found = {unit.code: unit for unit in Unit.objects.without_tree_fields().filter(code__in=codes)}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(_("There is no unit with the code %s.") % ", ".join(unknown))
        return list(found.values())

    def bodies(self) -> list[Unit]:
        """Every body of today that is meant, each once."""
        cleaned = self.cleaned_data
        named = {unit.pk for unit in cleaned["units"]}
        if cleaned["has_below"]:
            named = UnitTree().subtree(named)
        rows = Unit.objects.without_tree_fields().current(timezone.localdate())
        return list(rows.filter(Q(pk__in=named) | Q(kind__in=cleaned["kinds"])).order_by("sort_key", "code"))

    def given(self) -> dict[str, Any]:
        """The clean values as the services take them."""
        words = DisseminationWords(**{name: self.cleaned_data[name] for name in WORDS})
        given = {"words": words, "bodies": self.bodies(), "upload": self.cleaned_data["file"]}
        return given | ({"issuer": self.cleaned_data["issuer"]} if "issuer" in self.fields else {})


class SessionForm(forms.Form):
    """A sitting of the body: when, what it was, who was there, the signed list."""

    studied_on = DayField(label=_("Day of the sitting"))
    session = forms.CharField(
        label=_("Sitting"), max_length=300, help_text=_("For instance: meeting of the whole agency.")
    )
    attendance = forms.FileField(label=_("Attendance list"), help_text=_("The signed list, scanned."))

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = CheckedPeopleField(
            label=_("Who was there"),
            queryset=selectors.people_of(unit),
            error_messages={"required": _("Choose at least one person.")},
        )
        self.initial.setdefault("studied_on", timezone.localdate())

    def given(self) -> dict[str, Any]:
        """The clean values as the service takes them."""
        cleaned = self.cleaned_data
        session = Session(cleaned["studied_on"], cleaned["session"], cleaned["attendance"])
        return {"session": session, "people": list(cleaned["people"])}


class DisseminationFilterForm(forms.Form):
    """Search of the list of disseminations; lives in the address."""

    q = forms.CharField(label=_("Title or number"), required=False)
