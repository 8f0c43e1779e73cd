"""What an empty installation still needs, in order, each with the page that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orgs import roles
from orgs.models import AuthorityRule, Collective, ManagingAuthority, Person, Position, RoleGrant, Unit, UnitKind, User


@dataclass(frozen=True)
class Step:
    """One thing to set up: done when `rows()` has any."""

    order: int
    title: str
    detail: str
    url_name: str
    rows: Callable[[], QuerySet]


@dataclass(frozen=True)
class StepStatus:
    """A step and whether it is done."""

    step: Step
    is_done: bool


# order, title, detail, page, what is there once it is done
OWN = (
    (
        10,
        _("Kinds of units"),
        _("Sở, ban, huyện ủy, chi bộ: as your province has them."),
        "admin:orgs_unitkind_changelist",
        UnitKind.objects.all,
    ),
    (
        20,
        _("Levels of management"),
        _("Who manages which cadres, and which body advises them."),
        "admin:orgs_managingauthority_changelist",
        ManagingAuthority.objects.all,
    ),
    (
        30,
        _("Positions"),
        _("Titles, which of them lead, which are equivalent."),
        "admin:orgs_position_changelist",
        Position.objects.all,
    ),
    (40, _("Units"), _("Import the workbook of units."), "orgs:import_units", Unit.objects.all),
    (50, _("People"), _("Import the workbook of people."), "orgs:import_people", Person.objects.all),
    (
        60,
        _("Collectives"),
        _("Leading collectives and committees, and who sits in them."),
        "admin:orgs_collective_changelist",
        Collective.objects.all,
    ),
    (
        70,
        _("Who rates whom"),
        _("Rules of rating authority, delegations."),
        "admin:orgs_authorityrule_changelist",
        AuthorityRule.objects.all,
    ),
    (
        80,
        _("Accounts"),
        _("Make accounts and print the slips."),
        "orgs:account_list",
        lambda: User.objects.filter(person__isnull=False),
    ),
    (
        90,
        _("Roles"),
        _("Officers, secretaries, and for each deciding body a recorder and another confirmer."),
        "admin:orgs_rolegrant_changelist",
        lambda: RoleGrant.objects.filter(role=roles.CONFIRMER),
    ),
)
STEPS: list[Step] = []


def register_step(step: Step) -> None:
    """Add a step; higher floors add theirs from `AppConfig.ready`."""
    STEPS.append(step)


def statuses() -> list[StepStatus]:
    """Every step in order."""
    return [StepStatus(step, step.rows().exists()) for step in sorted(STEPS, key=lambda row: row.order)]


def register() -> None:
    """The steps of this floor; called from `AppConfig.ready`."""
    for order, title, detail, url_name, rows in OWN:
        register_step(Step(order, title, detail, url_name, rows))
