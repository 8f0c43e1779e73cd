"""The table of roles: who a person can be towards a document, and which standing rights go with it.

Rights over one document at one moment stand in the workflow rows (`by`, `readers`), never here.
"""

from dataclasses import dataclass


def _(text: str) -> str:
    return text


# Standing rights: permissions that do not depend on the state of a document.
MANAGE_ACCOUNTS = "manage_accounts"
MANAGE_PEOPLE = "manage_people"
IMPORT_PEOPLE = "import_people"
MANAGE_CYCLES = "manage_cycles"
MANAGE_PLANS = "manage_plans"
MANAGE_PROMPTS = "manage_prompts"
STATE_FACTS = "state_facts"
READ_PEOPLE = "read_people"
READ_REVIEWS = "read_reviews"
READ_SUMMARIES = "read_summaries"
READ_HISTORY = "read_history"
CONFIGURE = "configure"

DERIVED = "derived"
# Named for one document and no other: no office of an account, the reach alone says whether it is held.
NAMED = "named"
GRANTED_UNIT = "unit"
GRANTED_COLLECTIVE = "collective"
GRANTED_EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Role:
    """A role: `held_by` says how one comes to it, `reach` over whom, `rights` what it allows at any time.

    `grants` names the roles that its holder grants to others within that reach, none with a right that he lacks; who
    decides or inspects is named by the administrator alone.
    """

    code: str
    title: str
    held_by: str
    reach: str
    rights: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()


SUBJECT = "subject"
AUTHOR = "author"
MEMBER = "member"
HEAD = "head"
UNIT_HEAD = "unit_head"
SECRETARY = "secretary"
PARTY_SECRETARY = "party_secretary"
OFFICER = "officer"
COPIED = "copied"
SUPERIOR = "superior"
WORKING_GROUP = "working_group"
RECORDER = "recorder"
CONFIRMER = "confirmer"
ACCOUNT_OFFICER = "account_officer"
ADMINISTRATOR = "administrator"
INSPECTOR = "inspector"

BY_ACCOUNT_OFFICERS = frozenset({SECRETARY, PARTY_SECRETARY, ACCOUNT_OFFICER})

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(SUBJECT, _("Cadre under review"), DERIVED, "self"),
        Role(AUTHOR, _("Author of the collective's report"), DERIVED, "subject"),
        Role(MEMBER, _("Member of the collective"), DERIVED, "member"),
        Role(HEAD, _("Head of the collective"), DERIVED, "head"),
        Role(UNIT_HEAD, _("Head of the agency"), DERIVED, "head", frozenset({READ_PEOPLE})),
        Role(SECRETARY, _("Secretary of the meeting"), GRANTED_COLLECTIVE, "venue"),
        Role(PARTY_SECRETARY, _("Party committee secretary"), GRANTED_COLLECTIVE, "venue"),
        Role(
            OFFICER,
            _("Officer of the appraising body"),
            GRANTED_UNIT,
            "appraises",
            frozenset(
                {
                    READ_PEOPLE,
                    READ_REVIEWS,
                    READ_SUMMARIES,
                    MANAGE_CYCLES,
                    MANAGE_PLANS,
                    MANAGE_PROMPTS,
                    STATE_FACTS,
                    MANAGE_PEOPLE,
                    IMPORT_PEOPLE,
                    MANAGE_ACCOUNTS,
                }
            ),
            BY_ACCOUNT_OFFICERS,
        ),
        Role(COPIED, _("Officer of the agency or of a body that gets a copy"), DERIVED, "subtree"),
        Role(SUPERIOR, _("Officer of the superior body"), DERIVED, "parent"),
        # Named in a prompt: reads what concerns that one subject, and nothing besides (QĐ 124-QĐ/TW Điều 7).
        Role(WORKING_GROUP, _("Working group of the superior body"), NAMED, "prompted"),
        Role(RECORDER, _("Recorder of the deciding body"), GRANTED_COLLECTIVE, "rates", frozenset({READ_SUMMARIES})),
        Role(CONFIRMER, _("Confirmer of the deciding body"), GRANTED_COLLECTIVE, "rates", frozenset({READ_SUMMARIES})),
        Role(
            ACCOUNT_OFFICER,
            _("Account officer"),
            GRANTED_UNIT,
            "subtree",
            frozenset({MANAGE_ACCOUNTS, READ_PEOPLE}),
            BY_ACCOUNT_OFFICERS,
        ),
        Role(
            ADMINISTRATOR,
            _("Administrator"),
            GRANTED_EVERYWHERE,
            "all",
            frozenset(
                {CONFIGURE, MANAGE_PEOPLE, IMPORT_PEOPLE, READ_PEOPLE, MANAGE_ACCOUNTS, MANAGE_CYCLES, MANAGE_PLANS}
            ),
            BY_ACCOUNT_OFFICERS | {OFFICER, RECORDER, CONFIRMER, INSPECTOR, ADMINISTRATOR},
        ),
        Role(
            INSPECTOR,
            _("Inspector"),
            GRANTED_UNIT,
            "subtree",
            frozenset({READ_PEOPLE, READ_REVIEWS, READ_SUMMARIES, READ_HISTORY, STATE_FACTS}),
        ),
    )
}


def granted_roles() -> tuple[Role, ...]:
    """The roles that are granted by hand, with dates and a document."""
    return tuple(role for role in ROLES.values() if role.held_by not in (DERIVED, NAMED))
