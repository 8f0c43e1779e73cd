"""Forms of the law."""
