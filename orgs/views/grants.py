"""Granted roles: the list an account officer keeps, a new grant, the end of one."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView

from orgs import roles
from orgs.forms.grants import GrantFilterForm, GrantForm
from orgs.forms.people import EndForm
from orgs.models import RoleGrant, Stale, User
from orgs.selectors import accounts
from orgs.selectors import grants as selectors
from orgs.services import grants as services
from orgs.views.accounts import KeepsAccounts
from orgs.views.people import ActFormView


class GrantListView(KeepsAccounts, ListView):
    """The roles granted in the units I keep; in force unless the filter says otherwise."""

    template_name = "orgs/grant_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[RoleGrant]:
        """Searched and filtered by the address."""
        query = self.request.GET
        return selectors.listed(
            self.request.user,
            text=query.get("q", ""),
            role=query.get("role", ""),
            status=query.get("status", selectors.PRESENT),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each grant with the title of its role and whether I may end it; one query more for the page."""
        context = super().get_context_data(title=_("Granted roles"), **kwargs)
        rows = list(context["page_obj"].object_list)
        endable = selectors.endable_by(self.request.user).filter(pk__in=[row.pk for row in rows])
        ids = set(endable.values_list("pk", flat=True))
        context["grants"] = [(roles.ROLES[row.role].title, row, row.pk in ids) for row in rows]
        context["today"] = timezone.localdate()
        context["filter_form"] = GrantFilterForm({"status": selectors.PRESENT, **self.request.GET.dict()})
        return context


class GrantFormView(KeepsAccounts, ActFormView):
    """Base of the two acts."""

    template_name = "orgs/register_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back."""
        return super().get_context_data(cancel_url=reverse("orgs:grant_list"), **kwargs)


class GrantCreateView(GrantFormView):
    """Grant a role to an account that I keep, never to my own."""

    form_class = GrantForm

    @cached_property
    def account(self) -> User:
        """The account of the address."""
        return get_object_or_404(accounts.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The own account is seen and not served: 403 with the reason."""
        keeps = request.user.has_perm("orgs.manage_accounts")
        if keeps and selectors.himself(request.user).filter(pk=self.account.pk).exists():
            raise PermissionDenied(
                _("Nobody grants a role to himself, nor to whom he stands in for: another officer does it.")
            )
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the officer."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom the role is granted to."""
        lead = f"{self.account} · {self.account.username}"
        return super().get_context_data(title=_("Grant a role"), lead=lead, submit_label=_("Grant the role"), **kwargs)

    def carry_out(self, form: GrantForm) -> str:
        """Grant it."""
        services.grant_role(user=self.account, actor=self.request.user, **form.given)
        return reverse("orgs:grant_list")


class GrantEndView(GrantFormView):
    """End a grant by a day and a document; it stays in the list of the past ones."""

    form_class = EndForm

    @cached_property
    def grant(self) -> RoleGrant:
        """A grant that I see and may end."""
        rows = selectors.visible_to(self.request.user).select_related("user__person", "unit", "collective")
        found = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if found.ended_on:
            raise Stale(_("This grant has its end already."))
        if not selectors.endable_by(self.request.user).filter(pk=found.pk).exists():
            raise PermissionDenied(_("You do not end this role: it is your own, or another office grants it."))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What ends."""
        place = self.grant.unit or self.grant.collective or _("Everywhere")
        lead = f"{self.grant.user} · {_(roles.ROLES[self.grant.role].title)} · {place}"
        return super().get_context_data(
            title=_("End a granted role"), lead=lead, submit_label=_("End the role"), **kwargs
        )

    def carry_out(self, form: EndForm) -> str:
        """End it."""
        services.end_grant(grant=self.grant, actor=self.request.user, **form.cleaned_data)
        return reverse("orgs:grant_list")
