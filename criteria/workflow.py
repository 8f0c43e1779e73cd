"""The procedures of plans, frameworks and cycles."""

from orgs.roles import (
    ADMINISTRATOR,
    AUTHOR,
    CONFIRMER,
    COPIED,
    HEAD,
    INSPECTOR,
    MEMBER,
    OFFICER,
    PARTY_SECRETARY,
    RECORDER,
    SECRETARY,
    SUBJECT,
    UNIT_HEAD,
)
from orgs.workflow import State, Transition, Workflow, register, roles


def _(text: str) -> str:
    return text


PREPARING = roles(OFFICER, ADMINISTRATOR)
EVERYBODY = PREPARING | roles(
    INSPECTOR, SUBJECT, MEMBER, HEAD, UNIT_HEAD, SECRETARY, PARTY_SECRETARY, AUTHOR, COPIED, RECORDER, CONFIRMER
)

PLAN = register(
    Workflow(
        "plan",
        "criteria",
        noun="criteria.Plan",
        states=(
            State("draft", _("Draft"), readers=PREPARING, form="plan", due="plan"),
            State("issued", _("Issued"), readers=EVERYBODY, final=True),
        ),
        transitions=(
            Transition(
                "issue",
                "draft",
                "issued",
                PREPARING,
                _("Issue"),
                ("plan_is_numbered", "plan_has_dates", "parent_plan_issued", "milestones_fit_parent"),
            ),
        ),
    )
)

FRAMEWORK = register(
    Workflow(
        "framework",
        "criteria",
        noun="criteria.Framework",
        states=(
            State("draft", _("Draft"), readers=PREPARING, form="framework"),
            State("issued", _("Issued"), readers=EVERYBODY),
            State("superseded", _("Superseded"), readers=EVERYBODY, final=True),
        ),
        transitions=(
            Transition(
                "issue", "draft", "issued", PREPARING, _("Issue"), ("framework_is_numbered", "framework_is_complete")
            ),
            Transition("supersede", "issued", "superseded", PREPARING, _("Supersede")),
        ),
    )
)

CYCLE = register(
    Workflow(
        "cycle",
        "criteria",
        noun="criteria.Cycle",
        states=(
            State("preparing", _("Being prepared"), readers=PREPARING, form="cycle"),
            State("open", _("Under way"), readers=EVERYBODY),
            State("closed", _("Closed"), readers=EVERYBODY, final=True),
        ),
        transitions=(
            Transition("open", "preparing", "open", PREPARING, _("Open the cycle"), ("cycle_is_ready",)),
            Transition("close", "open", "closed", PREPARING, _("Close the cycle"), ("cycle_has_ended",)),
        ),
    )
)
