"""Forms of the writing pages of a framework: its head, a new one, a group, what it covers, what to copy from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.forms.seen import SeenForm
from criteria.models import CriterionGroup, Framework, FrameworkSubject, Marking, Regulation
from criteria.rating.facts import CRITERIA_GROUPS
from criteria.regulation.vocabulary import POINT_GROUPS
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.selectors.rules import regulations
from criteria.selectors.rules.regulations import parsed
from criteria.services.frameworks.framework_heads import COPY, EMPTY, PARENT
from orgs.models import Unit, User

GROUP_NAMES = {
    "quality": _("Quality of the person"),
    "building": _("Building of the collective"),
    "results": _("Results"),
    "remedy": _("Remedy of shortcomings"),
    "common": _("Common criteria"),
}
NARROW = forms.TextInput(attrs={"class": "form-control narrow-field"})


class FormChoice(forms.ChoiceField):
    """A form of a regulation: one list, the forms of each regulation together."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Regulation and form"), **kwargs})
        self.known: dict[str, tuple[Regulation, str]] = {}

    def offer(self, user: User, present: Framework | None = None) -> None:
        """Every form in the regulations that `user` reads; that of `present` stays choosable."""
        groups = []
        for row in regulations.visible_to(user).order_by("-key"):
            rows = [(f"{row.uuid}:{form.key}", f"{form.number}. {form.title}") for form in parsed(row).forms]
            self.known.update({key: (row, key.partition(":")[2]) for key, _label in rows})
            groups.append((row.number, rows))
        if present and (key := key_of(present)) not in self.known:
            self.known[key] = (present.regulation, present.form_key)
            groups.append((present.regulation.number, [(key, present.form_key)]))
        self.choices = [*([] if self.required else [("", _("As in the framework above"))]), *groups]


def key_of(framework: Framework) -> str:
    """The choice that stands for the form of a framework."""
    return f"{framework.regulation.uuid}:{framework.form_key}"


class HeadForm(SeenForm):
    """The head of a framework: what it is called, on what it rests, whom it measures by which form, how it marks."""

    form_choice = FormChoice()

    class Meta:
        model = Framework
        fields = ("title", "legal_basis", "parent", "subject", "marking", "line", "managing_authority",
                  "is_submission_required")  # fmt: skip
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "legal_basis": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in (*self.Meta.fields, "regulation", "form_key")}
        self.fields["form_choice"].offer(user, self.instance)
        self.initial["form_choice"] = key_of(self.instance)
        above = selectors.visible_to(user).filter(state="issued") | selectors.visible_to(user).filter(
            pk=self.instance.parent_id
        )
        self.fields["parent"].queryset = above.exclude(pk=self.instance.pk).order_by("title", "-edition")
        self.order_fields(["title", "legal_basis", "parent", "form_choice"])

    def values(self) -> dict[str, Any]:
        """The fields of the framework."""
        return head_values(self.cleaned_data, self.fields["form_choice"], self.Meta.fields)


def head_values(cleaned: Mapping[str, Any], choice: FormChoice, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a framework out of a form that has its form in one list."""
    regulation, form_key = choice.known[cleaned["form_choice"]]
    return {**{name: cleaned[name] for name in names}, "regulation": regulation, "form_key": form_key}


class NewForm(forms.Form):
    """A framework that is begun: of which body, under which title, below which one, with what in it."""

    issuer = forms.ModelChoiceField(label=_("Issued by"), queryset=Unit.objects.none())
    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    parent = forms.ModelChoiceField(
        label=_("Concretises"),
        queryset=Framework.objects.none(),
        required=False,
        help_text=_("The issued framework above it. Empty: it stands at the top."),
    )
    form_choice = FormChoice(required=False)
    subject = forms.ChoiceField(
        label=_("Measures"),
        choices=[("", _("As in the framework above")), *FrameworkSubject.choices],
        required=False,
    )
    marking = forms.ChoiceField(
        label=_("Marking"), choices=[("", _("As in the framework above")), *Marking.choices], required=False
    )
    start = forms.ChoiceField(
        label=_("Begin with"),
        choices=[
            (EMPTY, _("nothing")),
            (PARENT, _("the required criteria of the framework above")),
            (COPY, _("the criteria of another framework")),
        ],
        initial=EMPTY,
        widget=forms.RadioSelect,
    )
    source = forms.ModelChoiceField(
        label=_("Copy from"),
        queryset=Framework.objects.none(),
        required=False,
        help_text=_("Only for the last choice."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = plan_selectors.bodies_prepared_by(user)
        self.fields["issuer"].queryset = bodies
        self.initial.setdefault("issuer", bodies.first())
        self.fields["form_choice"].offer(user)
        readable = selectors.visible_to(user).order_by("title", "-edition")
        self.fields["parent"].queryset = readable.filter(state="issued")
        self.fields["source"].queryset = readable

    def clean(self) -> dict[str, Any]:
        """Without a framework above, regulation, form, subject and marking are named here."""
        given = super().clean()
        if not given.get("parent"):
            for name in ("form_choice", "subject", "marking"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose, or name the framework above."))
        return given

    def values(self) -> dict[str, Any]:
        """The fields of the framework; what is left open comes from the one above."""
        given, above = self.cleaned_data, self.cleaned_data["parent"]
        choice = self.fields["form_choice"].known.get(given["form_choice"])
        regulation, form_key = choice or (above.regulation, above.form_key)
        words = {name: given[name] for name in ("issuer", "title", "parent")}
        rest = {name: given[name] or getattr(above, name) for name in ("subject", "marking")}
        return {**words, **rest, "regulation": regulation, "form_key": form_key}


class GroupForm(SeenForm):
    """A group: its number and title, the group of the regulation that it stands for, what its weights add up to."""

    class Meta:
        model = CriterionGroup
        fields = ("number", "title", "group_key", "weight_sum", "is_sum_fixed", "cites")
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "number": NARROW}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in self.Meta.fields}
        present = self.instance.group_key
        keys = dict.fromkeys((*CRITERIA_GROUPS, *POINT_GROUPS, *([present] if present else [])))
        choices = [(key, GROUP_NAMES.get(key, key)) for key in keys]
        self.fields["group_key"] = forms.ChoiceField(label=_("Group of the regulation"), choices=choices)
        self.fields["weight_sum"] = forms.DecimalField(
            label=_("Sum of the weights"),
            required=False,
            localize=True,
            min_value=0,
            max_digits=6,
            decimal_places=2,
            help_text=_("For example 30 or 70; empty: none is asked for."),
        )
        self.order_fields(self.Meta.fields)

    def values(self) -> dict[str, Any]:
        """The fields of the group."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CopyForm(forms.Form):
    """Where the criteria are copied from."""

    source = forms.ModelChoiceField(label=_("Copy from"), queryset=Framework.objects.none())

    def __init__(self, *args: Any, user: User, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = selectors.visible_to(user).exclude(pk=framework.pk)
        self.fields["source"].queryset = rows.order_by("title", "-edition")


class CoverSearchForm(forms.Form):
    """Search among jobs, positions, collectives and units."""

    q = forms.CharField(label=_("Job, position, collective or unit"), required=False, max_length=100)
