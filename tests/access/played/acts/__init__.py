"""Every service that a person calls, with what it is called with in the round of the table."""

from tests.access.played.acts import before_round, deciding, hearing, law, regulations, studying

ACTS = (
    *before_round.ACTS,
    *law.ACTS,
    *regulations.ACTS,
    *studying.ACTS,
    *hearing.ACTS,
    *deciding.ACTS,
    *deciding.REPORTS,
)
