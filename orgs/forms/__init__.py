"""Forms of the foundation: HTTP text into clean values."""
