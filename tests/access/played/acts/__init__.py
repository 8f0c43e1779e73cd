"""Every service that a person calls, with what it is called with in the round of the table."""

from tests.access.played.acts import (
    before_round,
    catalogue,
    consulting,
    deciding,
    frameworks,
    hearing,
    law,
    outlining,
    prompting,
    regulations,
    results,
    studying,
    synthesis,
    works,
    year_register,
)

ACTS = (
    *before_round.ACTS,
    *consulting.ACTS,
    *law.ACTS,
    *frameworks.ACTS,
    *outlining.ACTS,
    *regulations.ACTS,
    *studying.ACTS,
    *synthesis.ACTS,
    *prompting.ACTS,
    *hearing.ACTS,
    *deciding.ACTS,
    *deciding.REPORTS,
    *year_register.ACTS,
    *works.ACTS,
    *catalogue.ACTS,
    *results.ACTS,
)
