"""Addresses of logging in and of accounts."""

from django.urls import URLPattern, path

from orgs.views import accounts, first_steps, grants, sessions

urlpatterns: list[URLPattern] = [
    path("login", sessions.LoginView.as_view(), name="login"),
    path("logout", sessions.LogoutView.as_view(), name="logout"),
    path("account", accounts.AccountOwnView.as_view(), name="account_own"),
    path("account/password", accounts.PasswordChangeView.as_view(), name="password_change"),
    path("accounts", accounts.AccountListView.as_view(), name="account_list"),
    path("accounts/new", accounts.AccountCreateBulkView.as_view(), name="account_create_bulk"),
    path("accounts/<uuid:uuid>/reset", accounts.AccountResetView.as_view(), name="account_reset"),
    path("accounts/<uuid:uuid>/deactivate", accounts.AccountActivationView.as_view(), name="account_deactivate"),
    path(
        "accounts/<uuid:uuid>/activate", accounts.AccountActivationView.as_view(is_active=True), name="account_activate"
    ),
    path("accounts/<uuid:uuid>/grant", grants.GrantCreateView.as_view(), name="grant_create"),
    path("grants", grants.GrantListView.as_view(), name="grant_list"),
    path("grants/<uuid:uuid>/end", grants.GrantEndView.as_view(), name="grant_end"),
    path("first-steps", first_steps.FirstStepsView.as_view(), name="first_steps"),
]
