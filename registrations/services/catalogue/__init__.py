"""Writing the report on the catalogue, and proposing criteria from it."""
