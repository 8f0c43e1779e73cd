"""The guided forms of a change after the roster date: each asks only what its kind needs."""

from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from orgs.models import Collective, CollectivePart, Person, Position, Unit, User, names
from orgs.selectors import people
from reviews.models import ChangeKind
from reviews.services.enrolling.changes import Asked

M = TypeVar("M", bound=Model)
SHOWN = 5
PARTS = [("", _("No seat")), *CollectivePart.choices]
COMMON = ("person", "happened_on", "document")
PLACE = ("unit", "position", "is_head", "cell", "collective", "part")
FIELDS = {
    ChangeKind.JOINER: (*COMMON, *PLACE),
    ChangeKind.MOVER: (*COMMON, *PLACE, "keeps_other_posts"),
    ChangeKind.LEAVER: (*COMMON, "reason"),
    ChangeKind.NEW_HEAD: (*COMMON, "collective", "position", "cell", "former_part", "former_position"),
}
REQUIRED = {
    ChangeKind.JOINER: ("unit", "position"),
    ChangeKind.MOVER: ("unit", "position"),
    ChangeKind.LEAVER: ("reason",),
    ChangeKind.NEW_HEAD: ("collective", "position"),
}


class NamedField(forms.CharField):
    """A row named by its code or by a part of its name that fits one row only."""

    def __init__(self, *, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    def clean(self, value: str) -> Model | None:
        """The row; an error lists the first that fit when there are several."""
        text = super().clean(value)
        if not text:
            return None
        exact = self.rows.filter(code__iexact=text).first()
        found = [exact] if exact else self.matching(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Nothing of this code or name was found."))
        listed = "; ".join(f"{row.code or '–'} {row}" for row in found[:SHOWN])
        raise forms.ValidationError(_("Several fit, give the code: %(rows)s"), params={"rows": listed})

    def matching(self, text: str) -> list[Model]:
        """The rows whose name holds the text, without accents."""
        return list(self.rows.matching(text)[: SHOWN + 1])


class CollectiveField(NamedField):
    """A collective by code or name."""

    def matching(self, text: str) -> list[Model]:
        """Collectives keep no folded name: the few hundred of a province are folded here."""
        folded = names.fold(text)
        return [row for row in self.rows if folded in names.fold(row.name)]


class PersonField(NamedField):
    """A person: by name among those the officer sees, else by cadre code, for a newcomer is in nobody's sight yet."""

    user: User

    def matching(self, text: str) -> list[Model]:
        """By name, within the officer's sight."""
        return list(people.visible_to(self.user).matching(text)[: SHOWN + 1])


class ChangeForm(forms.Form):
    """Every field that some kind of change asks for; those of other kinds are taken out."""

    person = PersonField(label=_("Person (cadre code or name)"), rows=Person.objects.none())
    happened_on = DayField(label=_("From the day"))
    document = forms.CharField(
        label=_("Document"), max_length=300, help_text=_("Number and date, such as 125-QĐ/TU of 15/11/2024.")
    )
    unit = NamedField(label=_("New unit (code or name)"), rows=Unit.objects.none(), required=False)
    position = forms.ModelChoiceField(label=_("New position"), queryset=Position.objects.all(), required=False)
    is_head = forms.BooleanField(label=_("Head of the unit"), required=False)
    cell = NamedField(
        label=_("Party cell (code or name)"),
        rows=Unit.objects.none(),
        required=False,
        help_text=_("Only where the Party activity is transferred."),
    )
    collective = CollectiveField(label=_("Collective (code or name)"), rows=Collective.objects.none(), required=False)
    part = forms.ChoiceField(label=_("Part in the collective"), choices=PARTS, required=False)
    keeps_other_posts = forms.BooleanField(label=_("Keeps the posts in other units"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Retired, died, left the system, ...")
    )
    former_part = forms.ChoiceField(
        label=_("The former head stays in the collective as"), choices=PARTS, required=False
    )
    former_position = forms.ModelChoiceField(
        label=_("New position of the former head here"), queryset=Position.objects.all(), required=False
    )

    def __init__(self, *args: Any, kind: str, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        today = timezone.localdate()
        self.fields["person"].rows = Person.objects.filter(ended_on__isnull=True)
        self.fields["person"].user = user
        for name in ("unit", "cell"):
            self.fields[name].rows = Unit.objects.without_tree_fields().current(today)
        self.fields["collective"].rows = Collective.objects.current(today)
        for name in set(self.fields) - set(FIELDS[kind]):
            del self.fields[name]
        for name in REQUIRED[kind]:
            self.fields[name].required = True
        self.order_fields(FIELDS[kind])

    def clean(self) -> dict[str, Any]:
        """A seat needs its collective, and the other way round."""
        cleaned = super().clean()
        if "part" in self.fields and bool(cleaned.get("part")) != bool(cleaned.get("collective")):
            self.add_error("part", _("Name both the collective and the part in it, or neither."))
        return cleaned

    def asked(self) -> Asked:
        """The clean values as the service takes them."""
        values = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Asked(kind=self.kind, on=values.pop("happened_on"), **values)
