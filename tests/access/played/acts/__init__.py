"""Every service that a person calls, with what it is called with in the round of the table."""

from tests.access.played.acts import before_round, deciding, hearing, law, regulations

ACTS = (*before_round.ACTS, *law.ACTS, *regulations.ACTS, *hearing.ACTS, *deciding.ACTS, *deciding.REPORTS)
