"""The procedures of the round: what a subject writes (review), what a body decides (rating), and the rest around them.

QĐ 124-QĐ/TW Điều 7 (review), Điều 11 (rating), Điều 15 (notice, revocation); HD 25-HD/BTCTW.
"""

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
    WORKING_GROUP,
)
from orgs.workflow import State, Transition, Workflow, register, roles


def _(text: str) -> str:
    return text


# On these acts nobody is judge in his own case.
OTHERS = ("nobody_judges_himself",)
PEN = roles(SUBJECT, AUTHOR)
VENUE = roles(HEAD, SECRETARY, PARTY_SECRETARY)
WATCHING = roles(OFFICER, COPIED, INSPECTOR)
DECIDING = roles(RECORDER, CONFIRMER)
APPRAISING = roles(OFFICER)
PAPER = ("document", "reason")
# The superior's working group follows a prompted subject from the prompt to the finished review.
GROUP = roles(WORKING_GROUP)
AT_MEETING = PEN | VENUE | WATCHING | GROUP

REVIEW = register(
    Workflow(
        "review",
        "reviews",
        noun="reviews.Review",
        states=(
            State("self_review", _("Self-review"), PEN | VENUE | WATCHING, form="self_review", due="self_review"),
            State("meeting", _("Review meeting"), AT_MEETING | roles(MEMBER), form="meeting", due="meeting"),
            State("finishing", _("Finishing after the meeting"), AT_MEETING, form="finishing", due="finishing"),
            State("finished", _("Review finished"), AT_MEETING | DECIDING | roles(UNIT_HEAD), final=True),
            State("postponed", _("Review postponed"), PEN | VENUE | WATCHING),
            State("closed", _("Review closed without result"), PEN | VENUE | WATCHING, final=True),
        ),
        transitions=(
            Transition(
                "submit",
                "self_review",
                "meeting",
                PEN,
                _("Submit"),
                ("every_item_answered", "not_past_closing_milestone"),
            ),
            Transition(
                "conclude",
                "meeting",
                "finishing",
                VENUE,
                _("Conclude the review meeting"),
                (
                    "explanation_sent",
                    "draft_circulated_in_time",
                    "collective_reviewed_first",
                    "head_reviewed_first",
                    "quorum_present",
                    "every_venue_held",
                ),
            ),
            Transition(
                "return", "meeting", "self_review", VENUE, _("Return for completion"), OTHERS, needs=("reason",)
            ),
            Transition("finish", "finishing", "finished", PEN, _("Finish the review"), ("conclusion_answered",)),
            Transition("return", "finishing", "meeting", VENUE, _("Return to the meeting"), OTHERS, needs=("reason",)),
            Transition("reopen", "finished", "finishing", APPRAISING, _("Reopen"), OTHERS, needs=PAPER),
            Transition(
                "postpone", "self_review", "postponed", VENUE | APPRAISING, _("Postpone"), OTHERS, needs=("reason",)
            ),
            Transition(
                "postpone", "meeting", "postponed", VENUE | APPRAISING, _("Postpone"), OTHERS, needs=("reason",)
            ),
            Transition(
                "postpone", "finishing", "postponed", VENUE | APPRAISING, _("Postpone"), OTHERS, needs=("reason",)
            ),
            Transition("resume", "postponed", "self_review", VENUE | APPRAISING, _("Resume"), OTHERS),
            Transition("close", "self_review", "closed", APPRAISING, _("Close without result"), OTHERS, needs=PAPER),
            Transition("close", "postponed", "closed", APPRAISING, _("Close without result"), OTHERS, needs=PAPER),
        ),
    )
)

PROPOSING = roles(HEAD, SECRETARY, PARTY_SECRETARY, UNIT_HEAD)

RATING = register(
    Workflow(
        "rating",
        "reviews",
        noun="reviews.Rating",
        states=(
            State("proposal", _("Grade being proposed"), PROPOSING | WATCHING, form="proposal", due="proposal"),
            State("appraisal", _("Being appraised"), PROPOSING | WATCHING, form="appraisal", due="appraisal"),
            State("decision", _("Before the deciding body"), WATCHING | DECIDING, form="decision", due="decision"),
            State(
                "notice",
                _("Notified and published"),
                PEN | PROPOSING | WATCHING | DECIDING,
                form="notice",
                due="notice",
            ),
            State(
                "petition", _("Petition under consideration"), PEN | PROPOSING | WATCHING | DECIDING, form="petition"
            ),
            State("archived", _("Archived"), PEN | PROPOSING | WATCHING | DECIDING, final=True),
            State("postponed", _("Not yet rated"), PROPOSING | WATCHING | DECIDING),
            State("not_rated", _("Exempt or not rated"), PEN | PROPOSING | WATCHING | DECIDING, final=True),
        ),
        transitions=(
            Transition(
                "propose",
                "proposal",
                "appraisal",
                PROPOSING,
                _("Propose the grade"),
                ("review_finished", "nobody_rates_himself", "ballot_closed", "proposed_grade_given"),
            ),
            Transition(
                "appraise",
                "appraisal",
                "decision",
                APPRAISING,
                _("Appraise and put before the body"),
                ("nobody_rates_himself", "opinions_in", "state_grade_known", "appraised_grade_given"),
            ),
            Transition(
                "return", "appraisal", "proposal", APPRAISING, _("Return for completion"), OTHERS, needs=("reason",)
            ),
            Transition(
                "decide",
                "decision",
                "notice",
                roles(CONFIRMER),
                _("Issue the decision"),
                (
                    *OTHERS,
                    "in_confirmed_conclusion",
                    "lower_decided_first",
                    "head_rated_last",
                    "head_not_above_collective",
                    "quota_kept",
                ),
            ),
            Transition(
                "return", "decision", "appraisal", DECIDING, _("Return for appraisal"), OTHERS, needs=("reason",)
            ),
            Transition("archive", "notice", "archived", APPRAISING, _("Archive"), (*OTHERS, "result_notified")),
            Transition(
                "petition", "notice", "petition", PEN, _("File a petition"), ("result_notified",), needs=("reason",)
            ),
            Transition(
                "uphold", "petition", "notice", roles(CONFIRMER), _("Uphold the grade"), (*OTHERS, "petition_concluded")
            ),
            Transition(
                "regrade", "petition", "decision", roles(CONFIRMER), _("Rate again"), (*OTHERS, "petition_concluded")
            ),
            Transition("revoke", "notice", "decision", APPRAISING, _("Revoke the result"), OTHERS, needs=PAPER),
            Transition("revoke", "archived", "decision", APPRAISING, _("Revoke the result"), OTHERS, needs=PAPER),
            Transition("postpone", "proposal", "postponed", APPRAISING, _("Postpone"), OTHERS, needs=("reason",)),
            Transition("postpone", "appraisal", "postponed", APPRAISING, _("Postpone"), OTHERS, needs=("reason",)),
            Transition("postpone", "decision", "postponed", APPRAISING, _("Postpone"), OTHERS, needs=("reason",)),
            Transition("resume", "postponed", "proposal", APPRAISING, _("Resume"), OTHERS),
            Transition(
                "exempt",
                "proposal",
                "not_rated",
                APPRAISING,
                _("Record as exempt or not rated"),
                (*OTHERS, "circumstance_recorded"),
            ),
            Transition(
                "exempt",
                "postponed",
                "not_rated",
                APPRAISING,
                _("Record as exempt or not rated"),
                (*OTHERS, "circumstance_recorded"),
            ),
        ),
    )
)

PROMPTED = AT_MEETING | DECIDING | roles(MEMBER)
PROMPT = register(
    Workflow(
        "prompt",
        "reviews",
        noun="reviews.Prompt",
        states=(
            State("draft", _("Draft"), APPRAISING, form="prompt"),
            State("issued", _("Issued, to be explained"), PROMPTED, form="explanation", due="explanation"),
            State("explained", _("Explanation sent"), PROMPTED, final=True),
            State("withdrawn", _("Withdrawn"), WATCHING, final=True),
            State("recalled", _("Withdrawn by a document"), PEN | VENUE | WATCHING | DECIDING, final=True),
        ),
        transitions=(
            # Follows from the confirmation of the list and from nothing else: the guard asks for its decision.
            Transition("issue", "draft", "issued", roles(CONFIRMER), _("Issue"), (*OTHERS, "prompt_is_decided")),
            Transition("send", "issued", "explained", PEN, _("Send the explanation"), ("every_prompt_answered",)),
            Transition(
                "return", "explained", "issued", APPRAISING, _("Return for completion"), OTHERS, needs=("reason",)
            ),
            Transition(
                "withdraw", "draft", "withdrawn", APPRAISING, _("Withdraw"), (*OTHERS, "prompt_list_is_drafted")
            ),
            Transition("withdraw", "issued", "recalled", APPRAISING, _("Withdraw"), OTHERS, needs=PAPER),
        ),
    )
)

# One list for each authority and cycle; what is added later is added to it and decided again.
WHOLE = ("prompts_are_whole", "prompted_are_still_heard", "contributions_are_in")
NAMED = ("prompts_are_of_others", "decision_is_named")
SEEN_TWICE = ("prompts_are_of_others", "prompted_are_still_heard", "prompt_decision_confirmed_by_another")
PROMPT_LIST = register(
    Workflow(
        "prompt_list",
        "reviews",
        noun="reviews.PromptList",
        states=(
            State("drafting", _("Prompt list being prepared"), APPRAISING, form="prompt_list"),
            State("proposed", _("Proposed to the prompting body"), APPRAISING | DECIDING),
            State("recorded", _("Decision recorded, to be confirmed"), APPRAISING | DECIDING),
            State("issued", _("Decided and issued"), APPRAISING | DECIDING | roles(INSPECTOR), final=True),
        ),
        transitions=(
            Transition("propose", "drafting", "proposed", APPRAISING, _("Propose to the prompting body"), WHOLE),
            Transition("return", "proposed", "drafting", DECIDING, _("Return for completion"), needs=("reason",)),
            Transition(
                "record", "proposed", "recorded", roles(RECORDER), _("Record the decision about the list"), NAMED
            ),
            Transition("confirm", "recorded", "issued", roles(CONFIRMER), _("Confirm and issue"), SEEN_TWICE),
            Transition("withdraw", "recorded", "proposed", DECIDING, _("Withdraw the record"), needs=("reason",)),
            Transition("supplement", "issued", "drafting", APPRAISING, _("Add to the list"), needs=("reason",)),
        ),
    )
)

MEETING = register(
    Workflow(
        "meeting",
        "reviews",
        noun="reviews.Meeting",
        states=(
            State("preparing", _("Being prepared"), VENUE | roles(MEMBER) | WATCHING, form="agenda", due="meeting"),
            State("open", _("In session"), VENUE | roles(MEMBER) | WATCHING, form="session"),
            State("closed", _("Closed, minutes signed"), VENUE | roles(MEMBER) | WATCHING | DECIDING, final=True),
        ),
        transitions=(
            Transition(
                "open", "preparing", "open", VENUE, _("Open the meeting"), ("agenda_in_order", "explanations_sent")
            ),
            Transition(
                "close",
                "open",
                "closed",
                VENUE,
                _("Close the meeting"),
                ("attendance_recorded", "every_subject_heard", "tallies_confirmed"),
            ),
            Transition("reopen", "closed", "open", APPRAISING, _("Reopen"), needs=PAPER),
        ),
    )
)

CONCLUSION = register(
    Workflow(
        "conclusion",
        "reviews",
        noun="reviews.Conclusion",
        states=(
            State("recorded", _("Recorded, to be confirmed"), WATCHING | DECIDING, form="conclusion"),
            State("confirmed", _("Confirmed and issued"), WATCHING | DECIDING, final=True),
            State("withdrawn", _("Withdrawn"), WATCHING | DECIDING, final=True),
        ),
        transitions=(
            Transition(
                "confirm", "recorded", "confirmed", roles(CONFIRMER), _("Confirm and issue"), ("confirmed_by_another",)
            ),
            Transition("withdraw", "recorded", "withdrawn", DECIDING, _("Withdraw"), needs=("reason",)),
        ),
    )
)
