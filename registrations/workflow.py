"""The procedures of what the year holds, row by row."""

from orgs.roles import (
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

# Letter 2026-CV/TU, 1: registered, sent to who rates (through the Organisation Committee or to the delegated body).
REGISTERING = roles(SUBJECT, AUTHOR)
RECEIVING = roles(OFFICER)
FOLLOWING = roles(OFFICER, COPIED, UNIT_HEAD, HEAD, INSPECTOR, RECORDER, CONFIRMER)
SENT_READERS = REGISTERING | FOLLOWING
RECEIVED_BY_ANOTHER = ("registration_judged_by_another",)

REGISTRATION = register(
    Workflow(
        "registration",
        "registrations",
        noun="registrations.Registration",
        states=(
            State("draft", _("Draft"), REGISTERING, form="registration"),
            State("sent", _("Sent, waits to be received"), SENT_READERS),
            State("returned", _("Returned to be mended"), SENT_READERS, form="registration"),
            State("received", _("Taken in by the receiving body"), SENT_READERS, final=True),
            State("withdrawn", _("Withdrawn by who registered"), SENT_READERS, final=True),
        ),
        transitions=(
            *(
                Transition(
                    "send",
                    source,
                    "sent",
                    REGISTERING,
                    _("Send the registration"),
                    ("registration_is_complete", "registration_has_receiver", "registered_year_is_open"),
                )
                for source in ("draft", "returned")
            ),
            Transition("receive", "sent", "received", RECEIVING, _("Receive the registration"), RECEIVED_BY_ANOTHER),
            Transition(
                "return",
                "sent",
                "returned",
                RECEIVING,
                _("Return the registration"),
                RECEIVED_BY_ANOTHER,
                needs=("reason",),
            ),
            Transition("take_back", "sent", "draft", REGISTERING, _("Take back to go on writing")),
            *(
                Transition("withdraw", source, "withdrawn", REGISTERING, _("Withdraw the registration"))
                for source in ("draft", "sent", "returned")
            ),
        ),
    )
)

REPORTED = ("reported_done", "reported_not_done", "reported_changed")
# What the receiving body verified is weighed in the rating of the year: a ground, never a condition.
WORK = register(
    Workflow(
        "work",
        "registrations",
        noun="registrations.Work",
        states=(
            State("registered", _("In the registration"), SENT_READERS, form="work"),
            State("catalogue", _("In the catalogue"), SENT_READERS),
            State("under_way", _("Under way"), SENT_READERS),
            State("change_asked", _("A change is asked for"), SENT_READERS),
            State("reported_done", _("Reported as done"), SENT_READERS),
            State("reported_not_done", _("Reported as not done"), SENT_READERS),
            State("reported_changed", _("Reported as done otherwise"), SENT_READERS),
            State("verified", _("Outcome verified"), SENT_READERS),
            State("weighed", _("Weighed in the rating"), SENT_READERS, final=True),
            State("dropped", _("Registration withdrawn"), SENT_READERS, final=True),
        ),
        transitions=(
            Transition("enter", "registered", "catalogue", RECEIVING, _("Enter into the catalogue")),
            Transition("drop", "registered", "dropped", REGISTERING, _("Withdraw with the registration")),
            Transition("start", "catalogue", "under_way", REGISTERING, _("Start the work")),
            Transition("ask_change", "under_way", "change_asked", REGISTERING, _("Ask for a change")),
            Transition("keep", "change_asked", "under_way", REGISTERING, _("Take the asked change back")),
            Transition(
                "consent", "change_asked", "under_way", RECEIVING, _("Consent to the change"), RECEIVED_BY_ANOTHER
            ),
            Transition(
                "decline",
                "change_asked",
                "under_way",
                RECEIVING,
                _("Decline the change"),
                RECEIVED_BY_ANOTHER,
                needs=("reason",),
            ),
            Transition("report_done", "under_way", "reported_done", REGISTERING, _("Report as done")),
            Transition("report_not_done", "under_way", "reported_not_done", REGISTERING, _("Report as not done")),
            Transition(
                "report_changed",
                "under_way",
                "reported_changed",
                REGISTERING,
                _("Report as done otherwise"),
                ("a_change_was_consented",),
            ),
            *(
                Transition("verify", source, "verified", RECEIVING, _("Verify the outcome"), RECEIVED_BY_ANOTHER)
                for source in REPORTED
            ),
            *(
                Transition(
                    "hand_back",
                    source,
                    "under_way",
                    RECEIVING,
                    _("Hand back to be reported again"),
                    RECEIVED_BY_ANOTHER,
                    needs=("reason",),
                )
                for source in (*REPORTED, "verified")
            ),
            Transition(
                "weigh",
                "verified",
                "weighed",
                RECEIVING | roles(RECORDER),
                _("Record as weighed in the rating"),
                RECEIVED_BY_ANOTHER,
                needs=("document",),
            ),
        ),
    )
)

ASKED_FOR_SUPPORT = roles(OFFICER, UNIT_HEAD, HEAD, SECRETARY, PARTY_SECRETARY)
SUPPORT = register(
    Workflow(
        "support",
        "registrations",
        noun="registrations.SupportRequest",
        states=(
            State("planned", _("Goes out when the registration is received"), SENT_READERS, form="support"),
            State("open", _("Before the body that was asked"), SENT_READERS | ASKED_FOR_SUPPORT),
            State("answered", _("Answered"), SENT_READERS | ASKED_FOR_SUPPORT),
            State("settled", _("Settled"), SENT_READERS | ASKED_FOR_SUPPORT, final=True),
            State("withdrawn", _("No longer asked"), SENT_READERS | ASKED_FOR_SUPPORT, final=True),
        ),
        transitions=(
            Transition("put", "planned", "open", REGISTERING, _("Put before the body")),
            Transition("answer", "open", "answered", ASKED_FOR_SUPPORT, _("Answer the request")),
            Transition("ask_again", "answered", "open", REGISTERING, _("Ask for it again"), needs=("reason",)),
            Transition("settle", "answered", "settled", REGISTERING, _("The support came")),
            *(
                Transition("withdraw", source, "withdrawn", REGISTERING, _("Ask no longer"))
                for source in ("planned", "open")
            ),
        ),
    )
)
