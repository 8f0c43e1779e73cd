"""Forms of frameworks: the promulgating document, the end, a framework below, exceptions, confirmations, filters."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.models import Framework, RevisitDecision
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.services.frameworks.revisits import default_due
from criteria.workflow import FRAMEWORK
from orgs.forms.fields import DayField, DocumentField
from orgs.models import Unit, User

MOST_BYTES = 2 * 1024 * 1024


class FrameworkNumberForm(forms.Form):
    """Number and date, as they stand at the head of the signed document."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        help_text=_("As it stands on the paper, for example 05-HD/TU."),
    )
    issued_on = DayField(label=_("Date of the document"))


class FrameworkFilterForm(forms.Form):
    """Search and status of the list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Status"), required=False)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.name, _(state.label)) for state in FRAMEWORK.states]
        self.fields["state"].choices = [("", _("All")), *states]

    def chosen(self) -> dict[str, str]:
        """What is searched for; nothing where the address holds nonsense."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        parent = cleaned.get("parent")
        return {
            "text": cleaned.get("q", "").strip(),
            "state": cleaned.get("state", ""),
            "parent": str(parent) if parent else "",
        }


class FrameworkSupersedeForm(forms.Form):
    """What takes the place of the framework, and until when the bodies below look at theirs again."""

    successor = forms.ModelChoiceField(
        label=_("Takes its place"),
        queryset=Framework.objects.none(),
        required=False,
        help_text=_("Empty: the latest issued version that was made from it, if there is one."),
    )
    due_on = DayField(label=_("The bodies below look at theirs again until"), required=False)

    def __init__(self, *args: Any, user: User, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = selectors.visible_to(user).filter(state="issued", subject=framework.subject)
        self.fields["successor"].queryset = issued.filter(issuer=framework.issuer_id).exclude(pk=framework.pk)
        self.initial.setdefault("due_on", default_due(timezone.localdate()))


class FrameworkConcretiseForm(forms.Form):
    """Which body makes the framework concrete, under which title."""

    issuer = forms.ModelChoiceField(label=_("Issued by"), queryset=Unit.objects.none())
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, help_text=_("Empty: the title above, with the body's name.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = plan_selectors.bodies_prepared_by(user)
        self.fields["issuer"].queryset = bodies
        self.initial.setdefault("issuer", bodies.first())


class ExceptionForm(forms.Form):
    """The document that lets a departure stand, and why."""

    document = DocumentField()
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class LevelConfirmationForm(forms.Form):
    """The document by which a text is confirmed as not loosened; `text`, `above` are the digests of what was read."""

    document = DocumentField()
    confirmed_on = DayField(label=_("Confirmed on"))
    text = forms.CharField(widget=forms.HiddenInput, max_length=64)
    above = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RevisitForm(forms.Form):
    """Keep, amend or replace, with the reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=RevisitDecision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class RevisitFilterForm(forms.Form):
    """Search and status of the list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), ("open", _("To be decided")), ("late", _("Late")), ("decided", _("Decided"))],
    )


class FrameworkWhyForm(forms.Form):
    """Whom one asks for (code of a cadre or of a collective; empty: oneself) and on which day."""

    code = forms.CharField(label=_("Code of the cadre or collective"), required=False, max_length=40)
    on = DayField(label=_("On the day"), required=False)


class FrameworkFileForm(forms.Form):
    """A framework as a file of this product."""

    file = forms.FileField(
        label=_("File"), help_text=_("The JSON file that this product writes (docs/framework.schema.json).")
    )

    def clean_file(self) -> str:
        """The text of the file; a file of another kind, or too large a one, is refused."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is not a text file in UTF-8.")) from error
