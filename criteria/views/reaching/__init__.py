"""Pages of coverage, dissemination and urging."""
