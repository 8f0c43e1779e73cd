"""The procedures of what the year holds, row by row."""

from orgs.roles import (
    AUTHOR,
    COPIED,
    HEAD,
    INSPECTOR,
    MEMBER,
    OFFICER,
    PARTY_SECRETARY,
    SECRETARY,
    SUBJECT,
    UNIT_HEAD,
)
from orgs.workflow import State, Transition, Workflow, register, roles


def _(text: str) -> str:
    return text


MENDING = roles(SUBJECT, AUTHOR, UNIT_HEAD)
STATING = roles(OFFICER, INSPECTOR)
CONCERNED = MENDING | STATING | roles(MEMBER, HEAD, SECRETARY, PARTY_SECRETARY, COPIED)
# Who mends a shortcoming does not verify that it is mended.
BY_ANOTHER = ("remedy_judged_by_another",)

# Guide, 3.12: a remedy for each shortcoming; carried over until it is closed.
REMEDY = register(
    Workflow(
        "remedy",
        "registrations",
        noun="registrations.Shortcoming",
        states=(
            State("open", _("To be mended"), CONCERNED, form="remedy"),
            State("reported", _("Reported as mended"), CONCERNED),
            State("verified", _("Verified as mended"), CONCERNED),
            State("closed", _("Closed, mended"), CONCERNED, final=True),
            State("withdrawn", _("Withdrawn from the register"), CONCERNED, final=True),
        ),
        transitions=(
            Transition("report", "open", "reported", MENDING, _("Report as mended"), ("remedy_is_told",)),
            Transition("return", "reported", "open", STATING, _("Not mended yet"), BY_ANOTHER, needs=("reason",)),
            *(
                Transition(
                    "verify", source, "verified", STATING, _("Verify the remedy"), BY_ANOTHER, needs=("document",)
                )
                for source in ("open", "reported")
            ),
            Transition("close", "verified", "closed", STATING, _("Close the matter"), BY_ANOTHER),
            *(
                Transition("reopen", source, "open", STATING, _("Open again"), BY_ANOTHER, needs=("document", "reason"))
                for source in ("verified", "closed")
            ),
            *(
                Transition(
                    "withdraw",
                    source,
                    "withdrawn",
                    STATING,
                    _("Withdraw from the register"),
                    BY_ANOTHER,
                    needs=("document",),
                )
                for source in ("open", "reported", "verified", "closed")
            ),
        ),
    )
)

NOTHING_NAMED = register(
    Workflow(
        "nothing_named",
        "registrations",
        noun="registrations.Shortcoming",
        states=(
            State("stated", _("No shortcoming was named."), CONCERNED, final=True),
            State("withdrawn", _("Withdrawn from the register"), CONCERNED, final=True),
        ),
        transitions=(
            Transition(
                "withdraw",
                "stated",
                "withdrawn",
                STATING,
                _("Withdraw from the register"),
                BY_ANOTHER,
                needs=("document",),
            ),
        ),
    )
)
