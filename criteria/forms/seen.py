"""Forms that notice when somebody else has saved the same row since the page was opened; no text is lost."""

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class SeenForm(forms.ModelForm):
    """Carries the fingerprint of the saved values that its page showed, and refuses when others are saved by now.

    What was typed stays in the fields, what is saved stands beside each that differs; sent again, it is a decision.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # A callable is asked late: a subclass adds its fields after this.
            self.fields["seen"].initial = self.fingerprint

    def fingerprint(self) -> str:
        """The digest of the saved values of every field of the form."""
        values = {name: str(self.get_initial_for_field(self.fields[name], name) or "") for name in self._shown()}
        return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        """Refuse what rests on values that are no longer the saved ones."""
        cleaned = super().clean()
        now = self.fingerprint() if self.instance.pk else ""
        differing = [name for name in self._shown() if name in self.changed_data]
        if self.instance.pk and differing and self.data.get(self.add_prefix("seen"), "") != now:
            self._refuse(differing)
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
        return cleaned

    def _shown(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _refuse(self, differing: list[str]) -> None:
        self.add_error(
            None,
            _(
                "Somebody else has saved this since you opened it. What you typed stands in the fields, what is saved "
                "stands beside it. Compare, then save again."
            ),
        )
        for name in differing:
            self.add_error(name, _("Saved meanwhile: %(value)s") % {"value": self._saved(name) or "–"})

    def _saved(self, name: str) -> str:
        saved = getattr(self.instance, f"get_{name}_display", None)
        if saved is not None:
            return str(saved())
        if name in {field.name for field in self.instance._meta.fields}:
            return str(getattr(self.instance, name) or "")
        return str(self.get_initial_for_field(self.fields[name], name) or "")
