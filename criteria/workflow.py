"""The procedures of plans, frameworks, consultations, disseminations and cycles."""

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
    SUPERIOR,
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

EDITORS = PREPARING
FRAMEWORK_READERS = EVERYBODY | roles(SUPERIOR)
WRITING = PREPARING | roles(SUPERIOR)
ISSUE_GUARDS = (
    "framework_is_numbered",
    "framework_is_complete",
    "parents_make_no_circle",
    "parent_framework_is_issued",
    "framework_conforms",
    "superior_has_agreed",
)

# Letter 1823-CV/TU, 2: the body writes, asks for opinions, puts them together, submits where that is asked, issues.
FRAMEWORK = register(
    Workflow(
        "framework",
        "criteria",
        noun="criteria.Framework",
        states=(
            State("draft", _("Draft"), readers=PREPARING, form="framework"),
            State("consultation", _("In consultation"), readers=WRITING),
            State("synthesis", _("Opinions are put together"), readers=WRITING, form="framework"),
            State("submitted", _("Submitted to the superior"), readers=WRITING),
            State("returned", _("Returned by the superior"), readers=WRITING, form="framework"),
            State("agreed", _("Agreed by the superior"), readers=WRITING),
            State("issued", _("Issued"), readers=FRAMEWORK_READERS),
            State("superseded", _("Superseded"), readers=FRAMEWORK_READERS, final=True),
        ),
        transitions=(
            Transition("consult", "draft", "consultation", EDITORS, _("Put out for opinions")),
            Transition("consult", "returned", "consultation", EDITORS, _("Put out for opinions")),
            Transition("synthesise", "consultation", "synthesis", EDITORS, _("Put the opinions together")),
            *(
                Transition(
                    "submit", source, "submitted", EDITORS, _("Submit to the superior"), ("framework_has_superior",)
                )
                for source in ("draft", "synthesis", "returned")
            ),
            Transition("agree", "submitted", "agreed", roles(SUPERIOR), _("Agree"), needs=("document",)),
            Transition("return", "submitted", "returned", roles(SUPERIOR), _("Return"), needs=("reason",)),
            *(
                Transition("issue", source, "issued", EDITORS, _("Issue"), ISSUE_GUARDS)
                for source in ("draft", "synthesis", "returned", "agreed")
            ),
            *(
                Transition(
                    "take_back",
                    source,
                    "draft",
                    EDITORS,
                    _("Take back to draft"),
                    ("no_consultation_is_under_way",),
                    needs=("reason",),
                )
                for source in ("consultation", "synthesis")
            ),
            Transition("supersede", "issued", "superseded", EDITORS, _("Supersede")),
        ),
    )
)

ASKED = roles(UNIT_HEAD, HEAD, COPIED, SECRETARY, PARTY_SECRETARY, SUBJECT)

# Letter 1440-CV/BTCTU: asked by letter with a last day, answered by clause, put together, submitted.
CONSULTATION = register(
    Workflow(
        "consultation",
        "criteria",
        noun="criteria.Consultation",
        states=(
            State("draft", _("Being prepared"), readers=PREPARING, form="consultation"),
            State("open", _("Out for opinions"), readers=PREPARING | ASKED),
            State("synthesis", _("Opinions are put together"), readers=PREPARING | ASKED),
            State("submitted", _("Result submitted"), readers=PREPARING | ASKED),
            State("finished", _("Finished"), readers=PREPARING | ASKED, final=True),
            State("withdrawn", _("Withdrawn"), readers=PREPARING | ASKED, final=True),
        ),
        transitions=(
            Transition("open", "draft", "open", PREPARING, _("Put out for opinions"), ("consultation_is_complete",)),
            Transition("close", "open", "synthesis", PREPARING, _("Put the opinions together")),
            Transition("reopen", "synthesis", "open", PREPARING, _("Ask again"), needs=("reason",)),
            Transition(
                "submit",
                "synthesis",
                "submitted",
                PREPARING,
                _("Submit the result"),
                ("every_remark_is_answered", "submission_is_addressed"),
            ),
            Transition("return", "submitted", "synthesis", PREPARING, _("Take back to be mended"), needs=("reason",)),
            Transition("finish", "submitted", "finished", PREPARING, _("Finish"), ("submission_is_numbered",)),
            Transition("withdraw", "draft", "withdrawn", PREPARING, _("Withdraw"), needs=("reason",)),
            Transition("withdraw", "open", "withdrawn", PREPARING, _("Withdraw"), needs=("reason",)),
        ),
    )
)

SENDERS = roles(UNIT_HEAD, HEAD, SUBJECT)
ADDRESSEE = register(
    Workflow(
        "addressee",
        "criteria",
        noun="criteria.Addressee",
        states=(
            State("asked", _("Asked"), readers=PREPARING | ASKED, form="reply"),
            State("prepared", _("Before its head"), readers=PREPARING | ASKED, form="reply"),
            State("replied", _("Answered"), readers=PREPARING | ASKED, final=True),
        ),
        transitions=(
            Transition(
                "prepare",
                "asked",
                "prepared",
                roles(COPIED, SECRETARY, PARTY_SECRETARY, SUBJECT),
                _("Hand to the head"),
                ("answers_are_taken", "reply_has_a_head", "reply_says_something"),
            ),
            Transition("return", "prepared", "asked", roles(UNIT_HEAD, HEAD), _("Return"), needs=("reason",)),
            *(
                Transition(
                    "send",
                    source,
                    "replied",
                    SENDERS,
                    _("Send the answer"),
                    ("answers_are_taken", "sender_leads", "reply_says_something"),
                )
                for source in ("asked", "prepared")
            ),
            *(
                Transition(
                    "enter", source, "replied", PREPARING, _("Enter an answer from paper"), ("answers_are_taken",)
                )
                for source in ("asked", "prepared")
            ),
            Transition(
                "reopen",
                "replied",
                "asked",
                PREPARING,
                _("Ask the body again"),
                ("answers_are_taken",),
                needs=("reason",),
            ),
        ),
    )
)

DISSEMINATION = register(
    Workflow(
        "dissemination",
        "criteria",
        noun="criteria.Dissemination",
        states=(
            State("draft", _("Draft"), readers=PREPARING, form="dissemination"),
            State("open", _("Under way"), readers=EVERYBODY),
            State("closed", _("Closed"), readers=EVERYBODY, final=True),
        ),
        transitions=(
            Transition("open", "draft", "open", PREPARING, _("Send out"), ("dissemination_has_bodies",)),
            Transition("close", "open", "closed", PREPARING, _("Close")),
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
