"""The places of the header bar: one table, filtered by what an account may do at any time."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from orgs import access, roles
from orgs.models import User


@dataclass(frozen=True)
class Place:
    """A row of the menu: shown to who has the standing right `right`, to everybody when it is empty."""

    label: str
    url_name: str
    right: str = ""
    group: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A link of the menu."""

    label: str
    url: str
    is_here: bool = False


@dataclass(frozen=True)
class MenuGroup:
    """Links that open under one word; without a `label` they stand in the bar themselves."""

    label: str
    items: tuple[MenuItem, ...]

    @property
    def is_here(self) -> bool:
        """Whether the present page is one of the group's places."""
        return any(item.is_here for item in self.items)


@dataclass(frozen=True)
class AccountMenu:
    """What hangs under the own name; `log_out_url` is posted to."""

    name: str = ""
    items: tuple[MenuItem, ...] = ()
    log_out_url: str = ""


OUTCOME = _("Results")
CRITERIA = _("Criteria")
YEAR = _("In the year")
PREPARE = _("Prepare")
REGISTER = _("Register")

# To add a place: one row. A row whose page is not built into this installation is left out.
PLACES = (
    Place(_("My tasks"), "reviews:home"),
    Place(_("Self-reviews"), "reviews:review_list"),
    Place(_("Meetings"), "reviews:meeting_list"),
    Place(_("Ratings"), "reviews:rating_list"),
    Place(_("Boards"), "reviews:board_list", roles.READ_SUMMARIES, OUTCOME),
    Place(_("Results"), "reviews:result_list", "", OUTCOME),
    Place(_("Summaries"), "reviews:summary_list", roles.READ_SUMMARIES, OUTCOME),
    Place(_("Hard and new work"), "registrations:registration_list", "", YEAR),
    Place(_("Catalogue of registered works"), "registrations:catalogue", roles.READ_SUMMARIES, YEAR),
    Place(_("Support asked of us"), "registrations:support_list", "", YEAR),
    Place(_("Results of the year"), "registrations:result_list", "", YEAR),
    Place(_("Shortcomings and their remedy"), "registrations:remedy_list", "", YEAR),
    Place(_("Running remarks"), "registrations:remark_list", "", YEAR),
    Place(_("What stands about me"), "registrations:record_own", "", YEAR),
    Place(_("Register of facts"), "registrations:fact_home", roles.STATE_FACTS, YEAR),
    Place(_("Grades of earlier years"), "registrations:past_list", roles.STATE_FACTS, YEAR),
    Place(_("Frameworks of criteria"), "criteria:framework_list", roles.MANAGE_PLANS, CRITERIA),
    Place(_("Consultations"), "criteria:consultation_list", roles.MANAGE_PLANS, CRITERIA),
    Place(_("Opinions asked of me"), "criteria:reply_list", "", CRITERIA),
    Place(_("Texts to be studied"), "criteria:dissemination_list", "", CRITERIA),
    Place(_("Coverage"), "criteria:coverage_cycles", roles.MANAGE_CYCLES, CRITERIA),
    Place(_("Plans"), "criteria:plan_list", roles.MANAGE_PLANS, PREPARE),
    Place(_("Cycles"), "criteria:cycle_list", roles.MANAGE_CYCLES, PREPARE),
    Place(_("Regulations"), "criteria:regulation_list", roles.MANAGE_PLANS, PREPARE),
    Place(_("Gallery of forms"), "criteria:form_gallery", roles.MANAGE_PLANS, PREPARE),
    Place(_("Prompts"), "reviews:prompt_list", roles.MANAGE_PROMPTS, PREPARE),
    Place(_("Changes after the roster date"), "reviews:change_list", roles.MANAGE_PEOPLE, PREPARE),
    Place(_("People"), "orgs:people_list", roles.READ_PEOPLE, REGISTER),
    Place(_("Units"), "orgs:units_list", roles.READ_PEOPLE, REGISTER),
    Place(_("Import people"), "orgs:import_people", roles.IMPORT_PEOPLE, REGISTER),
    Place(_("Import units"), "orgs:import_units", roles.IMPORT_PEOPLE, REGISTER),
    Place(_("Accounts"), "orgs:account_list", roles.MANAGE_ACCOUNTS, REGISTER),
    Place(_("Granted roles"), "orgs:grant_list", roles.MANAGE_ACCOUNTS, REGISTER),
    Place(_("First steps"), "orgs:first_steps", roles.CONFIGURE, REGISTER),
    Place(_("Configuration"), "admin:index", roles.CONFIGURE, REGISTER),
)
ACCOUNT_PLACES = (
    Place(_("Messages"), "orgs:message_list"),
    Place(_("My account"), "orgs:account_own"),
    Place(_("Change my password"), "orgs:password_change"),
)
LOG_OUT = "orgs:logout"


def main_menu(user: User | AnonymousUser, path: str = "") -> list[MenuGroup]:
    """The groups of the header bar that `user` may enter, the place of the page at `path` marked."""
    if not user.is_authenticated:
        return []
    rights = access.viewer_of(user).rights
    rows = [(place, _address(place.url_name)) for place in PLACES if not place.right or place.right in rights]
    rows = [(place, url) for place, url in rows if url]
    here = _nearest([url for _, url in rows], path)
    groups: dict[str, list[MenuItem]] = {}
    for place, url in rows:
        groups.setdefault(str(place.group), []).append(MenuItem(str(place.label), url, url == here))
    # A word that opens a single place is that place.
    return [MenuGroup(label if len(items) > 1 else "", tuple(items)) for label, items in groups.items()]


def account_menu(user: User | AnonymousUser) -> AccountMenu:
    """The links under the own name; an empty menu before the login."""
    if not user.is_authenticated:
        return AccountMenu()
    links = [MenuItem(str(place.label), _address(place.url_name)) for place in ACCOUNT_PLACES]
    return AccountMenu(str(user), tuple(link for link in links if link.url), _address(LOG_OUT))


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _nearest(urls: list[str], path: str) -> str:
    inside = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")
