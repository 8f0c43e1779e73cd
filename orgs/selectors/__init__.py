"""Selectors of the foundation: reading, always within reach of the user."""
