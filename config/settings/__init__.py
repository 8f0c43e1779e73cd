"""Settings: what all have in common in base, and one overlay each for development, tests and production."""
