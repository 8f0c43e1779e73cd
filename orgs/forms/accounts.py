"""Forms around accounts: logging in, the own password, searching accounts."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordMixin
from django.utils.translation import gettext_lazy as _

from orgs.models import User


class LoginForm(AuthenticationForm):
    """Username and password; one answer for every way of being wrong."""

    error_messages = {
        "invalid_login": _("Wrong username or password. Both are case-sensitive."),
        "inactive": _("Wrong username or password. Both are case-sensitive."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username (cadre code)")
        self.fields["username"].widget.attrs.update({"class": "form-control", "autocomplete": "username"})
        self.fields["password"].widget.attrs.update({"class": "form-control", "autocomplete": "current-password"})


class OwnPasswordForm(SetPasswordMixin, forms.Form):
    """The old password, and the new one twice."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("New password"), label2=_("New password, again")
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        """The old password must be right."""
        given = self.cleaned_data["old_password"]
        if not self.user.check_password(given):
            raise forms.ValidationError(_("This is not your present password."))
        return given

    def clean(self) -> dict[str, object]:
        """Both new passwords alike, strong enough, and another than the old one."""
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        cleaned = super().clean()
        if cleaned.get("password1") and cleaned.get("password1") == cleaned.get("old_password"):
            self.add_error("password1", _("Choose a password other than the present one."))
        return cleaned


class AccountFilterForm(forms.Form):
    """Search of the list of accounts; lives in the address."""

    q = forms.CharField(label=_("Name or username"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), ("active", _("Active")), ("inactive", _("Deactivated")), ("unused", _("Never used"))],
    )


class PersonSearchForm(forms.Form):
    """Search of the people who have no account yet."""

    q = forms.CharField(label=_("Name or cadre code"), required=False)
