"""Accounts: the own one, and those an account officer keeps."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView, TemplateView

from orgs import access, roles
from orgs.forms import accounts as forms
from orgs.models import Forbidden, Person, Refusal, RoleGrant, Stale, User
from orgs.selectors import accounts as selectors
from orgs.services import accounts as services
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_uuids


class AccountOwnView(TemplateView):
    """Who I am here: person, roles of today, for whom I stand in."""

    template_name = "orgs/account_own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Roles with their titles, granted ones with place and dates."""
        viewer = access.viewer_of(self.request.user)
        titles = [roles.ROLES[code].title for code in sorted(viewer.roles)]
        grants = RoleGrant.objects.filter(user=self.request.user).select_related("unit", "collective")
        return super().get_context_data(
            viewer=viewer, role_titles=titles, grants=[(roles.ROLES[row.role].title, row) for row in grants], **kwargs
        )


class PasswordChangeView(FormView):
    """The own password; forced after a one-time password."""

    template_name = "orgs/password_change.html"
    form_class = forms.OwnPasswordForm
    success_url = settings.LOGIN_REDIRECT_URL

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form checks against the account that is logged in."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: forms.OwnPasswordForm) -> HttpResponse:
        """Change it and stay logged in here; every other session of the account ends."""
        services.change_own_password(user=self.request.user, password=form.cleaned_data["password1"])
        update_session_auth_hash(self.request, self.request.user)
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


class KeepsAccounts(PermissionRequiredMixin):
    """Only for who keeps accounts."""

    permission_required = "orgs.manage_accounts"
    permission_denied_message = gettext_lazy("Only an officer who keeps accounts can open this page.")
    raise_exception = True


class AccountListView(KeepsAccounts, ListView):
    """The accounts I keep."""

    template_name = "orgs/account_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[User]:
        """Searched and filtered by the address."""
        query = self.request.GET
        return selectors.accounts_matching(self.request.user, query.get("q", ""), query.get("status", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter form as the address has it."""
        return super().get_context_data(filter_form=forms.AccountFilterForm(self.request.GET), **kwargs)


class AccountCreateBulkView(KeepsAccounts, ListView):
    """People without an account; tick them, get the slips once."""

    template_name = "orgs/account_create_bulk.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Person]:
        """People in reach who have no account, searched by the address."""
        people = selectors.people_without_account(self.request.user)
        text = self.request.GET.get("q", "")
        return people.matching(text) if text else people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The search form as the address has it."""
        return super().get_context_data(filter_form=forms.PersonSearchForm(self.request.GET), **kwargs)

    @method_decorator(never_cache)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the accounts and show the slips, this once."""
        people = list(self.get_queryset().filter(uuid__in=read_uuids(request.POST.getlist("person"))))
        return _slips_once(
            request, "account.create_bulk", lambda: services.create_accounts(people=people, actor=request.user)
        )


class AccountView(KeepsAccounts, View):
    """Base of the acts on one account."""

    http_method_names = ["post"]

    def account(self) -> User:
        """The account in the address, if it is one of mine."""
        return get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])


class AccountResetView(AccountView):
    """A new one-time password, shown once as a slip."""

    @method_decorator(never_cache)
    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Reset and show the slip."""
        user = self.account()
        return _slips_once(
            request, f"account.reset.{uuid}", lambda: [services.reset_password(user=user, actor=request.user)]
        )


class AccountActivationView(AccountView):
    """Deactivate, or activate again."""

    is_active = False

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Carry it out with the reason given, once."""
        user, given = self.account(), {"is_active": self.is_active, "reason": request.POST.get("note", "")}
        try:
            _make_once(
                request,
                f"account.{self.is_active}.{uuid}",
                lambda: services.set_active(user=user, actor=request.user, **given),
            )
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("orgs:account_list"))


def _slips_once(request: HttpRequest, action: str, make: Callable[[], list[services.Slip]]) -> HttpResponse:
    slips: list[services.Slip] = []
    try:
        _make_once(request, action, lambda: slips.extend(make()))
    except (Stale, Forbidden) as refusal:
        return errors.refused(request, refusal)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("orgs:account_list"))
    if not slips:
        messages.warning(
            request, _("No new slip: tick people first. A slip is shown once; reset a password to print it again.")
        )
        return HttpResponseRedirect(reverse("orgs:account_list"))
    return render(request, "orgs/account_slips.html", {"slips": slips})


def _make_once(request: HttpRequest, action: str, make: Callable[[], object]) -> None:
    def act() -> str:
        make()
        return action

    key = request.POST.get("idempotency_key", "")
    idempotency.carry_out_once(key=key, user=request.user, action=action, body=request.POST, act=act)
