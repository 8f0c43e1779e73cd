"""Forms of coverage, dissemination and urging."""
